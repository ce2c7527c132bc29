"""Measures say what is to be done, why, what it needs, and what it changes on both sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.advice.county_problem import formulate
from app.advice.measures.measure_list import measures_of
from app.advice.measures.standing_verdicts import settle
from app.advice.planning import make_plan
from app.method.assessing import assess
from app.model.county import County
from app.model.plan import Measure, Remark
from app.model.reasons import because, needs
from app.model.remarks import omissions
from app.model.vocabulary import Burden, Evidence, MeasureKind, Role, Verdict
from solver.search.today import today
from solver.verifying import goal_values
from tests.advice.counties import random_case, two_units
from tests.advice.deciding_by_hand import moved, shifted
from tests.builders import assignment, duty, policy, post, small_county, staffing, task, volume


def measures(county: County) -> tuple[Measure, ...]:
    """Return the measures, with their reasons in words."""
    formulation = formulate(county)
    found = measures_of(settle(formulation, ()), today(formulation.problem))[0]
    return tuple(in_words(row, county) for row in found)


def in_words(row: Measure, county: County) -> Measure:
    return replace(row, because=because(row, county), needs=needs(row, county))


def test_a_reassignment_names_both_sides_before_and_after() -> None:
    found = measures(small_county(task("T1", evidence=Evidence.RECORDS)))
    row = found[1]
    assert (row.rank, row.kind, row.task_code) == (2, MeasureKind.REASSIGN, "T1")
    assert (row.unit_code, row.post_code) == ("U1", "P1")
    assert (row.to_unit_code, row.to_post_code) == ("U1", "P2")
    assert row.hours == pytest.approx(216.0)
    assert row.saturation_before == pytest.approx(2000 / 1784)
    assert row.saturation_after == pytest.approx(1.0)
    assert row.to_saturation_before == pytest.approx(600 / 1784)
    assert row.to_saturation_after == pytest.approx(816 / 1784)
    assert row.overload_after == pytest.approx(0.0)
    assert row.unassigned_after == 0.0
    assert row.evidence is Evidence.RECORDS
    assert row.because == "P1岗 is at 112% (→ 100%), P2岗 has room at 34% (→ 46%)."
    assert row.needs == "A decision of the unit."
    assert row.identity == "reassign|T1|P1|P2"
    assert [(part.unit_code, part.post_code, part.to_post_code) for part in row.parts] == [
        ("U1", "P1", "P2")
    ]


def test_hours_nobody_carries_have_no_giving_side() -> None:
    row = measures(small_county())[0]
    assert (row.post_code, row.to_post_code, row.hours) == ("", "P2", 100.0)
    assert (row.saturation_before, row.saturation_after) == (None, None)
    assert row.because == "Nobody carries these hours today; P2岗 can take them (28% → 34%)."
    assert row.identity == "reassign|T3||P2"


def test_a_taker_that_works_in_the_area_is_told() -> None:
    county = small_county(
        duty("D2", area="应急"), task("T2", "D2"), task("T3", "D2"), policy("scope", "unit")
    )
    assert "works in this area (应急) already" in measures(county)[0].because


def test_an_area_that_is_new_to_the_taker_is_told() -> None:
    county = small_county(duty("D2", area="应急"), task("T1", "D2"))
    row = measures(county)[1]
    assert (row.task_code, row.to_post_code) == ("T1", "P2")
    assert row.needs.startswith("A decision of the unit; the area (应急) is new to")


def test_needs_name_qualification_and_officers() -> None:
    qualified = small_county(
        task("T1", qualifications=("执法证",)), post("P2", qualifications=("执法证", "会计证"))
    )
    assert "执法证" in measures(qualified)[1].needs
    officers = small_county(task("T1", is_officer_only=True))
    assert "inside the establishment" in measures(officers)[1].needs


@pytest.mark.parametrize(
    ("burden", "superior", "words"),
    [
        (Burden.FORMALISTIC, "县委办", "The consent of 县委办."),
        (Burden.NECESSARY_FORMAL, "县委办", "merge it or to report once"),
        (Burden.FORMALISTIC, "", "A decision of the county on this task."),
    ],
)
def test_a_cut_names_its_burden_and_whose_consent_it_needs(
    burden: Burden, superior: str, words: str
) -> None:
    county = small_county(
        task("T1", burden=burden, ordered_by=superior),
        volume(task_code="T3", volume=0.0),
        policy("levers", "cut"),
    )
    (row,) = measures(county)
    assert (row.kind, row.post_code, row.to_post_code) == (MeasureKind.CUT, "P1", "")
    assert words in row.needs
    assert row.because.startswith("P1岗 is at 112% (→ 100%); ")
    assert burden.english in row.because
    assert row.identity == "cut|T1|"[:-1]


def test_a_cut_in_several_units_names_none_of_them() -> None:
    county = two_units(
        task(burden=Burden.FORMALISTIC),
        volume(volume=4000.0),
        volume("U2", volume=6000.0),
        assignment("U2", post_code="P9"),
        policy("levers", "cut"),
    )
    (row,) = measures(county)
    assert (row.unit_code, row.to_unit_code, row.post_code) == ("", "", "")
    assert row.unit_codes == ("U1", "U2")
    assert [(part.post_code, round(part.hours)) for part in row.parts] == [("P1", 432), ("P9", 648)]
    assert row.saturation_before == pytest.approx(10_000 / (5 * 1784))
    assert row.saturation_after == pytest.approx(1.0)
    assert row.because.startswith("2 posts of 2 units do this, together at 112% (→ 100%)")


def test_people_rows_say_who_can_spare_whom() -> None:
    county = two_units(
        task("T2", evidence=Evidence.ESTIMATE),
        volume(task_code="T2", volume=3000.0),
        assignment(task_code="T2", post_code="P2"),
        policy("levers", "move"),
    )
    formulation = formulate(county)
    problem = formulation.problem
    decision = moved(problem, today(problem), ("P1", 0, -1), ("P2", 0, 1))
    ((row,), _remarks) = measures_of(settle(formulation, ()), decision)
    row = in_words(row, county)
    assert (row.kind, row.category, row.people, row.hours) == (MeasureKind.MOVE, "行政", 1.0, 0.0)
    assert row.because == ("P1岗 can spare somebody at 28% (→ 56%), P2岗 is at 168% (→ 84%).")
    assert row.evidence is Evidence.ESTIMATE
    assert row.identity == "move|行政|P1|P2"


def test_people_who_come_to_an_empty_post_do_not_come_to_a_saturation() -> None:
    county = small_county(
        policy("levers", "transfer"),
        staffing("P3", "行政", 0.0),
        assignment(task_code="T1", post_code="P1", share=0.5),
        assignment(task_code="T1", post_code="P3", share=0.5, role=Role.ASSIST),
    )
    (row,) = make_plan(county, assess(county)).measures
    assert row.kind is MeasureKind.FILL
    assert because(row, county) == "The unit has a vacancy, and nobody is on P3岗 (→ 56%)."


def test_what_the_list_leaves_out_is_told_with_its_share() -> None:
    # The whole relief are 216 h of P1; a smallest measure of 300 h leaves them out.
    formulation = formulate(
        small_county(volume(task_code="T3", volume=0.0), policy("minimum_measure", "300"))
    )
    decision = shifted(formulation.problem, T1_P1=-216, T1_P2=216)
    decision = replace(decision, unassigned=np.zeros(2))
    assert goal_values(formulation.problem, decision)["overload"] == pytest.approx(0.0)
    found, remarks = measures_of(settle(formulation, ()), decision)
    assert found == ()
    assert remarks == (Remark("left_out", share=0.0, hours=300.0),)


def test_nothing_is_left_out_where_the_list_brings_it_all() -> None:
    formulation = formulate(small_county())
    decision = shifted(formulation.problem, T1_P1=-216, T1_P2=216, T3_P2=100)
    found, remarks = measures_of(settle(formulation, ()), decision)
    assert len(found) == 2
    assert remarks == ()


def test_a_post_without_people_hands_on_its_work() -> None:
    county = small_county(
        staffing("P1", "行政", 0.0), volume(volume=892.0), volume(task_code="T3", volume=0.0)
    )
    row = measures(county)[0]
    assert row.because == "Nobody is on P1岗; P2岗 takes this on (28% → 78%)."
    assert row.saturation_before is None


def test_of_a_run_that_was_stopped_the_rows_that_add_little_are_left_out() -> None:
    formulation, _people = random_case(1, units=2)
    settled, decision = settle(formulation, ()), today(formulation.problem)
    whole, _remarks = measures_of(settled, decision)
    kept, remarks = measures_of(settled, decision, is_proven=False)
    assert 0 < len(kept) < len(whole)
    assert {row.identity for row in kept} < {row.identity for row in whole}
    (remark,) = remarks
    assert (remark.code, remark.count) == ("little", len(whole) - len(kept))


def test_a_list_that_betters_a_stopped_run_brings_all_of_it_and_no_more() -> None:
    plan = make_plan(small_county(), assess(small_county()))
    better = replace(plan, omissions="", remarks=(Remark("little", share=1.012, count=3),))
    assert "100%" in omissions(better)


def test_accepted_rows_of_a_run_that_was_stopped_all_stay() -> None:
    formulation, _people = random_case(1, units=2)
    decision = today(formulation.problem)
    whole, _remarks = measures_of(settle(formulation, ()), decision)
    accepted = settle(formulation, [(row, Verdict.ACCEPTED) for row in whole])
    kept, remarks = measures_of(accepted, decision, is_proven=False)
    assert len(kept) >= len(whole)
    assert "little" not in {remark.code for remark in remarks} or len(kept) == len(whole)


def test_a_cut_that_only_makes_room_says_so() -> None:
    full = small_county(
        volume(volume=1927.0),
        task("T2", burden=Burden.FORMALISTIC, max_cut=0.2),
        volume(task_code="T2", volume=1784.0),
        volume(task_code="T3", volume=0.0),
    )
    cut, hand = measures(full)
    assert "gets room for a later measure" in cut.because
    assert "has room" in hand.because
