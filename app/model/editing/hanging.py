"""What hangs on a record: the rows that have no meaning without it, and those that only name it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.model.county import (
    Allowance,
    Assignment,
    Change,
    County,
    Duty,
    Establishment,
    PolicyValue,
    Post,
    Profile,
    Record,
    StaffCategory,
    Staffing,
    Task,
    Unit,
    Volume,
    WorkingTime,
)
from app.model.vocabulary import Table

NEEDS: tuple[tuple[type[Record], tuple[str, ...], type[Record]], ...] = (
    (Establishment, ("unit_code",), Unit),
    (Establishment, ("category",), StaffCategory),
    (Post, ("unit_code",), Unit),
    (Staffing, ("post_code",), Post),
    (Staffing, ("category",), StaffCategory),
    (Task, ("duty_code",), Duty),
    (Volume, ("unit_code",), Unit),
    (Volume, ("task_code",), Task),
    (Assignment, ("unit_code", "task_code"), Volume),
    (Assignment, ("unit_code",), Unit),
    (Assignment, ("task_code",), Task),
    (Assignment, ("post_code",), Post),
    (WorkingTime, ("category",), StaffCategory),
)
"""Which rows cannot be without which: the kind, the fields that name the other row, its kind.

A row comes after every row that it needs.
"""
_BY_CATEGORY = frozenset({"pool", "seniority", "retire", "recruit"})
"""Families of policy keys whose member is a staff category, or a unit's code and one."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What taking away records does: the records, what goes with them, and what forgets them."""

    records: tuple[Record, ...]
    hanging: tuple[Record, ...]
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[Table, int]:
        """Return how many rows of each table go with the records, most first."""
        return dict(Counter(row.TABLE for row in self.hanging).most_common())


def removal(county: County, records: Iterable[Record]) -> Removal:
    """Return what it means to take away `records`; nothing that is left names what is gone."""
    asked = {(row.TABLE, row.key): row for row in records}
    gone = dict(asked)
    for kind, names, parent in NEEDS:
        for row in county.rows(kind.TABLE).values():
            key = tuple(getattr(row, name) for name in names)
            if (parent.TABLE, key) in gone:
                gone[(row.TABLE, row.key)] = row
    for row in _named_only(county, gone.values()):
        gone[(row.TABLE, row.key)] = row
    kept = [
        replace(task, profile="")
        for task in county.tasks.values()
        if (Table.PROFILES, (task.profile,)) in gone and (Table.TASKS, task.key) not in gone
    ]
    after = county.with_records(kept, without=gone.values())
    hanging = tuple(row for at, row in gone.items() if at not in asked)
    return Removal(tuple(asked.values()), hanging, tuple(county.changes_to(after)))


def _named_only(county: County, gone: Iterable[Record]) -> Iterator[Record]:
    """Yield allowances and policy values that speak of nothing else than what is gone."""
    gone = tuple(gone)
    left = _scopes(county.with_records((), without=gone))
    lost = _scopes(county) - left
    for allowance in county.allowances.values():
        if allowance.scope in lost:
            yield allowance
    categories = {row.category for row in gone if isinstance(row, StaffCategory)}
    units = {row.unit_code for row in gone if isinstance(row, Unit)}
    for value in county.policy.values():
        unit_code, category = _policy_names(value)
        if category in categories or unit_code in units:
            yield value


def _scopes(county: County) -> set[str]:
    """Return every word by which an allowance can name whom it concerns."""
    return {
        *(name for row in county.units.values() for name in (row.unit_code, row.name)),
        *(row.category for row in county.categories.values()),
        *(
            name
            for row in county.posts.values()
            for name in (row.post_code, row.title, row.office)
            if name
        ),
    }


def _policy_names(value: PolicyValue) -> tuple[str, str]:
    """Return the unit's code and the category that a policy key names, '' for none."""
    family, _dot, member = value.name.partition(".")
    if family not in _BY_CATEGORY:
        return "", ""
    unit_code, _slash, category = member.rpartition("/")
    return unit_code, category


def renamed(county: County, before: Record, after: Record) -> list[Change]:
    """Return the changes that put `after` in the place of `before` under another key.

    Every row that names the one names the other afterwards; no row is lost.
    """
    if not isinstance(before, StaffCategory | Profile | Allowance):
        raise TypeError(f"rows of {before.TABLE} keep their codes")
    old, new = before.key[0], after.key[0]
    gone: list[Record] = [before]
    come: list[Record] = [after]
    for row in county.records() if not isinstance(before, Allowance) else ():
        other = _renamed_row(row, before, old, new)
        if other is not None:
            gone.append(row)
            come.append(other)
    without = [row for row in gone if row.key not in {one.key for one in come}]
    return county.changes_to(county.with_records(come, without=without))


def _renamed_row(row: Record, before: Record, old: str, new: str) -> Record | None:
    if isinstance(before, Profile):
        is_its = isinstance(row, Task) and row.profile == old
        return replace(row, profile=new) if is_its else None  # type: ignore[call-arg]
    if isinstance(row, Establishment | Staffing | WorkingTime) and row.category == old:
        return replace(row, category=new)
    if isinstance(row, Allowance) and row.scope == old:
        return replace(row, scope=new)
    if isinstance(row, PolicyValue) and _policy_names(row)[1] == old:
        return replace(row, name=row.name.removesuffix(old) + new)
    return None
