"""Headings: a header in two levels, offices over the posts that belong to them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from app.model.vocabulary import Band
from ui.look.theme import NEAR, TIGHT, Type, band_fill, line_height, tokens, type_font
from ui.matrix.models import BodyModel
from ui.tables.painted_cells import BAND_ROLE

STRIP = 4
"""Height of the strip in the colour of a post's band."""


class GroupedHeader(QHeaderView):
    """Writes the office over its posts and marks each post with its band."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self._office_font = type_font(Type.CAPTION, is_strong=True)
        self._post_font = type_font(Type.CAPTION)

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        line = line_height(self.font())
        return QSize(0, 4 * line + NEAR + TIGHT + STRIP)

    def paintSection(  # noqa: D102, N802
        self,
        painter: QPainter,
        rect: QRect,
        logicalIndex: int,  # noqa: N803
    ) -> None:
        shown = tokens()
        painter.save()
        painter.fillRect(rect, QColor(shown.sunken))
        office_height = line_height(self.font()) + NEAR
        self._paint_office(painter, rect, logicalIndex, office_height)
        post = QRect(rect)
        post.setTop(rect.top() + office_height)
        painter.setPen(QColor(shown.ink))
        painter.setFont(self._post_font)
        flags = (
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        )
        painter.drawText(
            post.adjusted(TIGHT, 0, -TIGHT, -STRIP), int(flags), self._title(logicalIndex)
        )
        band = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, BAND_ROLE)
        if band is not None:
            strip = QRect(post.left() + 1, post.bottom() - STRIP + 1, post.width() - 2, STRIP)
            painter.fillRect(strip, band_fill(Band(band)))
        painter.restore()

    def _title(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal))

    def _paint_office(self, painter: QPainter, rect: QRect, section: int, height: int) -> None:
        grid = self._model().grid
        assert grid is not None
        first, last = grid.groups[section]
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        group = QRect(left, rect.top(), right - left, height)
        seen = group.intersected(self.viewport().rect())
        painter.save()
        painter.setClipRect(QRect(rect.left(), rect.top(), rect.width(), height))
        painter.setPen(QColor(tokens().line))
        painter.drawLine(group.bottomLeft(), group.bottomRight())
        painter.drawLine(group.topRight(), group.bottomRight())
        painter.setFont(self._office_font)
        painter.setPen(QColor(tokens().muted))
        room = seen.adjusted(TIGHT, 0, -TIGHT, 0)
        text = painter.fontMetrics().elidedText(
            grid.posts[section].office, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()

    def _model(self) -> BodyModel:
        model = self.model()
        assert isinstance(model, BodyModel)
        return model
