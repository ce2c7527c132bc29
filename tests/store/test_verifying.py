"""Verifying: what other programs did to data or history is found and named."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import BlockedByData, UnreadableFile
from app.store.file import PlanFile
from app.store.records.database import APPLICATION_ID
from app.store.records.tables import CONTENT
from tests import builders
from tests.store.steps import added, kept_plan, set_share

Tamper = Callable[..., PlanFile]


@pytest.fixture(autouse=True)
def five_steps(plan_file: PlanFile) -> None:
    set_share(plan_file, 0.5)
    set_share(plan_file, 0.25)
    plan_file.undo()
    plan_file.plans.keep("保存方案", kept_plan())


def test_untouched_file_is_sound(tamper: Tamper) -> None:
    assert tamper().verify() == ()


DATA = {
    "changed": (
        "UPDATE assignments SET share = 0.9 WHERE post_code = 'P1'",
        "assignments, U1 · T1 · P1: the row was changed without a step.",
    ),
    "removed": (
        "DELETE FROM volumes WHERE task_code = 'T2'",
        "volumes, U1 · T2: the row was removed without a step.",
    ),
    "added": (
        "INSERT INTO policy VALUES (7, 'max_temporaries', '99')",
        "policy, max_temporaries: the row was added without a step.",
    ),
    "plan improved": (
        "UPDATE plan_goals SET value = -1",
        "plans, 2026-03-01T08:00:00.000001 · unassigned_hours: the row was changed without a step.",
    ),
    "order": (
        "UPDATE posts SET position = 50 WHERE post_code = 'P2'",
        "posts, P2: the row was removed without a step.",
    ),
}


@pytest.mark.parametrize("name", DATA)
def test_altered_data_is_named(tamper: Tamper, name: str) -> None:
    statement, sentence = DATA[name]
    assert sentence in tamper(statement).verify()


CHAIN = {
    "last step removed": (
        ["DELETE FROM steps WHERE number = 5"],
        "The history ends at step 4, but later steps had been taken.",
    ),
    "last two removed, which cancel out": (
        ["DELETE FROM steps WHERE number > 2"],
        "The history ends at step 2, but later steps had been taken.",
    ),
    "middle step removed": (
        ["DELETE FROM steps WHERE number = 2"],
        "Step 3 stands where step 2 should be.",
    ),
    "renumbered": (
        ["DELETE FROM steps WHERE number = 2"]
        + [f"UPDATE steps SET number = {n - 1} WHERE number = {n}" for n in (3, 4, 5)],
        "Step 2 does not follow on the step before it.",
    ),
    "exchanged": (
        [
            "UPDATE steps SET number = 9 WHERE number = 2",
            "UPDATE steps SET number = 2 WHERE number = 3",
            "UPDATE steps SET number = 3 WHERE number = 9",
        ],
        "Step 2 does not follow on the step before it.",
    ),
    "label": (["UPDATE steps SET label = 'x' WHERE number = 2"], "Step 2 was altered"),
    "who": (["UPDATE steps SET who = 'x' WHERE number = 3"], "Step 3 was altered"),
    "time": (
        ["UPDATE steps SET time = '2020-01-01T00:00:00+00:00' WHERE number = 1"],
        "Step 1 was altered",
    ),
    "kind": (["UPDATE steps SET kind = 'redo' WHERE number = 4"], "Step 4 was altered"),
    "target": (["UPDATE steps SET target = 2 WHERE number = 4"], "Step 4 was altered"),
    "count": (["UPDATE steps SET row_count = 2 WHERE number = 2"], "Step 2 was altered"),
    "digest": (["UPDATE steps SET digest = 'x' WHERE number = 2"], "Step 2 was altered"),
    "rows unreadable": (
        ["UPDATE steps SET changes = x'00' WHERE number = 2"],
        "The rows of step 2 cannot be read.",
    ),
    "identity": (["UPDATE about SET plan_file_id = 'x'"], "Step 1 does not follow"),
}


@pytest.mark.parametrize("name", CHAIN)
def test_broken_chain_is_named(tamper: Tamper, name: str) -> None:
    statements, sentence = CHAIN[name]
    assert any(fault.startswith(sentence) for fault in tamper(*statements).verify())


def test_file_without_identity_is_damaged(tamper: Tamper) -> None:
    with pytest.raises(UnreadableFile, match="is damaged"):
        tamper("DELETE FROM about")


def test_altered_rows_of_a_step_are_named(
    tamper: Tamper, plan_file: PlanFile, document: Path
) -> None:
    plan_file.save()
    with closing(sqlite3.connect(document)) as database:
        stored = database.execute("SELECT changes FROM steps WHERE number = 3").fetchone()[0]
    blocks = json.loads(zlib.decompress(stored))
    blocks[0][2][0][1][3] = 0.75
    forged = zlib.compress(json.dumps(blocks, ensure_ascii=False).encode())
    faults = tamper(f"UPDATE steps SET changes = x'{forged.hex()}' WHERE number = 3").verify()
    assert faults[0] == "Step 3 was altered after it was taken."
    assert faults[1] == (
        "assignments, U1 · T1 · P1 was not as step 3 says when that step was taken."
    )


def test_many_differences_are_counted(tamper: Tamper, plan_file: PlanFile) -> None:
    plan_file.apply("导入", added([builders.duty(f"X{n}") for n in range(30)]))
    faults = tamper("UPDATE duties SET name = 'x'").verify()
    assert len(faults) == 21
    assert faults[-1] == "duties: 11 more rows differ from the history."


def test_undo_refuses_rows_that_are_not_as_the_history_left_them(
    tamper: Tamper, document: Path
) -> None:
    tamper("DELETE FROM assignments WHERE post_code = 'P1'").close()
    with closing(PlanFile.open(document)) as altered:
        altered.undo()
        county = altered.county
        with pytest.raises(BlockedByData, match="assignments are not as the history left them"):
            altered.undo()
        assert altered.county is county
        assert altered.undo_label == "份额 0.5"


def test_file_with_a_gap_in_its_history_can_be_worked_on(tamper: Tamper, document: Path) -> None:
    tamper("DELETE FROM steps WHERE number = 2").close()
    with closing(PlanFile.open(document)) as altered:
        assert altered.undo_label == "保存方案"
        assert (altered.undo().target, altered.redo().target) == (5, 5)
        assert set_share(altered, 0.75).number == 8


def test_undo_of_a_step_that_cannot_be_read_is_refused(tamper: Tamper, document: Path) -> None:
    tamper("UPDATE steps SET changes = x'00' WHERE number = 5").close()
    with (
        closing(PlanFile.open(document)) as altered,
        pytest.raises(BlockedByData, match="rows of step 5 cannot be read"),
    ):
        altered.undo()


def test_references_hold_in_every_content_table(plan_file: PlanFile, document: Path) -> None:
    plan_file.close()
    with closing(sqlite3.connect(document)) as raw:
        strict = {row[1] for row in raw.execute("PRAGMA table_list") if row[5] == 1}
        assert set(CONTENT) <= strict
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
