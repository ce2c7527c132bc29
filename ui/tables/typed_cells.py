"""Reading: what is typed into the cells of tables, with a sentence for what cannot be."""

from __future__ import annotations

from app.errors import UserError
from app.language import _
from app.workbooks.cells.cell import amount_of
from app.workbooks.cells.terms import Asked

_UNITS = frozenset({"", "人", "名", "个", "km2", "平方公里"})


def at_least_nothing(text: str) -> float | None:
    """Return the number that was typed, None for a blank.

    Raises:
        UserError: it is no number, or below 0.
    """
    if not text.strip():
        return None
    amount = amount_of(text, Asked.NUMBER)
    if amount.unit not in _UNITS:
        raise UserError(
            _("The unit “{unit}” does not fit here.").format(unit=amount.unit),
            remedy=_("Write the number alone."),
        )
    number = amount.value
    if number is not None and number < 0:
        raise UserError(_("A number below 0 has no meaning here."), remedy=_("Enter 0 or more."))
    return number
