"""Relief: what the first k measures of a plan bring, and where more of them bring little."""

from __future__ import annotations

from dataclasses import dataclass

from app.plan import Plan
from app.settings import Policy
from app.vocabulary import Goal

MOST_MEASURES = 30
"""The curve ends here: nobody signs more at once."""


@dataclass(frozen=True, slots=True)
class ReliefPoint:
    """What is left once the first `measures` are done, and their share of the plan's relief."""

    measures: int
    overload: float
    unassigned_hours: float
    share: float


@dataclass(frozen=True, slots=True)
class ReliefCurve:
    """The curve from no measure on, and the number of measures to propose (its knee)."""

    points: tuple[ReliefPoint, ...]
    knee: int


def relief_curve(plan: Plan, policy: Policy) -> ReliefCurve:
    """Return the relief curve of a plan's list (method §8).

    Relief is what weighted overload and unassigned hours lose, an unassigned hour counting like
    one of the heaviest tier; the share is of what the plan itself, the best there is, relieves.
    """
    worth = policy.tier_weights[-1]
    before = {goal.goal: goal.before for goal in plan.goals}
    best = {goal.goal: goal.value for goal in plan.goals}
    overload, hours = before.get(Goal.OVERLOAD, 0.0), before.get(Goal.UNASSIGNED_HOURS, 0.0)
    start = overload + worth * hours
    achievable = start - best.get(Goal.OVERLOAD, 0.0) - worth * best.get(Goal.UNASSIGNED_HOURS, 0.0)
    points = [ReliefPoint(0, overload, hours, 0.0)]
    for measure in plan.measures[:MOST_MEASURES]:
        left = measure.unassigned_after if measure.unassigned_after is not None else hours
        relieved = start - measure.overload_after - worth * left
        share = relieved / achievable if achievable > 0 else 1.0
        points.append(ReliefPoint(measure.rank, measure.overload_after, left, share))
    return ReliefCurve(tuple(points), _knee(points))


def _knee(points: list[ReliefPoint]) -> int:
    """Return the number of measures at which the curve is highest above its chord."""
    last = points[-1]
    if last.measures == 0:
        return 0

    def above(point: ReliefPoint) -> float:
        return point.share - last.share * point.measures / last.measures

    return max(points, key=above).measures
