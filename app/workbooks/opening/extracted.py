"""What the child process hands back of a file: its sheets, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.workbooks.cells.grid import SHOWN, Hidden, Span, Trouble, Value

MOST_CELLS = 5_000_000
"""Rows × columns of one sheet's used range; calamine lays it out in full."""

RawRows = list[list[Value]]


@dataclass(frozen=True, slots=True)
class Extracted:
    """One sheet as it stands in the file; a format without sheet names leaves `name` blank."""

    name: str
    rows: RawRows
    merged: Sequence[Span] = ()
    hidden: Hidden = SHOWN


class Refused(Exception):
    """A file that is not read, and the trouble with it."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail
