"""Details: the whole text of the selected row, below its table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from ui.theme import APART, NEAR, TIGHT, set_role


class Details(QFrame):
    """A heading and, under it, texts with their names; hidden when nothing is selected."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        set_role(self, "card")
        self._heading = QLabel()
        self._heading.setWordWrap(True)
        self._texts = [QLabel() for _name in names]
        grid = QGridLayout(self)
        grid.setContentsMargins(APART, NEAR + TIGHT, APART, NEAR + TIGHT)
        grid.setHorizontalSpacing(APART)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._heading, 0, 0, 1, 2)
        for row, (name, text) in enumerate(zip(names, self._texts, strict=True), start=1):
            label = QLabel(name)
            set_role(label, "muted")
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        self.show_texts(None)

    def show_texts(self, texts: tuple[str, ...] | None) -> None:
        """Show a heading and the texts in the order of their names; None hides all."""
        self.setVisible(texts is not None)
        if texts is None:
            return
        self._heading.setText(texts[0])
        for label, text in zip(self._texts, texts[1:], strict=True):
            label.setText(text)
