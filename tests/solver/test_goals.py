"""The goals: their values by hand, their strict order, tolerance, and what the user changes."""

from __future__ import annotations

import pytest

from solver.problem import GOALS, Problem
from solver.solving import solve
from tests.solver.problems import changed, make, only, values

NEAR = 1e-3


def goal(problem: Problem, name: str) -> float:
    solution = solve(problem, time_limit=30)
    assert solution.outcome == "optimal"
    return values(solution)[name]


def near(amount: float) -> object:
    return pytest.approx(amount, abs=NEAR)


def hiring(*, hours: float, **rules: object) -> Problem:
    """Return one person under `hours` of work and two vacancies."""
    problem = make([[1]], [hours], [(0, 0, hours)], unit_vacancies=[[2]])
    return changed(problem, rules=only("transfer", **rules))


def test_unassigned_hours_are_what_nobody_carries() -> None:
    assert goal(make([[1]], [600], [(0, 0, 400)], rules=only()), "unassigned_hours") == near(200)


def test_overload_costs_more_in_each_tier() -> None:
    # 1.7 × 1000 hours: 100 × 1 + 100 × 2 + 100 × 4 + 200 × 8 + 200 × 16.
    assert goal(make([[1]], [1700], [(0, 0, 1700)], rules=only()), "overload") == near(5500)


def test_new_people_fill_vacancies_come_from_the_pool_or_are_temporaries() -> None:
    problem = make(
        [[1, 0]],
        [4000],
        [(0, 0, 4000)],
        category_is_outside=[False, True],
        category_pool=[1, 0],
        unit_vacancies=[[1, 0]],
        rules=only("transfer", "temporary", max_temporaries=1),
    )
    assert goal(problem, "new_people") == near(3)
    # The two who are not temporaries come to the post, one of them to the unit by a transfer.
    assert goal(problem, "moved_people") == near(3)


def test_moved_people_across_units_count_at_both() -> None:
    problem = make([[2], [1]], [2000], [(0, 1, 2000)])
    inside = changed(problem, rules=only("move"))
    across = changed(
        problem,
        post_unit=[0, 1],
        demand_unit=[1],
        unit_codes=("u0", "u1"),
        unit_vacancies=[[0], [0]],
        rules=only("transfer"),
    )
    assert goal(inside, "moved_people") == near(1)
    assert goal(across, "moved_people") == near(2)


def test_idle_hours_are_those_below_the_low_limit() -> None:
    problem = make([[1]], [500], [(0, 0, 500)], post_ias=[100], rules=only())
    assert goal(problem, "idle_hours") == near(200)
    assert goal(changed(problem, rules=only(low_saturation=0.7)), "idle_hours") == near(100)


def test_changed_hours_are_those_cut_and_those_handed_over() -> None:
    # Of 1500 hours 300 are cut; the other post has room for 100 beside its own 900.
    pairs = [(0, 0, 1500), (0, 1, 0), (1, 1, 900)]
    problem = make([[1], [1]], [1500, 900], pairs, demand_cap=[0.2, 0.0])
    problem = changed(problem, rules=only("reassign", "cut"))
    assert goal(problem, "overload") == near(100)
    assert goal(problem, "changed_hours") == near(400)


def test_an_hour_is_assigned_whatever_overload_it_makes() -> None:
    problem = make([[1]], [1500], [(0, 0, 1000)], rules=only("reassign"))
    assert goal(problem, "unassigned_hours") == near(0)
    assert goal(problem, "overload") == near(2300)


def test_a_person_is_taken_on_for_one_hour_of_overload() -> None:
    problem = hiring(hours=1001)
    assert goal(problem, "overload") == near(0)
    assert goal(problem, "new_people") == near(1)


def test_nobody_is_taken_on_to_spare_moves() -> None:
    problem = make([[2], [1]], [2000], [(0, 1, 2000)], unit_vacancies=[[1]])
    assert goal(problem, "new_people") == near(0)
    assert goal(problem, "moved_people") == near(1)


def test_tolerance_forgoes_the_last_of_the_relief_where_that_needs_fewer_people() -> None:
    # Today 1020 hours above 1000 cost 10620; one person more leaves 20, two leave none.
    strict = hiring(hours=2020)
    assert (goal(strict, "new_people"), goal(strict, "overload")) == (near(2), near(0))
    lenient = hiring(hours=2020, tolerance={"overload": 0.02})
    assert (goal(lenient, "new_people"), goal(lenient, "overload")) == (near(1), near(20))
    too_little = hiring(hours=2020, tolerance={"overload": 0.001})
    assert goal(too_little, "new_people") == near(2)


def test_a_dropped_goal_is_not_pursued() -> None:
    goals = tuple(name for name in GOALS if name != "overload")
    solution = solve(hiring(hours=1700, goals=goals))
    found = {one.name: one for one in solution.goals}
    assert found["new_people"].value == near(0)
    assert found["overload"].value == near(5500)
    assert found["overload"].bound == 0.0


def test_reordered_goals_are_served_in_the_users_order() -> None:
    people_first = (GOALS[0], GOALS[2], GOALS[1], *GOALS[3:])
    assert goal(hiring(hours=1700, goals=people_first), "overload") == near(5500)
    assert goal(hiring(hours=1700), "overload") == near(0)


def test_every_goal_says_its_value_today() -> None:
    solution = solve(hiring(hours=1700))
    before = {one.name: one.before for one in solution.goals}
    assert before == dict.fromkeys(GOALS, 0.0) | {"overload": near(5500)}
