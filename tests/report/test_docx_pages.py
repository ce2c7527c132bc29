"""The Word file says what the document says, with real headings, tables, pictures and numbers."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.errors import UserError
from app.language import use_language
from app.method.assessing import assess
from app.method.checks.checkup import find
from app.model.vocabulary import Band
from app.report.pages.document import (
    BandCell,
    Facts,
    Picture,
    ReportColumn,
    ReportDocument,
    ReportTable,
    Style,
    Text,
    cell_words,
)
from app.report.pages.docx_pages import WIDTH, worded
from app.report.pages.docx_styles import LOOKS
from app.reporting import Reporting
from tests import builders
from tests.report.plans import measure, small_plan


def reporting(**fields: Any) -> Reporting:
    county = builders.small_county()
    figures = assess(county)
    plan = small_plan(figures)
    return replace(Reporting(county, figures, find(county, figures), plan), **fields)


def read(document: ReportDocument) -> Any:
    return docx.Document(BytesIO(worded(document)))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("unit_code", [None, "U1"])
def test_every_block_comes_back_in_its_order(language: str, unit_code: str | None) -> None:
    use_language(language)
    document = reporting().report(unit_code)
    made = read(document)

    said = [
        (paragraph.style.name, paragraph.text) for paragraph in made.paragraphs if paragraph.text
    ]
    assert said == [
        (LOOKS[block.style].name, block.words)
        for block in document.blocks
        if isinstance(block, Text)
    ]
    tables = [block for block in document.blocks if isinstance(block, ReportTable | Facts)]
    assert len(made.tables) == len(tables) > 0
    for table, block in zip(made.tables, tables, strict=True):
        cells = [[cell.text for cell in row.cells] for row in table.rows]
        if isinstance(block, Facts):
            assert cells == [list(row) for row in block.rows]
        else:
            heading = [column.title for column in block.columns]
            assert cells == [heading, *([cell_words(c) for c in row] for row in block.rows)]


def test_headings_repeat_and_no_row_is_split() -> None:
    made = read(reporting().report())
    with_heading = [
        table
        for table in made.tables
        if table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert len(with_heading) >= len(made.tables) - 2
    for table in made.tables:
        for row in table._tbl.tr_lst:
            assert row.find(f".//{qn('w:cantSplit')}") is not None


def test_charts_are_pictures_with_words_and_fit_the_page() -> None:
    content = worded(reporting().report())
    made = docx.Document(BytesIO(content))
    assert len(made.inline_shapes) >= 4
    for shape in made.inline_shapes:
        assert shape.width <= WIDTH
        assert shape._inline.docPr.get("descr")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
        for name in names:
            with Image.open(BytesIO(archive.read(name))) as image:
                assert image.width >= 1200


def test_pages_are_numbered_and_chinese_has_its_fonts() -> None:
    use_language("zh_CN")
    made = read(reporting().report())
    section = made.sections[0]
    foot = section.footer.paragraphs[0]._p.xml
    assert "PAGE" in foot and "NUMPAGES" in foot
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fonts = {
        style: made.styles[LOOKS[style].name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in Style
    }
    assert fonts[Style.BODY] == "仿宋"
    assert fonts[Style.HEADING] == fonts[Style.TITLE] == "黑体"
    for style in Style:
        assert not made.styles[LOOKS[style].name].element.rPr.rFonts.get(qn("w:asciiTheme"))


def test_the_same_rows_stand_in_pdf_and_word() -> None:
    use_language("zh_CN")
    report = reporting()
    document = report.report()
    with report.preview() as preview:
        printed = "".join(preview.text(number) for number in range(1, len(preview) + 1))
    letters = "".join(printed.split())
    for block in document.blocks:
        if isinstance(block, Text):
            assert "".join(block.words.split()) in letters
        if isinstance(block, ReportTable):
            for row in block.rows:
                assert "".join(cell_words(row[0]).split()) in letters


def test_the_ending_of_the_name_decides(tmp_path: Path) -> None:
    report = reporting()
    report.write_report(tmp_path / "r.DOCX", "U1")
    report.write_report(tmp_path / "r.pdf", "U1")
    assert (tmp_path / "r.DOCX").read_bytes().startswith(b"PK")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    for name in ("r.txt", "r", "r.doc"):
        with pytest.raises(UserError, match="cannot be written as") as raised:
            report.write_report(tmp_path / name)
        assert raised.value.remedy == "End its name in .pdf or .docx."
        assert raised.value.exit_status == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.DOCX", "r.pdf"]


def test_long_measures_are_whole() -> None:
    rows = [measure(rank, because="因为" * 400) for rank in range(1, 4)]
    report = reporting()
    long = replace(report, plan=small_plan(report.figures, *rows))
    made = read(long.report("U1"))
    assert sum("因为" * 400 in cell.text for table in made.tables for cell in table._cells) == 3


@settings(max_examples=25)
@given(st.lists(st.text(max_size=20), min_size=2, max_size=2), st.sampled_from(Band))
def test_any_text_that_xml_can_hold_is_kept(texts: list[str], band: Band) -> None:
    columns = (
        ReportColumn(texts[0], 1),
        ReportColumn("x", 2, is_number=True),
        ReportColumn("y", 1),
    )
    document = ReportDocument("t", "f", (ReportTable(columns, [[texts[1], "1", BandCell(band)]]),))
    cells = [cell.text for cell in read(document).tables[0]._cells]
    kept = [
        "".join(
            sign
            for sign in text.replace("\r\n", "\n").replace("\r", "\n")
            if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")
        )
        for text in texts
    ]
    assert cells == [kept[0], "x", "y", kept[1], "1", band.english]


def test_a_chart_with_nothing_to_show_is_left_out() -> None:
    document = ReportDocument("t", "f", (Text("a"), Picture(lambda width: None, "nothing")))
    assert len(read(document).inline_shapes) == 0
