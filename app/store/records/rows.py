"""Rows: how a frozen dataclass stands in a table, and the way there and back."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from app.model.vocabulary import Word

StoredCell = str | float | int | None
StoredRow = tuple[StoredCell, ...]

SEPARATOR = "；"
"""Stands between qualifications, in the file as on the sheets."""
MONTHS = tuple(f"month_{number}" for number in range(1, 13))

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column: its Python type, whether it may be empty, and its codes if it is a word."""

    name: str
    kind: type
    is_optional: bool = False
    codes: tuple[str, ...] = ()


class RecordShape(Generic[_T]):
    """The columns of a dataclass whose fields are numbers, texts, words or tuples of them.

    A tuple of texts is one column, a tuple of numbers is twelve (the months). A text named in
    `blank_is_none` is empty in the table where it is blank in the record.
    """

    def __init__(
        self,
        kind: type[_T],
        *,
        without: Collection[str] = (),
        blank_is_none: Collection[str] = (),
    ) -> None:
        self.kind = kind
        hints = get_type_hints(kind)
        self.names = tuple(item.name for item in fields(kind) if item.name not in without)  # type: ignore[arg-type]
        columns: list[ColumnShape] = []
        self._writers: list[Callable[[Any], StoredCell] | None] = []
        self._readers: list[Callable[[Any], Any] | None] = []
        self._months: int | None = None
        for name in self.names:
            inner, is_optional = _without_none(hints[name])
            if inner == tuple[float, ...]:
                self._months = len(columns)
                columns += [ColumnShape(month, float) for month in MONTHS]
                self._writers += [finite] * len(MONTHS)
                self._readers += [None] * len(MONTHS)
                continue
            may_be_empty = is_optional or name in blank_is_none
            columns.append(_column(name, inner, may_be_empty))
            write, read = _converters(inner)
            if name in blank_is_none:
                write, read = _blank_to_none, _none_to_blank
            self._writers.append(write)
            self._readers.append(read)
        self.columns = tuple(columns)
        self._values: Callable[[_T], Any] = attrgetter(*self.names)

    def to_row(self, item: _T) -> StoredRow:
        """Return the cells of `item` in the order of `columns`."""
        found = self._values(item)
        values = list(found) if len(self.names) > 1 else [found]
        if self._months is not None:
            values[self._months : self._months + 1] = values[self._months]
        return tuple(
            value if write is None or value is None else write(value)
            for write, value in zip(self._writers, values, strict=True)
        )

    def values(self, row: StoredRow) -> list[Any]:
        """Return the fields that `row` holds, in the order of `names`."""
        values = [
            cell if read is None else read(cell)
            for read, cell in zip(self._readers, row, strict=True)
        ]
        if self._months is not None:
            end = self._months + len(MONTHS)
            values[self._months : end] = [tuple(values[self._months : end])]
        return values

    def to_item(self, row: StoredRow) -> _T:
        """Return the dataclass that `row` holds."""
        return self.kind(*self.values(row))


def _without_none(hint: Any) -> tuple[Any, bool]:
    members = [member for member in get_args(hint) if member is not type(None)]
    if get_origin(hint) is not tuple and type(None) in get_args(hint):
        return members[0], True
    return hint, False


def _column(name: str, inner: Any, is_optional: bool) -> ColumnShape:
    if inner == tuple[str, ...]:
        return ColumnShape(name, str, is_optional)
    if issubclass(inner, Word):
        return ColumnShape(name, str, is_optional, tuple(member.value for member in inner))
    return ColumnShape(name, inner, is_optional)


def _converters(
    inner: Any,
) -> tuple[Callable[[Any], StoredCell] | None, Callable[[Any], Any] | None]:
    if inner == tuple[str, ...]:
        return SEPARATOR.join, _parts
    if inner is float:
        return finite, None
    if inner is bool:
        return int, bool
    if issubclass(inner, Word):
        members = {None: None, **{member.value: member for member in inner}}
        return attrgetter("value"), members.__getitem__
    return None, None


def finite(value: float) -> float:
    """Return the number as it is stored: no -0.0, and infinity for nan.

    SQLite would store nan as NULL; infinity is refused by the rule of every number column.
    """
    return float(value) + 0.0 if math.isfinite(value) else math.inf


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def _blank_to_none(text: str) -> str | None:
    return text or None


def _none_to_blank(text: str | None) -> str:
    return text or ""
