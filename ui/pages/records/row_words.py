"""What rows are called in the words of steps and questions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.errors import UserError
from app.language import _, word
from app.model.county import Record
from app.model.editing.hanging import Removal
from ui.look import number_format


def written_key(row: Record, text: str) -> Record:
    """Return a row under another name.

    Raises:
        UserError: the name is blank.
    """
    if not text.strip():
        raise UserError(_("A name is needed here."), remedy=_("Type a name."))
    fields: dict[str, Any] = {row.KEY_FIELDS[0]: text.strip()}
    return replace(row, **fields)


def hanging_lines(found: Removal) -> list[str]:
    """Return what goes with the rows that are deleted, a line for each kind."""
    return [
        _("{kind}: {count} rows").format(kind=word(table), count=number_format.whole(count))
        for table, count in found.counts.items()
    ]


def name_of(row: Any) -> str:
    """Return what a row is called in the words of a step."""
    found = getattr(row, "name", "") or getattr(row, "title", "")
    return str(found or _(", ").join(row.key))


def names_of(rows: list[Record]) -> str:
    """Return the name of one row, or how many of which kind they are."""
    if len(rows) == 1:
        return f"“{name_of(rows[0])}”"
    return _("{count} rows of {kind}").format(
        count=number_format.whole(len(rows)), kind=word(rows[0].TABLE)
    )
