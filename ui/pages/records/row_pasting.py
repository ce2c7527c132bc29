"""Rows of a spreadsheet become rows of the plan: one line, one new row, all of it one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.errors import BlockedByData, UserError
from app.language import _
from app.model.county import Change, County, Post, Record
from app.model.editing.making import additions, new_record
from app.workbooks.cells.column import Column
from app.workbooks.standard.typed import columns_of, heading_of
from ui.pages.records.record_columns import code_of, people_change, title_of, written

_PEOPLE = "people:"


def pasted_rows(
    county: County, kind: type[Record], lines: Sequence[Sequence[str]], titles: Sequence[str]
) -> list[Change]:
    """Return the changes that add one row for each line.

    The first line may be headings in any order; without them the cells stand under `titles`, the
    columns as they are shown. Codes are given by the program.

    Raises:
        UserError: a cell cannot be read, with the line it stands in; nothing is added then.
    """
    known = _known(county, kind)
    heads = [known.get(text.strip().rstrip("*").strip()) for text in lines[0]] if lines else []
    has_heads = sum(head is not None for head in heads) >= max(1, len(heads) / 2)
    columns = heads if has_heads else [known.get(title) for title in titles]
    unread = [text for text, head in zip(lines[0], heads, strict=True) if head is None and text]
    if has_heads and unread:
        raise BlockedByData(
            _("No column is called {names}.").format(names=_(", ").join(unread)),
            remedy=_("Take these columns out, or give them the headings of this table."),
        )
    changes: list[Change] = []
    so_far = county
    for number, line in enumerate(lines[has_heads:], start=1 + has_heads):
        if not any(cell.strip() for cell in line):
            continue
        try:
            made = _row(so_far, kind, line, columns)
        except UserError as error:
            raise BlockedByData(
                _("Line {number}: {message}").format(number=number, message=error.message),
                remedy=error.remedy,
            ) from None
        changes += made
        so_far = so_far.with_changes(made)
    return changes


def _known(county: County, kind: type[Record]) -> dict[str, Column | str]:
    """Return every heading a line may stand under, in both languages, categories for posts."""
    found: dict[str, Column | str] = {}
    for column in columns_of(kind):
        for title in (column.chinese, column.english, heading_of(column), title_of(column)):
            found[title] = column
    if kind is Post:
        found |= {category: _PEOPLE + category for (category,) in county.categories}
    return found


def _row(
    county: County, kind: type[Record], line: Sequence[str], columns: Sequence[Column | str | None]
) -> list[Change]:
    if len(line) > len(columns) and any(cell.strip() for cell in line[len(columns) :]):
        raise BlockedByData(
            _("There are more cells than columns."),
            remedy=_("Put the headings of this table above the rows, then copy them too."),
        )
    cells = [
        (column, text.strip())
        for column, text in zip(columns, line, strict=False)
        if column is not None and text.strip()
    ]
    row = _keyed(county, kind, cells)
    people: list[Change | None] = []
    for column, text in cells:
        if isinstance(column, str):
            people.append(people_change(county, row.key[0], column.removeprefix(_PEOPLE), text))
        elif column.field not in kind.KEY_FIELDS:
            row = written(county, row, column, text)
    return [*additions(county, [row]), *(change for change in people if change is not None)]


def _keyed(county: County, kind: type[Record], cells: Sequence[tuple[Column | str, str]]) -> Record:
    """Return a new row with the key that the cells state, or one that is free."""
    row = new_record(county, kind)
    keys = {
        column.field: code_of(county, column.refers_to, text) if column.refers_to else text
        for column, text in cells
        if isinstance(column, Column) and column.field in kind.KEY_FIELDS
    }
    made = replace(row, **keys)
    if made.key in county.rows(kind.TABLE):
        raise BlockedByData(
            _("“{key}” is there already.").format(key=_(", ").join(made.key)),
            remedy=_("Change the row that is there, or leave the code blank."),
        )
    return made
