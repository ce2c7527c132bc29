"""The balance of an import: what became of every row, column and printed sum of every sheet.

It is struck from the cells of the files and from the rows of the plan with the places they were
read from, not from what the readers counted, so that a row lost on the way shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.language import _
from app.model.county import Change
from app.workbooks.cells.grid import Grid, cell_name, column_letters
from app.workbooks.cells.places import RowPlace, SheetPlace
from app.workbooks.cells.remarks import CellPlace, Remarks, Total
from app.workbooks.cells.sums import is_foot, is_sum
from app.workbooks.foreign.heading_paths import own_cells
from app.workbooks.foreign.mappings import TableMapping
from app.workbooks.foreign.sheet_kinds import RecognisedTable, unread_columns
from app.workbooks.hidden_parts import hidden_columns, hidden_rows
from app.workbooks.standard.entries import Entry
from app.workbooks.standard.headings import is_mark, plain

_MOST_NAMED = 10
"""Rows that a remark lists."""
SURVEY = "survey"
MATRIX = "matrix"
_LABELS = 3
"""Cells of a row that may say that it is a sum."""


@dataclass(frozen=True, slots=True)
class SheetBalance:
    """One sheet: its non-empty rows by what became of them; they add up to `rows`.

    A row counts once, by its worst fate. `recognised` is None for a sheet that is left alone;
    `other` are titles, headings, notes and sums; `lost` are rows that hold data and of which
    nothing was stored or said: there must be none.
    """

    place: SheetPlace
    hidden: tuple[str, ...]
    recognised: str | None
    rows: int
    stored: int
    unchanged: int
    refused: int
    left_out: int
    other: int
    columns_read: tuple[str, ...]
    columns_unread: tuple[str, ...]
    totals: tuple[Total, ...]
    lost: tuple[int, ...] = ()


@dataclass(frozen=True)
class Fates:
    """What became of rows, by their places."""

    stored: frozenset[RowPlace]
    unchanged: frozenset[RowPlace]
    refused: frozenset[RowPlace]
    left_out: frozenset[RowPlace]


def fates(
    entries: Iterable[Entry],
    changes: Sequence[Change],
    *,
    refused: Iterable[RowPlace],
    left_out: Iterable[RowPlace],
    repeated: Iterable[RowPlace],
) -> Fates:
    """Return the fate of every row that a record was read from, and of those that were not.

    Args:
        entries: the records with the rows they were read from.
        changes: what the import stores; a record that is not among them stays as it is.
        refused: rows with an error.
        left_out: rows that the user, or a rule that was told, left out.
        repeated: rows that say what another sheet says already.
    """
    changed = {(change.table, change.record.key) for change in changes}
    stored: set[RowPlace] = set()
    unchanged: set[RowPlace] = set(repeated)
    for entry in entries:
        is_stored = (entry.record.TABLE, entry.record.key) in changed or any(
            (people.TABLE, people.key) in changed for people in entry.staffing
        )
        for row in (entry.row, *entry.more_rows):
            place = RowPlace(entry.grid.file, entry.grid.sheet, row)
            (stored if is_stored else unchanged).add(place)
    return Fates(frozenset(stored), frozenset(unchanged), frozenset(refused), frozenset(left_out))


def balance(
    files: Iterable[Sequence[Grid]],
    tables: Sequence[RecognisedTable],
    found: Fates,
    totals: Sequence[Total],
    *,
    surveys: frozenset[str] = frozenset(),
) -> tuple[SheetBalance, ...]:
    """Return the balance of every sheet of every file, in their order."""
    by_sheet: dict[SheetPlace, list[RecognisedTable]] = {}
    for table in tables:
        by_sheet.setdefault(table.place, []).append(table)
    printed: dict[SheetPlace, list[Total]] = {}
    for total in totals:
        printed.setdefault(SheetPlace(total.place.file, total.place.sheet), []).append(total)
    return tuple(
        _of_sheet(
            grid,
            by_sheet.get(SheetPlace(grid.file, grid.sheet), []),
            found,
            tuple(printed.get(SheetPlace(grid.file, grid.sheet), ())),
            is_survey=grid.file in surveys,
        )
        for file in files
        for grid in file
    )


def _of_sheet(
    grid: Grid,
    tables: Sequence[RecognisedTable],
    found: Fates,
    totals: tuple[Total, ...],
    *,
    is_survey: bool,
) -> SheetBalance:
    mappings = [table.mapping for table in tables if table.mapping is not None]
    kind = _kind(tables, is_survey=is_survey)
    counts: dict[str, int] = dict.fromkeys(
        ("refused", "left_out", "stored", "unchanged", "other"), 0
    )
    lost = []
    filled = [row for row, cells in enumerate(grid.rows) if any(c is not None for c in cells)]
    for row in filled:
        fate = _fate(grid, row, mappings, found, kind)
        counts["left_out" if fate == "lost" else fate] += 1
        lost += [row] if fate == "lost" else []
    read, unread = _columns(grid, mappings)
    return SheetBalance(
        SheetPlace(grid.file, grid.sheet),
        tuple(_hidden(grid)),
        kind,
        len(filled),
        columns_read=read,
        columns_unread=unread,
        totals=totals,
        lost=tuple(lost),
        **counts,
    )


def _kind(tables: Sequence[RecognisedTable], *, is_survey: bool) -> str | None:
    if is_survey:
        return SURVEY
    if any(table.is_matrix for table in tables):
        return MATRIX
    kinds = [table.mapping.kind.value for table in tables if table.mapping is not None]
    return "+".join(dict.fromkeys(kinds)) or None


def _fate(
    grid: Grid, row: int, mappings: Sequence[TableMapping], found: Fates, kind: str | None
) -> str:
    """Return what became of a row: refused > left out > stored > unchanged > other."""
    place = RowPlace(grid.file, grid.sheet, row)
    for fate in ("refused", "left_out", "stored", "unchanged"):
        if place in getattr(found, fate):
            return fate
    if kind in (None, SURVEY, MATRIX):
        return "left_out" if kind is None else "other"
    return "other" if _is_beside_data(grid, row, mappings) else "lost"


def _is_beside_data(grid: Grid, row: int, mappings: Sequence[TableMapping]) -> bool:
    """Tell whether a row is a title, a heading, a note, a sum, or the name of a group."""
    inside = [
        mapping
        for mapping in mappings
        if mapping.last < row and (mapping.end is None or row < mapping.end)
    ]
    if not inside:
        return True
    cells = own_cells(grid, row)
    texts = [cell for _at, cell in cells if isinstance(cell, str)]
    if len(cells) == 1 and texts:
        return True
    if any(is_sum(text) for text in texts[:_LABELS]) or any(is_foot(text) for text in texts):
        return True
    if texts and is_mark(texts[0]):
        return True
    mapping = inside[-1]
    if texts and plain(texts[0]).startswith(tuple(plain(word) for word in mapping.skip if word)):
        return True
    heads = {plain(item.heading.rpartition("/")[2]) for item in mapping.columns}
    return bool(texts) and all(plain(text) in heads for text in texts)


def _columns(
    grid: Grid, mappings: Sequence[TableMapping]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the headings of the columns that are read, and of those with content that are not."""
    if not mappings:
        return (), ()
    read = dict.fromkeys(item.heading for mapping in mappings for item in mapping.columns)
    unread = dict.fromkeys(name for mapping in mappings for name in unread_columns(grid, mapping))
    return tuple(read), tuple(unread)


def _hidden(grid: Grid) -> Iterator[str]:
    """Yield what of a sheet does not show: itself, its rows, its columns."""
    if grid.hidden.is_sheet:
        yield "sheet"
    yield from (str(row + 1) for row in hidden_rows(grid))
    yield from (column_letters(column) for column in hidden_columns(grid))


def tell_lost(sheets: Iterable[SheetBalance], remarks: Remarks) -> None:
    """Warn of rows with data of which nothing was stored and nothing said."""
    for sheet in sheets:
        if sheet.lost:
            remarks.warning(
                CellPlace(*sheet.place, cell_name(sheet.lost[0], 0)),
                _("Nothing was stored of these rows: {rows}.").format(
                    rows=_(", ").join(str(row + 1) for row in sheet.lost[:_MOST_NAMED])
                ),
                _("Look whether they belong to the table, or choose its heading rows anew."),
            )
