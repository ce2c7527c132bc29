"""The matrix: four tables that scroll as one, so that names, hours and totals stay in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QHeaderView, QScrollBar

from app.language import _
from app.model.changing import MatrixCell
from app.model.figures import PostFigures
from ui.look.theme import NEAR
from ui.matrix.body import Body
from ui.matrix.hours_grid import HoursGrid, Show
from ui.matrix.models import (
    BAND_ROW,
    FOOT_ROWS,
    SPARED_ROWS,
    BodyModel,
    CornerModel,
    FootModel,
    SideModel,
)
from ui.matrix.painted_table import GridTable, SideTable

POST_WIDTH = 84
NAME_WIDTH = 240
WIDEST_HOURS = "000,000.0"
HEADING_PADDING = 20
"""Left and right of a heading, as in the style sheet."""
LEAST_HEIGHT = 420
"""Logical pixels below which the foot keeps to the rows that say how loaded a post is."""
LINE = 2
"""Width of the lines that set sides and foot apart, as in the style sheet."""


class MatrixView(QFrame):
    """The matrix of one unit with its sides and its foot always in sight."""

    fold_asked = Signal(str)
    """The code of a duty to fold or unfold."""
    post_asked = Signal(str)
    """The code of a post whose arithmetic the user wants to see."""

    def __init__(self, write: Callable[[Mapping[MatrixCell, float | None], Show], bool]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.models = BodyModel(write), SideModel(), FootModel(), CornerModel()
        body_model, side_model, foot_model, corner_model = self.models
        self.body = Body(body_model)
        self.side = SideTable(side_model, _("Tasks with their hours"))
        self.foot = GridTable(foot_model, _("Totals of each post"), "foot")
        self.corner = GridTable(corner_model, _("Totals of the unit"), "corner")
        self._is_aligning = False
        self._lay_out()
        self._scroll_together()
        self.body.fold_asked.connect(self._fold_row)
        self.side.clicked.connect(self._click_side)
        self.foot.doubleClicked.connect(lambda index: self._ask_post(index.column()))
        self.body.horizontalHeader().sectionDoubleClicked.connect(self._ask_post)

    @property
    def grid(self) -> HoursGrid | None:
        """Return what is shown."""
        return self.body.cells.grid

    def set_grid(self, grid: HoursGrid | None) -> None:
        """Show a unit's matrix; selection and scroll stay on the task and post they were on."""
        before, here = self.grid, self.body.currentIndex()
        place = _place(before, here) if before is not None and here.isValid() else None
        is_new = grid is None or before is None or not grid.has_shape_of(before)
        for model in self.models:
            model.set_grid(grid)
        self._size_foot(grid)
        if is_new and grid is not None and place is not None and place[0] == grid.unit_code:
            self._go(grid, *place[1:], hint=QAbstractItemView.ScrollHint.EnsureVisible)
        self._align()

    def _size_foot(self, grid: HoursGrid | None) -> None:
        height, is_low = self._band_height(grid), self.height() < LEAST_HEIGHT
        for table in (self.foot, self.corner):
            for row in SPARED_ROWS:
                table.setRowHidden(row, is_low)
            table.wrapping_row = BAND_ROW
            if grid is not None and table.rowHeight(BAND_ROW) != height:
                table.setRowHeight(BAND_ROW, height)
            rows = range(len(FOOT_ROWS) if grid is not None else 0)
            table.setFixedHeight(sum(table.rowHeight(row) for row in rows) + LINE)

    def show_cell(self, task_code: str, post_code: str) -> None:
        """Select the cell of a task and a post, either of them '' for the first."""
        grid = self.grid
        if grid is None or not grid.rows or not grid.posts:
            return
        row = grid.row_of(task_code) if task_code else 0
        column = grid.post_codes.index(post_code) if post_code in grid.post_codes else 0
        self._select(row or 0, column, QAbstractItemView.ScrollHint.PositionAtCenter)

    def show_next(self, wanted: Callable[[PostFigures], bool]) -> bool:
        """Go to the next post that is `wanted` and to its heaviest task; return whether one is."""
        grid = self.grid
        if grid is None or not grid.rows:
            return False
        here = self.body.currentIndex().column()
        order = [*range(here + 1, len(grid.posts)), *range(here + 1)]
        column = next((at for at in order if at >= 0 and wanted(grid.posts[at])), None)
        if column is None:
            return False
        hours = np.nan_to_num(grid.hours[:, column])
        hours[[not row.task_code and not row.is_folded for row in grid.rows]] = 0.0
        self._select(int(hours.argmax()), column, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.body.setFocus()
        return True

    def _go(
        self, grid: HoursGrid, task_code: str, post_code: str, *, hint: QAbstractItemView.ScrollHint
    ) -> None:
        row = grid.row_of(task_code) if task_code else None
        if row is not None and post_code in grid.post_codes:
            self._select(row, grid.post_codes.index(post_code), hint)

    def _select(self, row: int, column: int, hint: QAbstractItemView.ScrollHint) -> None:
        index = self.body.cells.index(row, column)
        self.body.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.body.scrollTo(index, hint)

    def _fold_row(self, row: int) -> None:
        if self.grid is not None and not self.grid.rows[row].task_code:
            self.fold_asked.emit(self.grid.rows[row].duty_code)

    def _click_side(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._fold_row(index.row())

    def _ask_post(self, column: int) -> None:
        if self.grid is not None and 0 <= column < len(self.grid.posts):
            self.post_asked.emit(self.grid.posts[column].post_code)

    def _band_height(self, grid: HoursGrid | None) -> int:
        """Return the height of the row of bands: two lines where a word is wider than a column."""
        metrics, line = self.fontMetrics(), self.foot.verticalHeader().defaultSectionSize()
        if grid is None:
            return line
        foot, corner = self.foot.grid_model, self.corner.grid_model
        words = {foot.text(BAND_ROW, at) for at in range(len(grid.posts))}
        words.add(corner.text(BAND_ROW, 1))
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
        widths = self._side_widths()
        for table in (self.side, self.corner):
            header = table.horizontalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            for at, width in enumerate(widths):
                table.setColumnWidth(at, width)
            table.setFixedWidth(sum(widths) + LINE)
        self.foot.horizontalHeader().hide()
        self.corner.horizontalHeader().hide()
        self.side.horizontalHeader().setFixedHeight(
            self.body.horizontalHeader().sizeHint().height()
        )

    def _side_widths(self) -> list[int]:
        """Return the widths of the side: its names, and its hours as wide as their headings."""
        strong = QFont(self.side.font())
        strong.setBold(True)
        metrics, model = QFontMetrics(strong), self.side.grid_model
        headings = (
            str(model.headerData(at, Qt.Orientation.Horizontal) or "")
            for at in range(1, model.columnCount())
        )
        number = metrics.horizontalAdvance(WIDEST_HOURS) + 2 * NEAR
        wide = [metrics.horizontalAdvance(heading) + HEADING_PADDING for heading in headings]
        return [NAME_WIDTH, *(max(number, width) for width in wide)]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._size_foot(self.grid)
        self._align()

    def _scroll_together(self) -> None:
        down, across = self.body.verticalScrollBar(), self.body.horizontalScrollBar()
        for bar in (down, across):
            bar.valueChanged.connect(self._align)
            bar.rangeChanged.connect(self._align)
        self.side.leader = self.foot.leader = self.body
        across.valueChanged.connect(self.body.horizontalHeader().viewport().update)
        self.body.horizontalHeader().sectionResized.connect(self._follow_width)

    def _align(self) -> None:
        """Put side and foot beside the rows and posts that the body shows.

        A table lays itself out late: until then its scroll bar keeps the range of the rows it
        showed before, and would stop short of the body's.
        """
        if self._is_aligning:
            return
        self._is_aligning = True
        try:
            for table in (self.body, self.side, self.foot):
                table.lay_out_now()
            self.side.verticalScrollBar().setValue(self.body.verticalScrollBar().value())
            self.foot.horizontalScrollBar().setValue(self.body.horizontalScrollBar().value())
        finally:
            self._is_aligning = False

    def _follow_width(self, section: int, old: int, new: int) -> None:
        self.foot.setColumnWidth(section, new)


def _place(grid: HoursGrid, index: QModelIndex) -> tuple[str, str, str] | None:
    if index.row() >= len(grid.rows) or index.column() >= len(grid.posts):
        return None
    row, post = grid.rows[index.row()], grid.posts[index.column()]
    return grid.unit_code, row.task_code, post.post_code


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
