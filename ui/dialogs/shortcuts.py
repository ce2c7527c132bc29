"""The list of keyboard shortcuts, made from the actions themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from ui.look.theme import APART, FAR, NEAR, TIGHT, set_role

Group = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and below it what is done and by which keys."""

COLUMNS = 3


class ShortcutsDialog(QDialog):
    """Columns of keys and what they do, low enough for a small screen."""

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        columns = QHBoxLayout()
        columns.setSpacing(2 * FAR)
        for part in _columns(groups):
            columns.addLayout(_filled(part))
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(FAR, FAR, FAR, APART)
        column.setSpacing(APART)
        column.addLayout(columns)
        column.addWidget(buttons)


def _columns(groups: Sequence[Group]) -> list[list[Group]]:
    """Return the groups in their order, in columns of about the same height."""
    most = sum(len(lines) + 2 for _heading, lines in groups) / COLUMNS
    columns: list[list[Group]] = [[]]
    for group in groups:
        above = sum(len(lines) + 2 for _heading, lines in columns[-1])
        if columns[-1] and above + (len(group[1]) + 2) / 2 > most:
            columns.append([])
        columns[-1].append(group)
    return columns


def _filled(groups: Sequence[Group]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(FAR)
    grid.setVerticalSpacing(TIGHT)
    row = 0
    for heading, lines in groups:
        title = QLabel(heading)
        set_role(title, "heading")
        grid.addWidget(title, row, 0, 1, 2)
        row += 1
        for text, keys in lines:
            shown = QLabel(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            set_role(shown, "muted")
            grid.addWidget(QLabel(text), row, 0)
            grid.addWidget(shown, row, 1)
            row += 1
        grid.setRowMinimumHeight(row, NEAR)
        row += 1
    grid.setRowStretch(row, 1)
    return grid
