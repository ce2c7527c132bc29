"""What is accepted stays as it is in the next plan, what is rejected does not come back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.advice.county_problem import formulate
from app.advice.measures.standing_verdicts import Decided, settle
from app.advice.planning import make_plan
from app.method.assessing import assess
from app.model.county import County
from app.model.plan import Measure, MeasurePart, Plan
from app.model.remarks import omissions
from app.model.vocabulary import Burden, MeasureKind, Outcome, Verdict
from tests.advice.carrying_out.test_applying import a_measure, cutting, handing_on
from tests.advice.counties import random_county, two_units
from tests.builders import assignment, policy, small_county, staffing, task, volume


def plan(county: County, *decided: Decided, previous: tuple[Measure, ...] = ()) -> Plan:
    return make_plan(county, assess(county), decided=decided, previous=previous)


def accepted(measure: Measure) -> Decided:
    return measure, Verdict.ACCEPTED


def rejected(measure: Measure) -> Decided:
    return measure, Verdict.REJECTED


HANDING_ON = handing_on(MeasurePart("U1", "P1", "P2", 150.0))


def test_an_accepted_measure_stands_first_with_its_own_hours() -> None:
    found = plan(small_county(), accepted(HANDING_ON))
    assert found.is_verified
    assert found.measures[0].identity == HANDING_ON.identity
    assert found.measures[0].hours == 150.0
    assert HANDING_ON.identity not in [measure.identity for measure in found.measures[1:]]
    assert found.hours["U1", "T1", "P2"] >= 150.0 - 1e-5
    assert found.hours["U1", "T1", "P1"] <= 1850.0 + 1e-5


def test_a_rejected_reassignment_keeps_the_task_from_the_post() -> None:
    county = small_county(policy("levers", "reassign"))
    assert "T1" in [measure.task_code for measure in plan(county).measures]
    found = plan(county, rejected(HANDING_ON))
    assert [measure.task_code for measure in found.measures] == ["T3"]
    assert found.hours.get(("U1", "T1", "P2"), 0.0) <= 1e-5


def test_a_rejected_cut_is_rejected_in_every_unit() -> None:
    county = two_units(
        task(burden=Burden.FORMALISTIC),
        volume(volume=4000.0),
        volume("U2", volume=6000.0),
        assignment("U2", post_code="P9"),
        policy("levers", "cut"),
    )
    (measure,) = plan(county).measures
    found = plan(county, rejected(measure))
    assert found.measures == ()
    assert all(row.relieved == 0 for row in found.tasks)


def crowded() -> County:
    """Return U1 where P2 has 3,000 h for one person and P1 two people for 1,000 h."""
    return two_units(
        task("T2"),
        volume(task_code="T2", volume=3000.0),
        assignment(task_code="T2", post_code="P2"),
        policy("levers", "move"),
    )


def test_a_rejected_move_keeps_people_of_the_category_where_they_are() -> None:
    (measure,) = plan(crowded()).measures
    assert measure.identity == "move|行政|P1|P2"
    found = plan(crowded(), rejected(measure))
    assert found.measures == ()
    people = {post.post_code: post.people_after for post in found.posts}
    assert people["P1"] == {"行政": 2.0}


def test_an_accepted_move_happens_once() -> None:
    (measure,) = plan(crowded()).measures
    found = plan(crowded(), accepted(measure))
    assert [row.identity for row in found.measures] == [measure.identity]
    people = {post.post_code: post.people_after for post in found.posts}
    assert people["P2"] == {"行政": 2.0}


@pytest.mark.parametrize(
    "kind", [MeasureKind.FILL, MeasureKind.TRANSFER, MeasureKind.DRAW, MeasureKind.TEMPORARY]
)
def test_people_from_outside_the_unit_are_kept_as_accepted(kind: MeasureKind) -> None:
    category = "编外" if kind is MeasureKind.TEMPORARY else "行政"
    giver = ("U2", "P9") if kind is MeasureKind.TRANSFER else ("U1", "")
    measure = a_measure(kind, unit_code=giver[0], post_code=giver[1], category=category, people=1.0)
    county = two_units(policy("max_temporaries", "1"), policy("pool.行政", "1"))
    formulation = formulate(county)
    vacancies = formulation.problem.unit_vacancies.copy()
    vacancies[0, 0] = 1.0
    formulation = replace(
        formulation, problem=replace(formulation.problem, unit_vacancies=vacancies)
    )
    settled = settle(formulation, [accepted(measure)])
    forced = [one for one in settled.formulation.problem.forced if one.lower > 0]
    amounts = {one.what for one in forced}
    assert (
        amounts
        == {
            MeasureKind.FILL: {"people_in", "fill"},
            MeasureKind.TRANSFER: {"people_in", "people_out", "move_in"},
            MeasureKind.DRAW: {"people_in", "move_in"},
            MeasureKind.TEMPORARY: {"temporary"},
        }[kind]
    )
    assert all(one.lower == 1.0 for one in forced)


def test_hours_that_come_and_go_by_several_decisions_add_up() -> None:
    to_p2 = handing_on(MeasurePart("U1", "P1", "P2", 300.0))
    cut = cutting(MeasurePart("U1", "P1", "", 200.0))
    county = small_county(task("T1", burden=Burden.FORMALISTIC))
    problem = settle(formulate(county), [accepted(to_p2), accepted(cut)]).formulation.problem
    limits = {
        problem.post_codes[problem.pair_post[forced.place[0]]]: (forced.lower, forced.upper)
        for forced in problem.forced
        if forced.what == "hours"
    }
    assert limits["P2"] == (pytest.approx(300.0), float("inf"))
    assert limits["P1"] == (0.0, pytest.approx(1500.0))
    relieved = [forced.lower for forced in problem.forced if forced.what == "relieved"]
    assert relieved == [pytest.approx(200.0)]


def test_decisions_about_what_is_gone_are_told_and_left_aside() -> None:
    gone = replace(HANDING_ON, to_post_code="P9", parts=(MeasurePart("U1", "P1", "P9", 100.0),))
    found = plan(small_county(), accepted(gone))
    assert found.outcome is Outcome.OPTIMAL
    assert "1 decision is about a measure that no longer fits" in omissions(found)


def test_decisions_that_cannot_hold_block_the_plan_and_say_which() -> None:
    county = small_county(assignment(is_pinned=True))
    found = plan(county, accepted(replace(HANDING_ON, rank=7)))
    assert found.outcome is Outcome.BLOCKED
    assert any("measure 7 cannot hold" in sentence for sentence in found.conflicts)


@pytest.mark.parametrize("seed", range(4))
def test_only_what_a_rejection_touches_changes(seed: int) -> None:
    county = random_county(seed, units=2, posts=5, tasks=10)
    before = plan(county).measures
    turned_down = before[len(before) // 2]
    after = plan(county, rejected(turned_down), previous=before).measures
    kept = {measure.identity for measure in before} & {measure.identity for measure in after}
    assert turned_down.identity not in kept
    assert len(kept) >= 0.6 * (len(before) - 1)


def test_a_measure_accepted_beyond_the_rules_of_today_still_stands() -> None:
    # P3 is in another office: no plan would offer it, but it was accepted when the reach was wider.
    wide = handing_on(MeasurePart("U1", "P1", "P3", 150.0))
    county = small_county(staffing("P3", "编外", 1.0), policy("scope", "unit"))
    assert plan(county, accepted(wide)).measures[0].identity == wide.identity
    narrow = small_county(staffing("P3", "编外", 1.0), policy("levers", "reassign"))
    found = plan(narrow, accepted(wide))
    assert found.outcome is Outcome.OPTIMAL
    assert found.measures[0].identity == wide.identity
    assert found.hours["U1", "T1", "P3"] >= 150.0 - 1e-5
