"""Options: every single move of hours that the rules allow, and how much each would relieve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

import numpy as np

from app.advice.carrying_out.situation import NOWHERE, HoursFlow, Situation, weighted
from app.model.vocabulary import Lever
from solver.problem import Booleans, Floats, Integers, Problem

DUST = 1e-6
"""Hours below this are arithmetic, not work."""


@dataclass(frozen=True)
class PossibleMoves:
    """Moves of hours of one demand from a post to another, one entry each, as indices.

    `giver` NOWHERE: hours that nobody carries. `taker` NOWHERE: hours that are cut, or, where
    `is_cut` says no, that the shares of the task are too many.
    """

    demand: Integers
    giver: Integers
    taker: Integers
    pair: Integers
    """The giver's pair, NOWHERE without one."""
    is_cut: Booleans

    @classmethod
    def of(cls, problem: Problem) -> PossibleMoves:
        """Return the options that scope, qualifications, pins and levers leave open."""
        rows = np.array(list(_rows(problem)), dtype=np.int64).reshape(-1, 5)
        demand, giver, taker, pair, is_cut = rows.T
        return cls(demand, giver, taker, pair, is_cut.astype(np.bool_))

    def at(self, places: Integers) -> PossibleMoves:
        """Return the options at these places."""
        return PossibleMoves(
            self.demand[places],
            self.giver[places],
            self.taker[places],
            self.pair[places],
            self.is_cut[places],
        )

    def flow(self, index: int, hours: float) -> HoursFlow:
        """Return `hours` of one option."""
        return HoursFlow(
            int(self.demand[index]), int(self.giver[index]), int(self.taker[index]), float(hours)
        )


def _rows(problem: Problem) -> Iterator[tuple[int, int, int, int, int]]:
    levers = problem.rules.levers
    may_reassign, may_cut = Lever.REASSIGN.value in levers, Lever.CUT.value in levers
    is_fixed = problem.pair_is_pinned | problem.post_is_pinned[problem.pair_post]
    pairs_of: dict[int, list[int]] = defaultdict(list)
    for pair in np.flatnonzero(~is_fixed).tolist():
        pairs_of[int(problem.pair_demand[pair])].append(pair)
    carried = np.bincount(problem.pair_demand, problem.pair_hours_now, len(problem.demand_codes))
    missing = problem.demand_hours - carried
    for demand in range(len(problem.demand_codes)):
        pairs = pairs_of[demand]
        givers = [
            (int(problem.pair_post[pair]), pair)
            for pair in pairs
            if problem.pair_hours_now[pair] > DUST
        ]
        if missing[demand] > DUST:
            givers.append((NOWHERE, NOWHERE))
        takers = [int(problem.pair_post[pair]) for pair in pairs] if may_reassign else []
        for giver, pair in givers:
            yield from ((demand, giver, taker, pair, 0) for taker in takers if taker != giver)
            if may_cut and problem.demand_cap[demand] > 0:
                yield demand, giver, NOWHERE, pair, 1
            if missing[demand] < -DUST:
                yield demand, giver, NOWHERE, pair, 0


class Stock:
    """The hours that can still be moved: of every pair, of nobody's, to be cut, and too many."""

    def __init__(self, problem: Problem) -> None:
        carried = np.bincount(
            problem.pair_demand, problem.pair_hours_now, len(problem.demand_codes)
        )
        # One place more than there are pairs, so that NOWHERE finds one where no pair is at all.
        self.left: Floats = np.append(problem.pair_hours_now, 0.0)
        self.open: Floats = np.maximum(0.0, problem.demand_hours - carried)
        self.cuttable: Floats = problem.demand_cap * problem.demand_hours
        self.surplus: Floats = np.maximum(0.0, carried - problem.demand_hours)

    def copy(self) -> Stock:
        """Return the same stock, to try something out."""
        other = copy(self)
        for name in ("left", "open", "cuttable", "surplus"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def most(self, options: PossibleMoves, chosen: Integers) -> Floats:
        """Return the most hours of each chosen option."""
        demand, pair = options.demand[chosen], options.pair[chosen]
        most = np.where(pair == NOWHERE, self.open[demand], self.left[pair])
        most = np.where(options.is_cut[chosen], np.minimum(most, self.cuttable[demand]), most)
        is_surplus = (options.taker[chosen] == NOWHERE) & ~options.is_cut[chosen]
        return np.where(is_surplus, np.minimum(most, self.surplus[demand]), most)

    def take(self, options: PossibleMoves, index: int, hours: float) -> None:
        """Note that `hours` of an option are moved."""
        flow, pair = options.flow(index, hours), int(options.pair[index])
        self.take_flow(flow, pair, is_cut=bool(options.is_cut[index]))

    def take_flow(self, flow: HoursFlow, pair: int, *, is_cut: bool) -> None:
        """Note that hours are moved; `pair` is that of the giver, NOWHERE without one."""
        if pair == NOWHERE:
            self.open[flow.demand] -= flow.hours
        else:
            self.left[pair] -= flow.hours
        if is_cut:
            self.cuttable[flow.demand] -= flow.hours
        elif flow.to_post == NOWHERE:
            self.surplus[flow.demand] -= flow.hours


def best_sizes(
    problem: Problem,
    situation: Situation,
    options: PossibleMoves,
    chosen: Integers,
    *,
    least: Floats,
    most: Floats,
) -> tuple[Floats, Floats]:
    """Return, for each chosen option, the most strain it can remove now and the hours for that.

    The strain of both posts is convex and piecewise linear in the hours, so the best number of
    hours is one of the kinks between `least` and `most`; of several, the smallest.
    """
    sides = [
        _Side(problem, situation, options.demand[chosen], options.giver[chosen], sign=-1.0),
        _Side(problem, situation, options.demand[chosen], options.taker[chosen], sign=1.0),
    ]
    points = np.concatenate([least[:, None], most[:, None], *(side.kinks() for side in sides)], 1)
    hours = np.sort(np.clip(points, least[:, None], most[:, None]), axis=1)
    is_nobodys = (options.giver[chosen] == NOWHERE)[:, None]
    gains = np.where(is_nobodys, situation.worth_of_open * hours, 0.0)
    for side in sides:
        gains -= side.more_overload(hours)
    best = gains.max(axis=1, keepdims=True, initial=0.0)
    column = np.argmax(gains >= best - DUST * np.maximum(1.0, best), axis=1)
    rows = np.arange(len(chosen))
    return np.asarray(gains[rows, column]), np.asarray(hours[rows, column])


class _Side:
    """The posts on one side of many options: they lose (sign −1) or gain (sign +1) the hours."""

    def __init__(
        self,
        problem: Problem,
        situation: Situation,
        demand: Integers,
        post: Integers,
        *,
        sign: float,
    ) -> None:
        self._rules = problem.rules
        self._is_post = post != NOWHERE
        place = np.maximum(post, 0)
        self._slope = sign * situation.caf[place]
        self._is_officer = problem.demand_is_officer_only[demand]
        self._load, self._officer_load = situation.loads(place)
        self._capacity, self._inside = situation.capacities(place)

    def kinks(self) -> Floats:
        """Return the hours at which a post enters another tier, [options, kinks]."""
        target = self._rules.target_saturation
        floors = np.concatenate([[0.0], np.cumsum(self._rules.tier_widths)])
        tops = floors * self._capacity[:, None]
        whole = (target * self._capacity - self._load)[:, None] + tops
        officer = (target * self._inside - self._officer_load)[:, None] + tops
        return np.asarray(np.concatenate([whole, officer], axis=1) / self._slope[:, None])

    def more_overload(self, hours: Floats) -> Floats:
        """Return the weighted overload that `hours` [options, points] add."""
        target = self._rules.target_saturation
        loads = self._slope[:, None] * hours
        whole = self._load[:, None] - target * self._capacity[:, None]
        officer = self._officer_load[:, None] - target * self._inside[:, None]
        after = np.maximum(whole + loads, officer + loads * self._is_officer[:, None])
        more = weighted(after, self._capacity[:, None], self._rules)
        more -= weighted(np.maximum(whole, officer), self._capacity[:, None], self._rules)
        return np.where(self._is_post[:, None], more, 0.0)
