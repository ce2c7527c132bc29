"""Tests of workload: hours of tasks, and what posts are reckoned with (method §2, §3)."""

from __future__ import annotations

import pytest

from app.errors import BlockedByData
from app.method.workload import PostBasis, awt_hours, hours_of, post_basis, task_hours
from app.model.county import County, Task, Volume
from app.model.vocabulary import Measuring, Per
from tests.builders import (
    category_allowance,
    county,
    individual_allowance,
    post,
    small_county,
    staffing,
    task,
    unit,
    volume,
    working_time,
)


def basis(here: County, post_code: str = "P1") -> PostBasis:
    return post_basis(here)[post_code]


@pytest.mark.parametrize(
    ("counted", "pieces", "hours"),
    [
        (task(hours_each=2.0), volume(volume=10.0), 20),
        (task(hours_each=2.0, people_each=3.0), volume(volume=10.0), 60),
        (task(hours_each=2.0, difficulty=1.5), volume(volume=10.0), 30),
        (task(hours_each=2.0, saving=0.25), volume(volume=10.0), 15),
        (task(hours_each=2.0, is_field=True), volume(volume=10.0), 24),
        (task(hours_each=2.0), volume(volume=10.0, hours_each=0.5), 5),
        (task(hours_each=None), volume(volume=10.0, hours_each=0.5), 5),
        (task(hours_each=None), volume(volume=10.0), 0),
        (task(hours_each=2.0), volume(volume=10.0, hours_each=0.0), 0),
    ],
)
def test_hours_of_a_counted_task(counted: Task, pieces: Volume, hours: float) -> None:
    assert hours_of(counted, volume=pieces, unit=unit(travel=1.2)) == pytest.approx(hours)


def test_fixed_hours_are_the_volume() -> None:
    fixed = task(method=Measuring.FIXED_HOURS, hours_each=9.0, people_each=3.0, saving=0.5)
    assert hours_of(fixed, volume=volume(volume=120.0), unit=unit()) == 120


def test_task_hours_of_all_units_and_of_one() -> None:
    here = county(unit("U1"), unit("U2"), task(), volume("U1"), volume("U2", volume=5.0))
    assert task_hours(here) == {("U1", "T1"): 1000, ("U2", "T1"): 5}
    assert task_hours(here, ["U2"]) == {("U2", "T1"): 5}


def test_capacity_is_people_times_awt_times_ability() -> None:
    here = county(
        unit(),
        post(ability=1.1),
        staffing(category="行政", on_duty=2.0),
        staffing(category="事业", on_duty=1.0),
        working_time("事业", leave=0.0),
    )
    assert awt_hours(here, "事业") == 1864
    assert basis(here).capacity_hours == pytest.approx(1.1 * (2 * 1784 + 1864))
    assert basis(here).existing == 3
    assert basis(here).awt_hours == pytest.approx(1.1 * (2 * 1784 + 1864) / 3)
    assert basis(here).people == {"行政": 2, "事业": 1}


def test_empty_post_has_what_one_person_of_its_first_category_would_have() -> None:
    here = county(
        unit(),
        post(ability=1.5),
        staffing(category="工勤", on_duty=0.0),
        staffing(category="事业", on_duty=0.0),
        working_time("事业", leave=0.0),
        category_allowance(value=0.2, scope="事业"),
        category_allowance(value=0.5, scope="工勤"),
    )
    assert basis(here) == PostBasis(
        people={},
        existing=0,
        capacity_hours=0,
        awt_hours=pytest.approx(1.5 * 1864),
        caf=pytest.approx(1.25),
        ias_hours=0,
    )


def test_post_without_any_entry_has_the_default_year_and_caf_1() -> None:
    here = county(unit(), post(), category_allowance(value=0.2), individual_allowance(value=30.0))
    assert basis(here).awt_hours == 1784
    assert basis(here).caf == 1
    assert basis(here).ias_hours == 30


def test_ability_of_0_is_refused_by_name() -> None:
    with pytest.raises(BlockedByData, match="P1岗"):
        post_basis(small_county(post("P1", ability=0.0)))


def test_caf_is_one_over_what_the_allowances_leave() -> None:
    assert basis(small_county(category_allowance(value=0.2))).caf == pytest.approx(1.25)
    assert basis(small_county()).caf == 1


def test_caf_of_a_mixed_post_is_weighted_by_capacity() -> None:
    here = county(
        unit(),
        post(ability=0.7),
        staffing(category="行政", on_duty=1.0),
        staffing(category="事业", on_duty=3.0),
        working_time("事业", leave=0.0),
        category_allowance("学习", value=0.1, scope="行政"),
        category_allowance("会议", value=10.0, per=Per.HOURS_PER_WEEK),
    )
    own = (1784 * 0.1 + 0) / (1784 + 3 * 1864)
    assert basis(here).caf == pytest.approx(1 / (1 - own - 0.25))


def test_allowances_of_one_name_and_two_scopes_both_count() -> None:
    here = small_county(
        category_allowance("例会", value=0.1), category_allowance("例会", value=0.1, scope="行政")
    )
    assert basis(here).caf == pytest.approx(1 / 0.8)


def test_allowances_that_take_all_time_are_refused_by_name() -> None:
    here = small_county(
        category_allowance("学习", value=0.6), category_allowance("会议", value=0.4, scope="行政")
    )
    with pytest.raises(BlockedByData, match="100% of the working time of 行政: 学习, 会议"):
        post_basis(here)


@pytest.mark.parametrize(
    ("scope", "carriers"),
    [
        ("", {"P1", "P2", "P3", "Q1"}),
        ("行政", {"P1", "Q1"}),
        ("编外", {"P3"}),
        ("U1", {"P1", "P2", "P3"}),
        ("U2镇", {"Q1"}),
        ("财政所", {"P3"}),
        ("P2", {"P2"}),
        ("Q1岗", {"Q1"}),
        ("无此机构", set()),
    ],
)
def test_scope_says_which_posts_carry_an_allowance(scope: str, carriers: set[str]) -> None:
    other_unit = (unit("U2"), post("Q1", "U2"), staffing("Q1", "行政"))
    single = post_basis(small_county(*other_unit, individual_allowance(value=40.0, scope=scope)))
    shared = post_basis(small_county(*other_unit, category_allowance(value=0.2, scope=scope)))
    assert {code for code, row in single.items() if row.ias_hours == 40} == carriers
    assert {code for code, row in shared.items() if row.caf == pytest.approx(1.25)} == carriers


def test_category_of_nobody_on_a_staffed_post_is_not_in_scope() -> None:
    here = small_county(staffing("P1", "事业", 0.0), individual_allowance(value=40.0, scope="事业"))
    assert basis(here).ias_hours == 0


def test_scope_that_names_a_category_and_a_title_is_the_category() -> None:
    here = small_county(post("P1", title="事业"), category_allowance(value=0.2, scope="事业"))
    assert basis(here, "P1").caf == 1
    assert basis(here, "P2").caf == pytest.approx(1.25)


def test_individual_allowance_counts_its_people_once_per_post() -> None:
    here = small_county(
        staffing("P1", "行政", 7.0),
        individual_allowance(value=2.0, per=Per.HOURS_PER_WEEK, scope="行政", people=3.0),
    )
    assert basis(here).ias_hours == 2 * 52 * 3


def test_individual_allowance_of_a_category_uses_its_working_week() -> None:
    here = county(
        unit(),
        post(),
        staffing(category="行政"),
        staffing(category="事业", on_duty=9.0),
        working_time("行政", days_per_week=6.0),
        individual_allowance(value=1.0, per=Per.HOURS_PER_DAY, scope="行政"),
    )
    assert basis(here).ias_hours == 52 * 6


def test_individual_allowance_of_a_place_uses_the_week_of_its_people_by_capacity() -> None:
    here = county(
        unit(),
        post(),
        staffing(category="行政"),
        staffing(category="事业", on_duty=3.0),
        working_time("行政", days_per_week=6.0),
        individual_allowance(value=1.0, per=Per.HOURS_PER_DAY, scope="党政办"),
    )
    assert basis(here).ias_hours == pytest.approx(52 * (6 * 0.25 + 5 * 0.75))


def test_individual_allowance_as_share_is_refused_by_name() -> None:
    with pytest.raises(BlockedByData, match="“值班” is an individual allowance"):
        post_basis(small_county(individual_allowance(value=0.1, per=Per.SHARE)))
