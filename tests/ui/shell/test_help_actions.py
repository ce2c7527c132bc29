"""Assistance: command search, help and terms, the tour, templates and folders to begin with."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from app.language import LANGUAGES, use_language
from app.resources import resource
from app.workbooks.standard.exporting import write_template
from tests.ui.driving import Driver, visible_texts
from ui.dialogs.help import HelpWindow
from ui.look.help_texts import PAGES, chapter_at, help_pages, page_anchor, terms, tip
from ui.look.memory import Memory
from ui.shell import command_search, file_actions, help_actions
from ui.shell.command_index import Hit, fitting, hits
from ui.shell.command_search import CommandSearch
from ui.shell.tour import stops

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
"""Without a display, windows beside the first one cannot be raised."""


def search(driver: Driver) -> CommandSearch:
    command_search.find_command(driver.window)
    found = driver.window.findChildren(CommandSearch)
    return found[-1]


def titles(found: list[Hit]) -> list[str]:
    return [hit.title for hit in found]


def test_everything_is_found_by_a_few_letters(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    found = hits(driver.window)
    kinds = {hit.kind for hit in found}
    assert {"File", "View", "Unit", "Post", "Task", "Recent plan", "Term", "Help"} <= kinds
    assert titles(fitting(found, "T2任务")) == ["T2任务"]
    assert titles(fitting(found, "u1镇 p3")) == ["P3岗"]
    assert titles(fitting(found, "dark"))[0] == "Dark colours"
    assert fitting(found, "no such thing") == []


def test_what_begins_with_the_words_comes_first() -> None:
    def hit(title: str, detail: str = "") -> Hit:
        return Hit(title, detail, "", lambda: None)

    found = [hit("Close", "open plan"), hit("Reopen"), hit("Open…")]
    assert titles(fitting(found, "OPEN")) == ["Open…", "Reopen", "Close"]


def test_enter_goes_to_what_is_chosen(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    dialog = search(driver)
    dialog.line.setText("T2任务")
    driver.qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert driver.window.stack.currentWidget() is driver.window.pages["matrix"]
    assert driver.matrix().matrix.body.currentIndex().row() == 2
    assert not driver.window.findChildren(CommandSearch) or not dialog.isVisible()


def test_arrows_choose_while_typing(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    dialog = search(driver)
    dialog.line.setText("岗")
    assert titles(list(dialog.shown)) == ["P1岗", "P2岗", "P3岗"]
    driver.qtbot.keyClick(dialog.line, Qt.Key.Key_Down)
    driver.qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    posts = driver.window.pages["posts"]
    assert driver.window.stack.currentWidget() is posts
    assert posts.table.currentIndex().row() == 1  # type: ignore[attr-defined]


def test_only_what_is_possible_now_is_offered(driver: Driver) -> None:
    names = titles(list(hits(driver.window)))
    assert "Open" in names and "Save as" not in names


def help_window(driver: Driver) -> HelpWindow:
    assert driver.window.help is not None
    return driver.window.help


def test_f1_opens_the_chapter_of_the_page(driver: Driver, plan_path: Path) -> None:
    driver.do("help")
    assert help_window(driver).chapter == chapter_at("window", "start")
    driver.open(plan_path)
    driver.matrix()
    driver.do("help")
    assert help_window(driver).chapter == chapter_at("window", "matrix")
    cursor = help_window(driver).text.textCursor()
    assert cursor.block().text() == "Matrix"


def test_the_help_is_searched(driver: Driver) -> None:
    driver.do("help")
    window = help_window(driver)
    window.search.setText("leximax")
    assert [chapter.page for chapter in window.found()] == ["figures"]
    window.show_chapter(window.found()[0])
    assert window.text.extraSelections()
    window.search.setText("qwxyz")
    assert window.contents.topLevelItemCount() == 0


def test_the_help_speaks_the_language_of_the_window(driver: Driver) -> None:
    driver.do("help")
    driver.do("language")
    assert driver.window.help is None
    driver.do("help")
    assert help_window(driver).chapter == chapter_at("window", "start")
    assert "使用窗口" in help_window(driver).text.toPlainText()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_window_has_its_chapter(
    driver: Driver, plan_path: Path, language: str
) -> None:
    driver.open(plan_path)
    use_language(language)
    for entry in driver.window.entries:
        page, anchor = page_anchor(entry.name)
        assert chapter_at(page, anchor).title


def test_both_languages_have_the_same_chapters() -> None:
    shapes = []
    for language in LANGUAGES:
        use_language(language)
        pages = help_pages()
        assert [page.name for page in pages] == list(PAGES)
        shapes.append([[(c.level, c.anchor) for c in page.chapters] for page in pages])
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_its_formula_and_its_chapter(language: str) -> None:
    use_language(language)
    assert len(terms()) > 12
    for term in terms().values():
        assert term.name and term.meaning and term.formula
        assert chapter_at(term.page, term.anchor).text
        assert term.formula in tip(term.key) and "<" not in tip(term.key)


def test_terms_are_one_table_without_gaps() -> None:
    with (resource("help") / "terms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["key"] for row in rows}) == len(rows)
    assert all(all(row.values()) for row in rows)


def test_the_tour_leads_through_the_pages_and_ends(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.do("tour")
    tour = driver.window.tour
    assert tour is not None and 6 <= len(stops()) <= 8
    seen = []
    for stop in stops():
        current = driver.window.stack.currentWidget()
        seen.append(stop.page)
        assert current is driver.window.pages[stop.page]
        assert driver.window.rect().contains(tour.callout.geometry())
        assert not tour.callout.isModal() and tour.ring.isVisible()
        for label in tour.callout.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        tour.callout.next.click()
    assert driver.window.tour is None
    assert {"posts", "matrix", "checkup", "plan"} <= set(seen)


def test_the_tour_is_offered_once_and_can_be_skipped(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    help_actions.offer_tour(driver.window)
    assert driver.window.tour is not None
    driver.window.tour.callout.skip.click()
    help_actions.offer_tour(driver.window)
    assert driver.window.tour is None and Memory().has_seen("tour")


@pytest.mark.parametrize("way", ["key", "page"])
def test_the_tour_ends_when_the_user_turns_away(driver: Driver, plan_path: Path, way: str) -> None:
    driver.open(plan_path)
    driver.do("tour")
    tour = driver.window.tour
    assert tour is not None
    if way == "key":
        driver.qtbot.keyClick(tour.callout.next, Qt.Key.Key_Return)
        assert tour.at == 1
        driver.qtbot.keyClick(tour.callout.next, Qt.Key.Key_Escape)
    else:
        driver.show("history")
    assert driver.window.tour is None


def test_the_window_is_used_while_the_tour_goes_on(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    driver.do("tour")
    driver.type_hours("T2", "P2", "250")
    assert driver.workspace.county.assignments[("U1", "T2", "P2")].share == 0.5
    driver.do("language")
    assert driver.window.tour is None


def test_a_new_plan_takes_over_what_a_template_does_and_decides(
    driver: Driver, plan_path: Path
) -> None:
    file_actions.new_from_template(driver.window, plan_path)
    driver.settle()
    county = driver.workspace.county
    assert len(county.tasks) == 3 and len(county.units) == 0
    assert driver.project.path is None
    assert driver.project.undo_label == "Begin with 小县 as template"


def test_a_folder_is_imported_as_a_whole(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    write_template(tmp_path / "空表.xlsx")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: str(tmp_path))

    def refuse(imported: object, names: str) -> bool:
        seen.append(names)
        return False

    monkeypatch.setattr(driver.window, "ask_import", refuse)
    file_actions.ask_import_folder(driver.window)
    driver.settle()
    assert seen == [tmp_path.name]
    assert not driver.workspace.is_open


def test_printing_takes_the_table_of_the_page(
    driver: Driver, plan_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(
        "ui.tables.printing.print_sheet", lambda sheet, parent: printed.append(sheet.title)
    )
    driver.open(plan_path)
    driver.show("units")
    driver.do("print")
    assert printed == ["Units and headcount"]
    driver.show("matrix")
    driver.do("print")
    assert "no table" in driver.window.bar.text


def test_the_shortcut_list_is_made_of_the_actions(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    make: Callable[[], None] = driver.action("shortcuts").trigger
    make()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    labels = {label.text() for label in dialog.findChildren(type(driver.window.status.hours))}
    assert {"Find a command", "Ctrl+K", "Fill down", "Ctrl+D"} <= labels
    dialog.close()


def test_figures_and_headings_explain_their_terms(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    for name in ("overview", "units", "posts", "matrix"):
        page = driver.show(name)
        said = set(visible_texts(page))
        assert tip("saturation") in said, name
