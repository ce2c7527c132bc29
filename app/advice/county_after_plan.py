"""Basing: the county as it stands once the plan is carried out, one unit at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.advice.county_problem import Formulation, formulate, refuse_nothing
from app.advice.measures.standing_verdicts import Decided, settle
from app.model.county import County
from app.model.plan import Plan
from app.model.vocabulary import Goal
from solver.problem import Floats, Forced, Problem
from solver.search.components import split
from solver.search.start_from_plan import Known
from solver.search.today import today
from solver.verifying import goal_values

_OF_PEOPLE = ("people_in", "people_out")

_READ_AGAIN = 1e-6
"""By less than this part of itself, or of 1, a goal read back from its file has not changed."""


def based_on(county: County, plan: Plan | None, decided: Sequence[Decided]) -> Formulation:
    """Return the problem of the county with the people where `plan` puts them.

    What is decided about hours holds as it does in the plan; the people it moves have moved, and
    do not move back. Without a plan people are where they are today.

    Raises:
        BlockedByData: the county has no posts or no task with hours.
    """
    settled = settle(formulate(county, plan.levers if plan is not None else None), decided)
    formulation = settled.formulation
    problem = formulation.problem
    refuse_nothing(problem)
    if plan is None:
        return formulation
    people, forced = _people_after(problem, plan), tuple(_once_moved(problem.forced))
    return replace(formulation, problem=replace(problem, people_now=people, forced=forced))


def is_of(plan: Plan | None, county: County) -> bool:
    """Return whether a plan starts from the people that the county has today."""
    if plan is None or {row.post_code for row in plan.posts} != {key[0] for key in county.posts}:
        return False
    people = {(row.post_code, row.category): row.on_duty for row in county.staffing.values()}
    before = {
        (row.post_code, name): count
        for row in plan.posts
        for name, count in row.people_before.items()
    }
    return all(before.get(key, 0.0) == people.get(key, 0.0) for key in before | people)


def stands(plan: Plan, problem: Problem) -> bool:
    """Return whether the goals stand today where they stood when the plan was found."""
    before = goal_values(problem, today(problem))
    return {goal.goal for goal in plan.goals} == {Goal(name) for name in before} and all(
        abs(goal.before - before[goal.goal.value]) <= _READ_AGAIN * max(1.0, goal.before)
        for goal in plan.goals
    )


def units_apart(problem: Problem) -> list[Problem]:
    """Return the problem of each unit by itself, with what is decided about its own hours."""
    parts = split(replace(problem, forced=()))
    return [replace(part, forced=tuple(_inside(problem, unit))) for unit, part in enumerate(parts)]


def known_of(plan: Plan | None, problem: Problem) -> Known | None:
    """Return what a plan came to, to begin another from; None where it is not of these posts."""
    if plan is None or {post.post_code for post in plan.posts} != set(problem.post_codes):
        return None
    if not {name for post in plan.posts for name in post.people_after} <= set(
        problem.category_names
    ):
        return None
    goals = {goal.goal.value: goal.value for goal in plan.goals} if stands(plan, problem) else {}
    return Known(_people_after(problem, plan), goals)


def _people_after(problem: Problem, plan: Plan) -> Floats:
    column = {name: index for index, name in enumerate(problem.category_names)}
    row = {code: index for index, code in enumerate(problem.post_codes)}
    people = np.zeros_like(problem.people_now)
    for post in plan.posts:
        for name, count in post.people_after.items():
            people[row[post.post_code], column[name]] = count
    return people


def _once_moved(forced: Sequence[Forced]) -> list[Forced]:
    """Return what decisions still ask once their people have moved: that they stay."""
    return [
        replace(one, lower=0.0, upper=one.upper - one.lower)
        if one.what in _OF_PEOPLE and np.isfinite(one.upper)
        else one
        for one in forced
        if one.what not in _OF_PEOPLE or np.isfinite(one.upper)
    ]


def _inside(problem: Problem, unit: int) -> list[Forced]:
    """Return what is decided about amounts of one unit, at their places in its own problem."""
    axes = {
        "hours": problem.demand_unit[problem.pair_demand],
        "relieved": problem.demand_unit,
        "people_in": problem.post_unit,
        "people_out": problem.post_unit,
    }
    found = []
    for one in problem.forced:
        units = axes.get(one.what)
        if units is None or units[one.place[0]] != unit:
            continue
        place = int(np.sum(units[: one.place[0]] == unit))
        found.append(replace(one, place=(place, *one.place[1:])))
    return found
