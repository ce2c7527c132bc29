"""Tests of working time: one per formula and unit of method §1."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BlockedByData
from app.method.working_time import (
    available_days,
    available_hours,
    category_share,
    individual_hours,
    seniority_leave,
    working_time,
)
from app.model.county import WorkingTime
from app.model.vocabulary import Per
from tests.builders import county, policy
from tests.builders import working_time as working_time_row

YEAR = WorkingTime("行政", days_per_week=5.5, hours_per_day=7.5)
"""223 days, 1,672.5 h, 5.5 days a week."""


def test_new_plan_has_223_days_and_1784_hours() -> None:
    year = working_time(county(), "行政")
    assert available_days(year) == 223
    assert available_hours(year) == 1784


def test_china_since_2025_has_1984_hours_before_absences() -> None:
    assert available_hours(WorkingTime("行政", leave=0, sick=0, training=0)) == 1984


def test_every_absence_is_taken_off() -> None:
    year = WorkingTime("行政", working_days=250, leave=1, sick=2, training=4, other=8)
    assert available_days(year) == 235


def test_row_of_the_category_replaces_the_default() -> None:
    here = county(working_time_row("事业", leave=20.0))
    assert available_days(working_time(here, "事业")) == 213
    assert available_days(working_time(here, "行政")) == 223


@pytest.mark.parametrize(
    "year",
    [
        WorkingTime("行政", working_days=25),
        WorkingTime("行政", hours_per_day=0),
        WorkingTime("行政", days_per_week=0),
    ],
)
def test_year_without_working_time_is_refused(year: WorkingTime) -> None:
    with pytest.raises(BlockedByData, match="working year of 行政"):
        available_hours(year)


@pytest.mark.parametrize(
    ("per", "value", "hours"),
    [
        (Per.MINUTES_PER_DAY, 30, 30 / 60 * 52 * 5.5),
        (Per.HOURS_PER_DAY, 2, 2 * 52 * 5.5),
        (Per.HOURS_PER_WEEK, 3, 3 * 52),
        (Per.HOURS_PER_MONTH, 4, 48),
        (Per.DAYS_PER_MONTH, 2, 2 * 7.5 * 12),
        (Per.DAYS_PER_YEAR, 6, 6 * 7.5),
        (Per.HOURS_PER_YEAR, 36, 36),
    ],
)
def test_individual_allowance_in_hours_a_year(per: Per, value: float, hours: float) -> None:
    assert individual_hours(value, per=per, year=YEAR) == pytest.approx(hours)


def test_individual_allowance_cannot_be_a_share() -> None:
    with pytest.raises(ValueError, match="cannot be a share"):
        individual_hours(0.1, per=Per.SHARE, year=YEAR)


@pytest.mark.parametrize(
    ("per", "value", "share"),
    [
        (Per.MINUTES_PER_DAY, 45, 0.75 / 7.5),
        (Per.HOURS_PER_DAY, 1.5, 0.2),
        (Per.HOURS_PER_WEEK, 3, 3 / (5.5 * 7.5)),
        (Per.HOURS_PER_MONTH, 10, 10 / (1672.5 / 12)),
        (Per.DAYS_PER_MONTH, 2, 2 / (223 / 12)),
        (Per.DAYS_PER_YEAR, 10, 10 / 223),
        (Per.HOURS_PER_YEAR, 100, 100 / 1672.5),
        (Per.SHARE, 0.15, 0.15),
    ],
)
def test_category_allowance_as_a_share(per: Per, value: float, share: float) -> None:
    assert category_share(value, per=per, year=YEAR) == pytest.approx(share)


def test_leave_follows_from_seniority() -> None:
    assert seniority_leave(1, 0, 0) == 5
    assert seniority_leave(0, 3, 0) == 10
    assert seniority_leave(0, 0, 2) == 15
    assert seniority_leave(6, 3, 1) == (6 * 5 + 3 * 10 + 15) / 10


def test_stated_seniority_takes_the_place_of_the_leave_of_its_category_only() -> None:
    here = county(policy("seniority.行政", "6,3,1"), working_time_row("行政", leave=20.0))
    assert available_days(working_time(here, "行政")) == 248 - 7.5 - 3 - 12
    assert available_days(working_time(here, "事业")) == 223
    assert available_days(working_time(county(policy("seniority.行政", "")), "行政")) == 223


@pytest.mark.parametrize("people", ["1,2", "0,0,0", "-1,2,3"])
def test_seniority_that_names_nobody_is_refused(people: str) -> None:
    with pytest.raises(BlockedByData, match=r"does not fit seniority\.行政"):
        working_time(county(policy("seniority.行政", people)), "行政")


years = st.builds(
    WorkingTime,
    st.just("行政"),
    leave=st.floats(0, 20),
    days_per_week=st.floats(4, 7),
    hours_per_day=st.floats(4, 12),
)
values = st.floats(0, 60)


@given(values, years)
def test_individual_allowance_is_the_same_in_every_unit(value: float, year: WorkingTime) -> None:
    week, day = year.days_per_week, year.hours_per_day
    pairs = {
        Per.MINUTES_PER_DAY: value * 60,
        Per.HOURS_PER_DAY: value,
        Per.HOURS_PER_WEEK: value * week,
        Per.HOURS_PER_MONTH: value * week * 52 / 12,
        Per.DAYS_PER_MONTH: value * week * 52 / 12 / day,
        Per.DAYS_PER_YEAR: value * week * 52 / day,
        Per.HOURS_PER_YEAR: value * week * 52,
    }
    assert set(pairs) == set(Per) - {Per.SHARE}
    for per, stated in pairs.items():
        there = individual_hours(stated, per=per, year=year)
        assert there == pytest.approx(value * week * 52, rel=1e-9, abs=1e-9)


@given(values, years)
def test_category_allowance_is_the_same_in_every_unit(value: float, year: WorkingTime) -> None:
    week, day, days = year.days_per_week, year.hours_per_day, available_days(year)
    pairs = {
        Per.MINUTES_PER_DAY: value * 60,
        Per.HOURS_PER_DAY: value,
        Per.HOURS_PER_WEEK: value * week,
        Per.HOURS_PER_MONTH: value * days / 12,
        Per.DAYS_PER_MONTH: value * days / 12 / day,
        Per.DAYS_PER_YEAR: value * days / day,
        Per.HOURS_PER_YEAR: value * days,
        Per.SHARE: value / day,
    }
    assert set(pairs) == set(Per)
    for per, stated in pairs.items():
        there = category_share(stated, per=per, year=year)
        assert there == pytest.approx(value / day, rel=1e-9, abs=1e-9)


@given(values, values, st.sampled_from(Per), years)
def test_allowances_add_up_in_every_unit(
    one: float, other: float, per: Per, year: WorkingTime
) -> None:
    together = category_share(one + other, per=per, year=year)
    apart = category_share(one, per=per, year=year) + category_share(other, per=per, year=year)
    assert together == pytest.approx(apart, rel=1e-9, abs=1e-9)
    if per is not Per.SHARE:
        together = individual_hours(one + other, per=per, year=year)
        apart = sum(individual_hours(value, per=per, year=year) for value in (one, other))
        assert together == pytest.approx(apart, rel=1e-9, abs=1e-9)


@given(st.floats(0, 90), st.floats(0, 90), years)
def test_more_absence_leaves_less_time(sick: float, more: float, year: WorkingTime) -> None:
    here = replace(year, sick=sick, training=0.0)
    assert available_hours(replace(here, sick=sick + more)) == pytest.approx(
        available_hours(here) - more * year.hours_per_day, abs=1e-6
    )
