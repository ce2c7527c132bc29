"""Splitting: where nothing ties the units together each is a small problem of its own."""

from __future__ import annotations

import dataclasses

import numpy as np

from solver.problem import Problem


def are_apart(problem: Problem) -> bool:
    """Return whether no rule reaches over units: nobody crosses them and no ceiling is shared.

    What is decided beforehand names places of the whole county, so it keeps the county together.
    """
    rules = problem.rules
    return (
        not rules.levers & {"transfer", "temporary"}
        and rules.max_moves is None
        and not problem.forced
        and (rules.budget is None or rules.budget >= 0)
    )


def split(problem: Problem) -> list[Problem]:
    """Return the problem of each unit by itself, in the order of the units."""
    return [_of_unit(problem, unit) for unit in range(len(problem.unit_codes))]


def _of_unit(problem: Problem, unit: int) -> Problem:
    posts = np.flatnonzero(problem.post_unit == unit)
    demands = np.flatnonzero(problem.demand_unit == unit)
    pairs = np.flatnonzero(problem.demand_unit[problem.pair_demand] == unit)
    post_at = np.full(len(problem.post_codes), -1, dtype=np.int64)
    post_at[posts] = np.arange(len(posts))
    demand_at = np.full(len(problem.demand_codes), -1, dtype=np.int64)
    demand_at[demands] = np.arange(len(demands))
    return dataclasses.replace(
        problem,
        unit_codes=(problem.unit_codes[unit],),
        post_codes=tuple(problem.post_codes[post] for post in posts),
        demand_codes=tuple(problem.demand_codes[demand] for demand in demands),
        post_unit=np.zeros(len(posts), dtype=np.int64),
        post_caf=problem.post_caf[posts],
        post_ias=problem.post_ias[posts],
        post_ability=problem.post_ability[posts],
        post_min=problem.post_min[posts],
        post_max=problem.post_max[posts],
        post_is_pinned=problem.post_is_pinned[posts],
        people_now=problem.people_now[posts],
        unit_vacancies=problem.unit_vacancies[[unit]],
        demand_unit=np.zeros(len(demands), dtype=np.int64),
        demand_hours=problem.demand_hours[demands],
        demand_cap=problem.demand_cap[demands],
        demand_is_officer_only=problem.demand_is_officer_only[demands],
        pair_demand=demand_at[problem.pair_demand[pairs]],
        pair_post=post_at[problem.pair_post[pairs]],
        pair_hours_now=problem.pair_hours_now[pairs],
        pair_is_pinned=problem.pair_is_pinned[pairs],
    )
