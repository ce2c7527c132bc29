"""Upgrading: files of every version open, and an upgrade happens wholly or not at all."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.errors import UnreadableFile
from app.language import LANGUAGES, current_language, use_language
from app.model.reasons import because, omissions
from app.model.vocabulary import Role
from app.store.file import PlanFile
from app.store.records import database
from app.store.records.database import check_header, current_version
from app.store.records.tables import CONTENT
from app.store.records.upgrades import UPGRADES
from tests.store.steps import reopened, set_share, variant

SAMPLES = Path(__file__).parent / "versions"
NOW = current_version()
LATER = NOW + 1
"""The version a program with one more upgrade step would write."""


def test_there_is_a_sample_of_every_version() -> None:
    names = sorted(path.name for path in SAMPLES.iterdir())
    assert names == [f"{number}.hengbian.gz" for number in range(1, current_version() + 1)]


@pytest.mark.parametrize("number", range(1, current_version() + 1))
def test_sample_of_a_version_opens_and_is_sound(number: int, document: Path) -> None:
    document.write_bytes(gzip.decompress((SAMPLES / f"{number}.hengbian.gz").read_bytes()))
    assert check_header(document) == number
    with closing(PlanFile.open(document)) as plan_file:
        assert plan_file.verify() == ()
        county = plan_file.county
        assert county.assignments[("U1", "T1", "P1")].role is Role.LEAD
        assert all(getattr(county, name) for name in vars(county))
        assert plan_file.plan(plan_file.plan_ids()[0]).measures[0].hours == 216.0
        kinds = [step.kind for step in plan_file.steps()]
        assert kinds[:5] == ["do", "do", "do", "undo", "redo"]
        assert [item.name for item in plan_file.scenarios.all()] == ["督查减半"] * (number > 1)
        plan_file.scenarios.keep("情景", variant("减员"))
        assert plan_file.scenarios.named("减员") == variant("减员")
        while plan_file.county == county:
            plan_file.undo()
        assert plan_file.verify() == ()
        plan_file.save()
        assert plan_file.county != county
        assert reopened(document) == plan_file.county
    assert check_header(document) == current_version()


def test_reasons_kept_in_a_language_are_told_as_they_were_kept(document: Path) -> None:
    document.write_bytes(gzip.decompress((SAMPLES / "3.hengbian.gz").read_bytes()))
    with closing(PlanFile.open(document)) as plan_file:
        (measure,) = plan_file.plan(plan_file.plan_ids()[0]).measures
        assert measure.reason is None
        assert because(measure, plan_file.county) == "超负荷"


def test_reasons_of_today_are_kept_in_no_language(document: Path) -> None:
    document.write_bytes(gzip.decompress((SAMPLES / "4.hengbian.gz").read_bytes()))
    with closing(PlanFile.open(document)) as plan_file:
        plan = plan_file.plan(plan_file.plan_ids()[-1])
        measure = plan.measures[-1]
        assert measure.task_codes == ("T1", "T2")
        told = {language: because(measure, plan_file.county) for language in speaking()}
        assert told["en"].startswith("Nobody is on P1岗; 2 posts take its work on")
        assert told["zh_CN"].startswith("“P1岗”无人在岗；其工作由 2 个岗位承接")
        left_out = {language: omissions(plan).splitlines()[0] for language in speaking()}
        assert left_out["en"].startswith("All measures together bring 90%")
        assert "90%" in left_out["zh_CN"]
        assert len(set(left_out.values())) == 2


def speaking() -> Iterator[str]:
    """Yield each language while it is spoken."""
    before = current_language()
    for language in LANGUAGES:
        use_language(language)
        yield language
    use_language(before)


def schema(document: Path) -> dict[str, str]:
    with closing(sqlite3.connect(document)) as raw:
        found = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: " ".join(sql.split()) for name, sql in found}


@pytest.mark.parametrize("number", range(1, current_version()))
def test_an_upgraded_file_is_built_like_a_new_one(
    number: int, plan_file: PlanFile, document: Path, tmp_path: Path
) -> None:
    upgraded = tmp_path / "upgraded.hengbian"
    upgraded.write_bytes(gzip.decompress((SAMPLES / f"{number}.hengbian.gz").read_bytes()))
    with closing(PlanFile.open(upgraded)) as old:
        old.save()
    assert schema(upgraded) == schema(document)


def add_index(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE INDEX later ON posts (unit_code)")


def break_off(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM assignments")
    connection.exec_driver_sql("CREATE INDEX later ON no_such_table (unit_code)")


def test_opening_upgrades_and_saving_keeps_the_old_version(
    plan_file: PlanFile, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_file.close()
    old = document.read_bytes()
    monkeypatch.setattr(database, "UPGRADES", (*UPGRADES, add_index))
    with closing(PlanFile.open(document)) as upgraded:
        assert document.read_bytes() == old
        assert upgraded.verify() == ()
        upgraded.save()
        upgraded.save()
    assert check_header(document) == LATER
    assert document.with_name(document.name + f".version{NOW}.bak").read_bytes() == old
    with closing(sqlite3.connect(document)) as raw:
        assert raw.execute("SELECT tbl_name FROM sqlite_master WHERE name = 'later'").fetchall()


def test_steps_left_by_a_crash_of_the_older_program_are_recovered(
    plan_file: PlanFile, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_share(plan_file, 0.5)
    plan_file.close(keep_unsaved=True)
    monkeypatch.setattr(database, "UPGRADES", (*UPGRADES, add_index))
    with closing(PlanFile.open(document)) as upgraded:
        assert upgraded.was_recovered
        assert upgraded.county.assignments[("U1", "T1", "P1")].share == 0.5
        upgraded.save()
    assert check_header(document) == LATER


def test_failed_upgrade_changes_nothing(
    plan_file: PlanFile, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_share(plan_file, 0.5)
    plan_file.close(keep_unsaved=True)
    old = document.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(database, "UPGRADES", (*UPGRADES, add_index, break_off))
        with pytest.raises(UnreadableFile):
            PlanFile.open(document)
    assert document.read_bytes() == old
    with closing(PlanFile.open(document)) as again:
        assert again.was_recovered
        assert again.verify() == ()


def test_references_hold_in_every_content_table(plan_file: PlanFile, document: Path) -> None:
    plan_file.close()
    with closing(sqlite3.connect(document)) as raw:
        strict = {row[1] for row in raw.execute("PRAGMA table_list") if row[5] == 1}
        assert set(CONTENT) <= strict
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        assert raw.execute("PRAGMA application_id").fetchone() == (database.APPLICATION_ID,)
