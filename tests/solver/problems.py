"""Problems of a few posts, small enough to be worked out by hand: one person gives 1000 hours."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from solver.problem import LEVERS, Problem, Rules
from solver.solution import Point, Solution
from solver.solving import solve

ALL = frozenset(LEVERS)


def make(
    people: Sequence[Sequence[float]],
    demands: Sequence[float],
    pairs: Sequence[tuple[int, int, float]],
    **changes: object,
) -> Problem:
    """Return posts with `people` by category, `demands` in hours and (demand, post, hours now).

    One unit, no allowance, no limit, no vacancy, nothing pinned and every lever, where `changes`
    say nothing else. A demand belongs to the unit of its first post.
    """
    posts, categories = len(people), len(people[0])
    post_unit = np.array(changes.pop("post_unit", [0] * posts), dtype=np.int64)
    units = int(post_unit.max()) + 1
    first_post = {demand: post for demand, post, _now in reversed(pairs)}
    unit_of = [int(post_unit[first_post.get(demand, 0)]) for demand in range(len(demands))]
    plain = Problem(
        unit_codes=tuple(f"u{unit}" for unit in range(units)),
        category_names=tuple(f"c{category}" for category in range(categories)),
        post_codes=tuple(f"p{post}" for post in range(posts)),
        demand_codes=tuple(f"u{unit}/d{demand}" for demand, unit in enumerate(unit_of)),
        post_unit=post_unit,
        post_caf=np.ones(posts),
        post_ias=np.zeros(posts),
        post_ability=np.ones(posts),
        post_min=np.zeros(posts),
        post_max=np.full(posts, np.inf),
        post_is_pinned=np.zeros(posts, dtype=np.bool_),
        people_now=np.array(people, dtype=np.float64),
        category_awt=np.full(categories, 1000.0),
        category_cost=np.zeros(categories),
        category_is_outside=np.zeros(categories, dtype=np.bool_),
        category_pool=np.zeros(categories),
        unit_vacancies=np.zeros((units, categories)),
        demand_unit=np.array(unit_of, dtype=np.int64),
        demand_hours=np.array(demands, dtype=np.float64),
        demand_cap=np.zeros(len(demands)),
        demand_is_officer_only=np.zeros(len(demands), dtype=np.bool_),
        pair_demand=np.array([pair[0] for pair in pairs], dtype=np.int64),
        pair_post=np.array([pair[1] for pair in pairs], dtype=np.int64),
        pair_hours_now=np.array([pair[2] for pair in pairs], dtype=np.float64),
        pair_is_pinned=np.zeros(len(pairs), dtype=np.bool_),
        rules=Rules(),
    )
    return changed(plain, **changes)


def changed(problem: Problem, **changes: object) -> Problem:
    """Return the problem with fields changed: lists become arrays of the field's kind."""
    parts = {}
    for name, value in changes.items():
        present = getattr(problem, name)
        is_array = isinstance(present, np.ndarray)
        parts[name] = np.array(value, dtype=present.dtype) if is_array else value
    return dataclasses.replace(problem, **parts)


def only(*levers: str, **rest: object) -> Rules:
    """Return rules under which these levers alone are allowed."""
    return Rules(levers=frozenset(levers), **rest)


def best(problem: Problem) -> Point:
    """Return the plan for a problem that has one."""
    solution = solve(problem, time_limit=30)
    assert solution.outcome == "optimal"
    assert solution.decision is not None
    return solution.decision


def values(solution: Solution) -> dict[str, float]:
    """Return the value of each goal."""
    return {goal.name: goal.value for goal in solution.goals}
