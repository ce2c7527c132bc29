"""Tests of the rules on what hours are made of: each where it speaks and where it is silent."""

from __future__ import annotations

import pytest

from app.method.checks.outlier_rules import modified_z_scores
from app.model.county import Change, Record
from app.model.findings import Place
from app.model.vocabulary import Measuring, Severity, Table, UnitKind
from tests.builders import (
    assignment,
    category_allowance,
    policy,
    post,
    task,
    unit,
    volume,
    working_time,
)
from tests.method.checks.checking import found, rules_of, sound


def test_unit_time_missing() -> None:
    here = sound(task("T2", hours_each=None), volume(task_code="T2", volume=40.0))
    assert found("unit_time_missing", here).place == Place(Table.VOLUMES, ("U1", "T2"))
    own = sound(task("T2", hours_each=None), volume(task_code="T2", volume=40.0, hours_each=1.0))
    fixed = sound(task("T2", hours_each=None, method=Measuring.FIXED_HOURS), volume(task_code="T2"))
    none_of_it = sound(task("T2", hours_each=None), volume(task_code="T2", volume=0.0))
    for silent in (own, fixed, none_of_it):
        assert "unit_time_missing" not in rules_of(silent)


def test_shares_below_whole() -> None:
    finding = found("shares_below_whole", sound(assignment(share=0.9)))
    assert "90.0%" in finding.message and "170 h" in finding.message
    thirds = [post(code) for code in ("P2", "P3")]
    carried = [assignment(post_code=code, share=0.333_333_3) for code in ("P1", "P2", "P3")]
    assert "shares_below_whole" not in rules_of(sound(*thirds, *carried))


def test_shares_above_whole() -> None:
    here = sound(post("P2"), assignment(post_code="P2", share=0.25))
    finding = found("shares_above_whole", here)
    assert finding.severity is Severity.WARNING
    assert "125.0%" in finding.message


def many_units(*hours: float, **fields: float) -> list[Record]:
    """Return one more unit per entry that does T1 for so many hours, all unassigned."""
    rows: list[Record] = []
    for number, value in enumerate(hours):
        code = f"V{number}"
        rows += [unit(code, **fields), volume(code, volume=value)]
    return rows


def test_unit_time_far_longer() -> None:
    here = sound(unit("U2"), unit("U3"), volume("U2", volume=1.0, hours_each=3.1), volume("U3"))
    finding = found("unit_time_far_longer", here)
    assert finding.message == (
        "U2镇: one piece of “T1任务” is said to take 3.1 h, 3.1 times the median of the other"
        " units (1 h)."
    )
    assert finding.place == Place(Table.VOLUMES, ("U2", "T1"))
    thrice = sound(unit("U2"), volume("U2", volume=1.0, hours_each=3.0))
    assert "unit_time_far_longer" not in rules_of(thrice)
    alone = sound(volume(volume=1.0, hours_each=9.0))
    assert "unit_time_far_longer" not in rules_of(alone)


def test_hours_stand_out() -> None:
    """Of 100, 110, 90, 105, 95 and 300 h the median is 102.5, the MAD 7.5, z of 300 17.8."""
    hours = (100.0, 110.0, 90.0, 105.0, 95.0, 300.0)
    here = sound(*many_units(*hours), volume(volume=0.0))
    finding = found("hours_stand_out", here)
    assert finding.message == "V5镇: “T1任务” takes 300 h a year; the median of 6 units is 102."
    assert finding.place == Place(Table.VOLUMES, ("V5", "T1"))
    few = sound(*many_units(*hours[-4:]), volume(volume=0.0))
    assert "hours_stand_out" not in rules_of(few)
    less_than_twice = sound(*many_units(*hours[:-1], 200.0), volume(volume=0.0))
    assert "hours_stand_out" not in rules_of(less_than_twice)


def test_hours_stand_out_by_the_size_that_makes_units_alike() -> None:
    people = {"V0": 10_000.0, "V1": 20_000.0, "V2": 30_000.0, "V3": 40_000.0, "V4": 50_000.0}
    rows: list[Record] = [volume(volume=0.0)]
    for code, population in people.items():
        villages = 10.0 if code != "V4" else 11.0
        rows.append(unit(code, population=population, villages=villages))
        rows.append(volume(code, volume=population / 100 * (4.0 if code == "V0" else 1.0)))
    finding = found("hours_stand_out", sound(*rows))
    assert finding.message == (
        "V0镇: “T1任务” takes 40.0 h per 1,000 residents; the median of 5 units is 10.0."
    )


def test_streets_are_not_compared_with_townships() -> None:
    hours = (100.0, 110.0, 90.0, 105.0, 95.0, 300.0)
    here = sound(*many_units(*hours), unit("V5", kind=UnitKind.STREET), volume(volume=0.0))
    assert "hours_stand_out" not in rules_of(here)


def test_modified_z_scores() -> None:
    scores = modified_z_scores({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0, "e": 100.0})
    assert scores["e"] == pytest.approx(0.6745 * 97 / 1)
    assert scores["c"] == 0
    equal = modified_z_scores({"a": 5.0, "b": 5.0, "c": 5.0, "d": 15.0})
    assert equal["d"] == pytest.approx(10 / (1.2533 * 2.5))
    assert set(modified_z_scores({"a": 5.0, "b": 5.0}).values()) == {0}


def test_assignment_without_volume() -> None:
    here = sound(task("T2"), assignment(task_code="T2"))
    finding = found("assignment_without_volume", here)
    assert finding.message == "U1镇: P1岗 carries “T2任务”, but the unit has no volume of it."
    assert finding.place == Place(Table.ASSIGNMENTS, ("U1", "T2", "P1"))


def test_assignment_to_other_unit() -> None:
    here = sound(unit("U2"), post("Q1", "U2"), assignment(post_code="Q1", share=0.5))
    assert found("assignment_to_other_unit", here).severity is Severity.ERROR
    assert "shares_above_whole" not in rules_of(here)


def test_season_unknown() -> None:
    finding = found("season_unknown", sound(task(profile="汛期")))
    assert finding.place == Place(Table.TASKS, ("T1",))


def test_scope_unknown() -> None:
    here = sound(category_allowance(value=0.01, scope="财政所"))
    assert found("scope_unknown", here).place == Place(
        Table.ALLOWANCES, ("例会", "CATEGORY", "财政所")
    )
    for scope in ("", "行政", "编外", "U1", "U1镇", "党政办", "P1", "P1岗"):
        assert "scope_unknown" not in rules_of(sound(category_allowance(value=0.01, scope=scope)))


def test_year_off_calendar() -> None:
    here = sound(working_time(working_days=250.0, leave=12.0))
    finding = found("year_off_calendar", here)
    assert finding.message == (
        "行政 has 250 working days a year, the calendar of the plan (working days of 2026) 248."
    )
    assert finding.place == Place(Table.WORKING_TIME, ("行政",))
    for calendar in (policy("calendar", "2024"), policy("calendar.days", "20," * 11 + "30")):
        assert "year_off_calendar" not in rules_of(here.with_changes([Change(None, calendar)]))


def test_seniority_of_nobody() -> None:
    finding = found("seniority_of_nobody", sound(policy("seniority.行政人员", "1,1,1")))
    assert finding.place == Place(Table.POLICY, ("seniority.行政人员",))
    assert "seniority_of_nobody" not in rules_of(sound(policy("seniority.工勤", "1,1,1")))
