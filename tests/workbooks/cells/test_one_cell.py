"""One spoiled cell in a good workbook: the finding names the cell and says what is wrong."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from app.model.county import County, Post, Staffing
from app.model.vocabulary import Severity
from app.workbooks.importing import Import, read_workbooks
from tests.workbooks.books import good_book, spoiled, write_book

pytestmark = pytest.mark.usefixtures("in_process")


def imported(tmp_path: Path, sheets: dict[str, Any], county: County | None = None) -> Import:
    path = write_book(tmp_path / "county.xlsx", sheets)
    return read_workbooks([path], county if county is not None else County())


def test_a_good_workbook_has_no_finding(tmp_path: Path) -> None:
    result = imported(tmp_path, good_book())
    assert result.findings == ()
    assert result.added == len(result.changes) > 20


ERRORS = [
    ("任务量", "C2", "不少于30件", "limit"),
    ("任务量", "C2", "40-30", "not understood"),
    ("任务量", "C2", "3O", "look like digits"),
    ("任务量", "C2", "nan", "not understood"),
    ("任务量", "C2", "—", "must be filled"),
    ("任务量", "C2", -5, "too small"),
    ("任务量", "C2", 1e12, "too large"),
    ("任务量", "C2", True, "truth value"),
    ("任务量", "C2", datetime.datetime(2024, 5, 1), "date"),
    ("任务量", "C2", "#REF!", "error value"),
    ("任务量", "C2", "=1+1", "no stored result"),
    ("任务量", "C2", None, "must be filled"),
    ("任务量", "A2", None, "must be filled"),
    ("任务量", "A2", "U7", "does not stand on sheet 单位"),
    ("任务量", "B2", datetime.datetime(2024, 5, 1), "stored as a date"),
    ("任务量", "B2", 1234567890123456789, "lost its last digits"),
    ("任务量", "A3", "#N/A", "error value"),
    ("单位", "C2", "城", "not a word of column"),
    ("单位", "A3", "U1", "already stands in county.xlsx, sheet 单位, cell A2"),
    ("岗位", "B2", "U9", "does not stand on sheet 单位"),
    ("岗位", "E2", "几个", "rough"),
    ("岗位", "H4", 2, "below the lower limit"),
    ("职责", "C2", "基体", "not a word of column"),
    ("任务", "B2", "D9", "does not stand on sheet 职责"),
    ("任务", "E2", None, "must be filled"),
    ("任务", "E2", "=A1", "no stored result"),
    ("任务", "G2", "春天", "does not stand on sheet 季节"),
    ("分工", "D2", 50, "no share"),
    ("分工", "D2", "150%", "no share"),
    ("分工", "C2", "P3", "belongs to unit U2, not to U1"),
    ("分工", "C2", "P8", "does not stand on sheet 岗位"),
    ("分工", "E2", "主辦方", "not a word of column"),
    ("分工", "C3", "P1", "already stands in"),
    ("工时", "B2", 20, "none are left"),
    ("工时", "B2", 400, "too large"),
    ("工时", "H2", 0, "too small"),
    ("占用", "E2", "占比", "200% of the working time"),
    ("占用", "B2", "全体", "not a word of column"),
    ("政策", "A2", "target", "not a policy setting"),
    ("政策", "B2", "九成", "no value for"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "gist"), ERRORS)
def test_an_error_names_its_cell(
    tmp_path: Path, sheet: str, cell: str, value: Any, gist: str
) -> None:
    result = imported(tmp_path, spoiled(sheet, cell, value))

    found = [finding for finding in result.findings if gist in finding.message]
    assert [(finding.sheet, finding.file) for finding in found] == [(sheet, "county.xlsx")]
    assert found[0].severity is Severity.ERROR
    assert found[0].remedy
    assert found[0].cell == _named_at(sheet, cell, gist)
    assert result.is_blocked
    assert result.changes == ()


def _named_at(sheet: str, cell: str, gist: str) -> str:
    """Return where an error is expected: most stand at the spoiled cell itself."""
    if gist.startswith("200%"):
        return "D2"
    return "A" + cell[1:] if gist.startswith("already stands") else cell


WARNINGS = [
    (("分工", "D3", 0.7), "D3", "add up to 120.0%"),
    (("分工", "B4", "T2"), "B4", "has no volume in unit U2"),
    (("占用", "C2", "党建办"), "C2", "is no staff category, unit, office or post"),
]


@pytest.mark.parametrize(("spoiling", "place", "gist"), WARNINGS)
def test_a_warning_does_not_block(
    tmp_path: Path, spoiling: tuple[str, str, Any], place: str, gist: str
) -> None:
    result = imported(tmp_path, spoiled(*spoiling))
    sheet = spoiling[0]

    assert [(f.severity, f.sheet, f.cell) for f in result.findings] == [
        (Severity.WARNING, sheet, place)
    ]
    assert gist in result.findings[0].message
    assert not result.is_blocked
    assert result.changes


NOTES = [
    (("任务量", "C2", "约30件"), "C2", "is an estimate: 30 was read"),
    (("任务量", "C2", "30-40"), "C2", "its middle, 35, was read"),
    (("任务量", "C2", "每周2次"), "C2", "working days and 52 weeks"),
    (("工时", "C2", None), "C2", "“年休假” is blank: 10 is assumed"),
    (("季节", "B2", 1), "B2", "sum to 2"),
    (("岗位", "I1", "负责人"), "A1", "Columns not read: 负责人"),
    (("编制", "B2", "参公"), "", "“参公” has no column on sheet 岗位"),
]


@pytest.mark.parametrize(("spoiling", "place", "gist"), NOTES)
def test_a_note_states_what_was_assumed(
    tmp_path: Path, spoiling: tuple[str, str, Any], place: str, gist: str
) -> None:
    result = imported(tmp_path, spoiled(*spoiling))

    assert [(finding.severity, finding.cell) for finding in result.findings] == [
        (Severity.NOTE, place)
    ]
    assert gist in result.findings[0].message


@pytest.mark.parametrize(
    ("text", "near"), [("U11", "U1"), ("基体", "基本"), ("target", "target_saturation")]
)
def test_a_near_match_is_offered(tmp_path: Path, text: str, near: str) -> None:
    sheet, cell = {"U11": ("任务量", "A2"), "基体": ("职责", "C2"), "target": ("政策", "A2")}[text]

    remedies = [f.remedy for f in imported(tmp_path, spoiled(sheet, cell, text)).findings]

    assert f"Did you mean “{near}”?" in remedies


def test_an_unknown_code_is_told_once_with_its_rows(tmp_path: Path) -> None:
    book = good_book()
    book["任务量"] += [["U8", "T1", 5], ["U8", "T2", 5]]

    findings = imported(tmp_path, book).findings

    assert [(finding.cell, "rows here: 2" in finding.message) for finding in findings] == [
        ("A5", True)
    ]


def test_codes_typed_as_numbers_are_texts(tmp_path: Path) -> None:
    book = good_book()
    for sheet in ("单位", "岗位", "任务量", "分工", "编制"):
        for row in book[sheet]:
            row[:] = [{"U1": 1001, "U2": 1002.0}.get(cell, cell) for cell in row]

    changes = imported(tmp_path, book).changes

    assert {change.record.key for change in changes if change.table == "units"} == {
        ("1001",), ("1002",)
    }  # fmt: skip


def test_an_entry_of_no_people_is_not_a_blank(tmp_path: Path) -> None:
    records = [change.after for change in imported(tmp_path, good_book()).changes]

    assert Staffing("P3", "事业", 0.0) in records
    assert not any(isinstance(r, Staffing) and r.key == ("P1", "事业") for r in records)


def test_a_picture_of_wps_is_a_warning_where_a_cell_may_be_blank(tmp_path: Path) -> None:
    path = tmp_path / "picture.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for title, rows in good_book().items():
            tab = workbook.add_worksheet(title)
            for number, row in enumerate(rows):
                tab.write_row(number, 0, row)
        formula = '=DISPIMG("ID_1",1)'
        workbook.get_worksheet_by_name("岗位").write_formula("C2", formula, None, formula)

    result = read_workbooks([path], County())

    assert [(f.severity, f.sheet, f.cell) for f in result.findings] == [
        (Severity.WARNING, "岗位", "C2")
    ]
    assert "picture" in result.findings[0].message
    assert any(isinstance(c.after, Post) and c.after.office == "" for c in result.changes)
