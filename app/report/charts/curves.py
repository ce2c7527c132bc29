"""Curves: what each further measure or person brings, the months of a year, and how even it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.language import _
from app.report.charts.framing import set_foot, set_head
from app.report.plotted import Knot, Month
from app.report.theme import (
    BODY,
    CAPTION,
    LIGHT,
    SLIDE_WIDTH,
    Ground,
    new_chart,
)

HEIGHT = 2.7
"""Inches: a curve needs no more to be read."""
FEW = 14
"""As many points of a curve have room for a number each."""
PEAK = "xxxx"
"""The pattern of a month in which there is more work than the people have time for."""


def relief_chart(
    points: Sequence[Knot],
    *,
    knee: int,
    chosen: int,
    title: str,
    note: str,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return the share of the achievable relief by number of measures, knee and choice marked."""
    figure, axes = new_chart(width=width, height=HEIGHT, ground=ground)
    counts, shares = [point.count for point in points], [point.value for point in points]
    axes.plot(counts, shares, color=ground.accent, lw=1.6, marker="o", ms=3.5)
    by_count = {point.count: point.value for point in points}
    handles: list[Artist] = []
    for count, marker, face, text in (
        (knee, "D", ground.paper, _("knee: {count} measures, {share:.0%}")),
        (chosen, "o", ground.accent, _("chosen: {count} measures, {share:.0%}")),
    ):
        if count in by_count:
            share = by_count[count]
            mark: dict[str, Any] = {
                "marker": marker,
                "ms": 9,
                "mec": ground.accent,
                "mfc": face,
                "mew": 1.6,
            }
            axes.vlines(count, 0, share, color=ground.muted, lw=0.8, linestyle=":")
            axes.plot([count], [share], linestyle="", **mark)
            label = text.format(count=count, share=share)
            handles.append(Line2D([], [], linestyle="", label=label, **mark))
    axes.set_ylim(min(0.0, *shares) * 1.05 if shares else 0.0, max([1.0, *shares]) * 1.06)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:.0%}"))
    _finish(axes, _("Measures"), _("Share of the relief"), ground=ground)
    set_head(figure, title, handles, ground=ground)
    set_foot(figure, note, ground=ground)
    return figure


def people_chart(
    points: Sequence[Knot],
    *,
    title: str,
    note: str,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return the overload that is left with 0, 1, 2 … people more, a bar and its number each."""
    figure, axes = new_chart(width=width, height=HEIGHT, ground=ground)
    top = max([1.0, *(point.value for point in points)])
    for point in points:
        colour = ground.accent if point.count else ground.muted
        axes.bar(point.count, point.value, width=0.62, color=colour)
        axes.text(
            point.count,
            point.value + top * 0.02,
            f"{point.value:,.0f}",
            ha="center",
            fontsize=CAPTION,
            color=ground.ink,
        )
    axes.set_ylim(0.0, top * 1.12)
    axes.set_xticks(
        [point.count for point in points],
        [f"+{point.count}" for point in points],
    )
    _finish(axes, _("People more"), _("Overload left (weighted hours)"), ground=ground)
    set_head(figure, title, (), ground=ground)
    set_foot(figure, note, ground=ground)
    return figure


def month_chart(
    months: Sequence[Month],
    *,
    title: str,
    note: str,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return work and capacity month by month; months above capacity have a pattern and the %."""
    figure, axes = new_chart(width=width, height=HEIGHT, ground=ground)
    top = max([1.0, *(max(row.workload_hours, row.capacity_hours) for row in months)])
    for row in months:
        is_peak = row.workload_hours > row.capacity_hours
        axes.bar(row.number, row.workload_hours, width=0.66, **_month_style(is_peak, ground))
        axes.hlines(
            row.capacity_hours, row.number - 0.45, row.number + 0.45, color=ground.ink, lw=1.6
        )
        if row.capacity_hours > 0:
            axes.text(
                row.number,
                max(row.workload_hours, row.capacity_hours) + top * 0.02,
                f"{row.workload_hours / row.capacity_hours:.0%}",
                ha="center",
                fontsize=CAPTION,
                color=ground.ink,
                fontweight="bold" if is_peak else "normal",
            )
    axes.set_ylim(0.0, top * 1.12)
    axes.set_xticks([row.number for row in months], [f"{row.number}" for row in months])
    _finish(axes, _("Month"), _("Hours"), ground=ground)
    handles: list[Artist] = [
        Patch(label=_("work within capacity"), **_month_style(False, ground)),
        Patch(label=_("peak: more work than capacity"), **_month_style(True, ground)),
        Line2D([], [], color=ground.ink, lw=1.6, label=_("capacity of the month")),
    ]
    set_head(figure, title, handles, ground=ground)
    set_foot(figure, note, ground=ground)
    return figure


def lorenz_chart(
    points: Sequence[tuple[float, float]],
    *,
    title: str,
    note: str,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return the Lorenz curve of load: share of capacity across, share of workload up."""
    figure, axes = new_chart(width=width, height=HEIGHT + 0.4, ground=ground)
    across, up = [point[0] for point in points], [point[1] for point in points]
    axes.plot([0, 1], [0, 1], color=ground.muted, lw=1.0, linestyle="--")
    axes.plot(across, up, color=ground.accent, lw=1.8)
    axes.fill_between(across, across, up, color=ground.accent, alpha=0.14, lw=0)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:.0%}"))
    _finish(
        axes,
        _("Share of capacity, the least loaded posts first"),
        _("Share of the workload"),
        ground=ground,
        is_counted=False,
    )
    handles: list[Artist] = [
        Line2D([], [], color=ground.accent, lw=1.8, label=_("this county")),
        Line2D([], [], color=ground.muted, lw=1.0, linestyle="--", label=_("all posts alike")),
    ]
    set_head(figure, title, handles, ground=ground)
    set_foot(figure, note, ground=ground)
    return figure


def _month_style(is_peak: bool, ground: Ground) -> dict[str, Any]:
    return {
        "facecolor": ground.accent if is_peak else ground.line,
        "hatch": PEAK if is_peak else "",
        "edgecolor": ground.paper if is_peak else ground.muted,
        "linewidth": 0.0 if is_peak else 0.6,
    }


def _finish(axes: Axes, across: str, up: str, *, ground: Ground, is_counted: bool = True) -> None:
    """Name both axes and draw the lines that a curve is read by."""
    axes.set_xlabel(across, fontsize=CAPTION, color=ground.muted)
    axes.set_ylabel(up, fontsize=CAPTION, color=ground.muted)
    axes.grid(axis="y", color=ground.line, lw=0.8)
    axes.tick_params(labelsize=CAPTION, labelcolor=ground.muted)
    axes.tick_params(axis="x", labelsize=BODY)
    if is_counted and len(axes.get_xticks()) > FEW:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=FEW, integer=True))
    elif is_counted:
        ticks = [tick for tick in axes.get_xticks() if float(tick).is_integer()]
        if len(ticks) < len(axes.get_xticks()):
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6))
    if axes.get_ylim()[1] > 2:
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:,.0f}"))
