"""The goals of the plan (method §7): one function per goal, each the cost of its variables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solver.formulation.rows import Rows, Term, total_block, unit_of
from solver.problem import Floats, Problem

Costs = dict[str, Floats | float]
"""Cost of one unit of each variable of a block; a block left out costs nothing."""


def unassigned_hours(problem: Problem) -> Costs:
    """`Σ_d q[d]`, hours."""
    return {"unassigned": 1.0}


def overload(problem: Problem) -> Costs:
    """`Σ_p Σ_k weight_k × o[p,k]`, weighted hours."""
    weights = np.asarray(problem.rules.tier_weights, dtype=np.float64)
    return {"overload": np.tile(weights, len(problem.post_codes))}


def new_people(problem: Problem) -> Costs:
    """`Σ_u,c fill + Σ_c draw + Σ_p temp`, people new to the county."""
    return {"fill": 1.0, "draw": 1.0, "temporary": 1.0}


def moved_people(problem: Problem) -> Costs:
    """`Σ_p,c in + Σ_u,c move_in`, people; a move across units counts at both."""
    return {"people_in": 1.0, "move_in": 1.0}


def idle_hours(problem: Problem) -> Costs:
    """`Σ_p idle[p]`, hours."""
    return {"idle": 1.0}


def changed_hours(problem: Problem) -> Costs:
    """`Σ_d r[d] + Σ_e max(0, x[e] − x_now[e])`, hours; the second sum is `Σ_e new[e]`."""
    return {"relieved": 1.0, "new": 1.0}


GOAL_COSTS: dict[str, Callable[[Problem], Costs]] = {
    "unassigned_hours": unassigned_hours,
    "overload": overload,
    "new_people": new_people,
    "moved_people": moved_people,
    "idle_hours": idle_hours,
    "changed_hours": changed_hours,
}


def total(problem: Problem, goal: str) -> Rows:
    """`total[u] = Σ cost × variable over the variables of unit u`, in the goal's unit."""
    units = len(problem.unit_codes)
    costs = GOAL_COSTS[goal](problem)
    of_units = [block for block in costs if block != "draw"]
    return Rows(
        total_block(goal),
        problem.unit_codes,
        lower=0.0,
        upper=0.0,
        terms=(
            *(Term(block, unit_of(block, problem), costs[block]) for block in of_units),
            Term(total_block(goal), np.arange(units), -1.0),
        ),
    )
