"""What must hold of every plan, whatever the numbers are."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from solver.formulation.condensing import condense
from solver.formulation.programme import formulate
from solver.ladder import start_of
from solver.problem import GOALS, LEVERS, Problem, Rules
from solver.search.clock import Clock
from solver.search.components import are_apart, split
from solver.search.passes import minimise_in_order
from solver.search.today import today
from solver.solution import Solution
from solver.solving import solve
from solver.verifying import goal_values
from tests.solver.generating import make_problem, with_rules

RELATIVE = 1e-5
ABSOLUTE = 2e-3
HOUR_GOALS = ("unassigned_hours", "overload", "idle_hours", "changed_hours")


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    whole: bool | None = None,
    posts: tuple[int, int] = (1, 4),
    demands: tuple[int, int] = (1, 6),
) -> Problem:
    is_whole = draw(st.booleans()) if whole is None else whole
    levers = frozenset(draw(st.sets(st.sampled_from(LEVERS), min_size=1)))
    return make_problem(
        draw(st.integers(0, 10**6)),
        units=draw(st.integers(1, 2)),
        posts=draw(st.integers(*posts)),
        demands=draw(st.integers(*demands)),
        pins=draw(st.sampled_from([0.0, 0.1])),
        rules=Rules(levers=levers, whole_people=is_whole, max_temporaries=1.0),
    )


def bests(solution: Solution) -> dict[str, float]:
    assert solution.outcome == "optimal"
    return {goal.name: goal.bound for goal in solution.goals}


def close(value: float) -> object:
    return pytest.approx(value, rel=RELATIVE, abs=ABSOLUTE)


@settings(max_examples=15)
@given(problem=problems())
def test_more_room_never_worsens_an_earlier_goal(problem: Problem) -> None:
    roomier = dataclasses.replace(
        problem,
        unit_vacancies=problem.unit_vacancies + 1.0,
        category_pool=problem.category_pool + 1.0,
        post_max=np.full(len(problem.post_codes), np.inf),
    )
    before, after = bests(solve(problem)), bests(solve(roomier))
    for goal in GOALS:
        if after[goal] == close(before[goal]):
            continue
        assert after[goal] < before[goal], goal
        break


@settings(max_examples=15)
@given(problem=problems())
def test_abler_people_leave_less_overload(problem: Problem) -> None:
    abler = dataclasses.replace(problem, post_ability=problem.post_ability * 1.1)
    before, after = bests(solve(problem)), bests(solve(abler))
    assert after["unassigned_hours"] == close(before["unassigned_hours"])
    assert after["overload"] <= before["overload"] * (1 + RELATIVE) + ABSOLUTE


@settings(max_examples=15)
@given(problem=problems(), seed=st.integers(0, 1000))
def test_the_order_of_rows_changes_no_goal(problem: Problem, seed: int) -> None:
    rng = np.random.default_rng(seed)
    expected, found = bests(solve(problem)), bests(solve(_shuffled(problem, rng)))
    for goal in GOALS:
        assert found[goal] == close(expected[goal]), goal


@settings(max_examples=15)
@given(problem=problems(whole=False), factor=st.sampled_from([0.5, 2.0]))
def test_scaling_all_hours_scales_the_plan(problem: Problem, factor: float) -> None:
    scaled = dataclasses.replace(
        problem,
        post_ias=problem.post_ias * factor,
        category_awt=problem.category_awt * factor,
        demand_hours=problem.demand_hours * factor,
        pair_hours_now=problem.pair_hours_now * factor,
    )
    expected, found = bests(solve(problem)), bests(solve(scaled))
    for goal in GOALS:
        due = expected[goal] * (factor if goal in HOUR_GOALS else 1.0)
        assert found[goal] == close(due), goal


@settings(max_examples=15)
@given(problem=problems(posts=(1, 2), demands=(5, 8)))
def test_merged_demands_have_the_same_goals(problem: Problem) -> None:
    condensed = condense(problem)
    event("merged" if len(condensed.problem.demand_codes) < len(problem.demand_codes) else "apart")
    expected, found = _passes(problem), _passes(condensed.problem)
    for goal in GOALS:
        assert found[goal] == close(expected[goal]), goal


@settings(max_examples=15)
@given(problem=problems())
def test_units_apart_add_up_to_the_county(problem: Problem) -> None:
    alone = with_rules(problem, levers=problem.rules.levers - {"transfer", "temporary"})
    assert are_apart(alone)
    expected = _passes(alone)
    parts = [_passes(part) for part in split(alone)]
    for goal in GOALS:
        assert sum(part[goal] for part in parts) == close(expected[goal]), goal


def _passes(problem: Problem) -> dict[str, float]:
    program = formulate(problem)
    found = minimise_in_order(
        program,
        problem.rules.goals,
        before=goal_values(problem, today(problem)),
        start=start_of(program),
        until=60.0,
        clock=Clock(60.0),
    )
    assert all(one.is_optimal for one in found.passes)
    return {one.goal: one.value for one in found.passes}


def _shuffled(problem: Problem, rng: np.random.Generator) -> Problem:
    """Return the same problem with its posts, demands and pairs in another order."""
    posts = rng.permutation(len(problem.post_codes))
    demands = rng.permutation(len(problem.demand_codes))
    pairs = rng.permutation(len(problem.pair_post))
    return dataclasses.replace(
        problem,
        post_codes=tuple(problem.post_codes[post] for post in posts),
        demand_codes=tuple(problem.demand_codes[demand] for demand in demands),
        **{
            name: getattr(problem, name)[posts]
            for name in (
                "post_unit",
                "post_caf",
                "post_ias",
                "post_ability",
                "post_min",
                "post_max",
                "post_is_pinned",
                "people_now",
            )
        },
        **{
            name: getattr(problem, name)[demands]
            for name in ("demand_unit", "demand_hours", "demand_cap", "demand_is_officer_only")
        },
        pair_demand=np.argsort(demands)[problem.pair_demand[pairs]],
        pair_post=np.argsort(posts)[problem.pair_post[pairs]],
        pair_hours_now=problem.pair_hours_now[pairs],
        pair_is_pinned=problem.pair_is_pinned[pairs],
    )
