"""Reinforcing: rows that follow from the rules and show the search what whole people mean.

Posts that share their work with no others carry it together: what their people cannot do is
overload, however it is dealt out among them. Each post's own rule does not say so, since an hour
may always go to another post; the sum of the rules of all of them does, and as the hours handed
from one to the other cancel out in it, HiGHS sees at once how many whole people it takes. A random
county of 16 units was proven in 11 seconds in place of not at all.
"""

from __future__ import annotations

import numpy as np

from solver.formulation.programme import Program
from solver.formulation.sparse import Matrix, SparseRow, with_rows
from solver.problem import Floats, Integers, Problem

INF = float("inf")


def reinforced(program: Program) -> Matrix:
    """Return the programme's matrix with two rows for each circle of two posts or more.

    - `target × Σ H_p + Σ o[p,k] + Σ CAF_d (r[d] + q[d]) ≥ Σ CAF_d W_d + Σ IAS_p`, with the least
      CAF_d of the posts that may take d;
    - `Σ idle[p] ≥ low × Σ H_p − Σ CAF_d (W_d − r[d] − q[d]) − Σ IAS_p`, with the largest.

    Both are sums of the rules `load` and `idle` with `cover` put in, hours.
    """
    problem = program.problem
    post_circle, demand_circle = circles(problem)
    least, largest = _factors(problem)
    rows = []
    for circle in range(int(post_circle.max(initial=-1)) + 1):
        posts = np.flatnonzero(post_circle == circle)
        demands = np.flatnonzero(demand_circle == circle)
        if len(posts) > 1:
            rows.append(_load(program, posts, demands, least[demands]))
            rows.append(_idle(program, posts, demands, largest[demands]))
    return with_rows(program.matrix, rows)


def circles(problem: Problem) -> tuple[Integers, Integers]:
    """Return the circle of each post [P] and demand [D]: posts that may take the same demand.

    A demand that no post may take belongs to none, −1.
    """
    circle = np.arange(len(problem.post_codes))
    while True:
        least = np.full(len(problem.demand_codes), len(circle))
        np.minimum.at(least, problem.pair_demand, circle[problem.pair_post])
        lowered = circle.copy()
        np.minimum.at(lowered, problem.pair_post, least[problem.pair_demand])
        if np.array_equal(lowered, circle):
            break
        circle = lowered
    names, numbers = np.unique(circle, return_inverse=True)
    is_orphan = least == len(circle)
    return numbers, np.where(is_orphan, -1, np.searchsorted(names, least))


def _factors(problem: Problem) -> tuple[Floats, Floats]:
    """Return the least and the largest CAF of the posts that may take each demand."""
    caf = problem.post_caf[problem.pair_post]
    least = np.full(len(problem.demand_codes), INF)
    largest = np.zeros(len(problem.demand_codes))
    np.minimum.at(least, problem.pair_demand, caf)
    np.maximum.at(largest, problem.pair_demand, caf)
    return least, largest


def _load(program: Program, posts: Integers, demands: Integers, factors: Floats) -> SparseRow:
    problem, rules = program.problem, program.problem.rules
    tiers = len(rules.tier_weights)
    people, gives = _people(program, posts)
    parts = [
        (people, rules.target_saturation * gives),
        (_places(program, "overload", posts, tiers), np.ones(len(posts) * tiers)),
        (_places(program, "unassigned", demands), factors),
        (_places(program, "relieved", demands), factors),
    ]
    carried = float(factors @ problem.demand_hours[demands])
    return _row(parts, lower=carried + float(problem.post_ias[posts].sum()))


def _idle(program: Program, posts: Integers, demands: Integers, factors: Floats) -> SparseRow:
    problem = program.problem
    people, gives = _people(program, posts)
    parts = [
        (people, -problem.rules.low_saturation * gives),
        (_places(program, "idle", posts), np.ones(len(posts))),
        (_places(program, "unassigned", demands), -factors),
        (_places(program, "relieved", demands), -factors),
    ]
    carried = float(factors @ problem.demand_hours[demands])
    return _row(parts, lower=-carried - float(problem.post_ias[posts].sum()))


def _people(program: Program, posts: Integers) -> tuple[Integers, Floats]:
    """Return the columns of the posts' people and the hours one of each gives."""
    problem = program.problem
    gives = problem.post_ability[posts, None] * problem.category_awt
    return _places(program, "people", posts, len(problem.category_names)), gives.ravel()


def _places(program: Program, block: str, rows: Integers, width: int = 1) -> Integers:
    """Return the columns of these rows of a block that is `width` wide."""
    within = (rows[:, None] * width + np.arange(width)).ravel()
    return np.asarray(program.blocks[block].start + within)


def _row(parts: list[tuple[Integers, Floats]], *, lower: float) -> SparseRow:
    columns = np.concatenate([columns for columns, _values in parts])
    values = np.concatenate([values for _columns, values in parts])
    order = np.argsort(columns)
    return SparseRow(columns[order], values[order], lower, INF)
