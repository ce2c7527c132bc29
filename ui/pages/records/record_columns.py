"""The columns of the inputs' tables, made from those of the standard workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from app.errors import BlockedByData
from app.language import _, word
from app.model.county import Change, County, Post, Record, Staffing
from app.model.vocabulary import Table, Word
from app.workbooks.cells.cell import suggestion
from app.workbooks.cells.column import LIST_SEPARATOR, Column, ColumnKind
from app.workbooks.standard.column_help import help_text
from app.workbooks.standard.sheets import BY_TABLE
from app.workbooks.standard.typed import columns_of, heading_of, typed
from ui.look import number_format
from ui.tables.table import ShownColumn
from ui.tables.typed_cells import at_least_nothing

Now = Callable[[], County]
Rename = Callable[[Record, str], None]


def record_columns(
    now: Now, kind: type[Record], rename: Rename, move: Rename
) -> list[ShownColumn[Record]]:
    """Return the columns of one kind of row.

    `rename` is told a new name that is also a key, `move` the unit that a post is to stand in.
    """
    shown = sorted(columns_of(kind), key=lambda column: column.field not in {"name", "title"})
    columns = [_column(now, kind, column, rename, move) for column in shown]
    if kind is Post:
        at = 1 + next(i for i, column in enumerate(shown) if column.field == "office")
        columns[at:at] = [_people(now, category) for (category,) in now().categories]
    return columns


def title_of(column: Column) -> str:
    """Return the heading of a column; one that names another row shows its name, not its code."""
    title = heading_of(column)
    return title.removesuffix("编码") if column.refers_to is not None else title


def _column(
    now: Now, kind: type[Record], column: Column, rename: Rename, move: Rename
) -> ShownColumn[Record]:
    sheet = BY_TABLE.get(kind.TABLE)
    tip = help_text(column, sheet) if sheet is not None else ""
    is_key = column.field in kind.KEY_FIELDS
    is_renamed = is_key and column.field in {"name", "category"} and len(kind.KEY_FIELDS) in {1, 3}
    is_renamed = is_renamed and kind.TABLE in {Table.CATEGORIES, Table.PROFILES, Table.ALLOWANCES}

    is_moved = kind is Post and column.field == "unit_code"

    def change(row: Record, text: str) -> Change | None:
        return Change(before=row, after=written(now(), row, column, text))

    return ShownColumn(
        title_of(column),
        lambda row: _value(now(), row, column),
        _show(column),
        tip=tip,
        edit=rename if is_renamed else move if is_moved else None,
        change=None if is_key or is_moved else change,
        is_extra=column.kind is ColumnKind.CODE and is_key and column.refers_to is None,
    )


def written(county: County, row: Record, column: Column, text: str) -> Record:
    """Return a row with one of its columns as it was typed; other rows are named as they are shown.

    Raises:
        UserError: the text is not what the column takes, with what to write instead.
    """
    if column.part is not None:
        shares = list(getattr(row, column.field))
        shares[column.part] = _share(text)
        return replace(row, **{column.field: tuple(shares)})
    if column.refers_to is not None and text.strip():
        text = code_of(county, column.refers_to, text.strip())
    return typed(row, column.field, text)


def code_of(county: County, table: Table, text: str) -> str:
    """Return the code of the row that a text names, by its code or its name.

    Raises:
        BlockedByData: there is no such row, or several of that name.
    """
    rows = county.rows(table)
    if (text,) in rows:
        return text
    named = [key[0] for key, row in rows.items() if _name(row) == text]
    if len(named) == 1:
        return named[0]
    remedy = suggestion(
        text, [_name(row) for row in rows.values()], otherwise=_("Write a name that stands there.")
    )
    if named:
        remedy = _("Write its code: {codes}.").format(codes=_(", ").join(named[:5]))
    raise BlockedByData(
        _("“{text}” is not one row of “{table}”.").format(text=text, table=word(table)),
        remedy=remedy,
    )


def _name(row: Record) -> str:
    return str(getattr(row, "name", "") or getattr(row, "title", "") or row.key[0])


def _share(text: str) -> float:
    number = at_least_nothing(text.strip().rstrip("%％"))
    return (number or 0.0) / 100


def _value(county: County, row: Record, column: Column) -> object:
    value = getattr(row, column.field)
    if column.part is not None:
        return float(value[column.part]) * 100
    if column.refers_to is not None and value:
        other = county.rows(column.refers_to).get((value,))
        return _name(other) if other is not None else value
    if isinstance(value, Word):
        return word(value)
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(str(part) for part in value)
    if column.kind is ColumnKind.SHARE and value is not None:
        return value * 100
    return value


def _show(column: Column) -> Callable[[Any], str] | None:
    if column.part is not None:
        return number_format.tenths
    if not column.is_numeric:
        return None
    if column.kind is ColumnKind.SHARE:
        return _percent
    return _number


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}%"


def _people(now: Now, category: str) -> ShownColumn[Record]:
    def people(row: Record) -> float | None:
        found = now().staffing.get((row.key[0], category))
        return found.on_duty if found is not None else None

    def change(row: Record, text: str) -> Change | None:
        return people_change(now(), row.key[0], category, text)

    return ShownColumn(
        category,
        people,
        _number,
        tip=_("People of category {category} on duty; type to change").format(category=category),
        change=change,
    )


def people_change(county: County, post_code: str, category: str, text: str) -> Change | None:
    """Return the change that puts people of a category on a post; blank takes the entry away."""
    number = at_least_nothing(text)
    before = county.staffing.get((post_code, category))
    after = Staffing(post_code, category, number) if number is not None else None
    return None if before is None and after is None else Change(before=before, after=after)


def form_fields(kind: type[Record]) -> Iterator[str]:
    """Yield the fields that a form shows: those that are not codes, other rows or months."""
    for column in columns_of(kind):
        is_named = column.field in kind.KEY_FIELDS or column.refers_to is not None
        if not is_named and column.part is None:
            yield column.field
