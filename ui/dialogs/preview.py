"""The preview inside the import dialog: every row with its old and new cells, and near names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.language import _, word
from app.workbooks.cells.places import RowPlace
from app.workbooks.foreign.matching import Question
from app.workbooks.previewing import PreviewRow, RowState
from ui.look import number_format
from ui.look.theme import NEAR, TIGHT
from ui.tables.table import ShownColumn, TableModel, TableView

Index = QModelIndex | QPersistentModelIndex

_LEFT_OUT = {RowState.SKIPPED, RowState.UNCHANGED}


class RowsTab(QWidget):
    """The rows of an import, filtered by what becomes of them; rows can be left out."""

    toggled = Signal(object)
    """Rows of files, as a set of `RowPlace`, to leave out or to take back in."""

    def __init__(self) -> None:
        super().__init__()
        self.model = _RowsModel()
        self.model.toggled.connect(self.toggled)
        self.table = TableView(self.model, name=_("Rows of the import"), key="import.rows")
        self.states = QComboBox()
        self.states.setAccessibleName(_("Which rows are shown"))
        self.states.currentIndexChanged.connect(self._filter)
        self.leave_out = QPushButton(_("Leave out or take back in"))
        self.leave_out.setToolTip(_("Leave the selected rows of the files out of the import"))
        self.leave_out.clicked.connect(self._toggle_selected)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._follow_selection)
        bar = QHBoxLayout()
        bar.addWidget(QLabel(_("Show")))
        bar.addWidget(self.states)
        bar.addStretch(1)
        bar.addWidget(self.leave_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(NEAR)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def show_rows(self, rows: Sequence[PreviewRow]) -> None:
        """Show the rows of another reading; the filter stays."""
        counts = Counter(row.state for row in rows)
        chosen = self.states.currentData()
        self.states.blockSignals(True)
        self.states.clear()
        most = sum(count for state, count in counts.items() if state is not RowState.UNCHANGED)
        self._offer(_("all but unchanged"), most, None)
        for state in RowState:
            if counts[state]:
                self._offer(word(state), counts[state], state)
        at = self.states.findData(chosen) if chosen is not None else 0
        self.states.setCurrentIndex(max(at, 0))
        self.states.blockSignals(False)
        self.model.set_rows(rows)
        self._filter()
        self._follow_selection()

    def _offer(self, text: str, count: int, state: RowState | None) -> None:
        words = _("{state} ({count})").format(state=text, count=number_format.whole(count))
        self.states.addItem(words, state)

    def _filter(self) -> None:
        state = self.states.currentData()
        if state is None:
            self.model.set_filter(lambda row: row.state is not RowState.UNCHANGED)
        else:
            self.model.set_filter(lambda row: row.state == state)

    def _follow_selection(self, *_selections: QItemSelection) -> None:
        self.leave_out.setEnabled(bool(self._places()))

    def _places(self) -> set[RowPlace]:
        rows = [self.model.row_at(at) for at in self.table.rows_chosen()]
        return {row.place for row in rows if row.place is not None}

    def _toggle_selected(self) -> None:
        self.toggled.emit(self._places())


class _RowsModel(TableModel[PreviewRow]):
    """The rows; the first column has a box that leaves a row out."""

    toggled = Signal(object)

    def __init__(self) -> None:
        super().__init__(_columns(), key=_key)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and index.column() == 0:
            row = self.row_at(index.row())
            if row.place is None:
                return None
            is_out = row.state is RowState.SKIPPED
            return Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and self.row_at(index.row()).place is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(  # noqa: N802
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            place = self.row_at(index.row()).place
            if place is not None:
                self.toggled.emit({place})
            return place is not None
        return super().setData(index, value, role)


def _key(row: PreviewRow) -> tuple[object, ...]:
    return row.state, row.table, row.key, row.place


def _columns() -> tuple[ShownColumn[PreviewRow], ...]:
    return (
        ShownColumn(
            _("Result"),
            lambda row: word(row.state),
            tip=_("Ticked rows are imported"),
            has_box=True,
        ),
        ShownColumn(_("Table"), lambda row: word(row.table) if row.table is not None else ""),
        ShownColumn(_("Key"), lambda row: " · ".join(row.key), most_digits=20),
        ShownColumn(_("Name"), lambda row: " ".join(row.text.split()), most_digits=26),
        ShownColumn(_("Old → new"), _difference, most_digits=52),
        ShownColumn(_("Where"), _where, most_digits=30),
    )


def _difference(row: PreviewRow) -> str:
    if row.message:
        return row.message
    if row.state in _LEFT_OUT:
        return ""
    if row.state is RowState.ADDED:
        parts = (f"{cell.column} {cell.after}" for cell in row.cells)
    else:
        parts = (f"{cell.column} {cell.before or '–'} → {cell.after or '–'}" for cell in row.cells)
    return _("; ").join(" ".join(part.split()) for part in parts)


def _where(row: PreviewRow) -> str:
    if row.place is None:
        return ""
    return " › ".join((row.cell, row.place.sheet, row.place.file))


class NamesTab(QWidget):
    """Names of the files that are like names of the plan, each with what it may stand for."""

    chosen = Signal(object, str)
    """A question, and the code that answers it; '' for a new row."""

    def __init__(self) -> None:
        super().__init__()
        self.model: TableModel[Question] = TableModel(
            _question_columns(), key=lambda question: (question.table, question.key)
        )
        self.table = TableView(self.model, name=_("Names that are alike"), key="import.names")
        self.answers = QComboBox()
        self.answers.setAccessibleName(_("What the name stands for"))
        self.answers.activated.connect(self._choose)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)
        words = QLabel(
            _("These names are like one of the plan, but not the same. What do they stand for?")
        )
        words.setWordWrap(True)
        bar = QHBoxLayout()
        bar.addWidget(QLabel(_("The selected name stands for")))
        bar.addWidget(self.answers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(words)
        column.addWidget(self.table, 1)
        column.addSpacing(TIGHT)
        column.addLayout(bar)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show the questions of another reading."""
        self.model.set_rows(questions)
        self.table.select_something()
        self._follow_selection()

    def _question(self) -> Question | None:
        rows = self.table.rows_chosen()
        return self.model.row_at(rows[0]) if rows else None

    def _follow_selection(self, *_selections: QItemSelection) -> None:
        question = self._question()
        self.answers.clear()
        self.answers.setEnabled(question is not None)
        if question is None:
            return
        self.answers.addItem(_("a new row"), "")
        for near in question.near:
            words = _("{name} ({code}, {likeness:.0%} alike)").format(
                name=near.name, code=near.code, likeness=near.likeness
            )
            self.answers.addItem(words, near.code)
        self.answers.setCurrentIndex(max(self.answers.findData(question.chosen), 0))

    def _choose(self, at: int) -> None:
        question = self._question()
        if question is not None:
            self.chosen.emit(question, self.answers.itemData(at))


def _question_columns() -> tuple[ShownColumn[Question], ...]:
    return (
        ShownColumn(_("Table"), lambda question: word(question.table)),
        ShownColumn(_("In the file"), lambda question: question.text, most_digits=30),
        ShownColumn(_("Stands for"), _answer, most_digits=30),
        ShownColumn(
            _("Where"),
            lambda question: " › ".join(
                (question.place.cell, question.place.sheet, question.place.file)
            ),
        ),
    )


def _answer(question: Question) -> str:
    if not question.chosen:
        return _("a new row")
    names = {near.code: near.name for near in question.near}
    return f"{question.chosen} {names.get(question.chosen, '')}".strip()
