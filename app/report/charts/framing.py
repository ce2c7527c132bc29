"""Framing: the title, the legend and the note around a chart."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from app.language import ngettext
from app.report.theme import CAPTION, EDGE, TITLE, Ground
from app.report.wrapping import POINTS_PER_INCH, inches, wrapped

LABEL_SHARE = 0.36
"""The part of a figure's width that the names of its rows may take."""
_LEAST_ROWS = 3
"""A chart of fewer rows is as high as one of these, so that its bars stay bars."""
BOLD = 1.08
"""How much wider than plain ones Latin letters in bold are at most."""
FOOT_LINES = 3
"""Lines of a note that the margins of every chart have room for."""
LEGEND_LEADING = 1.6
"""From one row of a legend to the next, in heights of its letters."""
_MORE_LINES = 0.14
"""Inches that a further line of a name adds to the height of every row."""


def height_of(labels: Sequence[str], *, row: float, margin: float) -> float:
    """Return how high a chart of named rows is, in inches; `row` is one of them, in one line."""
    lines = max([1, *(label.count("\n") + 1 for label in labels)])
    return max(len(labels), _LEAST_ROWS) * (row + (lines - 1) * _MORE_LINES) + margin


def name_rows(axes: Axes, labels: Sequence[str]) -> None:
    """Name the rows of a chart, the first one on top."""
    axes.set_yticks(range(len(labels)), labels, linespacing=1.3)
    axes.set_ylim(max(len(labels), _LEAST_ROWS) - 0.5, -0.5)


def set_head(figure: Figure, title: str, handles: Sequence[Artist], *, ground: Ground) -> None:
    """Set title and legend above the axes, both from the left edge.

    The figure grows by what they need beyond a line each, so that the axes keep their height.
    """
    width = figure.get_figwidth() - 2 * EDGE
    texts = [str(handle.get_label()) for handle in handles]
    columns = max(1, len(texts))
    while columns > 1 and _legend_width(texts, columns) > width:
        columns -= 1
    heading = wrapped(title, width=width / BOLD, size=TITLE)
    more_rows = max(0, -(-len(texts) // columns) - 1)
    more = heading.count("\n") * TITLE * 1.3 + more_rows * CAPTION * LEGEND_LEADING
    figure.set_figheight(figure.get_figheight() + more / POINTS_PER_INCH)
    legend = figure.legend(
        handles=list(handles),
        loc="outside upper left",
        title=heading,
        title_fontproperties=FontProperties(size=TITLE, weight="bold"),
        alignment="left",
        ncols=columns,
        frameon=False,
        fontsize=CAPTION,
        labelcolor=ground.ink,
        handlelength=1.6,
        columnspacing=1.4,
        borderpad=0.0,
        borderaxespad=EDGE * POINTS_PER_INCH / CAPTION,
    )
    legend.get_title().set(color=ground.ink, linespacing=1.3)


def _legend_width(texts: Sequence[str], columns: int) -> float:
    widest = [max(inches(text, size=CAPTION) for text in texts[i::columns]) for i in range(columns)]
    return sum(widest) + columns * 0.42


def set_foot(figure: Figure, note: str, *, ground: Ground) -> None:
    """Set the note under the axes, from the left edge; the figure grows by a long one's lines."""
    width = figure.get_figwidth() - 2 * EDGE
    said = wrapped(note, width=width, size=CAPTION)
    more = max(0, said.count("\n") + 1 - FOOT_LINES) * CAPTION * 1.35
    figure.set_figheight(figure.get_figheight() + more / POINTS_PER_INCH)
    figure.supxlabel(
        said,
        x=EDGE / figure.get_figwidth(),
        ha="left",
        fontsize=CAPTION,
        color=ground.muted,
        linespacing=1.35,
    )


def with_rest(
    note: str, count: int, *, highest: float | None = None, vacant: int = 0, columns: int = 0
) -> str:
    """Return the note after sentences about the rows and columns that are not shown."""
    said = []
    if count > 0 and highest is not None:
        rest = ngettext(
            "{count} more row is not shown, at {highest:.0%}.",
            "{count} more rows are not shown, none above {highest:.0%}.",
            count,
        )
        said.append(rest.format(count=count, highest=highest))
    elif count > 0:
        rest = ngettext("{count} more row is not shown.", "{count} more rows are not shown.", count)
        said.append(rest.format(count=count))
    if vacant > 0:
        rest = ngettext(
            "{count} more row with work and no people is not shown.",
            "{count} more rows with work and no people are not shown.",
            vacant,
        )
        said.append(rest.format(count=vacant))
    if columns > 0:
        rest = ngettext(
            "{count} more column is not shown.", "{count} more columns are not shown.", columns
        )
        said.append(rest.format(count=columns))
    return "\n".join([*said, note])
