"""Merged cells of a standard sheet: a label holds for all its rows, an amount counts once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.language import _
from app.workbooks.cells.column import Column
from app.workbooks.cells.grid import Grid, Span, cell_name
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.standard.headings import Heading
from app.workbooks.standard.sheets import Sheet


def with_merged_labels(grid: Grid, heading: Heading, sheet: Sheet, remarks: Remarks) -> Grid:
    """Return a sheet whose merged labels stand in every row they hold for.

    The code of a row itself is not repeated, nor is an amount; of the latter it is said that it
    counts in the first row alone.
    """
    keys = sheet.record_type.KEY_FIELDS
    own = keys[0] if len(keys) == 1 else ""
    rows = [list(row) for row in grid.rows] if grid.merged else []
    is_changed = False
    for column, index, span in _tall_spans(grid, heading):
        value = grid.rows[span[0]][span[1]]
        if value is None or column.field == own:
            continue
        if column.is_numeric:
            remarks.note(
                CellPlace(grid.file, grid.sheet, cell_name(span[0], span[1])),
                _(
                    "This amount is merged over {count} rows; it counts in the first of them."
                ).format(count=span[2] - span[0] + 1),
            )
            continue
        is_changed = True
        for row in range(span[0], span[2] + 1):
            rows[row][index] = value
    return replace(grid, rows=rows) if is_changed else grid


def _tall_spans(grid: Grid, heading: Heading) -> Iterator[tuple[Column, int, Span]]:
    """Yield the ranges below the heading that reach over several rows of one column."""
    columns = dict(heading.columns)
    for span in grid.merged:
        top, left, bottom, right = span
        if heading.row < top < bottom < len(grid.rows) and left == right and left in columns:
            yield columns[left], left, span
