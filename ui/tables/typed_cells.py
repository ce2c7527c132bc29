"""Reading: what is typed into the cells of tables, with a sentence for what cannot be."""

from __future__ import annotations

from app.errors import UserError
from app.language import _
from app.numbers import read_number


def at_least_nothing(text: str) -> float | None:
    """Return the number that was typed, None for a blank.

    Raises:
        UserError: it is no number, or below 0.
    """
    number = read_number(text) if text.strip() else None
    if number is not None and number < 0:
        raise UserError(_("A number below 0 has no meaning here."), remedy=_("Enter 0 or more."))
    return number
