"""One person more or fewer: against solving every placing anew, and never worse with more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.advice.county_problem import formulate
from app.advice.planning import make_plan
from app.advice.progress import Portion
from app.advice.whatif.curve import CurveBase, HeadcountCurve, PersonRow
from app.advice.whatif.marginal_people import headcount_curve
from app.errors import Cancelled, UserError
from app.method.assessing import assess
from app.model.county import County, Record
from solver.problem import Problem
from solver.solving import solve
from tests.advice.counties import random_county
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

INSIDE = frozenset({"reassign", "cut"})
CATEGORIES = ("行政", "事业")


def least(problem: Problem, levers: frozenset[str]) -> float:
    """Return the least overload once unassigned hours are least, people as `people_now`."""
    rules = replace(problem.rules, levers=levers, goals=("unassigned_hours", "overload"))
    solution = solve(replace(problem, rules=rules))
    return next(goal.value for goal in solution.goals if goal.name == "overload")


def changed(problem: Problem, post_index: int, category: str, people: float) -> Problem:
    """Return the problem with people more or fewer on a post today."""
    now = problem.people_now.copy()
    now[post_index, problem.category_names.index(category)] += people
    return replace(problem, people_now=now)


def may_go(problem: Problem, post_index: int, category: str) -> bool:
    row = problem.people_now[post_index]
    has_one = row[problem.category_names.index(category)] >= 1
    return has_one and row.sum() - 1 >= problem.post_min[post_index]


def row_of(curve: HeadcountCurve, category: str) -> PersonRow:
    return next(row for row in curve.rows if row.category == category)


@pytest.mark.parametrize("seed", range(4))
def test_one_more_and_one_fewer_are_the_best_of_all_placings(seed: int) -> None:
    place = random_county(seed, posts=5, tasks=8)
    problem = formulate(place).problem
    curve = headcount_curve(place, None, categories=CATEGORIES)
    posts = range(len(problem.post_codes))
    for category in CATEGORIES:
        row = row_of(curve, category)
        more = min(least(changed(problem, at, category, 1.0), INSIDE) for at in posts)
        fewer = [
            least(changed(problem, at, category, -1.0), INSIDE)
            for at in posts
            if may_go(problem, at, category)
        ]
        assert row.overload == pytest.approx(least(problem, INSIDE), abs=0.5)
        assert row.overload_more == pytest.approx(more, abs=0.5)
        if fewer:
            assert row.overload_less == pytest.approx(min(fewer), abs=0.5)
        else:
            assert row.overload_less is None


@pytest.mark.parametrize("seed", range(3))
def test_where_all_may_move_it_is_the_best_of_all_placings_too(seed: int) -> None:
    place = random_county(seed, posts=4, tasks=6)
    problem = formulate(place).problem
    curve = headcount_curve(place, None, categories=["行政"], may_move=True)
    row, levers = row_of(curve, "行政"), INSIDE | {"move"}
    worst = 0.011 * max(row.overload, 1.0)
    assert row.overload == pytest.approx(least(problem, levers), abs=worst)
    more = [
        least(changed(problem, at, "行政", 1.0), levers) for at in range(len(problem.post_codes))
    ]
    assert row.overload_more == pytest.approx(min(more), abs=worst)


@pytest.mark.parametrize("may_move", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_more_people_never_worsen(seed: int, may_move: bool) -> None:
    place = random_county(seed, units=2, posts=4, tasks=8)
    curve = headcount_curve(place, None, may_move=may_move)
    left = [point.overload for point in curve.points]
    assert left == sorted(left, reverse=True)
    assert [point.people for point in curve.points] == list(range(len(left)))
    for row in curve.rows:
        assert row.overload_more is not None and row.overload_more <= row.overload
        assert row.overload_less is None or row.overload_less >= row.overload


def test_the_next_person_goes_where_most_falls_away_and_says_so() -> None:
    place = small_county(policy("levers", "move"), post("P3", office="财政所", max_people=0.0))
    curve = headcount_curve(place, None)
    assert curve.base is CurveBase.TODAY
    assert curve.points[0].overload == pytest.approx(253.6)
    assert (curve.points[1].unit_code, curve.points[1].post_code) == ("U1", "P1")
    assert curve.points[1].overload == pytest.approx(0.0, abs=1e-6)
    assert len(curve.points) == 2, "it ends where nothing falls away any more"
    assert "254 weighted h" in curve.sentence and "P1岗" in curve.sentence
    assert "254 weighted h" in curve.points[1].because


def test_it_starts_where_the_plan_puts_people_while_the_plan_is_of_today() -> None:
    place = small_county(policy("levers", "reassign,move"))
    plan = make_plan(place, assess(place))
    assert headcount_curve(place, plan).base is CurveBase.PLAN
    later = county(*place.records(), staffing("P1", on_duty=2.0))
    assert headcount_curve(later, plan).base is CurveBase.TODAY


def test_nobody_comes_where_posts_are_full_and_nobody_leaves_the_fewest() -> None:
    place = small_county(
        post("P1", min_people=1.0, max_people=1.0),
        post("P2", min_people=1.0, max_people=1.0),
        post("P3", office="财政所", max_people=0.0),
        policy("levers", "move"),
    )
    (officers, _others) = headcount_curve(place, None).rows
    assert officers.overload_more == officers.overload
    assert officers.overload_less is None
    assert officers.post_code == ""


def test_it_looks_at_what_is_asked_for_only() -> None:
    place = random_county(3, units=2, posts=4, tasks=8)
    curve = headcount_curve(place, None, unit_codes=["U1"], categories=["编外"])
    assert [(row.unit_code, row.category) for row in curve.rows] == [("U1", "编外")]
    with pytest.raises(UserError):
        headcount_curve(place, None, unit_codes=["U9"])
    with pytest.raises(UserError):
        headcount_curve(place, None, categories=["皇帝"])


def test_it_tells_how_far_it_is_and_ends_when_told() -> None:
    place: County = random_county(3, units=2, posts=4, tasks=8)
    told: list[Portion] = []
    headcount_curve(place, None, on_progress=told.append)
    assert [portion.subject for portion in told][:2] == ["U0镇", "U1镇"]
    with pytest.raises(Cancelled):
        headcount_curve(place, None, should_stop=lambda: len(told) > 0)


def test_hours_that_nobody_may_carry_stay_so() -> None:
    place = small_county(policy("levers", "none"))
    curve = headcount_curve(place, None)
    assert curve.unassigned_hours == pytest.approx(100.0)
    assert np.isfinite(curve.gap)


def one_post(*more: Record) -> County:
    """Return a post with all three people of its unit, one too few; and a unit with nothing."""
    return county(
        unit("U1"),
        unit("U2"),
        post(max_people=4.0),
        staffing("P1", "行政", 2.0),
        staffing("P1", "事业", 1.0),
        duty(),
        task(),
        volume(volume=4 * 1784.0),
        assignment(),
        *more,
    )


def test_somebody_may_come_where_all_of_the_category_sit_on_one_post() -> None:
    officers, others = headcount_curve(one_post(), None).rows
    assert officers.category != others.category
    # One year above three: 0.1, 0.1, 0.1 of three years at 1, 2, 4 and the last 0.1 of one at 8.
    assert officers.overload == pytest.approx(1784.0 * (0.3 * (1 + 2 + 4) + 0.1 * 8))
    assert officers.overload_more == others.overload_more == pytest.approx(0.0)


def test_a_unit_without_posts_and_work_has_no_row() -> None:
    curve = headcount_curve(one_post(), None)
    assert {row.unit_code for row in curve.rows} == {"U1"}
