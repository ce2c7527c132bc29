"""The Problem of a county holds what the method page says, post by post and pair by pair."""

from __future__ import annotations

import math

import pytest

from app.advice.county_problem import formulate
from app.model.county import County
from app.model.vocabulary import Burden, Lever, Role
from tests.builders import (
    assignment,
    establishment,
    policy,
    post,
    small_county,
    staffing,
    task,
    unit,
    volume,
)


def eligible(county: County, task_code: str) -> set[str]:
    problem = formulate(county).problem
    demand = problem.demand_codes.index(f"U1/{task_code}")
    return {problem.post_codes[p] for p in problem.pair_post[problem.pair_demand == demand]}


def test_a_task_may_go_to_the_office_of_its_lead_post() -> None:
    assert eligible(small_county(), "T1") == {"P1", "P2"}


def test_a_task_may_go_to_the_whole_unit_when_the_policy_says_so() -> None:
    assert eligible(small_county(policy("scope", "unit")), "T1") == {"P1", "P2", "P3"}


def test_a_task_that_nobody_carries_may_go_anywhere_in_the_unit() -> None:
    assert eligible(small_county(), "T3") == {"P1", "P2", "P3"}


def test_without_a_lead_the_largest_share_names_the_office() -> None:
    county = small_county(
        assignment(post_code="P1", share=0.3, role=Role.ASSIST),
        assignment(post_code="P3", share=0.7, role=Role.ASSIST),
    )
    assert eligible(county, "T1") == {"P1", "P3"}


def test_a_post_without_the_qualification_is_not_eligible_unless_it_carries_the_task() -> None:
    county = small_county(
        task("T1", qualifications=("执法证",)),
        post("P2", qualifications=("会计证",)),
    )
    assert eligible(county, "T1") == {"P1"}


def test_a_pinned_post_takes_no_new_task() -> None:
    assert eligible(small_county(post("P2", is_pinned=True)), "T1") == {"P1"}


def test_another_unit_never_takes_a_task() -> None:
    county = small_county(unit("U2"), post("P9", unit_code="U2"), policy("scope", "unit"))
    assert "P9" not in eligible(county, "T1")


def test_hours_now_are_share_times_task_hours() -> None:
    county = small_county(assignment(share=0.25))
    problem = formulate(county).problem
    pair = [
        (problem.demand_codes[d], problem.post_codes[p])
        for d, p in zip(problem.pair_demand, problem.pair_post, strict=True)
    ].index(("U1/T1", "P1"))
    assert problem.pair_hours_now[pair] == 500.0


def test_the_fewest_people_are_one_where_somebody_is_today() -> None:
    problem = formulate(small_county(post("P2", min_people=2.0, max_people=4.0))).problem
    assert problem.post_min.tolist() == [1.0, 2.0, 0.0]
    assert problem.post_max.tolist() == [math.inf, 4.0, math.inf]


@pytest.mark.parametrize(
    ("burden", "max_cut", "cap"),
    [
        (Burden.FORMALISTIC, None, 0.5),
        (Burden.NECESSARY_FORMAL, None, 0.2),
        (Burden.FORMALISTIC, 0.9, 0.9),
        (Burden.FORMALISTIC, 0.0, 0.0),
        (Burden.SUBSTANTIVE, 0.9, 0.0),
    ],
)
def test_what_may_be_cut_depends_on_the_burden(
    burden: Burden, max_cut: float | None, cap: float
) -> None:
    problem = formulate(small_county(task("T1", burden=burden, max_cut=max_cut))).problem
    assert problem.demand_cap[0] == cap


def test_vacancies_leave_out_reserved_and_pending_headcount() -> None:
    county = small_county(
        establishment(category="行政", authorised=9.0, in_post=4.0, reserved=1.0, pending=2.0),
        establishment(category="事业", authorised=3.0, in_post=5.0),
        establishment(category="工勤", authorised=3.0),
    )
    assert formulate(county).problem.unit_vacancies.tolist() == [[2.0, 0.0, 0.0, 0.0]]


def test_levers_of_the_call_go_before_those_of_the_policy() -> None:
    county = small_county(policy("levers", "reassign,move"))
    assert formulate(county).problem.rules.levers == {"reassign", "move"}
    assert formulate(county, frozenset({Lever.CUT})).problem.rules.levers == {"cut"}


def test_temporaries_bring_their_category_along() -> None:
    rows = [row for row in small_county().records() if getattr(row, "category", "") != "编外"]
    county = County.of([*rows, policy("max_temporaries", "2")])
    problem = formulate(county).problem
    assert problem.category_names[-1] == "编外"
    assert problem.category_is_outside.tolist() == [False, False, False, True]


def test_tasks_without_hours_are_no_demand() -> None:
    county = small_county(volume(task_code="T2", volume=0.0))
    assert formulate(county).problem.demand_codes == ("U1/T1", "U1/T3")


def test_people_are_counted_per_post_and_category() -> None:
    county = small_county(staffing("P1", "事业", 2.0))
    assert formulate(county).problem.people_now.tolist()[0] == [1.0, 2.0, 0.0, 0.0]
