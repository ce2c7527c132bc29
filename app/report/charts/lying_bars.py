"""Parts: burden by kind in every form, and how often each measure survives, as lying bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from app.language import _, word
from app.model.plan import SHAKY, SOLID
from app.model.vocabulary import Burden
from app.report.charts.framing import LABEL_SHARE, name_rows, set_foot, set_head, with_rest
from app.report.plotted import Stack, Survivor
from app.report.theme import (
    BODY,
    CAPTION,
    LIGHT,
    SLIDE_WIDTH,
    Ground,
    new_chart,
)
from app.report.wording import mark_word
from app.report.wrapping import label_lines

LINE, MARGIN = 0.3, 1.1
"""Inches of height: of one row, and of what stands above and below all of them."""
PATTERNS: Mapping[Burden, str] = MappingProxyType(
    {Burden.FORMALISTIC: "xxxx", Burden.NECESSARY_FORMAL: "////", Burden.SUBSTANTIVE: ""}
)
"""The pattern of each kind of burden, so that a print in grey tells them apart."""


def burden_chart(
    rows: Sequence[Stack],
    *,
    title: str,
    note: str,
    most: int = 12,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return hours a year of every row, its kinds of burden one behind the other."""
    shown = rows[:most]
    figure, axes = new_chart(width=width, height=max(3, len(shown)) * LINE + MARGIN, ground=ground)
    top = max([1.0, *(sum(row.hours.values()) for row in shown)])
    for place, row in enumerate(shown):
        begin = 0.0
        for burden in Burden:
            hours = row.hours.get(burden, 0.0)
            if hours > 0:
                axes.barh(place, hours, left=begin, height=0.6, **_kind_style(burden, ground))
            begin += hours
        text = _("{hours:,.0f} h").format(hours=begin)
        at = begin + top * 0.012
        axes.text(at, place, text, va="center_baseline", fontsize=CAPTION, color=ground.ink)
    axes.set_xlim(0.0, top * 1.16)
    axes.set_xticks([])
    name_rows(axes, [label_lines(row.label, width=width * LABEL_SHARE, size=BODY) for row in shown])
    used = {burden for row in shown for burden, hours in row.hours.items() if hours > 0}
    handles: list[Artist] = [
        Patch(label=word(burden), **_kind_style(burden, ground))
        for burden in Burden
        if burden in used
    ]
    set_head(figure, title, handles, ground=ground)
    set_foot(figure, with_rest(note, len(rows) - len(shown)), ground=ground)
    return figure


def survival_chart(
    rows: Sequence[Survivor],
    *,
    title: str,
    note: str,
    most: int = 30,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return the share of draws in which each measure stays, and whether it is solid or shaky."""
    shown = rows[:most]
    figure, axes = new_chart(width=width, height=max(3, len(shown)) * LINE + MARGIN, ground=ground)
    for limit in (SHAKY, SOLID):
        axes.axvline(limit, color=ground.line, linewidth=0.8, zorder=0)
    for place, row in enumerate(shown):
        axes.barh(place, row.share, height=0.56, **_mark_style(row.share, ground))
        text = _("{share:.0%} · {mark}").format(share=row.share, mark=mark_word(row.share))
        axes.text(
            row.share + 0.012,
            place,
            text,
            va="center_baseline",
            fontsize=CAPTION,
            color=ground.ink,
        )
    axes.set_xlim(0.0, 1.3)
    axes.set_xticks([0.0, SHAKY, SOLID], ["0%", f"{SHAKY:.0%}", f"{SOLID:.0%}"])
    axes.tick_params(axis="x", labelsize=CAPTION, labelcolor=ground.muted)
    name_rows(axes, [label_lines(row.label, width=width * LABEL_SHARE, size=BODY) for row in shown])
    set_head(figure, title, (), ground=ground)
    set_foot(figure, with_rest(note, len(rows) - len(shown)), ground=ground)
    return figure


def _kind_style(burden: Burden, ground: Ground) -> dict[str, Any]:
    colour = {
        Burden.FORMALISTIC: ground.accent,
        Burden.NECESSARY_FORMAL: ground.muted,
        Burden.SUBSTANTIVE: ground.line,
    }[burden]
    return {
        "facecolor": colour,
        "hatch": PATTERNS[burden],
        "edgecolor": ground.paper,
        "linewidth": 0.0,
    }


def _mark_style(share: float, ground: Ground) -> dict[str, Any]:
    if share >= SOLID:
        return {"facecolor": ground.accent, "edgecolor": ground.accent, "linewidth": 0.8}
    hatch = "...." if share < SHAKY else "////"
    return {
        "facecolor": ground.paper,
        "hatch": hatch,
        "edgecolor": ground.accent,
        "linewidth": 0.8,
    }
