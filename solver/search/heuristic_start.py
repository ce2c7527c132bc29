"""Starting: a thrifty plan of every unit by itself, found in a second, to begin the passes from."""

from __future__ import annotations

import dataclasses
from functools import partial

import numpy as np

from solver.formulation.highs import KeptModel, Sight, Watch
from solver.formulation.programme import Program, formulate
from solver.problem import Floats, Problem
from solver.search.components import split
from solver.search.parallel import SIDE_BY_SIDE, abreast
from solver.search.rounding import decide, point, settle
from solver.search.today import today
from solver.solution import Point
from solver.verifying import violations

THRIFT_HOURS = 30.0
"""Weighted hours of overload that one person hired or moved has to be worth in a thrifty point."""

UNASSIGNED_HOURS = 1e4
"""Weighted hours of overload that an hour nobody does is worth in a thrifty point."""

NEEDLESS = 1e-3
"""Weighted hours of overload that an hour changed or idle is worth: none is so for nothing."""

UNIT_GAP = 0.01
"""How far the plan of a unit may be from the best one: it is only where others start from."""

UNIT_SECONDS = 1.0
"""The longest the search for the start of one unit may take."""

ACROSS = frozenset({"transfer", "temporary"})


def thrift(program: Program) -> Floats:
    """Return the cost by which points are compared where no time is left to serve each goal."""
    costs = program.costs
    people = costs["new_people"] + costs["moved_people"]
    hours = costs["overload"] + NEEDLESS * (costs["changed_hours"] + costs["idle_hours"])
    return hours + THRIFT_HOURS * people + UNASSIGNED_HOURS * costs["unassigned_hours"]


def start_of(program: Program) -> Floats | None:
    """Return today as a point to start from, where it keeps the rules."""
    present = today(program.problem)
    return None if violations(program.problem, present) else point(program, present)


def thrifty_start(program: Program, *, seconds: float, watch: Watch) -> Floats | None:
    """Return a thrifty point in which nobody crosses units, None where one is not found in time.

    Each unit is a small programme of its own. What is decided beforehand and ceilings of the
    whole county are not looked at on the way: a point that breaks them is none.
    """
    problem = program.problem
    if problem.forced:
        return None
    levers = problem.rules.levers - ACROSS
    alone = dataclasses.replace(
        problem, rules=dataclasses.replace(problem.rules, levers=levers, max_moves=None)
    )
    parts = split(alone)
    each = min(SIDE_BY_SIDE * seconds / len(parts), UNIT_SECONDS)
    decisions = []
    for part, values in abreast([partial(_thrifty, part, each) for part in parts], watch):
        if values is None:
            return None
        decisions.append(decide(part, values))
    whole = _together(problem, decisions)
    return None if violations(problem, whole) else point(program, whole)


def _thrifty(problem: Problem, seconds: float, watch: Watch) -> tuple[Program, Floats | None]:
    """Return the programme of one unit and its thrifty point, None where none is found in time."""
    small = formulate(problem)
    if watch(Sight()):
        return small, None
    model = KeptModel(small.matrix, {"mip_rel_gap": UNIT_GAP})
    answer = model.minimise(thrift(small), seconds=seconds, start=start_of(small), watch=watch)
    return small, answer.values


def _together(problem: Problem, parts: list[Point]) -> Point:
    """Return the decisions of all units, in their order, as one of the county."""
    posts = np.argsort(problem.post_unit, kind="stable")
    demands = np.argsort(problem.demand_unit, kind="stable")
    pairs = np.argsort(problem.demand_unit[problem.pair_demand], kind="stable")
    places = {"hours": pairs, "relieved": demands}
    places |= dict.fromkeys(("people_in", "people_out", "temporary"), posts)
    places |= dict.fromkeys(("move_in", "move_out", "fill"), np.arange(len(problem.unit_codes)))
    together = {}
    for name, place in places.items():
        rows = np.concatenate([getattr(part, name) for part in parts])
        together[name] = np.empty_like(rows)
        together[name][place] = rows
    return settle(problem, **together)
