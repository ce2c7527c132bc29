"""Good, messy, hostile and broken files: each gets its finding with its place, and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import UnreadableFile
from app.model.county import County
from app.model.findings import ImportFinding
from app.model.vocabulary import Severity
from app.workbooks.importing import read_workbooks
from tests.places import ROOT
from tests.workbooks.opening.corpus import FILES, SECRET, TEXT_BOMB, FileCase
from tests.workbooks.opening.corpus_cells import CELLS, CellCase
from tests.workbooks.opening.hostile import good_bytes

MEASURING = """
import resource, sys
from pathlib import Path
from app.model.county import County
from app.workbooks.importing import read_workbooks
findings = read_workbooks([Path(sys.argv[1])], County()).findings
peaks = [resource.getrusage(who).ru_maxrss for who in (0, resource.RUSAGE_CHILDREN)]
print(len({finding.file for finding in findings}), sum(peaks))
"""
"""Imports a folder in a process of its own and prints its peak, with that of its child."""
MEMORY_HUNGRY = {"size that lies", "a million rows by many columns", "XML bomb in a sheet"}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    path = tmp_path_factory.mktemp("good") / "good.xlsx"
    path.write_bytes(good_bytes())
    return County().with_changes(read_workbooks([path], County()).changes)


@pytest.mark.parametrize("case", FILES, ids=lambda case: f"{case.label}: {case.file}")
def test_a_file_gets_its_sentence_or_its_rows(
    tmp_path: Path, case: FileCase, county: County
) -> None:
    if case.label == "named pipe" and not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    path = tmp_path / case.file
    case.make(path)
    if case.gist and case.finds is None:
        with pytest.raises(UnreadableFile) as raised:
            read_workbooks([path], county)
        assert case.gist in raised.value.message
        assert case.file in raised.value.message
        assert raised.value.remedy
        return
    result = read_workbooks([path], county)
    if case.finds is None:
        assert [f for f in result.findings if f.severity is Severity.ERROR] == []
        assert result.added == 1
        return
    severity, sheet, cell = case.finds
    found = one_finding(result.findings, case.gist)
    assert (found.severity, found.sheet, found.cell) == (severity, sheet, cell)
    assert found.file
    assert result.is_blocked == (severity is Severity.ERROR)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")
def test_no_file_takes_a_gibibyte(tmp_path: Path) -> None:
    for number, case in enumerate(FILES):
        if case.label in MEMORY_HUNGRY:
            case.make(tmp_path / f"{number}-{case.file}")
    command = [sys.executable, "-c", MEASURING, str(tmp_path)]

    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    errors, kibibytes = map(int, said.split())
    assert errors == len(MEMORY_HUNGRY)
    assert kibibytes < 1024**2


def one_finding(findings: tuple[ImportFinding, ...], gist: str) -> ImportFinding:
    found = [finding for finding in findings if gist in finding.message]
    assert len(found) == 1, [finding.message for finding in findings]
    assert found[0].remedy or found[0].severity is Severity.NOTE
    return found[0]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("case", CELLS, ids=lambda case: case.label)
def test_a_cell_gets_its_finding(tmp_path: Path, case: CellCase) -> None:
    path = tmp_path / "表.xlsx"
    case.make(path)

    result = read_workbooks([path], County())

    if not case.gist:
        said = [f.message for f in result.findings if f.severity is not Severity.NOTE]
        assert (said, result.is_blocked) == ([], False)
        return
    found = one_finding(result.findings, case.gist)
    assert (found.severity, found.sheet, found.cell) == (case.severity, case.sheet, case.cell)
    assert found.file == "表.xlsx"
    assert result.is_blocked == (case.severity is Severity.ERROR)
    assert not (result.is_blocked and result.changes)


@pytest.mark.parametrize("make", [SECRET, TEXT_BOMB])
def test_nothing_is_fetched_and_nothing_unfolds(tmp_path: Path, make: object) -> None:
    path = tmp_path / "a.xlsx"
    make(path)  # type: ignore[operator]
    secret = Path("/etc/hostname")
    try:
        result = read_workbooks([path], County())
    except UnreadableFile as error:
        said = error.message
    else:
        said = " ".join(finding.message for finding in result.findings)
        assert result.changes == ()
    assert len(said) < 10_000
    assert not secret.exists() or secret.read_text().strip() not in said


def test_the_corpus_is_large_enough_and_every_case_is_another() -> None:
    labels = [(case.label, case.file) for case in FILES] + [(c.label, "") for c in CELLS]
    assert len(labels) >= 150
    assert len(set(labels)) == len(labels)
