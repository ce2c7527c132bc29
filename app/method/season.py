"""Season: how the hours of a year fall on its months."""

from __future__ import annotations

from collections.abc import Sequence

from app.method.calendars import Calendar
from app.model.county import County

_TIE = 1e-9


def monthly_shares(county: County, profile_name: str, *, calendar: Calendar) -> tuple[float, ...]:
    """Return the twelve shares of a seasonal profile, made to sum to 1.

    Blank, unknown and all-zero profiles are flat over the calendar's working days.
    Source: method §3.
    """
    profile = county.profiles.get((profile_name,))
    total = sum(profile.shares) if profile is not None else 0.0
    if profile is None or total <= 0:
        return calendar.shares
    return tuple(share / total for share in profile.shares)


def peak(
    monthly_hours: Sequence[float], *, capacity_hours: float, calendar: Calendar
) -> tuple[int | None, float | None]:
    """Return the month (1–12) of the highest saturation, and that saturation.

    saturation(month) = monthly workload ÷ (capacity × working days of the month ÷ working days of
    the year); among equal months the first. Both None without capacity. Source: method §3.
    """
    if capacity_hours <= 0:
        return None, None
    ratios = [
        hours / (capacity_hours * share)
        for hours, share in zip(monthly_hours, calendar.shares, strict=True)
    ]
    highest = max(ratios)
    month = next(i for i, ratio in enumerate(ratios, 1) if ratio >= highest * (1 - _TIE))
    return month, highest
