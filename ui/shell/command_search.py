"""The command search: one field that leads to every command, page, row and chapter of the help."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from ui.look.theme import NEAR, set_role, tokens
from ui.shell.command_index import Hit, fitting, hits
from ui.shell.shell import Shell

WIDTH, HEIGHT = 680, 420
FROM_TOP = 72
KIND_WIDTH = 120
TITLE_WIDTH = 300
MOVING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def find_command(window: Shell) -> None:
    """Open the field that leads to every command, page, row and chapter."""
    search = CommandSearch(hits(window), window)
    search.show()
    search.line.setFocus()


class CommandSearch(QDialog):
    """What is typed narrows the list at once; arrows choose, Enter does it, Escape leaves."""

    def __init__(self, found: Sequence[Hit], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Find a command"))
        self._all = found
        self._shown: list[Hit] = []
        self.line, self.list, self._none = QLineEdit(), QTreeWidget(), QLabel()
        self.line.setPlaceholderText(_("Command, page, unit, post, task, term…"))
        self.line.setAccessibleName(_("Find a command"))
        self.line.installEventFilter(self)
        self.list.setAccessibleName(_("What was found"))
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list.setColumnWidth(0, TITLE_WIDTH)
        self.list.setColumnWidth(2, KIND_WIDTH)
        self._none.setText(_("Nothing of that name."))
        set_role(self._none, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(NEAR, NEAR, NEAR, NEAR)
        column.setSpacing(NEAR)
        column.addWidget(self.line)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self.do_chosen)
        self.list.itemClicked.connect(lambda item, column: self.do_chosen())
        self._narrow("")
        self.resize(WIDTH, HEIGHT)
        corner = QPoint((parent.width() - WIDTH) // 2, FROM_TOP)
        self.move(parent.mapToGlobal(corner))

    @property
    def shown(self) -> tuple[Hit, ...]:
        """Return what is listed now."""
        return tuple(self._shown)

    def do_chosen(self) -> None:
        """Close and do what is chosen."""
        at = self.list.currentIndex().row()
        hit = self._shown[at] if 0 <= at < len(self._shown) else None
        if hit is not None:
            self.accept()
            self.close()
            hit.do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() in MOVING_KEYS:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        self._shown = fitting(self._all, typed)
        self.list.clear()
        muted = QBrush(QColor(tokens().muted))
        for hit in self._shown:
            item = QTreeWidgetItem([hit.title, hit.detail, hit.kind])
            for at in (1, 2):
                item.setForeground(at, muted)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for at, text in enumerate((hit.title, hit.detail)):
                item.setToolTip(at, text)
            self.list.addTopLevelItem(item)
        self._none.setVisible(not self._shown)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
