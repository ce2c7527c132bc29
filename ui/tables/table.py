"""Tables made from columns as data: one model, one view, one way to sort, filter and copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from app.errors import UserError
from app.language import _
from app.model.county import Change
from app.model.vocabulary import Band
from ui.look import icons
from ui.look.icons import Icon
from ui.look.number_format import MISSING, whole
from ui.look.theme import NEAR, line_height
from ui.tables.clipping import copy_block
from ui.tables.column_widths import ColumnWidths
from ui.tables.painted_cells import BAND_ROLE, BAR_ROLE, SWATCH, BarDelegate, swatch
from ui.tables.sorting import condition, sort_key
from ui.tables.table_menu import TableMenu
from ui.tables.typed_table import TypedTable

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class ShownColumn(Generic[R]):
    """One column: `value` is sorted and copied, `show` turns it into text.

    A column with `show` holds numbers. `band` marks the cell with a band's colour and word, `bar`
    draws its share of a full bar. A column is as wide as its texts, up to `most_digits` digits.
    `change` returns what typing a text into a row changes, None for nothing, or raises a
    UserError; such columns are filled and pasted into as well. `edit` stores what was typed itself.
    `is_extra` columns are hidden until the user asks for them.
    """

    title: str
    value: Callable[[R], object]
    show: Callable[[Any], str] | None = None
    most_digits: int = 34
    tip: str = ""
    band: Callable[[R], Band | None] | None = None
    bar: Callable[[R], float | None] | None = None
    edit: Callable[[R, str], None] | None = None
    change: Callable[[R, str], Change | None] | None = None
    is_extra: bool = False
    is_kept: bool = False
    """Whether it never gives way where there is little room, as a time that says little cut off."""
    has_box: bool = False
    """Whether its cells begin with a box to tick."""


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows shown through columns; it sorts and filters by itself, missing values always last."""

    refused = Signal(object)
    filtered = Signal()
    """The user chose other conditions for the rows."""

    def __init__(
        self,
        columns: Sequence[ShownColumn[R]],
        *,
        key: Callable[[R], object],
        store: Callable[[str, list[Change]], None] | None = None,
        name_of: Callable[[R], str] = str,
    ) -> None:
        """Make a model; `store` takes a step's words and its changes, `name_of` names a row."""
        super().__init__()
        self.columns = tuple(columns)
        self.may_edit = True
        self.conditions: dict[int, str] = {}
        """What the user filters columns by, as `ui.tables.table.sorting.condition` reads it."""
        self._key = key
        self._store = store
        self._name_of = name_of
        self._all: list[R] = []
        self._rows: list[R] = []
        self._accepts: Callable[[R], bool] = lambda row: True
        self._order: tuple[int, bool] | None = None

    def set_columns(self, columns: Sequence[ShownColumn[R]]) -> None:
        """Show the same rows through other columns, unsorted."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.conditions.clear()
        self._order = None
        self._rows = self._arranged()
        self.endResetModel()

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show other rows; where they are the same ones, selection and scroll stay."""
        self._all = list(rows)
        shown = self._arranged()
        if {self._key(row) for row in shown} != {self._key(row) for row in self._rows}:
            self.beginResetModel()
            self._rows = shown
            self.endResetModel()
        elif shown:
            self._rearrange(shown)
            last = self.index(len(shown) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def set_filter(self, accepts: Callable[[R], bool]) -> None:
        """Show only the rows that `accepts` lets through."""
        self._accepts = accepts
        self.set_rows(self._all)

    def set_condition(self, column: int, text: str) -> None:
        """Show only rows whose value in a column fits a condition; blank lifts it."""
        if text.strip():
            self.conditions[column] = text
        else:
            self.conditions.pop(column, None)
        self.set_rows(self._all)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)
        self.filtered.emit()

    def row_at(self, row: int) -> R:
        """Return the record shown in a row."""
        return self._rows[row]

    def row_of(self, key: object) -> int | None:
        """Return where the record with this key is shown, None if it is not."""
        return next((at for at, row in enumerate(self._rows) if self._key(row) == key), None)

    @property
    def shown(self) -> tuple[R, ...]:
        """Return the records as they are shown."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return shown_text(column, row)
        if role == Qt.ItemDataRole.EditRole:
            return plain_text(column, row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return _marks(column, row, role)

    def headerData(  # noqa: D102, N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or column.title
        if role == Qt.ItemDataRole.DecorationRole and section in self.conditions:
            return icons.icon(Icon.FILTER)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: D102
        flags = super().flags(index)
        if index.isValid() and self.may_edit and self.is_editable(index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(  # noqa: D102, N802
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        column, row = self.columns[index.column()], self._rows[index.row()]
        if str(value) == plain_text(column, row):
            return False
        if column.change is not None:
            return self.set_texts({(index.row(), index.column()): str(value)})
        if column.edit is None:
            return False
        try:
            column.edit(row, str(value))
        except UserError as error:
            self.refused.emit(error)
            return False
        return True

    def is_editable(self, column: int) -> bool:
        """Return whether the cells of a column can be typed into."""
        return bool(self.columns[column].edit or self.columns[column].change)

    def set_texts(self, texts: Mapping[tuple[int, int], str]) -> bool:
        """Store what was typed, filled or pasted into cells as one step, all of it or nothing."""
        changes: list[Change] = []
        try:
            for (row, column), text in texts.items():
                change = self.columns[column].change
                made = change(self._rows[row], text) if change is not None else None
                if made is not None and made.before != made.after:
                    changes.append(made)
        except UserError as error:
            self.refused.emit(error)
            return False
        if changes and self._store is not None and self.may_edit:
            self._store(self._label(texts), changes)
        return bool(changes)

    def _label(self, texts: Mapping[tuple[int, int], str]) -> str:
        titles = _(", ").join(dict.fromkeys(self.columns[column].title for _row, column in texts))
        if len(texts) == 1:
            (((row, _column), text),) = texts.items()
            return _("Set {column} of {row} to {value}").format(
                column=titles, row=self._name_of(self._rows[row]), value=text.strip() or MISSING
            )
        return _("Set {column} in {count} rows").format(
            column=titles, count=whole(len({row for row, _column in texts}))
        )

    def sort(  # noqa: D102
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        is_there = 0 <= column < len(self.columns)
        self._order = (column, order == Qt.SortOrder.DescendingOrder) if is_there else None
        self._rearrange(self._arranged())

    def _rearrange(self, rows: list[R]) -> None:
        """Show the same records in another order; what is selected stays the same record."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._key(self._rows[index.row()]) for index in before]
        self._rows = rows
        places = {self._key(row): at for at, row in enumerate(self._rows)}
        after = [
            self.index(places[key], index.column()) for key, index in zip(keys, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _arranged(self) -> list[R]:
        rows = [row for row in self._all if self._accepts(row)]
        for at, text in self.conditions.items():
            keeps, column = condition(text), self.columns[at]
            rows = [row for row in rows if keeps(column.value(row), shown_text(column, row))]
        if self._order is None:
            return rows
        value, is_descending = self.columns[self._order[0]].value, self._order[1]
        known = [row for row in rows if value(row) not in (None, "")]
        missing = [row for row in rows if value(row) in (None, "")]
        known.sort(key=lambda row: sort_key(value(row)), reverse=is_descending)
        return known + missing


def shown_text(column: ShownColumn[R], row: R) -> str:
    """Return the text of a cell as the user sees it."""
    value = column.value(row)
    if column.show is not None:
        return column.show(value)
    return MISSING if value is None else str(value)


def plain_text(column: ShownColumn[R], row: R) -> str:
    """Return the text of a cell as another program reads it: no separators, missing is blank."""
    value = column.value(row)
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


def _marks(column: ShownColumn[R], row: R, role: int) -> object:
    band = column.band(row) if column.band else None
    if role == BAND_ROLE:
        return band
    if role == BAR_ROLE and column.bar:
        return column.bar(row)
    if role == Qt.ItemDataRole.DecorationRole and band is not None and column.bar is None:
        return swatch(band)
    return None


def _alignment(column: ShownColumn[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.show else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class TableView(TypedTable):
    """A table to read, filter, copy and print; its columns are the user's to arrange.

    `key` is what the arrangement of the columns is remembered under, '' for not at all.
    """

    opened = Signal(int)

    def __init__(self, model: TableModel[Any], *, name: str, key: str = "") -> None:
        super().__init__()
        self.key = key
        self.setAccessibleName(name)
        self.setModel(model)
        model.setParent(self)
        self.table = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setIconSize(QSize(SWATCH, SWATCH))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(line_height(self.font()) + NEAR)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._bars = BarDelegate(self)
        self.widths = ColumnWidths(self)
        self.menu = TableMenu(self)
        self.fit_columns()
        model.modelReset.connect(self.widths.follow_rows)
        self.doubleClicked.connect(self._open)

    def fit_columns(self) -> None:
        """Give the columns their widths and their way of drawing; after they were replaced."""
        with self.menu.unremembered():
            self.widths.measure()
            for at, column in enumerate(self.table.columns):
                is_bar = column.bar is not None
                self.setItemDelegateForColumn(at, self._bars if is_bar else self.itemDelegate())
                self.setColumnHidden(at, column.is_extra)
            self.menu.restore()
            self.widths.stretch()
        self.widths.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widths.fit()

    def copy(self) -> None:
        """Put the selected rows, or all when none is, on the clipboard with their headings."""
        columns = [self.table.columns[at] for at in self.columns_shown()]
        rows = [self.table.row_at(at) for at in self.rows_chosen()] or list(self.table.shown)
        lines = [[plain_text(column, row) for column in columns] for row in rows]
        copy_block([[column.title for column in columns], *lines])

    def columns_shown(self) -> list[int]:
        """Return the columns that are shown, from left to right."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(header.count())]
        return [at for at in order if not self.isColumnHidden(at)]

    def rows_chosen(self) -> list[int]:
        """Return the selected rows from above."""
        parts = self.selectionModel().selection().toList()
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def select_something(self) -> None:
        """Select the first row when none is, so that what stands beside the table is filled."""
        if self.table.shown and not self.selectionModel().hasSelection():
            self.selectRow(0)

    def show_key(self, key: object) -> bool:
        """Select and scroll to the record with this key; return whether it is shown."""
        at = self.table.row_of(key)
        if at is None:
            return False
        self.selectRow(at)
        self.scrollTo(self.table.index(at, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def _open(self, index: QModelIndex) -> None:
        if not self.table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit(index.row())
