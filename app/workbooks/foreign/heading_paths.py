"""Heading paths: what stands above a column in one to four heading rows, merged cells spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.workbooks.cells.grid import Grid, Value
from app.workbooks.standard.headings import plain

MOST_HEADING_ROWS = 4
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
    """Return the last of the heading rows that begin at `first`, told by the merged ranges.

    A range that reaches further down takes the heading with it; below one that only groups columns
    another row must follow.
    """
    last = first
    while last - first < MOST_HEADING_ROWS - 1:
        inside = [span for span in grid.merged if first <= span[0] <= last]
        reach = max((span[2] for span in inside), default=last)
        groups = [span for span in inside if span[2] == last and span[3] > span[1]]
        if reach > last:
            last = min(reach, first + MOST_HEADING_ROWS - 1)
        elif any(_has_parts(grid, last + 1, span[1], span[3]) for span in groups):
            last += 1
        else:
            break
    return last


def _has_parts(grid: Grid, row: int, left: int, right: int) -> bool:
    """Tell whether texts stand below a grouping heading, more than one of them."""
    if row >= len(grid.rows):
        return False
    cells = [cell for cell in grid.rows[row][left : right + 1] if cell is not None]
    return len(cells) > 1 and all(isinstance(cell, str) for cell in cells)


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
