"""Decisions: what the user decided about measures, as rows of their table, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Engine, select

from app.errors import BlockedByData
from app.language import _
from app.model.plan import Decision, Measure
from app.model.vocabulary import Table, Verdict
from app.store.records.history import RowChange, Step, TakeStep, read_changes
from app.store.records.plans import read_measures
from app.store.records.tables import CONTENT, DECISION

_NAME = "decisions"
_TABLE = CONTENT[_NAME]
_MOMENT = len("2026-01-01T00:00:00.000000")
"""So many characters of a time are the same however it names its zone."""


class Decisions:
    """The decisions of a plan file on measures; each change of them is one step of its history."""

    def __init__(
        self, engine: Engine, take_step: TakeStep, in_force: Callable[[], Sequence[Step]]
    ) -> None:
        """Use a plan file's database, its way to take a step, and its steps not taken back."""
        self._engine = engine
        self._take_step = take_step
        self._in_force = in_force

    def all(self) -> tuple[Decision, ...]:
        """Return every decision, in the order in which they were taken."""
        with self._engine.connect() as connection:
            return tuple(decision for _position, decision in _read(connection))

    def decided(self) -> tuple[tuple[Measure, Verdict], ...]:
        """Return every measure that was decided about, as its plan said it, and the verdict."""
        with self._engine.connect() as connection:
            decisions = [decision for _position, decision in _read(connection)]
            plan_ids = {decision.plan_id for decision in decisions}
            measures = {
                (plan_id, measure.identity): measure
                for plan_id in plan_ids
                for measure in read_measures(connection, plan_id)
            }
        return tuple(
            (measures[decision.plan_id, decision.measure], decision.verdict)
            for decision in decisions
        )

    def carried_out(self, since: str) -> frozenset[str]:
        """Return the identities of the measures that were carried out after a moment, in UTC.

        The history says it: a step in force that ends decisions and changes inputs carried them
        out.
        """
        steps = [
            step
            for step in self._in_force()
            if {Table.PLANS} < step.tables and step.time[:_MOMENT] >= since[:_MOMENT]
        ]
        with self._engine.connect() as connection:
            rows = [row for step in steps for row in read_changes(connection, step.number)]
        return frozenset(
            DECISION.to_item(row.before).measure
            for row in rows
            if row.table == _NAME and row.before is not None and row.after is None
        )

    def change(self, label: str, decisions: Mapping[str, Decision | None]) -> Step:
        """Store decisions by the identity of their measure as one step; None takes one back.

        Raises:
            BlockedByData: nothing would change, or a decision names a plan that is not kept.
            ReadOnlyPlan: the plan file is open for reading only.
        """
        rows = self.row_changes(decisions)
        if not rows:
            raise BlockedByData(_("This changes nothing."))
        return self._take_step(label, rows)

    def row_changes(self, decisions: Mapping[str, Decision | None]) -> list[RowChange]:
        """Return what `change` would store, to be part of a larger step."""
        with self._engine.connect() as connection:
            return list(_differences(connection, decisions))


def _read(connection: Connection) -> Iterator[tuple[int, Decision]]:
    for row in connection.execute(select(_TABLE).order_by(_TABLE.c.position)):
        position, *cells = row
        yield position, DECISION.to_item(tuple(cells))


def _differences(
    connection: Connection, decisions: Mapping[str, Decision | None]
) -> Iterator[RowChange]:
    stored = {decision.measure: (position, decision) for position, decision in _read(connection)}
    last = max((position for position, _decision in stored.values()), default=0)
    for measure, after in decisions.items():
        row = DECISION.to_row(after) if after is not None else None
        if measure in stored:
            position, before = stored[measure]
            if before != after:
                yield RowChange(_NAME, position, DECISION.to_row(before), row)
        elif row is not None:
            last += 1
            yield RowChange(_NAME, last, None, row)
