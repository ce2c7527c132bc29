"""Properties of the method that hold for every county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.method.assessing import assess, reassess
from app.method.checks.checkup import find
from app.model.county import Change, County, Record, Task
from app.model.figures import Figures, Load
from app.model.vocabulary import Band, Per
from tests.builders import (
    assignment,
    categories,
    category_allowance,
    duty,
    individual_allowance,
    post,
    profile,
    staffing,
    task,
    unit,
    volume,
    working_time,
)

UNITS = ("U1", "U2")
TASKS = ("T1", "T2", "T3")
POSTS = {unit_code: tuple(f"{unit_code}{letter}" for letter in "ABC") for unit_code in UNITS}

amounts = st.floats(0, 5000).map(lambda value: round(value, 2))
shares = st.sampled_from([0.0, 0.1, 0.25, 1 / 3, 0.5, 0.75, 1.0])
heads = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0])
scopes = st.sampled_from(["", "行政", "事业", "U1", "大办公室", "U2B", "无"])


@st.composite
def rows_of_counties(draw: st.DrawFn) -> list[Record]:
    rows: list[Record] = [*categories(), duty(), profile("汛期")]
    rows += [working_time("事业", leave=draw(st.sampled_from([0.0, 10.0])), days_per_week=5.5)]
    for code in TASKS:
        each = draw(st.none() | st.floats(0.1, 20))
        season = draw(st.sampled_from(["", "汛期"]))
        rows.append(task(code, hours_each=each, is_field=draw(st.booleans()), profile=season))
    for unit_code in UNITS:
        rows.append(unit(unit_code, travel=draw(st.sampled_from([1.0, 1.3]))))
        rows += [volume(unit_code, code, draw(amounts)) for code in TASKS if draw(st.booleans())]
        for post_code in POSTS[unit_code]:
            office = draw(st.sampled_from(["大办公室", "小办公室"]))
            rows.append(post(post_code, unit_code, office=office))
            entries = draw(st.sets(st.sampled_from(["行政", "事业"])))
            rows += [staffing(post_code, category, draw(heads)) for category in sorted(entries)]
            carried = draw(st.sets(st.sampled_from(TASKS)))
            rows += [
                assignment(unit_code, code, post_code, draw(shares)) for code in sorted(carried)
            ]
    per_week = Per.HOURS_PER_WEEK
    for number in range(draw(st.integers(0, 2))):
        hours = draw(st.floats(0, 4))
        rows.append(category_allowance(f"会{number}", hours, per_week, draw(scopes)))
        rows.append(individual_allowance(f"班{number}", hours, per_week, draw(scopes), 2.0))
    return rows


counties = rows_of_counties().map(County.of)
ADDITIVE = (
    "assigned_hours",
    "category_hours",
    "individual_hours",
    "workload_hours",
    "capacity_hours",
    "existing",
    "required",
    "required_rounded",
)


def close(value: Any) -> Any:
    """Return what a figure is compared with: numbers up to the noise of adding them up."""
    if isinstance(value, Mapping):
        return {key: close(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(close(item) for item in value)
    return pytest.approx(value, rel=1e-9, abs=1e-6) if isinstance(value, float) else value


def loads(figures: Figures) -> dict[Any, Load]:
    return {
        **{key: row.load for key, row in figures.posts.items()},
        **{key: row.load for key, row in figures.offices.items()},
        **{("unit", key): row.load for key, row in figures.units.items()},
        "county": figures.county.load,
    }


@given(counties)
@settings(max_examples=60)
def test_hours_of_every_task_are_assigned_or_unassigned(here: County) -> None:
    figures = assess(here)
    for row in figures.tasks.values():
        carried = sum(
            hours
            for (unit_code, task_code, _post), hours in figures.hours.items()
            if (unit_code, task_code) == (row.unit_code, row.task_code)
        )
        assert row.unassigned_hours >= 0
        assert carried + row.unassigned_hours - row.surplus_hours == pytest.approx(
            row.hours, abs=1e-6
        )
    posts = sum(row.load.assigned_hours for row in figures.posts.values())
    total = sum(row.hours for row in figures.tasks.values())
    for level in (figures.units.values(), [figures.county]):
        assert sum(row.demand_hours for row in level) == pytest.approx(total, abs=1e-6)
        assert sum(row.assigned_hours for row in level) == pytest.approx(posts, abs=1e-6)
        assert sum(
            row.demand_hours - row.unassigned_hours + row.surplus_hours for row in level
        ) == pytest.approx(posts, abs=1e-6)


@given(counties)
@settings(max_examples=60)
def test_every_level_is_the_sum_of_its_posts(here: County) -> None:
    figures = assess(here)
    posts = [row.load for row in figures.posts.values()]
    for level in (figures.offices.values(), figures.units.values(), [figures.county]):
        for name in ADDITIVE:
            total = sum(getattr(load, name) for load in posts)
            there = sum(getattr(row.load, name) for row in level)
            assert there == pytest.approx(total, abs=1e-6), name
    for load in loads(figures).values():
        assert load.a * load.b + load.c == pytest.approx(load.required, abs=1e-9)
        assert sum(load.monthly_hours) == pytest.approx(load.workload_hours, abs=1e-6)
        assert (load.saturation is None) == (load.band in {Band.NO_CAPACITY, Band.NO_DATA})


@given(rows_of_counties(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_row_order_changes_no_figure(rows: list[Record], random: Any) -> None:
    order = [row for row in rows if row.TABLE.value == "categories"]
    others = [row for row in rows if row.TABLE.value != "categories"]
    random.shuffle(others)
    one, other = assess(County.of(rows)), assess(County.of([*order, *others]))
    assert set(loads(one)) == set(loads(other))
    for key, load in loads(one).items():
        assert asdict(loads(other)[key]) == close(asdict(load))
    assert dict(other.hours) == close(one.hours)


@given(counties, st.sampled_from([0.5, 2.0, 10.0]))
@settings(max_examples=40)
def test_scaling_unit_times_scales_assigned_hours(here: County, factor: float) -> None:
    scaled = here.with_changes(
        Change(row, replace(row, hours_each=row.hours_each * factor))
        for row in here.tasks.values()
        if isinstance(row, Task) and row.hours_each is not None
    )
    before, after = loads(assess(here)), loads(assess(scaled))
    for key, load in before.items():
        assert after[key].assigned_hours == pytest.approx(load.assigned_hours * factor)
        assert after[key].category_hours == pytest.approx(load.category_hours * factor)
        assert after[key].individual_hours == load.individual_hours
        assert after[key].a == pytest.approx(load.a * factor)
        assert after[key].capacity_hours == load.capacity_hours


@given(counties, st.sampled_from(UNITS), shares, heads)
@settings(max_examples=60)
def test_reassessing_is_assessing(here: County, unit_code: str, share: float, head: float) -> None:
    post_code = POSTS[unit_code][0]
    after = here.with_changes(
        [
            Change(None, assignment(unit_code, "T1", post_code, share)),
            Change(None, volume(unit_code, "T1", 77.0)),
            Change(None, staffing(post_code, "行政", head)),
        ]
    )
    assert reassess(assess(here), after, [unit_code]) == assess(after)


@given(counties)
@settings(max_examples=40)
def test_every_finding_points_at_a_row_and_says_what_to_do(here: County) -> None:
    for finding in find(here, assess(here)):
        assert finding.message.endswith(".") and finding.remedy.endswith(".")
        assert finding.place is not None
        assert finding.place.key in here.rows(finding.place.table)
