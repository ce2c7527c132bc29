"""Plans: a kept plan as rows of its tables, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, func, select

from app.model.plan import Measure, MeasurePart, Plan, PlanPost
from app.model.vocabulary import Lever, Outcome
from app.store.records.history import RowChange
from app.store.records.rows import StoredRow, finite
from app.store.records.tables import (
    CONTENT,
    EFFECT,
    GOAL,
    MEASURE,
    PART,
    POST,
    REASON,
    REMARK,
    RUNG,
    TASK,
)

_PLANS = CONTENT["plans"]


def added_rows(connection: Connection, plan: Plan) -> list[RowChange]:
    """Return the rows that keep `plan`, each after all others of its table."""
    changes: list[RowChange] = []
    for name, rows in _rows(plan):
        column = CONTENT[name].c.position
        last = connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()
        changes += [
            RowChange(name, last + number, None, row) for number, row in enumerate(rows, start=1)
        ]
    return changes


def _rows(plan: Plan) -> Iterator[tuple[str, list[StoredRow]]]:
    levers = ",".join(lever.value for lever in Lever if lever in plan.levers)
    conflicts = "\n".join(plan.conflicts)
    yield (
        "plans",
        [
            (
                plan.plan_id,
                plan.outcome.value,
                int(plan.is_verified),
                finite(plan.gap),
                levers,
                conflicts,
                plan.omissions,
            )
        ],
    )
    own: dict[str, Iterable[StoredRow]] = {
        "plan_goals": map(GOAL.to_row, plan.goals),
        "plan_rungs": map(RUNG.to_row, plan.rungs),
        "plan_posts": map(POST.to_row, plan.posts),
        "plan_people": (row for post in plan.posts for row in _people(post)),
        "plan_tasks": map(TASK.to_row, plan.tasks),
        "plan_hours": ((*key, finite(hours)) for key, hours in plan.hours.items()),
        "plan_seconds": ((stage, finite(took)) for stage, took in plan.seconds.items()),
        "plan_remarks": map(REMARK.to_row, plan.remarks),
        "measures": map(MEASURE.to_row, plan.measures),
        "measure_effects": map(EFFECT.to_row, plan.measures),
        "measure_parts": (
            (measure.rank, number, *PART.to_row(part))
            for measure in plan.measures
            for number, part in enumerate(measure.parts, start=1)
        ),
        "measure_tasks": (
            (measure.rank, number, part.task_code)
            for measure in plan.measures
            for number, part in enumerate(measure.parts, start=1)
            if part.task_code
        ),
        "measure_reasons": (
            (measure.rank, *REASON.to_row(measure.reason))
            for measure in plan.measures
            if measure.reason is not None
        ),
    }
    for name, rows in own.items():
        yield name, [(plan.plan_id, *row) for row in rows]


def _people(post: PlanPost) -> Iterator[StoredRow]:
    for category in {**post.people_before, **post.people_after}:
        people = (post.people_before.get(category), post.people_after.get(category))
        before, after = (None if number is None else finite(number) for number in people)
        yield post.post_code, category, before, after


def plan_ids(connection: Connection) -> tuple[str, ...]:
    """Return the kept plans, oldest first."""
    return tuple(connection.execute(select(_PLANS.c.plan_id).order_by(_PLANS.c.plan_id)).scalars())


def read_plan(connection: Connection, plan_id: str) -> Plan:
    """Return a kept plan.

    Raises:
        KeyError: no such plan is kept.
    """
    head = _read(connection, "plans", plan_id)
    if not head:
        raise KeyError(plan_id)
    outcome, is_verified, gap, levers, conflicts, omissions = head[0]
    return Plan(
        plan_id=plan_id,
        outcome=Outcome(outcome),
        is_verified=bool(is_verified),
        gap=gap,
        levers=frozenset(Lever(code) for code in levers.split(",") if code),
        goals=tuple(map(GOAL.to_item, _read(connection, "plan_goals", plan_id))),
        rungs=tuple(map(RUNG.to_item, _read(connection, "plan_rungs", plan_id))),
        posts=_posts(connection, plan_id),
        tasks=tuple(map(TASK.to_item, _read(connection, "plan_tasks", plan_id))),
        hours=MappingProxyType(
            {
                (unit, task, post): hours
                for unit, task, post, hours in _read(connection, "plan_hours", plan_id)
            }
        ),
        measures=read_measures(connection, plan_id),
        conflicts=tuple(conflicts.split("\n")) if conflicts else (),
        omissions=omissions,
        seconds=MappingProxyType(dict(_read(connection, "plan_seconds", plan_id))),
        remarks=tuple(map(REMARK.to_item, _read(connection, "plan_remarks", plan_id))),
    )


def _read(connection: Connection, name: str, plan_id: str) -> Sequence[tuple[Any, ...]]:
    """Return the rows of one plan in one table, without position and plan."""
    table = CONTENT[name]
    wanted = [column for column in table.columns if column.name not in {"position", "plan_id"}]
    found = select(*wanted).where(table.c.plan_id == plan_id).order_by(table.c.position)
    return [tuple(row) for row in connection.execute(found)]


def _posts(connection: Connection, plan_id: str) -> tuple[PlanPost, ...]:
    before: dict[str, dict[str, float]] = {}
    after: dict[str, dict[str, float]] = {}
    for post_code, category, people_before, people_after in _read(
        connection, "plan_people", plan_id
    ):
        if people_before is not None:
            before.setdefault(post_code, {})[category] = people_before
        if people_after is not None:
            after.setdefault(post_code, {})[category] = people_after
    return tuple(
        PlanPost(
            **dict(zip(POST.names, POST.values(row), strict=True)),
            people_before=MappingProxyType(before.get(row[0], {})),
            people_after=MappingProxyType(after.get(row[0], {})),
        )
        for row in _read(connection, "plan_posts", plan_id)
    )


def read_measures(connection: Connection, plan_id: str) -> tuple[Measure, ...]:
    """Return the measures of a kept plan, in their order."""
    effects = {row[0]: row for row in _read(connection, "measure_effects", plan_id)}
    tasks = {row[:2]: row[2] for row in _read(connection, "measure_tasks", plan_id)}
    reasons = {row[0]: row[1:] for row in _read(connection, "measure_reasons", plan_id)}
    parts: dict[int, list[MeasurePart]] = {}
    for rank, number, *cells in _read(connection, "measure_parts", plan_id):
        part = dict(zip(PART.names, PART.values(tuple(cells)), strict=True))
        part["task_code"] = tasks.get((rank, number), "")
        parts.setdefault(rank, []).append(MeasurePart(**part))
    measures = []
    for row in _read(connection, "measures", plan_id):
        known = dict(zip(MEASURE.names, MEASURE.values(row), strict=True))
        rank = known["rank"]
        if rank in effects:
            known |= dict(zip(EFFECT.names, EFFECT.values(effects[rank]), strict=True))
        reason = REASON.to_item(reasons[rank]) if rank in reasons else None
        measures.append(Measure(**known, parts=tuple(parts.get(rank, ())), reason=reason))
    return tuple(measures)
