"""The ladder: what each rung of levers reaches, every lever added to those before it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial

from solver.abreast import CORES, abreast
from solver.formulating import formulate
from solver.highs import Sight, Watch
from solver.passes import SHORTEST_SECONDS, Clock, Found, minimise_in_order
from solver.problem import LEVERS, Problem
from solver.solution import Rung
from solver.splitting import are_apart, split
from solver.starting import start_of
from solver.today import today
from solver.verifying import goal_values

RUNG_GOALS = ("unassigned_hours", "overload", "new_people")

PART_SECONDS = 5.0
"""The longest a unit by itself may take on a rung: a ladder tells about how far each means gets."""


def climb(
    problem: Problem, reached: Mapping[str, float], *, before: Mapping[str, float], clock: Clock
) -> tuple[Rung, ...]:
    """Return what each rung reaches: goals 1 to 3 in order, levers added one by one.

    The figures are those each goal's own pass reached, so that no rung hides behind a tolerance;
    `reached` are the plan's, and the rung of the last lever that can do anything is the plan. A
    lever that can do nothing, and a rung on which the hard limits cannot hold yet, repeats the
    rung before it (today, at the foot). Where time runs out a rung shows what was reached by then,
    or repeats the one before where that is more overload than today.
    """
    able = [lever for lever in LEVERS if _is_able(problem, lever)]
    figures, rungs = before, []
    for number, lever in enumerate(LEVERS, start=1):
        if able and lever == able[-1]:
            figures = _better(dict(reached), figures)
        elif lever in able:
            levers = frozenset(able[: able.index(lever) + 1])
            rules = dataclasses.replace(problem.rules, levers=levers)
            reached_here = _reach(
                dataclasses.replace(problem, rules=rules), clock.on_rung(number, len(LEVERS))
            )
            figures = _better(reached_here, figures)
        rungs.append(
            Rung(lever, figures["overload"], figures["unassigned_hours"], figures["new_people"])
        )
    return tuple(rungs)


def _better(reached: dict[str, float] | None, before: Mapping[str, float]) -> Mapping[str, float]:
    """Return what a rung reached, the rung before where time did not allow for more."""
    if reached is None:
        return before
    for goal in ("unassigned_hours", "overload"):
        if abs(reached[goal] - before[goal]) > 1e-3:
            return before if reached[goal] > before[goal] else reached
    return reached


def _is_able(problem: Problem, lever: str) -> bool:
    if lever == "temporary" and problem.rules.max_temporaries == 0:
        return False
    return lever in problem.rules.levers


def _reach(problem: Problem, clock: Clock) -> dict[str, float] | None:
    """Return what the levers of `problem` reach, None where the hard limits cannot hold.

    Units that nothing ties together are solved one by one: then no tolerance is shared either,
    since unassigned hours are held strictly and nobody new can come.
    """
    is_strict = problem.rules.tolerance.get("unassigned_hours", 0.0) == 0.0
    if clock.left < SHORTEST_SECONDS:
        return None
    parts = split(problem) if are_apart(problem) and is_strict else [problem]
    until = clock.seconds + clock.left / 2
    most = PART_SECONDS if len(parts) > 1 else float("inf")

    def seconds_of(number: int) -> float:
        each = min(CORES / (len(parts) - number), 1.0)
        return min(max(until - clock.seconds, 0.0) * each, most)

    searches = [
        partial(_of_part, part, clock, partial(seconds_of, number))
        for number, part in enumerate(parts)
    ]
    total = dict.fromkeys(RUNG_GOALS, 0.0)
    is_done = True
    for found in abreast(searches, clock.watch(RUNG_GOALS[1], 2, len(RUNG_GOALS))):
        if found.values is None:
            return None
        for one in found.passes:
            total[one.goal] += one.value
            is_done = is_done and one.is_optimal
    today_overload = goal_values(problem, today(problem))["overload"]
    return total if is_done or total["overload"] <= today_overload else None


def _of_part(part: Problem, clock: Clock, seconds: Callable[[], float], watch: Watch) -> Found:
    """Minimise the goals of one part; how many `seconds` it has is asked when its turn comes."""
    own = Clock(clock.time_limit, should_stop=lambda: watch(Sight()), started=clock.started)
    until = own.seconds + seconds()
    program = formulate(part)
    return minimise_in_order(
        program,
        RUNG_GOALS,
        before=goal_values(part, today(part)),
        start=start_of(program),
        until=until,
        clock=own,
    )
