"""The one number parser for grid, paste and import: what a person types becomes a finite float."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import UserError
from app.language import _

_APPROXIMATE = re.compile(r"约|近|左右|上下|余|多|大概|差不多|几|~|≈|about|approx", re.IGNORECASE)
_RANGE = re.compile(r"[0-9.,]+\s*(?:-|–|—|~|至|到)\s*[0-9.,]+\D*")
_SIGNED = re.compile(
    r"(?P<sign>[+-]?)(?P<digits>(?:[0-9]+(?:[, ][0-9]+)*(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:[eE][+-]?[0-9]+)?(?:[十百千万亿零〇一二三四五六七八九]*))\s*(?P<rest>.*)",
    re.DOTALL,
)
_GROUPED = re.compile(r"[0-9]{1,3}([, ])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]*)?")
_PIECE = re.compile(
    r"[0-9]+(?:[, ][0-9]+)*(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?|."
)
_NUMERALS = {sign: float(at) for at, sign in enumerate("零一二三四五六七八九")}
_NUMERALS |= {"〇": 0.0, "两": 2.0, "俩": 2.0}
_SMALL = {"十": 10.0, "百": 100.0, "千": 1000.0}
_LARGE = {"万": 1e4, "亿": 1e8}
_UNREAD = re.compile("[零〇一二两俩三四五六七八九十百千万亿萬億余多几以不第点成倍]")
"""What no word behind a number has in it: it would be a number, a bound or a part of one."""
_RAISED = frozenset({"<super>", "<sub>", "<circle>", "<fraction>"})
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
    match = _SIGNED.fullmatch(plain)
    if _APPROXIMATE.search(plain) or has_raised_digits(text):
        raise _refusal(plain, quote=quoted(text))
    if match is None:
        value, word, sign = numeral(plain), "", ""
    else:
        value, word, sign = numeral(match["digits"]), match["rest"].strip(), match["sign"]
        if word[:1] in {"%", "‰"} and value is not None:
            value, word = value / (100 if word[0] == "%" else 1000), word[1:].strip()
    if value is None or (word and not _is_word(word)):
        raise _refusal(plain, quote=quoted(text))
    if not math.isfinite(value):
        raise NotANumber(
            _("“{text}” is larger than any number can be.").format(text=quoted(text)),
            remedy=_("Write digits only, such as 1200, 0.5 or 50%."),
        )
    return Number(-value if sign == "-" else value, word)


def _is_word(word: str) -> bool:
    """Tell whether what follows a number can be a unit: no look-alike of a digit, no bound."""
    is_chinese = all("\u4e00" <= sign <= "\u9fff" for sign in word)
    is_latin = re.fullmatch(r"[a-z]{1,8}2?", word.casefold()) is not None
    return (is_chinese and not _UNREAD.search(word)) or (is_latin and word not in {"O", "o", "l"})


def has_raised_digits(text: str) -> bool:
    """Tell whether digits stand raised or in circles (10², ③, 1½), which folding would line up."""
    return any(
        sign.isnumeric() and unicodedata.decomposition(sign).split(" ")[0] in _RAISED
        for sign in re.sub("[kc]?m²", "", text)
    )


def numeral(text: str) -> float | None:
    """Return the number that a text is wholly: 1,200, 3万, 1百二十, 一千零五, 一点五; else None.

    What people say for short (一百二, 两万五) can be read in two ways and is none.
    """
    whole, point, decimals = text.partition("点")
    if point:
        digits = "".join(str(int(_NUMERALS[one])) for one in decimals if one in _NUMERALS)
        before = numeral(whole)
        if before is None or not digits or len(digits) != len(decimals):
            return None
        return float(f"{before:.0f}.{digits}")
    pieces = _PIECE.findall(text)
    if len(pieces) > 1 and pieces[0][0] in "0123456789.":
        scales = [_SMALL.get(sign) or _LARGE.get(sign) for sign in pieces[1:]]
        first = _digits(pieces[0])
        if None not in scales and first is not None and len(scales) <= 2:
            is_rising = len(scales) == 1 or (scales[1] or 0) > (scales[0] or 0)
            return first * math.prod(scale or 1 for scale in scales) if is_rising else None
    return _summed(pieces)


def _digits(piece: str) -> float | None:
    mantissa = re.split("[eE]", piece)[0]
    if not re.search("[0-9]", mantissa):
        return None
    if re.search("[, ]", mantissa) and not _GROUPED.fullmatch(mantissa):
        return None
    return float(piece.replace(",", "").replace(" ", ""))


def _summed(pieces: Sequence[str]) -> float | None:  # noqa: PLR0912 — a hand-written automaton
    """Return the sum of numerals and their places, None where they do not fall in order."""
    total = section = 0.0
    current: float | None = None
    place, large, has_zero = math.inf, math.inf, False
    for piece in pieces:
        if piece[0] in "0123456789.":
            value = _digits(piece)
            is_whole = value is not None and (len(pieces) == 1 or value.is_integer())
            if current is not None or not is_whole:
                return None
            current = value
        elif piece in "零〇" and len(pieces) > 1 and (section or total) and current is None:
            has_zero = True
        elif piece in _NUMERALS:
            if current is not None:
                return None
            current = _NUMERALS[piece]
        elif piece in _SMALL:
            if _SMALL[piece] >= place or (current is None and piece != "十"):
                return None
            place = _SMALL[piece]
            section += (1.0 if current is None else current) * place
            current, has_zero = None, False
        elif piece in _LARGE:
            section += current or 0.0
            if section == 0 and (piece == "万" or not total):
                return None
            if _LARGE[piece] >= large and piece == "万":
                return None
            total = (total + section) * 1e8 if piece == "亿" else total + section * 1e4
            section, current, place, has_zero = 0.0, None, math.inf, False
            large = _LARGE[piece]
        else:
            return None
    if current is not None:
        last = min(place, large)
        if not has_zero and 10 < last < math.inf and (place < math.inf or current < large / 10):
            return None
        if place == 10 and current >= 10:
            return None
    return total + section + (current or 0.0) if pieces else None


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


def counted(people: float) -> float:
    """Return people as a sentence counts them: parts of somebody, but no rounding of a solver."""
    return round(people, 2) + 0.0


def quoted(text: str) -> str:
    """Return the text as a message quotes it: whole, unless somebody pasted a page."""
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
