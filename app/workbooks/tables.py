"""Headed tables on written sheets: columns by name, rows of cells, a row of live totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import Worksheet

from app.workbooks.banding import Banding
from app.workbooks.grid import cell_name, column_letters
from app.workbooks.style import (
    FAINT,
    RULE,
    SHADE,
    Book,
    Cell,
    Formula,
    set_page,
    write_cell,
)

_HEAD: Mapping[str, Any] = {
    "bold": True,
    "bg_color": SHADE,
    "bottom": 1,
    "text_wrap": True,
    "valign": "vcenter",
}
_BAR = {
    "type": "data_bar",
    "bar_solid": True,
    "bar_color": "#b9c6d8",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 2,
}
"""Behind a saturation: full at twice the capacity."""


_WIDTH_OF_A4 = 150
"""Characters across a landscape page that are still easy to read."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its title, its number format ('' is text), its width."""

    title: str
    number_format: str = ""
    width: float = 11


@dataclass(frozen=True)
class Table:
    """A table in the making: it knows where its cells are before it is written."""

    fields: Mapping[str, Field]
    top: int
    """The row of the headings."""
    rows: list[dict[str, Cell]] = field(default_factory=list)
    total: dict[str, Cell] = field(default_factory=dict)

    def cell(self, name: str, row: int) -> str:
        """Return the name of a cell; row 0 is the first below the headings."""
        return cell_name(self.top + 1 + row, self.column(name))

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


def number_in(cell: Cell) -> float:
    """Return the number a cell shows, 0 for text and nothing."""
    value = cell.value if isinstance(cell, Formula) else cell
    return float(value) if isinstance(value, int | float) else 0.0


def add_tab(book: Book, title: str, notes: Sequence[str]) -> tuple[Worksheet, int]:
    """Add a sheet with its heading and notes; return it with the row for what follows."""
    tab = book.file.add_worksheet(title)
    tab.hide_gridlines(2)
    tab.write_string(0, 0, title, book.look(bold=True, font_size=15))
    tab.set_row(0, 26)
    for row, note in enumerate(notes, start=1):
        tab.write_string(row, 0, note, book.look(font_color=FAINT, font_size=9))
    return tab, len(notes) + 2


def write_table(book: Book, tab: Worksheet, table: Table, *, frozen: int = 1) -> None:
    """Write a table, freeze its headings and first columns, and set the sheet up for print."""
    end = table.top + 1 + len(table.rows)
    for column, (name, item) in enumerate(table.fields.items()):
        look = {"num_format": item.number_format} if item.number_format else {"text_wrap": True}
        body = book.look(valign="top", bottom=4, bottom_color=RULE, **look)
        last = book.look(bold=True, top=1, bg_color=SHADE, **look)
        tab.set_column(column, column, item.width)
        side = "right" if item.number_format else "left"
        tab.write_string(table.top, column, item.title, book.look(align=side, **_HEAD))
        for row, cells in enumerate(table.rows, start=table.top + 1):
            write_cell(tab, row, column, cells.get(name), body)
        if table.total:
            write_cell(tab, end, column, table.total.get(name), last)
    tab.set_row(table.top, 32)
    tab.freeze_panes(table.top + 1, frozen)
    tab.repeat_rows(table.top)
    if table.rows:
        tab.autofilter(table.top, 0, end - 1, len(table.fields) - 1)
    width = sum(item.width for item in table.fields.values())
    set_page(tab, is_large=width > _WIDTH_OF_A4)


def mark_saturation(
    book: Book, tab: Worksheet, table: Table, banding: Banding, *, state: str
) -> None:
    """Lay bars behind the saturations of a state and the bands' colours behind their words."""
    first = table.top + 1
    last = table.top + len(table.rows) + bool(table.total)
    if last >= first:
        bars, words = table.column(f"{state}_saturation"), table.column(f"{state}_band")
        tab.conditional_format(first, bars, last, bars, _BAR)
        seen = f"${column_letters(words)}{first + 1}"
        banding.tint(book, tab, (first, words, last, words), seen)
