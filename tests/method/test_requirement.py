"""Tests of the requirement: A, B, C and rounding, with the published examples of method §4."""

from __future__ import annotations

import pytest

from app.method.assessing import assess
from app.method.requirement import (
    ROUNDING,
    Requirement,
    combined,
    ratio,
    requirement,
    round_half_even,
    round_up,
    round_wisn,
)
from app.method.working_time import available_hours
from app.model.county import County, Record
from app.model.figures import Load
from app.model.parameters import ROUNDINGS
from app.model.vocabulary import Per
from tests.builders import (
    assignment,
    category_allowance,
    county,
    individual_allowance,
    post,
    staffing,
    task,
    unit,
    volume,
    working_time,
)


def load_of(here: County) -> Load:
    return assess(here).posts["P1"].load


def medical_officer(volumes: tuple[float, ...], weekly_hours: float) -> County:
    """RHS-WISN: (365 − 102)/7 weeks of six days; delivery, child OPD and admission, OPD, other."""
    rates = (6, 6, 6, 12, 6)
    services: list[Record] = []
    for number, (rate, pieces) in enumerate(zip(rates, volumes, strict=True)):
        services += [
            task(f"T{number}", hours_each=1 / rate),
            volume(task_code=f"T{number}", volume=pieces),
            assignment(task_code=f"T{number}"),
        ]
    return county(
        unit(),
        post(),
        staffing(),
        working_time(
            working_days=(365 - 102) / 7 * 6,
            leave=0.0,
            sick=0.0,
            training=0.0,
            days_per_week=6.0,
            hours_per_day=weekly_hours / 6,
        ),
        category_allowance(value=48 + 4 / 7 * weekly_hours * 12, per=Per.HOURS_PER_YEAR),
        individual_allowance(value=48.0),
        *services,
    )


def test_rhs_wisn_medical_officer_first_facility() -> None:
    load = load_of(medical_officer((6, 1141, 0, 3424, 6), 48))
    assert load.capacity_hours == pytest.approx(1803.428571, abs=5e-7)
    assert load.a == pytest.approx(0.264773447, abs=5e-10)
    assert load.b == pytest.approx(1.264423077, abs=5e-10)
    assert load.c == pytest.approx(0.026615970, abs=5e-10)
    assert load.required == pytest.approx(0.361401627, abs=5e-10)


def test_rhs_wisn_medical_officer_second_facility() -> None:
    load = load_of(medical_officer((4, 2336, 0, 4179, 4), 48))
    assert load.a == pytest.approx(0.409728823, abs=5e-10)
    assert load.required == pytest.approx(0.544686549, abs=5e-10)


def test_rhs_wisn_medical_officer_at_46_hours_a_week() -> None:
    load = load_of(medical_officer((77, 279, 13, 4714, 67), 46))
    assert load.capacity_hours == pytest.approx(1728.285714, abs=5e-7)
    assert load.required == pytest.approx(0.368834521, abs=5e-10)


def test_who_tool_physicians() -> None:
    year = working_time(
        working_days=365 - 79 - 9,
        leave=30.0,
        sick=8.8,
        training=14.6,
        other=0.3,
        days_per_week=5.5,
    )
    assert available_hours(year) == pytest.approx(1786.40)
    weekly = Per.HOURS_PER_WEEK
    here = county(
        unit(),
        post(),
        staffing(),
        year,
        individual_allowance("晨会", 45, Per.MINUTES_PER_DAY, people=5),
        individual_allowance("大查房", 1.5, weekly, people=3),
        *(individual_allowance(name, 2, weekly, people=2) for name in ("甲", "乙", "丙")),
        *(individual_allowance(name, 1, weekly, people=1) for name in ("丁", "戊")),
        individual_allowance("评审", 36, Per.HOURS_PER_YEAR, people=1),
    )
    load = load_of(here)
    assert load.individual_hours == pytest.approx(2070.50)
    assert round(load.c, 2) == 1.16


def test_who_tool_nurses() -> None:
    year = working_time(
        working_days=277.0, leave=30.0, sick=2.0, training=5.4, other=0.8, days_per_week=5.5
    )
    assert available_hours(year) == pytest.approx(1910.40)


def test_kenya_hiv_clinic() -> None:
    here = county(
        unit(),
        post(),
        staffing(),
        working_time(working_days=179.0, leave=0.0, sick=0.0, training=0.0),
        category_allowance(value=10.0, per=Per.DAYS_PER_YEAR),
        task(),
        volume(volume=25_000.0),
        assignment(),
    )
    load = load_of(here)
    assert load.assigned_hours / 8 == 3125
    assert round(load.a, 2) == 17.46
    assert round(load.b, 4) == 1.0592
    assert round(load.required, 2) == 18.49


def test_quota_by_labour_efficiency() -> None:
    here = county(
        unit(),
        post(ability=0.9),
        staffing(),
        working_time(working_days=250.0, leave=0.0, sick=0.0, training=0.0),
        task(hours_each=8 / 50),
        volume(volume=5_000_000.0),
        assignment(),
    )
    load = load_of(here)
    assert round(load.required, 1) == 444.4
    assert round_up(load.required) == 445


def test_required_is_a_times_b_plus_c() -> None:
    people = requirement(assigned_hours=1784, caf=1.25, ias_hours=892, awt_hours=1784)
    assert people == Requirement(a=1, b=1.25, c=0.5)
    assert people.required == 1.75


def test_combined_parts_still_give_the_sum() -> None:
    whole = combined([Requirement(1, 1.25, 0.5), Requirement(3, 1.05, 0.0)])
    assert whole == Requirement(a=4, b=pytest.approx(1.1), c=0.5)
    assert whole.required == pytest.approx(1.75 + 3.15)
    assert combined([Requirement(0, 1.25, 0.5)]) == Requirement(a=0, b=1, c=0.5)


def test_ratio_is_existing_over_required() -> None:
    assert ratio(existing=3, required=4) == 0.75
    assert ratio(existing=0, required=4) == 0
    assert ratio(existing=3, required=0) is None


@pytest.mark.parametrize(
    ("people", "rounded"),
    [
        (0.0, 0), (1e-12, 0), (0.01, 1), (0.36, 1), (1.0, 1), (1.1, 1), (1.11, 2), (2.2, 2),
        (2.21, 3), (3.3, 3), (3.31, 4), (4.4, 4), (4.41, 5), (5.0, 5), (5.4, 5), (5.5, 6),
        (6.5, 6), (6.51, 7), (7.5, 8), (1.1 + 1e-13, 1), (18.49, 18),
    ],
)  # fmt: skip
def test_wisn_rounding(people: float, rounded: float) -> None:
    assert round_wisn(people) == rounded


def test_wisn_rounding_survives_sums() -> None:
    assert 1.1 * 3 > 3.3
    assert round_wisn(1.1 * 3) == 3


def test_other_roundings() -> None:
    assert [round_half_even(people) for people in (0.4, 0.5, 1.5, 2.5)] == [0, 0, 2, 2]
    assert [round_up(people) for people in (0.0, 0.01, 2.0, 2.0000000001, 2.1)] == [0, 1, 2, 2, 3]
    assert tuple(ROUNDING) == ROUNDINGS
