"""Resharing: the figures after an edit of the matrix, from those before it and the cells edited."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from app.method.loads import Yardstick, combined_load, post_load
from app.method.workload import PostBasis
from app.model.changing import differing_keys
from app.model.county import Assignment, County, Key
from app.model.figures import Figures, OfficeFigures, PostFigures, TaskFigures, UnitFigures


def reassess_shares(figures: Figures, county: County, cells: Collection[Key]) -> Figures:
    """Return `assess(county)`, given `figures` that are right but for the shares in these cells.

    Sums run over the same rows in the same order as in `assess`, so that the numbers are the same
    to the last bit; what no cell (unit, task, post) touches is shared, not computed.

    Raises:
        BlockedByData: a policy value makes no sense.
    """
    by = Yardstick.of(county)
    units = {cell[0] for cell in cells}
    rows = [row for key, row in county.assignments.items() if key[0] in units]
    hours = _hours(figures, county, cells)
    tasks = _tasks(figures, rows, hours=hours, touched={cell[:2] for cell in cells})
    touched = {post for unit, _task, post in cells if _is_in(figures, post, unit)}
    posts = _posts(figures, county, rows, hours=hours, touched=touched, by=by)
    all_units = _copied(figures.units)
    for unit_code in units & all_units.keys():
        all_units[unit_code] = _unit(all_units[unit_code], tasks=tasks, posts=posts, by=by)
    return replace(
        figures,
        posts=MappingProxyType(posts),
        offices=_offices(figures, posts=posts, touched=touched, by=by),
        units=MappingProxyType(all_units),
        tasks=MappingProxyType(tasks),
        hours=MappingProxyType(hours),
        county=_whole(figures.county, list(all_units.values()), by=by),
    )


def changed_cells(before: County, after: County) -> list[Key] | None:
    """Return the cells in which two counties differ, None where they differ in anything else."""
    if not _same_but_assignments(before, after):
        return None
    return differing_keys(before.assignments, after.assignments)


def _same_but_assignments(before: County, after: County) -> bool:
    mine, theirs = vars(before), vars(after)
    return all(theirs[name] is rows for name, rows in mine.items() if name != "assignments")


def _hours(figures: Figures, county: County, cells: Collection[Key]) -> dict[Any, float]:
    hours: dict[Any, float] = _copied(figures.hours)
    for cell in cells:
        row = county.assignments.get(cell)
        unit_code, task_code, post_code = cell
        if row is None:
            hours.pop(cell, None)
            continue
        task = figures.tasks.get((unit_code, task_code))
        is_carried = task is not None and _is_in(figures, post_code, unit_code)
        hours[cell] = task.hours * row.share if is_carried and task is not None else 0.0
    return hours


def _is_in(figures: Figures, post_code: str, unit_code: str) -> bool:
    """Return whether a post is one of the unit: another unit's post carries no hours of it."""
    post = figures.posts.get(post_code)
    return post is not None and post.unit_code == unit_code


def _tasks(
    figures: Figures,
    rows: Collection[Assignment],
    *,
    hours: Mapping[Key, float],
    touched: Collection[Key],
) -> dict[tuple[str, str], TaskFigures]:
    assigned = dict.fromkeys(touched, 0.0)
    for row in rows:
        key = row.unit_code, row.task_code
        if key in assigned:
            assigned[key] += hours[(*key, row.post_code)]
    tasks = _copied(figures.tasks)
    for (unit_code, task_code), carried in assigned.items():
        task = tasks.get((unit_code, task_code))
        if task is not None:
            tasks[(unit_code, task_code)] = replace(
                task, assigned_hours=carried, unassigned_hours=max(0.0, task.hours - carried)
            )
    return tasks


def _posts(
    figures: Figures,
    county: County,
    rows: Collection[Assignment],
    *,
    hours: Mapping[Key, float],
    touched: Collection[str],
    by: Yardstick,
) -> dict[str, PostFigures]:
    carried: dict[str, dict[str, float]] = {post_code: {} for post_code in touched}
    for row in rows:
        by_profile = carried.get(row.post_code)
        number = hours[(row.unit_code, row.task_code, row.post_code)]
        if by_profile is not None and number:
            profile = county.tasks[(row.task_code,)].profile
            by_profile[profile] = by_profile.get(profile, 0.0) + number
    posts = _copied(figures.posts)
    for post_code, by_profile in carried.items():
        post = posts[post_code]
        load = post_load(_basis(post), hours_by_profile=by_profile, county=county, by=by)
        posts[post_code] = replace(post, load=load)
    return posts


def _basis(post: PostFigures) -> PostBasis:
    """Return what a post is reckoned with, which no share of a task changes."""
    return PostBasis(
        people=post.people,
        existing=post.load.existing,
        capacity_hours=post.load.capacity_hours,
        awt_hours=post.awt_hours,
        caf=post.caf,
        ias_hours=post.load.individual_hours,
    )


def _offices(
    figures: Figures, *, posts: Mapping[str, PostFigures], touched: Collection[str], by: Yardstick
) -> Mapping[tuple[str, str], OfficeFigures]:
    offices = _copied(figures.offices)
    places = {(posts[code].unit_code, posts[code].office) for code in touched}
    for place in places:
        loads = [p.load for p in posts.values() if (p.unit_code, p.office) == place]
        offices[place] = replace(offices[place], load=combined_load(loads, by=by))
    return MappingProxyType(offices)


def _unit(
    unit: UnitFigures,
    *,
    tasks: Mapping[tuple[str, str], TaskFigures],
    posts: Mapping[str, PostFigures],
    by: Yardstick,
) -> UnitFigures:
    code = unit.unit_code
    own = [task for key, task in tasks.items() if key[0] == code]
    loads = [post.load for post in posts.values() if post.unit_code == code]
    return replace(
        unit,
        assigned_hours=sum(task.assigned_hours for task in own),
        unassigned_hours=sum(task.unassigned_hours for task in own),
        load=combined_load(loads, by=by),
    )


def _whole(whole: UnitFigures, units: list[UnitFigures], *, by: Yardstick) -> UnitFigures:
    return replace(
        whole,
        assigned_hours=sum(unit.assigned_hours for unit in units),
        unassigned_hours=sum(unit.unassigned_hours for unit in units),
        load=combined_load([unit.load for unit in units], by=by),
    )


def _copied(rows: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return a copy; a mapping proxy hands it on to its dict, which is ten times as fast."""
    copied: dict[Any, Any] = rows.copy() if isinstance(rows, MappingProxyType) else dict(rows)
    return copied
