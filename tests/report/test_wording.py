"""The sentences of reports say what was counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.method.assessing import assess
from app.model.plan import MeasurePart, Remark
from app.model.remarks import ladder_note
from app.model.vocabulary import MeasureKind, Outcome
from app.report.wording import (
    amount,
    county_requests,
    load_headline,
    measure_sentence,
    outcome_sentence,
    percent,
    plan_headline,
    signed,
)
from tests import builders
from tests.report.plans import measure, small_plan

COUNTY = builders.small_county()
FIGURES = assess(COUNTY)


def test_numbers_are_shown_as_people_write_them() -> None:
    assert [amount(number) for number in (12.0, 12.04, 12.3, 1234.0)] == [
        "12",
        "12",
        "12.3",
        "1,234",
    ]
    assert (signed(-2.5), signed(0.5)) == ("−2.5", "+0.5")
    assert (percent(1.206), percent(None)) == ("121%", "—")


def test_headline_counts_the_posts() -> None:
    said = load_headline(FIGURES.county.load, list(FIGURES.posts.values()))
    assert said.startswith(
        "Saturation 70%; overloaded: 1 of 3 posts, 0 of them severely; with room: 1;"
    )
    assert "people required: 1.4, on the posts: 2 (+0.6)" in said


def test_plan_headline_compares_before_and_after() -> None:
    said = plan_headline(FIGURES, small_plan(FIGURES))
    # P1: 2,000 h against 1,784 h is 216 h, ÷ 52 weeks.
    assert said.endswith(
        "measures: 1. Overtime of those above capacity: 4.2 h a person and week, 0.0 h after."
    )
    assert "overloaded posts from 1 to 0 and the unassigned hours from 100 to 0" in said


def test_plan_headline_says_how_far_the_measures_get() -> None:
    plan = replace(small_plan(FIGURES), remarks=(Remark("left_out", share=0.92, hours=40.0),))
    assert plan_headline(FIGURES, plan).startswith(
        "The plan brings the overloaded posts from 1 to 0 and the unassigned hours from 100 to 0 a "
        "year; measures: 1, which bring 92% of its relief."
    )


def test_plan_headline_tells_of_the_day_the_plan_was_made() -> None:
    since = assess(builders.small_county(builders.volume(task_code="T1", volume=1000.0)))
    assert "overloaded posts from 1 to 0" in plan_headline(since, small_plan(FIGURES))


def test_the_ladder_says_where_the_plan_leaves_more_than_its_last_rung() -> None:
    plan = small_plan(FIGURES)
    assert ladder_note(plan) == "Each means adds to those before it."
    first, overload = plan.goals
    behind = replace(plan, goals=(first, replace(overload, value=21.6)))
    assert "down to 0 weighted h; the plan leaves 22, as far" in ladder_note(behind)


def test_the_ladder_of_a_run_that_was_stopped_says_that_more_may_be_had() -> None:
    stopped = replace(small_plan(FIGURES), outcome=Outcome.LIMIT)
    assert ladder_note(stopped).endswith("before its end: each may reach further than shown.")


def test_outcome_says_how_far_it_is_proven() -> None:
    plan = small_plan(FIGURES)
    assert "proven best" in outcome_sentence(plan)
    assert "recomputed" in outcome_sentence(plan)
    assert "recomputed" not in outcome_sentence(replace(plan, is_verified=False))
    assert "at most 1.3% from" in outcome_sentence(replace(plan, outcome=Outcome.LIMIT))
    far = outcome_sentence(replace(plan, outcome=Outcome.LIMIT, gap=1.0))
    assert "before every goal was proven best" in far and "100" not in far
    assert "no plan" in outcome_sentence(replace(plan, outcome=Outcome.BLOCKED))


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (
            MeasureKind.REASSIGN,
            {},
            "Hand 400 h of “T1任务” from U1镇·党政办·P1岗 to P2岗.",
        ),
        (MeasureKind.REASSIGN, {"post_code": ""}, "Give “T1任务”, 400 h carried by nobody, to"),
        (
            MeasureKind.REASSIGN,
            {"to_post_code": ""},
            "Take 400 h of “T1任务” off U1镇·党政办·P1岗.",
        ),
        (MeasureKind.CUT, {"to_post_code": ""}, "Cut or return 400 h of “T1任务” at U1镇"),
        (
            MeasureKind.CUT,
            {"post_code": "", "to_post_code": ""},
            "Cut or return 400 h of “T1任务”.",
        ),
        (MeasureKind.MOVE, {}, "Move 1 (行政) from U1镇·党政办·P1岗 to P2岗."),
        (MeasureKind.FILL, {"post_code": ""}, "Fill 1 vacant (行政) on U1镇·党政办·P2岗."),
        (MeasureKind.TRANSFER, {}, "Transfer 1 (行政) with the headcount from U1镇"),
        (MeasureKind.DRAW, {"post_code": ""}, "Draw 1 (行政) from the county pool for U1镇"),
        (MeasureKind.TEMPORARY, {"post_code": ""}, "Hire 1 temporary for U1镇·党政办·P2岗."),
    ],
)
def test_a_measure_is_one_sentence(kind: MeasureKind, fields: dict[str, str], said: str) -> None:
    row = measure(kind=kind, people=1.0, category="行政", **fields)
    assert measure_sentence(row, COUNTY, FIGURES).startswith(said)


def test_a_post_that_has_gone_is_named_by_its_code() -> None:
    row = measure(post_code="P9", task_code="T9")
    assert measure_sentence(row, COUNTY, FIGURES).startswith("Hand 400 h of “T9” from P9 to")


def test_requests_add_up_what_the_county_decides() -> None:
    rows = [
        measure(1),
        measure(2, MeasureKind.FILL, category="行政", people=1.0),
        measure(3, MeasureKind.FILL, category="行政", people=2.0),
        measure(4, MeasureKind.CUT, hours=300.0),
        measure(5, MeasureKind.CUT, hours=200.0),
    ]
    assert county_requests(rows, unit_code="U1") == [
        "To approve: fill a vacancy, 3 (行政).",
        "To approve: cut or return, 500 h a year.",
    ]
    assert county_requests(rows[:1], unit_code="U1") == []


def test_of_a_cut_in_several_units_a_unit_asks_for_its_own_hours() -> None:
    parts = (MeasurePart("U1", "", "", 80.0), MeasurePart("U2", "", "", 20.0))
    row = measure(kind=MeasureKind.CUT, hours=100.0, parts=parts)
    assert county_requests([row], unit_code="U2") == ["To approve: cut or return, 20 h a year."]


def test_a_cut_in_several_units_says_how_many() -> None:
    parts = tuple(MeasurePart(code, "", "", 50.0) for code in ("U1", "U2"))
    row = measure(
        kind=MeasureKind.CUT,
        unit_code="",
        to_unit_code="",
        post_code="",
        to_post_code="",
        hours=100.0,
        parts=parts,
    )
    sentence = measure_sentence(row, COUNTY, FIGURES)
    assert sentence == "Cut or return 100 h of “T1任务” at U1镇, U2."


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"U1": 400.0}, "Cut or return 400 of 2,000 h of “T1任务”."),
        ({"U1": 2000.0}, "Cut or return 2,000 of 2,000 h of “T1任务”."),
        ({"U1": 300.0, "U2": 100.0}, "Cut or return 400 of altogether 2,500 h of “T1任务” at"),
        ({"U1": 2200.0}, "Cut or return 2,200 h of “T1任务”."),
        ({"U1": 300.0, "U9": 100.0}, "Cut or return 400 h of “T1任务” at"),
    ],
)
def test_a_cut_says_of_how_many_hours_where_they_are_known(
    hours: dict[str, float], said: str
) -> None:
    county = builders.small_county(builders.unit("U2"), builders.volume("U2", "T1", 500.0))
    row = measure(
        kind=MeasureKind.CUT,
        post_code="",
        to_post_code="",
        hours=sum(hours.values()),
        parts=tuple(MeasurePart(code, "", "", amount) for code, amount in hours.items()),
    )
    assert measure_sentence(row, county, assess(county)).startswith(said)
