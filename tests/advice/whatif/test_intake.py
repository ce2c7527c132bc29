"""The intake check by hand: who can take a new duty on, with how many people, and why not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.advice.whatif.intake import Admission, NewDuty, UnitIntake, check_intake, intake_changes
from app.errors import BlockedByData
from app.method.assessing import assess
from app.model.county import County, Record
from app.model.vocabulary import Burden, DutyList, Form, Measuring
from tests.builders import (
    assignment,
    category_allowance,
    duty,
    establishment,
    policy,
    post,
    small_county,
    staffing,
    task,
    unit,
    volume,
    working_time,
)
from tests.method.test_properties import UNITS, counties

AWT = 1784.0


def new_duty(pieces: float = 100.0, *, units: tuple[str, ...] = ("U1",), **fields: Any) -> NewDuty:
    """Return a duty with one task of 2 h a piece."""
    of_duty = {name: fields.pop(name) for name in ("list", "area", "superior") if name in fields}
    return NewDuty(
        duty("N1", name="新职责", **of_duty),
        (task("N1T", "N1", **{"hours_each": 2.0} | fields),),
        tuple(volume(code, "N1T", pieces) for code in units),
    )


def verdict(county: County, new: NewDuty) -> UnitIntake:
    (found,) = check_intake(county, assess(county), new)
    return found


def test_within_the_room_it_is_accepted_by_hand() -> None:
    # U1 has 2,500 h on 2 × 1,784 h: room for 1,068 h.
    found = verdict(small_county(), new_duty())
    assert found.decision is Admission.ACCEPT
    assert found.reckoning.hours == 200.0
    assert found.reckoning.room_hours == pytest.approx(1068.0)
    assert found.reckoning.load.saturation == pytest.approx(2500 / 3568)
    assert found.reckoning.unit_after == pytest.approx(2700 / 3568)
    assert found.reckoning.people == 0.0
    assert found.arithmetic == (
        "N1T任务: 100 × 2 h × 1 (people) × 1 (difficulty) × 1 (travel) × (1 − 0) = 200.0 h",
        "200.0 h × 1.0000 (CAF of 党政办) = 200.0 h of workload",
        "U1镇: 2,500.0 h ÷ 3,568.0 h = 70.1% today; "
        "(2,500.0 + 200.0) h ÷ 3,568.0 h = 75.7% with it",
        "党政办: 2,500.0 h ÷ 3,568.0 h = 70.1% today; "
        "(2,500.0 + 200.0) h ÷ 3,568.0 h = 75.7% with it",
        "Room of the unit: 100% × 3,568.0 h − 2,500.0 h = 1,068.0 h",
    )


def test_beyond_the_room_people_have_to_come_with_it_by_hand() -> None:
    county = small_county(
        category_allowance(value=0.2),
        working_time("行政", cost_per_year=12.0),
        working_time("事业", cost_per_year=10.0),
        establishment(category="行政", authorised=3.0, in_post=1.0),
    )
    found = verdict(county, new_duty(1000.0, superior="县数据局"))
    # 2,000 h × 1.25 = 2,500 h on a room of 3,568 − 3,125 = 443 h: 2,057 h ÷ 1,784 h.
    assert found.decision is Admission.ACCEPT_WITH_PEOPLE
    assert found.reckoning.workload_hours == pytest.approx(2500.0)
    assert found.reckoning.people == pytest.approx(2057 / AWT)
    assert found.reckoning.people_rounded == 2.0
    assert found.reckoning.unit_after == pytest.approx((3125 + 2500) / 3568)
    assert found.reckoning.unit_with_people == pytest.approx((3125 + 2500) / (4 * AWT))
    assert found.arithmetic[-1] == (
        "(2,500.0 − 443.0) h ÷ (100% × 1,784.0 h) = 1.153 people, rounded 2"
    )
    people, money, room, authority, basis = found.needs
    assert people.startswith("People (人随事转): 2 with the duty")
    assert "2 vacancies" in people
    assert "2 × 11.0 = 22.0 (10,000 yuan a year)" in money
    assert "党政办 would be 2,057 h beyond its target" in room
    assert "县数据局" in authority
    assert basis == "The legal basis is to be named."


def test_target_and_rounding_are_policy() -> None:
    county = small_county(policy("target_saturation", "0.8"), policy("rounding", "up"))
    found = verdict(county, new_duty(300.0))
    # Room: 0.8 × 3,568 − 2,500 = 354.4 h; 600 − 354.4 = 245.6 h ÷ (0.8 × 1,784 h).
    assert found.reckoning.people == pytest.approx(245.6 / (0.8 * AWT))
    assert found.reckoning.people_rounded == 1.0


def test_what_is_not_known_is_said_to_be_missing() -> None:
    county = small_county(establishment(category="行政"), establishment(category="事业"))
    needs = verdict(county, new_duty(5000.0)).needs
    assert any("is not known" in line for line in needs)
    assert any("what a person costs a year is not stated" in line for line in needs)


@pytest.mark.parametrize(
    ("more", "fields", "words"),
    [
        ((), {"burden": Burden.FORMALISTIC}, "is formalistic"),
        ((), {"list": DutyList.RECLAIMED}, "was reclaimed"),
        ((), {"qualifications": ("执法证",)}, "holds what the tasks ask for: 执法证"),
        (
            (staffing("P1", "编外"), staffing("P1", "行政", 0.0), staffing("P2", "事业", 0.0)),
            {"is_officer_only": True},
            "people of the establishment",
        ),
        ((volume(task_code="T2", volume=2500.0),), {}, "severely overloaded already"),
        (
            (policy("limit.REPORT", "99"),),
            {"burden": Burden.NECESSARY_FORMAL, "form": Form.REPORT},
            "A limit of the policy",
        ),
        ((policy("intake_max_people", "1"),), {"pieces": 3000.0}, "It asks for 3 more people"),
    ],
)
def test_refusals_and_their_reasons(
    more: tuple[Record, ...], fields: dict[str, Any], words: str
) -> None:
    found = verdict(small_county(*more), new_duty(**fields))
    assert found.decision is Admission.REFUSE
    assert any(words in reason for reason in found.reasons)
    assert found.needs == ()


def test_substantive_work_of_a_limited_form_is_not_refused() -> None:
    county = small_county(policy("limit.REPORT", "99"))
    assert verdict(county, new_duty(form=Form.REPORT)).decision is Admission.ACCEPT


def test_best_office_is_the_one_that_knows_the_area_then_the_least_loaded() -> None:
    county = small_county(
        duty(area="应急"),
        duty("D2", area="民生"),
        task("T2", "D2"),
        post("P2", office="民政办"),
        post("P4", office="空闲办"),
        staffing("P4", "行政"),
    )
    offices = {
        area: verdict(county, new_duty(area=area)).reckoning.host for area in ("应急", "民生", "")
    }
    assert [host.office for host in offices.values() if host is not None] == [
        "党政办",
        "民政办",
        "空闲办",
    ]


def test_pinned_posts_and_posts_without_people_take_nothing() -> None:
    county = small_county(post("P1", is_pinned=True))
    host = verdict(county, new_duty()).reckoning.host
    assert host is not None
    assert [row.post_code for row in host.posts] == ["P2"]


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (new_duty(hours_each=None), "has no time per piece"),
        (new_duty(units=("U7",)), "belongs to no unit"),
        (NewDuty(duty("D1"), (), ()), "D1 is in the plan already"),
    ],
)
def test_what_cannot_be_reckoned_is_said_at_once(new: NewDuty, words: str) -> None:
    county = small_county()
    with pytest.raises(BlockedByData, match=words):
        check_intake(county, assess(county), new)


def test_fixed_hours_are_taken_as_they_are() -> None:
    found = verdict(small_county(), new_duty(method=Measuring.FIXED_HOURS, hours_each=None))
    assert found.reckoning.hours == 100.0
    assert found.arithmetic[0] == "N1T任务: 100.0 h a year"


def test_units_that_refuse_are_not_given_the_duty() -> None:
    county = small_county(
        unit("U2"),
        post("Q1", "U2"),
        staffing("Q1", "行政"),
        volume("U2", "T1", 5000.0),
        assignment("U2", "T1", "Q1"),
    )
    figures = assess(county)
    new = new_duty(units=("U1", "U2"))
    verdicts = check_intake(county, figures, new)
    assert [item.decision for item in verdicts] == [Admission.ACCEPT, Admission.REFUSE]
    changed = county.with_changes(intake_changes(figures, new, verdicts))
    assert ("U2", "N1T") not in changed.volumes
    assert [changed.assignments["U1", "N1T", code].share for code in ("P1", "P2")] == [0.5, 0.5]


@given(counties, st.sampled_from([1.0, 400.0]))
@settings(max_examples=30)
def test_taking_it_on_gives_the_saturations_the_verdict_said(here: County, pieces: float) -> None:
    figures = assess(here)
    new = new_duty(pieces, units=UNITS)
    verdicts = check_intake(here, figures, new)
    after = assess(here.with_changes(intake_changes(figures, new, verdicts)))
    for found in verdicts:
        host = found.reckoning.host
        if found.decision is Admission.REFUSE or host is None:
            assert after.units[found.unit_code].load == figures.units[found.unit_code].load
            continue
        unit_load = after.units[found.unit_code].load
        office_load = after.offices[found.unit_code, host.office].load
        assert unit_load.saturation == pytest.approx(found.reckoning.unit_after)
        assert office_load.saturation == pytest.approx(found.reckoning.office_after)
        assert unit_load.saturation is not None
        is_beyond = unit_load.saturation > 1 + 1e-9
        assert (found.decision is Admission.ACCEPT_WITH_PEOPLE) is is_beyond
