"""Printing: a table as pages, on paper or as PDF, with headings on each and numbered."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.errors import UserError
from app.language import _

MOST_UPRIGHT = 6
"""Columns that fit on an upright page; more of them lie on their side."""
MARGIN = 12.0
"""Millimetres of paper around what is printed."""
POINTS = 8.5
FOOT = 1.6
"""Height of the line at the foot, in heights of a letter."""


@dataclass(frozen=True)
class PrintSheet:
    """A table to print: its title, its headings and texts, and which columns are numbers."""

    title: str
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    are_numbers: tuple[bool, ...]


def print_sheet(sheet: PrintSheet, parent: QWidget) -> bool:
    """Ask for a printer and print; return whether it was done."""
    printer = _printer(sheet)
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return False
    _paint(sheet, printer)
    return True


def write_pdf(sheet: PrintSheet, path: Path) -> int:
    """Write the table as PDF and return the number of its pages.

    Raises:
        UserError: the file cannot be written.
    """
    try:
        path.open("ab").close()
    except OSError as error:
        raise UserError(
            _("“{name}” cannot be written.").format(name=path.name),
            remedy=_("Close it in other programs, or choose another folder."),
        ) from error
    printer = _printer(sheet)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return _paint(sheet, printer)


def _printer(sheet: PrintSheet) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(sheet.title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    is_wide = len(sheet.headings) > MOST_UPRIGHT
    orientation = QPageLayout.Orientation
    printer.setPageOrientation(orientation.Landscape if is_wide else orientation.Portrait)
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    return printer


def _paint(sheet: PrintSheet, printer: QPrinter) -> int:
    """Paint every page and return how many there are, 0 where the printer refuses."""
    font = QFont(QApplication.font())
    font.setPointSizeF(POINTS)
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    painter.setFont(font)
    foot = painter.fontMetrics().height() * FOOT
    page = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
    size = QSizeF(page.width(), page.height() - foot)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(printer)
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    document.setHtml(_html(sheet))
    document.setPageSize(size)
    count = document.pageCount()
    for number in range(count):
        if number:
            printer.newPage()
        painter.save()
        painter.translate(0, -number * size.height())
        document.drawContents(painter, QRectF(0, number * size.height(), *_pair(size)))
        painter.restore()
        words = _("{title} · page {number} of {count}").format(
            title=sheet.title, number=number + 1, count=count
        )
        room = QRectF(0, size.height(), size.width(), foot)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, words)
    painter.end()
    return count


def _pair(size: QSizeF) -> tuple[float, float]:
    return size.width(), size.height()


def _html(sheet: PrintSheet) -> str:
    """Return the table as Qt's rich text; what stands in <thead> is repeated on every page."""
    sides = ["right" if is_number else "left" for is_number in sheet.are_numbers]

    def row(texts: tuple[str, ...], tag: str) -> str:
        cells = (
            f'<{tag} align="{side}">{escape(text)}</{tag}>'
            for text, side in zip(texts, sides, strict=True)
        )
        return f"<tr>{''.join(cells)}</tr>"

    lines = "".join(row(line, "td") for line in sheet.lines)
    return (
        f'<h3>{escape(sheet.title)}</h3><table width="100%" border="0.5" cellspacing="0"'
        f' cellpadding="3" style="border-collapse: collapse; border-color: #888">'
        f"<thead>{row(sheet.headings, 'th')}</thead><tbody>{lines}</tbody></table>"
    )
