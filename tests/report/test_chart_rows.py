"""Rows say what figures and plans say, in the words of the band scheme."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.language import use_language
from app.method.assessing import assess
from app.model.figures import Figures
from app.model.vocabulary import Band
from app.report import chart_rows
from tests import builders
from tests.report.plans import small_plan


@pytest.fixture
def figures() -> Figures:
    return assess(builders.small_county())


def test_legend_of_the_default_scheme(figures: Figures) -> None:
    legend = dict(chart_rows.scale_of(figures).legend)
    assert legend[Band.UNDER] == "under-loaded < 80%"
    assert legend[Band.FULL] == "fully loaded 80%–100%"
    assert legend[Band.OVER] == "overloaded 100%–120%"
    assert legend[Band.SEVERE] == "severely overloaded > 120%"
    assert chart_rows.scale_of(figures).limits == [0.8, 1.0, 1.2]


@pytest.mark.parametrize(
    ("scheme", "under", "over"),
    [("pej", "E / D ≤ 70%", "A > 100%"), ("50-70-90", "under-loaded < 50%", "overloaded > 90%")],
)
def test_classes_of_one_band_share_a_line(
    figures: Figures, scheme: str, under: str, over: str
) -> None:
    legend = dict(chart_rows.scale_of(replace(figures, band_scheme=scheme)).legend)
    assert (legend[Band.UNDER], legend[Band.OVER]) == (under, over)
    assert Band.SEVERE not in legend


def test_note_names_denominator_and_scheme(figures: Figures) -> None:
    use_language("zh_CN")
    assert chart_rows.scale_of(figures).note.startswith(figures.denominator)
    assert "80／100／120" in chart_rows.scale_of(figures).note


def test_posts_stand_most_loaded_first(figures: Figures) -> None:
    assert [post.post_code for post in chart_rows.most_loaded(figures, most=9)] == [
        "P1",
        "P2",
        "P3",
    ]
    bars = {bar.label: bar for bar in chart_rows.post_bars(figures)}
    assert bars["U1镇·党政办·P1岗"].saturation == pytest.approx(2000 / 1784)
    assert bars["U1镇·党政办·P1岗"].band is Band.OVER
    inside = [bar.label for bar in chart_rows.post_bars(figures, unit_code="U1")]
    assert inside == ["党政办·P1岗", "党政办·P2岗", "财政所·P3岗"]
    assert chart_rows.post_bars(figures, unit_code="U2") == []


def test_heat_rows_hold_units_and_offices(figures: Figures) -> None:
    (line,), columns = chart_rows.heat_rows(figures)
    assert columns == ["Whole unit", "党政办", "财政所"]
    assert line.cells["党政办"].saturation == pytest.approx(2500 / 3568)
    assert line.cells["Whole unit"].saturation == line.cells["党政办"].saturation
    assert line.cells["财政所"].band is Band.NO_DATA


def test_shifts_are_the_posts_a_plan_changes(figures: Figures) -> None:
    shifts = chart_rows.shifts(figures, small_plan(figures))
    assert [row.label for row in shifts] == ["U1镇·党政办·P1岗", "U1镇·党政办·P2岗"]
    assert (shifts[0].before_band, shifts[0].after_band) == (Band.OVER, Band.FULL)
    assert shifts[0].after == pytest.approx(1600 / 1784)
    assert chart_rows.shifts(figures, small_plan(figures), unit_code="U2") == []


def test_steps_begin_today(figures: Figures) -> None:
    steps = chart_rows.steps(small_plan(figures))
    assert [step.label for step in steps] == ["Today", "reassign tasks", "move people inside units"]
    assert [step.overload for step in steps] == [216.0, 54.0, 0.0]
    without_goals = replace(small_plan(figures), goals=())
    assert chart_rows.steps(without_goals)[0].label == "reassign tasks"
