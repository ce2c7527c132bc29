"""The burden ledger: hours and people by kind, by form, by ordering department and by task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from app.language import _
from app.model.accounts import BurdenRow, Cut
from app.workbooks.allocation.headed_tables import Field, HeadedTable, Sheets, TableSpan
from app.workbooks.standard.style import COUNT, HEADCOUNT, HOURS, RATIO, Formula, WrittenCell


def write_burden(
    sheets: Sheets, rows: Sequence[BurdenRow], title: str
) -> tuple[HeadedTable, Mapping[Cut, tuple[int, int]]]:
    """Write the ledger; every cut of it adds up to the same hours.

    Returns:
        the table, and the first and last row of each cut.
    """
    fields = {
        "cut": Field(_("Added up by"), width=16),
        "name": Field(_("Kind, form, department or task"), width=40),
        "tasks": Field(_("Tasks of single units"), COUNT, 12),
        "hours": Field(_("Hours a year"), HOURS, 14),
        "share": Field(_("Share"), RATIO),
        "assigned": Field(_("Assigned hours"), HOURS, 14),
        "people": Field(_("People busy with it"), HEADCOUNT, 12),
    }
    tab, table = sheets.add(title, fields)
    places: dict[Cut, tuple[int, int]] = {}
    for cut, group in groupby(rows, key=lambda row: row.cut):
        found = list(group)
        first = len(table.rows)
        places[cut] = first, first + len(found) - 1
        span = f"{table.fixed('hours', first)}:{table.fixed('hours', first + len(found) - 1)}"
        table.rows.extend(_cells(table, first + n, row, span) for n, row in enumerate(found))
    sheets.finish(tab, table, frozen=2)
    if table.rows:
        column = table.column("share")
        last = table.top + len(table.rows)
        tab.conditional_format(table.top + 1, column, last, column, _BAR)
    return table, places


_BAR = {
    "type": "data_bar",
    "bar_solid": True,
    "bar_color": "#c3c9d2",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 1,
}


def names_and_hours(table: HeadedTable, place: tuple[int, int]) -> tuple[TableSpan, TableSpan]:
    """Return the names and the hours of one cut, as a chart refers to them."""
    return table.span("name", *place), table.span("hours", *place)


def _cells(table: HeadedTable, place: int, row: BurdenRow, span: str) -> dict[str, WrittenCell]:
    share: WrittenCell = None
    if row.hours or row.share:
        share = Formula(f"={table.cell('hours', place)}/SUM({span})", row.share)
    return {
        "cut": _words()[row.cut],
        "name": row.name or _("not stated"),
        "tasks": float(row.tasks),
        "hours": row.hours,
        "share": share,
        "assigned": row.assigned_hours,
        "people": row.people,
    }


def _words() -> Mapping[Cut, str]:
    return {
        Cut.KIND: _("Kind of burden"),
        Cut.FORM: _("Form"),
        Cut.DEPARTMENT: _("Ordered by"),
        Cut.TASK: _("Task"),
    }
