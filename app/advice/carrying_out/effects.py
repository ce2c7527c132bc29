"""Effects: every figure that is told of a county, as it is or with measures carried out.

There is no second way to an effect (method §8): what is printed for a row, for a prefix or for the
whole list is the assessment of the county in which it has been carried out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from app.method.assessing import assess as figures_of
from app.method.policy import policy_of
from app.method.workload import awt_hours
from app.model.county import County
from app.model.figures import Figures, PostFigures
from app.model.settings import Policy
from app.model.vocabulary import OUTSIDE_ESTABLISHMENT


@dataclass(frozen=True)
class Assessment:
    """A county, its figures, and how far its posts are above target (method §7), hours a year."""

    county: County
    figures: Figures
    overload: Mapping[str, float]
    """Weighted hours above target by post code."""

    @property
    def overload_hours(self) -> float:
        """Return the county's weighted overload."""
        return sum(self.overload.values())

    @property
    def unassigned_hours(self) -> float:
        """Return the hours that nobody carries."""
        return self.figures.county.unassigned_hours

    @property
    def idle_hours(self) -> float:
        """Return `Σ max(0, low × capacity − workload)` over all posts."""
        low = policy_of(self.county).low_saturation
        loads = (post.load for post in self.figures.posts.values())
        return sum(max(0.0, low * load.capacity_hours - load.workload_hours) for load in loads)


def assess(county: County) -> Assessment:
    """Return everything that is told of a county.

    Raises:
        BlockedByData: a policy value, an allowance, a working year or an ability makes no sense.
    """
    figures, policy = figures_of(county), policy_of(county)
    officers: dict[str, float] = {}
    for (_unit_code, task_code, post_code), hours in figures.hours.items():
        if county.tasks[(task_code,)].is_officer_only:
            officers[post_code] = officers.get(post_code, 0.0) + hours
    overload = {
        code: _post_overload(county, policy, post, officers.get(code, 0.0))
        for code, post in figures.posts.items()
    }
    return Assessment(county, figures, overload)


def _post_overload(county: County, policy: Policy, post: PostFigures, officer: float) -> float:
    """Return `Σ_k weight_k × o_k` of one post, the least its workload allows (method §7).

    What only people inside the establishment may do must fit into their own capacity.
    """
    load, target = post.load, policy.target_saturation
    ability = county.posts[(post.post_code,)].ability
    inside = ability * sum(
        count * awt_hours(county, category)
        for category, count in post.people.items()
        if category != OUTSIDE_ESTABLISHMENT
    )
    excess = max(
        0.0,
        load.workload_hours - target * load.capacity_hours,
        post.caf * officer - target * inside,
    )
    floors = [0.0]
    for width in policy.tier_widths:
        floors.append(floors[-1] + width)
    steps = pairwise((0.0, *policy.tier_weights))
    return sum(
        (weight - before) * max(0.0, excess - floor * load.capacity_hours)
        for floor, (before, weight) in zip(floors, steps, strict=True)
    )
