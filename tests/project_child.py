"""The process that the tests kill while it uses a Project: imports, edits, plans and saves."""

from __future__ import annotations

import random
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import app.advising  # noqa: F401 - loaded before the first run, else every plan dies loading it
from app.project import Project

ACTS = (*["edit"] * 12, "import", "plan", "undo", *["save"] * 4)
"""What is done quickly is done often, so that kills meet all of it."""


def work(pipe: Connection, number: int, document: Path, workbooks: list[Path]) -> None:
    """Do what a user does, in another order every time; report the steps after each thing done."""
    project = Project.open(document)
    assert not project.is_read_only, project.lock_owner
    dice = random.Random(number)
    for _turn in count():
        act = dice.choice(ACTS)
        pipe.send(("begins", act))
        if act == "edit":
            project.set_hours("U1", "T1", "P1", float(dice.randrange(1, 2000)))
        elif act == "import":
            imported = project.read_import([dice.choice(workbooks)])
            project.apply_import(imported, "导入")
        elif act == "plan":
            project.keep_plan(project.compute_plan(time_limit=10))
        elif act == "undo" and len(project.history()) > 1 and project.undo_label != "开始":
            project.undo()
        elif act == "save":
            project.save()
        pipe.send(("taken", len(project.history())))
