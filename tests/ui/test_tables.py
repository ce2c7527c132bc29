"""Tables: sorting, filtering, copying and what Qt demands of a model."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.errors import UserError
from ui import figuring
from ui.tables import Column, TableModel, TableView


@dataclass(frozen=True)
class Row:
    name: str
    hours: float | None


ROWS = (Row("乙", 1204.5), Row("甲2", None), Row("甲10", 3.0), Row("丙", 200.0))


def store(row: Row, text: str) -> None:
    if not text.isdigit():
        raise UserError("No number.")


def model() -> TableModel[Row]:
    made = TableModel(
        (
            Column("Name", lambda row: row.name),
            Column("Hours", lambda row: row.hours, figuring.tenths, edit=store),
        ),
        key=lambda row: row.name,
    )
    made.set_rows(ROWS)
    return made


def names(made: TableModel[Row]) -> list[str]:
    return [row.name for row in made.shown]


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    made = model()
    qtmodeltester.check(made)
    made.sort(1, Qt.SortOrder.DescendingOrder)
    made.set_filter(lambda row: row.hours is not None)
    qtmodeltester.check(made)


def test_numbers_sort_as_numbers_and_what_is_missing_comes_last() -> None:
    made = model()
    made.sort(1)
    assert names(made) == ["甲10", "丙", "乙", "甲2"]
    made.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(made) == ["乙", "丙", "甲10", "甲2"]
    made.sort(-1)
    assert names(made) == [row.name for row in ROWS]


def test_numbers_in_names_sort_as_numbers() -> None:
    made = model()
    made.sort(0)
    assert names(made).index("甲2") < names(made).index("甲10")


def test_the_current_row_stays_the_same_row() -> None:
    made = model()
    held = QPersistentModelIndex(made.index(0, 0))
    made.sort(1)
    assert held.data() == "乙"
    made.set_rows(Row(row.name, 1.0) for row in ROWS)
    assert held.isValid()


def test_numbers_are_shown_with_separators_and_stand_right() -> None:
    made = model()
    index = made.index(0, 1)
    assert index.data() == "1,204.5"
    side = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
    assert side & Qt.AlignmentFlag.AlignRight
    assert made.index(1, 1).data() == "—"


def test_a_copy_has_headings_and_plain_numbers(qtbot: QtBot) -> None:
    view = TableView(model(), name="Rows")
    qtbot.addWidget(view)
    view.selectRow(0)
    view.copy()
    assert QGuiApplication.clipboard().text() == "Name\tHours\r\n乙\t1204.5\r\n"
    view.clearSelection()
    view.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 5


def test_a_refused_edit_tells_why(qtbot: QtBot) -> None:
    made = model()
    with qtbot.waitSignal(made.refused) as refused:
        assert not made.setData(made.index(0, 1), "many")
    assert str(refused.args[0]) == "No number."
    assert made.setData(made.index(0, 1), "12")


def test_figures_are_rounded_only_when_shown() -> None:
    assert figuring.whole(1234567.5) == "1,234,568"
    assert figuring.tenths(-0.04) == "0.0"
    assert figuring.signed(-11.66) == "−11.7"
    assert figuring.signed(0.0) == "0.0"
    assert figuring.people(3.0) == "3"
    assert figuring.people(2.5) == "2.50"
    assert figuring.per_cent(1.204) == "120.4%"
    assert figuring.per_cent(None) == "—"
