"""The commands on burden, evidence, intake and variants answer what the method says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.commandline import main
from app.model.county import Change, County
from app.model.scenario import Scenario
from app.model.vocabulary import Burden, Form
from app.project import Project
from app.workbooks.standard.exporting import write_standard
from tests.builders import assignment, duty, policy, small_county, task, unit, volume


def county() -> County:
    """Return 2,000 h of formalistic reports, 500 h of real work and 100 h that nobody carries."""
    return small_county(
        unit(population=26_000.0),
        task("T1", burden=Burden.FORMALISTIC, form=Form.REPORT, ordered_by="县委办"),
        task("T2", hours_low=0.5, hours_high=2.0),
        policy("limit.REPORT", "1500"),
    )


def kept(path: Path, content: County) -> Path:
    project = Project.new(path)
    project.change("导入", [Change(None, row) for row in content.records()])
    project.save()
    project.close()
    return path


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    return kept(tmp_path / "今年.hengbian", county())


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> Any:
    assert main([*map(str, arguments), "--json"]) == status
    return json.loads(capsys.readouterr().out)


def test_burden_answers_ledger_first_items_reliefs_and_limits(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "burden", plan_file, "--relief", "reports")
    assert found["totals"]["hours"] == 2600.0
    kinds = {row["kind"]: row["hours"] for row in found["kinds"]}
    assert kinds == {"FORMALISTIC": 2000.0, "SUBSTANTIVE": 600.0}
    assert [row["department"] for row in found["departments"]] == ["县委办", ""]
    assert found["units"][0]["kinds"][0]["people"] == pytest.approx(2000 / 1784)
    assert [row["task"] for row in found["top"]["items"]] == ["T1"]
    assert found["top"]["together"]["people"] == pytest.approx(2000 / 1784)
    (relief,) = found["reliefs"]
    assert (relief["relief"], relief["cut"]["hours"]) == ("reports", 1200.0)
    assert relief["county"]["people"] == pytest.approx((1200 - 104) / 1784)
    (limit,) = found["limits"]
    assert (limit["counted"], limit["excess"], limit["orders"][0]["task"]) == (
        "pieces",
        500.0,
        "T1",
    )


def test_an_own_relief_is_said_by_options_in_either_language(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = ("--cut", "0.5", "--form", "报表", "--kind", "formalistic", "--substitute-hours", "100")
    (relief,) = answer(capsys, "burden", plan_file, *own)["reliefs"]
    assert (relief["relief"], relief["cut"]["hours"]) == ("own", 1000.0)
    assert relief["county"]["demand_after"] == pytest.approx(1700.0)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--relief", "tea"),
        ("--cut", "1.5"),
        ("--cut", "0.5", "--kind", "实质性"),
        ("--unit", "U7"),
    ],
)
def test_wrong_usage_of_burden_is_one_sentence(
    plan_file: Path, wrong: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["burden", str(plan_file), *wrong]) == 2
    told = capsys.readouterr().err
    assert told and "Traceback" not in told


def test_evidence_answers_draws_tornado_and_second_opinion(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "evidence", plan_file, "--draws", "200", "--post", "P2")
    assert (found["draws"], len(found["posts"])) == (200, 3)
    posts = {row["post"]: row for row in found["posts"]}
    assert posts["P1"]["overload_probability"] == 1.0
    assert posts["P3"]["overload_probability"] is None
    assert posts["P2"]["p5"] < posts["P2"]["saturation"] < posts["P2"]["p95"]
    first = found["tornado"]["inputs"][0]
    assert (first["input"], first["code"], first["is_range"]) == ("unit_time", "T2", True)
    assert first["saturation_high"] == pytest.approx(1000 / 1784)
    opinion = next(row for row in found["opinions"] if row["indicator"] == "population")
    assert opinion["per_person"] == 13_000.0
    assert answer(capsys, "evidence", plan_file, "--draws", "200", "--post", "P2") == found
    for wrong in (("--draws", "0"), ("--post", "P7")):
        assert main(["evidence", str(plan_file), *wrong]) == 2


def test_status_of_a_unit_lists_its_posts_with_their_codes(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", str(plan_file), "--unit", "U1"]) == 0
    said = capsys.readouterr().out
    assert "(U1): workload" in said
    for code in ("P1", "P2"):
        assert f"({code}): workload" in said


def test_status_says_how_even_work_lies(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    even = answer(capsys, "status", plan_file)["evenness"]
    assert even["posts"]["highest"] == pytest.approx(2000 / 1784)
    assert even["posts"]["range"] == pytest.approx(1500 / 1784)
    assert even["of_units"][0]["unit"] == "U1"
    assert answer(capsys, "status", plan_file, "--unit", "U1")["evenness"]["posts"]["counted"] == 2


def test_intake_by_options_and_kept_as_a_scenario(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = ("--name", "新职责", "--volume", "100", "--hours-each", "2")
    found = answer(capsys, "intake", plan_file, *new, "--keep", "承接")
    (verdict,) = found["verdicts"]
    assert (verdict["decision"], verdict["hours"], verdict["office"]) == ("accept", 200.0, "党政办")
    assert verdict["saturation_after"] == pytest.approx(2700 / 3568)
    scenario = answer(capsys, "scenario", plan_file)["scenarios"][0]
    assert (scenario["name"], scenario["demand_hours"]) == ("承接", 2800.0)


def test_intake_from_a_workbook_and_refused_everywhere(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "新职责.xlsx"
    rows = (
        duty("N1", name="新职责"),
        task("N1T", "N1", hours_each=3.0, qualifications=("执法证",)),
        volume("U1", "N1T", 10.0),
    )
    write_standard(County.of(rows), source)
    found = answer(capsys, "intake", plan_file, source, status=1)
    (verdict,) = found["verdicts"]
    assert (verdict["decision"], verdict["hours"]) == ("refuse", 30.0)
    assert "执法证" in verdict["reasons"][0]


def test_intake_without_a_duty_is_wrong_usage(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing_new = tmp_path / "same.xlsx"
    write_standard(county(), nothing_new)
    for wrong in ((), ("--name", "新"), (nothing_new,)):
        assert main(["intake", str(plan_file), *map(str, wrong)]) == 2
        assert "Traceback" not in capsys.readouterr().err


def test_scenarios_are_kept_listed_compared_adopted_and_removed(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "改.xlsx"
    write_standard(County.of([volume(task_code="T2", volume=600.0)]), source)
    made = ("--from", source, "--relief", "reports", "--set", "target_saturation=0.9")
    found = answer(capsys, "scenario", plan_file, "--add", "减负", *made, "--note", "试算")
    (row,) = found["scenarios"]
    assert (row["name"], row["note"], row["fault"]) == ("减负", "试算", "")
    assert row["demand_hours"] == pytest.approx(2600 - 1200 + 104 + 100)
    assert found["baseline"]["demand_hours"] == 2600.0

    compared = answer(capsys, "compare", plan_file, "--scenario", "减负")
    cells = {(row["table"], *row["key"]): row for row in compared["rows"]}
    assert cells["volumes", "U1", "T1"]["cells"] == [
        {"field": "volume", "before": 2000.0, "after": 800.0}
    ]
    assert cells["policy", "target_saturation"]["change"] == "added"
    figures = {(row["level"], row["figure"]): row for row in compared["figures"]}
    assert figures["county", "demand_hours"]["after"] == pytest.approx(1604.0)

    answer(capsys, "scenario", plan_file, "--adopt", "减负")
    assert answer(capsys, "status", plan_file)["totals"]["demand_hours"] == pytest.approx(1604.0)
    assert answer(capsys, "scenario", plan_file, "--remove", "减负")["scenarios"] == []
    steps = answer(capsys, "history", plan_file, "--verify")
    assert steps["faults"] == []
    assert steps["steps"][-1]["tables"] == ["scenarios"]


def test_a_scenario_that_cannot_be_reckoned_is_not_kept(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scenario", str(plan_file), "--add", "坏", "--set", "probe=viel"]) == 2
    assert main(["scenario", str(plan_file), "--add", "空"]) == 2
    assert main(["scenario", str(plan_file), "--add", "空", "--set", "probe"]) == 2
    assert main(["scenario", str(plan_file), "--add", "一", "--remove", "二"]) == 2
    assert main(["compare", str(plan_file), "--scenario", "坏"]) == 2
    capsys.readouterr()
    assert answer(capsys, "scenario", plan_file)["scenarios"] == []


def test_a_scenario_the_plan_has_outgrown_is_named(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project.open(plan_file)
    project.keep_scenario(Scenario("分工", rows=(assignment(task_code="T3", post_code="P3"),)))
    lost = [project.county.staffing[("P3", "编外")], project.county.posts[("P3",)]]
    project.change("撤岗", [Change(row, None) for row in lost])
    project.keep_scenario(Scenario("时限", rows=(policy("time_limit", "60"),)))
    project.save()
    project.close()
    outgrown, sound = answer(capsys, "scenario", plan_file, status=1)["scenarios"]
    assert "U1 · T3 · P3: posts P3 is not in the plan" in outgrown["fault"]
    assert "demand_hours" not in outgrown
    assert (sound["name"], sound["fault"], sound["demand_hours"]) == ("时限", "", 2600.0)
    assert main(["compare", str(plan_file), "--scenario", "分工"]) == 1


def test_years_side_by_side_show_what_came_back(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def year(name: str, pieces: float) -> Path:
        change = Change(None, volume(task_code="T1", volume=pieces))
        return kept(tmp_path / name, county().with_changes([change]))

    first, second = year("前年.hengbian", 1900.0), year("去年.hengbian", 900.0)
    found = answer(capsys, "compare", plan_file, first, second)
    assert (found["before"], found["after"]) == ("去年", "今年")
    rows = {row["code"]: row for row in found["rebounds"]}
    assert rows["T1"]["movement"] == "rebound"
    assert rows["T1"]["hours"] == [1900.0, 900.0, 2000.0]
    assert rows["REPORT"]["subject"] == "form"
    (changed,) = found["rows"]
    assert changed["cells"] == [{"field": "volume", "before": 900.0, "after": 2000.0}]
    assert main(["compare", str(plan_file)]) == 2


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_lines_for_readers_are_said_in_both_languages(
    plan_file: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["scenario", str(plan_file), "--add", "减负", "--relief", "reports"])
    capsys.readouterr()
    for arguments in (
        ("burden", "--top", "3"),
        ("evidence", "--draws", "20"),
        ("intake", "--name", "新", "--volume", "900", "--hours-each", "2"),
        ("scenario",),
        ("compare", "--scenario", "减负"),
    ):
        command, *more = arguments
        assert main([command, str(plan_file), *more, "--language", language]) == 0
        told = capsys.readouterr().out
        is_chinese = any(word in told for word in ("折合", "饱和度", "模拟", "准入"))
        assert is_chinese is (language == "zh_CN")
        assert "{" not in told


def test_what_would_change_the_figures_is_named(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", str(plan_file), "--language", "en", "--draws", "10"]) == 0
    name = county().tasks[("T2",)].name
    assert f"unit time of “{name}” (T2): 0.5–2 (today 1)" in capsys.readouterr().out


def test_an_unknown_setting_of_a_scenario_is_refused_by_name(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scenario", str(plan_file), "--add", "a", "--set", "foo=bar"]) == 2
    assert "“foo” is not a policy setting." in capsys.readouterr().err


def test_an_intake_check_without_units_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "empty.hengbian"
    assert main(["new", str(path)]) == 0
    one = ["--name", "新", "--volume", "10", "--hours-each", "2"]
    assert main(["intake", str(path), *one]) == 1
    assert "No unit of the plan could take the duty on." in capsys.readouterr().err
