"""The matrix sheet: how it is marked, and how its hours are read back as shares."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.errors import UserError
from app.language import _
from app.model.county import Assignment, County
from app.workbooks.cells.cell import read_hours
from app.workbooks.cells.grid import Grid, Value, cell_name
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.standard.entries import Entry
from app.workbooks.standard.year_terms import terms_of

MATRIX_PREFIX = "矩阵·"
MATRIX_MARK = "hengbian:matrix:"
"""What A1 begins with; the unit's code follows. Row 1 holds post codes, column A task codes."""
TASK_HOURS_MARK = "hengbian:task-hours"
OTHER_MARK = "hengbian:other"
"""Over and beside what is no post and no task: sums, differences, saturation."""
OUTPUT_MARK = "hengbian:output"
"""What A1 is on sheets of an export that only tell and are never read."""

_SAME = 1e-9
"""Relative difference below which a share read back is the one that was there."""
_NOTHING = 1e-12
"""A share too small for hours to tell."""
_NO_HOURS = 1e-6
_SUMS_WITH_PLAN = 3
"""So many sums stand beside the task hours where a plan is shown, the relieved hours first."""
"""Hours a year up to which a task has none, so that no share can be told from them."""


@dataclass(frozen=True, slots=True)
class MatrixSheet:
    """What one matrix sheet says: a unit, the tasks it speaks of, and who carries them."""

    grid: Grid
    unit_code: str
    task_codes: frozenset[str]
    entries: tuple[Entry, ...]


def is_matrix(grid: Grid) -> bool:
    """Tell whether a sheet is an exported matrix: its first cell names the unit."""
    first = grid.rows[0][0] if grid.rows and grid.rows[0] else None
    return isinstance(first, str) and first.startswith(MATRIX_MARK)


def is_output(grid: Grid) -> bool:
    """Tell whether a sheet is one of an export that is not there to be read back."""
    first = grid.rows[0][0] if grid.rows and grid.rows[0] else None
    return first == OUTPUT_MARK


def read_matrix(grid: Grid, county: County, remarks: Remarks) -> MatrixSheet:
    """Return the shares that the hours of a matrix sheet are of its task hours.

    Roles and locks are kept from the plan; so is a share that the hours only restate. A task
    without hours is left as it is: shares of nothing cannot be told. A matrix that shows the county
    after a plan's measures is not read: its hours are those of the plan, of tasks some of which are
    cut, and hours alone would bring what is cut back as hours that nobody carries.
    """
    reading = _Reading.of(grid, county, remarks)
    if _shows_plan(grid):
        remarks.note(
            CellPlace(grid.file, grid.sheet),
            _("This matrix shows the county after the plan's measures; nothing of it is read."),
            _("Accept the measures and carry them out to make it so."),
        )
        return MatrixSheet(grid, reading.unit_code, frozenset(), ())
    task_codes: set[str] = set()
    entries: list[Entry] = []
    for row, cells in enumerate(grid.rows):
        task_code = cells[0]
        if row == 0 or not isinstance(task_code, str) or task_code == OTHER_MARK:
            reading.complain_of_new_row(row, cells)
            continue
        task_hours = reading.hours(row, reading.hours_column) or 0.0
        found = tuple(reading.entries(row, task_code, task_hours))
        if task_hours > _NO_HOURS:
            task_codes.add(task_code)
            entries += found
    return MatrixSheet(grid, reading.unit_code, frozenset(task_codes), tuple(entries))


def _shows_plan(grid: Grid) -> bool:
    """Tell whether relieved hours stand beside those assigned and not assigned."""
    marks = grid.rows[0]
    after = marks[marks.index(TASK_HOURS_MARK) :] if TASK_HOURS_MARK in marks else marks
    return list(after).count(OTHER_MARK) >= _SUMS_WITH_PLAN


@dataclass(frozen=True, slots=True)
class _Reading:
    grid: Grid
    county: County
    remarks: Remarks
    unit_code: str
    posts: Mapping[int, str]
    hours_column: int

    @classmethod
    def of(cls, grid: Grid, county: County, remarks: Remarks) -> _Reading:
        marks = grid.rows[0]
        posts = {
            index: mark
            for index, mark in enumerate(marks)
            if index > 0 and isinstance(mark, str) and mark not in {TASK_HOURS_MARK, OTHER_MARK}
        }
        hours_column = marks.index(TASK_HOURS_MARK) if TASK_HOURS_MARK in marks else -1
        unit_code = str(marks[0]).removeprefix(MATRIX_MARK)
        return cls(grid, county, remarks, unit_code, posts, hours_column)

    def hours(self, row: int, column: int) -> float | None:
        """Return the hours in a cell, None where it is blank or not to be read."""
        value = self.grid.rows[row][column] if column >= 0 else None
        if value is None:
            return None
        try:
            return read_hours(value, terms_of(self.county))
        except UserError as error:
            self.remarks.refuse(self._place(row, column), error)
            return None

    def entries(self, row: int, task_code: str, task_hours: float) -> Iterator[Entry]:
        """Yield the assignments of one task, one per post with hours."""
        for column, post_code in self.posts.items():
            hours = self.hours(row, column)
            if hours is None or (hours == 0 and not self._known(task_code, post_code)):
                continue
            if hours > task_hours * (1 + _SAME):
                self.remarks.error(
                    self._place(row, column),
                    _("{hours:g} h are more than the {task_hours:g} h this task has.").format(
                        hours=hours, task_hours=task_hours
                    ),
                    _("Lower them, or raise the task's volume first."),
                )
            if task_hours > _NO_HOURS:
                share = min(1.0, hours / task_hours)
                places = {"unit_code": 0, "task_code": 0, "post_code": column, "share": column}
                yield Entry(self._assignment(task_code, post_code, share), self.grid, row, places)

    def complain_of_new_row(self, row: int, cells: Sequence[Value]) -> None:
        """Remark on hours in a row that was added by hand and belongs to no task."""
        first = next((i for i in self.posts if isinstance(cells[i], float)), None)
        if cells[0] is None and first is not None:
            self.remarks.error(
                self._place(row, first),
                _("This row has hours but belongs to no task of the plan."),
                _("Add new tasks on sheets 任务 and 任务量, and export the matrix again."),
            )

    def _known(self, task_code: str, post_code: str) -> Assignment | None:
        return self.county.assignments.get((self.unit_code, task_code, post_code))

    def _assignment(self, task_code: str, post_code: str, share: float) -> Assignment:
        known = self._known(task_code, post_code)
        if known is None:
            return Assignment(self.unit_code, task_code, post_code, share)
        if math.isclose(known.share, share, rel_tol=_SAME, abs_tol=_NOTHING):
            return known
        return replace(known, share=share)

    def _place(self, row: int, column: int) -> CellPlace:
        return CellPlace(self.grid.file, self.grid.sheet, cell_name(row, column))
