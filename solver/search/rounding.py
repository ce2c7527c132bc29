"""Deciding: a point of the programme becomes a Decision with whole people and no loose ends."""

from __future__ import annotations

import numpy as np

from solver.formulation.goals import GOAL_COSTS
from solver.formulation.programme import Program
from solver.formulation.rows import BLOCKS, shape_of, total_block, unit_of
from solver.problem import GOALS, Booleans, Floats, Integers, Problem
from solver.solution import Point


def decide(program: Program, values: Floats) -> Point:
    """Return the decision at a feasible point: people snapped, all that follows from them settled.

    Solvers answer with 2.9999999 people and −0.0 hours. Whole numbers are rounded, the people of
    each post, unassigned hours, overload and idle hours are computed from them anew.
    """
    problem = program.problem
    whole = program.matrix.is_whole

    def block(name: str) -> Floats:
        place = program.blocks[name]
        part = np.where(whole[place], np.round(values[place]), values[place])
        return np.maximum(part, 0.0).reshape(shape_of(name, problem)) + 0.0

    kept, new, relieved = block("kept"), block("new"), block("relieved")
    return settle(
        problem,
        hours=_within(problem, kept + new, relieved),
        relieved=relieved,
        people_in=block("people_in"),
        people_out=block("people_out"),
        temporary=block("temporary"),
        move_in=block("move_in"),
        move_out=block("move_out"),
        fill=block("fill"),
    )


def settle(
    problem: Problem,
    *,
    hours: Floats,
    relieved: Floats,
    people_in: Floats,
    people_out: Floats,
    temporary: Floats,
    move_in: Floats,
    move_out: Floats,
    fill: Floats,
) -> Point:
    """Return the whole decision: what is not chosen follows, each as small as its rules allow."""
    people = problem.people_now + people_in - people_out
    if problem.category_is_outside.any():
        people[:, np.flatnonzero(problem.category_is_outside)[0]] += temporary
    people = _not_below_zero(people)
    covered = _sums(problem.pair_demand, hours, len(problem.demand_codes))
    over, idle = _over_and_idle(problem, hours, people)
    return Point(
        hours=hours,
        unassigned=_not_below_zero(problem.demand_hours - covered - relieved),
        relieved=relieved,
        people=people,
        people_in=people_in,
        people_out=people_out,
        temporary=temporary,
        move_in=move_in,
        move_out=move_out,
        fill=fill,
        draw=_not_below_zero((move_in - move_out).sum(axis=0)),
        overload=over,
        idle=idle,
    )


def point(program: Program, decision: Point) -> Floats:
    """Return the decision as a point of the programme, to start a pass from."""
    problem = program.problem
    kept = np.minimum(decision.hours, problem.pair_hours_now)
    parts = {"kept": kept, "new": decision.hours - kept}
    values = np.zeros(len(program.matrix.lower))
    for name in BLOCKS:
        if name in parts or hasattr(decision, name):
            part = parts[name] if name in parts else getattr(decision, name)
            values[program.blocks[name]] = part.ravel()
    for goal in GOALS:
        cost = program.costs[goal] * values
        of_unit = np.zeros(len(problem.unit_codes))
        for name in GOAL_COSTS[goal](problem):
            if name != "draw":
                np.add.at(of_unit, unit_of(name, problem), cost[program.blocks[name]])
        values[program.blocks[total_block(goal)]] = of_unit
    return values


def _within(problem: Problem, hours: Floats, relieved: Floats) -> Floats:
    """Take back what rounding of the solver gave out beyond a demand's hours."""
    covered = _sums(problem.pair_demand, hours, len(problem.demand_codes))
    open_hours = np.maximum(problem.demand_hours - relieved, 0.0)
    share = np.divide(open_hours, covered, out=np.ones_like(covered), where=covered > open_hours)
    is_slight = covered - open_hours <= 1e-6 * np.maximum(problem.demand_hours, 1.0)
    share = np.where(is_slight & _is_free(problem), share, 1.0)
    return np.asarray(hours * share[problem.pair_demand])


def _is_free(problem: Problem) -> Booleans:
    """Return which demands have no pinned hours."""
    is_pinned = problem.pair_is_pinned | problem.post_is_pinned[problem.pair_post]
    pinned = _sums(problem.pair_demand, is_pinned.astype(np.float64), len(problem.demand_codes))
    return np.asarray(pinned == 0)


def _over_and_idle(problem: Problem, hours: Floats, people: Floats) -> tuple[Floats, Floats]:
    """Return the least overload by tier, the cheapest filled first, and the least idle hours."""
    rules, posts = problem.rules, len(problem.post_codes)
    carried = problem.post_caf[problem.pair_post] * hours
    is_officer = problem.demand_is_officer_only[problem.pair_demand]
    load = _sums(problem.pair_post, carried, posts) + problem.post_ias
    officer_load = _sums(problem.pair_post, carried * is_officer, posts)
    gives = people * problem.post_ability[:, None] * problem.category_awt
    capacity = gives.sum(axis=1)
    officers = gives[:, ~problem.category_is_outside].sum(axis=1)
    rest = np.maximum(load - rules.target_saturation * capacity, 0.0)
    rest = np.maximum(rest, officer_load - rules.target_saturation * officers)
    over = np.zeros((posts, len(rules.tier_weights)))
    for tier in np.argsort(rules.tier_weights, kind="stable"):
        is_bounded = tier < len(rules.tier_widths)
        over[:, tier] = np.minimum(rest, rules.tier_widths[tier] * capacity) if is_bounded else rest
        rest = rest - over[:, tier]
    return over, _not_below_zero(rules.low_saturation * capacity - load)


def _sums(places: Integers, values: Floats, count: int) -> Floats:
    """Return the sum of values at each place; numpy counts in whole numbers where none is given."""
    return np.bincount(places, values, count).astype(np.float64)


def _not_below_zero(values: Floats) -> Floats:
    return np.asarray(np.maximum(values, 0.0) + 0.0)
