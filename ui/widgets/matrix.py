"""The matrix: four tables that scroll as one, so that names, hours and totals stay in sight."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QScrollBar,
    QTableView,
    QWidget,
)

from app.changing import Cell
from app.language import _
from ui.figuring import whole
from ui.grids import (
    BAND_ROW,
    FOOT_ROWS,
    BodyModel,
    CornerModel,
    FootModel,
    Grid,
    GridModel,
    SideModel,
)
from ui.messages import Message
from ui.theme import NEAR
from ui.widgets.cells import GridDelegate
from ui.widgets.headings import GroupedHeader

POST_WIDTH = 84
SIDE_WIDTHS = (256, 88, 88, 88)
LINE = 2
"""Width of the lines that set sides and foot apart, as in the style sheet."""


class _Table(QTableView):
    """One part of the matrix; its scroll bars stand outside, shared with the other parts."""

    def __init__(
        self, model: GridModel, name: str, role: str, *, takes_focus: bool = False
    ) -> None:
        super().__init__()
        self.setModel(model)
        model.setParent(self)
        self.setAccessibleName(name)
        self.setProperty("role", role)
        self.setItemDelegate(GridDelegate(self))
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not takes_focus:
            self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Body(_Table):
    """The cells: edited, copied and pasted as in a spreadsheet."""

    told = Signal(object)

    def __init__(self, model: BodyModel) -> None:
        super().__init__(model, _("Hours of each task at each post"), "body", takes_focus=True)
        self.cells = model
        self.setHorizontalHeader(GroupedHeader(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Backspace:
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def closeEditor(  # noqa: D102, N802
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            here = self.currentIndex()
            self.setCurrentIndex(here.siblingAtRow(min(here.row() + 1, self._row_count() - 1)))

    def copy(self) -> None:
        """Put the selected block on the clipboard, numbers as another program reads them."""
        if not self._selection():
            return
        block = self._bounds()
        chosen = set(self._selected())
        text = io.StringIO()
        writer = csv.writer(text, dialect="excel-tab", lineterminator="\n")
        for row in range(block[0], block[2] + 1):
            writer.writerow(
                self._plain(row, column) if (row, column) in chosen else ""
                for column in range(block[1], block[3] + 1)
            )
        QGuiApplication.clipboard().setText(text.getvalue())

    def paste(self) -> None:
        """Write the clipboard's block from the selection's corner; one value fills it all."""
        lines = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text()), "excel-tab"))
        if not self._selection() or not lines:
            return
        if len(lines) == 1 and len(lines[0]) == 1:
            self._write(dict.fromkeys(self._selected(), lines[0][0]))
            return
        top, left, *_rest = self._bounds()
        self._write(
            {
                (top + down, left + across): text
                for down, line in enumerate(lines)
                for across, text in enumerate(line)
            }
        )

    def clear(self) -> None:
        """Take the selected tasks off the selected posts."""
        self._write(dict.fromkeys(self._selected(), ""))

    def tasks_selected(self) -> Iterator[Cell]:
        """Yield the key of every selected cell that carries hours."""
        for row, column in self._selected():
            if self.cells.is_task(row) and self._plain(row, column):
                yield self.cells.cell(row, column)

    def _write(self, texts: Mapping[tuple[int, int], str]) -> None:
        rows, columns = self._row_count(), self.cells.columnCount()
        inside = {
            at: text
            for at, text in texts.items()
            if at[0] < rows and at[1] < columns and self.cells.is_task(at[0])
        }
        lost = sum(1 for at, text in texts.items() if at not in inside and text.strip())
        real = {at: text for at, text in inside.items() if text != self._plain(*at)}
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

    def _plain(self, row: int, column: int) -> str:
        return str(self.cells.index(row, column).data(Qt.ItemDataRole.EditRole))

    def _row_count(self) -> int:
        return self.cells.rowCount()

    def _selection(self) -> list[QItemSelectionRange]:
        return self.selectionModel().selection().toList()

    def _selected(self) -> Iterator[tuple[int, int]]:
        for part in self._selection():
            for row in range(part.top(), part.bottom() + 1):
                for column in range(part.left(), part.right() + 1):
                    yield row, column

    def _bounds(self) -> tuple[int, int, int, int]:
        parts = self._selection()
        return (
            min(part.top() for part in parts),
            min(part.left() for part in parts),
            max(part.bottom() for part in parts),
            max(part.right() for part in parts),
        )


class MatrixView(QFrame):
    """The matrix of one unit with its sides and its foot always in sight."""

    def __init__(self, write: Callable[[Mapping[Cell, float | None]], bool]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.models = BodyModel(write), SideModel(), FootModel(), CornerModel()
        body_model, side_model, foot_model, corner_model = self.models
        self.body = Body(body_model)
        self.side = _Table(side_model, _("Tasks with their hours"), "side")
        self.foot = _Table(foot_model, _("Totals of each post"), "foot")
        self.corner = _Table(corner_model, _("Totals of the unit"), "corner")
        self._lay_out()
        self._scroll_together()

    def set_grid(self, grid: Grid | None) -> None:
        """Show a unit's matrix; scroll and selection stay when only hours differ."""
        for model in self.models:
            model.set_grid(grid)
        for table in (self.foot, self.corner):
            table.setWordWrap(True)
            table.setRowHeight(BAND_ROW, self._band_height())
            rows = range(len(FOOT_ROWS) if grid is not None else 0)
            table.setFixedHeight(sum(table.rowHeight(row) for row in rows) + LINE)
        if self.corner.model().rowCount() and self.corner.columnSpan(1, 1) == 1:
            for row in range(1, len(FOOT_ROWS)):
                self.corner.setSpan(row, 1, 1, 3)

    def show_cell(self, task_code: str, post_code: str) -> None:
        """Select the cell of a task and a post, either of them '' for the first."""
        grid = self.body.cells.grid
        if grid is None or not grid.rows or not grid.posts:
            return
        tasks = [row.task_code for row in grid.rows]
        posts = [post.post_code for post in grid.posts]
        row = tasks.index(task_code) if task_code in tasks else 0
        column = posts.index(post_code) if post_code in posts else 0
        index = self.body.cells.index(row, column)
        self.body.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.body.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _band_height(self) -> int:
        """Return the height of the row of bands: two lines where a word is wider than a column."""
        metrics, line = self.fontMetrics(), self.foot.verticalHeader().defaultSectionSize()
        model = self.foot.model()
        words = [str(model.index(BAND_ROW, at).data() or "") for at in range(model.columnCount())]
        is_wide = any(metrics.horizontalAdvance(word) > POST_WIDTH - 2 * NEAR for word in words)
        return line + metrics.lineSpacing() if is_wide else line

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(1, 1, 1, 1)
        grid.setSpacing(0)
        grid.addWidget(self.side, 0, 0)
        grid.addWidget(self.body, 0, 1)
        grid.addWidget(self.corner, 1, 0)
        grid.addWidget(self.foot, 1, 1)
        grid.addWidget(_outer_bar(self.body.verticalScrollBar()), 0, 2)
        grid.addWidget(_outer_bar(self.body.horizontalScrollBar()), 2, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(0, 1)
        for table in (self.body, self.foot):
            table.horizontalHeader().setDefaultSectionSize(POST_WIDTH)
        for table in (self.side, self.corner):
            header = table.horizontalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            for at, width in enumerate(SIDE_WIDTHS):
                table.setColumnWidth(at, width)
            table.setFixedWidth(sum(SIDE_WIDTHS) + LINE)
        self.foot.horizontalHeader().hide()
        self.corner.horizontalHeader().hide()
        self.side.horizontalHeader().setFixedHeight(
            self.body.horizontalHeader().sizeHint().height()
        )

    def _scroll_together(self) -> None:
        down, across = self.body.verticalScrollBar(), self.body.horizontalScrollBar()
        down.valueChanged.connect(self.side.verticalScrollBar().setValue)
        self.side.verticalScrollBar().valueChanged.connect(down.setValue)
        across.valueChanged.connect(self.foot.horizontalScrollBar().setValue)
        self.foot.horizontalScrollBar().valueChanged.connect(across.setValue)
        across.valueChanged.connect(self.body.horizontalHeader().viewport().update)
        self.body.horizontalHeader().sectionResized.connect(self._follow_width)

    def _follow_width(self, section: int, old: int, new: int) -> None:
        self.foot.setColumnWidth(section, new)


def _outer_bar(inner: QScrollBar) -> QScrollBar:
    """Return a scroll bar to stand outside a table in place of its own."""
    outer = QScrollBar(inner.orientation())

    def follow_range(least: int, most: int) -> None:
        outer.setPageStep(inner.pageStep())
        outer.setSingleStep(inner.singleStep())
        outer.setRange(least, most)

    inner.rangeChanged.connect(follow_range)
    inner.valueChanged.connect(outer.setValue)
    outer.valueChanged.connect(inner.setValue)
    return outer
