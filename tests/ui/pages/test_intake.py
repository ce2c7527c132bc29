"""Intake driven as a user does: a duty is drafted, judged unit by unit, and taken on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit

from app.advice.whatif.intake import Admission
from tests.builders import duty, small_county
from tests.ui.driving import Driver
from ui.pages.intake.intake_page import IntakePage
from ui.work.new_duty import DutyDraft


@pytest.fixture
def page(driver: Driver, plan_path: Path) -> IntakePage:
    driver.open(plan_path)
    found = driver.show("intake")
    driver.settle()
    assert isinstance(found, IntakePage)
    return found


def write(driver: Driver, editor: object, text: str) -> None:
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    editor.insert(text)
    driver.qtbot.keyClick(editor, Qt.Key.Key_Return)


def judged(driver: Driver, page: IntakePage) -> None:
    driver.qtbot.waitUntil(lambda: not page._timer.isActive())
    driver.settle()


def draft(driver: Driver, page: IntakePage, volume: str) -> None:
    view = page.draft_view
    write(driver, view.duty_form.editors["name"], "排查")
    view.tabs.setCurrentIndex(1)
    write(driver, view.task_form.editors["hours_each"], "2")
    view.tabs.setCurrentIndex(2)
    write(driver, view.same, volume)
    judged(driver, page)


def test_each_missing_piece_is_asked_for_until_units_are_judged(
    driver: Driver, page: IntakePage
) -> None:
    assert page.empty.text() == "Name the duty." and not page.add.isEnabled()
    draft(driver, page, "100")
    (verdict,) = page.rows.shown
    assert verdict.decision is Admission.ACCEPT
    assert verdict.reckoning.hours == 200.0
    assert "Arithmetic" in page.details.text() and "200.0 h" in page.details.text()
    view = page.draft_view
    assert view.volumes.setData(view.volumes.index(0, 2), "2000")
    judged(driver, page)
    (verdict,) = page.rows.shown
    assert verdict.decision is Admission.ACCEPT_WITH_PEOPLE
    assert page.hint.text().startswith("0 accept · 1 with ")
    view.add_task.click()
    judged(driver, page)
    assert page.empty.text() == "Name its tasks."
    view.remove_task.click()
    judged(driver, page)
    assert page.table.isVisible()
    driver.do("dark")
    again = driver.window.pages["intake"]
    assert isinstance(again, IntakePage) and again.draft.duty.name == "排查"
    driver.do("dark")


def test_a_duty_is_kept_as_a_scenario_then_taken_on_and_undone(
    driver: Driver, page: IntakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(driver, page, "100")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_named: ("承接", True))
    page.keep.click()
    driver.settle()
    assert [item.name for item in driver.project.scenarios] == ["承接"]
    judged(driver, page)
    page.add.click()
    driver.settle()
    county = driver.workspace.county
    assert county.duties[("NEW1",)].name == "排查"
    assert sum(row.share for row in county.assignments.values() if row.task_code == "NEW1-1") == 1.0
    assert page.draft.duty.name == "" and page.draft.duty.duty_code == "NEW2"
    driver.window.bar.action_button.click()
    assert driver.window.stack.currentWidget() is driver.window.pages["duties"]
    driver.do("undo")
    assert ("NEW1",) not in driver.workspace.county.duties


def test_a_draft_makes_way_for_codes_the_plan_has_taken() -> None:
    drafted = DutyDraft.begun(small_county())
    drafted.set_volume("U1", "NEW1-1", "volume", "5")
    drafted.keep_codes_free(small_county(duty("NEW1")))
    assert drafted.duty.duty_code == "NEW2" == drafted.tasks[0].duty_code
    assert drafted.volumes[("U1", "NEW2-1")].task_code == "NEW2-1" == drafted.tasks[0].task_code
    drafted.keep_codes_free(small_county())
    assert drafted.duty.duty_code == "NEW2"
