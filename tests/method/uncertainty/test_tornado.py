"""The tornado by hand: what each input does to a saturation when it goes to its two ends."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings

from app.errors import Cancelled
from app.method.assessing import assess
from app.method.uncertainty.tornado import InputKind, Swing, Tornado, tornado
from app.model.county import Change, County
from tests.builders import category_allowance, policy, small_county, task
from tests.method.test_properties import UNITS, counties

AWT = 1784.0


def ranged() -> County:
    """Return P1 with 2,000 h (0.5–1–2 h a piece) on 1,784 h and P2 with 500 h, CAF 1.25."""
    return small_county(task("T1", hours_low=0.5, hours_high=2.0), category_allowance(value=0.2))


def of(found: Tornado, kind: InputKind, code: str) -> Swing:
    (swing,) = [item for item in found.swings if (item.kind, item.code) == (kind, code)]
    return swing


def test_unit_time_goes_to_the_ends_of_its_range() -> None:
    county = ranged()
    swing = of(tornado(county, assess(county), post_code="P1"), InputKind.UNIT_TIME, "T1")
    assert (swing.today, swing.low, swing.high, swing.is_range) == (1.0, 0.5, 2.0, True)
    assert swing.saturation_low == pytest.approx(1000 * 1.25 / AWT)
    assert swing.saturation_high == pytest.approx(4000 * 1.25 / AWT)
    assert swing.swing == pytest.approx(3000 * 1.25 / AWT)
    assert swing.changes_band


def test_volume_and_ability_move_by_the_probe() -> None:
    county = ranged().with_changes([Change(None, policy("probe", "0.2"))])
    found = tornado(county, assess(county), unit_code="U1", number=99)
    volume = of(found, InputKind.VOLUME, "T2")
    assert (volume.today, volume.low, volume.high) == (500.0, 400.0, 600.0)
    assert volume.saturation_high == pytest.approx(2600 * 1.25 / (2 * AWT))
    ability = of(found, InputKind.ABILITY, "P2")
    assert (ability.low, ability.high, ability.is_range) == (0.8, 1.2, False)
    assert ability.saturation_low == pytest.approx(2500 * 1.25 / (1.8 * AWT))
    assert not volume.changes_band


def test_working_time_moves_capacity_and_the_shares_reckoned_with_it() -> None:
    county = small_county()
    swing = of(tornado(county, assess(county), post_code="P1"), InputKind.WORKING_TIME, "行政")
    assert (swing.low, swing.high) == pytest.approx((0.9 * AWT, 1.1 * AWT))
    assert swing.saturation_low == pytest.approx(2000 / (0.9 * AWT))
    assert swing.saturation_high == pytest.approx(2000 / (1.1 * AWT))


def test_widest_swing_comes_first_and_the_rest_is_cut_off() -> None:
    county = ranged()
    found = tornado(county, assess(county), number=3)
    assert len(found.swings) == 3
    assert [item.swing for item in found.swings] == sorted(
        (item.swing for item in found.swings), reverse=True
    )
    assert (found.swings[0].kind, found.swings[0].code) == (InputKind.UNIT_TIME, "T1")


def test_it_stops_between_inputs() -> None:
    county = ranged()
    asked = count()
    with pytest.raises(Cancelled):
        tornado(county, assess(county), should_stop=lambda: next(asked) == 3)
    assert next(asked) == 4


def test_without_capacity_there_is_nothing_to_vary() -> None:
    county = small_county()
    assert tornado(county, assess(county), post_code="P3").swings == ()


@given(counties)
@settings(max_examples=20)
def test_every_end_is_what_assessing_the_changed_county_gives(here: County) -> None:
    figures = assess(here)
    for unit_code in UNITS:
        for swing in tornado(here, figures, unit_code=unit_code, number=99).swings:
            if swing.kind is InputKind.VOLUME:
                changes = [
                    Change(row, replace(row, volume=row.volume * 1.1))
                    for row in here.volumes.values()
                    if row.task_code == swing.code
                ]
            elif swing.kind is InputKind.ABILITY:
                row = here.posts[(swing.code,)]
                changes = [Change(row, replace(row, ability=row.ability * 1.1))]
            else:
                continue
            after = assess(here.with_changes(changes)).units[unit_code].load
            assert after.saturation == pytest.approx(swing.saturation_high)
