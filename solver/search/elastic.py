"""Repairing: which hard limits conflict, and the least by which they would have to give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pulp

from solver.formulation.highs import HonestHighs
from solver.formulation.programme import Program, formulate
from solver.formulation.readable import lp_problem, row_names, variable_names
from solver.problem import Floats
from solver.solution import Conflict
from solver.work import spent

SMALLEST = 1e-6
"""Repairs below this are rounding of the solver."""

UNPINNED = "unpinned"
"""The name under which posts that are pinned would have to let people come and go."""

CHANGES = ("people_in", "people_out", "temporary")
"""The blocks by which the people of a post change."""


@dataclass(frozen=True)
class _Give:
    """A variable by which one limit may give, and what one unit of it weighs in people."""

    rule: str
    subject: str
    variable: pulp.LpVariable
    weight: float


def repairs(
    program: Program, *, time_limit: float
) -> tuple[tuple[Conflict, ...], tuple[tuple[Conflict, ...], ...]]:
    """Return the smallest repair of the limits the user set, and every rule that alone repairs it.

    Limits that may give: fewest and most people of a post, the three ceilings, pinned hours
    beyond a task's hours, and what is decided beforehand. Repairs are weighed in people: hours by
    the longest working time, money by the dearest category. Amounts are in the limit's own unit.
    That pinned posts let people come and go, rule `unpinned`, is a way out alone: it has no amount
    that is missing. Nothing is returned where nothing is found in time.
    """
    until = spent() + time_limit
    elastic = lp_problem(program)
    gives = [*_gives(program, elastic), *_unpinnings(program, elastic)]
    elastic.setObjective(pulp.LpAffineExpression([(give.variable, give.weight) for give in gives]))
    for give in gives:
        give.variable.upBound = 0.0 if give.rule == UNPINNED else None
    smallest = _smallest(elastic, gives, until)
    alone = []
    for rule in dict.fromkeys(give.rule for give in gives):
        for give in gives:
            give.variable.upBound = None if give.rule == rule else 0.0
        alone.append(_smallest(elastic, gives, until))
    return smallest, tuple(found for found in alone if found)


def _smallest(
    elastic: pulp.LpProblem, gives: Sequence[_Give], until: float
) -> tuple[Conflict, ...]:
    left = until - spent()
    if left <= 0:
        return ()
    elastic.solve(HonestHighs(timeLimit=left))
    if elastic.sol_status not in {pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible}:
        return ()
    found = ((give, float(give.variable.varValue)) for give in gives)
    return tuple(
        Conflict(give.rule, give.subject, amount) for give, amount in found if amount > SMALLEST
    )


def _gives(program: Program, elastic: pulp.LpProblem) -> Iterator[_Give]:
    problem = program.problem
    hours = 1.0 / max(float(problem.category_awt.max(initial=0.0)), 1.0)
    dearest = float(problem.category_cost.max(initial=0.0))
    money = 1.0 / dearest if dearest > 0 else 1.0
    weights = {
        "min": 1.0,
        "max": 1.0,
        "max_moves": 1.0,
        "max_temporaries": 1.0,
        "budget": money,
        "cover": hours,
        "forced_least": 1.0,
        "forced_most": 1.0,
    }
    in_hours = {one.subject for one in problem.forced if one.what in {"hours", "relieved"}}
    names = row_names(program)
    overfull = _overfull(program)
    for rule, place in program.rules:
        if rule.rule not in weights:
            continue
        for subject, row in zip(rule.subjects, range(place.start, place.stop), strict=True):
            if rule.rule == "cover" and not overfull[row - place.start]:
                continue
            variable = elastic.add_variable(f"give_{names[row]}", lowBound=0.0)
            sign = 1.0 if rule.rule in {"min", "forced_least"} else -1.0
            elastic.get_constraint_by_name(names[row]).addInPlace(sign * variable)
            shown = "pinned" if rule.rule == "cover" else rule.rule
            weight = weights[rule.rule]
            if rule.rule.startswith("forced") and subject in in_hours:
                weight = hours
            yield _Give(shown, subject, variable, weight)


def _unpinnings(program: Program, elastic: pulp.LpProblem) -> Iterator[_Give]:
    """Yield, for each pinned post, that people change there: `Σ_c (in + out) + temp ≤ give`.

    What its people do stays as it is pinned; that alone never stands against a plan, except that
    pinned hours exceed a task's, which is a limit of its own.
    """
    problem = program.problem
    free = formulate(replace(problem, post_is_pinned=np.zeros_like(problem.post_is_pinned)))
    named = elastic.variablesDict()
    columns = [named[name] for name in variable_names(program)]
    for post in np.flatnonzero(problem.post_is_pinned).tolist():
        variable = elastic.add_variable(f"give_unpinned_{post}", lowBound=0.0)
        for place in _places(program, post, "people", *CHANGES):
            columns[place].lowBound = float(free.matrix.lower[place])
            most = float(free.matrix.upper[place])
            columns[place].upBound = most if np.isfinite(most) else None
        changes = [(columns[place], 1.0) for place in _places(program, post, *CHANGES)]
        row = pulp.LpAffineExpression([*changes, (variable, -1.0)])
        name = f"unpinned_{post}"
        elastic.addConstraint(pulp.LpConstraint(row, pulp.LpConstraintLE, name, 0.0))
        yield _Give(UNPINNED, problem.post_codes[post], variable, 1.0)


def _places(program: Program, post: int, *blocks: str) -> list[int]:
    """Return the columns of a post in blocks that count its people."""
    posts = len(program.problem.post_codes)
    return [
        int(place)
        for block in blocks
        for place in np.arange(program.blocks[block].start, program.blocks[block].stop).reshape(
            posts, -1
        )[post]
    ]


def _overfull(program: Program) -> Floats:
    """Return by how much pinned hours exceed each demand's hours, 0 where they fit."""
    problem = program.problem
    pinned = program.matrix.lower[program.blocks["kept"]]
    held = np.bincount(problem.pair_demand, pinned, len(problem.demand_codes))
    return np.asarray(np.maximum(held - problem.demand_hours, 0.0))
