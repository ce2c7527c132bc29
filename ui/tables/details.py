"""Details: the whole text of the selected row, below its table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from ui.look.theme import APART, NEAR, TIGHT, line_height, set_role

LEAST_LINES = 3
"""Lines that are to be seen in a low window; the rest is scrolled to."""


class Details(QScrollArea):
    """A heading and, under it, texts with their names; hidden when nothing is selected."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        set_role(self, "card")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._heading = QLabel()
        self._heading.setWordWrap(True)
        self._texts = [QLabel() for _name in names]
        self._inside = QWidget()
        self._grid = grid = QGridLayout(self._inside)
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
        grid.setRowStretch(len(names) + 1, 1)
        self.setWidget(self._inside)
        self.show_texts(None)

    def show_texts(self, texts: tuple[str, ...] | None) -> None:
        """Show a heading and the texts in the order of their names; None hides all."""
        self.setVisible(texts is not None)
        if texts is None:
            return
        self._heading.setText(texts[0])
        for label, text in zip(self._texts, texts[1:], strict=True):
            label.setText(text)
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:  # noqa: D102, N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102, N802
        return self._grid.totalHeightForWidth(width - 2) + 2

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(400, self.heightForWidth(max(400, self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        lines = LEAST_LINES * (line_height(self.font()) + TIGHT)
        return QSize(200, min(self.sizeHint().height(), lines + 2 * (NEAR + TIGHT)))
