"""Hidden parts: what of a sheet does not show, told with whether it was read."""

from __future__ import annotations

from app.language import _
from app.workbooks.cells.grid import column_letters
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.foreign.mappings import Choices
from app.workbooks.foreign.sheet_kinds import Sorted

_MOST_NAMED = 10
"""Rows or columns that a remark lists."""


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
    filled = [row for row in sorted(hidden.rows) if row < len(item.grid.rows)]
    if choices.leaves_hidden and hidden.rows:
        remarks.note(place, _("{count} hidden rows were left out.").format(count=len(hidden.rows)))
    elif item.is_read and any(cell is not None for row in filled for cell in item.grid.rows[row]):
        remarks.note(
            place,
            _("{count} hidden rows were read as well: {rows}.").format(
                count=len(filled), rows=_(", ").join(str(row + 1) for row in filled[:_MOST_NAMED])
            ),
            _("To leave them out, choose so in the window or add --skip-hidden."),
        )
    if item.is_read and hidden.columns:
        letters = [column_letters(column) for column in sorted(hidden.columns)[:_MOST_NAMED]]
        remarks.note(
            place,
            _("Hidden columns were read as well: {columns}.").format(columns=_(", ").join(letters)),
        )
