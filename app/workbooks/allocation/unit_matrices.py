"""The matrix sheets of an allocation workbook: who does how many hours of what, with live sums."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.language import _
from app.model.county import Duty, Task
from app.workbooks.allocation.allocation_rows import Showing
from app.workbooks.allocation.band_table import Banding
from app.workbooks.allocation.layouts import (
    BODY,
    DUTY,
    FIRST_POST,
    NOTE,
    OFFICES,
    POSTS,
    TASK,
    TITLE,
    Layout,
)
from app.workbooks.cells.grid import cell_name, column_letters
from app.workbooks.standard.matrix_sheet import MATRIX_MARK, OTHER_MARK, TASK_HOURS_MARK
from app.workbooks.standard.style import (
    COUNT,
    FACTOR,
    FAINT,
    HOURS,
    RATIO,
    RULE,
    SHADE,
    Book,
    Formula,
    WrittenCell,
    set_page,
    write,
    write_cell,
)

CHANGED = "#dbe7f6"
"""Behind hours that the plan changes."""

_POSTS_PER_PAGE = 20
"""On A3 across; more would be too small to read."""
_VISIBLE_CHANGE = 0.05
"""Hours; HOURS shows one decimal."""


def write_matrix(book: Book, layout: Layout, showing: Showing, banding: Banding, note: str) -> None:
    """Write one unit's matrix; hours are values, sums and saturation are live formulas."""
    tab = book.file.add_worksheet(layout.title)
    sheet = _Matrix(book, tab, layout, showing)
    sheet.write_head(note)
    sheet.write_body()
    sheet.write_foot(banding)
    tab.hide_gridlines(2)
    tab.freeze_panes(BODY, FIRST_POST)
    pages = math.ceil(len(layout.posts) / _POSTS_PER_PAGE) or 1
    tab.repeat_rows(TITLE, POSTS)
    if pages > 1:  # LibreOffice takes minutes to open hundreds of sheets that repeat both
        tab.repeat_columns(DUTY, TASK)
    set_page(tab, is_large=True, pages_wide=pages)


class _Matrix:
    """One matrix sheet while it is being written."""

    def __init__(self, book: Book, tab: Worksheet, layout: Layout, showing: Showing) -> None:
        self._book, self._tab, self._layout, self._showing = book, tab, layout, showing
        codes = [post.post_code for post in layout.posts]
        self._states = [showing.shown[code] for code in codes]
        self._today = [showing.today[code] for code in codes]
        self._assigned = [0.0] * len(codes)
        self._right: list[list[float]] = []
        """Task hours, relieved and assigned hours, difference of every task."""

    def write_head(self, note: str) -> None:
        """Write the hidden marks, the title, the note and two heading rows: offices, posts."""
        tab, layout, book = self._tab, self._layout, self._book
        tab.write_string(0, 0, MATRIX_MARK + layout.unit_code)
        tab.set_row(0, None, None, {"hidden": True})
        tab.set_column(0, 0, None, None, {"hidden": True})
        tab.set_column(DUTY, DUTY, 4)
        tab.set_column(TASK, TASK, 34)
        tab.set_column(FIRST_POST, layout.assigned + 1, 9.5)
        title = _("{unit}: hours a year by task and post").format(
            unit=self._showing.unit_name(layout.unit_code)
        )
        tab.write_string(TITLE, DUTY, title, book.look(bold=True, font_size=14))
        tab.write_string(NOTE, DUTY, note, book.look(font_color=FAINT, font_size=9))
        head = book.look(bold=True, bg_color=SHADE, border=1, border_color=RULE, **_CENTRED)
        tab.set_row(POSTS, 48)
        tab.merge_range(OFFICES, DUTY, POSTS, TASK, _("Duty and task"), head)
        self._write_posts(head)
        for column, (mark, text) in enumerate(self._right_heads(), start=layout.task_hours):
            tab.write_string(0, column, mark)
            tab.merge_range(OFFICES, column, POSTS, column, text, head)

    def _write_posts(self, head: Format) -> None:
        for column, post in enumerate(self._layout.posts, start=FIRST_POST):
            self._tab.write_string(0, column, post.post_code)
            self._tab.write_string(POSTS, column, post.title, head)
        places = enumerate(self._layout.posts, start=FIRST_POST)
        for office, group in groupby(places, key=lambda place: place[1].office):
            columns = [column for column, _post in group]
            if len(columns) > 1:
                self._tab.merge_range(OFFICES, columns[0], OFFICES, columns[-1], office, head)
            else:
                write_cell(self._tab, OFFICES, columns[0], office, head)

    def _right_heads(self) -> list[tuple[str, str]]:
        relieved = [(OTHER_MARK, _("Relieved"))] if self._layout.has_plan else []
        return [
            (TASK_HOURS_MARK, _("Task hours")),
            *relieved,
            (OTHER_MARK, _("Assigned")),
            (OTHER_MARK, _("Not assigned")),
        ]

    def write_body(self) -> None:
        """Write a row for every duty and, below it, one for each of its tasks."""
        duty_look = self._book.look(bold=True, font_color=FAINT)
        for row, line in enumerate(self._layout.lines, start=BODY):
            if isinstance(line, Duty):
                self._tab.write_string(row, 0, OTHER_MARK)
                write(self._tab, row, DUTY, line.name, duty_look)
            else:
                self._tab.write_string(row, 0, line.task_code)
                write(self._tab, row, TASK, line.name, self._book.look())
                self._write_right(row, line, self._write_hours(row, line.task_code))

    def _write_hours(self, row: int, task_code: str) -> float:
        """Write the hours of every post on a task and return their sum."""
        assigned = 0.0
        for index, (state, today) in enumerate(zip(self._states, self._today, strict=True)):
            hours, before = state.hours.get(task_code), today.hours.get(task_code)
            if hours is None and before is None:
                continue
            is_changed = abs((hours or 0.0) - (before or 0.0)) > _VISIBLE_CHANGE
            colour = {"bg_color": CHANGED} if is_changed else {}
            look = self._book.look(num_format=HOURS, **colour)
            if not hours and self._layout.has_plan:
                self._tab.write_blank(row, FIRST_POST + index, None, look)
            else:
                write(self._tab, row, FIRST_POST + index, hours, look)
            self._assigned[index] += hours or 0.0
            assigned += hours or 0.0
        return assigned

    def _write_right(self, row: int, task: Task, assigned: float) -> None:
        """Write the task's hours, what a plan relieves of them, their sum over posts, the rest."""
        key = (self._layout.unit_code, task.task_code)
        hours = self._showing.figures.tasks[key].hours
        relieved = [self._showing.relieved.get(key, 0.0)] if self._layout.has_plan else []
        first = self._layout.task_hours
        parts = [cell_name(row, first + number) for number in range(len(relieved) + 2)]
        rest = round(hours - sum(relieved) - assigned, 6) + 0.0
        cells: list[WrittenCell] = [
            hours,
            *relieved,
            self._across(row, assigned),
            Formula(f"=ROUND({'-'.join(parts)},6)", rest),
        ]
        look = self._book.look(num_format=HOURS, bg_color=SHADE)
        for column, cell in enumerate(cells, start=first):
            write_cell(self._tab, row, column, cell, look)
        self._right.append([hours, *relieved, assigned, rest])

    def write_foot(self, banding: Banding) -> None:
        """Write what every post's hours come to, and the same for the unit as a whole."""
        layout, states = self._layout, self._states
        work = [
            hours * state.caf + state.ias_hours
            for hours, state in zip(self._assigned, states, strict=True)
        ]
        room = [state.capacity_hours for state in states]
        people = [sum(state.people.values()) for state in states]
        self._write_sums()
        caf, ias = [state.caf for state in states], [state.ias_hours for state in states]
        self._row(layout.caf_row, _("Factor for allowances of all (CAF)"), FACTOR, caf)
        self._row(layout.ias_row, _("Allowances of single posts (IAS)"), HOURS, ias, of=ias)
        workload = [self._workload(index, hours) for index, hours in enumerate(work)]
        self._row(
            layout.workload_row, _("Workload (assigned × CAF + IAS)"), HOURS, workload, of=work
        )
        self._row(layout.capacity_row, _("Capacity"), HOURS, room, of=room)
        self._write_saturation(banding, work, room)
        first = layout.people_row + 1
        heads = [self._people(index, number) for index, number in enumerate(people)]
        self._row(layout.people_row, _("People"), COUNT, heads, of=people)
        for row, category in enumerate(layout.categories, start=first):
            count = [state.people.get(category, 0.0) for state in states]
            self._row(row, category, COUNT, count, of=count)

    def _write_sums(self) -> None:
        """Write the first row of the foot: sums over the tasks, right of the posts as well."""
        row = self._layout.foot
        posts = [self._down(FIRST_POST + i, hours) for i, hours in enumerate(self._assigned)]
        self._row(row, _("Assigned hours"), HOURS, posts)
        first = self._layout.task_hours
        look = self._book.look(num_format=HOURS, bg_color=SHADE, bold=True, top=1)
        for column in range(first, self._layout.assigned + 2):
            total = sum(values[column - first] for values in self._right)
            write_cell(self._tab, row, column, self._down(column, total), look)

    def _write_saturation(
        self, banding: Banding, work: Sequence[float], room: Sequence[float]
    ) -> None:
        layout, row = self._layout, self._layout.saturation_row
        now = [*zip(work, room, strict=True), (sum(work), sum(room))]
        columns = [*range(FIRST_POST, layout.task_hours), layout.assigned]
        ratios: list[WrittenCell] = []
        words: list[WrittenCell] = []
        for column, hours in zip(columns, now, strict=True):
            workload = cell_name(layout.workload_row, column)
            capacity = cell_name(layout.capacity_row, column)
            ratios.append(banding.saturation(workload, capacity, hours=hours))
            words.append(banding.word(cell_name(row, column), workload, hours=hours))
        self._row(row, _("Saturation"), RATIO, ratios[:-1], total=ratios[-1])
        self._row(row + 1, _("Band"), RATIO, words[:-1], total=words[-1])
        cells = (row, FIRST_POST, row + 1, layout.assigned)
        seen = f"{column_letters(FIRST_POST)}${row + 2}"
        banding.tint(self._book, self._tab, cells, seen)

    def _row(
        self,
        row: int,
        label: str,
        number_format: str,
        cells: Sequence[WrittenCell],
        *,
        of: Sequence[float] | None = None,
        total: WrittenCell = None,
    ) -> None:
        """Write a row of the foot; with `of`, the values of its cells, their sum stands behind."""
        look = self._book.look(num_format=number_format, bottom=4, bottom_color=RULE)
        last = self._book.look(num_format=number_format, bg_color=SHADE, bold=True)
        self._tab.write_string(row, 0, OTHER_MARK)
        self._tab.write_string(row, TASK, label, self._book.look(bold=True))
        for column, cell in enumerate(cells, start=FIRST_POST):
            write_cell(self._tab, row, column, cell, look)
        behind = total if of is None else self._across(row, sum(of))
        write_cell(self._tab, row, self._layout.assigned, behind, last)

    def _workload(self, index: int, hours: float) -> Formula:
        layout, column = self._layout, FIRST_POST + index
        assigned, caf, ias = (
            cell_name(row, column) for row in (layout.foot, layout.caf_row, layout.ias_row)
        )
        return Formula(f"={assigned}*{caf}+{ias}", hours)

    def _people(self, index: int, number: float) -> WrittenCell:
        first, column = self._layout.people_row + 1, FIRST_POST + index
        last = first + len(self._layout.categories) - 1
        if last < first:
            return number
        return Formula(f"=SUM({cell_name(first, column)}:{cell_name(last, column)})", number)

    def _down(self, column: int, value: float) -> WrittenCell:
        """Return the sum over all tasks in a column, which is `value`."""
        if not self._layout.lines:
            return value
        last = cell_name(self._layout.foot - 1, column)
        return Formula(f"=SUM({cell_name(BODY, column)}:{last})", value)

    def _across(self, row: int, value: float) -> WrittenCell:
        """Return the sum over all posts in a row, which is `value`."""
        if not self._layout.posts:
            return value
        last = cell_name(row, self._layout.task_hours - 1)
        return Formula(f"=SUM({cell_name(row, FIRST_POST)}:{last})", value)


_CENTRED: Mapping[str, Any] = {"text_wrap": True, "align": "center", "valign": "vcenter"}
