"""Rows of a sheet become records that know the cells they came from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from app.errors import UserError
from app.language import _
from app.model.county import County, Post, Record, Staffing
from app.model.parameters import FAMILIES, SETTINGS
from app.model.settings import BadSetting, read_setting
from app.model.vocabulary import Table
from app.numbers import quoted
from app.workbooks.cells.cell import Reader, is_stroke, reader_of, remarks_on, suggestion
from app.workbooks.cells.column import Column, ColumnKind, Content
from app.workbooks.cells.grid import CellFault, Grid, Value, cell_name
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.cells.sums import is_foot, is_sum
from app.workbooks.cells.words import ONCE
from app.workbooks.standard.columnwise import may_read_columns, plain_records
from app.workbooks.standard.headings import Heading, data_rows, holds_data
from app.workbooks.standard.sheets import BY_TABLE, PEOPLE, Sheet


@dataclass(frozen=True, slots=True)
class Entry:
    """A record and the row it was read from; `places` are the columns by name."""

    record: Record
    grid: Grid
    row: int
    places: Mapping[str, int]
    staffing: tuple[Staffing, ...] = ()
    """The people on a post, for the categories that the sheet has columns for."""
    more_rows: tuple[int, ...] = ()
    """Further rows of the sheet that it was read from."""

    def place(self, name: str = "") -> CellPlace:
        """Return the cell of a column, the row's first where the sheet has no such column."""
        index = self.places.get(name, min(self.places.values(), default=0))
        return CellPlace(self.grid.file, self.grid.sheet, cell_name(self.row, index))


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What it takes to read the rows of one sheet: its cells, its heading, and where to remark."""

    grid: Grid
    sheet: Sheet
    heading: Heading
    county: County
    remarks: Remarks

    def entries(self) -> Iterator[Entry]:
        """Yield the record of every row that has its key; complain about cells along the way."""
        readers = [(*place, reader_of(place[1])) for place in self.heading.columns]
        if not may_read_columns(self.sheet, self.heading, self.county.rows(self.sheet.table)):
            for row, cells in data_rows(self.grid, self.heading):
                yield from self._entry(row, cells, readers)
            return
        grid, places, first = self.grid, self.heading.places, self.heading.row + 1
        records = plain_records(grid.rows[first:], self.sheet, self.heading)
        for row, record in enumerate(records, start=first):
            if record is not None:
                yield Entry(record, grid, row, places)
            elif holds_data(grid.rows[row], self.heading):
                yield from self._entry(row, grid.rows[row], readers)

    def _entry(
        self, row: int, cells: Sequence[Value], readers: Sequence[tuple[int, Column, Reader]]
    ) -> Iterator[Entry]:
        """Yield the record of one row, nothing where its key is bad or it only sums up others."""
        if self._is_beside_data(cells):
            self.remarks.note(
                self._place(row, min(self.heading.places.values())),
                _("Row {row} was left out: it is a sum or a line below the table.").format(
                    row=row + 1
                ),
            )
            return
        found = self._read(row, cells, readers)
        record = self._record(row, found)
        if record is not None:
            people = self._staffing(record, found)
            yield Entry(record, self.grid, row, self.heading.places, people)

    def _is_beside_data(self, cells: Sequence[Value]) -> bool:
        """Tell a sum or a signature from data: a sum for a code, or either in place of one."""
        words = [
            (column, cell)
            for index, column in self.heading.columns
            if isinstance(cell := cells[index], str)
        ]
        keys = self.sheet.record_type.KEY_FIELDS
        if any(column.field in keys and is_sum(text) for column, text in words):
            return True
        is_whole = all(
            cells[index] is not None
            for index, column in self.heading.columns
            if column.is_required and column.only_for is None
        )
        return not is_whole and any(is_sum(text) or is_foot(text) for _column, text in words)

    def _place(self, row: int, index: int) -> CellPlace:
        return CellPlace(self.grid.file, self.grid.sheet, cell_name(row, index))

    def _read(
        self, row: int, cells: Sequence[Value], readers: Sequence[tuple[int, Column, Reader]]
    ) -> dict[str, Content]:
        """Return the contents of a row by column; bad and missing ones are remarked and left out.

        A blank cell that may be blank is there as what it means.
        """
        found: dict[str, Content] = {}
        missing: list[tuple[int, Column]] = []
        for index, column, read in readers:
            value = cells[index]
            if value is None:
                missing.append((index, column))
                continue
            if column.is_numeric and is_stroke(value):
                self.remarks.note(
                    self._place(row, index),
                    _("“{text}” was read as a blank cell.").format(text=value),
                )
                missing.append((index, column))
                continue
            try:
                found[column.name] = read(value, column)
            except UserError as error:
                self._complain(row, index, column, value, error)
                continue
            self._tell(row, index, column, value)
        for index, column in missing:
            self._blank(row, index, column, found)
        return found

    def _tell(self, row: int, index: int, column: Column, value: Value) -> None:
        """Say what was assumed when a cell was read; what holds for all cells is said once."""
        for assumed, sentence in remarks_on(value, column):
            tell = self.remarks.note_once if assumed in ONCE else self.remarks.note
            tell(self._place(row, index), sentence)

    def _complain(
        self, row: int, index: int, column: Column, value: Value, error: UserError
    ) -> None:
        if value is CellFault.PICTURE and not column.is_required:
            self.remarks.warning(self._place(row, index), error.message, error.remedy)
        else:
            self.remarks.refuse(self._place(row, index), error)

    def _blank(self, row: int, index: int, column: Column, found: dict[str, Content]) -> None:
        if column.is_required and _is_needed(column, found):
            self.remarks.error(
                self._place(row, index),
                _("Column “{column}” must be filled.").format(column=column.chinese),
                _("Fill the cell, or delete the row; unmerge merged cells and fill each."),
            )
        elif column.part is not None:
            found[column.name] = 0.0
        elif not column.name.startswith(PEOPLE):
            default: Any = self.sheet.defaults.get(column.field, "")
            found[column.name] = default
            if self.sheet.table is Table.WORKING_TIME and default is not None:
                self.remarks.note(
                    self._place(row, index),
                    _("“{column}” is blank: {default:g} is assumed.").format(
                        column=column.chinese, default=default
                    ),
                )

    def _record(self, row: int, found: Mapping[str, Content]) -> Record | None:
        """Return the row as a record, on top of the plan's own where a column is absent."""
        record_type = self.sheet.record_type
        fields = self._finished(row, _fields(found, self.sheet))
        if any(name not in fields for name in record_type.KEY_FIELDS):
            return None
        key = tuple(str(fields[name]) for name in record_type.KEY_FIELDS)
        known = self.county.rows(self.sheet.table).get(key)
        if known is not None:
            return replace(known, **fields)
        return record_type(**_placeholders(self.sheet.table.value) | fields)

    def _finished(self, row: int, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the fields as the record wants them, where a cell alone cannot tell."""
        if self.sheet.table is Table.PROFILES and "shares" in fields:
            fields["shares"] = self._shares(row, fields["shares"])
        if self.sheet.table is Table.POLICY and "name" in fields:
            fields["name"] = _policy_key(fields["name"])
            self._check_setting(row, fields["name"], fields.get("value", ""))
        return fields

    def _shares(self, row: int, shares: tuple[float, ...]) -> tuple[float, ...]:
        """Return twelve shares that sum to 1 (workbook §1, sheet 季节)."""
        total = sum(shares)
        place = self._place(row, self.heading.places.get("shares.0", 0))
        if total <= 0:
            self.remarks.error(
                place,
                _("All months of this season are 0."),
                _("Write the share of every month that has work."),
            )
            return _FLAT
        if math.isclose(total, 1, rel_tol=0, abs_tol=1e-9):
            return shares
        self.remarks.note(
            place,
            _("The months sum to {total:g}; they were normalised to 1.").format(total=total),
        )
        return tuple(share / total for share in shares)

    def _check_setting(self, row: int, key: str, text: str) -> None:
        try:
            read_setting(key, text)
        except BadSetting as error:
            column = "value" if error.setting is not None else "name"
            place = self._place(row, self.heading.places.get(column, 0))
            self.remarks.error(place, *setting_complaint(error))

    def _staffing(self, record: Record, found: Mapping[str, Content]) -> tuple[Staffing, ...]:
        if not isinstance(record, Post):
            return ()
        return tuple(
            Staffing(record.post_code, category, people)
            for category in self.categories()
            if isinstance(people := found.get(PEOPLE + category), float)
        )

    def categories(self) -> tuple[str, ...]:
        """Return the staff categories that have a column here, in their order."""
        return tuple(
            column.chinese
            for _index, column in self.heading.columns
            if column.name.startswith(PEOPLE)
        )


_FLAT = (1 / 12,) * 12


def setting_complaint(error: BadSetting) -> tuple[str, str]:
    """Return what is wrong with a policy value, and what to write instead."""
    setting = error.setting
    if setting is None:
        keys = [known.key for known in SETTINGS]
        named = [
            f"{family.prefix}.{word.value}" for family in FAMILIES for word in family.words or ()
        ]
        every = ", ".join([*keys, *(f"{family.prefix}.…" for family in FAMILIES)])
        return (
            _("“{key}” is not a policy setting.").format(key=quoted(error.key)),
            suggestion(
                error.key,
                [*keys, *named],
                otherwise=_("Write one of: {words}.").format(words=every),
            ),
        )
    message = _("“{text}” is no value for “{key}”.").format(text=quoted(error.value), key=error.key)
    if setting.choices:
        return message, _("Write one of: {words}.").format(words=", ".join(setting.choices))
    if setting.count is not None and setting.is_rising:
        return message, _("Write {count} rising numbers, separated by commas.").format(
            count=setting.count
        )
    if setting.count is not None:
        return message, _("Write {count} numbers, separated by commas.").format(count=setting.count)
    if setting.low is not None and setting.high is not None:
        return message, _("Write a number from {low:g} to {high:g}.").format(
            low=setting.low, high=setting.high
        )
    if not setting.default:
        return message, _("Leave it blank for no limit, or write a number.")
    return message, _("Write it like the default: {default}.").format(default=setting.default)


def _policy_key(name: str) -> str:
    """Return the key of a setting that is named by its Chinese words, else the name itself."""
    return next((known.key for known in SETTINGS if known.chinese == name), name)


def _fields(found: Mapping[str, Content], sheet: Sheet) -> dict[str, Any]:
    """Return contents by field of the record; the months of a profile come together."""
    if sheet.table is Table.POSTS:
        return {name: content for name, content in found.items() if not name.startswith(PEOPLE)}
    if sheet.table is not Table.PROFILES:
        return dict(found)
    months = [found.get(f"shares.{month}", 0.0) for month in range(12)]
    fields: dict[str, Any] = {"shares": tuple(months)} if len(found) > 1 else {}
    return fields | ({"name": found["name"]} if "name" in found else {})


def _is_needed(column: Column, found: Mapping[str, Content]) -> bool:
    if column.only_for is None:
        return True
    field, wanted = column.only_for
    return found.get(field, wanted) == wanted


@cache
def _placeholders(table: str) -> dict[str, Any]:
    """Return what stands in for cells that were remarked as errors, so that checks can go on."""
    sheet = BY_TABLE[Table(table)]
    return {
        column.field: _placeholder(column)
        for column in sheet.columns
        if column.field not in sheet.defaults
    }


def _placeholder(column: Column) -> Any:
    if column.part is not None:
        return _FLAT
    if column.words is not None:
        return next(iter(column.words))
    return 0.0 if column.kind in {ColumnKind.NUMBER, ColumnKind.SHARE} else ""
