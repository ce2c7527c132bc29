"""Hidden parts: what of a sheet does not show, told with whether it was read."""

from __future__ import annotations

from app.language import _
from app.workbooks.cells.grid import Grid, column_letters
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.foreign.mappings import Choices
from app.workbooks.foreign.sheet_kinds import Sorted

_MOST_NAMED = 10
"""Rows or columns that a remark lists."""


def hidden_rows(grid: Grid) -> list[int]:
    """Return the rows that do not show and hold something."""
    return [
        row
        for row in sorted(grid.hidden.rows)
        if row < len(grid.rows) and any(cell is not None for cell in grid.rows[row])
    ]


def hidden_columns(grid: Grid) -> list[int]:
    """Return the columns that do not show and hold something."""
    return [
        column
        for column in sorted(grid.hidden.columns)
        if any(column < len(row) and row[column] is not None for row in grid.rows)
    ]


def tell_hidden(item: Sorted, choices: Choices, remarks: Remarks) -> None:
    """Say what of a sheet does not show, and whether it was read."""
    hidden, place = item.grid.hidden, CellPlace(item.grid.file, item.grid.sheet)
    if item.is_matrix:
        return  # codes stand hidden on it, by ourselves
    if hidden.is_sheet:
        sentence = (
            _("This sheet is hidden; it was read all the same.")
            if item.is_read
            else _("This sheet is hidden; it was left out.")
        )
        remarks.note(place, sentence)
    rows, columns = hidden_rows(item.grid), hidden_columns(item.grid)
    if choices.leaves_hidden and hidden.rows:
        remarks.note(place, _("{count} hidden rows were left out.").format(count=len(hidden.rows)))
    elif item.is_read and rows:
        remarks.note(
            place,
            _("{count} hidden rows were read as well: {rows}.").format(
                count=len(rows), rows=_(", ").join(str(row + 1) for row in rows[:_MOST_NAMED])
            ),
            _("To leave them out, choose so in the window or add --skip-hidden."),
        )
    if item.is_read and columns:
        letters = [column_letters(column) for column in columns[:_MOST_NAMED]]
        remarks.note(
            place,
            _("Hidden columns were read as well: {columns}.").format(columns=_(", ").join(letters)),
        )
