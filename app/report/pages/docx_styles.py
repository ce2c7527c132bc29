"""Word styles: the fonts, sizes and distances of a .docx report, one style for each part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from app.report.pages.document import Style
from app.report.theme import PRINT

SONG, HEI, FANG = "宋体", "黑体", "仿宋"
"""Every Windows and WPS has these three; the reader's program falls back where one is missing."""
LATIN = "Times New Roman"
CELL, HEAD = "Hengbian Cell", "Hengbian Column"
"""The styles of what stands in a table and of its headings."""
CELL_SIZE = 9.0
"""Of both, in points."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A style by its name in Word, its Chinese font, and its measures in points."""

    name: str
    chinese: str
    size: float
    before: float = 0.0
    after: float = 0.0
    spacing: float = 1.25
    is_bold: bool = False
    colour: str = PRINT.ink
    keeps_with_next: bool = False


LOOKS: Mapping[Style, _Look] = {
    Style.TITLE: _Look("Title", HEI, 20, after=6, is_bold=True),
    Style.HEADLINE: _Look("Subtitle", SONG, 12, before=2, after=8, is_bold=True),
    Style.HEADING: _Look(
        "Heading 1", HEI, 14, before=14, after=5, colour=PRINT.accent, keeps_with_next=True
    ),
    Style.BODY: _Look("Normal", FANG, 11, after=5),
    Style.CAPTION: _Look("Caption", SONG, 9, after=4, colour=PRINT.muted),
}
_TABLE_LOOKS = (
    _Look(CELL, SONG, CELL_SIZE, spacing=1.1),
    _Look(HEAD, HEI, CELL_SIZE, spacing=1.1, colour=PRINT.muted, keeps_with_next=True),
)


def define_styles(document: WordDocument, *, shrunk: float = 1.0) -> None:
    """Give the styles of a document their looks, all measures times `shrunk`."""
    for look in (*LOOKS.values(), *_TABLE_LOOKS):
        _define(document, look, shrunk)


def style_named(style: Style) -> str:
    """Return the name of a style in Word."""
    return LOOKS[style].name


def _define(document: WordDocument, look: _Look, shrunk: float) -> None:
    names = [style.name for style in document.styles]
    if look.name in names:
        style = document.styles[look.name]
    else:
        style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    _use_font(style, look.chinese)
    style.font.size = Pt(round(look.size * shrunk * 2) / 2)
    style.font.bold = look.is_bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(look.colour.removeprefix("#"))
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.before * shrunk), Pt(look.after * shrunk)
    form.line_spacing = look.spacing
    form.keep_with_next = look.keeps_with_next
    form.widow_control = True
    for border in form.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _use_font(style: ParagraphStyle, chinese: str) -> None:
    """Name both fonts in full; what the template says of its theme would win otherwise."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")) + properties.findall(qn("w:spacing")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for part in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{part}"), LATIN)
    fonts.set(qn("w:eastAsia"), chinese)
    properties.insert(0, fonts)
