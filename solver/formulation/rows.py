"""The shapes in which rules state themselves: rows of inequalities and bounds of variables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.problem import GOALS, Floats, Integers, Problem


def total_block(goal: str) -> str:
    """Return the name of the block that holds a goal's total in each unit."""
    return f"total_{goal}"


BLOCKS = (
    "kept",
    "new",
    "unassigned",
    "relieved",
    "people",
    "people_in",
    "people_out",
    "temporary",
    "move_in",
    "move_out",
    "fill",
    "draw",
    "overload",
    "idle",
    *(total_block(goal) for goal in GOALS),
)
"""The variables of method §7 in column order, `x[d,p] = kept + new` with `kept ≤ x_now`.

The split makes `changed_hours` linear without a row: `max(0, x − x_now)` is `new`. A goal is held
over its units' totals: one row over all its variables would be dense, which makes the cut
separation of HiGHS some twenty times slower.
"""

WHOLE_BLOCKS = (
    "people",
    "people_in",
    "people_out",
    "temporary",
    "move_in",
    "move_out",
    "fill",
    "draw",
)
"""The blocks that count people one by one where the policy asks for whole people.

That `people_in`, `people_out` and `draw` are whole follows from the others; saying so lets the
solver see that a goal that counts people is a whole number.
"""


def shape_of(block: str, problem: Problem) -> tuple[int, ...]:
    """Return the shape of a block; its columns run in C order."""
    posts, categories = problem.people_now.shape
    units = len(problem.unit_codes)
    if block in {"kept", "new"}:
        return (len(problem.pair_demand),)
    if block in {"unassigned", "relieved"}:
        return (len(problem.demand_codes),)
    if block in {"people", "people_in", "people_out"}:
        return (posts, categories)
    if block in {"move_in", "move_out", "fill"}:
        return (units, categories)
    if block == "draw":
        return (categories,)
    if block == "overload":
        return (posts, len(problem.rules.tier_weights))
    if block in {"temporary", "idle"}:
        return (posts,)
    return (units,)


def unit_of(block: str, problem: Problem) -> Integers:
    """Return the unit of each variable of a block, −1 for what belongs to the county."""
    if block in {"unassigned", "relieved"}:
        of_first_axis = problem.demand_unit
    elif block in {"kept", "new"}:
        of_first_axis = problem.demand_unit[problem.pair_demand]
    elif block in {"move_in", "move_out", "fill", *map(total_block, GOALS)}:
        of_first_axis = np.arange(len(problem.unit_codes))
    elif block == "draw":
        of_first_axis = np.full(len(problem.category_names), -1)
    else:
        of_first_axis = problem.post_unit
    return np.repeat(of_first_axis, int(np.prod(shape_of(block, problem)[1:])))


@dataclass(frozen=True)
class Term:
    """What one block adds to a rule: variable i enters row `rows[i]` with `coefficients[i]`.

    A row of −1 leaves the variable out.
    """

    block: str
    rows: Integers
    coefficients: Floats | float


@dataclass(frozen=True)
class Rows:
    """One rule: `lower ≤ Σ coefficient × variable ≤ upper`, one row per subject."""

    rule: str
    subjects: tuple[str, ...]
    lower: Floats | float
    upper: Floats | float
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Bounds:
    """What one rule allows a block by itself; the bounds of several rules hold together."""

    block: str
    lower: Floats | float = 0.0
    upper: Floats | float = float("inf")
