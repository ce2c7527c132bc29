"""Sheets and columns are recognised without pedantry, and what is missing is said."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from app.model.county import County, Duty
from app.model.vocabulary import DutyList, Severity, Table
from app.workbooks.importing import Import, read_workbooks
from app.workbooks.standard.sheets import BY_TABLE, SHEETS
from tests.workbooks.books import good_book, write_book

pytestmark = pytest.mark.usefixtures("in_process")


def read(tmp_path: Path, sheets: dict[str, Any], county: County | None = None) -> Import:
    path = write_book(tmp_path / "county.xlsx", sheets)
    return read_workbooks([path], county if county is not None else County())


def messages(result: Import, severity: Severity) -> list[tuple[str, str]]:
    return [(f.sheet, f.message) for f in result.findings if f.severity is severity]


@pytest.fixture
def good(tmp_path: Path) -> Import:
    return read(tmp_path, good_book())


@pytest.mark.parametrize(
    "dress",
    [
        lambda column: f"{column.chinese}*",
        lambda column: f" {column.chinese} ＊",
        lambda column: f"{column.chinese} [{column.english}]",
        lambda column: f"{column.chinese}（{column.english}）",
        lambda column: column.english.upper(),
        lambda column: f"Any words [{column.english}]",
    ],
)
def test_titles_may_be_dressed_in_many_ways(tmp_path: Path, good: Import, dress: Any) -> None:
    book = good_book()
    for sheet in SHEETS:
        known = {column.chinese: column for column in sheet.columns}
        heading = book[sheet.title][0]
        heading[:] = [dress(known[title]) if title in known else title for title in heading]

    result = read(tmp_path, book)

    assert result.findings == ()
    assert result.changes == good.changes


def test_merged_headings_go_on_in_a_second_row(tmp_path: Path, good: Import) -> None:
    book = good_book()
    titles, *rows = book["岗位"]
    above = [*titles[:4], "在岗人数", None, "人数限制", None]
    book["岗位"] = [above, [*[None] * 4, *titles[4:]], *rows]
    titles, *rows = book["编制"]
    book["编制"] = [[*titles[:2], "编制情况", None], [None, None, *titles[2:]], *rows]

    result = read(tmp_path, book)

    assert result.findings == ()
    assert result.changes == good.changes


def test_columns_stand_in_any_order_below_a_title_row(tmp_path: Path, good: Import) -> None:
    book = {
        sheet: [["云岭县2026年", *[None] * 9], [], *(row[::-1] for row in rows), [], [None, None]]
        for sheet, rows in good_book().items()
    }
    for rows in book.values():
        width = max(map(len, rows))
        rows[2:-2] = [[None] * (width - len(row)) + row for row in rows[2:-2]]

    result = read(tmp_path, book)

    assert result.findings == ()
    assert {change.after for change in result.changes} == {c.after for c in good.changes}


def test_sheets_may_have_english_names(tmp_path: Path, good: Import) -> None:
    english = {sheet.title: sheet.table.value for sheet in SHEETS}
    result = read(tmp_path, {english[title]: rows for title, rows in good_book().items()})

    assert result.changes == good.changes


@pytest.mark.parametrize("title", ["单位", "岗位", "任务", "任务量", "分工"])
def test_an_indispensable_sheet_is_demanded(tmp_path: Path, title: str) -> None:
    book = good_book()
    del book[title]

    result = read(tmp_path, book)

    assert messages(result, Severity.ERROR) == [
        (title, f"Sheet {title} is missing, and a plan cannot do without it.")
    ]


def test_optional_sheets_have_stated_defaults(tmp_path: Path) -> None:
    book = {title: good_book()[title] for title in ("单位", "岗位", "任务", "任务量", "分工")}
    book["任务"][1][6] = None

    result = read(tmp_path, book)

    notes = dict(messages(result, Severity.NOTE))
    assert list(notes) == ["编制", "职责", "工时", "占用", "季节", "政策"]
    assert "223 days of 8 hours" in notes["工时"]
    assert not result.is_blocked
    assert Duty("D1", "D1", DutyList.UNLISTED) in [change.after for change in result.changes]


def test_a_single_sheet_may_come_to_a_plan_that_has_the_rest(tmp_path: Path, good: Import) -> None:
    county = County().with_changes(good.changes)

    result = read(tmp_path, {"单位": good_book()["单位"]}, county)

    assert messages(result, Severity.NOTE) == [
        (
            "",
            "Not in these files: 岗位, 任务, 任务量, 分工. What the plan has there stays as it is.",
        )
    ]
    assert not result.is_blocked
    assert (result.unchanged, result.changes) == (2, ())


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    book = good_book()
    for row in book["单位"]:
        del row[1]

    result = read(tmp_path, book)

    assert messages(result, Severity.ERROR) == [("单位", "Column “单位名称” is missing.")]


def test_a_column_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    book = good_book()
    for row in book["单位"]:
        row.append(row[1])

    assert [f.cell for f in read(tmp_path, book).findings] == ["D1"]


def test_a_sheet_without_a_heading_is_an_error(tmp_path: Path) -> None:
    result = read(tmp_path, good_book() | {"职责": [["D1", "党建"], ["D2", "民生"]]})

    assert ("职责", "This sheet has no heading row.") in messages(result, Severity.ERROR)


def test_a_foreign_workbook_is_told_what_a_standard_one_is(tmp_path: Path) -> None:
    result = read(tmp_path, {"Sheet1": [["姓名", "电话"], ["张三", 123]]})

    assert messages(result, Severity.ERROR) == [("", "This file holds no table that is known.")]


def test_other_sheets_are_named_and_left_alone(tmp_path: Path, good: Import) -> None:
    result = read(tmp_path, good_book() | {"填表说明": [["请先填写单位"]]})

    assert messages(result, Severity.NOTE) == [("", "Sheets not read: 填表说明.")]
    assert result.changes == good.changes


@pytest.mark.parametrize(
    ("title", "cells", "is_category"),
    [
        ("网格员", [1, None, 2], False),
        ("网格员", ["张三", None, 2], False),
        ("序号", [1, 2, 3], False),
        ("联系电话", [13800000000, None, 1], False),
        ("编外", ["1", None, None], True),
        ("行政（人）", None, True),
    ],
)
def test_a_column_of_numbers_is_a_staff_category(
    tmp_path: Path, title: str, cells: list[Any] | None, is_category: bool
) -> None:
    book = good_book()
    if cells is None:
        book["岗位"][0][4] = title
        title = "行政"
    else:
        for row, cell in zip(book["岗位"], [title, *cells], strict=True):
            row.append(cell)

    result = read(tmp_path, book)

    categories = [c.record.key[0] for c in result.changes if c.table is Table.CATEGORIES]
    assert (title in categories) == is_category
    assert not result.is_blocked


def test_every_field_of_every_record_has_its_column() -> None:
    for table, sheet in BY_TABLE.items():
        wanted = {item.name for item in fields(sheet.record_type)}
        assert {column.field for column in sheet.columns} == wanted, table
