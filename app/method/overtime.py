"""Overtime: work above capacity as people feel it, in hours per person and week."""

from __future__ import annotations

from app.model.figures import Load

WEEKS_A_YEAR = 52


def overtime_hours(load: Load) -> float:
    """Return `max(0, workload − capacity)`, hours a year; 0 where nobody works them (method §3)."""
    return max(0.0, load.workload_hours - load.capacity_hours) if load.existing > 0 else 0.0


def per_week(hours: float, *, people: float) -> float:
    """Return hours a year as hours per person and week."""
    return hours / people / WEEKS_A_YEAR
