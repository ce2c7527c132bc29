"""Formulating: the rules and goals of a Problem become one sparse programme in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.formulation.goals import GOAL_COSTS, total
from solver.formulation.rows import BLOCKS, WHOLE_BLOCKS, Rows, shape_of, total_block
from solver.formulation.rules import BOUND_RULES, ROW_RULES
from solver.formulation.sparse import Matrix, assemble, consecutive
from solver.problem import GOALS, Booleans, Floats, Problem


@dataclass(frozen=True)
class Program:
    """A Problem as numbers for the solver, with the places of its variables and rules."""

    problem: Problem
    matrix: Matrix
    blocks: dict[str, slice]
    """The columns of each block of variables."""
    rules: tuple[tuple[Rows, slice], ...]
    """Each rule and its rows."""
    costs: dict[str, Floats]
    """The cost vector of each goal."""
    holds: dict[str, Floats]
    """The same goal over the units' totals: the short row that holds it."""


def formulate(problem: Problem) -> Program:
    """Return the programme of `problem`: the same problem gives the same order, always."""
    sizes = [int(np.prod(shape_of(block, problem))) for block in BLOCKS]
    blocks = dict(zip(BLOCKS, consecutive(sizes), strict=True))
    rules = [rule(problem) for rule in ROW_RULES] + [total(problem, goal) for goal in GOALS]
    lower, upper = _bounds(problem, blocks, sum(sizes))
    matrix = assemble(
        rules, blocks, lower=lower, upper=upper, is_whole=_whole(problem, blocks, sum(sizes))
    )
    places = consecutive([len(rule.subjects) for rule in rules])
    return Program(
        problem=problem,
        matrix=matrix,
        blocks=blocks,
        rules=tuple(zip(rules, places, strict=True)),
        costs={goal: _cost(problem, goal, blocks, sum(sizes)) for goal in GOALS},
        holds={goal: _hold(problem, goal, blocks, sum(sizes)) for goal in GOALS},
    )


def _bounds(problem: Problem, blocks: dict[str, slice], count: int) -> tuple[Floats, Floats]:
    lower, upper = np.zeros(count), np.full(count, np.inf)
    for rule in BOUND_RULES:
        for bounds in rule(problem):
            place = blocks[bounds.block]
            lower[place] = np.maximum(lower[place], bounds.lower)
            upper[place] = np.minimum(upper[place], bounds.upper)
    return lower, upper


def _whole(problem: Problem, blocks: dict[str, slice], count: int) -> Booleans:
    """Return which variables are whole; people only where they are today."""
    is_whole = np.zeros(count, dtype=np.bool_)
    if problem.rules.whole_people:
        for block in WHOLE_BLOCKS:
            is_whole[blocks[block]] = True
        is_whole[blocks["people"]] = (problem.people_now % 1 == 0).ravel()
    return is_whole


def _cost(problem: Problem, goal: str, blocks: dict[str, slice], count: int) -> Floats:
    cost = np.zeros(count)
    for block, each in GOAL_COSTS[goal](problem).items():
        cost[blocks[block]] = each
    return cost


def _hold(problem: Problem, goal: str, blocks: dict[str, slice], count: int) -> Floats:
    hold = np.zeros(count)
    hold[blocks[total_block(goal)]] = 1.0
    if "draw" in GOAL_COSTS[goal](problem):
        hold[blocks["draw"]] = 1.0
    return hold
