"""Where everything stands on the matrix sheets, known before the first of them is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.model.county import Duty, Post, Task
from app.workbooks.allocation.allocation_rows import Showing
from app.workbooks.cells.grid import cell_name
from app.workbooks.standard.matrix_sheet import MATRIX_PREFIX
from app.workbooks.standard.style import sheet_in_formula

TITLE, NOTE, OFFICES, POSTS, BODY = 1, 2, 3, 4, 5
"""Rows; row 0 is hidden and holds the codes of the posts."""
DUTY, TASK, FIRST_POST = 1, 2, 3
"""Columns; column 0 is hidden and holds the codes of the tasks."""

_LONGEST_TITLE = 31
_FORBIDDEN = str.maketrans(dict.fromkeys(("[", "]", *":*?/\\", *map(chr, range(32))), "_"))


@dataclass(frozen=True)
class Layout:
    """Where everything stands on one matrix sheet, known before any sheet is written."""

    unit_code: str
    title: str
    posts: Sequence[Post]
    lines: Sequence[Duty | Task]
    """The rows of the body: every duty, and below it its tasks."""
    categories: Sequence[str]
    has_plan: bool

    @property
    def foot(self) -> int:
        """Return the first row below the tasks: the assigned hours of every post."""
        return BODY + len(self.lines)

    @property
    def task_hours(self) -> int:
        """Return the column of the task's hours, the first right of the posts."""
        return FIRST_POST + len(self.posts)

    @property
    def assigned(self) -> int:
        """Return the column of the assigned hours; hours relieved by a plan stand before it."""
        return self.task_hours + (2 if self.has_plan else 1)

    @property
    def caf_row(self) -> int:
        """Return the row of the factor for allowances of all, below the assigned hours."""
        return self.foot + 1

    @property
    def ias_row(self) -> int:
        """Return the row of the hours for allowances of single posts."""
        return self.foot + 2

    @property
    def workload_row(self) -> int:
        """Return the row of the workload, which the three rows above it make."""
        return self.foot + 3

    @property
    def capacity_row(self) -> int:
        """Return the row of the capacity."""
        return self.foot + 4

    @property
    def saturation_row(self) -> int:
        """Return the row of the saturation; the band's word stands below it."""
        return self.foot + 5

    @property
    def people_row(self) -> int:
        """Return the row of all people; those of each category stand below it."""
        return self.foot + 7

    def cell(self, row: int, post: int) -> str:
        """Return the reference of a post's cell from another sheet."""
        return sheet_in_formula(self.title) + cell_name(row, FIRST_POST + post)

    def total(self, row: int) -> str:
        """Return the reference of the unit's sum in a row, from another sheet."""
        return sheet_in_formula(self.title) + cell_name(row, self.assigned)


def layouts(showing: Showing) -> dict[str, Layout]:
    """Return the layout of every unit's matrix; no two sheets have the same name."""
    titles = sheet_titles([(code, showing.unit_name(code)) for code in showing.unit_codes])
    found = {}
    for code in showing.unit_codes:
        posts = showing.posts[code]
        states = [showing.shown[post.post_code] for post in posts]
        present = [c for c in showing.categories if any(state.people.get(c) for state in states)]
        lines: list[Duty | Task] = []
        for duty, tasks in showing.tasks(code):
            lines += [duty, *tasks]
        found[code] = Layout(code, titles[code], posts, lines, present, showing.plan is not None)
    return found


def sheet_titles(units: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a sheet name for every (code, name): 矩阵·<name>, allowed, short and unique."""
    titles: dict[str, str] = {}
    taken: set[str] = set()
    for code, name in units:
        whole = (MATRIX_PREFIX + name.translate(_FORBIDDEN)).rstrip("'")
        title, number = whole[:_LONGEST_TITLE].rstrip("'"), 1
        while title.casefold() in taken:
            number += 1
            ending = f"~{number}"
            title = whole[: _LONGEST_TITLE - len(ending)] + ending
        taken.add(title.casefold())
        titles[code] = title
    return titles
