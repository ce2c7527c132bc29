"""The models of the matrix: its body, its side, its foot and its corner, all over one grid."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from app.errors import UserError
from app.language import _, word
from app.model.changing import MatrixCell
from app.model.figures import Load
from app.model.vocabulary import OVERLOADED, Band
from app.numbers import read_number
from ui.look import number_format
from ui.look.help_texts import tip as term_tip
from ui.look.theme import band_tint, tokens
from ui.matrix.hours_grid import LEAST_DIFFERENCE, GridRow, HoursGrid, Show, cell_of
from ui.tables.painted_cells import BAND_ROLE, ROLE_ROLE

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
SIDE_COLUMNS = 4


class GridModel(QAbstractTableModel):
    """What the four parts of the matrix share: one grid, replaced in place where it can be."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: HoursGrid | None = None

    def set_grid(self, grid: HoursGrid | None) -> None:
        """Show another grid; of the same shape, only what differs is painted anew."""
        before = self.grid
        if grid is not None and before is not None and grid.has_shape_of(before):
            self.grid = grid
            self.tell_changes(before, grid)
            return
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def tell_changes(self, before: HoursGrid, after: HoursGrid) -> None:
        """Say which cells differ: in the rows and in the columns of what was computed anew."""
        for row in differing(before.rows, after.rows):
            self.tell_row(row)
        for column in differing(before.posts, after.posts):
            self.tell_column(column)

    def tell_row(self, row: int) -> None:
        """Say that a row differs."""
        last = self.columnCount() - 1
        self.dataChanged.emit(self.index(row, 0), self.index(row, last))

    def tell_column(self, column: int) -> None:
        """Say that a column and its heading differ."""
        last = self.rowCount() - 1
        self.dataChanged.emit(self.index(0, column), self.index(last, column))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def text(self, row: int, column: int) -> str:
        """Return what a cell says."""
        raise NotImplementedError

    def ground(self, row: int, column: int) -> QColor | None:
        """Return the colour behind a cell, None for the sheet's own."""
        return None

    def is_strong(self, row: int) -> bool:
        """Return whether a row is a sum of others."""
        return False

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return to which side a column is set."""
        return _RIGHT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if self.grid is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.BackgroundRole:
            return self.ground(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(index.row(), index.column())
        return None

    def tip(self, row: int, column: int) -> str | None:
        """Return what is said about a cell under the pointer."""
        return self.text(row, column)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(self.grid.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(self.grid.posts)


def differing(before: Sequence[object], after: Sequence[object]) -> list[int]:
    """Return where two rows of things are not the same things."""
    pairs = zip(before, after, strict=True)
    return [at for at, (old, new) in enumerate(pairs) if old is not new]


class BodyModel(GridModel):
    """The hours of tasks by posts; `write` stores cells, as shares of their tasks or as hours."""

    refused = Signal(object)

    def __init__(self, write: Callable[[Mapping[MatrixCell, float | None], Show], bool]) -> None:
        super().__init__()
        self.may_edit = True
        self._write = write

    def text(self, row: int, column: int) -> str:  # noqa: D102
        assert self.grid is not None
        value = self.grid.hours[row, column]
        return "" if math.isnan(value) else shown_hours(self.grid, row, float(value))

    def plain(self, row: int, column: int) -> str:
        """Return a cell as it is edited and copied: all digits, no separators."""
        assert self.grid is not None
        hours = self.grid.hours[row, column]
        if math.isnan(hours):
            return ""
        value = self.grid.rows[row].shown(float(hours), self.grid.show)
        mark = "%" if self.grid.show is Show.SHARE else ""
        return "" if value is None else f"{value:.10g}{mark}"

    def is_strong(self, row: int) -> bool:  # noqa: D102
        return not self.is_task(row)

    def ground(self, row: int, column: int) -> QColor | None:  # noqa: D102
        assert self.grid is not None
        if not self.grid.rows[row].task_code:
            return QColor(tokens().sunken)
        return column_ground(self.grid.posts[column].load.band)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if self.grid is not None and index.isValid():
            if role == Qt.ItemDataRole.EditRole:
                return self.plain(index.row(), index.column())
            if role == ROLE_ROLE:
                return self.grid.roles.get((index.row(), index.column()))
        return super().data(index, role)

    def headerData(  # noqa: D102, N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self.grid is None or orientation != Qt.Orientation.Horizontal:
            return None
        if not 0 <= section < len(self.grid.posts):
            return None
        post = self.grid.posts[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return post.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return _("{office} · {title}: {saturation}, {band}").format(
                office=post.office or _("Without office"),
                title=post.title,
                saturation=number_format.per_cent(post.load.saturation),
                band=number_format.band_word(post.load, self.grid.band_scheme),
            )
        return post.load.band if role == BAND_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: D102
        flags = super().flags(index)
        if index.isValid() and self.may_edit and self.is_task(index.row()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(  # noqa: D102, N802
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value) == index.data(role):
            return False
        return self.set_texts({(index.row(), index.column()): str(value)})

    def set_texts(self, texts: Mapping[tuple[int, int], str]) -> bool:
        """Store what was typed or pasted into cells as one step; blank takes a task off a post."""
        assert self.grid is not None
        show = self.grid.show
        try:
            cells = {
                cell_of(self.grid, *at): _read(text, show, self.grid.rows[at[0]])
                for at, text in texts.items()
            }
        except UserError as error:
            self.refused.emit(error)
            return False
        return bool(cells) and self._write(cells, show)

    def is_task(self, row: int) -> bool:
        """Return whether a row is a task, which takes hours, and not a duty, which adds up."""
        return self.grid is not None and bool(self.grid.rows[row].task_code)

    def tip(self, row: int, column: int) -> str | None:  # noqa: D102
        assert self.grid is not None
        line, post = self.grid.rows[row], self.grid.posts[column]
        if not line.task_code:
            return line.name
        role = self.grid.roles.get((row, column))
        return _("{task} · {post} {role}").format(
            task=line.name, post=post.title, role=word(role) if role else ""
        )


def _read(text: str, show: Show, row: GridRow) -> float | None:
    """Return what was typed: hours, or of the other measures the share; None for a blank."""
    if not text.strip():
        return None
    value = read_number(text)
    if show is Show.SHARE:
        return value if "%" in unicodedata.normalize("NFKC", text) else value / 100
    if show is Show.PIECES:
        if not row.pieces:
            raise UserError(
                _("“{task}” has no pieces in this unit yet.").format(task=row.name),
                remedy=_("Enter its yearly volume first."),
            )
        return value / row.pieces
    return value


def shown_hours(grid: HoursGrid, row: int, hours: float) -> str:
    """Return hours of a row in the measure of the grid."""
    value = grid.rows[row].shown(hours, grid.show)
    return "" if value is None else number_format.tenths(value)


def column_ground(band: Band) -> QColor | None:
    """Return the faint ground of a post's column, none where the post is as it should be."""
    if band not in OVERLOADED:
        return None
    ground = band_tint(band)
    ground.setAlpha(90)
    return ground


class SideModel(GridModel):
    """The columns left of the matrix: task, its hours, what is assigned, and the difference."""

    def tell_column(self, column: int) -> None:
        """Posts are no columns here."""

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() else SIDE_COLUMNS

    def text(self, row: int, column: int) -> str:  # noqa: D102
        assert self.grid is not None
        line = self.grid.rows[row]
        if column == 0:
            return line.name
        if column == 1:
            is_pieces = self.grid.show is Show.PIECES
            return number_format.tenths(line.hours) if not is_pieces else _pieces(line)
        value = (line.assigned_hours, line.assigned_hours - line.hours)[column - 2]
        if column == 3 and abs(value) < LEAST_DIFFERENCE:
            return ""
        shown = line.shown(value, self.grid.show)
        if shown is None:
            return ""
        return number_format.signed(shown) if column == 3 else number_format.tenths(shown)

    def ground(self, row: int, column: int) -> QColor | None:  # noqa: D102
        assert self.grid is not None
        return None if self.grid.rows[row].task_code else QColor(tokens().sunken)

    def is_strong(self, row: int) -> bool:  # noqa: D102
        return self.grid is not None and not self.grid.rows[row].task_code

    def alignment(self, column: int) -> Qt.AlignmentFlag:  # noqa: D102
        return _RIGHT if column else _LEFT

    def tip(self, row: int, column: int) -> str | None:  # noqa: D102
        assert self.grid is not None
        return self.grid.rows[row].name

    def headerData(  # noqa: D102, N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft) | (
                Qt.AlignmentFlag.AlignBottom
            )
        if role == Qt.ItemDataRole.DisplayRole:
            show = self.grid.show if self.grid is not None else Show.HOURS
            return (_("Duty and task"), *_side_titles(show))[section]
        if role == Qt.ItemDataRole.ToolTipRole and SIDE_TERMS[section]:
            return term_tip(SIDE_TERMS[section])
        return None


def _pieces(line: GridRow) -> str:
    return number_format.tenths(line.pieces) if line.pieces is not None else ""


def _side_titles(show: Show) -> tuple[str, str, str]:
    if show is Show.SHARE:
        return _("Task h"), _("Assigned %"), _("Difference %")
    if show is Show.PIECES:
        return _("Pieces"), _("Assigned"), _("Difference")
    return _("Task h"), _("Assigned h"), _("Difference h")


class FootModel(GridModel):
    """The rows below the matrix, for one post a column: what its load is made of."""

    def tell_row(self, row: int) -> None:
        """Tasks are no rows here."""

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(FOOT_ROWS)

    def text(self, row: int, column: int) -> str:  # noqa: D102
        assert self.grid is not None
        return FOOT_ROWS[row](self.grid.posts[column].load, self.grid.band_scheme)

    def ground(self, row: int, column: int) -> QColor | None:  # noqa: D102
        assert self.grid is not None
        is_band = row in (BAND_ROW - 1, BAND_ROW)
        return band_tint(self.grid.posts[column].load.band) if is_band else None


class CornerModel(GridModel):
    """What the rows of the foot are called, and their figures for the whole unit."""

    def tell_changes(self, before: HoursGrid, after: HoursGrid) -> None:
        """Say that all of it differs: it is about the whole unit."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(FOOT_ROWS)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() else SIDE_COLUMNS

    def text(self, row: int, column: int) -> str:  # noqa: D102
        assert self.grid is not None
        if column == 0:
            return _foot_titles()[row]
        if row:
            text = FOOT_ROWS[row](self.grid.load, self.grid.band_scheme)
            return text if column == 1 else ""
        demand, assigned = self.grid.demand_hours, self.grid.assigned_hours
        if column == 3:
            return number_format.signed(assigned - demand)
        return number_format.tenths((demand, assigned)[column - 1])

    def tip(self, row: int, column: int) -> str | None:  # noqa: D102
        return term_tip(FOOT_TERMS[row])

    def alignment(self, column: int) -> Qt.AlignmentFlag:  # noqa: D102
        return _RIGHT if column else _LEFT


FOOT_ROWS: tuple[Callable[[Load, str], str], ...] = (
    lambda load, scheme: number_format.tenths(load.assigned_hours),
    lambda load, scheme: number_format.tenths(load.workload_hours),
    lambda load, scheme: number_format.tenths(load.capacity_hours),
    lambda load, scheme: number_format.per_cent(load.saturation),
    number_format.band_word,
    lambda load, scheme: number_format.people(load.existing),
    lambda load, scheme: number_format.hundredths(load.required),
)
"""The figures below the matrix, each from a load and the key of the band scheme."""

FOOT_TERMS = ("assigned", "workload", "capacity", "saturation", "band", "on_duty", "required")
"""The terms of the help that explain these rows."""

SIDE_TERMS = ("", "task_hours", "assigned", "unassigned")
BAND_ROW = 4
SPARED_ROWS = (0, 5, 6)
"""Rows of the foot that a low window does without; the inspector of a post says them too."""


def _foot_titles() -> tuple[str, ...]:
    return (
        _("Assigned, whole unit h"),
        _("Workload h"),
        _("Capacity h"),
        _("Saturation"),
        _("Band"),
        _("People on duty"),
        _("Required people"),
    )
