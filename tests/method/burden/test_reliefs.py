"""Policies that cut a form of burden: what falls away, what its substitute takes back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from app.method.assessing import assess
from app.method.burden.reliefs import relief_changes, relief_effect
from app.method.burden.shipped_reliefs import RELIEFS, Relief
from app.model.county import County
from app.model.figures import count_in
from app.model.vocabulary import OVERLOADED, Band, Burden, Form
from tests.builders import assignment, category_allowance, small_county, task
from tests.method.burden.test_ledger import ledger_county
from tests.method.test_properties import counties

HALVED = Relief("inspections", "减半", "halved", 0.5, Form.INSPECTION, substitute_hours=40.0)


def inspected() -> County:
    """Return P1 with 2,000 h of inspections, P2 with 500 h of inspections that are real work."""
    return small_county(
        task("T1", burden=Burden.FORMALISTIC, form=Form.INSPECTION, ordered_by="县应急局"),
        task("T2", form=Form.INSPECTION, ordered_by="县应急局"),
        task("T3", burden=Burden.NECESSARY_FORMAL, form=Form.INSPECTION, ordered_by="县委办"),
        category_allowance(value=0.2),
    )


def test_a_policy_meets_its_form_and_department_and_never_real_work() -> None:
    tasks = inspected().tasks
    met = [code for (code,), item in tasks.items() if HALVED.meets(item)]
    assert met == ["T1", "T3"]
    of_one = Relief("x", "x", "x", 0.5, ordered_by="县委办")
    assert [code for (code,), item in tasks.items() if of_one.meets(item)] == ["T3"]


def test_halved_inspections_and_their_substitute_by_hand() -> None:
    county = inspected()
    effect = relief_effect(county, assess(county), HALVED)
    # T1 2,000 h and T3 100 h (nobody's) are halved; 40 h come back, of which P1, who carried
    # 2,000 of the 2,100 h, gets 40 × 2,000 ÷ 2,100 h.
    assert effect.cut.hours == pytest.approx(1050.0)
    assert effect.cut.people == pytest.approx(1000.0 * 1.25 / 1784.0)
    assert effect.substitute.hours == pytest.approx(40.0)
    assert effect.substitute.assigned_hours == pytest.approx(40.0 * 2000.0 / 2100.0)
    assert effect.county.demand_before == pytest.approx(2600.0)
    assert effect.county.demand_after == pytest.approx(2600.0 - 1050.0 + 40.0)
    assert effect.county.people == pytest.approx((1000.0 - 40.0 * 2000.0 / 2100.0) * 1.25 / 1784.0)
    assert effect.county.saturation_before == pytest.approx(2500.0 * 1.25 / 3568.0)
    assert (effect.county.overloaded_before, effect.county.overloaded_after) == (1, 0)
    (unit,) = effect.units
    assert (unit.unit_code, unit.demand_after) == ("U1", effect.county.demand_after)


def test_work_without_people_counts_as_overloaded_as_everywhere() -> None:
    county = inspected().with_records([assignment(task_code="T3", post_code="P3")])
    figures = assess(county)
    effect = relief_effect(county, figures, HALVED)
    assert figures.posts["P3"].load.band is Band.NO_CAPACITY
    assert effect.county.overloaded_before == count_in(figures.posts.values(), OVERLOADED) == 2
    assert effect.county.overloaded_after == 1


def test_changes_give_the_effect_and_can_be_taken_twice() -> None:
    county = inspected()
    once = county.with_changes(relief_changes(county, assess(county), HALVED))
    assert once.volumes[("U1", "T1")].volume == 1000.0
    assert assess(once).county.demand_hours == pytest.approx(1590.0)
    again = once.with_changes(relief_changes(once, assess(once), HALVED))
    assert again.volumes[("U1", "T1")].volume == 500.0
    assert again.volumes[("U1", "relief.inspections")].volume == 40.0


def test_a_policy_that_meets_nothing_changes_nothing() -> None:
    county = small_county()
    effect = relief_effect(county, assess(county), RELIEFS["meetings"])
    assert (effect.cut.hours, effect.substitute.hours, effect.county.people) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("relief", RELIEFS.values(), ids=RELIEFS)
def test_shipped_policies_say_what_they_cut_and_what_takes_its_place(relief: Relief) -> None:
    assert 0 < relief.reduction <= 1
    assert Burden.SUBSTANTIVE not in relief.burdens
    assert relief.chinese and relief.english
    assert bool(relief.substitute_hours) == bool(relief.substitute_chinese)
    assert bool(relief.substitute_chinese) == bool(relief.substitute_english)


def test_units_sum_to_the_county() -> None:
    county = ledger_county()
    effect = relief_effect(county, assess(county), RELIEFS["reports"])
    assert sum(unit.people for unit in effect.units) == pytest.approx(effect.county.people)
    assert sum(unit.demand_after for unit in effect.units) == pytest.approx(
        effect.county.demand_after
    )


@given(counties)
@settings(max_examples=30)
def test_people_are_those_cut_less_those_of_the_substitute(here: County) -> None:
    everything = Relief("all", "x", "x", 0.3, burdens=tuple(Burden), substitute_hours=12.0)
    effect = relief_effect(here, assess(here), everything)
    assert effect.county.people == pytest.approx(
        effect.cut.people - effect.substitute.people, abs=1e-9
    )
    assert effect.county.demand_after == pytest.approx(
        effect.county.demand_before - effect.cut.hours + effect.substitute.hours
    )
