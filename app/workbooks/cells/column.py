"""Columns as plain data: what a cell of theirs means, and how it is read and written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from app.model.vocabulary import Table, Word
from app.workbooks.cells.quantities import Quantity
from app.workbooks.cells.terms import USUAL_TERMS, Asked, Terms

YES, NO = "是", "否"
LIST_SEPARATOR = "；"


class ColumnKind(Enum):
    """How a cell is read and written."""

    CODE = "code"
    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    YES_NO = "yes or no"
    WORD = "word"
    LIST = "list"


Content = str | float | bool | Word | tuple[str, ...] | None
"""What a cell of the standard workbook means."""


@dataclass(frozen=True)
class Column:
    """One column: the record's field it fills, its two titles, its kind, bounds and references.

    `quantity` is what a number measures, `unit` the one its heading states where it is not ours;
    `terms` are what the plan says about a day and a year;
    `part` is the place inside a field that is a tuple of numbers; `high` is where a number becomes
    absurd rather than large; `only_for` names a field and the value that it must have for
    `is_required` to hold; `offered` are texts to choose from, others may be typed.
    """

    field: str
    chinese: str
    english: str
    kind: ColumnKind
    is_required: bool = False
    only_for: tuple[str, Content] | None = None
    words: type[Word] | None = None
    offered: tuple[str, ...] = ()
    high: float = 1e9
    is_positive: bool = False
    refers_to: Table | None = None
    quantity: Quantity | None = None
    unit: str = ""
    terms: Terms = USUAL_TERMS
    part: int | None = None
    example: Content = None

    @cached_property
    def name(self) -> str:
        """Return what tells this column from the others of its sheet."""
        return self.field if self.part is None else f"{self.field}.{self.part}"

    @cached_property
    def is_numeric(self) -> bool:
        """Return whether cells are numbers."""
        return self.kind in {ColumnKind.NUMBER, ColumnKind.SHARE}

    @cached_property
    def asked(self) -> Asked:
        """Return what a cell of numbers is asked to say."""
        if self.kind is ColumnKind.SHARE:
            return Asked.SHARE
        return self.quantity.asked if self.quantity is not None else Asked.NUMBER

    @property
    def heading(self) -> str:
        """Return the title as it is written, with the asterisk of a column that must be filled."""
        return f"{self.chinese}*" if self.is_required else self.chinese
