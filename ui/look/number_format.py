"""Figures as they are shown: rounded here and nowhere else, with thousands separators."""

from __future__ import annotations

from datetime import datetime

from app.language import word
from app.model.bands import scheme_named
from app.model.figures import Load

MISSING = "—"


def whole(value: float | None) -> str:
    """Show hours and other large numbers without decimals."""
    return MISSING if value is None else f"{_snapped(value, 0):,.0f}"


def tenths(value: float | None) -> str:
    """Show hours or per cent with one decimal."""
    return MISSING if value is None else f"{_snapped(value, 1):,.1f}"


def people(value: float | None) -> str:
    """Show people: whole where they are, with two decimals where not."""
    if value is None:
        return MISSING
    value = _snapped(value, 2)
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return text.replace("-", "−")


def counted(value: float | None) -> str:
    """Show what is counted or measured: whole where it is, with one decimal where not."""
    is_whole = value is not None and value == int(value)
    return whole(value) if is_whole else tenths(value)


def hundredths(value: float | None) -> str:
    """Show measured people and factors with two decimals, so that columns line up."""
    return MISSING if value is None else f"{_snapped(value, 2):,.2f}"


def signed(value: float | None) -> str:
    """Show a difference with its sign, with a true minus."""
    if value is None:
        return MISSING
    value = _snapped(value, 1)
    return f"{value:+,.1f}".replace("-", "−") if value else "0.0"


def per_cent(ratio: float | None) -> str:
    """Show a ratio as per cent with one decimal and its sign."""
    return MISSING if ratio is None else f"{_snapped(ratio * 100, 1):,.1f}%"


def hundred(ratio: float | None) -> float | None:
    """Return a ratio as a number of per cent, for a column whose heading carries the sign."""
    return None if ratio is None else ratio * 100


def local_time(utc: str) -> str:
    """Show an ISO time in UTC as the time on the user's clock."""
    return datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def band_word(load: Load, scheme: str) -> str:
    """Return what a band scheme calls a load, or why there is no ratio."""
    if load.saturation is None:
        return word(load.band)
    return scheme_named(scheme).class_of(load.saturation).word


def _snapped(value: float, digits: int) -> float:
    return round(value, digits) + 0.0
