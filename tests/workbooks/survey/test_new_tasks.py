"""New tasks: a unit reports what the county has not listed, and the county decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.model.county import Duty, Volume
from app.model.vocabulary import Burden, DutyList, Evidence, Severity
from app.surveying import Surveying
from app.workbooks.importing import read_workbooks
from tests.workbooks.survey.surveyed import DUE, collected, county, fill

pytestmark = pytest.mark.usefixtures("in_process")

NEW = [("B5", "防汛值守"), ("C5", "D1职责"), ("D5", "班"), ("F5", 30), ("H5", 8)]
"""A task that U1 adds below its own, under a duty of the county."""


def test_a_task_that_the_unit_adds_is_taken_in_with_a_note(sent: Path) -> None:
    fill(sent / "U1_U1镇.xlsx", "volumes", *NEW)

    undecided = collected(sent)
    collection = collected(sent, accepts=True)

    assert undecided.changes == () and not undecided.is_blocked
    (finding,) = undecided.findings
    assert (finding.severity, finding.cell) == (Severity.WARNING, "F5")
    assert "防汛值守, not listed, 8 h each: the unit does this, 年业务量 30" in finding.message
    after = county().with_changes(collection.changes)
    added = after.tasks["U1-防汛值守",]
    assert (added.duty_code, added.name, added.measure, added.hours_each) == (
        *("D1", "防汛值守", "班"),
        8.0,
    )
    assert (added.burden, added.evidence) == (Burden.SUBSTANTIVE, Evidence.ESTIMATE)
    assert after.volumes["U1", "U1-防汛值守"] == Volume("U1", "U1-防汛值守", 30.0)
    (note,) = collection.findings
    assert (note.severity, note.file, note.cell) == (Severity.NOTE, "U1_U1镇.xlsx", "F5")
    assert "comes in as task U1-防汛值守" in note.message


def test_a_new_duty_stands_outside_the_list_and_its_tasks_can_be_shared(sent: Path) -> None:
    path = sent / "U1_U1镇.xlsx"
    for row, code in (("5", "N1"), ("6", "N2")):
        cells = {"A": code, "B": f"{code}事", "C": "防汛", "F": 30, "H": 8}
        fill(path, "volumes", *((f"{letter}{row}", value) for letter, value in cells.items()))
    fill(path, "assignments", ("A5", "N1"), ("B5", "P2"), ("F5", 0.5))
    fill(path, "assignments", ("A6", "N2事"), ("B6", "P2"), ("F6", 1))

    after = county().with_changes(collected(sent, accepts=True).changes)

    assert after.duties["U1-防汛",] == Duty("U1-防汛", "防汛", DutyList.UNLISTED)
    assert [after.tasks[code,].duty_code for code in ("U1-N1", "U1-N2")] == ["U1-防汛"] * 2
    assert after.assignments["U1", "U1-N1", "P2"].share == 0.5
    assert after.assignments["U1", "U1-N2", "P2"].share == 1.0


def test_two_units_with_one_code_of_their_own_mean_two_tasks(sent: Path) -> None:
    for file, row in (("U1_U1镇.xlsx", 5), ("U2_U2镇.xlsx", 4)):
        cells = (("A", "N1"), ("B", f"{file[:2]}的事"), ("F", 30), ("H", 8))
        fill(sent / file, "volumes", *((f"{letter}{row}", value) for letter, value in cells))
    after = county().with_changes(collected(sent, accepts=True).changes)
    assert {code for (code,) in after.tasks} == {"T1", "T2", "U1-N1", "U2-N1"}


@pytest.mark.parametrize("called", [("A4", "T2"), ("B4", "T2任务")])
def test_a_task_of_the_county_that_is_new_to_the_unit_is_known_by_code_or_name(
    sent: Path, called: tuple[str, str]
) -> None:
    fill(sent / "U2_U2镇.xlsx", "volumes", called, ("F4", 12))
    collection = collected(sent, accepts=True)
    after = county().with_changes(collection.changes)
    assert after.volumes["U2", "T2"] == Volume("U2", "T2", 12.0)
    assert set(after.tasks) == set(county().tasks)


def test_a_code_that_means_another_task_is_refused(sent: Path) -> None:
    fill(sent / "U2_U2镇.xlsx", "volumes", ("A4", "T2"), ("B4", "防汛值守"), ("F4", 12), ("H4", 1))
    collection = collected(sent, accepts=True)
    (finding,) = collection.findings
    assert (finding.severity, finding.cell, collection.changes) == (Severity.ERROR, "A4", ())
    assert "T2 means “T2任务” in the plan, not “防汛值守”" in finding.message


def test_what_was_taken_in_is_no_difference_when_it_is_collected_again(sent: Path) -> None:
    path = sent / "U1_U1镇.xlsx"
    fill(path, "volumes", *NEW)
    fill(path, "assignments", ("A5", "防汛值守"), ("B5", "P2"), ("F5", 0.5))
    after = county().with_changes(collected(sent, accepts=True).changes)
    again = Surveying(after).collect([sent], accepts=True)
    assert (again.differences, again.changes, again.is_blocked) == ((), (), False)


def test_the_county_decides_on_a_new_task_on_the_sheet_of_differences(
    sent: Path, tmp_path: Path
) -> None:
    path, out = sent / "U1_U1镇.xlsx", tmp_path / "differences.xlsx"
    fill(path, "volumes", *NEW)
    fill(path, "assignments", ("A5", "防汛值守"), ("B5", "P2"), ("F5", 0.5))
    Surveying(county()).write_differences(collected(sent).differences, out)

    fill(out, "Differences", ("J3", 20), ("J4", 0.5))
    taken = read_workbooks([out], county(), decides=True)
    after = county().with_changes(taken.changes)
    assert after.volumes["U1", "U1-防汛值守"].volume == 20.0
    assert after.tasks["U1-防汛值守",].hours_each == 8.0
    assert after.assignments["U1", "U1-防汛值守", "P2"].share == 0.5
    assert (taken.added, taken.unchanged) == (3, 0)

    fill(out, "Differences", ("J3", 0))
    refused = Surveying(county()).collect([sent, out], today=DUE)
    assert (refused.changes, refused.is_blocked) == ((), False)

    fill(out, "Differences", ("J3", None))
    (finding,) = read_workbooks([out], county(), decides=True).findings
    assert (finding.severity, finding.cell) == (Severity.ERROR, "J4")


@pytest.mark.parametrize(
    ("cells", "cell", "gist"),
    [
        ([("A5", "N1"), ("F5", 3), ("H5", 1)], "A5", "not among the tasks"),
        ([("B5", "防汛值守"), ("H5", 1)], "F5", "needs “年业务量”"),
        ([("B5", "防汛值守"), ("F5", 0), ("H5", 1)], "F5", "needs “年业务量”"),
        ([("B5", "防汛值守"), ("F5", 3)], "H5", "needs “单件工时”"),
        ([("B5", "T1任务"), ("F5", 3), ("H5", 1)], "A5", "“任务编码” is blank"),
        ([("C5", "防汛"), ("F5", 3), ("H5", 1)], "A5", "“任务编码” is blank"),
        ([*NEW, ("B6", "防汛值守"), ("F6", 3)], "A6", "already stands in row 5"),
    ],
)
def test_a_row_that_says_too_little_is_refused_with_a_sentence(
    sent: Path, cells: list[tuple[str, object]], cell: str, gist: str
) -> None:
    fill(sent / "U1_U1镇.xlsx", "volumes", *cells)
    collection = collected(sent, accepts=True)
    (finding,) = collection.findings
    assert (finding.severity, finding.sheet, finding.cell) == (Severity.ERROR, "volumes", cell)
    assert gist in finding.message and finding.remedy
    assert collection.changes == ()
