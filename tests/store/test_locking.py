"""Locking: one writer for a document, readers beside it, and no lock that outlives its process."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from app.errors import ReadOnlyPlan, UserError
from app.store.document.locking import Held, Lock, lock_path, this_owner
from app.store.file import PlanFile
from tests.builders import small_county
from tests.store.killing import reports, start
from tests.store.steps import added, reopened, set_share
from tests.store.working_child import hold

unix = pytest.mark.skipif(sys.platform == "win32", reason="kill and user ids are of Unix")


def write_lock(document: Path, *, machine: str, process_id: int) -> str:
    owner = {"user": "张三", "machine": machine, "process_id": process_id, "since": "2026-01-01"}
    text = json.dumps(owner, ensure_ascii=False)
    lock_path(document).write_text(text, "utf-8")
    return text


def test_lock_says_who_works_on_the_document(plan_file: PlanFile, document: Path) -> None:
    stated = json.loads(lock_path(document).read_text("utf-8"))
    assert (stated["machine"], stated["process_id"]) == (socket.gethostname(), os.getpid())
    assert stated["user"] and stated["since"].endswith("+00:00")
    plan_file.close()
    assert not lock_path(document).exists()


def test_second_opener_reads_and_changes_nothing_beside(
    plan_file: PlanFile, document: Path
) -> None:
    set_share(plan_file, 0.5)
    beside = {path.name: path.read_bytes() for path in document.parent.iterdir()}
    with closing(PlanFile.open(document)) as second:
        assert (second.is_read_only, second.lock_owner) == (True, str(this_owner()))
        assert second.county.assignments[("U1", "T1", "P1")].share == 1.0
        with pytest.raises(ReadOnlyPlan, match=r" @ .* works on this plan"):
            set_share(second, 0.1)
    assert {path.name: path.read_bytes() for path in document.parent.iterdir()} == beside
    plan_file.save()
    plan_file.close()
    with closing(PlanFile.open(document)) as third:
        assert (third.is_read_only, third.lock_owner) == (False, "")


@unix
def test_lock_of_another_process_goes_with_it(plan_file: PlanFile, document: Path) -> None:
    plan_file.close()
    process, pipe = start(hold, 1, document)
    assert pipe.recv() == ("holds", "")
    with closing(PlanFile.open(document)) as second:
        assert second.lock_owner == str(this_owner())
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    assert reports(process, pipe) == []
    assert lock_path(document).exists()
    with closing(PlanFile.open(document)) as after:
        assert (after.is_read_only, after.was_recovered) == (False, True)
        assert after.county.assignments[("U1", "T1", "P1")].share == 0.125


def test_stale_lock_of_this_machine_is_taken_over(plan_file: PlanFile, document: Path) -> None:
    plan_file.close()
    # The number may belong to a process again, here our own: nobody holds the file all the same.
    for process_id in (2**22 + 1, os.getpid()):
        write_lock(document, machine=socket.gethostname(), process_id=process_id)
        with closing(PlanFile.open(document)) as again:
            assert (again.is_read_only, again.lock_owner) == (False, "")


def test_unfinished_lock_is_taken_over(plan_file: PlanFile, document: Path) -> None:
    plan_file.close()
    for text in ("", '{"user": "张', "[]", '{"user": 1}'):
        lock_path(document).write_text(text, "utf-8")
        with closing(PlanFile.open(document)) as again:
            assert not again.is_read_only


def test_lock_of_another_machine_is_respected(plan_file: PlanFile, document: Path) -> None:
    plan_file.close()
    text = write_lock(document, machine="PC-7", process_id=4)
    with closing(PlanFile.open(document)) as again:
        assert (again.is_read_only, again.lock_owner) == (True, "张三 @ PC-7")
    assert lock_path(document).read_text("utf-8") == text


def test_lock_is_not_given_twice(tmp_path: Path) -> None:
    first = Lock.take(tmp_path / "a")
    with pytest.raises(Held):
        Lock.take(tmp_path / "a")
    other = Lock.take(tmp_path / "b")
    first.release()
    first.release()
    Lock.take(tmp_path / "a").release()
    other.release()
    assert list(tmp_path.iterdir()) == []


def test_file_that_somebody_works_on_is_not_overwritten(
    plan_file: PlanFile, document: Path
) -> None:
    content = document.read_bytes()
    with closing(PlanFile.create(None)) as untitled:
        with pytest.raises(UserError, match=r" @ .* works on 云岭"):
            untitled.save_as(document)
        assert (untitled.path, untitled.is_read_only) == (None, False)
    assert document.read_bytes() == content
    free = document.with_name("新.hengbian")
    write_lock(free, machine="PC-7", process_id=4)
    with pytest.raises(UserError, match="张三 @ PC-7 works on 新"):
        PlanFile.create(free)
    assert not free.exists()


@pytest.fixture
def forbidden_folder() -> Iterator[Path]:
    """Return a folder that may be read but not written to, for root too."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "home").mkdir(mode=0o777)
        (folder / "home").chmod(0o777)
        closed = folder / "closed"
        closed.mkdir()
        with closing(PlanFile.create(closed / "a.hengbian")) as plan_file:
            plan_file.apply("导入", added(small_county().records()))
            plan_file.save()
        closed.chmod(0o555)
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)
        try:
            yield closed
        finally:
            os.seteuid(before)
            closed.chmod(0o755)


@unix
def test_folder_that_may_not_be_written_to(
    forbidden_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = forbidden_folder.parent / "home"
    monkeypatch.setenv("HENGBIAN_HOME", str(home))
    document = forbidden_folder / "a.hengbian"
    content, names = document.read_bytes(), sorted(forbidden_folder.iterdir())
    with closing(PlanFile.open(document)) as plan_file:
        assert (plan_file.is_read_only, plan_file.lock_owner) == (False, "")
        set_share(plan_file, 0.5)
        with pytest.raises(UserError, match=r"a\.hengbian was not saved: .* may not be written to"):
            plan_file.save()
        assert plan_file.is_modified
        # The same person's second window finds the working copy in use.
        with closing(PlanFile.open(document)) as second:
            assert second.lock_owner == str(this_owner())
        plan_file.save_as(home / "b.hengbian")
        assert not plan_file.is_modified
    assert document.read_bytes() == content
    assert sorted(forbidden_folder.iterdir()) == names
    assert reopened(home / "b.hengbian").assignments[("U1", "T1", "P1")].share == 0.5
