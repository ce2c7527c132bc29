"""A plan is its list: what is printed is the county with its measures carried out, to the digit."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, note, settings

from app.advice.carrying_out.applying import carry_out
from app.advice.carrying_out.effects import assess
from app.advice.planning import make_plan
from app.errors import BlockedByData
from app.method.policy import policy_of
from app.model.county import County
from app.model.plan import Plan
from app.model.vocabulary import Goal, MeasureKind, Outcome, Verdict
from tests.advice.small_counties import small_counties

EXAMPLES = int(os.environ.get("PLAN_EXAMPLES", "20"))
"""The bench draws 200."""
EXACT = 1e-9
bearing = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def planned(county: County, **options: object) -> Plan | None:
    """Return the plan, None where there is nothing to plan."""
    try:
        plan = make_plan(county, assess(county).figures, time_limit=60.0, **options)  # type: ignore[arg-type]
    except BlockedByData:
        assert not county.posts or not any(
            task.hours > 0 for task in assess(county).figures.tasks.values()
        )
        return None
    for measure in plan.measures:
        note(f"{measure.rank} {measure.identity} {measure.people:g} {measure.hours:g} h")
    return plan


def authorised(county: County) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for row in county.establishment.values():
        found[row.category] += row.authorised or 0.0
    return dict(found)


@bearing
@given(small_counties())
def test_what_is_printed_is_the_county_after_the_measures(county: County) -> None:
    plan = planned(county)
    if plan is None:
        return
    assert plan.outcome is Outcome.OPTIMAL
    assert plan.is_verified
    assert len({measure.identity for measure in plan.measures}) == len(plan.measures)
    after = assess(carry_out(county, plan.measures))
    for post in plan.posts:
        load = after.figures.posts[post.post_code].load
        assert post.saturation_after == pytest.approx(load.saturation, abs=EXACT)
        assert post.workload_after == pytest.approx(load.workload_hours, rel=EXACT)
        assert sum(post.people_after.values()) == pytest.approx(load.existing, abs=EXACT)
    for goal, value in (
        (Goal.OVERLOAD, after.overload_hours),
        (Goal.UNASSIGNED_HOURS, after.unassigned_hours),
        (Goal.IDLE_HOURS, after.idle_hours),
    ):
        assert plan.goal(goal).after == pytest.approx(value, rel=EXACT, abs=EXACT)
    assert plan.hours == after.figures.hours
    check_prefixes(county, plan)
    check_headcount(county, after.county, plan)


def check_prefixes(county: County, plan: Plan) -> None:
    for count in {1, 5, 20, len(plan.measures)}:
        if 0 < count <= len(plan.measures):
            after = assess(carry_out(county, plan.measures[:count]))
            row = plan.measures[count - 1]
            assert row.overload_after == pytest.approx(after.overload_hours, rel=EXACT, abs=1e-6)
            assert row.unassigned_after == pytest.approx(
                after.unassigned_hours, rel=EXACT, abs=1e-6
            )


def check_headcount(county: County, after: County, plan: Plan) -> None:
    """Authorised headcount of a category is what it was, and what the pool gave."""
    pool, drawn = policy_of(county).pool, defaultdict[str, float](float)
    for measure in plan.measures:
        if measure.kind is MeasureKind.DRAW:
            drawn[measure.category] += measure.people
        if measure.kind is MeasureKind.TRANSFER:
            assert measure.unit_code != measure.to_unit_code
    for category, people in drawn.items():
        assert people <= pool[category] + EXACT
        left = pytest.approx(pool[category] - people, abs=EXACT)
        assert policy_of(after).pool.get(category, 0.0) == left
    known = {(row.unit_code, row.category) for row in after.establishment.values()}
    unknown = {
        measure.category
        for measure in plan.measures
        if measure.kind in {MeasureKind.TRANSFER, MeasureKind.DRAW}
        and not {(unit, measure.category) for unit in measure.unit_codes} <= known
    }
    before = authorised(county)
    for category, count in authorised(after).items():
        if category not in unknown:
            assert count == pytest.approx(before.get(category, 0.0) + drawn[category])


@bearing
@given(small_counties())
def test_decisions_are_kept(county: County) -> None:
    plan = planned(county)
    if plan is None or len(plan.measures) < 2:
        return
    first, second = plan.measures[:2]
    again = planned(county, decided=((first, Verdict.ACCEPTED), (second, Verdict.REJECTED)))
    assert again is not None
    if again.outcome is Outcome.BLOCKED:
        return
    assert again.is_verified
    listed = {measure.identity: measure for measure in again.measures}
    assert listed[first.identity].parts == first.parts
    assert listed[first.identity].people == first.people
    assert second.identity not in listed
