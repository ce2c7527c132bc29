"""Applying: what measures that are carried out change in the county's records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from app.errors import BlockedByData
from app.language import _
from app.method.policy import policy_of
from app.method.workload import hours_of
from app.model.county import (
    Assignment,
    Change,
    County,
    Establishment,
    PolicyValue,
    Record,
    Staffing,
)
from app.model.plan import Measure, MeasurePart
from app.model.vocabulary import MeasureKind, Role

_ROUNDING = 1e-6
"""More than this below 0 is not there; less was rounded when it was stored."""
_DUST = 1e-9
"""Shares and people below this are arithmetic, not work."""

_TaskOfUnit: TypeAlias = tuple[str, str]
"""Unit and task code."""


def changes_of(county: County, measures: Iterable[Measure]) -> list[Change]:
    """Return the changes that carry out `measures`, one after the other.

    Hours that change hands change shares. A cut lowers the year's volume of the task, and the
    shares of what is left are such that every other post keeps its hours. People change posts,
    and with a transfer or a draw from the pool the authorised headcount goes along.

    Raises:
        BlockedByData: a measure is more than there is (any more), or says nothing of its parts.
    """
    return county.changes_to(carry_out(county, measures))


def carry_out(county: County, measures: Iterable[Measure]) -> County:
    """Return the county once `measures` are carried out, one after the other.

    Raises:
        BlockedByData: a measure is more than there is (any more), or says nothing of its parts.
    """
    for measure in measures:
        county = county.with_changes(_changes(county, measure))
    return county


def _changes(county: County, measure: Measure) -> list[Change]:
    records: list[Record] = []
    if measure.kind in {MeasureKind.REASSIGN, MeasureKind.CUT}:
        change_task = _handed_on if measure.kind is MeasureKind.REASSIGN else _cut
        for (unit_code, task_code), parts in _parts_by_task(measure).items():
            records += change_task(county, measure, (unit_code, task_code), parts)
    else:
        records += _staffing(county, measure)
        records += _establishment(county, measure)
        records += _pool(county, measure)
    return [_change(county, record) for record in records]


def _change(county: County, record: Record) -> Change:
    """Return the change to `record`; an assignment of nothing is removed."""
    before = county.rows(record.TABLE).get(record.key)
    is_nothing = isinstance(record, Assignment) and record.share <= _DUST
    if is_nothing and before is not None:
        return Change(before=before, after=None)
    return Change(before=before, after=record)


def _parts_by_task(measure: Measure) -> dict[_TaskOfUnit, list[MeasurePart]]:
    if not measure.parts:
        raise BlockedByData(
            _("Measure {rank} is of an older plan that does not say its parts.").format(
                rank=measure.rank
            ),
            remedy=_("Compute the plan anew."),
        )
    parts: dict[_TaskOfUnit, list[MeasurePart]] = defaultdict(list)
    for part in measure.parts:
        parts[part.unit_code, measure.task_of(part)].append(part)
    return parts


def _handed_on(
    county: County, measure: Measure, place: _TaskOfUnit, parts: Sequence[MeasurePart]
) -> Iterator[Assignment]:
    hours = _task_hours(county, measure, place)
    rows = _assignments(county, place)
    for part in parts:
        share = part.hours / hours
        if part.post_code:
            giver = _giver(rows, measure, part)
            rows[part.post_code] = replace(giver, share=_least_zero(giver.share - share, measure))
        if part.to_post_code:
            taker = rows.get(part.to_post_code) or Assignment(
                *place, part.to_post_code, share=0.0, role=Role.ASSIST
            )
            rows[part.to_post_code] = replace(taker, share=min(1.0, taker.share + share))
    yield from _with_lead(rows, county).values()


def _with_lead(rows: dict[str, Assignment], county: County) -> dict[str, Assignment]:
    """Return the assignments of a task with a lead among those that carry it.

    Where the lead hands everything on, or nobody was on the task, the post with the largest share
    leads; a task that had no lead though posts were on it keeps none.
    """
    carrying = [row for row in rows.values() if row.share > _DUST]
    stored = [row for row in rows.values() if row.key in county.assignments]
    had_lead = any(row.role is Role.LEAD for row in stored) or not stored
    if not carrying or not had_lead or any(row.role is Role.LEAD for row in carrying):
        return rows
    first = max(carrying, key=lambda row: row.share)
    return {**rows, first.post_code: replace(first, role=Role.LEAD)}


def _cut(
    county: County, measure: Measure, place: _TaskOfUnit, parts: Sequence[MeasurePart]
) -> Iterator[Record]:
    hours = _task_hours(county, measure, place)
    left = hours - sum(part.hours for part in parts)
    if left < -_DUST * hours:
        raise _does_not_fit(measure)
    volume = county.volumes[place]
    if left <= _DUST * hours:
        yield replace(volume, volume=0.0)
        return
    yield replace(volume, volume=volume.volume * left / hours)
    rows = _assignments(county, place)
    carried = {post_code: row.share * hours for post_code, row in rows.items()}
    for part in parts:
        if part.post_code:
            _giver(rows, measure, part)
            carried[part.post_code] -= part.hours
    for post_code, row in rows.items():
        share = _least_zero(carried[post_code] / left, measure)
        rows[post_code] = replace(row, share=min(1.0, share))
    yield from _with_lead(rows, county).values()


def _task_hours(county: County, measure: Measure, place: _TaskOfUnit) -> float:
    volume = county.volumes.get(place)
    if volume is None:
        raise _does_not_fit(measure)
    unit, task = county.units[place[:1]], county.tasks[place[1:]]
    hours = hours_of(task, volume=volume, unit=unit)
    if hours <= 0:
        raise _does_not_fit(measure)
    return hours


def _assignments(county: County, place: _TaskOfUnit) -> dict[str, Assignment]:
    return {
        row.post_code: row
        for row in county.assignments.values()
        if (row.unit_code, row.task_code) == place
    }


def _giver(rows: dict[str, Assignment], measure: Measure, part: MeasurePart) -> Assignment:
    if part.post_code not in rows:
        raise _does_not_fit(measure)
    return rows[part.post_code]


def _least_zero(amount: float, measure: Measure) -> float:
    if amount < -_ROUNDING:
        raise _does_not_fit(measure)
    return 0.0 if amount <= _DUST else amount


def _does_not_fit(measure: Measure) -> BlockedByData:
    return BlockedByData(
        _("Measure {rank} no longer fits: what it takes away is not there any more.").format(
            rank=measure.rank
        ),
        remedy=_("Compute the plan anew; the inputs have changed since."),
    )


def _staffing(county: County, measure: Measure) -> Iterator[Staffing]:
    ends = ((measure.post_code, -measure.people), (measure.to_post_code, measure.people))
    for post_code, people in ends:
        if not post_code:
            continue
        row = county.staffing.get((post_code, measure.category))
        on_duty = row.on_duty if row is not None else 0.0
        yield Staffing(post_code, measure.category, on_duty=_least_zero(on_duty + people, measure))


def _establishment(county: County, measure: Measure) -> Iterator[Establishment]:
    """Yield the headcounts after a measure; a figure that is unknown stays unknown.

    A transfer takes its headcount along, with its person or vacant (method §7).
    """
    kind, people, giver = measure.kind, measure.people, measure.unit_code
    brings_headcount = kind in {MeasureKind.TRANSFER, MeasureKind.DRAW}
    if kind is MeasureKind.TRANSFER and (row := _headcount(county, giver, measure)) is not None:
        leaving = 0.0 if measure.is_vacancy else people
        yield replace(
            row, authorised=_more(row.authorised, -people), in_post=_more(row.in_post, -leaving)
        )
    row = _headcount(county, measure.to_unit_code, measure)
    if kind is MeasureKind.MOVE or row is None:
        return
    more = people if brings_headcount else 0.0
    yield replace(row, authorised=_more(row.authorised, more), in_post=_more(row.in_post, people))


def _headcount(county: County, unit_code: str, measure: Measure) -> Establishment | None:
    """Return the headcount of a unit, None where it is unknown.

    Where the sheet knows the category, a unit that has no row and nobody of it has none of it yet.
    """
    category = measure.category
    row = county.establishment.get((unit_code, category))
    if row is not None or not any(name == category for _unit, name in county.establishment):
        return row
    posts = (post for post in county.posts.values() if post.unit_code == unit_code)
    staffed = (county.staffing.get((post.post_code, category)) for post in posts)
    if any(entry is not None and entry.on_duty > 0 for entry in staffed):
        return None
    return Establishment(unit_code, category, authorised=0.0, in_post=0.0)


def _more(figure: float | None, people: float) -> float | None:
    return None if figure is None else max(0.0, figure + people)


def _pool(county: County, measure: Measure) -> Iterator[PolicyValue]:
    """Yield what is left of the county pool after a draw from it."""
    if measure.kind is not MeasureKind.DRAW:
        return
    left = max(0.0, policy_of(county).pool.get(measure.category, 0.0) - measure.people)
    yield PolicyValue(f"pool.{measure.category}", f"{left:.15g}")
