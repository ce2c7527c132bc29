"""Quantities: in which units files state times, money, people and areas, and what we reckon in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from types import MappingProxyType

from app.model.county import WorkingTime
from app.numbers import MEASURE

HOURS_PER_DAY = 8.0
"""What a day of work is where the plan does not say."""
_MANY = re.compile(rf"(?P<many>[百千万亿])?(?:{MEASURE})?")
_FACTORS = {None: 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}


class Quantity(Enum):
    """What a number measures: its units by their names, as factors to ours, which is 1."""

    HOURS = MappingProxyType(
        {
            "小时": 1.0,
            "分钟": 1 / 60,
            "天": HOURS_PER_DAY,
            "时": 1.0,
            "工时": 1.0,
            "分": 1 / 60,
            "日": HOURS_PER_DAY,
            "工日": HOURS_PER_DAY,
            "工作日": HOURS_PER_DAY,
            "人天": HOURS_PER_DAY,
            "人日": HOURS_PER_DAY,
            "hours": 1.0,
            "h": 1.0,
            "minutes": 1 / 60,
            "min": 1 / 60,
            "days": HOURS_PER_DAY,
        }
    )
    COUNT = MappingProxyType({"件": 1.0, "千件": 1e3, "万件": 1e4})
    MONEY = MappingProxyType({"万元": 1.0, "千元": 0.1, "元": 1e-4, "亿元": 1e4})
    PEOPLE = MappingProxyType({"人": 1.0, "名": 1.0, "万人": 1e4, "千人": 1e3})
    AREA = MappingProxyType(
        {"平方公里": 1.0, "平方千米": 1.0, "km2": 1.0, "公顷": 0.01, "亩": 1 / 1500, "万亩": 20 / 3}
    )

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the units to choose from, ours first."""
        most = 3 if self is Quantity.HOURS else len(self.value)
        return tuple(self.value)[:most]

    def factor(self, unit: str, *, hours_per_day: float = HOURS_PER_DAY) -> float | None:
        """Return what a number in `unit` is multiplied by, None where it is no unit of this.

        `分钟/件` is minutes: what a time is for does not matter. Of a count any measure word is a
        unit, also in thousands: 万份.
        """
        plain = unicodedata.normalize("NFKC", unit).strip().casefold()
        if self is Quantity.COUNT:
            found = _MANY.fullmatch(plain)
            return _FACTORS[found["many"]] if found is not None and plain else None
        if self is Quantity.HOURS:
            plain = re.sub(r"(?:/|每).+$", "", plain)
        known = self.value.get(plain)
        is_days = self is Quantity.HOURS and known == HOURS_PER_DAY
        return hours_per_day if is_days else known


def unit_in(heading: str, quantity: Quantity) -> str:
    """Return the unit that a heading states: in brackets or behind a stroke; '' where none does.

    “单次耗时（分钟）” and “单次耗时/分钟” state it, “每日工时” does not.
    """
    folded = unicodedata.normalize("NFKC", heading).casefold()
    said = re.findall(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]", folded)
    said += re.split(r"[/:,]", folded)[1:]
    for words in said:
        text = re.sub(r"^(?:计量)?单位[::]?", "", words.strip())
        if quantity.factor(text) is not None:
            return text
    return ""


def units_above(text: str) -> tuple[str, ...]:
    """Return the units that a line above a table states: 单位：分钟、万元."""
    folded = unicodedata.normalize("NFKC", text)
    found = re.search(r"(?:计量)?单位\s*:\s*([^\s:)\]】;]+)", folded)
    return tuple(part for part in re.split(r"[、,，/]", found[1]) if part) if found else ()


def day_of(years: Iterable[WorkingTime]) -> float | None:
    """Return the hours of a day of work, None where staff categories differ."""
    hours = {year.hours_per_day for year in years} or {HOURS_PER_DAY}
    return hours.pop() if len(hours) == 1 else None
