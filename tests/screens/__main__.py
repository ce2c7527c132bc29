"""Writes a picture of every page and dialog: `python -m tests.screens DIR [LOOK …]`.

Chinese and English, light and dark, at 1366 × 768 as it is and at 125 %, and at 1920 × 1080, on the
sample county: empty, open, planning and planned. A look is what its pictures' names begin with:
`zh-light-1366` takes only that one, `en` every English one. `--quick` is `zh-light-1366`.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HENGBIAN_HOME"] = tempfile.mkdtemp(prefix="hengbian-screens-")

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from app.advice.planning import RunProgress
from app.model.findings import ImportFinding
from app.model.vocabulary import Lever, Severity
from app.workbooks.importing import Import, read_workbooks
from tests.screens.inputs import poses
from tests.workbooks.foreign.foreign_books import (
    duty_lists_on_one_sheet,
    ledger,
    workload,
    write_sheets,
)
from ui.dialogs.crash import CrashDialog
from ui.dialogs.importing import ImportDialog
from ui.dialogs.questions import ask_about_unsaved
from ui.look.messages import Message
from ui.look.theme import THEMES
from ui.matrix.hours_grid import Show
from ui.pages.matrix import MatrixPage
from ui.pages.outputs import OutputsPage
from ui.pages.page import Where
from ui.pages.planning.plan import PlanPage
from ui.shell import command_search, help_actions
from ui.shell.command_search import CommandSearch
from ui.shell.starting import Starter, Wishes
from ui.shell.tour import stops
from ui.tables.table import TableView
from ui.tables.table_menu import FilterField
from ui.work.batch import Output
from ui.work.jobs import Job

SIZES = (QSize(1366, 768), QSize(1093, 614), QSize(1920, 1080))
"""In logical pixels; the one in the middle is a screen of 1366 × 768 at 125 %."""

LANGUAGES = ("zh_CN", "en")
Look = tuple[str, str, QSize]
"""A language, a theme and a size."""

PLANNING_SECONDS = 40
PATIENCE = 120


def look_name(look: Look) -> str:
    """Return what the names of a look's pictures begin with."""
    language, theme, size = look
    return f"{language[:2]}-{theme}-{size.width()}"


class Studio:
    """One window, dressed and posed for each picture."""

    def __init__(self, folder: Path) -> None:
        self.application = QApplication(sys.argv[:1])
        self.starter = Starter(self.application, Wishes(language="zh_CN", theme="light"))
        self.window = self.starter.window
        self.workspace = self.starter.workspace
        self._folder = folder
        self._name = ""
        self.window.show()

    def dress(self, *, language: str, theme: str, size: QSize) -> None:
        """Show the window in a language, in light or dark, in a size."""
        self.window.memory.language = language
        self.window.use_theme(theme)
        self.workspace.reword()
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(size)
        self._name = look_name((language, theme, size))
        self.wait()

    def wait(self, seconds: float = 0.3) -> None:
        """Let the window work until nothing is under way and everything is painted."""
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            loop = QEventLoop()
            QTimer.singleShot(round(seconds * 1000), loop.quit)
            loop.exec()
            if not any(job is not self.workspace.planning for job in self.workspace.jobs.running):
                return

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Write a picture of the window or of a dialog."""
        self.wait()
        (widget or self.window).grab().save(str(self._folder / f"{self._name}-{name}.png"))

    def take_dialog(self, name: str, dialog: QDialog) -> None:
        """Write a picture of a dialog and close it."""
        dialog.show()
        self.take(name, dialog)
        dialog.close()
        dialog.deleteLater()


def start(studio: Studio) -> None:
    """Take the start page, and a failure to open."""
    studio.take("start")
    studio.workspace.open(Path("/nowhere/云岭县.hengbian"))
    studio.take("start-problem")


def empty(studio: Studio) -> None:
    """Take every page of a plan that holds nothing yet."""
    studio.workspace.new()
    studio.wait()
    for entry in studio.window.entries:
        studio.window.show_page(entry.name)
        studio.take(f"empty-{entry.name}")
    studio.workspace.discard()
    studio.workspace.hold(None)


def pages(studio: Studio) -> None:
    """Take every page of the sample county before it is planned."""
    for entry in studio.window.entries:
        studio.window.show_page(entry.name)
        studio.take(entry.name)
    unit = list(studio.workspace.figures.units)[3]
    studio.window.go_to(Where("posts", unit_code=unit))
    studio.take("posts-of-unit")
    matrix = studio.window.show_page("matrix")
    assert isinstance(matrix, MatrixPage)
    matrix.go_to(Where("matrix", unit_code=unit))
    matrix.matrix.body.horizontalScrollBar().setValue(700)
    matrix.matrix.body.verticalScrollBar().setValue(900)
    studio.take("matrix-scrolled")
    matrix.bar.choose(show=Show.SHARE)
    matrix.bar.fold_asked.emit(True)
    studio.take("matrix-folded-shares")
    matrix.bar.choose(show=Show.HOURS)
    matrix.bar.fold_asked.emit(False)
    matrix.search.setText("没有这样的任务")
    studio.take("matrix-nothing-found")
    studio.workspace.told.emit(Message("“约30件”只是约数。", "请填写准确数字。", is_problem=True))
    studio.take("problem")
    studio.window.bar.hide()


def assistance(studio: Studio) -> None:
    """Take command search, help, the stops of the tour, and the menus of a table."""
    command_search.find_command(studio.window)
    search = studio.window.findChildren(CommandSearch)[-1]
    search.line.setText("党政")
    studio.take_dialog("search", search)
    help_actions.show_help(studio.window, "figures", "saturation")
    assert studio.window.help is not None
    studio.take("help", studio.window.help)
    studio.window.help.close()
    help_actions.start_tour(studio.window)
    for at in range(len(stops())):
        assert studio.window.tour is not None
        studio.window.tour.show_stop(at)
        studio.take(f"tour-{at + 1}")
    help_actions.put_away_tour(studio.window)
    page = studio.window.show_page("units")
    table = page.findChildren(TableView)[0]
    menu = table.menu.heading_menu(2)
    menu.popup(studio.window.pos())
    studio.take("heading-menu", menu)
    menu.close()
    table.menu.filter_column(2)
    field = table.findChildren(FilterField)[-1]
    field.line.setText("> 100")
    studio.take("filter", field)
    studio.take("units-filtered")
    field.close()
    table.menu.lift_filters()


def inputs(studio: Studio) -> None:
    """Take the pages of duties, evidence, scenarios and intake, tab by tab."""
    for name, pose in poses(studio.window):
        pose()
        studio.take(name)


def planning(studio: Studio) -> None:
    """Take a run under way."""
    studio.window.show_page("plan")
    job = studio.workspace.planning
    if isinstance(job, Job):
        job.report(RunProgress("overload", 2, 6, 41_300.0, 38_950.0, 12.0))
        studio.take("planning")


def planned(studio: Studio) -> None:
    """Take the plan that was found."""
    page = studio.window.show_page("plan")
    assert isinstance(page, PlanPage)
    for at, tab in enumerate(("measures", "goals", "shifts", "people", "years")):
        page.tabs.setCurrentIndex(at)
        studio.take(f"plan-{tab}")
    studio.take_dialog("why-not", page.ask_why_not(page.measures.rows.row_at(0)))
    studio.take_dialog("policy", page.edit_policy())
    studio.window.show_page("overview")
    studio.take("overview-planned")
    studio.window.show_page("township")
    studio.take("township-planned")
    outputs = studio.window.show_page("outputs")
    assert isinstance(outputs, OutputsPage)
    for output, box in outputs.boxes.items():
        box.setChecked(output is Output.STANDARD)
    outputs.folder.setText(tempfile.mkdtemp(prefix="hengbian-outputs-"))
    outputs.write.click()
    studio.wait()
    studio.take("outputs-written")
    studio.window.show_page("history")
    studio.take("history-planned")


def dialogs(studio: Studio) -> None:
    """Take every dialog."""
    findings = tuple(_import_findings())
    blocked = Import(changes=(), added=0, changed=0, unchanged=0, removed=0, findings=findings)
    studio.take_dialog("import-blocked", ImportDialog(blocked, "青石镇.xlsx", studio.window))
    fine = Import(
        changes=studio.workspace.county.changes_to(studio.workspace.county) or ("",),  # type: ignore[arg-type]
        added=1204,
        changed=12,
        unchanged=3560,
        removed=3,
        findings=findings[1:],
    )
    studio.take_dialog("import", ImportDialog(fine, "青石镇.xlsx", studio.window))
    _take_foreign_import(studio)
    details = "Traceback (most recent call last):\n  File …\nZeroDivisionError: division by zero"
    studio.take_dialog("crash", CrashDialog(details, studio.window))
    help_actions.show_shortcuts(studio.window)
    studio.take("shortcuts", QApplication.activeModalWidget())
    modal = QApplication.activeModalWidget()
    assert modal is not None
    modal.close()
    _take_question(studio, "unsaved", lambda: ask_about_unsaved(studio.window, "云岭县 2026"))


def _take_foreign_import(studio: Studio) -> None:
    """Take every tab of the import of tables that others made."""
    with tempfile.TemporaryDirectory() as name:
        made = {"清单": duty_lists_on_one_sheet(), "台账": ledger(), "工作量": workload()}
        paths = [write_sheets(Path(name) / f"{key}.xlsx", {key: made[key]}) for key in made]
        imported = read_workbooks(paths, studio.workspace.county)
    dialog = ImportDialog(imported, "清单.xlsx, 台账.xlsx, 工作量.xlsx", studio.window)
    dialog.show()
    dialog.tables.list.selectRow(3)
    for at, tab in enumerate(("rows", "reading", "names", "findings")):
        if dialog.tabs.isTabVisible(at):
            dialog.tabs.setCurrentIndex(at)
            studio.take(f"import-{tab}", dialog)
    dialog.close()
    dialog.deleteLater()


def _import_findings() -> Iterator[ImportFinding]:
    words = "第 12 行的“单件工时”是“约30”，不是一个数。", "请改为准确数字，如 0.5。"
    yield ImportFinding(Severity.ERROR, "青石镇.xlsx", "任务", "F12", *words)
    words = "工作簿没有“季节”表，任务量按工作日平均分布。", "如有旺季，请补充该表。"
    yield ImportFinding(Severity.NOTE, "青石镇.xlsx", "季节", "", *words)


def _take_question(studio: Studio, name: str, ask: Callable[[], object]) -> None:
    def pose() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        studio.take(name, box)
        box.reject()

    QTimer.singleShot(200, pose)
    ask()


def take_all(studio: Studio, looks: list[Look]) -> None:
    """Take every scene in every look of one language; the county is planned once."""

    def take(*scenes: Callable[[Studio], None]) -> None:
        for language, theme, size in looks:
            studio.dress(language=language, theme=theme, size=size)
            for scene in scenes:
                scene(studio)

    take(start, empty)
    studio.workspace.new(with_sample=True)
    studio.wait()
    take(pages, inputs, assistance)
    studio.workspace.start_planning(levers=frozenset(Lever), time_limit=PLANNING_SECONDS)
    take(planning)
    while studio.workspace.planning is not None:
        studio.wait(0.5)
    studio.wait()
    take(planned, dialogs)


def main(arguments: list[str]) -> int:
    """Write the pictures and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("looks", nargs="*", help="only the looks whose names begin so")
    parser.add_argument("--quick", action="store_true", help="only zh-light-1366")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    wanted = ("zh-light-1366",) if options.quick else tuple(options.looks or ("",))
    studio = Studio(options.folder)
    for language in LANGUAGES:
        every = list(itertools.product((language,), THEMES, SIZES))
        looks = [look for look in every if look_name(look).startswith(wanted)]
        if looks:
            studio.workspace.hold(None)
            take_all(studio, looks)
    studio.starter.stop()
    count = len(list(options.folder.glob("*.png")))
    sys.stdout.write(f"{count} pictures in {options.folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
