"""The years: each rule by itself, doing nothing, and properties of random small problems."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.years.problem import YearsDecision, YearsProblem
from solver.years.solving import nothing_done, solve_years
from solver.years.verifying import goal_values, shortages, violations


def problem(years: int = 2, **fields: object) -> YearsProblem:
    """Return U1 with 5 people for the work of 6 and U2 with 5 for that of 4, a vacancy each."""
    shape = (years, 2, 1)
    usual: dict[str, object] = {
        "unit_codes": ("U1", "U2"),
        "category_names": ("行政",),
        "people_now": np.array([[5.0], [5.0]]),
        "retiring": np.zeros(shape),
        "required": np.broadcast_to(np.array([[6.0], [4.0]]), shape),
        "vacancies": np.array([[1.0], [1.0]]),
        "quota": np.full((years, 1), np.inf),
        "unit_quota": np.full(shape, np.inf),
        "max_transfers": np.full(years, np.inf),
        "places": np.zeros(years),
        "training_cost": np.array([0.1]),
        "training_gain": 0.2,
    }
    return YearsProblem(**usual | fields)  # type: ignore[arg-type]


def solved(of: YearsProblem) -> tuple[YearsDecision, dict[str, float]]:
    solution = solve_years(of)
    assert solution.decision is not None
    assert solution.outcome == "optimal"
    for goal in solution.goals:
        assert goal.bound <= goal.value + 1e-9
    return solution.decision, {goal.name: goal.value for goal in solution.goals}


def test_a_transfer_comes_before_a_shortage_and_nobody_is_recruited_for_it() -> None:
    decision, goals = solved(problem())
    assert goals["shortage"] == pytest.approx(0.0, abs=1e-5)
    assert (goals["recruits"], goals["moves"]) == (0.0, 1.0)
    assert decision.people[:, :, 0].tolist() == [[6.0, 4.0], [6.0, 4.0]]


def test_without_transfers_the_vacancy_is_filled() -> None:
    _decision, goals = solved(problem(max_transfers=np.zeros(2)))
    assert (goals["shortage"], goals["recruits"]) == (pytest.approx(0.0, abs=1e-5), 1.0)


@pytest.mark.parametrize(
    "fields",
    [
        {"vacancies": np.zeros((2, 1))},
        {"quota": np.zeros((2, 1))},
        {"unit_quota": np.zeros((2, 2, 1))},
    ],
)
def test_vacancies_and_quotas_keep_recruits_away(fields: dict[str, object]) -> None:
    _decision, goals = solved(problem(max_transfers=np.zeros(2), **fields))
    assert (goals["shortage"], goals["recruits"]) == (pytest.approx(2.0), 0.0)


def test_a_retirement_makes_a_vacancy() -> None:
    retiring = np.zeros((2, 2, 1))
    retiring[0, 0, 0] = 1.0
    of = problem(retiring=retiring, vacancies=np.zeros((2, 1)), max_transfers=np.zeros(2))
    decision, goals = solved(of)
    assert decision.recruits[:, 0, 0].tolist() == [1.0, 0.0]
    assert goals["shortage"] == pytest.approx(2.0)


def test_training_costs_time_now_and_gives_ability_later() -> None:
    of = problem(
        years=3,
        max_transfers=np.zeros(3),
        vacancies=np.zeros((2, 1)),
        places=np.full(3, 9.0),
    )
    decision, goals = solved(of)
    assert decision.trained[0, 0, 0] == 5.0
    assert shortages(of, decision)[:, 0, 0].tolist() == pytest.approx([1.5, 0.0, 0.0])
    assert goals["shortage"] == pytest.approx(1.5)


def test_nobody_is_trained_twice_or_beyond_the_places() -> None:
    of = problem(years=3, max_transfers=np.zeros(3), vacancies=np.zeros((2, 1)))
    decision, _goals = solved(replace(of, places=np.full(3, 2.0)))
    assert decision.trained.sum(axis=(1, 2)).max() <= 2.0
    assert decision.trained[:, 0, 0].sum() <= 5.0


def test_the_worst_unit_is_least_short() -> None:
    of = problem(
        years=1,
        required=np.full((1, 2, 1), 7.0),
        vacancies=np.full((2, 1), 2.0),
        quota=np.array([[2.0]]),
    )
    decision, goals = solved(of)
    assert decision.people[0, :, 0].tolist() == [6.0, 6.0]
    assert goals["unevenness"] == pytest.approx(1 / 7, abs=1e-3)


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("people", "people"),
        ("recruits", "vacancies"),
        ("move_in", "county"),
        ("trained", "places"),
        ("move_out", "leavers"),
    ],
)
def test_a_broken_rule_is_found(field: str, rule: str) -> None:
    of = problem()
    broken = getattr(nothing_done(of), field).copy()
    broken[1, 0, 0] += 9.0
    said = violations(of, replace(nothing_done(of), **{field: broken}))
    assert any(sentence.startswith(rule) for sentence in said)


numbers = st.integers(min_value=0, max_value=6)


@given(
    now=st.lists(numbers, min_size=3, max_size=3),
    need=st.lists(numbers, min_size=6, max_size=6),
    free=st.lists(st.integers(0, 2), min_size=3, max_size=3),
    quota=st.lists(st.integers(0, 3), min_size=2, max_size=2),
    places=st.integers(0, 2),
)
@settings(max_examples=25, deadline=None)
def test_whatever_is_asked_the_plan_keeps_the_rules_and_is_no_worse_than_nothing(
    now: list[int], need: list[int], free: list[int], quota: list[int], places: int
) -> None:
    of = YearsProblem(
        unit_codes=("A", "B", "C"),
        category_names=("行政",),
        people_now=np.array(now, dtype=float)[:, None],
        retiring=np.minimum(1.0, np.array([now, [0, 0, 0]], dtype=float))[:, :, None],
        required=np.array(need, dtype=float).reshape(2, 3, 1),
        vacancies=np.array(free, dtype=float)[:, None],
        quota=np.array(quota, dtype=float)[:, None],
        unit_quota=np.full((2, 3, 1), np.inf),
        max_transfers=np.full(2, np.inf),
        places=np.full(2, float(places)),
        training_cost=np.array([0.05]),
        training_gain=0.1,
    )
    solution = solve_years(of)
    assert solution.decision is not None
    assert violations(of, solution.decision) == ()
    shortage = goal_values(of, solution.decision)["shortage"]
    assert shortage <= goal_values(of, nothing_done(of))["shortage"] + 1e-5
    roomier = solve_years(replace(of, vacancies=of.vacancies + 1, quota=of.quota + 1))
    assert roomier.goals[0].value <= shortage * 1.001 + 1e-5
