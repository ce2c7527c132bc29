"""The same county in another order of rows is the same problem and gives the same list."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from app.advice.county_problem import formulate
from app.advice.planning import make_plan
from app.method.assessing import assess
from app.model.county import County
from app.model.plan import Measure
from solver.problem import Problem
from tests.advice.counties import random_county


@pytest.mark.parametrize("seed", range(3))
def test_rows_in_another_order_are_the_same_problem(seed: int) -> None:
    county = random_county(seed, units=2)
    one, other = formulate(county).problem, formulate(turned_round(county)).problem
    for part in dataclasses.fields(Problem):
        left, right = getattr(one, part.name), getattr(other, part.name)
        assert np.array_equal(left, right), part.name


@pytest.mark.parametrize("seed", range(3))
def test_rows_in_another_order_give_the_same_list(seed: int) -> None:
    county = random_county(seed, units=2)
    turned = turned_round(county)
    one, other = make_plan(county, assess(county)), make_plan(turned, assess(turned))
    assert one.measures
    assert [what(measure) for measure in one.measures] == [
        what(measure) for measure in other.measures
    ]
    for part in ("hours", "people", "overload_after", "unassigned_after"):
        left, right = ([getattr(m, part) for m in plan.measures] for plan in (one, other))
        assert left == pytest.approx(right, rel=1e-9, abs=1e-9)
    for goal, again in zip(one.goals, other.goals, strict=True):
        assert (goal.value, goal.bound) == (again.value, again.bound)
        assert goal.after == pytest.approx(again.after, rel=1e-9, abs=1e-6)


def what(measure: Measure) -> tuple[object, ...]:
    """Return what a measure does, its amounts aside: sums run in the order of rows."""
    places = (measure.unit_code, measure.to_unit_code, measure.post_code, measure.to_post_code)
    return measure.rank, measure.kind, *places, measure.task_code, measure.category


def turned_round(county: County) -> County:
    """Return the county with the rows of every table in the opposite order."""
    tables = {
        part.name: dict(reversed(getattr(county, part.name).items()))
        for part in dataclasses.fields(county)
    }
    return County(**tables)
