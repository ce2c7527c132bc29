"""Frequencies: how often a year something is done (每周2次, 4-10月每月2次, 汛期60天)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

from app.numbers import numeral
from app.workbooks.cells.months import (
    LIST,
    days_of_month,
    is_work_week,
    named_ends,
    named_months,
    weekdays,
)
from app.workbooks.cells.terms import Amount, Assumed, Terms
from app.workbooks.cells.tokens import (
    MEASURE,
    NUMBER,
    PERIOD,
    RANGE,
    is_measure,
    joined,
    per_year,
    period_of,
    ranged,
)
from app.workbooks.cells.unclear import Unclear

_SLACK = 1e-6
"""Two statements of one cell agree within this ratio."""
_VERB = (
    "(?:开展|组织|召开|进行|报送|上报|办理|完成|更新|巡查|检查|走访|受理|审核|需|共|合计"
    "|累计|各|为|:)?"
)
_COUNT = rf"(?P<number>{RANGE})(?P<word>{MEASURE}?)"
_BARE = re.compile(_COUNT)
_EVERY = re.compile(
    rf"(?P<lead>每个?|逐|按|一|全|整|各)?(?P<gap>隔)?(?P<n>{NUMBER})?(?P<period>{PERIOD})"
    rf"(?:均|度|内|里)?(?:报|例行|例会)?(?:{_VERB}{_COUNT})?"
)
_DIVIDED = re.compile(
    rf"(?P<number>{RANGE})(?P<word>{MEASURE}?)(?:/每?|每|一)(?P<n>{NUMBER})?(?P<period>{PERIOD})"
)
_TURNED = re.compile(rf"(?P<number>{RANGE})(?P<word>{MEASURE})(?P<n>1)(?P<period>周|月|年|天)")
_SEASON = r"(?:[一-鿿]{1,6}(?:期间|期|季节|季|时段))"
_SPAN = re.compile(
    rf"(?:每年|全年)?{_SEASON},?(?:(?:共|每天|每日)?\(?(?:共|计|为)?(?P<days>{RANGE})天\)?"
    rf"|\((?P<other>{RANGE})天\)(?:每天|每日)?)(?:,?(?:每天|每日)(?P<times>{RANGE})(?P<word>{MEASURE}))?"
)
_GROUP = re.compile(
    rf"(?P<many>{NUMBER})(?P<word>个|家|名|户|所|支|条|处|座|类|项|人)(?P<what>[一-鿿]{{0,6}}?)"
    r",?(?P<rest>(?:每|按|一|[0-9]|各).+)"
)
_MONTHS = re.compile(
    rf"(?P<every>每年|全年|一年)?的?(?P<season>{_SEASON})?\(?(?P<months>[上下]半年(?:[、和]下半年)?"
    rf"|第?[一二三四1-4]季度?|{LIST})\)?(?:期间|内|的)?"
    r"(?P<day>[底末初]|[上中下]旬|[0-9]{1,2}[日号])?(?:之?前)?(?:[,、:]?(?P<rest>.+))?"
)
_IN_MONTHS = re.compile(rf"(?P<how>各|均|每月各|共|合计)?{_VERB}{_COUNT}")


def times_of(text: str, terms: Terms) -> Amount | Unclear | None:
    """Return times a year, why it is none, or None for what is not understood.

    Args:
        text: normalised, without the words of an estimate.
        terms: what is done daily is done on each of the `working_days`.
    """
    rules: tuple[Callable[[str, Terms], Amount | Unclear | None], ...] = (
        _bare,
        _on_days,
        _every,
        _divided,
        _span,
        _in_months,
        _group,
        _of_whole_year,
        _stated_twice,
    )
    for rule in rules:
        found = rule(text, terms)
        if found is not None:
            return found
    return None


def _counted(found: re.Match[str]) -> tuple[float, tuple[Assumed, ...]] | None:
    """Return the number in front of a measure word, None where the word measures nothing."""
    word = found["word"]
    is_days = word in {"天", "日", "个工作日"} and not found.groupdict().get("period", "").endswith(
        ("天", "日")
    )
    if word and not is_days and not is_measure(word):
        return None
    return ranged(found["number"])


def _bare(text: str, terms: Terms) -> Amount | Unclear | None:
    days = re.fullmatch(rf"({RANGE})个?(?:工作日|天)", text)
    number = ranged(days[1]) if days is not None else None
    found = _BARE.fullmatch(text)
    if number is None and found is not None:
        number = _counted(found)
    if number is None:
        return None
    if terms.is_frequency:
        return Unclear.NO_PERIOD
    return Amount(
        number[0], unit="天" if days else (found["word"] if found else ""), assumed=number[1]
    )


def _on_days(text: str, terms: Terms) -> Amount | None:
    """Return what falls on weekdays, days of a month, ends of quarters and years."""
    body, times = text, 1.0
    tail = re.fullmatch(rf"(.+[一二三四五六日天末初底终号旬前中]),?各({NUMBER})({MEASURE})", text)
    if tail is not None and is_measure(tail[3]) and (number := numeral(tail[2])) is not None:
        body, times = tail[1], number
    elif tail is None:
        ended = re.fullmatch(
            rf"(每?年[底末终初中]|每季度?[末底初]|每月[底末初])(1|一)({MEASURE})", text
        )
        body = ended[1] if ended is not None and is_measure(ended[3]) else text
    if is_work_week(body.removesuffix("每天").rstrip(",")):
        return Amount(terms.working_days * times, assumed=(Assumed.YEAR,))
    days = weekdays(body)
    if days:
        return Amount(days * per_year("周", terms) * times, assumed=(Assumed.YEAR,))
    days = days_of_month(body)
    if days:
        return Amount(days * 12.0 * times)
    months = named_ends(re.sub("之?前$", "", body))
    return Amount(len(months) * times, months=months, assumed=(Assumed.MONTHS,)) if months else None


def _every(text: str, terms: Terms) -> Amount | Unclear | None:
    found = _EVERY.fullmatch(text)
    if found is None:
        return None
    period, lead = period_of(found["period"]), found["lead"] or ""
    span = numeral(found["n"]) if found["n"] else 1.0
    number = _counted(found) if found["number"] else (1.0, ())
    if not span or number is None or (found["number"] and not found["word"]):
        return None
    is_month_name = period == "月" and "个" not in text and lead != "每" and not found["gap"]
    if (
        is_month_name
        and (found["n"] or lead == "一")
        and not re.fullmatch("(一|1)月(一|1).+", text)
    ):
        return None
    if not found["number"] and (
        lead in {"全", "整", "各", "一"} or (found["n"] and not lead.startswith("每"))
    ):
        return None
    if found["gap"]:
        span = 2.0 * span if span == 1 else span + 1
    if is_daily(text) and on_duty(terms):
        return Unclear.DUTY_TIMES
    value = number[0] * per_year(period, terms) / span
    return Amount(value, unit=found["word"] or "", assumed=joined(number[1], _year(period)))


def is_daily(text: str) -> bool:
    """Tell whether a text says every day, of whatever days there are."""
    return re.fullmatch(r"每[天日]|[天日]|每1天", text) is not None


def on_duty(terms: Terms) -> bool:
    """Tell whether the row is about being on duty, where a day may have 24 hours."""
    return re.search("值班|值守|备勤|带班", terms.subject) is not None


def _year(period: str) -> tuple[Assumed, ...]:
    return (Assumed.YEAR,) if period in {"天", "周", "双周"} else ()


def _divided(text: str, terms: Terms) -> Amount | Unclear | None:
    for pattern in (_DIVIDED, _TURNED):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        is_days = found["word"] in {"天", "日", "个工作日", "工作日"}
        number = ranged(found["number"]) if is_days else _counted(found)
        span = numeral(found["n"]) if found["n"] else 1.0
        if number is None or not span or (is_days and found["period"][-1] in "天日"):
            continue
        period = period_of(found["period"])
        value = number[0] * per_year(period, terms) / span
        return Amount(value, unit=found["word"], assumed=joined(number[1], _year(period)))
    return None


def _span(text: str, terms: Terms) -> Amount | None:
    found = _SPAN.fullmatch(text)
    if found is None or re.search("[零一二两三四五六七八九十]月|节", text):
        return None
    days = ranged(found["days"] or found["other"])
    times = ranged(found["times"]) if found["times"] else (1.0, ())
    if days is None or times is None or (found["word"] and not is_measure(found["word"])):
        return None
    return Amount(days[0] * times[0], unit=found["word"] or "天", assumed=joined(days[1], times[1]))


def _group(text: str, terms: Terms) -> Amount | Unclear | None:
    """Return what each of a number of things has: 12个支部每月1次."""
    found = _GROUP.fullmatch(text)
    many = numeral(found["many"]) if found is not None else None
    if found is None or many is None or not many.is_integer():
        return None
    rest = found["rest"].removeprefix("各")
    each = re.fullmatch(
        rf"每(?:{re.escape(found['word'])}|{re.escape(found['what'] or '个')})(.+)", rest
    )
    rest = each[1] if each is not None else rest
    for rule in (_every, _divided, _in_months, _on_days):
        inner = rule(rest, terms)
        if isinstance(inner, Amount) and inner.value is not None:
            return replace(inner, value=inner.value * many)
    return None


def _of_whole_year(text: str, terms: Terms) -> Amount | Unclear | None:
    """Return what follows a word that only says it is about a year: 全年每月1次."""
    rest = re.sub("^(?:全年|一年中|年度内|每年),?", "", text)
    return _every(rest, terms) if rest != text and rest.startswith("每") else None


def _in_months(text: str, terms: Terms) -> Amount | Unclear | None:
    found = _MONTHS.fullmatch(text)
    if found is None:
        return None
    months = _both_halves(found["months"]) or named_months(found["months"])
    if not months:
        return None
    rest = found["rest"] or ""
    if rest:
        return _within(rest, months, terms, is_list=found["months"])
    is_range = re.search("[-~至到季半]", found["months"]) is not None
    if is_range or not (found["every"] or found["day"]):
        return Unclear.LONE_PERIOD
    return Amount(float(len(months)), months=months, assumed=(Assumed.MONTHS,))


def _both_halves(text: str) -> tuple[int, ...]:
    return tuple(range(1, 13)) if re.fullmatch("上半年[、和]下半年", text) else ()


def _within(
    rest: str, months: tuple[int, ...], terms: Terms, *, is_list: str
) -> Amount | Unclear | None:
    """Return what is done in some months: so often in each period, or so often in all."""
    for rule in (_every, _divided, _on_days):
        inner = rule(rest.strip("()"), terms)
        if isinstance(inner, Unclear):
            return inner
        if inner is not None and inner.value is not None and not inner.months:
            value = inner.value * len(months) / 12
            added = joined(inner.assumed, (Assumed.MONTHS,))
            return Amount(value, months=months, unit=inner.unit, assumed=added)
    found = _IN_MONTHS.fullmatch(rest)
    number = _counted(found) if found is not None and found["word"] else None
    if found is None or number is None:
        return None
    parts = 2 if "半年、" in is_list or "半年和" in is_list else len(months)
    is_one = len(months) == 1 or (found["how"] == "共") or (found["how"] == "合计")
    is_each = found["how"] in {"各", "每月各", "均"} or ("各" in rest[:3] and not is_one)
    if not is_one and not is_each:
        is_whole = re.search("[季半]", is_list) is not None and parts != 2
        if not is_whole:
            return Unclear.NO_PERIOD
        parts = 1
    if is_each and re.search("[季半]", is_list) and parts != 2:
        parts = 1
    value = number[0] * (1 if is_one else parts)
    return Amount(
        value, months=months, unit=found["word"], assumed=joined(number[1], (Assumed.MONTHS,))
    )


def _stated_twice(text: str, terms: Terms) -> Amount | Unclear | None:
    """Return what two statements say that agree: 每月2次，全年24次."""
    parts = [part for part in re.split(r"[,;()]|(?<=[次件])、", text) if part]
    if len(parts) != 2:
        return None
    year = replace(terms, is_frequency=False)
    second = re.sub("^(?:全年|年|一年|合计|累计|总计)?(?:共计|共|合计|计)?", "全年", parts[1])
    one = _every(parts[0], terms) or _divided(parts[0], terms) or _in_months(parts[0], terms)
    other = _every(second, year) or _divided(parts[1], year) or _every(parts[1], year)
    if not isinstance(one, Amount) or not isinstance(other, Amount):
        return None
    assert one.value is not None
    assert other.value is not None
    if not math.isclose(one.value, other.value, rel_tol=_SLACK):
        return Unclear.DISAGREE
    return replace(one, assumed=joined(one.assumed, other.assumed))
