"""The ladder: what each rung of levers reaches, every lever added to those before it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial

from solver.formulation.highs import Sight, Watch
from solver.formulation.programme import formulate
from solver.problem import LEVERS, Problem, worth_of_open
from solver.search.clock import Clock
from solver.search.components import are_apart, split
from solver.search.heuristic_start import start_of
from solver.search.parallel import SIDE_BY_SIDE, abreast
from solver.search.passes import Found, minimise_in_order
from solver.search.searching import SHORTEST_SECONDS
from solver.search.today import today
from solver.solution import Rung
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
    lever that can do nothing repeats the rung before it (today, at the foot). So does a unit whose
    hard limits cannot hold yet, and one that nothing better was found for before time ran out.
    """
    able = [lever for lever in LEVERS if _is_able(problem, lever)]
    figures, rungs = [before], []
    for number, lever in enumerate(LEVERS, start=1):
        if able and lever == able[-1]:
            figures = [least_strained(problem, reached, _total(figures))]
        elif lever in able:
            levers = frozenset(able[: able.index(lever) + 1])
            rules = dataclasses.replace(problem.rules, levers=levers)
            parts = _parts(dataclasses.replace(problem, rules=rules))
            if len(parts) > len(figures):
                figures = [goal_values(part, today(part)) for part in parts]
            elif len(parts) < len(figures):
                figures = [_total(figures)]
            figures = _reach(parts, figures, clock.on_rung(number, len(LEVERS)))
        total = _total(figures)
        rungs.append(Rung(lever, total["overload"], total["unassigned_hours"], total["new_people"]))
    return tuple(rungs)


def least_strained(problem: Problem, *figures: Mapping[str, float]) -> Mapping[str, float]:
    """Return the figures with the least overload, unassigned hours counting what they are worth.

    At their best the goals' own order comes to the same; on the way there it would take hours
    that were put anywhere for a step ahead.
    """
    worth = worth_of_open(problem.rules.tier_weights, problem.post_caf.tolist())
    return min(figures, key=lambda one: one["overload"] + worth * one["unassigned_hours"])


def _total(figures: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    return {goal: sum(part[goal] for part in figures) for goal in RUNG_GOALS}


def _is_able(problem: Problem, lever: str) -> bool:
    if lever == "temporary" and problem.rules.max_temporaries == 0:
        return False
    return lever in problem.rules.levers


def _parts(problem: Problem) -> list[Problem]:
    """Return what can be solved by itself: each unit where nothing ties them together.

    No tolerance is shared then either, since unassigned hours are held strictly and nobody new
    can come.
    """
    is_strict = problem.rules.tolerance.get("unassigned_hours", 0.0) == 0.0
    return split(problem) if are_apart(problem) and is_strict else [problem]


def _reach(
    parts: Sequence[Problem], known: Sequence[Mapping[str, float]], clock: Clock
) -> list[Mapping[str, float]]:
    """Return what the levers reach in each part, what is `known` of it where that is better."""
    if clock.left < SHORTEST_SECONDS:
        return list(known)
    most = PART_SECONDS if len(parts) > 1 else float("inf")
    each = min(clock.left / 2 * min(SIDE_BY_SIDE / len(parts), 1.0), most)
    searches = [partial(_of_part, part, clock, each) for part in parts]
    answers = abreast(searches, clock.watch(RUNG_GOALS[1], 2, len(RUNG_GOALS)))
    return [
        figures
        if found.values is None
        else least_strained(part, {one.goal: one.value for one in found.passes}, figures)
        for part, found, figures in zip(parts, answers, known, strict=True)
    ]


def _of_part(part: Problem, clock: Clock, seconds: float, watch: Watch) -> Found:
    """Minimise the goals of one part within `seconds` of work."""
    own = Clock(clock.time_limit, should_stop=lambda: watch(Sight()), started=clock.started)
    program = formulate(part)
    return minimise_in_order(
        program,
        RUNG_GOALS,
        before=goal_values(part, today(part)),
        start=start_of(program),
        until=seconds,
        clock=own,
    )
