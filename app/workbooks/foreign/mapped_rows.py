"""Foreign tables: rows that others made, read through their mapping, with the cells they come from.

What is common to all shapes; `duties`, `ledgers` and `workloads` know what the rows mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from app.errors import UserError
from app.language import _
from app.model.county import Record
from app.numbers import quoted
from app.workbooks.cells.cell import amount_in, remarks_on, text_of
from app.workbooks.cells.column import Column, ColumnKind
from app.workbooks.cells.grid import Grid, Span, Value, cell_name
from app.workbooks.cells.places import RowPlace
from app.workbooks.cells.quantities import Quantity, unit_above, unit_in
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.cells.sums import is_sum
from app.workbooks.cells.terms import Amount, Terms
from app.workbooks.cells.words import ONCE
from app.workbooks.foreign.heading_paths import spread
from app.workbooks.foreign.mappings import TableMapping
from app.workbooks.foreign.matching import Matching
from app.workbooks.foreign.shapes import target_named
from app.workbooks.standard.entries import Entry
from app.workbooks.standard.headings import plain
from app.workbooks.standard.year_terms import terms_of

_ANY_NUMBER = Column("", "", "", ColumnKind.NUMBER)


@dataclass(frozen=True)
class Foreign:
    """One table of somebody else's, how it is read, and where to remark."""

    grid: Grid
    mapping: TableMapping
    matching: Matching
    skipped: frozenset[RowPlace]

    @property
    def remarks(self) -> Remarks:
        """Return where errors and assumptions go."""
        return self.matching.remarks

    @cached_property
    def rows(self) -> Sequence[Sequence[Value]]:
        """Return all rows of the sheet, merged ranges spread over their cells."""
        return spread(self.grid).rows

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Return where each column stands, by its name; people columns are not among them."""
        return {item.name: item.column for item in self.mapping.columns if not item.category}

    def numbers(self) -> Iterator[int]:
        """Yield the rows below the heading that hold data: not blank, not skipped, no sum."""
        end = len(self.rows) if self.mapping.end is None else self.mapping.end
        for row in range(self.mapping.last + 1, end):
            first = next((cell for cell in self.grid.rows[row] if cell is not None), None)
            is_spread = first is None and any(cell is not None for cell in self.rows[row])
            if first is None and not is_spread:
                continue
            if RowPlace(self.grid.file, self.grid.sheet, row) in self.skipped:
                continue
            if isinstance(first, str) and self._is_left_out(first):
                continue
            if self.is_sum(row):
                continue
            if not self._repeats_heading(row):
                yield row

    def is_sum(self, row: int) -> bool:
        """Tell whether a row adds up others: 合计 and 青石镇小计 stand for one of its labels."""
        labels = [cell for cell in self.grid.rows[row] if cell is not None][:3]
        return any(isinstance(cell, str) and is_sum(cell) for cell in labels)

    def sum_rows(self) -> list[int]:
        """Return the rows below the heading that add up others."""
        end = len(self.rows) if self.mapping.end is None else self.mapping.end
        return [row for row in range(self.mapping.last + 1, end) if self.is_sum(row)]

    @cached_property
    def _tall(self) -> Mapping[tuple[int, int], Span]:
        """Return the merged range over several rows that each of its cells belongs to."""
        return {
            (row, column): span
            for span in self.grid.merged
            if span[0] < span[2]
            for row in range(span[0], min(span[2] + 1, len(self.rows)))
            for column in range(span[1], span[3] + 1)
        }

    def span_at(self, row: int, column: int) -> Span | None:
        """Return the merged range over several rows that a cell belongs to."""
        return self._tall.get((row, column))

    def _is_left_out(self, text: str) -> bool:
        return plain(text).startswith(tuple(plain(word) for word in self.mapping.skip if word))

    def _repeats_heading(self, row: int) -> bool:
        """Tell whether a row says what the heading says, as where it is printed on every page."""
        columns = [item.column for item in self.mapping.columns]
        words = [
            (self.rows[row][at], self.rows[self.mapping.last][at])
            for at in columns
            if isinstance(self.rows[row][at], str)
        ]
        return len(words) > 1 and all(
            isinstance(heading, str) and plain(str(cell)) == plain(heading)
            for cell, heading in words
        )

    def place(self, row: int, name: str = "") -> CellPlace:
        """Return the cell of a column by its name, the row's first mapped one without."""
        first = min((item.column for item in self.mapping.columns), default=0)
        return self.cell(row, self.places.get(name, first))

    def cell(self, row: int, column: int) -> CellPlace:
        """Return a cell as findings name it."""
        return CellPlace(self.grid.file, self.grid.sheet, cell_name(row, column))

    def is_merged_on(self, row: int, name: str) -> bool:
        """Tell whether a cell belongs to a merged range that began in a row above."""
        span = self.span_at(row, self.places.get(name, -1))
        return span is not None and span[0] < row

    def text(self, row: int, name: str) -> str:
        """Return the text of a cell, '' where it is blank, absent or holds a fault."""
        column = self.places.get(name)
        value = self.rows[row][column] if column is not None else None
        if value is None or column is None:
            return ""
        try:
            return text_of(value)
        except UserError as error:
            self.complain(row, column, error, is_error=False)
            return ""

    @cached_property
    def terms(self) -> Terms:
        """Return what a day and a year of work are in the plan."""
        return terms_of(self.matching.county)

    def number(
        self, row: int, column: int | None, *, quantity: Quantity | None = None, unit: str = ""
    ) -> float | None:
        """Return the number in a cell, None where it is blank or was complained about."""
        amount = self.amount(row, column, quantity=quantity, unit=unit)
        return amount.value if amount is not None else None

    def amount(
        self,
        row: int,
        column: int | None,
        *,
        quantity: Quantity | None = None,
        unit: str = "",
        terms: Terms | None = None,
    ) -> Amount | None:
        """Return what a cell says, None where it is blank or was complained about.

        A unit in the cell counts before one in `unit`; what was assumed is noted.
        """
        value = self.rows[row][column] if column is not None else None
        if value is None or column is None:
            return None
        kind = ColumnKind.NUMBER
        asked = Column("", "", "", kind, quantity=quantity, unit=unit, terms=terms or self.terms)
        try:
            amount = amount_in(value, asked)
        except UserError as error:
            self.complain(row, column, error)
            return None
        for assumed, sentence in remarks_on(value, asked):
            tell = self.remarks.note_once if assumed in ONCE else self.remarks.note
            tell(self.cell(row, column), sentence)
        if amount.value is not None and amount.value < 0:
            self.remarks.error(
                self.cell(row, column),
                _("{number:g} is too small here.").format(number=amount.value),
                _("Write a number from 0."),
            )
            return None
        return amount if amount.value is not None else None

    def peek(self, row: int, column: int) -> float:
        """Return the number in a cell without a remark, 0 where there is none."""
        value = self.rows[row][column]
        try:
            return 0.0 if value is None else amount_in(value, _ANY_NUMBER).value or 0.0
        except UserError:
            return 0.0

    def set_aside(self, row: int) -> None:
        """Note that a row is left out, which a warning tells."""
        self.remarks.set_aside.add(RowPlace(self.grid.file, self.grid.sheet, row))

    def complain(self, row: int, column: int, error: UserError, *, is_error: bool = True) -> None:
        """Remark on a cell that cannot be read."""
        if is_error:
            self.remarks.refuse(self.cell(row, column), error)
        else:
            self.remarks.warning(self.cell(row, column), error.message, error.remedy)

    def unit_of(self, name: str) -> str:
        """Return the unit of a column's numbers: the mapping's, else the heading's, else ''."""
        item = next((item for item in self.mapping.columns if item.name == name), None)
        target = target_named(self.mapping.kind, name)
        if item is None or target is None or target.quantity is None:
            return ""
        stated = item.unit or unit_in(item.heading, target.quantity)
        return stated or unit_above((text for _row, text in self.titles()), target.quantity)

    def entry(
        self, record: Record, row: int, more_rows: Iterable[int] = (), /, **places: int | None
    ) -> Entry:
        """Return a record as an entry whose fields stand in these columns and rows."""
        known = {name: at for name, at in places.items() if at is not None}
        where = known or {"": min(self.places.values(), default=0)}
        rows = tuple(at for at in more_rows if at != row)
        return Entry(record, self.grid, row, where, more_rows=rows)

    def labels(self) -> list[tuple[str, str]]:
        """Return the fields of a form above the heading: a label and the text beside it."""
        found = []
        for row in self.grid.rows[: self.mapping.first]:
            texts = [str(cell).strip() for cell in row if isinstance(cell, str)]
            found += [(label.rstrip(":：*"), text) for label, text in pairwise(texts)]
        return found

    def titles(self) -> list[tuple[int, str]]:
        """Return the texts that stand above the heading, the nearest row first."""
        found = []
        for row in range(self.mapping.first - 1, -1, -1):
            found += [(row, cell) for cell in self.grid.rows[row] if isinstance(cell, str) and cell]
        return found


def said(text: str) -> str:
    """Return a text as a remark quotes it: on one line."""
    return quoted(" ".join(text.split()))


def whole(name: str) -> str:
    """Return a name on one line: line breaks inside a cell are only its layout."""
    return "".join(part.strip() for part in name.split("\n"))
