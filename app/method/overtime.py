"""Overtime: work above capacity as people feel it, in hours per person and week."""

from __future__ import annotations

from app.model.figures import Load

WEEKS_A_YEAR = 52
WEEKS_A_MONTH = 4.35


def overtime_hours(load: Load) -> float:
    """Return `max(0, workload − capacity)`, hours a year; 0 where nobody works them (method §3)."""
    return max(0.0, load.workload_hours - load.capacity_hours) if load.existing > 0 else 0.0


def per_week(hours: float, *, people: float) -> float:
    """Return hours a year as hours per person and week."""
    return hours / people / WEEKS_A_YEAR


def weekly_overtime(load: Load) -> float | None:
    """Return `max(0, workload − capacity) ÷ people ÷ 52` (method §3), None without people."""
    if load.existing <= 0:
        return None
    return per_week(overtime_hours(load), people=load.existing)


def peak_overtime(load: Load) -> float | None:
    """Return the same in the peak month: hours above the month's capacity ÷ people ÷ 4.35.

    The month's capacity is its workload ÷ its saturation. None where nobody is on it or no month
    stands out.
    """
    if load.existing <= 0 or load.peak_month is None or not load.peak_saturation:
        return None
    workload = load.monthly_hours[load.peak_month - 1]
    above = max(0.0, workload - workload / load.peak_saturation)
    return above / load.existing / WEEKS_A_MONTH
