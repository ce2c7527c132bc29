"""Charts show their rows: every value, in the colour of its band, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from app.language import word
from app.model.colours import HATCHES
from app.model.vocabulary import Band
from app.report.charts.bars import comparison_chart, heat_map, ladder_chart, saturation_chart
from app.report.plotted import Bar, CurveStep, HeatRow, Scale, Shift
from app.report.theme import DARK, FONT_FAMILY, LIGHT, PRINT, Ground

SCALE = Scale(
    legend=[(band, f"{word(band)} …") for band in Band],
    limits=(0.8, 1.0, 1.2),
    note="饱和度 = 实际工作量 ÷ 应有工作量；每人年可用工时 1,784 小时。",
)
BARS = (
    Bar("云岭镇·乡村振兴（农业农村）办公室·防返贫监测与产业帮扶岗", 0.72, Band.UNDER),
    Bar("黑水镇", 0.96, Band.FULL),
    Bar("白沙乡", 1.15, Band.OVER),
    Bar("永兴街道", 1.48, Band.SEVERE),
    Bar("太平镇", None, Band.NO_CAPACITY),
)
RANKED = ("太平镇", "永兴街道", "白沙乡", "黑水镇", BARS[0].label)


def drawn(figure: Figure) -> Figure:
    FigureCanvasAgg(figure).draw()
    return figure


def texts(figure: Figure) -> list[str]:
    return [item.get_text() for item in figure.findobj(Text) if item.get_text()]


def bars(axes: Axes) -> list[Rectangle]:
    return [item for item in axes.patches if isinstance(item, Rectangle)]


def labels(axes: Axes) -> list[str]:
    return [label.get_text().replace("\n", "·") for label in axes.get_yticklabels()]


@pytest.mark.parametrize("ground", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_ranking_shows_every_value_in_its_band(ground: Ground) -> None:
    figure = drawn(saturation_chart(BARS, title="饱和度", scale=SCALE, ground=ground))
    axes = figure.axes[0]
    assert labels(axes) == list(RANKED)
    by_label = {bar.label: bar for bar in BARS}
    for label, bar in zip(RANKED, bars(axes), strict=True):
        row = by_label[label]
        assert bar.get_width() == pytest.approx(row.saturation or 0.0)
        assert to_hex(bar.get_facecolor()) == ground.band(row.band).fill
        assert (bar.get_hatch() or "") == HATCHES[row.band]
    assert {"148%", "115%", "96%", "72%", "work without people"} <= set(texts(figure))


def test_ranking_names_what_it_leaves_out() -> None:
    rows = [Bar(f"P{place}", place / 100, Band.FULL) for place in range(1, 164)]
    figure = drawn(saturation_chart(rows, title="163", scale=SCALE))
    assert labels(figure.axes[0])[:2] == ["P163", "P162"]
    assert len(labels(figure.axes[0])) == 30
    assert any("133 more rows are not shown, none above 133%." in text for text in texts(figure))


def test_rows_without_people_do_not_fill_a_ranking() -> None:
    rows = [Bar(f"V{place}", None, Band.NO_CAPACITY) for place in range(9)]
    rows += [Bar(f"P{place}", 1.0, Band.FULL) for place in range(9)]
    rows += [Bar("N", None, Band.NO_DATA)]
    figure = drawn(saturation_chart(rows, title="", scale=SCALE, most=6))
    assert labels(figure.axes[0]) == ["V0", "V1", "V2", "P0", "P1", "P2"]
    said = "\n".join(texts(figure))
    assert "7 more rows are not shown, none above 100%." in said
    assert "6 more rows with work and no people are not shown." in said


def test_dollars_are_no_formula() -> None:
    figure = drawn(saturation_chart([Bar("$x_1$ & <b>", 1.0, Band.FULL)], title="", scale=SCALE))
    label = figure.axes[0].get_yticklabels()[0]
    assert label.get_text() == "$x_1$ & <b>" and not label.get_parse_math()


def test_legend_holds_the_bands_shown_and_the_note_the_denominator() -> None:
    figure = drawn(saturation_chart(BARS[:2], title="饱和度", scale=SCALE))
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["under-loaded …", "fully loaded …"]
    assert any("1,784" in text for text in texts(figure))


def test_axis_names_no_two_limits_at_one_place() -> None:
    rows = [Bar("P1", 12.0, Band.SEVERE), Bar("P2", 0.9, Band.FULL)]
    axes = drawn(saturation_chart(rows, title="", scale=SCALE)).axes[0]
    ticks = axes.get_xticks()
    assert 1.0 in ticks
    assert min(after - before for before, after in pairwise(ticks)) > 0.9


@pytest.mark.parametrize("width", [3.4, 5.0])
def test_long_words_around_a_chart_take_no_height_from_it(width: float) -> None:
    scale = Scale(legend=SCALE.legend, limits=SCALE.limits, note=" ".join([SCALE.note] * 4))
    short = drawn(saturation_chart(BARS, title="饱和度", scale=SCALE, width=9.0))
    long = drawn(
        saturation_chart(BARS, title="Saturation of every post " * 4, scale=scale, width=width)
    )
    heights = [figure.axes[0].get_window_extent().height / figure.dpi for figure in (short, long)]
    assert heights[1] > 0.9 * heights[0]
    edge = long.get_window_extent().width
    assert all(item.get_window_extent().x1 <= edge for item in long.findobj(Text))


def test_comparison_shows_both_values_of_every_row() -> None:
    rows = [
        Shift("P1", 1.5, Band.SEVERE, 0.98, Band.FULL),
        Shift("P2", 0.6, Band.UNDER, 0.9, Band.FULL),
        Shift("P3", None, Band.NO_CAPACITY, 0.85, Band.FULL),
    ]
    figure = drawn(comparison_chart(rows, title="方案前后", scale=SCALE))
    axes = figure.axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [dot.get_xdata()[0] for dot in dots] == [1.5, 0.98, 0.6, 0.9, 0.85]
    assert to_hex(dots[0].get_markeredgecolor()) == LIGHT.band(Band.SEVERE).fill
    assert to_hex(dots[0].get_markerfacecolor()) == LIGHT.paper
    assert to_hex(dots[1].get_markerfacecolor()) == LIGHT.band(Band.FULL).fill
    assert {"150%", "98%", "60%", "90%", "85%", "today", "in the plan"} <= set(texts(figure))
    left, right = axes.get_xlim()
    assert left < 0.6 and right > 1.5


def test_heat_map_tints_each_cell_and_leaves_gaps_open() -> None:
    rows = [
        HeatRow(
            "黑水镇", {"党政办": Bar("", 1.3, Band.SEVERE), "财政所": Bar("", 0.5, Band.UNDER)}
        ),
        HeatRow("白沙乡", {"党政办": Bar("", None, Band.NO_CAPACITY)}),
    ]
    figure = drawn(heat_map(rows, columns=["党政办", "财政所"], title="热力图", scale=SCALE))
    axes = figure.axes[0]
    tints = [to_hex(patch.get_facecolor()) for patch in bars(axes)[::2]]
    assert tints == [LIGHT.band(band).tint for band in (Band.SEVERE, Band.UNDER, Band.NO_CAPACITY)]
    strips = [patch.get_width() for patch in bars(axes)[1::2]]
    assert strips == pytest.approx([0.96 * 1.3 / 1.5, 0.96 * 0.5 / 1.5, 0.0])
    assert [label.get_text() for label in axes.get_xticklabels()] == ["党政办", "财政所"]
    assert {"130%", "50%", "—"} <= set(texts(figure))


def test_heat_map_names_rows_and_columns_it_leaves_out() -> None:
    names = [f"机构{place}" for place in range(20)]
    cells = {name: Bar("", 1.0, Band.FULL) for name in names}
    rows = [HeatRow(f"单位{place}", cells) for place in range(31)]
    said = texts(drawn(heat_map(rows, columns=names, title="", scale=SCALE)))
    assert any("1 more row is not shown." in text for text in said)
    assert any("2 more columns are not shown." in text for text in said)


def test_ladder_shows_what_each_means_leaves() -> None:
    steps = [
        CurveStep("today", 1000, 200, 0),
        CurveStep("reassign", 400, 0, 0),
        CurveStep("temps", 100, 0, 3),
    ]
    figure = drawn(ladder_chart(steps, title="阶梯", note="加权"))
    overload, unassigned, people = figure.axes
    assert [bar.get_width() for bar in bars(overload)] == [1000, 400, 100]
    assert [bar.get_width() for bar in bars(unassigned)] == [200, 0, 0]
    assert bars(people) == []
    assert {"1,000", "400 (−60%)", "100 (−90%)", "0 (−100%)", "3"} <= set(texts(figure))
    assert labels(overload) == ["today", "reassign", "temps"]


LONG = "云岭镇·乡村振兴（农业农村）办公室·防返贫监测与产业帮扶岗"
CHARTS: dict[str, Callable[[float], Figure]] = {
    "ranking": lambda width: saturation_chart(
        [*BARS, Bar("x", 9.5, Band.SEVERE)], title=LONG * 2, scale=SCALE, width=width
    ),
    "comparison": lambda width: comparison_chart(
        [Shift(LONG, 1.5, Band.SEVERE, 0.98, Band.FULL)], title=LONG, scale=SCALE, width=width
    ),
    "heat map": lambda width: heat_map(
        [HeatRow("黑水镇", {LONG[:16]: BARS[0]})],
        columns=[LONG[:16]],
        title=LONG,
        scale=SCALE,
        width=width,
    ),
    "ladder": lambda width: ladder_chart(
        [CurveStep("today", 1.2e6, 12000, 0), CurveStep("补编与跨单位调剂", 1e5, 0, 12)],
        title="The ladder",
        note=SCALE.note,
        width=width,
    ),
}


@pytest.mark.parametrize("width", [4.0, 7.2])
@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_cut_off_or_overlaps_and_all_is_in_our_font(name: str, width: float) -> None:
    figure = drawn(CHARTS[name](width))
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    shown = [item for item in figure.findobj(Text) if item.get_text() and item.get_visible()]
    boxes = {item: item.get_window_extent(canvas.get_renderer()) for item in shown}
    for item, box in boxes.items():
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, item.get_text()
        assert box.y0 >= -1 and box.y1 <= figure.bbox.y1 + 1, item.get_text()
        assert item.get_fontproperties().get_family() == [FONT_FAMILY]
    for one, other in combinations(shown, 2):
        assert not boxes[one].padded(-1).overlaps(boxes[other]), (one.get_text(), other.get_text())
