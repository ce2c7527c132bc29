"""Handing: what one post may hand to another as one measure, and how much of it relieves most."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, Situation
from app.advice.measures.possible_moves import DUST, PossibleMoves, Stock, best_sizes
from solver.problem import Booleans, Floats, Integers, Problem


@dataclass(frozen=True, slots=True)
class ListStep:
    """One draft and the options it uses, flow by flow."""

    draft: DraftMeasure
    used: tuple[int, ...] = ()


@dataclass(slots=True)
class Standing:
    """How things stand at one turn: loads and people, what is left to move, what may be used."""

    situation: Situation
    stock: Stock
    may_use: Booleans
    """[options]"""
    has_no_other: Booleans
    """[options] whether no post but the taker has room for a measure up to its target."""

    def copy(self) -> Standing:
        """Return the same standing, to try something out."""
        return replace(self, situation=self.situation.copy(), stock=self.stock.copy())

    def take(self, options: PossibleMoves, step: ListStep) -> None:
        """Carry out a step."""
        self.situation.do(step.draft)
        if step.used:
            for index, flow in zip(step.used, step.draft.flows, strict=True):
                self.stock.take(options, index, flow.hours)


@dataclass(frozen=True)
class Sizes:
    """What some bundles can remove now and with how many hours."""

    gain: Floats
    hours: Floats
    is_beyond: Booleans
    """Whether the taker ends above its target: only of what nobody else has room for."""


class Bundles:
    """Options that make one measure: all tasks that one post may hand another.

    Where somebody outside the establishment is at either end, officers' tasks are a bundle of
    their own. A cut, what the shares of a task are too many, and a task of a vacant post, which
    goes to who knows it best, are bundles of one option.
    """

    def __init__(
        self, problem: Problem, options: PossibleMoves, is_vacant: Booleans, *, least: float
    ) -> None:
        self._problem, self._options, self._least = problem, options, least
        is_vacants = (options.giver != NOWHERE) & is_vacant[options.giver]
        is_alone = (options.taker == NOWHERE) | is_vacants
        is_officer = problem.demand_is_officer_only[options.demand]
        is_mixed = np.append(problem.people_now[:, problem.category_is_outside].any(axis=1), False)
        is_apart = is_officer & (is_mixed[options.giver] | is_mixed[options.taker])
        places, posts = np.arange(len(is_alone)), len(problem.post_codes)
        together = (options.giver + 1) * posts + options.taker
        # Negative numbers are of those alone, so that no two keys meet.
        keys = np.where(is_alone, -1 - places, 2 * together + is_apart)
        _keys, first, numbers = np.unique(keys, return_index=True, return_inverse=True)
        self.of_option: Integers = numbers
        """[options] the bundle of each."""
        self.ends = options.at(first)
        """[bundles] one option of each, whose ends are those of all."""
        self.smallest: Floats = np.where(options.is_cut | is_vacants, 0.0, least)[first]
        """[bundles] the hours below which it is nothing by itself."""
        self._is_officer = is_officer[first]
        self._order = np.argsort(self.of_option, kind="stable")
        starts = np.searchsorted(self.of_option[self._order], np.arange(len(first) + 1))
        self._starts: list[int] = starts.tolist()
        handed = options.taker != NOWHERE
        pairs = np.unique(options.demand[handed] * posts + options.taker[handed])
        self._pair_demand, self._pair_post = np.divmod(pairs, max(1, posts))

    def members(self, bundle: int) -> Integers:
        """Return the options of a bundle."""
        return self._order[self._starts[bundle] : self._starts[bundle + 1]]

    def is_roomy(self, situation: Situation, posts: Integers) -> Booleans:
        """Return which posts have room for a measure up to the target: of any task, of officers'.

        The result is [2, posts].
        """
        is_any = np.zeros(len(posts), dtype=np.bool_)
        rooms = [self._room(situation, posts, is_officer) for is_officer in (is_any, ~is_any)]
        return np.array(rooms) >= self._least

    def has_no_other(self, is_roomy: Booleans) -> Booleans:
        """Return for which options no other post than their taker has room up to its target."""
        is_officer = self._problem.demand_is_officer_only.astype(np.int64)
        demand, options = self._pair_demand, self._options
        count = np.bincount(demand, is_roomy[is_officer[demand], self._pair_post], len(is_officer))
        own = is_roomy[is_officer[options.demand], options.taker]
        return np.asarray(count[options.demand] - own <= 0)

    def sizes(self, now: Standing, chosen: Integers) -> Sizes:
        """Return how much the chosen bundles gain; those too small to be a measure gain nothing.

        They fill the taker up to its target; of what nobody else has room for, until it is as full
        as the giver.
        """
        every, alone = self._amounts(now, chosen)
        room = self._room_of(now.situation, chosen)
        even = np.maximum(room, self._until_even(now.situation, chosen))
        gain, hours = self._best(
            now.situation,
            self.ends,
            np.concatenate([chosen, chosen]),
            np.concatenate([np.minimum(every, room), np.minimum(alone, even)]),
        )
        (gain, more), (hours, more_hours) = np.split(gain, 2), np.split(hours, 2)
        is_beyond = more > gain * (1 + DUST)
        return Sizes(
            np.where(is_beyond, more, gain), np.where(is_beyond, more_hours, hours), is_beyond
        )

    def sizes_if_prepared(self, now: Standing, chosen: Integers) -> tuple[Floats, Floats]:
        """Return gain and hours of moves whose takers first hand on or give up something.

        `chosen` are all bundles of some units. 0 where the taker has room as it is, or where no one
        measure makes any.
        """
        every, _alone = self._amounts(now, chosen)
        room, ends = self._room_of(now.situation, chosen), self.ends
        giver, taker = ends.giver[chosen], ends.taker[chosen]
        freed = np.zeros(len(self._problem.post_codes) + 1)
        np.maximum.at(freed, giver, np.minimum(every, room))
        freed[NOWHERE] = 0.0
        most = np.minimum(every, room + freed[taker])
        is_worth = (freed[taker] >= self._least) & (every > room) & (most >= self._least)
        is_worth[is_worth] = self._is_strained(now.situation, giver[is_worth])
        used = np.flatnonzero(is_worth)
        gain, hours = np.zeros(len(chosen)), np.zeros(len(chosen))
        # What the taker hands on makes up for what it takes, so that only the giver counts.
        away = replace(ends, taker=np.full_like(ends.taker, NOWHERE))
        gain[used], hours[used] = self._best(now.situation, away, chosen[used], most[used])
        return gain, hours

    def _best(
        self, situation: Situation, ends: PossibleMoves, chosen: Integers, most: Floats
    ) -> tuple[Floats, Floats]:
        smallest = self.smallest[chosen]
        least = np.minimum(smallest, most)
        gain, hours = best_sizes(self._problem, situation, ends, chosen, least=least, most=most)
        is_enough = (most >= np.maximum(smallest, DUST)) & (gain > DUST)
        return np.where(is_enough, gain, 0.0), hours

    def _is_strained(self, situation: Situation, giver: Integers) -> Booleans:
        return np.asarray((giver == NOWHERE) | (situation.overload(np.maximum(giver, 0)) > DUST))

    def _amounts(self, now: Standing, chosen: Integers) -> tuple[Floats, Floats]:
        """Return the hours there are of each bundle, and those that nobody else has room for."""
        count = len(self.ends.demand)
        is_chosen = np.zeros(count, dtype=np.bool_)
        is_chosen[chosen] = True
        used = np.flatnonzero(is_chosen[self.of_option] & now.may_use)
        bundle, each = self.of_option[used], now.stock.most(self._options, used)
        is_crumb = (each < self.smallest[bundle]) & (self.ends.giver[bundle] != NOWHERE)
        each = np.where(is_crumb, 0.0, each)
        alone = np.where(now.has_no_other[used], each, 0.0)
        return _summed(bundle, each, count)[chosen], _summed(bundle, alone, count)[chosen]

    def _room_of(self, situation: Situation, chosen: Integers) -> Floats:
        return self._room(situation, self.ends.taker[chosen], self._is_officer[chosen])

    def _room(self, situation: Situation, posts: Integers, is_officer: Booleans) -> Floats:
        """Return the hours posts can still take up to the target, as many as wanted nowhere."""
        target, places = self._problem.rules.target_saturation, np.maximum(posts, 0)
        load, officer_load = situation.loads(places)
        capacity, inside = situation.capacities(places)
        whole, officer = target * capacity - load, target * inside - officer_load
        left = np.where(is_officer, np.minimum(whole, officer), whole) / situation.caf[places]
        return np.where(posts == NOWHERE, np.inf, left)

    def _until_even(self, situation: Situation, chosen: Integers) -> Floats:
        """Return the hours after which both ends are equally full, no limit without a giver.

        `(load_a ÷ H_a − load_b ÷ H_b) ÷ (CAF_a ÷ H_a + CAF_b ÷ H_b)`, H being the capacity.
        """
        giver, taker = self.ends.giver[chosen], self.ends.taker[chosen]
        apart, each = np.zeros(len(chosen)), np.zeros(len(chosen))
        for posts, sign in ((np.maximum(giver, 0), 1.0), (np.maximum(taker, 0), -1.0)):
            capacity = np.maximum(situation.capacities(posts)[0], DUST)
            apart += sign * situation.loads(posts)[0] / capacity
            each += situation.caf[posts] / capacity
        is_free = (giver == NOWHERE) | (taker == NOWHERE)
        return np.where(is_free, np.inf, np.maximum(0.0, apart / each))


def _summed(places: Integers, amounts: Floats, count: int) -> Floats:
    return np.bincount(places, amounts, count).astype(np.float64)
