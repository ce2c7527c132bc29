"""Whatever is altered in a plan, or made stricter in its problem, the verification reports it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from solver.problem import Forced, Problem, Rules
from solver.solution import Point
from solver.verifying import goal_values, violations
from tests.solver.problems import ALL, best, changed, make


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Two units in which a plan uses every lever and still leaves every kind of burden."""
    return make(
        [[1, 0], [2, 0], [1, 0], [2, 0]],
        [9000, 50, 100],
        [(0, 0, 9000), (0, 1, 0), (2, 3, 100)],
        post_unit=[0, 0, 0, 1],
        category_is_outside=[False, True],
        category_pool=[1, 0],
        category_cost=[10, 6],
        demand_cap=[0.1, 0, 0],
        unit_vacancies=[[1, 0], [0, 0]],
        rules=Rules(max_temporaries=1.0),
    )


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Point:
    return best(problem)


def altered(plan: Point, name: str, amount: float) -> Point:
    """Return the plan with `amount` added where the field is largest."""
    values = getattr(plan, name).copy()
    values.flat[values.argmax()] += amount
    return dataclasses.replace(plan, **{name: values})


ALTERATIONS = [
    ("hours", -1.0, "cover"),
    ("hours", 1.0, "cover"),
    ("unassigned", -1.0, "cover"),
    ("unassigned", 1.0, "cover"),
    ("relieved", -1.0, "cover"),
    ("relieved", 1.0, "relieve"),
    ("people", -1.0, "people"),
    ("people", 1.0, "people"),
    ("people_in", -1.0, "people"),
    ("people_in", 1.0, "unit"),
    ("people_out", -1.0, "people"),
    ("people_out", 1.0, "unit"),
    ("temporary", -1.0, "people"),
    ("temporary", 1.0, "max_temporaries"),
    ("move_in", -1.0, "unit"),
    ("move_in", 1.0, "county"),
    ("move_out", -1.0, "unit"),
    ("move_out", 1.0, "county"),
    ("fill", -1.0, "unit"),
    ("fill", 1.0, "vacancies"),
    ("draw", -1.0, "county"),
    ("draw", 1.0, "pool"),
    ("overload", -1.0, "load"),
    ("overload", 1000.0, "tier"),
    ("idle", -1.0, "idle"),
]


def test_the_plan_keeps_every_rule_and_uses_every_field(problem: Problem, plan: Point) -> None:
    assert violations(problem, plan) == ()
    names = [part.name for part in dataclasses.fields(Point)]
    assert [name for name in names if getattr(plan, name).max() < 1.0] == []
    assert {name for name, _amount, _rule in ALTERATIONS} == set(names)


@pytest.mark.parametrize(("name", "amount", "rule"), ALTERATIONS)
def test_an_altered_field_breaks_its_rule(
    problem: Problem, plan: Point, name: str, amount: float, rule: str
) -> None:
    broken = violations(problem, altered(plan, name, amount))
    assert any(sentence.startswith(rule) for sentence in broken), broken


@pytest.mark.parametrize("name", [part.name for part in dataclasses.fields(Point)])
def test_numbers_that_cannot_be_are_reported(problem: Problem, plan: Point, name: str) -> None:
    values = getattr(plan, name)
    for wrong in (values[:-1], np.full(values.shape, np.nan)):
        broken = violations(problem, dataclasses.replace(plan, **{name: wrong}))
        assert any(sentence.startswith(f"{name}: not finite") for sentence in broken)
    for wrong in (-1.0 - values, -0.0 * values):
        broken = violations(problem, dataclasses.replace(plan, **{name: wrong}))
        assert any(sentence.startswith(f"{name}: below 0") for sentence in broken)


@pytest.mark.parametrize(
    "name", ["people_in", "people_out", "temporary", "move_in", "move_out", "fill"]
)
def test_half_people_are_reported_where_people_are_whole(
    problem: Problem, plan: Point, name: str
) -> None:
    sentence = f"{name}: people are not whole"
    half = altered(plan, name, 0.5)
    assert sentence in violations(problem, half)
    in_halves = dataclasses.replace(problem.rules, whole_people=False)
    assert sentence not in violations(changed(problem, rules=in_halves), half)


STRICTER = [
    ("relieve", {"demand_cap": [0, 0, 0]}),
    ("officer", {"demand_is_officer_only": [True, True, True]}),
    ("load", {"post_caf": [1.1, 1.1, 1.1, 1.1]}),
    ("load", {"post_ias": [50, 50, 50, 50]}),
    ("load", {"post_ability": [0.9, 0.9, 0.9, 0.9]}),
    ("min", {"post_min": [9, 9, 9, 9]}),
    ("max", {"post_max": [0, 0, 0, 0]}),
    ("vacancies", {"unit_vacancies": [[0, 0], [0, 0]]}),
    ("pool", {"category_pool": [0, 0]}),
    ("pinned hours", {"pair_is_pinned": [True, True, True]}),
    ("pinned post", {"post_is_pinned": [False, False, True, False]}),
    ("people: temporaries", {"category_is_outside": [False, False]}),
    ("forced", {"forced": (Forced("hours", (0,), "decided", lower=9000.0),)}),
    ("forced", {"forced": (Forced("hours", (0,), "decided", upper=0.0),)}),
]


@pytest.mark.parametrize(("rule", "changes"), STRICTER)
def test_a_stricter_problem_breaks_its_rule(
    problem: Problem, plan: Point, rule: str, changes: dict[str, object]
) -> None:
    broken = violations(changed(problem, **changes), plan)
    assert any(sentence.startswith(rule) for sentence in broken), broken


STRICTER_RULES = [
    ("load", {"target_saturation": 0.9}),
    ("idle", {"low_saturation": 0.9}),
    ("tier 1", {"tier_widths": (0.0, 0.1, 0.1, 0.2)}),
    ("max_moves", {"max_moves": 1.0}),
    ("max_temporaries", {"max_temporaries": 0.0}),
    ("budget", {"budget": 25.0}),
    ("reassign is off", {"levers": ALL - {"reassign"}}),
    ("unit in", {"levers": ALL - {"move"}}),
    ("unit out", {"levers": ALL - {"move"}}),
    ("cut is off", {"levers": ALL - {"cut"}}),
    ("transfer is off", {"levers": ALL - {"transfer"}}),
    ("temporary is off", {"levers": ALL - {"temporary"}}),
]


@pytest.mark.parametrize(("rule", "changes"), STRICTER_RULES)
def test_stricter_rules_are_broken(
    problem: Problem, plan: Point, rule: str, changes: dict[str, object]
) -> None:
    rules = dataclasses.replace(problem.rules, **changes)
    broken = violations(changed(problem, rules=rules), plan)
    assert any(sentence.startswith(rule) for sentence in broken), broken


def test_goals_are_added_up_from_the_plan(problem: Problem, plan: Point) -> None:
    # One vacancy, one from the pool and one temporary are new; the first two come to a post, as
    # does one from inside the unit and one from the other unit, who counts there as well.
    found = goal_values(problem, plan)
    assert found["unassigned_hours"] == pytest.approx(50)
    assert found["new_people"] == 3
    assert found["moved_people"] == 6
    # Eight people have 8100 hours; the ninth has 100 and stands 700 below the low limit.
    assert found["overload"] == pytest.approx(100, abs=1e-3)
    assert found["idle_hours"] == pytest.approx(700, abs=1e-3)
