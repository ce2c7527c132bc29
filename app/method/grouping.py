"""Grouping: the rows of a table by a code they carry, remembered as long as the table lives on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from app.model.county import Assignment, County, Key, Record

_R = TypeVar("_R", bound=Record)

_REMEMBERED_TABLES = 12
"""Five tables are grouped; two counties at a time are usual (before and after an edit)."""


class Identity:
    """A table as a cache key: the same object, not an equal one, because tables never change."""

    __slots__ = ("table",)

    def __init__(self, table: Mapping[Key, Any]) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and self.table is other.table


def rows_by(field_name: str, table: Mapping[Key, _R]) -> Mapping[str, tuple[_R, ...]]:
    """Return the rows of `table` by the text in one of their fields, in row order.

    A table of a County is never altered in place, so its grouping is kept: assessing one unit
    again reads that unit's rows only, unless the whole table is new.
    """
    return _rows_by(field_name, Identity(table))


def assignments_by_task(county: County) -> Mapping[tuple[str, str], tuple[Assignment, ...]]:
    """Return the assignments of every unit's task, by unit and task code."""
    return _assignments_by_task(Identity(county.assignments))


@lru_cache(maxsize=2)
def _assignments_by_task(
    assignments: Identity,
) -> Mapping[tuple[str, str], tuple[Assignment, ...]]:
    groups: dict[tuple[str, str], list[Assignment]] = {}
    for row in assignments.table.values():
        groups.setdefault((row.unit_code, row.task_code), []).append(row)
    return {key: tuple(rows) for key, rows in groups.items()}


@lru_cache(maxsize=_REMEMBERED_TABLES)
def _rows_by(field_name: str, identity: Identity) -> Mapping[str, tuple[Any, ...]]:
    code_of = attrgetter(field_name)
    groups: dict[str, list[Any]] = {}
    for row in identity.table.values():
        groups.setdefault(code_of(row), []).append(row)
    return {code: tuple(rows) for code, rows in groups.items()}
