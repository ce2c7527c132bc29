"""Quantities: in which units files state times, money, people and areas, and what we reckon in."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from types import MappingProxyType

HOURS_PER_DAY = 8.0
"""What “1天” of work means in somebody else's table."""


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
            "hours": 1.0,
            "h": 1.0,
            "minutes": 1 / 60,
            "min": 1 / 60,
            "days": HOURS_PER_DAY,
        }
    )
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

    def factor(self, unit: str) -> float | None:
        """Return what a number in `unit` is multiplied by, None where it is no unit of this."""
        return self.value.get(unicodedata.normalize("NFKC", unit).strip().casefold())


def unit_in(heading: str, quantity: Quantity) -> str:
    """Return the unit that a heading states: in brackets or behind a stroke; '' where none does.

    “单次耗时（分钟）” and “单次耗时/分钟” state it, “每日工时” does not.
    """
    folded = unicodedata.normalize("NFKC", heading).casefold()
    said = re.findall(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]", folded)
    said += re.split(r"[/:,]", folded)[1:]
    for words in said:
        text = re.sub(r"^单位[::]?", "", words.strip())
        if quantity.factor(text) is not None:
            return text
    return ""
