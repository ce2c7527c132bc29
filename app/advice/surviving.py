"""Surviving: how often each measure would be proposed again if the unit times were others."""

from __future__ import annotations

from dataclasses import dataclass

from app.method.evidence import SEED

__all__ = ["DRAWS", "SEED", "MeasureSurvival", "Survivals"]

DRAWS = 100
"""As many lists are chosen anew."""


@dataclass(frozen=True, slots=True)
class MeasureSurvival:
    """One measure: the share of draws it survives, its hours there (5th, 50th, 95th percentile).

    The percentiles are over the draws in which it survives, None where there is none or where it
    is about people.
    """

    identity: str
    rank: int
    share: float
    hours_low: float | None
    hours_middle: float | None
    hours_high: float | None


@dataclass(frozen=True)
class Survivals:
    """How robust the measures of a plan are, in the order of their ranks."""

    draws: int
    seed: int
    varied_tasks: int
    """Tasks with a range of unit times; without any nothing varies and all survive."""
    tasks: int
    measures: tuple[MeasureSurvival, ...]
    sentence: str

    def share_of(self, identity: str) -> float | None:
        """Return the share of draws that a measure survives, None for one that is not listed."""
        return next((row.share for row in self.measures if row.identity == identity), None)
