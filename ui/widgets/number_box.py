"""Number boxes: spin boxes whose number stands as far from the frame as the text of a field."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox

INDENT = 5
"""The style sheet's padding does not reach the line inside a spin box."""


class WholeBox(QSpinBox):
    """A box for whole numbers."""

    def __init__(self) -> None:
        super().__init__()
        _dress(self)


class NumberBox(QDoubleSpinBox):
    """A box for numbers."""

    def __init__(self) -> None:
        super().__init__()
        _dress(self)


def _dress(box: QAbstractSpinBox) -> None:
    box.lineEdit().setTextMargins(INDENT, 0, 0, 0)
