"""What commands write: never over what they read, said early where it cannot be, ended quietly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.commandline import main
from tests.places import ROOT


def test_no_command_writes_over_what_it_reads(
    tmp_path: Path, plan_file: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = workbook.read_bytes()
    surveys = tmp_path / "surveys"
    assert main(["survey", str(plan_file), str(surveys)]) == 0
    returned = next(surveys.iterdir())
    sent = returned.read_bytes()
    link = tmp_path / "link.xlsx"
    link.symlink_to(workbook)
    for arguments in (
        ["plan", workbook, workbook],
        ["plan", workbook, link],
        ["import", plan_file, workbook, "--dry-run", "--write-mapping", workbook],
        ["survey", plan_file, surveys, "--collect", "--differences", returned],
    ):
        capsys.readouterr()
        assert main(list(map(str, arguments))) == 2
        assert "would be lost" in capsys.readouterr().err
    assert workbook.read_bytes() == before
    assert returned.read_bytes() == sent


def test_what_cannot_be_written_is_said_before_the_long_run(
    tmp_path: Path, plan_file: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compute(*_arguments: object, **_more: object) -> None:
        pytest.fail("the plan was looked for")

    monkeypatch.setattr("app.commands.planning.compute", compute)
    absent = tmp_path / "absent" / "out"
    assert main(["plan", str(workbook), f"{absent}.xlsx"]) == 2
    for name in (f"{absent}.lp", f"{tmp_path}/model.txt"):
        assert main(["solve", str(plan_file), "--write-model", name]) == 2


def run_to(plan_file: Path, out: int, *, instead: str = "") -> subprocess.CompletedProcess[str]:
    """Run `history` in a process of its own, its output going to a file descriptor."""
    program = (
        "import sys, app.commandline, app.commands.files\n"
        f"{instead}\n"
        f"sys.exit(app.commandline.main(['history', {str(plan_file)!r}]))"
    )
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, stdout=out, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False
    )


def test_a_reader_that_leaves_early_is_no_failure(plan_file: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = run_to(plan_file, write)
    os.close(write)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk is always full here")
def test_an_answer_onto_a_full_disk_is_one_sentence(plan_file: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = run_to(plan_file, full.fileno())
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == ["The answer cannot be written: the disk is full."]


@pytest.mark.parametrize(
    "place", ["app.commands.files.run_history", "app.commandline._parser"], ids=["run", "start"]
)
def test_interrupted_it_leaves_without_a_traceback(plan_file: Path, place: str) -> None:
    instead = f"def stop(*_options): raise KeyboardInterrupt\n{place} = stop"
    ended = run_to(plan_file, subprocess.DEVNULL, instead=instead)
    assert (ended.returncode, ended.stderr) == (130, "Stopped; no file was left half-written.\n")
