"""How wide a column is: as wide as what stands in it, then as the room of the table allows."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFont, QFontMetrics

if TYPE_CHECKING:
    from ui.tables.table import ShownColumn, TableView

BAR_WIDTH = 84
PADDING = 24
BOX = 24
"""A box to tick and what is between it and the text."""
ROWS_MEASURED = 60
SHORT = 112
"""Columns of a few characters never give way."""
LEAST_SHARE = 0.65
"""How much of its width a column of texts keeps where that spares the table a scroll bar."""

Widths = dict[int, int]


class ColumnWidths:
    """The widths of a table's columns: what each would like, and what the room allows."""

    def __init__(self, table: TableView) -> None:
        self._table = table
        self._natural: Widths = {}
        self._is_fitted = False

    def measure(self) -> None:
        """Give every column what it would like."""
        self._is_fitted = bool(self._table.table.shown)
        self._natural = self._wanted()
        for at, width in self._natural.items():
            self._table.setColumnWidth(at, width)

    def stretch(self) -> None:
        """Let the last column take the room that is left, unless it is one of numbers."""
        shown = self._table.columns_shown()
        last = self._table.table.columns[shown[-1]] if shown else None
        is_stretched = last is None or last.show is None
        self._table.horizontalHeader().setStretchLastSection(is_stretched)

    def follow_rows(self) -> None:
        """Fit the columns when the first rows arrive; later they only grow, if left alone."""
        if not self._table.table.shown:
            return
        if not self._is_fitted:
            self._table.fit_columns()
        elif not self._table.menu.is_arranged:
            self._grow()

    def _grow(self) -> None:
        wanted = self._wanted()
        self._natural = {at: max(width, self._natural.get(at, 0)) for at, width in wanted.items()}
        self.fit()

    def fit(self) -> None:
        """Make the columns fit the room there is, as long as the user has not arranged them.

        Room that is left goes to texts that are cut off. Texts give way, but never below their
        heading, where that is enough for everything to be seen without scrolling.
        """
        if self._table.menu.is_arranged or not self._natural:
            return
        with self._table.menu.unremembered():
            for at, width in self._fitted().items():
                self._table.setColumnWidth(at, width)

    def _wanted(self) -> Widths:
        columns = self._table.table.columns
        return {at: _width(self._table, column) for at, column in enumerate(columns)}

    def _fitted(self) -> Widths:
        table, columns = self._table, self._table.table.columns
        widths = {at: self._natural[at] for at in table.columns_shown()}
        room = table.viewport().width() - sum(widths.values())
        if room >= 0:
            full = {at: _width(table, columns[at], is_full=True) for at in widths}
            return _moved(widths, {at: max(0, full[at] - widths[at]) for at in widths}, room)
        gifts = {at: width - _least(table, columns[at], width) for at, width in widths.items()}
        return _moved(widths, gifts, room) if sum(gifts.values()) >= -room else widths


def _moved(widths: Widths, most: Widths, room: int) -> Widths:
    """Return widths that each take its part of the room, or give it where there is too little."""
    part = room / max(sum(most.values()), abs(room), 1)
    return {at: width + floor(most[at] * part) for at, width in widths.items()}


def _least(table: TableView, column: ShownColumn[Any], width: int) -> int:
    """Return how narrow a column may become; only those of texts give way."""
    if column.show is not None or column.band is not None or column.is_kept or width <= SHORT:
        return width
    least = max(_heading_width(table, column) + PADDING, round(width * LEAST_SHARE), SHORT)
    return min(width, least)


def _width(table: TableView, column: ShownColumn[Any], *, is_full: bool = False) -> int:
    """Return the width of a column: its texts, up to `most_digits` digits, or its bar."""
    from ui.tables.table import shown_text  # noqa: PLC0415 - tables ask for these widths

    rows = table.table.shown[:ROWS_MEASURED]
    texts = [shown_text(column, row) for row in rows]
    metrics = table.fontMetrics()
    most = metrics.horizontalAdvance("0") * column.most_digits
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    if column.bar is not None:
        widest = BAR_WIDTH + metrics.horizontalAdvance("000.0")
    swatch = table.iconSize().width() + 6 if column.band and column.bar is None else 0
    swatch += BOX if column.has_box else 0
    wanted = widest if is_full else min(widest, most)
    return max(wanted, _heading_width(table, column)) + swatch + PADDING


def _heading_width(table: TableView, column: ShownColumn[Any]) -> int:
    strong = QFont(table.font())
    strong.setBold(True)
    return QFontMetrics(strong).horizontalAdvance(column.title)
