"""Requirement: the headcount a workload asks for, WISN's A × B + C, and how it is rounded."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_FEW = 5
"""Up to as many people a fraction of a person counts more than its nearest whole (WISN)."""
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Requirement:
    """Required headcount and its parts, in people: `required` = `a` × `b` + `c`."""

    a: float
    """People for the assigned tasks: assigned hours ÷ AWT_eff."""
    b: float
    """Category allowance factor, CAF."""
    c: float
    """People for individual allowances: IAS ÷ AWT_eff."""

    @property
    def required(self) -> float:
        """Return a × b + c."""
        return self.a * self.b + self.c


def requirement(
    *, assigned_hours: float, caf: float, ias_hours: float, awt_hours: float
) -> Requirement:
    """Return the required headcount of a post.

    A = assigned ÷ AWT_eff, B = CAF, C = IAS ÷ AWT_eff; hours a year, AWT_eff above 0.
    Source: method §4; WISN user's manual.
    """
    return Requirement(a=assigned_hours / awt_hours, b=caf, c=ias_hours / awt_hours)


def combined(parts: Iterable[Requirement]) -> Requirement:
    """Return the requirement of several posts: A and C added, B = Σ(A × B) ÷ ΣA.

    So A × B + C is Σ required at every level; B is 1 where nothing is assigned. Source: method §4.
    """
    items = tuple(parts)
    a = sum(item.a for item in items)
    weighted = sum(item.a * item.b for item in items)
    return Requirement(a=a, b=weighted / a if a > 0 else 1.0, c=sum(item.c for item in items))


def ratio(*, existing: float, required: float) -> float | None:
    """Return existing ÷ required (below 1 is pressure), None where nothing is required.

    Source: method §4, the WISN ratio.
    """
    return existing / required if required > 0 else None


def round_wisn(people: float) -> float:
    """Return a headcount rounded as WISN does, which keeps small units from losing a person.

    Below 1 → 1 (0 stays 0); from 1 to 5 down only where the fraction is at most 0.1 × the integer
    part (1.1 → 1, 1.11 → 2, 2.2 → 2, 2.21 → 3, 4.4 → 4); above 5 to the nearest, half to even.
    Source: method §4; WISN user's manual, rounding.
    """
    exact = _without_noise(people)
    if exact <= 0:
        return 0.0
    if exact < 1:
        return 1.0
    if exact > _FEW:
        return float(round(exact))
    whole = math.floor(exact)
    fraction = _without_noise(exact - whole)
    return float(whole if fraction <= _without_noise(0.1 * whole) else whole + 1)


def round_half_even(people: float) -> float:
    """Return a headcount rounded to the nearest whole, half to even."""
    return float(round(_without_noise(people)))


def round_up(people: float) -> float:
    """Return a headcount rounded up to the next whole (劳动效率定编)."""
    return float(math.ceil(_without_noise(people)))


ROUNDING: Mapping[str, Callable[[float], float]] = MappingProxyType(
    {"wisn": round_wisn, "half-even": round_half_even, "up": round_up}
)
"""Every rounding by the key of setting `rounding`."""


def _without_noise(value: float) -> float:
    """Return a value to nine decimals, so that 1.1 − 1 is 0.1."""
    return round(value, _DECIMALS)
