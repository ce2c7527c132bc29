"""The import dialog, driven: rows left out, names chosen, readings corrected and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from app.project import Project
from app.workbooks import material
from app.workbooks.foreign.mappings import Shape
from app.workbooks.foreign.saved_mappings import kept_mappings
from app.workbooks.importing import Import
from app.workbooks.previewing import RowState
from tests.ui.driving import Driver
from tests.workbooks.foreign import foreign_books as books
from ui.dialogs.importing import ImportDialog
from ui.shell import file_actions
from ui.work.importing import reread


@pytest.fixture
def dialog(driver: Driver, plan_path: Path) -> Callable[[Path], ImportDialog]:
    """Return what opens the dialog for a file, as the window does."""
    driver.open(plan_path)

    def opened(path: Path) -> ImportDialog:
        again = partial(reread, driver.workspace)
        imported = driver.project.read_import([path])
        return ImportDialog(
            imported, path.name, driver.window, reread=again, categories=("行政", "事业")
        )

    return opened


def close(made: ImportDialog) -> None:
    made.reject()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def workload_book(folder: Path, *rows: list[Any]) -> Path:
    head = ["部门", "岗位", "职责", "任务", "年频次", "单次耗时（分钟）"]
    return books.write_sheets(folder / "工作量.xlsx", {"表": ([head, *rows], ())})


GOOD = ["党政办", "文秘岗", "公文", "收文", 100, 30]
BAD = ["党政办", "文秘岗", "公文", "发文", "30余", 30]


def test_refused_rows_are_left_out_and_the_rest_is_one_step(
    driver: Driver, plan_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.open(plan_path)
    before = driver.workspace.county

    def use(self: ImportDialog) -> int:
        assert not self.store.isEnabled()
        assert self.tabs.currentWidget() is self.findings
        self.leave_out.click()
        driver.qtbot.waitUntil(self.store.isEnabled)
        assert driver.workspace.county is before
        return 1

    monkeypatch.setattr(ImportDialog, "exec", use)
    file_actions.import_workbooks(driver.window, [workload_book(tmp_path, GOOD, BAD)])
    driver.settle()
    tasks = {task.name for task in driver.workspace.county.tasks.values()}
    assert "收文" in tasks and "发文" not in tasks
    assert driver.project.undo_label == "Import 工作量.xlsx"
    driver.do("undo")
    assert driver.workspace.county == before


def test_a_row_is_left_out_by_its_box_and_taken_back(
    driver: Driver, dialog: Callable[[Path], ImportDialog], tmp_path: Path
) -> None:
    made = dialog(workload_book(tmp_path, GOOD, [*GOOD[:3], "发文", 10, 30]))
    model = made.rows.model
    added = made.imported.added
    at = next(at for at, row in enumerate(model.shown) if row.text == "发文")
    box = model.index(at, 0)
    assert box.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    model.setData(box, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    driver.qtbot.waitUntil(lambda: made.imported.added < added)
    made.rows.states.setCurrentIndex(made.rows.states.findData("skipped"))
    assert [row.state for row in model.shown] == [RowState.SKIPPED]
    made.rows.table.selectRow(0)
    made.rows.leave_out.click()
    driver.qtbot.waitUntil(lambda: made.imported.added == added)
    close(made)


def test_a_near_name_is_answered(
    driver: Driver, dialog: Callable[[Path], ImportDialog], tmp_path: Path
) -> None:
    made = dialog(workload_book(tmp_path, ["党政办", "P1岗位", "公文", "收文", 100, 30]))
    assert made.tabs.isTabVisible(2)
    assert [row.text for row in made.names.model.shown] == ["P1岗位"]
    made.names.answers.setCurrentIndex(made.names.answers.findData("P1"))
    made.names.answers.activated.emit(made.names.answers.currentIndex())
    driver.qtbot.waitUntil(lambda: made.imported.questions[0].chosen == "P1")
    posts = [change for change in made.imported.changes if change.table.value == "posts"]
    assert posts == []
    close(made)


def test_a_reading_is_corrected_and_kept_and_offered_again(
    driver: Driver, dialog: Callable[[Path], ImportDialog], tmp_path: Path
) -> None:
    head = ["部门", "岗位", "职责", "任务", "年频次", "单次耗时"]
    path = books.write_sheets(tmp_path / "怪.xlsx", {"表": ([head, GOOD], ())})
    made = dialog(path)
    assert made.imported.is_blocked
    made.tables.table.selectRow(5)
    assert made.tables.meaning.currentData() == "each"
    made.tables.measure.setCurrentIndex(made.tables.measure.findData("分钟"))
    made.tables.measure.activated.emit(made.tables.measure.currentIndex())
    driver.qtbot.waitUntil(made.store.isEnabled)
    made.keep_as("工作量")
    driver.qtbot.waitUntil(lambda: made.mapping.currentData() == "工作量")
    changes = made.imported.changes
    close(made)
    assert [mapping.name for mapping in kept_mappings()] == ["工作量"]

    seen: list[Import] = []
    driver.workspace.read_import([path], seen.append, lambda: None)
    driver.settle()
    assert seen[0].changes == changes
    assert {table.used for table in seen[0].tables} == {"工作量"}


def test_heading_rows_and_kind_are_the_users_to_say(
    driver: Driver, dialog: Callable[[Path], ImportDialog], tmp_path: Path
) -> None:
    made = dialog(workload_book(tmp_path, GOOD, GOOD))
    made.tables.first.setValue(2)
    driver.qtbot.waitUntil(lambda: _mapping(made).first == 1)
    assert _mapping(made).columns == ()
    made.tables.first.setValue(1)
    driver.qtbot.waitUntil(lambda: _mapping(made).first == 0 and bool(_mapping(made).columns))
    made.tables.kind.setCurrentIndex(1)
    made.tables.kind.activated.emit(1)
    driver.qtbot.waitUntil(lambda: _mapping(made).kind is Shape.CORE_DUTIES)
    made.tables.kind.setCurrentIndex(0)
    made.tables.kind.activated.emit(0)
    driver.qtbot.waitUntil(lambda: made.imported.tables[0].mapping is None)
    assert made.imported.changes == ()
    close(made)


@pytest.mark.parametrize("way", ["button", "key"])
def test_reading_files_is_stopped_from_the_veil(
    driver: Driver, plan_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    def endless(paths: object, tell: Callable[[int], None]) -> None:
        while True:
            tell(0)

    monkeypatch.setattr(material, "gather", endless)
    driver.open(plan_path)
    before = driver.workspace.county
    file_actions.import_workbooks(driver.window, [plan_path])
    stop = driver.window._veil.stop
    driver.qtbot.waitUntil(stop.isVisible)
    if way == "button":
        driver.qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    else:
        driver.qtbot.keyClick(driver.window.stack, Qt.Key.Key_Escape)
    driver.settle()
    assert not driver.window._veil.isVisible() and driver.window.bar.text == ""
    assert driver.workspace.county is before and not driver.workspace.is_busy


def test_reading_anew_is_stopped_in_the_dialog(
    driver: Driver,
    dialog: Callable[[Path], ImportDialog],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = dialog(workload_book(tmp_path, GOOD))
    gate = threading.Event()
    read = Project.read_import

    def late(self: Project, source: Any, **choices: Any) -> Import:
        gate.wait(5)
        return read(self, source, **choices)

    monkeypatch.setattr(Project, "read_import", late)
    assert made.stop.isHidden()
    at = next(at for at, row in enumerate(made.rows.model.shown) if row.text == "收文")
    box = made.rows.model.index(at, 0)
    made.rows.model.setData(box, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert not made.stop.isHidden() and not made.store.isEnabled()
    made.stop.click()
    assert made.stop.isHidden() and made.store.isEnabled()
    gate.set()
    driver.settle()
    assert made.imported.choices.skipped == frozenset()
    close(made)


def _mapping(made: ImportDialog) -> Any:
    assert made.imported.tables[0].mapping is not None
    return made.imported.tables[0].mapping
