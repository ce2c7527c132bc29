"""A table that is typed into: Enter ends a cell and goes on with the row below."""

from __future__ import annotations

from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtWidgets import QAbstractItemDelegate, QTableView, QWidget


class TypedTable(QTableView):
    """Goes down on Enter, to the row that stood below before sorting moved what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._below = QPersistentModelIndex()

    def commitData(self, editor: QWidget) -> None:  # noqa: D102, N802
        here = self.currentIndex()
        below = here.siblingAtRow(min(here.row() + 1, self.model().rowCount() - 1))
        self._below = QPersistentModelIndex(below)
        super().commitData(editor)

    def closeEditor(  # noqa: D102, N802
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and self._below.isValid():
            # The row that stood below, wherever sorting has put what was typed.
            self.setCurrentIndex(self.model().index(self._below.row(), self._below.column()))
        self._below = QPersistentModelIndex()
