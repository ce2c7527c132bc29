"""How wide a column begins: as wide as what stands in it, up to what it says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFont, QFontMetrics

if TYPE_CHECKING:
    from ui.tables import Column, TableView

BAR_WIDTH = 84
PADDING = 24
ROWS_MEASURED = 60


def grow_columns(table: TableView) -> None:
    """Widen the columns that are shown to what stands in them now; none becomes narrower."""
    for at in table.columns_shown():
        wanted = column_width(table, table.table.columns[at])
        table.setColumnWidth(at, max(table.columnWidth(at), wanted))


def column_width(table: TableView, column: Column[Any]) -> int:
    """Return the width of a column: its texts, up to `most_digits` digits, or its bar."""
    from ui.tables import shown_text  # noqa: PLC0415 - tables ask for these widths

    rows = table.table.shown[:ROWS_MEASURED]
    texts = [shown_text(column, row) for row in rows]
    metrics = table.fontMetrics()
    most = metrics.horizontalAdvance("0") * column.most_digits
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    if column.bar is not None:
        widest = BAR_WIDTH + metrics.horizontalAdvance("000.0")
    swatch = table.iconSize().width() + 6 if column.band and column.bar is None else 0
    strong = QFont(table.font())
    strong.setBold(True)
    heading = QFontMetrics(strong).horizontalAdvance(column.title)
    return max(min(widest, most), heading) + swatch + PADDING
