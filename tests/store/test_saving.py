"""Saving: the document is the old or the new one, and a failure costs nothing."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.errors import ReadOnlyPlan, UserError
from app.store.document import saving
from app.store.document.locking import lock_path
from app.store.file import PlanFile
from tests.builders import duty, small_county
from tests.store.steps import added, reopened, set_share

unix = pytest.mark.skipif(sys.platform == "win32", reason="limits and modes are of Unix")


def beside(document: Path) -> list[str]:
    return sorted(path.name for path in document.parent.iterdir() if path != document)


def test_one_backup_holds_the_document_before(plan_file: PlanFile, document: Path) -> None:
    for share in (0.5, 0.25):
        set_share(plan_file, share)
        plan_file.save()
    lock, backup = lock_path(document).name, document.with_name(document.name + ".bak")
    assert beside(document) == sorted([backup.name, lock])
    assert reopened(backup).assignments[("U1", "T1", "P1")].share == 0.5
    assert reopened(document).assignments[("U1", "T1", "P1")].share == 0.25


@unix
def test_permissions_stay(plan_file: PlanFile, document: Path) -> None:
    document.chmod(0o640)
    plan_file.save()
    assert document.stat().st_mode & 0o777 == 0o640
    assert document.with_name(document.name + ".bak").stat().st_mode & 0o777 == 0o640


@contextmanager
def full_disk(bytes_left_per_file: int) -> Iterator[None]:
    """Let no file grow beyond a size, which is how a full disk looks to who writes it."""
    import resource  # noqa: PLC0415, not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left_per_file, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@unix
def test_failed_write_leaves_document_and_steps_alone(plan_file: PlanFile, document: Path) -> None:
    set_share(plan_file, 0.5)
    content, names = document.read_bytes(), beside(document)
    for room in (0, 20_000, document.stat().st_size - 1):
        with full_disk(room), pytest.raises(UserError, match="was not saved"):
            plan_file.save()
        assert (document.read_bytes(), beside(document)) == (content, names)
        assert plan_file.is_modified
    plan_file.save()
    assert reopened(document).assignments[("U1", "T1", "P1")].share == 0.5


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (OSError(errno.ENOSPC, ""), "there is no room left on the disk"),
        (OSError(errno.EROFS, ""), "may not be written to"),
        (OSError(errno.EIO, "broken"), "was not saved: .*broken"),
    ],
)
def test_failed_save_says_why(
    plan_file: PlanFile,
    document: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: OSError,
    sentence: str,
) -> None:
    def fail(_path: Path) -> None:
        raise failure

    content = document.read_bytes()
    monkeypatch.setattr(saving, "sync_file", fail)
    with pytest.raises(UserError, match=sentence) as refusal:
        plan_file.save()
    assert "your steps are safe" in refusal.value.remedy
    assert document.read_bytes() == content


@unix
def test_full_program_folder_is_a_sentence(plan_file: PlanFile, document: Path) -> None:
    plan_file.close()
    for room in (0, 20_000, 5 * 4096):
        with full_disk(room):
            with pytest.raises(UserError, match="cannot be written to"):
                PlanFile.create(None)
            with pytest.raises(UserError, match="cannot be written to"):
                PlanFile.open(document)
    PlanFile.open(document).close()


@unix
def test_step_on_a_full_disk_is_not_taken(plan_file: PlanFile, document: Path) -> None:
    before = plan_file.county
    many = added([duty(f"X{number}", name="名" * 500) for number in range(500)])
    with full_disk(100_000), pytest.raises(UserError, match="could not be stored"):
        plan_file.apply("导入", many)
    assert plan_file.county is before
    assert plan_file.verify() == ()
    plan_file.apply("导入", many)
    plan_file.save()
    assert reopened(document) == plan_file.county


def test_document_changed_by_others_is_not_overwritten(plan_file: PlanFile, document: Path) -> None:
    set_share(plan_file, 0.5)
    document.write_bytes(document.read_bytes() + b"\0")
    content = document.read_bytes()
    with pytest.raises(UserError, match="was changed by others since you opened it"):
        plan_file.save()
    assert document.read_bytes() == content
    other = document.with_name("另存.hengbian")
    plan_file.save_as(other)
    assert reopened(other).assignments[("U1", "T1", "P1")].share == 0.5


def test_removed_document_is_written_again(plan_file: PlanFile, document: Path) -> None:
    document.unlink()
    plan_file.save()
    assert reopened(document) == plan_file.county


def test_missing_folder_is_a_sentence(document: Path) -> None:
    with (
        closing(PlanFile.create(None)) as untitled,
        pytest.raises(UserError, match="there is no folder"),
    ):
        untitled.save_as(document.parent / "没有" / "a.hengbian")


def test_unsound_copy_never_becomes_the_document(
    plan_file: PlanFile, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Torn:
        """A driver whose copy has a page of nothing in it."""

        def execute(self, _sql: str, parameters: tuple[str]) -> None:
            content = bytearray(document.read_bytes())
            content[4096 * 2 : 4096 * 4] = bytes(8192)
            Path(parameters[0]).write_bytes(content)

    content = document.read_bytes()
    monkeypatch.setattr(saving, "driver_of", lambda _connection: Torn())
    with pytest.raises(UserError, match="was not saved"):
        plan_file.save()
    assert document.read_bytes() == content


def test_leftover_of_a_killed_save_does_not_hinder(plan_file: PlanFile, document: Path) -> None:
    leftover = document.with_name(f".{document.name}.saving")
    leftover.write_bytes(b"half a document")
    plan_file.save()
    assert not leftover.exists()


def test_untitled_plan_gets_a_name(document: Path) -> None:
    with closing(PlanFile.create(None)) as plan_file:
        assert (plan_file.path, plan_file.is_modified) == (None, False)
        plan_file.apply("导入", added(small_county().records()))
        with pytest.raises(UserError, match="has no name yet"):
            plan_file.save()
        plan_file.save_as(document)
        assert (plan_file.path, plan_file.is_modified) == (document, False)
        assert lock_path(document).exists()
        set_share(plan_file, 0.5)
        plan_file.save()
    assert reopened(document).assignments[("U1", "T1", "P1")].share == 0.5


def test_save_as_goes_on_there_and_frees_the_old_document(
    plan_file: PlanFile, document: Path
) -> None:
    other = document.with_name("另存.hengbian")
    other.write_bytes(b"to be replaced")
    set_share(plan_file, 0.5)
    plan_file.save_as(other)
    set_share(plan_file, 0.25)
    plan_file.save_as(other)
    assert reopened(document).assignments[("U1", "T1", "P1")].share == 1.0
    assert reopened(other).assignments[("U1", "T1", "P1")].share == 0.25
    with closing(PlanFile.open(document)) as old:
        assert (old.is_read_only, old.was_recovered) == (False, False)


def test_failed_save_as_stays_where_it_was(plan_file: PlanFile, document: Path) -> None:
    set_share(plan_file, 0.5)
    with pytest.raises(UserError):
        plan_file.save_as(document.parent / "没有" / "a.hengbian")
    assert (plan_file.path, plan_file.is_modified) == (document, True)
    plan_file.save()
    assert not plan_file.is_modified


def test_reader_may_save_under_another_name_and_work_there(
    plan_file: PlanFile, document: Path
) -> None:
    other = document.with_name("另存.hengbian")
    with closing(PlanFile.open(document)) as reader:
        with pytest.raises(ReadOnlyPlan):
            reader.save_as(document)
        reader.save_as(other)
        assert (reader.is_read_only, reader.lock_owner, reader.path) == (False, "", other)
        set_share(reader, 0.5)
        reader.save()
    assert plan_file.county.assignments[("U1", "T1", "P1")].share == 1.0
    assert reopened(other).assignments[("U1", "T1", "P1")].share == 0.5
