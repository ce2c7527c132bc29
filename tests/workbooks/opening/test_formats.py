"""One county in every format a township may send: the same rows come out of each."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from app.errors import UnreadableFile
from app.model.county import County
from app.model.vocabulary import Severity
from app.workbooks.cells.grid import CellFault
from app.workbooks.gathering import read_grids
from app.workbooks.importing import read_workbooks
from app.workbooks.opening.extracted import Extracted
from app.workbooks.opening.extracting import extract
from tests.workbooks.books import Rows, good_book, write_book

pytestmark = pytest.mark.usefixtures("in_process")

Sheets = Mapping[str, Rows]


def write_xls(path: Path, sheets: Sheets) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    for title, rows in sheets.items():
        tab = book.add_sheet(title)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value is not None:
                    tab.write(row, column, value)
    book.save(str(path))
    return path


def write_spreadsheet(path: Path, sheets: Sheets, *, encoding: str = "UTF-8") -> Path:
    def cell(value: Any) -> str:
        kind = "Number" if isinstance(value, int | float) else "String"
        return f'<Cell><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'

    def row(cells: list[Any]) -> str:
        return f"<Row>{''.join('<Cell/>' if v is None else cell(v) for v in cells)}</Row>"

    tabs = "".join(
        f'<Worksheet ss:Name="{title}"><Table>{"".join(map(row, rows))}</Table></Worksheet>'
        for title, rows in sheets.items()
    )
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{tabs}</Workbook>'
    )
    path.write_bytes(text.encode(encoding))
    return path


def write_page(path: Path, sheets: Sheets, *, encoding: str = "gb2312") -> Path:
    def row(cells: list[Any]) -> str:
        cells = ["" if value is None else escape(str(value)) for value in cells]
        return f"<tr>{''.join(f'<td>{value}</td>' for value in cells)}</tr>"

    tables = "".join(f"<table>{''.join(map(row, rows))}</table>" for rows in sheets.values())
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    path.write_bytes(f"{head}</head><body>{tables}</body></html>".encode(encoding))
    return path


def separated(rows: Rows, separator: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def write_csvs(folder: Path, sheets: Sheets, *, encoding: str, separator: str = ",") -> Path:
    folder.mkdir()
    for title, rows in sheets.items():
        (folder / f"{title}.csv").write_bytes(separated(rows, separator).encode(encoding))
    return folder


FORMATS: dict[str, Callable[[Path], Path]] = {
    "xlsm": lambda folder: write_book(folder / "county.xlsm", good_book()),
    "xls": lambda folder: write_xls(folder / "county.xls", good_book()),
    "et": lambda folder: write_xls(folder / "county.et", good_book()),
    "xls that is xlsx": lambda folder: write_book(folder / "county.xls", good_book()),
    "xlsx that is xls": lambda folder: write_xls(folder / "county.xlsx", good_book()),
    "xml": lambda folder: write_spreadsheet(folder / "county.xls", good_book()),
    "xml in GB2312": lambda folder: write_spreadsheet(
        folder / "county.xls", good_book(), encoding="gb2312"
    ),
    "web page": lambda folder: write_page(folder / "county.xls", good_book()),
    "csv": lambda folder: write_csvs(folder / "csv", good_book(), encoding="utf-8"),
    "csv with mark": lambda folder: write_csvs(folder / "csv", good_book(), encoding="utf-8-sig"),
    "csv in GB18030": lambda folder: write_csvs(folder / "csv", good_book(), encoding="gb18030"),
    "csv in UTF-16": lambda folder: write_csvs(
        folder / "csv", good_book(), encoding="utf-16", separator="\t"
    ),
    "csv with semicolons": lambda folder: write_csvs(
        folder / "csv", good_book(), encoding="utf-8", separator=";"
    ),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> County:
    path = write_book(tmp_path_factory.mktemp("good") / "county.xlsx", good_book())
    return County().with_changes(read_workbooks([path], County()).changes)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_county(tmp_path: Path, name: str, good: County) -> None:
    result = read_workbooks([FORMATS[name](tmp_path)], County())

    assert [f for f in result.findings if f.severity is not Severity.NOTE] == []
    assert not good.changes_to(County().with_changes(result.changes))


def test_a_name_that_lies_is_told(tmp_path: Path) -> None:
    (finding,) = read_workbooks([write_book(tmp_path / "a.xls", good_book())], County()).findings

    assert (finding.severity, finding.file) == (Severity.NOTE, "a.xls")
    assert "an Excel workbook (.xlsx)" in finding.message


def test_separated_text_is_known_by_the_name_of_the_file_or_by_its_titles(
    tmp_path: Path, good: County
) -> None:
    volumes = separated(good_book()["任务量"]).replace("100", "120").encode()
    for name in ("云岭县_任务量_2026.csv", "volumes.csv", "报表.csv"):
        path = tmp_path / name
        path.write_bytes(volumes)
        (grid,) = read_grids(path)
        assert (grid.sheet, grid.file) == ("任务量", name)
        assert read_workbooks([path], good).changed == 1


def test_codes_keep_their_zeros_and_numbers_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("甲,乙\n001,1.5\n1.10,-3\n'=SUM(A1),50%\n1e5,９\n".encode())

    (sheet,) = extract(str(path))

    assert sheet.rows[1:] == [["001", 1.5], ["1.10", -3.0], ["=SUM(A1)", "50%"], ["1e5", "９"]]


def test_the_separator_is_stated_or_found(tmp_path: Path) -> None:
    for text in ("sep=;\na;b,c\n1;2,3\n", "a;b,c\n1;2\n4;5\n", "a\tb,c\n1\t2,3\n"):
        path = tmp_path / "a.csv"
        path.write_bytes(text.encode())
        (sheet,) = extract(str(path))
        assert ["a", "b,c"] in [row[:2] for row in sheet.rows]


def _merged_xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("单位").merge_range(1, 0, 2, 1, "合并")
    return path


def _merged_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    book.add_sheet("单位").write_merge(1, 2, 0, 1, "合并")
    book.save(str(path))
    return path


def _merged_xml(path: Path) -> Path:
    cell = '<Cell ss:MergeDown="1" ss:MergeAcross="1"><Data ss:Type="String">合并</Data></Cell>'
    write_spreadsheet(path, {"单位": [[], ["x"]]})
    text = path.read_text("utf-8")
    path.write_text(text.replace('<Cell><Data ss:Type="String">x</Data></Cell>', cell), "utf-8")
    return path


def _merged_page(path: Path) -> Path:
    rows = '<tr></tr><tr><td rowspan="2" colspan=2>合并</td></tr><tr></tr>'
    path.write_text(f"<html><table>{rows}</table></html>", "utf-8")
    return path


@pytest.mark.parametrize("make", [_merged_xlsx, _merged_xls, _merged_xml, _merged_page])
def test_merged_ranges_are_kept(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    (sheet,) = extract(str(make(tmp_path / "单位.xls")))

    assert sheet.merged == [(1, 0, 2, 1)]
    assert sheet.rows[1][0] == "合并"


def _faulty_xls(path: Path) -> Extracted:
    book = xlwt.Workbook()
    tab = book.add_sheet("单位")
    tab.row(0).set_cell_error(0, 0x17)
    tab.write(0, 1, xlwt.Formula("1+1"))
    tab.write(0, 2, 0.5, xlwt.easyxf(num_format_str="0%"))
    tab.write(0, 3, datetime.date(2024, 5, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.save(str(path))
    (sheet,) = extract(str(path))
    return sheet


def test_faults_of_an_old_workbook_are_told_from_blanks(tmp_path: Path) -> None:
    sheet = _faulty_xls(tmp_path / "a.xls")

    assert sheet.rows == [
        [CellFault.ERROR_VALUE, CellFault.NO_RESULT, 0.5, datetime.date(2024, 5, 1)]
    ]


def test_a_folder_is_read_whole_and_what_is_skipped_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "汇总"
    (folder / "青山").mkdir(parents=True)
    book = good_book()
    units = {"单位": book.pop("单位")}
    write_book(folder / "青山" / "表.xlsx", units)
    write_xls(folder / "表.xls", book)
    for name in ("~$表.xlsx", ".hidden.xlsx", "说明.docx"):
        (folder / name).write_bytes(b"x")

    result = read_workbooks([folder], County())

    assert not result.is_blocked
    assert [finding.file for finding in result.findings] == [
        ".hidden.xlsx",
        "~$表.xlsx",
        "说明.docx",
    ]
    book["单位"] = [["单位编码", "单位名称", "类型"], ["U1", None, "镇"]]
    write_xls(folder / "表.xls", book)
    write_book(folder / "青山" / "表.xlsx", {"任务量": [["单位编码"], ["U1"]]})
    files = {f.file for f in read_workbooks([folder], County()).findings if f.sheet == "任务量"}
    assert "青山/表.xlsx" in files


def test_everything_that_is_wrong_in_a_folder_is_told_at_once(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xls"):
        (tmp_path / name).write_bytes(b"")
    write_book(tmp_path / "c.xlsx", good_book())

    result = read_workbooks([tmp_path], County())

    errors = [f.file for f in result.findings if f.severity is Severity.ERROR]
    assert errors == ["a.xlsx", "b.xls"]
    assert result.changes == ()


def test_a_folder_without_a_workbook_says_so(tmp_path: Path) -> None:
    (tmp_path / "readme.md").write_text("x")
    with pytest.raises(UnreadableFile, match="no workbook in the folder"):
        read_workbooks([tmp_path], County())
