"""Tables that are typed and pasted into: Enter, and where a block of cells goes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.model.county import Change, Post
from tests.builders import post
from ui.look import number_format
from ui.tables.table import ShownColumn, TableModel, TableView


def test_enter_goes_to_the_row_below_wherever_sorting_puts_what_was_typed(qtbot: QtBot) -> None:
    people = {"甲": 3.0, "乙": 2.0, "丙": 1.0}
    made: TableModel[str] = TableModel(
        (
            ShownColumn("Name", lambda row: row),
            ShownColumn(
                "People",
                lambda row: people[row],
                number_format.people,
                edit=lambda row, text: people.update({row: float(text)}),
            ),
        ),
        key=lambda row: row,
    )
    made.set_rows(people)
    view = TableView(made, name="people")
    qtbot.addWidget(view)
    view.show()
    view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    view.setCurrentIndex(made.index(0, 1))
    view.edit(made.index(0, 1))
    editor = view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("9")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.state() != view.State.EditingState)
    assert people["丙"] == 9.0
    made.set_rows(people)
    assert made.row_at(view.currentIndex().row()) == "乙"
    assert view.currentIndex().column() == 1


def test_a_block_goes_into_the_rows_selected_and_what_has_no_place_is_told(qtbot: QtBot) -> None:
    posts = [post(f"P{at}", title=f"岗{at}", office="") for at in range(4)]
    stored: list[Change] = []
    refused: list[UserError] = []
    made: TableModel[Post] = TableModel(
        (
            ShownColumn("Post", lambda row: row.title),
            ShownColumn(
                "Office",
                lambda row: row.office,
                change=lambda row, text: Change(before=row, after=replace(row, office=text)),
            ),
        ),
        key=lambda row: row.post_code,
        store=lambda label, changes: stored.extend(changes),
    )
    made.refused.connect(refused.append)
    made.set_rows(posts)
    view = TableView(made, name="posts")
    qtbot.addWidget(view)
    made.sort(0, Qt.SortOrder.DescendingOrder)
    flags = view.selectionModel().SelectionFlag
    view.setCurrentIndex(made.index(0, 1))
    for row in (0, 2):
        view.selectionModel().select(made.index(row, 0), flags.Select | flags.Rows)
    QGuiApplication.clipboard().setText("甲室\n乙室\n")
    view.menu.paste()
    assert {c.after.post_code: c.after.office for c in stored if isinstance(c.after, Post)} == {
        "P3": "甲室",
        "P1": "乙室",
    }
    assert refused == []
    view.clearSelection()
    view.setCurrentIndex(made.index(3, 1))
    view.selectRow(3)
    view.setCurrentIndex(made.index(3, 1))
    QGuiApplication.clipboard().setText("丙室\t多余\n丁室\n")
    view.menu.paste()
    assert "2 cells" in refused[0].message
