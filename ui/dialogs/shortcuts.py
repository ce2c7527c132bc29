"""The list of keyboard shortcuts, made from the actions themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.language import _
from ui.theme import APART, FAR, NEAR, TIGHT, set_role

Group = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and below it what is done and by which keys."""


class ShortcutsDialog(QDialog):
    """Two columns of keys and what they do."""

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(FAR)
        grid.setVerticalSpacing(TIGHT)
        middle = (len(groups) + 1) // 2
        for side, part in enumerate((groups[:middle], groups[middle:])):
            _fill(grid, part, side * 3)
        grid.setColumnMinimumWidth(2, FAR)
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(FAR, FAR, FAR, APART)
        column.setSpacing(APART)
        column.addLayout(grid)
        column.addWidget(buttons)


def _fill(grid: QGridLayout, groups: Sequence[Group], first: int) -> None:
    row = 0
    for heading, lines in groups:
        title = QLabel(heading)
        set_role(title, "heading")
        grid.addWidget(title, row, first, 1, 2)
        row += 1
        for text, keys in lines:
            shown = QLabel(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            set_role(shown, "muted")
            grid.addWidget(QLabel(text), row, first)
            grid.addWidget(shown, row, first + 1)
            row += 1
        grid.setRowMinimumHeight(row, NEAR)
        row += 1
