"""Policies one after the other, and the unit times that are to be measured next."""

from __future__ import annotations

import pytest

from app.errors import Cancelled
from app.judging import Judging
from app.method.assessing import assess
from app.method.burden.bundling import bundle
from app.method.burden.reliefs import relief_effect
from app.method.burden.shipped_reliefs import Relief
from app.model.vocabulary import Burden, Evidence, Form
from tests.builders import policy, small_county, task, volume
from tests.method.burden.test_reliefs import HALVED, inspected

FORMALISM = Relief("formalism", "减", "cut", 0.5, burdens=(Burden.FORMALISTIC,))


def test_a_later_policy_meets_only_what_earlier_ones_left() -> None:
    county = inspected()
    figures = assess(county)
    found = bundle(county, figures, [HALVED, FORMALISM])
    # 2,000 h are halved twice; 100 h, formal but necessary, only by the first.
    assert [cut.hours for cut in found.cuts] == [pytest.approx(1050.0), pytest.approx(500.0)]
    assert found.substitute.hours == pytest.approx(40.0)
    after = assess(county.with_changes(found.changes))
    assert found.county.demand_after == pytest.approx(after.county.demand_hours)
    assert found.county.demand_before - found.county.demand_after == pytest.approx(1550.0 - 40.0)


def test_one_policy_alone_is_its_own_bundle_and_none_changes_nothing() -> None:
    county = inspected()
    figures = assess(county)
    one = relief_effect(county, figures, HALVED)
    assert bundle(county, figures, [HALVED]).county == one.county
    assert bundle(county, figures, []).changes == ()


def test_a_bundle_can_be_stopped() -> None:
    county = inspected()
    with pytest.raises(Cancelled):
        bundle(county, assess(county), [HALVED], should_stop=lambda: True)


def test_what_is_known_least_and_weighs_most_is_measured_first() -> None:
    county = small_county(
        task("T1", evidence=Evidence.RECORDS),
        task("T2", evidence=Evidence.ESTIMATE, hours_low=0.5, hours_high=1.5),
        task("T3", hours_each=None, evidence=Evidence.ESTIMATE),
    )
    judging = Judging(county, assess(county))
    rows = judging.measurements(judging.robustness(draws=50))
    # T3 has a volume and no time; T2 500 h × (1.5 − 0.5) ÷ 1; T1 comes from records.
    assert [row.task_code for row in rows] == ["T3", "T2"]
    assert (rows[0].units_without_time, rows[0].uncertain_hours) == (1, None)
    assert rows[1].uncertain_hours == pytest.approx(500.0) and rows[1].is_range


def test_without_a_range_the_probe_stands_in_and_is_named_as_such() -> None:
    county = small_county(task("T1"), policy("probe", "0.2"))
    judging = Judging(county, assess(county))
    first = judging.measurements(judging.robustness(draws=50))[0]
    assert first.task_code == "T1" and not first.is_range
    assert first.uncertain_hours == pytest.approx(2000.0 * 0.4)


def test_a_post_is_in_doubt_where_its_band_rests_on_the_draw() -> None:
    county = small_county(
        task("T1", evidence=Evidence.SAMPLE, hours_low=0.5, hours_high=1.3, form=Form.OTHER),
        volume(task_code="T1", volume=1900.0),
    )
    judging = Judging(county, assess(county))
    found = judging.robustness(draws=400)
    chance = found.posts["P1"].overload_probability
    assert chance is not None and 0.05 < chance < 0.95
    rows = {row.task_code: row for row in judging.measurements(found)}
    assert (rows["T1"].posts_in_doubt, rows["T2"].posts_in_doubt) == (1, 0)
