"""Places: one sheet of one file, and one row of it."""

from __future__ import annotations

from typing import NamedTuple


class SheetPlace(NamedTuple):
    """One sheet of one file."""

    file: str
    sheet: str


class RowPlace(NamedTuple):
    """One row of one sheet; the first is 0."""

    file: str
    sheet: str
    row: int
