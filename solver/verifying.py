"""Verifying: every rule and goal once more, from the decision's numbers and the problem's alone.

Nothing of the formulation is used here, so that a mistake there cannot hide. A rule counts as kept
when it is missed by at most 1e-6 of the size of the figures in it (of 1 where they are smaller);
whole people are exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np

from solver.problem import Booleans, Floats, Problem
from solver.solution import Point

TOLERANCE = 1e-6


def violations(problem: Problem, decision: Point) -> tuple[str, ...]:
    """Return a sentence for each rule that the decision breaks; () where it keeps all."""
    malformed = tuple(_shapes(problem, decision))
    if malformed:
        return malformed
    checks = (_signs, _tasks, _pinned, _loads, _tiers, _people, _units, _ceilings, _levers, _forced)
    return tuple(sentence for check in checks for sentence in check(problem, decision))


def goal_values(problem: Problem, decision: Point) -> dict[str, float]:
    """Return the six goals of method §7; overload and idle are the least the decision allows."""
    tiers, idle = _least(problem, decision)
    weights = np.asarray(problem.rules.tier_weights)
    more = np.clip(decision.hours - problem.pair_hours_now, 0, None)
    return {
        "unassigned_hours": float(decision.unassigned.sum()),
        "overload": float((tiers * weights).sum()),
        "new_people": float(decision.fill.sum() + decision.draw.sum() + decision.temporary.sum()),
        "moved_people": float(decision.people_in.sum() + decision.move_in.sum()),
        "idle_hours": float(idle.sum()),
        "changed_hours": float(decision.relieved.sum() + more.sum()),
    }


def _shapes(problem: Problem, decision: Point) -> Iterator[str]:
    posts, categories, units = (
        len(problem.post_codes),
        len(problem.category_names),
        len(problem.unit_codes),
    )
    pairs, demands = len(problem.pair_post), len(problem.demand_codes)
    expected = {
        "hours": (pairs,),
        "unassigned": (demands,),
        "relieved": (demands,),
        "people": (posts, categories),
        "people_in": (posts, categories),
        "people_out": (posts, categories),
        "temporary": (posts,),
        "move_in": (units, categories),
        "move_out": (units, categories),
        "fill": (units, categories),
        "draw": (categories,),
        "overload": (posts, len(problem.rules.tier_weights)),
        "idle": (posts,),
    }
    for name, shape in expected.items():
        part = getattr(decision, name)
        if part.shape != shape or not np.isfinite(part).all():
            yield f"{name}: not finite numbers of shape {shape}"


def _signs(problem: Problem, decision: Point) -> Iterator[str]:
    for part in fields(decision):
        values = getattr(decision, part.name)
        if (values < 0).any() or np.signbit(values).any():
            yield f"{part.name}: below 0 by {-values.min():g}"
    if not problem.rules.whole_people:
        return
    for name in ("people_in", "people_out", "temporary", "move_in", "move_out", "fill"):
        values = getattr(decision, name)
        if (values != np.round(values)).any():
            yield f"{name}: people are not whole"


def _tasks(problem: Problem, decision: Point) -> Iterator[str]:
    given = np.zeros(len(problem.demand_hours))
    np.add.at(given, problem.pair_demand, decision.hours)
    total = given + decision.relieved + decision.unassigned
    yield from _unequal("cover", problem.demand_codes, total, problem.demand_hours)
    cap = problem.demand_cap * problem.demand_hours
    yield from _above("relieve", problem.demand_codes, decision.relieved, cap)


def _pinned(problem: Problem, decision: Point) -> Iterator[str]:
    stays = problem.pair_is_pinned | problem.post_is_pinned[problem.pair_post]
    names = tuple(str(pair) for pair in np.flatnonzero(stays))
    now = problem.pair_hours_now[stays]
    yield from _unequal("pinned hours", names, decision.hours[stays], now)
    for post in np.flatnonzero(problem.post_is_pinned):
        changes = (decision.people_in[post], decision.people_out[post], decision.temporary[post])
        is_same = np.array_equal(decision.people[post], problem.people_now[post])
        if not is_same or any(np.any(change) for change in changes):
            yield f"pinned post {problem.post_codes[post]}: its people change"


def _loads(problem: Problem, decision: Point) -> Iterator[str]:
    load, capacity, officer_load, officers = _figures(problem, decision)
    over = decision.overload.sum(axis=1)
    target = problem.rules.target_saturation
    yield from _above("load", problem.post_codes, load, target * capacity + over)
    yield from _above("officer", problem.post_codes, officer_load, target * officers + over)
    least = problem.rules.low_saturation * capacity - load
    size = np.maximum(load, capacity)
    yield from _above("idle", problem.post_codes, least, decision.idle, size=size)


def _tiers(problem: Problem, decision: Point) -> Iterator[str]:
    _load, capacity, _officer_load, _officers = _figures(problem, decision)
    for tier, width in enumerate(problem.rules.tier_widths):
        rule = f"tier {tier + 1}"
        room = width * capacity
        yield from _above(rule, problem.post_codes, decision.overload[:, tier], room, size=capacity)


def _people(problem: Problem, decision: Point) -> Iterator[str]:
    expected = problem.people_now + decision.people_in - decision.people_out
    outside = np.flatnonzero(problem.category_is_outside)
    if len(outside):
        expected[:, outside[0]] += decision.temporary
    elif decision.temporary.any():
        yield "people: temporaries join no category"
    for column, name in enumerate(problem.category_names):
        rule = f"people {name}"
        yield from _unequal(
            rule, problem.post_codes, decision.people[:, column], expected[:, column]
        )
    count = decision.people.sum(axis=1)
    yield from _above("min", problem.post_codes, problem.post_min, count)
    yield from _above("max", problem.post_codes, count, problem.post_max)


def _units(problem: Problem, decision: Point) -> Iterator[str]:
    for column, name in enumerate(problem.category_names):
        come, go = np.zeros(len(problem.unit_codes)), np.zeros(len(problem.unit_codes))
        np.add.at(come, problem.post_unit, decision.people_in[:, column])
        np.add.at(go, problem.post_unit, decision.people_out[:, column])
        fed = decision.move_in[:, column] + decision.fill[:, column]
        left = decision.move_out[:, column]
        yield from _unequal(f"unit {name}", problem.unit_codes, come + left, fed + go)
        if "move" not in problem.rules.levers:
            yield from _unequal(f"unit in {name}", problem.unit_codes, come, fed)
            yield from _unequal(f"unit out {name}", problem.unit_codes, go, left)
        yield from _above(
            f"vacancies {name}",
            problem.unit_codes,
            decision.fill[:, column],
            problem.unit_vacancies[:, column],
        )
    net = decision.move_in.sum(axis=0) - decision.move_out.sum(axis=0)
    yield from _unequal("county", problem.category_names, net, decision.draw)
    yield from _above("pool", problem.category_names, decision.draw, problem.category_pool)


def _ceilings(problem: Problem, decision: Point) -> Iterator[str]:
    rules = problem.rules
    new = decision.fill.sum(axis=0) + decision.draw
    cost = float(new @ problem.category_cost)
    outside = np.flatnonzero(problem.category_is_outside)
    if len(outside):
        cost += float(decision.temporary.sum() * problem.category_cost[outside[0]])
    for rule, used, ceiling in (
        ("max_moves", decision.people_in.sum(), rules.max_moves),
        ("max_temporaries", decision.temporary.sum(), rules.max_temporaries),
        ("budget", cost, rules.budget),
    ):
        if ceiling is not None:
            yield from _above(rule, ("county",), np.array([used]), np.array([ceiling]))


def _levers(problem: Problem, decision: Point) -> Iterator[str]:
    allowed = problem.rules.levers
    more = decision.hours - problem.pair_hours_now
    size = np.maximum(problem.demand_hours[problem.pair_demand], 1.0)
    if "reassign" not in allowed and (more > TOLERANCE * size).any():
        yield "reassign is off: a post takes on hours"
    if "cut" not in allowed and decision.relieved.any():
        yield "cut is off: hours are relieved"
    if "temporary" not in allowed and decision.temporary.any():
        yield "temporary is off: temporaries are hired"
    across = (decision.fill, decision.move_in, decision.move_out)
    if "transfer" not in allowed and any(part.any() for part in across):
        yield "transfer is off: people come or go"


def _forced(problem: Problem, decision: Point) -> Iterator[str]:
    for forced in problem.forced:
        amount = np.array([getattr(decision, forced.what)[forced.place]])
        yield from _above("forced", (forced.subject,), np.array([forced.lower]), amount)
        yield from _above("forced", (forced.subject,), amount, np.array([forced.upper]))


def _figures(problem: Problem, decision: Point) -> tuple[Floats, Floats, Floats, Floats]:
    """Return load, capacity and the same of officers alone, [P] each, hours."""
    hours = np.zeros(len(problem.post_codes))
    officer_hours = np.zeros(len(problem.post_codes))
    np.add.at(hours, problem.pair_post, decision.hours)
    is_officer = problem.demand_is_officer_only[problem.pair_demand]
    np.add.at(officer_hours, problem.pair_post[is_officer], decision.hours[is_officer])
    inside: Booleans = ~problem.category_is_outside
    capacity = decision.people @ problem.category_awt * problem.post_ability
    officers = decision.people[:, inside] @ problem.category_awt[inside] * problem.post_ability
    load = problem.post_caf * hours + problem.post_ias
    return load, capacity, problem.post_caf * officer_hours, officers


def _least(problem: Problem, decision: Point) -> tuple[Floats, Floats]:
    """Return the least overload [P, K] and idle hours [P] that hours and people allow."""
    load, capacity, officer_load, officers = _figures(problem, decision)
    target = problem.rules.target_saturation
    above = np.maximum(load - target * capacity, officer_load - target * officers)
    left = np.clip(above, 0, None)
    widths = [
        *(width * capacity for width in problem.rules.tier_widths),
        np.full(len(left), np.inf),
    ]
    tiers = np.zeros((len(left), len(widths)))
    for tier in np.argsort(problem.rules.tier_weights, kind="stable"):
        tiers[:, tier] = np.minimum(left, widths[tier])
        left = left - tiers[:, tier]
    return tiers, np.clip(problem.rules.low_saturation * capacity - load, 0, None)


def _unequal(rule: str, names: tuple[str, ...], found: Floats, due: Floats) -> Iterator[str]:
    size = np.maximum(np.maximum(np.abs(found), np.abs(due)), 1.0)
    for place in np.flatnonzero(np.abs(found - due) > TOLERANCE * size):
        yield f"{rule} {names[place]}: {found[place]:g} in place of {due[place]:g}"


def _above(
    rule: str,
    names: tuple[str, ...],
    found: Floats,
    most: Floats,
    *,
    size: Floats | None = None,
) -> Iterator[str]:
    largest = np.maximum(np.abs(found), np.where(np.isfinite(most), np.abs(most), 0.0))
    scale = np.maximum(largest if size is None else size, 1.0)
    for place in np.flatnonzero(found - most > TOLERANCE * scale):
        yield f"{rule} {names[place]}: {found[place]:g} above {most[place]:g}"
