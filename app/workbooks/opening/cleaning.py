"""Cleaning: raw cells become values, every text that repeats the same object."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from app.workbooks.cells.grid import CellFault, Value
from app.workbooks.opening.extracted import RawRows


class _Cells(dict[Any, Value]):
    """Values by raw cell: texts trimmed, one object for each, which also makes the answer small."""

    def __missing__(self, cell: Any) -> Value:
        found: Value = cell
        if isinstance(cell, str):
            trimmed = cell.strip()
            found = self[trimmed] if trimmed != cell else trimmed or None
        elif isinstance(cell, float) and not math.isfinite(cell):
            found = CellFault.ERROR_VALUE
        self[cell] = found
        return found


def cleaned_rows(
    raw: Sequence[Sequence[Any]], height: int = 0, width: int = 0, *, has_truths: bool = True
) -> RawRows:
    """Return cells without stray spaces, blank text as None, at least so high and so wide.

    Args:
        raw: cells as calamine returns them.
        height: rows that there are at least.
        width: columns that there are at least.
        has_truths: whether a cell may be yes or no, which are equal to 1 and 0 but are not numbers.
    """
    known = _Cells()
    rows: RawRows
    if has_truths:
        rows = [
            [value if isinstance(value, bool) else known[value] for value in row] for row in raw
        ]
    else:
        rows = [list(map(known.__getitem__, row)) for row in raw]
    rows += [[] for _missing in range(height - len(rows))]
    widest = max(width, max(map(len, rows), default=0))
    for row in rows:
        if len(row) < widest:
            row.extend([None] * (widest - len(row)))
    return rows
