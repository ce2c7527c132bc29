"""The entry: commands run without Qt, everything else opens the window."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from app import VERSION
from tests.places import ROOT
from ui import __main__ as entry


def test_a_command_runs_without_qt() -> None:
    code = (
        "import sys; from ui.__main__ import main\n"
        "try: main(['--language', 'en', 'status', '--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"
    assert "usage: hengbian status" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], (None, False, "", "")),
        (["--sample"], (None, True, "", "")),
        (["县.hengbian", "--language", "zh_CN"], (Path("县.hengbian"), False, "zh_CN", "")),
        (["--theme", "dark", "plan"], "command"),
        (["status", "县.hengbian"], "command"),
        (["--help"], "command"),
        (["no-suffix"], (Path("no-suffix"), False, "", "")),
    ],
)
def test_arguments_lead_to_the_window_or_to_a_command(
    arguments: list[str], words: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app import commandline  # noqa: PLC0415 - as the entry imports it
    from ui.shell import starting  # noqa: PLC0415 - as the entry imports it

    seen: list[object] = []

    def run_command(given: list[str]) -> int:
        seen.append("command")
        return 0

    def run_window(wishes: starting.Wishes) -> int:
        seen.append((wishes.plan, wishes.has_sample, wishes.language, wishes.theme))
        return 0

    monkeypatch.setattr(commandline, "main", run_command)
    monkeypatch.setattr(starting, "run_window", run_window)
    assert entry.main(arguments) == 0
    assert seen == [words]


def test_the_window_starts_without_the_slow_packages() -> None:
    code = (
        "import sys, ui.shell.starting\n"
        "slow = {'matplotlib', 'sqlalchemy', 'openpyxl', 'pulp', 'highspy', 'reportlab'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_pages_come_without_charts_solver_and_documents() -> None:
    code = (
        "import sys, ui.pages.contents\n"
        "slow = {'matplotlib', 'reportlab', 'docx', 'pypdfium2', 'pulp', 'highspy', 'openpyxl'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_one_sentence_says_what_to_do() -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    result = subprocess.run(
        [sys.executable, "-m", "ui", "--language", "en"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert result.returncode == 2
    assert "no display" in result.stderr and "hengbian --help" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_version_is_that_of_the_package() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "ui", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == VERSION
    assert result.stdout == f"hengbian {VERSION}\n"
