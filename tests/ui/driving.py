"""Driving: what a user's hands and eyes do, in the words of the tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.project import Project
from ui.pages.matrix import MatrixPage
from ui.pages.page import Page
from ui.shell import file_actions
from ui.shell.starting import Starter

PATIENCE = 20_000
TAG = re.compile("<[^>]*>")


class Driver:
    """One window and what is done with it."""

    def __init__(self, starter: Starter, qtbot: QtBot) -> None:
        self.window = starter.window
        self.workspace = starter.workspace
        self.starter = starter
        self.qtbot = qtbot
        self.crashes: list[BaseException] = []
        self.workspace.crashed.connect(self.crashes.append)

    @property
    def project(self) -> Project:
        assert self.workspace.project is not None
        return self.workspace.project

    def settle(self) -> None:
        """Wait until no work is under way."""
        self.qtbot.waitUntil(lambda: not self.workspace.jobs.running, timeout=PATIENCE)

    def open(self, path: Path) -> None:
        file_actions.open_plan(self.window, path)
        self.settle()

    def show(self, name: str) -> Page:
        page = self.window.show_page(name)
        self.qtbot.waitUntil(page.isVisible)
        return page

    def do(self, name: str) -> None:
        """Choose an action of the menu."""
        self.action(name).trigger()
        self.settle()

    def action(self, name: str) -> QAction:
        assert self.window.actions_made is not None
        return self.window.actions_made.named(name)

    def matrix(self) -> MatrixPage:
        page = self.show("matrix")
        assert isinstance(page, MatrixPage)
        return page

    def cell(self, task_code: str, post_code: str) -> QModelIndex:
        """Select a cell of the matrix and return it."""
        matrix = self.matrix().matrix
        matrix.show_cell(task_code, post_code)
        return matrix.body.currentIndex()

    def type_hours(self, task_code: str, post_code: str, text: str) -> None:
        """Type into a cell of the matrix and press Enter."""
        index = self.cell(task_code, post_code)
        body = self.matrix().matrix.body
        body.edit(index)
        editor = body.findChild(QLineEdit)
        assert editor is not None
        editor.selectAll()
        editor.insert(text)
        self.qtbot.keyClick(editor, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: body.state() != body.State.EditingState)


def visible_texts(widget: QWidget) -> Iterator[str]:
    """Yield every text a user can read on a widget, tips and menus among them."""
    for child in (widget, *widget.findChildren(QWidget)):
        yield child.toolTip()
        yield child.windowTitle()
        yield child.accessibleName()
        yield from _own_texts(child)
        for action in child.actions():
            yield action.text()
            yield action.iconText()
            yield action.toolTip()


def _own_texts(child: QWidget) -> Iterator[str]:
    if isinstance(child, QLabel | QAbstractButton):
        yield TAG.sub("", child.text())
    elif isinstance(child, QLineEdit):
        yield child.placeholderText()
    elif isinstance(child, QComboBox):
        yield from (child.itemText(at) for at in range(child.count()))
    elif isinstance(child, QListWidget):
        yield from (child.item(at).text() for at in range(child.count()))
    elif isinstance(child, QTabWidget):
        yield from (child.tabText(at) for at in range(child.count()))
    elif isinstance(child, QTableView):
        yield from _table_texts(child)


def _table_texts(table: QTableView) -> Iterator[str]:
    model = table.model()
    for column in range(model.columnCount()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
        for row in range(min(model.rowCount(), 40)):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(index.data(role) or "")
