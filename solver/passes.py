"""Passes: the goals in strict order over one kept model, each held before the next begins."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from solver.formulating import Program
from solver.highs import Answer, KeptModel, Sight, Watch
from solver.problem import Floats

HOLDING_ROOM = 1e-6
"""What every goal is held at beyond its tolerance, for the rounding of the solver."""

PEOPLE_GOALS = ("new_people", "moved_people")
"""Goals that count people are minimised without a start: a count as a cutoff sends HiGHS into long
chains of bounds (23 s in place of 2 s on a county)."""

FINE_GAP, FINE_SIZE, COARSE_GAP = 1e-6, 1000, 1e-4
"""The relative gap at which a pass is optimal, coarser above this many whole numbers."""

SHORTEST_SECONDS = 0.05
"""With less time than this left a pass is not begun."""


THRIFT_HOURS = 30.0
"""Weighted hours of overload that one person hired or moved has to be worth in a thrifty point."""

THRIFT_GAP = 0.01
"""How far a thrifty point may be from the best one: it is only where others start from."""


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
    known that keeps what is held by then.
    """
    is_large = int(program.matrix.is_whole.sum()) > FINE_SIZE
    model = KeptModel(program.matrix, {"mip_rel_gap": COARSE_GAP if is_large else FINE_GAP})
    values, passes = start, []
    spare_point: Floats | None = None
    held: list[tuple[Floats, float]] = []
    for number, goal in enumerate(goals, start=1):
        cost = program.costs[goal]
        left = min(until - clock.seconds, clock.left)
        seconds = left if number == len(goals) else left / 2
        watch = clock.watch(goal, number, len(goals))
        answer = _NOTHING
        if goal == "overload" and model.is_mip:
            spare_point = _thrifty(model, program, values, seconds=seconds * 2 / 3, watch=watch)
        elif spare_point is not None and _keeps(spare_point, held):
            values = _lower(cost, values, spare_point)
        if seconds >= SHORTEST_SECONDS:
            values = _settled(model, cost, values, watch)
            start = None if goal in PEOPLE_GOALS else values
            answer = model.minimise(cost, seconds=seconds, start=start, watch=watch)
        if answer.status == "infeasible" and number == 1:
            return Found(None, (), is_infeasible=True)
        values = _settled(model, cost, _better(cost, values, answer), watch)
        if values is None:
            return Found(None, ())
        best = float(cost @ values)
        # Every goal is a sum of what cannot be negative: 0 is always a proven bound.
        bound = min(max(answer.bound, 0.0), best)
        passes.append(Pass(goal, best, bound, is_optimal=answer.status == "optimal"))
        spare = program.problem.rules.tolerance.get(goal, 0.0) * max(before[goal] - best, 0.0)
        held.append((cost, best + spare + HOLDING_ROOM))
        model.hold(program.holds[goal], best + spare + HOLDING_ROOM)
    return Found(values, tuple(passes))


def _thrifty(
    model: KeptModel, program: Program, start: Floats | None, *, seconds: float, watch: Watch
) -> Floats | None:
    """Return a point of little overload that takes on and moves few people, None without one.

    The pass of the goal overload moves people for nothing, because they cost it nothing; from
    there the solver needs long to find its way back to a plan that leaves most where they are.
    """
    people = program.costs["new_people"] + program.costs["moved_people"]
    cost = program.costs["overload"] + THRIFT_HOURS * people
    return model.minimise(cost, seconds=seconds, start=start, watch=watch, gap=THRIFT_GAP).values


def _keeps(values: Floats, held: list[tuple[Floats, float]]) -> bool:
    return all(float(cost @ values) <= most for cost, most in held)


def _lower(cost: Floats, values: Floats | None, other: Floats) -> Floats:
    if values is None or float(cost @ other) < float(cost @ values):
        return other
    return values


_NOTHING = Answer("nothing", None, float("inf"), float("-inf"))


def _settled(model: KeptModel, cost: Floats, values: Floats | None, watch: Watch) -> Floats | None:
    """Return the best point with the same whole people, the point itself where there is none."""
    if values is None or not model.is_mip:
        return values
    answer = model.minimise_around(cost, values, watch=watch)
    return values if answer.values is None else answer.values


def _better(cost: Floats, values: Floats | None, answer: Answer) -> Floats | None:
    """Return the better of the point at hand and the answer's; one that is optimal always counts.

    A pass that was stopped may end at a worse point than it was given.
    """
    if answer.values is None:
        return values
    if values is None or answer.status == "optimal":
        return answer.values
    return answer.values if answer.value <= float(cost @ values) else values
