"""Kept plans: the plans of a plan file; keeping and removing each is one step of its history."""

from __future__ import annotations

from sqlalchemy import Engine

from app.model.plan import Plan
from app.store.records import plans
from app.store.records.history import Step, TakeStep


class KeptPlans:
    """The plans that a plan file keeps."""

    def __init__(self, engine: Engine, take_step: TakeStep) -> None:
        """Use a plan file's database and its way to take a step."""
        self._engine = engine
        self._take_step = take_step

    def ids(self) -> tuple[str, ...]:
        """Return the kept plans, oldest first."""
        with self._engine.connect() as connection:
            return plans.plan_ids(connection)

    def named(self, plan_id: str) -> Plan:
        """Return a kept plan.

        Raises:
            KeyError: no such plan is kept.
        """
        with self._engine.connect() as connection:
            return plans.read_plan(connection, plan_id)

    def keep(self, label: str, plan: Plan) -> Step:
        """Store a plan as one step.

        Raises:
            BlockedByData: it is kept already.
            ReadOnlyPlan: the plan file is open for reading only.
        """
        with self._engine.connect() as connection:
            rows = plans.added_rows(connection, plan)
        return self._take_step(label, rows)
