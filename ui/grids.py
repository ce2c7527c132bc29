"""Grids: the matrix of one unit as arrays, and the models of its body, its sides and its foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from app.changing import Cell
from app.county import County
from app.errors import UserError
from app.figures import Figures, Load, PostFigures
from app.language import _, word
from app.numbers import read_number
from app.vocabulary import Band, Role
from ui import figuring
from ui.theme import band_tint, tokens
from ui.widgets.cells import BAND_ROLE, ROLE_ROLE

Index = QModelIndex | QPersistentModelIndex
LEAST_DIFFERENCE = 0.05
"""Hours; what is rounded to nothing is shown as nothing."""

_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: a duty (`task_code` '') or one of its tasks, with its hours in the unit."""

    duty_code: str
    task_code: str
    name: str
    hours: float
    assigned_hours: float


@dataclass(frozen=True)
class Grid:
    """One unit's tasks by posts; `hours` and `roles` are [rows, posts], nan where nothing is."""

    unit_code: str
    rows: tuple[GridRow, ...]
    posts: tuple[PostFigures, ...]
    hours: NDArray[np.float64]
    roles: Mapping[tuple[int, int], Role]
    load: Load
    demand_hours: float
    assigned_hours: float
    band_scheme: str

    def has_shape_of(self, other: Grid) -> bool:
        """Return whether the same rows and posts are shown in the same order."""
        return [(row.duty_code, row.task_code) for row in self.rows] == [
            (row.duty_code, row.task_code) for row in other.rows
        ] and [post.post_code for post in self.posts] == [post.post_code for post in other.posts]


def unit_grid(
    county: County, figures: Figures, unit_code: str, *, accepts: Callable[[GridRow], bool]
) -> Grid:
    """Lay out a unit's matrix: duties in their order, under each the tasks that `accepts` keeps."""
    posts = _posts(figures, unit_code)
    rows = _rows(county, figures, unit_code, accepts)
    row_of = {row.task_code: at for at, row in enumerate(rows) if row.task_code}
    column_of = {post.post_code: at for at, post in enumerate(posts)}
    hours = np.full((len(rows), len(posts)), np.nan)
    roles: dict[tuple[int, int], Role] = {}
    for key, value in figures.hours.items():
        if key[0] == unit_code and key[1] in row_of and key[2] in column_of:
            at = row_of[key[1]], column_of[key[2]]
            hours[at] = value
            role = county.assignments[key].role
            if role is not None:
                roles[at] = role
    unit = figures.units[unit_code]
    return Grid(
        unit_code=unit_code,
        rows=rows,
        posts=posts,
        hours=hours,
        roles=roles,
        load=unit.load,
        demand_hours=unit.demand_hours,
        assigned_hours=unit.assigned_hours,
        band_scheme=figures.band_scheme,
    )


def _posts(figures: Figures, unit_code: str) -> tuple[PostFigures, ...]:
    """Return a unit's posts, those of one office together, offices as they come first."""
    by_office: dict[str, list[PostFigures]] = {}
    for post in figures.posts.values():
        if post.unit_code == unit_code:
            by_office.setdefault(post.office, []).append(post)
    return tuple(post for posts in by_office.values() for post in posts)


def _rows(
    county: County, figures: Figures, unit_code: str, accepts: Callable[[GridRow], bool]
) -> tuple[GridRow, ...]:
    by_duty: dict[str, list[GridRow]] = {}
    for (unit, task_code), figure in figures.tasks.items():
        if unit != unit_code:
            continue
        task = county.tasks[(task_code,)]
        row = GridRow(task.duty_code, task_code, task.name, figure.hours, figure.assigned_hours)
        if accepts(row):
            by_duty.setdefault(task.duty_code, []).append(row)
    rows: list[GridRow] = []
    for (duty_code,), duty in county.duties.items():
        tasks = by_duty.get(duty_code)
        if tasks:
            total, assigned = sum(r.hours for r in tasks), sum(r.assigned_hours for r in tasks)
            rows.append(GridRow(duty_code, "", duty.name, total, assigned))
            rows.extend(tasks)
    return tuple(rows)


class GridModel(QAbstractTableModel):
    """What the four parts of the matrix share: one grid, replaced in place where it can be."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: Grid | None = None

    def set_grid(self, grid: Grid | None) -> None:
        """Show another grid; of the same shape, only the cells are painted anew."""
        if grid is not None and self.grid is not None and grid.has_shape_of(self.grid):
            self.grid = grid
            if self.rowCount() and self.columnCount():
                last = self.index(self.rowCount() - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            return
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()


class BodyModel(GridModel):
    """The hours of tasks by posts; `write` stores cells and says whether it did."""

    refused = Signal(object)

    def __init__(self, write: Callable[[Mapping[Cell, float | None]], bool]) -> None:
        super().__init__()
        self.may_edit = True
        self._write = write

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(self.grid.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(self.grid.posts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if self.grid is None or not index.isValid():
            return None
        at = index.row(), index.column()
        value = self.grid.hours[at]
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if np.isnan(value) else figuring.tenths(float(value))
        if role == Qt.ItemDataRole.EditRole:
            return "" if np.isnan(value) else f"{value:.10g}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(at)
        if role == ROLE_ROLE:
            return self.grid.roles.get(at)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(at)
        return None

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
                saturation=figuring.per_cent(post.load.saturation),
                band=figuring.band_word(post.load, self.grid.band_scheme),
            )
        return post.load.band if role == BAND_ROLE else None

    def office(self, section: int) -> str:
        """Return the office over a column."""
        assert self.grid is not None
        return self.grid.posts[section].office

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
        try:
            cells = {self.cell(*at): _hours(text) for at, text in texts.items()}
        except UserError as error:
            self.refused.emit(error)
            return False
        return bool(cells) and self._write(cells)

    def cell(self, row: int, column: int) -> Cell:
        """Return the key of the assignment that a cell shows."""
        assert self.grid is not None
        post = self.grid.posts[column]
        return self.grid.unit_code, self.grid.rows[row].task_code, post.post_code

    def is_task(self, row: int) -> bool:
        """Return whether a row is a task, which takes hours, and not a duty, which groups."""
        return self.grid is not None and bool(self.grid.rows[row].task_code)

    def _ground(self, at: tuple[int, int]) -> QColor | None:
        assert self.grid is not None
        if not self.grid.rows[at[0]].task_code:
            return QColor(tokens().sunken)
        return column_ground(self.grid.posts[at[1]].load.band)

    def _tip(self, at: tuple[int, int]) -> str | None:
        assert self.grid is not None
        row, post = self.grid.rows[at[0]], self.grid.posts[at[1]]
        if not row.task_code:
            return row.name
        role = self.grid.roles.get(at)
        return _("{task} · {post} {role}").format(
            task=row.name, post=post.title, role=word(role) if role else ""
        )


def _hours(text: str) -> float | None:
    """Return the hours that were typed, None for a blank."""
    return read_number(text) if text.strip() else None


def column_ground(band: Band) -> QColor | None:
    """Return the faint ground of a post's column, none where the post is as it should be."""
    if band not in (Band.OVER, Band.SEVERE, Band.NO_CAPACITY):
        return None
    ground = band_tint(band)
    ground.setAlpha(90)
    return ground


class SideModel(GridModel):
    """The columns left of the matrix: task, its hours, what is assigned, and the difference."""

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(self.grid.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if self.grid is None or not index.isValid():
            return None
        row = self.grid.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _side_text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() else _LEFT
        if role == Qt.ItemDataRole.BackgroundRole:
            return None if row.task_code else QColor(tokens().sunken)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.name
        return None

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
            return (_("Duty and task"), _("Task h"), _("Assigned h"), _("Difference h"))[section]
        return None


def _side_text(row: GridRow, column: int) -> str:
    if column == 0:
        return f"    {row.name}" if row.task_code else row.name
    value = (row.hours, row.assigned_hours, row.assigned_hours - row.hours)[column - 1]
    if column == 3:
        return figuring.signed(value) if abs(value) >= LEAST_DIFFERENCE else ""
    return figuring.tenths(value)


class FootModel(GridModel):
    """The rows below the matrix, for one post a column: what its load is made of."""

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(FOOT_ROWS)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(self.grid.posts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if self.grid is None or not index.isValid():
            return None
        load = self.grid.posts[index.column()].load
        if role == Qt.ItemDataRole.DisplayRole:
            return FOOT_ROWS[index.row()](load, self.grid.band_scheme)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.BackgroundRole and index.row() in (BAND_ROW - 1, BAND_ROW):
            return band_tint(load.band)
        if role == Qt.ItemDataRole.ToolTipRole:
            return FOOT_ROWS[index.row()](load, self.grid.band_scheme)
        return None


class CornerModel(GridModel):
    """What the rows of the foot are called, and their figures for the whole unit."""

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() or self.grid is None else len(FOOT_ROWS)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if self.grid is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == 0:
            return _foot_titles()[index.row()]
        if index.row():
            text = FOOT_ROWS[index.row()](self.grid.load, self.grid.band_scheme)
            return text if index.column() == 1 else None
        demand, assigned = self.grid.demand_hours, self.grid.assigned_hours
        if index.column() == 3:
            return figuring.signed(assigned - demand)
        return figuring.tenths((demand, assigned)[index.column() - 1])


FOOT_ROWS: tuple[Callable[[Load, str], str], ...] = (
    lambda load, scheme: figuring.tenths(load.assigned_hours),
    lambda load, scheme: figuring.tenths(load.workload_hours),
    lambda load, scheme: figuring.tenths(load.capacity_hours),
    lambda load, scheme: figuring.per_cent(load.saturation),
    figuring.band_word,
    lambda load, scheme: figuring.people(load.existing),
)
"""The figures below the matrix, each from a load and the key of the band scheme."""

BAND_ROW = 4


def _foot_titles() -> tuple[str, ...]:
    return (
        _("Assigned, whole unit h"),
        _("Workload h"),
        _("Capacity h"),
        _("Saturation"),
        _("Band"),
        _("People on duty"),
    )
