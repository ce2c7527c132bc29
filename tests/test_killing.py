"""A program killed in the middle of an import, an edit, a plan or a save loses one step at most."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from app.project import Project
from app.workbooks.standard.exporting import write_standard
from tests.builders import assignment, small_county, volume
from tests.project_child import work
from tests.store.killing import killed_runs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")

KILLS = 100


def test_kill_at_any_moment_of_a_users_work(tmp_path: Path) -> None:
    document = tmp_path / "云岭.hengbian"
    workbooks = [tmp_path / "一.xlsx", tmp_path / "二.xlsx"]
    write_standard(small_county(), workbooks[0])
    write_standard(
        small_county(volume(task_code="T2", volume=700.0), assignment(share=0.5)), workbooks[1]
    )
    with closing(Project.new(document)) as project:
        project.apply_import(project.read_import(workbooks[:1]), "开始")
        project.save()
    taken = 1
    in_flight: Counter[str] = Counter()
    for reports in killed_runs(
        work, document, workbooks, times=KILLS, longest_delay_seconds=0.5, seed=7
    ):
        taken = max([taken, *(steps for what, steps in reports if what == "taken")])
        if reports and reports[-1][0] == "begins":
            in_flight[reports[-1][1]] += 1
        with closing(Project.open(document)) as recovered:
            assert recovered.verify_history() == ()
            assert taken <= len(recovered.history()) <= taken + 1
            assert recovered.figures.county.demand_hours > 0
            taken = len(recovered.history())
            recovered.save()
    assert set(in_flight) >= {"import", "plan", "save", "edit"}, in_flight
