"""Condensing: demands that the same posts may carry become one, without changing any goal.

Demands are merged when the same posts of a unit may take them, all or none are for officers only,
nothing of them is pinned or decided beforehand, today's shares are at most the whole, and

- none may be relieved: what is kept and what is handed over then depends on sums alone, since
  every post may take the hours of every demand; or
- today's shares and the relievable share are the same: a plan for the sum is, scaled, one for
  each part.

So the hours a plan gives each post can always be dealt out again with no more hours changed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from solver.formulation.highs import KeptModel
from solver.formulation.rows import Rows, Term
from solver.formulation.sparse import assemble, consecutive
from solver.problem import Booleans, Floats, Forced, Integers, Problem
from solver.solution import Point

ROUNDING = 1e-9
"""Shares closer than this are the same."""

DEALT_ROOM = 1e-6
"""How far what is dealt out may be from sums that a solver rounded, relative."""


@dataclass(frozen=True)
class Condensed:
    """The smaller problem, and where each demand and pair of the full one went."""

    full: Problem
    problem: Problem
    demand_of: Integers
    """[D] merged demand of each demand."""
    pair_of: Integers
    """[E] merged pair of each pair."""


def condense(problem: Problem) -> Condensed:
    """Return the problem with demands merged; without the lever `reassign` none can be."""
    may_merge = "reassign" in problem.rules.levers
    keys = _keys(problem) if may_merge else list(range(len(problem.demand_codes)))
    demand_of, first = _numbered(keys)
    posts = len(problem.post_codes)
    pair_keys = (demand_of[problem.pair_demand] * posts + problem.pair_post).tolist()
    pair_of, first_pair = _numbered(pair_keys)
    hours = _sums(demand_of, problem.demand_hours, len(first))
    smaller = dataclasses.replace(
        problem,
        demand_codes=tuple(problem.demand_codes[demand] for demand in first),
        demand_unit=problem.demand_unit[first],
        demand_hours=hours,
        demand_cap=problem.demand_cap[first],
        demand_is_officer_only=problem.demand_is_officer_only[first],
        pair_demand=demand_of[problem.pair_demand[first_pair]],
        pair_post=problem.pair_post[first_pair],
        pair_hours_now=_sums(pair_of, problem.pair_hours_now, len(first_pair)),
        pair_is_pinned=problem.pair_is_pinned[first_pair],
        forced=tuple(_moved(forced, demand_of, pair_of) for forced in problem.forced),
    )
    return Condensed(problem, smaller, demand_of, pair_of)


def deal_out(condensed: Condensed, decision: Point) -> tuple[Floats, Floats]:
    """Return x [E] and r [D] of the full problem with the sums of a plan for the smaller one.

    `Σ x[e] = X[pair]` and `Σ r[d] = R[demand]` over what was merged, `Σ_p x + r ≤ W`, with as few
    changed hours as possible: a transport problem, whose corners hand over whole tasks. Sums that
    cannot be kept to the last digit, since a solver rounded them, are kept as nearly as it did.
    """
    for room in (0.0, DEALT_ROOM):
        dealt = _dealt(condensed, decision, room)
        if dealt is not None:
            return dealt
    raise RuntimeError("the hours of a condensed plan cannot be dealt out")


def _dealt(condensed: Condensed, decision: Point, room: float) -> tuple[Floats, Floats] | None:
    """Return x and r with sums off by no more than `room`, relative; pinned hours never are."""
    full = condensed.full
    pairs, demands = len(full.pair_demand), len(full.demand_codes)
    blocks = dict(
        zip(("kept", "new", "relieved"), consecutive([pairs, pairs, demands]), strict=True)
    )
    covered = (
        Term("kept", full.pair_demand, 1.0),
        Term("new", full.pair_demand, 1.0),
        Term("relieved", np.arange(demands), 1.0),
    )
    sums = (Term("kept", condensed.pair_of, 1.0), Term("new", condensed.pair_of, 1.0))
    smaller = condensed.problem
    names = tuple(map(str, range(len(smaller.pair_demand))))
    is_free = ~(smaller.pair_is_pinned | smaller.post_is_pinned[smaller.pair_post])
    about = room * np.maximum(decision.hours, 1.0) * is_free
    about_relieved = room * np.maximum(decision.relieved, 1.0)
    rules = (
        Rows("cover", full.demand_codes, -np.inf, full.demand_hours, covered),
        Rows("hours", names, decision.hours - about, decision.hours + about, sums),
        Rows(
            "relieved",
            smaller.demand_codes,
            decision.relieved - about_relieved,
            decision.relieved + about_relieved,
            (Term("relieved", condensed.demand_of, 1.0),),
        ),
    )
    cost = np.concatenate([np.zeros(pairs), np.ones(pairs), np.zeros(demands)])
    upper = np.concatenate(
        [full.pair_hours_now, np.full(pairs, np.inf), full.demand_cap * full.demand_hours]
    )
    matrix = assemble(
        rules,
        blocks,
        lower=np.zeros(len(cost)),
        upper=upper,
        is_whole=np.zeros(len(cost), dtype=np.bool_),
    )
    answer = KeptModel(matrix).minimise(cost)
    if answer.values is None:
        return None
    values = np.maximum(answer.values, 0.0) + 0.0
    return values[blocks["kept"]] + values[blocks["new"]], values[blocks["relieved"]]


def _moved(forced: Forced, demand_of: Integers, pair_of: Integers) -> Forced:
    """Return what is decided beforehand at its place in the smaller problem."""
    places = {"hours": pair_of, "relieved": demand_of}.get(forced.what)
    if places is None:
        return forced
    return dataclasses.replace(forced, place=(int(places[forced.place]),))


def _keys(problem: Problem) -> list[Hashable]:
    """Return what demands must have in common to be merged; a demand's own number if nothing."""
    if not problem.demand_codes:
        return []
    is_single = _single(problem)
    pairs_of = np.split(
        np.argsort(problem.pair_demand, kind="stable"),
        np.cumsum(np.bincount(problem.pair_demand, minlength=len(problem.demand_codes)))[:-1],
    )
    keys: list[Hashable] = []
    for demand, pairs in enumerate(pairs_of):
        if is_single[demand]:
            keys.append(demand)
            continue
        ordered = pairs[np.argsort(problem.pair_post[pairs], kind="stable")]
        cap = float(problem.demand_cap[demand])
        shares = problem.pair_hours_now[ordered] / problem.demand_hours[demand]
        keys.append(
            (
                int(problem.demand_unit[demand]),
                bool(problem.demand_is_officer_only[demand]),
                tuple(problem.pair_post[ordered].tolist()),
                (cap, *np.round(shares / ROUNDING).tolist()) if cap > 0 else (),
            )
        )
    return keys


def _single(problem: Problem) -> Booleans:
    """Return which demands stay alone: something is decided, or too much or nothing to share."""
    is_pinned = problem.pair_is_pinned | problem.post_is_pinned[problem.pair_post]
    demands = len(problem.demand_codes)
    pinned = _sums(problem.pair_demand, is_pinned.astype(np.float64), demands)
    shared = _sums(problem.pair_demand, problem.pair_hours_now, demands)
    hours = problem.demand_hours
    is_single = (pinned > 0) | (shared > hours * (1 + ROUNDING)) | (hours <= 0)
    for forced in problem.forced:
        if forced.what == "hours":
            is_single[problem.pair_demand[forced.place]] = True
        elif forced.what == "relieved":
            is_single[forced.place] = True
    return np.asarray(is_single)


def _numbered(keys: list[Hashable] | list[int]) -> tuple[Integers, Integers]:
    """Return the number of each key in order of appearance, and where each first appears."""
    number_of: dict[Hashable, int] = {}
    first: list[int] = []
    numbers = np.empty(len(keys), dtype=np.int64)
    for place, key in enumerate(keys):
        if key not in number_of:
            number_of[key] = len(first)
            first.append(place)
        numbers[place] = number_of[key]
    return numbers, np.array(first, dtype=np.int64)


def _sums(places: Integers, values: Floats, count: int) -> Floats:
    return np.bincount(places, values, count).astype(np.float64)
