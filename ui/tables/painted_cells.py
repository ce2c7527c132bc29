"""Cells: how a saturation bar and the swatch of a band are drawn inside a table."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.model.vocabulary import Band
from ui.look.theme import NEAR, band_fill, tokens

BAND_ROLE = Qt.ItemDataRole.UserRole + 1
BAR_ROLE = Qt.ItemDataRole.UserRole + 2
ROLE_ROLE = Qt.ItemDataRole.UserRole + 3
"""What a model answers so that a cell can be drawn: its band, its saturation, the post's role."""

SWATCH = 10
BAR_HEIGHT = 6.0
FULL_BAR = 1.6
"""The saturation that fills a bar; whatever is above is drawn as full."""
NUMBER_WIDTH = 56


def swatch(band: Band) -> QIcon:
    """Return a small square in the colour of a band, the same when its row is selected."""
    return _swatch(band_fill(band).name())


@lru_cache
def _swatch(colour: str) -> QIcon:
    square = QPixmap(SWATCH, SWATCH)
    square.fill(QColor(colour))
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(square, mode)
    return icon


class BarDelegate(QStyledItemDelegate):
    """Draws a saturation as its number and, left of it, a bar in the colour of its band."""

    def paint(  # noqa: D102
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        share, band = index.data(BAR_ROLE), index.data(BAND_ROLE)
        if share is not None and band is not None:
            draw_bar(painter, QRectF(option.rect), share, Band(band))


def draw_bar(painter: QPainter, rect: QRectF, share: float, band: Band) -> None:
    """Draw a saturation as a bar in its band's colour, with a tick where capacity ends."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    room = rect.adjusted(NEAR, 0, -NUMBER_WIDTH - NEAR, 0)
    top = room.center().y() - BAR_HEIGHT / 2
    painter.setBrush(band_fill(band))
    width = room.width() * min(share, FULL_BAR) / FULL_BAR
    painter.drawRoundedRect(QRectF(room.left(), top, width, BAR_HEIGHT), 2, 2)
    painter.setBrush(QColor(tokens().ink))
    painter.drawRect(QRectF(room.left() + room.width() / FULL_BAR, top - 3, 1, BAR_HEIGHT + 6))
    painter.restore()
