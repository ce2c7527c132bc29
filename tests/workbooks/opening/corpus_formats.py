"""The corpus of whole files: packed workbooks, old ones, and those in markup."""

from __future__ import annotations

import datetime

from app.workbooks.opening import guarding
from tests.workbooks.cases import (
    DAMAGED,
    LARGE,
    NO_DATE,
    RESULT,
    reads,
    refused,
    wrong,
)
from tests.workbooks.opening.hostile import (
    BOF,
    EOF,
    HEAD_ROW,
    PAGE_HEAD,
    SHEET,
    STRINGS,
    UNIT,
    beyond_the_end,
    bomb,
    book_with,
    broken_chain,
    cell,
    container,
    cut,
    cut_old,
    damaged,
    data,
    far_old,
    locked_part,
    lying_size,
    old,
    old_units,
    page,
    record,
    sheet,
    spreadsheet,
    text,
    units_sheet,
    written,
    wrong_checksum,
)

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
U9 = units_sheet(
    '<row r="3"><c r="A3" t="str"><v>U9</v></c><c r="B3" t="str"><v>九里镇</v></c>'
    '<c r="C3" t="str"><v>镇</v></c></row>'
)
DAY = datetime.date(2024, 5, 1)


PACKED = [
    refused("password", "a.xlsx", container(b"x" * 5000, "EncryptedPackage"), "by a password"),
    refused("cut at a tenth", "a.xlsx", cut(0.1), DAMAGED),
    refused("cut in the middle", "a.xlsx", cut(0.5), DAMAGED),
    refused("last bytes missing", "a.xlsx", cut(0.99), DAMAGED),
    refused("bytes overwritten", "a.xlsx", wrong_checksum, DAMAGED),
    refused("parts encrypted", "a.xlsx", locked_part, "by a password"),
    refused("zip bomb", "a.xlsx", book_with({"xl/media/a.png": b"\0" * 9_000_000}), LARGE),
    refused("size that lies", "a.xlsx", lying_size, DAMAGED),
    refused(
        "too many parts",
        "a.xlsx",
        book_with({f"xl/media/{n}.png": b"" for n in range(guarding.MOST_PARTS)}),
        LARGE,
    ),
    refused(
        "XML bomb in a sheet",
        "a.xlsx",
        book_with({SHEET: sheet(cell("A1", "&e11;"), head=bomb())}),
        DAMAGED,
    ),
    refused(
        "XML bomb in the workbook",
        "a.xlsx",
        book_with(
            {
                "xl/workbook.xml": lambda xml: (
                    bomb().encode() + xml.replace(b"<sheets", b"&e11;<sheets")
                )
            }
        ),
        DAMAGED,
    ),
    refused("no relations", "a.xlsx", book_with({"xl/_rels/workbook.xml.rels": None}), DAMAGED),
    refused("no sheet", "a.xlsx", book_with({SHEET: None}), DAMAGED),
    refused("sheet that breaks off", "a.xlsx", book_with({SHEET: damaged}), DAMAGED),
    refused("texts that break off", "a.xlsx", book_with({STRINGS: damaged}), DAMAGED),
    refused(
        "cells at both ends of a sheet",
        "a.xlsx",
        book_with({SHEET: sheet(cell("A1") + cell("XFD1048576"))}),
        LARGE,
    ),
    refused(
        "a million rows by many columns",
        "a.xlsx",
        book_with({SHEET: sheet(cell("A1") + cell("ZZ900000"))}),
        LARGE,
    ),
    refused("cell beyond all columns", "a.xlsx", book_with({SHEET: sheet(cell("ZZZZ1"))}), DAMAGED),
    refused(
        "row that is no number",
        "a.xlsx",
        book_with({SHEET: sheet('<row r="x"><c r="A1"><v>1</v></c></row>')}),
        DAMAGED,
    ),
    reads(
        "size declared as all of a sheet",
        "a.xlsx",
        book_with(
            {SHEET: U9.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')}
        ),
    ),
    reads(
        "size declared as one cell (WPS)",
        "a.xlsx",
        book_with({SHEET: U9.replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>')}),
    ),
    reads(
        "100,000 rows with nothing but looks",
        "a.xlsx",
        book_with(
            {
                SHEET: U9.replace(
                    b"</sheetData>",
                    "".join(
                        f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, 100_000)
                    ).encode()
                    + b"</sheetData>",
                )
            }
        ),
    ),
    reads(
        "one look in the last cell",
        "a.xlsx",
        book_with(
            {
                SHEET: U9.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
                )
            }
        ),
    ),
    reads("macros, which are not run", "a.xlsm", book_with({SHEET: U9, "xl/vbaProject.bin": OLE})),
    reads(
        "locked sheet",
        "a.xlsx",
        book_with(
            {
                SHEET: U9.replace(
                    b"</worksheet>", b'<sheetProtection sheet="1" password="CC1A"/></worksheet>'
                )
            }
        ),
    ),
    reads(
        "links to another workbook",
        "a.xlsx",
        book_with({SHEET: U9, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
    ),
    reads(
        "merged labels hold for the rows below",
        "a.xlsx",
        book_with(
            {
                SHEET: units_sheet(
                    '<row r="3"><c r="A3" t="str"><v>U9</v></c>'
                    '<c r="C3" t="str"><v>镇</v></c></row>',
                    tail='<mergeCells><mergeCell ref="B2:B3"/></mergeCells>',
                )
            }
        ),
    ),
    wrong(
        "formula without a result",
        "a.xlsx",
        book_with({SHEET: units_sheet('<row r="3"><c r="A3"><f>"U"&amp;9</f></c></row>')}),
        RESULT,
        "单位!A3",
    ),
    wrong(
        "broken reference",
        "a.xlsx",
        book_with({SHEET: units_sheet('<row r="3"><c r="A3" t="e"><v>#REF!</v></c></row>')}),
        "error value",
        "单位!A3",
    ),
    wrong(
        "picture of WPS",
        "a.xlsx",
        book_with(
            {
                SHEET: units_sheet(
                    '<row r="3"><c r="A3" t="str"><f>_xlfn.DISPIMG("ID",1)</f>'
                    '<v>=DISPIMG("ID",1)</v></c></row>'
                )
            }
        ),
        "holds a picture",
        "单位!A3",
    ),
    wrong(
        "formula without a result in single quotes",
        "a.xlsx",
        book_with({SHEET: units_sheet("<row r='3'><c r='A3'><f>1+1</f></c></row>")}),
        RESULT,
        "单位!A3",
    ),
]

OLD = [
    refused("password", "a.xls", container(BOF + record(0x2F, b"\0" * 6) + EOF), "by a password"),
    refused("Word document", "a.xls", container(b"x" * 5000, "WordDocument"), "but no workbook"),
    refused("only the first bytes", "a.et", written(OLE), DAMAGED),
    refused("noise behind the first bytes", "a.xls", written(OLE + b"\xff" * 3000), DAMAGED),
    refused("cut off", "a.xls", cut_old, DAMAGED),
    refused("directory that goes round", "a.xls", broken_chain, DAMAGED),
    refused("directory beyond the end", "a.xls", beyond_the_end, DAMAGED),
    refused("cells at both ends of a sheet", "a.xls", old(far_old), LARGE),
    wrong(
        "old error value",
        "a.xls",
        old(old_units((b"\x17", "青山镇", "镇"))),
        "error value",
        "单位!A2",
    ),
    wrong(
        "old formula without a result",
        "a.xls",
        old(old_units(("U9", "=1+1", "镇"))),
        RESULT,
        "单位!B2",
    ),
    wrong(
        "date for a number",
        "a.et",
        old(old_units(("U9", "镇", "镇", DAY))),
        NO_DATE,
        "单位!D2",
    ),
    wrong("approximate", "a.et", old(old_units(("U9", "镇", "镇", "3万余"))), "rough", "单位!D2"),
    reads("WPS workbook", "a.et", old(old_units(("U9", "九里镇", "镇", 9.0)))),
]

MARKUP = [
    refused(
        "XML that breaks off",
        "a.xls",
        text(
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
            '<Worksheet Name="单位">'
        ),
        DAMAGED,
    ),
    refused("XML bomb", "a.xls", spreadsheet(f"<Row>{data('&e11;')}</Row>", head=bomb()), DAMAGED),
    refused(
        "cell at the end of the world",
        "a.xls",
        spreadsheet(f"<Row>{data('x', Index=999_999_999)}</Row>"),
        LARGE,
    ),
    refused(
        "merged to the end of the world",
        "a.xls",
        spreadsheet(f"<Row>{data('x', MergeAcross=16_000, MergeDown=1_000_000)}</Row>"),
        LARGE,
    ),
    refused(
        "number that is none", "a.xls", spreadsheet(f"<Row>{data('x', 'Number')}</Row>"), DAMAGED
    ),
    refused(
        "day that is none", "a.xls", spreadsheet(f"<Row>{data('x', 'DateTime')}</Row>"), DAMAGED
    ),
    wrong(
        "error value in XML",
        "a.xls",
        spreadsheet(f"{HEAD_ROW}<Row>{UNIT}{data('#REF!', 'Error')}</Row>"),
        "error value",
        "单位!D2",
    ),
    wrong(
        "date for a number",
        "a.xml",
        spreadsheet(f"{HEAD_ROW}<Row>{UNIT}{data('2024-05-01T00:00:00.000', 'DateTime')}</Row>"),
        "date",
        "单位!D2",
    ),
    wrong(
        "formula without a result",
        "a.xls",
        spreadsheet(f'{HEAD_ROW}<Row>{UNIT}<Cell ss:Formula="=1"/></Row>'),
        RESULT,
        "单位!D2",
    ),
    wrong(
        "rows and cells by number",
        "a.xls",
        spreadsheet(f'{HEAD_ROW}<Row ss:Index="9">{data("U8")}{data("镇", Index=3)}</Row>'),
        "filled",
        "单位!B9",
    ),
    refused(
        "table wider than any sheet",
        "a.xls",
        page('<tr><td colspan="999999999">x</td></tr>'),
        LARGE,
    ),
    refused(
        "table higher than any sheet",
        "a.xls",
        page('<tr><td rowspan="999999999">x</td></tr>'),
        LARGE,
    ),
    refused(
        "tables inside tables, 50,000 deep", "a.xls", text("<html>" + "<table>" * 50_000), "without"
    ),
    reads(
        "page of which no cell is closed",
        "单位.xls",
        text("<html><table><tr><td>单位编码<td>单位名称<td>类型<tr><td>U9<td>九里镇<td>镇"),
    ),
    reads(
        "page with entities and breaks",
        "单位.xls",
        page(PAGE_HEAD + "<tr><td>U9</td><td>&#20061;里<br>镇&nbsp;</td><td> 镇 </td></tr>"),
    ),
]
