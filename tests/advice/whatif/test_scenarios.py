"""Scenarios against the baseline: every cell and every figure that differs, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.advice.whatif.scenarios import (
    CellDifference,
    Comparison,
    FigureDifference,
    FigureLevel,
    compare,
    scenario_county,
)
from app.errors import BlockedByData
from app.method.assessing import assess
from app.model.county import Change, County
from app.model.scenario import Scenario
from app.model.vocabulary import Band, Table
from tests.builders import assignment, post, small_county, staffing, volume
from tests.method.test_properties import counties


def compared(before: County, after: County) -> Comparison:
    return compare(before, assess(before), after, assess(after))


def test_one_cell_and_the_figures_it_moves_by_hand() -> None:
    before = small_county()
    after = scenario_county(before, Scenario("少", rows=(volume(task_code="T1", volume=892.0),)))
    found = compared(before, after)
    (row,) = found.rows
    assert (row.table, row.key) == (Table.VOLUMES, ("U1", "T1"))
    assert row.cells == (CellDifference("volume", 2000.0, 892.0),)
    figures = {(item.level, item.code, item.figure): item for item in found.figures}
    assert figures[FigureLevel.POST, "P1", "saturation"] == FigureDifference(
        FigureLevel.POST, "P1", "saturation", 2000.0 / 1784.0, 0.5
    )
    assert figures[FigureLevel.POST, "P1", "band"].after is Band.UNDER
    assert figures[FigureLevel.COUNTY, "", "demand_hours"].before == 2600.0
    assert figures[FigureLevel.UNIT, "U1", "demand_hours"].after == 1492.0
    assert {item.code for item in found.figures} == {"", "U1", "P1"}


def test_added_and_removed_rows_have_no_other_side() -> None:
    before = small_county()
    gone = before.assignments[("U1", "T2", "P2")]
    scenario = Scenario("换", rows=(post("P9"), staffing("P9", "行政")), removed=(gone,))
    found = compared(before, scenario_county(before, scenario))
    rows = {(row.table, row.key): row for row in found.rows}
    added = rows[Table.POSTS, ("P9",)]
    assert added.before is None
    assert CellDifference("title", None, "P9岗") in added.cells
    removed = rows[Table.ASSIGNMENTS, ("U1", "T2", "P2")]
    assert removed.after is None
    assert CellDifference("share", 1.0, None) in removed.cells
    posts = [item for item in found.figures if item.code == "P9"]
    assert all(item.before is None for item in posts)
    assert any(item.figure == "capacity_hours" for item in posts)


def test_a_county_is_the_same_as_itself() -> None:
    county = small_county()
    assert compared(county, small_county()) == Comparison(rows=(), figures=())
    assert scenario_county(county, Scenario("空")) == county


def test_a_row_without_what_it_refers_to_is_named() -> None:
    scenario = Scenario("断", rows=(assignment(task_code="T2", post_code="P2", share=0.5),))
    there = small_county()
    assert scenario_county(there, scenario).assignments[("U1", "T2", "P2")].share == 0.5
    lost = there.with_changes(
        [
            Change(there.assignments[("U1", "T2", "P2")], None),
            Change(there.staffing[("P2", "事业")], None),
            Change(there.posts[("P2",)], None),
        ]
    )
    with pytest.raises(BlockedByData, match="U1 · T2 · P2: posts P2 is not in the plan"):
        scenario_county(lost, scenario)


@given(counties, st.sampled_from([0.0, 0.5, 2.0]))
@settings(max_examples=30)
def test_a_comparison_is_empty_exactly_where_nothing_differs(here: County, factor: float) -> None:
    changed = here.with_changes(
        Change(row, replace(row, volume=row.volume * factor)) for row in here.volumes.values()
    )
    found = compared(here, changed)
    assert {row.key for row in found.rows} == {
        key for key, row in here.volumes.items() if row.volume != row.volume * factor
    }
    assert compared(changed, changed) == Comparison(rows=(), figures=())
    back = compared(changed, here)
    assert [(item.level, item.code, item.figure) for item in back.figures] == [
        (item.level, item.code, item.figure) for item in found.figures
    ]
