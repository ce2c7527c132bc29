"""Sorting: what every sheet of a file is, and how its tables are mapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.model.vocabulary import Table
from app.workbooks.cells.cell import text_of
from app.workbooks.cells.column import Column
from app.workbooks.cells.grid import CellFault, Grid, column_letters
from app.workbooks.cells.places import SheetPlace
from app.workbooks.foreign.heading_paths import joined, paths, spread
from app.workbooks.foreign.mappings import (
    Choices,
    ColumnMapping,
    ImportMapping,
    Shape,
    TableMapping,
)
from app.workbooks.foreign.table_detection import fitting, propose
from app.workbooks.standard.headings import (
    Heading,
    find_heading,
    is_whole,
    sheet_by_titles,
    sheet_called,
)
from app.workbooks.standard.matrix_sheet import is_matrix, is_output
from app.workbooks.standard.sheets import BY_TABLE, CHOICES_TITLE, PEOPLE, Sheet, people_column

_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One column as the user sees it: its heading path and what its first cells hold."""

    index: int
    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecognisedTable:
    """A table that was recognised on a sheet, or a sheet that is not read (`mapping` None).

    `used` is the kept mapping it is read by, '' where it was proposed; `offers` are the kept ones
    that fit the sheet.
    """

    place: SheetPlace
    mapping: TableMapping | None
    height: int
    """Rows of the sheet."""
    used: str = ""
    offers: tuple[str, ...] = ()
    is_matrix: bool = False


@dataclass(frozen=True, slots=True)
class Sorted:
    """One sheet: the standard sheet it is, its mapping if one was chosen, or foreign tables."""

    grid: Grid
    sheet: Sheet | None = None
    heading: Heading | None = None
    foreign: tuple[TableMapping, ...] = ()
    is_matrix: bool = False
    used: str = ""

    @property
    def is_read(self) -> bool:
        """Return whether anything on it is read."""
        return self.is_matrix or self.sheet is not None or bool(self.foreign)


def sort_file(file: Sequence[Grid], choices: Choices, *, categories: Sequence[str]) -> list[Sorted]:
    """Return what the sheets of one file are.

    Blank sheets, lists of choices and what our own exports only tell are left out. A sheet is
    what the user chose, else what a mapping in use says, else the standard sheet that its name or
    its titles mean, else a table of others that is recognised.
    """
    filled = [
        grid
        for grid in file
        if grid.sheet != CHOICES_TITLE
        and not is_output(grid)
        and any(cell is not None for row in grid.rows for cell in row)
    ]
    if choices.leaves_hidden:
        filled = [without_rows(grid, set(grid.hidden.rows)) for grid in filled]
    named = {sheet.table for grid in filled if (sheet := sheet_called(grid.sheet)) is not None}
    found = [
        item
        for grid in filled
        for item in _sorted(grid, choices, categories=categories, named=named)
    ]
    shown = {item.sheet.table for item in found if item.sheet and not item.grid.hidden.is_sheet}
    return [
        Sorted(item.grid) if item.grid.hidden.is_sheet and _is_left(item, shown, choices) else item
        for item in found
    ]


def _is_left(item: Sorted, shown: set[Table], choices: Choices) -> bool:
    """Tell whether a hidden sheet is left out: by choice, or as one that shows has its rows."""
    repeats = item.sheet is not None and item.sheet.table in shown
    return choices.leaves_hidden or repeats or is_output(item.grid)


def _sorted(
    grid: Grid, choices: Choices, *, categories: Sequence[str], named: set[Table]
) -> Iterator[Sorted]:
    left_out = {place.row for place in choices.skipped if place[:2] == (grid.file, grid.sheet)}
    chosen = choices.tables.get(SheetPlace(grid.file, grid.sheet))
    if chosen is not None:
        yield from _mapped(grid, chosen, left_out)
        return
    for mapping in choices.mappings:
        fits = fitting(grid, mapping)
        if fits:
            yield from _mapped(grid, fits, left_out, used=mapping.name)
            return
    if is_matrix(grid):
        yield Sorted(without_rows(grid, left_out), is_matrix=True)
        return
    sheet = sheet_called(grid.sheet)
    if sheet is None or not _fits(grid, sheet, categories):
        titled = sheet_by_titles(grid)
        if sheet is None and titled is not None and titled.table not in named:
            yield Sorted(without_rows(grid, left_out), titled)
            return
        foreign = propose(grid, categories=categories)
        if foreign:
            yield Sorted(grid, foreign=foreign)
            return
    yield Sorted(without_rows(grid, left_out), sheet)


def _fits(grid: Grid, sheet: Sheet, categories: Sequence[str]) -> bool:
    heading = find_heading(grid, sheet, categories=categories)
    return heading is not None and is_whole(heading, sheet)


def _mapped(
    grid: Grid, tables: Iterable[TableMapping], left_out: set[int], *, used: str = ""
) -> Iterator[Sorted]:
    """Yield the tables that a mapping says stand on a sheet; the sheet unread where none does."""
    foreign = []
    is_empty = True
    for table in tables:
        is_empty = False
        if isinstance(table.kind, Shape):
            foreign.append(table)
            continue
        sheet = BY_TABLE[table.kind]
        height = len(grid.rows)
        rows = left_out | set(range(height if table.end is None else table.end, height))
        yield Sorted(without_rows(grid, rows), sheet, heading_of(table, sheet), used=used)
    if foreign or is_empty:
        yield Sorted(grid, foreign=tuple(foreign), used=used)


def without_rows(grid: Grid, rows: set[int]) -> Grid:
    """Return a sheet on which some rows are blank."""
    if not rows:
        return grid
    kept = [[None] * len(cells) if row in rows else cells for row, cells in enumerate(grid.rows)]
    return replace(grid, rows=kept)


def heading_of(table: TableMapping, sheet: Sheet) -> Heading:
    """Return the heading of a standard sheet as a mapping has it."""
    known = {column.name: column for column in sheet.columns}
    columns = []
    for item in table.columns:
        column = people_column(item.category) if item.name == PEOPLE else known.get(item.name)
        if column is not None:
            columns.append((item.column, replace(column, unit=item.unit)))
    return Heading(
        table.last, {column.name: at for at, column in columns}, tuple(columns), (), (), ()
    )


def mapping_of(heading: Heading, grid: Grid, sheet: Sheet) -> TableMapping:
    """Return how a standard sheet is mapped by the heading that was found on it."""
    columns = tuple(_column_mapping(at, column, grid, heading) for at, column in heading.columns)
    return TableMapping(sheet.table, heading.row, heading.row, columns, skip=(), sheet=grid.sheet)


def _column_mapping(at: int, column: Column, grid: Grid, heading: Heading) -> ColumnMapping:
    words = "".join(str(grid.rows[heading.row][at]).split())
    if column.name.startswith(PEOPLE):
        return ColumnMapping(at, words, PEOPLE, column.chinese)
    return ColumnMapping(at, words, column.name, unit=column.unit)


def seen_columns(grid: Grid, first: int, last: int) -> tuple[SeenColumn, ...]:
    """Return the columns of a sheet below some heading rows; wholly blank ones are left out."""
    filled = spread(grid)
    found = []
    for at, path in enumerate(paths(filled.rows, first, last)):
        cells = (row[at] for row in grid.rows[last + 1 :])
        samples: list[str] = []
        for cell in cells:
            if cell is not None and len(samples) < _SAMPLES:
                samples.append("…" if isinstance(cell, CellFault) else text_of(cell))
            elif len(samples) == _SAMPLES:
                break
        if path or samples:
            found.append(SeenColumn(at, joined(path), tuple(samples)))
    return tuple(found)


def unread_columns(grid: Grid, mapping: TableMapping) -> tuple[str, ...]:
    """Return the headings of the columns that hold something in a table and are not read."""
    read = {item.column for item in mapping.columns}
    found = []
    for at, path in enumerate(paths(spread(grid).rows, mapping.first, mapping.last)):
        cells = (row[at] for row in grid.rows[mapping.last + 1 : mapping.end])
        if at not in read and any(cell is not None for cell in cells):
            found.append(joined(path) or column_letters(at))
    return tuple(dict.fromkeys(found))


def recognised_tables(
    item: Sorted, heading: Heading | None, kept: Sequence[ImportMapping]
) -> Iterator[RecognisedTable]:
    """Yield what a sheet was recognised as, for the user to look at."""
    grid = item.grid
    place, height = SheetPlace(grid.file, grid.sheet), len(grid.rows)
    mappings: Sequence[TableMapping | None] = item.foreign or [None]
    if item.sheet is not None and heading is not None:
        mappings = [mapping_of(heading, grid, item.sheet)]
    offers = tuple(mapping.name for mapping in kept if fitting(grid, mapping))
    for mapping in mappings:
        yield RecognisedTable(place, mapping, height, item.used, offers, item.is_matrix)


def row_text(grid: Grid, row: int) -> str:
    """Return the first words of a row, to know it by."""
    cells = [cell for cell in grid.rows[row] if cell is not None]
    texts = ["…" if isinstance(cell, CellFault) else text_of(cell) for cell in cells[:4]]
    return " · ".join(" ".join(text.split()) for text in texts)
