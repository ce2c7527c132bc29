"""Passes: the goals in strict order over one kept model, each held before the next begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from solver.formulation.programme import Program
from solver.problem import Floats
from solver.search.clock import Clock
from solver.search.searching import Pass, Search


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
    aims: Mapping[str, float] | None = None,
) -> Found:
    """Minimise `goals` one after the other until `clock` has counted `until` seconds of work.

    After its pass a goal is held at `best + tolerance × (before − best) + 1e-6`, `before` at least
    `best` (method §7). A pass takes at most half the time left, the last one all of it, so that
    one hard goal does not leave those behind it without any. A pass starts from the best point
    known that keeps what is held by then, and is spared where that point cannot be bettered.

    `aims` are what goals came to in a plan before. A pass that was stopped far from its best would
    leave those behind it more room than its true best allows: it is held at the aim where it got
    there, so that the two plans can be compared.
    """
    run = Search(program, goals, clock, until, values=start)
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
        most = best + spare
        if answer.status != "optimal" and aims is not None and goal in aims:
            most = min(most, max(best, aims[goal]))
        passes[-1] = replace(passes[-1], most=most)
        run.hold(goal, most)
    if passes and not passes[-1].is_optimal:
        run.tidy()
    return Found(run.values, tuple(passes))
