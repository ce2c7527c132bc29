"""The matrix: models, typing, pasting, clearing, roles, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester

from app.method.assessing import assess
from app.model.county import County
from app.model.vocabulary import Band, Role
from tests.builders import assignment, post, small_county, staffing
from tests.ui.driving import Driver
from ui.matrix.bar import RowsShown
from ui.matrix.body import Body
from ui.matrix.hours_grid import HoursGrid, unit_grid
from ui.matrix.models import BodyModel, CornerModel, FootModel, SideModel


def grid_of(county: County) -> HoursGrid:
    return unit_grid(county, assess(county), "U1")


def select(body: Body, first: tuple[int, int], last: tuple[int, int]) -> None:
    model = body.cells
    block = QItemSelection(model.index(*first), model.index(*last))
    body.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def paste(body: Body, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    body.paste()


def share(driver: Driver, task: str, post_code: str) -> float | None:
    row = driver.workspace.county.assignments.get(("U1", task, post_code))
    return row.share if row is not None else None


def test_tasks_stand_under_their_duty_and_posts_under_their_office() -> None:
    county = small_county(post("P4", office="党政办"), staffing("P4", "行政"))
    grid = grid_of(county)
    assert [(row.name, row.task_code) for row in grid.rows][:2] == [
        ("D1职责", ""),
        ("T1任务", "T1"),
    ]
    assert [item.post_code for item in grid.posts] == ["P1", "P2", "P4", "P3"]
    assert grid.rows[0].hours == sum(row.hours for row in grid.rows[1:])


def test_every_hour_of_the_figures_stands_in_the_grid() -> None:
    county = small_county(assignment(task_code="T3", post_code="P2", share=0.5, role=Role.ASSIST))
    grid = grid_of(county)
    tasks = [at for at, row in enumerate(grid.rows) if row.task_code]
    assert np.nansum(grid.hours[tasks]) == sum(assess(county).hours.values())
    assert np.nansum(grid.hours[0]) == np.nansum(grid.hours[tasks])
    assert grid.roles[(3, 1)] is Role.ASSIST


@pytest.mark.parametrize("kind", [SideModel, FootModel, CornerModel])
def test_side_foot_and_corner_keep_qts_contract(
    qtmodeltester: ModelTester, kind: type[SideModel | FootModel | CornerModel]
) -> None:
    model = kind()
    qtmodeltester.check(model)
    model.set_grid(grid_of(small_county()))
    qtmodeltester.check(model)


def test_the_body_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model = BodyModel(lambda cells, show: True)
    model.set_grid(grid_of(small_county()))
    qtmodeltester.check(model)


def test_the_foot_says_the_band_in_words(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    foot = driver.matrix().matrix.foot.model()
    loads = driver.workspace.figures.posts
    words = [foot.index(4, column).data() for column in range(3)]
    assert loads["P1"].load.band is Band.OVER
    assert words == ["overloaded", "under-loaded", "no data"]


def test_one_value_fills_the_selection_as_one_step(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    body = driver.matrix().matrix.body
    select(body, (1, 0), (3, 1))
    steps = len(driver.project.history())
    paste(body, "１００")
    driver.settle()
    assert len(driver.project.history()) == steps + 1
    assert [share(driver, "T1", code) for code in ("P1", "P2")] == [0.05, 0.05]
    assert share(driver, "T3", "P1") == 1.0
    driver.do("undo")
    assert share(driver, "T3", "P1") is None
    assert share(driver, "T1", "P1") == 0.9


def test_a_block_lands_at_the_corner_and_says_what_does_not_fit(
    driver: Driver, plan_path: Path
) -> None:
    driver.open(plan_path)
    body = driver.matrix().matrix.body
    select(body, (2, 1), (2, 1))
    paste(body, '"1,00"\t1\n')
    assert "not a number" in driver.window.bar.text
    paste(body, "250\t5\t7\n60\t\n9\n")
    assert share(driver, "T2", "P2") == 0.5
    assert share(driver, "T2", "P3") == pytest.approx(0.01)
    assert share(driver, "T3", "P2") == pytest.approx(0.6)
    assert "2 cells" in driver.window.bar.text


def test_what_was_copied_can_be_pasted_back(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    body = driver.matrix().matrix.body
    before = driver.workspace.county.assignments
    select(body, (0, 0), (3, 2))
    body.copy()
    text = QGuiApplication.clipboard().text()
    assert text == "1800\t700\t\n1800\t200\t\n\t500\t\n\t\t\n"
    body.clear()
    assert driver.workspace.county.assignments == {}
    paste(body, text)
    assert {key: row.share for key, row in driver.workspace.county.assignments.items()} == {
        key: row.share for key, row in before.items()
    }


def test_delete_takes_tasks_off_posts(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.cell("T2", "P2")
    body = driver.matrix().matrix.body
    driver.window.activateWindow()
    body.setFocus()
    driver.qtbot.waitUntil(body.hasFocus)
    driver.qtbot.keyClick(body, Qt.Key.Key_Delete)
    assert share(driver, "T2", "P2") is None


@pytest.mark.parametrize(
    ("text", "told"), [("2001", "2,000.0 h"), ("-5", "2,000.0 h"), ("30余", "approximate")]
)
def test_what_cannot_be_is_refused_with_a_remedy(
    driver: Driver, plan_path: Path, text: str, told: str
) -> None:
    driver.open(plan_path)
    driver.type_hours("T1", "P1", text)
    assert told in driver.window.bar.text
    assert share(driver, "T1", "P1") == 0.9


def test_a_duty_row_takes_no_hours(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    model = driver.matrix().matrix.body.cells
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsEditable


def test_lead_and_assist_are_marked_as_one_step(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    body = driver.matrix().matrix.body
    select(body, (1, 0), (1, 2))
    mark = next(action for action in body.actions() if action.text() == "Mark as assistant")
    mark.trigger()
    roles = {row.role for row in driver.workspace.county.assignments.values()}
    assert driver.workspace.county.assignments[("U1", "T1", "P1")].role is Role.ASSIST
    assert roles == {Role.ASSIST, Role.LEAD}


def test_the_filter_shows_what_is_left_to_assign(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    page = driver.matrix()
    page.bar.choose(rows=RowsShown.OPEN)
    grid = page.matrix.body.cells.grid
    assert grid is not None and [row.task_code for row in grid.rows] == ["", "T3"]
    page.bar.choose(rows=RowsShown.ALL)
    page.search.setText("nothing like it")
    assert page.nothing.isVisible() and not page.matrix.isVisible()


def test_the_four_parts_scroll_as_one(driver: Driver, sample_path: Path) -> None:
    driver.open(sample_path)
    matrix = driver.matrix().matrix
    matrix.body.verticalScrollBar().setValue(500)
    matrix.body.horizontalScrollBar().setValue(300)
    assert matrix.side.verticalScrollBar().value() == 500
    assert matrix.foot.horizontalScrollBar().value() == 300
    ranges = matrix.body.horizontalScrollBar().maximum(), matrix.body.verticalScrollBar().maximum()
    assert matrix.foot.horizontalScrollBar().maximum() == ranges[0]
    assert matrix.side.verticalScrollBar().maximum() == ranges[1]
