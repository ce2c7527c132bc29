"""Readable: the programme as a PuLP problem whose variables and rows carry the county's names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path

import pulp

from solver.formulation.programme import Program, formulate
from solver.formulation.rows import BLOCKS, total_block
from solver.problem import GOALS, Floats, Problem

ROW_NAME_LENGTH = 250
"""The longest name that the LP format takes."""


def lp_problem(
    program: Program, *, goal: str = "unassigned_hours", held: Mapping[str, float] | None = None
) -> pulp.LpProblem:
    """Return the programme with `goal` as objective; variables stay in column order in its rows.

    `held` are the goals served before with the most they may be: a pass of the plan is the
    programme with those rows, named `held_` and the goal.

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
    for earlier, most in (held or {}).items():
        expression = _expression(variables, range(len(variables)), program.holds[earlier])
        name = f"held_{earlier}"
        problem.addConstraint(pulp.LpConstraint(expression, pulp.LpConstraintLE, name, most))
    return problem


def write_model(
    problem: Problem,
    path: Path,
    *,
    goal: str = "unassigned_hours",
    held: Mapping[str, float] | None = None,
) -> None:
    """Write one pass of the plan for other solvers: MPS where `path` ends so, else LP.

    `goal` is its objective, `held` the most that the goals before it may be. Codes that these old
    formats do not take are written with what is left of them, never two the same.
    """
    model = lp_problem(formulate(problem), goal=goal, held=held)
    if path.suffix.lower() == ".mps":
        model.writeMPS(str(path))
    else:
        model.writeLP(str(path), max_length=ROW_NAME_LENGTH)


def variable_names(program: Program) -> list[str]:
    """Return a name for each column, such as `new_u1_t3_p7`; never the same twice."""
    problem = program.problem
    pairs = [
        (problem.demand_codes[demand], problem.post_codes[post])
        for demand, post in zip(problem.pair_demand, problem.pair_post, strict=True)
    ]
    posts = [(code,) for code in problem.post_codes]
    demands = [(code,) for code in problem.demand_codes]
    categories = _category_names(problem)
    staff = list(product(problem.post_codes, categories))
    units = list(product(problem.unit_codes, categories))
    totals = [(code,) for code in problem.unit_codes]
    tiers = [str(tier + 1) for tier in range(len(problem.rules.tier_weights))]
    subjects: dict[str, Iterable[tuple[str, ...]]] = {
        **dict.fromkeys(("kept", "new"), pairs),
        **dict.fromkeys(("unassigned", "relieved"), demands),
        **dict.fromkeys(("people", "people_in", "people_out"), staff),
        **dict.fromkeys(("temporary", "idle"), posts),
        **dict.fromkeys(("move_in", "move_out", "fill"), units),
        **dict.fromkeys(map(total_block, GOALS), totals),
        "draw": [(name,) for name in categories],
        "overload": list(product(problem.post_codes, tiers)),
    }
    return _unique("_".join((block, *codes)) for block in BLOCKS for codes in subjects[block])


def row_names(program: Program) -> list[str]:
    """Return a name for each row, such as `cover_u1_t3`; never the same twice."""
    return _unique(
        f"{rule.rule}_{code}" for rule, _place in program.rules for code in rule.subjects
    )


def _category_names(problem: Problem) -> list[str]:
    """Return the names of the categories, `c1` and so on for those in other letters."""
    return [
        name if name.isascii() else f"c{number}"
        for number, name in enumerate(problem.category_names, start=1)
    ]


def _unique(names: Iterable[str]) -> list[str]:
    """Replace what the LP format does not take and number names that are taken already."""
    taken: set[str] = set()
    unique: list[str] = []
    for name in names:
        plain = re.sub(r"\W", "_", name, flags=re.ASCII)[: ROW_NAME_LENGTH - 10]
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
