"""Paper: a document as PDF pages, set in our own font."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from io import BytesIO
from typing import Any, assert_never
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch, mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    KeepInFrame,
    PageTemplate,
    Paragraph,
    TableStyle,
)
from reportlab.platypus import Table as PrintedTable

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
from app.report.theme import BOLD, DOTS_PER_INCH, PRINT, REGULAR
from app.report.wrapping import broken, pieces, shared

PLAIN_FONT, BOLD_FONT = "HengbianSans", "HengbianSans-Bold"
MARGIN, BOTTOM = 16 * mm, 20 * mm
WIDTH, HEIGHT = A4[0] - 2 * MARGIN, A4[1] - MARGIN - BOTTOM
"""Points between the margins."""
PADDING = 4
"""Points between the sides of a cell and its text."""
SHADE = "#efece5"

_LEADING = 1.45
_GAP = 7
"""Points above and below a chart."""
_LATIN_QUOTES = str.maketrans("“”‘’", "\"\"''")
"""Our font's curly quotes are as wide as a Chinese character, too wide between Latin letters."""
_INK, _MUTED, _ACCENT = HexColor(PRINT.ink), HexColor(PRINT.muted), HexColor(PRINT.accent)
_PLAIN = ParagraphStyle(
    "plain",
    fontName=PLAIN_FONT,
    fontSize=9.5,
    leading=9.5 * _LEADING,
    textColor=_INK,
    wordWrap="CJK",
)


def _style(name: str, size: float, **changes: Any) -> ParagraphStyle:
    return ParagraphStyle(name, parent=_PLAIN, fontSize=size, leading=size * _LEADING, **changes)


STYLES = {
    style.name: style
    for style in (
        _style(Style.TITLE.value, 20, fontName=BOLD_FONT, spaceAfter=4),
        _style(Style.HEADLINE.value, 12, fontName=BOLD_FONT, spaceBefore=6, spaceAfter=8),
        _style(
            Style.HEADING.value,
            13,
            fontName=BOLD_FONT,
            textColor=_ACCENT,
            spaceBefore=14,
            spaceAfter=5,
            keepWithNext=1,
        ),
        _style(Style.BODY.value, 9.5, spaceAfter=5),
        _style(Style.CAPTION.value, 8, textColor=_MUTED, spaceAfter=4),
        _style("cell", 8),
        _style("number", 8, alignment=TA_RIGHT),
        _style("column", 8, fontName=BOLD_FONT, textColor=_MUTED),
        _style("number-column", 8, fontName=BOLD_FONT, textColor=_MUTED, alignment=TA_RIGHT),
    )
}


@cache
def _use_fonts() -> frozenset[int]:
    """Make our font known to the printer; return the characters that it has in bold."""
    pdfmetrics.registerFont(TTFont(PLAIN_FONT, REGULAR))
    bold = TTFont(BOLD_FONT, BOLD)
    pdfmetrics.registerFont(bold)
    return frozenset(bold.face.charToGlyph)


class _Text(Paragraph):
    """A paragraph that breaks between any Chinese characters but never before a closing mark."""

    def breakLinesCJK(self, maxWidths: Any) -> Any:  # noqa: N802, N803
        """Break the one run of text there is; what reportlab splits itself is left to it."""
        if len(self.frags) != 1 or getattr(self, "_splitpara", False):
            return super().breakLinesCJK(maxWidths)
        run, width = self.frags[0], maxWidths[-1]

        def extent(line: str) -> float:
            return pdfmetrics.stringWidth(line, run.fontName, run.fontSize)

        lines = broken(run.text, lambda line: extent(line) <= width)
        spaced = [(width - extent(line), [line]) for line in lines]
        return run.clone(kind=0, lines=spaced, ascent=run.fontSize, descent=-0.2 * run.fontSize)


def text(words: str, style: str = "body") -> Paragraph:
    """Return a paragraph; one with a rare character loses its weight, for bold has fewer."""
    in_bold = _use_fonts()
    chosen = STYLES[style]
    if current_language() != "zh_CN":
        words = words.translate(_LATIN_QUOTES)
    if chosen.fontName == BOLD_FONT and not in_bold.issuperset(map(ord, words)):
        chosen = ParagraphStyle(style, parent=chosen, fontName=PLAIN_FONT)
    return _Text(escape(words), chosen)


def table(columns: Sequence[ReportColumn], rows: Sequence[Sequence[ReportCell]]) -> PrintedTable:
    """Return a table over the whole width that repeats its heading on every page."""
    heading = [
        text(column.title, "number-column" if column.is_number else "column") for column in columns
    ]
    body = [
        [_cell(cell, column) for cell, column in zip(row, columns, strict=True)] for row in rows
    ]
    tints = [
        ("BACKGROUND", (x, y), (x, y), HexColor(PRINT.band(cell.band).tint))
        for y, row in enumerate(rows, start=1)
        for x, cell in enumerate(row)
        if isinstance(cell, BandCell)
    ]
    made = PrintedTable(
        [heading, *body],
        colWidths=_widths(columns),
        repeatRows=1,
    )
    made.setStyle(TableStyle([*_TABLE_LOOK, *tints]))
    made.spaceAfter = _GAP
    return made


def _widths(columns: Sequence[ReportColumn]) -> list[float]:
    """Share out the paper; a column at least holds the longest word of its title."""
    least = [_longest_word(column.title) + 2 * PADDING for column in columns]
    return shared(WIDTH, [column.width for column in columns], least)


def _longest_word(title: str) -> float:
    style = STYLES["column"]
    return max(
        pdfmetrics.stringWidth(piece, style.fontName, style.fontSize) for piece in pieces(title)
    )


_TABLE_LOOK: list[tuple[Any, ...]] = [
    ("FONTNAME", (0, 0), (-1, -1), PLAIN_FONT),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(PRINT.line)),
    ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ("VALIGN", (0, 1), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ("BACKGROUND", (0, 0), (-1, 0), HexColor(SHADE)),
]


def _cell(cell: ReportCell, column: ReportColumn) -> Paragraph:
    return text(cell_words(cell), "number" if column.is_number else "cell")


def facts(rows: Sequence[tuple[str, str]]) -> PrintedTable:
    """Return names and what they are, in two columns without a heading."""
    made = PrintedTable(
        [[text(name, "column"), text(value, "cell")] for name, value in rows],
        colWidths=[0.2 * WIDTH, 0.8 * WIDTH],
    )
    made.setStyle(TableStyle(_TABLE_LOOK[:-1]))
    return made


def picture(chart: Picture) -> Image | None:
    """Return a chart as wide as the paper, fine enough for print; None where it shows nothing."""
    figure = chart.draw(WIDTH / inch)
    if figure is None:
        return None
    drawn = BytesIO()
    figure.savefig(drawn, format="png", dpi=DOTS_PER_INCH)
    height = WIDTH * figure.get_figheight() / figure.get_figwidth()
    made = Image(drawn, width=WIDTH, height=height)
    made.spaceBefore = made.spaceAfter = _GAP
    return made


def printed(document: ReportDocument) -> bytes:
    """Return a document as PDF with a footer and page numbers on every page.

    What has to be on one page and is too long for it is set smaller, never cut off.
    """
    content = BytesIO()
    printer = BaseDocTemplate(
        content,
        pagesize=A4,
        title=document.title,
        author="Hengbian 衡编",
        initialFontName=PLAIN_FONT,
    )
    room = Frame(
        MARGIN, BOTTOM, WIDTH, HEIGHT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )
    printer.addPageTemplates(PageTemplate(frames=[room]))
    story = [made for made in map(_set, document.blocks) if made is not None]
    if document.is_one_page:
        story = [KeepInFrame(WIDTH, HEIGHT, story, mode="shrink")]
    printer.build(story, canvasmaker=partial(_NumberedCanvas, footer=document.footer))
    return content.getvalue()


def _set(block: Block) -> Flowable | None:
    match block:
        case Text(words, style):
            return text(words, style.value)
        case ReportTable(columns, rows):
            return table(columns, rows)
        case Facts(rows):
            return facts(rows)
        case Picture():
            return picture(block)
        case _:
            assert_never(block)


class _NumberedCanvas(Canvas):
    """A canvas that knows how many pages there are before it prints the first one."""

    def __init__(self, *arguments: Any, footer: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._footer = footer
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802
        """Keep the page until all are there."""
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Print every page with its number and end the file."""
        for page in self._pages:
            self.__dict__.update(page)
            self._print_footer(len(self._pages))
            super().showPage()
        super().save()

    def _print_footer(self, count: int) -> None:
        self.setFont(PLAIN_FONT, 7.5)
        self.setFillColor(_MUTED)
        number = _("Page {number} of {count}").format(number=self.getPageNumber(), count=count)
        self.drawString(MARGIN, 11 * mm, self._footer)
        self.drawRightString(A4[0] - MARGIN, 11 * mm, number)
