"""Export and reports: what goes out, for which units, where to, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.memory import Memory
from ui.look.theme import APART, NEAR, TIGHT, set_role
from ui.pages.page import Page
from ui.widgets.buttons import link_button
from ui.widgets.cards import Card
from ui.widgets.preview import PreviewView
from ui.widgets.unit_picker import UnitPicker
from ui.work.batch import (
    PER_UNIT,
    USUAL,
    BatchProgress,
    Output,
    Writing,
    Written,
    output_words,
    write_all,
)
from ui.work.batch import writings as writings_of
from ui.work.jobs import Job
from ui.work.unit_page import reporting_of
from ui.work.workspace import Workspace
from ui.work.writing import open_path

LEFT_WIDTH = 420


class OutputsPage(Page):
    """Left what goes out and where to, right the pages as they are printed and what was written."""

    NAME = "outputs"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Export and reports"))
        self.boxes = {output: QCheckBox(output_words(output)[0]) for output in Output}
        self.units = UnitPicker()
        self.folder = QLineEdit(Memory().folder)
        self.write = QPushButton(icons.icon(Icon.EXPORT, is_on_accent=True), _("Write"))
        self.cancel = QPushButton(icons.icon(Icon.STOP), _("Cancel"))
        self.doing = QLabel()
        self._bar = QProgressBar()
        self.preview = PreviewView(workspace)
        self.results = QWidget()
        self._lines = QVBoxLayout(self.results)
        self.tabs, self._content = QTabWidget(), QWidget()
        self._job: Job | None = None
        self._lay_out()
        self._follow()

    def refresh(self) -> None:
        """Offer the units of the plan and set the pages anew."""
        self.units.show_units(self.workspace.figures.units.values())
        self._follow()
        if not self.offer_import(self._content):
            self.preview.refresh()

    def chosen(self) -> tuple[list[Output], list[str]]:
        """Return what is to go out, and for which units."""
        outputs = [output for output, box in self.boxes.items() if box.isChecked()]
        return outputs, self.units.codes

    def start(self) -> Job | None:
        """Write what is chosen into the folder, one file after the other, in a worker."""
        project = self.workspace.project
        outputs, codes = self.chosen()
        text = self.folder.text().strip()
        if project is None or self._job is not None or not outputs or not text:
            return None
        folder = Path(text).expanduser()
        Memory().folder = str(folder if folder.is_dir() else folder.parent)
        reporting, title = reporting_of(project), project.title
        return self._run(
            lambda job: write_all(writings_of(reporting, title, folder, outputs, codes), job)
        )

    def _again(self, written: Written) -> None:
        """Write once more, under the second name."""
        suggested, write = written.suggested, written.writing.write
        if suggested is not None and self._job is None:
            self._run(lambda job: write_all([Writing(suggested, write)], job))

    def _run(self, work: object) -> Job:
        job = Job(_("Writing the files…"), work, may_cancel=True)  # type: ignore[arg-type]
        job.progressed.connect(self._show_progress)
        job.ended.connect(self._end)
        self._job = job
        self._bar.setRange(0, 0)
        self.doing.setText(_("Computing what the files say…"))
        self._follow()
        return self.workspace.run(job, self._show_results)

    def _show_progress(self, progress: BatchProgress) -> None:
        self._bar.setRange(0, progress.of)
        self._bar.setValue(progress.done)
        self.doing.setText(
            _("{number} of {of}: {name}").format(
                number=progress.done + 1, of=progress.of, name=progress.name
            )
        )

    def _end(self) -> None:
        self._job = None
        self._follow()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.doing.setText(_("Stopping after this file…"))

    def _show_results(self, results: Sequence[Written]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        good = sum(not result.problem for result in results)
        summary = QLabel(
            _("{good} of {all} written.").format(
                good=number_format.whole(good), all=number_format.whole(len(results))
            )
        )
        set_role(summary, "heading")
        self._lines.addWidget(summary)
        for result in results:
            self._lines.addWidget(self._line(result))
        self._lines.addStretch(1)
        self.tabs.setCurrentIndex(1)

    def _line(self, result: Written) -> QWidget:
        path, line = result.writing.path, QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(NEAR)
        mark = QLabel()
        mark.setPixmap(icons.pixmap(Icon.WARNING if result.problem else Icon.OK))
        words = QLabel(result.problem or path.name)
        words.setWordWrap(True)
        words.setToolTip(str(path))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(mark)
        row.addWidget(words, 1)
        if not result.problem:
            row.addWidget(link_button(_("Open"), partial(open_path, path)))
            row.addWidget(link_button(_("Show in folder"), partial(open_path, path.parent)))
        elif result.suggested is not None:
            text = _("Write “{name}”").format(name=result.suggested.name)
            row.addWidget(link_button(text, partial(self._again, result)))
        return line

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Folder for the files"), self.folder.text())
        if name:
            self.folder.setText(name)

    def _follow(self) -> None:
        """Enable what makes sense now."""
        outputs, codes = self.chosen()
        is_running = self._job is not None
        needs_units = bool(PER_UNIT & set(outputs))
        self.units.setEnabled(needs_units and not is_running)
        self.units.setToolTip("" if needs_units else _("Nothing that is ticked goes out by unit"))
        has_units = bool(codes) or not needs_units
        may = bool(outputs) and has_units and bool(self.folder.text().strip())
        self.write.setEnabled(may and not is_running and self.workspace.is_open)
        for widget in (self.cancel, self._bar, self.doing):
            widget.setVisible(is_running)
        if not outputs:
            self.hint.setText(_("Choose what goes out."))
        elif not has_units:
            self.hint.setText(_("Choose at least one unit."))
        else:
            self.hint.setText("")

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, NEAR, 0)
        column.addWidget(Card(_("What goes out"), self._choices()))
        column.addStretch(1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(left)
        side = QVBoxLayout()
        side.setSpacing(NEAR)
        side.addWidget(area, 1)
        side.addWidget(self._foot())
        holder = QWidget()
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(LEFT_WIDTH)
        self._lines.setContentsMargins(0, NEAR, 0, 0)
        nothing = QLabel(_("Nothing has been written yet."))
        set_role(nothing, "muted")
        self._lines.addWidget(nothing)
        self._lines.addStretch(1)
        results = QScrollArea()
        results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        results.setWidgetResizable(True)
        results.setFrameShape(QFrame.Shape.NoFrame)
        results.setWidget(self.results)
        self.tabs.addTab(self.preview, _("Preview"))
        self.tabs.addTab(results, _("Files written"))
        self.tabs.setDocumentMode(True)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(APART)
        row.addWidget(holder)
        row.addWidget(self.tabs, 1)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self.nothing, 1)

    def _choices(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        for at, (output, box) in enumerate(self.boxes.items()):
            box.setChecked(output in USUAL)
            box.toggled.connect(lambda is_on: self._follow())
            detail = QLabel(output_words(output)[1])
            detail.setWordWrap(True)
            detail.setIndent(22)
            detail.setContentsMargins(0, 0, 0, TIGHT)
            set_role(detail, "caption")
            grid.addWidget(box, 2 * at, 0)
            grid.addWidget(detail, 2 * at + 1, 0)
        return inside

    def _foot(self) -> QWidget:
        choose = QPushButton(_("Choose…"))
        choose.clicked.connect(self._ask_folder)
        self.folder.setAccessibleName(_("Folder for the files"))
        self.folder.textChanged.connect(lambda text: self._follow())
        self._bar.setTextVisible(False)
        set_role(self.doing, "muted")
        set_role(self.write, "primary")
        self.write.clicked.connect(self.start)
        self.cancel.clicked.connect(self._stop)
        self.units.picked.connect(self._follow)
        where = QGridLayout()
        where.setSpacing(NEAR)
        for row, text in enumerate((_("For which units"), _("Folder"))):
            label = QLabel(text)
            set_role(label, "muted")
            where.addWidget(label, row, 0)
        where.addWidget(self.units, 0, 1, 1, 2)
        where.addWidget(self.folder, 1, 1)
        where.addWidget(choose, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(NEAR)
        buttons.addWidget(self.write, 1)
        buttons.addWidget(self.cancel)
        foot = QFrame()
        set_role(foot, "card")
        column = QVBoxLayout(foot)
        column.setContentsMargins(APART, NEAR + TIGHT, APART, NEAR + TIGHT)
        column.setSpacing(NEAR)
        column.addLayout(where)
        column.addLayout(buttons)
        column.addWidget(self._bar)
        column.addWidget(self.doing)
        return foot
