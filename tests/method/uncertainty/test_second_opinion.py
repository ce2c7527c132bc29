"""The second opinion by hand: ratios beside the workload, and units of a kind far apart."""

from __future__ import annotations

from typing import Any

import pytest

from app.method.assessing import assess
from app.method.uncertainty.second_opinion import Indicator, contrasts, opinions, units_differ
from app.model.county import County
from app.model.vocabulary import UnitKind
from tests.builders import assignment, policy, post, small_county, staffing, unit, volume


def two_towns(*more: Any, **fields: Any) -> County:
    """Return U1 (2 people, 3 posts, 26,000 residents) and U2 (1 person, 1 post, 10,000)."""
    return small_county(
        unit("U1", population=26_000.0, villages=10.0),
        unit("U2", **{"population": 10_000.0, "kind": UnitKind.TOWN} | fields),
        post("Q1", "U2"),
        staffing("Q1", "行政"),
        volume("U2", "T1", 892.0),
        assignment("U2", "T1", "Q1"),
        *more,
    )


def test_amounts_per_person_post_and_required_person() -> None:
    county = two_towns()
    rows = {(row.unit_code, row.indicator): row for row in opinions(county, assess(county))}
    row = rows["U1", Indicator.POPULATION]
    assert row.per_person == pytest.approx(13_000.0)
    assert row.per_post == pytest.approx(26_000.0 / 3)
    assert row.per_required == pytest.approx(26_000.0 / (2500.0 / 1784.0))
    assert rows["U2", Indicator.POPULATION].saturation == pytest.approx(0.5)


def test_what_is_missing_stays_missing() -> None:
    county = two_towns(staffing("Q1", "行政", 0.0))
    rows = {(row.unit_code, row.indicator): row for row in opinions(county, assess(county))}
    assert rows["U1", Indicator.AREA].amount is None
    assert rows["U1", Indicator.AREA].per_person is None
    assert rows["U2", Indicator.POPULATION].per_person is None
    assert rows["U2", Indicator.POPULATION].per_post == 10_000.0
    assert contrasts(county, assess(county)) == ()


@pytest.mark.parametrize(("population", "is_far"), [(10_000.0, False), (9_999.0, True)])
def test_just_thirty_per_cent_is_not_yet_worth_a_word(population: float, is_far: bool) -> None:
    county = two_towns(population=population)
    found = contrasts(county, assess(county))
    assert [(item.most.unit_code, item.least.unit_code) for item in found] == [
        ("U1", "U2")
    ] * is_far


def test_the_threshold_is_policy_and_kinds_are_kept_apart() -> None:
    lower = two_towns(policy("opinion_threshold", "0.2"))
    (found,) = contrasts(lower, assess(lower))
    assert found.difference == pytest.approx(0.3)
    street = two_towns(policy("opinion_threshold", "0.2"), kind=UnitKind.STREET)
    assert contrasts(street, assess(street)) == ()


@pytest.mark.parametrize(
    ("pieces", "words"),
    [(892.0, "the workload agrees (70% and 50%)"), (1784.0, "otherwise (70% and 100%)")],
)
def test_units_differ(pieces: float, words: str) -> None:
    county = two_towns(volume("U2", "T1", pieces), population=8_000.0)
    (finding,) = units_differ(county, assess(county))
    assert finding.message.startswith(
        "U1镇 has 13,000.00 (residents) per person on duty, U2镇 only 8,000.00, 62% apart"
    )
    assert words in finding.message
    assert finding.place is not None
    assert finding.place.key in county.rows(finding.place.table)
