"""Surveys: what is sent out comes back as it was, and a unit changes nothing but its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.errors import UserError
from app.language import use_language
from app.model.county import Assignment, County, PolicyValue, Staffing
from app.model.vocabulary import Severity
from app.surveying import Surveying
from app.workbooks.importing import read_workbooks
from app.workbooks.standard.exporting import write_standard
from app.workbooks.survey.returned_files import SurveyState
from tests import builders
from tests.workbooks.counties import counties
from tests.workbooks.survey.surveyed import DUE, collected, county, fill

pytestmark = pytest.mark.usefixtures("in_process")


def row_of(tab: Worksheet, *codes: str) -> int:
    found = [r[0].row for r in tab.iter_rows() if tuple(c.value for c in r[: len(codes)]) == codes]
    assert len(found) == 1 and found[0] is not None
    return found[0]


def test_the_unit_may_change_its_figures_and_nothing_else(sent: Path) -> None:
    book = load_workbook(sent / "U1_U1镇.xlsx")
    tab = book["volumes"]
    row = row_of(tab, "T1")

    assert [cell.value for cell in tab[2]] == [
        *["task", "task name", "duty name", "measure", "last volume", "volume"],
        *["last hours_each", "hours_each", "reason"],
    ]
    assert [tab.cell(row, column).protection.locked for column in range(1, 10)] == [
        *[True] * 5, False, True, False, False,
    ]  # fmt: skip
    assert [tab.cell(row + 2, column).protection.locked for column in range(1, 10)] == [
        *[False] * 4, True, False, True, False, False,
    ]  # fmt: skip
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    rules = {str(rule.sqref) for rule in tab.data_validations.dataValidation}
    assert rules == {"F3:F34", "H3:H34", "I3:I34"}
    assert not {cell.value for sheet in book for line in sheet for cell in line} & {"Q1", "U2"}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_unchanged_surveys_change_nothing_in_either_language(tmp_path: Path, language: str) -> None:
    use_language(language)
    Surveying(county()).write(tmp_path / "out")
    use_language("zh_CN" if language == "en" else "en")

    collection = collected(tmp_path / "out", accepts=True)

    assert (collection.differences, collection.findings, collection.changes) == ((), (), ())
    assert [unit.state for unit in collection.progress] == [SurveyState.RETURNED] * 2


@settings(max_examples=25)
@given(county=counties())
def test_writing_and_collecting_is_the_identity(
    county: County, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if county.units:
        folder = tmp_path_factory.mktemp("survey")
        Surveying(county).write(folder)
        collection = Surveying(county).collect([folder], accepts=True)
        errors = [f for f in collection.findings if f.severity is Severity.ERROR]
        assert (collection.differences, collection.changes, errors) == ((), (), [])


def test_differences_are_three_columns_wide_and_count_once_accepted(sent: Path) -> None:
    fill(sent / "U1_U1镇.xlsx", "volumes", ("F3", 120), ("I3", "新增人口"), ("H4", 3))

    collection = collected(sent)

    assert [
        (d.subject, d.field, d.last, d.verified, d.decided) for d in collection.differences
    ] == [
        ("T1 · T1任务", "volume", 100.0, 120.0, None),
        ("T2 · T2任务", "hours_each", 4.0, 3.0, None),
    ]
    assert collection.differences[0].reason == "新增人口"
    assert collection.changes == () and not collection.is_blocked
    assert {(f.file, f.cell, f.severity) for f in collection.findings} == {
        ("U1_U1镇.xlsx", "F3", Severity.WARNING),
        ("U1_U1镇.xlsx", "H4", Severity.WARNING),
        ("U1_U1镇.xlsx", "H4", Severity.NOTE),
    }
    after = county().with_changes(collected(sent, accepts=True).changes)
    assert after.volumes["U1", "T1"].volume == 120.0
    assert after.volumes["U1", "T2"].hours_each is None


def test_an_import_of_the_folder_does_the_same(sent: Path) -> None:
    fill(sent / "U1_U1镇.xlsx", "volumes", ("F3", 120))

    undecided = read_workbooks([sent], county())
    accepted = read_workbooks([sent], county(), accepts=True)

    assert undecided.changes == () and not undecided.is_blocked
    assert "was 100, the unit says 120" in undecided.findings[0].message
    assert (accepted.changed, accepted.added) == (1, 0)
    assert accepted.changes == collected(sent, accepts=True).changes


def test_a_unit_may_add_a_post_and_take_one_off(sent: Path) -> None:
    path = sent / "U1_U1镇.xlsx"
    fill(path, "assignments", ("A5", "T1"), ("B5", "P2"), ("F5", 0.4), ("F4", 0))

    after = county().with_changes(collected(sent, accepts=True).changes)

    assert after.assignments["U1", "T1", "P2"] == Assignment("U1", "T1", "P2", 0.4)
    assert ("U1", "T2", "P1") not in after.assignments


def test_people_are_reported_for_each_post_and_category(sent: Path) -> None:
    path = sent / "U1_U1镇.xlsx"
    row = row_of(load_workbook(path)["staffing"], "P2", "事业")
    fill(path, "staffing", (f"F{row}", 1))
    fill(path, "establishment", ("C3", 4))

    after = county().with_changes(collected(sent, accepts=True).changes)

    assert after.staffing["P2", "事业"] == Staffing("P2", "事业", 1.0)
    assert after.establishment["U1", "行政"].in_post == 4.0


REFUSED: list[tuple[str, list[tuple[str, object]], str, str]] = [
    ("assignments", [("A5", "T1"), ("B5", "Q1"), ("F5", 0.4)], "B5", "belongs to unit U2"),
    ("assignments", [("A5", "T1"), ("B5", "P7"), ("F5", 0.4)], "B5", "not among the posts"),
    ("assignments", [("A5", "T8"), ("B5", "P1"), ("F5", 0.4)], "A5", "not among the tasks"),
    ("assignments", [("A5", "T1"), ("B5", "P1"), ("F5", 0.4)], "A5", "already stands in row 3"),
    ("assignments", [("A5", "T1"), ("F5", 0.4)], "B5", "“岗位编码” is blank"),
    ("assignments", [("F3", "120%")], "F3", "no share"),
    ("volumes", [("A3", "T9")], "A3", "not among the tasks"),
    ("volumes", [("A3", "T2")], "A4", "already stands in row 3"),
    ("volumes", [("F3", "30余件")], "F3", "only a rough number"),
    ("volumes", [("F3", -1)], "F3", "too small"),
    ("volumes", [("F3", date(2026, 1, 1))], "F3", "date"),
    ("staffing", [("A3", "Q1")], "A3", "belongs to unit U2"),
    ("establishment", [("A3", "编外")], "A3", "a unit cannot add rows here"),
    ("volumes", [("F2", "数量")], "", "lost its heading row"),
    ("staffing", [("A11", "P9"), ("B11", "行政"), ("E11", 1)], "A11", "not among the posts"),
]


@pytest.mark.parametrize(("sheet", "cells", "cell", "gist"), REFUSED)
def test_what_is_not_the_units_is_refused_with_a_sentence(
    sent: Path, sheet: str, cells: list[tuple[str, object]], cell: str, gist: str
) -> None:
    fill(sent / "U1_U1镇.xlsx", sheet, *cells)

    collection = collected(sent, accepts=True)

    errors = [f for f in collection.findings if f.severity is Severity.ERROR and gist in f.message]
    assert [(f.file, f.sheet, f.cell) for f in errors] == [("U1_U1镇.xlsx", sheet, cell)]
    assert errors[0].remedy
    assert collection.changes == ()
    assert collection.progress[0].state is SurveyState.WITH_FINDINGS


def _foreign_sheet(folder: Path) -> None:
    book = load_workbook(folder / "U1_U1镇.xlsx")
    book.create_sheet("政策").append(["参数", "取值"])
    book.save(folder / "U1_U1镇.xlsx")


def _other_unit(folder: Path) -> None:
    fill(folder / "U1_U1镇.xlsx", "How to fill it in", ("A1", "hengbian:survey:U9"))


def _second_file(folder: Path) -> None:
    (folder / "V.xlsx").write_bytes((folder / "U1_U1镇.xlsx").read_bytes())


@pytest.mark.parametrize(
    ("spoil", "gist"),
    [
        (_foreign_sheet, "Sheet 政策 is no part of the survey"),
        (_other_unit, "which the plan does not have"),
        (_second_file, "has already returned its survey"),
    ],
)
def test_a_file_beyond_its_unit_is_refused(
    sent: Path, spoil: Callable[[Path], None], gist: str
) -> None:
    spoil(sent)
    collection = collected(sent, accepts=True)
    assert [gist in f.message for f in collection.findings if f.severity is Severity.ERROR] == [
        True
    ]
    assert collection.changes == ()


def test_blank_and_deleted_rows_leave_the_last_figures(sent: Path) -> None:
    book = load_workbook(sent / "U1_U1镇.xlsx")
    book["volumes"]["F3"] = None
    book["volumes"].delete_rows(4)
    book.save(sent / "U1_U1镇.xlsx")

    collection = collected(sent, accepts=True)

    said = " ".join(finding.message for finding in collection.findings)
    assert "“年业务量” was left blank" in said and "Rows missing here: 1, the first is T2" in said
    assert collection.changes == ()


def test_a_task_without_volume_may_be_shared_all_the_same(tmp_path: Path) -> None:
    here = County.of([*county().records(), builders.assignment("U2", "T2", "Q1", 0.5)])
    Surveying(here).write(tmp_path / "out")
    collection = Surveying(here).collect([tmp_path / "out"], accepts=True)
    assert (collection.changes, collection.findings) == ((), ())


def test_shares_above_the_whole_are_asked_about(sent: Path) -> None:
    fill(sent / "U1_U1镇.xlsx", "assignments", ("A5", "T1"), ("B5", "P2"), ("F5", 0.6))
    said = [finding.message for finding in collected(sent).findings]
    assert any("add up to 120.0%" in message for message in said)


def test_a_figure_the_county_has_changed_since_is_no_difference(sent: Path) -> None:
    now = County.of([*county().records(), builders.volume("U1", "T1", 130.0)])
    collection = Surveying(now).collect([sent], accepts=True)
    assert collection.differences == ()


def test_progress_says_who_is_missing_and_who_is_late(sent: Path) -> None:
    (sent / "U2_U2镇.xlsx").unlink()
    states = [
        [unit.state for unit in collected(sent, today=day).progress]
        for day in (DUE, date(2026, 12, 2))
    ]
    assert states == [
        [SurveyState.RETURNED, SurveyState.OUTSTANDING],
        [SurveyState.RETURNED, SurveyState.OVERDUE],
    ]


def test_the_county_decides_on_the_sheet_of_differences(sent: Path, tmp_path: Path) -> None:
    fill(sent / "U1_U1镇.xlsx", "volumes", ("F3", 120), ("F4", 60))
    out = tmp_path / "differences.xlsx"
    Surveying(county()).write_differences(collected(sent).differences, out)
    fill(out, "Differences", ("J3", 110))

    imported = read_workbooks([out], county(), decides=True)
    decided = Surveying(county()).decided(out)

    after = county().with_changes(imported.changes)
    assert after.volumes["U1", "T1"].volume == 110.0
    assert after.volumes["U1", "T2"].volume == 50.0
    assert imported.changes == decided.changes
    assert [(d.last, d.verified, d.decided) for d in decided.differences] == [(100.0, 120.0, 110.0)]


def test_decisions_among_other_files_change_nothing(sent: Path, tmp_path: Path) -> None:
    fill(sent / "U1_U1镇.xlsx", "volumes", ("F3", 120))
    Surveying(county()).write_differences(collected(sent).differences, sent / "说明.xlsx")
    fill(sent / "说明.xlsx", "Differences", ("J3", 999))

    found = Surveying(county()).collect([sent], today=DUE)
    alone = Surveying(county()).collect([sent / "说明.xlsx"], accepts=True, today=DUE)
    imports = [
        read_workbooks([path], county(), accepts=accepts)
        for path in (sent, sent / "说明.xlsx")
        for accepts in (False, True)
    ]

    assert (found.changes, alone.changes) == ((), ())
    assert all(999.0 not in {d.decided for d in result.differences} for result in (found, alone))
    values = [
        county().with_changes(result.changes).volumes["U1", "T1"].volume for result in imports
    ]
    assert values == [100.0, 120.0, 100.0, 100.0]
    assert "among other files it is not read" in " ".join(f.message for f in found.findings)


def test_only_a_sheet_of_differences_can_decide(sent: Path) -> None:
    fill(sent / "U1_U1镇.xlsx", "volumes", ("F3", 120))
    found = Surveying(county()).decided(sent / "U1_U1镇.xlsx")
    assert (found.is_blocked, found.changes) == (True, ())
    with pytest.raises(UserError, match="is a folder"):
        Surveying(county()).decided(sent)


def test_a_standard_workbook_among_surveys_changes_nothing(sent: Path) -> None:
    other = builders.county(*county().records(), PolicyValue("days_per_year", "300"))
    write_standard(other, sent / "标准.xlsx")
    found = Surveying(county()).collect([sent], accepts=True, today=DUE)
    assert found.changes == ()
    assert "was not read" in " ".join(f.message for f in found.findings)


def test_no_two_units_share_a_file_whatever_their_codes(tmp_path: Path) -> None:
    codes = ["a/b", "a:b", "A?b", "..", "长" * 90]
    here = builders.county(*(builders.unit(code, name="镇") for code in codes))
    paths = Surveying(here).write(tmp_path / "out")
    assert len({path.name.casefold() for path in paths}) == len(codes)
    assert all(path.parent == tmp_path / "out" and path.exists() for path in paths)


def test_a_survey_that_may_be_filled_in_is_not_written_over(sent: Path) -> None:
    before = (sent / "U1_U1镇.xlsx").read_bytes()
    with pytest.raises(UserError, match="is there already"):
        Surveying(county()).write(sent)
    assert (sent / "U1_U1镇.xlsx").read_bytes() == before
