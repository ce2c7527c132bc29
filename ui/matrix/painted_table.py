"""The parts of the matrix as tables that paint themselves, so that scrolling stays smooth."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.language import word
from app.model.vocabulary import Role
from ui.look.theme import NEAR, TIGHT, Type, line_height, tokens, type_font
from ui.matrix.models import GridModel, SideModel

MARGIN = TIGHT
TRIANGLE = 4.0
ROW_SPACE = 6
"""Pixels a row is higher than its text."""


@dataclass(frozen=True)
class Paints:
    """The colours and fonts of one painting."""

    ink: QColor
    muted: QColor
    accent: QColor
    line: QColor
    chosen: QColor
    font: QFont
    strong: QFont
    small: QFont


class GridTable(QTableView):
    """One part of the matrix; its scroll bars stand outside, shared with the other parts.

    Qt's delegates ask a model six times for every cell; here one loop paints all that is to be
    painted, a tenth of the time.
    """

    def __init__(self, model: GridModel, name: str, role: str) -> None:
        super().__init__()
        self.setModel(model)
        model.setParent(self)
        self.grid_model = model
        self.leader: QTableView | None = None
        """The part that is scrolled in the place of this one, which follows it."""
        self.wrapping_row = -1
        """A row whose words may take two lines."""
        self.setAccessibleName(name)
        self.setProperty("role", role)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(line_height(self.font()) + ROW_SPACE)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        painter = QPainter(self.viewport())
        paints = _paints(self.font())
        for area in event.region():  # type: ignore[attr-defined] # iterable, unlike its stub
            painter.setClipRect(area)
            self._paint_area(painter, area, paints)
        painter.setClipping(False)
        self.paint_over(painter, paints)

    def _paint_area(self, painter: QPainter, area: QRect, paints: Paints) -> None:
        rows, columns = self._rows_in(area), self._columns_in(area)
        for row, top, height in rows:
            painter.setFont(paints.strong if self.grid_model.is_strong(row) else paints.font)
            painter.setPen(paints.ink)
            for column, left, width in columns:
                self.paint_cell(
                    painter, QRect(left, top, width - 1, height - 1), row, column, paints
                )
        painter.setPen(paints.line)
        for _row, top, height in rows:
            edge = top + height - 1
            painter.drawLine(area.left(), edge, area.right(), edge)
        for _column, left, width in columns:
            edge = left + width - 1
            painter.drawLine(edge, area.top(), edge, area.bottom())

    def lay_out_now(self) -> None:
        """Bring the scroll bars to the rows and columns there are now, not at the next event."""
        self.executeDelayedItemsLayout()
        self.updateGeometries()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102, N802
        if self.leader is None:
            super().wheelEvent(event)
        else:
            QCoreApplication.sendEvent(self.leader.viewport(), event)

    def paint_cell(
        self, painter: QPainter, rect: QRect, row: int, column: int, paints: Paints
    ) -> None:
        """Paint one cell; the painter has the row's font and ink."""
        ground = self.grid_model.ground(row, column)
        if ground is not None:
            painter.fillRect(rect, ground)
        self.paint_text(painter, rect, row, column)

    def paint_text(self, painter: QPainter, rect: QRect, row: int, column: int) -> None:
        """Write the text of a cell inside its margins."""
        text = self.grid_model.text(row, column)
        if text:
            flags = self.grid_model.alignment(column).value
            if row == self.wrapping_row:
                flags |= Qt.TextFlag.TextWordWrap.value
            painter.drawText(rect.adjusted(MARGIN, 0, -MARGIN, 0), flags, text)

    def paint_over(self, painter: QPainter, paints: Paints) -> None:
        """Paint what lies over the cells."""

    def _rows_in(self, area: QRect) -> list[tuple[int, int, int]]:
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return []
        end = self.grid_model.rowCount() if last < 0 else last + 1
        return [
            (row, self.rowViewportPosition(row), self.rowHeight(row))
            for row in range(first, end)
            if not self.isRowHidden(row)
        ]

    def _columns_in(self, area: QRect) -> list[tuple[int, int, int]]:
        first, last = self.columnAt(area.left()), self.columnAt(area.right())
        if first < 0:
            return []
        end = self.grid_model.columnCount() if last < 0 else last + 1
        return [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in range(first, end)
        ]


class SideTable(GridTable):
    """Duties and tasks with their hours; a triangle before a duty says whether it is folded."""

    def __init__(self, model: SideModel, name: str) -> None:
        super().__init__(model, name, "side")
        self._metrics: dict[bool, QFontMetrics] = {}

    def paint_text(self, painter: QPainter, rect: QRect, row: int, column: int) -> None:  # noqa: D102
        if column != 0 or self.grid_model.grid is None:
            super().paint_text(painter, rect, row, column)
            return
        line = self.grid_model.grid.rows[row]
        inside = rect.adjusted(MARGIN + NEAR + TIGHT, 0, -MARGIN, 0)
        if not line.task_code:
            self._paint_triangle(painter, rect, is_folded=line.is_folded)
        else:
            inside.adjust(NEAR, 0, 0, 0)
        is_strong = self.grid_model.is_strong(row)
        if is_strong not in self._metrics:
            self._metrics[is_strong] = painter.fontMetrics()
        text = self._metrics[is_strong].elidedText(
            line.name, Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, self.grid_model.alignment(0).value, text)

    def _paint_triangle(self, painter: QPainter, rect: QRect, *, is_folded: bool) -> None:
        x, y = rect.left() + MARGIN + TRIANGLE, rect.center().y() + 0.5
        sides = ((-2, -4), (3, 0), (-2, 4)) if is_folded else ((-4, -2), (4, -2), (0, 3))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().muted))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in sides]))
        painter.restore()


def paint_role(painter: QPainter, rect: QRect, role: Role, paints: Paints) -> None:
    """Write the first letter of a post's role small at the left of its cell."""
    painter.setFont(paints.small)
    painter.setPen(paints.accent if role is Role.LEAD else paints.muted)
    flags = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value
    painter.drawText(rect.adjusted(MARGIN, 0, 0, 0), flags, word(role)[0].upper())
    painter.setFont(paints.font)
    painter.setPen(paints.ink)


def _paints(font: QFont) -> Paints:
    shown, strong = tokens(), QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return Paints(
        ink=QColor(shown.ink),
        muted=QColor(shown.muted),
        accent=QColor(shown.accent),
        line=QColor(shown.line),
        chosen=QColor(shown.accent_soft),
        font=font,
        strong=strong,
        small=type_font(Type.CAPTION),
    )
