"""Edits of the matrix become changes of one assignment, and say which units they concern."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import BlockedByData
from app.method.assessing import assess
from app.model.changing import (
    affected_units,
    block_changes,
    hours_change,
    share_changes,
    template_changes,
)
from app.model.county import Assignment, Change, County, Post, Volume
from app.model.vocabulary import Role
from tests.builders import (
    assignment,
    individual_allowance,
    policy,
    post,
    small_county,
    staffing,
    task,
    unit,
    volume,
)


def after(county: County, task_code: str, post_code: str, hours: float | None) -> Assignment | None:
    cell = ("U1", task_code, post_code)
    _label, change = hours_change(county, assess(county), cell, hours)
    found = county.with_changes([change] if change else []).assignments.get(cell)
    assert found is None or isinstance(found, Assignment)
    return found


def test_hours_become_a_share_of_the_task() -> None:
    found = after(small_county(), "T1", "P1", 500.0)
    assert found is not None
    assert (found.share, found.role) == (0.25, Role.LEAD)


def test_a_second_post_assists_and_a_first_one_leads() -> None:
    assisting = after(small_county(), "T1", "P2", 100.0)
    leading = after(small_county(), "T3", "P2", 100.0)
    assert assisting is not None and assisting.role is Role.ASSIST
    assert leading is not None and leading.role is Role.LEAD


def test_no_hours_take_the_post_off_the_task() -> None:
    assert after(small_county(), "T1", "P1", None) is None


def test_taking_off_what_is_not_there_changes_nothing() -> None:
    county = small_county()
    assert hours_change(county, assess(county), ("U1", "T1", "P2"), None)[1] is None


def test_a_block_is_set_at_once_and_its_first_post_leads() -> None:
    county = small_county()
    cells = {("U1", "T3", "P1"): 40.0, ("U1", "T3", "P2"): 60.0, ("U1", "T1", "P1"): None}
    found = county.with_changes(block_changes(county, assess(county), cells)).assignments
    assert found[("U1", "T3", "P1")].role is Role.LEAD
    assert found[("U1", "T3", "P2")].role is Role.ASSIST
    assert found[("U1", "T3", "P2")].share == pytest.approx(0.6)
    assert ("U1", "T1", "P1") not in found


@pytest.mark.parametrize("hours", [-1.0, 2000.1])
def test_more_than_the_task_has_is_refused_with_its_hours(hours: float) -> None:
    with pytest.raises(BlockedByData, match=r"2,000\.0 h"):
        after(small_county(), "T1", "P1", hours)


def test_a_task_without_hours_asks_for_its_volume() -> None:
    county = small_county(task("T4"))
    with pytest.raises(BlockedByData, match="volume"):
        after(county, "T4", "P1", 1.0)


@pytest.mark.parametrize(
    ("record", "units"),
    [
        (volume(task_code="T1", volume=3000.0), {"U1"}),
        (assignment(share=0.5), {"U1"}),
        (staffing("P1", "事业", 2.0), {"U1"}),
        (task("T1", hours_each=2.0), None),
        (unit("U1", travel=1.2), None),
    ],
)
def test_a_change_of_one_units_rows_concerns_that_unit_alone(
    record: Volume, units: set[str] | None
) -> None:
    before = small_county(unit("U2"))
    changed = before.with_changes([Change(before.rows(record.TABLE).get(record.key), record)])
    assert affected_units(before, changed) == units


def test_a_post_that_changes_units_concerns_both() -> None:
    before = small_county(unit("U2"), post("P9"))
    moved = replace(before.posts[("P9",)], unit_code="U2")
    assert isinstance(moved, Post)
    changed = before.with_changes([Change(before.posts[("P9",)], moved)])
    assert affected_units(before, changed) == {"U1", "U2"}


def test_a_removed_row_concerns_its_unit() -> None:
    before = small_county()
    changed = before.with_changes([Change(before.staffing[("P1", "行政")], None)])
    assert affected_units(before, changed) == {"U1"}


def test_shares_are_set_whatever_the_hours_and_the_first_post_leads() -> None:
    county = small_county(task("T9", hours_each=None), volume(task_code="T9"))
    changes = share_changes(county, {("U1", "T9", "P1"): 0.6, ("U1", "T9", "P2"): 0.4})
    rows = [change.after for change in changes]
    assert [(row.share, row.role) for row in rows if isinstance(row, Assignment)] == [
        (0.6, Role.LEAD),
        (0.4, Role.ASSIST),
    ]


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_below_nothing_or_above_the_whole_is_refused(share: float) -> None:
    with pytest.raises(BlockedByData, match="of “T1任务”"):
        share_changes(small_county(), {("U1", "T1", "P1"): share})


def test_a_template_brings_duties_and_settings_but_no_units() -> None:
    source = small_county(
        individual_allowance(name="值班"),
        individual_allowance(name="驻点", scope="党政办"),
        policy("rounding", "up"),
    )
    made = County().with_changes(template_changes(source))
    assert made.duties == source.duties and made.tasks == source.tasks
    assert made.policy == source.policy and made.categories == source.categories
    assert [row.name for row in made.allowances.values()] == ["值班"]
    own = (made.units, made.posts, made.staffing, made.volumes, made.assignments)
    assert not any(own)
    assess(made)
