"""A choice that gives way: an entry too long for it ends in …, not in half a character."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

SPARE = 4
"""The style keeps so much free beside the words."""


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
