"""How written sheets look and how values get into their cells exactly as they are."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.errors import BlockedByData
from app.language import _
from app.workbooks.cells.grid import cell_name

INK, RULE, SHADE, FAINT = "#1f2933", "#c3c9d2", "#eef1f5", "#6b7480"
HOURS, HEADCOUNT, COUNT, RATIO, FACTOR = "#,##0.0", "#,##0.00", "General", "0.0%", "0.000"
FONT = "Microsoft YaHei"

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDEST, _NARROWEST = 42, 7
_LONGEST_HEADER = 200
_BODY_SHARE = 0.86
"""Widths are counted in characters of the default font, which is larger than that of tables."""


class _ExactFloat(float):
    """A float that XlsxWriter writes with all its digits: it formats to sixteen, one too few."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


class Book:
    """A workbook in the making; formats are made once per look."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self.file = xlsxwriter.Workbook(self._bytes, _OPTIONS)
        self.file.formats[0].set_font_name(FONT)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, **properties: Any) -> Format:
        """Return the format with these XlsxWriter properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(
                {"font_name": FONT, "font_size": 10, "font_color": INK} | properties
            )
        return self._formats[key]

    def tab(self, title: str) -> Worksheet:
        """Return the sheet of this title, added behind the others if it is not there yet."""
        return self.file.get_worksheet_by_name(title) or self.file.add_worksheet(title)

    def finished(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.file.close()
        return self._bytes.getvalue()


def write(
    sheet: Worksheet, row: int, column: int, value: str | float | None, look: Format | None = None
) -> None:
    """Write a value as it is: text never becomes a formula, a link or a number; None is nothing.

    Raises:
        BlockedByData: a text or a table is longer than a sheet can hold.
    """
    if value is None or value == "":
        return
    if isinstance(value, str):
        status = sheet.write_string(row, column, value, look)
    else:
        status = sheet.write_number(row, column, _ExactFloat(value), look)
    if status != 0:
        raise BlockedByData(
            _("Cell {cell} of sheet {sheet} is beyond what a workbook can hold.").format(
                cell=cell_name(row, column), sheet=sheet.get_name()
            ),
            remedy=_("Shorten texts to 32,767 characters and tables to 1,048,575 rows."),
        )


def width_of(texts: Iterable[str]) -> float:
    """Return the column width that fits the longest of some texts; Chinese counts double."""
    longest = max((_columns(text) for text in texts), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2))


def lines_of(text: str, *, width: float) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    sizes = (_columns(line) * _BODY_SHARE for line in text.split("\n"))
    return sum(max(1, math.ceil(size / width)) for size in sizes)


def _columns(text: str) -> int:
    first_line = text.partition("\n")[0]
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in first_line)


def set_page(
    tab: Worksheet,
    *,
    is_large: bool = False,
    is_upright: bool = False,
    pages_wide: int = 1,
    header: str = "",
) -> None:
    """Set a sheet up for print: A4 or A3, mostly landscape, so many pages wide, with page numbers.

    Every page is headed by `header`, as far as a sheet can hold it.
    """
    if not is_upright:
        tab.set_landscape()
    tab.set_paper(8 if is_large else 9)
    tab.fit_to_pages(pages_wide, 0)
    tab.set_margins(left=0.4, right=0.4, top=0.7 if header else 0.5, bottom=0.6)
    if header:
        tab.set_header(f"&L&8{header.replace('&', '＆')[:_LONGEST_HEADER]}", {"margin": 0.3})
    tab.set_footer("&L&9&A&R&9&P / &N")


def text_in_formula(text: str) -> str:
    """Return a text as a formula quotes it."""
    return '"' + text.replace('"', '""') + '"'


def sheet_in_formula(title: str) -> str:
    """Return a sheet's name as a formula refers to it."""
    return "'" + title.replace("'", "''") + "'!"


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula together with the value it has now."""

    text: str
    value: str | float


WrittenCell = str | float | Formula | None


def write_cell(tab: Worksheet, row: int, column: int, cell: WrittenCell, look: Format) -> None:
    """Write a value or a formula with its value; None is a cell with nothing but its look."""
    if cell is None or cell == "":
        tab.write_blank(row, column, None, look)
    elif isinstance(cell, Formula):
        tab.write_formula(row, column, cell.text, look, cell.value)
    else:
        write(tab, row, column, cell, look)
