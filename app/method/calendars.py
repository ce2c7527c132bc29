"""Calendars: the working days of every month, by year as the State Council arranged them."""

from __future__ import annotations

from dataclasses import dataclass

from app.language import word
from app.method.policy import policy_of
from app.model.county import County


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of twelve months, January first, and of the year as it is reckoned with.

    The year may differ from the sum of its months: 250 days are the statutory year to 2024
    (365 − 104 − 11), whatever the weekdays its holidays fell on.
    """

    key: str
    chinese: str
    english: str
    days: tuple[float, ...]
    working_days: float

    @property
    def shares(self) -> tuple[float, ...]:
        """Return the months' shares of the working days: how work goes that goes on every day."""
        total = sum(self.days)
        return tuple(days / total for days in self.days)

    @property
    def word(self) -> str:
        """Return the name of the calendar in the current language."""
        return word(self)


def _year(key: str, days: tuple[float, ...], working_days: float) -> Calendar:
    return Calendar(key, f"{key}年工作日历", f"working days of {key}", days, working_days)


CALENDARS: dict[str, Calendar] = {
    calendar.key: calendar
    for calendar in (
        _year("2026", (21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23), 248),
        _year("2025", (19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23), 248),
        _year("2024", (22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22), 250),
    )
}
"""The shipped calendars by the key of setting `calendar`.

Sources: the State Council's notices on the holidays of these years; 人社部发〔2025〕2号 and
〔2008〕3号 for the year. 2024 had 251 working days, because its leap day was one.
"""


def calendar_of(county: County) -> Calendar:
    """Return the calendar a county plans with: its own where it states one, else the named one.

    Raises:
        UnreadablePolicy: a policy value does not fit its key.
    """
    policy = policy_of(county)
    if policy.calendar_days is None:
        return CALENDARS[policy.calendar]
    days = policy.calendar_days
    return Calendar("own", "自定工作日历", "own calendar", days, sum(days))
