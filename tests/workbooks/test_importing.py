"""What an import changes in a plan that is there already: added, changed, replaced, kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.errors import UnreadableFile
from app.model.county import Assignment, County, Post, Staffing, Unit
from app.model.vocabulary import Role, Severity, Table
from app.workbooks.importing import Import, read_workbooks
from tests.workbooks.books import good_book, spoiled, write_book

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County().with_changes(read(tmp_path, good_book(), County()).changes)


def read(tmp_path: Path, sheets: dict[str, Any], county: County) -> Import:
    return read_workbooks([write_book(tmp_path / "county.xlsx", sheets)], county)


def test_rows_are_added_and_changed_by_key_and_others_stay(tmp_path: Path, county: County) -> None:
    sheets = {
        "单位": [["单位编码", "单位名称", "类型"], ["U2", "绿水镇", "镇"], ["U3", "新街", "街道"]]
    }

    result = read(tmp_path, sheets, county)

    assert (result.added, result.changed, result.unchanged, result.removed) == (1, 1, 0, 0)
    after = county.with_changes(result.changes)
    assert [unit.name for unit in after.units.values()] == ["青山镇", "绿水镇", "新街"]


def test_a_column_the_sheet_lacks_leaves_its_field(tmp_path: Path, county: County) -> None:
    known = county.units[("U1",)]
    county = County.of([*county.records(), Unit("U1", known.name, known.kind, note="山区")])

    assert read(tmp_path, {"单位": good_book()["单位"]}, county).changes == ()


def test_a_blank_cell_of_a_present_column_clears_its_field(tmp_path: Path, county: County) -> None:
    sheets = {"岗位": good_book()["岗位"]}
    sheets["岗位"][1][2] = None

    (change,) = read(tmp_path, sheets, county).changes

    assert isinstance(change.after, Post) and change.after.office == ""


def test_people_are_replaced_for_each_post_and_column(tmp_path: Path, county: County) -> None:
    rows = good_book()["岗位"][:2]
    rows[1][4:6] = [None, 3]

    result = read(tmp_path, {"岗位": rows}, county)

    after = county.with_changes(result.changes)
    assert [row for key, row in after.staffing.items() if key[0] == "P1"] == [
        Staffing("P1", "事业", 3.0)
    ]
    assert ("P2", "事业") in after.staffing
    assert (result.added, result.removed) == (1, 1)


def test_assignments_are_replaced_for_each_unit_and_task(tmp_path: Path, county: County) -> None:
    sheets = {
        "分工": [
            ["单位编码", "任务编码", "岗位编码", "份额", "角色"],
            ["U1", "T1", "P2", 1, "主办"],
        ]
    }

    result = read(tmp_path, sheets, county)

    after = county.with_changes(result.changes)
    assert list(after.assignments.values()) == [
        Assignment("U1", "T1", "P2", 1.0, Role.LEAD),
        Assignment("U2", "T1", "P3", 1.0),
    ]
    assert (result.changed, result.removed) == (1, 1)


def test_with_one_error_nothing_changes(tmp_path: Path, county: County) -> None:
    sheets = {
        "单位": [["单位编码", "单位名称", "类型"], ["U3", "新街", "街道"], ["U4", None, "镇"]]
    }

    result = read(tmp_path, sheets, county)

    assert result.is_blocked
    assert (result.changes, result.added) == ((), 0)


def test_the_same_row_in_two_files_is_no_duplicate(tmp_path: Path) -> None:
    first = write_book(tmp_path / "a.xlsx", good_book())
    second = write_book(tmp_path / "b.xlsx", good_book())

    result = read_workbooks([first, second], County())

    assert result.findings == ()


def test_a_contradiction_between_two_files_names_both(tmp_path: Path) -> None:
    other = good_book()
    other["单位"][1][1] = "红石镇"
    first = write_book(tmp_path / "a.xlsx", good_book())
    second = write_book(tmp_path / "b.xlsx", other)

    (finding,) = read_workbooks([first, second], County()).findings

    assert (finding.file, finding.cell) == ("b.xlsx", "A2")
    assert "a.xlsx, sheet 单位, cell A2" in finding.message


def test_many_errors_are_cut_and_counted(tmp_path: Path) -> None:
    sheets = good_book()
    sheets["单位"] += [[f"U{number}", None, "镇"] for number in range(10, 700)]

    findings = read(tmp_path, sheets, County()).findings

    assert len(findings) == 201
    assert "490 more" in findings[-1].message


def test_an_unknown_policy_pool_is_asked_about(tmp_path: Path, county: County) -> None:
    sheets = {"政策": [["参数", "取值"], ["pool.行攻", 3]]}

    (finding,) = read(tmp_path, sheets, county).findings

    assert (finding.severity, finding.cell) == (Severity.WARNING, "A2")
    assert "行政" in finding.remedy


def test_policy_values_must_fit_together(tmp_path: Path, county: County) -> None:
    sheets = {"政策": [["参数", "取值"], ["tier_weights", "1,2"]]}

    (finding,) = read(tmp_path, sheets, county).findings

    assert (finding.severity, finding.sheet, finding.cell) == (Severity.ERROR, "政策", "B2")


def test_a_share_of_time_cannot_belong_to_single_posts(tmp_path: Path, county: County) -> None:
    heading = ["名称", "类型", "范围", "数值", "单位"]

    result = read(tmp_path, {"占用": [heading, ["值班", "个别", None, 0.1, "占比"]]}, county)

    assert [(f.severity, f.cell) for f in result.findings] == [(Severity.ERROR, "E2")]


def test_nothing_to_read_is_an_error_of_usage(tmp_path: Path) -> None:
    with pytest.raises((UnreadableFile, FileNotFoundError)):
        read_workbooks([tmp_path / "absent.xlsx"], County())


def test_new_rows_come_after_those_that_are_there(tmp_path: Path, county: County) -> None:
    sheets = {
        "单位": [["单位编码", "单位名称", "类型"], ["U0", "新街", "街道"], ["U1", "青山镇", "镇"]]
    }

    after = county.with_changes(read(tmp_path, sheets, county).changes)

    assert list(after.rows(Table.UNITS)) == [("U1",), ("U2",), ("U0",)]


def test_sheets_that_the_plan_has_and_the_files_lack_are_named(
    tmp_path: Path, county: County
) -> None:
    book = good_book()
    del book["任务"]

    (finding,) = read(tmp_path, book, county).findings

    assert finding.severity is Severity.NOTE
    assert "Not in these files: 任务." in finding.message


def test_a_code_in_another_width_is_recognised_in_the_remedy(tmp_path: Path) -> None:
    path = write_book(tmp_path / "wide.xlsx", spoiled("分工", "B2", "ｔ１"))

    (found,) = [f for f in read_workbooks([path], County()).findings if f.cell == "B2"]

    assert found.remedy == "Did you mean “T1”?"


def test_codes_that_look_alike_are_asked_about(tmp_path: Path, county: County) -> None:
    book = good_book()
    book["任务"].append(["Ｔ１", "D1", "发展党员二", "件数", 3, "实质性", None])
    path = write_book(tmp_path / "alike.xlsx", book)

    for plan in (County(), county):
        (found,) = [f for f in read_workbooks([path], plan).findings if "differ only" in f.message]
        assert (found.severity, found.sheet, found.cell) == (Severity.WARNING, "任务", "A4")


def test_the_posts_that_are_demanded_have_people(tmp_path: Path) -> None:
    book = good_book()
    del book["岗位"]

    findings = read_workbooks([write_book(tmp_path / "none.xlsx", book)], County()).findings

    (found,) = [f for f in findings if f.message.startswith("Sheet 岗位 is missing")]
    assert "岗位名称*, 行政, 事业, 工勤, 编外, 最少人数" in found.remedy
