"""Words: the one reading of quantities for import, paste, the grid and forms, whole or refused."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from app.language import _
from app.numbers import has_raised_digits, numeral, quoted
from app.workbooks.cells.durations import hours_of
from app.workbooks.cells.frequencies import is_daily, on_duty, times_of
from app.workbooks.cells.proposals import proposals_for
from app.workbooks.cells.terms import USUAL_TERMS, Amount, Asked, Assumed, Terms
from app.workbooks.cells.tokens import is_measure, joined, normalised, ranged, without_approximate
from app.workbooks.cells.unclear import Unclear, UnclearText, kind_of

_ZERO = frozenset({"无", "零", "没有", "〇", "暂无", "0"})
STROKES = frozenset({"-", "--", "---", "/", "\\", "//"})
_LONGEST = 60
"""Longer texts are sentences; no quantity is so long."""
_FRACTION = re.compile("([0-9]+)/([0-9]+)|([百千万]|[一二三四五六七八九十]+)分之(.+)")
_TENTHS = re.compile("([0-9.]+|[一二两三四五六七八九十])成(半)?")
_WORD_BEHIND = re.compile(
    r"(?P<sign>[+-]?)(?P<number>[0-9零〇一二两三四五六七八九十百千万亿.,点 ]+(?:[-~至到]"
    r"[0-9零〇一二两三四五六七八九十百千万亿.,点 ]+)?(?:e[+-]?[0-9]+)?)(?P<scale>[%‰])?(?P<word>.*)"
)
_LOOK_ALIKE = re.compile("[0-9][oil]|[oil][0-9]|[萬億壹贰叁肆伍陆柒捌玖拾佰仟]")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?")
_LATIN_UNITS = frozenset({"km2", "m2", "km", "m"})


def understood(text: str, asked: Asked, terms: Terms = USUAL_TERMS) -> Amount:
    """Return what a text says.

    Raises:
        UnclearText: it is not wholly understood, or can be read in two ways; with proposals.
    """
    found = _read(text, asked, terms)
    if isinstance(found, Amount):
        return found

    def is_taken(proposal: str) -> bool:
        return isinstance(_read(proposal, asked, terms), Amount)

    offered = proposals_for(text, found, asked, terms)
    raise UnclearText(found, text, tuple(filter(is_taken, offered)), asked)


@lru_cache(maxsize=20_000)
def _read(text: str, asked: Asked, terms: Terms) -> Amount | Unclear:
    plain = normalised(text)
    if has_raised_digits(text):
        return Unclear.RAISED
    if plain in _ZERO:
        return Amount(0.0)
    if plain in STROKES or not plain:
        return Amount(None, assumed=(Assumed.BLANK,))
    if len(plain) > _LONGEST:
        return Unclear.UNREADABLE
    bare, estimate = without_approximate(plain)
    found = _by_grammar(bare, asked, terms)
    if isinstance(found, Amount):
        return replace(found, assumed=joined(estimate, found.assumed))
    if found is not None:
        return found
    return _kind(plain, asked)


def _by_grammar(bare: str, asked: Asked, terms: Terms) -> Amount | Unclear | None:
    plain = _FLOAT.fullmatch(bare)
    if plain is not None and not (asked is Asked.TIMES and terms.is_frequency):
        value = float(bare)
        return Amount(value) if math.isfinite(value) else Unclear.TOO_LARGE
    if asked is Asked.TIMES:
        found = times_of(bare, terms)
        if found is None and isinstance(hours_of(bare, terms), Amount):
            return Unclear.NOT_A_COUNT
        return found
    if asked is Asked.HOURS:
        if on_duty(terms) and re.search("全天|整天", bare):
            return Unclear.DUTY_DAY
        return hours_of(bare, terms)
    return _share(bare) if asked is Asked.SHARE else _number(bare)


def _kind(plain: str, asked: Asked) -> Unclear:
    kind = kind_of(plain)
    if kind is Unclear.UNREADABLE and _LOOK_ALIKE.search(plain):
        return Unclear.LOOK_ALIKE
    if kind is Unclear.UNREADABLE and asked is Asked.HOURS and re.search("[0-9一二三十]", plain):
        return Unclear.NOT_A_TIME
    if is_daily(plain) and kind is Unclear.PER_OBJECT:
        return Unclear.UNREADABLE
    return kind


def _share(plain: str) -> Amount | None:
    """Return a share: 0.3, 30%, 三成, 百分之三十, 三分之一, 1/3, 一半, 全部."""
    if plain in {"全部", "全额"}:
        return Amount(1.0)
    if plain in {"半", "一半", "半数"}:
        return Amount(0.5)
    tenths = _TENTHS.fullmatch(plain)
    number = numeral(tenths[1]) if tenths is not None else None
    if tenths is not None and number is not None and number <= 10:
        return Amount((number + (0.5 if tenths[2] else 0)) / 10)
    fraction = _FRACTION.fullmatch(plain)
    if fraction is not None:
        upper = numeral(fraction[1] or fraction[4])
        below = {"百": 100.0, "千": 1e3, "万": 1e4}.get(fraction[3] or "") or numeral(
            fraction[2] or fraction[3]
        )
        return Amount(upper / below) if upper is not None and below else None
    found = _number(plain)
    return found if found is not None and not found.unit else None


def _number(plain: str) -> Amount | None:
    """Return a number with the word behind it: 30人, 3万, 50%, 2-3人, -3."""
    found = _WORD_BEHIND.fullmatch(plain)
    if found is None:
        return None
    text, word, scale = found["number"], found["word"], found["scale"]
    number = ranged(text.strip())
    if number is None and word == "":
        number = _powered(text)
    if number is None or not (not word or word in _LATIN_UNITS or is_unit_word(word)):
        return None
    value = number[0] / {"%": 100, "‰": 1000}.get(scale or "", 1)
    return Amount(-value if found["sign"] == "-" else value, unit=word, assumed=number[1])


def _powered(text: str) -> tuple[float, tuple[Assumed, ...]] | None:
    value = numeral(text) if re.fullmatch("[0-9.]+e[+-]?[0-9]+", text) else None
    return None if value is None else (value, ())


def is_unit_word(word: str) -> bool:
    """Tell whether a word behind a number is a unit of something."""
    return word in {"元", "亩", "公顷", "平方千米", "小时", "分钟", "天", "日"} or is_measure(word)


def moment(value: datetime.date | datetime.time | datetime.timedelta, asked: Asked) -> Amount:
    """Return a time cell (1:30) as hours; a date is refused with what was probably typed.

    Raises:
        UnclearText: the cell is a date, or no time is asked.
    """
    if asked is Asked.HOURS:
        if isinstance(value, datetime.timedelta):
            return Amount(value.total_seconds() / 3600, unit="小时")
        if isinstance(value, datetime.time):
            return Amount(value.hour + value.minute / 60 + value.second / 3600, unit="小时")
    if isinstance(value, datetime.date):
        day = value.isoformat()[:10] if isinstance(value, datetime.datetime) else str(value)
        proposals: Sequence[str] = ()
        if value.year >= 1905:
            proposals = (f"{value.month}-{value.day}",)
        raise UnclearText(Unclear.DATE, day, proposals, asked)
    raise UnclearText(Unclear.NOT_A_COUNT, str(value), (), asked)


def told(assumed: Assumed, text: str, amount: Amount, terms: Terms) -> str:
    """Return what was assumed when a text was read, as a sentence."""
    value = amount.value or 0.0
    sentences = {
        Assumed.ESTIMATE: _("“{text}” is an estimate: {value:g} was read."),
        Assumed.MIDDLE: _("“{text}” is a range: its middle, {value:g}, was read."),
        Assumed.DAY: _("A day of work was counted as {hours:g} hours (每日工时)."),
        Assumed.YEAR: _("A year was counted as {days:g} working days and 52 weeks."),
        Assumed.MONTHS: _("“{text}” names months {months}; {value:g} a year was read."),
        Assumed.WORD: _("“{text}” was read without “{word}”."),
        Assumed.BLANK: _("“{text}” was read as a blank cell."),
        Assumed.OF_YEAR: _("“{text}” was read as {yearly:g} hours a year, not of one time."),
    }
    return sentences[assumed].format(
        text=quoted(text),
        value=round(value, 6),
        hours=terms.day_hours[0],
        days=terms.working_days,
        months=_(", ").join(map(str, amount.months)),
        word=amount.unit,
        yearly=round(value * (amount.per_year or 1.0), 6),
    )


ONCE = frozenset({Assumed.DAY, Assumed.YEAR})
"""What is told once for a column, not at every cell."""
