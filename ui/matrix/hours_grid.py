"""Grids: the matrix of one unit as arrays, laid out, folded, and renewed after an edit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.model.changing import MatrixCell
from app.model.county import County, Key
from app.model.figures import Figures, Load, PostFigures
from app.model.vocabulary import Role

LEAST_DIFFERENCE = 0.05
"""Hours; what is rounded to nothing is shown as nothing."""


class Show(Enum):
    """What a cell says: hours a year, the share of the task in per cent, or pieces a year."""

    HOURS = "hours"
    SHARE = "share"
    PIECES = "pieces"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: a duty (`task_code` '') or one of its tasks, with its hours in the unit."""

    duty_code: str
    task_code: str
    name: str
    hours: float
    assigned_hours: float
    pieces: float | None = None
    """The task's volume; None of a duty, whose tasks count different things."""
    is_folded: bool = False

    def scale(self, show: Show) -> float | None:
        """Return what an hour of this row is in another measure, None where it is none."""
        if show is Show.HOURS:
            return 1.0
        if self.hours <= 0:
            return None
        if show is Show.SHARE:
            return 100.0 / self.hours
        return self.pieces / self.hours if self.pieces is not None else None

    def shown(self, hours: float, show: Show) -> float | None:
        """Return hours of this row in another measure; the whole is the whole to the last bit."""
        if show is Show.HOURS:
            return hours
        if hours == self.hours and hours > 0:
            return 100.0 if show is Show.SHARE else self.pieces
        scale = self.scale(show)
        return None if scale is None else hours * scale


@dataclass(frozen=True)
class HoursGrid:
    """One unit's tasks by posts; `hours` and `roles` are [rows, posts], nan where nothing is.

    Rows of duties hold the sums of their tasks. `whole` is the same grid before duties were folded.
    """

    unit_code: str
    rows: tuple[GridRow, ...]
    posts: tuple[PostFigures, ...]
    hours: NDArray[np.float64]
    roles: Mapping[tuple[int, int], Role]
    load: Load
    demand_hours: float
    assigned_hours: float
    band_scheme: str
    show: Show = Show.HOURS
    whole: HoursGrid | None = None

    def has_shape_of(self, other: HoursGrid) -> bool:
        """Return whether the same rows and posts are shown in the same order and measure."""
        return (
            self.show is other.show
            and self.row_codes == other.row_codes
            and self.post_codes == other.post_codes
        )

    @cached_property
    def row_codes(self) -> list[tuple[str, str, bool]]:
        """Return what identifies the rows, in order."""
        return [(row.duty_code, row.task_code, row.is_folded) for row in self.rows]

    @cached_property
    def post_codes(self) -> list[str]:
        """Return the codes of the posts, in order."""
        return [post.post_code for post in self.posts]

    @cached_property
    def groups(self) -> list[tuple[int, int]]:
        """Return, for every column, the first and the last column under the same office."""
        groups: list[tuple[int, int]] = []
        while len(groups) < len(self.posts):
            first = last = len(groups)
            while last + 1 < len(self.posts) and (
                self.posts[last + 1].office == self.posts[first].office
            ):
                last += 1
            groups += [(first, last)] * (last - first + 1)
        return groups

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """Return each cell's part of its post's capacity [rows, posts], nan where nothing is."""
        capacity = np.array([post.load.capacity_hours for post in self.posts])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(capacity > 0, self.hours / capacity, np.where(self.hours > 0, 1.0, 0.0))

    def row_of(self, task_code: str) -> int | None:
        """Return the row of a task, that of its duty where it is folded away."""
        at = next((at for at, row in enumerate(self.rows) if row.task_code == task_code), None)
        if at is None and self.whole is not None:
            hidden = self.whole.row_of(task_code)
            duty = self.whole.rows[hidden].duty_code if hidden is not None else None
            at = next((at for at, row in enumerate(self.rows) if row.duty_code == duty), None)
        return at

    def folded(self, duty_codes: Collection[str]) -> HoursGrid:
        """Return this grid with the tasks of some duties folded away."""
        whole = self.whole if self.whole is not None else self
        if not duty_codes:
            return whole
        kept = [
            at
            for at, row in enumerate(whole.rows)
            if not row.task_code or row.duty_code not in duty_codes
        ]
        rows = tuple(
            replace(row, is_folded=True)
            if not row.task_code and row.duty_code in duty_codes
            else row
            for row in (whole.rows[at] for at in kept)
        )
        place = {old: new for new, old in enumerate(kept)}
        roles = {(place[at[0]], at[1]): role for at, role in whole.roles.items() if at[0] in place}
        return replace(whole, rows=rows, hours=whole.hours[kept], roles=roles, whole=whole)

    def renewed(self, county: County, figures: Figures, cells: Collection[Key]) -> HoursGrid:
        """Return this grid after the shares in `cells` changed and nothing else did."""
        if self.whole is not None:
            folded = {row.duty_code for row in self.rows if row.is_folded}
            return self.whole.renewed(county, figures, cells).folded(folded)
        rows, hours, roles = list(self.rows), self.hours.copy(), dict(self.roles)
        places = {row.task_code: at for at, row in enumerate(rows) if row.task_code}
        columns = {code: at for at, code in enumerate(self.post_codes)}
        own = [cell for cell in cells if cell[0] == self.unit_code and cell[1] in places]
        for cell in own:
            at = places[cell[1]]
            figure = figures.tasks[(self.unit_code, cell[1])]
            rows[at] = replace(rows[at], assigned_hours=figure.assigned_hours)
            column = columns.get(cell[2])
            if column is None:
                continue
            row = county.assignments.get(cell)
            role = row.role if row is not None else None
            hours[at, column] = figures.hours[row.key] if row is not None else np.nan  # type: ignore[index]
            roles.pop((at, column), None)
            if role is not None:
                roles[(at, column)] = role
        _add_up(rows, hours)
        unit = figures.units[self.unit_code]
        return replace(
            self,
            rows=tuple(rows),
            posts=tuple(figures.posts[code] for code in self.post_codes),
            hours=hours,
            roles=roles,
            load=unit.load,
            demand_hours=unit.demand_hours,
            assigned_hours=unit.assigned_hours,
        )


def unit_grid(
    county: County,
    figures: Figures,
    unit_code: str,
    *,
    accepts: Callable[[GridRow], bool] = lambda row: True,
    accepts_post: Callable[[PostFigures], bool] = lambda post: True,
    show: Show = Show.HOURS,
) -> HoursGrid:
    """Lay out a unit's matrix: duties in their order, under each the tasks that `accepts` keeps."""
    posts = tuple(post for post in unit_posts(figures, unit_code) if accepts_post(post))
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
    _add_up(rows, hours)
    unit = figures.units[unit_code]
    return HoursGrid(
        unit_code=unit_code,
        rows=tuple(rows),
        posts=posts,
        hours=hours,
        roles=roles,
        load=unit.load,
        demand_hours=unit.demand_hours,
        assigned_hours=unit.assigned_hours,
        band_scheme=figures.band_scheme,
        show=show,
    )


def unit_posts(figures: Figures, unit_code: str) -> tuple[PostFigures, ...]:
    """Return a unit's posts, those of one office together, offices as they come first."""
    by_office: dict[str, list[PostFigures]] = {}
    for post in figures.posts.values():
        if post.unit_code == unit_code:
            by_office.setdefault(post.office, []).append(post)
    return tuple(post for posts in by_office.values() for post in posts)


def _rows(
    county: County, figures: Figures, unit_code: str, accepts: Callable[[GridRow], bool]
) -> list[GridRow]:
    by_duty: dict[str, list[GridRow]] = {}
    for (unit, task_code), figure in figures.tasks.items():
        if unit != unit_code:
            continue
        task = county.tasks[(task_code,)]
        row = GridRow(
            task.duty_code,
            task_code,
            task.name,
            figure.hours,
            figure.assigned_hours,
            county.volumes[(unit, task_code)].volume,
        )
        if accepts(row):
            by_duty.setdefault(task.duty_code, []).append(row)
    rows: list[GridRow] = []
    for (duty_code,), duty in county.duties.items():
        tasks = by_duty.get(duty_code)
        if tasks:
            rows.append(GridRow(duty_code, "", duty.name, 0.0, 0.0))
            rows.extend(tasks)
    return rows


def _add_up(rows: list[GridRow], hours: NDArray[np.float64]) -> None:
    """Write the sums of tasks into the rows of their duties, nan where no task has hours."""
    duties = [at for at, row in enumerate(rows) if not row.task_code]
    if not duties:
        return
    hours[duties] = np.nan
    is_there = ~np.isnan(hours)
    sums = np.add.reduceat(np.where(is_there, hours, 0.0), duties, axis=0)
    counts = np.add.reduceat(is_there.astype(np.int64), duties, axis=0)
    hours[duties] = np.where(counts > 0, sums, np.nan)
    for first, last in zip(duties, [*duties[1:], len(rows)], strict=True):
        total, assigned = _totals(rows[first + 1 : last])
        if rows[first].hours != total or rows[first].assigned_hours != assigned:
            rows[first] = replace(rows[first], hours=total, assigned_hours=assigned)


def _totals(tasks: Sequence[GridRow]) -> tuple[float, float]:
    return sum(task.hours for task in tasks), sum(task.assigned_hours for task in tasks)


def cell_of(grid: HoursGrid, row: int, column: int) -> MatrixCell:
    """Return the key of the assignment that a cell shows."""
    return grid.unit_code, grid.rows[row].task_code, grid.posts[column].post_code
