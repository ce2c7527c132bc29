"""Measures that are carried out leave the county as their last row promised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.advice.carrying_out.applying import changes_of
from app.advice.carrying_out.situation import Situation
from app.advice.county_problem import formulate
from app.advice.measures.measure_list import measures_of
from app.advice.measures.standing_verdicts import settle
from app.errors import BlockedByData
from app.method.assessing import assess
from app.model.county import County
from app.model.plan import Measure, MeasurePart
from app.model.vocabulary import MeasureKind, Role
from solver.search.today import today
from solver.solving import solve
from tests.advice.counties import random_county, two_units
from tests.builders import assignment, establishment, policy, small_county, staffing, volume


def a_measure(kind: MeasureKind, *, rank: int = 1, **fields: object) -> Measure:
    known: dict[str, object] = {
        "unit_code": "U1",
        "to_unit_code": "U1",
        "post_code": "P1",
        "to_post_code": "P2",
        "task_code": "",
        "category": "",
        "people": 0.0,
        "hours": 0.0,
    }
    words = {"because": "", "needs": "", "overload_after": 0.0}
    return Measure(rank=rank, kind=kind, **known | words | fields)  # type: ignore[arg-type]


def handing_on(*parts: MeasurePart) -> Measure:
    return a_measure(MeasureKind.REASSIGN, task_code="T1", parts=parts)


def cutting(*parts: MeasurePart) -> Measure:
    return a_measure(MeasureKind.CUT, task_code="T1", to_post_code="", parts=parts)


def carried_out(county: County, *measures: Measure) -> County:
    return county.with_changes(changes_of(county, measures))


def shares(county: County, task_code: str = "T1") -> dict[str, tuple[float, Role | None]]:
    return {
        row.post_code: (round(row.share, 9), row.role)
        for row in county.assignments.values()
        if row.task_code == task_code
    }


def test_hours_that_change_hands_change_shares() -> None:
    after = carried_out(small_county(), handing_on(MeasurePart("U1", "P1", "P2", 500.0)))
    assert shares(after) == {"P1": (0.75, Role.LEAD), "P2": (0.25, Role.ASSIST)}


def test_who_takes_over_everything_takes_over_the_lead() -> None:
    after = carried_out(small_county(), handing_on(MeasurePart("U1", "P1", "P2", 2000.0)))
    assert shares(after) == {"P2": (1.0, Role.LEAD)}


def test_who_takes_what_nobody_did_leads_it() -> None:
    measure = replace(handing_on(MeasurePart("U1", "", "P2", 100.0)), task_code="T3")
    assert shares(carried_out(small_county(), measure), "T3") == {"P2": (1.0, Role.LEAD)}


def test_a_cut_lowers_the_volume_and_leaves_other_posts_their_hours() -> None:
    county = small_county(
        assignment(post_code="P1", share=0.6),
        assignment(post_code="P2", share=0.4, role=Role.ASSIST),
    )
    after = carried_out(county, cutting(MeasurePart("U1", "P1", "", 400.0)))
    assert after.volumes["U1", "T1"].volume == pytest.approx(1600.0)
    assert shares(after) == {"P1": (0.5, Role.LEAD), "P2": (0.5, Role.ASSIST)}


def test_a_cut_of_everything_leaves_no_volume() -> None:
    after = carried_out(small_county(), cutting(MeasurePart("U1", "P1", "", 2000.0)))
    assert after.volumes["U1", "T1"].volume == 0.0


def headcounts() -> County:
    return two_units(
        establishment("U1", authorised=5.0, in_post=4.0),
        establishment("U2", authorised=6.0, in_post=6.0),
        policy("pool.行政", "2"),
    )


@pytest.mark.parametrize(
    ("kind", "giver", "expected", "pool"),
    [
        (MeasureKind.MOVE, ("U1", "P1"), {"U1": (5.0, 4.0), "U2": (6.0, 6.0)}, "2"),
        (MeasureKind.FILL, ("U1", ""), {"U1": (5.0, 5.0), "U2": (6.0, 6.0)}, "2"),
        (MeasureKind.TRANSFER, ("U2", "P9"), {"U1": (6.0, 5.0), "U2": (5.0, 5.0)}, "2"),
        (MeasureKind.TRANSFER, ("U2", ""), {"U1": (6.0, 5.0), "U2": (5.0, 6.0)}, "2"),
        (MeasureKind.DRAW, ("U1", ""), {"U1": (6.0, 5.0), "U2": (6.0, 6.0)}, "1"),
    ],
)
def test_people_take_their_headcount_along_where_it_moves(
    kind: MeasureKind, giver: tuple[str, str], expected: dict[str, tuple[float, float]], pool: str
) -> None:
    unit_code, post_code = giver
    measure = a_measure(kind, unit_code=unit_code, post_code=post_code, category="行政", people=1.0)
    after = carried_out(headcounts(), measure)
    found = {row.unit_code: (row.authorised, row.in_post) for row in after.establishment.values()}
    assert found == expected
    assert after.policy[("pool.行政",)].value == pool
    assert after.staffing["P2", "行政"].on_duty == 2.0
    if post_code:
        before = headcounts().staffing[post_code, "行政"].on_duty
        assert after.staffing[post_code, "行政"].on_duty == before - 1.0


def test_a_temporary_is_a_new_row_and_no_headcount() -> None:
    measure = a_measure(MeasureKind.TEMPORARY, post_code="", category="编外", people=1.0)
    after = carried_out(headcounts(), measure)
    assert after.staffing["P2", "编外"].on_duty == 1.0
    assert after.establishment == headcounts().establishment


def test_an_unknown_headcount_stays_unknown() -> None:
    county = two_units(establishment("U1", authorised=None, in_post=2.0))
    measure = a_measure(MeasureKind.FILL, post_code="", category="行政", people=1.0)
    row = carried_out(county, measure).establishment["U1", "行政"]
    assert (row.authorised, row.in_post) == (None, 3.0)


@pytest.mark.parametrize(
    "measure",
    [
        handing_on(MeasurePart("U1", "P1", "P2", 2001.0)),
        handing_on(MeasurePart("U1", "P3", "P2", 100.0)),
        cutting(MeasurePart("U1", "P1", "", 2001.0)),
        handing_on(MeasurePart("U9", "P1", "P2", 100.0)),
        a_measure(MeasureKind.MOVE, category="行政", people=2.0),
        handing_on(),
    ],
)
def test_what_is_not_there_any_more_cannot_be_taken(measure: Measure) -> None:
    with pytest.raises(BlockedByData):
        changes_of(small_county(), [measure])


@pytest.mark.parametrize("seed", range(6))
def test_figures_after_all_measures_are_those_of_the_last_row(seed: int) -> None:
    county = random_county(seed, units=2, posts=5, tasks=10)
    formulation = formulate(county)
    decision = solve(formulation.problem).decision
    assert decision is not None
    measures, _omissions = measures_of(settle(formulation, ()), decision)
    promised: dict[str, float | None] = {}
    for measure in measures:
        after = carried_out(county, *measures[: measure.rank])
        assert all(row.share >= 0 for row in after.assignments.values())
        assert all(row.on_duty >= 0 for row in after.staffing.values())
        situation = Situation(formulate(after))
        assert situation.total_overload() == pytest.approx(measure.overload_after, abs=1e-4)
        assert situation.unassigned() == pytest.approx(measure.unassigned_after, abs=1e-6)
        if measure.post_code:
            promised[measure.post_code] = measure.saturation_after
        for part in measure.parts if not measure.post_code else ():
            promised.pop(part.post_code, None)
        if measure.to_post_code:
            promised[measure.to_post_code] = measure.to_saturation_after
    assert promised
    figures = assess(carried_out(county, *measures))
    for post_code, saturation in promised.items():
        assert figures.posts[post_code].load.saturation == pytest.approx(saturation, abs=1e-9)


def test_nothing_done_is_no_change() -> None:
    county = small_county()
    assert changes_of(county, []) == []
    formulation = formulate(county)
    assert Situation(formulation).people.tolist() == today(formulation.problem).people.tolist()


def test_a_post_that_gets_its_first_of_a_category_has_a_new_row() -> None:
    county = small_county(staffing("P1", "事业", 1.0), volume(volume=100.0))
    measure = a_measure(MeasureKind.MOVE, category="行政", people=1.0)
    after = carried_out(county, measure)
    assert after.staffing["P1", "行政"].on_duty == 0.0
    assert after.staffing["P2", "行政"].on_duty == 1.0
