"""Durations: a time of work in words (半天, 1小时30分, 2人×3天) in hours."""

from __future__ import annotations

import re
from dataclasses import replace

from app.workbooks.cells.terms import Amount, Assumed, Terms
from app.workbooks.cells.tokens import (
    MEASURE,
    NUMBER,
    PERIOD,
    is_measure,
    joined,
    per_year,
    period_of,
    ranged,
)
from app.workbooks.cells.unclear import Unclear

_UNITS = (
    ("工作日 工日 人日 人天 天 日 days day d", "天"),
    ("小时 钟头 工时 人时 时 hours hour hrs hr h", "小时"),
    ("分钟 分 minutes minute mins min m", "分钟"),
    ("刻钟", "刻钟"),
    ("秒钟 秒 seconds second s", "秒"),
    ("星期 礼拜 周 weeks week", "周"),
)
_BY_NAME = {name: unit for names, unit in _UNITS for name in names.split()}
_UNIT = "|".join(sorted(_BY_NAME, key=len, reverse=True))
_ORDER = ("周", "天", "小时", "刻钟", "分钟", "秒")
_ITEM = re.compile(
    rf"(?:(?P<whole>全|整|一整|1整)(?P<day>天|日)|(?P<half>半)个?(?P<of>{_UNIT})"
    rf"|(?P<and_half>{NUMBER})个半(?![天日])(?P<each>{_UNIT})"
    rf"|(?P<number>{NUMBER}(?:[-~至到]{NUMBER})?)个?(?P<unit>{_UNIT})(?P<more>半)?)(?:钟)?零?"
)
_WITH = r"(?:共同|一起|各|同时|每人|用时|需要|需)?"
_PEOPLE = (
    re.compile(rf"(?P<people>{NUMBER})(?:个人|人|名)[x,、/:]?{_WITH}(?P<time>.+)"),
    re.compile(
        rf"(?P<time>.+?)[x,、(]?(?:需|由)?(?P<people>{NUMBER})(?:个人|人|名)(?:参与|参加|一起)?\)?"
    ),
)
_SAID = r"(?:需要|需|用时|耗时|花费|花|要|为|:|,)*"
_PER = (
    re.compile(
        rf"(?:每|单|一|1)(?P<word>{MEASURE}?){_SAID}(?P<time>[0-9半一两二三四五六七八九十].*)"
    ),
    re.compile(rf"(?P<time>.+)/(?:每|一|1)?(?P<word>{MEASURE})"),
)
_YEARLY = (
    re.compile(
        rf"(?:每|全|一)(?P<period>{PERIOD}){_SAID}(?:共|合计)?(?P<time>[0-9半一两二三四五六七八九十].*)"
    ),
    re.compile(rf"(?P<period>年|月|周|日)均{_SAID}(?P<time>[0-9半一两二三四五六七八九十].*)"),
    re.compile(rf"(?P<time>.+)(?:/|每)(?P<period>{PERIOD})"),
)
_LONG = re.compile(rf"(?:{NUMBER}|半|整)个?(?:月|季度|季|年度|年)半?")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")


def hours_of(text: str, terms: Terms) -> Amount | Unclear | None:
    """Return a time of work in hours, why it is none, or None for what is not understood.

    Args:
        text: normalised, without the words of an estimate.
        terms: a day is its `day_hours`, a week its `days_per_week` of them.
    """
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return Amount(int(clock[1]) + int(clock[2]) / 60, unit="小时")
    if _LONG.fullmatch(text):
        return Unclear.LONG_SPAN
    plain = _plain(text, terms)
    if plain is not None:
        return plain
    return _of_year(text, terms) or _each(text, terms) or _together(text, terms)


def _of_year(text: str, terms: Terms) -> Amount | Unclear | None:
    for pattern in _YEARLY:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        time = _plain(found["time"], terms)
        if isinstance(time, Amount):
            often = per_year(period_of(found["period"]), terms)
            added = joined(time.assumed, (Assumed.OF_YEAR, Assumed.YEAR))
            return replace(time, per_year=often, assumed=added)
    return None


def _each(text: str, terms: Terms) -> Amount | Unclear | None:
    for pattern in _PER:
        found = pattern.fullmatch(text)
        if found is not None and found["word"] != "人" and is_measure(found["word"]):
            time = _plain(found["time"], terms) or _together(found["time"], terms)
            if time is not None:
                return time
    return None


def _together(text: str, terms: Terms) -> Amount | Unclear | None:
    for pattern in _PEOPLE:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        people, time = ranged(found["people"]), _plain(found["time"], terms)
        if isinstance(time, Amount) and time.unit and people is not None and people[0] > 0:
            return replace(time, people=people[0], assumed=joined(time.assumed, people[1]))
    return None


def _plain(text: str, terms: Terms) -> Amount | Unclear | None:
    """Return a time without people and periods: 1天2小时, 1-2小时, 半天到1天."""
    whole = _sequence(text, terms)
    if whole is not None:
        return whole
    parts = re.split("[-~至到]", text)
    if len(parts) != 2:
        return None
    low, high = _sequence(parts[0], terms), _sequence(parts[1], terms)
    if isinstance(low, Unclear) or isinstance(high, Unclear):
        return Unclear.DAYS_DIFFER
    if low is None or high is None or not low.unit or not high.unit:
        return None
    assert low.value is not None
    assert high.value is not None
    if low.value >= high.value:
        return None
    added = joined(low.assumed, high.assumed, (Assumed.MIDDLE,))
    return Amount((low.value + high.value) / 2, unit=high.unit, assumed=added)


def _sequence(text: str, terms: Terms) -> Amount | Unclear | None:
    """Return times one behind the other, from long to short units, or one bare number."""
    bare = ranged(text)
    if bare is not None:
        return Amount(bare[0], assumed=bare[1])
    at, hours, last = 0, 0.0, -1
    assumed: tuple[Assumed, ...] = ()
    unit = ""
    while at < len(text):
        found = _ITEM.match(text, at)
        number = _number_of(found) if found is not None else None
        if found is None or number is None:
            return None
        unit = _BY_NAME[found["day"] or found["of"] or found["each"] or found["unit"]]
        if _ORDER.index(unit) <= last:
            return None
        last = _ORDER.index(unit)
        factor = _factor(unit, terms)
        if factor is None:
            return Unclear.DAYS_DIFFER
        hours += number[0] * factor
        assumed = joined(assumed, number[1], (Assumed.DAY,) if unit in {"天", "周"} else ())
        at = found.end()
    return Amount(hours, unit=unit, assumed=assumed) if text else None


def _number_of(found: re.Match[str]) -> tuple[float, tuple[Assumed, ...]] | None:
    if found["whole"]:
        return 1.0, ()
    if found["half"]:
        return 0.5, ()
    number = ranged(found["and_half"] or found["number"])
    more = 0.5 if found["and_half"] or found["more"] else 0.0
    return (number[0] + more, number[1]) if number is not None else None


def _factor(unit: str, terms: Terms) -> float | None:
    if unit not in {"周", "天"}:
        return {"小时": 1.0, "刻钟": 0.25, "分钟": 1 / 60, "秒": 1 / 3600}[unit]
    if len(terms.day_hours) != 1:
        return None
    return terms.day_hours[0] * (terms.days_per_week if unit == "周" else 1)
