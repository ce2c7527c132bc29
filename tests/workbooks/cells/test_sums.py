"""Sums and signatures in a standard workbook are left out, so that nobody is counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.model.county import County
from app.model.vocabulary import Severity
from app.workbooks.cells.sums import is_foot, is_headcount, is_sum
from app.workbooks.importing import Import, read_workbooks
from tests.workbooks.books import good_book, write_book

pytestmark = pytest.mark.usefixtures("in_process")


def imported(path: Path, sheets: dict[str, list[list[object]]]) -> Import:
    return read_workbooks([write_book(path / "book.xlsx", sheets)], County())


def county_of(read: Import) -> County:
    return County().with_changes(read.changes)


def test_sums_and_signatures_are_left_out_and_noted(tmp_path: Path) -> None:
    book = good_book()
    good = county_of(imported(tmp_path, book))
    book["编制"] += [["U1", "小计", 10, 9], ["全县合计", None, 10, 9]]
    book["岗位"] += [["", None, None, "总 计", 2, 2]]
    book["任务量"] += [["合计", None, 230], [None, None, None], ["填表人：张三", None, None]]
    book["分工"] += [["Total", None, None, 2]]

    read = imported(tmp_path, book)

    left_out = [(f.sheet, f.cell) for f in read.findings if "was left out" in f.message]
    assert left_out == [
        ("编制", "A3"),
        ("编制", "A4"),
        ("岗位", "A5"),
        ("任务量", "A5"),
        ("任务量", "A7"),
        ("分工", "A5"),
    ]
    assert {f.severity for f in read.findings} == {Severity.NOTE}
    assert county_of(read) == good


def test_a_row_that_lacks_its_code_is_still_an_error(tmp_path: Path) -> None:
    book = good_book()
    book["任务量"] += [["U1", None, 7]]

    read = imported(tmp_path, book)

    assert [(f.cell, f.severity) for f in read.findings] == [("B5", Severity.ERROR)]


@pytest.mark.parametrize("title", ["合计", "小计", "人员合计", "实有人数", "编制数", "Total"])
def test_a_column_that_counts_everybody_is_no_staff_category(tmp_path: Path, title: str) -> None:
    book = good_book()
    good = county_of(imported(tmp_path, book))
    for row, cell in zip(book["岗位"], [title, 1, 2, 1], strict=True):
        row.insert(6, cell)

    read = imported(tmp_path, book)

    assert county_of(read) == good
    assert [f.message for f in read.findings] == [f"Columns not read: {title}."]


def test_words_that_only_look_like_sums_are_data() -> None:
    assert not any(map(is_sum, ["会计", "总计划", "合计岗位", "统计", "U1"]))
    assert not any(map(is_foot, ["注册登记", "备注", "联系群众"]))
    assert not any(map(is_headcount, ["行政", "编制外", "公益性岗位", "编外"]))
