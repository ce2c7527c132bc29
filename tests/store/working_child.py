"""The process that the tests kill: it opens a plan file and works on it without end."""

from __future__ import annotations

import random
import signal
from dataclasses import replace
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from app.model.county import Change
from app.store.file import PlanFile
from tests.builders import policy
from tests.store.steps import kept_plan, set_share

IMPORTED_ROWS = 300


def work(pipe: Connection, number: int, document: Path) -> None:
    """Edit, import, keep plans, undo, redo and save; report each when it is done."""
    plan_file = PlanFile.open(document)
    assert not plan_file.is_read_only, plan_file.lock_owner
    dice = random.Random(number)
    for turn in count():
        act = dice.choice(("edit", "edit", "import", "plan", "undo", "redo", "save", "save"))
        if act == "edit":
            share = (number * 37 + turn) % 1000 / 1000
            if plan_file.county.assignments[("U1", "T1", "P1")].share != share:
                set_share(plan_file, share)
        elif act == "import":
            plan_file.apply("导入", imported(plan_file, f"{number}.{turn}"))
        elif act == "plan":
            plan_file.plans.keep("保存方案", kept_plan(f"{number:06}.{turn:06}"))
        elif act == "undo" and len(plan_file.steps()) > 1 and plan_file.undo_label != "开始":
            plan_file.undo()
        elif act == "redo" and plan_file.redo_label is not None:
            plan_file.redo()
        elif act == "save":
            plan_file.save()
            pipe.send(("saved", len(plan_file.steps())))
        pipe.send(("taken", len(plan_file.steps())))


def imported(plan_file: PlanFile, value: str) -> list[Change]:
    """Return changes of many rows, so that a step takes a while."""
    rows = (policy(f"pool.{row}", value) for row in range(IMPORTED_ROWS))
    present = plan_file.county.policy
    return [
        Change(
            before=present.get(row.key),
            after=replace(present[row.key], value=value) if row.key in present else row,
        )
        for row in rows
    ]


def hold(pipe: Connection, _number: int, document: Path) -> None:
    """Open a plan file, take one step and wait to be killed."""
    plan_file = PlanFile.open(document)
    set_share(plan_file, 0.125)
    pipe.send(("holds", plan_file.lock_owner))
    signal.pause()
