"""Word pages: a document as .docx, with headings, tables and charts that stay editable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import assert_never

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches, Length, Mm
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph

from app.language import _, current_language
from app.report.pages.document import (
    BandCell,
    Block,
    Facts,
    Picture,
    ReportCell,
    ReportColumn,
    ReportDocument,
    ReportTable,
    Style,
    Text,
    cell_words,
)
from app.report.pages.docx_styles import CELL, CELL_SIZE, HEAD, define_styles, style_named
from app.report.theme import DOTS_PER_INCH, PRINT
from app.report.wrapping import inches, pieces, shared

MARGIN = Mm(24)
WIDTH = Length(Mm(210) - 2 * MARGIN)
"""Between the margins."""
SHADE = "efece5"

_PADDING = 0.17
"""Inches between the sides of a cell and its text, both sides together."""
_SHRUNK = 0.9
"""The type of what has to fit on one page."""
_TALLEST_THERE = Mm(80)
"""Of a chart that shares its one page with everything else."""
_PLACE = re.compile(r"\{(\w+)\}")
_FIELDS = {"number": "PAGE", "count": "NUMPAGES"}


def worded(document: ReportDocument) -> bytes:
    """Return a document as .docx with page numbers and headings that repeat on every page."""
    made = docx.Document()
    define_styles(made, shrunk=_SHRUNK if document.is_one_page else 1.0)
    _set_page(made, document)
    for block in document.blocks:
        _set(made, block, is_one_page=document.is_one_page)
    made.core_properties.title = document.title
    made.core_properties.author = "Hengbian 衡编"
    made.core_properties.comments = ""
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _set_page(made: WordDocument, document: ReportDocument) -> None:
    section = made.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = Mm(16 if document.is_one_page else 22)
    section.footer_distance = Mm(9)
    language = made.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")
    foot = section.footer.paragraphs[0]
    foot.style = made.styles[style_named(Style.CAPTION)]
    foot.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _say(foot, f"{document.footer}\t")
    _number(foot, _("Page {number} of {count}"))


def _number(paragraph: Paragraph, words: str) -> None:
    """Write words in whose places Word counts the pages."""
    for place, part in enumerate(_PLACE.split(words)):
        if place % 2 == 0:
            _say(paragraph, part)
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), _FIELDS[part])
        run = paragraph.add_run("1")
        field.append(run._r)
        paragraph._p.append(field)


def _set(made: WordDocument, block: Block, *, is_one_page: bool) -> None:
    match block:
        case Text(words, style):
            _say(made.add_paragraph(style=style_named(style)), words)
        case ReportTable(columns, rows):
            _set_table(made, columns, rows)
        case Facts(rows):
            _set_facts(made, rows)
        case Picture():
            _set_picture(made, block, tallest=_TALLEST_THERE if is_one_page else None)
        case _:
            assert_never(block)


def _say(paragraph: Paragraph, words: str) -> None:
    """Add words; among Chinese, marks that both scripts share are as wide as Chinese ones."""
    run = paragraph.add_run(_PRINTABLE.sub("", words))
    if current_language() == "zh_CN":
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:hint"), "eastAsia")


_PRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML has no place for."""


def _set_table(
    made: WordDocument, columns: Sequence[ReportColumn], rows: Sequence[Sequence[ReportCell]]
) -> None:
    table = _new_table(made, 1 + len(rows), _widths(columns, rows))
    for cell, column in zip(_cells(table, 0), columns, strict=True):
        _fill(cell, column.title, HEAD, is_number=column.is_number)
        _shade(cell, SHADE)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, row in enumerate(rows, start=1):
        for cell, content, column in zip(_cells(table, number), row, columns, strict=True):
            _fill(cell, cell_words(content), CELL, is_number=column.is_number)
            if isinstance(content, BandCell):
                _shade(cell, PRINT.band(content.band).tint.removeprefix("#"))
    _leave_space(made)


def _widths(columns: Sequence[ReportColumn], rows: Sequence[Sequence[ReportCell]]) -> list[Length]:
    """Share out the paper; titles and bands break between words only."""
    least = []
    for place, column in enumerate(columns):
        bands = {row[place] for row in rows if isinstance(row[place], BandCell)}
        kept = [*pieces(column.title), *(piece for cell in bands for piece in _pieces_of(cell))]
        widest = max((inches(piece, size=CELL_SIZE) for piece in kept), default=0.0)
        least.append(widest + _PADDING)
    shares = shared(WIDTH.inches, [column.width for column in columns], least)
    return [Inches(share) for share in shares]


def _pieces_of(cell: ReportCell) -> list[str]:
    words = cell_words(cell)
    return [words] if current_language() == "zh_CN" else pieces(words)


def _set_facts(made: WordDocument, rows: Sequence[tuple[str, str]]) -> None:
    widths = [Length(round(WIDTH * 0.2)), Length(round(WIDTH * 0.8))]
    table = _new_table(made, len(rows), widths)
    for number, (name, value) in enumerate(rows):
        first, second = _cells(table, number)
        _fill(first, name, HEAD)
        _fill(second, value, CELL)
    _leave_space(made)


def _new_table(made: WordDocument, rows: int, widths: Sequence[Length]) -> WordTable:
    """Return a table of fixed widths with a thin line below every row, no row split by a page."""
    table: WordTable = made.add_table(rows, len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    properties.append(_borders())
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width.twips))
    for row in table._tbl.tr_lst:
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width
    return table


def _borders() -> BaseOxmlElement:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", PRINT.line[1:])):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    return borders


def _cells(table: WordTable, row: int) -> list[WordCell]:
    return [WordCell(cell, table) for cell in table._tbl.tr_lst[row].tc_lst]


def _fill(cell: WordCell, words: str, style: str, *, is_number: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    _say(paragraph, words)
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shade(cell: WordCell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _leave_space(made: WordDocument) -> None:
    """Keep two tables apart, and a table from what follows."""
    gap = made.add_paragraph(style=style_named(Style.CAPTION))
    gap.paragraph_format.space_after = 0
    gap.paragraph_format.line_spacing = 0.6


def _set_picture(made: WordDocument, chart: Picture, *, tallest: Length | None) -> None:
    figure = chart.draw(WIDTH.inches)
    if figure is None:
        return
    drawn = BytesIO()
    figure.savefig(drawn, format="png", dpi=DOTS_PER_INCH)
    drawn.seek(0)
    height = WIDTH * figure.get_figheight() / figure.get_figwidth()
    share = min(1.0, tallest / height) if tallest is not None else 1.0
    paragraph = made.add_paragraph(style=style_named(Style.BODY))
    paragraph.paragraph_format.line_spacing = 1.0
    shape = paragraph.add_run().add_picture(drawn, width=Length(round(WIDTH * share)))
    shape._inline.docPr.set("descr", chart.words)
