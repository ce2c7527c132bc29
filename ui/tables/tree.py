"""A tree made from columns as data: sorted among siblings, copied with headings, told by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from app.language import _
from ui.look.theme import FAR
from ui.tables.clipping import copy_block
from ui.tables.table import ShownColumn, plain_text, shown_text
from ui.widgets.own_actions import add_action

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
INDENT = 18
LEAST_DIGITS = 36
"""Digits that the first column has room for, however narrow the tree is."""


@dataclass(eq=False)
class Node(Generic[R]):
    """One row of a tree and the rows under it."""

    item: R
    children: list[Node[R]] = field(default_factory=list)
    is_heading: bool = False
    """Whether it only groups, and is written stronger."""
    ordered: list[Node[R]] = field(default_factory=list)
    """The rows under it as they are sorted now."""


class TreeModel(QAbstractItemModel, Generic[R]):
    """Rows under rows, shown through columns; the same keys keep selection and folds."""

    def __init__(self, columns: Sequence[ShownColumn[R]], *, key: Callable[[R], object]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._key = key
        self._roots: list[Node[R]] = []
        self._ordered: list[Node[R]] = []
        self._nodes: list[Node[R]] = []
        self._places: dict[int, tuple[int, int]] = {}
        self._number_of: dict[int, int] = {}
        self._parents: list[QModelIndex] = []
        self._order: tuple[int, bool] | None = None
        self._strong = QFont()
        self._strong.setWeight(QFont.Weight.DemiBold)

    def set_roots(self, roots: Iterable[Node[R]]) -> None:
        """Show other rows; the view puts selection and folds back by key."""
        self.beginResetModel()
        self._roots = list(roots)
        self._arrange()
        self.endResetModel()

    @property
    def shown(self) -> tuple[R, ...]:
        """Return every row from above, folded ones too."""
        return tuple(node.item for node in self._nodes)

    def item_at(self, index: Index) -> R:
        """Return the row at an index."""
        return self._node(index).item

    def is_leaf(self, index: Index) -> bool:
        """Return whether nothing stands under a row."""
        return not self._node(index).children

    def indexes(self) -> Iterator[QModelIndex]:
        """Yield the index of every row."""
        for node in self._nodes:
            yield self._index_of(node)

    def index_of(self, key: object) -> QModelIndex:
        """Return where the row with this key is, an invalid index if it is not there."""
        for node in self._nodes:
            if self._key(node.item) == key:
                return self._index_of(node)
        return QModelIndex()

    def key_at(self, index: Index) -> object:
        """Return the key of the row at an index."""
        return self._key(self._node(index).item)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:  # noqa: D102
        siblings = self._node(parent).ordered if parent.isValid() else self._ordered
        if not (0 <= row < len(siblings) and 0 <= column < len(self.columns)):
            return QModelIndex()
        return self.createIndex(row, column, self._number_of[id(siblings[row])])

    def parent(self, child: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # noqa: D102
        return self._parents[child.internalId()] if child.isValid() else _NOWHERE

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        if parent.column() > 0:
            return 0
        return len(self._node(parent).children if parent.isValid() else self._roots)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if not index.isValid():
            return None
        column, node = self.columns[index.column()], self._node(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return shown_text(column, node.item)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role == Qt.ItemDataRole.FontRole and node.is_heading:
            return self._strong
        return None

    def headerData(  # noqa: D102, N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or column.title
        return _side(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(  # noqa: D102
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        is_there = 0 <= column < len(self.columns)
        wanted = (column, order == Qt.SortOrder.DescendingOrder) if is_there else None
        if wanted == self._order:
            return
        self.beginResetModel()
        self._order = wanted
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        """Number the rows as they are shown now; siblings sorted, missing values last."""
        self._nodes, self._places, self._number_of = [], {}, {}
        self._ordered = self._numbered(self._roots, above=-1)
        above = (self._places[number][0] for number in range(len(self._nodes)))
        self._parents = [
            self._index_of(self._nodes[number]) if number >= 0 else _NOWHERE for number in above
        ]

    def _numbered(self, siblings: list[Node[R]], *, above: int) -> list[Node[R]]:
        ordered = self._sorted(siblings)
        for row, node in enumerate(ordered):
            number = len(self._nodes)
            self._nodes.append(node)
            self._places[number] = (above, row)
            self._number_of[id(node)] = number
            node.ordered = self._numbered(node.children, above=number)
        return ordered

    def _sorted(self, siblings: list[Node[R]]) -> list[Node[R]]:
        if self._order is None or (siblings and siblings[0].is_heading):
            return list(siblings)
        value, is_descending = self.columns[self._order[0]].value, self._order[1]
        known = [node for node in siblings if value(node.item) not in (None, "")]
        missing = [node for node in siblings if value(node.item) in (None, "")]
        known.sort(key=lambda node: _plain(value(node.item)), reverse=is_descending)
        return known + missing

    def _node(self, index: Index) -> Node[R]:
        return self._nodes[index.internalId()]

    def _index_of(self, node: Node[R]) -> QModelIndex:
        number = self._number_of[id(node)]
        return self.createIndex(self._places[number][1], 0, number)


def _plain(value: object) -> Any:
    return value if isinstance(value, int | float) else str(value)


def _side(column: ShownColumn[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.show else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class TreeView(QTreeView):
    """A tree to read, fold, select and copy; the first column takes what width is left."""

    opened = Signal(object)
    """A row without rows under it was double-clicked: its item."""
    chosen = Signal()
    """Other rows are selected."""

    def __init__(self, model: TreeModel[Any], *, name: str, depth: int = 2) -> None:
        """Make a view; `depth` levels are unfolded at first."""
        super().__init__()
        self.setAccessibleName(name)
        self.tree = model
        model.setParent(self)
        self._depth = depth
        self._folds: dict[object, bool] = {}
        self._is_putting_back = False
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setIndentation(INDENT)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_header()
        self.setSortingEnabled(True)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._put_back)
        self.expanded.connect(lambda index: self._fold(index, is_open=True))
        self.collapsed.connect(lambda index: self._fold(index, is_open=False))
        self.doubleClicked.connect(self._open)
        self._add_actions()
        self._kept: tuple[list[object], object, int] = ([], None, 0)

    def items_chosen(self) -> list[Any]:
        """Return the selected rows from above."""
        rows = self._rows_chosen()
        rows.sort(key=lambda index: index.internalId())
        return [self.tree.item_at(index) for index in rows]

    def _rows_chosen(self) -> list[QModelIndex]:
        """Return the selected rows; by ranges, which is many times faster than one by one."""
        return [
            self.tree.index(row, 0, part.parent())
            for part in self.selectionModel().selection().toList()
            for row in range(part.top(), part.bottom() + 1)
        ]

    def show_key(self, key: object) -> bool:
        """Unfold to, select and scroll to the row with this key; return whether it is there."""
        index = self.tree.index_of(key)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def copy(self) -> None:
        """Put the selected rows, or all when none is, on the clipboard with their headings."""
        rows = self.items_chosen() or list(self.tree.shown)
        columns = self.tree.columns
        lines = [[plain_text(column, row) for column in columns] for row in rows]
        copy_block([[column.title for column in columns], *lines])

    def fit_columns(self, widths: Sequence[int]) -> None:
        """Give every column but the first its width in digits."""
        digit = self.fontMetrics().horizontalAdvance("0")
        for at, digits in enumerate(widths, start=1):
            font = self.header().font()
            font.setBold(True)
            title = self.fontMetrics().horizontalAdvance(self.tree.columns[at].title) * 1.1
            self.setColumnWidth(at, max(digit * digits, round(title)) + FAR)
        self._give_rest()

    def unfold_to(self, depth: int) -> None:
        """Unfold so many levels and fold the rest."""
        self._folds.clear()
        self._depth = depth
        self._put_folds_back()

    def selectionChanged(  # noqa: D102, N802
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        super().selectionChanged(selected, deselected)
        if not self._is_putting_back:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if self.tree.is_leaf(index):
                self._open(index)
            else:
                self.setExpanded(index, not self.isExpanded(index))
            return
        super().keyPressEvent(event)

    def _dress_header(self) -> None:
        header = self.header()
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _add_actions(self) -> None:
        for text, keys, do in (
            (_("Copy with headings"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy),
            (_("Unfold everything"), QKeySequence("Ctrl++"), lambda: self.unfold_to(9)),
            (_("Fold everything"), QKeySequence("Ctrl+-"), lambda: self.unfold_to(1)),
        ):
            add_action(self, text, do, keys)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _remember(self) -> None:
        chosen = [self.tree.key_at(index) for index in self._rows_chosen()]
        current = self.currentIndex()
        key = self.tree.key_at(current) if current.isValid() else None
        self._kept = (chosen, key, self.verticalScrollBar().value())
        self._is_putting_back = True

    def _put_back(self) -> None:
        chosen, current, scrolled = self._kept
        self._put_folds_back()
        selection = self._selection_of(set(chosen))
        flags = QItemSelectionModel.SelectionFlag
        rows = self.selectionModel()
        index = self.tree.index_of(current) if current is not None else QModelIndex()
        if index.isValid():
            rows.setCurrentIndex(index, flags.NoUpdate)
        rows.select(selection, flags.ClearAndSelect)
        self.verticalScrollBar().setValue(scrolled)
        self._is_putting_back = False
        self.chosen.emit()

    def _selection_of(self, wanted: set[object]) -> QItemSelection:
        """Return the rows with these keys as ranges of siblings, which Qt handles faster."""
        selection, last = QItemSelection(), self.tree.columnCount() - 1
        groups: dict[int, list[QModelIndex]] = {}
        for index in self.tree.indexes() if wanted else ():
            if self.tree.key_at(index) in wanted:
                parent = index.parent()
                groups.setdefault(parent.internalId() if parent.isValid() else -1, []).append(index)
        for siblings in groups.values():
            first = siblings[0]
            for index, after in zip(siblings, [*siblings[1:], None], strict=True):
                if after is None or after.row() != index.row() + 1:
                    selection.select(first, index.siblingAtColumn(last))
                    first = after if after is not None else first
        return selection

    def _put_folds_back(self) -> None:
        self.setUpdatesEnabled(False)
        self.blockSignals(True)
        for index in self.tree.indexes():
            if not self.tree.is_leaf(index):
                depth, above = 1, index.parent()
                while above.isValid():
                    depth, above = depth + 1, above.parent()
                is_open = self._folds.get(self.tree.key_at(index), depth <= self._depth)
                self.setExpanded(index, is_open)
        self.blockSignals(False)
        self.setUpdatesEnabled(True)

    def _fold(self, index: QModelIndex, *, is_open: bool) -> None:
        self._folds[self.tree.key_at(index)] = is_open

    def _open(self, index: QModelIndex) -> None:
        if self.tree.is_leaf(index):
            self.opened.emit(self.tree.item_at(index))

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(520, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._give_rest()

    def _give_rest(self) -> None:
        """Give the first column what the others leave, but never less than names need."""
        others = sum(self.columnWidth(at) for at in range(1, self.tree.columnCount()))
        least = self.fontMetrics().horizontalAdvance("0") * LEAST_DIGITS
        self.setColumnWidth(0, max(least, self.viewport().width() - others))
