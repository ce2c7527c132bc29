"""The four tables of the matrix stand on one row model: every name beside its own hours."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.driving import Driver
from ui.matrix.sides import MatrixView
from ui.pages.page import Where


def assert_aligned(view: MatrixView) -> None:
    """Every row and post stands where the eye expects it, in all four tables."""
    grid = view.grid
    assert grid is not None
    for row in range(len(grid.rows)):
        assert view.side.rowViewportPosition(row) == view.body.rowViewportPosition(row)
    for column in range(len(grid.posts)):
        at = view.body.columnViewportPosition(column)
        assert view.foot.columnViewportPosition(column) == at
    assert view.side.viewport().height() == view.body.viewport().height()


@pytest.mark.parametrize("at_rows", ["last", "first"])
def test_names_stay_beside_their_hours_when_another_unit_is_asked_for(
    driver: Driver, sample_path: Path, at_rows: str
) -> None:
    driver.open(sample_path)
    page = driver.matrix()
    view = page.matrix
    units = sorted(
        driver.workspace.figures.units,
        key=lambda code: sum(key[0] == code for key in driver.workspace.county.volumes),
    )
    for start, end in ((units[0], units[-1]), (units[-1], units[0])):
        page.go_to(Where("matrix", unit_code=start))
        driver.show("checkup")
        tasks = [key[1] for key in driver.workspace.county.volumes if key[0] == end]
        task = tasks[-1 if at_rows == "last" else 0]
        driver.window.go_to(Where("matrix", unit_code=end, task_code=task))
        assert_aligned(view)
        grid = view.grid
        assert grid is not None
        assert grid.rows[view.body.currentIndex().row()].task_code == task
        QApplication.processEvents()
        assert_aligned(view)


def test_the_wheel_over_the_names_scrolls_the_hours(driver: Driver, sample_path: Path) -> None:
    driver.open(sample_path)
    view = driver.matrix().matrix
    place = QPointF(20, 40)
    event = QWheelEvent(
        place,
        view.side.viewport().mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, -1200),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.side.viewport(), event)
    assert view.body.verticalScrollBar().value() > 0
    assert_aligned(view)


def test_folding_and_filtering_keep_the_rows_together(driver: Driver, sample_path: Path) -> None:
    driver.open(sample_path)
    page = driver.matrix()
    grid = page.matrix.grid
    assert grid is not None
    last = grid.rows[-1]
    page.matrix.show_cell(last.task_code, "")
    assert_aligned(page.matrix)
    page.matrix.fold_asked.emit(last.duty_code)
    assert_aligned(page.matrix)
    page.search.setText("会议")
    assert_aligned(page.matrix)
    page.search.clear()
    assert_aligned(page.matrix)
