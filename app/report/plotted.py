"""What charts show, as plain rows; knows nothing of how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.model.vocabulary import Band, Burden


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a ranking; `saturation` is None where `band` says why."""

    label: str
    saturation: float | None
    band: Band


@dataclass(frozen=True, slots=True)
class Shift:
    """One row of a comparison: a saturation today and in the plan, each with its band."""

    label: str
    before: float | None
    before_band: Band
    after: float | None
    after_band: Band


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One line of a heat map: a bar for every column where there is one."""

    label: str
    cells: Mapping[str, Bar]


@dataclass(frozen=True, slots=True)
class CurveStep:
    """One step of the ladder: what is left once this means and all before it are used."""

    label: str
    overload: float
    unassigned_hours: float
    people: float


@dataclass(frozen=True, slots=True)
class Scale:
    """What a chart of saturations is read by: the bands with their words, and the denominator."""

    legend: Sequence[tuple[Band, str]]
    limits: Sequence[float]
    note: str


@dataclass(frozen=True, slots=True)
class Knot:
    """One point of a curve: after `count` measures or people, `value` is reached or left."""

    count: int
    value: float


@dataclass(frozen=True, slots=True)
class Month:
    """One month: hours of work, and hours that the people of that month have."""

    number: int
    workload_hours: float
    capacity_hours: float


@dataclass(frozen=True, slots=True)
class Stack:
    """One row of parts that add up: hours a year by kind of burden."""

    label: str
    hours: Mapping[Burden, float]


@dataclass(frozen=True, slots=True)
class Survivor:
    """One measure and the share of draws in which it would be proposed again."""

    label: str
    share: float
