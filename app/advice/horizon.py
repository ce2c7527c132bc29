"""Horizon: people over the coming years, with retirements, recruits, transfers and training."""

from __future__ import annotations

from dataclasses import dataclass

from app.vocabulary import Outcome, Word


class HorizonGoal(Word):
    """What is made least over the years, in strict order."""

    SHORTAGE = "shortage", "缺员", "shortage"
    UNEVENNESS = "unevenness", "最缺的一处", "worst place"
    RECRUITS = "recruits", "招录人数", "recruits"
    MOVES = "moves", "调剂人数", "transfers"
    TRAINING = "training", "培训人次", "people trained"


@dataclass(frozen=True, slots=True)
class GoalOfYears:
    """One goal: its value if nothing is done, in the programme, and its proven bound."""

    goal: HorizonGoal
    before: float
    value: float
    bound: float


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of one category in one unit ('' in a total: all of them); people.

    `end = start − retired + recruited + moved_in − moved_out`; `effective` is what `end` is worth
    once training takes its time and the trained are abler; `shortage = required − effective` where
    that is above 0.
    """

    year: int
    unit_code: str
    category: str
    start: float
    retired: float
    recruited: float
    moved_in: float
    moved_out: float
    trained: float
    end: float
    effective: float
    required: float
    shortage: float
    because: str = ""


@dataclass(frozen=True)
class Horizon:
    """The years side by side, every total the sum of its rows."""

    years: int
    outcome: Outcome
    is_verified: bool
    gap: float
    goals: tuple[GoalOfYears, ...]
    rows: tuple[YearRow, ...]
    """By year, then unit, then category in column order."""
    totals: tuple[YearRow, ...]
    """By year and category, the year as a whole (category '') first."""
    assumptions: tuple[str, ...]
    """What the figures rest on, one sentence each."""
    sentence: str
