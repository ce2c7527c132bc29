"""The chart of a tornado: bars from today to where each input's two ends would lead."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.language import _
from app.report.charts.framing import height_of, name_rows, set_foot, set_head
from app.report.charts.tornado_rows import SwingBar
from app.report.plotted import Scale
from app.report.theme import (
    BODY,
    CAPTION,
    LIGHT,
    SLIDE_WIDTH,
    Ground,
    new_chart,
)
from app.report.wrapping import label_lines

ROW, MARGIN = 0.34, 1.3
"""Inches of height: of one input, and of what stands above and below all of them."""
LABEL_SHARE = 0.4
"""The part of a figure's width that labels may take."""
NUMBER = 0.5
"""Inches that a number written beside a bar takes."""
PALE = 0.45
"""How strong the bar of an input is whose range nobody has stated."""


def tornado_chart(
    rows: Sequence[SwingBar],
    *,
    today: float,
    title: str,
    scale: Scale,
    probe: float,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return bars from today's saturation to where each input's two ends would bring it."""
    labels = [label_lines(row.label, width=width * LABEL_SHARE, size=BODY) for row in rows]
    height = height_of(labels, row=ROW, margin=MARGIN)
    figure, axes = new_chart(width=width, height=height, ground=ground)
    ends = [value for row in rows for value in (row.saturation_low, row.saturation_high)]
    low, top = _span([today, *ends], width=width * (1 - LABEL_SHARE))
    axes.set_xlim(low, top)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:.1%}"))
    axes.tick_params(axis="x", labelsize=CAPTION, labelcolor=ground.muted)
    for limit in scale.limits:
        if low < limit < top:
            axes.axvline(limit, color=ground.line, linewidth=0.8, zorder=0)
    for place, row in enumerate(rows):
        _draw(axes, row, place=place, today=today, gap=(top - low) * 0.012, ground=ground)
    axes.axvline(today, color=ground.ink, linewidth=1.0)
    name_rows(axes, labels)
    handles: list[Artist] = [
        Patch(label=_("input at its low end"), facecolor=ground.muted),
        Patch(label=_("input at its high end"), facecolor=ground.accent),
    ]
    set_head(figure, title, handles, ground=ground)
    note = _(
        "The line is today, {today:.1%}. Pale bars have no range of their own and are moved by"
        " {probe:.0%} down and up."
    )
    set_foot(figure, note.format(today=today, probe=probe), ground=ground)
    return figure


def _span(values: Sequence[float], *, width: float) -> tuple[float, float]:
    """Return where the axis begins and ends, with room for a number beside the longest bars."""
    low, top = min(values), max(values)
    bars = max(width - 2 * NUMBER, NUMBER)
    room = max((top - low) * NUMBER / bars, 0.001)
    return low - room, top + room


def _draw(
    axes: Axes, row: SwingBar, *, place: int, today: float, gap: float, ground: Ground
) -> None:
    strength = 1.0 if row.is_range else PALE
    for value, text, colour in (
        (row.saturation_low, row.low, ground.muted),
        (row.saturation_high, row.high, ground.accent),
    ):
        axes.barh(place, value - today, left=today, height=0.6, color=colour, alpha=strength)
        is_left = value < today
        axes.text(
            value + (-gap if is_left else gap),
            place,
            text,
            ha="right" if is_left else "left",
            va="center_baseline",
            fontsize=CAPTION,
            color=ground.ink,
        )
