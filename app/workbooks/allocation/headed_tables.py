"""Headed tables on written sheets: columns by name, rows of cells, a row of live totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import Worksheet

from app.workbooks.allocation.band_table import Banding
from app.workbooks.cells.grid import cell_name, column_letters
from app.workbooks.standard.matrix_sheet import OUTPUT_MARK
from app.workbooks.standard.style import (
    FAINT,
    RULE,
    SHADE,
    Book,
    Formula,
    WrittenCell,
    lines_of,
    set_page,
    sheet_in_formula,
    write_cell,
)

HEADING_ROW = 1
"""Of every sheet, below the hidden one."""

TableSpan = list[str | int]
"""A sheet's title, then first row, first column, last row and last column."""

_HEAD: Mapping[str, Any] = {
    "bold": True,
    "bg_color": SHADE,
    "bottom": 1,
    "text_wrap": True,
    "valign": "vcenter",
}
_TEXT: Mapping[str, Any] = {"text_wrap": True, "align": "left", "indent": 1}
_INDENT = 1.5
"""Characters of a column that its text leaves free."""
_LINE_POINTS = 14.5
_WIDTH_OF_A4 = 150
"""Characters across a landscape page that are still easy to read."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its title, its number format ('' is text), its width."""

    title: str
    number_format: str = ""
    width: float = 11


@dataclass(frozen=True)
class HeadedTable:
    """A table in the making: it knows where its cells are before it is written."""

    fields: Mapping[str, Field]
    top: int
    """The row of the headings."""
    rows: list[dict[str, WrittenCell]] = field(default_factory=list)
    total: dict[str, WrittenCell] = field(default_factory=dict)
    sums: set[int] = field(default_factory=set)
    """Rows that add others up; they are set in bold."""
    sheet: str = ""
    """The title of the sheet, for references from others."""

    def cell(self, name: str, row: int) -> str:
        """Return the name of a cell; row 0 is the first below the headings."""
        return cell_name(self.top + 1 + row, self.column(name))

    def fixed(self, name: str, row: int) -> str:
        """Return the name of a cell whose row stays when its formula is copied: A$6."""
        return f"{column_letters(self.column(name))}${self.top + 2 + row}"

    def link(self, name: str, row: int) -> str:
        """Return the reference of a cell from another sheet."""
        return sheet_in_formula(self.sheet) + self.cell(name, row)

    def span(self, name: str, first: int, last: int) -> TableSpan:
        """Return a part of a column, `last` included, as a chart refers to it."""
        column = self.column(name)
        return [self.sheet, self.top + 1 + first, column, self.top + 1 + last, column]

    def column(self, name: str) -> int:
        """Return the index of a column."""
        return list(self.fields).index(name)

    def add_totals(self, *names: str) -> None:
        """Sum columns up in the row of totals, live."""
        for name in names:
            value = sum(number_in(row[name]) for row in self.rows)
            last = self.cell(name, len(self.rows) - 1)
            text = f"=SUM({self.cell(name, 0)}:{last})"
            self.total[name] = Formula(text, value) if self.rows else value


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of one workbook that hold a table each, all headed by the same notes."""

    book: Book
    notes: Sequence[str]

    def add(self, title: str, fields: Mapping[str, Field]) -> tuple[Worksheet, HeadedTable]:
        """Add a sheet with its heading and return it with its table, yet without rows."""
        tab, top = add_tab(self.book, title, self.notes)
        return tab, HeadedTable(fields, top, sheet=title)

    def finish(self, tab: Worksheet, table: HeadedTable, *, frozen: int = 1) -> None:
        """Write the table once its rows are there."""
        write_table(self.book, tab, table, frozen=frozen, header=" ".join(self.notes))


def number_in(cell: WrittenCell) -> float:
    """Return the number a cell shows, 0 for text and nothing."""
    value = cell.value if isinstance(cell, Formula) else cell
    return float(value) if isinstance(value, int | float) else 0.0


def add_tab(book: Book, title: str, notes: Sequence[str]) -> tuple[Worksheet, int]:
    """Add a sheet with its heading and notes; return it with the row for what follows.

    A hidden first row says that the sheet only tells, so that no import takes it for input.
    """
    tab = book.tab(title)
    tab.hide_gridlines(2)
    tab.write_string(0, 0, OUTPUT_MARK)
    tab.set_row(0, None, None, {"hidden": True})
    tab.write_string(HEADING_ROW, 0, title, book.look(bold=True, font_size=15))
    tab.set_row(HEADING_ROW, 26)
    for row, note in enumerate(notes, start=HEADING_ROW + 1):
        tab.write_string(row, 0, note, book.look(font_color=FAINT, font_size=9))
    return tab, HEADING_ROW + len(notes) + 2


def write_table(
    book: Book, tab: Worksheet, table: HeadedTable, *, frozen: int = 1, header: str = ""
) -> None:
    """Write a table, freeze its headings and first columns, and set the sheet up for print."""
    end = table.top + 1 + len(table.rows)
    for column, (name, item) in enumerate(table.fields.items()):
        look = {"num_format": item.number_format} if item.number_format else _TEXT
        body = book.look(valign="top", bottom=4, bottom_color=RULE, **look)
        sums = book.look(valign="top", bottom=4, bottom_color=RULE, bold=True, **look)
        last = book.look(bold=True, top=1, bg_color=SHADE, **look)
        tab.set_column(column, column, item.width)
        side = "right" if item.number_format else "left"
        head = book.look(align=side, indent=0 if item.number_format else 1, **_HEAD)
        tab.write_string(table.top, column, item.title, head)
        for place, cells in enumerate(table.rows):
            chosen = sums if place in table.sums else body
            write_cell(tab, table.top + 1 + place, column, cells.get(name), chosen)
        if table.total:
            write_cell(tab, end, column, table.total.get(name), last)
    for place, lines in enumerate(_lines(table)):
        if lines > 1:
            tab.set_row(table.top + 1 + place, _LINE_POINTS * lines + 2)
    heads = (lines_of(item.title, width=item.width - 1) for item in table.fields.values())
    tab.set_row(table.top, _LINE_POINTS * max(2, *heads) + 3)
    tab.freeze_panes(table.top + 1, frozen)
    tab.repeat_rows(table.top)
    if table.rows:
        tab.autofilter(table.top, 0, end - 1, len(table.fields) - 1)
    width = sum(item.width for item in table.fields.values())
    set_page(tab, is_large=width > _WIDTH_OF_A4, header=header)


def _lines(table: HeadedTable) -> Iterator[int]:
    """Yield how many lines the texts of each row take; not every program finds out by itself."""
    texts = {name: item.width for name, item in table.fields.items() if not item.number_format}
    for cells in table.rows:
        lines = 1
        for name, width in texts.items():
            text = cells.get(name)
            if isinstance(text, str) and len(text) * 2 > width - _INDENT:
                lines = max(lines, lines_of(text, width=width - _INDENT))
        yield lines


def mark_saturation(
    book: Book, tab: Worksheet, table: HeadedTable, banding: Banding, *, state: str
) -> None:
    """Lay bars behind the saturations of a state and the bands' colours behind their words."""
    first = table.top + 1
    last = table.top + len(table.rows) + bool(table.total)
    if last >= first:
        ratios, words = table.column(f"{state}_saturation"), table.column(f"{state}_band")
        seen = f"${column_letters(words)}{first + 1}"
        banding.tint(book, tab, (first, words, last, words), seen)
        now = [row[f"{state}_band"] for row in (*table.rows, table.total) if row]
        shown = [str(cell.value) if isinstance(cell, Formula) else str(cell) for cell in now]
        banding.lay_bars(tab, ratios, first, shown)
