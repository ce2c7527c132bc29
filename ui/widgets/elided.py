"""What gives way: a line or a choice too long for its room ends in …, not in half a character."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QStyleOptionComboBox, QToolTip

SPARE = 4
"""The style keeps so much free beside the words."""
LEAST_PART = 4
"""A line of which less than one part in so many is left says nothing any more."""


class ElidedChoice(QComboBox):
    """Qt cuts the entry that is shown off wherever the room ends; the list shows it whole."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: D102, N802
        super().initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, field.width() - SPARE
        )


class ElidedLabel(QLabel):
    """A line that gives way: what does not fit becomes …, and the tip says it.

    Where hardly a word would be left of it, it is not shown at all.
    """

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QHelpEvent) and not self.toolTip() and self._is_cut:
            QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)

    @property
    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        if len(shown) * LEAST_PART < len(self.text()):
            return
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), shown)
