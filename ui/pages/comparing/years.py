"""Years: plan files of earlier years beside this one, and the burden that came back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.advice.whatif.scenarios import FigureDifference, FigureLevel, figure_word
from app.advice.whatif.years import Movement, Rebound, Subject
from app.errors import Cancelled
from app.judging import Judging
from app.language import _, ngettext, word
from app.model.figures import Figures
from app.model.vocabulary import Form
from app.project import Project
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import APART, NEAR, set_role
from ui.pages.comparing.differences import change_column, figure_place, figure_text
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.cards import Card
from ui.work.jobs import Job
from ui.work.workspace import SUFFIX, Workspace

LIST_WIDTH = 300


@dataclass(frozen=True)
class YearsFound:
    """What comparing this plan with earlier ones found."""

    names: tuple[str, ...]
    last: Judging
    now: Judging
    rebounds: tuple[Rebound, ...]
    figures: tuple[FigureDifference, ...]


class YearsView(QWidget):
    """Left the earlier plan files in order, right what went up since them."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.files = QListWidget()
        self.subject, self.sentence, self.empty = QComboBox(), QLabel(), QLabel()
        self.rows: TableModel[Rebound] = TableModel(
            self._columns(()), key=lambda row: (row.subject, row.code)
        )
        self.figures: TableModel[FigureDifference] = TableModel(
            self._figure_columns(), key=lambda row: (row.level, row.code, row.figure)
        )
        self.found: YearsFound | None = None
        self._wanted: object = None
        self.tabs = QTabWidget()
        self._lay_out()

    @property
    def paths(self) -> list[Path]:
        """Return the plan files chosen, the earliest first."""
        data = Qt.ItemDataRole.UserRole
        return [Path(self.files.item(at).data(data)) for at in range(self.files.count())]

    def refresh(self) -> None:
        """Compare anew; this plan may have changed."""
        self._compare()

    def add(self, paths: Sequence[Path]) -> None:
        """Put plan files behind those that are chosen, each once."""
        known = set(self.paths)
        for path in paths:
            if path not in known:
                item = QListWidgetItem(path.stem)
                item.setToolTip(str(path))
                item.setData(Qt.ItemDataRole.UserRole, str(path))
                self.files.addItem(item)
        self._compare()

    def _ask(self) -> None:
        project = self._workspace.project
        folder = project.path.parent if project is not None and project.path else Path.home()
        kinds = _("Plans (*{suffix})").format(suffix=SUFFIX)
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Plan files of earlier years"), str(folder), kinds
        )
        if names:
            self.add([Path(name) for name in names])

    def _remove(self) -> None:
        for item in self.files.selectedItems():
            self.files.takeItem(self.files.row(item))
        self._compare()

    def _compare(self) -> None:
        project, paths = self._workspace.project, self.paths
        has_files = bool(paths)
        self.empty.setVisible(not has_files)
        self._right.setVisible(has_files)
        self.remove.setEnabled(has_files)
        self._wanted = None
        if project is None or not has_files:
            return
        self._wanted = wanted = object()
        now = project.judging
        self.sentence.setText(_("Comparing…"))

        def work(job: Job) -> YearsFound:
            earlier = [_opened(path, job) for path in paths]
            last = earlier[-1][1]
            found = now.compared_with(last)
            names = tuple(name for name, _judging in earlier)
            return YearsFound(names, last, now, now.rebounds(earlier), found.figures)

        job = Job(_("Comparing with earlier years…"), work, may_cancel=True)
        job.failed.connect(lambda error: self.sentence.clear())
        self._workspace.run(job, lambda found: self._show(found, wanted))

    def _show(self, found: YearsFound, wanted: object) -> None:
        if wanted is not self._wanted:
            return
        self.found = found
        self.rows.set_columns(self._columns(found.names))
        self._table.fit_columns()
        self.rows.set_rows(found.rebounds)
        self.figures.set_rows(row for row in found.figures if row.level is not FigureLevel.POST)
        self._filter()
        back = sum(row.movement is Movement.REBOUND for row in found.rebounds)
        forms = sum(row.more_hours for row in found.rebounds if row.subject is Subject.FORM)
        self.sentence.setText(
            ngettext(
                "{count} entry went up, {back} of them after having gone down; by form {hours} h"
                " more in all.",
                "{count} entries went up, {back} of them after having gone down; by form {hours} h"
                " more in all.",
                len(found.rebounds),
            ).format(
                count=number_format.whole(len(found.rebounds)),
                back=number_format.whole(back),
                hours=number_format.whole(forms),
            )
            if found.rebounds
            else _("No burden came back or grew since these years.")
        )

    def _filter(self) -> None:
        subject = self.subject.currentData()
        self.rows.set_filter(lambda row: subject in (None, row.subject))

    def _name(self, row: Rebound) -> str:
        if self.found is None:
            return row.code
        if row.subject is Subject.FORM:
            form = Form.read(row.code)
            return word(form) if form is not None else _("no form")
        for judging in (self.found.now, self.found.last):
            table = judging.county.duties if row.subject is Subject.DUTY else judging.county.tasks
            record = table.get((row.code,))
            if record is not None:
                return record.name
        return row.code

    def _open(self, at: int) -> None:
        row, county = self.rows.row_at(at), self._workspace.county
        if row.subject is Subject.FORM:
            self.asked.emit(Where("duties", kind=Form.read(row.code)))
        elif row.subject is Subject.DUTY and (row.code,) in county.duties:
            self.asked.emit(Where("duties", duty_code=row.code))
        elif (row.code,) in county.tasks:
            self.asked.emit(Where("duties", task_code=row.code))

    def _columns(self, names: tuple[str, ...]) -> tuple[ShownColumn[Rebound], ...]:
        titles = (*names, _("this plan")) if names else ()

        def year(at: int, title: str) -> ShownColumn[Rebound]:
            return ShownColumn(_("{year} h").format(year=title), lambda row: row.hours[at], _hours)

        return (
            ShownColumn(_("Level"), lambda row: word(row.subject)),
            ShownColumn(_("Name"), self._name, most_digits=26),
            *(year(at, title) for at, title in enumerate(titles)),
            ShownColumn(_("More h"), lambda row: row.more_hours, number_format.whole),
            ShownColumn(
                _("Rise %"),
                lambda row: number_format.hundred(row.rise),
                number_format.tenths,
                tip=_("Against the lowest year; nothing where there was none"),
            ),
            ShownColumn(_("Movement"), lambda row: word(row.movement)),
        )

    def _figure_columns(self) -> tuple[ShownColumn[FigureDifference], ...]:
        def figures() -> tuple[Figures, Figures]:
            assert self.found is not None
            return self.found.last.figures, self.found.now.figures

        return (
            ShownColumn(_("Level"), lambda row: word(row.level)),
            ShownColumn(_("Where"), lambda row: figure_place(row, *figures()), most_digits=24),
            ShownColumn(_("Figure"), lambda row: figure_word(row.figure)),
            ShownColumn(_("Last year"), lambda row: figure_text(row.figure, row.before), str),
            ShownColumn(_("This plan"), lambda row: figure_text(row.figure, row.after), str),
            change_column(),
        )

    def _lay_out(self) -> None:
        self.files.setAccessibleName(_("Plan files of earlier years"))
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.files.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.files.model().rowsMoved.connect(self._compare)
        choose = QPushButton(icons.icon(Icon.OPEN), _("Choose plan files…"))
        choose.clicked.connect(self._ask)
        self.remove = QPushButton(icons.icon(Icon.REMOVE), _("Take off the list"))
        self.remove.clicked.connect(self._remove)
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(NEAR)
        inside.addWidget(self.files, 1)
        inside.addWidget(choose)
        inside.addWidget(self.remove)
        hint = _("The earliest first; drag to put them in order.")
        card = Card(_("Earlier years"), left, hint=hint)
        card.setFixedWidth(LIST_WIDTH)
        self.subject.setAccessibleName(_("Duties, tasks or forms"))
        self.subject.addItem(_("Duties, tasks and forms"), None)
        for subject in Subject:
            self.subject.addItem(word(subject), subject)
        self.subject.currentIndexChanged.connect(self._filter)
        self._table = TableView(self.rows, name=_("Burden that came back"), key="years.burden")
        self._table.opened.connect(self._open)
        figures = TableView(self.figures, name=_("Figures since last year"), key="years.figures")
        set_role(self.sentence, "muted")
        self.sentence.setWordWrap(True)
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(NEAR)
        above = QHBoxLayout()
        above.addWidget(self.subject)
        above.addWidget(self.sentence, 1)
        column.addLayout(above)
        column.addWidget(self._table, 1)
        self.tabs.addTab(first, _("Burden that came back"))
        self.tabs.addTab(figures, _("Figures since last year"))
        self._right = self.tabs
        self.empty.setText(
            _(
                "Choose the plan file of an earlier year:\n"
                "duties, tasks and forms whose hours went up are listed here."
            )
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.empty, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, NEAR, 0, 0)
        row.setSpacing(APART)
        row.addWidget(card)
        row.addWidget(self._right, 1)
        row.addWidget(self.empty, 1)


def _hours(value: float) -> str:
    return number_format.whole(value)


def _opened(path: Path, job: Job) -> tuple[str, Judging]:
    """Return the name and the judging of an earlier plan, which is only read."""
    if job.should_stop():
        raise Cancelled
    with closing(Project.open(path, read_only=True)) as project:
        return project.title, project.judging
