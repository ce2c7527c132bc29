"""Files that are broken, hostile or no workbooks at all: a sentence each, soon and in bounds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import Cancelled, UnreadableFile
from app.model.county import County
from app.model.vocabulary import Severity
from app.workbooks import gathering
from app.workbooks.cells.grid import CellFault, cell_name, position
from app.workbooks.cells.remarks import Remarks
from app.workbooks.gathering import read_files, read_grids
from app.workbooks.importing import read_workbooks
from app.workbooks.material import gather
from app.workbooks.opening import guarding, reading
from app.workbooks.opening.sniffing import FileFormat
from tests.places import DRC
from tests.workbooks.books import write_book

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
SHEET = "xl/worksheets/sheet1.xml"


def small_book(path: Path) -> Path:
    return write_book(path, {"单位": [["单位编码", "单位名称"], ["U1", 5], [None, True]]})


def with_part(path: Path, part: str, data: bytes | Callable[[bytes], bytes]) -> Path:
    """Replace a part of a workbook, or add it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = data(parts[part]) if callable(data) else data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def sheet_xml(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def far_cells(path: Path) -> Path:
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + last
    return with_part(small_book(path), SHEET, sheet_xml(rows))


def entity_bomb(path: Path) -> Path:
    doctype = b"<!DOCTYPE x [" + b'<!ENTITY a "aaaaaaaaaa">'
    for number in range(1, 12):
        name, inner = chr(ord("a") + number), chr(ord("a") + number - 1)
        doctype += f'<!ENTITY {name} "{f"&{inner};" * 10}">'.encode()
    cell = b'<row r="1"><c r="A1" t="str"><v>&l;</v></c></row>'
    return with_part(small_book(path), SHEET, doctype + b"]>" + sheet_xml(cell.decode()))


def zip_bomb(path: Path) -> Path:
    return with_part(small_book(path), "xl/media/image1.png", b"\0" * 30_000_000)


def many_parts(path: Path) -> Path:
    small_book(path)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(guarding.MOST_PARTS + 1):
            archive.writestr(f"xl/media/{number}.png", b"")
    return path


def truncated(path: Path) -> Path:
    data = small_book(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def content(data: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


def other_archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return path


def broken_xml(path: Path) -> Path:
    return with_part(small_book(path), SHEET, b"<worksheet><sheetData><row>")


def missing_part(path: Path) -> Path:
    part = "xl/_rels/workbook.xml.rels"
    return with_part(
        small_book(path), part, lambda data: data.replace(b"sheet1.xml", b"sheet9.xml")
    )


BROKEN: list[tuple[str, Callable[[Path], Path], str]] = [
    ("absent.xlsx", lambda path: path, "There is no file"),
    ("empty.xlsx", content(b""), "is empty"),
    ("blank.csv", content(b" \r\n\r\n"), "it holds no table"),
    ("old.xls", content(OLE + b"\0" * 600), "is damaged"),
    ("secret.xlsx", content(OLE + "EncryptedPackage".encode("utf-16-le")), "by a password"),
    ("locked.xlsx", content(b"b\x14#e\x00E-SafeNet\x00LOCK" + b"\0" * 600), "by a password"),
    ("page.xls", content(b"<html><body>404</body></html>"), "a web page without a table"),
    ("archive.xls", content(b"MIME-Version: 1.0\r\n"), "a web archive"),
    ("xml.xls", content(b'<?xml version="1.0"?><Workbook/>'), "is not a workbook"),
    ("~$open.xlsx", content(b"\x05user" + b"\0" * 160), "is open elsewhere"),
    ("noise.xlsx", content(bytes(range(256)) * 4), "is not a workbook"),
    ("letter.xlsx", other_archive, "is not a workbook"),
    ("truncated.xlsx", truncated, "is damaged"),
    ("broken.xlsx", broken_xml, "is damaged"),
    ("part.xlsx", missing_part, "is damaged"),
    ("far.xlsx", far_cells, "unpacks to more"),
    ("bomb.xlsx", zip_bomb, "unpacks to more"),
    ("parts.xlsx", many_parts, "unpacks to more"),
    ("entities.xlsx", entity_bomb, "is damaged"),
]


@pytest.mark.parametrize(("name", "make", "gist"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_a_broken_file_gets_its_own_sentence(
    tmp_path: Path, name: str, make: Callable[[Path], Path], gist: str
) -> None:
    path = make(tmp_path / name)
    start = time.perf_counter()

    with pytest.raises(UnreadableFile, match=gist) as raised:
        read_grids(path)

    assert name in raised.value.message
    assert raised.value.remedy
    assert time.perf_counter() - start < 20


def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    path = tmp_path / "pipe.xlsx"
    os.mkfifo(path)
    with pytest.raises(UnreadableFile, match="is not a workbook"):
        read_grids(path)


def test_names_that_lead_nowhere_are_told_like_any_other_file(tmp_path: Path) -> None:
    links = tmp_path / "loop.xlsx"
    links.symlink_to(links)
    paths = [links, tmp_path / f"{'长' * 300}.xlsx", small_book(tmp_path / "good.xlsx")]
    remarks = Remarks()

    read = read_files(paths, remarks)

    assert [file[0].file for file in read] == ["good.xlsx"]
    assert [finding.file for finding in remarks.findings()] == [path.name for path in paths[:2]]


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small_book(tmp_path / "open.xlsx")

    def refuse(*_arguments: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match="cannot be opened") as raised:
        read_grids(path)
    assert "Close it in other programs" in raised.value.remedy


def test_a_slow_file_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_SECONDS", 0.01)
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        read_grids(small_book(tmp_path / "slow.xlsx"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_the_user_ends_a_reading_and_its_child_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    children: list[subprocess.Popen[bytes]] = []
    started = subprocess.Popen

    def start(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        children.append(started(*arguments, **options))
        return children[-1]

    def tell(opened: int) -> None:
        asked.append(opened)
        raise Cancelled

    monkeypatch.setattr(subprocess, "Popen", start)
    path = tmp_path / "a.csv"
    path.write_text("1,2\n")
    for paths in ([path], [path, path]):
        with pytest.raises(Cancelled):
            gather(paths, tell)
    assert asked == [0, 0]
    assert [child.poll() is not None for child in children] == [True]


def test_memory_is_bounded_where_the_guard_lets_a_file_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_book(tmp_path / "long.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != SHEET}
    before, after = sheet_xml("|").split(b"|")
    row = f'<row><c t="str"><v>{"长" * 1_000_000}</v></c></row>'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        with archive.open(SHEET, "w") as part:
            part.write(before)
            for _number in range(150):
                part.write(row)
            part.write(after)
    monkeypatch.setattr(gathering, "guard", lambda _path: FileFormat.XLSX)

    with pytest.raises(UnreadableFile, match="unpacks to more"):
        read_grids(path)


def test_a_workbook_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    (grid,) = read_grids(small_book(tmp_path / "really.xls.bak"))
    assert (grid.file, grid.sheet) == ("really.xls.bak", "单位")
    assert grid.rows == [["单位编码", "单位名称"], ["U1", 5.0], [None, True]]


def test_millions_of_empty_cells_do_not_matter(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 200_000))
    rows = '<row r="1"><c r="A1" t="str"><v>单位</v></c><c r="XFD1" s="1"/></row>' + empty
    path = with_part(small_book(tmp_path / "styled.xlsx"), SHEET, sheet_xml(rows))

    assert [grid.rows for grid in read_grids(path)] == [[["单位"]]]


def test_yes_and_no_are_not_one_and_nought(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="b"><v>1</v></c>'
        '<c r="C1"><v>0</v></c><c r="D1" t="b"><v>0</v></c></row>'
    )
    path = with_part(small_book(tmp_path / "truths.xlsx"), SHEET, sheet_xml(rows))

    (grid,) = read_grids(path)

    assert [repr(cell) for cell in grid.rows[0]] == ["1.0", "True", "0.0", "False"]


def test_faults_are_told_from_blanks(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1"><f>1+1</f><v>2</v></c><c r="D1" t="str"><f>""</f><v></v></c>'
        '<c r="E1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
        "<c><v>7</v></c><c><f>2+2</f><v/></c><c><v>1e999</v></c></row>"
    )
    path = with_part(small_book(tmp_path / "faults.xlsx"), SHEET, sheet_xml(rows))

    (grid,) = read_grids(path)

    assert grid.rows == [
        [
            CellFault.ERROR_VALUE,
            CellFault.NO_RESULT,
            2.0,
            None,
            CellFault.PICTURE,
            7.0,
            CellFault.NO_RESULT,
            CellFault.ERROR_VALUE,
        ]
    ]


@pytest.mark.parametrize("name", ["A1", "Z9", "AA10", "XFD1048576"])
def test_cell_names_there_and_back(name: str) -> None:
    assert cell_name(*position(name)) == name


@pytest.mark.skipif(not DRC.exists(), reason="the shared data is not on this machine")
def test_the_drc_workbook_is_read_whole() -> None:
    imported = read_workbooks([DRC], County())

    county = County().with_changes(imported.changes)
    assert {finding.severity for finding in imported.findings} == {Severity.NOTE}
    sizes = [len(county.units), len(county.posts), len(county.tasks)]
    assert sizes == [163, 506, 78]
    assert len(county.volumes) == len(county.assignments) == 3352
    assert len(county.allowances) == 62
    assert read_workbooks([DRC], county).changes == ()
