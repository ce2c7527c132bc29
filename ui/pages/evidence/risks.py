"""Risks: chances of overload, what to measure next, and the second opinion, each a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.judging import Judging
from app.language import _, word
from app.method.uncertainty.evidence import Risk, Robustness
from app.method.uncertainty.measuring import Measurement
from app.method.uncertainty.second_opinion import Contrast, Opinion
from ui.look import number_format
from ui.look.theme import NEAR, set_role
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.work.workspace import Workspace


def stopped() -> str:
    """Return what is said when the user has stopped the draws."""
    return _("Stopped. Change the number of draws or choose the tab again to draw anew.")


class RiskView(QWidget):
    """One row a post, or a unit: how its saturation varies if unit times do."""

    chosen = Signal(str, str)
    """A unit and a post whose tornado is wanted; '' for the post is the whole unit."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._found: Robustness | None = None
        self._unit_code, self._text = "", ""
        self.level, self.sentence = QComboBox(), QLabel()
        self.rows: TableModel[Risk] = TableModel(self._columns(), key=lambda row: row.code)
        self.table = TableView(self.rows, name=_("Chance of overload"), key="risks")
        self.table.opened.connect(self._open)
        self.level.addItem(_("Posts"), "posts")
        self.level.addItem(_("Units"), "units")
        self.level.setAccessibleName(_("Posts or units"))
        self.level.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.level.currentIndexChanged.connect(self._show)
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(self.sentence)
        column.addWidget(self.level)
        column.addWidget(self.table, 1)

    def tell_drawing(self) -> None:
        """Say that the draws are under way; what was found before stays until they are there."""
        self.sentence.setText(_("Drawing the unit times…"))

    def tell_stopped(self) -> None:
        """Say that the user stopped the draws, and how they begin again."""
        self.sentence.setText(stopped())

    def show_found(self, found: Robustness) -> None:
        """Show what the draws say."""
        self._found = found
        county = found.county
        self.sentence.setText(
            _(
                "County: {low} to {high} in nine draws of ten, today {today};"
                " required people {few} to {many}. {draws} draws, seed {seed}."
            ).format(
                low=number_format.per_cent(county.low),
                high=number_format.per_cent(county.high),
                today=number_format.per_cent(county.saturation),
                few=number_format.tenths(county.required_low),
                many=number_format.tenths(county.required_high),
                draws=number_format.whole(found.draws),
                seed=found.seed,
            )
        )
        self._show()

    def filter(self, unit_code: str, text: str) -> None:
        """Show only rows of a unit that hold a text."""
        self._unit_code, self._text = unit_code, text.strip().casefold()
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        figures, is_posts = self._workspace.figures, self.level.currentData() == "posts"
        risks = self._found.posts if is_posts else self._found.units
        known = figures.posts if is_posts else figures.units
        self.rows.set_rows(
            sorted(
                (risk for risk in risks.values() if risk.code in known),
                key=lambda risk: -(risk.overload_probability or 0.0),
            )
        )
        self.rows.set_filter(
            lambda risk: (
                self._unit_code in ("", self._unit_of(risk.code))
                and self._text in f"{self._name(risk)} {self._office(risk)}".casefold()
            )
        )
        self.table.setColumnHidden(1, not is_posts)

    def _unit_of(self, code: str) -> str:
        post = self._workspace.figures.posts.get(code)
        return post.unit_code if post is not None else code

    def _unit(self, risk: Risk) -> str:
        unit = self._workspace.figures.units.get(self._unit_of(risk.code))
        return unit.name if unit is not None else risk.code

    def _name(self, risk: Risk) -> str:
        post = self._workspace.figures.posts.get(risk.code)
        return post.title if post is not None else self._unit(risk)

    def _office(self, risk: Risk) -> str:
        post = self._workspace.figures.posts.get(risk.code)
        return post.office if post is not None else ""

    def _open(self, at: int) -> None:
        code = self.rows.row_at(at).code
        is_post = code in self._workspace.figures.posts
        self.chosen.emit(self._unit_of(code), code if is_post else "")

    def _columns(self) -> tuple[ShownColumn[Risk], ...]:
        return (
            ShownColumn(_("Unit"), self._unit),
            ShownColumn(_("Post"), self._name, most_digits=24),
            ShownColumn(
                _("Saturation %"),
                lambda risk: number_format.hundred(risk.saturation),
                number_format.tenths,
                band=lambda risk: risk.band,
                bar=lambda risk: risk.saturation,
            ),
            ShownColumn(
                _("Overloaded in %"),
                lambda risk: number_format.hundred(risk.overload_probability),
                number_format.tenths,
                tip=_("Share of draws in which it is overloaded or severely so"),
            ),
            ShownColumn(
                _("Severely in %"),
                lambda risk: number_format.hundred(risk.severe_probability),
                number_format.tenths,
            ),
            ShownColumn(
                _("5th %"), lambda risk: number_format.hundred(risk.low), number_format.tenths
            ),
            ShownColumn(
                _("Middle %"), lambda risk: number_format.hundred(risk.middle), number_format.tenths
            ),
            ShownColumn(
                _("95th %"), lambda risk: number_format.hundred(risk.high), number_format.tenths
            ),
            ShownColumn(_("Required"), lambda risk: risk.required, number_format.hundredths),
            ShownColumn(_("at least"), lambda risk: risk.required_low, number_format.hundredths),
            ShownColumn(_("at most"), lambda risk: risk.required_high, number_format.hundredths),
            ShownColumn(
                _("Without time"),
                lambda risk: len(risk.missing_tasks),
                number_format.whole,
                tip=_("Tasks with a volume and no unit time: their hours are in no figure"),
            ),
        )


def _sentence_above(table: QWidget, view: QWidget) -> QLabel:
    """Fill a view with a table and, above it, the sentence about it that is returned."""
    sentence = QLabel()
    sentence.setWordWrap(True)
    set_role(sentence, "muted")
    column = QVBoxLayout(view)
    column.setContentsMargins(0, NEAR, 0, 0)
    column.setSpacing(NEAR)
    column.addWidget(sentence)
    column.addWidget(table, 1)
    return sentence


class MeasuringView(QWidget):
    """One row a task whose unit time is worth measuring."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.rows: TableModel[Measurement] = TableModel(
            self._columns(), key=lambda row: row.task_code
        )
        table = TableView(self.rows, name=_("What to measure next"), key="measuring")
        table.opened.connect(self._open)
        self.sentence = _sentence_above(table, self)

    def tell_drawing(self) -> None:
        """Say that the draws are under way; what was found before stays until they are there."""
        self.sentence.setText(_("Drawing the unit times…"))

    def tell_stopped(self) -> None:
        """Say that the user stopped the draws, and how they begin again."""
        self.sentence.setText(stopped())

    def show_rows(self, rows: Sequence[Measurement]) -> None:
        """Show the tasks, the first to measure first."""
        self.rows.set_rows(rows)
        if not rows:
            self.sentence.setText(_("Every unit time is known from records; nothing to measure."))
            return
        first = rows[0]
        self.sentence.setText(
            _(
                "Begin with “{task}”: {hours} h are uncertain, {posts} posts hang in the balance."
            ).format(
                task=self._name(first),
                hours=number_format.whole(first.uncertain_hours),
                posts=number_format.whole(first.posts_in_doubt),
            )
        )

    def filter(self, text: str) -> None:
        """Show only tasks that hold a text."""
        wanted = text.strip().casefold()
        self.rows.set_filter(lambda row: wanted in self._name(row).casefold())

    def _name(self, row: Measurement) -> str:
        task = self._workspace.county.tasks.get((row.task_code,))
        return task.name if task is not None else row.task_code

    def _open(self, at: int) -> None:
        self.asked.emit(Where("duties", task_code=self.rows.row_at(at).task_code))

    def _columns(self) -> tuple[ShownColumn[Measurement], ...]:
        return (
            ShownColumn(_("Task"), self._name, most_digits=36),
            ShownColumn(_("Grade"), lambda row: word(row.grade) if row.grade is not None else ""),
            ShownColumn(_("Workload h"), lambda row: row.workload_hours, number_format.whole),
            ShownColumn(
                _("Uncertain h"),
                lambda row: row.uncertain_hours,
                number_format.whole,
                tip=_("What lies between the low and the high end of its unit time"),
            ),
            ShownColumn(_("Posts"), lambda row: row.posts, number_format.whole),
            ShownColumn(
                _("Posts in doubt"),
                lambda row: row.posts_in_doubt,
                number_format.whole,
                tip=_("Posts whose band changes between the draws"),
            ),
            ShownColumn(
                _("Units without time"),
                lambda row: row.units_without_time,
                number_format.whole,
                tip=_("Units that have a volume of it and no unit time"),
            ),
            ShownColumn(
                _("Range"), lambda row: _("from evidence") if row.is_range else _("only assumed")
            ),
        )


class OpinionsView(QWidget):
    """One row a unit and indicator; units of a kind that lie far apart are named above."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.rows: TableModel[Opinion] = TableModel(
            self._columns(), key=lambda row: (row.unit_code, row.indicator)
        )
        table = TableView(self.rows, name=_("Second opinion"), key="opinions")
        table.opened.connect(self._open)
        self.sentence = _sentence_above(table, self)

    def refresh(self, unit_code: str) -> None:
        """Show the indicators of a unit or of all."""
        judging = Judging(self._workspace.county, self._workspace.figures)
        self.rows.set_rows(row for row in judging.opinions() if unit_code in ("", row.unit_code))
        found = judging.contrasts()
        self.sentence.setText(
            "\n".join(self._said(contrast) for contrast in found[:3])
            if found
            else _("Units of a kind lie close together.")
        )

    def _said(self, contrast: Contrast) -> str:
        units = self._workspace.figures.units
        sentence = (
            _("{most} has {share} more {indicator} per person than {least}; the workload agrees.")
            if contrast.is_confirmed
            else _(
                "{most} has {share} more {indicator} per person than {least};"
                " the workload says otherwise."
            )
        )
        return sentence.format(
            most=units[contrast.most.unit_code].name,
            least=units[contrast.least.unit_code].name,
            indicator=word(contrast.indicator),
            share=number_format.per_cent(contrast.difference),
        )

    def _open(self, at: int) -> None:
        self.asked.emit(Where("units", unit_code=self.rows.row_at(at).unit_code))

    def _columns(self) -> tuple[ShownColumn[Opinion], ...]:
        units = self._workspace
        return (
            ShownColumn(_("Unit"), lambda row: units.unit_name(row.unit_code)),
            ShownColumn(_("Indicator"), lambda row: word(row.indicator)),
            ShownColumn(_("Amount"), lambda row: row.amount, number_format.counted),
            ShownColumn(
                _("Per person on duty"), lambda row: row.per_person, number_format.hundredths
            ),
            ShownColumn(_("Per post"), lambda row: row.per_post, number_format.hundredths),
            ShownColumn(
                _("Per person required"), lambda row: row.per_required, number_format.hundredths
            ),
            ShownColumn(
                _("Saturation %"),
                lambda row: number_format.hundred(row.saturation),
                number_format.tenths,
            ),
            ShownColumn(_("Kind"), lambda row: word(row.kind)),
        )
