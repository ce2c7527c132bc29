"""Proposing: which tables that others made stand on a sheet, and what their columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.model.vocabulary import Table
from app.workbooks.cells.grid import Grid, Value
from app.workbooks.cells.quantities import Quantity
from app.workbooks.foreign.heading_paths import (
    Path,
    joined,
    last_heading_row,
    own_cells,
    paths,
    spread,
)
from app.workbooks.foreign.mappings import (
    ColumnMapping,
    ImportMapping,
    Shape,
    TableKind,
    TableMapping,
)
from app.workbooks.foreign.shapes import (
    LISTS,
    SUMS,
    ledger_category,
    ledger_measure,
    targets,
    title_means,
)
from app.workbooks.standard.headings import MOST_ROWS_ABOVE, names_in, plain
from app.workbooks.standard.sheets import BY_TABLE, PEOPLE

MOST_ROWS_SEARCHED = 5_000
"""How far down further tables are looked for on one sheet."""

_COUNTED = re.compile(r"[(（]\s*(?:共)?\s*[0-9]+\s*项\s*[)）]")
_NUMERAL = re.compile(r"^\s*[(（]?[一二三四五六七八九十百]+[)）]?\s*[、.．:：]?")
_LIST_WORDS = (
    (Shape.RECLAIMED_DUTIES, "收回"),
    (Shape.SUPPORTING_DUTIES, "配合"),
    (Shape.CORE_DUTIES, "基本"),
)
_TIME_COLUMNS = frozenset({"frequency", "count", "each", "annual"})
_LEAST = {Shape.LEDGER: 3, Shape.WORKLOAD: 4, Shape.POWERS: 3}
"""Columns that must be recognised before a sheet is taken for a shape; 2 for duty lists."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A heading that was recognised: its rows, what it is the heading of, its columns."""

    first: int
    last: int
    kind: Shape
    columns: tuple[ColumnMapping, ...]


def propose(grid: Grid, *, categories: Sequence[str] = ()) -> tuple[TableMapping, ...]:
    """Return the tables of others that a sheet holds, from top to bottom; none where it has none.

    Args:
        grid: the sheet as it stands in the file.
        categories: the staff categories that the plan has.
    """
    filled = spread(grid)
    found: list[_Found] = []
    row = 0
    while row < min(len(grid.rows), MOST_ROWS_SEARCHED if found else MOST_ROWS_ABOVE):
        table = _heading_at(grid, filled, row, tuple(categories))
        if table is not None and not _repeats(grid, found, table):
            found.append(table)
        row = table.last + 1 if table is not None else row + 1
    return tuple(_tables(grid, found))


def fitting(grid: Grid, mapping: ImportMapping) -> tuple[TableMapping, ...]:
    """Return the tables of a kept mapping where they stand on a sheet, () where one has no place.

    A table stands where all its headings are found in as many rows as it had; the columns may have
    moved. Of two that stand at one place the one with more columns counts.
    """
    filled = spread(grid)
    found: list[TableMapping] = []
    has_lists = any(table.kind in LISTS for table in mapping.tables)
    lists = {table.first: table for table in propose(grid)} if has_lists else {}
    for table in sorted(mapping.tables, key=lambda table: -len(table.columns)):
        height = table.last - table.first
        wanted = {plain(item.heading) for item in table.columns}
        ends = {text.rpartition("/")[2] for text in wanted}
        for row in range(max(0, min(len(grid.rows) - height, MOST_ROWS_SEARCHED))):
            below = {plain(cell) for cell in filled.rows[row + height] if isinstance(cell, str)}
            if not ends or not ends <= below | _texts(filled.rows[row : row + height]):
                continue
            placed = _placed(filled, table, row)
            if placed is None or any(_overlap(placed, other) for other in found):
                continue
            if not _is_other_list(placed, lists.get(row)):
                found.append(placed)
    found.sort(key=lambda table: table.first)
    return tuple(
        replace(table, end=_end(grid, below.first) if below else None)
        for table, below in zip(found, [*found[1:], None], strict=False)
    )


def _is_other_list(placed: TableMapping, seen: TableMapping | None) -> bool:
    """Tell whether a duty list is another with more columns: 序号, 事项名称 head all three."""
    if seen is None or not {placed.kind, seen.kind} <= set(LISTS) or placed.kind is seen.kind:
        return False
    return len(seen.columns) > len(placed.columns)


def _texts(rows: Sequence[Sequence[Value]]) -> set[str]:
    return {plain(cell) for row in rows for cell in row if isinstance(cell, str)}


def _overlap(one: TableMapping, other: TableMapping) -> bool:
    return one.first <= other.last and other.first <= one.last


def _placed(filled: Grid, table: TableMapping, row: int) -> TableMapping | None:
    last = row + table.last - table.first
    places: dict[str, list[int]] = {}
    for at, path in enumerate(paths(filled.rows, row, last)):
        places.setdefault(plain(joined(path)), []).append(at)
    columns = []
    for item in table.columns:
        free = places.get(plain(item.heading))
        if not free:
            return None
        columns.append(replace(item, column=free.pop(0)))
    return replace(table, first=row, last=last, columns=tuple(columns), sheet=filled.sheet)


def columns_of(
    kind: TableKind, grid: Grid, first: int, last: int, *, categories: Sequence[str] = ()
) -> tuple[ColumnMapping, ...]:
    """Return what the columns below some heading rows are proposed to be, for a kind of table."""
    found = paths(spread(grid).rows, first, last)
    if isinstance(kind, Shape):
        return _columns(kind, found, grid, last, tuple(categories))
    sheet, columns = BY_TABLE[kind], []
    by_title = {
        plain(title): column
        for column in sheet.columns
        for title in (column.english, column.chinese)
    }
    taken: set[str] = set()
    for at, path in enumerate(found):
        names = names_in(path[-1]) if path else ()
        column = next((by_title[name] for name in names if name in by_title), None)
        if column is not None and column.name not in taken:
            taken.add(column.name)
            columns.append(ColumnMapping(at, joined(path), column.name))
        elif path and kind is Table.POSTS and path[-1] in categories:
            columns.append(ColumnMapping(at, joined(path), PEOPLE, path[-1]))
    return tuple(columns)


def _tables(grid: Grid, found: Sequence[_Found]) -> Iterator[TableMapping]:
    for at, table in enumerate(found):
        below = found[at + 1] if at + 1 < len(found) else None
        end = _end(grid, below.first) if below is not None else None
        kind = table.kind
        if kind in LISTS:
            above = found[at - 1].last + 1 if at else 0
            kind = _list_of(grid, above, table, is_alone=len(found) == 1)
        yield TableMapping(kind, table.first, table.last, table.columns, end, sheet=grid.sheet)


def _end(grid: Grid, heading: int) -> int:
    """Return where a table ends above the heading of the next: before that one's title rows."""
    row = heading
    while row > 0 and len(own_cells(grid, row - 1)) <= 1:
        row -= 1
    return row


def _list_of(grid: Grid, above: int, table: _Found, *, is_alone: bool) -> Shape:
    """Return which of the three lists a table is: by its titles, its columns, its sheet's name."""
    names = {item.name for item in table.columns}
    if "list" in names:
        return Shape.CORE_DUTIES  # its column says row by row which list it is
    titles = [
        str(cells[0][1])
        for row in range(table.first - 1, above - 1, -1)
        if len(cells := own_cells(grid, row)) == 1
    ]
    for title in titles[:4]:
        named = _list_in(title)
        if named is not None:
            return named
    if "own_duty" in names:
        return Shape.SUPPORTING_DUTIES
    headings = " ".join(item.heading for item in table.columns)
    if re.search(r"承接|工作方式|收回", headings):
        return Shape.RECLAIMED_DUTIES
    of_sheet = _list_in(grid.sheet) or _list_in(grid.file)
    return of_sheet if of_sheet is not None and is_alone else Shape.CORE_DUTIES


def _list_in(title: str) -> Shape | None:
    return next((kind for kind, mark in _LIST_WORDS if mark in title), None)


def _repeats(grid: Grid, found: Sequence[_Found], table: _Found) -> bool:
    """Tell whether a heading only repeats the one before, as on every printed page.

    Where a title that names a list stands right above it, it is a table of its own.
    """
    if not found or found[-1].kind is not table.kind or found[-1].columns != table.columns:
        return False
    cells = own_cells(grid, table.first - 1)
    if len(cells) != 1:
        return True
    title = str(cells[0][1])
    return table.kind not in LISTS or _list_in(title) is None


def _heading_at(grid: Grid, filled: Grid, row: int, categories: tuple[str, ...]) -> _Found | None:
    """Return the heading that begins in a row, recognised as the shape that it fits best."""
    cells = grid.rows[row]
    if sum(isinstance(cell, str) for cell in cells) < 2:
        return None
    last = last_heading_row(grid, row)
    found = paths(filled.rows, row, last)
    best: tuple[int, _Found] | None = None
    for kind in (Shape.CORE_DUTIES, Shape.POWERS, Shape.LEDGER, Shape.WORKLOAD):
        columns = _columns(kind, found, grid, last, categories)
        score = _score(kind, columns)
        if score and (best is None or score > best[0]):
            best = score, _Found(row, last, kind, columns)
    return best[1] if best is not None else None


def _score(kind: Shape, columns: Sequence[ColumnMapping]) -> int:
    """Return how many columns fit a shape, 0 where it cannot be of this shape."""
    names = [item.name for item in columns]
    needed = {target.name for target in targets(kind) if target.is_required}
    if not needed <= set(names) or len(names) < _LEAST.get(kind, 2):
        return 0
    if kind is Shape.LEDGER:
        counted = [item for item in columns if item.category]
        return len(names) if len(counted) > 1 and {"authorised", "in_post"} & set(names) else 0
    if kind is Shape.POWERS:
        return len(names) if {"power", "basis", "superior"} & set(names) else 0
    if kind is Shape.WORKLOAD:
        return len(names) if len(_TIME_COLUMNS & set(names)) > 1 else 0
    return len(names)


def _columns(
    kind: Shape, found: Sequence[Path], grid: Grid, last: int, categories: tuple[str, ...]
) -> tuple[ColumnMapping, ...]:
    taken: set[str] = set()
    columns = []
    for at, path in enumerate(found):
        name = _meaning(kind, path)
        if name and name not in taken:
            taken.add(name)
            columns.append(ColumnMapping(at, joined(path), name))
    if kind is Shape.LEDGER:
        others = {item.column for item in columns}
        columns += _counted(found, others, categories)
    if kind is Shape.WORKLOAD:
        columns = [_unit_or_time(item, grid, last) for item in columns]
    return tuple(sorted(columns, key=lambda item: item.column))


def _meaning(kind: Shape, path: Path) -> str:
    """Return what a heading path means: as a whole, else by its last words, else by its first."""
    if not path:
        return ""
    tried = ["".join(path), path[-1], path[0]]
    return next((name for text in tried if (name := title_means(kind, text))), "")


def _unit_or_time(item: ColumnMapping, grid: Grid, last: int) -> ColumnMapping:
    """Return a column titled 单位 as what its cells say: a unit of time, or that of the rows."""
    if item.name != "unit":
        return item
    cells = [row[item.column] for row in grid.rows[last + 1 :] if row[item.column] is not None]
    are_times = bool(cells) and all(Quantity.HOURS.factor(str(cell)) is not None for cell in cells)
    return replace(item, name="time_unit") if are_times else item


def _counted(
    found: Sequence[Path], others: set[int], categories: tuple[str, ...]
) -> Iterator[ColumnMapping]:
    """Yield the columns of a ledger that count people of a category; sums of others are left out.

    A sum counts only where none of its parts has a column.
    """
    known: list[ColumnMapping] = []
    sums: list[ColumnMapping] = []
    for at, path in enumerate(found):
        if at in others or not path:
            continue
        measure = ledger_measure("".join(path))
        category = ledger_category(path, categories)
        if not measure or not category:
            continue
        item = ColumnMapping(at, joined(path), measure, category)
        (sums if re.search(SUMS, path[-1]) else known).append(item)
    counted = {(item.name, item.category) for item in known}
    yield from known
    for item in sums:
        if (item.name, item.category) not in counted:
            counted.add((item.name, item.category))
            yield item


def is_category(text: str) -> bool:
    """Tell whether the only words of a row are a category's: 一、党的建设（24项）."""
    return bool(_NUMERAL.match(text) or _COUNTED.search(text))
