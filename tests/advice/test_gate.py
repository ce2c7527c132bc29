"""The gate names what is missing for a plan to mean anything, each gap with its share."""

from __future__ import annotations

import pytest

from app.advice.gate import gaps
from app.advice.planning import make_plan
from app.method.assessing import assess
from app.model.county import County
from app.model.remarks import gap_remedy, gap_sentence, gaps_of, omissions, outcome_name
from app.model.vocabulary import Evidence, Outcome
from app.report.wording import outcome_sentence
from tests.builders import establishment, small_county, staffing, task, volume


def codes(county: County) -> dict[str, float | None]:
    return {gap.code: gap.share for gap in gaps(county, assess(county))}


def test_a_county_that_can_be_planned_has_none() -> None:
    assert codes(small_county()) == {}


def test_posts_with_work_and_nobody_on_them_are_told_with_their_share() -> None:
    county = small_county(staffing("P1", "行政", 0.0))
    assert codes(county) == {"no_people": pytest.approx(2000 / 2500)}


def test_an_empty_sheet_of_headcount_is_told() -> None:
    blank = small_county(
        establishment(category="行政", authorised=None, in_post=None),
        establishment(category="事业", authorised=None, in_post=None),
    )
    assert codes(blank) == {"no_headcount": 1.0}


def test_tasks_that_nobody_carries_are_told_from_a_quarter_of_the_hours_on() -> None:
    assert codes(small_county(volume(task_code="T3", volume=800.0))) == {}
    county = small_county(volume(task_code="T3", volume=2500.0))
    assert codes(county) == {"nobody_carries": pytest.approx(0.5)}


def test_hours_that_rest_on_estimates_only_are_told() -> None:
    known = [task(code, evidence=Evidence.ESTIMATE) for code in ("T1", "T2", "T3")]
    assert codes(small_county(*known)) == {"estimates": 1.0}
    assert codes(small_county(*known[1:])) == {}


def test_a_plan_over_gaps_says_so_and_never_that_it_is_proven() -> None:
    county = small_county(staffing("P1", "行政", 0.0))
    plan = make_plan(county, assess(county))
    assert plan.outcome is Outcome.OPTIMAL
    (gap,) = gaps_of(plan)
    assert gap_sentence(gap) in omissions(plan)
    assert gap_remedy(gap)
    assert "proven best" not in outcome_sentence(plan)
    assert outcome_name(plan) == "planned over gaps, nothing proven"
