"""Solving the years: the goals in strict order, each held before the next, verified at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solver.formulation.highs import KeptModel
from solver.formulation.sparse import Matrix, assemble, consecutive
from solver.problem import Floats
from solver.search.clock import Clock, RunProgress
from solver.solution import GoalResult
from solver.years.problem import GOALS, YearsDecision, YearsProblem
from solver.years.rules import (
    BLOCKS,
    BOUND_RULES,
    GOAL_BLOCKS,
    ROW_RULES,
    WHOLE_BLOCKS,
    size_of,
    totals,
)
from solver.years.verifying import goal_values, violations

HOLDING_ROOM = 1e-6
"""What every goal is held at beyond its best, for the rounding of the solver."""

GAP = 1e-3
"""The relative distance from the best at which a goal is near enough."""


@dataclass(frozen=True)
class YearsSolution:
    """The end of a run: optimal, or limit where it was stopped; no decision where none was found.

    `gap` is the largest distance of a goal from its bound, as a share.
    """

    outcome: str
    decision: YearsDecision | None
    goals: tuple[GoalResult, ...]
    gap: float


YEARS_EFFORT = 60.0
"""The nominal seconds of work that some years may take."""


def solve_years(
    problem: YearsProblem,
    *,
    time_limit: float = 60.0,
    on_progress: Callable[[RunProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> YearsSolution:
    """Return the best the years allow: the goals in order, each held at its best plus 1e-6.

    Doing nothing keeps every rule, so there always is a plan.

    Raises:
        RuntimeError: the plan found breaks a rule; it is never returned.
    """
    clock = Clock(time_limit, on_progress, should_stop, budget=YEARS_EFFORT)
    matrix, blocks = _programme(problem)
    model = KeptModel(matrix, {"mip_rel_gap": GAP})
    before = goal_values(problem, nothing_done(problem))
    values: Floats | None = None
    bounds: dict[str, float] = {}
    is_optimal = True
    for number, goal in enumerate(GOALS, start=1):
        cost = totals(problem, GOAL_BLOCKS[goal])
        seconds = clock.left if number == len(GOALS) else clock.left / 2
        watch = clock.watch(goal, number, len(GOALS))
        answer = model.minimise(cost, seconds=seconds, start=values, watch=watch)
        is_optimal &= answer.status == "optimal"
        values = answer.values if answer.values is not None else values
        if values is None:
            return YearsSolution("limit", None, (), float("inf"))
        if model.is_mip:
            snapped = model.minimise_around(cost, values, watch=watch)
            values = values if snapped.values is None else snapped.values
        best = float(cost @ values)
        bounds[goal] = min(max(answer.bound, 0.0), best)
        model.hold(cost, best + HOLDING_ROOM)
    assert values is not None
    decision = _decision(problem, blocks, values)
    broken = violations(problem, decision)
    if broken:
        raise RuntimeError(f"the years break {len(broken)} rules, first: {broken[0]}")
    reached = goal_values(problem, decision)
    goals = tuple(
        GoalResult(goal, before[goal], reached[goal], min(bounds[goal], reached[goal]))
        for goal in GOALS
    )
    gap = max((goal.value - goal.bound) / max(goal.value, 1.0) for goal in goals)
    is_done = is_optimal and not clock.is_stopped
    return YearsSolution("optimal" if is_done else "limit", decision, goals, gap)


def nothing_done(problem: YearsProblem) -> YearsDecision:
    """Return what happens if people only retire."""
    none = np.zeros_like(problem.required)
    people = problem.people_now - np.cumsum(problem.retiring, axis=0)
    return YearsDecision(none, none, none, none, people)


def _programme(problem: YearsProblem) -> tuple[Matrix, dict[str, slice]]:
    sizes = [size_of(problem, block) for block in BLOCKS]
    blocks = dict(zip(BLOCKS, consecutive(sizes), strict=True))
    lower, upper = np.zeros(sum(sizes)), np.full(sum(sizes), np.inf)
    for bound_rule in BOUND_RULES:
        for bounds in bound_rule(problem):
            place = blocks[bounds.block]
            upper[place] = np.minimum(upper[place], bounds.upper)
    is_whole = np.zeros(sum(sizes), dtype=np.bool_)
    for block in WHOLE_BLOCKS if problem.whole_people else ():
        is_whole[blocks[block]] = True
    rules = [rule(problem) for rule in ROW_RULES]
    return assemble(rules, blocks, lower=lower, upper=upper, is_whole=is_whole), blocks


def _decision(problem: YearsProblem, blocks: dict[str, slice], values: Floats) -> YearsDecision:
    """Return the decision at a point: whole people snapped, those there computed from them."""
    found = {}
    for name in WHOLE_BLOCKS:
        part = values[blocks[name]].reshape(problem.required.shape)
        snapped = np.round(part) if problem.whole_people else part
        found[name] = np.maximum(snapped, 0.0) + 0.0
    change = found["recruits"] + found["move_in"] - found["move_out"] - problem.retiring
    people = problem.people_now + np.cumsum(change, axis=0)
    return YearsDecision(people=np.where(np.abs(people) < 1e-9, 0.0, people), **found)
