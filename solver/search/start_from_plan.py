"""Nearing: the people of a plan found before, as near to them as what is now decided allows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from solver.formulation.goals import GOAL_COSTS
from solver.formulation.highs import KeptModel, Watch
from solver.formulation.programme import Program
from solver.formulation.rows import WHOLE_BLOCKS, Rows, Term, shape_of
from solver.formulation.rules import PEOPLE_RULES
from solver.formulation.sparse import assemble, consecutive
from solver.problem import Floats, Problem
from solver.search.heuristic_start import thrift
from solver.search.rounding import decide, point
from solver.verifying import violations

WEIGHTS = {"new_people": 100.0, "moved_people": 0.1}
"""What a person who is new or moves counts where one elsewhere than in the plan before counts 1.

Else somebody new would be taken on in place of everybody who is made to leave a post.
"""


@dataclass(frozen=True)
class Known:
    """What a plan before came to: its people [P, C] and the value of each goal."""

    people: Floats
    goals: Mapping[str, float] = field(default_factory=dict)


def nearest(program: Program, known: Known, *, seconds: float, watch: Watch) -> Floats | None:
    """Return a point whose people are as near to those of the plan before as the rules allow.

    Hours then follow from the people by `thrift`. What is decided beforehand usually touches a
    handful of posts, so that the plan for the rest of the county need not be found again. None
    where people are not whole, since no point helps a continuous programme, where no people keep
    the rules, and where time runs out.
    """
    if not program.problem.rules.whole_people:
        return None
    whole = _people_near(program, known.people, seconds=seconds)
    if whole is None:
        return None
    values = np.zeros(len(program.matrix.lower))
    for block, part in whole.items():
        values[program.blocks[block]] = part
    model = KeptModel(program.matrix)
    found = model.minimise_around(thrift(program), values, seconds=seconds, watch=watch).values
    if found is None:
        return None
    decision = decide(program, found)
    return None if violations(program.problem, decision) else point(program, decision)


def _people_near(
    program: Program, plan_people: Floats, *, seconds: float
) -> Mapping[str, Floats] | None:
    """Return the people blocks with the least `Σ_p,c |n[p,c] − plan[p,c]|`, few new and moved.

    Without hours there is little to search: the rules of people are flows from post to post, and
    a county takes a tenth of a second.
    """
    problem = _people_alone(program.problem)
    count = problem.people_now.size
    sizes = [int(np.prod(shape_of(block, problem))) for block in WHOLE_BLOCKS]
    names = (*WHOLE_BLOCKS, "above", "below")
    blocks = dict(zip(names, consecutive([*sizes, count, count]), strict=True))
    each, plan = np.arange(count), plan_people.ravel()
    departure = Rows(
        "departure",
        tuple(map(str, each)),
        lower=plan,
        upper=plan,
        terms=(Term("people", each, 1.0), Term("above", each, -1.0), Term("below", each, 1.0)),
    )
    places = [program.blocks[block] for block in WHOLE_BLOCKS]
    columns = np.concatenate([np.arange(place.start, place.stop) for place in places])
    apart, inf = np.zeros(2 * count), np.full(2 * count, np.inf)
    matrix = assemble(
        (*(rule(problem) for rule in PEOPLE_RULES), departure),
        blocks,
        lower=np.concatenate([program.matrix.lower[columns], apart]),
        upper=np.concatenate([program.matrix.upper[columns], inf]),
        is_whole=np.concatenate([program.matrix.is_whole[columns], apart > 0]),
    )
    values = KeptModel(matrix).minimise(_departure_cost(problem, blocks), seconds=seconds).values
    return None if values is None else {block: values[blocks[block]] for block in WHOLE_BLOCKS}


def _departure_cost(problem: Problem, blocks: Mapping[str, slice]) -> Floats:
    """Return 1 for each person elsewhere than in the plan before, and WEIGHTS of new and moved."""
    cost = np.zeros(blocks["below"].stop)
    for goal, weight in WEIGHTS.items():
        for block, one in GOAL_COSTS[goal](problem).items():
            cost[blocks[block]] += weight * one
    cost[blocks["above"].start :] = 1.0
    return cost


def _people_alone(problem: Problem) -> Problem:
    """Return the problem with only those decisions that are about people."""
    forced = tuple(one for one in problem.forced if one.what in WHOLE_BLOCKS)
    return dataclasses.replace(problem, forced=forced)
