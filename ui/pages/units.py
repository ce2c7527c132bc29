"""Units and headcount: what is authorised, in post, on duty and required, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from app.errors import UserError
from app.language import _, word
from app.model.accounts import HeadcountRow, headcount_rows
from app.model.county import Change, Unit
from app.model.figures import UnitFigures
from app.model.vocabulary import OUTSIDE_ESTABLISHMENT, Table
from ui.look import icons, number_format
from ui.look.help_texts import tip
from ui.look.icons import Icon
from ui.pages.page import Page, Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.tables.typed_cells import at_least_nothing
from ui.widgets.head_fields import SearchField
from ui.work.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its headcount as sheets and reports add it up, and who is outside of it."""

    figures: UnitFigures
    kind: str
    headcount: HeadcountRow
    outside: float | None
    """People outside the establishment; None where the category is not kept."""


class UnitsPage(Page):
    """One row a unit; a double click opens its matrix."""

    NAME = "units"
    WATCHES = frozenset(Table) - {Table.PLANS, Table.DUTIES}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Units and headcount"))
        self.rows = TableModel(
            _columns(workspace),
            key=lambda row: row.figures.unit_code,
            store=workspace.change,
            name_of=lambda row: row.figures.name,
        )
        self.rows.refused.connect(workspace.tell_error)
        self.table = TableView(self.rows, name=_("Units and headcount"), key="units")
        self.table.opened.connect(self._open)
        self.search = SearchField(_("Find a unit"))
        self.search.setFixedWidth(220)
        self.search.textChanged.connect(self._filter)
        self.leader = QPushButton(icons.icon(Icon.LEADER), _("Unit on a page"))
        self.leader.setToolTip(_("What the head of the selected unit asks first, on one page"))
        self.leader.clicked.connect(self._open_page)
        action = QAction(_("Unit on a page"), self.table)
        action.triggered.connect(self._open_page)
        self.table.addAction(action)
        self.head.addWidget(self.leader)
        self.head.addWidget(self.search)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.nothing, 1)

    def refresh(self) -> None:
        """Show every unit with its headcounts and its load."""
        if self.offer_import(self.table, self.leader, self.search):
            return
        self.hint.setText(_("Double-click a unit to open its matrix."))
        self.rows.may_edit = self.workspace.may_edit
        self.rows.set_rows(_unit_rows(self.workspace))

    def go_to(self, where: Where) -> None:
        """Select the unit."""
        if where.unit_code:
            self.search.clear()
            self.table.show_key(where.unit_code)

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search.setFocus()

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        self.rows.set_filter(lambda row: wanted in row.figures.name.casefold())

    def _open_page(self) -> None:
        chosen = self.table.rows_chosen()
        unit_code = self.rows.row_at(chosen[0]).figures.unit_code if chosen else ""
        self.asked.emit(Where("township", unit_code=unit_code))

    def _open(self, row: int) -> None:
        unit_code = self.rows.row_at(row).figures.unit_code
        self.asked.emit(Where("matrix", unit_code=unit_code))


def _unit_rows(workspace: Workspace) -> Iterator[UnitRow]:
    figures, units = workspace.figures, workspace.county.units
    by_unit = headcount_rows(figures, None, list(figures.units))
    for code, unit in figures.units.items():
        *rows, total = by_unit[code]
        outside = [row.in_post for row in rows if row.category == OUTSIDE_ESTABLISHMENT]
        known = [people for people in outside if people is not None]
        yield UnitRow(unit, word(units[(code,)].kind), total, sum(known) if known else None)


def _columns(workspace: Workspace) -> tuple[ShownColumn[UnitRow], ...]:
    return (
        ShownColumn(_("Unit"), lambda row: row.figures.name),
        ShownColumn(_("Kind"), lambda row: row.kind),
        ShownColumn(
            _("Saturation %"),
            lambda row: number_format.hundred(row.figures.load.saturation),
            number_format.tenths,
            tip=tip("saturation"),
            band=lambda row: row.figures.load.band,
            bar=lambda row: row.figures.load.saturation,
        ),
        ShownColumn(
            _("Band"),
            lambda row: number_format.band_word(row.figures.load, workspace.figures.band_scheme),
            tip=tip("band"),
            band=lambda row: row.figures.load.band,
        ),
        *_headcount_columns(),
        ShownColumn(
            _("Workload h"),
            lambda row: row.figures.load.workload_hours,
            number_format.whole,
            tip=tip("workload"),
        ),
        ShownColumn(
            _("Capacity h"),
            lambda row: row.figures.load.capacity_hours,
            number_format.whole,
            tip=tip("capacity"),
        ),
        ShownColumn(
            _("Unassigned h"),
            lambda row: row.figures.unassigned_hours,
            number_format.whole,
            tip=tip("unassigned"),
        ),
        *_condition_columns(workspace),
    )


def _condition_columns(workspace: Workspace) -> tuple[ShownColumn[UnitRow], ...]:
    """Return what a unit is like: hidden until it is asked for, and typed in place."""

    def unit(row: UnitRow) -> Unit:
        return workspace.county.units[(row.figures.unit_code,)]

    def changed(row: UnitRow, **fields: Any) -> Change:
        return Change(before=unit(row), after=replace(unit(row), **fields))

    return (
        ShownColumn(
            _("Travel factor"),
            lambda row: unit(row).travel,
            number_format.hundredths,
            tip=tip("travel"),
            change=lambda row, text: changed(row, travel=_factor(text)),
            is_extra=True,
        ),
        ShownColumn(
            _("Residents"),
            lambda row: unit(row).population,
            number_format.whole,
            change=lambda row, text: changed(row, population=at_least_nothing(text)),
            is_extra=True,
        ),
        ShownColumn(
            _("Villages"),
            lambda row: unit(row).villages,
            number_format.whole,
            change=lambda row, text: changed(row, villages=at_least_nothing(text)),
            is_extra=True,
        ),
        ShownColumn(
            _("Area km²"),
            lambda row: unit(row).area_km2,
            number_format.tenths,
            change=lambda row, text: changed(row, area_km2=at_least_nothing(text)),
            is_extra=True,
        ),
        ShownColumn(
            _("Note"),
            lambda row: unit(row).note,
            change=lambda row, text: changed(row, note=text.strip()),
            is_extra=True,
        ),
    )


def _factor(text: str) -> float:
    factor = at_least_nothing(text)
    if not factor:
        raise UserError(
            _("A travel factor has to be more than 0."),
            remedy=_("Enter 1 for the ordinary case."),
        )
    return factor


def _headcount_columns() -> tuple[ShownColumn[UnitRow], ...]:
    def column(
        title: str, value: Callable[[UnitRow], float | None], show: Callable[[Any], str], term: str
    ) -> ShownColumn[UnitRow]:
        return ShownColumn(title, value, show, tip=tip(term))

    people, load = number_format.people, attrgetter("figures.load")
    return (
        column(_("Authorised"), lambda row: row.headcount.authorised, people, "authorised"),
        column(_("In post"), lambda row: row.headcount.in_post, people, "in_post"),
        column(_("Vacancies"), lambda row: row.headcount.vacancies, people, "vacancies"),
        ShownColumn(
            _("Outside"),
            lambda row: row.outside,
            people,
            tip=_("People outside the establishment; neither authorised nor in post counts them"),
        ),
        column(_("On duty"), lambda row: load(row).existing, people, "on_duty"),
        column(_("Required"), lambda row: load(row).required, number_format.tenths, "required"),
        column(
            _("Difference"), lambda row: load(row).difference, number_format.signed, "difference"
        ),
    )
