"""Invents planning problems from a seed: small ones for the tests, a county for the benchmark."""

from __future__ import annotations

import dataclasses

import numpy as np

from solver.problem import Problem, Rules


def make_problem(
    seed: int,
    *,
    units: int,
    posts: int,
    demands: int,
    offices: int = 2,
    categories: int = 3,
    pins: float = 0.05,
    asks: float = 0.0,
    halves: bool = False,
    rules: Rules | None = None,
) -> Problem:
    """Return a problem of `units` units with `posts` posts and `demands` demands each.

    Tasks stay in their office; some ask for a qualification, some for officers, some may be cut.
    Every unit's load is drawn between 0.7 and 1.25 of its capacity. `asks` is the share of posts
    that must have one person more than today.
    """
    rng = np.random.default_rng(seed)
    post_unit = np.repeat(np.arange(units), posts)
    post_office = rng.integers(offices, size=units * posts)
    people = np.zeros((units * posts, categories))
    for post in range(units * posts):
        np.add.at(people[post], rng.integers(categories, size=rng.integers(0, 4)), 1.0)
    if halves:
        people[rng.random(people.shape) < 0.15] += 0.5
    awt = rng.choice([1700.0, 1784.0, 1840.0], categories)
    ability = rng.choice([1.0, 1.0, 1.0, 1.1, 0.9], units * posts)
    caf = 1.0 / (1.0 - rng.choice([0.0, 0.1, 0.15], units * posts))
    demand_unit = np.repeat(np.arange(units), demands)
    hours = np.round(np.exp(rng.normal(4.6, 1.0, units * demands)), 1)
    load = np.bincount(demand_unit, hours, units)
    capacity = np.bincount(post_unit, people @ awt * ability, units)
    scale = np.where(capacity > 0, capacity, 1784.0) * rng.uniform(0.6, 1.1, units)
    hours = np.round(hours * (scale / load)[demand_unit], 1)
    pairs = _pairs(rng, post_unit, post_office, demand_unit, pins)
    is_outside = np.zeros(categories, dtype=np.bool_)
    is_outside[-1] = True
    return Problem(
        unit_codes=tuple(f"u{unit}" for unit in range(units)),
        category_names=tuple(f"c{category}" for category in range(categories)),
        post_codes=tuple(f"p{post}" for post in range(units * posts)),
        demand_codes=tuple(f"u{unit}/t{d}" for d, unit in enumerate(demand_unit)),
        post_unit=post_unit,
        post_caf=caf,
        post_ias=rng.choice([0.0, 0.0, 60.0], units * posts),
        post_ability=ability,
        post_min=np.where(
            rng.random(units * posts) < asks,
            people.sum(axis=1) + 1,
            np.minimum(people.sum(axis=1), 1.0),
        ),
        post_max=np.where(
            rng.random(units * posts) < 0.2, people.sum(axis=1) + rng.integers(0, 2), np.inf
        ),
        post_is_pinned=rng.random(units * posts) < pins,
        people_now=people,
        category_awt=awt,
        category_cost=rng.choice([6.0, 10.0, 12.0], categories),
        category_is_outside=is_outside,
        category_pool=rng.choice([0.0, 0.0, 1.0], categories),
        unit_vacancies=rng.choice([0.0, 0.0, 1.0, 2.0], (units, categories)),
        demand_unit=demand_unit,
        demand_hours=hours,
        demand_cap=rng.choice([0.0, 0.0, 0.2, 0.5], units * demands),
        demand_is_officer_only=rng.random(units * demands) < 0.15,
        pair_demand=pairs[0],
        pair_post=pairs[1],
        pair_hours_now=pairs[2] * hours[pairs[0]],
        pair_is_pinned=pairs[3],
        rules=rules or Rules(),
    )


def make_county(seed: int = 20260, rules: Rules | None = None) -> Problem:
    """Return a county of 16 units with 30 posts and 340 demands each."""
    return make_problem(
        seed, units=16, posts=30, demands=340, offices=8, categories=4, pins=0.02, rules=rules
    )


def with_rules(problem: Problem, **changes: object) -> Problem:
    """Return the problem under changed rules."""
    return dataclasses.replace(problem, rules=dataclasses.replace(problem.rules, **changes))


_Pairs = tuple[
    np.ndarray[tuple[int], np.dtype[np.int64]],
    np.ndarray[tuple[int], np.dtype[np.int64]],
    np.ndarray[tuple[int], np.dtype[np.float64]],
    np.ndarray[tuple[int], np.dtype[np.bool_]],
]


def _pairs(
    rng: np.random.Generator,
    post_unit: np.ndarray[tuple[int], np.dtype[np.int64]],
    post_office: np.ndarray[tuple[int], np.dtype[np.int64]],
    demand_unit: np.ndarray[tuple[int], np.dtype[np.int64]],
    pins: float,
) -> _Pairs:
    """Return demand, post, share today and pin of each pair."""
    is_qualified = rng.random(len(post_unit)) < 0.5
    rows: list[tuple[int, int, float, bool]] = []
    for demand, unit in enumerate(demand_unit):
        own = np.flatnonzero(post_unit == unit)
        office = post_office[rng.choice(own)]
        able = own[post_office[own] == office]
        if rng.random() < 0.2:
            able = able[is_qualified[able]]
        shares = _shares(rng, own[post_office[own] == office])
        for post in dict.fromkeys([*shares, *able.tolist()]):
            share = shares.get(post, 0.0)
            rows.append((demand, post, share, share > 0 and rng.random() < pins))
    return (
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.float64),
        np.array([row[3] for row in rows], dtype=np.bool_),
    )


def _shares(
    rng: np.random.Generator, posts: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> dict[int, float]:
    """Return who carries a task today: mostly one post, at times two, not all of it, or nobody."""
    if rng.random() < 0.1:
        return {}
    lead, *others = rng.permutation(posts).tolist()
    if others and rng.random() < 0.3:
        share = float(rng.choice([0.5, 0.6, 0.7]))
        return {lead: share, others[0]: 1.0 - share}
    return {lead: float(rng.choice([1.0, 1.0, 1.0, 0.8]))}
