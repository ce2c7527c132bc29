"""Quantities: in which units files state times, money, people and areas, and what we reckon in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from types import MappingProxyType

from app.workbooks.cells.terms import USUAL_TERMS, Asked, Terms
from app.workbooks.cells.tokens import normalised, ranged, without_approximate
from app.workbooks.cells.unclear import UnclearText
from app.workbooks.cells.words import understood


class Quantity(Enum):
    """What a number measures: its units by their names, as factors to ours, which is 1."""

    HOURS = MappingProxyType({"小时": 1.0, "分钟": 1 / 60, "天": 8.0})
    TIMES = MappingProxyType({"次": 1.0, "件": 1.0, "万件": 1e4})
    MONEY = MappingProxyType({"万元": 1.0, "千元": 0.1, "元": 1e-4, "亿元": 1e4})
    PEOPLE = MappingProxyType({"人": 1.0, "名": 1.0, "万人": 1e4, "千人": 1e3})
    AREA = MappingProxyType(
        {"平方公里": 1.0, "平方千米": 1.0, "km2": 1.0, "公顷": 0.01, "亩": 1 / 1500, "万亩": 20 / 3}
    )

    @property
    def asked(self) -> Asked:
        """Return what its cells are asked to say."""
        return {Quantity.HOURS: Asked.HOURS, Quantity.TIMES: Asked.TIMES}.get(self, Asked.NUMBER)

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the units to choose from, ours first."""
        return tuple(self.value)

    def factor(self, unit: str, terms: Terms = USUAL_TERMS) -> float | None:
        """Return what a number in `unit` is multiplied by, None where it is no unit of this."""
        plain = unicodedata.normalize("NFKC", unit).strip().casefold()
        if self.asked is Asked.NUMBER:
            return self.value.get(plain)
        if not plain or plain[0].isdigit():
            return None
        try:
            one = understood(f"1{plain}", self.asked, _agreeing(terms))
        except UnclearText:
            return None
        return one.value if one.unit and one.per_year is None and one.people is None else None


def _agreeing(terms: Terms) -> Terms:
    """Return terms whose day has one length, so that 天 is known as a unit where days differ."""
    return replace(terms, day_hours=terms.day_hours[:1], subject="", is_frequency=False)


def unit_in(heading: str, quantity: Quantity) -> str:
    """Return the unit that a heading states: in brackets or behind a stroke; '' where none does.

    “单次耗时（分钟/件）” and “单次耗时/分钟” state it, “每日工时” does not.
    """
    folded = unicodedata.normalize("NFKC", heading).casefold()
    said = re.findall(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]", folded)
    said += [folded.partition(sign)[2] for sign in "/:,"]
    return _first_unit(said, quantity)


def unit_above(titles: Iterable[str], quantity: Quantity) -> str:
    """Return the unit of a quantity that a line above a table states: 单位：分钟、万元."""
    said: list[str] = []
    for title in titles:
        folded = unicodedata.normalize("NFKC", title).casefold()
        stated = re.findall(r"单位\s*:\s*([^\s()]+)", folded)
        said += [word for words in stated for word in re.split("[、,;和]", words)]
    return _first_unit(said, quantity)


def _first_unit(said: Iterable[str], quantity: Quantity) -> str:
    for words in said:
        text = re.sub(r"^(?:计量)?单位:?", "", words.strip())
        if quantity.factor(text) is not None:
            return text
    return ""


def is_bare(text: str) -> bool:
    """Tell whether a text is a number or a range without any unit, so that its heading's holds."""
    return ranged(without_approximate(normalised(text))[0]) is not None
