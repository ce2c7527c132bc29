"""Charts: matplotlib figures from plain rows; they know neither a plan file nor a window."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.language import _, word
from app.model.vocabulary import Band
from app.report.charts.framing import (
    LABEL_SHARE,
    height_of,
    name_rows,
    set_foot,
    set_head,
    with_rest,
)
from app.report.plotted import Bar, CurveStep, HeatRow, Scale, Shift
from app.report.ranking import leading
from app.report.theme import (
    BODY,
    CAPTION,
    LIGHT,
    SLIDE_WIDTH,
    Ground,
    bar_style,
    new_chart,
    new_figure,
    quiet_axes,
)
from app.report.wrapping import DOT, label_lines, wrapped

ROW, MARGIN = 0.245, 1.25
"""Inches of height: of one line of a ranking, and of what stands above and below it."""
TICK = 0.38
"""Inches that a number on the axis takes."""
BESIDE = 7.5
"""Points from the middle of a dot to its number, which must leave the dot whole."""


def saturation_chart(
    rows: Sequence[Bar],
    *,
    title: str,
    scale: Scale,
    most: int = 30,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return a ranking of saturations, highest first, as bars in the colours of their bands.

    A few rows with work and without people come first; the note counts what is not shown.
    """
    shown, rest = leading(rows, most=most, rate=lambda row: row)
    labels = [label_lines(row.label, width=width * LABEL_SHARE, size=BODY) for row in shown]
    figure = new_figure(
        width=width, height=height_of(labels, row=ROW, margin=MARGIN), ground=ground
    )
    axes = figure.add_subplot()
    quiet_axes(axes, ground=ground)
    low, top = _draw_limits(axes, [row.saturation for row in shown], scale=scale, ground=ground)
    for place, row in enumerate(shown):
        axes.barh(place, row.saturation or 0.0, height=0.62, **bar_style(row.band, ground=ground))
        _write_value(axes, row, place=place, gap=(top - low) * 0.012, ground=ground)
    name_rows(axes, labels)
    used = {row.band for row in shown}
    handles: list[Artist] = [
        Patch(label=text, **bar_style(band, ground=ground))
        for band, text in scale.legend
        if band in used
    ]
    set_head(figure, title, handles, ground=ground)
    vacant = sum(row.band is Band.NO_CAPACITY for row in rest)
    highest = max((row.saturation for row in rest if row.saturation is not None), default=None)
    note = with_rest(scale.note, len(rest) - vacant, highest=highest, vacant=vacant)
    set_foot(figure, note, ground=ground)
    return figure


def comparison_chart(
    rows: Sequence[Shift],
    *,
    title: str,
    scale: Scale,
    most: int = 20,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return saturations today (rings) and in the plan (discs), a line for every row as given."""
    shown = rows[:most]
    labels = [label_lines(row.label, width=width * LABEL_SHARE, size=BODY) for row in shown]
    figure = new_figure(
        width=width, height=height_of(labels, row=ROW, margin=MARGIN), ground=ground
    )
    axes = figure.add_subplot()
    quiet_axes(axes, ground=ground)
    values = [value for row in shown for value in (row.before, row.after)]
    _draw_limits(axes, values, scale=scale, ground=ground, from_zero=False)
    for place, row in enumerate(shown):
        _draw_shift(axes, row, place=place, ground=ground)
    name_rows(axes, labels)
    used = {band for row in shown for band in (row.before_band, row.after_band)}
    handles: list[Artist] = [
        _dot(_("today"), ground.muted, ground=ground, is_filled=False),
        _dot(_("in the plan"), ground.muted, ground=ground, is_filled=True),
    ]
    for band, text in scale.legend:
        if band in used:
            handles.append(Patch(label=text, facecolor=ground.band(band).fill))
    set_head(figure, title, handles, ground=ground)
    set_foot(figure, with_rest(scale.note, len(rows) - len(shown)), ground=ground)
    return figure


def heat_map(
    rows: Sequence[HeatRow],
    *,
    columns: Sequence[str],
    title: str,
    scale: Scale,
    most: int = 30,
    most_columns: int = 18,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return saturations by row and column: a tint, the number, and a strip as long as it is high.

    The strip is full at 150 %, so that a print in grey still shows where the load lies. The gid of
    a cell is row·column.
    """
    shown, heads = rows[:most], columns[:most_columns]
    figure, axes = new_chart(width=width, height=len(shown) * 0.3 + 2.4, ground=ground)
    for place, row in enumerate(shown):
        for index, column in enumerate(heads):
            if column in row.cells:
                name = DOT.join((row.label, column))
                _draw_cell(axes, row.cells[column], name, at=(index, place), ground=ground)
    axes.set_xlim(-0.5, len(heads) - 0.5)
    axes.xaxis.tick_top()
    names = [wrapped(column, width=2.2, size=BODY) for column in heads]
    axes.set_xticks(range(len(heads)), names, rotation=40, ha="left", rotation_mode="anchor")
    name_rows(axes, [label_lines(row.label, width=width * LABEL_SHARE, size=BODY) for row in shown])
    used = {cell.band for row in shown for cell in row.cells.values()}
    handles: list[Artist] = [
        Patch(label=text, facecolor=ground.band(band).tint, edgecolor=ground.band(band).fill)
        for band, text in scale.legend
        if band in used
    ]
    set_head(figure, title, handles, ground=ground)
    note = with_rest(scale.note, len(rows) - len(shown), columns=len(columns) - len(heads))
    set_foot(figure, note, ground=ground)
    return figure


def ladder_chart(
    steps: Sequence[CurveStep],
    *,
    title: str,
    note: str,
    width: float = SLIDE_WIDTH,
    ground: Ground = LIGHT,
) -> Figure:
    """Return the ladder: overload and unassigned hours today and after each further means."""
    labels = [wrapped(step.label, width=width * 0.26, size=BODY) for step in steps]
    figure = new_figure(width=width, height=len(steps) * 0.42 + 1.4, ground=ground)
    left, middle, right = figure.subplots(1, 3, sharey=True, width_ratios=(5, 5, 2))
    for axes, values, heading in (
        (left, [step.overload for step in steps], _("Overload left (weighted hours)")),
        (middle, [step.unassigned_hours for step in steps], _("Unassigned hours")),
        (right, [step.people for step in steps], _("New people")),
    ):
        quiet_axes(axes, ground=ground)
        lines = wrapped(heading, width=width * (0.24 if axes is not right else 0.1), size=CAPTION)
        axes.set_title(lines, loc="left", fontsize=CAPTION, color=ground.muted)
        _draw_steps(axes, values, has_bars=axes is not right, ground=ground)
    name_rows(left, labels)
    set_head(figure, title, (), ground=ground)
    set_foot(figure, note, ground=ground)
    return figure


def _draw_limits(
    axes: Axes,
    values: Sequence[float | None],
    *,
    scale: Scale,
    ground: Ground,
    from_zero: bool = True,
) -> tuple[float, float]:
    """Set the axis of saturations and its lines; return where it begins and ends."""
    known = [1.0, *scale.limits, *(value for value in values if value is not None)]
    least, most = 0.0 if from_zero else min(known), max(known)
    low = max(0.0, least - 0.12 * (most - least))
    top = most + 0.12 * (most - least)
    axes.set_xlim(low, top)
    width = axes.get_figure(root=True).get_figwidth() * (1 - LABEL_SHARE)  # type: ignore[union-attr]
    axes.set_xticks(_ticks(scale.limits, low=low, top=top, apart=TICK / width * (top - low)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:.0%}"))
    axes.tick_params(axis="x", labelsize=CAPTION, labelcolor=ground.muted)
    for limit in scale.limits:
        axes.axvline(limit, color=ground.line, linewidth=0.8, zorder=0)
    axes.axvline(1.0, color=ground.ink, linewidth=1.0, zorder=0)
    return low, top


def _ticks(limits: Sequence[float], *, low: float, top: float, apart: float) -> list[float]:
    """Return 100 %, and those limits and round numbers that stand `apart` from others."""
    chosen = [1.0]
    for value in (*limits, *MaxNLocator(nbins=6, steps=[1, 2, 5, 10]).tick_values(low, top)):
        if low <= value < top and all(abs(value - other) > apart for other in chosen):
            chosen.append(float(value))
    return sorted(chosen)


def _write_value(axes: Axes, row: Bar, *, place: int, gap: float, ground: Ground) -> None:
    text = f"{row.saturation:.0%}" if row.saturation is not None else word(row.band)
    axes.text(
        (row.saturation or 0.0) + gap,
        place,
        text,
        va="center_baseline",
        fontsize=CAPTION,
        color=ground.band(row.band).text,
        fontweight="bold" if row.band in {Band.SEVERE, Band.NO_CAPACITY} else "normal",
        bbox=_clearing(ground),
    )


def _clearing(ground: Ground) -> dict[str, object]:
    """Return the patch of ground that keeps lines from crossing a number."""
    return {"facecolor": ground.paper, "linewidth": 0.0, "pad": 0.6}


def _draw_shift(axes: Axes, row: Shift, *, place: int, ground: Ground) -> None:
    if row.before is not None and row.after is not None:
        axes.plot([row.before, row.after], [place, place], color=ground.muted, lw=1.2, zorder=1)
    is_falling = (row.after or 0.0) <= (row.before or 0.0)
    for value, band, is_after in (
        (row.before, row.before_band, False),
        (row.after, row.after_band, True),
    ):
        if value is None:
            continue
        colour = ground.band(band).fill
        face = colour if is_after else ground.paper
        axes.plot([value], [place], "o", ms=7, mec=colour, mfc=face, mew=1.6, zorder=2)
        is_left = is_after == is_falling
        axes.annotate(
            f"{value:.0%}",
            (value, place),
            xytext=(-BESIDE if is_left else BESIDE, 0),
            textcoords="offset points",
            ha="right" if is_left else "left",
            va="center_baseline",
            fontsize=CAPTION,
            color=ground.band(band).text,
            fontweight="bold" if is_after else "normal",
            bbox=_clearing(ground),
        )


def _draw_cell(axes: Axes, cell: Bar, name: str, *, at: tuple[int, int], ground: Ground) -> None:
    x, y = at
    colours = ground.band(cell.band)
    tint = Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, facecolor=colours.tint, lw=0, gid=name)
    axes.add_patch(tint)
    share = min(cell.saturation or 0.0, 1.5) / 1.5
    axes.add_patch(Rectangle((x - 0.48, y + 0.36), 0.96 * share, 0.1, facecolor=colours.fill, lw=0))
    axes.text(
        x,
        y - 0.04,
        f"{cell.saturation:.0%}" if cell.saturation is not None else "—",
        ha="center",
        va="center",
        fontsize=CAPTION,
        color=ground.ink,
        fontweight="bold" if cell.band in {Band.SEVERE, Band.NO_CAPACITY} else "normal",
    )


def _draw_steps(axes: Axes, values: Sequence[float], *, has_bars: bool, ground: Ground) -> None:
    top = max([1.0, *values])
    first = values[0] if values else 0.0
    for place, value in enumerate(values):
        change = ""
        if has_bars:
            axes.barh(place, value, height=0.5, color=ground.accent if place else ground.muted)
            change = f" ({value / first - 1:+.0%})" if place and first > 0 else ""
        axes.text(
            value + top * 0.02 if has_bars else 0.0,
            place,
            f"{value:,.0f}{change}".replace("-", "−"),
            va="center_baseline",
            fontsize=CAPTION,
            color=ground.ink,
        )
    axes.set_xlim(0.0, top * 1.6)
    axes.set_xticks([])


def _dot(label: str, colour: str, *, ground: Ground, is_filled: bool) -> Line2D:
    face = colour if is_filled else ground.paper
    return Line2D(
        [], [], marker="o", linestyle="", ms=7, mec=colour, mfc=face, mew=1.6, label=label
    )
