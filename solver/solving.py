"""Solving: the Problem goes through the passes and comes back as a verified Solution."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from solver.formulation.condensing import Condensed, condense, deal_out
from solver.formulation.programme import Program, formulate
from solver.ladder import climb, least_strained
from solver.problem import GOALS, Floats, Problem
from solver.search.clock import Clock, RunProgress
from solver.search.elastic import repairs
from solver.search.heuristic_start import start_of
from solver.search.passes import Found, minimise_in_order
from solver.search.rounding import decide, settle
from solver.search.start_from_plan import Known, nearest
from solver.search.today import today
from solver.solution import Conflict, GoalResult, Point, Rung, Solution
from solver.verifying import goal_values, violations
from solver.work import EFFORT

EMERGENCY_SECONDS = 1800.0
"""The time after which a run is stopped, whatever work is left."""

AGREED = 1e-5
"""How far a goal recomputed may be from what its pass reached, relative."""
ROW_ROOM = 1e-7
"""What the rows of all work together may be off, as a part of its hours."""

MAIN_SHARE = 0.8
"""The share of the work for the plan itself; the rungs of the ladder get the rest."""

NEAR_SHARE = 0.2
"""The share of the work in which a point near the plan before is looked for at most."""


def solve(
    problem: Problem,
    *,
    time_limit: float = EMERGENCY_SECONDS,
    effort: float = 1.0,
    near: Known | None = None,
    with_rungs: bool = True,
    on_progress: Callable[[RunProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Solution:
    """Return the best plan for `problem` that `effort` allows: 1 is normal (method §7).

    The same problem and effort give the same plan on every machine. `time_limit` is an emergency
    stop; where it strikes, the solution says so.

    `on_progress` hears from every pass some five times a second, `should_stop` is asked as often:
    when it says so, the best plan so far comes back with outcome `limit`. `gap` compares a goal's
    value and bound at the end of its own pass: what a later goal then takes of a goal's tolerance
    is allowed, not unproven. Goals the user dropped have the bound 0, which always holds.

    `near` is a plan for much the same problem: the search begins as near to its people as may be,
    since today may break what is decided beforehand, and where it is stopped no goal is given up
    beyond that plan's. `with_rungs` False leaves the ladder out, where nobody asks for it, and all
    the time to the plan.

    Raises:
        RuntimeError: the plan found breaks a rule; it is never returned.
    """
    clock = Clock(time_limit, on_progress, should_stop, budget=effort * EFFORT)
    condensed = condense(problem)
    program = formulate(condensed.problem)
    before = goal_values(problem, today(problem))
    start = _start(program, near, clock)
    built = clock.seconds
    found = minimise_in_order(
        program,
        problem.rules.goals,
        before=before,
        start=start,
        aims=near.goals if near is not None else {},
        until=(MAIN_SHARE if with_rungs else 1.0) * clock.budget,
        clock=clock,
    )
    if found.values is None:
        return _without_plan(problem, found, before, built=built, clock=clock)
    checking = time.perf_counter()
    decision = _checked(problem, _in_full(condensed, decide(program, found.values)))
    checked = time.perf_counter() - checking
    reached = goal_values(problem, decision)
    _agreed(found, reached, hours=float(problem.demand_hours.sum()))
    rungs: tuple[Rung, ...] = ()
    if with_rungs:
        passed = before | {one.goal: one.value for one in found.passes}
        least = least_strained(problem, passed, reached)
        rungs = climb(condensed.problem, least, before=before, clock=clock)
    is_optimal = all(one.is_optimal for one in found.passes) and not clock.is_stopped
    return Solution(
        outcome="optimal" if is_optimal else "limit",
        decision=decision,
        goals=_results(found, before, reached),
        rungs=rungs,
        conflicts=(),
        gap=max((_gap(one.value, one.bound) for one in found.passes), default=0.0),
        seconds={"build": built, "solve": clock.seconds - built - checked, "verify": checked},
        is_overdue=clock.is_overdue,
    )


def _start(program: Program, near: Known | None, clock: Clock) -> Floats | None:
    """Return the point to begin from: near the plan before where there is one, else today."""
    if near is not None:
        seconds = NEAR_SHARE * clock.left
        point = nearest(program, near, seconds=seconds, watch=clock.watch(GOALS[0], 1, len(GOALS)))
        if point is not None:
            return point
    return start_of(program)


def _in_full(condensed: Condensed, decision: Point) -> Point:
    hours, relieved = deal_out(condensed, decision)
    return settle(
        condensed.full,
        hours=hours,
        relieved=relieved,
        people_in=decision.people_in,
        people_out=decision.people_out,
        temporary=decision.temporary,
        move_in=decision.move_in,
        move_out=decision.move_out,
        fill=decision.fill,
    )


def _checked(problem: Problem, decision: Point) -> Point:
    broken = violations(problem, decision)
    if broken:
        raise RuntimeError(f"the plan breaks {len(broken)} rules, first: {broken[0]}")
    return decision


def _agreed(found: Found, reached: Mapping[str, float], *, hours: float) -> None:
    """Refuse a plan whose goals, recomputed, are not what their passes say they are.

    A goal may end between the best that its pass found and the most it was then held at: below
    that, or above, rules or goals are formulated otherwise than they are verified. What may differ
    goes with the `hours` of all work: each row holds to a tolerance of its own.
    """
    for one in found.passes:
        room = max(AGREED * max(abs(one.value), abs(one.most), 1.0), ROW_ROOM * hours)
        low = min(one.bound, one.value) if one.is_optimal else -room
        if not low - room <= reached[one.goal] <= one.most + room:
            raise RuntimeError(
                f"{one.goal} is {reached[one.goal]:g} recomputed, its pass says {one.value:g}"
            )


def _results(
    found: Found, before: Mapping[str, float], reached: Mapping[str, float]
) -> tuple[GoalResult, ...]:
    bounds = {one.goal: one.bound for one in found.passes}
    return tuple(
        GoalResult(name, before[name], value, min(bounds.get(name, 0.0), value))
        for name, value in reached.items()
    )


def _gap(value: float, bound: float) -> float:
    return (value - bound) / max(abs(value), 1.0)


def _without_plan(
    problem: Problem, found: Found, before: Mapping[str, float], *, built: float, clock: Clock
) -> Solution:
    """Return what there is to say without a feasible point: blocked, or out of time."""
    smallest: tuple[Conflict, ...] = ()
    ways_out: tuple[tuple[Conflict, ...], ...] = ()
    if found.is_infeasible:
        smallest, ways_out = repairs(formulate(problem), time_limit=clock.left)
    return Solution(
        outcome="blocked" if found.is_infeasible else "limit",
        decision=None,
        goals=tuple(GoalResult(name, value, value, 0.0) for name, value in before.items()),
        rungs=(),
        conflicts=smallest,
        ways_out=ways_out,
        gap=float("inf"),
        seconds={"build": built, "solve": clock.seconds - built, "verify": 0.0},
        is_overdue=clock.is_overdue,
    )
