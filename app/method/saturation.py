"""Saturation: workload against capacity, and the bands it falls into."""

from __future__ import annotations

from app.model.bands import BandScheme
from app.model.vocabulary import Band


def saturation(*, workload_hours: float, capacity_hours: float) -> float | None:
    """Return workload ÷ capacity, None without capacity (never ∞ or 0). Source: method §3."""
    return workload_hours / capacity_hours if capacity_hours > 0 else None


def band(*, workload_hours: float, capacity_hours: float, scheme: BandScheme) -> Band:
    """Return the band of a workload; without capacity `NO_CAPACITY`, without work too `NO_DATA`.

    Source: method §3.
    """
    ratio = saturation(workload_hours=workload_hours, capacity_hours=capacity_hours)
    if ratio is not None:
        return scheme.class_of(ratio).band
    return Band.NO_CAPACITY if workload_hours > 0 else Band.NO_DATA
