"""Readable: the programme as a PuLP problem whose variables and rows carry the county's names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pulp

from solver.formulating import Program, formulate
from solver.problem import GOALS, Floats, Problem
from solver.rows import BLOCKS, total_block

ROW_NAME_LENGTH = 250
"""The longest name that the LP format takes."""


def lp_problem(program: Program, *, goal: str = "unassigned_hours") -> pulp.LpProblem:
    """Return the programme with `goal` as objective; variables stay in column order in its rows.

    Building it takes some 10 µs a variable, many times the solver's own way in, so passes do not
    come here: it serves reading, other solvers, and the search for conflicting limits.
    """
    matrix = program.matrix
    problem = pulp.LpProblem("plan")
    variables = [
        problem.add_variable(
            name,
            lowBound=float(low),
            upBound=None if high == float("inf") else float(high),
            cat=pulp.LpInteger if is_whole else pulp.LpContinuous,
        )
        for name, low, high, is_whole in zip(
            variable_names(program), matrix.lower, matrix.upper, matrix.is_whole, strict=True
        )
    ]
    problem.setObjective(_expression(variables, range(len(variables)), program.costs[goal]))
    for row, name in enumerate(row_names(program)):
        entries = slice(matrix.starts[row], matrix.starts[row + 1])
        expression = _expression(variables, matrix.columns[entries], matrix.values[entries])
        low, high = float(matrix.row_lower[row]), float(matrix.row_upper[row])
        sense, limit = _sense(low, high)
        problem.addConstraint(pulp.LpConstraint(expression, sense, name, limit))
    return problem


def write_lp(problem: Problem, path: Path, *, goal: str = "unassigned_hours") -> None:
    """Write the programme of `problem` with `goal` as objective in the LP format."""
    lp_problem(formulate(problem), goal=goal).writeLP(str(path), max_length=ROW_NAME_LENGTH)


def variable_names(program: Program) -> list[str]:
    """Return a name for each column, such as `new_u1_t3_p7`; never the same twice."""
    problem = program.problem
    pairs = [
        (problem.demand_codes[demand], problem.post_codes[post])
        for demand, post in zip(problem.pair_demand, problem.pair_post, strict=True)
    ]
    posts = [(code,) for code in problem.post_codes]
    demands = [(code,) for code in problem.demand_codes]
    staff = list(product(problem.post_codes, problem.category_names))
    units = list(product(problem.unit_codes, problem.category_names))
    totals = [(code,) for code in problem.unit_codes]
    tiers = [str(tier + 1) for tier in range(len(problem.rules.tier_weights))]
    subjects: dict[str, Iterable[tuple[str, ...]]] = {
        **dict.fromkeys(("kept", "new"), pairs),
        **dict.fromkeys(("unassigned", "relieved"), demands),
        **dict.fromkeys(("people", "people_in", "people_out"), staff),
        **dict.fromkeys(("temporary", "idle"), posts),
        **dict.fromkeys(("move_in", "move_out", "fill"), units),
        **dict.fromkeys(map(total_block, GOALS), totals),
        "draw": [(name,) for name in problem.category_names],
        "overload": list(product(problem.post_codes, tiers)),
    }
    return _unique("_".join((block, *codes)) for block in BLOCKS for codes in subjects[block])


def row_names(program: Program) -> list[str]:
    """Return a name for each row, such as `cover_u1_t3`; never the same twice."""
    return _unique(
        f"{rule.rule}_{code}" for rule, _place in program.rules for code in rule.subjects
    )


def _unique(names: Iterable[str]) -> list[str]:
    """Replace what the LP format does not take and number names that are taken already."""
    taken: set[str] = set()
    unique: list[str] = []
    for name in names:
        plain = re.sub(r"\W", "_", name)[: ROW_NAME_LENGTH - 10]
        candidate, number = plain, 1
        while candidate in taken:
            number += 1
            candidate = f"{plain}__{number}"
        taken.add(candidate)
        unique.append(candidate)
    return unique


def _expression(
    variables: list[pulp.LpVariable], places: Iterable[int], values: Floats
) -> pulp.LpAffineExpression:
    return pulp.LpAffineExpression(
        [
            (variables[place], float(value))
            for place, value in zip(places, values, strict=True)
            if value != 0
        ]
    )


def _sense(low: float, high: float) -> tuple[int, float]:
    """Return PuLP's sense and right-hand side: every rule of ours has one or equal limits."""
    if low == high:
        return pulp.LpConstraintEQ, high
    if low == float("-inf"):
        return pulp.LpConstraintLE, high
    return pulp.LpConstraintGE, low
