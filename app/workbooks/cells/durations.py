"""Durations: how long a piece takes, said as 半小时, 1h30min, 1.5天, 2人×3天, or a time 1:30."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace

from app.language import _
from app.numbers import NotANumber, Precision, quoted
from app.numerals import NUMERAL, has_raised_digits, numeral
from app.workbooks.cells.amounts import (
    Amount,
    about,
    counted_times,
    folded_amount,
    not_understood,
    refuse_open,
)

_SPAN = r"(?:-|–|—|~|至|到)"

_UNITS: Mapping[str, str] = {
    **dict.fromkeys(
        ("小时", "个小时", "个钟头", "钟头", "时", "工时", "h", "hour", "hours"), "小时"
    ),
    **dict.fromkeys(("分钟", "分", "min", "minute", "minutes", "mins"), "分钟"),
    **dict.fromkeys(
        ("个工作日", "工作日", "天", "日", "工日", "人日", "人天", "d", "day", "days", "个工日"),
        "天",
    ),
    **dict.fromkeys(("周", "星期", "个星期", "礼拜"), "周"),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_HALVES = {
    "半小时": 0.5,
    "半个小时": 0.5,
    "半个钟头": 0.5,
    "一刻钟": 0.25,
    "1刻钟": 0.25,
    "三刻钟": 0.75,
}
_DAYS = {
    "半天": 0.5,
    "半日": 0.5,
    "半个工作日": 0.5,
    "全天": 1.0,
    "整天": 1.0,
    "一整天": 1.0,
    "1整天": 1.0,
}
_LONG = re.compile(rf"(?:{NUMERAL})?个?(?:多)?(?:月|季度|季|年)|半年|半个?月|一?旬")


def duration(
    value: str | datetime.time | datetime.timedelta,
    *,
    hours_per_day: float | None,
    days_per_week: float = 5.0,
) -> Amount:
    """Return how long something takes, in hours: 半小时, 1h30min, 1.5天, 2人×3天, a time cell 1:30.

    Args:
        value: what stands in the cell.
        hours_per_day: what a day of work is; None where categories differ, so that it is asked.
        days_per_week: what a week of work is.

    Raises:
        NotANumber: it is not understood to its end, with what to write instead.
    """
    if isinstance(value, datetime.timedelta):
        return Amount(value.total_seconds() / 3600, unit="小时")
    if isinstance(value, datetime.time):
        return Amount(value.hour + value.minute / 60 + value.second / 3600, unit="小时")
    plain = folded_amount(value)
    if has_raised_digits(value):
        raise not_understood(value)
    refuse_open(plain, value)
    body, precision = about(plain)
    together = re.fullmatch(rf"(?P<people>{NUMERAL})(?:人|名)[*×x]?(?P<rest>.+)", body)
    if together is not None and (people := numeral(together["people"])):
        amount = _span_of_time(together["rest"], value, hours_per_day, days_per_week)
        if amount is not None:
            return replace(amount, people=people)
    amount = _span_of_time(body, value, hours_per_day, days_per_week)
    if amount is None:
        raise not_understood(value)
    return (
        amount if amount.precision is not Precision.EXACT else replace(amount, precision=precision)
    )


def _span_of_time(
    body: str, text: str, hours_per_day: float | None, days_per_week: float
) -> Amount | None:
    """Return a duration: one amount with its unit, two that add up, a range, or words for half."""
    if _LONG.fullmatch(body):
        raise NotANumber(
            _("“{text}” is not the time that one piece takes.").format(text=quoted(text)),
            remedy=_("Write the hours or the days of work, for example 15天."),
            proposals=("22天",) if "月" in body else (),
        )
    if body in _HALVES:
        return Amount(_HALVES[body], unit="小时")
    if body in _DAYS:
        return Amount(_DAYS[body] * _day(hours_per_day, text), unit="天")
    clock = re.fullmatch(r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9])(?::00)?", body)
    if clock is not None:
        return Amount(int(clock["hours"]) + int(clock["minutes"]) / 60, unit="小时")
    half = re.fullmatch(
        rf"(?P<whole>{NUMERAL})(?P<unit>个半小时|个半钟头|天半|个半天|小时半)", body
    )
    if half is not None and (whole := numeral(half["whole"])) is not None:
        is_day = "天" in half["unit"]
        return Amount(
            (whole + 0.5) * (_day(hours_per_day, text) if is_day else 1.0),
            unit="天" if is_day else "小时",
        )
    both = re.fullmatch(
        rf"(?P<hours>{NUMERAL})(?:个?小时|时|h)(?:零)?(?P<minutes>{NUMERAL})(?:分钟|分|min|m)?",
        body,
    )
    if both is not None:
        hours, minutes = numeral(both["hours"]), numeral(both["minutes"])
        if hours is not None and minutes is not None and minutes < 60:
            return Amount(hours + minutes / 60, unit="小时")
    found = re.fullmatch(
        rf"(?P<low>{NUMERAL})(?P<one>{_UNIT})?(?:{_SPAN}(?P<high>{NUMERAL}))?(?P<unit>{_UNIT})?"
        r"(?:/(?:件|次|人|份|户|场|个|项|篇))?",
        body,
    )
    if found is None:
        return None
    unit = _UNITS.get(found["unit"] or found["one"] or "", "")
    if found["one"] and (not found["high"] or _UNITS[found["one"]] != unit) and found["unit"]:
        return None
    amount = counted_times(found["low"], found["high"], 1.0, Precision.EXACT)
    if amount is None:
        return None
    return replace(
        amount, value=amount.value * _factor(unit, text, hours_per_day, days_per_week), unit=unit
    )


def _factor(unit: str, text: str, hours_per_day: float | None, days_per_week: float) -> float:
    if unit == "分钟":
        return 1 / 60
    if unit == "天":
        return _day(hours_per_day, text)
    return days_per_week * _day(hours_per_day, text) if unit == "周" else 1.0


def _day(hours_per_day: float | None, text: str) -> float:
    if hours_per_day is None:
        raise NotANumber(
            _("“{text}”: a day of work differs by staff category.").format(text=quoted(text)),
            remedy=_("Write the time in hours."),
        )
    return hours_per_day
