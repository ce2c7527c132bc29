"""Tables: sorting, filtering, copying and what Qt demands of a model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

import pypdfium2
import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QScrollArea
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.model.county import Change, Post
from app.numbers import read_number
from tests.builders import post
from tests.ui.driving import Driver
from ui.look import number_format
from ui.pages.posts import PostsPage
from ui.tables.printing import write_pdf
from ui.tables.table import ShownColumn, TableModel, TableView


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
            ShownColumn("Name", lambda row: row.name),
            ShownColumn("Hours", lambda row: row.hours, number_format.tenths, edit=store),
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
    assert QGuiApplication.clipboard().text() == "Name\tHours\n乙\t1204.5\n"
    view.clearSelection()
    view.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 5


def test_a_refused_edit_tells_why(qtbot: QtBot) -> None:
    made = model()
    with qtbot.waitSignal(made.refused) as refused:
        assert not made.setData(made.index(0, 1), "many")
    assert str(refused.args[0]) == "No number."
    assert made.setData(made.index(0, 1), "12")


def editable() -> tuple[TableModel[Post], list[tuple[str, list[Change]]]]:
    stored: list[tuple[str, list[Change]]] = []

    def ability(row: Post, text: str) -> Change:
        return Change(row, replace(row, ability=read_number(text)))

    made = TableModel(
        (
            ShownColumn("Post", lambda row: row.title),
            ShownColumn(
                "Ability", lambda row: row.ability, number_format.hundredths, change=ability
            ),
            ShownColumn("Note", lambda row: row.note, is_extra=True),
        ),
        key=lambda row: row.key,
        store=lambda label, changes: stored.append((label, changes)),
        name_of=lambda row: row.title,
    )
    made.set_rows(post(code) for code in ("P1", "P2", "P3"))
    return made, stored


def test_typing_into_a_cell_is_one_step_named_after_its_row() -> None:
    made, stored = editable()
    assert made.setData(made.index(1, 1), "１．２")
    ((label, (change,)),) = stored
    assert label == "Set Ability of P2岗 to １．２"
    assert isinstance(change.after, Post) and change.after.ability == 1.2


def test_one_value_is_set_in_all_selected_rows_as_one_step(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, stored = editable()
    view = TableView(made, name="Posts")
    qtbot.addWidget(view)
    view.selectAll()
    view.setCurrentIndex(made.index(0, 1))
    view.selectAll()
    monkeypatch.setattr(QInputDialog, "getText", lambda *given: ("0.9", True))
    view.menu.ask_value()
    ((label, changes),) = stored
    assert label == "Set Ability in 3 rows"
    assert [change.record.key for change in changes] == [("P1",), ("P2",), ("P3",)]


def test_a_column_is_pasted_into_and_a_fault_stores_nothing(qtbot: QtBot) -> None:
    made, stored = editable()
    view = TableView(made, name="Posts")
    qtbot.addWidget(view)
    view.setCurrentIndex(made.index(1, 1))
    QGuiApplication.clipboard().setText("1.5\n2\n9\n")
    view.menu.paste()
    assert [change.record.key for change in stored[0][1]] == [("P2",), ("P3",)]
    QGuiApplication.clipboard().setText("1.5\n约2\n")
    with qtbot.waitSignal(made.refused):
        view.menu.paste()
    assert len(stored) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("> 100", ["乙", "丙"]),
        (">= 1,204.5", ["乙"]),
        ("＜１００", ["甲10"]),
        ("=", ["甲2"]),
        ("<>", ["乙", "甲10", "丙"]),
        ("≠3", ["乙", "丙"]),
        ("1,2", ["乙"]),
    ],
)
def test_a_condition_filters_a_column(text: str, kept: list[str]) -> None:
    made = model()
    made.set_condition(1, text)
    assert names(made) == kept


def test_texts_are_filtered_by_a_part_and_a_heading_says_so() -> None:
    made = model()
    made.set_condition(0, "甲")
    assert names(made) == ["甲2", "甲10"]
    across, mark = Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole
    assert made.headerData(0, across, mark) is not None
    made.set_condition(0, " ")
    assert len(names(made)) == 4 and made.headerData(0, across, mark) is None


def test_columns_stay_as_the_user_left_them(qtbot: QtBot) -> None:
    def shown() -> TableView:
        view = TableView(editable()[0], name="Posts", key="those")
        qtbot.addWidget(view)
        return view

    first = shown()
    assert first.columns_shown() == [0, 1]
    first.menu.show_column(2, is_shown=True)
    first.menu.show_column(0, is_shown=False)
    first.horizontalHeader().moveSection(2, 0)
    first.menu.remember()
    again = shown()
    assert again.columns_shown() == [2, 1]
    again.selectRow(0)
    again.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Note\tAbility"
    again.menu.arrange_as_first()
    assert shown().columns_shown() == [0, 1]


def test_columns_grow_with_their_rows_until_the_user_arranges_them(qtbot: QtBot) -> None:
    rows = editable()[0]
    view = TableView(rows, name="Posts", key="growing")
    qtbot.addWidget(view)
    view.show()
    first, *others = rows.shown
    rows.set_rows([replace(first, title="甲")])
    narrow = view.columnWidth(0)
    rows.set_rows([replace(first, post_code="P9", title="乙" * 12), *others])
    wide = view.columnWidth(0)
    assert wide > narrow
    rows.set_rows(others)
    assert view.columnWidth(0) == wide
    view.horizontalHeader().resizeSection(0, narrow)
    rows.set_rows([replace(first, post_code="P8", title="丙" * 20)])
    assert view.columnWidth(0) == narrow


def test_the_menu_of_a_heading_ticks_what_is_shown(qtbot: QtBot) -> None:
    view = TableView(editable()[0], name="Posts")
    qtbot.addWidget(view)
    ticked = {act.text(): act.isChecked() for act in view.menu.heading_menu(0).actions()}
    assert (ticked["Post"], ticked["Note"]) == (True, False)


def test_a_table_is_written_as_pages_with_headings_on_each(qtbot: QtBot, tmp_path: Path) -> None:
    made = model()
    made.set_rows(Row(f"第{number}行", float(number)) for number in range(200))
    view = TableView(made, name="样表")
    qtbot.addWidget(view)
    pages = write_pdf(view.menu.sheet(), tmp_path / "样表.pdf")
    assert pages > 1
    document = pypdfium2.PdfDocument(str(tmp_path / "样表.pdf"))
    texts = [
        normalize("NFKC", document[at].get_textpage().get_text_range())
        for at in range(len(document))
    ]
    assert len(texts) == pages and all("Hours" in text for text in texts)
    assert "199行" in texts[-1] and f"{pages}" in texts[-1]
    document.close()


def test_a_pdf_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    view = TableView(model(), name="Rows")
    qtbot.addWidget(view)
    with pytest.raises(UserError, match="cannot be written"):
        write_pdf(view.menu.sheet(), tmp_path / "nowhere" / "rows.pdf")


def test_figures_are_rounded_only_when_shown() -> None:
    assert number_format.whole(1234567.5) == "1,234,568"
    assert number_format.tenths(-0.04) == "0.0"
    assert number_format.signed(-11.66) == "−11.7"
    assert number_format.signed(0.0) == "0.0"
    assert number_format.people(3.0) == "3"
    assert number_format.people(2.5) == "2.50"
    assert number_format.per_cent(1.204) == "120.4%"
    assert number_format.per_cent(None) == "—"


def shown_table(qtbot: QtBot, width: int, *rows: tuple[str, str, float]) -> TableView:
    """Show a narrow or a wide table of two texts and a number."""
    columns = [
        ShownColumn[tuple[str, str, float]]("A", lambda row: row[0], most_digits=10),
        ShownColumn[tuple[str, str, float]]("B", lambda row: row[1], most_digits=30),
        ShownColumn[tuple[str, str, float]]("C", lambda row: row[2], show=str),
    ]
    model = TableModel(columns, key=lambda row: row[0])
    table = TableView(model, name="table")
    qtbot.addWidget(table)
    table.resize(width, 300)
    table.show()
    model.set_rows(rows)
    return table


def test_room_that_is_left_goes_to_texts_that_are_cut_off(qtbot: QtBot) -> None:
    text = "a text longer than ten digits"
    table = shown_table(qtbot, 900, (text, "short", 1.0))
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance(text)
    table.resize(260, 300)
    assert table.columnWidth(0) < table.fontMetrics().horizontalAdvance(text)


def test_texts_give_way_where_that_spares_a_scroll_bar(qtbot: QtBot) -> None:
    row = ("ten digits", "a text of nearly thirty digits", 1.0)
    wide = shown_table(qtbot, 900, row)
    natural = sum(wide.columnWidth(at) for at in range(3))
    assert wide.horizontalScrollBar().maximum() == 0
    narrow = shown_table(qtbot, natural - 60, row)
    assert narrow.horizontalScrollBar().maximum() == 0
    assert narrow.columnWidth(2) == wide.columnWidth(2), "numbers keep their width"
    far_too_narrow = shown_table(qtbot, natural // 3, row)
    assert far_too_narrow.columnWidth(1) == wide.columnWidth(1), "nothing is lost for nothing"


def test_columns_arranged_by_the_user_stay_as_they_are(qtbot: QtBot) -> None:
    table = shown_table(qtbot, 600, ("one", "two", 1.0))
    table.setColumnWidth(0, 200)
    assert table.menu.is_arranged
    table.resize(200, 300)
    assert table.columnWidth(0) == 200


def test_a_column_the_program_hides_is_not_remembered_as_the_users(
    driver: Driver, sample_path: Path
) -> None:
    driver.open(sample_path)
    page = driver.show("posts")
    assert isinstance(page, PostsPage)
    page.unit.setCurrentIndex(1)
    assert page.table.isColumnHidden(0) and not page.table.menu.is_arranged
    driver.window.switch_theme()
    page = driver.show("posts")
    assert isinstance(page, PostsPage)
    assert not page.table.isColumnHidden(0)
    driver.window.switch_theme()


def test_figures_of_the_inspector_are_not_cut_off(driver: Driver, sample_path: Path) -> None:
    driver.open(sample_path)
    driver.window.resize(1093, 614)
    page = driver.show("posts")
    assert isinstance(page, PostsPage)
    area = page.inspector.findChild(QScrollArea)
    assert area is not None and area.widget() is not None
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
