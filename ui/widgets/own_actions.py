"""Own actions: what a table or chart offers in its context menu, with keys that work inside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Keys = QKeySequence | QKeySequence.StandardKey | str


def add_action(
    widget: QWidget, text: str, do: Callable[[], object], keys: Keys | None = None
) -> QAction:
    """Add an action to a widget; its keys work only while the widget has the focus."""
    action = QAction(text, widget)
    if keys is not None:
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(do)
    widget.addAction(action)
    return action
