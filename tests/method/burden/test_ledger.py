"""The burden ledger by hand: what work is, who orders it, and the people its first tasks take."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from app.method.assessing import assess
from app.method.burden.ledger import Effort, arithmetic, burden_ledger, together, top_items
from app.model.county import County
from app.model.vocabulary import Burden, Form, Measuring
from tests.builders import (
    assignment,
    category_allowance,
    individual_allowance,
    post,
    small_county,
    staffing,
    task,
    unit,
    volume,
)
from tests.method.test_properties import counties

FORMALISTIC, FORMAL = Burden.FORMALISTIC, Burden.NECESSARY_FORMAL


def ledger_county() -> County:
    """Return two units: T1 weekly reports (2,000 h), T2 inspections (500 h), T3 own (100 h)."""
    return small_county(
        task("T1", burden=FORMALISTIC, form=Form.REPORT, ordered_by="县委办"),
        task("T2", burden=FORMAL, form=Form.INSPECTION, ordered_by="县应急局", hours_each=2.0),
        task("T3"),
        volume(task_code="T2", volume=250.0),
        unit("U2"),
        post("Q1", "U2"),
        staffing("Q1", "事业", 2.0),
        volume("U2", "T1", 300.0),
        assignment("U2", "T1", "Q1", 0.5),
        category_allowance(value=0.2, scope="行政"),
        individual_allowance(value=100.0),
    )


def test_people_of_a_task_are_hours_times_caf_over_awt_on_every_post() -> None:
    county = ledger_county()
    effort = burden_ledger(county, assess(county)).by_task["T1"]
    # P1 (行政): 2,000 h × 1/(1 − 0.2) ÷ 1,784 h; Q1 (事业): 150 h × 1 ÷ 1,784 h, 150 h nobody's.
    assert effort.hours == pytest.approx(2300.0)
    assert effort.assigned_hours == pytest.approx(2150.0)
    assert effort.unassigned_hours == pytest.approx(150.0)
    assert effort.workload_hours == pytest.approx(2500.0 + 150.0)
    assert effort.people == pytest.approx(2650.0 / 1784.0)
    assert effort.pieces == 2300.0
    assert effort.tasks == 2
    assert effort.caf == pytest.approx(2650.0 / 2150.0)
    assert effort.awt_hours == pytest.approx(1784.0)
    assert arithmetic(effort) == "2,150 h × 1.2326 (CAF) ÷ 1,784.0 h (AWT) = 1.49 people"


def test_sums_by_kind_form_department_and_unit() -> None:
    county = ledger_county()
    ledger = burden_ledger(county, assess(county))
    assert {kind: effort.hours for kind, effort in ledger.by_burden.items()} == {
        FORMALISTIC: 2300.0,
        FORMAL: 500.0,
        Burden.SUBSTANTIVE: 100.0,
    }
    assert {form: effort.hours for form, effort in ledger.by_form.items()} == {
        Form.REPORT: 2300.0,
        Form.INSPECTION: 500.0,
        None: 100.0,
    }
    departments = [(name, effort.hours) for name, effort in ledger.by_department.items()]
    assert departments == [("县委办", 2300.0), ("县应急局", 500.0), ("", 100.0)]
    assert {code: effort.hours for code, effort in ledger.by_unit.items()} == {
        "U1": 2600.0,
        "U2": 300.0,
    }
    assert ledger.by_unit_and_burden["U1", FORMALISTIC].hours == 2000.0
    assert ledger.by_form[Form.INSPECTION].pieces == 250.0


def test_ledger_of_one_unit_has_its_tasks_only() -> None:
    county = ledger_county()
    ledger = burden_ledger(county, assess(county), unit_code="U2")
    assert list(ledger.by_task) == ["T1"]
    assert ledger.total.hours == 300.0


def test_first_items_are_those_with_most_hours_and_never_substantive() -> None:
    county = ledger_county()
    ledger = burden_ledger(county, assess(county))
    first = top_items(ledger, number=1, burdens=(FORMALISTIC, FORMAL))
    assert [item.task_code for item, _effort in first.items] == ["T1"]
    assert first.together == ledger.by_task["T1"]
    assert [item.task_code for item, _effort in top_items(ledger).items] == ["T1"]


def test_fixed_hours_have_no_pieces_and_nobodys_hours_take_nobody() -> None:
    fixed = small_county(task("T3", method=Measuring.FIXED_HOURS, hours_each=None))
    effort = burden_ledger(fixed, assess(fixed)).by_task["T3"]
    assert effort == Effort(hours=100.0, tasks=1)
    assert effort.awt_hours is None
    assert arithmetic(effort) == "No post carries these hours, so no people are busy with them."


@given(counties)
@settings(max_examples=40)
def test_every_level_of_the_ledger_is_the_sum_of_its_entries(here: County) -> None:
    figures = assess(here)
    ledger = burden_ledger(here, figures)
    levels = (
        ledger.by_burden,
        ledger.by_form,
        ledger.by_department,
        ledger.by_unit,
        ledger.by_unit_and_burden,
        ledger.by_task,
    )
    for level in levels:
        total = together(level.values())
        assert total.hours == pytest.approx(figures.county.demand_hours)
        assert total.assigned_hours == pytest.approx(figures.county.assigned_hours)
        assert total.people == pytest.approx(ledger.total.people)
    load = figures.county.load
    assert ledger.total.people == pytest.approx(load.a * load.b)
    assert ledger.total.workload_hours == pytest.approx(load.assigned_hours + load.category_hours)
    for unit_code, effort in ledger.by_unit.items():
        assert effort.hours == pytest.approx(figures.units[unit_code].demand_hours)
