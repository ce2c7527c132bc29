"""The cells of a file as they stand in it, the trouble with it, and how a cell is named."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Trouble(Enum):
    """Why a workbook could not be read."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too large"
    NO_WORKBOOK = "no workbook"
    NO_TEXT = "no text in a known encoding"
    OPEN_QUOTE = "a quotation mark that is never closed"
    NO_TABLE = "no table"


class CellFault(Enum):
    """What a cell holds instead of a value."""

    ERROR_VALUE = "error value"
    NO_RESULT = "formula without a stored result"
    PICTURE = "picture"


Value = str | float | bool | datetime.date | datetime.time | datetime.timedelta | CellFault | None
"""A trimmed text, a finite number, a yes or no, a point in time, a fault; None is blank."""


Span = tuple[int, int, int, int]
"""A range of cells by indices: first row, first column, last row, last column, all inclusive."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of a sheet does not show: rows and columns by index, or the sheet as a whole."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    is_sheet: bool = False


SHOWN = Hidden()
"""Nothing is hidden."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of one file; `rows[0]` is row 1 and every row is equally wide."""

    file: str
    sheet: str
    rows: Sequence[Sequence[Value]]
    merged: Sequence[Span] = ()
    """The merged ranges; only their first cell holds a value."""
    hidden: Hidden = SHOWN


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell from its indices, which begin at 0: (4, 2) is C5."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Return the letters of a column from its index: 0 is A, 27 is AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def position(name: str) -> tuple[int, int]:
    """Return the row and column indices of a cell name such as C5.

    Raises:
        ValueError: the text is no cell name.
    """
    letters = name.rstrip("0123456789")
    row = int(name[len(letters) :])
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3 or row < 1:
        raise ValueError(name)
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return row - 1, column - 1
