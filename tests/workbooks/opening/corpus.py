"""The corpus of whole files: disguised ones, texts, and those of the other tables, together."""

from __future__ import annotations

from tests.workbooks.cases import (
    DAMAGED,
    LARGE,
    NO_BOOK,
    FileCase,
    noted,
    reads,
    refused,
    wrong,
)
from tests.workbooks.opening.corpus_formats import MARKUP, OLD, PACKED
from tests.workbooks.opening.hostile import (
    PAGE_HEAD,
    STRINGS,
    UNITS,
    Maker,
    archive,
    book_with,
    folder_of,
    good_bytes,
    old,
    old_units,
    page,
    pipe,
    reads_secret,
    sparse,
    strings_bomb,
    text,
    written,
)

NOT_THERE: Maker = lambda _path: None  # noqa: E731

DISGUISED = [
    refused("no file", "absent.xlsx", NOT_THERE, "There is no file"),
    refused("nothing in it", "empty.xlsx", written(b""), "is empty (0 bytes)"),
    refused("only line breaks", "blank.csv", text(" \r\n\n"), "it holds no table"),
    refused("mark of an open workbook", "~$a.xlsx", written(b"\5me" + b"\0" * 160), "open elsew"),
    refused("folder without a workbook", "d", folder_of({"a.docx": text("x")}), "no workbook in"),
    refused("named pipe", "pipe.xlsx", pipe, NO_BOOK),
    refused("Portable Document", "a.xlsx", written(b"%PDF-1.7 text of a page"), NO_BOOK),
    refused("picture", "a.xls", written(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), NO_BOOK),
    refused("rich text", "a.xls", text(r"{\rtf1\ansi text}"), NO_BOOK),
    refused("noise", "a.xlsx", written(bytes(range(256)) * 9), NO_BOOK),
    refused("RAR archive", "a.xlsx", written(b"Rar!\x1a\7\0\0\0"), NO_BOOK),
    refused("7z archive", "a.xlsx", written(b"7z\xbc\xaf\x27\x1c\0\4"), NO_BOOK),
    refused("Word document", "a.xlsx", archive({"word/document.xml": b"<d/>"}), NO_BOOK),
    refused("slides", "a.xlsx", archive({"ppt/presentation.xml": b"<d/>"}), NO_BOOK),
    refused("binary workbook", "a.xlsx", archive({"xl/workbook.bin": b"x"}), "(.xlsb) or Open"),
    refused("OpenDocument", "a.xlsx", archive({"content.xml": b"<d/>"}), "(.xlsb) or Open"),
    refused("packed workbooks", "a.xlsx", archive({"乡/表.xls": b"x"}), "a packed archive"),
    refused("empty archive", "a.xlsx", archive({}), NO_BOOK),
    refused("page that asks to log in", "a.xls", text("<html><body>登录</body></html>"), "without"),
    refused("web archive", "a.xls", text("MIME-Version: 1.0\r\nX: y"), "a web archive (.mht)"),
    refused("other XML", "a.xls", text('<?xml version="1.0"?><data/>'), NO_BOOK),
    refused("very old Excel", "a.xls", written(b"\x09\x00\x04\x00\x02\x00\x10\x00"), NO_BOOK),
    refused("UTF-16 without a mark", "a.csv", text(UNITS, "utf-16-le"), NO_BOOK),
    refused("locked by security software", "a.xls", written(b"b\x14#e\0E-SafeNet\0" * 9), "passw"),
    noted("xlsx called xls", "a.xls", written(good_bytes()), "an Excel workbook (.xlsx)"),
    noted("xlsx called csv", "a.csv", written(good_bytes()), "an Excel workbook (.xlsx)"),
    noted("xls called xlsx", "a.xlsx", old(old_units(("U9", "九里镇", "镇"))), "an old Excel"),
    noted("text called xlsx", "单位.xlsx", text(UNITS), "text with separators (CSV)"),
    noted("page called xlsx", "单位.xlsx", page(PAGE_HEAD), "a web page with tables"),
    noted(
        "lock beside a workbook",
        "d",
        folder_of({"~$单位.csv": text("x"), "单位.csv": text(UNITS)}),
        "was skipped: it only marks",
    ),
    noted(
        "hidden file beside a workbook",
        "d",
        folder_of({".单位.csv": text("x"), "单位.csv": text(UNITS)}),
        "was skipped: it is hidden",
    ),
    noted(
        "other file beside a workbook",
        "d",
        folder_of({"说明.txt.doc": text("x"), "单位.csv": text(UNITS)}),
        "its name is not that",
    ),
    wrong(
        "broken beside good",
        "d",
        folder_of({"坏.xlsx": written(b""), "单位.csv": text(UNITS)}),
        "is empty",
        "",
    ),
]

TEXTS = [
    refused(
        "no known encoding", "a.csv", written(UNITS.encode() + b"\xff\xff\xff, \x80"), "unknown en"
    ),
    refused("cut inside a sign", "a.csv", written(UNITS.encode()[:-3]), DAMAGED),
    refused("mark but no UTF-8", "a.csv", written(b"\xef\xbb\xbf" + UNITS.encode("gbk")), DAMAGED),
    refused("bytes of 0 far below", "a.csv", written(UNITS.encode() * 200 + b"\0"), "unknown en"),
    refused("quotation mark never closed", "a.csv", text(UNITS + 'U8,"八里镇,镇\n'), "in line 3"),
    refused("20,000 columns", "a.csv", text(UNITS + "," * 20_000), LARGE),
    refused("150 MB", "a.csv", sparse, LARGE),
    reads("UTF-8", "单位.csv", text(UNITS)),
    reads("UTF-8 with a mark", "单位.csv", text(UNITS, "utf-8-sig")),
    reads("GB18030", "单位.csv", text(UNITS, "gb18030")),
    reads("a sign only GB18030 has", "单位.csv", text(UNITS.replace("九", "㐀"), "gb18030")),
    reads("UTF-16 with a mark", "单位.csv", text(UNITS.replace(",", "\t"), "utf-16")),
    reads("semicolons", "单位.csv", text(UNITS.replace(",", ";"))),
    reads("old line ends", "单位.csv", text(UNITS.replace("\n", "\r"))),
    reads("known by its titles", "导出.csv", text(UNITS)),
    reads("rows of commas below", "单位.csv", text(UNITS + ",,\n" * 500)),
    reads(
        "text that begins with an equals sign", "单位.csv", text(UNITS.replace("九里镇", "'=1+1"))
    ),
    wrong(
        "approximate",
        "任务量.csv",
        text("单位编码,任务编码,年业务量\nU1,T1,30件以上\n"),
        "limit",
        "任务量!C2",
    ),
    wrong(
        "percentage above the whole",
        "分工.csv",
        text("单位编码,任务编码,岗位编码,份额\nU1,T1,P1,150%\n", "gb18030"),
        "no share",
        "分工!D2",
    ),
]

FILES: list[FileCase] = [*DISGUISED, *PACKED, *OLD, *TEXTS, *MARKUP]
SECRET: Maker = book_with({STRINGS: reads_secret})
"""A workbook that would like to show a file of this machine."""
TEXT_BOMB: Maker = book_with({STRINGS: strings_bomb})
