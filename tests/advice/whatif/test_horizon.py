"""The years of a county: what is stated, how it is dealt out, that all adds up, and why."""

from __future__ import annotations

import numpy as np
import pytest

from app.advice.whatif.horizon import Horizon, horizon
from app.advice.whatif.horizon_problem import dealt_out, outlook
from app.errors import BlockedByData, Cancelled, UserError
from app.method.assessing import assess
from app.model.county import County, Record
from tests.builders import (
    assignment,
    county,
    duty,
    establishment,
    policy,
    post,
    staffing,
    task,
    unit,
    volume,
)


def two_towns(*more: Record) -> County:
    """Return U1 with 4 people for the work of 4 and U2 with 2 for that of 2; no vacancies."""
    return county(
        unit("U1"),
        unit("U2"),
        establishment("U1", authorised=4.0, in_post=4.0),
        establishment("U2", authorised=2.0, in_post=2.0),
        post("P1"),
        post("P2", unit_code="U2"),
        staffing("P1", on_duty=4.0),
        staffing("P2", on_duty=2.0),
        duty(),
        task(),
        volume("U1", volume=4 * 1784.0),
        volume("U2", volume=2 * 1784.0),
        assignment("U1"),
        assignment("U2", post_code="P2"),
        *more,
    )


def ahead(*more: Record, years: int = 3) -> Horizon:
    place = two_towns(*more)
    return horizon(place, assess(place), years=years)


def test_nothing_stated_nothing_changes_and_the_assumptions_say_so() -> None:
    found = ahead()
    assert found.is_verified
    assert all(row.end == row.start for row in found.rows)
    assert sum(row.shortage for row in found.rows) == pytest.approx(0.0, abs=1e-6)
    assert any("nobody retires" in sentence for sentence in found.assumptions)


def test_retirements_open_vacancies_that_the_quota_limits() -> None:
    found = ahead(policy("retire.行政", "2,1,0"), policy("recruit.行政", "1"))
    by_year = [row for row in found.totals if not row.category]
    assert [row.retired for row in by_year] == [2.0, 1.0, 0.0]
    assert [row.recruited for row in by_year] == [1.0, 1.0, 1.0]
    assert [row.shortage for row in by_year] == pytest.approx([1.0, 1.0, 0.0], abs=1e-5)
    reasons = [row.because for row in found.rows if row.because]
    assert reasons and all("quota" in reason for reason in reasons)


def test_every_total_is_the_sum_of_its_rows_and_people_add_up() -> None:
    found = ahead(policy("retire.行政", "1"), policy("years.growth", "10%"), years=5)
    for total in found.totals:
        ours = [
            row
            for row in found.rows
            if row.year == total.year and total.category in ("", row.category)
        ]
        for name in ("start", "retired", "recruited", "end", "required", "shortage"):
            assert getattr(total, name) == pytest.approx(sum(getattr(row, name) for row in ours))
    for row in found.rows:
        moved = row.moved_in - row.moved_out
        assert row.end == pytest.approx(row.start - row.retired + row.recruited + moved)
        assert row.shortage == pytest.approx(max(0.0, row.required - row.effective), abs=1e-6)
    first = next(row for row in found.totals if row.year == 1)
    assert first.required == pytest.approx(6.0 * 1.1)


def test_the_required_people_are_those_of_the_figures() -> None:
    place = two_towns(staffing("P1", "编外", 1.0))
    figures = assess(place)
    problem = outlook(place, figures, 1).problem
    required = problem.required.sum(axis=(0, 2))
    assert required.tolist() == pytest.approx(
        [unit.load.required for unit in figures.units.values()]
    )


def test_a_unit_states_its_own_retirements_and_the_rest_falls_on_the_others() -> None:
    found = ahead(policy("retire.行政", "2"), policy("retire.U2/行政", "1,0"), years=2)
    retired = {(row.year, row.unit_code): row.retired for row in found.rows}
    assert retired[1, "U2"] == 1.0
    assert retired[1, "U1"] == 1.0
    assert (retired[2, "U1"], retired[2, "U2"]) == (2.0, 0.0)


def test_shares_are_whole_and_in_proportion() -> None:
    weights = np.array([40.0, 20.0, 10.0])
    assert dealt_out(7.0, weights, np.zeros(3)).tolist() == [4.0, 2.0, 1.0]
    assert dealt_out(1.5, weights, np.zeros(3)).sum() == pytest.approx(1.5)
    assert dealt_out(70.0, weights, np.zeros(3)).tolist() == weights.tolist()


@pytest.mark.parametrize("key", ["retire.皇帝", "recruit.U9/行政"])
def test_a_key_about_nobody_is_refused(key: str) -> None:
    place = two_towns(policy(key, "1"))
    with pytest.raises(BlockedByData, match=key):
        horizon(place, assess(place))


def test_years_out_of_bounds_and_a_county_without_posts_are_refused() -> None:
    with pytest.raises(UserError):
        ahead(years=6)
    empty = county(unit())
    with pytest.raises(BlockedByData):
        horizon(empty, assess(empty))


def test_it_ends_when_told() -> None:
    place = two_towns(policy("retire.行政", "1"))
    try:
        found = horizon(place, assess(place), should_stop=lambda: True)
    except Cancelled:
        return
    assert found.is_verified
