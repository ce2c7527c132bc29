"""The Solution: what a planning run found, with each goal's value and proven bound."""

from __future__ import annotations

from dataclasses import dataclass

from solver.problem import Floats


@dataclass(frozen=True)
class GoalResult:
    """One goal: its value today, in the plan, and the lower bound proven for it."""

    name: str
    before: float
    value: float
    bound: float


@dataclass(frozen=True)
class Rung:
    """What the levers up to and including `lever` reach: goals 1 to 3 solved in order."""

    lever: str
    overload: float
    unassigned_hours: float
    people: float


@dataclass(frozen=True)
class Point:
    """The plan's numbers alone, shaped as in `Problem`; K overload tiers. All are at least 0."""

    hours: Floats
    """[E] x, hours per pair."""
    unassigned: Floats
    """[D] q."""
    relieved: Floats
    """[D] r."""
    people: Floats
    """[P, C] n."""
    people_in: Floats
    """[P, C]."""
    people_out: Floats
    """[P, C]."""
    temporary: Floats
    """[P] temporaries hired, inside `people` of the outside category."""
    move_in: Floats
    """[U, C] people that come from another unit or the pool."""
    move_out: Floats
    """[U, C] people that go to another unit."""
    fill: Floats
    """[U, C] vacancies filled."""
    draw: Floats
    """[C] people drawn from the county pool."""
    overload: Floats
    """[P, K] hours above target by tier."""
    idle: Floats
    """[P] hours below the low limit."""


@dataclass(frozen=True)
class Conflict:
    """One hard limit that cannot hold, and the least by which it would have to give."""

    rule: str
    subject: str
    amount: float


@dataclass(frozen=True)
class Solution:
    """The end of a run: `outcome` is optimal, limit or blocked; blocked has no decision.

    `gap` is the largest relative distance between a goal's value and its bound. `seconds` names
    the time of each stage (build, solve, verify).
    """

    outcome: str
    decision: Point | None
    goals: tuple[GoalResult, ...]
    rungs: tuple[Rung, ...]
    conflicts: tuple[Conflict, ...]
    gap: float
    seconds: dict[str, float]
    ways_out: tuple[tuple[Conflict, ...], ...] = ()
    """Of a blocked run, what would have to give if the limits of one rule alone gave."""
    is_overdue: bool = False
    """Whether the time limit, an emergency stop, struck: another run may end elsewhere."""
