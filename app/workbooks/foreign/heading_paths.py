"""Heading paths: what stands above a column in one to four heading rows, merged cells spread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.workbooks.cells.grid import Grid, Span, Value
from app.workbooks.standard.headings import plain

MOST_HEADING_ROWS = 4
LONGEST_TITLE = 24
_NO_TITLE = re.compile(r"^[0-9０-９.,%％\s]+$|[。；！？]|^[0-9]+[.、]")
STROKE = "/"
"""Between the parts of a path: 核定编制/事业/周转."""

Path = tuple[str, ...]


def spread(grid: Grid) -> Grid:
    """Return the sheet with the value of every merged range in all of its cells.

    Only ranges that are truly merged are filled; a blank cell beside a heading stays blank.
    """
    if not grid.merged:
        return grid
    rows = [list(row) for row in grid.rows]
    for top, left, bottom, right in grid.merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [value] * (min(right + 1, len(row)) - left)
    return replace(grid, rows=rows)


def own_cells(grid: Grid, row: int) -> list[tuple[int, Value]]:
    """Return the filled cells of a row; a merged range counts once, where it begins.

    `grid` is as it stands in the file, not spread; a range that began further up counts too.
    """
    found = [(at, value) for at, value in enumerate(grid.rows[row]) if value is not None]
    for top, left, bottom, _right in grid.merged:
        if top < row <= bottom and left < len(grid.rows[top]):
            value = grid.rows[top][left]
            found += [(left, value)] if value is not None else []
    return sorted(found, key=lambda pair: pair[0])


def last_heading_row(grid: Grid, first: int) -> int:
    """Return the last of the heading rows that begin at `first`: where data begin it ends.

    A cell of the heading that is merged downwards takes its rows with it. A row below belongs to
    the heading where all it holds are short texts below titles that group columns, or below none.
    """
    last = first
    while last - first < MOST_HEADING_ROWS - 1:
        reach = max((span[2] for span in grid.merged if first <= span[0] <= last), default=last)
        if reach > last:
            last = min(reach, first + MOST_HEADING_ROWS - 1)
        elif _goes_on(grid, first, last):
            last += 1
        else:
            break
    return min(last, len(grid.rows) - 1)


def _goes_on(grid: Grid, first: int, last: int) -> bool:
    """Tell whether the row below heading rows belongs to them, by what it holds and where."""
    row = last + 1
    if row >= len(grid.rows):
        return False
    filled = [(at, cell) for at, cell in enumerate(grid.rows[row]) if cell is not None]
    if len(filled) < 2 or not all(_looks_like_title(cell) for _at, cell in filled):
        return False
    if any(span[0] <= row < span[2] for span in grid.merged if span[0] == row):
        return False  # what is merged downwards from here on are the cells of an item
    groups = [span for span in grid.merged if first <= span[0] and span[2] == last]
    return all(_may_stand_below(grid, groups, first, last, at) for at, _cell in filled)


def _may_stand_below(
    grid: Grid, groups: Sequence[Span], first: int, last: int, column: int
) -> bool:
    """Tell whether a column has no title of its own yet, or one that groups several columns."""
    for _top, left, _bottom, right in groups:
        if left <= column <= right:
            return right > left
    return all(grid.rows[row][column] is None for row in range(first, last + 1))


def _looks_like_title(cell: Value) -> bool:
    """Tell whether a cell could be a title: a short text that is no number and no sentence."""
    if not isinstance(cell, str) or len(cell) > LONGEST_TITLE:
        return False
    return not _NO_TITLE.search(cell)


def paths(spread_rows: Sequence[Sequence[Value]], first: int, last: int) -> list[Path]:
    """Return the heading path of every column; the same words twice in a row count once.

    Args:
        spread_rows: the rows of a sheet as `spread` returns them.
        first: the first heading row.
        last: the last heading row.
    """
    rows = spread_rows[first : last + 1]
    found: list[Path] = []
    for column in range(len(rows[0]) if rows else 0):
        parts: list[str] = []
        for row in rows:
            cell = row[column]
            words = "".join(str(cell).split()) if isinstance(cell, str | float) else ""
            if words and (not parts or plain(parts[-1]) != plain(words)):
                parts.append(words)
        found.append(tuple(parts))
    return found


def joined(path: Path) -> str:
    """Return a path as one text, its parts apart by strokes."""
    return STROKE.join(path)
