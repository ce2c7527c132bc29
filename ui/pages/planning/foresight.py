"""Looking ahead from a plan: one person more or fewer, and people over the coming years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.advice.whatif.question_limits import MOST_YEARS
from app.language import _, word
from app.report.plotted import Knot
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import NEAR, is_dark, set_role
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.cards import Card
from ui.widgets.figure import FigureView
from ui.widgets.number_box import WholeBox
from ui.work.jobs import Job
from ui.work.workspace import Workspace

if TYPE_CHECKING:
    from app.advice.whatif.curve import HeadcountCurve, PersonRow
    from app.advice.whatif.horizon import Horizon, YearRow

LEAST_TABLE = 150
"""Pixels in which some rows are seen below a chart."""


class HeadcountView(QWidget):
    """Where the next person should go, what each more takes away, and every unit and category."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.reckon = QPushButton(icons.icon(Icon.RUN), _("Reckon"))
        self.may_move = QCheckBox(_("others of the unit may change posts"))
        self.sentence = _told(_no_curve())
        self.rows = TableModel(self._columns(), key=lambda row: (row.unit_code, row.category))
        self.table = TableView(self.rows, name=_("One person more or fewer"), key="one-more")
        self.chart = FigureView(workspace.jobs)
        self._card = Card("", self.chart)
        self._card.hide()
        _lay_out(self, (self.reckon, self.may_move), self.sentence, (self._card, self.table))
        self.reckon.clicked.connect(self.start)

    def start(self) -> Job:
        """Reckon, in a worker."""
        project = self._workspace.project
        assert project is not None
        advising, may_move = project.advising, self.may_move.isChecked()
        job = Job(
            _("Trying one person more…"),
            lambda job: advising.headcount_curve(
                may_move=may_move, on_progress=job.report, should_stop=job.should_stop
            ),
            may_cancel=True,
        )
        _hold_while(self.reckon, job)
        return self._workspace.run(job, self.show_curve)

    def show_curve(self, curve: HeadcountCurve | None) -> None:
        """Show a curve; None says that it has to be reckoned again."""
        self._card.setVisible(curve is not None)
        self.rows.set_rows(curve.rows if curve is not None else ())
        if curve is None:
            self.sentence.setText(_no_curve())
            return
        self.sentence.setText(curve.sentence)
        points = [Knot(point.people, point.overload) for point in curve.points]
        is_now_dark, base = is_dark(), word(curve.base)

        def draw(width: float) -> Any:
            from app.report.charts.curves import people_chart  # noqa: PLC0415 - slow, so in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, so in a worker

            return people_chart(
                points,
                title=_("What each person more takes away"),
                note=_("Each goes where it takes most overload away. Counted from: {base}.").format(
                    base=base
                ),
                width=width,
                ground=DARK if is_now_dark else LIGHT,
            )

        self.chart.show_figure(draw, description=_("What each person more takes away"))

    def _columns(self) -> tuple[ShownColumn[PersonRow], ...]:
        def unit_name(row: PersonRow) -> str:
            return self._workspace.unit_name(row.unit_code)

        def title(post_code: str) -> str:
            post = self._workspace.county.posts.get((post_code,))
            return post.title if post is not None else ""

        return (
            ShownColumn(_("Unit"), unit_name),
            ShownColumn(_("Staff category"), lambda row: row.category),
            ShownColumn(_("People"), lambda row: row.people, number_format.people),
            ShownColumn(_("Overload h"), lambda row: row.overload, number_format.whole),
            ShownColumn(
                _("One more takes off h"),
                lambda row: row.relief if row.overload_more is not None else None,
                number_format.whole,
            ),
            ShownColumn(_("and sits at"), lambda row: title(row.post_code), most_digits=22),
            ShownColumn(_("One fewer adds h"), lambda row: row.loss, number_format.whole),
            ShownColumn(_("leaving"), lambda row: title(row.less_post_code), most_digits=22),
        )


class HorizonView(QWidget):
    """The coming years: retirements, recruits, transfers, training, and what is then missing."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.reckon = QPushButton(icons.icon(Icon.RUN), _("Reckon"))
        self.years = WholeBox()
        self.years.setRange(1, MOST_YEARS)
        self.years.setValue(3)
        self.years.setSuffix(_(" years"))
        self.years.setAccessibleName(_("How many years to look ahead"))
        self.is_by_unit = QCheckBox(_("by unit"))
        self.sentence = _told(_not_yet())
        self.assumptions = QLabel()
        self.assumptions.setWordWrap(True)
        set_role(self.assumptions, "caption")
        self.assumptions.hide()
        self.rows = TableModel(
            self._columns(), key=lambda row: (row.year, row.unit_code, row.category)
        )
        self.table = TableView(self.rows, name=_("People over the years"), key="years")
        self._found: Horizon | None = None
        tools = (self.reckon, self.years, self.is_by_unit)
        _lay_out(self, tools, self.sentence, (self.table, self.assumptions))
        self.reckon.clicked.connect(self.start)
        self.is_by_unit.toggled.connect(lambda: self.show_horizon(self._found))

    def start(self) -> Job:
        """Reckon, in a worker."""
        project = self._workspace.project
        assert project is not None
        advising, years = project.advising, self.years.value()
        job = Job(
            _("Looking at the coming years…"),
            lambda job: advising.horizon(
                years=years, on_progress=job.report, should_stop=job.should_stop
            ),
            may_cancel=True,
        )
        _hold_while(self.reckon, job)
        return self._workspace.run(job, self.show_horizon)

    def show_horizon(self, found: Horizon | None) -> None:
        """Show the years; None says that they have to be reckoned again."""
        self._found = found
        if found is None:
            self.rows.set_rows(())
            self.sentence.setText(_not_yet())
            self._assume(())
            return
        self.rows.set_rows(found.rows if self.is_by_unit.isChecked() else found.totals)
        self.sentence.setText(found.sentence)
        self._assume(found.assumptions)

    def _assume(self, assumptions: Sequence[str]) -> None:
        """Say what is assumed below the table; where nothing is, the table takes the room."""
        self.assumptions.setText("\n".join(assumptions))
        self.assumptions.setVisible(bool(assumptions))

    def _columns(self) -> tuple[ShownColumn[YearRow], ...]:
        def unit_name(row: YearRow) -> str:
            unit = self._workspace.county.units.get((row.unit_code,))
            return unit.name if unit is not None else _("the county")

        return (
            ShownColumn(_("Year"), lambda row: row.year, str),
            ShownColumn(_("Unit"), unit_name),
            ShownColumn(_("Staff category"), lambda row: row.category or _("all")),
            ShownColumn(_("At its start"), lambda row: row.start, number_format.people),
            ShownColumn(_("Retire"), lambda row: row.retired, number_format.people),
            ShownColumn(_("Recruited"), lambda row: row.recruited, number_format.people),
            ShownColumn(_("Moved in"), lambda row: row.moved_in, number_format.people),
            ShownColumn(_("Moved out"), lambda row: row.moved_out, number_format.people),
            ShownColumn(_("Trained"), lambda row: row.trained, number_format.people),
            ShownColumn(_("At its end"), lambda row: row.end, number_format.people),
            ShownColumn(_("Worth"), lambda row: row.effective, number_format.hundredths),
            ShownColumn(_("Required"), lambda row: row.required, number_format.hundredths),
            ShownColumn(_("Missing"), lambda row: row.shortage, number_format.hundredths),
            ShownColumn(_("Because"), lambda row: row.because),
        )


def _no_curve() -> str:
    return _("Not reckoned yet: press “Reckon” to see where a person more helps most.")


def _not_yet() -> str:
    return _("Not reckoned yet: press “Reckon” to see people and shortages year by year.")


def _told(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _hold_while(button: QPushButton, job: Job) -> None:
    """Keep a run from being started twice."""
    button.setEnabled(False)
    job.ended.connect(lambda: button.setEnabled(True))


def _lay_out(
    view: QWidget, tools: Iterable[QWidget], sentence: QLabel, below: Iterable[QWidget]
) -> None:
    row = QHBoxLayout()
    row.setSpacing(NEAR)
    for tool in tools:
        row.addWidget(tool)
    row.addStretch(1)
    column = QVBoxLayout(view)
    column.setContentsMargins(0, NEAR, 0, 0)
    column.setSpacing(NEAR)
    column.addLayout(row)
    column.addWidget(sentence)
    for widget in below:
        column.addWidget(widget, 1 if isinstance(widget, TableView) else 0)
        if isinstance(widget, TableView):
            widget.setMinimumHeight(LEAST_TABLE)
