"""The relief curve says what the first k measures bring, and proposes its knee."""

from __future__ import annotations

import pytest

from app.advice.measures.relief import MOST_MEASURES, relief_curve
from app.advice.planning import make_plan
from app.advising import Advising
from app.method.assessing import assess
from app.model.plan import Plan, PlanGoal
from app.model.vocabulary import Goal, MeasureKind, Outcome
from solver.problem import worth_of_open
from tests.advice.carrying_out.test_applying import a_measure
from tests.builders import category_allowance, policy, small_county

WEIGHTS = (1.0, 16.0)


def plan(left: list[tuple[float, float]]) -> Plan:
    """Return a plan from 1,000 h of overload and 10 unassigned, with this left row after row."""
    measures = [
        a_measure(MeasureKind.MOVE, rank=rank, overload_after=overload, unassigned_after=hours)
        for rank, (overload, hours) in enumerate(left, start=1)
    ]
    return Plan(
        plan_id="1",
        outcome=Outcome.OPTIMAL,
        is_verified=True,
        gap=0.0,
        levers=frozenset(),
        goals=(
            PlanGoal(Goal.UNASSIGNED_HOURS, 10.0, 0.0, 0.0),
            PlanGoal(Goal.OVERLOAD, 1000.0, 200.0, 200.0),
        ),
        rungs=(),
        posts=(),
        tasks=(),
        hours={},
        measures=tuple(measures),
        conflicts=(),
        omissions="",
        seconds={},
    )


def test_relief_counts_overload_and_unassigned_hours_against_the_plans() -> None:
    # 1,000 + 16 × 10 = 1,160 today, 200 in the plan: 960 to be had.
    found = relief_curve(plan([(1000.0, 0.0), (520.0, 0.0), (200.0, 0.0)]), WEIGHTS, [])
    assert [point.measures for point in found.points] == [0, 1, 2, 3]
    assert [point.share for point in found.points] == pytest.approx([0, 1 / 6, 2 / 3, 1.0])


def test_an_hour_that_nobody_carries_counts_as_much_as_it_could_ever_add() -> None:
    assert worth_of_open((1.0, 16.0), [1.25, 1.0]) == 20.0
    assert worth_of_open((1.0, 16.0), []) == 16.0


def test_the_curve_ends_at_the_share_that_the_list_says_it_brings() -> None:
    county = small_county(category_allowance(value=0.2), policy("minimum_measure", "300"))
    found = make_plan(county, assess(county))
    (remark,) = found.remarks
    curve = Advising(county, assess(county), found, ()).relief_curve()
    assert len(curve.points) == len(found.measures) + 1
    assert remark.share == pytest.approx(curve.points[-1].share)


def test_the_knee_is_where_the_curve_bends_most() -> None:
    steep = [(600.0, 0.0), (300.0, 0.0), (280.0, 0.0), (260.0, 0.0), (240.0, 0.0)]
    assert relief_curve(plan(steep), WEIGHTS, []).knee == 2


def test_without_measures_there_is_no_knee() -> None:
    found = relief_curve(plan([]), WEIGHTS, [])
    assert found.knee == 0
    assert [point.share for point in found.points] == [0.0]


def test_the_curve_ends_where_nobody_signs_any_more() -> None:
    found = relief_curve(plan([(900.0 - rank, 0.0) for rank in range(50)]), WEIGHTS, [])
    assert len(found.points) == MOST_MEASURES + 1
