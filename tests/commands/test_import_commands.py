"""The import command: rows before storing, mappings written, edited and used, refused rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.commandline import main
from app.project import Project
from tests.workbooks.foreign import foreign_books as books


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "县.hengbian"
    project = Project.new(path)
    project.close()
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> Any:
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == status
    return json.loads(capsys.readouterr().out)


def test_a_dry_run_lists_every_row_and_stores_none(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = books.write_sheets(tmp_path / "台账.xlsx", {"台账": books.ledger()})
    found = answer(capsys, "import", plan, source, "--dry-run")

    assert found["added"] == len(found["rows"]) == 11
    row = next(row for row in found["rows"] if row["key"] == ["U02", "事业"])
    assert (row["state"], row["file"], row["sheet"], row["cell"]) == (
        "added",
        "台账.xlsx",
        "台账",
        "B7",
    )
    assert {"column": "authorised", "before": "", "after": "23", "cell": "H7"} in row["cells"]
    assert [table["mapping"]["kind"] for table in found["tables"]] == ["establishment_ledger"]
    assert "rows" not in answer(capsys, "import", plan, source)


def test_a_mapping_is_written_edited_and_used(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = books.write_sheets(tmp_path / "台账.xlsx", {"台账": books.ledger()})
    mapping = tmp_path / "m.json"
    answer(capsys, "import", plan, source, "--dry-run", "--write-mapping", mapping)
    data = json.loads(mapping.read_text(encoding="utf-8"))
    for column in data["tables"][0]["columns"]:
        if "周转" in column["heading"]:
            column["category"] = "周转"
    mapping.write_text(json.dumps(data), encoding="utf-8")

    answer(capsys, "import", plan, source, "--mapping", mapping, "--keep-mapping", "周转分列")
    project = Project.open(plan)
    assert project.county.establishment["U01", "周转"].authorised == 3
    assert project.county.establishment["U01", "事业"].authorised == 30
    assert project.history()[-1].label.startswith("Import 台账.xlsx by the mapping m ")
    project.close()
    again = answer(capsys, "import", plan, source, "--mapping", "周转分列", "--dry-run")
    assert (again["added"], again["changed"]) == (0, 0)
    assert [table["used"] for table in again["tables"]] == ["周转分列"]
    assert main(["import", str(plan), str(source), "--dry-run"]) == 0
    assert "Use one with --mapping." in capsys.readouterr().err
    assert main(["import", str(plan), str(source), "--mapping", "无"]) == 2


def test_refused_rows_block_unless_they_are_left_out(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, merged = books.workload()
    rows[4][8] = "30余"
    source = books.write_sheets(tmp_path / "工作量.xlsx", {"表": (rows, merged)})
    blocked = answer(capsys, "import", plan, source, status=1)
    assert [f["cell"] for f in blocked["findings"] if f["severity"] == "error"] == ["I5"]

    done = answer(capsys, "import", plan, source, "--skip-refused")
    assert done["added"] > 10
