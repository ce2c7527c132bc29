"""The Problem: everything the planner needs to know, as numbers and codes in arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

LEVERS = ("reassign", "move", "cut", "transfer", "temporary")
"""The means of the planner in the order of the ladder."""

GOALS = (
    "unassigned_hours",
    "overload",
    "new_people",
    "moved_people",
    "idle_hours",
    "changed_hours",
)
"""What is minimised, in the default strict order."""


@dataclass(frozen=True)
class Rules:
    """The policy of a run: ratios are ratios, money is in the unit of `Problem.category_cost`.

    `tier_widths` are shares of capacity, one fewer than `tier_weights`: the last tier is unbounded.
    None in a ceiling means no ceiling.
    """

    target_saturation: float = 1.0
    low_saturation: float = 0.8
    levers: frozenset[str] = frozenset(LEVERS)
    max_moves: float | None = None
    max_temporaries: float | None = 0.0
    budget: float | None = None
    whole_people: bool = True
    goals: tuple[str, ...] = GOALS
    tolerance: Mapping[str, float] = field(default_factory=dict)
    tier_widths: tuple[float, ...] = (0.1, 0.1, 0.1, 0.2)
    tier_weights: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0)


@dataclass(frozen=True)
class Forced:
    """One amount of the plan that is decided beforehand: `lower ≤ amount ≤ upper`.

    `what` is an array of `Decision` (hours, relieved, people_in, people_out or temporary) that
    has the amount at `place`; `subject` is for messages.
    """

    what: str
    place: tuple[int, ...]
    subject: str
    lower: float = 0.0
    upper: float = float("inf")


@dataclass(frozen=True)
class Problem:
    """One planning problem (method §7). D demands, P posts, C categories, U units, E pairs.

    A pair is a demand and a post that may carry it; every pair that carries hours today is among
    them. Hours are hours per year. Codes are for names and messages only.
    """

    unit_codes: tuple[str, ...]
    category_names: tuple[str, ...]
    post_codes: tuple[str, ...]
    demand_codes: tuple[str, ...]
    """U, C, P and D names; a demand's is `unit/task`."""

    post_unit: Integers
    """[P] index of the post's unit."""
    post_caf: Floats
    """[P] category allowance factor, at least 1."""
    post_ias: Floats
    """[P] individual allowance, hours."""
    post_ability: Floats
    """[P] ability factor."""
    post_min: Floats
    """[P] fewest people."""
    post_max: Floats
    """[P] most people, inf for no limit."""
    post_is_pinned: Booleans
    """[P] keeps its people and assignments and takes no new ones."""

    people_now: Floats
    """[P, C] people on duty today."""
    category_awt: Floats
    """[C] available working time of one person, hours."""
    category_cost: Floats
    """[C] cost of one person a year."""
    category_is_outside: Booleans
    """[C] outside the establishment: temporaries join it, officer-only work is not its."""
    category_pool: Floats
    """[C] people the county pool can give."""
    unit_vacancies: Floats
    """[U, C] vacancies that may be filled."""

    demand_unit: Integers
    """[D] index of the demand's unit."""
    demand_hours: Floats
    """[D] W, hours of the task in the unit."""
    demand_cap: Floats
    """[D] share of W that may be relieved."""
    demand_is_officer_only: Booleans
    """[D] only people inside the establishment may do it."""

    pair_demand: Integers
    """[E] demand of the pair."""
    pair_post: Integers
    """[E] post of the pair."""
    pair_hours_now: Floats
    """[E] hours the post carries today."""
    pair_is_pinned: Booleans
    """[E] the assignment keeps its hours."""

    rules: Rules
    forced: tuple[Forced, ...] = ()

    @property
    def most_people(self) -> Floats:
        """Return [C] how many people there can be: today's, vacancies, pool and temporaries."""
        most = self.people_now.sum(axis=0) + self.unit_vacancies.sum(axis=0) + self.category_pool
        if self.category_is_outside.any():
            temporaries = self.rules.max_temporaries
            joined = np.flatnonzero(self.category_is_outside)[0]
            most[joined] += float("inf") if temporaries is None else temporaries
        return np.asarray(most)


def worth_of_open(tier_weights: Sequence[float], cafs: Iterable[float]) -> float:
    """Return what an hour that nobody carries counts: as much as it could ever add to overload.

    `weight_K × max(1, max_p CAF_p)`: the post that takes it works CAF hours more, all of them at
    worst in the last tier. If it counted less, carrying it could seem to do harm, while the plan
    puts unassigned hours before overload (method §7).
    """
    return tier_weights[-1] * max((1.0, *cafs))
