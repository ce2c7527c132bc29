"""The survey command: out to a folder, back from it, one undoable step where it is accepted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.commandline import main
from app.project import Project
from app.workbooks.standard.exporting import write_standard
from tests.builders import small_county, unit


@pytest.fixture
def plan_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path, book = tmp_path / "小县.hengbian", tmp_path / "in.xlsx"
    write_standard(small_county(unit("U2")), book)
    assert main(["new", str(path)]) == 0
    assert main(["import", str(path), str(book)]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def folder(plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    out = tmp_path / "核实表"
    written = answer(capsys, "survey", plan_file, out, "--due", "2026-12-31", "--unit", "U1")
    assert written == {"written": [str(out / "U1_U1镇.xlsx")]}
    book = load_workbook(out / "U1_U1镇.xlsx")
    book.worksheets[1]["F3"] = 2100.0
    book.save(out / "U1_U1镇.xlsx")
    return out


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> Any:
    assert main([*map(str, arguments), "--json", "--language", "zh_CN"]) == status
    return json.loads(capsys.readouterr().out)


def volume_of(path: Path) -> float:
    project = Project.open(path, read_only=True)
    try:
        return project.county.volumes["U1", "T1"].volume
    finally:
        project.close()


def test_differences_are_listed_and_stored_only_when_accepted(
    plan_file: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "survey", plan_file, folder, "--collect")

    assert [(row["unit"], row["state"], row["due"]) for row in found["units"]] == [
        ("U1", "returned", "2026-12-31"),
        ("U2", "outstanding", "2026-12-31"),
    ]
    (row,) = found["differences"]
    assert (row["calculated"], row["unit_verified"], row["decided"]) == (2000.0, 2100.0, None)
    assert volume_of(plan_file) == 2000.0
    answer(capsys, "survey", plan_file, folder, "--collect", "--accept")
    assert volume_of(plan_file) == 2100.0
    project = Project.open(plan_file)
    assert project.undo_label is not None and "1" in project.undo_label
    project.undo()
    assert project.county.volumes["U1", "T1"].volume == 2000.0
    project.close(keep_unsaved=False)


def test_a_task_that_a_unit_adds_is_outside_the_list_and_can_be_taken_back(
    plan_file: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "U1_U1镇.xlsx"
    book = load_workbook(path)
    for cell, value in (("B6", "防汛值守"), ("F6", 30), ("H6", 8)):
        book.worksheets[1][cell] = value
    book.save(path)

    answer(capsys, "survey", plan_file, folder, "--collect", "--accept")

    found = answer(capsys, "check", plan_file)["findings"]
    outside = [row["subject"] for row in found if row["rule"] == "task_outside_list"]
    assert outside == ["U1-防汛值守"]
    project = Project.open(plan_file)
    project.undo()
    assert ("U1-防汛值守",) not in {*project.county.tasks, *project.county.duties}
    project.close(keep_unsaved=False)


def test_an_import_of_the_folder_asks_first(
    plan_file: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    undecided = answer(capsys, "import", plan_file, folder)
    assert (undecided["changed"], volume_of(plan_file)) == (0, 2000.0)
    assert undecided["findings"][0]["cell"] == "F3"
    accepted = answer(capsys, "import", plan_file, folder, "--accept")
    assert (accepted["changed"], volume_of(plan_file)) == (1, 2100.0)


def test_the_progress_is_said_in_words(
    plan_file: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "差异.xlsx"
    asked = ["survey", str(plan_file), str(folder), "--collect", "--language", "zh_CN"]
    assert main([*asked, "--due", "2020-01-31", "--differences", str(out)]) == 0
    said = capsys.readouterr().out
    assert "U2 U2镇：逾期未返回" in said and "2,000 → 2,100 → –" in said
    assert out.exists()
    with pytest.raises(SystemExit):
        main([*asked, "--due", "31.1.2020"])


def test_decisions_are_stored_from_the_one_file_that_is_named(
    plan_file: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "差异.xlsx"
    answer(capsys, "survey", plan_file, folder, "--collect", "--differences", out)
    book = load_workbook(out)
    book.worksheets[0]["J3"] = 2050.0
    book.save(out)
    book.save(folder / "夹带.xlsx")

    for asked in (
        ("survey", plan_file, folder, "--collect"),
        ("import", plan_file, folder),
        ("import", plan_file, out),
        ("import", plan_file, out, "--accept"),
    ):
        answer(capsys, *asked)
        assert volume_of(plan_file) == 2000.0
    assert main(["survey", str(plan_file), str(folder), "--decided"]) == 2
    answer(capsys, "survey", plan_file, folder / "U1_U1镇.xlsx", "--decided", status=1)
    assert volume_of(plan_file) == 2000.0
    found = answer(capsys, "survey", plan_file, out, "--decided")
    assert (found["changed"], volume_of(plan_file)) == (1, 2050.0)


def test_an_import_says_whom_each_file_speaks_of(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "一个镇.xlsx"
    write_standard(small_county(unit("U2", population=5.0)), book)
    asked = ["import", str(plan_file), str(book), "--dry-run", "--language"]
    assert main([*asked, "zh_CN"]) == 0
    assert "一个镇.xlsx 涉及 1 个单位：U2" in capsys.readouterr().out
    assert main([*asked, "en"]) == 0
    assert "一个镇.xlsx speaks of 1 units: U2" in capsys.readouterr().out


def test_a_command_tells_which_steps_it_recovered(
    plan_file: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stopped = Project.open(plan_file)
    stopped.set_hours("U1", "T1", "P1", 10.0)
    label = stopped.undo_label
    stopped.close(keep_unsaved=True)
    assert label is not None
    assert main(["survey", str(plan_file), str(folder), "--collect", "--accept"]) == 0
    said = capsys.readouterr().err
    assert label in said
    assert main(["undo", str(plan_file)]) == 0
    assert label not in capsys.readouterr().err
