"""Adding: which table, which row, which field and what it would be, in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.language import _, word
from app.model.county import RECORD_TYPES, County, Record
from app.model.vocabulary import Table
from app.workbooks.standard.typed import as_typed, column_of, columns_of, heading_of
from ui.look import icons
from ui.look.icons import Icon
from ui.look.theme import NEAR, TIGHT
from ui.work.record_names import record_name, rows_to_choose
from ui.work.workspace import Workspace

FIRST = Table.STAFFING
"""The table that most questions are about: what if a post had more people, or fewer?"""


class Adder(QWidget):
    """States one cell that would be otherwise; the value starts as it is now."""

    added = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._county = County()
        self.table, self.row = QComboBox(), QComboBox()
        self.fields, self.value = QComboBox(), QLineEdit()
        self.add = QPushButton(icons.icon(Icon.NEW), _("Add"))
        self._kinds = {kind.TABLE: kind for kind in RECORD_TYPES}
        self._lay_out()
        self.table.currentIndexChanged.connect(self._fill_rows)
        self.row.currentIndexChanged.connect(self._show_value)
        self.fields.currentIndexChanged.connect(self._show_value)
        self.value.returnPressed.connect(self.added)
        self.add.clicked.connect(self.added)

    @property
    def record(self) -> Record | None:
        """Return the row chosen, as the scenario has it now."""
        found: Record | None = self.row.currentData()
        return found

    @property
    def field(self) -> str:
        """Return the name of the field chosen, '' where none is."""
        return self.fields.currentData() or ""

    def refresh(self, county: County) -> None:
        """Offer the rows of a county."""
        if county is not self._county:
            self._county = county
            self._fill_rows()

    def choose(self, table: Table, key: tuple[str, ...], field: str) -> None:
        """Choose a table, a row by its key and a field."""
        self.table.setCurrentIndex(self.table.findData(table))
        records = [self.row.itemData(at) for at in range(self.row.count())]
        self.row.setCurrentIndex(next(i for i, one in enumerate(records) if one.key == key))
        self.fields.setCurrentIndex(self.fields.findData(field))

    def _fill_rows(self) -> None:
        table = Table(self.table.currentData())
        kind, chosen, field = self._kinds[table], self.record, self.field
        self.row.blockSignals(True)
        self.fields.blockSignals(True)
        self.row.clear()
        for record in rows_to_choose(self._county, table):
            self.row.addItem(record_name(self._county, record), record)
            if type(chosen) is kind and chosen.key == record.key:
                self.row.setCurrentIndex(self.row.count() - 1)
        self.fields.clear()
        for column in columns_of(kind):
            if column.field not in kind.KEY_FIELDS and column.part is None:
                self.fields.addItem(heading_of(column), column.field)
        self.fields.setCurrentIndex(max(0, self.fields.findData(field)))
        self.row.blockSignals(False)
        self.fields.blockSignals(False)
        self._show_value()

    def _show_value(self) -> None:
        record, field = self.record, self.field
        if record is None or not field or not hasattr(record, field):
            self.value.clear()
            return
        kind = column_of(type(record), field).kind
        self.value.setText(as_typed(getattr(record, field), kind))

    def _lay_out(self) -> None:
        for kind in RECORD_TYPES:
            if any(
                column.field not in kind.KEY_FIELDS and column.part is None
                for column in columns_of(kind)
            ):
                self.table.addItem(word(kind.TABLE).replace("_", " "), kind.TABLE)
        self.table.setCurrentIndex(self.table.findData(FIRST))
        self.row.setEditable(True)
        self.row.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.row.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.row.setSizeAdjustPolicy(policy)
        self.row.setMinimumContentsLength(16)
        self.value.setFixedWidth(96)
        for widget, name in (
            (self.table, _("Table")),
            (self.row, _("Row; type to find one")),
            (self.fields, _("Field")),
            (self.value, _("What it would be")),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(NEAR)
        grid.setVerticalSpacing(TIGHT)
        grid.addWidget(self.table, 0, 0)
        grid.addWidget(self.row, 0, 1, 1, 3)
        grid.addWidget(self.fields, 1, 0)
        grid.addWidget(self.value, 1, 1)
        grid.addWidget(self.add, 1, 2)
        grid.setColumnStretch(3, 1)
