"""The keyboard alone: every part can be reached by Tab, none holds it, and each says its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)

from tests.ui.driving import Driver
from ui.shell import command_search, help_actions
from ui.widgets.cards import KeyFigure

MOST_TABS = 120
PAGES = (
    "overview",
    "units",
    "posts",
    "matrix",
    "checkup",
    "plan",
    "history",
    "duties",
    "evidence",
    "scenarios",
    "intake",
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def stops(page: QWidget) -> list[QWidget]:
    """Return the widgets of a page that Tab has to reach."""
    return [
        child
        for child in page.findChildren(QWidget)
        if child.isVisible()
        and child.isEnabled()
        and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.focusProxy() is None
        and not isinstance(child, QScrollArea)
        and not isinstance(child.parent(), QLineEdit)
    ]


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or widget.windowTitle()


def all_pages(driver: Driver) -> list[str]:
    return [entry.name for entry in driver.window.entries]


def test_every_part_that_takes_the_focus_has_a_name(driver: Driver, plan_path: Path) -> None:
    nameless = [(widget, "start") for widget in stops(driver.window) if not name_of(widget)]
    driver.open(plan_path)
    for name in all_pages(driver):
        page = driver.show(name)
        nameless += [
            (widget, name)
            for widget in stops(page)
            if not name_of(widget) and not isinstance(widget, QTabBar)
        ]
    assert [(type(widget).__name__, name) for widget, name in nameless] == []


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_part_of_a_page_and_comes_back(
    driver: Driver, plan_path: Path, name: str
) -> None:
    driver.open(plan_path)
    page = driver.show(name)
    driver.window.activateWindow()
    driver.qtbot.waitUntil(lambda: QApplication.activeWindow() is driver.window)
    wanted = stops(page)
    assert wanted
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    for _press in range(MOST_TABS):
        focused = QApplication.focusWidget()
        assert focused is not None
        if seen and focused is seen[0]:
            break
        seen.append(focused)
        driver.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    else:
        pytest.fail(f"Tab never comes back; it stays with {seen[-1]}")
    missed = [widget for widget in wanted if widget not in seen]
    assert [(type(widget).__name__, name_of(widget)) for widget in missed] == []


def test_the_start_page_is_left_by_the_keyboard(driver: Driver) -> None:
    driver.window.activateWindow()
    focused = driver.window.stack.currentWidget()
    assert focused is not None
    assert name_of(focused.focusProxy() or focused) == "Sample county"


def test_dialogs_of_assistance_have_names(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    help_actions.show_help(driver.window)
    assert driver.window.help is not None
    command_search.find_command(driver.window)
    help_actions.start_tour(driver.window)
    assert driver.window.tour is not None
    for part in (driver.window.help, driver.window.tour.callout):
        assert [type(widget) for widget in stops(part) if not name_of(widget)] == []


def test_where_the_focus_is_can_be_seen(driver: Driver, sample_path: Path) -> None:
    driver.open(sample_path)
    for name in all_pages(driver):
        page = driver.show(name)
        areas = [
            area
            for area in page.findChildren(QScrollArea)
            if area.isVisible() and area.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        unseen = [area for area in areas if area.property("role") not in ("card", "reader")]
        assert unseen == [], name


def test_a_page_reached_by_key_has_the_focus_on_what_it_shows(
    driver: Driver, sample_path: Path
) -> None:
    driver.open(sample_path)
    driver.window.activateWindow()
    units = driver.show("units")
    units.setFocus()
    units.take_focus()
    for name, kind in (("posts", QTableView), ("duties", QTreeView), ("overview", KeyFigure)):
        driver.do(f"page_{name}")
        assert isinstance(driver.window.focusWidget(), kind), name
    driver.window.navigation.setFocus()
    driver.do("page_checkup")
    assert driver.window.focusWidget() is driver.window.navigation, "arrow keys go on from there"
