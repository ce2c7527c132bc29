"""Colleagues of one kind share work evenly, as one measure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.advice.planning import make_plan
from app.method.assessing import assess
from app.model.county import County
from app.model.plan import Plan
from app.model.vocabulary import Verdict
from tests.builders import assignment, county, duty, post, staffing, task, unit, volume


def office(*more: object, title: str = "办事员") -> County:
    """Return ten posts of one: the first carries twenty tasks of 400 h, the others nothing."""
    rows: list[object] = [unit(), duty()]
    for number in range(10):
        rows.append(post(f"P{number}", title=f"{title}{number}"))
        rows.append(staffing(f"P{number}"))
    for number in range(20):
        code = f"T{number:02}"
        rows += [task(code), volume(task_code=code, volume=400.0)]
        rows.append(assignment(task_code=code, post_code="P0"))
    return county(*rows, *more)  # type: ignore[arg-type]


def plan_of(place: County, **options: object) -> Plan:
    return make_plan(place, assess(place), **options)  # type: ignore[arg-type]


def test_nine_idle_colleagues_beside_a_full_one_end_as_full_as_it_by_one_measure() -> None:
    plan = plan_of(office())
    (measure,) = plan.measures
    assert measure.post_code == "P0"
    assert len(measure.to_post_codes) == 9
    # 8,000 h ÷ 10 people of 1,784 h.
    for row in plan.posts:
        assert row.saturation_after == pytest.approx(8000 / 17840, abs=1 / 1784)
    assert plan.is_verified


def test_a_pinned_colleague_and_one_of_another_title_take_nothing() -> None:
    plan = plan_of(office(post("P8", title="办事员8", is_pinned=True), post("P9", title="会计")))
    after = {row.post_code: row.saturation_after for row in plan.posts}
    assert after["P8"] == after["P9"] == 0.0
    assert after["P1"] == pytest.approx(8000 / (8 * 1784), abs=1 / 1784)


def test_what_comes_from_elsewhere_goes_evenly_to_equals() -> None:
    place = office(post("P0", title="主任"))
    (measure,) = plan_of(place).measures
    after = {row.post_code: row.saturation_after for row in plan_of(place).posts}
    assert len(measure.to_post_codes) == 9
    others = [after[f"P{number}"] for number in range(1, 10)]
    assert max(filter(None, others)) - min(filter(None, others)) < 2 / 1784


def test_what_is_shared_is_kept_once_accepted_and_gone_once_rejected() -> None:
    place = office()
    (measure,) = plan_of(place).measures
    kept = plan_of(place, decided=((measure, Verdict.ACCEPTED),), previous=(measure,))
    assert kept.measures[0].parts == measure.parts
    assert replace(kept.measures[0], rank=1).identity == measure.identity
    gone = plan_of(place, decided=((measure, Verdict.REJECTED),), previous=(measure,))
    ways = {(m.task_of(p), p.to_post_code) for m in gone.measures for p in m.parts}
    assert not ways & {(measure.task_of(p), p.to_post_code) for p in measure.parts}
