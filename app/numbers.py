"""The one number parser for grid, paste and import: what a person types becomes a finite float."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from app.errors import UserError
from app.language import _
from app.numerals import NUMERAL, has_raised_digits, numeral

MEASURE_WORDS = (
    *("人次", "人天", "人日", "工日", "工作日", "小时", "分钟", "平方公里", "平方千米", "平方米"),
    *(
        "公里",
        "千米",
        "公顷",
        "公斤",
        "千克",
        "万元",
        "亿元",
        "千元",
        "万人",
        "千人",
        "万亩",
        "户次",
    ),
    *("家次", "车次", "台次", "场次", "批次", "处次", "篇次", "村次", "件次", "户口", "网格"),
    *"件次篇条张家户宗场份个项起批期册本页台套处座栋幢间亩米吨斤只头羽株棵所村组队班车辆艘例单",
    *"笔元人名位天分类种卷字封回遍趟站点段块片面幅盒箱桶袋根支枚匹卡证号轮届节门堂课岁",
    *(
        "hours",
        "hour",
        "h",
        "minutes",
        "minute",
        "min",
        "days",
        "day",
        "d",
        "times",
        "time",
        "items",
    ),
    *("item", "pieces", "piece", "pcs", "cases", "case", "people", "persons", "person"),
    *("km2", "km", "m2", "m"),
)
"""Words that may follow a number and only say what is counted; others make a text unreadable."""

MEASURE = "|".join(sorted(map(re.escape, MEASURE_WORDS), key=len, reverse=True))
RANGE_SIGN = r"\s*(?:-|–|—|~|至|到)\s*"

_ABOUT = re.compile(
    r"(?P<before>大约|大概|约为|约|近|≈|~|about |approx\.? )?(?P<rest>.*?)"
    r"(?P<after>左右|上下|大概)?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)(?P<number>{NUMERAL})(?P<power>[eE][+-]?[0-9]+)?\s*(?P<percent>%)?\s*"
    rf"(?P<unit>{MEASURE})?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?P<low>{NUMERAL})\s*(?P<one>{MEASURE}|%)?{RANGE_SIGN}(?P<high>{NUMERAL})\s*"
    rf"(?P<percent>%)?\s*"
    rf"(?P<unit>{MEASURE})?",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"[≥≤<>]|\+$|余|多|几|以上|以下|以内|不少于|不低于|不超过|不多于|不足|至少|至多|最多|最少|超过|少于|多于|"
    r"上百|上千|上万|数[十百千万]|at least|at most|more than|less than",
    re.IGNORECASE,
)
_LONGEST_QUOTE = 40


class NotANumber(UserError):
    """A text that cannot be read as one finite number, with what to write instead.

    `proposals` are texts that could stand in its place, likeliest first.
    """

    def __init__(self, message: str, *, remedy: str, proposals: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy=remedy)
        self.proposals = proposals


class Precision(Enum):
    """How a number was told."""

    EXACT = "exact"
    ESTIMATE = "estimate"
    MIDDLE = "middle of a range"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was typed: its value, the word behind it, and how exactly it is told."""

    value: float
    unit_word: str
    precision: Precision = Precision.EXACT


def read_number(text: str) -> float:
    """Return the number that `text` is: “1,200”, “１２００”, “50%” (0.5), “3万”, “三百”, “30件”.

    Raises:
        NotANumber: the text is blank, a mere bound, infinite or no number as a whole.
    """
    return parse_number(text).value


def parse_number(text: str) -> Number:
    """Return the number that `text` is, with the word that follows it and how exactly it is told.

    “约30件” is an estimate, “2-3” the middle of its range; nothing is read of a text that is not
    understood to its end.

    Raises:
        NotANumber: as for `read_number`.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if has_raised_digits(text) or _BOUND.search(plain):
        raise _refusal(plain, quote=quoted(text))
    about = _ABOUT.fullmatch(plain)
    assert about is not None
    rest = about["rest"].strip()
    is_estimate = bool(about["before"] or about["after"])
    span = _RANGE.fullmatch(rest)
    if span is not None:
        return _middle(span, quote=quoted(text))
    found = _NUMBER.fullmatch(rest)
    value = _value(found) if found is not None else None
    if found is None or value is None:
        raise _refusal(plain, quote=quoted(text))
    if not math.isfinite(value):
        raise NotANumber(
            _("“{text}” is larger than any number can be.").format(text=quoted(text)),
            remedy=_("Write digits only, such as 1200, 0.5 or 50%."),
        )
    precision = Precision.ESTIMATE if is_estimate else Precision.EXACT
    return Number(value, (found["unit"] or "").casefold(), precision)


def _value(found: re.Match[str]) -> float | None:
    value = numeral(found["number"])
    if value is None or (found["power"] and found["percent"]):
        return None
    if found["power"]:
        # As a whole, so that every float reads back as itself.
        value = float(re.sub(r"[, ]", "", found["number"]) + found["power"])
    value = -value if found["sign"] == "-" else value
    return value / 100 if found["percent"] else value


def _middle(span: re.Match[str], *, quote: str) -> Number:
    low, high = numeral(span["low"]), numeral(span["high"])
    one = (span["one"] or "").casefold()
    unit = (span["unit"] or "").casefold()
    is_share = bool(span["percent"])
    if low is None or high is None or low >= high or one not in ("", unit, "%" if is_share else ""):
        raise NotANumber(
            _("“{text}” is no range from a smaller to a larger number.").format(text=quote),
            remedy=_("Write the one figure that is to count."),
        )
    middle = (low + high) / 2
    return Number(middle / 100 if is_share else middle, unit, Precision.MIDDLE)


def _refusal(plain: str, *, quote: str) -> NotANumber:
    """Return what to tell about a text that is no single number."""
    if _BOUND.search(plain):
        inside = [found for word in re.findall(NUMERAL, plain) if (found := numeral(word))]
        proposals = tuple(f"{value:g}" for value in inside[:1])
        return NotANumber(
            _("“{text}” is only a bound or an approximate figure.").format(text=quote),
            remedy=_("Write the figure that is to count, for example {figure}.").format(
                figure=proposals[0]
            )
            if proposals
            else _("Write the figure that is to count, with nothing but digits."),
            proposals=proposals,
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
