"""Plan files from elsewhere: only the program's tables are read, anything else is a sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import UnreadableFile, UserError
from app.store.document.repairing import repair
from app.store.file import PlanFile
from app.store.records import database
from app.store.records.schema import KNOWN_DIGEST, digest_of, expected_schema
from tests.store.steps import set_share

Tamper = Callable[..., PlanFile]

_LATER = "x'ff41ff'"
"""Bytes that are no UTF-8."""

EXTRAS = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON volumes BEGIN DELETE FROM tasks; END",
    "view": "CREATE VIEW v AS SELECT * FROM tasks",
    "table": "CREATE TABLE other (a)",
    "index": "CREATE INDEX i ON tasks (name)",
}
BROKEN = {
    "lost table": "DROP TABLE measure_reasons",
    "table with another column": "ALTER TABLE tasks ADD COLUMN more TEXT",
    "dangling reference": "UPDATE volumes SET task_code = 'T999' WHERE position = 1",
    "no UTF-8 in a table": f"UPDATE tasks SET name = CAST({_LATER} AS TEXT)",
    "no UTF-8 in the history": f"UPDATE steps SET label = CAST({_LATER} AS TEXT)",
    "time that is none": "UPDATE steps SET time = 'gestern'",
    "time without a zone": "UPDATE steps SET time = '2026-01-01T00:00:00'",
    "table that is none": "UPDATE steps SET tables = 'elsewhere'",
}


@pytest.mark.parametrize("name", EXTRAS)
def test_what_no_plan_file_has_is_refused_with_a_way_out(tamper: Tamper, name: str) -> None:
    with pytest.raises(UnreadableFile, match="that no plan file has") as caught:
        tamper(EXTRAS[name])
    assert "hengbian repair" in caught.value.remedy


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_a_sentence(tamper: Tamper, name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"damaged|not those of a plan file"):
        tamper("PRAGMA foreign_keys = OFF", BROKEN[name])


def test_a_wrong_type_smuggled_past_the_schema_is_a_sentence(tamper: Tamper) -> None:
    schema = "sql = replace(sql, ' STRICT', '')"
    with pytest.raises(UnreadableFile):
        tamper(
            "PRAGMA writable_schema = ON",
            f"UPDATE sqlite_schema SET {schema} WHERE name = 'tasks'",
        )


def test_no_utf8_in_what_is_read_later_is_a_sentence_too(tamper: Tamper) -> None:
    opened = tamper(f"INSERT INTO scenarios VALUES (1, CAST({_LATER} AS TEXT), '')")
    with closing(opened), pytest.raises(UserError, match="damaged"):
        opened.scenarios.all()


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.hengbian"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="not a plan file"):
        PlanFile.open(pipe)


def test_a_file_beyond_all_measure_is_not_copied(
    plan_file: PlanFile, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_file.close()
    monkeypatch.setattr(database, "MOST_BYTES", document.stat().st_size - 1)
    with pytest.raises(UnreadableFile, match="larger than any plan file"):
        PlanFile.open(document)


def test_statistics_of_sqlite_are_no_reason_to_refuse(tamper: Tamper) -> None:
    with closing(tamper("ANALYZE")) as opened:
        assert opened.verify() == ()


def test_the_known_schema_is_that_of_now(plan_file: PlanFile, document: Path) -> None:
    plan_file.close()
    with closing(sqlite3.connect(document)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        written = {name: sql.strip() for name, sql in rows}
    assert written == expected_schema()
    assert digest_of(written) == KNOWN_DIGEST, "app/store/records/schema.py: put it in there"


@pytest.mark.parametrize("name", EXTRAS)
def test_repairing_leaves_what_is_foreign_and_keeps_the_history(
    tamper: Tamper, document: Path, name: str
) -> None:
    with closing(PlanFile.open(document, read_only=True)) as before:
        county, steps = before.county, before.steps()
    with pytest.raises(UnreadableFile):
        tamper(EXTRAS[name])
    target = document.with_name("修复.hengbian")
    repair(document, target)
    with closing(PlanFile.open(target)) as after:
        assert (after.county, after.steps(), after.verify()) == (county, steps, ())
        assert set_share(after, 0.5).number == len(steps) + 1
    with pytest.raises(UserError, match="exists already"):
        repair(document, target)


@pytest.mark.parametrize("name", ["lost table", "dangling reference", "no UTF-8 in a table"])
def test_nothing_is_repaired_by_guessing(tamper: Tamper, document: Path, name: str) -> None:
    with pytest.raises(UnreadableFile):
        tamper("PRAGMA foreign_keys = OFF", BROKEN[name])
    target = document.with_name("修复.hengbian")
    with pytest.raises(UnreadableFile, match="cannot be repaired"):
        repair(document, target)
    assert not target.exists()


def test_a_view_in_the_place_of_a_table_is_not_read(tamper: Tamper, document: Path) -> None:
    with pytest.raises(UnreadableFile, match="not those of a plan file"):
        tamper(
            "PRAGMA foreign_keys = OFF",
            "DROP TABLE scenarios",
            "CREATE VIEW scenarios AS SELECT 1 AS position, 'a' AS scenario, '' AS note",
        )
    with pytest.raises(UnreadableFile, match="cannot be repaired"):
        repair(document, document.with_name("修复.hengbian"))
