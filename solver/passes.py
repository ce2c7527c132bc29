"""Passes: the goals in strict order over one kept model, each held before the next begins."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from solver.formulating import Program
from solver.highs import Answer, KeptModel, Sight, Watch
from solver.problem import Floats
from solver.starting import thrift, thrifty_start

HOLDING_ROOM = 1e-6
"""What every goal is held at beyond its tolerance, for the rounding of the solver."""

PEOPLE_GOALS = ("new_people", "moved_people")
"""Goals that count people are minimised without a start: a count as a cutoff sends HiGHS into long
chains of bounds (23 s in place of 2 s on a county)."""

FINE_GAP, FINE_SIZE, COARSE_GAP = 1e-6, 1000, 1e-3
"""The relative gap at which a pass is optimal, coarser above this many whole numbers."""

NOBODY_SHARE = 0.9
"""The share of a pass for asking whether nobody new is needed; that nobody is shows at once."""

SHORTEST_SECONDS = 0.05
"""With less time than this left a pass is not begun."""

SETTLING_SECONDS = 0.3
"""What a point may take to be settled even where the time is over."""


@dataclass(frozen=True)
class Progress:
    """Where a run is: the goal in hand, its best value and proven bound, seconds since start."""

    goal: str
    number: int
    of: int
    value: float | None
    bound: float | None
    seconds: float


@dataclass
class Clock:
    """The time a run may take and the two ways in which it talks with its caller."""

    time_limit: float
    on_progress: Callable[[Progress], None] | None = None
    should_stop: Callable[[], bool] | None = None
    is_stopped: bool = False
    started: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Return the seconds since the run began."""
        return time.perf_counter() - self.started

    @property
    def left(self) -> float:
        """Return the seconds left, 0 once stopped."""
        return 0.0 if self.is_stopped else max(self.time_limit - self.seconds, 0.0)

    def watch(self, goal: str, number: int, of: int) -> Watch:
        """Return what looks after one pass: it reports, and says when the caller wants out."""

        def look(sight: Sight) -> bool:
            if self.on_progress is not None:
                self.on_progress(Progress(goal, number, of, sight.value, sight.bound, self.seconds))
            if self.should_stop is not None and self.should_stop():
                self.is_stopped = True
            return self.is_stopped

        return look


@dataclass(frozen=True)
class Pass:
    """One goal's own pass: its value and proven bound with all earlier goals held."""

    goal: str
    value: float
    bound: float
    is_optimal: bool


@dataclass(frozen=True)
class Found:
    """Where the passes ended: `values` None where no feasible point is known."""

    values: Floats | None
    passes: tuple[Pass, ...]
    is_infeasible: bool = False


def minimise_in_order(
    program: Program,
    goals: tuple[str, ...],
    *,
    before: Mapping[str, float],
    start: Floats | None,
    until: float,
    clock: Clock,
) -> Found:
    """Minimise `goals` one after the other until `clock` shows `until` seconds.

    After its pass a goal is held at `best + tolerance × (before − best) + 1e-6`, `before` at least
    `best` (method §7). A pass takes at most half the time left, the last one all of it, so that
    one hard goal does not leave those behind it without any. A pass starts from the best point
    known that keeps what is held by then, and is spared where that point cannot be bettered.
    """
    run = _Run(program, goals, clock, until, values=start)
    passes = []
    for number, goal in enumerate(goals, start=1):
        answer = run.minimise(number)
        if answer.status == "infeasible" and number == 1:
            return Found(None, (), is_infeasible=True)
        if run.values is None:
            return Found(None, ())
        best = float(program.costs[goal] @ run.values)
        # Behind the first pass only rounding can call a programme infeasible: nothing is proven.
        proven = answer.bound if answer.status != "infeasible" else float("-inf")
        bound = min(max(proven, run.least(goal)), best)
        passes.append(Pass(goal, best, bound, is_optimal=answer.status == "optimal"))
        if goal == "moved_people" and answer.status != "optimal" and run.gives_way():
            passes = [run.passed(one, run.values) for one in passes]
            continue
        spare = program.problem.rules.tolerance.get(goal, 0.0) * max(before[goal] - best, 0.0)
        run.hold(goal, best + spare)
    return Found(run.values, tuple(passes))


class _Run:
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
        self._model = KeptModel(
            program.matrix, {"mip_rel_gap": COARSE_GAP if is_large else FINE_GAP}
        )
        self._held: dict[str, tuple[Floats, float]] = {}
        self._thrifty: Floats | None = None
        self._ready: dict[str, Answer] = {}

    def least(self, goal: str) -> float:
        """Return the least a goal can be by the bounds of its variables alone."""
        return float(self._program.costs[goal] @ self._program.matrix.lower)

    def minimise(self, number: int) -> Answer:
        """Look for the best of one goal, keep the best point, and return what is proven."""
        goal = self._goals[number - 1]
        if goal in self._ready:
            return self._ready[goal]
        left = min(self._until - self._clock.seconds, self._clock.left)
        seconds = left if number == len(self._goals) else left / 2
        ends = self._clock.seconds + seconds
        watch = self._clock.watch(goal, number, len(self._goals))
        cost = self._program.costs[goal]
        if seconds >= SHORTEST_SECONDS:
            if self._keeps(self._thrifty):
                self.values = _lower(cost, self.values, self._thrifty)
            self.values = self._settled(cost, self.values, ends=ends)
        if self._is_least(goal):
            return Answer("optimal", self.values, self.least(goal), self.least(goal))
        if self._clock.seconds + SHORTEST_SECONDS > ends:
            return _NOTHING
        if self._model.is_mip and goal == "overload":
            return self._by_thrift(cost, watch, ends=ends)
        if self._needs_nobody(number, watch, ends=ends):
            return Answer("optimal", self.values, 0.0, 0.0)
        start = None if goal in PEOPLE_GOALS else self.values
        return self._solved(cost, start, watch, ends=ends)

    def hold(self, goal: str, most: float) -> None:
        """Hold a goal; its variables are closed where it is as low as their bounds allow."""
        cost = self._program.costs[goal]
        self._held[goal] = (cost, most + HOLDING_ROOM)
        if most > self.least(goal) + HOLDING_ROOM:
            self._model.hold(self._program.holds[goal], most + HOLDING_ROOM)
        else:
            used = np.flatnonzero(cost)
            self._model.limit(used, self._program.matrix.lower[used])

    def gives_way(self) -> bool:
        """Return to the thrifty point where the people moved are far from their least.

        The least overload may take hundreds of moves that the pass behind had no time to undo.
        Nobody wants that plan: goals before it give way then, and say that they are not proven.
        """
        price, thrifty = thrift(self._program), self._thrifty
        if thrifty is None or _lower(price, self.values, thrifty) is not thrifty:
            return False
        self.values = thrifty
        for goal, (cost, most) in list(self._held.items()):
            if float(cost @ thrifty) > most:
                self._held.pop(goal)
                used = np.flatnonzero(cost)
                self._model.limit(used, self._program.matrix.upper[used])
                self._model.loosen(self._program.holds[goal], float("inf"))
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

    def _by_thrift(self, cost: Floats, watch: Watch, *, ends: float) -> Answer:
        """Minimise the overload from a point that takes on and moves few people.

        The pass of the goal overload moves people for nothing, because they cost it nothing; from
        there the solver needs long to find its way back to a plan that leaves most where they
        are. Where the pass does not end in time the thriftiest of its points is the plan.
        """
        price = thrift(self._program)
        seconds = (ends - self._clock.seconds) / 3
        apart = thrifty_start(self._program, seconds=seconds, watch=_unseen(watch))
        apart = self._settled(price, apart if self._keeps(apart) else None, ends=ends)
        self.values = self._thrifty = _lower(price, self.values, apart)
        answer = self._solved(cost, self.values, watch, ends=ends)
        if answer.status != "optimal":
            self.values = _lower(price, self.values, self._thrifty)
        return answer

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
        seconds = (ends - self._clock.seconds) * NOBODY_SHARE
        answer = self._model.minimise(cost, seconds=seconds, watch=_unseen(watch))
        if answer.values is None:
            self._model.limit(used, before)
            return False
        self.values = self._settled(cost, answer.values, ends=ends)
        if answer.status == "optimal":
            self._ready["moved_people"] = answer
        return True

    def _solved(self, cost: Floats, start: Floats | None, watch: Watch, *, ends: float) -> Answer:
        seconds = max(ends - self._clock.seconds, 0.0)
        answer = self._model.minimise(cost, seconds=seconds, start=start, watch=watch)
        found = self._settled(cost, answer.values, ends=ends)
        self.values = _better(cost, self.values, replace(answer, values=found))
        return answer

    def _settled(self, cost: Floats, values: Floats | None, *, ends: float) -> Floats | None:
        """Return the best point with the same whole people, the point itself where there is none.

        Even a run that was stopped may take a moment for it.
        """
        if values is None or not self._model.is_mip:
            return values
        left = 0.0 if self._clock.is_stopped else ends - self._clock.seconds
        seconds = max(left, SETTLING_SECONDS)
        answer = self._model.minimise_around(cost, values, seconds=seconds)
        return values if answer.values is None else answer.values


def _unseen(watch: Watch) -> Watch:
    """Return what looks after a search for a point alone, whose costs are no goal's."""
    return lambda _sight: watch(Sight())


def _lower(cost: Floats, values: Floats | None, other: Floats | None) -> Floats | None:
    if values is None or other is None:
        return other if values is None else values
    return other if float(cost @ other) < float(cost @ values) else values


_NOTHING = Answer("nothing", None, float("inf"), float("-inf"))


def _better(cost: Floats, values: Floats | None, answer: Answer) -> Floats | None:
    """Return the better of the point at hand and the answer's; one that is optimal always counts.

    A pass that was stopped may end at a worse point than it was given.
    """
    if answer.status == "optimal" and answer.values is not None:
        return answer.values
    return _lower(cost, values, answer.values)
