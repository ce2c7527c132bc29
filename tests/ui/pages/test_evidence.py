"""Evidence driven as a user does: ranges, draws, the tornado and what to measure next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.errors import Cancelled
from app.judging import Judging
from app.method.uncertainty.tornado import InputKind
from app.model.county import Change
from app.model.vocabulary import Evidence
from app.report.charts.tornado_chart import tornado_chart
from app.report.charts.tornado_rows import SwingBar
from app.report.plotted import Scale
from tests.builders import task
from tests.ui.driving import Driver
from ui.pages.evidence.evidence_page import (
    GRADES,
    MEASURING,
    OPINIONS,
    RISKS,
    TORNADO,
    EvidencePage,
)
from ui.pages.page import Where


@pytest.fixture
def page(driver: Driver, plan_path: Path) -> EvidencePage:
    driver.open(plan_path)
    before = driver.workspace.county.tasks[("T1",)]
    after = task("T1", evidence=Evidence.SAMPLE, hours_low=0.5, hours_high=1.3)
    driver.workspace.change("录入", [Change(before=before, after=after)])
    found = driver.show("evidence")
    assert isinstance(found, EvidencePage)
    return found


def test_a_grade_is_given_a_range_and_tasks_show_theirs(driver: Driver, page: EvidencePage) -> None:
    grades = page.grades
    known = {row.task.task_code: row.known for row in grades.tasks.shown}
    assert known["T1"] is not None and known["T1"].is_stated and known["T2"] is None
    at = next(i for i, row in enumerate(grades.rows.shown) if row.grade is Evidence.SAMPLE)
    assert grades.rows.setData(grades.rows.index(at, 1), "20")
    driver.settle()
    assert driver.workspace.county.policy[("spread.SAMPLE",)].value == "0.2"
    assert not grades.rows.setData(grades.rows.index(len(grades.rows.shown) - 1, 1), "20")
    assert "without a grade" in driver.window.bar.text
    page.search.setText("T2")
    assert [row.task.task_code for row in grades.tasks.shown] == ["T2"]
    grades._open(0)
    assert driver.window.stack.currentWidget() is driver.window.pages["duties"]


def test_draws_are_those_of_the_method_and_lead_to_the_tornado(
    driver: Driver, page: EvidencePage
) -> None:
    page.draws.setValue(200)
    page.tabs.setCurrentIndex(RISKS)
    driver.settle()
    expected = Judging(driver.workspace.county, driver.workspace.figures).robustness(draws=200)
    risks = page.risks
    assert {row.code: row for row in risks.rows.shown} == dict(expected.posts)
    assert risks.rows.shown[0].code == "P1"
    risks.level.setCurrentIndex(1)
    assert [row.code for row in risks.rows.shown] == ["U1"]
    risks.level.setCurrentIndex(0)
    risks._open(0)
    driver.settle()
    assert page.tabs.currentIndex() == TORNADO
    assert page.tornado.post.currentData() == "P1"
    kinds = {(row.kind, row.code) for row in page.tornado.rows.shown}
    assert (InputKind.UNIT_TIME, "T1") in kinds and (InputKind.UNIT_TIME, "T2") not in kinds
    driver.qtbot.waitUntil(lambda: page.tornado.chart.is_drawn, timeout=20_000)
    page.tabs.setCurrentIndex(MEASURING)
    driver.settle()
    assert [row.task_code for row in page.measuring.rows.shown][:1] == ["T1"]
    assert "Begin with “T1任务”" in page.measuring.sentence.text()
    page.tabs.setCurrentIndex(OPINIONS)
    assert len(page.opinions.rows.shown) == 3
    page.tabs.setCurrentIndex(GRADES)
    driver.window.go_to(Where("evidence", unit_code="U1", post_code="P2"))
    assert page.tornado.post.currentData() == "P2"


@pytest.mark.parametrize("tab", [RISKS, TORNADO])
def test_the_user_stops_draws_and_tornado_and_begins_again(
    driver: Driver, page: EvidencePage, tab: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def until_stopped(
        self: Judging, *, should_stop: Callable[[], bool], **others: object
    ) -> Iterator[object]:
        while not should_stop():
            pass
        raise Cancelled

    with monkeypatch.context() as patched:
        for name in ("robustness", "tornado"):
            patched.setattr(Judging, name, until_stopped)
        page.tabs.setCurrentIndex(tab)
        driver.qtbot.waitUntil(driver.window.status._cancel.isVisible)
        driver.window.status._cancel.click()
        driver.settle()
    told = page.risks.sentence if tab == RISKS else page.tornado.stopped
    assert told.text().startswith("Stopped.") and told.isVisible()
    page.tabs.setCurrentIndex(GRADES)
    page.tabs.setCurrentIndex(tab)
    driver.settle()
    rows = page.risks.rows.shown if tab == RISKS else page.tornado.rows.shown
    assert rows and (tab == RISKS or not told.isVisible())


def test_a_tornado_is_drawn_with_both_ends_of_every_input() -> None:
    rows = [
        SwingBar("单件工时：甲", "1", "3", 0.9, 1.2, True),
        SwingBar("能力系数：乙", "0.9", "1.1", 1.1, 0.95, False),
    ]
    scale = Scale(legend=[], limits=[1.0], note="")
    figure = tornado_chart(rows, today=1.0, title="甲", scale=scale, probe=0.1)
    (axes,) = figure.axes
    widths = sorted(round(patch.get_width(), 3) for patch in axes.patches)  # type: ignore[attr-defined]
    assert widths == [-0.1, -0.05, 0.1, 0.2]
    assert [label.get_text() for label in axes.get_yticklabels()] == [row.label for row in rows]
