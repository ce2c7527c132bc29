"""Decisions made by hand, to say what a plan would be without asking the solver."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.problem import Problem
from solver.search.today import today
from solver.solution import Point


def pair(problem: Problem, task_code: str, post_code: str) -> int:
    """Return the index of a pair."""
    for index, (demand, holder) in enumerate(
        zip(problem.pair_demand, problem.pair_post, strict=True)
    ):
        if problem.demand_codes[demand].endswith(task_code) and (
            problem.post_codes[holder] == post_code
        ):
            return index
    raise AssertionError(f"no pair {task_code} {post_code}")


def shifted(problem: Problem, **hours: float) -> Point:
    """Return today with hours added to pairs named `T1_P2`; unassigned hours follow."""
    now = today(problem)
    moved = now.hours.copy()
    for name, amount in hours.items():
        moved[pair(problem, *name.split("_"))] += amount
    carried = np.bincount(problem.pair_demand, moved, len(problem.demand_codes))
    unassigned = np.maximum(0.0, problem.demand_hours - carried - now.relieved)
    return replace(now, hours=moved, unassigned=unassigned)


def moved(problem: Problem, decision: Point, *steps: tuple[str, int, float]) -> Point:
    """Return `decision` with people of a category (its index) added to posts."""
    people = decision.people.copy()
    for post_code, category, count in steps:
        people[problem.post_codes.index(post_code), category] += count
    return replace(decision, people=people)
