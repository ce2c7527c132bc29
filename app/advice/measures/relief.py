"""Relief: what the first k measures of a plan bring, and where more of them bring little."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.model.plan import Plan
from app.model.vocabulary import Goal
from solver.problem import worth_of_open

MOST_MEASURES = 30
"""The curve ends here: nobody signs more at once."""


@dataclass(frozen=True, slots=True)
class ListRelief:
    """What a plan takes off the strain of today, and what a part of its measures does of that.

    `strain = overload + worth_of_open × unassigned`, in weighted hours a year.
    """

    today: float
    planned: float
    worth_of_open: float

    @classmethod
    def between(
        cls, today: tuple[float, float], planned: tuple[float, float], worth_of_open: float
    ) -> ListRelief:
        """Return the relief from one overload and unassigned hours to another."""
        before, after = (overload + worth_of_open * hours for overload, hours in (today, planned))
        return cls(before, after, worth_of_open)

    def brought(self, overload: float, unassigned_hours: float) -> float:
        """Return the strain that is gone where so much is left."""
        return self.today - overload - self.worth_of_open * unassigned_hours

    def share(self, brought: float) -> float:
        """Return what is brought as a share of the plan's relief, 1 where it has none."""
        achievable = self.today - self.planned
        return brought / achievable if achievable > 0 else 1.0


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


def relief_curve(plan: Plan, tier_weights: Sequence[float], cafs: Iterable[float]) -> ReliefCurve:
    """Return the relief curve of a plan's list (method §8), by the weights and the posts' CAF.

    Relief is what weighted overload and unassigned hours lose, an unassigned hour counting
    `worth_of_open`; the share is of what the plan itself, the best there is, relieves.
    """
    overload, unassigned = plan.goal(Goal.OVERLOAD), plan.goal(Goal.UNASSIGNED_HOURS)
    relief = ListRelief.between(
        (overload.before, unassigned.before),
        (overload.value, unassigned.value),
        worth_of_open(tier_weights, cafs),
    )
    points = [ReliefPoint(0, overload.before, unassigned.before, 0.0)]
    for row in plan.measures[:MOST_MEASURES]:
        hours = unassigned.before if row.unassigned_after is None else row.unassigned_after
        share = relief.share(relief.brought(row.overload_after, hours))
        points.append(ReliefPoint(row.rank, row.overload_after, hours, share))
    return ReliefCurve(tuple(points), _knee(points))


def _knee(points: list[ReliefPoint]) -> int:
    """Return the number of measures at which the curve is highest above its chord."""
    last = points[-1]
    if last.measures == 0:
        return 0

    def above(point: ReliefPoint) -> float:
        return point.share - last.share * point.measures / last.measures

    return max(points, key=above).measures
