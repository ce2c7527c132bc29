"""The look of charts and pages: our font, three grounds, and each band's colour and pattern."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from app.model.colours import HATCHES, BandColours, band_colours
from app.model.vocabulary import Band
from app.resources import resource

FONTS = resource("fonts")
FONT_FAMILY = "Hengbian Sans"
REGULAR = FONTS / "HengbianSans-Regular.ttf"
BOLD = FONTS / "HengbianSans-Bold.ttf"

CAPTION, BODY, TITLE = 8.0, 9.0, 11.0
"""The type sizes of a chart, in points."""
SLIDE_WIDTH = 7.2
"""Inches: how wide a chart is unless somebody asks for another width."""
DOTS_PER_INCH = 200
"""Of a chart as pixels, in a file or on paper."""
EDGE = 0.06
"""Inches between the contents of a chart and its edge."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a chart is drawn on and with; bands keep their own colours on each ground."""

    paper: str
    ink: str
    muted: str
    line: str
    accent: str
    is_dark: bool = False

    def band(self, band: Band) -> BandColours:
        """Return the colours of a band on this ground."""
        return band_colours(band, dark=self.is_dark)


LIGHT = Ground(paper="#fffefb", ink="#20242b", muted="#666a70", line="#ddd8cd", accent="#23508e")
DARK = Ground(
    paper="#1e2126",
    ink="#e8e5de",
    muted="#a0a4ab",
    line="#363b43",
    accent="#8db5ee",
    is_dark=True,
)
PRINT = Ground(paper="#ffffff", ink="#20242b", muted="#55595f", line="#cfcfcf", accent="#23508e")


@cache
def use_font() -> None:
    """Make our font the one font of every chart; letters become outlines in SVG.

    Hinting would round the narrow space of this font to nothing at small sizes. A character
    that the font lacks is drawn as a box, which needs no warning on standard error besides.
    """
    for path in (REGULAR, BOLD):
        font_manager.fontManager.addfont(path)
    matplotlib.rcParams.update(
        {
            "font.family": FONT_FAMILY,
            "axes.unicode_minus": True,
            "text.hinting": "none",
            "text.parse_math": False,
            "svg.fonttype": "path",
            "svg.hashsalt": "hengbian",
            "hatch.linewidth": 0.8,
        }
    )
    warnings.filterwarnings("ignore", message="Glyph .* missing from font")


def new_figure(*, width: float, height: float, ground: Ground) -> Figure:
    """Return an empty figure in inches, whose contents make room for each other."""
    use_font()
    figure = Figure(figsize=(width, height), facecolor=ground.paper, layout="constrained")
    figure.get_layout_engine().set(w_pad=EDGE, h_pad=0.08)  # type: ignore[union-attr, call-arg]
    return figure


def new_chart(*, width: float, height: float, ground: Ground) -> tuple[Figure, Axes]:
    """Return an empty figure in inches and its one quiet axes."""
    figure = new_figure(width=width, height=height, ground=ground)
    axes = figure.add_subplot()
    quiet_axes(axes, ground=ground)
    return figure, axes


def quiet_axes(axes: Axes, *, ground: Ground) -> None:
    """Leave an axes its ground and its labels: no frame and no ticks."""
    axes.set_facecolor(ground.paper)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, colors=ground.ink, labelsize=BODY)
    axes.set_axisbelow(True)


def bar_style(band: Band, *, ground: Ground) -> dict[str, Any]:
    """Return what fills a bar or swatch of a band: its colour under its pattern."""
    return {
        "facecolor": ground.band(band).fill,
        "hatch": HATCHES[band],
        "edgecolor": ground.paper,
        "linewidth": 0.0,
    }
