"""Tokens: numbers, measure words and periods inside a quantity in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from app.numbers import numeral
from app.workbooks.cells.terms import MONTHS, WEEKS, Assumed, Terms

NUMBER = r"(?:[0-9零〇一二两俩三四五六七八九十百千万亿.,点 ]+)"
RANGE = rf"(?:{NUMBER}(?:[-~至到]{NUMBER})?)"
PERIOD = (
    "(?:个?工作日|日|天|个?星期|个?礼拜|双周|周|个?旬|半个?月|双月|个?月|个?季度|季|半年度?"
    "|年度|年)"
)
MEASURE = r"(?:[一-鿿]{1,6})"

_DASHES = re.compile("[‐‑‒–—―−－～〜﹣]")
_APPROXIMATE = re.compile(
    r"大约|大概|约为|约计|约|差不多|估计|预计|平均|左右|上下|≈|^近(?=[0-9一二两三四五六七八九十])"
    r"|(?<=[年月周天日均])近(?=[0-9一二两三四五六七八九十])"
)
_NOT_MEASURED = frozenset(
    "零〇一二两俩三四五六七八九十百千万亿半上下内外余多几约近左右每各均年月日周旬季天时分秒刻号第"
    "来许成倍折岁元角级楼届不未无非含除另若如等即或及和与待可能超低高至到起止前后间以数萬億"
)
"""Signs that no measure word has: they are numbers, bounds, times, or change what is meant."""
_LONG_MEASURES = ("人次", "户次", "件次", "平方公里", "平方米", "公里", "课时", "学时", "人天")
_UPPER_PAIR = re.compile("([一二两三四五六七八])([二三四五六七八九])([十百千万]?)")
_AROUND_TEN = re.compile("十([一二三四五六七八])([二三四五六七八九])")


def normalised(text: str) -> str:
    """Return a text as the grammar reads it: full-width folded, one dash, no stray spaces."""
    folded = unicodedata.normalize("NFKC", text).strip()
    folded = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    folded = _DASHES.sub("-", folded).replace("毎", "每").replace("×", "x").replace("*", "x")
    folded = re.sub(r"\s+", " ", folded)
    folded = re.sub(r" (?![0-9])|(?<![0-9]) ", "", folded)
    return folded.rstrip("。.;、,").casefold()


def without_approximate(text: str) -> tuple[str, tuple[Assumed, ...]]:
    """Return a text without the words that make it an estimate, and whether it was one."""
    plain = _APPROXIMATE.sub("", text)
    plain = re.sub("^~", "", plain)
    return plain, (Assumed.ESTIMATE,) if plain != text else ()


def ranged(text: str) -> tuple[float, tuple[Assumed, ...]] | None:
    """Return the number that a text is; of a range (2-3, 两三, 十五六) the middle, and that."""
    value = numeral(text)
    if value is not None:
        return value, ()
    ends = _ends(text)
    if ends is None or not ends[0] < ends[1]:
        return None
    return (ends[0] + ends[1]) / 2, (Assumed.MIDDLE,)


def _ends(text: str) -> tuple[float, float] | None:
    parts = re.split("[-~至到]", text)
    if len(parts) == 2:
        scale = re.search("[百千万亿]+$", parts[1])
        if scale and not re.search("[十百千万亿]$", parts[0]):
            parts[0] += scale[0]
        low, high = numeral(parts[0]), numeral(parts[1])
        return (low, high) if low is not None and high is not None else None
    pair = _UPPER_PAIR.fullmatch(text)
    if pair is not None:
        low, high = numeral(pair[1] + pair[3]), numeral(pair[2] + pair[3])
    else:
        pair = _AROUND_TEN.fullmatch(text)
        if pair is None:
            return None
        low, high = numeral("十" + pair[1]), numeral("十" + pair[2])
    if low is None or high is None or (high - low) not in {1.0, 10.0, 100.0, 1000.0, 1e4}:
        return None
    return low, high


def is_measure(word: str) -> bool:
    """Tell whether a word counts things: 件, 人次, any other sign, and what is counted (篇信息)."""
    if word in _LONG_MEASURES:
        return True
    is_chinese = 0 < len(word) <= 5 and all("一" <= sign <= "鿿" for sign in word)
    return is_chinese and not _NOT_MEASURED & set(word)


def period_of(word: str) -> str:
    """Return a period by its plain name: 礼拜 and 个星期 are 周."""
    plain = word.removeprefix("个").replace("半个月", "半月")
    same = {"星期": "周", "礼拜": "周", "日": "天", "工作日": "天", "季度": "季", "年度": "年"}
    return same.get(plain, plain.removesuffix("度") if plain == "半年度" else plain)


def per_year(period: str, terms: Terms) -> float:
    """Return how many of a period a year has; of days those that are worked.

    Source: workbook §2: 双周 26, 半月 24, 旬 36, 双月 6, 季 4, 半年 2.
    """
    return {
        "天": terms.working_days,
        "周": WEEKS,
        "双周": WEEKS / 2,
        "旬": 3 * MONTHS,
        "半月": 2 * MONTHS,
        "月": MONTHS,
        "双月": MONTHS / 2,
        "季": 4.0,
        "半年": 2.0,
        "年": 1.0,
    }[period]


def joined(*parts: Iterable[Assumed]) -> tuple[Assumed, ...]:
    """Return what was assumed, each once, in order."""
    return tuple(dict.fromkeys(one for part in parts for one in part))
