"""The matrix as a spreadsheet: folding, measures, filling, finding, jumping, and its renewal."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from app.method.assessing import assess
from app.model.county import Assignment, Change
from app.model.vocabulary import Band
from tests.builders import small_county
from tests.ui.driving import Driver
from ui.matrix.body import Body
from ui.matrix.hours_grid import HoursGrid, Show, unit_grid
from ui.matrix.models import BAND_ROW
from ui.pages.matrix import MatrixPage
from ui.pages.page import Where
from ui.tables.clipping import block_of


@pytest.fixture
def page(driver: Driver, plan_path: Path) -> MatrixPage:
    """Return the matrix of the small county: rows D1, T1, T2, T3, posts P1, P2, P3."""
    driver.open(plan_path)
    return driver.matrix()


def select(body: Body, first: tuple[int, int], last: tuple[int, int]) -> None:
    block = QItemSelection(body.cells.index(*first), body.cells.index(*last))
    body.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    body.selectionModel().setCurrentIndex(
        body.cells.index(*first), QItemSelectionModel.SelectionFlag.NoUpdate
    )


def texts(page: MatrixPage) -> list[list[str]]:
    cells = page.matrix.body.cells
    return [[cells.text(row, at) for at in range(3)] for row in range(cells.rowCount())]


def test_duties_show_the_sums_of_their_tasks_and_fold(page: MatrixPage) -> None:
    assert texts(page)[0] == ["1,800.0", "700.0", ""]
    page.matrix.fold_asked.emit("D1")
    assert texts(page) == [["1,800.0", "700.0", ""]]
    assert "3 tasks" in page.hint.text()
    page.matrix.fold_asked.emit("D1")
    assert len(texts(page)) == 4


def test_a_folded_duty_follows_what_is_below_it(page: MatrixPage, driver: Driver) -> None:
    page.bar.fold_asked.emit(True)
    driver.workspace.change_now(lambda: driver.project.set_hours("U1", "T3", "P2", 50.0))
    assert texts(page) == [["1,800.0", "750.0", ""]]
    page.bar.fold_asked.emit(False)
    assert texts(page)[3] == ["", "50.0", ""]


def test_enter_on_a_duty_folds_it(page: MatrixPage, driver: Driver) -> None:
    select(page.matrix.body, (0, 1), (0, 1))
    driver.qtbot.keyClick(page.matrix.body, Qt.Key.Key_Return)
    assert len(texts(page)) == 1


def test_a_click_on_the_triangle_folds(page: MatrixPage, driver: Driver) -> None:
    side = page.matrix.side
    place = side.visualRect(side.model().index(0, 0)).topLeft() + QPoint(6, 8)
    driver.qtbot.mouseClick(side.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(texts(page)) == 1


def test_going_to_a_folded_task_unfolds_its_duty(page: MatrixPage) -> None:
    page.bar.fold_asked.emit(True)
    page.go_to(Where("matrix", unit_code="U1", task_code="T2", post_code="P2"))
    assert page.matrix.body.currentIndex().row() == 2


def test_cells_say_hours_shares_or_pieces(page: MatrixPage) -> None:
    page.bar.choose(show=Show.SHARE)
    assert texts(page)[1:3] == [["90.0", "10.0", ""], ["", "100.0", ""]]
    page.bar.choose(show=Show.PIECES)
    pieces = page.workspace.county.volumes[("U1", "T1")].volume
    assert texts(page)[0] == ["", "", ""]
    assert texts(page)[1][0] == f"{pieces * 0.9:,.1f}"


@pytest.mark.parametrize(
    ("show", "typed", "share"),
    [
        (Show.SHARE, "35", 0.35),
        (Show.SHARE, "３５％", 0.35),
        (Show.PIECES, "1,000", 0.5),
        (Show.HOURS, "1,000", 0.5),
    ],
)
def test_each_measure_is_typed_in_its_own_way(
    page: MatrixPage, driver: Driver, show: Show, typed: str, share: float
) -> None:
    assert page.workspace.county.volumes[("U1", "T1")].volume == 2000
    page.bar.choose(show=show)
    assert page.matrix.body.cells.set_texts({(1, 0): typed})
    assert driver.workspace.county.assignments[("U1", "T1", "P1")].share == pytest.approx(share)
    is_hours = show is Show.HOURS
    label = "1,000.0 h" if is_hours else f"{share * 100:.1f}%"
    assert driver.project.undo_label == f"Set “T1任务” at P1岗 to {label}"


def test_more_than_the_whole_is_refused_in_every_measure(page: MatrixPage, driver: Driver) -> None:
    page.bar.choose(show=Show.SHARE)
    page.matrix.body.cells.set_texts({(1, 0): "101%"})
    assert "101 %" in driver.window.bar.text
    assert driver.workspace.county.assignments[("U1", "T1", "P1")].share == 0.9


def test_the_first_row_is_filled_down_and_the_first_column_right(
    page: MatrixPage, driver: Driver
) -> None:
    body = page.matrix.body
    select(body, (1, 2), (1, 2))
    body.cells.set_texts({(1, 2): "60"})
    select(body, (1, 2), (3, 2))
    body.fill_down()
    assert [line[2] for line in texts(page)[1:]] == ["60.0", "60.0", "60.0"]
    select(body, (2, 1), (2, 2))
    body.fill_right()
    assert texts(page)[2][1:] == ["500.0", "500.0"]
    assert driver.project.undo_label == "Set “T2任务” at P3岗 to 500.0 h"


def test_dragging_the_handle_repeats_the_selection(page: MatrixPage, driver: Driver) -> None:
    body = page.matrix.body
    body.cells.set_texts({(1, 2): "60"})
    select(body, (1, 2), (1, 2))
    handle = body._handle()
    assert handle is not None
    target = body.visualRect(body.cells.index(3, 2)).center()
    driver.qtbot.mousePress(body.viewport(), Qt.MouseButton.LeftButton, pos=handle.center())
    driver.qtbot.mouseMove(body.viewport(), target)
    driver.qtbot.mouseRelease(body.viewport(), Qt.MouseButton.LeftButton, pos=target)
    assert [line[2] for line in texts(page)[1:]] == ["60.0", "60.0", "60.0"]


def test_a_pattern_repeats_over_tasks_only(page: MatrixPage) -> None:
    body = page.matrix.body
    body.cells.set_texts({(1, 2): "10", (2, 2): ""})
    select(body, (0, 2), (1, 2))
    body.fill(QRect(2, 0, 1, 4))
    assert [line[2] for line in texts(page)] == ["30.0", "10.0", "10.0", "10.0"]


def test_ctrl_enter_writes_into_the_whole_selection(page: MatrixPage, driver: Driver) -> None:
    body = page.matrix.body
    select(body, (1, 1), (3, 2))
    body.edit(body.currentIndex())
    editor = body.findChild(QLineEdit)
    assert editor is not None
    editor.setText("7")
    driver.qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [line[1:] for line in texts(page)[1:]] == [["7.0", "7.0"]] * 3


def test_a_block_repeats_where_it_goes_evenly_into_the_selection(page: MatrixPage) -> None:
    body = page.matrix.body
    QGuiApplication.clipboard().setText("1\t2\n")
    select(body, (1, 1), (3, 2))
    body.paste()
    assert [line[1:] for line in texts(page)[1:]] == [["1.0", "2.0"]] * 3


def test_cells_with_line_breaks_stay_one_cell() -> None:
    assert block_of('"1,200\r\n"\t2\r\n3\t"a\tb"\r\n') == [["1,200\r\n", "2"], ["3", "a\tb"]]
    assert block_of("") == []


def test_a_torn_clipboard_is_told_not_pasted(page: MatrixPage, driver: Driver) -> None:
    select(page.matrix.body, (1, 1), (1, 1))
    QGuiApplication.clipboard().setText('"1\t2\n')
    page.matrix.body.paste()
    assert "no block of cells" in driver.window.bar.text


def test_headings_go_with_the_block(page: MatrixPage) -> None:
    select(page.matrix.body, (1, 0), (2, 1))
    page.matrix.body.copy_with_headings()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == [
        "\t党政办\t党政办",
        "Duty and task\tP1岗\tP2岗",
        "T1任务\t1800\t200",
        "T2任务\t\t500",
    ]


def test_the_next_overloaded_post_shows_its_heaviest_task(page: MatrixPage) -> None:
    body = page.matrix.body
    page._show_overloaded()
    assert (body.currentIndex().row(), body.currentIndex().column()) == (1, 0)
    assert page.matrix.grid is not None
    assert page.matrix.grid.posts[0].load.band is Band.OVER


def test_finding_a_post_leads_to_its_column(page: MatrixPage, driver: Driver) -> None:
    page.search.setText("p3岗")
    assert len(texts(page)) == 4
    driver.qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.matrix.body.currentIndex().column() == 2


def test_only_the_posts_asked_for_are_shown(page: MatrixPage) -> None:
    page.bar._posts.setCurrentIndex(1)
    assert page.matrix.grid is not None
    assert page.matrix.grid.post_codes == ["P1"]
    page.bar._posts.setCurrentIndex(page.bar._posts.findData("财政所"))
    assert page.matrix.grid.post_codes == ["P3"]


def test_a_double_click_on_a_total_leads_to_its_arithmetic(page: MatrixPage) -> None:
    seen: list[Where] = []
    page.asked.connect(seen.append)
    page.matrix.foot.doubleClicked.emit(page.matrix.foot.model().index(3, 1))
    assert seen == [Where("posts", unit_code="U1", post_code="P2")]


def test_heavier_cells_are_stronger_and_overloaded_columns_have_their_band(
    page: MatrixPage,
) -> None:
    body, grid = page.matrix.body, page.matrix.grid
    assert grid is not None
    assert grid.weights[1, 0] > grid.weights[1, 1] > 0
    strong, weak = body._colour(Band.FULL, 0.4), body._colour(Band.FULL, 0.01)
    assert strong.alpha() > weak.alpha()
    assert body._colour(Band.OVER, 0.4).rgb() != strong.rgb()


@pytest.mark.parametrize("fold", [lambda grid: grid, lambda grid: grid.folded({"D1"})])
def test_a_renewed_grid_is_the_grid_laid_out_anew(fold: Callable[[HoursGrid], HoursGrid]) -> None:
    dice = random.Random(7)
    county = small_county()
    grid = fold(unit_grid(county, assess(county), "U1"))
    for _edit in range(30):
        cell = ("U1", f"T{dice.randint(1, 3)}", f"P{dice.randint(1, 3)}")
        before = county.assignments.get(cell)
        after = None if before and dice.random() < 0.4 else Assignment(*cell, share=dice.random())
        county = county.with_changes([Change(before, after)])
        figures = assess(county)
        grid, fresh = grid.renewed(county, figures, [cell]), fold(unit_grid(county, figures, "U1"))
        assert grid.rows == fresh.rows and grid.posts == fresh.posts
        assert np.array_equal(grid.hours, fresh.hours, equal_nan=True)
        assert grid.roles == fresh.roles and grid.load == fresh.load


def test_a_low_window_shows_more_tasks_and_fewer_totals(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    matrix = driver.matrix().matrix
    whole = matrix.foot.height()
    assert not matrix.foot.isRowHidden(0)
    driver.window.resize(1093, 614)
    driver.qtbot.waitUntil(lambda: matrix.foot.height() < whole)
    assert matrix.foot.isRowHidden(0) and not matrix.foot.isRowHidden(BAND_ROW)
    driver.workspace.reword()
    driver.settle()
    assert matrix.foot.isRowHidden(0), "still when it is filled anew"
    driver.window.resize(1366, 768)
    driver.qtbot.waitUntil(lambda: matrix.foot.height() == whole)
