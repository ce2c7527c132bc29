"""Making records: new ones under free codes, copies with what belongs to them, moved ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from app.errors import BlockedByData
from app.language import _
from app.model.county import (
    Allowance,
    Change,
    County,
    Duty,
    Establishment,
    PolicyValue,
    Post,
    Profile,
    Record,
    StaffCategory,
    Task,
    Unit,
    WorkingTime,
)
from app.model.vocabulary import AllowanceKind, Burden, DutyList, Per, Table, UnitKind

CODED: dict[type[Record], tuple[str, str]] = {
    Unit: ("unit_code", "U"),
    Post: ("post_code", "P"),
    Duty: ("duty_code", "D"),
    Task: ("task_code", "T"),
}
"""Kinds whose rows have a code: the field, and how codes begin where there are none yet."""
_DIGITS = re.compile(r"(.*?)(\d+)$")
_MONTHS = 12


def free_codes(county: County, kind: type[Record], number: int) -> list[str]:
    """Return codes for new rows, going on with the way the last numbered code is written."""
    _field, start = CODED[kind]
    taken = {code for (code,) in county.rows(kind.TABLE)}
    matches = [found for code in taken if (found := _DIGITS.match(code)) is not None]
    if matches:
        last = max(matches, key=lambda found: (int(found[2]), found[1]))
        prefix, width, first = last[1], len(last[2]), int(last[2]) + 1
    else:
        prefix, width, first = start, 3, 1
    free = (code for number in count(first) if (code := f"{prefix}{number:0{width}d}") not in taken)
    return [next(free) for _at in range(number)]


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return `wanted`, or it with the first number that makes it new."""
    if wanted not in taken:
        return wanted
    return next(name for n in count(2) if (name := f"{wanted} {n}") not in taken)


def new_record(county: County, kind: type[Record], like: Record | None = None) -> Record:
    """Return a row of a kind to begin with, standing where `like` stands.

    Raises:
        BlockedByData: another row has to be there first, or every one there can be exists.
    """
    if kind in CODED:
        return _coded(county, kind, free_codes(county, kind, 1)[0], like)
    return _named(county, kind, like)


def _coded(county: County, kind: type[Record], code: str, like: Record | None) -> Record:
    if kind is Unit:
        unit_kind = like.kind if isinstance(like, Unit) else UnitKind.TOWN
        return Unit(code, _fresh(county, Table.UNITS, _("New unit")), unit_kind)
    if kind is Duty:
        if isinstance(like, Duty):
            return Duty(code, _("New duty"), like.list, area=like.area, superior=like.superior)
        return Duty(code, _("New duty"), DutyList.CORE)
    if kind is Post:
        unit_code = like.unit_code if isinstance(like, Post) else _first(county, Table.UNITS)
        office = like.office if isinstance(like, Post) else ""
        return Post(code, unit_code, _("New post"), office=office)
    duty_code = like.duty_code if isinstance(like, Task) else _first(county, Table.DUTIES)
    return Task(code, duty_code, _("New task"), Burden.SUBSTANTIVE, hours_each=1.0)


def _named(county: County, kind: type[Record], like: Record | None) -> Record:
    if kind is StaffCategory:
        return StaffCategory(_fresh(county, Table.CATEGORIES, _("New category")))
    if kind is Profile:
        shares = like.shares if isinstance(like, Profile) else (1 / _MONTHS,) * _MONTHS
        return Profile(_fresh(county, Table.PROFILES, _("New season")), shares)
    if kind is Allowance:
        name = _fresh(county, Table.ALLOWANCES, _("New allowance"))
        return Allowance(name, AllowanceKind.CATEGORY, 0.0, Per.HOURS_PER_WEEK)
    if kind is WorkingTime:
        return WorkingTime(_missing(county, Table.WORKING_TIME))
    if kind is Establishment:
        units = [like.unit_code] if isinstance(like, Establishment) else []
        units += [code for (code,) in county.units]
        for unit_code in units or [_first(county, Table.UNITS)]:
            for (category,) in county.categories:
                if (unit_code, category) not in county.establishment:
                    return Establishment(unit_code, category)
        raise _all_there()
    raise TypeError(f"rows of {kind.TABLE} are made in the matrix or by their settings")


def _fresh(county: County, table: Table, wanted: str) -> str:
    """Return a name that no row of a table has yet."""
    rows = county.rows(table).values()
    return free_name(wanted, {str(getattr(row, "name", row.key[0])) for row in rows})


def _missing(county: County, table: Table) -> str:
    for (category,) in county.categories:
        if (category,) not in county.rows(table):
            return category
    raise _all_there()


def _all_there() -> BlockedByData:
    return BlockedByData(
        _("There is a row for everything already."),
        remedy=_("Change the row that is there, or add a staff category first."),
    )


def _first(county: County, table: Table) -> str:
    for (code,) in county.rows(table):
        return code
    raise BlockedByData(
        _("Nothing can be added here yet."),
        remedy=_("Add a row to “{table}” first.").format(table=table.chinese),
    )


def additions(county: County, records: Iterable[Record]) -> list[Change]:
    """Return the changes that add `records`, and what a new one cannot be planned without.

    A new staff category gets a working year.
    """
    rows = list(records)
    for row in tuple(rows):
        if isinstance(row, StaffCategory) and row.key not in county.working_time:
            rows.append(WorkingTime(row.category))
    return [Change(before=None, after=row) for row in rows]


def copies(county: County, records: Sequence[Record]) -> list[Change]:
    """Return the changes that set a copy beside each of `records`, with what belongs to it.

    A unit comes with its posts, headcount, volumes and assignments; a post with its people; a duty
    with its tasks; a task with its volumes, which nobody carries yet.
    """
    added: list[Record] = []
    for row in records:
        so_far = county.with_records(added)
        added += _copied(so_far, row)
    return additions(county, added)


def _copied(county: County, row: Record) -> list[Record]:
    if isinstance(row, Unit):
        return _copied_unit(county, row)
    if isinstance(row, Post):
        (code,) = free_codes(county, Post, 1)
        copy = replace(row, post_code=code, title=_copy_name(row.title), is_pinned=False)
        return [copy, *_people(county, row.post_code, code)]
    if isinstance(row, Duty):
        (code,) = free_codes(county, Duty, 1)
        made: list[Record] = [replace(row, duty_code=code, name=_copy_name(row.name))]
        tasks = [task for task in county.tasks.values() if task.duty_code == row.duty_code]
        new_codes = free_codes(county, Task, len(tasks))
        for task, task_code in zip(tasks, new_codes, strict=True):
            made.append(replace(task, task_code=task_code, duty_code=code))
            made += _volumes(county, task.task_code, task_code)
        return made
    if isinstance(row, Task):
        (code,) = free_codes(county, Task, 1)
        copy_of_task = replace(row, task_code=code, name=_copy_name(row.name))
        return [copy_of_task, *_volumes(county, row.task_code, code)]
    if isinstance(row, Profile | Allowance):
        return [replace(row, name=_fresh(county, row.TABLE, row.name))]
    return [new_record(county, type(row), row)]


def _copied_unit(county: County, unit: Unit) -> list[Record]:
    (code,) = free_codes(county, Unit, 1)
    posts = [post for post in county.posts.values() if post.unit_code == unit.unit_code]
    codes = dict(
        zip((p.post_code for p in posts), free_codes(county, Post, len(posts)), strict=True)
    )
    made: list[Record] = [replace(unit, unit_code=code, name=_copy_name(unit.name))]
    made += [
        replace(row, unit_code=code)
        for row in county.establishment.values()
        if row.unit_code == unit.unit_code
    ]
    for post in posts:
        made.append(replace(post, post_code=codes[post.post_code], unit_code=code))
        made += _people(county, post.post_code, codes[post.post_code])
    for volume in county.volumes.values():
        if volume.unit_code == unit.unit_code:
            made.append(replace(volume, unit_code=code))
    for row in county.assignments.values():
        if row.unit_code == unit.unit_code:
            made.append(replace(row, unit_code=code, post_code=codes[row.post_code]))
    return made


def _people(county: County, post_code: str, new_code: str) -> list[Record]:
    return [
        replace(row, post_code=new_code)
        for row in county.staffing.values()
        if row.post_code == post_code
    ]


def _volumes(county: County, task_code: str, new_code: str) -> list[Record]:
    return [
        replace(row, task_code=new_code)
        for row in county.volumes.values()
        if row.task_code == task_code
    ]


def _copy_name(name: str) -> str:
    return _("{name} (copy)").format(name=name)


def moved_posts(
    county: County,
    posts: Iterable[Post],
    *,
    unit_code: str | None = None,
    office: str | None = None,
) -> list[Change]:
    """Return the changes that put posts into another unit or office.

    The work of a unit stays in the unit: a post that leaves it lays its assignments down.
    """
    fields: dict[str, Any] = {}
    if unit_code is not None:
        fields["unit_code"] = unit_code
    if office is not None:
        fields["office"] = office
    after = [replace(post, **fields) for post in posts]
    leaving = {p.post_code for p in after if county.posts[p.key].unit_code != p.unit_code}
    laid_down = [row for row in county.assignments.values() if row.post_code in leaving]
    return county.changes_to(county.with_records(after, without=laid_down))


def renamed_office(county: County, unit_code: str, office: str, name: str) -> list[Change]:
    """Return the changes that give an office of a unit another name, with what is for it alone."""
    posts = [p for p in county.posts.values() if (p.unit_code, p.office) == (unit_code, office)]
    after: list[Record] = [replace(post, office=name) for post in posts]
    elsewhere = any(p.office == office and p.unit_code != unit_code for p in county.posts.values())
    gone: list[Record] = []
    for row in county.allowances.values() if office and not elsewhere else ():
        if row.scope == office:
            gone.append(row)
            after.append(replace(row, scope=name))
    return county.changes_to(county.with_records(after, without=gone))


def policy_change(county: County, key: str, text: str) -> Change | None:
    """Return the change that writes a setting; '' gives it back to its default."""
    before = county.policy.get((key,))
    after = PolicyValue(key, text) if text else None
    if before is None and after is None:
        return None
    return Change(before=before, after=after)
