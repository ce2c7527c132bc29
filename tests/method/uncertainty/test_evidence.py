"""Evidence by hand: ranges, grades, draws from them, and how often a post is overloaded."""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from app.errors import Cancelled
from app.method.assessing import assess
from app.method.uncertainty.evidence import (
    Range,
    draw_factors,
    grades,
    probability,
    range_of,
    robustness,
)
from app.model.bands import SCHEMES
from app.model.county import County
from app.model.vocabulary import OVERLOADED, Band, Evidence
from tests.builders import (
    assignment,
    category_allowance,
    policy,
    post,
    small_county,
    staffing,
    task,
    unit,
    volume,
)
from tests.method.test_properties import counties

AWT = 1784.0


def one_post(hours_each: float | None, low: float | None, high: float | None) -> County:
    """Return a county whose post P1 carries 1,784 pieces of T1."""
    return small_county(
        task("T1", hours_each=hours_each, hours_low=low, hours_high=high),
        volume(task_code="T1", volume=AWT),
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"hours_each": 4.0, "hours_low": 3.0, "hours_high": 6.0}, Range(3.0, 4.0, 6.0, True)),
        ({"hours_each": 4.0, "hours_high": 6.0}, Range(4.0, 4.0, 6.0, True)),
        ({"hours_each": 4.0, "hours_low": 5.0}, Range(4.0, 4.0, 4.0, True)),
        ({"hours_each": 4.0}, None),
        ({"hours_each": 4.0, "evidence": Evidence.RECORDS}, None),
        ({"hours_each": None, "hours_low": 3.0, "hours_high": 6.0}, None),
        ({"hours_each": 4.0, "evidence": Evidence.ESTIMATE}, Range(2.0, 4.0, 6.0, False)),
        (
            {"hours_each": 4.0, "evidence": Evidence.ESTIMATE, "hours_high": 5.0},
            Range(2.0, 4.0, 5.0, True),
        ),
    ],
)
def test_range_is_what_is_stated_or_the_policys_spread(
    fields: dict[str, Any], expected: Range | None
) -> None:
    assert range_of(task(**fields), {Evidence.ESTIMATE: 0.5}) == expected


def test_hours_by_grade_and_how_many_of_them_have_a_range() -> None:
    county = small_county(
        task("T1", evidence=Evidence.RECORDS, hours_low=0.5, hours_high=2.0),
        task("T2", evidence=Evidence.RECORDS),
        policy("spread.SAMPLE", "0.2"),
    )
    rows = {row.grade: row for row in grades(county, assess(county))}
    assert (rows[Evidence.RECORDS].tasks, rows[Evidence.RECORDS].hours) == (2, 2500.0)
    assert rows[Evidence.RECORDS].ranged_hours == 2000.0
    assert (rows[Evidence.SAMPLE].tasks, rows[Evidence.SAMPLE].hours) == (0, 0.0)
    assert (rows[None].hours, rows[None].ranged_hours) == (100.0, 0.0)


def test_draws_follow_the_triangular_distribution() -> None:
    known = Range(1.0, 2.0, 6.0, True)
    drawn = draw_factors([("T1", known)], draws=20_000)[:, 0] * known.likely
    # Mean (low + likely + high) ÷ 3; below the likely time lies (likely − low) ÷ (high − low).
    assert drawn.mean() == pytest.approx(3.0, abs=0.03)
    assert (drawn < 2.0).mean() == pytest.approx(0.2, abs=0.01)
    assert drawn.min() >= 1.0
    assert drawn.max() <= 6.0


def test_a_task_is_drawn_alike_whatever_other_tasks_there_are() -> None:
    known = Range(1.0, 2.0, 6.0, True)
    alone = draw_factors([("T1", known)], draws=5)
    among = draw_factors([("T0", known), ("T1", known)], draws=5)
    assert alone[:, 0].tolist() == among[:, 1].tolist()
    assert among[:, 0].tolist() != among[:, 1].tolist()
    assert draw_factors([("T1", known)], draws=5, seed=2)[:, 0].tolist() != alone[:, 0].tolist()


def test_probability_of_overload_by_hand() -> None:
    # 1,784 pieces of 0.5, 1 or 2 h on 1,784 h: overloaded above 1 h, severely above 1.2 h.
    # Triangular: P(> 1) = (2 − 1) ÷ (2 − 0.5); P(> 1.2) = (2 − 1.2)² ÷ ((2 − 0.5) × (2 − 1)).
    county = one_post(1.0, 0.5, 2.0)
    risk = robustness(county, assess(county), draws=20_000).posts["P1"]
    assert risk.saturation == pytest.approx(1.0)
    assert risk.band is Band.FULL
    assert risk.overload_probability == pytest.approx(1.0 / 1.5, abs=0.01)
    assert risk.severe_probability == pytest.approx(0.64 / 1.5, abs=0.01)
    # The median m has (2 − m)² ÷ 1.5 = 0.5.
    assert risk.middle == pytest.approx(2 - 0.75**0.5, abs=0.01)
    assert risk.required == pytest.approx(1.0)
    assert risk.required_high == pytest.approx(2 - (0.05 * 1.5) ** 0.5, abs=0.02)


def test_draws_stop_wherever_they_are_asked_to() -> None:
    county = one_post(1.0, 0.5, 2.0)
    figures = assess(county)
    asked = count()
    robustness(county, figures, draws=2_500, should_stop=lambda: next(asked) < 0)
    questions = next(asked)
    assert questions > 5
    for at in range(questions):
        asked = count()
        with pytest.raises(Cancelled):
            robustness(county, figures, draws=2_500, should_stop=lambda: next(asked) == at)  # noqa: B023


def test_what_has_no_range_does_not_vary() -> None:
    county = one_post(1.0, None, None)
    risk = robustness(county, assess(county), draws=50).posts["P1"]
    assert (risk.low, risk.middle, risk.high) == (1.0, 1.0, 1.0)
    assert (risk.overload_probability, risk.severe_probability) == (0.0, 0.0)


def test_missing_unit_times_stay_missing_and_are_named() -> None:
    county = one_post(None, 0.5, 2.0)
    found = robustness(county, assess(county), draws=50)
    assert found.posts["P1"].missing_tasks == ("T1",)
    assert found.posts["P2"].missing_tasks == ()
    assert found.units["U1"].missing_tasks == ("T1",)
    assert found.county.missing_tasks == ("T1",)
    assert found.posts["P1"].high == 0.0


def test_work_without_people_is_overloaded_in_every_draw() -> None:
    county = small_county(assignment(task_code="T1", post_code="P3"))
    risk = robustness(county, assess(county), draws=50).posts["P3"]
    assert (risk.band, risk.overload_probability) == (Band.NO_CAPACITY, 1.0)
    assert risk.severe_probability is risk.middle is None


def test_a_post_without_work_and_people_has_no_probability() -> None:
    county = small_county()
    risk = robustness(county, assess(county), draws=50).posts["P3"]
    assert (risk.band, risk.overload_probability) == (Band.NO_DATA, None)


def test_a_draw_holds_in_every_unit_and_for_a_units_own_time() -> None:
    county = small_county(
        task("T1", hours_low=0.5, hours_high=2.0),
        unit("U2"),
        post("Q1", "U2"),
        staffing("Q1", "行政"),
        volume("U2", "T1", 500.0, hours_each=4.0),
        assignment("U2", "T1", "Q1"),
        category_allowance(value=0.2),
    )
    found = robustness(county, assess(county), draws=50)
    one, other = found.posts["P1"], found.posts["Q1"]
    assert (one.low, one.high) == pytest.approx((other.low, other.high))
    assert found.units["U1"].required_high + found.units["U2"].required_high == pytest.approx(
        found.county.required_high
    )


@pytest.mark.parametrize(
    ("scheme", "bands", "expected"),
    [
        ("default", OVERLOADED, 3 / 6),
        ("default", (Band.SEVERE,), 1 / 6),
        ("wisn", OVERLOADED, 3 / 6),
        ("wisn", (Band.SEVERE,), None),
        ("50-70-90", OVERLOADED, 5 / 6),
        ("pej", (Band.UNDER,), 1.0),
    ],
)
def test_probability_counts_classes_of_the_scheme(
    scheme: str, bands: tuple[Band, ...], expected: float | None
) -> None:
    saturations = np.array([0.9, 1.0 + 1e-12, 0.95, 1.01, 1.2, 1.21])
    assert probability(saturations, SCHEMES[scheme], bands) == pytest.approx(expected)


@given(counties)
@settings(max_examples=25)
def test_without_ranges_every_draw_is_today(here: County) -> None:
    figures = assess(here)
    found = robustness(here, figures, draws=3)
    loads = [(found.county, figures.county.load)]
    loads += [(found.units[code], unit.load) for code, unit in figures.units.items()]
    loads += [(found.posts[code], row.load) for code, row in figures.posts.items()]
    for risk, load in loads:
        assert risk.required_low == risk.required_high == pytest.approx(load.required)
        if load.saturation is None:
            assert risk.overload_probability == (1.0 if load.band in OVERLOADED else None)
            continue
        assert risk.low == risk.high == pytest.approx(load.saturation)
        assert risk.overload_probability == float(load.band in OVERLOADED)
        assert risk.severe_probability == float(load.band is Band.SEVERE)
