"""The whole story of a window: open, edit, undo, redo, plan, save, reopen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.model.county import Change, StaffCategory
from app.model.vocabulary import Band, Table
from app.project import Project
from tests.ui.driving import Driver
from ui.pages.checkup import CheckupPage
from ui.pages.overview import OverviewPage
from ui.pages.planning.plan import PlanPage
from ui.work.recovering import look_for_lost


def status_of(driver: Driver) -> str:
    return driver.window.status.hours.text()


def saturation_of(driver: Driver, post_code: str) -> float | None:
    return driver.workspace.figures.posts[post_code].load.saturation


def test_an_edit_of_the_matrix_moves_every_figure_at_once(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    assert status_of(driver) == "Tasks 2,600 h = assigned 2,500 h + unassigned 100 h"
    before = saturation_of(driver, "P2")
    driver.type_hours("T3", "P2", "100")
    assert driver.workspace.county.assignments[("U1", "T3", "P2")].share == 1.0
    assert status_of(driver) == "Tasks 2,600 h = assigned 2,600 h + unassigned 0 h"
    after = saturation_of(driver, "P2")
    assert before is not None and after is not None and after > before
    foot = driver.matrix().matrix.foot.model()
    assert foot.index(3, 1).data() == f"{after * 100:.1f}%"


def test_undo_and_redo_speak_of_the_step_and_take_it_back(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.type_hours("T3", "P2", "40")
    assert driver.action("undo").text() == "Undo: Set “T3任务” at P2岗 to 40.0 h"
    driver.do("undo")
    assert ("U1", "T3", "P2") not in driver.workspace.county.assignments
    assert status_of(driver).endswith("unassigned 100 h")
    assert driver.action("redo").text() == "Redo: Set “T3任务” at P2岗 to 40.0 h"
    driver.do("redo")
    assert driver.workspace.county.assignments[("U1", "T3", "P2")].share == pytest.approx(0.4)
    assert driver.cell("T3", "P2").data() == "40.0"


def test_a_plan_is_made_kept_and_read(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    page = driver.show("plan")
    assert isinstance(page, PlanPage)
    page.panel.limit.setValue(20)
    page.panel.run.click()
    assert driver.workspace.planning is not None
    assert page.panel.cancel.isVisible() and not page.panel.run.isVisible()
    driver.settle()
    plan = driver.workspace.plan
    assert plan is not None and plan.is_verified
    assert page.measures.rows.rowCount() == len(plan.measures) > 0
    assert page.goals.rowCount() == len(plan.goals) == 6
    assert page.measures.rows.row_at(0).reason is not None
    assert not page.stale.isVisible()
    driver.type_hours("T2", "P2", "300")
    driver.show("plan")
    assert page.stale.isVisible()


def test_saved_work_is_there_again(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.type_hours("T3", "P2", "60")
    assert driver.window.isWindowModified()
    driver.do("save")
    assert not driver.window.isWindowModified()
    driver.do("close")
    assert not driver.workspace.is_open
    driver.open(plan_path)
    assert driver.workspace.county.assignments[("U1", "T3", "P2")].share == pytest.approx(0.6)
    assert driver.window.memory.recent == (plan_path.resolve(),)


def test_the_overview_leads_on(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    page = driver.show("overview")
    assert isinstance(page, OverviewPage)
    driver.qtbot.waitUntil(lambda: page.chart.is_drawn, timeout=20_000)
    page.unassigned.click()
    assert driver.window.stack.currentWidget() is driver.window.pages["checkup"]
    driver.show("overview")
    page.overloaded.click()
    posts = driver.window.pages["posts"]
    assert driver.window.stack.currentWidget() is posts
    shown = driver.workspace.figures.posts["P1"].load.band
    assert shown in {Band.OVER, Band.SEVERE}
    assert posts.hint.text() == "1 of 3 posts"


def test_people_and_ability_are_edited_in_the_table(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.show("posts")
    page = driver.window.pages["posts"]
    rows = page.rows  # type: ignore[attr-defined]
    titles = [column.title for column in rows.columns]
    people, ability = titles.index("行政"), titles.index("Ability")
    assert rows.setData(rows.index(0, people), "2")
    assert driver.workspace.county.staffing[("P1", "行政")].on_duty == 2.0
    assert rows.setData(rows.index(0, ability), "1.5")
    assert driver.workspace.county.posts[("P1",)].ability == 1.5
    assert not rows.setData(rows.index(0, ability), "0")
    assert "more than 0" in driver.window.bar.text
    assert driver.project.undo_label == "Set Ability of P1岗 to 1.5"


def test_a_finding_leads_to_its_place(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    page = driver.show("checkup")
    rows = page.rows  # type: ignore[attr-defined]
    assert rows.rowCount() == len(driver.project.check()) > 0
    at = next(i for i, row in enumerate(rows.shown) if row.place and row.place.key[-1] == "T3")
    page.table.opened.emit(at)  # type: ignore[attr-defined]
    assert driver.window.stack.currentWidget() is driver.window.pages["matrix"]
    assert driver.matrix().unit_code == "U1"


def test_the_history_lists_every_step_and_is_sound(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.type_hours("T3", "P2", "60")
    driver.do("undo")
    page = driver.show("history")
    labels = [row.label for row in page.rows.shown]  # type: ignore[attr-defined]
    assert len(labels) == 3
    page.verify.click()  # type: ignore[attr-defined]
    driver.settle()
    assert "intact" in driver.window.bar.text


def test_the_sample_county_opens_edits_and_undoes(driver: Driver) -> None:
    driver.do("sample")
    assert len(driver.workspace.figures.units) == 20
    assert not driver.workspace.has_unsaved_work
    grid = driver.matrix().matrix.body.cells.grid
    assert grid is not None
    row = next(at for at, row in enumerate(grid.rows) if row.task_code)
    task, post = grid.rows[row].task_code, grid.posts[0].post_code
    before = driver.workspace.figures
    driver.type_hours(task, post, f"{grid.rows[row].hours:.4f}")
    assert driver.workspace.figures.posts[post] != before.posts[post]
    assert driver.workspace.has_unsaved_work
    driver.do("undo")
    assert driver.workspace.figures.posts[post] == before.posts[post]
    for entry in driver.window.entries:
        driver.show(entry.name)


def test_an_empty_plan_says_what_to_do(driver: Driver) -> None:
    driver.do("new")
    assert Table.UNITS not in driver.workspace.county.units
    for entry in driver.window.entries:
        driver.show(entry.name)
    words = " ".join(label.text() for label in driver.matrix().findChildren(QLabel))
    assert "import workbooks" in words


def test_a_plan_held_by_somebody_else_is_shown_for_reading(driver: Driver, plan_path: Path) -> None:
    other = Project.open(plan_path)
    try:
        driver.open(plan_path)
        assert driver.project.is_read_only
        assert "reading only" in driver.window.bar.text
        assert not driver.action("import").isEnabled()
        assert not driver.matrix().matrix.body.cells.may_edit
        driver.do("language")
        assert "只读" in driver.window.bar.text
        driver.do("dark")
        assert "只读" in driver.window.bar.text
        driver.window.bar.hide()
        driver.do("language")
        assert driver.window.bar.text == ""
    finally:
        driver.do("close")
        other.close()


def test_plans_that_were_never_saved_are_offered_in_one_list(driver: Driver) -> None:
    def offers() -> list[QPushButton]:
        buttons = driver.window.stack.currentWidget().findChildren(QPushButton)
        return [button for button in buttons if "the last: " in button.accessibleDescription()]

    rows = [StaffCategory("行政"), StaffCategory("事业")]
    for row in rows:
        lost = Project.new()
        lost.change(f"录入{row.category}", [Change(before=None, after=row)])
        lost.close(keep_unsaved=True)
    look_for_lost(driver.workspace)
    driver.settle()
    said = [button.accessibleDescription().partition(" · ")[2] for button in offers()]
    assert said == ["1 step, the last: 录入事业", "1 step, the last: 录入行政"]
    offers()[1].click()
    driver.settle()
    assert list(driver.workspace.county.categories) == [rows[0].key]
    assert driver.window.isWindowModified()
    driver.workspace.discard()
    driver.workspace.hold(None)
    driver.settle()
    assert [item.label for item in Project.lost()] == ["录入事业"]
    assert len(offers()) == 1


def test_a_condition_on_a_column_counts_in_what_the_page_says(
    driver: Driver, plan_path: Path
) -> None:
    driver.open(plan_path)
    page = driver.show("posts")
    titles = [column.title for column in page.rows.columns]  # type: ignore[attr-defined]
    page.rows.set_condition(titles.index("Saturation %"), "> 100")  # type: ignore[attr-defined]
    assert page.hint.text() == "1 of 3 posts"
    page.table.menu.lift_filters()  # type: ignore[attr-defined]
    assert page.hint.text() == "3 of 3 posts"


def test_findings_are_chosen_by_what_is_checked(driver: Driver, sample_path: Path) -> None:
    driver.open(sample_path)
    page = driver.show("checkup")
    assert isinstance(page, CheckupPage)
    total = 0
    for at in range(1, page.aspect.count()):
        page.aspect.setCurrentIndex(at)
        assert page.aspect.currentText().endswith(f"({len(page.rows.shown)})")
        assert len({page.rows.index(row, 1).data() for row in range(page.rows.rowCount())}) == 1
        total += len(page.rows.shown)
    page.aspect.setCurrentIndex(0)
    assert total == len(page.rows.shown) == len(driver.workspace.findings)
