"""The plan page decides, asks why not, looks ahead and sets goals and limits, all undoable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton

from app.model.county import Change
from app.model.vocabulary import Goal, Verdict, Wish
from tests.ui.driving import Driver
from ui.dialogs.locks import LocksDialog
from ui.dialogs.policy import PolicyDialog
from ui.dialogs.whynot import WhyNotDialog
from ui.pages.planning.plan import PlanPage

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
"""What the platform without a screen says of every dialog."""


@pytest.fixture
def page(driver: Driver, plan_path: Path) -> PlanPage:
    driver.open(plan_path)
    page = driver.show("plan")
    assert isinstance(page, PlanPage)
    page.panel.limit.setValue(20)
    page.panel.run.click()
    driver.settle()
    assert driver.workspace.plan is not None and driver.workspace.plan.measures
    return page


def test_what_a_measure_would_change_is_locked_by_key_and_released(
    driver: Driver, page: PlanPage
) -> None:
    before = driver.project.county.volumes["U1", "T1"]
    more = Change(before, replace(before, volume=2300.0))
    driver.workspace.change_now(lambda: driver.project.change("more", [more]))
    page.panel.run.click()
    driver.settle()
    rows = page.measures.rows
    row = next(at for at in range(rows.rowCount()) if rows.row_at(at).post_code)
    measure = rows.row_at(row)
    page.measures.table.selectRow(row)
    driver.window.activateWindow()
    page.measures.table.setFocus()
    driver.qtbot.waitUntil(page.measures.table.hasFocus)
    driver.qtbot.keyClick(page.measures.table, Qt.Key.Key_L)
    driver.settle()
    assert driver.action("undo").text() == f"Undo: Lock what measures {measure.rank} would change"
    locked = [row for row in driver.project.county.assignments.values() if row.is_pinned]
    assert {row.post_code for row in locked} == {measure.post_code}
    dialog = LocksDialog(driver.workspace, page)
    driver.qtbot.addWidget(dialog)
    assert dialog.rows.rowCount() == len(locked)
    dialog.table.selectAll()
    dialog.release.click()
    driver.settle()
    assert dialog.rows.rowCount() == 0
    assert not any(row.is_pinned for row in driver.project.county.assignments.values())


def test_a_measure_is_rejected_by_key_and_the_next_plan_does_without_it(
    driver: Driver, page: PlanPage
) -> None:
    measure = page.measures.rows.row_at(0)
    page.measures.table.selectRow(0)
    driver.window.activateWindow()
    page.measures.table.setFocus()
    driver.qtbot.waitUntil(page.measures.table.hasFocus)
    driver.qtbot.keyClick(page.measures.table, Qt.Key.Key_R)
    driver.settle()
    assert driver.project.advising.verdicts == {measure.identity: Verdict.REJECTED}
    assert page.measures.rows.index(0, 1).data() == "✕ rejected"
    assert page.stale.isVisible()
    assert driver.action("undo").text() == "Undo: Reject measures 1"
    page.panel.run.click()
    driver.settle()
    plan = driver.workspace.plan
    assert plan is not None
    assert measure.identity not in {found.identity for found in plan.measures}
    assert not page.stale.isVisible()


def test_accepted_measures_are_carried_out_as_one_step_and_undone(
    driver: Driver, page: PlanPage
) -> None:
    before = driver.workspace.county
    assert not page.measures.apply.isEnabled()
    page.measures.first.setValue(1)
    page.measures.accept_first.click()
    driver.settle()
    assert [row.rank for row in driver.project.advising.accepted] == [1]
    expected = driver.project.advising.changes()
    page.measures.apply.click()
    driver.settle()
    assert driver.workspace.county == before.with_changes(expected) != before
    assert "1 measure is carried out" in driver.window.bar.text
    assert page.stale.isVisible() and "data changed" in page.stale.text()
    headline = page.headline.text()
    driver.do("undo")
    assert driver.workspace.county == before
    assert page.headline.text() == headline, "it speaks of the day the plan was made"
    assert page.stale.isVisible() and "around your decisions" in page.stale.text()
    driver.do("undo")
    assert driver.project.advising.verdicts == {}
    assert not page.stale.isVisible(), "what was undone changes nothing"


def test_deciding_leaves_the_measures_where_they_are(driver: Driver, page: PlanPage) -> None:
    driver.qtbot.wait(10)
    before = page.measures.apply.mapTo(page, QPoint(0, 0))
    page.measures.first.setValue(1)
    page.measures.accept_first.click()
    driver.settle()
    driver.qtbot.wait(10)
    assert page.stale.isVisible()
    assert page.measures.apply.mapTo(page, QPoint(0, 0)) == before


def test_goals_and_limits_fit_a_screen_of_768_lines_at_125_per_cent(
    driver: Driver, page: PlanPage
) -> None:
    dialog = page.edit_policy()
    assert dialog.minimumSizeHint().height() <= dialog.sizeHint().height() <= 560
    lowest = dialog.goals.mapTo(dialog, dialog.goals.rect().bottomLeft()).y()
    buttons = [button for button in dialog.findChildren(QPushButton) if button.text() == "Earlier"]
    assert lowest < buttons[0].y(), "nothing overlaps"
    share = dialog.fields["max_cut.formalistic"]
    assert share.text() == "50%"  # type: ignore[union-attr]
    assert dialog.changes() == []
    dialog.reject()


def test_why_not_answers_in_the_window(driver: Driver, page: PlanPage) -> None:
    dialog = page.ask_why_not(page.measures.rows.row_at(0))
    assert isinstance(dialog, WhyNotDialog)
    dialog.wish.setCurrentIndex(dialog.wish.findData(Wish.EXEMPT_UNIT.value))
    assert not dialog.taker.isVisible()
    dialog.ask.click()
    driver.settle()
    assert dialog.goals.rowCount() == len(Goal)
    worse = [row for row in dialog.goals.shown if row.change > 0]
    assert worse and dialog.answer.text()
    shown = dialog.goals.index(dialog.goals.row_of(worse[0].goal) or 0, 4).data()
    assert shown == "worse"
    dialog.reject()


def test_a_move_that_can_never_be_is_refused_in_the_dialog(driver: Driver, page: PlanPage) -> None:
    dialog = page.ask_why_not()
    dialog.wish.setCurrentIndex(dialog.wish.findData(Wish.MOVE_PEOPLE.value))
    dialog.people.setValue(500)
    dialog.taker.setCurrentIndex(1)
    dialog.ask.click()
    driver.settle()
    assert "cannot" in dialog.answer.text()
    assert dialog.ask.isEnabled()
    dialog.reject()


def test_goals_and_limits_are_one_undoable_step(driver: Driver, page: PlanPage) -> None:
    dialog = page.edit_policy()
    assert isinstance(dialog, PolicyDialog)
    assert dialog.changes() == []
    dialog.goals.setCurrentItem(dialog.goals.topLevelItem(1))
    dialog.move_goal(1)
    dialog.fields["max_moves"].setText("3")  # type: ignore[union-attr]
    dialog.findChild(QDialogButtonBox).accepted.emit()
    driver.settle()
    policy = driver.project.policy
    assert policy.max_moves == 3
    assert policy.goals[:3] == (Goal.UNASSIGNED_HOURS, Goal.NEW_PEOPLE, Goal.OVERLOAD)
    assert driver.action("undo").text() == "Undo: Set goals and limits"
    driver.do("undo")
    assert driver.project.policy.max_moves is None
    assert driver.project.policy.goals == tuple(Goal)


def test_a_limit_that_is_no_number_is_named_and_nothing_is_kept(
    driver: Driver, page: PlanPage
) -> None:
    dialog = page.edit_policy()
    dialog.fields["max_moves"].setText("viele")  # type: ignore[union-attr]
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.fault.text() == "“viele” is no value for most people moved."
    dialog.reject()
    driver.settle()
    assert driver.project.policy.max_moves is None


def test_one_person_more_is_reckoned_and_forgotten_when_the_data_changes(
    driver: Driver, page: PlanPage
) -> None:
    page.tabs.setCurrentWidget(page.people)
    page.people.reckon.click()
    assert not page.people.reckon.isEnabled()
    driver.settle()
    assert page.people.reckon.isEnabled()
    assert page.people.rows.rowCount() > 0
    found = page.people.rows.row_at(0)
    assert found.overload_more is None or found.relief >= 0
    driver.type_hours("T2", "P2", "300")
    driver.show("plan")
    assert page.people.rows.rowCount() == 0


def test_the_table_of_measures_is_copied_with_its_headings(driver: Driver, page: PlanPage) -> None:
    page.measures.table.clearSelection()
    page.measures.table.copy()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["No.", "Decision", "Kind"]
    assert len(lines) == page.measures.rows.rowCount() + 1


def test_robustness_is_marked_in_words_and_drawn(driver: Driver, page: PlanPage) -> None:
    page.measures.robust.click()
    driver.settle()
    titles = [column.title for column in page.measures.rows.columns]
    shown = page.measures.rows.index(0, titles.index("Survives %")).data()
    assert shown.split(" · ")[1] in {"solid", "shaky", "depends on unit times"}
    page.tabs.setCurrentIndex(1)
    driver.qtbot.waitUntil(lambda: page.robustness.is_drawn, timeout=20_000)
