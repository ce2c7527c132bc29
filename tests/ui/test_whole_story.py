"""From the open county to the exported plan and back, in both languages, as a user does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from app.model.county import Change
from app.model.vocabulary import Verdict, Wish
from app.project import Project
from app.report.wording import overloaded_posts
from tests.builders import policy, post, small_county
from tests.ui.driving import Driver
from ui.pages.outputs import OutputsPage
from ui.pages.planning.plan import PlanPage
from ui.widgets.buttons import StepButton
from ui.work.batch import Output

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
"""What the platform without a screen says of every dialog."""


def planned(driver: Driver) -> PlanPage:
    """Find a plan within seconds and return its page."""
    page = driver.show("plan")
    assert isinstance(page, PlanPage)
    page.panel.limit.setValue(10)
    page.panel.run.click()
    driver.settle()
    return page


@pytest.mark.parametrize(
    ("language", "kind"), [("en", "allocation"), ("zh_CN", "分工调配表")], ids=["en", "zh"]
)
def test_a_county_is_edited_checked_planned_decided_applied_exported_and_reopened(
    driver: Driver, plan_path: Path, tmp_path: Path, language: str, kind: str
) -> None:
    if language == "zh_CN":
        driver.do("language")
    driver.open(plan_path)

    driver.type_hours("T3", "P2", "60")
    assert driver.workspace.county.assignments[("U1", "T3", "P2")].share == pytest.approx(0.6)
    driver.do("undo")
    assert ("U1", "T3", "P2") not in driver.workspace.county.assignments

    checkup = driver.show("checkup")
    assert checkup.rows.rowCount() == len(driver.project.check()) > 0  # type: ignore[attr-defined]

    page = planned(driver)
    rejected = page.measures.rows.row_at(0)
    page.measures.table.selectRow(0)
    page.measures.verdict_buttons[Verdict.REJECTED].click()
    page = planned(driver)
    plan = driver.workspace.plan
    assert plan is not None and plan.measures
    assert rejected.identity not in {measure.identity for measure in plan.measures}

    dialog = page.ask_why_not(rejected)
    assert dialog.wish.currentData() in set(Wish)
    dialog.ask.click()
    driver.settle()
    assert dialog.answer.text() and dialog.goals.rowCount() > 0
    dialog.close()

    before = driver.workspace.county
    page.measures.first.setValue(1)
    page.measures.accept_first.click()
    page.measures.apply.click()
    driver.settle()
    applied = driver.workspace.county
    assert applied != before
    driver.do("undo")
    assert driver.workspace.county == before
    driver.do("redo")
    assert driver.workspace.county == applied

    outputs = driver.show("outputs")
    assert isinstance(outputs, OutputsPage)
    for output, box in outputs.boxes.items():
        box.setChecked(output is Output.ALLOCATION)
    outputs.folder.setText(str(tmp_path))
    outputs.write.click()
    driver.settle()
    assert (tmp_path / f"小县 {kind}.xlsx").read_bytes().startswith(b"PK")

    driver.do("save")
    driver.do("close")
    driver.open(plan_path)
    assert driver.workspace.county == applied
    assert driver.workspace.plan == plan
    assert driver.project.verify_history() == ()


def test_a_switched_lever_is_a_step_that_undo_takes_back(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    page = driver.show("plan")
    assert isinstance(page, PlanPage)
    box = list(page.panel.levers.values())[-1]
    driver.qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    driver.settle()
    assert "temporary" not in driver.workspace.county.policy[("levers",)].value
    assert driver.action("undo").text().startswith("Undo: Let plans use: reassign tasks")
    driver.do("undo")
    driver.show("plan")
    assert ("levers",) not in driver.workspace.county.policy and box.isChecked()
    page.panel.limit.setValue(45)
    page.panel.limit.editingFinished.emit()
    driver.settle()
    assert driver.project.policy.time_limit == 45


def test_the_overview_says_what_the_measures_leave(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    planned(driver)
    plan, page = driver.workspace.plan, driver.show("overview")
    assert plan is not None
    steps = {step.words.text() for step in page.findChildren(StepButton)}
    now, then = overloaded_posts(driver.workspace.figures, plan)
    assert any(f"posts from {now} to {then}" in text for text in steps)


def county_of_limits(folder: Path) -> Path:
    """Write a county whose limits cannot hold together."""
    path = folder / "限.hengbian"
    project = Project.new(path)
    county = small_county(post("P1", min_people=2.0), policy("levers", "reassign"))
    project.change("录入", [Change(before=None, after=row) for row in county.records()])
    project.save()
    project.close()
    return path


def test_limits_that_cannot_hold_lead_to_their_cells(driver: Driver, tmp_path: Path) -> None:
    driver.open(county_of_limits(tmp_path))
    page = planned(driver)
    blocked = driver.workspace.blocked
    assert blocked is not None and blocked.conflicts and driver.workspace.plan is None
    assert page.conflicts.isVisible() and not page.tabs.isVisible()
    assert "<a" in page.conflicts.texts[0]
    page.conflicts.follow(0)
    assert driver.window.stack.currentWidget() is driver.window.pages["posts"]
    driver.show("plan")
    driver.do("undo")
    assert driver.workspace.blocked is None and not page.conflicts.isVisible()


@pytest.mark.parametrize("leave", ["language", "new"])
def test_limits_told_in_another_language_or_of_another_plan_are_gone(
    driver: Driver, tmp_path: Path, leave: str
) -> None:
    driver.open(county_of_limits(tmp_path))
    planned(driver)
    assert driver.workspace.blocked is not None
    driver.do(leave)
    page = driver.show("plan")
    assert isinstance(page, PlanPage)
    assert driver.workspace.blocked is None and not page.conflicts.isVisible()
