"""The circuit breaker by hand: what counts, in pieces and in hours, and what is above."""

from __future__ import annotations

import pytest

from app.method.assessing import assess
from app.method.burden.limits import excesses, limit_exceeded
from app.model.county import County
from app.model.vocabulary import Burden, Form
from tests.builders import policy, small_county, task, volume


def inspected(*limits: tuple[str, str]) -> County:
    """Return 30 + 12 inspections of 10 and 5 hours, and 900 that are the township's own work."""
    return small_county(
        task("T1", burden=Burden.FORMALISTIC, form=Form.INSPECTION, hours_each=10.0),
        task("T2", burden=Burden.NECESSARY_FORMAL, form=Form.INSPECTION, hours_each=5.0),
        task("T3", form=Form.INSPECTION),
        volume(task_code="T1", volume=12.0),
        volume(task_code="T2", volume=30.0),
        volume(task_code="T3", volume=900.0),
        *(policy(name, value) for name, value in limits),
    )


def test_without_a_limit_nothing_exceeds_it() -> None:
    county = inspected()
    assert excesses(county, assess(county)) == ()


def test_pieces_above_the_limit_by_hand() -> None:
    county = inspected(("limit.INSPECTION", "40"))
    (found,) = excesses(county, assess(county))
    assert (found.unit_code, found.form, found.key) == ("U1", Form.INSPECTION, "limit.INSPECTION")
    assert (found.limit, found.found, found.excess) == (40.0, 42.0, 2.0)
    assert [order.task.task_code for order in found.orders] == ["T2", "T1"]
    assert found.effort.hours == pytest.approx(12 * 10 + 30 * 5)


def test_hours_above_the_limit_by_hand() -> None:
    county = inspected(("limit_hours.检查", "200"), ("limit.检查", "100"))
    (found,) = excesses(county, assess(county))
    assert (found.key, found.found, found.excess) == ("limit_hours.INSPECTION", 270.0, 70.0)
    assert [order.task.task_code for order in found.orders] == ["T2", "T1"]


def test_a_limit_that_is_just_met_is_kept() -> None:
    county = inspected(("limit.INSPECTION", "42"), ("limit_hours.INSPECTION", "270"))
    assert excesses(county, assess(county)) == ()


def test_limit_exceeded() -> None:
    county = inspected(("limit.INSPECTION", "40"), ("limit_hours.INSPECTION", "200"))
    pieces, hours = limit_exceeded(county, assess(county))
    assert pieces.message == (
        "U1镇: 42 pieces of inspection a year, 2 above the limit of 40; most are “T2任务”."
    )
    assert hours.message == (
        "U1镇: 270 h a year for inspection, 70 h above the limit of 200 h; most for “T2任务”."
    )
    assert pieces.place is not None
    assert pieces.place.key in county.rows(pieces.place.table)
