"""A step: a line with an arrow that leads on and gives way where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ui import icons
from ui.icons import Icon
from ui.theme import set_role
from ui.widgets.enterbutton import EnterButton

LEAST = 120
SPARE = 4
"""Advances are rounded; a text that just fits must not be cut."""


class StepButton(EnterButton):
    """A link as wide as its text; what does not fit becomes …, and the tip says it."""

    def __init__(self, text: str) -> None:
        super().__init__(icons.icon(Icon.NEXT), text)
        self._whole = text
        self.setAccessibleName(text)
        set_role(self, "link")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        width = self._beside + self._advance(self._whole) + SPARE
        return QSize(width, super().sizeHint().height())

    @property
    def _beside(self) -> int:
        """Return the width of icon and padding."""
        self.ensurePolished()
        return super().sizeHint().width() - self._advance(self.text())

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        room = event.size().width() - self._beside
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    def _advance(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)
