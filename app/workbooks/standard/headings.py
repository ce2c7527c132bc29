"""Which cell is which column: the heading row of a sheet, found and matched without pedantry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.model.parameters import FAMILIES, SETTINGS
from app.model.vocabulary import DEFAULT_CATEGORIES, Table
from app.workbooks.cells.column import Column
from app.workbooks.cells.grid import Grid, Value
from app.workbooks.cells.sums import is_headcount
from app.workbooks.standard.sheets import (
    EXAMPLE_MARK,
    HELP_MARK,
    PEOPLE,
    SHEETS,
    Sheet,
    people_column,
)

MOST_ROWS_ABOVE = 30
"""How far down a heading row is looked for: title rows stand above it."""

_IS_PART = re.compile("其中|党员|女|男|年龄|工龄|学历|平均")
"""What counts a part of the people, or something else about them."""
_SERIAL = re.compile(
    r"序号|编号|号码|电话|手机|邮编|年龄|身份证|^no\.?$|^id$|phone|tel|serial|number|age$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading row of one sheet: where each column stands, and what stands beside them."""

    row: int
    places: Mapping[str, int]
    """The index of each column by its name; people columns among them."""
    columns: tuple[tuple[int, Column], ...]
    twice: tuple[tuple[int, Column], ...]
    """Further columns with the title of one already found."""
    guessed: tuple[str, ...]
    """Columns of numbers on sheet 岗位 that may be staff categories, but are not known as such."""
    ignored: tuple[str, ...]


def plain(title: str) -> str:
    """Return a title without what does not matter: width, spaces, asterisks, letter case."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return re.sub(r"[\s*]", "", folded)


def names_in(title: str) -> tuple[str, ...]:
    """Return what a title may mean, the surest first: the whole, then what brackets follow.

    Inside brackets only an English title counts: “备注（单位）” is no 单位.
    """
    whole = plain(title)
    parts = [part for part in re.split(r"[()\[\]【】〔〕]", whole) if part]
    return (whole, *parts[:1], *(part for part in parts[1:2] if part.isascii()))


def sheet_called(title: str) -> Sheet | None:
    """Return the standard sheet that a tab's name means, in either language."""
    for name in names_in(title):
        for sheet in SHEETS:
            if name in {plain(sheet.table.chinese), plain(sheet.table.value)}:
                return sheet
    return None


def sheet_by_titles(grid: Grid) -> Sheet | None:
    """Return the standard sheet whose required columns all stand here, the best matched one."""
    fits = []
    for known in SHEETS:
        heading = find_heading(grid, known)
        if heading is not None and is_whole(heading, known) and has_evidence(grid, heading, known):
            strangers = len(heading.ignored) + len(heading.guessed)
            fits.append((len(heading.places) - strangers, known.title, known))
    return max(fits)[2] if fits else None


_LEAST_COLUMNS, _LEAST_MONTHS = 2, 6
_PLAIN_WORDS = frozenset(
    {"名称", "name", "类型", "kind", "单位", "unit", "备注", "note", "数值", "人数"}
)
"""Titles that any table may have; they alone make none of ours."""


def has_evidence(grid: Grid, heading: Heading, sheet: Sheet) -> bool:
    """Tell whether titles and cells together speak for a sheet that its tab does not name.

    One word that any table may have is none; of settings the keys must be ours, of seasons the
    months be numbers, of staff categories some figure be told.
    """
    known = [column for _at, column in heading.columns if not column.name.startswith(PEOPLE)]
    titles = [plain(str(grid.rows[heading.row][at])) for at, _column in heading.columns]
    telling = [title for title in titles if title not in _PLAIN_WORDS]
    if len(known) < _LEAST_COLUMNS or not telling:
        return False
    rows = [cells for _row, cells in data_rows(grid, heading)]
    if sheet.table is Table.POLICY:
        keys = [cells[heading.places["name"]] for cells in rows]
        ours = sum(isinstance(key, str) and is_setting(key) for key in keys)
        return bool(keys) and ours * 2 > len(keys)
    if sheet.table is Table.PROFILES:
        months = [at for at, column in heading.columns if column.part is not None]
        return len(months) >= _LEAST_MONTHS and any(
            isinstance(cells[at], float) for cells in rows for at in months
        )
    return True


def is_setting(key: str) -> bool:
    """Tell whether a text is the key or the Chinese name of a policy setting."""
    names = {name for setting in SETTINGS for name in (setting.key, setting.chinese)}
    return key in names or any(key.startswith(f"{family.prefix}.") for family in FAMILIES)


def is_whole(heading: Heading, sheet: Sheet) -> bool:
    """Tell whether all columns that must be filled have their titles in a heading."""
    return all(column.name in heading.places for column in sheet.columns if column.is_required)


def find_heading(grid: Grid, sheet: Sheet, *, categories: Iterable[str] = ()) -> Heading | None:
    """Return the heading row of a sheet, None where no row holds a title of it.

    Args:
        grid: the cells.
        sheet: what they should be.
        categories: staff categories known from the plan and from other sheets; they and the
            default ones are columns of sheet 岗位.
    """
    titles = _titles(sheet)
    candidates = grid.rows[:MOST_ROWS_ABOVE]
    scores = [sum(_column(value, titles) is not None for value in row) for row in candidates]
    if not scores or max(scores) == 0:
        return None
    row = scores.index(max(scores))
    known = (*categories, *DEFAULT_CATEGORIES) if sheet.table is Table.POSTS else ()
    last, said = _with_second_row(grid, row, titles, known)
    return _matched(grid, last, said, titles, sheet=sheet, categories=categories)


def _with_second_row(
    grid: Grid, row: int, titles: Mapping[str, Column], known: Sequence[str]
) -> tuple[int, Sequence[Value]]:
    """Return the last row of a heading and its titles: merged ones may go on in the row below.

    The row below belongs to the heading where it holds nothing but texts, nothing under a title
    that is a column already, and at least one title more.
    """
    above = grid.rows[row]
    below = grid.rows[row + 1] if row + 1 < len(grid.rows) else ()
    named = [_is_title(value, titles, known) for value in above]
    more = 0
    for index, value in enumerate(below):
        if value is None:
            continue
        if not isinstance(value, str) or named[index]:
            return row, above
        more += _is_title(value, titles, known)
    if not more:
        return row, above
    return row + 1, [
        over if under is None else under for over, under in zip(above, below, strict=True)
    ]


def _is_title(value: Value, titles: Mapping[str, Column], known: Sequence[str]) -> bool:
    """Tell whether a cell is the title of a column, that of a staff category among them."""
    is_category = isinstance(value, str) and _known_category(value, known) is not None
    return is_category or _column(value, titles) is not None


def data_rows(grid: Grid, heading: Heading) -> Iterator[tuple[int, Sequence[Value]]]:
    """Yield the index and cells of every row below the heading that holds data of the user's."""
    for number in range(heading.row + 1, len(grid.rows)):
        if holds_data(grid.rows[number], heading):
            yield number, grid.rows[number]


def holds_data(row: Sequence[Value], heading: Heading) -> bool:
    """Tell whether a row below the heading is neither blank nor the template's help or example."""
    first = next((row[at] for at, _column in heading.columns if row[at] is not None), None)
    return first is not None and not is_mark(first, HELP_MARK, EXAMPLE_MARK)


def has_help_row(grid: Grid) -> bool:
    """Tell whether a sheet still is the blank template's, whose columns are only offered."""
    return any(is_mark(value, HELP_MARK) for row in grid.rows[:MOST_ROWS_ABOVE] for value in row)


def is_mark(value: Value, *marks: str) -> bool:
    """Tell whether a cell is one of these marks of the template, any where none is given."""
    return isinstance(value, str) and value.startswith(marks or (HELP_MARK, EXAMPLE_MARK))


def _titles(sheet: Sheet) -> dict[str, Column]:
    chinese = {plain(column.chinese): column for column in sheet.columns}
    return {plain(column.english): column for column in sheet.columns} | chinese


def _column(value: Value, titles: Mapping[str, Column]) -> Column | None:
    if not isinstance(value, str):
        return None
    return next((titles[name] for name in names_in(value) if name in titles), None)


def _matched(
    grid: Grid,
    row: int,
    said: Sequence[Value],
    titles: Mapping[str, Column],
    *,
    sheet: Sheet,
    categories: Iterable[str],
) -> Heading:
    found: list[tuple[int, Column]] = []
    twice: list[tuple[int, Column]] = []
    others: list[tuple[int, str]] = []
    for index, value in enumerate(said):
        column = _column(value, titles)
        if column is None:
            if isinstance(value, str):
                others.append((index, value))
        elif any(column is known for _index, known in found):
            twice.append((index, column))
        else:
            found.append((index, column))
    guessed: list[str] = []
    ignored = [title for _index, title in others]
    if sheet.table is Table.POSTS:
        found, guessed, ignored = _with_people(grid, row, found, others, known=tuple(categories))
    return Heading(
        row,
        {column.name: index for index, column in found},
        tuple(sorted(found, key=lambda pair: pair[0])),
        tuple(twice),
        tuple(guessed),
        tuple(ignored),
    )


def _with_people(
    grid: Grid,
    row: int,
    found: list[tuple[int, Column]],
    others: list[tuple[int, str]],
    *,
    known: tuple[str, ...],
) -> tuple[list[tuple[int, Column]], list[str], list[str]]:
    """Sort unknown columns of sheet 岗位 into staff categories and those to ignore.

    A category is one that is known by name, or one of numbers or blanks that stands between
    岗位名称 and 最少人数, where the workbook has its categories. Any other column of numbers is
    asked about: 党员数 and 工龄 count people otherwise. Beside known categories a column that
    counts everybody is none: it would double the people.
    """
    columns, guessed, ignored = list(found), [], []
    places = {column.name: index for index, column in found}
    first, last = places.get("title", 0), places.get("min_people", 0)
    taken: set[str] = set()
    named = {title: _known_category(title, (*known, *DEFAULT_CATEGORIES)) for _at, title in others}
    has_named = any(named.values())
    for index, title in others:
        category = named[title]
        is_inside = first < index < last
        if category is None and _looks_like_people(grid, row, index, is_inside=is_inside):
            is_other = _SERIAL.search(plain(title)) or (has_named and is_headcount(title))
            if not is_other and is_inside and not _IS_PART.search(plain(title)):
                category = title
            elif not is_other:
                guessed.append(title)
                continue
        if category is None or category in taken:
            ignored.append(title)
        else:
            taken.add(category)
            columns.append((index, people_column(category)))
    return columns, guessed, ignored


def _known_category(title: str, known: Iterable[str]) -> str | None:
    """Return the category that a title names; brackets tell categories apart, but for （人）."""
    categories = list(known)
    if title in categories:
        return title
    by_name = {plain(category): category for category in reversed(categories)}
    return by_name.get(re.sub(r"\((?:人|人数)\)$", "", plain(title)))


def _looks_like_people(grid: Grid, row: int, index: int, *, is_inside: bool) -> bool:
    cells = [line[index] for line in grid.rows[row + 1 :] if line[index] is not None]
    cells = [cell for cell in cells if not is_mark(cell, HELP_MARK, EXAMPLE_MARK)]
    are_numbers = all(
        isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells
    )
    return are_numbers and (bool(cells) or is_inside)
