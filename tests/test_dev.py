"""Setting up: a real environment from a wheelhouse, and what is said when something is missing."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import dev
from tests.places import ROOT

needs_links = pytest.mark.skipif(dev.IS_WINDOWS, reason="links take a privilege on Windows")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay down a project of one package, whose window prints its arguments."""
    root = tmp_path / "a project"
    (root / "ui").mkdir(parents=True)
    (root / "ui" / "__main__.py").write_text("import sys, tiny; print(tiny.SIZE, *sys.argv[1:])\n")
    scripts = root / ".venv" / dev.SCRIPTS.name
    places = {
        "ROOT": root,
        "OUT": root / "out",
        "LOCK": root / "requirements.lock",
        "WHEELHOUSE": root / "wheelhouse",
        "VENV": root / ".venv",
        "STAMP": root / ".venv" / "complete",
        "SCRIPTS": scripts,
        "PYTHON": scripts / dev.PYTHON.name,
    }
    for name, place in places.items():
        monkeypatch.setattr(dev, name, place)
    digest = write_wheel(root / "wheelhouse")
    dev.LOCK.write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
    return root


def write_wheel(folder: Path) -> str:
    """Write a wheel of one module and return its SHA-256."""
    folder.mkdir()
    files = {
        "tiny.py": "SIZE = 'tiny'\n",
        "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n",
    }
    record = ""
    path = folder / "tiny-1.0-py3-none-any.whl"
    with ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
            record += f"{name},sha256={digest.rstrip('=')},{len(text)}\n"
        wheel.writestr("tiny-1.0.dist-info/RECORD", f"{record}tiny-1.0.dist-info/RECORD,,\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_interrupted_set_up_mends_itself_and_the_command_works_anywhere(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_over = dev.VENV / "half" / "installed"
    left_over.mkdir(parents=True)
    dev.set_up()
    assert not left_over.exists()
    command = [str(dev.SCRIPTS / ("hengbian.cmd" if dev.IS_WINDOWS else "hengbian")), "两 个", "b"]
    (tmp_path / "ui").mkdir()
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert said.stdout == "tiny 两 个 b\n"

    def refuse() -> None:
        raise AssertionError("a complete environment is left alone")

    monkeypatch.setattr(dev, "make_environment", refuse)
    dev.set_up()


def test_changed_package_is_refused_and_leaves_no_stamp(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    dev.LOCK.write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    assert dev.main(["hengbian"]) == 2
    said = capfd.readouterr().err
    assert said.startswith("The packages could not be installed: ")
    assert "wheelhouse" in said
    assert not dev.STAMP.exists()


@pytest.mark.parametrize("name", ["LOCK", "STAMP"])
def test_environment_is_renewed_after_a_change(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    dev.SCRIPTS.mkdir(parents=True)
    steps: list[str] = []
    monkeypatch.setattr(dev, "make_environment", lambda: steps.append("made"))
    monkeypatch.setattr(dev, "install_lock", lambda: steps.append("installed"))
    dev.set_up()
    getattr(dev, name).write_text("other==1.0\n")
    dev.set_up()
    assert steps == ["made", "installed"] * 2


@needs_links
def test_an_environment_that_is_a_link_is_replaced_and_its_target_left_alone(
    project: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    (shared / "lib").mkdir(parents=True)
    (shared / "complete").write_text("of another project")
    dev.VENV.symlink_to(shared, target_is_directory=True)
    dev.set_up()
    assert dev.VENV.is_dir() and not dev.VENV.is_symlink()
    assert dev.PYTHON.is_file()
    assert sorted(path.name for path in shared.iterdir()) == ["complete", "lib"]
    assert (shared / "complete").read_text() == "of another project"


@needs_links
def test_a_linked_environment_does_not_renew_itself_from_inside_either(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    dev.VENV.symlink_to(shared, target_is_directory=True)
    monkeypatch.setattr(sys, "prefix", str(dev.VENV))
    assert dev.main(["test"]) == 2
    assert "deactivate" in capsys.readouterr().err
    assert dev.VENV.is_symlink()


def test_environment_does_not_renew_itself_from_inside(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "prefix", str(dev.VENV))
    assert dev.main(["test"]) == 2
    assert "deactivate" in capsys.readouterr().err


def test_missing_packages_are_named_in_one_line(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "WINDOW_LIBRARIES", {"libnone.so.0": "none1", "libno.so.0": "no1"})
    monkeypatch.setattr(dev, "has_display", lambda: False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert dev.main(["test"]) == 2
    line = "apt-get install --yes --no-install-recommends none1 no1 python3-venv"
    assert capsys.readouterr().err.splitlines()[1] == f"Run: sudo apt-get update && sudo {line}"
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert dev.main(["test"]) == 2
    assert "none1, no1, python3-venv" in capsys.readouterr().err


def test_old_python_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert dev.main(["run"]) == 2
    assert "the program needs 3.11" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    said = capsys.readouterr().out
    assert [name for name in dev.COMMANDS if f"dev.py {name}" not in said] == []
    assert dev.main(["walk"]) == 2


@pytest.mark.parametrize(("status", "ends_with", "steps"), [(3, 0, 5), (1, 1, 1)])
def test_without_a_display_the_sample_is_planned(
    project: Path, monkeypatch: pytest.MonkeyPatch, status: int, ends_with: int, steps: int
) -> None:
    calls: list[tuple[str, ...]] = []

    def note(*command: str) -> int:
        calls.append(command)
        return status

    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "has_display", lambda: False)
    monkeypatch.setattr(dev, "run_module", note)
    assert dev.main(["run"]) == ends_with
    assert len(calls) == steps
    assert calls[0][:2] == ("app", "new")


EVERYTHING = ["ruff format", "ruff check", "mypy", "lint-imports", "resources.languages.words"]
"""What has to hold besides the tests, in this order."""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that what a command starts is written to; only mypy finds fault."""
    names: list[str] = []

    def start(name: str, *arguments: str, folder: Path | None = None) -> int:
        names.append(f"ruff {arguments[0]}" if name == "ruff" else name)
        return int(name == "mypy")

    monkeypatch.setattr(dev, "set_up", lambda **_: None)
    monkeypatch.setattr(dev, "run_module", start)
    monkeypatch.setattr(dev, "run_script", start)
    return names


@pytest.mark.parametrize(("options", "tests"), [([], ["pytest"]), (["--without-tests"], [])])
def test_check_goes_on_after_a_failure_and_ends_with_it(
    started: list[str], capsys: pytest.CaptureFixture[str], options: list[str], tests: list[str]
) -> None:
    assert dev.main(["check", *options]) == 1
    assert started == EVERYTHING + tests
    assert capsys.readouterr().out.splitlines()[-1] == "Failed: types"


def test_check_ends_well_where_all_holds(
    started: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "run_module", lambda *_, **__: 0)
    assert dev.main(["check", "--without-tests"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "All checks passed."


@pytest.mark.skipif(dev.IS_WINDOWS, reason="a shell script")
@pytest.mark.parametrize("failing", ["", "test", "check"])
def test_ci_runs_tests_and_then_everything_else_and_fails_with_either(
    tmp_path: Path, failing: str
) -> None:
    stand_in = tmp_path / "python3"
    stand_in.write_text(f'#!/bin/sh\necho "$@"\n[ "$2" != "{failing}" ]\n')
    stand_in.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, "PATH": path}
    ran = subprocess.run(
        [ROOT / ".ci" / "run"], env=settings, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.stdout.splitlines() == ["dev.py test", "dev.py check --without-tests"]
    assert ran.returncode == (1 if failing else 0)
