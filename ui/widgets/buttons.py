"""Buttons that lead somewhere: with Enter, in the looks of a link, with an arrow and its words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from ui.look import icons
from ui.look.icons import Icon
from ui.look.theme import TIGHT, set_role

ARROW = 16
LEAST = 120
SPARE = 4
"""Advances are rounded; a text that just fits must not be broken."""


class EnterButton(QPushButton):
    """Outside dialogs Qt lets only Space press a button; who reads a link expects Enter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def link_button(text: str, do: Callable[[], object]) -> QPushButton:
    """Return a button in the looks of a link that does something when it is pressed."""
    button = QPushButton(text)
    set_role(button, "link")
    button.clicked.connect(lambda is_on=False: do())
    return button


class StepButton(EnterButton):
    """A link as wide as its text; what does not fit goes on in the next line, to be read whole.

    A button draws one line only, so labels inside it show what it says.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setAccessibleName(text)
        set_role(self, "link")
        self._arrow, self.words = QLabel(), QLabel(text)
        self._arrow.setPixmap(icons.pixmap(Icon.NEXT, size=ARROW))
        self.words.setWordWrap(True)
        set_role(self.words, "link")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        self._row.setSpacing(TIGHT)
        self._row.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, 1)
        for label in (self._arrow, self.words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        self.words.ensurePolished()
        margins = self._row.contentsMargins()
        width = margins.left() + margins.right() + self._row.spacing() + SPARE
        width += self._arrow.sizeHint().width()
        width += self.words.fontMetrics().horizontalAdvance(self.words.text())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(LEAST, self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:  # noqa: D102, N802
        return self._row.heightForWidth(width)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: D102, N802
        super().enterEvent(event)
        self._underline(is_on=True)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102, N802
        super().leaveEvent(event)
        self._underline(is_on=False)

    def _underline(self, *, is_on: bool) -> None:
        font = self.words.font()
        font.setUnderline(is_on)
        self.words.setFont(font)
