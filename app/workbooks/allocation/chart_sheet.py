"""The sheet of charts: Excel's own, from the cells of other sheets, patterned for print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.workbooks.allocation.headed_tables import Sheets, TableSpan, add_tab
from app.workbooks.standard.style import FAINT, FONT, INK, RULE, set_page

_ROW_PIXELS = 20
_BAR_PIXELS, _THINNEST, _FRAME_PIXELS = 15, 6, 130
_WIDE, _PAGE_PIXELS = 980, 1240
_MOST_NAMES = 60
"""Of a chart; more are too small to read."""
_FILLS: Sequence[Mapping[str, Any]] = (
    {"fill": {"color": "#8d9097"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#23508e", "bg_color": "#ffffff"}},
    {"pattern": {"pattern": "small_grid", "fg_color": "#5d6067", "bg_color": "#ffffff"}},
    {"fill": {"color": "#20242b"}},
    {"pattern": {"pattern": "dotted_diamond", "fg_color": "#23508e", "bg_color": "#dbe3f0"}},
)
"""Told apart without colour; none is the colour of a band."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: its name and where its values stand."""

    name: str
    values: TableSpan


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart of some names and one or several series."""

    title: str
    names: TableSpan
    series: Sequence[Series]
    number_format: str
    is_labelled: bool = False


def write_charts(sheets: Sheets, title: str, charts: Sequence[Chart]) -> None:
    """Write charts below each other, each as high as its bars need and whole on its page."""
    tab, row = add_tab(sheets.book, title, sheets.notes)
    breaks: list[int] = []
    used = row * _ROW_PIXELS
    for chart in charts:
        shown = min(_MOST_NAMES, _count(chart.names))
        bars = shown * len(chart.series)
        thick = min(_BAR_PIXELS, max(_THINNEST, (_PAGE_PIXELS - _FRAME_PIXELS) // bars - 2))
        height = _FRAME_PIXELS + bars * thick + shown * 6
        if used + height > _PAGE_PIXELS and used:
            breaks.append(row)
            used = 0
        made = _made(sheets, chart)
        made.set_size({"width": _WIDE, "height": height})
        tab.insert_chart(row, 0, made, {"description": chart.title, "object_position": 2})
        rows = height // _ROW_PIXELS + 2
        row, used = row + rows, used + rows * _ROW_PIXELS
    tab.set_h_pagebreaks(breaks)
    set_page(tab, is_upright=True, header=" ".join(sheets.notes))


def _made(sheets: Sheets, chart: Chart) -> Any:
    """Return Excel's chart; the names read from above, as in the table."""
    made = sheets.book.file.add_chart({"type": "bar"})
    for series, fill in zip(chart.series, _FILLS, strict=False):
        label = {"value": True, "num_format": chart.number_format, "font": _font(8)}
        made.add_series(
            {
                "name": series.name,
                "categories": _first(chart.names),
                "values": _first(series.values),
                "gap": 60,
                "border": {"color": INK, "width": 0.25},
                **fill,
                **({"data_labels": label} if chart.is_labelled else {}),
            }
        )
    made.set_title({"name": chart.title, "name_font": _font(12) | {"bold": True}, "overlay": False})
    made.set_y_axis(
        {
            "reverse": True,
            "num_font": _font(9),
            "line": {"color": RULE},
            "major_tick_mark": "none",
            "interval_unit": 1,
        }
    )
    made.set_x_axis(
        {
            "num_font": _font(8) | {"color": FAINT},
            "num_format": chart.number_format,
            "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.5}},
            "line": {"none": True},
            "min": 0,
            "label_position": "high",
        }
    )
    if len(chart.series) > 1:
        made.set_legend({"position": "top", "font": _font(9)})
    else:
        made.set_legend({"none": True})
    return made


def _font(size: float) -> dict[str, Any]:
    return {"name": FONT, "size": size, "color": INK}


def _count(span: TableSpan) -> int:
    return int(span[3]) - int(span[1]) + 1


def _first(span: TableSpan) -> TableSpan:
    """Return as much of a column as a chart can show."""
    sheet, first, column, last, end = span
    return [sheet, first, column, min(int(last), int(first) + _MOST_NAMES - 1), end]
