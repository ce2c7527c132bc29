"""Swings: what a tornado shows, as plain rows taken from figures."""

from __future__ import annotations

from dataclasses import dataclass

from app.language import _, word
from app.method.uncertainty.tornado import InputKind, Swing, Tornado
from app.model.county import County
from app.model.figures import Figures
from app.report.chart_rows import post_name


@dataclass(frozen=True, slots=True)
class SwingBar:
    """One input: what it is called, its two ends as texts, and the saturation each leads to."""

    label: str
    low: str
    high: str
    saturation_low: float
    saturation_high: float
    is_range: bool


def input_name(county: County, figures: Figures, swing: Swing) -> str:
    """Return what an input is called: its kind, and the task, category or post it belongs to."""
    if swing.kind is InputKind.ABILITY:
        name = post_name(figures, swing.code)
    elif swing.kind is InputKind.WORKING_TIME:
        name = swing.code
    else:
        name = county.tasks[(swing.code,)].name
    return _("{kind}: {name}").format(kind=word(swing.kind), name=name)


def swing_bars(county: County, figures: Figures, found: Tornado, *, most: int) -> list[SwingBar]:
    """Return a row for every input, the widest swing first."""
    return [
        SwingBar(
            input_name(county, figures, swing),
            f"{swing.low:,.4g}",
            f"{swing.high:,.4g}",
            swing.saturation_low,
            swing.saturation_high,
            swing.is_range,
        )
        for swing in found.swings[:most]
    ]
