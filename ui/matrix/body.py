"""The cells of the matrix: typed, filled, copied and pasted as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionRange,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QWidget,
)

from app.errors import UserError
from app.language import _
from app.model.changing import MatrixCell
from app.model.vocabulary import OVERLOADED, Band
from ui.look.messages import Message
from ui.look.number_format import whole
from ui.look.theme import band_fill, tokens
from ui.matrix.hours_grid import cell_of
from ui.matrix.models import BodyModel
from ui.matrix.office_headings import GroupedHeader
from ui.matrix.painted_table import GridTable, Paints, paint_role
from ui.tables.clipping import clipboard_block, copy_block
from ui.tables.filling import CellDelegate, extended, fill_origins, repeats

HANDLE = 7
STRENGTHS = 8
HEAVIEST = 0.4
"""The part of a post's capacity at which a cell has its full colour."""
FULL_ALPHA = 120

CellBlock = Mapping[tuple[int, int], str]


class Body(GridTable):
    """The cells, coloured by what part of their post's capacity they take."""

    told = Signal(object)
    fold_asked = Signal(int)
    """The row of a duty to fold or unfold."""

    def __init__(self, model: BodyModel) -> None:
        super().__init__(model, _("Hours of each task at each post"), "body")
        self.cells = model
        self._fill_to: QRect | None = None
        self._parts: tuple[tuple[int, int, int, int], ...] = ()
        """The selected blocks: first row and column, last row and column."""
        self._colours: dict[Band, list[QColor]] = {}
        self.setHorizontalHeader(GroupedHeader(self))
        delegate = CellDelegate(self)
        delegate.filled.connect(self.fill_selection)
        self.setItemDelegate(delegate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

    def paint_cell(  # noqa: D102
        self, painter: QPainter, rect: QRect, row: int, column: int, paints: Paints
    ) -> None:
        grid = self.cells.grid
        assert grid is not None
        ground = self.cells.ground(row, column)
        if ground is not None:
            painter.fillRect(rect, ground)
        is_task = bool(grid.rows[row].task_code)
        weight = grid.weights[row, column] if is_task else 0.0
        if weight > 0:
            painter.fillRect(rect, self._colour(grid.posts[column].load.band, weight))
        if self._is_chosen(row, column):
            painter.fillRect(rect, paints.chosen)
        text = self.cells.text(row, column)
        if not text:
            return
        self.paint_text(painter, rect, row, column)
        role = grid.roles.get((row, column))
        if role is not None:
            paint_role(painter, rect, role, paints)

    def paint_over(self, painter: QPainter, paints: Paints) -> None:  # noqa: D102
        current = self.currentIndex()
        if current.isValid() and self.hasFocus():
            painter.setPen(QPen(paints.accent, 2))
            painter.drawRect(self.visualRect(current).adjusted(0, 0, -1, -1))
        handle = self._handle()
        if handle is not None:
            painter.fillRect(handle, paints.accent)
        if self._fill_to is not None:
            painter.setPen(QPen(paints.accent, 1, Qt.PenStyle.DashLine))
            painter.drawRect(self._pixels(self._fill_to).adjusted(0, 0, -1, -1))

    def _colour(self, band: Band, weight: float) -> QColor:
        """Return the accent, or in the column of an overloaded post its band, by strength."""
        if band not in self._colours:
            colour = band_fill(band) if band in OVERLOADED else QColor(tokens().accent)
            self._colours[band] = [QColor(colour) for _level in range(STRENGTHS)]
            for level, one in enumerate(self._colours[band]):
                one.setAlpha(FULL_ALPHA * (level + 1) // STRENGTHS)
        level = int(STRENGTHS * min(weight, HEAVIEST) / HEAVIEST)
        return self._colours[band][min(level, STRENGTHS - 1)]

    def _is_chosen(self, row: int, column: int) -> bool:
        return any(
            top <= row <= bottom and left <= column <= right
            for top, left, bottom, right in self._parts
        )

    def reset(self) -> None:  # noqa: D102
        super().reset()
        self._parts = ()

    def selectionChanged(self, chosen: QItemSelection, left: QItemSelection) -> None:  # noqa: D102, N802
        super().selectionChanged(chosen, left)
        self._parts = tuple(
            (part.top(), part.left(), part.bottom(), part.right()) for part in self._selection()
        )
        self.viewport().update()

    def _handle(self) -> QRect | None:
        """Return the small square that is dragged to fill, None where there is nothing to fill."""
        if len(self._parts) != 1 or not self.cells.may_edit:
            return None
        corner = self._pixels(self._range()).bottomRight()
        return QRect(corner.x() - HANDLE + 2, corner.y() - HANDLE + 2, HANDLE, HANDLE)

    def _range(self) -> QRect:
        """Return the selection as columns and rows."""
        top, left, bottom, right = self.bounds()
        return QRect(left, top, right - left + 1, bottom - top + 1)

    def _pixels(self, cells: QRect) -> QRect:
        first = self.cells.index(cells.top(), cells.left())
        last = self.cells.index(cells.bottom(), cells.right())
        return self.visualRect(first).united(self.visualRect(last))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        current = self.currentIndex()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Backspace:
            self.clear()
        elif (is_enter or event.key() == Qt.Key.Key_Space) and current.isValid():
            if not self.cells.is_task(current.row()):
                self.fold_asked.emit(current.row())
            elif is_enter:
                self.edit(current)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        handle = self._handle()
        if handle is not None and handle.contains(event.position().toPoint()):
            self._fill_to = self._range()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        if self._fill_to is None:
            handle = self._handle()
            is_over = handle is not None and handle.contains(event.position().toPoint())
            shape = Qt.CursorShape.CrossCursor if is_over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            super().mouseMoveEvent(event)
            return
        at = self.indexAt(event.position().toPoint())
        if at.isValid():
            self._fill_to = extended(self._range(), at.row(), at.column())
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        if self._fill_to is None:
            super().mouseReleaseEvent(event)
            return
        target, self._fill_to = self._fill_to, None
        self.fill(target)
        self.viewport().update()

    def closeEditor(  # noqa: D102, N802
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            here = self.currentIndex()
            self.setCurrentIndex(here.siblingAtRow(min(here.row() + 1, self._row_count() - 1)))

    def copy(self) -> None:
        """Put the selected block on the clipboard, numbers as another program reads them."""
        if self._parts:
            copy_block(self._block())

    def copy_with_headings(self) -> None:
        """Put the selected block on the clipboard under its posts and behind its tasks."""
        grid = self.cells.grid
        if grid is None or not self._parts:
            return
        top, left, bottom, right = self.bounds()
        posts = grid.posts[left : right + 1]
        names = [row.name for row in grid.rows[top : bottom + 1]]
        copy_block(
            [
                ["", *(post.office for post in posts)],
                [_("Duty and task"), *(post.title for post in posts)],
                *([name, *line] for name, line in zip(names, self._block(), strict=True)),
            ]
        )

    def _block(self) -> list[list[str]]:
        top, left, bottom, right = self.bounds()
        return [
            [
                self.cells.plain(row, column) if self._is_chosen(row, column) else ""
                for column in range(left, right + 1)
            ]
            for row in range(top, bottom + 1)
        ]

    def paste(self) -> None:
        """Write the clipboard's block from the selection's corner; it repeats to fill all of it."""
        try:
            lines = clipboard_block()
        except UserError as error:
            self.told.emit(Message(error.message, error.remedy, is_problem=True))
            return
        if not self._parts or not lines:
            return
        if len(lines) == 1 and len(lines[0]) == 1:
            self.fill_selection(lines[0][0])
            return
        top, left, bottom, right = self.bounds()
        down, across = repeats(lines, bottom - top + 1, right - left + 1)
        height, width = len(lines), max(map(len, lines))
        self._write(
            {
                (top + again * height + row, left + beside * width + column): text
                for again in range(down)
                for beside in range(across)
                for row, line in enumerate(lines)
                for column, text in enumerate(line)
            }
        )

    def clear(self) -> None:
        """Take the selected tasks off the selected posts."""
        self.fill_selection("")

    def fill_selection(self, text: str) -> None:
        """Write one text into every selected cell of a task."""
        self._write(dict.fromkeys(self._selected(), text))

    def fill_down(self) -> None:
        """Write the first selected row into those below it, of one row the row above into it."""
        if self._parts:
            area = self._range()
            source = QRect(area.left(), area.top(), area.width(), 1)
            if area.height() == 1:
                source.moveTop(max(0, area.top() - 1))
            self._fill(source, area)

    def fill_right(self) -> None:
        """Write the first selected column into those right of it, of one the column before."""
        if self._parts:
            area = self._range()
            source = QRect(area.left(), area.top(), 1, area.height())
            if area.width() == 1:
                source.moveLeft(max(0, area.left() - 1))
            self._fill(source, area)

    def fill(self, target: QRect) -> None:
        """Repeat the selection over `target`, columns and rows around it, as a drag does."""
        self._fill(self._range(), target)

    def _fill(self, source: QRect, target: QRect) -> None:
        origins = fill_origins(source, target, self.cells.is_task)
        self._write({at: self.cells.plain(*origin) for at, origin in origins.items()})

    def tasks_selected(self) -> Iterator[MatrixCell]:
        """Yield the key of every selected cell that carries hours."""
        assert self.cells.grid is not None
        for row, column in self._selected():
            if self.cells.is_task(row) and self.cells.plain(row, column):
                yield cell_of(self.cells.grid, row, column)

    def _write(self, texts: CellBlock) -> None:
        rows, columns = self._row_count(), self.cells.columnCount()
        inside = {
            at: text
            for at, text in texts.items()
            if at[0] < rows and at[1] < columns and self.cells.is_task(at[0])
        }
        lost = sum(at not in inside and not self._stands(at, text) for at, text in texts.items())
        real = {at: text for at, text in inside.items() if text != self.cells.plain(*at)}
        if real and self.cells.may_edit:
            self.cells.set_texts(real)
        if lost:
            self.told.emit(
                Message(
                    _("{count} cells of the pasted block have no place here.").format(
                        count=whole(lost)
                    ),
                    _("They lie outside the matrix or on rows of duties, which add up themselves."),
                )
            )

    def _stands(self, at: tuple[int, int], text: str) -> bool:
        """Return whether a text that cannot be written is blank or there already."""
        is_there = at[0] < self._row_count() and at[1] < self.cells.columnCount()
        return not text.strip() or (is_there and text == self.cells.plain(*at))

    def _row_count(self) -> int:
        return self.cells.rowCount()

    def _selection(self) -> list[QItemSelectionRange]:
        return self.selectionModel().selection().toList()

    def _selected(self) -> Iterator[tuple[int, int]]:
        for top, left, bottom, right in self._parts:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column

    def bounds(self) -> tuple[int, int, int, int]:
        """Return the first row and column and the last row and column of the selection."""
        tops, lefts, bottoms, rights = zip(*self._parts, strict=True)
        return min(tops), min(lefts), max(bottoms), max(rights)
