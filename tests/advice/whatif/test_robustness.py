"""Measures survive a draw where the list chosen for its figures has them again."""

from __future__ import annotations

import pytest

from app.advice.planning import make_plan
from app.advice.progress import Portion
from app.advice.whatif.robustness import survivals
from app.errors import Cancelled, UserError
from app.method.assessing import assess
from app.method.uncertainty.evidence import Range, draw_factors
from app.model.county import County, Record
from app.model.plan import Plan
from app.model.vocabulary import Verdict
from tests.advice.counties import random_county
from tests.builders import policy, small_county, task, volume

DRAWS = 60


def planned(*more: Record) -> tuple[County, Plan]:
    """Return the small county with its plan: T3 goes to P2, then 116 h of T1 from P1 to P2."""
    place = small_county(policy("levers", "reassign"), volume(task_code="T1", volume=1900.0), *more)
    return place, make_plan(place, assess(place))


def test_without_ranges_nothing_varies_and_all_survive() -> None:
    place, plan = planned()
    found = survivals(place, plan, draws=3)
    assert [row.share for row in found.measures] == [1.0, 1.0]
    assert found.varied_tasks == 0
    assert "spread" in found.sentence


def test_a_plan_of_any_kind_of_measures_survives_itself() -> None:
    place = random_county(5, units=2, posts=5, tasks=10)
    plan = make_plan(place, assess(place))
    found = survivals(place, plan, draws=1)
    assert {row.share for row in found.measures} == {1.0}
    assert [row.identity for row in found.measures] == [row.identity for row in plan.measures]


def test_a_measure_survives_where_half_its_hours_are_still_too_many() -> None:
    place, plan = planned(task("T1", hours_low=0.9, hours_high=1.1))
    hours = plan.measures[1].hours
    assert hours == pytest.approx(1900.0 - 1784.0)
    factors = draw_factors([("T1", Range(0.9, 1.0, 1.1, is_stated=True))], draws=DRAWS)[:, 0]
    left = 1900.0 * factors - 1784.0
    found = survivals(place, plan, draws=DRAWS)
    assert found.measures[1].share == pytest.approx((left >= hours / 2).mean())
    assert 0.5 < found.measures[1].share < 1.0
    assert found.measures[0].share == 1.0, "T3 has no range"
    assert found.measures[1].hours_low is not None
    assert found.measures[1].hours_low >= hours / 2
    assert (found.varied_tasks, found.tasks) == (1, 3)


def test_the_same_seed_says_the_same() -> None:
    place, plan = planned(task("T1", hours_low=0.9, hours_high=1.1))
    once, again = (survivals(place, plan, draws=20) for _time in range(2))
    assert once == again
    assert survivals(place, plan, draws=20, seed=7).measures != once.measures


def test_what_is_rejected_stays_out() -> None:
    place, plan = planned()
    found = survivals(place, plan, [(plan.measures[1], Verdict.REJECTED)], draws=2)
    assert [row.share for row in found.measures] == [1.0, 0.0]
    assert found.measures[1].hours_middle is None


def test_what_is_accepted_is_judged_like_all_others() -> None:
    place, plan = planned(task("T1", hours_low=0.9, hours_high=1.1))
    decided = [(measure, Verdict.ACCEPTED) for measure in plan.measures]
    assert survivals(place, plan, decided, draws=9) == survivals(place, plan, draws=9)


def test_it_tells_how_far_it_is_and_ends_when_told() -> None:
    place, plan = planned()
    told: list[Portion] = []
    survivals(place, plan, draws=2, on_progress=told.append)
    assert [portion.done for portion in told] == [0, 1, 2]
    with pytest.raises(Cancelled):
        survivals(place, plan, draws=2, should_stop=lambda: True)


@pytest.mark.parametrize("draws", [0, 100_000])
def test_a_number_of_draws_out_of_bounds_is_wrong_usage(draws: int) -> None:
    place, plan = planned()
    with pytest.raises(UserError):
        survivals(place, plan, draws=draws)
