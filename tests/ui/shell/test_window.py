"""The window: languages, colours, actions, keys, dropped files, imports and what it remembers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

from app.language import use_language
from app.project import Project
from app.workbooks.importing import Import
from tests.places import SAMPLE
from tests.ui.driving import Driver, visible_texts
from ui.dialogs.importing import ImportDialog
from ui.look import theme
from ui.look.memory import Memory
from ui.pages.page import Where
from ui.shell import actions
from ui.shell.menus import menus
from ui.widgets.buttons import StepButton
from ui.work.jobs import Job

SAID_IN_BOTH = re.compile(
    r"[\w.-]+ @ [\w.-]+|\*?\.\w+|/[\w./-]+|\b[A-Z]\d+(-\d+)*\b"
    r"|English|PDF|PNG|SVG|WISN|CAF|Hengbian|Ctrl|Shift|Alt|Del|Esc|F1|App|A × B"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def english_in(widget: QWidget) -> set[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {text for text in visible_texts(widget) if ENGLISH.search(SAID_IN_BOTH.sub("", text))}


def drop(driver: Driver, path: Path) -> None:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path))])
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(200, 200)
    event = QDropEvent(place, Qt.DropAction.CopyAction, content, button, key)
    driver.window.dropEvent(event)
    driver.settle()


def test_nothing_english_is_left_in_chinese(driver: Driver, sample_path: Path) -> None:
    use_language("zh_CN")
    driver.window.memory.language = "zh_CN"
    driver.window.use_theme("light")
    assert english_in(driver.window) == set()
    driver.open(sample_path)
    for entry in driver.window.entries:
        assert english_in(driver.show(entry.name)) == set(), entry.name
    assert english_in(driver.window) == set()
    assert driver.window.status.hours.text().startswith("任务 ")


def test_every_page_fits_a_small_screen(driver: Driver, sample_path: Path) -> None:
    """1366 × 768 at 125 %, less the bars of the system; English is the wider language."""
    driver.open(sample_path)
    driver.window.resize(1093, 558)
    for entry in driver.window.entries:
        page = driver.show(entry.name)
        driver.settle()
        least = page.minimumSizeHint()
        assert (least.width() <= 893, least.height() <= 440) == (True, True), (entry.name, least)
    least = driver.window.minimumSizeHint()
    assert (least.width(), least.height()) <= (1093, 558)
    assert driver.window.size() == QSize(1093, 558)


def test_the_language_changes_without_a_restart(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.matrix()
    driver.do("language")
    assert driver.window.language == "zh_CN"
    assert driver.window.navigation.item(0).text() == "总览"
    assert driver.window.stack.currentWidget() is driver.window.pages["matrix"]
    assert "饱和度" in driver.workspace.figures.denominator
    assert english_in(driver.window) == set()
    assert Memory().language == "zh_CN"
    driver.do("language")
    assert driver.window.navigation.item(0).text() == "Overview"
    assert "Saturation" in driver.workspace.figures.denominator


def test_colours_change_without_a_restart(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.do("dark")
    assert theme.is_dark()
    assert driver.window.palette().window().color().name() == theme.DARK.paper
    driver.do("dark")
    assert not theme.is_dark()


@pytest.mark.parametrize("shown", [theme.LIGHT, theme.DARK])
def test_words_can_be_read_on_their_ground(shown: theme.Tokens) -> None:
    for ink in (shown.ink, shown.muted, shown.accent):
        for ground in (shown.paper, shown.sheet, shown.sunken, shown.accent_soft):
            assert contrast(ink, ground) >= 4.4, (ink, ground)
    assert contrast(shown.on_accent, shown.accent) >= 4.5


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as WCAG 2 reckons it."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_action_has_its_own_key_and_words(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    made = [act for menu in menus(driver.window) for act in menu.actions if act]
    keys = [act.shortcut for act in made if act.shortcut]
    assert len(set(keys)) == len(keys)
    assert {"Ctrl+O", "Ctrl+S", "Ctrl+Z", "Ctrl+Y", "Ctrl+F", "Ctrl+1", "Ctrl+7"} <= set(keys)
    assert all(act.text for act in made)
    assert {name for name in actions.TOOLBAR if name.isalpha()} <= {act.name for act in made}


def test_everything_that_can_be_pressed_has_a_name(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    for entry in driver.window.entries:
        page = driver.show(entry.name)
        nameless = [
            button
            for button in page.findChildren(QAbstractButton)
            if button.isVisible()
            and not (button.text() or button.accessibleName())
            and button.parent().metaObject().className() not in {"QLineEdit", "QTableView"}
        ]
        assert nameless == [], entry.name


def test_pages_are_reached_by_keys(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    for number, entry in enumerate(driver.window.entries, start=1):
        shortcut = driver.action(f"page_{entry.name}").shortcut().toString()
        assert shortcut == (entry.shortcut or (f"Ctrl+{number}" if number < 10 else ""))
        driver.do(f"page_{entry.name}")
        assert driver.window.stack.currentWidget() is driver.window.pages[entry.name]


def test_find_goes_to_the_search_of_the_page(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.window.activateWindow()
    page = driver.matrix()
    driver.do("find")
    assert driver.window.focusWidget() is page.search


def test_a_dropped_plan_opens(driver: Driver, plan_path: Path) -> None:
    drop(driver, plan_path)
    assert driver.project.path == plan_path


def test_a_dropped_workbook_is_previewed_then_stored(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Import] = []

    def agree(self: ImportDialog) -> int:
        return 1

    monkeypatch.setattr(ImportDialog, "exec", agree)
    original = driver.window.ask_import

    def ask(imported: Import, names: str) -> bool:
        seen.append(imported)
        return original(imported, names)

    monkeypatch.setattr(driver.window, "ask_import", ask)
    drop(driver, SAMPLE)
    assert len(seen) == 1 and not seen[0].is_blocked
    assert len(driver.workspace.county.units) == 20
    assert driver.project.undo_label == "Import yunling.xlsx"
    drop(driver, SAMPLE)
    assert seen[1].changes == ()


def test_a_refused_import_leaves_nothing(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver.window, "ask_import", lambda imported, names: False)
    drop(driver, SAMPLE)
    assert not driver.workspace.is_open


def test_a_broken_file_is_one_sentence(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "broken.hengbian"
    path.write_bytes(b"not a plan at all")
    driver.open(path)
    assert not driver.workspace.is_open
    assert "broken" in driver.window.bar.text
    assert "Traceback" not in driver.window.bar.text


def test_the_window_remembers(program_folder: Path, tmp_path: Path) -> None:
    memory = Memory()
    assert (memory.language, memory.theme, memory.recent) == ("", "", ())
    paths = [tmp_path / f"{number}.hengbian" for number in range(10)]
    for path in paths:
        path.touch()
        memory.remember(path)
    memory.language = "en"
    memory.keep()
    again = Memory()
    assert again.recent == tuple(reversed(paths[2:]))
    assert again.language == "en"
    assert Path(again.folder) == tmp_path


def test_an_exported_workbook_and_report_are_there(
    driver: Driver, plan_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.open(plan_path)
    for name, suffix in (("export", ".xlsx"), ("export_standard", ".xlsx"), ("report", ".pdf")):
        path = tmp_path / f"{name}{suffix}"
        monkeypatch.setattr("ui.shell.file_actions.ask_path", lambda *_words, path=path: path)
        driver.do(name)
        assert path.stat().st_size > 1000
        assert driver.window.bar.text == f"Written: {path}"


def test_a_plan_saved_under_a_name_goes_on_there(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "新方案.hengbian"
    monkeypatch.setattr("ui.shell.file_actions.ask_path", lambda *_words: path)
    driver.do("new")
    driver.do("save")
    assert driver.project.path == path
    assert driver.window.windowTitle() == "[*]新方案 — Hengbian"
    driver.do("close")
    project = Project.open(path)
    assert not project.is_modified
    project.close()


def test_every_entry_leads_to_the_page_of_its_name(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    names = [entry.page_type().NAME for entry in driver.window.entries]
    assert names == [entry.name for entry in driver.window.entries]


EMPTY_PAGES = (
    "overview",
    "units",
    "posts",
    "duties",
    "matrix",
    "checkup",
    "evidence",
    "plan",
    "scenarios",
    "intake",
    "township",
    "outputs",
)


@pytest.mark.parametrize("name", EMPTY_PAGES)
def test_an_empty_page_offers_to_import(driver: Driver, name: str, plan_path: Path) -> None:
    driver.workspace.new()
    driver.settle()
    page = driver.show(name)
    asked: list[Where] = []
    page.asked.disconnect()
    page.asked.connect(asked.append)
    assert page.nothing.isVisible() and "no data yet" in page.nothing.text
    page.nothing.button.click()
    assert asked == [Where("import")]
    driver.workspace.discard()
    driver.open(plan_path)
    assert not driver.show(name).nothing.isVisible()


def test_the_list_of_pages_is_no_wider_than_its_names(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    navigation = driver.window.navigation
    assert navigation.sizeHintForColumn(0) <= navigation.viewport().width()


def test_the_page_does_not_jump_when_work_begins(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    status = driver.window.status
    before = status.height()
    job = Job("Work", lambda job: None, may_cancel=True)
    status.show_jobs([job])
    driver.qtbot.wait(10)
    assert status.height() == before
    status.show_jobs([])


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_overview_fits_a_screen_of_1366_at_125_per_cent(
    driver: Driver, sample_path: Path, language: str
) -> None:
    driver.open(sample_path)
    driver.window.memory.language = language
    driver.window.use_theme("light")
    driver.settle()
    driver.window.resize(1093, 614)
    page = driver.show("overview")
    area = page.findChild(QScrollArea)
    assert area is not None
    driver.qtbot.waitUntil(lambda: bool(page.findChildren(StepButton)))
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    steps = page.findChildren(StepButton)
    driver.qtbot.waitUntil(lambda: any(step.height() > _line_of(step) for step in steps))
    assert all(step.height() >= step.heightForWidth(step.width()) for step in steps)
    driver.window.resize(1920, 1080)
    driver.qtbot.waitUntil(lambda: all(step.height() == _line_of(step) for step in steps))


def _line_of(step: StepButton) -> int:
    """Return how high a step is whose words stand in one line."""
    return step.sizeHint().height()
