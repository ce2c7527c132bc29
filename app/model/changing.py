"""Changing: what an edit does to the records, and which units have to be assessed again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import compress, islice
from operator import is_not

from app.errors import BlockedByData
from app.language import _
from app.model.county import (
    RECORD_TYPES,
    Allowance,
    Assignment,
    Change,
    County,
    Key,
    Post,
    Record,
    Staffing,
)
from app.model.figures import Figures
from app.model.vocabulary import Role, Table

MatrixCell = tuple[str, str, str]
"""Unit, task and post code: the key of an assignment, one cell of the matrix."""

_UNIT_TABLES = frozenset(
    {
        Table.ESTABLISHMENT,
        Table.POSTS,
        Table.STAFFING,
        Table.VOLUMES,
        Table.ASSIGNMENTS,
    }
)
"""Tables whose rows concern one unit; a change of any other concerns the whole county."""
_NOISE = 1e-9
"""The part by which shares that were added up may be above the whole."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What kind of thing changed, and in which units; no units means anywhere."""

    tables: frozenset[Table]
    unit_codes: frozenset[str]

    @classmethod
    def nothing(cls) -> Changed:
        """Return the result of a change that changed nothing."""
        return cls(tables=frozenset(), unit_codes=frozenset())


def affected_units(before: County, after: County) -> frozenset[str] | None:
    """Return the units that differ between two counties, None if that may be all of them."""
    units: set[str] = set()
    for table in (kind.TABLE for kind in RECORD_TYPES):
        if before.rows(table) is after.rows(table):
            continue
        if table not in _UNIT_TABLES:
            return None
        units.update(_unit_of(record, before, after) for record in _differing(before, after, table))
    return frozenset(units)


def hours_change(
    county: County, figures: Figures, cell: MatrixCell, hours: float | None
) -> tuple[str, Change | None]:
    """Return the words and the change that give a post `hours` of a task; None takes it off.

    Raises:
        BlockedByData: the task has no hours in this unit, or fewer than asked for.
    """
    _unit_code, task_code, post_code = cell
    task, post = county.tasks[(task_code,)], county.posts[(post_code,)]
    (change,) = block_changes(county, figures, {cell: hours}) or (None,)
    if hours is None:
        label = _("Take “{task}” off {post}").format(task=task.name, post=post.title)
        return label, change
    label = _("Set “{task}” at {post} to {hours:,.1f} h").format(
        task=task.name, post=post.title, hours=hours
    )
    return label, change


def block_changes(
    county: County, figures: Figures, cells: Mapping[MatrixCell, float | None]
) -> list[Change]:
    """Return the changes that give many posts hours of tasks at once; None takes a post off.

    Raises:
        BlockedByData: a task has no hours in its unit, or fewer than asked for.
    """
    shares = {
        cell: None if hours is None else _share(county, figures, cell, hours)
        for cell, hours in cells.items()
    }
    return share_changes(county, shares)


def share_changes(county: County, shares: Mapping[MatrixCell, float | None]) -> list[Change]:
    """Return the changes that give posts shares of tasks (1 is all); None takes a post off.

    The first post on a task leads it, later ones assist.

    Raises:
        BlockedByData: a share is below 0 or above 1.
    """
    led = _led_tasks(county, {cell[:2] for cell in shares})
    changes = []
    for cell, share in shares.items():
        change = _cell_change(county, cell, share, has_lead=cell[:2] in led)
        if change is not None:
            changes.append(change)
            if isinstance(change.after, Assignment) and change.after.role is Role.LEAD:
                led.add(cell[:2])
    return changes


def _cell_change(
    county: County, cell: MatrixCell, share: float | None, *, has_lead: bool
) -> Change | None:
    unit_code, task_code, post_code = cell
    before = county.assignments.get(cell)
    if share is None:
        return Change(before=before, after=None) if before is not None else None
    if not 0 <= share <= 1 + _NOISE:
        raise BlockedByData(
            _("A post cannot carry {share:.4g} % of “{task}”.").format(
                share=share * 100, task=county.tasks[(task_code,)].name
            ),
            remedy=_("Enter a share from 0 to 100 %."),
        )
    share = min(1.0, share)
    if before is not None:
        return Change(before=before, after=replace(before, share=share))
    role = Role.ASSIST if has_lead else Role.LEAD
    after = Assignment(unit_code, task_code, post_code, share=share, role=role)
    return Change(before=None, after=after)


def _share(county: County, figures: Figures, cell: MatrixCell, hours: float) -> float:
    figure = figures.tasks.get(cell[:2])
    task_name = county.tasks[(cell[1],)].name
    if figure is None or figure.hours <= 0:
        raise BlockedByData(
            _("“{task}” has no hours in this unit yet.").format(task=task_name),
            remedy=_("Enter its yearly volume and its time per piece first."),
        )
    if not 0 <= hours <= figure.hours * (1 + _NOISE):
        raise BlockedByData(
            _("“{task}” has {all:,.1f} h in this unit; {hours:,.1f} h cannot be set.").format(
                task=task_name, all=figure.hours, hours=hours
            ),
            remedy=_("Enter a number from 0 to that, or raise the volume first."),
        )
    return min(1.0, hours / figure.hours)


def template_changes(county: County) -> list[Change]:
    """Return the changes that make of an empty plan one like `county`, without its own units.

    What a county does and decides is taken over: categories, duties, tasks, working time,
    allowances, seasons and policy. What it has is not: units, posts, headcounts and assignments.
    """
    own = _UNIT_TABLES | {Table.UNITS}
    return [
        Change(before=None, after=row)
        for row in county.records()
        if row.TABLE not in own and not _names_a_place(row, county)
    ]


def _names_a_place(row: Record, county: County) -> bool:
    """Return whether a row speaks of a unit, an office or a post, such as a scoped allowance."""
    if not isinstance(row, Allowance):
        return False
    return row.scope != "" and (row.scope,) not in county.categories


def _led_tasks(county: County, tasks: Collection[tuple[str, str]]) -> set[tuple[str, ...]]:
    """Return those of the units' tasks, as unit and task code, that a post leads."""
    codes = {task_code for _unit_code, task_code in tasks}
    return {
        key[:2]
        for key, row in county.assignments.items()
        if key[1] in codes and key[:2] in tasks and row.role is Role.LEAD
    }


def _differing(before: County, after: County, table: Table) -> Iterator[Record]:
    old, new = before.rows(table), after.rows(table)
    for key in differing_keys(old, new):
        if key in new:
            yield new[key]
        if key in old:
            yield old[key]


def differing_keys(old: Mapping[Key, Record], new: Mapping[Key, Record]) -> list[Key]:
    """Return the keys whose row differs, is new or is gone.

    Rows keep their places, so that those which are the same row at the same place need no look-up.
    """
    is_moved = list(map(is_not, new.values(), old.values()))
    shorter = len(is_moved)
    later = [*compress(new, is_moved), *islice(new, shorter, None)]
    earlier = [*compress(old, is_moved), *islice(old, shorter, None)]
    return [key for key in later if old.get(key) is not new[key]] + [
        key for key in earlier if key not in new
    ]


def _unit_of(record: Record, before: County, after: County) -> str:
    if isinstance(record, Staffing):
        post: Post = after.posts.get((record.post_code,)) or before.posts[(record.post_code,)]
        return post.unit_code
    unit_code: str = record.unit_code  # type: ignore[attr-defined]
    return unit_code
