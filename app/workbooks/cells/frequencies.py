"""Frequencies: how often a year something is done that people say as 每周2次, 季度 or 半年."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

WEEKS, MONTHS, QUARTERS, HALVES = 52.0, 12.0, 4.0, 2.0
"""How many of them a year has; of days only those worked count."""

_NUMERALS = "零一二三四五六七八九十"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十]+"
_PERIOD = r"个?(?P<period>工作日|半年|半月|季度|季|星期|礼拜|周|旬|月|日|天|年度|年)(?:度|均)?"
_TIMES = rf"(?P<times>{_NUMBER})(?:次|回|遍|件|期|场)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:每|按|逐|一|全|毎)?(?P<every>{_NUMBER})?{_PERIOD}(?:报|例行)?(?:{_TIMES})?",
        rf"{_TIMES}(?:/|每|一){_PERIOD}",
        rf"每{_TIMES}{_PERIOD}",
    )
)


def per_year(text: str, *, working_days: float) -> float | None:
    """Return how often a year a frequency is, None where it does not say (不定期, 按需).

    Args:
        text: 每日, 日, 每周2次, 2次/月, 季度, 每半年一次, 每年3次, …
        working_days: of a year; what is done daily is done on each of them.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    for pattern in _PATTERNS:
        found = pattern.fullmatch(plain)
        if found is not None:
            parts = found.groupdict()
            every = _number(parts.get("every") or "1")
            times = _number(parts.get("times") or "1")
            return times * _periods(working_days)[parts["period"]] / every if every else None
    return None


def _periods(working_days: float) -> Mapping[str, float]:
    days = dict.fromkeys(("工作日", "日", "天"), working_days)
    weeks = dict.fromkeys(("周", "星期", "礼拜"), WEEKS)
    return {
        **days,
        **weeks,
        "旬": 3 * MONTHS,
        "半月": 2 * MONTHS,
        "月": MONTHS,
        "季": QUARTERS,
        "季度": QUARTERS,
        "半年": HALVES,
        "年": 1.0,
        "年度": 1.0,
    }


def _number(text: str) -> float:
    """Return a number in digits or, up to ninety-nine, in Chinese numerals."""
    if text[0].isdigit():
        return float(text)
    text = text.replace("两", "二")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return float(_NUMERALS.index(text)) if len(text) == 1 else 0.0
    return 10.0 * (_NUMERALS.index(tens) if tens else 1) + (_NUMERALS.index(ones) if ones else 0)
