"""The units of a standard sheet's columns: stated by headings, lines above, or number formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.language import _
from app.workbooks.cells.column import Column
from app.workbooks.cells.grid import Grid, cell_name
from app.workbooks.cells.quantities import HOURS_PER_DAY, Quantity, unit_in, units_above
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.standard.headings import Heading, data_rows


def with_units(
    heading: Heading, grid: Grid, remarks: Remarks, hours_per_day: float | None
) -> Heading:
    """Return a heading whose columns know their units: 单件工时（分钟）, 单位：万元 above it."""
    stated = [
        unit
        for row in grid.rows[: heading.row]
        for cell in row
        if isinstance(cell, str)
        for unit in units_above(cell)
    ]
    columns = []
    for at, column in heading.columns:
        found = replace(column, hours_per_day=hours_per_day)
        unit = _unit_of(column, str(grid.rows[heading.row][at]), stated)
        unit = _with_format(grid, heading, (at, column), unit, remarks)
        columns.append((at, replace(found, unit=unit) if unit else found))
        _note_unit(
            CellPlace(grid.file, grid.sheet, cell_name(heading.row, at)), columns[-1][1], remarks
        )
    return replace(heading, columns=tuple(columns))


def _unit_of(column: Column, title: str, stated: Sequence[str]) -> str:
    """Return the unit that a title states, else the one above the table that fits, else ''."""
    quantity = column.quantity
    if quantity is None:
        return ""
    above = stated if quantity is not Quantity.COUNT else ()
    return unit_in(title, quantity) or next(
        (unit for unit in above if quantity.factor(unit) is not None), ""
    )


def _with_format(
    grid: Grid, heading: Heading, placed: tuple[int, Column], unit: str, remarks: Remarks
) -> str:
    """Return the unit of a column, which its number formats may state; mixed ones are an error."""
    at, column = placed
    if column.quantity is None or not grid.units:
        return unit
    rows = [row for row, cells in data_rows(grid, heading) if isinstance(cells[at], float)]
    formats = {row: grid.units.get((row, at), "") for row in rows}
    factors = {column.quantity.factor(one) if one else None for one in formats.values()}
    stated = {one for one in formats.values() if one}
    if not stated:
        return unit
    if len(factors) > 1 or (unit and column.quantity.factor(unit) not in factors):
        row = next(row for row in rows if formats[row])
        remarks.error(
            CellPlace(grid.file, grid.sheet, cell_name(row, at)),
            _("The number format says {unit}, which other cells or the heading do not.").format(
                unit=formats[row]
            ),
            _("Give all cells of the column one format, or write the unit into the heading."),
        )
    return unit or stated.pop()


def _note_unit(place: CellPlace, column: Column, remarks: Remarks) -> None:
    """Say by what the numbers of a column were multiplied, where it is not 1."""
    if column.quantity is None or not column.unit:
        return
    factor = column.quantity.factor(column.unit, hours_per_day=column.hours_per_day or 0.0)
    if factor == HOURS_PER_DAY or column.quantity.factor(column.unit) == HOURS_PER_DAY:
        remarks.note(
            place,
            _(
                "Column “{column}” was read in {unit} and converted, a day as {hours:g} hours."
            ).format(column=column.chinese, unit=column.unit, hours=factor),
        )
    elif factor != 1:
        remarks.note(
            place,
            _("Column “{column}” was read in {unit} and converted.").format(
                column=column.chinese, unit=column.unit
            ),
        )
