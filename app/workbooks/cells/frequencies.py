"""Frequencies: how often a year something is done that is said as 每周2次, 季度, 4-10月每月2次."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from app.language import _
from app.numbers import MEASURE, NotANumber, Precision, parse_number, quoted
from app.numerals import NUMERAL, has_raised_digits, numeral
from app.workbooks.cells.amounts import (
    Amount,
    about,
    counted_times,
    folded_amount,
    not_understood,
    refuse_open,
)

WEEKS, MONTHS, QUARTERS, HALVES = 52.0, 12.0, 4.0, 2.0
"""How many of them a year has; of days only those worked count."""

_SPAN = r"(?:-|–|—|~|至|到)"
_PERIODS = "工作日|双周|双月|半个月|半月|半年|季度|季|星期|礼拜|周|旬|月份|月|日|天|年度|年"
_PERIOD = rf"个?(?P<period>{_PERIODS})(?:度)?"
_EACH = "(?:每|逐|按|隔|毎)?"
_IN_ALL = "(?:共计|合计|总计|累计|共|约)?"
_TIMES = rf"(?P<times>{NUMERAL})(?:{_SPAN}(?P<most>{NUMERAL}))?(?:{MEASURE})?"
_MONTH = "(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
_WEEKDAY = "[一二三四五六日天]"
_AND = "[、,/和及]"


def times_a_year(text: str, *, working_days: float, takes_counts: bool = False) -> Amount:
    """Return how often a year something is done: 每周2次, 2次/月, 每季度120户, 4–10月每月2次, 周报.

    Args:
        text: what stands in the cell.
        working_days: of a year; what is done daily is done on each of them.
        takes_counts: whether a bare number, as under 年频次 and 年业务量, is that of a year.

    Raises:
        NotANumber: it is not understood to its end, with what to write instead.
    """
    plain = folded_amount(text)
    if has_raised_digits(text):
        raise not_understood(text)
    refuse_open(plain, text)
    whole = _times(plain, working_days, takes_counts=takes_counts)
    if whole is not None:
        return whole
    parts = [part for part in re.split(r"[,;。]", plain) if part]
    if len(parts) > 1 and not re.fullmatch(r"[0-9,.]+.*", plain):
        found = [_times(part, working_days, takes_counts=True) for part in parts]
        known = [amount for amount in found if amount is not None]
        if len(known) == len(parts):
            return _agreeing(known, text)
    raise not_understood(text)


def times_in(text: str, *, working_days: float, takes_counts: bool) -> Amount:
    """Return how often a year, by a plain number where one is asked for, else by its words.

    Raises:
        NotANumber: it is neither, with what to write instead.
    """
    if takes_counts:
        try:
            number = parse_number(text)
        except NotANumber:
            pass
        else:
            return Amount(number.value, number.precision)
    return times_a_year(text, working_days=working_days, takes_counts=takes_counts)


def _agreeing(amounts: list[Amount], text: str) -> Amount:
    """Return the one amount that a text states twice: 每月2次，全年24次."""
    first, *others = amounts
    if any(abs(other.value - first.value) > 1e-9 * max(1.0, first.value) for other in others):
        said = _(", ").join(f"{amount.value:g}" for amount in amounts)
        raise NotANumber(
            _("“{text}” states different numbers a year: {numbers}.").format(
                text=quoted(text), numbers=said
            ),
            remedy=_("Write the one that is to count."),
            proposals=tuple(f"{amount.value:g}" for amount in amounts),
        )
    return first


def _times(plain: str, days: float, *, takes_counts: bool) -> Amount | None:
    body, precision = about(plain)
    for pattern, read in _FREQUENCIES:
        found = pattern.fullmatch(body)
        amount = read(found, days) if found is not None else None
        if amount is not None:
            exact = amount.precision is Precision.EXACT
            return replace(amount, precision=precision) if exact else amount
    found = _OF_YEAR.fullmatch(body)
    if found is None and takes_counts and not _TIME_ALONE.fullmatch(body):
        found = _COUNT.fullmatch(body)
    if found is None:
        return None
    return counted_times(found["times"], found["most"], 1.0, precision)


def _per_year(period: str, days: float) -> float:
    return {
        **dict.fromkeys(("工作日", "日", "天"), days),
        **dict.fromkeys(("周", "星期", "礼拜"), WEEKS),
        "双周": WEEKS / 2,
        "旬": 3 * MONTHS,
        **dict.fromkeys(("半月", "半个月"), 2 * MONTHS),
        **dict.fromkeys(("月", "月份"), MONTHS),
        "双月": MONTHS / 2,
        **dict.fromkeys(("季", "季度"), QUARTERS),
        "半年": HALVES,
        **dict.fromkeys(("年", "年度"), 1.0),
    }[period]


def _every(found: re.Match[str], days: float) -> Amount | None:
    """Read 每周2次, 月均8篇, 每2个月1次, 两年一次, 隔周, 周报."""
    parts, whole = found.groupdict(), found.group(0)
    is_bare = whole[0] not in "每逐按隔毎" and not whole.endswith("次")
    if parts.get("every") and not parts.get("times") and is_bare:
        return None  # 三月 is a month, 5日 a day
    if parts.get("every") and is_bare and re.search("[日号天月]$", whole):
        return None  # so is 5月1日
    every = numeral(parts["every"]) if parts.get("every") else 1.0
    if not every:
        return None
    factor = _per_year(parts["period"], days) / every
    if whole.startswith("隔"):
        factor /= 2
    if not parts.get("times"):
        return Amount(factor)
    return counted_times(parts["times"], parts.get("most"), factor, Precision.EXACT)


def _weekdays(found: re.Match[str], _days: float) -> Amount:
    """Read 每周二 and 每周一、三、五: once on each of these days."""
    return Amount(WEEKS * len(re.findall(_WEEKDAY, found["weekdays"])))


def _by_date(found: re.Match[str], days: float) -> Amount | None:
    """Read 每月5日前, 每季末, 每年底: once in each period."""
    day = found.groupdict().get("day")
    if day is not None and not 1 <= (numeral(day) or 0) <= 31:
        return None
    return Amount(_per_year(found["period"], days))


def _in_months(found: re.Match[str], _days: float) -> Amount | None:
    """Read 每年3月、9月: once in each of the months it names."""
    months = tuple(_month(part) for part in re.findall(_MONTH, found["months"]))
    if not all(1 <= month <= 12 for month in months) or len(set(months)) != len(months):
        return None
    return Amount(float(len(months)), months=tuple(sorted(months)))


def _during_months(found: re.Match[str], days: float) -> Amount | None:
    """Read 4-10月每月2次 and 5-6月、9-10月每天: so often in each period of these months."""
    named: set[int] = set()
    for span in re.findall(rf"({_MONTH})月?{_SPAN}({_MONTH})", found["months"]):
        first, last = map(_month, span)
        if not (1 <= first <= 12 and 1 <= last <= 12):
            return None
        named |= {(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)}
    factor = _per_year(found["period"], days) * len(named) / MONTHS
    months = tuple(sorted(named))
    if found["times"] is None:
        return Amount(factor, months=months)
    amount = counted_times(found["times"], found["most"], factor, Precision.EXACT)
    return replace(amount, months=months) if amount is not None else None


def _season(found: re.Match[str], _days: float) -> Amount | None:
    """Read 汛期60天: on so many days."""
    return counted_times(found["times"], None, 1.0, Precision.EXACT)


def _by_group(found: re.Match[str], days: float) -> Amount | None:
    """Read 12个支部每月1次: so often for each of them."""
    groups = numeral(found["groups"])
    if not groups:
        return None
    factor = groups * _per_year(found["period"], days)
    return counted_times(found["times"], found["most"], factor, Precision.EXACT)


def _month(text: str) -> int:
    return int(numeral(text) or 0)


_Reader = Callable[[re.Match[str], float], Amount | None]
_FREQUENCIES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        re.compile(rf"每(?:周|星期|礼拜)(?P<weekdays>{_WEEKDAY}(?:{_AND}(?:周|星期)?{_WEEKDAY})*)"),
        _weekdays,
    ),
    (re.compile(rf"每年(?P<months>{_MONTH}月份?(?:{_AND}{_MONTH}月份?)*)"), _in_months),
    (
        re.compile(
            rf"每个?(?P<period>月|季度|季|年)度?的?(?P<day>{NUMERAL})(?:日|号)(?:前|之前|左右)?"
        ),
        _by_date,
    ),
    (
        re.compile(r"每个?(?P<period>月|季度|季|年|周)度?(?:底|末|初|中旬?|上旬|下旬|终)前?"),
        _by_date,
    ),
    (
        re.compile(
            rf"(?P<months>{_MONTH}月?{_SPAN}{_MONTH}月份?(?:{_AND}{_MONTH}月?{_SPAN}{_MONTH}月份?)*)"
            rf",?每个?(?P<period>月|周|旬|日|天)(?:{_TIMES})?"
        ),
        _during_months,
    ),
    (
        re.compile(
            rf"(?:汛期|防汛期|防火期|防火季|禁烧期|森林防火期)(?:每[天日])?\(?{_IN_ALL}"
            rf"(?P<times>{NUMERAL})(?:天|日|次)\)?"
        ),
        _season,
    ),
    (
        re.compile(rf"{_EACH}(?P<every>{NUMERAL})?{_PERIOD}均?(?:报告|例会|例行|报)?(?:一次|1次)?"),
        _every,
    ),
    (re.compile(rf"{_EACH}(?P<every>{NUMERAL})?{_PERIOD}均?{_IN_ALL}{_TIMES}"), _every),
    (
        re.compile(rf"(?P<groups>{NUMERAL})个?[^\W\d_]{{1,4}}每个?{_PERIOD}{_TIMES}"),
        _by_group,
    ),
    (re.compile(rf"{_TIMES}(?:/|每|一)(?P<every>{NUMERAL})?{_PERIOD}"), _every),
)
"""What frequencies look like, the most particular first, and what reads each."""

_OF_YEAR = re.compile(rf"(?:全年|一年|每年|年度|年均|年){_IN_ALL}{_TIMES}")
_COUNT = re.compile(rf"{_IN_ALL}{_TIMES}")
"""A number of a whole year, which says so or stands where one is asked for."""

_TIME_ALONE = re.compile(rf"{NUMERAL}(?:月|年|周|季|号|日)")
"""A month or a day of the calendar, or a length of time: nothing that says how often."""
