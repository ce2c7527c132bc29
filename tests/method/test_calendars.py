"""Tests of calendars: the months of a year from its holidays, and which calendar a plan uses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.errors import BlockedByData
from app.language import use_language
from app.method.assessing import assess
from app.method.calendars import CALENDARS, calendar_of
from app.method.working_time import available_days, available_hours, working_time
from app.model.parameters import CALENDARS as KEYS
from tests.builders import county, policy, profile, small_county, task
from tests.builders import working_time as working_time_row

HOLIDAYS = {
    "2024": "0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007",
    "2025": "0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
    "2026": "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
}
WORKED_WEEKENDS = {
    "2024": "0204 0218 0407 0428 0511 0914 0929 1012",
    "2025": "0126 0208 0427 0928 1011",
    "2026": "0104 0214 0228 0509 0920 1010",
}
"""Month and day, as the State Council's notices of the year have them."""


def dates(year: str, text: str) -> set[date]:
    found = set()
    for part in text.split():
        first, _dash, last = part.partition("-")
        day = date(int(year), int(first[:2]), int(first[2:]))
        end = date(int(year), int((last or first)[:2]), int((last or first)[2:]))
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return found


@pytest.mark.parametrize("year", HOLIDAYS)
def test_months_follow_from_the_holidays_of_the_year(year: str) -> None:
    off, worked = dates(year, HOLIDAYS[year]), dates(year, WORKED_WEEKENDS[year])
    days = [0] * 12
    day = date(int(year), 1, 1)
    while day.year == int(year):
        days[day.month - 1] += (day.weekday() < 5 and day not in off) or day in worked
        day += timedelta(days=1)
    assert CALENDARS[year].days == tuple(days)


def test_working_year_has_248_days_since_2025_and_250_before() -> None:
    assert {key: item.working_days for key, item in CALENDARS.items()} == {
        "2026": 248,
        "2025": 248,
        "2024": 250,
    }
    assert sum(CALENDARS["2025"].days) == sum(CALENDARS["2026"].days) == 248
    assert sum(CALENDARS["2024"].days) == 251


def test_every_calendar_of_the_settings_is_shipped_and_has_its_words() -> None:
    assert tuple(CALENDARS) == KEYS
    assert CALENDARS["2025"].word == "working days of 2025"
    use_language("zh_CN")
    assert CALENDARS["2025"].word == "2025年工作日历"


def test_plan_uses_2026_unless_its_policy_names_another() -> None:
    assert calendar_of(county()) is CALENDARS["2026"]
    assert calendar_of(county(policy("calendar", "2024"))) is CALENDARS["2024"]


def test_own_calendar_takes_the_place_of_the_named_one() -> None:
    days = "20，20，20，20，20，20，20，20，20，20，20，26"
    own = calendar_of(county(policy("calendar", "2025"), policy("calendar.days", days)))
    assert (own.key, own.days[11], own.working_days) == ("own", 26, 246)
    assert sum(own.shares) == pytest.approx(1)


@pytest.mark.parametrize("days", ["20,20", ",".join(["0"] * 12), ",".join(["32"] * 12), "二十"])
def test_calendar_that_is_none_is_refused(days: str) -> None:
    with pytest.raises(BlockedByData, match=r"does not fit calendar\.days"):
        calendar_of(county(policy("calendar.days", days)))


def test_category_without_a_row_has_the_days_of_the_calendar() -> None:
    here = county(policy("calendar", "2024"), working_time_row("事业"))
    assert available_hours(working_time(here, "行政")) == (250 - 25) * 8
    assert available_days(working_time(here, "事业")) == 223


def test_peak_month_is_reckoned_with_the_plans_calendar() -> None:
    even = (profile("全年", shares=(1 / 12,) * 12), task("T1", profile="全年"))
    usual = assess(small_county(*even)).posts["P1"].load
    assert usual.peak_month == 2
    assert usual.peak_saturation == pytest.approx(2000 / 12 / (1784 * 16 / 248))
    days = "10" + ",21" * 11
    own = assess(small_county(*even, policy("calendar.days", days))).posts["P1"].load
    assert own.peak_month == 1
    assert own.capacity_hours == pytest.approx((241 - 25) * 8)
    assert own.peak_saturation == pytest.approx(2000 / 12 / ((241 - 25) * 8 * 10 / 241))
