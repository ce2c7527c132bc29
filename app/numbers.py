"""The one number parser for grid, paste and import: what a person types becomes a finite float."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from app.errors import UserError
from app.language import _

_APPROXIMATE = re.compile(r"约|近|左右|上下|余|多|大概|差不多|几|~|≈|about|approx", re.IGNORECASE)
_RANGE = re.compile(r"[0-9.,]+\s*(?:-|–|—|~|至|到)\s*[0-9.,]+\D*")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)"
    r"(?P<digits>[0-9]+(?:[, ][0-9]+)*(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?P<power>[eE][+-]?[0-9]+)?"
    r"\s*(?P<scale>%|[十百千]?(?:万亿|[万亿])|[十百千])?\s*(?P<unit_word>[^\W\d_]*)"
)
_GROUPED = re.compile(r"[0-9]{1,3}([, ])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]*)?")
_SCALES = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 1e4, "亿": 1e8}
_LONGEST_QUOTE = 40


class NotANumber(UserError):
    """A text that cannot be read as one finite number, with what to write instead."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was typed: its value, and the word behind it that was not read (“件”)."""

    value: float
    unit_word: str


def read_number(text: str) -> float:
    """Return the number that `text` is: “1,200”, “１２００”, “50%” (0.5), “3万”, “2百万”, “30件”.

    Raises:
        NotANumber: the text is blank, approximate, a range, infinite or no number at all.
    """
    return parse_number(text).value


def parse_number(text: str) -> Number:
    """Return the number that `text` is, together with the word that follows it.

    Raises:
        NotANumber: as for `read_number`.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    match = _NUMBER.fullmatch(plain)
    if _APPROXIMATE.search(plain) or match is None or not _is_well_grouped(match["digits"]):
        raise _refusal(plain, quote=quoted(text))
    digits = match["digits"].replace(",", "").replace(" ", "")
    value = float(match["sign"] + digits + (match["power"] or ""))
    value = _scaled(value, match["scale"])
    if not math.isfinite(value):
        raise NotANumber(
            _("“{text}” is larger than any number can be.").format(text=quoted(text)),
            remedy=_("Write digits only, such as 1200, 0.5 or 50%."),
        )
    return Number(value, match["unit_word"])


def _refusal(plain: str, *, quote: str) -> NotANumber:
    """Return what to tell about a text that is no single number."""
    if _RANGE.fullmatch(plain):
        return NotANumber(
            _("“{text}” is a range, not one number.").format(text=quote),
            remedy=_("Write the one figure that is to count."),
        )
    if _APPROXIMATE.search(plain):
        return NotANumber(
            _("“{text}” is only approximate.").format(text=quote),
            remedy=_("Write the figure that is to count, with nothing but digits."),
        )
    return NotANumber(
        _("“{text}” is not a number.").format(text=quote),
        remedy=_("Write digits only, such as 1200, 0.5 or 50%."),
    )


def _is_well_grouped(digits: str) -> bool:
    """Tell whether separators stand before every three digits, so that “1,20” is not 120."""
    return not re.search("[, ]", digits) or _GROUPED.fullmatch(digits) is not None


def _scaled(value: float, scale: str | None) -> float:
    """Apply %, 万, 百万, 万亿 …; a percentage is divided, so that 57% is exactly the float 0.57."""
    if scale == "%":
        return value / 100
    for sign in scale or "":
        value *= _SCALES[sign]
    return value


def counted(people: float) -> float:
    """Return people as a sentence counts them: parts of somebody, but no rounding of a solver."""
    return round(people, 2) + 0.0


def quoted(text: str) -> str:
    """Return the text as a message quotes it: whole, unless somebody pasted a page."""
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
