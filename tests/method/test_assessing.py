"""Tests of assessing: the same figures at every level, and one unit at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import BlockedByData
from app.method.assessing import assess, reassess
from app.model.county import Assignment, Change, County, Record
from app.model.figures import Headcount, Load
from app.model.vocabulary import Band
from tests.builders import (
    assignment,
    category_allowance,
    county,
    establishment,
    individual_allowance,
    policy,
    post,
    profile,
    small_county,
    staffing,
    task,
    unit,
    volume,
    working_time,
)


def load_of(here: County, post_code: str = "P1") -> Load:
    return assess(here).posts[post_code].load


def two_units() -> County:
    return small_county(
        unit("U2", travel=1.5),
        post("Q1", "U2"),
        staffing("Q1", "行政", 2.0),
        task("T4", is_field=True, profile="汛期"),
        profile("汛期"),
        volume("U2", "T4", 900.0),
        volume("U2", "T1", 500.0),
        assignment("U2", "T4", "Q1", 0.8),
        assignment("U2", "T1", "Q1"),
        category_allowance(value=0.1),
        individual_allowance(value=50.0, scope="党政办"),
    )


def test_workload_has_three_parts_shown_apart() -> None:
    load = load_of(
        small_county(category_allowance(value=0.2), individual_allowance(value=100.0, scope="P1"))
    )
    assert load.assigned_hours == 2000
    assert load.category_hours == pytest.approx(500)
    assert load.individual_hours == 100
    assert load.workload_hours == pytest.approx(2600)
    assert load.capacity_hours == 1784
    assert load.saturation == pytest.approx(2600 / 1784)
    assert load.band is Band.SEVERE


def test_saturation_of_a_staffed_post_is_required_over_existing() -> None:
    load = load_of(two_units(), "Q1")
    assert load.saturation == pytest.approx(load.required / load.existing)
    assert load.difference == pytest.approx(2 - load.required)
    assert load.ratio == pytest.approx(2 / load.required)


def test_shares_divide_the_hours_of_a_task() -> None:
    figures = assess(small_county(assignment(share=0.6), assignment(post_code="P2", share=0.3)))
    assert figures.hours[("U1", "T1", "P1")] == 1200
    assert figures.hours[("U1", "T1", "P2")] == 600
    row = figures.tasks[("U1", "T1")]
    assert (row.hours, row.assigned_hours) == (2000, 1800)
    assert row.unassigned_hours == pytest.approx(200)


def test_shares_above_the_whole_hide_nothing_that_lies_open_elsewhere() -> None:
    figures = assess(small_county(assignment(post_code="P2", share=0.25)))
    task = figures.tasks[("U1", "T1")]
    assert (task.unassigned_hours, task.surplus_hours) == (0, 500)
    assert (figures.county.unassigned_hours, figures.county.surplus_hours) == (100, 500)


def test_hours_given_to_another_units_post_are_assigned_to_nobody() -> None:
    here = two_units().with_changes(
        [Change(None, assignment("U1", "T3", "Q1", 1.0))],
    )
    figures = assess(here)
    assert figures.tasks[("U1", "T3")].unassigned_hours == 100
    assert figures.hours[("U1", "T3", "Q1")] == 0
    assert figures.posts == assess(two_units()).posts


def test_work_on_an_empty_post_has_a_requirement_and_no_saturation() -> None:
    load = load_of(small_county(assignment(task_code="T3", post_code="P3")), "P3")
    assert (load.band, load.saturation) == (Band.NO_CAPACITY, None)
    assert load.required == pytest.approx(100 / 1784)
    assert (load.required_rounded, load.ratio) == (1, 0)
    assert (load.peak_month, load.peak_saturation) == (None, None)


def test_no_people_and_no_work_is_no_data() -> None:
    load = load_of(small_county(), "P3")
    assert (load.band, load.required, load.ratio) == (Band.NO_DATA, 0, None)


def test_peak_month_follows_the_season_and_spreads_individual_allowances() -> None:
    load = load_of(
        county(
            unit(),
            post(),
            staffing(),
            task(profile="汛期"),
            profile("汛期", shares=(0.0,) * 6 + (0.75, 0.25) + (0.0,) * 4),
            volume(volume=1000.0),
            assignment(),
            category_allowance(value=0.2),
            individual_allowance(value=100.0),
        )
    )
    july = 750 / 0.8 + 100 * 23 / 248
    assert load.peak_month == 7
    assert load.peak_saturation == pytest.approx(july / (1784 * 23 / 248))
    assert load.monthly_hours[6] == pytest.approx(july)
    assert sum(load.monthly_hours) == pytest.approx(load.workload_hours)
    assert load.saturation == pytest.approx(1350 / 1784)


def test_peak_of_a_unit_is_that_of_its_months_together() -> None:
    here = county(
        unit(),
        *(post(code) for code in ("P1", "P2")),
        *(staffing(code) for code in ("P1", "P2")),
        task("T1", profile="春"),
        task("T2", profile="秋"),
        profile("春", shares=(0.0, 0.0, 1.0) + (0.0,) * 9),
        profile("秋", shares=(0.0,) * 9 + (1.0, 0.0, 0.0)),
        volume(task_code="T1", volume=100.0),
        volume(task_code="T2", volume=110.0),
        assignment(task_code="T1", post_code="P1"),
        assignment(task_code="T2", post_code="P2"),
    )
    load = assess(here).units["U1"].load
    assert load.peak_month == 10
    assert load.peak_saturation == pytest.approx(110 / (2 * 1784 * 18 / 248))


def test_every_level_adds_up_its_posts() -> None:
    figures = assess(two_units())
    posts = [row.load for row in figures.posts.values()]
    offices = [row.load for row in figures.offices.values()]
    units = [row.load for row in figures.units.values()]
    assert set(figures.offices) == {("U1", "党政办"), ("U1", "财政所"), ("U2", "党政办")}
    for level in (posts, offices, units, [figures.county.load]):
        for name in ("workload_hours", "capacity_hours", "existing", "required", "a", "c"):
            total = sum(getattr(load, name) for load in posts)
            assert sum(getattr(load, name) for load in level) == pytest.approx(total), name
        assert sum(load.required_rounded for load in level) == sum(
            load.required_rounded for load in posts
        )
        for load in level:
            assert load.a * load.b + load.c == pytest.approx(load.required)
    unit_load = figures.units["U1"].load
    assert unit_load.saturation == pytest.approx(
        unit_load.workload_hours / unit_load.capacity_hours
    )


def test_hours_reconcile_at_every_level() -> None:
    figures = assess(two_units())
    demand = 2000 + 500 + 100 + 900 * 1.5 + 500
    assert figures.county.demand_hours == pytest.approx(demand)
    assert figures.county.unassigned_hours == pytest.approx(100 + 0.2 * 1350)
    for row in (*figures.units.values(), figures.county):
        assert row.demand_hours == pytest.approx(
            row.assigned_hours + row.unassigned_hours - row.surplus_hours
        )
        assert row.load.assigned_hours == pytest.approx(row.assigned_hours)
    assert sum(figures.hours.values()) == pytest.approx(figures.county.assigned_hours)


def test_policy_chooses_bands_and_rounding() -> None:
    here = small_county(policy("band_scheme", "pej"), policy("rounding", "up"))
    figures = assess(here)
    assert figures.band_scheme == "pej"
    assert figures.posts["P1"].load.band is Band.OVER
    assert figures.posts["P1"].load.required_rounded == 2


def test_unreadable_policy_is_refused_by_key() -> None:
    with pytest.raises(BlockedByData, match="“many” does not fit max_moves"):
        assess(small_county(policy("max_moves", "many")))


def test_denominator_is_said_in_one_sentence() -> None:
    assert "1,784 h" in assess(small_county()).denominator
    assert "1,784–1,864 h" in assess(small_county(working_time("事业", leave=0.0))).denominator


def test_empty_county_has_figures() -> None:
    figures = assess(County())
    assert figures.county.load.band is Band.NO_DATA
    assert (figures.county.demand_hours, figures.county.load.required) == (0, 0)
    assert figures.county.load.monthly_hours == (0.0,) * 12


def headcount(*rows: Record) -> Headcount:
    return assess(small_county(*rows)).headcounts[("U1", "行政")]


def test_headcount_of_a_category() -> None:
    row = headcount(
        establishment(
            authorised=10.0,
            in_post=7.0,
            reserved=1.0,
            pending=0.5,
            lent_out=2.0,
            borrowed=1.0,
            absent=3.0,
        )
    )
    assert (row.on_duty, row.on_posts, row.vacancies) == (3, 1, 1.5)


@pytest.mark.parametrize(
    ("known", "on_duty", "vacancies"),
    [
        ({"authorised": 3.0}, None, None),
        ({"in_post": 3.0}, 3.0, None),
        ({"authorised": 3.0, "in_post": 4.0}, 4.0, -1.0),
    ],
)
def test_missing_headcount_stays_missing(
    known: dict[str, float], on_duty: float | None, vacancies: float | None
) -> None:
    row = headcount(establishment(**known))
    assert (row.on_duty, row.vacancies) == (on_duty, vacancies)


def test_category_that_only_the_posts_have_is_listed_without_figures() -> None:
    row = assess(small_county()).headcounts[("U1", "编外")]
    assert row == Headcount("U1", "编外", None, None, None, 0.0, None)


def changed(here: County, row: Assignment, share: float) -> County:
    return here.with_changes([Change(row, replace(row, share=share))])


def test_reassessing_a_unit_gives_what_assessing_gives() -> None:
    before = two_units()
    figures = assess(before)
    after = changed(before, before.assignments[("U2", "T4", "Q1")], 0.5)
    again = reassess(figures, after, ["U2"])
    assert again == assess(after) != figures
    assert list(again.posts) == list(figures.posts)
    assert again.posts["P1"] is figures.posts["P1"]
    assert again.tasks[("U1", "T1")] is figures.tasks[("U1", "T1")]


def test_reassessing_takes_in_new_posts_and_drops_old_ones() -> None:
    before = two_units()
    gone = [before.staffing[("P3", "编外")], before.posts[("P3",)]]
    after = before.with_changes(
        [*(Change(row, None) for row in gone), Change(None, post("P9", office="新办"))]
    )
    again = reassess(assess(before), after, ["U1"])
    assert again == assess(after)
    assert "P9" in again.posts and "P3" not in again.posts


def test_reassessing_a_removed_unit_leaves_it_out() -> None:
    before = two_units()
    tables = (before.assignments, before.volumes, before.posts, before.units)
    after = before.with_changes(
        Change(row, None) for table in tables for row in table.values() if row.unit_code == "U2"
    )
    assert reassess(assess(before), after, ["U2"]) == assess(after)
