"""The list takes what relieves most first, and nothing that is not worth an official's time."""

from __future__ import annotations

import pytest

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, Situation
from app.advice.county_problem import Formulation, formulate
from app.advice.measures.selecting import choose
from app.model.county import County, Record
from app.model.vocabulary import Burden, MeasureKind, Role
from tests.advice.counties import random_case, two_units
from tests.builders import (
    assignment,
    county,
    duty,
    policy,
    post,
    small_county,
    staffing,
    task,
    unit,
    volume,
)

Row = tuple[MeasureKind, str, str, str, float]


def rows(where: County, *people: DraftMeasure) -> list[Row]:
    formulation = formulate(where)
    return [as_row(formulation, draft) for draft in choose(formulation, people=people)]


def as_row(formulation: Formulation, draft: DraftMeasure) -> Row:
    names = (*formulation.problem.post_codes, "")
    task_code = formulation.tasks[draft.flows[0].demand].task_code if draft.flows else ""
    amount = draft.hours + draft.people
    return draft.kind, names[draft.from_post], names[draft.to_post], task_code, round(amount, 6)


def test_uncarried_hours_come_first_and_overload_goes_where_there_is_room() -> None:
    # 100 h of T3 are worth 1,600, the 216 h that P1 has too many 253.6.
    assert rows(small_county()) == [
        (MeasureKind.REASSIGN, "", "P2", "T3", 100.0),
        (MeasureKind.REASSIGN, "P1", "P2", "T1", 216.0),
    ]


def test_an_hour_more_than_the_post_can_take_is_not_handed_on() -> None:
    # P2 has 184 h of room: beyond, an hour weighs there what it weighed at P1, in the first tier.
    found = rows(
        small_county(volume(task_code="T2", volume=1600.0), volume(task_code="T3", volume=0.0))
    )
    assert found == [(MeasureKind.REASSIGN, "P1", "P2", "T1", 184.0)]


def test_a_measure_has_at_least_the_hours_of_the_policy() -> None:
    tiny = volume(task_code="T1", volume=1784.0 + 39.0)
    assert rows(small_county(tiny, volume(task_code="T3", volume=39.0))) == []
    finer = policy("minimum_measure", "10")
    assert [
        row[3] for row in rows(small_county(tiny, volume(task_code="T3", volume=39.0), finer))
    ] == [
        "T3",
        "T1",
    ]


@pytest.mark.parametrize(
    "pinned",
    [post("P2", is_pinned=True), assignment(is_pinned=True), policy("levers", "move,cut")],
)
def test_nothing_that_is_pinned_or_switched_off_moves(pinned: Record) -> None:
    without_t3 = volume(task_code="T3", volume=0.0)
    assert rows(small_county(without_t3, pinned)) == []


def test_of_equal_takers_the_one_in_the_same_area_is_chosen_then_the_freest() -> None:
    same_area = [
        duty("D2", area="应急"),
        task("T3", "D2"),
        task("T4", "D2"),
        volume(task_code="T4", volume=700.0),
        policy("scope", "unit"),
        staffing("P3", "编外", 1.0),
    ]
    assert rows(small_county(*same_area))[0][2] == "P3"
    assert rows(small_county(*same_area, assignment(task_code="T4", post_code="P2")))[0][2] == "P2"


def test_a_cut_is_one_measure_for_all_units_where_it_relieves() -> None:
    formalistic = task("T1", burden=Burden.FORMALISTIC, max_cut=0.5)
    where = county(
        duty(),
        formalistic,
        *(
            row
            for code, hours in (("U1", 2000.0), ("U2", 1900.0), ("U3", 900.0))
            for row in (
                unit(code),
                post(f"{code}P", unit_code=code),
                staffing(f"{code}P"),
                volume(code, "T1", hours),
                assignment(code, "T1", f"{code}P"),
            )
        ),
    )
    formulation = formulate(where)
    (draft,) = choose(formulation, people=[])
    assert draft.kind is MeasureKind.CUT
    relieved = {formulation.problem.demand_codes[flow.demand]: flow.hours for flow in draft.flows}
    assert relieved == pytest.approx({"U1/T1": 216.0, "U2/T1": 116.0})
    assert draft.givers == {0, 1}


def test_a_cut_keeps_to_its_cap_and_relieves_first_who_needs_it_most() -> None:
    # 10 % of 4,000 h may go; P1 is far above its limit, P2 just so.
    where = small_county(
        task("T1", burden=Burden.FORMALISTIC, max_cut=0.1),
        volume(task_code="T1", volume=4000.0),
        volume(task_code="T2", volume=0.0),
        volume(task_code="T3", volume=0.0),
        assignment(post_code="P1", share=0.55),
        assignment(post_code="P2", share=0.45, role=Role.ASSIST),
        policy("levers", "cut"),
    )
    formulation = formulate(where)
    (draft,) = choose(formulation, people=[])
    names = formulation.problem.post_codes
    relieved = {names[flow.from_post]: flow.hours for flow in draft.flows if flow.hours > 1e-6}
    assert relieved == pytest.approx({"P1": 400.0})


def move(category: int = 0) -> DraftMeasure:
    return DraftMeasure(MeasureKind.MOVE, 0, 1, category, 1.0)


def test_people_change_posts_only_as_the_plan_says() -> None:
    crowded = two_units(
        volume(volume=0.0),
        task("T2"),
        volume(task_code="T2", volume=3000.0),
        assignment(task_code="T2", post_code="P2"),
        policy("levers", "move"),
    )
    assert rows(crowded) == []
    assert rows(crowded, move()) == [(MeasureKind.MOVE, "P1", "P2", "", 1.0)]


def test_a_post_hands_on_its_work_before_somebody_leaves_it() -> None:
    # P1 has 2 people and 2,500 h; P3 beside it is free; P2, in another office, is drowning.
    where = two_units(
        volume(volume=2500.0),
        post("P2", office="财政所"),
        post("P3"),
        staffing("P3", on_duty=1.0),
        task("T2"),
        volume(task_code="T2", volume=3568.0),
        assignment(task_code="T2", post_code="P2"),
    )
    formulation = formulate(where)
    names = formulation.problem.post_codes
    person = DraftMeasure(MeasureKind.MOVE, names.index("P1"), names.index("P2"), 0, 1.0)
    found = choose(formulation, people=[person])
    assert [as_row(formulation, draft) for draft in found] == [
        (MeasureKind.REASSIGN, "P1", "P3", "T1", 716.0),
        (MeasureKind.MOVE, "P1", "P2", "", 1.0),
    ]


def test_nobody_leaves_a_post_that_could_not_bear_it() -> None:
    where = two_units(
        volume(volume=3568.0),
        post("P2", office="财政所"),
        task("T2"),
        volume(task_code="T2", volume=3568.0),
        assignment(task_code="T2", post_code="P2"),
    )
    assert rows(where, move()) == []


def test_begun_drafts_stand_first_and_are_not_taken_twice() -> None:
    formulation = formulate(small_county())
    first = choose(formulation, people=[])[1]
    again = choose(formulation, people=[], begun=[first])
    assert again[0] is first
    assert [as_row(formulation, draft)[3] for draft in again] == ["T1", "T3"]


def test_every_row_removes_strain_at_its_turn() -> None:
    formulation = formulate(small_county(task("T2", burden=Burden.FORMALISTIC)))
    situation = Situation(formulation)
    strains = [situation.strain()]
    for draft in choose(formulation, people=[]):
        assert draft.from_post != NOWHERE or draft.flows
        situation.do(draft)
        strains.append(situation.strain())
    assert len(strains) > 1
    assert strains == sorted(strains, reverse=True)


def test_a_post_makes_room_for_what_relieves_another() -> None:
    # P1 has 143 h too many, P2 is full, and a fifth of its T2 may be cut.
    where = small_county(
        volume(volume=1927.0),
        task("T2", burden=Burden.FORMALISTIC, max_cut=0.2),
        volume(task_code="T2", volume=1784.0),
        volume(task_code="T3", volume=0.0),
    )
    assert rows(where) == [
        (MeasureKind.CUT, "P2", "", "T2", 143.0),
        (MeasureKind.REASSIGN, "P1", "P2", "T1", 143.0),
    ]


def test_the_cut_that_lets_somebody_go_is_found() -> None:
    # P1 has 2 people and 2,000 h, of which half may be cut; P2, in another office, is drowning.
    where = two_units(
        task(burden=Burden.FORMALISTIC, max_cut=0.5),
        volume(volume=2000.0),
        post("P2", office="财政所"),
        task("T2"),
        volume(task_code="T2", volume=3568.0),
        assignment(task_code="T2", post_code="P2"),
    )
    assert rows(where, move()) == [
        (MeasureKind.CUT, "P1", "", "T1", 216.0),
        (MeasureKind.MOVE, "P1", "P2", "", 1.0),
    ]


def test_what_one_post_can_take_of_several_tasks_counts_as_one_measure() -> None:
    # P2 has room for both open tasks, P3 for either: what it takes together is worth more.
    where = small_county(
        volume(volume=1784.0),
        volume(task_code="T2", volume=1500.0),
        volume(task_code="T3", volume=150.0),
        task("T4"),
        volume(task_code="T4", volume=120.0),
        staffing("P3", "行政", 1.0),
        policy("scope", "unit"),
    )
    formulation = formulate(where)
    first, *others = choose(formulation, people=[])
    assert others == []
    assert {flow.to_post for flow in first.flows} == {first.to_post}
    assert first.hours == pytest.approx(270.0)


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_handed_back(seed: int) -> None:
    formulation, people = random_case(seed, units=1)
    ways = {
        (flow.from_post, flow.to_post)
        for draft in choose(formulation, people=people)
        for flow in draft.flows
        if NOWHERE not in (flow.from_post, flow.to_post)
    }
    for _post in formulation.posts:
        ways |= {(giver, last) for giver, post in ways for first, last in ways if post == first}
    assert all(giver != taker for giver, taker in ways)
