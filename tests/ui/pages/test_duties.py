"""Duties driven as a user does: the tree, fields of one task or many, the ledger and its limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QScrollArea, QWidget

from app.model.county import Change, Record
from app.model.vocabulary import Burden, DutyList, Form
from app.project import Project
from tests.builders import duty, task, volume
from tests.ui.driving import Driver
from ui.pages.duties.duty_page import LEDGER, LIMITS, POLICIES, DutiesPage
from ui.pages.duties.duty_rows import Choice, TreeLevel, Wanted, duty_tree
from ui.pages.page import Where
from ui.tables.table import TableView


@pytest.fixture
def page(driver: Driver, plan_path: Path) -> DutiesPage:
    driver.open(plan_path)
    project = driver.project
    add(
        project,
        duty("D2", name="迎检", list=DutyList.UNLISTED, superior="县应急局"),
        task("T4", "D2", name="台账检查", burden=Burden.FORMALISTIC, form=Form.INSPECTION),
        volume(task_code="T4", volume=200.0),
    )
    found = driver.show("duties")
    assert isinstance(found, DutiesPage)
    return found


def add(project: Project, *rows: object) -> None:
    records = [row for row in rows if isinstance(row, Record)]
    project.change("录入", [Change(before=None, after=row) for row in records])


def select(page: DutiesPage, *keys: tuple[str, str]) -> None:
    page.tree.clearSelection()
    flags = page.tree.selectionModel().SelectionFlag
    for key in keys:
        index = page.rows.index_of(key)
        page.tree.selectionModel().select(index, flags.Select | flags.Rows)


def turn_wheel(widget: QWidget) -> None:
    place, buttons = QPointF(4, 4), Qt.MouseButton.NoButton
    keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    there = widget.mapToGlobal(place)
    event = QWheelEvent(place, there, QPoint(0, 0), QPoint(0, 240), buttons, keys, phase, False)
    QApplication.sendEvent(widget, event)


def type_into(driver: Driver, page: DutiesPage, field: str, text: str) -> None:
    line = page.inspector.task_form.editors[field]
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    driver.qtbot.keyClicks(line, text)
    driver.qtbot.keyClick(line, Qt.Key.Key_Return)
    driver.settle()


def test_the_tree_adds_up_lists_areas_duties_and_tasks(driver: Driver, page: DutiesPage) -> None:
    rows = {row.key: row for row in page.rows.shown}
    assert rows[("CORE",)].hours == pytest.approx(2600.0)
    assert rows[("UNLISTED",)].hours == pytest.approx(200.0)
    assert rows[("duty", "D1")].tasks == 3
    assert rows[("task", "T3")].unassigned_hours == pytest.approx(100.0)
    assert rows[("task", "T1")].posts == {"P1", "P2"}
    assert page.hint.text() == "2 duties · 4 tasks"
    assert rows[("duty", "D1")].findings
    driver.window.go_to(Where("duties", task_code="T2"))
    assert [row.key for row in page.tree.items_chosen()] == [("task", "T2")]
    driver.window.go_to(Where("duties", duty_code="D2"))
    assert [row.key for row in page.tree.items_chosen()] == [("duty", "D2")]


def test_search_and_kind_narrow_the_tree_and_say_when_nothing_fits(page: DutiesPage) -> None:
    page.search.setText("县应急局")
    assert [row.key for row in page.rows.shown if row.task] == [("task", "T4")]
    page.search.setText("没有这样的")
    assert page.no_match.isVisible() and not page.tree.isVisible()
    page.search.clear()
    page.kind.setCurrentIndex(page.kind.findData(Burden.SUBSTANTIVE))
    assert {row.key[1] for row in page.rows.shown if row.task} == {"T1", "T2", "T3"}
    county, figures = page.workspace.county, page.workspace.figures
    nobody = duty_tree(county, figures, (), Wanted(kind=Choice.CARRIED_BY_NOBODY))
    tasks = [
        child.item.key[1]
        for root in nobody
        for area in root.children
        for duty_node in area.children
        for child in duty_node.children
    ]
    assert tasks == ["T3", "T4"]
    page.kind.setCurrentIndex(0)
    select(page, ("task", "T3"))
    page.tree.copy()
    head, line = QGuiApplication.clipboard().text().strip().splitlines()
    assert head.startswith("Duty and task\t") and line.startswith("T3任务\t")
    before = [row.key for row in page.rows.shown]
    page.rows.sort(3, Qt.SortOrder.AscendingOrder)
    tasks = [
        row.hours
        for row in page.rows.shown
        if row.level is TreeLevel.TASK and row.duty and row.duty.duty_code == "D1"
    ]
    assert tasks == sorted(tasks)
    assert [row.key for row in page.tree.items_chosen()] == [("task", "T3")]
    page.rows.sort(-1)
    assert [row.key for row in page.rows.shown] == before


def test_a_field_of_one_task_is_an_undoable_step_and_a_bad_figure_none(
    driver: Driver, page: DutiesPage
) -> None:
    select(page, ("task", "T1"))
    assert page.inspector.title.text() == "T1任务"
    type_into(driver, page, "hours_each", "0.5")
    assert driver.workspace.county.tasks[("T1",)].hours_each == 0.5
    assert driver.project.undo_label == "Set “Hours each” of “T1任务” to 0.5"
    assert page.tree.items_chosen()[0].hours == pytest.approx(1000.0)
    driver.do("undo")
    assert driver.workspace.county.tasks[("T1",)].hours_each == 1.0
    line = page.inspector.task_form.editors["hours_each"]
    assert isinstance(line, QLineEdit) and line.text() == "1"
    select(page, ("task", "T2"))
    type_into(driver, page, "saving", "130%")
    assert "Saving: 1.3 is no share" in driver.window.bar.text
    line = page.inspector.task_form.editors["saving"]
    assert isinstance(line, QLineEdit) and line.text() == "0%"
    assert driver.workspace.county.tasks[("T2",)].saving == 0.0


def test_several_tasks_are_changed_alike_as_one_step(driver: Driver, page: DutiesPage) -> None:
    select(page, ("task", "T1"), ("task", "T2"), ("task", "T4"))
    burden = page.inspector.task_form.editors["burden"]
    assert isinstance(burden, QComboBox) and burden.currentIndex() == -1
    assert burden.placeholderText() == "several values"
    steps = len(driver.project.history())
    at = burden.findData(str(Burden.NECESSARY_FORMAL.value))
    burden.setCurrentIndex(at)
    burden.activated.emit(at)
    driver.settle()
    field = page.inspector.task_form.editors["is_field"]
    assert isinstance(field, QCheckBox)
    field.click()
    driver.settle()
    tasks = driver.workspace.county.tasks
    assert {tasks[(code,)].burden for code in ("T1", "T2", "T4")} == {Burden.NECESSARY_FORMAL}
    assert [tasks[(code,)].is_field for code in ("T1", "T2", "T3", "T4")] == [1, 1, 0, 1]
    assert len(driver.project.history()) == steps + 2
    select(page, ("duty", "D2"))
    assert page.inspector.duty_form.isVisibleTo(page) and not page.inspector.task_form.isVisible()
    page.inspector.duty_form.edited.emit("own_duty", "配合检查")
    driver.settle()
    assert driver.workspace.county.duties[("D2",)].own_duty == "配合检查"
    select(page, ("duty", "D2"), ("task", "T1"))
    assert not page.inspector.duty_form.isVisible()


def test_units_and_posts_of_a_task_are_listed_changed_and_followed(
    driver: Driver, page: DutiesPage
) -> None:
    select(page, ("task", "T1"))
    units = page.inspector.units
    assert units.setData(units.index(0, 1), "1500")
    driver.settle()
    assert driver.workspace.county.volumes[("U1", "T1")].volume == 1500.0
    posts = [(row.post_code, round(row.share, 1)) for row in page.inspector.posts.shown]
    assert posts == [("P1", 0.9), ("P2", 0.1)]
    table = page.inspector.tabs.widget(2)
    page.inspector.tabs.setCurrentIndex(2)
    assert isinstance(table, TableView)
    table.selectRow(1)
    driver.window.activateWindow()
    table.setFocus()
    driver.qtbot.waitUntil(table.hasFocus)
    driver.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert driver.window.stack.currentWidget() is driver.window.pages["matrix"]


def test_the_ledger_groups_hours_and_leads_to_the_tasks(driver: Driver, page: DutiesPage) -> None:
    page.tabs.setCurrentIndex(LEDGER)
    driver.settle()
    ledger = page.ledger
    assert [row[0].task_code for row in ledger.top.shown] == ["T4"]
    names = {part.name: part.effort.hours for part in ledger.parts.shown}
    assert names == {"inspection": 200.0, "no form": 2600.0}
    ledger.kinds[Burden.SUBSTANTIVE].click()
    assert {row.key[1] for row in page.rows.shown if row.task} == {"T1", "T2", "T3"}
    page.tabs.setCurrentIndex(LEDGER)
    driver.settle()
    ledger.grouping.setCurrentIndex(ledger.grouping.findData("kind"))
    ledger._open_part(0)
    assert page.tabs.currentIndex() == 0
    assert [row.key[1] for row in page.rows.shown if row.task] == ["T4"]


def test_policies_are_seen_whole_on_a_screen_of_1366_at_125_per_cent(
    driver: Driver, page: DutiesPage
) -> None:
    driver.window.resize(1093, 614)
    page.tabs.setCurrentIndex(POLICIES)
    driver.settle()
    area = page.policies.findChild(QScrollArea)
    assert area is not None and area.horizontalScrollBar().maximum() == 0


def test_policies_free_hours_and_are_kept_as_a_scenario(
    driver: Driver, page: DutiesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.tabs.setCurrentIndex(POLICIES)
    driver.settle()
    first = page.policies.rows[0]
    assert page.policies.bundle is not None and page.policies.bundle.cut.hours == 100.0
    turn_wheel(first.slider)
    assert first.slider.value() == 50
    first.slider.setValue(80)
    first.hours.setValue(10)
    driver.qtbot.waitUntil(
        lambda: page.policies.bundle is not None and page.policies.bundle.cut.hours == 160.0
    )
    driver.settle()
    monkeypatch.setattr(
        "ui.pages.burdens.policies.QInputDialog.getText", lambda *a, **k: ("减半", True)
    )
    page.policies.keep.click()
    driver.settle()
    (kept,) = driver.project.scenarios
    assert kept.name == "减半"
    assert driver.project.scenario_judging("减半").figures.county.demand_hours == pytest.approx(
        2800.0 - 160.0 + 10.0
    )


def test_a_limit_is_typed_and_what_exceeds_it_is_shown(driver: Driver, page: DutiesPage) -> None:
    page.tabs.setCurrentIndex(LIMITS)
    limits = page.limits
    assert "No limit is set" in limits.empty.text() and limits.empty.isVisible()
    at = next(i for i, row in enumerate(limits.limits.shown) if row.form is Form.INSPECTION)
    assert limits.limits.setData(limits.limits.index(at, 1), "150")
    driver.settle()
    (excess,) = limits.excesses.shown
    assert (excess.found, excess.limit) == (200.0, 150.0)
    assert not limits.limits.setData(limits.limits.index(at, 1), "-1")
    assert "below 0" in driver.window.bar.text
    limits._open(0)
    assert [row.key[1] for row in page.rows.shown if row.task] == ["T4"]
