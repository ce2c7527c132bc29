"""What charts show, as plain rows; knows nothing of how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.vocabulary import Band


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
class Step:
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
