"""Assessing: every figure of the method for a county, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from app.language import _
from app.method.allowances import AllowanceBook
from app.method.grouping import rows_by
from app.method.headcount import headcounts
from app.method.loads import Yardstick, combined_load, post_load
from app.method.workload import awt_hours, basis_of, task_hours
from app.model.county import County, Post, Unit
from app.model.figures import (
    Figures,
    Headcount,
    Load,
    OfficeFigures,
    PostFigures,
    TaskFigures,
    UnitFigures,
)

_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class _Part:
    """The figures of one unit."""

    unit: UnitFigures
    posts: Mapping[str, PostFigures]
    offices: Mapping[tuple[str, str], OfficeFigures]
    tasks: Mapping[tuple[str, str], TaskFigures]
    headcounts: Mapping[tuple[str, str], Headcount]
    hours: Mapping[tuple[str, str, str], float]


@dataclass(frozen=True, slots=True)
class _Shares:
    """A unit's task hours as its assignments share them out."""

    hours: dict[tuple[str, str, str], float] = field(default_factory=dict)
    by_task: dict[str, float] = field(default_factory=dict)
    by_post: dict[str, dict[str, float]] = field(default_factory=dict)
    """Hours by seasonal profile of every post of the unit, carrying or not."""


def assess(county: County) -> Figures:
    """Return every figure of a county (method §1–§4).

    Posts are computed one by one; offices, units and the county are sums over them, so the same
    number appears at every level, and demand = assigned + unassigned − surplus at every level. An
    assignment to another unit's post carries no hours; the check-up names it.

    Raises:
        BlockedByData: a policy value, an allowance, a working year or an ability makes no sense.
    """
    by = Yardstick.of(county)
    nothing = Figures(
        posts={},
        offices={},
        units={},
        tasks={},
        headcounts={},
        hours={},
        county=_whole((), by=by),
        band_scheme=by.scheme.key,
        denominator="",
    )
    return reassess(nothing, county, [unit_code for (unit_code,) in county.units])


def reassess(figures: Figures, county: County, unit_codes: Collection[str]) -> Figures:
    """Return `assess(county)`, given `figures` that are right for all but these units.

    Only the rows of these units are read; the figures of the others are shared, not copied.

    Raises:
        BlockedByData: a policy value, an allowance, a working year or an ability makes no sense.
    """
    by, book = Yardstick.of(county), AllowanceBook(county)
    parts = {
        unit_code: _part(county, county.units[(unit_code,)], book=book, by=by)
        for unit_code in dict.fromkeys(unit_codes)
        if (unit_code,) in county.units
    }
    units = {
        unit_code: parts[unit_code].unit if unit_code in parts else figures.units[unit_code]
        for (unit_code,) in county.units
    }

    def merged(
        old: Mapping[_K, _V],
        rows_of: Callable[[_Part], Mapping[_K, _V]],
        unit_of: Callable[[_K, _V], str],
    ) -> Mapping[_K, _V]:
        new = {unit_code: rows_of(part) for unit_code, part in parts.items()}
        return _merged(old, new, stale=frozenset(unit_codes), unit_of=unit_of)

    return Figures(
        posts=merged(figures.posts, lambda part: part.posts, lambda _code, row: row.unit_code),
        offices=merged(figures.offices, lambda part: part.offices, lambda key, _row: key[0]),
        units=MappingProxyType(units),
        tasks=merged(figures.tasks, lambda part: part.tasks, lambda key, _row: key[0]),
        headcounts=merged(
            figures.headcounts, lambda part: part.headcounts, lambda key, _row: key[0]
        ),
        hours=merged(figures.hours, lambda part: part.hours, lambda key, _row: key[0]),
        county=_whole(tuple(units.values()), by=by),
        band_scheme=by.scheme.key,
        denominator=denominator_of(county),
    )


def _part(county: County, unit: Unit, *, book: AllowanceBook, by: Yardstick) -> _Part:
    posts = rows_by("unit_code", county.posts).get(unit.unit_code, ())
    demand = task_hours(county, [unit.unit_code])
    shares = _share_out(county, unit.unit_code, demand=demand, posts=posts)
    figures = {
        post.post_code: _post_figures(
            county, post, unit, book=book, by=by, hours=shares.by_post[post.post_code]
        )
        for post in posts
    }
    tasks = {
        key: TaskFigures(*key, hours, assigned, max(0.0, hours - assigned))
        for key, hours in demand.items()
        for assigned in (shares.by_task.get(key[1], 0.0),)
    }
    return _Part(
        unit=_unit_figures(unit, tasks=tasks, posts=figures, by=by),
        posts=figures,
        offices=_offices(unit.unit_code, posts=figures, by=by),
        tasks=tasks,
        headcounts={
            (row.unit_code, row.category): row for row in headcounts(county, unit.unit_code)
        },
        hours=shares.hours,
    )


def _share_out(
    county: County,
    unit_code: str,
    *,
    demand: Mapping[tuple[str, str], float],
    posts: Sequence[Post],
) -> _Shares:
    shares = _Shares(by_post={post.post_code: {} for post in posts})
    for row in rows_by("unit_code", county.assignments).get(unit_code, ()):
        carried = shares.by_post.get(row.post_code)
        hours = demand.get((unit_code, row.task_code), 0.0) * row.share
        if carried is None or hours == 0.0:
            shares.hours[(unit_code, row.task_code, row.post_code)] = 0.0
            continue
        profile = county.tasks[(row.task_code,)].profile
        shares.hours[(unit_code, row.task_code, row.post_code)] = hours
        shares.by_task[row.task_code] = shares.by_task.get(row.task_code, 0.0) + hours
        carried[profile] = carried.get(profile, 0.0) + hours
    return shares


def _post_figures(
    county: County,
    post: Post,
    unit: Unit,
    *,
    book: AllowanceBook,
    by: Yardstick,
    hours: Mapping[str, float],
) -> PostFigures:
    basis = basis_of(county, book=book, post=post, unit=unit)
    return PostFigures(
        post_code=post.post_code,
        unit_code=post.unit_code,
        office=post.office,
        title=post.title,
        people=basis.people,
        awt_hours=basis.awt_hours,
        caf=basis.caf,
        load=post_load(basis, hours_by_profile=hours, county=county, by=by),
    )


def _offices(
    unit_code: str, *, posts: Mapping[str, PostFigures], by: Yardstick
) -> Mapping[tuple[str, str], OfficeFigures]:
    loads: dict[str, list[Load]] = {}
    for post in posts.values():
        loads.setdefault(post.office, []).append(post.load)
    return {
        (unit_code, office): OfficeFigures(unit_code, office, combined_load(members, by=by))
        for office, members in loads.items()
    }


def _unit_figures(
    unit: Unit,
    *,
    tasks: Mapping[tuple[str, str], TaskFigures],
    posts: Mapping[str, PostFigures],
    by: Yardstick,
) -> UnitFigures:
    demand = sum(task.hours for task in tasks.values())
    assigned = sum(task.assigned_hours for task in tasks.values())
    return UnitFigures(
        unit_code=unit.unit_code,
        name=unit.name,
        demand_hours=demand,
        assigned_hours=assigned,
        unassigned_hours=sum(task.unassigned_hours for task in tasks.values()),
        load=combined_load([post.load for post in posts.values()], by=by),
    )


def _whole(units: Sequence[UnitFigures], *, by: Yardstick) -> UnitFigures:
    return UnitFigures(
        unit_code="",
        name="",
        demand_hours=sum(unit.demand_hours for unit in units),
        assigned_hours=sum(unit.assigned_hours for unit in units),
        unassigned_hours=sum(unit.unassigned_hours for unit in units),
        load=combined_load([unit.load for unit in units], by=by),
    )


def _merged(
    old: Mapping[_K, _V],
    new: Mapping[str, Mapping[_K, _V]],
    *,
    stale: frozenset[str],
    unit_of: Callable[[_K, _V], str],
) -> Mapping[_K, _V]:
    """Return `old` with the rows of every stale unit replaced where its first row stood."""
    waiting = dict(new)
    rows: dict[_K, _V] = {}
    for key, value in old.items():
        unit_code = unit_of(key, value)
        if unit_code not in stale:
            rows[key] = value
        elif unit_code in waiting:
            rows.update(waiting.pop(unit_code))
    for fresh in waiting.values():
        rows.update(fresh)
    return MappingProxyType(rows)


def denominator_of(county: County) -> str:
    """Return the sentence that names what saturation is divided by, in the current language."""
    hours = [awt_hours(county, category) for (category,) in county.categories]
    if not hours or min(hours) == max(hours):
        each = hours[0] if hours else awt_hours(county, "")
        return _(
            "Saturation is workload ÷ capacity; capacity is people on duty × {hours:,.0f} h of"
            " available working time × ability of the post."
        ).format(hours=each)
    return _(
        "Saturation is workload ÷ capacity; capacity is people on duty × {low:,.0f}–{high:,.0f} h"
        " of available working time by category × ability of the post."
    ).format(low=min(hours), high=max(hours))
