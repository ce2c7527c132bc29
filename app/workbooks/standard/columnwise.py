"""Rows read column by column: what repeats is read once, and only rows with a fault one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from app.errors import UserError
from app.model.county import Record, field_names
from app.model.vocabulary import Table
from app.workbooks.cells.cell import reader_of, remarks_on
from app.workbooks.cells.column import Column, Content
from app.workbooks.cells.grid import Value
from app.workbooks.cells.sums import is_sum
from app.workbooks.standard.headings import Heading
from app.workbooks.standard.sheets import EXAMPLE_MARK, HELP_MARK, Sheet

PLAIN_TABLES = frozenset(
    {
        Table.UNITS,
        Table.ESTABLISHMENT,
        Table.DUTIES,
        Table.TASKS,
        Table.VOLUMES,
        Table.ASSIGNMENTS,
    }
)
"""Tables whose every cell is one field of one record, read without looking at its neighbours."""

_TROUBLE = object()
"""What a cell is that needs a remark, or that only its row explains."""


class _Memory(dict[Value, Any]):
    """Contents of a column by cell, each read once."""

    def __init__(
        self, column: Column, blank: Content | object, *, is_first: bool, is_key: bool
    ) -> None:
        super().__init__()
        self._column = column
        self._read = reader_of(column)
        self._is_first, self._is_key = is_first, is_key
        self[None] = blank

    def __missing__(self, value: Value) -> Any:
        found = self[value] = self._content(value)
        return found

    def _content(self, value: Value) -> Any:
        is_text = type(value) is str
        if self._is_first and is_text and value.startswith((HELP_MARK, EXAMPLE_MARK)):  # type: ignore[union-attr]
            return _TROUBLE
        if self._is_key and is_text and is_sum(value):  # type: ignore[arg-type]
            return _TROUBLE
        try:
            content = self._read(value, self._column)
            return _TROUBLE if remarks_on(value, self._column) else content
        except UserError:
            return _TROUBLE


def may_read_columns(sheet: Sheet, heading: Heading, known: Mapping[Any, Record]) -> bool:
    """Tell whether a sheet's rows depend on nothing but their own cells.

    Where a column is missing, rows of the plan keep that field, so those are read one by one.
    """
    if sheet.table not in PLAIN_TABLES:
        return False
    absent = {column.name for column in sheet.columns} - set(heading.places)
    is_whole = not any(column.is_required for column in sheet.columns if column.name in absent)
    return is_whole and not (absent and known)


def plain_records(
    rows: Sequence[Sequence[Value]], sheet: Sheet, heading: Heading
) -> Iterator[Record | None]:
    """Yield the record of every row, None where it has to be read on its own."""
    contents: dict[str, Sequence[Content]] = {}
    troubled: set[int] = set()
    for number, (index, column) in enumerate(heading.columns):
        cells = [row[index] for row in rows]
        is_first = number == 0
        default = sheet.defaults.get(column.field, "")
        blank = _TROUBLE if is_first or column.is_required else default
        is_key = column.field in sheet.record_type.KEY_FIELDS
        memory = _Memory(column, blank, is_first=is_first, is_key=is_key)
        found = list(map(memory.__getitem__, cells))
        if _TROUBLE in memory.values():
            troubled.update(at for at, content in enumerate(found) if content is _TROUBLE)
        if bool in set(map(type, cells)):  # True counts as 1 where cells are remembered
            troubled.update(at for at, cell in enumerate(cells) if isinstance(cell, bool))
        contents[column.field] = found
    fields = [
        contents.get(name, repeat(sheet.defaults.get(name)))
        for name in field_names(sheet.record_type)
    ]
    make = sheet.record_type
    for at, values in enumerate(zip(*fields, strict=False)):
        yield None if at in troubled else make(*values)
