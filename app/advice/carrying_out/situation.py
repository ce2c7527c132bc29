"""The situation: workload, people and open hours of the county while measures are carried out."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from functools import cache

import numpy as np

from app.advice.county_problem import Formulation
from app.method.allowances import AllowanceBook, category_allowance_factor, crew_of
from app.model.county import Staffing
from app.model.vocabulary import MeasureKind
from solver.problem import Floats, Integers, Rules, worth_of_open

_NOISE = 1e-9
"""People; what adding up may have left."""
NOWHERE = -1
"""The index that stands for no post, no demand or no category."""


@dataclass(frozen=True, slots=True)
class HoursFlow:
    """Hours of one demand that leave a post (NOWHERE: nobody's) for another (NOWHERE: nobody)."""

    demand: int
    from_post: int
    to_post: int
    hours: float


@dataclass(frozen=True, slots=True)
class DraftMeasure:
    """A measure in the solver's indices, before it has its rank and its words.

    `from_post` and `to_post` are NOWHERE where there is no such side; a cut has the post that is
    relieved most, or NOWHERE where nobody carries what is cut. Hours of several tasks may change
    hands as one measure; where several posts take them, `to_post` names none, the flows do.
    """

    kind: MeasureKind
    from_post: int
    to_post: int
    category: int = NOWHERE
    people: float = 0.0
    flows: tuple[HoursFlow, ...] = ()
    from_unit: int = NOWHERE
    """The unit whose vacancy goes to the receiving post's, NOWHERE in every other measure."""
    ordinal: int = 0
    """That of a measure decided before, which keeps its identity."""

    @property
    def hours(self) -> float:
        """Return the hours that change hands or are relieved."""
        return sum(flow.hours for flow in self.flows)

    @property
    def givers(self) -> frozenset[int]:
        """Return the posts that hours or people leave."""
        posts = {flow.from_post for flow in self.flows} if self.flows else {self.from_post}
        return frozenset(posts - {NOWHERE})

    @property
    def posts(self) -> frozenset[int]:
        """Return the posts whose load or people this changes."""
        return self.givers | self.takers

    @property
    def takers(self) -> frozenset[int]:
        """Return the posts that hours or people come to."""
        posts = {flow.to_post for flow in self.flows} if self.flows else {self.to_post}
        return frozenset(posts - {NOWHERE})


def weighted(excess: Floats, capacity: Floats, rules: Rules) -> Floats:
    """Return hours above target weighted by tier: `Σ_k weight_k × o_k` (method §7, overload).

    As weights rise with the tier, `Σ_k (weight_k − weight_{k−1}) × max(0, excess − floor_k)`,
    `floor_k` being the widths of the tiers before k times the capacity.
    """
    (_none, first), *others = _tiers(rules.tier_widths, rules.tier_weights)
    total = first * np.maximum(0.0, excess)
    for floor, step in others:
        total += step * np.maximum(0.0, excess - floor * capacity)
    return np.asarray(total)


@cache
def _tiers(
    widths: tuple[float, ...], weights: tuple[float, ...]
) -> tuple[tuple[float, float], ...]:
    """Return where each tier begins, as a part of the capacity, and what it adds in weight."""
    floors = np.concatenate([[0.0], np.cumsum(widths)])
    steps = np.diff(np.concatenate([[0.0], weights]))
    return tuple(zip(floors.tolist(), steps.tolist(), strict=True))


def _summed(places: Integers, amounts: Floats, count: int) -> Floats:
    return np.bincount(places, amounts, count).astype(np.float64)


class Situation:
    """Loads, people and open hours, starting as they are today; `do` carries out a draft.

    Where people change, the allowances of a post are reckoned anew for its new crew, as the
    figures will be once the measure is in the plan file (method §3).
    """

    def __init__(self, formulation: Formulation) -> None:
        problem = formulation.problem
        count = len(problem.post_codes)
        now = problem.pair_hours_now
        is_officer = problem.demand_is_officer_only[problem.pair_demand]
        self._formulation = formulation
        self._book = AllowanceBook(formulation.county)
        self._inside = ~problem.category_is_outside
        self.hours = _summed(problem.pair_post, now, count)
        self.officer_hours = _summed(problem.pair_post, now * is_officer, count)
        self.caf: Floats = problem.post_caf.copy()
        self.ias: Floats = problem.post_ias.copy()
        self.people: Floats = problem.people_now.copy()
        carried = np.bincount(problem.pair_demand, now, len(problem.demand_codes))
        self.open: Floats = np.maximum(0.0, problem.demand_hours - carried)
        self.worth_of_open = worth_of_open(problem.rules.tier_weights, problem.post_caf.tolist())

    def copy(self) -> Situation:
        """Return the same situation, to try something out."""
        other = copy(self)
        for name in ("hours", "officer_hours", "caf", "ias", "people", "open"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def do(self, draft: DraftMeasure) -> None:
        """Carry out `draft`."""
        problem = self._formulation.problem
        for flow in draft.flows:
            for post, amount in ((flow.from_post, -flow.hours), (flow.to_post, flow.hours)):
                if post != NOWHERE:
                    self.hours[post] += amount
                    self.officer_hours[post] += amount * problem.demand_is_officer_only[flow.demand]
            if flow.from_post == NOWHERE:
                self.open[flow.demand] -= flow.hours
        if draft.category == NOWHERE:
            return
        for post, people in ((draft.from_post, -draft.people), (draft.to_post, draft.people)):
            if post != NOWHERE:
                self.people[post, draft.category] += people
                self._reckon_allowances(post)

    def _reckon_allowances(self, post_index: int) -> None:
        formulation, post = self._formulation, self._formulation.posts[post_index]
        county = formulation.county
        names = formulation.problem.category_names
        entries = [
            Staffing(post.post_code, name, people)
            for name, people in zip(names, self.people[post_index].tolist(), strict=True)
            if people > 0 or (post.post_code, name) in county.staffing
        ]
        crew, unit = crew_of(county, entries), county.units[(post.unit_code,)]
        share = self._book.category_share(post=post, unit=unit, crew=crew)
        self.caf[post_index] = category_allowance_factor(share)
        self.ias[post_index] = self._book.individual_hours(post=post, unit=unit, crew=crew)

    def loads(self, posts: Integers) -> tuple[Floats, Floats]:
        """Return the workload of posts and its officer-only part, hours a year."""
        caf = self.caf[posts]
        return caf * self.hours[posts] + self.ias[posts], caf * self.officer_hours[posts]

    def capacities(self, posts: Integers) -> tuple[Floats, Floats]:
        """Return the capacity of posts and that of their people inside the establishment."""
        problem = self._formulation.problem
        people, ability = self.people[posts], problem.post_ability[posts]
        inside = people[:, self._inside] @ problem.category_awt[self._inside]
        return people @ problem.category_awt * ability, inside * ability

    def overload(self, posts: Integers) -> Floats:
        """Return the weighted hours above target of each post (method §7, goal overload)."""
        rules = self._formulation.problem.rules
        load, officer_load = self.loads(posts)
        capacity, inside = self.capacities(posts)
        target = rules.target_saturation
        excess = np.maximum(load - target * capacity, officer_load - target * inside)
        return weighted(excess, capacity, rules)

    def relief_by(self, posts: Integers, categories: Integers, people: Floats) -> Floats:
        """Return the overload that each post loses if people of a category come to it."""
        problem = self._formulation.problem
        rules, target = problem.rules, problem.rules.target_saturation
        load, officer_load = self.loads(posts)
        capacity, inside = self.capacities(posts)
        more = people * problem.category_awt[categories] * problem.post_ability[posts]
        more_inside = more * self._inside[categories]
        before = np.maximum(load - target * capacity, officer_load - target * inside)
        after = np.maximum(
            load - target * (capacity + more), officer_load - target * (inside + more_inside)
        )
        return weighted(before, capacity, rules) - weighted(after, capacity + more, rules)

    def total_overload(self) -> float:
        """Return the county's weighted overload in hours a year."""
        return float(self.overload(np.arange(len(self.hours))).sum())

    def unassigned(self) -> float:
        """Return the county's hours that nobody carries."""
        return float(self.open.sum())

    def strain(self) -> float:
        """Return what measures are to relieve: weighted overload and the worth of open hours."""
        return self.total_overload() + self.worth_of_open * self.unassigned()

    def saturation(self, posts: Collection[int]) -> float | None:
        """Return Σ load ÷ Σ capacity of posts, None where they have no people or none is named."""
        places = np.array(sorted(posts), dtype=np.int64)
        capacity = float(self.capacities(places)[0].sum())
        return float(self.loads(places)[0].sum()) / capacity if capacity > 0 else None

    def allows(self, draft: DraftMeasure) -> bool:
        """Return whether the limits on people of both posts hold once `draft` is done."""
        if draft.category == NOWHERE:
            return True
        problem = self._formulation.problem
        leaves = draft.from_post == NOWHERE or (
            self.people[draft.from_post, draft.category] >= draft.people - _NOISE
            and self.people[draft.from_post].sum() - draft.people
            >= problem.post_min[draft.from_post] - _NOISE
        )
        enters = draft.to_post == NOWHERE or (
            self.people[draft.to_post].sum() + draft.people
            <= problem.post_max[draft.to_post] + _NOISE
        )
        return bool(leaves and enters)
