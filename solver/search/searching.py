"""Searching: how each goal is minimised in turn, by the units alone and by the whole county."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from solver.formulation.highs import NOTHING, KeptModel, Reply, Sight, Watch
from solver.formulation.programme import Program
from solver.problem import Floats, Integers
from solver.search.clock import Clock
from solver.search.heuristic_start import thrift, thrifty_start
from solver.search.pricing import Priced
from solver.search.units import Units, neighbourhoods
from solver.search.valid_inequalities import reinforced
from solver.work import spent

HOLDING_ROOM = 1e-6
"""What every goal is held at beyond its tolerance, for the rounding of the solver."""

SMALL_ROOM, LARGE_ROOM = 1e-9, 1e-6
"""What it is held at beyond that as a share of it, in small counties and in large ones."""

PEOPLE_GOALS = ("new_people", "moved_people")
"""Goals that count people are minimised without a start: a count as a cutoff sends HiGHS into long
chains of bounds (23 s in place of 2 s on a county)."""

FINE_GAP, FINE_SIZE, COARSE_GAP = 1e-6, 1000, 1e-3
"""The relative gap at which a pass is optimal, coarser above this many whole numbers."""

UNITS_SHARE = 0.9
"""The share of a pass for what the units of a large county can do one by one."""

WHOLE_SECONDS = 6.0
"""The work of a first look at the whole county: often that is all it takes (0.6 s for 28 s)."""

ROUNDS = 20
"""How many prices are tried at most to prove a goal."""

COUNTING_ROOM = 1e-3
"""What a proven count of people may be off by before it is rounded up to whole people."""

PEOPLE_NEAR = 1 - COUNTING_ROOM
"""People are counted: a bound less than one below the count proves it."""

NEAR_SHARE = 0.05
"""A start this near the proven bound is good enough to look for no other."""

NOBODY_SHARE = 0.9
"""The share of a pass for asking whether nobody new is needed; that nobody is shows at once."""

SHORTEST_SECONDS = 0.05
"""With less time than this left a pass is not begun."""

TIDYING_SECONDS = 2.0
"""What a run that was stopped may take to change no more hours than it must."""

SETTLING_SECONDS = 0.3
"""What a point may take to be settled even where the time is over."""


@dataclass(frozen=True)
class Pass:
    """One goal's own pass: its value and proven bound with all earlier goals held."""

    goal: str
    value: float
    bound: float
    is_optimal: bool
    most: float = float("inf")
    """What the goal was then held at."""


class Search:
    """One run through the goals: the model, the best point so far and what is held."""

    def __init__(
        self,
        program: Program,
        goals: tuple[str, ...],
        clock: Clock,
        until: float,
        *,
        values: Floats | None,
    ) -> None:
        is_large = int(program.matrix.is_whole.sum()) > FINE_SIZE
        self.values = values
        self._program, self._goals, self._clock, self._until = program, goals, clock, until
        self._gap = COARSE_GAP if is_large else FINE_GAP
        self._model = KeptModel(
            reinforced(program) if is_large else program.matrix, {"mip_rel_gap": self._gap}
        )
        self._units = Units(program) if is_large and len(program.problem.unit_codes) > 1 else None
        self._priced: dict[str, tuple[Priced, slice]] = {}
        self._held: dict[str, tuple[Floats, float]] = {}
        self._holding: dict[str, slice] = {}
        self._thrifty: Floats | None = None
        self._ready: dict[str, Reply] = {}

    def least(self, goal: str) -> float:
        """Return the least a goal can be by the bounds of its variables alone."""
        return float(self._program.costs[goal] @ self._program.matrix.lower)

    def minimise(self, number: int) -> Reply:
        """Look for the best of one goal, keep the best point, and return what is proven."""
        goal = self._goals[number - 1]
        if goal in self._ready:
            return self._ready[goal]
        left = min(self._until - self._clock.spent, self._clock.left)
        seconds = left if number == len(self._goals) else left / 2
        ends = self._clock.spent + seconds
        watch = self._clock.watch(goal, number, len(self._goals))
        cost = self._program.costs[goal]
        if seconds >= SHORTEST_SECONDS:
            if self._keeps(self._thrifty):
                self.values = _lower(cost, self.values, self._thrifty)
            self.values = self._settled(cost, self.values, ends=ends)
        if self._is_least(goal):
            return Reply("optimal", self.values, self.least(goal), self.least(goal))
        if self._clock.spent + SHORTEST_SECONDS > ends:
            return NOTHING
        is_first_to_move = goal == "overload" and "moved_people" in self._goals
        if self._model.is_mip and is_first_to_move:
            return self._by_thrift(number, watch, ends=ends)
        return self._searched(number, watch, ends=ends)

    def hold(self, goal: str, most: float) -> None:
        """Hold a goal; its variables are closed where it is as low as their bounds allow.

        Of a hundred thousand hours 1e-6 is less than what HiGHS calls the same, and its presolve
        and cuts then cut off the best that is left, so the room grows with them.
        """
        cost = self._program.costs[goal]
        growth = LARGE_ROOM if self._units is not None else SMALL_ROOM
        room = HOLDING_ROOM + growth * abs(most)
        self._held[goal] = (cost, most + room)
        if most > self.least(goal) + HOLDING_ROOM:
            self._holding[goal] = self._model.hold(self._program.holds[goal], most + room)
        else:
            used = np.flatnonzero(cost)
            self._model.limit(used, self._program.matrix.lower[used])
        if self._units is not None and goal in self._priced:
            priced, places = self._priced[goal]
            self._model.change(places, self._units.rows(priced, most + room))

    def tidy(self) -> None:
        """Change as few hours as people and the goals held allow, where no time was left for it."""
        cost = self._program.costs["changed_hours"]
        if self.values is not None and "changed_hours" in self._goals:
            answer = self._model.minimise_around(cost, self.values, seconds=TIDYING_SECONDS)
            self.values = _lower(cost, self.values, answer.values)

    def gives_way(self) -> bool:
        """Return to the thrifty point where the people moved are far from their least.

        The least overload may take hundreds of moves that the pass behind had no time to undo.
        Nobody wants that plan: goals before it give way then, and say that they are not proven.
        """
        price, thrifty = thrift(self._program), self._thrifty
        if thrifty is None or _lower(price, self.values, thrifty) is not thrifty:
            return False
        self.values = thrifty
        while self._priced:
            self._model.free(self._priced.popitem()[1][1])
        for goal, (cost, most) in list(self._held.items()):
            if float(cost @ thrifty) > most:
                self._held.pop(goal)
                used = np.flatnonzero(cost)
                self._model.limit(used, self._program.matrix.upper[used])
                if goal in self._holding:
                    self._model.free(self._holding.pop(goal))
                self.hold(goal, float(cost @ thrifty))
        self.hold("moved_people", float(self._program.costs["moved_people"] @ thrifty))
        return True

    def passed(self, one: Pass, values: Floats) -> Pass:
        """Return a pass as it stands at `values`; of people nothing is proven any more."""
        value = float(self._program.costs[one.goal] @ values)
        if one.goal in PEOPLE_GOALS:
            return Pass(one.goal, value, min(self.least(one.goal), value), is_optimal=False)
        is_kept = value <= one.value + HOLDING_ROOM
        return replace(one, value=value, is_optimal=one.is_optimal and is_kept)

    def _is_least(self, goal: str) -> bool:
        if self.values is None:
            return False
        return float(self._program.costs[goal] @ self.values) <= self.least(goal) + HOLDING_ROOM

    def _keeps(self, values: Floats | None) -> bool:
        return values is not None and all(
            float(cost @ values) <= most for cost, most in self._held.values()
        )

    def _by_thrift(self, number: int, watch: Watch, *, ends: float) -> Reply:
        """Minimise the overload from a point that takes on and moves few people.

        The pass of the goal overload moves people for nothing, because they cost it nothing; from
        there the solver needs long to find its way back to a plan that leaves most where they
        are. Where the pass does not end in time the thriftiest of its points is the plan.
        """
        price = thrift(self._program)
        seconds = (ends - self._clock.spent) / 3
        apart = thrifty_start(self._program, seconds=seconds, watch=_unseen(watch))
        apart = self._settled(price, apart if self._keeps(apart) else None, ends=ends)
        self.values = self._thrifty = _lower(price, self.values, apart)
        answer = self._searched(number, watch, ends=ends)
        if answer.status != "optimal":
            self.values = _lower(price, self.values, self._thrifty)
        return answer

    def _searched(self, number: int, watch: Watch, *, ends: float) -> Reply:
        """Search a large county by its units, then, if that is not enough, in the whole."""
        goal = self._goals[number - 1]
        if self._units is None:
            return self._whole(number, watch, ends=ends)
        until = spent() + (ends - self._clock.spent) * UNITS_SHARE
        if (quick := self._first_look(goal, watch, ends=ends)).status == "optimal":
            return quick
        alone, *exchanging = neighbourhoods(self._units.count)
        for groups in ([alone], exchanging):
            self._by_units(goal, groups, watch, until=until, ends=ends)
            answer = self._proved(goal)
            if answer.status == "optimal" or self._clock.is_stopped:
                return answer
        if goal in self._priced and goal not in PEOPLE_GOALS:
            return answer  # The whole took HiGHS minutes here and bettered neither point nor bound.
        return _closer(self._whole(number, watch, ends=ends), answer)

    def _first_look(self, goal: str, watch: Watch, *, ends: float) -> Reply:
        """Search the whole county for as long as it takes where nothing is hard."""
        cost = self._program.costs[goal]
        quick = self._model.minimise(cost, seconds=WHOLE_SECONDS, watch=_unseen(watch))
        settled = replace(quick, values=self._settled(cost, quick.values, ends=ends))
        self.values = _better(cost, self.values, settled)
        return quick

    def _whole(self, number: int, watch: Watch, *, ends: float) -> Reply:
        """Search the whole county at once."""
        if self._needs_nobody(number, watch, ends=ends):
            return Reply("optimal", self.values, 0.0, 0.0)
        goal = self._goals[number - 1]
        start = None if goal in PEOPLE_GOALS else self.values
        bound = self._proven(goal)
        return self._solved(self._program.costs[goal], start, watch, bound=bound, ends=ends)

    def _by_units(
        self,
        goal: str,
        neighbourhoods: list[list[Integers]],
        watch: Watch,
        *,
        until: float,
        ends: float,
    ) -> None:
        """Better the point unit by unit and prove by prices how far from the best it may be.

        What is proven also stands as a row for each unit, in this pass and, with the most that
        the goal is then held at, in those behind it: each unit has little room left.
        """
        if self._units is None:
            return
        cost = self._program.costs[goal]
        for groups in neighbourhoods:
            if self.values is None:
                return
            better = self._units.improve(
                self._model.now(),
                cost,
                self.values,
                groups=groups,
                until=until,
                watch=_seen(watch, self._proved(goal)),
            )
            self._take(cost, better, ends=ends)
            if self._proved(goal).status == "optimal" or self._clock.is_stopped:
                return
        self._price(goal, until=until, ends=ends, watch=_seen(watch, self._proved(goal)))

    def _proved(self, goal: str) -> Reply:
        """Return what the point at hand and the bounds proven so far say together."""
        if self.values is None:
            return NOTHING
        value = float(self._program.costs[goal] @ self.values)
        bound = min(self._proven(goal), value)
        is_near = value - bound <= self._gap * abs(value) + HOLDING_ROOM
        return Reply("optimal" if is_near else "feasible", self.values, value, bound)

    def _price(self, goal: str, *, until: float, ends: float, watch: Watch) -> None:
        """Look for a bound by prices and a better point; add what the bound leaves each unit."""
        if self._units is None or self.values is None:
            return
        hold, cost = self._program.holds[goal], self._program.costs[goal]
        priced, point = self._units.price(
            self._model.now(),
            hold,
            self.values,
            near=lambda value: PEOPLE_NEAR if goal in PEOPLE_GOALS else self._gap * abs(value),
            rounds=ROUNDS,
            until=until,
            watch=watch,
            known=self._priced[goal][0] if goal in self._priced else None,
        )
        self._take(cost, point, ends=ends)
        if priced is None or priced.bound <= self._proven(goal):
            return
        if goal in self._priced and goal not in PEOPLE_GOALS:
            self._model.free(self._priced[goal][1])
        # A count as a cutoff is no help, see PEOPLE_GOALS.
        most = float(hold @ self.values) + HOLDING_ROOM
        rows = self._units.rows(priced, float("inf") if goal in PEOPLE_GOALS else most)
        self._priced[goal] = priced, self._model.add(rows)

    def _proven(self, goal: str) -> float:
        """Return the bound of a goal by its variables and by prices; people count in whole."""
        if goal not in self._priced:
            return self.least(goal)
        bound = self._priced[goal][0].bound
        if goal in PEOPLE_GOALS:
            bound = float(np.ceil(bound - COUNTING_ROOM))
        return max(bound, self.least(goal))

    def _needs_nobody(self, number: int, watch: Watch, *, ends: float) -> bool:
        """Return whether the goals held can do without new people, asked with the goal behind.

        Where they can, the answer for that goal, the people moved, is there already.
        """
        order = ("new_people", "moved_people")
        if not self._model.is_mip or self._goals[number - 1 : number + 1] != order:
            return False
        used = np.flatnonzero(self._program.costs["new_people"])
        before = self._model.limit(used, self._program.matrix.lower[used])
        cost = self._program.costs["moved_people"]
        seconds = (ends - self._clock.spent) * NOBODY_SHARE
        answer = self._model.minimise(cost, seconds=seconds, watch=_unseen(watch))
        if answer.values is None:
            self._model.limit(used, before)
            return False
        self.values = self._settled(cost, answer.values, ends=ends)
        if answer.status == "optimal":
            self._ready["moved_people"] = answer
        return True

    def _solved(
        self, cost: Floats, start: Floats | None, watch: Watch, *, bound: float, ends: float
    ) -> Reply:
        left = max(ends - self._clock.spent, 0.0)
        is_near = start is not None and float(cost @ start) - bound <= NEAR_SHARE * abs(bound)
        answer = self._model.minimise(cost, seconds=left, start=start, watch=watch, is_near=is_near)
        settled = replace(answer, values=self._settled(cost, answer.values, ends=ends))
        self.values = _better(cost, self.values, settled)
        return answer

    def _take(self, cost: Floats, values: Floats, *, ends: float) -> None:
        """Keep a point that is another and a better one, settled."""
        if values is not self.values:
            self.values = _lower(cost, self.values, self._settled(cost, values, ends=ends))

    def _settled(self, cost: Floats, values: Floats | None, *, ends: float) -> Floats | None:
        """Return the best point with the same whole people, the point itself where there is none.

        Even a run that was stopped may take a moment for it.
        """
        if values is None or not self._model.is_mip:
            return values
        left = 0.0 if self._clock.is_stopped else ends - self._clock.spent
        answer = self._model.minimise_around(cost, values, seconds=max(left, SETTLING_SECONDS))
        return values if answer.values is None else answer.values


def _seen(watch: Watch, here: Reply) -> Watch:
    """Return what looks after a search of a unit, of which only where the county is counts."""
    return lambda _sight: watch(Sight(here.value, here.bound))


def _closer(answer: Reply, alone: Reply) -> Reply:
    """Return the answer of the whole with the bound of the units where that is the better one."""
    bound = max(answer.bound, alone.bound) if answer.status != "infeasible" else answer.bound
    return replace(answer, bound=bound)


def _unseen(watch: Watch) -> Watch:
    """Return what looks after a search for a point alone, whose costs are no goal's."""
    return lambda _sight: watch(Sight())


def _lower(cost: Floats, values: Floats | None, other: Floats | None) -> Floats | None:
    if values is None or other is None:
        return other if values is None else values
    return other if float(cost @ other) < float(cost @ values) else values


def _better(cost: Floats, values: Floats | None, answer: Reply) -> Floats | None:
    """Return the better of the point at hand and the answer's; one that is optimal always counts.

    A pass that was stopped may end at a worse point than it was given.
    """
    if answer.status == "optimal" and answer.values is not None:
        return answer.values
    return _lower(cost, values, answer.values)
