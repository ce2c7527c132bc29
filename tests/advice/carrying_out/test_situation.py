"""The situation reckons as the figures and the verifier do, also once people have changed posts."""

from __future__ import annotations

import numpy as np
import pytest

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, HoursFlow, Situation, weighted
from app.advice.county_problem import formulate
from app.method.assessing import assess
from app.model.vocabulary import MeasureKind
from solver.problem import Rules
from solver.search.today import today
from solver.verifying import goal_values
from tests.advice.counties import two_units
from tests.builders import (
    category_allowance,
    individual_allowance,
    post,
    small_county,
    staffing,
    task,
    volume,
)


def test_hours_above_target_weigh_more_the_higher_they_are() -> None:
    # Of 400 h above 1,000 h of capacity: 100 × 1 + 100 × 2 + 100 × 4 + 100 × 8.
    assert weighted(np.array([400.0]), np.array([1000.0]), Rules()) == pytest.approx([1500.0])
    assert weighted(np.array([-1.0, 50.0]), np.array([0.0, 0.0]), Rules()).tolist() == [0.0, 800.0]


def test_overload_is_what_the_verifier_counts() -> None:
    problem = formulate(small_county(task("T1", is_officer_only=True), staffing("P1", "编外", 1.0)))
    situation = Situation(problem)
    assert situation.total_overload() > 0
    assert situation.total_overload() == pytest.approx(
        goal_values(problem.problem, today(problem.problem))["overload"]
    )


def test_strain_counts_uncarried_hours_like_the_heaviest_tier() -> None:
    situation = Situation(formulate(small_county()))
    assert situation.unassigned() == 100.0
    assert situation.strain() == situation.total_overload() + 16 * 100


def test_hours_that_change_hands_change_both_posts() -> None:
    formulation = formulate(small_county())
    situation = Situation(formulation)
    flow = HoursFlow(0, 0, 1, 216.0)
    draft = DraftMeasure(MeasureKind.REASSIGN, 0, 1, flows=(flow,))
    before = situation.total_overload()
    situation.do(draft)
    assert before - situation.total_overload() == pytest.approx(178.4 + 2 * 37.6)
    assert situation.saturation([0]) == pytest.approx(1.0)
    assert situation.saturation([1]) == pytest.approx(716 / 1784)
    assert situation.saturation([2]) is None


def test_people_who_change_posts_take_their_allowances_along() -> None:
    county = two_units(
        category_allowance("党日", 0.1, scope="事业"),
        individual_allowance("值班", 100.0, scope="事业"),
        staffing("P9", "事业", 1.0),
        volume("U2", "T1", 800.0),
    )
    formulation = formulate(county)
    category = formulation.problem.category_names.index("事业")
    situation = Situation(formulation)
    posts = [formulation.problem.post_codes.index(code) for code in ("P9", "P2")]
    situation.do(DraftMeasure(MeasureKind.TRANSFER, *posts, category, 1.0))
    after = county.with_changes([])
    moved = two_units(
        category_allowance("党日", 0.1, scope="事业"),
        individual_allowance("值班", 100.0, scope="事业"),
        staffing("P9", "事业", 0.0),
        staffing("P2", "事业", 1.0),
        volume("U2", "T1", 800.0),
    )
    assert after.posts == moved.posts
    figures = assess(moved)
    for index, row in enumerate(formulation.posts):
        assert situation.caf[index] == pytest.approx(figures.posts[row.post_code].caf)
        saturation = figures.posts[row.post_code].load.saturation
        assert situation.saturation([index]) == pytest.approx(saturation)


def test_people_leave_and_come_only_within_the_limits_of_posts() -> None:
    formulation = formulate(two_units(post("P9", unit_code="U2", min_people=3.0, max_people=3.0)))
    situation = Situation(formulation)
    one = {"category": 0, "people": 1.0}
    assert situation.allows(DraftMeasure(MeasureKind.MOVE, 0, 1, **one))
    assert not situation.allows(DraftMeasure(MeasureKind.MOVE, 1, 0, **one))
    assert not situation.allows(DraftMeasure(MeasureKind.TRANSFER, 2, 1, **one))
    assert not situation.allows(DraftMeasure(MeasureKind.FILL, NOWHERE, 2, **one))


def test_a_copy_is_tried_out_without_touching_the_original() -> None:
    situation = Situation(formulate(two_units()))
    before = situation.strain()
    other = situation.copy()
    other.do(DraftMeasure(MeasureKind.MOVE, 0, 1, 0, 1.0))
    assert situation.strain() == before
    assert situation.people.tolist() != other.people.tolist()
