"""Numerals: digits and Chinese number words as one number, wholly or not at all."""

from __future__ import annotations

import re
import unicodedata

_WORDS = "〇零一二两俩三四五六七八九十百千万亿"
NUMERAL = rf"(?:[0-9]+(?:[, ][0-9]+)*(?:\.[0-9]+)?|\.[0-9]+|[0-9]+\.|[{_WORDS}])+"
"""What may be a numeral; `numeral` says whether it is one."""

_DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "俩": 2}
_FIGURE = r"[0-9][0-9., ]*|\.[0-9]+|[一二两俩三四五六七八九]"
_SECTION = re.compile(
    rf"(?:(?P<thousands>{_FIGURE})(?P<is_k>千))?"
    rf"(?:[零〇](?=(?:{_FIGURE})百))?(?:(?P<hundreds>{_FIGURE})(?P<is_h>百))?"
    rf"(?:[零〇](?=(?:{_FIGURE})?十))?(?:(?P<tens>{_FIGURE})?(?P<is_t>十))?"
    rf"(?P<zero>[零〇])?(?P<ones>{_FIGURE})?"
)
_GROUPED = re.compile(r"[0-9]{1,3}([, ])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_NO_LETTERS = ("<super>", "<sub>", "<fraction>", "<circle>")


def has_raised_digits(text: str) -> bool:
    """Tell whether a text holds signs that folding would turn into plain digits: 10², ①, ½."""
    return any(unicodedata.decomposition(sign).startswith(_NO_LETTERS) for sign in text)


def numeral(text: str) -> float | None:
    """Return the number that a whole text is: 1,200, 1.5万, 三百二十, 1百二十, 二〇; None else.

    What people read in two ways is none: 三万五 and 一百二 leave open what the last figure counts.
    """
    if len(text) == 1 and text in _DIGITS:
        return float(_DIGITS[text])
    if all(sign in _DIGITS for sign in text) and re.search("[〇零]", text):
        return float("".join(str(_DIGITS[sign]) for sign in text))
    for sign, unit in (("亿", 1e8), ("万", 1e4)):
        head, found, tail = text.rpartition(sign)
        if found:
            many, rest = numeral(head), _rest(tail)
            return None if not many or rest is None else many * unit + rest
    return _section(text)


def _rest(text: str) -> float | None:
    """Return what stands behind 万 or 亿: nothing, or a number that says what it counts."""
    if not text:
        return 0.0
    return _section(text) if re.search("[千百十零〇]", text) else None


def _section(text: str) -> float | None:
    """Return a number below 万."""
    found = _SECTION.fullmatch(text)
    if not text or found is None:
        return None
    total, is_open = 0.0, False
    for name, mark, unit in (
        ("thousands", "is_k", 1000),
        ("hundreds", "is_h", 100),
        ("tens", "is_t", 10),
    ):
        figure = _figure(found[name] or "一") if found[mark] else 0.0
        if figure is None:
            return None
        total += figure * unit
        is_open = (bool(found[mark]) and unit > 10) or (is_open and not found[mark])
    if found["ones"] is None:
        return total if total or found["zero"] else None
    ones = _figure(found["ones"])
    return None if ones is None or (is_open and not found["zero"]) else total + ones


def _figure(text: str) -> float | None:
    """Return a single figure in words, or a number in digits with separators at every three."""
    if text in _DIGITS:
        return float(_DIGITS[text])
    plain = text.strip()
    if re.search("[, ]", plain):
        if not _GROUPED.fullmatch(plain):
            return None
        plain = re.sub("[, ]", "", plain)
    return float(plain) if re.fullmatch(r"[0-9]+\.?[0-9]*|\.[0-9]+", plain) else None
