"""Makers of files that are broken, hostile, disguised or merely odd; each takes a path to write."""

from __future__ import annotations

import datetime
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

from tests.workbooks.books import good_book

Maker = Callable[[Path], object]

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "urn:schemas-microsoft-com:office:spreadsheet"
UNITS = "单位编码,单位名称,类型\nU9,九里镇,镇\n"


@cache
def good_bytes() -> bytes:
    """Return the bytes of a workbook that reads without a finding."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for title, rows in good_book().items():
            tab = book.add_worksheet(title)
            for number, row in enumerate(rows):
                tab.write_row(number, 0, row)
    return buffer.getvalue()


def written(data: bytes) -> Maker:
    return lambda path: path.write_bytes(data)


def text(content: str, encoding: str = "utf-8") -> Maker:
    return written(content.encode(encoding))


def cut(part: float) -> Maker:
    return lambda path: path.write_bytes(good_bytes()[: int(len(good_bytes()) * part)])


def archive(parts: Mapping[str, bytes], *, level: int = 6) -> Maker:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as book:
            for name, data in parts.items():
                book.writestr(name, data)

    return make


def book_with(changed: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> Maker:
    """Return the good workbook with parts replaced, added, or (None) left out."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(io.BytesIO(good_bytes())) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        for name, data in changed.items():
            if data is None:
                del parts[name]
            else:
                parts[name] = data(parts[name]) if callable(data) else data
        archive(parts)(path)

    return make


def sheet(rows: str, *, head: str = "", tail: str = "") -> bytes:
    return (
        f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>'
    ).encode()


def cell(name: str, value: str = "1") -> str:
    row = name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{name}"><v>{value}</v></c></row>'


def units_sheet(extra: str = "", **more: str) -> bytes:
    """Return sheet 单位 with one unit, and what comes below."""
    rows = [["单位编码", "单位名称", "类型"], ["U1", "青山镇", "镇"]]
    lines = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{"ABC"[at]}{number}" t="str"><v>{value}</v></c>' for at, value in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return sheet(lines + extra, **more)


def bomb(levels: int = 12) -> str:
    """Return a document type whose last entity would unfold into 10 to the power of `levels`."""
    lines = ['<!ENTITY e0 "aaaaaaaaaa">']
    lines += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels)]
    return f"<!DOCTYPE x [{''.join(lines)}]>"


def reads_secret(_data: bytes) -> bytes:
    """Return shared strings of which one would be a file of this machine."""
    entity = b'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    strings = f'<sst xmlns="{MAIN}"><si><t>&secret;</t></si></sst>'.encode()
    return entity + strings


def strings_bomb(_data: bytes) -> bytes:
    return bomb().encode() + f'<sst xmlns="{MAIN}"><si><t>&e11;</t></si></sst>'.encode()


def damaged(data: bytes) -> bytes:
    return data[: len(data) // 2]


def wrong_checksum(path: Path) -> None:
    data = bytearray(good_bytes())
    at = data.index(SHEET.encode()) + len(SHEET) + 40
    data[at : at + 8] = b"\xff" * 8
    path.write_bytes(bytes(data))


def lying_size(path: Path) -> None:
    """Declare a small part that unpacks to 100 MB."""
    book_with({SHEET: b"<worksheet/>"})(path)
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    filled = b"".join([packed.compress(b" " * 4_000_000) for _ in range(25)]) + packed.flush()
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist() if name != SHEET}
    archive(parts)(path)
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    name = SHEET.encode()
    local = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(filled), 300_000, len(name), 0
    )
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(filled), 300_000, len(name),
        0, 0, 0, 0, 0, directory,
    )  # fmt: skip
    end = data.index(b"PK\x05\x06")
    central = data[directory:end] + entry + name
    count = len(parts) + 1
    start = directory + len(local) + len(name) + len(filled)
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(central), start, 0)
    path.write_bytes(data[:directory] + local + name + filled + central + tail)


def locked_part(path: Path) -> None:
    """Set the mark of encryption on every part."""
    data = bytearray(good_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(data))


def sparse(path: Path) -> None:
    """Write a text of 150 MB that takes no room on the disk."""
    with path.open("wb") as stream:
        stream.write(UNITS.encode() * 200)
        stream.truncate(150 * 1024**2)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder_of(files: Mapping[str, Maker]) -> Maker:
    def make(path: Path) -> None:
        path.mkdir()
        for name, maker in files.items():
            maker(path / name)

    return make


def old_bytes(fill: Callable[[xlwt.Workbook], object]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def old(fill: Callable[[xlwt.Workbook], object]) -> Maker:
    return lambda path: path.write_bytes(old_bytes(fill))


def old_units(*rows: tuple[object, ...], title: str = "单位") -> Callable[[xlwt.Workbook], object]:
    """Fill sheet 单位 with these rows; a (kind, …) tuple as a cell is an error or a formula."""

    def fill(book: xlwt.Workbook) -> None:
        tab = book.add_sheet(title)
        for row, cells in enumerate((("单位编码", "单位名称", "类型", "常住人口"), *rows)):
            for column, value in enumerate(cells):
                if isinstance(value, bytes):
                    tab.row(row).set_cell_error(column, value[0])
                elif isinstance(value, datetime.date):
                    look = xlwt.easyxf(num_format_str="yyyy-mm-dd")
                    tab.write(row, column, value, look)
                elif isinstance(value, str) and value.startswith("="):
                    tab.write(row, column, xlwt.Formula(value[1:]))
                else:
                    tab.write(row, column, value)

    return fill


def container(stream: bytes, name: str = "Workbook") -> Maker:
    """Return an old Office file with one stream of this name."""

    def make(path: Path) -> None:
        XlsDoc().save(str(path), stream + b"\0" * max(0, 4096 - len(stream)))
        if name != "Workbook":
            data = bytearray(path.read_bytes())
            at = data.index("Workbook".encode("utf-16-le"))
            data[at : at + 64] = name.encode("utf-16-le").ljust(64, b"\0")
            struct.pack_into("<H", data, at + 64, 2 * len(name) + 2)
            path.write_bytes(bytes(data))

    return make


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


BOF = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 0))
EOF = record(0x000A)


def broken_chain(path: Path) -> None:
    """Let the sectors of the directory go round in a circle."""
    old(old_units())(path)
    data = bytearray(path.read_bytes())
    table = (struct.unpack_from("<I", data, 76)[0] + 1) * 512
    directory = struct.unpack_from("<I", data, 48)[0]
    struct.pack_into("<I", data, table + 4 * directory, directory)
    path.write_bytes(bytes(data))


def beyond_the_end(path: Path) -> None:
    old(old_units())(path)
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, 48, 0x00FFFFFF)
    path.write_bytes(bytes(data))


def cut_old(path: Path) -> None:
    data = old_bytes(old_units(*[(f"U{n}", "镇" * 90, "镇", n) for n in range(200)]))
    path.write_bytes(data[: len(data) // 3])


def far_old(book: xlwt.Workbook) -> None:
    tab = book.add_sheet("单位")
    tab.write(0, 0, 1)
    tab.write(65_535, 255, 1)


def spreadsheet(rows: str, *, head: str = "", table: str = "") -> Maker:
    return text(
        f'<?xml version="1.0"?>{head}<Workbook xmlns="{OFFICE}" xmlns:ss="{OFFICE}">'
        f'<Worksheet ss:Name="单位"><Table{table}>{rows}</Table></Worksheet></Workbook>'
    )


def data(value: str, kind: str = "String", **attributes: object) -> str:
    said = "".join(f' ss:{name}="{given}"' for name, given in attributes.items())
    return f'<Cell{said}><Data ss:Type="{kind}">{value}</Data></Cell>'


HEAD_ROW = f"<Row>{data('单位编码')}{data('单位名称')}{data('类型')}{data('常住人口')}</Row>"
UNIT = f"{data('U1')}{data('青山镇')}{data('镇')}"
PAGE_HEAD = "<tr><td>单位编码</td><td>单位名称</td><td>类型</td></tr>"


def page(rows: str) -> Maker:
    return text(f"<html><body><table>{rows}</table></body></html>")
