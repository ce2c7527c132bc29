"""The matrix: an edit until it is painted, a step of scrolling, and memory, beside plain Qt."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from statistics import median
from time import perf_counter

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem

from app.model.county import Change, County
from tests.benchmarks.timing import print_line

EDITS = 30
STEPS = 60
FRAME = 1 / 60
"""Seconds of one picture on the screen, which both shall stay within."""

SIZES = {
    "the sample county": None,
    "1,500 tasks by 60 posts": {"units": 1, "tasks": 1500, "posts": 60},
    "100,000 assignments": {"units": 25, "tasks": 1340, "posts": 60},
}


def main() -> None:
    """Run each county in a process of its own, so that memory is its own too."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"HENGBIAN_HOME": folder, "QT_QPA_PLATFORM": "offscreen"}
        for name in ("nothing", *SIZES):
            command = [sys.executable, "-m", "tests.benchmarks.matrix", name]
            subprocess.run(command, check=True, env=environment)


def measure(name: str) -> None:
    """Print what one county costs; “nothing” is a bare table of Qt's, for its memory."""
    application = QApplication([])
    if name == "nothing":
        window = QMainWindow()
        window.setCentralWidget(QTableWidget(1500, 60))
        window.show()
        application.processEvents()
        print(f"memory of a bare table of Qt: {_megabytes():.0f} MB", flush=True)
        return
    _measure_matrix(name, application.processEvents)


def _measure_matrix(name: str, paint: Callable[[], None]) -> None:
    from ui.pages.matrix import MatrixPage  # noqa: PLC0415
    from ui.shell.starting import Starter, Wishes  # noqa: PLC0415

    application = QCoreApplication.instance()
    assert isinstance(application, QApplication)
    starter = Starter(application, Wishes(language="zh_CN", theme="light"))
    starter.window.resize(1366, 768)
    starter.window.show()
    starter.workspace.hold(_project(name))
    page = starter.window.show_page("matrix")
    assert isinstance(page, MatrixPage)
    _wait(starter.workspace, paint)
    print(f"memory with {name}: {_megabytes():.0f} MB", flush=True)
    _edit(name, page, paint)
    _scroll(name, page, paint)
    starter.stop()


def _edit(name: str, page: object, paint: Callable[[], None]) -> None:
    """Type into one cell again and again; beside it a bare table that shows the same text."""
    from ui.pages.matrix import MatrixPage  # noqa: PLC0415

    assert isinstance(page, MatrixPage)
    cells, grid = page.matrix.body.cells, page.matrix.grid
    assert grid is not None
    row, column = next(at for at in grid.roles if grid.hours[at] > 1)
    hours = float(grid.hours[row, column])
    page.matrix.show_cell(grid.rows[row].task_code, grid.posts[column].post_code)
    bare = QTableWidget(len(grid.rows), len(grid.posts))
    bare.resize(page.matrix.size())
    bare.show()
    paint()

    def ours(number: int) -> None:
        cells.set_texts({(row, column): f"{hours * (0.5 + number / 100):.6f}"})
        paint()

    bare.scrollToItem(_item(bare, row, column, "0"))

    def raw(number: int) -> None:
        _item(bare, row, column, str(number))
        paint()

    _print(f"edit until painted, {name}", _median(ours, EDITS), _median(raw, EDITS))
    bare.close()


def _item(table: QTableWidget, row: int, column: int, text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    table.setItem(row, column, item)
    return item


def _scroll(name: str, page: object, paint: Callable[[], None]) -> None:
    """Scroll down by a row and more; beside it a bare table of as many cells with texts."""
    from ui.pages.matrix import MatrixPage  # noqa: PLC0415

    assert isinstance(page, MatrixPage)
    grid = page.matrix.grid
    assert grid is not None
    bare = QTableWidget(len(grid.rows), len(grid.posts))
    for row in range(len(grid.rows)):
        for column in range(len(grid.posts)):
            bare.setItem(row, column, QTableWidgetItem(page.matrix.body.cells.text(row, column)))
    bare.resize(page.matrix.size())
    bare.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
    bare.show()
    paint()

    def step(table: QTableWidget | object) -> Callable[[int], None]:
        bar = table.verticalScrollBar()  # type: ignore[attr-defined]

        def scroll(number: int) -> None:
            bar.setValue(number * 67 % max(1, bar.maximum()))
            paint()

        return scroll

    ours = _median(step(page.matrix.body), STEPS)
    _print(f"scroll step, {name}", ours, _median(step(bare), STEPS))
    bare.close()


def _print(name: str, ours: float, raw: float) -> None:
    print_line(name, ours=ours, raw=raw)
    print(f"  {ours * 1000:.1f} ms, {ours / FRAME:.2f} of a frame", flush=True)


def _median(work: Callable[[int], None], times: int) -> float:
    seconds = []
    for number in range(times):
        started = perf_counter()
        work(number)
        seconds.append(perf_counter() - started)
    return median(seconds)


def _project(name: str) -> object:
    from app.project import Project  # noqa: PLC0415
    from tests.benchmarks.counties import large_county  # noqa: PLC0415

    size = SIZES[name]
    if size is None:
        return Project.new(with_sample=True)
    project, county = Project.new(), large_county(**size)
    project.change("import", [Change(None, row) for row in county.records()])
    assert isinstance(project.county, County)
    return project


def _wait(workspace: object, paint: Callable[[], None]) -> None:
    while workspace.jobs.running:  # type: ignore[attr-defined]
        paint()


def _megabytes() -> float:
    """Return the most memory this process has held; macOS counts bytes, the others kilobytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    measure(sys.argv[1])
