"""Rows are what an official recognises: a vacant post as a whole, what one post hands another."""

from __future__ import annotations

import pytest

from app.advice.carrying_out.applying import changes_of
from app.advice.county_problem import Formulation, formulate
from app.advice.measures.measure_list import listed, measures_of
from app.advice.measures.standing_verdicts import settle
from app.method.assessing import assess
from app.model.county import County, Record
from app.model.figures import Figures
from app.model.plan import Measure
from app.model.vocabulary import MeasureKind, Verdict
from app.report.wording import measure_sentence
from solver.search.today import today
from tests.advice.counties import random_case
from tests.builders import assignment, policy, post, small_county, staffing, task, volume

NO_OPEN_HOURS = volume(task_code="T3", volume=0.0)


def vacant(*more: Record) -> County:
    """Return P1 without people: 700 h of T1, 600 h of T4, 30 h of T5; P2 and P3 have room."""
    return small_county(
        staffing("P1", "行政", 0.0),
        post("P3", office="党政办"),
        staffing("P3", "事业", 1.0),
        volume(task_code="T2", volume=900.0),
        NO_OPEN_HOURS,
        volume(volume=700.0),
        *(
            row
            for code, hours in (("T4", 600.0), ("T5", 30.0))
            for row in (
                task(code),
                volume(task_code=code, volume=hours),
                assignment(task_code=code, post_code="P1"),
            )
        ),
        policy("scope", "unit"),
        *more,
    )


def measures(county: County) -> tuple[Measure, ...]:
    formulation = formulate(county)
    return measures_of(settle(formulation, ()), today(formulation.problem))[0]


def test_the_work_of_a_vacant_post_is_one_measure_small_tasks_and_all() -> None:
    county = vacant()
    row, *others = measures(county)
    assert others == []
    assert (row.kind, row.post_code, row.to_post_code, row.task_code) == (
        MeasureKind.REASSIGN,
        "P1",
        "",
        "",
    )
    assert row.hours == pytest.approx(1330.0)
    assert set(row.task_codes) == {"T1", "T4", "T5"}
    assert set(row.to_post_codes) == {"P2", "P3"}
    told = measure_sentence(row, county, assess(county))
    assert told.startswith("Share out the work of the vacant post U1镇·党政办·P1岗, 1,330 h: ")
    assert "30 h to " in told


def test_a_vacant_post_shared_out_carries_nothing_afterwards() -> None:
    county = vacant()
    after: Figures = assess(county.with_changes(changes_of(county, measures(county))))
    assert sum(hours for key, hours in after.hours.items() if key[2] == "P1") == 0.0
    assert after.county.unassigned_hours == pytest.approx(0.0)


def test_what_one_post_hands_to_another_is_one_measure() -> None:
    # P1 has 2,676 h for one person in two tasks, none of which is enough to bring it to 100 %.
    county = small_county(
        NO_OPEN_HOURS,
        volume(volume=2176.0),
        assignment(share=400 / 2176),
        assignment(post_code="P3", share=1776 / 2176),
        staffing("P3", "行政", 1.0),
        task("T4"),
        volume(task_code="T4", volume=2276.0),
        assignment(task_code="T4", post_code="P1"),
        volume(task_code="T2", volume=600.0),
        post("P3", is_pinned=True),
    )
    (row,) = measures(county)
    assert (row.post_code, row.to_post_code) == ("P1", "P2")
    assert row.saturation_after == pytest.approx(1.0)
    assert row.identity == f"reassign|{'+'.join(sorted(row.task_codes))}|P1|P2"


def test_nobody_is_overloaded_where_another_has_room() -> None:
    """P2 has 184 h of room, P3 more than enough: P2 is filled and not beyond."""
    county = small_county(
        NO_OPEN_HOURS,
        volume(volume=2600.0),
        volume(task_code="T2", volume=1600.0),
        staffing("P3", "行政", 1.0),
        policy("scope", "unit"),
    )
    for row in measures(county):
        assert row.to_saturation_after is not None
        assert row.to_saturation_after <= 1.0 + 1e-6
        assert row.reason is not None
        assert not row.reason.is_above_target


def test_where_all_are_full_the_load_is_evened_out_and_that_is_said() -> None:
    # P1 at 168 %, P2 at 100 %: nobody else may take it.
    county = small_county(
        NO_OPEN_HOURS, volume(volume=3000.0), volume(task_code="T2", volume=1784.0)
    )
    (row,) = measures(county)
    assert row.saturation_after is not None
    assert row.to_saturation_after is not None
    assert 1.0 < row.to_saturation_after <= row.saturation_after + 1e-9
    assert row.reason is not None
    assert row.reason.is_above_target


def _key(formulation: Formulation, seed: int) -> list[tuple[int, int]]:
    return [
        (draft.from_post, draft.to_post)
        for draft in listed(settle(formulation, ()), random_case(seed, units=2)[1])
        if draft.kind is MeasureKind.REASSIGN
    ]


@pytest.mark.parametrize("seed", range(3))
def test_no_two_posts_stand_in_two_rows_but_to_let_somebody_go(seed: int) -> None:
    formulation, people = random_case(seed, units=2)
    keys = _key(formulation, seed)
    assert len(keys) - len(set(keys)) <= sum(draft.people > 0 for draft in people)


def test_a_rejected_group_does_not_come_back_in_parts() -> None:
    county = vacant()
    (row,) = measures(county)
    settled = settle(formulate(county), [(row, Verdict.REJECTED)])
    again = measures_of(settled, today(settled.formulation.problem))[0]
    barred = {(part.task_code, part.to_post_code) for part in row.parts}
    assert not barred & {
        (one.task_of(part), part.to_post_code) for one in again for part in one.parts
    }
