"""Curves and parts show every value, and tell states apart by more than colour."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from app.method.assessing import assess
from app.method.calendars import calendar_of
from app.model.vocabulary import Burden
from app.report.charts import showing
from app.report.charts.curves import PEAK, month_chart, people_chart, relief_chart
from app.report.charts.lying_bars import PATTERNS, burden_chart
from app.report.plotted import Knot, Month, Stack, Survivor
from app.report.theme import DARK, LIGHT, PRINT, Ground
from tests import builders

COUNTY = builders.small_county()
FIGURES = assess(COUNTY)


def texts(figure: Figure) -> list[str]:
    FigureCanvasAgg(figure).draw()
    return [item.get_text() for item in figure.findobj(Text) if item.get_text()]


@pytest.mark.parametrize("ground", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_knee_and_choice_stand_on_the_relief_curve(ground: Ground) -> None:
    points = [Knot(0, 0.0), Knot(1, 0.5), Knot(2, 0.8), Knot(3, 0.85)]
    figure = relief_chart(points, knee=2, chosen=3, title="", note="", ground=ground)
    assert {"knee: 2 measures, 80%", "chosen: 3 measures, 85%"} <= set(texts(figure))
    line = figure.axes[0].lines[0]
    assert list(line.get_ydata()) == [0.0, 0.5, 0.8, 0.85]


def test_the_curve_of_people_shows_what_is_left() -> None:
    figure = people_chart([Knot(0, 1200.0), Knot(1, 400.0)], title="", note="")
    assert {"1,200", "400", "+0", "+1"} <= set(texts(figure))


def test_a_peak_month_has_a_pattern_and_its_per_cent() -> None:
    months = [Month(1, 90.0, 100.0), Month(2, 130.0, 100.0)]
    figure = month_chart(months, title="", note="")
    assert {"90%", "130%"} <= set(texts(figure))
    hatches = [patch.get_hatch() or "" for patch in figure.axes[0].patches]
    assert hatches == ["", PEAK]


def test_months_add_up_to_the_year() -> None:
    rows = showing.month_rows(COUNTY, FIGURES)
    load = FIGURES.county.load
    assert sum(row.workload_hours for row in rows) == pytest.approx(load.workload_hours)
    assert sum(row.capacity_hours for row in rows) == pytest.approx(load.capacity_hours)
    share = calendar_of(COUNTY).shares[1]
    assert rows[1].capacity_hours == pytest.approx(load.capacity_hours * share)


def test_the_curve_of_evenness_lies_below_the_diagonal_and_ends_at_one() -> None:
    points = showing.lorenz_points(FIGURES)
    assert points[0] == (0.0, 0.0)
    assert points[-1] == pytest.approx((1.0, 1.0))
    assert all(up <= across + 1e-9 for across, up in points)
    assert points[1][1] < points[1][0]


def test_kinds_of_burden_differ_in_pattern_and_add_up() -> None:
    rows = [
        Stack("报表", {Burden.FORMALISTIC: 60.0, Burden.SUBSTANTIVE: 40.0}),
        Stack("会议", {Burden.NECESSARY_FORMAL: 30.0}),
    ]
    figure = burden_chart(rows, title="", note="")
    assert {"100 h", "30 h", "formalistic", "formal but necessary"} <= set(texts(figure))
    drawn = [(patch.get_width(), patch.get_hatch() or "") for patch in figure.axes[0].patches]
    assert drawn == [
        (60.0, PATTERNS[Burden.FORMALISTIC]),
        (40.0, PATTERNS[Burden.SUBSTANTIVE]),
        (30.0, PATTERNS[Burden.NECESSARY_FORMAL]),
    ]


def test_marks_of_robustness_are_words_and_patterns() -> None:
    rows = [Survivor("A", 0.95), Survivor("B", 0.7), Survivor("C", 0.2)]
    figure = showing.survivors_chart(rows, draws=50)
    assert {"95% · solid", "70% · depends on unit times", "20% · shaky"} <= set(texts(figure))
    assert len({patch.get_hatch() for patch in figure.axes[0].patches}) == 3


def test_nothing_to_show_is_no_chart() -> None:
    empty = builders.county()
    figures = assess(empty)
    assert showing.months_chart(empty, figures) is None
    assert showing.evenness_chart(figures) is None
    assert showing.forms_chart(empty, figures) is None
