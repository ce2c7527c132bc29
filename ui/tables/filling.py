"""Filling: where the values come from when cells of the matrix are filled, dragged or repeated."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.language import _

GridPlace = tuple[int, int]
"""A row and a column."""


class CellDelegate(QStyledItemDelegate):
    """Makes the field a cell is typed into; Ctrl+Enter writes it into the whole selection."""

    filled = Signal(str)

    def createEditor(  # noqa: D102, N802
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setAccessibleName(_("Value of the cell"))
        return editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            text = watched.text()
            self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            self.filled.emit(text)
            return True
        return super().eventFilter(watched, event)


def fill_origins(
    source: QRect, target: QRect, is_task: Callable[[int], bool]
) -> dict[GridPlace, GridPlace]:
    """Return for every cell to fill the cell its value comes from; rows of duties are left out.

    `source` and `target` are columns and rows; the source repeats in the direction it is stretched.
    """
    rows = [row for row in _rows(source) if is_task(row)]
    columns = range(source.left(), source.right() + 1)
    is_sideways = (source.top(), source.height()) == (target.top(), target.height())
    wanted = rows if is_sideways else [r for r in _rows(target) if is_task(r) and r not in rows]
    return {
        (row, column): (
            row if is_sideways else rows[at % len(rows)],
            columns[(column - source.left()) % len(columns)],
        )
        for at, row in enumerate(wanted if rows else ())
        for column in range(target.left(), target.right() + 1)
    }


def _rows(cells: QRect) -> range:
    return range(cells.top(), cells.bottom() + 1)


def extended(cells: QRect, row: int, column: int) -> QRect:
    """Return the cells stretched to where the pointer is, in one direction only."""
    down = max(row - cells.bottom(), cells.top() - row, 0)
    across = max(column - cells.right(), cells.left() - column, 0)
    if down >= across:
        return cells.united(QRect(cells.left(), row, cells.width(), 1))
    return cells.united(QRect(column, cells.top(), 1, cells.height()))


def repeats(lines: Sequence[Sequence[str]], rows: int, columns: int) -> tuple[int, int]:
    """Return how often a block goes into a selection each way, once where it does not go evenly."""
    height, width = len(lines), max(map(len, lines))
    if rows % height or columns % width:
        return 1, 1
    return rows // height, columns // width
