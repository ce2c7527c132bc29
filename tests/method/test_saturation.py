"""Tests of saturation: bands of every scheme, months, evenness (method §3)."""

from __future__ import annotations

import pytest

from app.errors import BlockedByData
from app.language import use_language
from app.method.assessing import assess
from app.method.calendars import CALENDARS
from app.method.evenness import evenness
from app.method.saturation import band, saturation
from app.method.season import monthly_shares, peak
from app.model.bands import SCHEMES, scheme_named
from app.model.parameters import BAND_SCHEMES
from app.model.vocabulary import Band
from tests.builders import county, policy, profile, small_county

YEAR = CALENDARS["2026"]


def band_at(ratio: float, scheme: str = "default") -> Band:
    return band(workload_hours=ratio * 1784, capacity_hours=1784, scheme=SCHEMES[scheme])


def test_saturation_is_workload_over_capacity() -> None:
    assert saturation(workload_hours=892, capacity_hours=1784) == 0.5
    assert saturation(workload_hours=0, capacity_hours=1784) == 0
    assert saturation(workload_hours=892, capacity_hours=0) is None


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (0.0, Band.UNDER),
        (0.7999, Band.UNDER),
        (0.8, Band.FULL),
        (1.0, Band.FULL),
        (1.0001, Band.OVER),
        (1.2, Band.OVER),
        (1.2001, Band.SEVERE),
        (9.0, Band.SEVERE),
    ],
)
def test_default_bands_include_their_upper_limits(ratio: float, expected: Band) -> None:
    assert band_at(ratio) is expected


def test_limit_is_met_however_it_was_added_up() -> None:
    added_up = 0.1 + 0.2 + 0.9
    assert added_up > 1.2
    assert SCHEMES["default"].class_of(added_up).band is Band.OVER
    assert band_at(0.8 - 1e-12) is Band.FULL


def test_no_capacity_is_neither_endless_nor_nothing() -> None:
    scheme = SCHEMES["default"]
    assert band(workload_hours=5, capacity_hours=0, scheme=scheme) is Band.NO_CAPACITY
    assert band(workload_hours=0, capacity_hours=0, scheme=scheme) is Band.NO_DATA


@pytest.mark.parametrize(
    ("scheme", "ratio", "label", "expected"),
    [
        ("wisn", 0.99, "surplus (ratio above 1)", Band.UNDER),
        ("wisn", 1.0, "balance (ratio 1)", Band.FULL),
        ("wisn", 3.0, "shortage (ratio below 1)", Band.OVER),
        ("50-70-90", 0.49, "under-loaded", Band.UNDER),
        ("50-70-90", 0.7, "nearly fully loaded", Band.FULL),
        ("50-70-90", 0.9, "fully loaded", Band.FULL),
        ("50-70-90", 0.91, "overloaded", Band.OVER),
        ("pej", 0.49, "E", Band.UNDER),
        ("pej", 0.5, "D", Band.UNDER),
        ("pej", 0.7, "D", Band.UNDER),
        ("pej", 0.9, "C", Band.FULL),
        ("pej", 1.0, "B", Band.FULL),
        ("pej", 1.01, "A", Band.OVER),
    ],
)
def test_classes_of_the_other_schemes(
    scheme: str, ratio: float, label: str, expected: Band
) -> None:
    assert SCHEMES[scheme].class_of(ratio).word == label
    assert band_at(ratio, scheme) is expected


def test_every_scheme_of_the_settings_is_shipped_with_rising_limits() -> None:
    assert tuple(SCHEMES) == BAND_SCHEMES
    for scheme in SCHEMES.values():
        limits = [(item.upper, not item.is_below) for item in scheme.classes]
        assert limits == sorted(limits)
        assert limits[-1][0] == float("inf")


def test_own_limits_are_a_named_scheme_that_its_key_gives_back() -> None:
    own = assess(small_county(policy("band_scheme", "pej"), policy("bands", "70%，95%，1.125")))
    assert own.band_scheme == "0.7,0.95,1.125"
    scheme = scheme_named(own.band_scheme)
    assert scheme.word == "own bands (70/95/112.5)"
    assert [item.upper for item in scheme.classes] == [0.7, 0.95, 1.125, float("inf")]
    assert scheme.class_of(0.7).band is Band.FULL
    assert own.posts["P1"].load.saturation == pytest.approx(2000 / 1784)
    assert own.posts["P1"].load.band is Band.OVER
    assert assess(small_county()).posts["P2"].load.band is Band.UNDER
    use_language("zh_CN")
    assert scheme.word == "自定分档（70／95／112.5）"


@pytest.mark.parametrize("limits", ["0.8,1", "1,0.8,1.2", "0.8,0.8,1.2", "0.8,1,1.2,1.5", "高"])
def test_own_limits_are_three_and_rise(limits: str) -> None:
    with pytest.raises(BlockedByData, match="does not fit bands"):
        assess(small_county(policy("bands", limits)))


def test_figures_name_the_scheme_they_were_classed_with() -> None:
    for key, scheme in SCHEMES.items():
        figures = assess(small_county(policy("band_scheme", key)))
        assert scheme_named(figures.band_scheme) is scheme


def test_schemes_speak_both_languages() -> None:
    assert SCHEMES["default"].class_of(1.1).word == "overloaded"
    use_language("zh_CN")
    assert SCHEMES["default"].class_of(1.1).word == "超饱和"
    assert SCHEMES["wisn"].word == "WISN 比率"


def test_shares_of_a_season_are_made_to_sum_to_1() -> None:
    here = county(profile("汛期", shares=(0.0,) * 6 + (2.0, 1.0, 1.0) + (0.0,) * 3))
    assert monthly_shares(here, "汛期", calendar=YEAR)[6:9] == (0.5, 0.25, 0.25)


@pytest.mark.parametrize("name", ["", "无此季节", "空"])
def test_without_a_season_work_is_flat_over_working_days(name: str) -> None:
    here = county(profile("空", shares=(0.0,) * 12))
    assert monthly_shares(here, name, calendar=YEAR) == YEAR.shares


def test_flat_work_peaks_at_its_yearly_saturation_in_the_first_month() -> None:
    month, ratio = peak([share * 1500 for share in YEAR.shares], capacity_hours=1784, calendar=YEAR)
    assert (month, ratio) == (1, pytest.approx(1500 / 1784))


def test_peak_is_the_month_with_most_work_for_its_days() -> None:
    even = [1200 / 12] * 12
    month, ratio = peak(even, capacity_hours=1784, calendar=YEAR)
    assert (month, ratio) == (2, pytest.approx(100 / (1784 * 16 / 248)))


def test_no_peak_without_capacity() -> None:
    assert peak([1.0] * 12, capacity_hours=0, calendar=YEAR) == (None, None)


def test_evenness_gives_range_and_gini() -> None:
    spread = evenness([0.5, 1.5, 1.0])
    assert spread.descending == (1.5, 1.0, 0.5)
    assert spread.range == 1
    assert spread.gini == pytest.approx(2 * (1.5 - 0.5) / (3 * 3))
    assert evenness([1.0, 1.0]).gini == 0
    assert evenness([0.0, 0.0, 1.0]).gini == pytest.approx(2 / 3)
    assert evenness([]).gini == evenness([0.0]).gini == 0


def test_leximax_compares_the_highest_first_then_the_next() -> None:
    assert evenness([1.1, 1.1, 0.2]).descending < evenness([1.2, 0.7, 0.7]).descending
    assert evenness([1.2, 0.7, 0.9]).descending < evenness([0.4, 1.2, 1.0]).descending
    assert evenness([1.0, 0.5]).descending == evenness([0.5, 1.0]).descending
