"""Measures, ladder, relief and why-not on the command line keep the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.commandline import main
from app.workbooks.standard.exporting import write_standard
from tests.builders import policy, small_county


@pytest.fixture
def planned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a plan file of the small county: T3 goes to P2, then 216 h of T1 from P1 to P2."""
    workbook, path = tmp_path / "小县.xlsx", tmp_path / "小县.hengbian"
    write_standard(small_county(policy("levers", "reassign,move")), workbook)
    for arguments in (["new", path], ["import", path, workbook], ["solve", path]):
        assert main([*map(str, arguments)]) == 0
    capsys.readouterr()
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> Any:
    assert main([*map(str, arguments), "--json"]) == status
    return json.loads(capsys.readouterr().out)


def test_measures_are_listed_with_what_was_decided(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "measures", planned)
    assert [row["task"] for row in found["measures"]] == ["T3", "T1"]
    assert [row["verdict"] for row in found["measures"]] == [None, None]
    answer(capsys, "measures", planned, "--accept", "2", "--reject", "1")
    found = answer(capsys, "measures", planned)
    assert [row["verdict"] for row in found["measures"]] == ["rejected", "accepted"]
    answer(capsys, "measures", planned, "--withdraw", "1-2")
    assert answer(capsys, "measures", planned)["decisions"] == []


def test_robustness_stands_beside_each_measure_where_asked_for(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, "measures", planned)["measures"][0]["robustness"] is None
    found = answer(capsys, "measures", planned, "--robust", "2")
    assert [row["robustness"] for row in found["measures"]] == [1.0, 1.0]
    assert found["survivals"]["draws"] == 2
    assert main(["measures", str(planned), "--robust", "2"]) == 0
    assert capsys.readouterr().out.count("survives 100%") == 2
    assert main(["measures", str(planned), "--robust", "0"]) == 2


def test_the_curve_says_where_the_next_person_goes(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "curve", planned, "--category", "行政")
    assert found["base"] == "plan"
    assert [row["category"] for row in found["rows"]] == ["行政"]
    assert found["points"][0]["people"] == 0
    assert main(["curve", str(planned)]) == 0
    assert "after the plan" in capsys.readouterr().out
    assert main(["curve", str(planned), "--unit", "U9"]) == 2


def test_the_years_ahead_add_up_and_nothing_is_stored(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--years", "2", "--set", "retire.行政=1")
    found = answer(capsys, "horizon", planned, *asked)
    by_year = [row for row in found["totals"] if not row["category"]]
    assert [row["retired"] for row in by_year] == [1.0, 0.0]
    assert found["verified"]
    assert answer(capsys, "horizon", planned, "--years", "1")["totals"][0]["retired"] == 0.0
    assert main(["horizon", str(planned), *asked]) == 0
    assert "Year 2" in capsys.readouterr().out
    assert main(["horizon", str(planned), "--years", "9"]) == 2


def test_decisions_on_measures_of_earlier_plans_are_shown_and_taken_back(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measures", str(planned), "--reject", "2"]) == 0
    assert main(["solve", str(planned)]) == 0
    capsys.readouterr()
    assert main(["measures", str(planned)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "not in this plan" in line and "T1" in line]
    found = answer(capsys, "measures", planned, "--reset")
    assert found["decisions"] == []


def test_accepted_measures_change_the_inputs(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    promised = answer(capsys, "measures", planned)["measures"][-1]
    found = answer(capsys, "measures", planned, "--accept", "1-2", "--apply")
    assert found["carried_out"] == ["reassign|T3||P2", "reassign|T1|P1|P2"]
    posts = {row["post"]: row for row in answer(capsys, "status", planned)["posts"]}
    assert posts["P1"]["saturation"] == pytest.approx(promised["saturation_after"])
    assert posts["P2"]["saturation"] == pytest.approx(promised["to_saturation_after"])
    label = answer(capsys, "history", planned, "--verify")["steps"][-1]["label"]
    assert "2" in label


def test_a_measure_is_carried_out_once_until_that_is_taken_back(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "measures", planned, "--accept", "1", "--apply")
    assert main(["measures", str(planned)]) == 0
    said = capsys.readouterr()
    assert said.out.count("[carried out]") == 1
    assert "have changed since this plan was found" in said.err
    assert main(["measures", str(planned), "--accept", "1-2"]) == 2
    assert "Carried out already: measures 1" in capsys.readouterr().err
    assert answer(capsys, "undo", planned)["undone"] == "Carry out 1 measures"
    assert main(["measures", str(planned)]) == 0
    said = capsys.readouterr()
    assert ("[carried out]" in said.out, said.err) == (False, "")
    assert answer(capsys, "redo", planned)["redone"] == "Carry out 1 measures"
    assert main(["measures", str(planned)]) == 0
    assert "[carried out]" in capsys.readouterr().out
    answer(capsys, "solve", planned)
    assert main(["measures", str(planned)]) == 0
    assert "[carried out]" not in capsys.readouterr().out


def test_there_is_an_end_to_undo_and_redo(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["redo", str(planned)]) == 1
    for _step in range(2):
        assert main(["undo", str(planned)]) == 0
    assert main(["undo", str(planned)]) == 1
    assert "no change to take back" in capsys.readouterr().err


@pytest.mark.parametrize(
    "decisions",
    [("--accept", "1", "--reject", "1-2"), ("--accept", "2-1"), ("--accept", "1-999999999")],
)
def test_decisions_that_contradict_or_name_no_range_are_refused(
    planned: Path, decisions: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = main(["measures", str(planned), *decisions])
    except SystemExit as ended:
        status = int(str(ended.code))
    assert status == 2
    assert capsys.readouterr().err
    assert answer(capsys, "measures", planned)["decisions"] == []


def test_a_curve_of_nobody_and_a_ladder_of_no_means_are_refused(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["curve", str(planned), "--most", "0"]) == 2
    assert main(["ladder", str(planned), "--levers", ""]) == 2
    assert "names no means" in capsys.readouterr().err


def test_figures_of_overload_say_that_they_are_weighted(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("ladder", "relief", "curve"):
        assert main([command, str(planned)]) == 0
        assert "weighted h" in capsys.readouterr().out, command


def test_rows_tell_overtime_and_no_weighted_hours(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measures", str(planned)]) == 0
    said = capsys.readouterr().out
    assert "h a person and week" in said
    assert "weighted" not in said


def test_people_of_the_coming_years_show_no_rounding_of_the_solver(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--years", "1", "--set", "integer=no", "--set", "retire.行政=0.3")
    assert main(["horizon", str(planned), *asked]) == 0
    said = capsys.readouterr().out
    assert "In the coming year" in said
    assert "e-0" not in said


def test_a_rank_that_is_not_there_is_wrong_usage(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measures", str(planned), "--accept", "9"]) == 2
    assert "9" in capsys.readouterr().err
    assert main(["measures", str(planned), "--apply"]) == 1


def test_without_a_plan_there_are_no_measures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "空.hengbian"
    assert main(["new", str(path)]) == 0
    for command in ("measures", "relief"):
        assert main([command, str(path)]) == 1
    assert "hengbian solve" in capsys.readouterr().err


def test_the_ladder_has_a_rung_for_every_means(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "ladder", planned)
    assert found["before"]["overload"] == pytest.approx(253.6)
    assert [rung["lever"] for rung in found["rungs"]][:2] == ["reassign", "move"]
    assert found["rungs"][0]["overload"] == pytest.approx(0.0, abs=1e-4)
    assert main(["ladder", str(planned)]) == 0
    assert capsys.readouterr().out.count("\n") == 7


def test_the_relief_curve_starts_at_nothing(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "relief", planned)
    assert [point["measures"] for point in found["points"]] == [0, 1, 2]
    assert found["points"][0]["share"] == 0.0
    assert found["points"][-1]["share"] == pytest.approx(1.0)
    assert found["knee"] == 1


def test_why_not_tells_better_and_worse(planned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wish = ("--task", "T2", "--unit", "U1", "--to", "P1", "--hours", "300")
    found = answer(capsys, "why-not", planned, *wish)
    assert found["outcome"] == "optimal"
    assert {goal["name"] for goal in found["goals"] if goal["is_worse"]} >= {"changed_hours"}
    assert {post["post"] for post in found["posts"]} == {"P1", "P2"}
    assert main(["why-not", str(planned), *wish]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Handing 300 h")
    assert "P1岗 (P1)" in said


@pytest.mark.parametrize(
    "wish",
    [
        (),
        ("--person", "P1"),
        ("--person", "P1", "--task", "T1", "--to", "P2"),
        ("--task", "T1", "--to", "P2"),
        ("--exempt", "U9"),
    ],
)
def test_a_wish_that_is_none_is_wrong_usage(
    planned: Path, wish: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["why-not", str(planned), *wish]) == 2
    assert capsys.readouterr().err


def test_what_a_measure_would_change_is_locked_and_released(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, "lock", planned) == {"locks": []}
    lock = {"unit": "U1", "task": "T1", "post": "P1"}
    assert answer(capsys, "measures", planned, "--lock", "2")["locked"] == [lock]
    assert answer(capsys, "lock", planned) == {"locks": [lock]}
    found = answer(capsys, "solve", planned)
    assert [row["task"] for row in found["measures"]] == ["T3"]
    assert answer(capsys, "lock", planned, "U1/T1/P1", "--release") == {"locks": []}
    found = answer(capsys, "solve", planned)
    assert [row["task"] for row in found["measures"]] == ["T3", "T1"]


def test_what_cannot_be_locked_is_refused_in_a_sentence(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*arguments: str) -> str:
        assert main([*arguments, "--language", "en"]) == 2
        return capsys.readouterr().err

    assert "takes nothing from any post" in refused("measures", str(planned), "--lock", "1")
    assert "has no measure 9" in refused("measures", str(planned), "--lock", "9")
    assert "neither a post nor" in refused("lock", str(planned), "P77")
    assert "Name what is to be released" in refused("lock", str(planned), "--release")
    answer(capsys, "measures", planned, "--accept", "2")
    assert "is accepted" in refused("measures", str(planned), "--lock", "2")
    answer(capsys, "lock", planned, "P2")
    assert main(["lock", str(planned), "--language", "en"]) == 0
    assert "keeps its people and its work (P2)." in capsys.readouterr().out


def test_reasons_are_told_in_the_language_of_the_reader(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    english = answer(capsys, "measures", planned, "--language", "en")["measures"][1]
    chinese = answer(capsys, "measures", planned, "--language", "zh_CN")["measures"][1]
    assert english["because"].startswith("P1岗 is at 112%")
    assert chinese["because"].startswith("“P1岗”饱和度为 112%")
    assert (english["needs"], chinese["needs"]) == ("A decision of the unit.", "由本单位决定。")
