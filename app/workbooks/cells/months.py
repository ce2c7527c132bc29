"""Months: the months, days and weekdays that a quantity in words names (4-10月, 每周一、三、五)."""

from __future__ import annotations

import re

from app.numbers import numeral

_NUM = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_ITEM = rf"{_NUM}月?份?(?:[-~至到](?:次年|翌年|来年)?{_NUM}月?份?)?"
LIST = rf"(?:{_ITEM}(?:[、,和及]{_ITEM})*)"
_PART = re.compile(rf"({_NUM})月?份?(?:[-~至到](?:次年|翌年|来年)?({_NUM})月?份?)?")
_HALVES = {"上半年": tuple(range(1, 7)), "下半年": tuple(range(7, 13))}
_ENDS = {
    "年底": (12,), "年末": (12,), "年终": (12,), "年初": (1,), "年中": (6,),
    "季末": (3, 6, 9, 12), "季度末": (3, 6, 9, 12), "季底": (3, 6, 9, 12), "季初": (1, 4, 7, 10),
    "季度初": (1, 4, 7, 10), "半年末": (6, 12),
}  # fmt: skip
_QUARTER = re.compile("第?([一二三四1-4])季度?")
_WEEKDAYS = "一二三四五六日天末"
_WEEK = re.compile(
    rf"(?:每个?)?(?:周|星期|礼拜)([{_WEEKDAYS}]+(?:[、,和及](?:周|星期|礼拜)?[{_WEEKDAYS}])*)"
    r"(?:上午|下午|晚上)?"
)
_WORK_WEEK = re.compile("(?:每个?)?(?:周|星期)一[-~至到](?:周|星期)?五")
_DAYS = re.compile(
    r"每个?月(?:的)?((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
    r"(?:[、,和及](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]?)*)[日号](?:之?前|左右|前后)?"
)


def named_months(text: str) -> tuple[int, ...]:
    """Return the months that a list, a half or a quarter of a year names; () where it is none."""
    if text in _HALVES:
        return _HALVES[text]
    quarter = _QUARTER.fullmatch(text)
    if quarter is not None:
        first = 3 * int(numeral(quarter[1]) or 1) - 2
        return (first, first + 1, first + 2)
    if not text.endswith(("月", "月份")) or not re.fullmatch(LIST, text):
        return ()
    months: list[int] = []
    for part in re.split("[、,和及]", text):
        found = _PART.fullmatch(part)
        if found is None:
            return ()
        first = int(numeral(found[1]) or 0)
        last = int(numeral(found[2]) or 0) if found[2] else first
        months += [
            month % 12 + 1 for month in range(first - 1, last if last >= first else last + 12)
        ]
    return tuple(dict.fromkeys(months)) if len(set(months)) == len(months) else ()


def named_ends(text: str) -> tuple[int, ...]:
    """Return the months at whose end or beginning something falls: 每年底, 每季末."""
    return _ENDS.get(re.sub("^每?(?:年(?=年))?个?", "", text), ())


def weekdays(text: str) -> int:
    """Return on how many days of a week something falls: 每周一、三、五 is 3; 0 for no weekday."""
    found = _WEEK.fullmatch(text)
    if found is None:
        return 0
    days = re.sub("[、,和及周期星礼拜]", "", found[1])
    places = [_WEEKDAYS.replace("天", "日").index(day.replace("天", "日")) for day in days]
    return len(days) if places == sorted(set(places)) else 0


def is_work_week(text: str) -> bool:
    """Tell whether a text says every working day: 周一至周五."""
    return _WORK_WEEK.fullmatch(text) is not None


def days_of_month(text: str) -> int:
    """Return on how many days of every month something falls: 每月5日、20日 is 2, 每月底 is 1."""
    if re.fullmatch("每?个?月(?:底|末|初|中旬|上旬|下旬)(?:之?前)?", text):
        return 1
    found = _DAYS.fullmatch(text)
    if found is None:
        return 0
    days = [numeral(part.rstrip("日号")) for part in re.split("[、,和及]", found[1])]
    is_rising = all(day is not None and 1 <= day <= 31 for day in days)
    return len(days) if is_rising and len(set(days)) == len(days) else 0
