"""The golden story: workbook → import → matrix → LP text → plan → advice → export, as users see it.

What differs is shown line by line; `pytest tests/golden --approve` takes it as the new text, which
is then reviewed like code.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.commandline import main
from tests.golden.dumping import lines_of, workbook_lines, workbook_shape
from tests.golden.workbook import write_workbook

HERE = Path(__file__).resolve().parent
MOST_SHOWN = 60

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
            path.write_text("\n".join(now) + "\n", encoding="utf-8")
            return
        before = path.read_text(encoding="utf-8").splitlines()
        changed = [*difflib.unified_diff(before, now, "approved", "now", n=1, lineterm="")]
        assert changed == [], "\n".join(
            [f"{path.name} differs; --approve takes it", *changed[:MOST_SHOWN]]
        )

    return compare_lines


def test_eight_posts(run: Run, compare: Compare, tmp_path: Path) -> None:
    source, plan = tmp_path / "两镇.xlsx", tmp_path / "两镇.hengbian"
    model, written = tmp_path / "model.lp", tmp_path / "allocation.xlsx"
    write_workbook(source)
    run("new", plan)
    compare("posts_1_import", lines_of(run("import", plan, source)))
    compare("posts_2_check", lines_of(run("check", plan)))
    compare("posts_3_status", lines_of(run("status", plan)))
    solved = run("solve", plan, "--write-model", model)
    compare("posts_4_programme", model.read_text(encoding="utf-8").splitlines())
    compare("posts_5_plan", lines_of(solved))
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


def write_policy(path: Path) -> None:
    """Write a workbook that asks for people in fractions, which takes a tenth of the time."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "政策"
    for row in (("参数", "取值"), ("integer", "no")):
        sheet.append(row)
    book.save(path)
