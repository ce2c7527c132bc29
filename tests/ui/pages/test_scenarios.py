"""Scenarios and years driven as a user does: kept, changed cell by cell, adopted, compared."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog

from app.advice.whatif.years import Subject
from app.model.county import Change
from app.model.vocabulary import Burden, Table
from app.project import Project
from tests.ui.driving import Driver
from ui.pages.comparing.scenarios import YEARS, ScenariosPage


@pytest.fixture
def page(driver: Driver, plan_path: Path) -> ScenariosPage:
    driver.open(plan_path)
    found = driver.show("scenarios")
    driver.settle()
    assert isinstance(found, ScenariosPage)
    return found


def name(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_named: (text, True))


def press(driver: Driver, page: ScenariosPage, button: str) -> None:
    page.buttons[button].click()
    driver.settle()


def test_a_scenario_is_made_cell_by_cell_and_compared(
    driver: Driver, page: ScenariosPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.empty.isVisible() and not page.buttons["delete"].isEnabled()
    name(monkeypatch, "增一人")
    press(driver, page, "new")
    assert "Nothing differs yet" in page.variant.sentence.text()
    adder = page.variant.adder
    adder.choose(Table.STAFFING, ("P1", "行政"), "on_duty")
    assert adder.value.text() == "1"
    adder.value.setText("2")
    adder.add.click()
    driver.settle()
    (cell,) = page.variant.cells.shown
    assert (cell.before, cell.after, cell.name) == ("1", "2", "U1镇 · P1岗 · 行政")
    saturations = [row for row in page.variant.figures.shown if row.figure == "saturation"]
    assert {row.code for row in saturations} == {"", "U1", "P1"}
    assert driver.workspace.county.staffing[("P1", "行政")].on_duty == 1.0
    assert page.variant.cells.setData(page.variant.cells.index(0, 4), "3")
    driver.settle()
    (kept,) = driver.project.scenarios
    assert [row.on_duty for row in kept.rows] == [3.0]  # type: ignore[attr-defined]
    adder.choose(Table.POLICY, ("rounding",), "value")
    adder.value.setText("sideways")
    adder.add.click()
    assert driver.window.bar.text and driver.project.scenarios == (kept,)


def test_scenarios_are_named_doubled_taken_back_adopted_and_removed(
    driver: Driver, page: ScenariosPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, "甲")
    press(driver, page, "new")
    page.variant.adder.choose(Table.POSTS, ("P2",), "ability")
    page.variant.adder.value.setText("1.5")
    page.variant.adder.add.click()
    driver.settle()
    name(monkeypatch, "乙")
    press(driver, page, "duplicate")
    assert page.chosen is not None and page.chosen.scenario.name == "乙"
    name(monkeypatch, "丙")
    press(driver, page, "rename")
    assert {item.name for item in driver.project.scenarios} == {"甲", "丙"}
    name(monkeypatch, "甲")
    press(driver, page, "rename")
    assert "already" in driver.window.bar.text
    page.variant._cell_table.selectRow(0)
    page.variant.take_back.click()
    driver.settle()
    assert driver.project.scenarios[1].rows == ()
    press(driver, page, "delete")
    assert [item.name for item in driver.project.scenarios] == ["甲"]
    press(driver, page, "adopt")
    assert driver.workspace.county.posts[("P2",)].ability == 1.5
    assert page.variant.figures.shown == ()
    driver.do("undo")
    assert driver.workspace.county.posts[("P2",)].ability == 1.0


def test_burden_that_came_back_is_found_in_an_earlier_plan(
    driver: Driver, page: ScenariosPage, plan_path: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "2025.hengbian"
    shutil.copy(plan_path, earlier)
    task = driver.workspace.county.tasks[("T1",)]
    formal = replace(task, burden=Burden.FORMALISTIC)
    old = Project.open(earlier)
    volume = old.county.volumes[("U1", "T1")]
    fewer = replace(volume, volume=500.0)
    old.change("减", [Change(before=task, after=formal), Change(before=volume, after=fewer)])
    old.save()
    old.close()
    driver.workspace.change("录入", [Change(before=task, after=formal)])
    driver.settle()
    page.tabs.setCurrentIndex(YEARS)
    assert page.years.empty.isVisible()
    page.years.add([earlier])
    driver.settle()
    rows = {row.subject: row for row in page.years.rows.shown}
    assert set(rows) == set(Subject)
    assert rows[Subject.TASK].hours == (500.0, 2000.0)
    titles = [column.title for column in page.years.rows.columns]
    assert titles[2:4] == ["2025 h", "this plan h"]
    page.years._open(page.years.rows.shown.index(rows[Subject.TASK]))
    assert driver.window.stack.currentWidget() is driver.window.pages["duties"]
    page.years.add([tmp_path / "没有.hengbian"])
    driver.settle()
    assert driver.window.bar.text
