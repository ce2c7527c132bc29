"""Exporting: a county as a standard workbook that reads back as itself, and the blank template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from app.model.county import County, Post, Record
from app.model.vocabulary import DEFAULT_CATEGORIES, Word
from app.placing import place
from app.workbooks.cells.column import LIST_SEPARATOR, NO, YES, Column, ColumnKind, Content
from app.workbooks.cells.grid import column_letters
from app.workbooks.standard.column_help import help_text
from app.workbooks.standard.sheets import (
    CHOICES_TITLE,
    EXAMPLE_MARK,
    HELP_MARK,
    PEOPLE,
    PEOPLE_EXAMPLES,
    SHEETS,
    Sheet,
    people_column,
)
from app.workbooks.standard.style import FAINT, SHADE, Book, set_page, width_of, write

_FORMATS: Mapping[ColumnKind, str] = {ColumnKind.CODE: "@", ColumnKind.SHARE: "0.0%"}
_ROWS_TO_TYPE = 1_000
"""Rows below the last one that still have their lists to choose from."""
_LONGEST_LIST = 255
"""Characters of a list that fit into a column's rule."""
_ROWS_MEASURED = 200
"""Rows that decide how wide a column is."""


def write_standard(county: County, path: Path) -> None:
    """Write every input of a county as a standard workbook; importing it gives the same county.

    Raises:
        UserError: the file cannot be written there.
    """
    categories = [category for (category,) in county.categories]
    book = Book()
    for sheet in SHEETS:
        columns = _columns(sheet, categories)
        _write_sheet(book, sheet, columns, list(_rows(sheet, columns, county)), first_row=1)
    place(book.finished(), path)


def write_template(path: Path) -> None:
    """Write the blank standard workbook: headings, a help row, an example row, lists to choose.

    Raises:
        UserError: the file cannot be written there.
    """
    book = Book()
    for sheet in SHEETS:
        columns = _columns(sheet, DEFAULT_CATEGORIES)
        tab = _write_sheet(book, sheet, columns, [], first_row=3)
        _write_guidance(book, tab, sheet, columns)
    place(book.finished(), path)


def _columns(sheet: Sheet, categories: Sequence[str]) -> list[Column]:
    """Return the columns of a sheet with those of the staff categories in their place."""
    columns = list(sheet.columns)
    names = [column.name for column in columns]
    if sheet.people_before:
        at = names.index(sheet.people_before)
        columns[at:at] = [people_column(category) for category in categories]
    return columns


def _rows(sheet: Sheet, columns: Sequence[Column], county: County) -> Iterator[list[Content]]:
    for record in county.rows(sheet.table).values():
        yield [_content(record, column, county) for column in columns]


def _content(record: Record, column: Column, county: County) -> Content:
    if column.name.startswith(PEOPLE):
        assert isinstance(record, Post)
        entry = county.staffing.get((record.post_code, column.chinese))
        return None if entry is None else entry.on_duty
    value: Content = getattr(record, column.field)
    if column.part is not None:
        assert isinstance(value, tuple)
        return value[column.part]
    return value


def _cell(content: Content) -> str | float | None:
    """Return a content as it stands in a cell."""
    if isinstance(content, Word):
        return content.chinese
    if isinstance(content, bool):
        return YES if content else NO
    if isinstance(content, tuple):
        return LIST_SEPARATOR.join(content)
    return content


def _write_sheet(
    book: Book,
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Content]],
    *,
    first_row: int,
) -> Worksheet:
    tab = book.file.add_worksheet(sheet.title)
    last_row = first_row + len(rows) + _ROWS_TO_TYPE
    for index, column in enumerate(columns):
        look = book.look(num_format=_FORMATS.get(column.kind, "General"))
        cells = [_cell(row[index]) for row in rows]
        texts = [column.heading, *(str(cell) for cell in cells[:_ROWS_MEASURED] if cell)]
        tab.set_column(index, index, width_of(texts), look)
        tab.write_string(0, index, column.heading, book.look(bold=True, bg_color=SHADE, bottom=1))
        for number, cell in enumerate(cells):
            write(tab, first_row + number, index, cell, look)
        _offer_words(book, tab, column, at=(index, first_row, last_row))
    tab.freeze_panes(1, 1)
    tab.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    tab.repeat_rows(0)
    set_page(tab)
    return tab


def _offer_words(book: Book, tab: Worksheet, column: Column, *, at: tuple[int, int, int]) -> None:
    """Let the user choose from a list where a column knows its words or the sheet it refers to."""
    source: list[str] | str = list(column.offered)
    if column.words is not None:
        source = [word.chinese for word in column.words]
    elif column.kind is ColumnKind.YES_NO:
        source = [YES, NO]
    elif column.refers_to is not None:
        source = f"={column.refers_to.chinese}!$A$2:$A$20000"
    elif len(",".join(source)) > _LONGEST_LIST:
        source = _stored_list(book, column.offered)
    if source:
        index, first, last = at
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        tab.data_validation(first, index, last, index, rule)


def _stored_list(book: Book, texts: Sequence[str]) -> str:
    """Write a list into the hidden sheet of choices and return where it stands."""
    tab = book.file.get_worksheet_by_name(CHOICES_TITLE)
    if tab is None:
        tab = book.file.add_worksheet(CHOICES_TITLE)
        tab.hide()
    column = 0 if tab.dim_colmax is None else tab.dim_colmax + 1
    tab.write_column(0, column, texts)
    letters = column_letters(column)
    return f"={CHOICES_TITLE}!${letters}$1:${letters}${len(texts)}"


def _write_guidance(book: Book, tab: Worksheet, sheet: Sheet, columns: Sequence[Column]) -> None:
    """Write the help row and the example row, each recognised by the mark in its first cell."""
    help_look = book.look(font_color=FAINT, text_wrap=True, valign="top", font_size=9)
    example_look = book.look(font_color=FAINT, italic=True)
    for index, column in enumerate(columns):
        text = help_text(column, sheet)
        example = _cell(_example(column))
        if index == 0:
            text, example = HELP_MARK + text, f"{EXAMPLE_MARK}{example}"
        write(tab, 1, index, text, help_look)
        write(tab, 2, index, example, example_look)
        tab.set_column(index, index, max(16, width_of([column.heading])))
    tab.set_row(1, 92)
    tab.freeze_panes(2, 1)


def _example(column: Column) -> Content:
    if column.name.startswith(PEOPLE):
        return PEOPLE_EXAMPLES.get(column.chinese)
    return column.example
