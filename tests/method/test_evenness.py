"""Evenness of posts and units by hand: the leximax order, the range and the Gini coefficient."""

from __future__ import annotations

import pytest

from app.method.assessing import assess
from app.method.evenness import Evenness, county_evenness
from tests.builders import assignment, post, small_county, staffing, unit, volume


def test_posts_and_units_by_hand() -> None:
    # U1: P1 2,000 h and P2 500 h on 1,784 h each, nobody on P3; U2: Q1 892 h on 1,784 h.
    county = small_county(
        unit("U2"),
        post("Q1", "U2"),
        staffing("Q1", "行政"),
        volume("U2", "T1", 892.0),
        assignment("U2", "T1", "Q1"),
    )
    found = county_evenness(assess(county))
    busy, idle, half = 2000 / 1784, 500 / 1784, 0.5
    assert found.posts.descending == pytest.approx((busy, half, idle))
    assert found.posts.range == pytest.approx(busy - idle)
    # Σ (2i − n − 1) x_i ÷ (n Σ x) with n = 3: −2 × idle + 2 × busy.
    assert found.posts.gini == pytest.approx(2 * (busy - idle) / (3 * (busy + half + idle)))
    assert found.posts_of["U1"].descending == pytest.approx((busy, idle))
    assert found.posts_of["U1"].gini == pytest.approx((busy - idle) / (2 * (busy + idle)))
    assert found.posts_of["U2"] == Evenness(descending=(half,), range=0.0, gini=0.0)
    assert found.units.descending == pytest.approx((1250 / 1784, half))


def test_units_without_posts_are_even() -> None:
    found = county_evenness(assess(small_county(unit("U2"))))
    assert found.posts_of["U2"] == Evenness(descending=(), range=0.0, gini=0.0)
    assert len(found.units.descending) == 1
