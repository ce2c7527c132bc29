"""Commands keep the contract: keys, exit statuses, sentences on standard error, both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from app.commandline import command_names, main
from app.commands.catalogue import Command, commands
from app.project import Project
from app.workbooks.standard.exporting import write_standard
from tests.builders import policy, post, small_county, task
from tests.places import ROOT


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_every_command_names_a_function(command: Command) -> None:
    module, function = command.place.split(".")
    assert callable(getattr(import_module(f"app.commands.{module}"), function))


def test_help_needs_no_package_that_is_slow_to_load() -> None:
    heavy = ("numpy", "sqlalchemy", "openpyxl", "matplotlib", "reportlab", "highspy", "PySide6")
    program = (
        "import contextlib, sys, ui.__main__\n"
        "with contextlib.suppress(SystemExit): ui.__main__.main(['--help'])\n"
        f"sys.exit(', '.join(name for name in {heavy!r} if name in sys.modules) or 0)"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert (found.returncode, found.stderr) == (0, "")


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> Any:
    assert main([*map(str, arguments), "--json"]) == status
    return json.loads(capsys.readouterr().out)


def test_import_counts_rows_and_does_nothing_twice(
    plan_file: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = answer(capsys, "import", plan_file, workbook)
    assert (again["added"], again["changed"], again["removed"]) == (0, 0, 0)
    assert again["unchanged"] == len(list(small_county().records()))


def test_a_dry_run_stores_nothing(
    tmp_path: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "leer.hengbian"
    main(["new", str(path)])
    capsys.readouterr()
    assert answer(capsys, "import", path, workbook, "--dry-run")["added"] > 0
    assert answer(capsys, "status", path)["posts"] == []


def test_status_has_the_keys_of_the_contract(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "status", plan_file)
    assert found["totals"]["demand_hours"] == 2600.0
    assert found["totals"]["assigned_hours"] == 2500.0
    assert found["totals"]["unassigned_hours"] == 100.0
    post_keys = (
        "post unit title workload_hours capacity_hours saturation band peak_month "
        "peak_saturation existing required required_rounded difference ratio A B C"
    )
    assert set(post_keys.split()) <= set(found["posts"][0])
    unit_keys = (
        "unit name workload_hours capacity_hours saturation band existing required "
        "difference ratio A B C"
    )
    assert set(unit_keys.split()) <= set(found["units"][0])
    assert found["posts"][0]["saturation"] == pytest.approx(2000 / 1784)
    assert found["posts"][0]["band"] == "OVER"


def test_status_of_an_unknown_unit_is_wrong_usage(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", str(plan_file), "--unit", "U7"]) == 2
    assert "U7" in capsys.readouterr().err


def test_check_lists_what_nobody_carries(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = answer(capsys, "check", plan_file)["findings"]
    assert any("T3" in finding["subject"] + finding["message"] for finding in findings)
    assert {"rule", "severity", "unit", "subject", "message", "remedy"} <= set(findings[0])


def test_check_scores_how_far_the_elements_agree(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, "check", plan_file)["scores"] == [
        {"unit": "U1", "link": "duty_task", "score": 0.0, "checked": 1, "flawed": 1},
        {"unit": "U1", "link": "task_workload", "score": 1.0, "checked": 3, "flawed": 0},
        {
            "unit": "U1",
            "link": "workload_headcount",
            "score": pytest.approx(4 / 7),
            "checked": 7,
            "flawed": 3,
        },
    ]
    assert main(["check", str(plan_file), "--language", "zh_CN"]) == 0
    assert "U1镇 职责→任务：一致度 0.0%（共体检 1 项）" in capsys.readouterr().out


def test_status_names_the_bands_it_classes_with(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", str(plan_file), "--language", "en"]) == 0
    assert "Bands: default bands (80/100/120)." in capsys.readouterr().out


def test_solve_keeps_a_verified_plan(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "solve", plan_file)
    assert (found["outcome"], found["verified"]) == ("optimal", True)
    assert [goal["name"] for goal in found["goals"]][:2] == ["unassigned_hours", "overload"]
    assert found["goals"][0]["before"] == pytest.approx(100.0)
    assert found["goals"][0]["value"] == pytest.approx(0.0, abs=1e-5)
    assert found["goals"][1]["value"] == pytest.approx(0.0, abs=1e-5)
    assert found["rungs"][0]["lever"] == "reassign"
    assert found["measures"][0]["rank"] == 1
    project = Project.open(plan_file, read_only=True)
    assert project.plan is not None and project.plan.plan_id == found["plan"]
    project.close()


def test_levers_of_the_call_are_all_that_is_used(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "solve", plan_file, "--levers", "reassign")
    assert {measure["kind"] for measure in found["measures"]} == {"reassign"}
    assert main(["solve", str(plan_file), "--levers", "magic"]) == 2


def test_what_could_not_be_saved_is_refused_before_the_work(
    plan_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.commands.planning.compute", lambda *_asked: pytest.fail("too late"))
    monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)
    before = sorted(plan_file.parent.iterdir())
    assert main(["solve", str(plan_file)]) == 2
    assert "write-protected" in capsys.readouterr().err
    assert sorted(plan_file.parent.iterdir()) == before


def test_a_goal_above_its_bound_is_explained_by_the_tolerance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "tolerant.xlsx", tmp_path / "out.xlsx"
    goals = "unassigned_hours,overload,changed_hours"
    tolerant = {"tolerance.overload": "0.5", "goals": goals, "levers": "reassign"}
    write_standard(small_county(*(policy(*item) for item in tolerant.items())), source)
    found = answer(capsys, "plan", source, out)
    goal = next(goal for goal in found["goals"] if goal["name"] == "overload")
    assert goal["value"] > goal["bound"] + 1.0
    assert main(["plan", str(source), str(out)]) == 0
    most = goal["bound"] + 0.5 * (goal["before"] - goal["bound"])
    assert (
        f"tolerance of 50% of the improvement leaves up to {most:,.1f}" in capsys.readouterr().out
    )


def test_a_plan_without_a_measure_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "locked.xlsx", tmp_path / "out.xlsx"
    locked = [post(code, is_pinned=True) for code in ("P1", "P2")]
    write_standard(small_county(*locked, policy("levers", "reassign")), source)
    assert main(["plan", str(source), str(out)]) == 0
    assert "No measure:" in capsys.readouterr().out


def test_limits_that_cannot_hold_block_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "blocked.xlsx"
    write_standard(small_county(post("P3", office="财政所", min_people=9.0)), source)
    out = tmp_path / "out.xlsx"
    found = answer(capsys, "plan", source, out, status=1)
    assert found["outcome"] == "blocked"
    assert found["conflicts"]
    assert main(["plan", str(source), str(tmp_path / "out.xlsx")]) == 1
    assert found["conflicts"][0] in capsys.readouterr().err, "a reader is told as well"
    assert not out.exists()


def test_plan_leaves_a_workbook_and_no_plan_file(
    tmp_path: Path, workbook: Path, program_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.xlsx"
    found = answer(capsys, "plan", workbook, out)
    assert found["verified"] is True
    assert set(found["seconds"]) == {"read", "build", "solve", "verify", "write"}
    assert out.stat().st_size > 5000
    assert not list(tmp_path.glob("*.hengbian"))
    assert not [path for path in program_folder.rglob("*") if path.is_file()]


def test_a_broken_workbook_is_one_sentence(
    tmp_path: Path, plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    status = main(["import", str(plan_file), str(broken)])
    assert status in {1, 2}
    told = capsys.readouterr().err
    assert "broken.xlsx" in told
    assert "Traceback" not in told


def test_a_policy_that_cannot_be_read_names_its_cell(
    tmp_path: Path, plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "policy.xlsx"
    write_standard(small_county(policy("target_saturation", "viel")), source)
    found = answer(capsys, "import", plan_file, source, status=1)
    errors = [row for row in found["findings"] if row["severity"] == "error"]
    assert [(row["sheet"], row["cell"]) for row in errors] == [("政策", "B2")]


def test_new_never_overwrites(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = plan_file.read_bytes()
    assert main(["new", str(plan_file)]) == 2
    assert plan_file.read_bytes() == before


def test_history_lists_steps_and_finds_them_sound(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["solve", str(plan_file)])
    capsys.readouterr()
    found = answer(capsys, "history", plan_file, "--verify")
    assert [step["number"] for step in found["steps"]] == [1, 2]
    assert found["faults"] == []


def test_export_and_report_and_pictures_are_written(
    tmp_path: Path, plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, name in (("export", "a.xlsx"), ("report", "a.pdf"), ("pictures", "bilder")):
        written = answer(capsys, command, plan_file, tmp_path / name)["written"]
        assert all(Path(path).stat().st_size > 1000 for path in written)
        assert written


def test_exported_inputs_import_without_a_change(
    tmp_path: Path, plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "again.xlsx"
    assert main(["export", str(plan_file), str(out), "--standard"]) == 0
    capsys.readouterr()
    again = answer(capsys, "import", plan_file, out)
    assert (again["added"], again["changed"], again["removed"]) == (0, 0, 0)


@pytest.mark.parametrize("command", command_names())
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_command_has_help_in_both_languages(
    command: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help", "--language", language])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert ("用法：" in told) == (language == "zh_CN")
    assert ("usage:" in told) == (language == "en")


def test_a_missing_plan_file_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", str(tmp_path / "nowhere.hengbian")]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_task_only_for_officers_keeps_its_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "officer.xlsx"
    write_standard(small_county(task("T3", is_officer_only=True), policy("scope", "unit")), source)
    found = answer(capsys, "plan", source, tmp_path / "out.xlsx")
    takers = {row["to_post"] for row in found["measures"] if row["task"] == "T3"}
    assert takers <= {"P1", "P2"}


def test_status_ends_with_the_whole_county(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", str(plan_file), "--language", "en"]) == 0
    assert "\nwhole county: workload" in capsys.readouterr().out
    assert main(["status", str(plan_file), "--language", "zh_CN"]) == 0
    assert "\n全县：工作量" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["evidence", "--seed", "-3"], "“-3”不是不小于 0 的整数"),
        (["burden", "--top", "2.5"], "“2.5”不是不小于 0 的整数"),
        (["burden", "--cut", "nan"], "“nan”不是数字"),
        (["solve", "--time-limit", "x"], "“x”不是数字"),
    ],
)
def test_what_is_no_number_is_wrong_usage_in_words(
    arguments: list[str], sentence: str, plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, str(plan_file), "--language", "zh_CN"])
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_folder_is_no_plan_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", str(tmp_path), "--language", "zh_CN"]) == 2
    assert (
        capsys.readouterr().err == f"“{tmp_path}”是文件夹，不是方案文件。请选择其中的方案文件。\n"
    )


def test_an_unknown_scenario_is_wrong_usage(plan_file: Path) -> None:
    assert main(["scenario", str(plan_file), "--remove", "无"]) == 2


def test_a_report_into_no_folder_says_so(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nirgends" / "报告.pdf"
    assert main(["report", str(plan_file), str(out), "--language", "zh_CN"]) == 2
    assert capsys.readouterr().err.startswith(f"没有文件夹“{out.parent}”。")


@pytest.mark.parametrize("command", ["export", "template", "plan"])
def test_a_workbook_is_not_written_under_another_ending(
    command: str,
    plan_file: Path,
    workbook: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "e.txt"
    before = {"export": [plan_file], "template": [], "plan": [workbook]}[command]
    assert main([command, *map(str, before), str(out), "--language", "zh_CN"]) == 2
    assert capsys.readouterr().err == (
        "“e.txt”不以 .xlsx 结尾。工作簿只能写成 .xlsx，请命名为“e.xlsx”。\n"
    )
    assert not out.exists()


def test_a_plan_file_that_cannot_be_stored_says_that_nothing_was(
    plan_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    nowhere = tmp_path / "nirgends" / "新.hengbian"
    assert main(["new", str(nowhere), "--language", "zh_CN"]) == 2
    told, english = [capsys.readouterr().err], ["--language", "en"]

    def refuse(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.store.document.saving._write_compact", refuse)
    assert main(["scenario", str(plan_file), "--add", "甲", "--set", "probe=0.2", *english]) == 2
    told.append(capsys.readouterr().err)
    assert "没有丢失" not in told[0] and "没有存入任何内容" in told[0]
    assert "Nothing is lost" not in told[1] and "Nothing was stored" in told[1]
