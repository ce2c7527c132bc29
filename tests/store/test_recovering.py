"""Recovering: unsaved steps survive a crash, and are never mixed with what they do not follow."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import UserError
from app.store.file import PlanFile
from tests.builders import small_county
from tests.store.steps import added, set_share

Crash = Callable[[PlanFile], None]


@pytest.fixture
def crash(program_folder: Path) -> Crash:
    """Return a function that leaves behind what a killed process leaves, and closes the file."""

    def leave_behind(plan_file: PlanFile) -> None:
        working = program_folder / "working"
        (folder,) = [path for path in working.iterdir() if (path / "document.txt").exists()]
        copy = working / f"{folder.name}-left"
        shutil.copytree(folder, copy)
        plan_file.close()

    return leave_behind


def working_folders(program_folder: Path) -> list[Path]:
    return list((program_folder / "working").iterdir())


def share_of(plan_file: PlanFile) -> float:
    return plan_file.county.assignments[("U1", "T1", "P1")].share


def test_unsaved_steps_survive_a_crash(plan_file: PlanFile, document: Path, crash: Crash) -> None:
    set_share(plan_file, 0.5)
    crash(plan_file)
    with closing(PlanFile.open(document)) as recovered:
        assert (recovered.was_recovered, recovered.is_modified) == (True, True)
        assert share_of(recovered) == 0.5
        assert recovered.undo_label == "份额 0.5"
        recovered.save()
        assert not recovered.is_modified
    with closing(PlanFile.open(document)) as later:
        assert (later.was_recovered, share_of(later)) == (False, 0.5)


def test_steps_taken_after_a_recovery_survive_the_next_crash(
    plan_file: PlanFile, document: Path, crash: Crash
) -> None:
    set_share(plan_file, 0.5)
    crash(plan_file)
    recovered = PlanFile.open(document)
    set_share(recovered, 0.25)
    recovered.close(keep_unsaved=True)
    with closing(PlanFile.open(document)) as again:
        assert (again.was_recovered, share_of(again)) == (True, 0.25)


def test_closing_drops_what_was_not_saved(
    plan_file: PlanFile, document: Path, program_folder: Path
) -> None:
    set_share(plan_file, 0.5)
    plan_file.close()
    assert working_folders(program_folder) == []
    with closing(PlanFile.open(document)) as again:
        assert (again.was_recovered, share_of(again)) == (False, 1.0)


def test_recovered_steps_are_dropped_only_by_a_decision(
    plan_file: PlanFile, document: Path, crash: Crash
) -> None:
    set_share(plan_file, 0.5)
    crash(plan_file)
    PlanFile.open(document).close()
    again = PlanFile.open(document)
    assert share_of(again) == 0.5
    again.close(keep_unsaved=False)
    with closing(PlanFile.open(document)) as dropped:
        assert (dropped.was_recovered, share_of(dropped)) == (False, 1.0)


def test_steps_after_saving_recovered_ones_are_dropped_as_usual(
    plan_file: PlanFile, document: Path, crash: Crash
) -> None:
    set_share(plan_file, 0.5)
    crash(plan_file)
    recovered = PlanFile.open(document)
    recovered.save()
    set_share(recovered, 0.25)
    recovered.close()
    with closing(PlanFile.open(document)) as again:
        assert (again.was_recovered, share_of(again)) == (False, 0.5)


def test_crash_with_everything_saved_leaves_nothing_to_recover(
    plan_file: PlanFile, document: Path, crash: Crash, program_folder: Path
) -> None:
    set_share(plan_file, 0.5)
    plan_file.save()
    crash(plan_file)
    with closing(PlanFile.open(document)) as again:
        assert (again.was_recovered, again.is_modified, share_of(again)) == (False, False, 0.5)
        assert len(working_folders(program_folder)) == 1


def test_steps_that_the_document_has_already_are_no_loss(
    plan_file: PlanFile, document: Path, crash: Crash
) -> None:
    set_share(plan_file, 0.5)
    crash(plan_file)
    (behind,) = left_folders()
    with closing(PlanFile.open(document)) as recovered:
        shutil.copytree(behind, behind.with_name("again"))
        set_share(recovered, 0.25)
        recovered.save()
    with closing(PlanFile.open(document)) as later:
        assert (later.was_recovered, later.set_aside, share_of(later)) == (False, (), 0.25)


def left_folders() -> list[Path]:
    return sorted(Path(os.environ["HENGBIAN_HOME"], "working").glob("*-left"))


def test_document_changed_meanwhile_wins_and_the_orphan_is_kept_aside(
    plan_file: PlanFile, document: Path, crash: Crash, program_folder: Path
) -> None:
    before = document.read_bytes()
    set_share(plan_file, 0.5)
    crash(plan_file)
    left = left_folders()[0]
    hidden = left.rename(program_folder / "hidden")
    with closing(PlanFile.open(document)) as elsewhere:
        set_share(elsewhere, 0.75)
        elsewhere.save()
    assert document.read_bytes() != before
    hidden.rename(left)
    with closing(PlanFile.open(document)) as opened:
        assert (opened.was_recovered, opened.is_modified, share_of(opened)) == (False, False, 0.75)
        (orphan,) = opened.set_aside
    assert orphan.parent == program_folder / "recovered"
    assert orphan.name.startswith(document.stem) and orphan.suffix == document.suffix
    with closing(PlanFile.open(orphan)) as kept:
        assert (share_of(kept), kept.verify()) == (0.5, ())
    with closing(PlanFile.open(document)) as later:
        assert later.set_aside == ()


def test_another_plan_of_the_same_name_is_not_mixed_up(
    plan_file: PlanFile, document: Path, crash: Crash
) -> None:
    set_share(plan_file, 0.5)
    crash(plan_file)
    document.unlink()
    with closing(PlanFile.create(document)) as other:
        other.apply("另一个", added(small_county().records()))
        other.save()
    with closing(PlanFile.open(document)) as opened:
        assert (opened.was_recovered, share_of(opened)) == (False, 1.0)
        assert len(opened.set_aside) == 1


def test_damaged_working_copy_is_kept_for_people(
    plan_file: PlanFile, document: Path, crash: Crash, program_folder: Path
) -> None:
    set_share(plan_file, 0.5)
    crash(plan_file)
    left = left_folders()[0]
    (left / "plan.db").write_bytes(b"x" * 5000)
    for side in left.glob("plan.db-*"):
        side.unlink()
    with closing(PlanFile.open(document)) as opened:
        assert (opened.was_recovered, share_of(opened)) == (False, 1.0)
        assert opened.set_aside == (program_folder / "recovered" / left.name,)
    assert (program_folder / "recovered" / left.name / "plan.db").read_bytes() == b"x" * 5000


def test_torn_working_copy_does_not_close_the_document(
    plan_file: PlanFile, document: Path, crash: Crash
) -> None:
    set_share(plan_file, 0.5)
    crash(plan_file)
    database = left_folders()[0] / "plan.db"
    with closing(sqlite3.connect(database)) as whole:
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    database.write_bytes(content)
    with closing(PlanFile.open(document)) as opened:
        assert (opened.was_recovered, share_of(opened)) == (False, 1.0)
        assert len(opened.set_aside) == 1


def test_working_copy_without_a_database_is_nothing(
    plan_file: PlanFile, document: Path, crash: Crash
) -> None:
    crash(plan_file)
    left = left_folders()[0]
    for file in left.glob("plan.db*"):
        file.unlink()
    with closing(PlanFile.open(document)) as opened:
        assert (opened.was_recovered, opened.set_aside) == (False, ())
    assert not left.exists()


def test_untitled_plan_is_found_after_a_crash(document: Path, crash: Crash) -> None:
    assert PlanFile.lost() == ()
    untitled = PlanFile.create(None)
    untitled.apply("导入", added(small_county().records()))
    assert PlanFile.lost() == ()
    crash(untitled)
    (found,) = PlanFile.lost()
    folder = found.folder
    assert (found.document, found.steps, found.label) == ("", 1, "导入")
    with closing(PlanFile.recover(folder)) as recovered:
        assert (recovered.path, recovered.was_recovered, recovered.is_modified) == (
            None,
            True,
            True,
        )
        assert recovered.county == small_county()
        assert PlanFile.lost() == ()
        with pytest.raises(UserError, match="works on"):
            PlanFile.recover(folder)
        recovered.save_as(document)
    assert PlanFile.lost() == ()


def test_untitled_plan_without_a_step_is_no_loss(crash: Crash) -> None:
    crash(PlanFile.create(None))
    assert PlanFile.lost() == ()


def test_steps_of_a_document_that_is_gone_are_found(
    plan_file: PlanFile, document: Path, crash: Crash
) -> None:
    set_share(plan_file, 0.5)
    crash(plan_file)
    document.unlink()
    (found,) = PlanFile.lost()
    assert found.document == str(document)
    with closing(PlanFile.recover(found.folder)) as recovered:
        assert (recovered.path, share_of(recovered)) == (None, 0.5)


def test_failed_opening_leaves_nothing_behind(
    plan_file: PlanFile, document: Path, program_folder: Path
) -> None:
    plan_file.close()
    content = bytearray(document.read_bytes())
    content[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    document.write_bytes(content)
    with pytest.raises(UserError, match="is damaged"):
        PlanFile.open(document)
    assert working_folders(program_folder) == []


def test_leavings_of_killed_openings_are_swept_after_a_day(
    plan_file: PlanFile, document: Path, program_folder: Path
) -> None:
    plan_file.close()
    yesterday = time.time() - 90_000
    for name in ("old", "young", "old-with-steps"):
        folder = program_folder / "working" / name
        folder.mkdir()
        (folder / "plan.db").write_bytes(b"")
    (folder / "document.txt").write_text("/somewhere")
    for name in ("old", "old-with-steps"):
        os.utime(program_folder / "working" / name, (yesterday, yesterday))
    PlanFile.open(document).close()
    assert sorted(path.name for path in working_folders(program_folder)) == [
        "old-with-steps",
        "young",
    ]
