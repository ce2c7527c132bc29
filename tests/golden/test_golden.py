"""The golden story: workbook → import → matrix → LP text → plan → advice → export, as users see it.

What differs is shown line by line; `pytest tests/golden --approve` takes it as the new text, which
is then reviewed like code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.commandline import main
from app.project import Project
from tests.golden.dumping import (
    MOST_SHOWN,
    difference,
    lines_of,
    matrix_lines,
    workbook_lines,
    workbook_shape,
)
from tests.golden.workbook import write_workbook

HERE = Path(__file__).resolve().parent

Compare = Callable[[str, Iterable[str]], None]
Run = Callable[..., Any]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command and returns its answer in JSON."""

    def run_command(*arguments: object) -> Any:
        assert main([*map(str, arguments), "--json"]) in {0, 1, 3}
        return json.loads(capsys.readouterr().out)

    return run_command


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Return what sets lines against the text approved last."""

    def compare_lines(name: str, lines: Iterable[str]) -> None:
        path = HERE / f"{name}.txt"
        now = [*lines]
        if request.config.getoption("--approve"):
            path.write_text("\n".join(now) + "\n", encoding="utf-8", newline="\n")
            return
        approved = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        if said := difference(path.name, approved, now):
            pytest.fail(said, pytrace=False)

    return compare_lines


def test_eight_posts(run: Run, compare: Compare, tmp_path: Path) -> None:
    source, plan = tmp_path / "两镇.xlsx", tmp_path / "两镇.hengbian"
    model, written = tmp_path / "model.lp", tmp_path / "allocation.xlsx"
    write_workbook(source)
    run("new", plan)
    compare("posts_1_import", lines_of(run("import", plan, source)))
    compare("posts_1_matrix", today_lines(plan))
    compare("posts_2_check", lines_of(run("check", plan)))
    compare("posts_3_status", lines_of(run("status", plan)))
    solved = run("solve", plan, "--write-model", model)
    compare("posts_4_programme", model.read_text(encoding="utf-8").splitlines())
    compare("posts_5_plan", lines_of(solved | {"measures": len(solved["measures"])}))
    compare("posts_6_measures", lines_of(run("measures", plan)))
    run("export", plan, written)
    compare("posts_7_allocation", workbook_lines(written))


def test_sample_county_in_summary(run: Run, compare: Compare, tmp_path: Path) -> None:
    plan, written = tmp_path / "云岭县.hengbian", tmp_path / "allocation.xlsx"
    settings = tmp_path / "continuous.xlsx"
    run("new", plan, "--sample")
    write_policy(settings)
    run("import", plan, settings)
    found = run("check", plan)
    compare("sample_1_check", [f"{len(found['findings'])} findings", *lines_of(found["scores"])])
    compare("sample_2_status", lines_of(run("status", plan)["units"]))
    solved = run("solve", plan)
    solved["measures"] = [len(solved["measures"]), *solved["measures"][:10]]
    solved["posts"] = len(solved["posts"])
    compare("sample_3_plan", lines_of(solved))
    run("export", plan, written)
    compare("sample_4_allocation", workbook_shape(written))


def test_difference_is_shown_line_by_line_with_the_way_to_take_it() -> None:
    assert difference("plan.txt", ["a = 1", "b = 2"], ["a = 1", "b = 2"]) == ""
    said = difference("plan.txt", ["a = 1", "b = 2"], ["a = 1", "b = 3"]).splitlines()
    assert said[0] == "plan.txt differs; --approve takes it"
    assert said[-3:] == [" a = 1", "-b = 2", "+b = 3"]
    long = difference("plan.txt", [], ["line"] * 100).splitlines()
    assert len(long) == MOST_SHOWN + 2
    assert long[-1] == f"… and {103 - MOST_SHOWN} more lines"


def test_dumps_tell_nothing_of_time_place_and_person() -> None:
    answer = {
        "path": "/home/a/plan.hengbian",
        "seconds": {"solve": 1.5},
        "steps": [{"user": "a", "label": "Import, 2026-12-01T08:30:00Z by a @ desk"}],
        "gap": -0.0,
        "hours": 1234.5678,
    }
    assert [*lines_of(answer)] == ["steps[0].label = Import, … by …", "gap = 0", "hours = 1234.57"]


def today_lines(path: Path) -> list[str]:
    """Return the matrix of a plan file as it is today."""
    project = Project.open(path, read_only=True)
    try:
        return [*matrix_lines(project.county, project.figures)]
    finally:
        project.close()


def write_policy(path: Path) -> None:
    """Write a workbook that asks for people in fractions, which takes a tenth of the time.

    The limit is far off, so that a slow machine finds the same plan.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "政策"
    for row in (("参数", "取值"), ("integer", "no"), ("time_limit", 3600)):
        sheet.append(row)
    book.save(path)
