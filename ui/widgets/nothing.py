"""Nothing: what an empty page says in its middle, and the one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.look import icons
from ui.look.icons import Icon
from ui.look.theme import APART, set_role
from ui.widgets.buttons import EnterButton


class Nothing(QWidget):
    """A sentence and, where the page can be filled, the button that begins to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        set_role(self._text, "muted")
        self.button = EnterButton()
        self.button.clicked.connect(self._do)
        self._action: Callable[[], object] | None = None
        column = QVBoxLayout(self)
        column.setSpacing(APART)
        column.addStretch(1)
        column.addWidget(self._text)
        self.other = EnterButton()
        self.other.clicked.connect(self._do_other)
        self.other.hide()
        self._other_action: Callable[[], object] | None = None
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.hide()

    def say(
        self,
        text: str,
        action_text: str = "",
        action: Callable[[], object] | None = None,
        icon: Icon | None = None,
    ) -> None:
        """Say why there is nothing, and offer what fills it."""
        self._text.setText(text)
        self.button.setText(action_text)
        self.button.setIcon(icons.icon(icon) if icon is not None else QIcon())
        self.button.setVisible(action is not None)
        self._action = action
        self.other.hide()
        self._other_action = None

    def offer_also(self, text: str, action: Callable[[], object], icon: Icon) -> None:
        """Offer a second way to fill the page, below the first."""
        self.other.setText(text)
        self.other.setIcon(icons.icon(icon))
        self._other_action = action
        self.other.show()

    def _do_other(self) -> None:
        if self._other_action is not None:
            self._other_action()

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def _do(self) -> None:
        if self._action is not None:
            self._action()
