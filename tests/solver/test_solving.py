"""A run ends in time, says honestly how far it got, and names what cannot be."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from solver import ladder, solving
from solver.formulation import highs
from solver.formulation.condensing import condense
from solver.formulation.programme import formulate
from solver.ladder import climb
from solver.problem import GOALS, LEVERS, Floats, Problem, worth_of_open
from solver.search import parallel
from solver.search.clock import LADDER, Clock, RunProgress
from solver.search.passes import Found, minimise_in_order
from solver.search.today import today
from solver.solution import Point, Solution
from solver.solving import solve
from solver.verifying import goal_values, violations
from tests.solver.generating import make_problem
from tests.solver.problems import best, changed, make, only


@pytest.fixture(scope="module")
def problem() -> Problem:
    """A problem whose present state keeps the rules and can be bettered."""
    return make_problem(7, units=2, posts=5, demands=20)


@pytest.fixture(scope="module")
def solution(problem: Problem) -> Solution:
    return solve(problem, time_limit=60)


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have passes looked at so often that even short ones are."""
    for room in (highs, parallel):
        monkeypatch.setattr(room, "TICK_SECONDS", 0.001)


def is_verified(problem: Problem, found: Solution) -> bool:
    return found.decision is not None and violations(problem, found.decision) == ()


def has_honest_bounds(found: Solution, complete: Solution) -> bool:
    """Say whether the first goal's best lies between the bound and the value found."""
    first, proven = found.goals[0], complete.goals[0]
    return first.bound <= proven.value + 1e-3 and proven.value <= first.value + 1e-3


def test_out_of_time_before_the_first_pass_nobody_has_moved(
    problem: Problem, solution: Solution
) -> None:
    found = solve(problem, time_limit=1e-9)
    assert found.outcome == "limit"
    assert is_verified(problem, found)
    assert found.decision is not None
    assert np.array_equal(found.decision.people, problem.people_now)
    assert found.goals[0].value <= goal_values(problem, today(problem))["unassigned_hours"]
    assert [one.bound for one in found.goals[1:]] == [0.0] * (len(GOALS) - 1)
    assert found.gap == 1.0
    assert has_honest_bounds(found, solution)


def test_out_of_time_without_a_state_that_keeps_the_rules_there_is_no_plan() -> None:
    problem = make([[2], [1]], [100], [(0, 0, 100)], post_min=[0, 2])
    found = solve(problem, time_limit=1e-9)
    assert (found.outcome, found.decision, found.gap) == ("limit", None, float("inf"))
    assert found.conflicts == ()


@pytest.mark.usefixtures("quick_looks")
def test_stopped_when_first_asked_a_verified_plan_comes_back(problem: Problem) -> None:
    found = solve(problem, time_limit=60, should_stop=lambda: True)
    assert found.outcome == "limit"
    assert is_verified(problem, found)
    assert all(0.0 <= one.bound <= one.value for one in found.goals)


def test_people_are_not_moved_for_little_where_their_pass_had_no_time(
    problem: Problem, solution: Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = formulate(condense(problem).problem).costs["moved_people"]
    minimise = highs.KeptModel.minimise

    def hurried(model: highs.KeptModel, cost: Floats, **options: object) -> highs.Reply:
        if np.array_equal(cost, counted) and "start" not in options:
            return highs.Reply("nothing", None, np.inf, -np.inf)
        if np.array_equal(cost, counted):
            return highs.Reply("nothing", None, np.inf, 1.0)
        return minimise(model, cost, **options)

    monkeypatch.setattr(highs.KeptModel, "minimise", hurried)
    found = solve(problem, time_limit=60)
    goals = {one.name: one for one in found.goals}
    assert found.outcome == "limit"
    assert is_verified(problem, found)
    assert all(one.bound <= one.value for one in found.goals)
    assert goals["overload"].value < goals["overload"].before / 2
    people = [goals[name].value for name in ("new_people", "moved_people")]
    assert sum(people) <= problem.people_now.sum() / 2
    for one, proven in zip(found.goals[:2], solution.goals[:2], strict=True):
        assert one.bound <= proven.value + 1e-3


def test_the_first_goal_never_ends_worse_than_today(solution: Solution) -> None:
    first, second = solution.goals[:2]
    assert solution.outcome == "optimal"
    assert first.value <= first.before
    assert second.value < second.before
    assert solution.gap < 1e-3


@pytest.mark.usefixtures("quick_looks")
def test_progress_names_the_goals_in_order(problem: Problem) -> None:
    heard: list[RunProgress] = []
    solve(problem, time_limit=3, on_progress=heard.append)
    assert heard
    assert all(1 <= one.number <= one.of for one in heard)
    places = [((one.goal == LADDER), one.number) for one in heard]
    assert places == sorted(places)
    assert {one.goal for one in heard if one.goal != LADDER} <= set(GOALS)
    assert all(GOALS[one.number - 1] == one.goal for one in heard if one.goal != LADDER)
    assert {one.of for one in heard if one.goal == LADDER} == {len(LEVERS)}
    assert [one.seconds for one in heard] == sorted(one.seconds for one in heard)


@pytest.mark.parametrize("seconds", [0.06, 0.2, 0.5])
def test_a_rung_in_a_hurry_is_never_more_of_a_strain_than_the_one_before(seconds: float) -> None:
    county = make_problem(3, units=6, posts=8, demands=60)
    worth = worth_of_open(county.rules.tier_weights, county.post_caf.tolist())
    before = goal_values(county, today(county))
    rungs = climb(county, before, before=before, clock=Clock(seconds))
    strains = [before["overload"] + worth * before["unassigned_hours"]]
    strains += [rung.overload + worth * rung.unassigned_hours for rung in rungs]
    assert strains == pytest.approx(sorted(strains, reverse=True))


def test_a_unit_that_had_no_time_stays_as_it_is_and_the_others_tell_what_they_reach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs = [(0, 0, 1500), (0, 1, 0), (1, 2, 1500), (1, 3, 0)]
    county = make(
        [[1], [1], [1], [1]],
        [1500, 1500],
        pairs,
        post_unit=[0, 0, 1, 1],
        rules=only("reassign", "move"),
    )

    def hurried(part: Problem, *rest: Any) -> Found:
        return Found(None, ()) if part.unit_codes == ("u1",) else in_time(part, *rest)

    in_time = ladder._of_part
    monkeypatch.setattr(ladder, "_of_part", hurried)
    # 500 h above one person's 1,000: 100 × 1 + 100 × 2 + 100 × 4 + 200 × 8.
    before = goal_values(county, today(county))
    assert before["overload"] == pytest.approx(2 * 2300)
    first, *_others = climb(county, before, before=before, clock=Clock(60))
    assert first.overload == pytest.approx(2300)


def test_the_last_rung_is_no_worse_than_the_plan_where_a_pass_had_no_time(
    problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unfinished(*arguments: Any, **options: Any) -> Found:
        found = minimise_in_order(*arguments, **options)
        return replace(found, passes=tuple(replace(one, value=1e9) for one in found.passes))

    monkeypatch.setattr(solving, "minimise_in_order", unfinished)
    found = solve(problem, time_limit=60)
    overload = next(goal.value for goal in found.goals if goal.name == "overload")
    assert found.rungs[-1].overload == pytest.approx(overload)


def test_fewest_people_beyond_what_there_are_block_the_plan() -> None:
    problem = make([[1], [1]], [100], [(0, 0, 100)], post_min=[3, 1], rules=only("move"))
    found = solve(problem)
    assert (found.outcome, found.decision, found.rungs) == ("blocked", None, ())
    assert {one.rule for one in found.conflicts} == {"min"}
    assert sum(one.amount for one in found.conflicts) == pytest.approx(2)
    assert found.ways_out == (found.conflicts,)


def test_every_rule_that_alone_would_open_a_blocked_plan_is_a_way_out() -> None:
    problem = make([[2], [1]], [100], [(0, 0, 100)], post_min=[0, 2])
    found = solve(changed(problem, rules=only("move", max_moves=0.0)))
    ways = {(one.rule, one.subject, round(one.amount, 6)) for way in found.ways_out for one in way}
    assert ways == {("min", "p1", 1.0), ("max_moves", "county", 1.0)}


def test_pinned_posts_that_keep_people_from_others_are_a_way_out() -> None:
    problem = make([[3], [1]], [100], [(0, 0, 100)], post_min=[0, 2], post_is_pinned=[True, False])
    found = solve(changed(problem, rules=only("move")))
    assert [(one.rule, one.subject) for one in found.conflicts] == [("min", "p1")]
    ways = {(one.rule, one.subject, round(one.amount, 6)) for way in found.ways_out for one in way}
    assert ways == {("min", "p1", 1.0), ("unpinned", "p0", 1.0)}


def test_more_people_than_a_post_may_have_block_a_plan_in_which_nobody_may_leave() -> None:
    problem = make([[2]], [100], [(0, 0, 100)], post_max=[1], rules=only())
    (conflict,) = solve(problem).conflicts
    assert (conflict.rule, conflict.subject) == ("max", "p0")
    assert conflict.amount == pytest.approx(1)


def test_the_same_problem_has_the_same_plan(problem: Problem, solution: Solution) -> None:
    again = solve(problem, time_limit=60)
    assert again.goals == solution.goals
    assert solution.decision is not None and again.decision is not None
    for part in fields(Point):
        one, other = getattr(solution.decision, part.name), getattr(again.decision, part.name)
        assert np.array_equal(one, other), part.name


def test_half_people_of_today_stay_where_people_are_whole() -> None:
    problem = make([[1.5], [1]], [500, 1000], [(0, 0, 500), (1, 1, 1000)], rules=only("move"))
    assert best(problem).people.tolist() == [[1.5], [1.0]]


def test_half_people_change_in_whole_steps() -> None:
    problem = make([[1.5], [1]], [500, 2000], [(0, 0, 500), (1, 1, 2000)], rules=only("move"))
    assert best(problem).people.tolist() == [[0.5], [2.0]]
