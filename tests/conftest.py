"""What every test gets: English messages, no display, and a program folder of its own."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from app.commandline import main
from app.language import use_language
from app.workbooks.standard.exporting import write_standard
from tests.builders import small_county

os.environ["QT_QPA_PLATFORM"] = os.environ.get("HENGBIAN_TEST_PLATFORM", "offscreen")

UNTIMED = (
    hypothesis.HealthCheck.too_slow,
    hypothesis.HealthCheck.filter_too_much,
    hypothesis.HealthCheck.data_too_large,
)
"""Checks of how fast and how often examples are found: a slow machine is no defect."""

hypothesis.settings.register_profile("here", deadline=None, suppress_health_check=UNTIMED)
hypothesis.settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=UNTIMED
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the golden story be rewritten; what changed is reviewed like code."""
    parser.addoption("--approve", action="store_true", help="take the golden texts as they are now")


@pytest.fixture(autouse=True, scope="session")
def closing_lines() -> Iterator[None]:
    """Keep the last lines for pytest: flush what C code printed (SciPy's solver) while captured."""
    yield
    if os.name == "posix":
        ctypes.CDLL(None).fflush(None)


@pytest.fixture(autouse=True)
def language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every test begin in English, whatever the system speaks and the last test left."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    use_language("en")
    yield
    use_language("en")


@pytest.fixture(autouse=True)
def program_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Keep working copies, locks and settings away from those of the person who runs the tests."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HENGBIAN_HOME", str(folder))
    return folder


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Return the small county as a standard workbook."""
    path = tmp_path / "小县.xlsx"
    write_standard(small_county(), path)
    return path


@pytest.fixture
def plan_file(tmp_path: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a plan file that the commands made from the small county's workbook."""
    path = tmp_path / "小县.hengbian"
    assert main(["new", str(path)]) == 0
    assert main(["import", str(path), str(workbook)]) == 0
    capsys.readouterr()
    return path
