"""How wide a column begins: as wide as what stands in it, up to what it says itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFont, QFontMetrics

if TYPE_CHECKING:
    from ui.tables import Column, TableView

BAR_WIDTH = 84
PADDING = 24


def column_width(table: TableView, column: Column[Any], texts: Iterable[str]) -> int:
    """Return the width of a column: its texts, up to `most_digits` digits, or its bar."""
    metrics = table.fontMetrics()
    most = metrics.horizontalAdvance("0") * column.most_digits
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=most)
    if column.bar is not None:
        widest = BAR_WIDTH + metrics.horizontalAdvance("000.0")
    swatch = table.iconSize().width() + 6 if column.band and column.bar is None else 0
    strong = QFont(table.font())
    strong.setBold(True)
    heading = QFontMetrics(strong).horizontalAdvance(column.title)
    return max(min(widest, most), heading) + swatch + PADDING
