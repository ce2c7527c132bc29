"""Asking: one pre-filled survey workbook for a unit, with only the figures it may change open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from app.language import _, word
from app.model.county import County
from app.model.vocabulary import Table
from app.placing import place
from app.workbooks.cells.column import Column, ColumnKind
from app.workbooks.cells.grid import column_letters
from app.workbooks.standard.sheets import CHOICES_TITLE
from app.workbooks.standard.style import FAINT, RULE, SHADE, Book, set_page, width_of, write
from app.workbooks.survey.survey_sheets import (
    REASON,
    SURVEY_MARK,
    SURVEY_SHEETS,
    SurveyRow,
    SurveySheet,
    last_title_of,
    survey_rows,
)

OPEN = "#fff6d6"
"""Behind the cells that a unit may change."""
ROWS_TO_ADD = 30
_TITLE, _HEAD, _BODY = 0, 1, 2
_ROWS_MEASURED = 200
_UNPROTECTED: Mapping[str, bool] = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
"""What stays possible on a protected sheet; there is no password."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the columns of one sheet stand."""

    sheet: SurveySheet
    first: int
    """The column of the first figure of last time; its verified one stands beside it."""

    def last(self, figure: int) -> int:
        return self.first + 2 * figure

    def verified(self, figure: int) -> int:
        return self.first + 2 * figure + 1

    @property
    def reason(self) -> int:
        return self.first + 2 * len(self.sheet.figures)


def write_survey(county: County, unit_code: str, path: Path, *, due: date | None) -> None:
    """Write the survey of a unit: instructions, its tasks, shares, posts and headcount.

    Raises:
        UserError: the file cannot be written there.
    """
    book = Book()
    _write_instructions(book, county, unit_code, due=due)
    for sheet in SURVEY_SHEETS:
        rows = list(survey_rows(sheet, county, unit_code))
        if rows or sheet.added:
            _write_sheet(book, sheet, rows, county, unit_code)
    _write_choices(book, county, unit_code)
    place(book.finished(), path)


def _write_instructions(book: Book, county: County, unit_code: str, *, due: date | None) -> None:
    tab = book.file.add_worksheet(_("How to fill it in"))
    tab.hide_gridlines(2)
    tab.set_column(0, 0, 5)
    tab.set_column(1, 1, 88)
    tab.write_string(0, 0, f"{SURVEY_MARK}{unit_code}")
    tab.write_string(0, 1, due.isoformat() if due is not None else "")
    tab.set_row(0, None, None, {"hidden": True})
    name = county.units[(unit_code,)].name
    heading = _("Survey of duties and headcount: {unit}").format(unit=name)
    tab.write_string(1, 0, heading, book.look(bold=True, font_size=16))
    tab.set_row(1, 30)
    if due is not None:
        by = _("Please send this file back by {day}.").format(day=due.isoformat())
        tab.write_string(2, 0, by, book.look(bold=True, font_size=12, font_color="#b23a1e"))
    text, number_look = book.look(text_wrap=True, valign="top"), book.look(bold=True, valign="top")
    for number, sentence in enumerate(_instructions(), start=1):
        row = 3 + number
        tab.write_number(row, 0, number, number_look)
        tab.write_string(row, 1, sentence, text)
        tab.set_row(row, 34)
    row = 3 + len(_instructions()) + 2
    sample = book.look(bg_color=OPEN, border=1, border_color=RULE)
    tab.write_string(row, 0, "", sample)
    tab.write_string(row, 1, _("Cells of this colour are for you to fill in or correct."))
    tab.protect("", dict(_UNPROTECTED))
    set_page(tab)


def _instructions() -> tuple[str, ...]:
    return (
        _("Every sheet shows the figures of last time. Correct the coloured cells beside them."),
        _("A figure that is still right stays as it is; you need not type it again."),
        _("Where you change a figure, choose or write the reason in the last column."),
        _(
            "Codes, names and the figures of last time are locked: they tell where a figure "
            "belongs. If a post is missing or a name is wrong, write that as a reason."
        ),
        _(
            "A task that is missing goes into the empty rows of sheet {sheet}: its name, volume "
            "and unit time. The code may stay blank; with a short one of your own, such as N1, "
            "sheet {shares} can say which posts do it."
        ).format(sheet=word(Table.VOLUMES), shares=word(Table.ASSIGNMENTS)),
        _(
            "On sheet {sheet} you may add posts that share in a task, in the empty rows below. "
            "The shares of a task add up to 100% at most."
        ).format(sheet=word(Table.ASSIGNMENTS)),
        _("Save the file as an Excel workbook and send it back; its name does not matter."),
        _("Your file can change nothing but the figures of your own unit."),
    )


def _write_sheet(
    book: Book, sheet: SurveySheet, rows: Sequence[SurveyRow], county: County, unit_code: str
) -> None:
    tab = book.file.add_worksheet(word(sheet.table))
    columns = [*sheet.identifiers, *sheet.told]
    at = _Place(sheet, len(columns))
    name = county.units[(unit_code,)].name
    title = _("{sheet}: {unit}").format(sheet=word(sheet.table), unit=name)
    tab.write_string(_TITLE, 0, title, book.look(bold=True, font_size=13))
    _write_heads(book, tab, at, columns, rows)
    extra = ROWS_TO_ADD if sheet.added else 0
    for number, row in enumerate(rows, start=_BODY):
        _write_row(book, tab, at, number, row)
    first_new, end = _BODY + len(rows), _BODY + len(rows) + extra
    for number in range(first_new, end):
        _open_row(book, tab, at, number)
    _offer(tab, at, county, unit_code, rows=(first_new, end - 1))
    tab.freeze_panes(_BODY, min(2, len(columns)))
    tab.autofilter(_HEAD, 0, max(end - 1, _HEAD), at.reason)
    tab.repeat_rows(_HEAD)
    tab.protect("", dict(_UNPROTECTED))
    set_page(tab)


def _write_heads(
    book: Book, tab: Worksheet, at: _Place, columns: Sequence[Column], rows: Sequence[SurveyRow]
) -> None:
    look: dict[str, Any] = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    for index, column in enumerate(columns):
        cells = [(*row.identifiers, *row.told)[index] for row in rows[:_ROWS_MEASURED]]
        title = word(column)
        tab.write_string(_HEAD, index, title, book.look(bg_color=SHADE, **look))
        tab.set_column(index, index, min(32, width_of([title, *cells])))
    for number, column in enumerate(at.sheet.figures):
        last, verified = at.last(number), at.verified(number)
        right = {**look, "align": "right"}
        tab.write_string(_HEAD, last, last_title_of(column), book.look(bg_color=SHADE, **right))
        tab.write_string(_HEAD, verified, word(column), book.look(bg_color=OPEN, **right))
        tab.set_column(last, verified, 13)
    reason_look = book.look(bg_color=OPEN, indent=1, **look)
    tab.write_string(_HEAD, at.reason, word(REASON), reason_look)
    tab.set_column(at.reason, at.reason, 36)
    tab.set_row(_HEAD, 32)


def _write_row(book: Book, tab: Worksheet, at: _Place, number: int, row: SurveyRow) -> None:
    shut = book.look(bottom=4, bottom_color=RULE, valign="top", text_wrap=True)
    for index, text in enumerate((*row.identifiers, *row.told)):
        tab.write_string(number, index, text, shut)
    for figure, column in enumerate(at.sheet.figures):
        form = {"num_format": "0.0%"} if column.kind is ColumnKind.SHARE else {}
        past = book.look(bottom=4, bottom_color=RULE, valign="top", font_color=FAINT, **form)
        _write_figure(tab, number, at.last(figure), row.last[figure], past)
        look = _open(book, **form) if row.asked[figure] else past
        _write_figure(tab, number, at.verified(figure), row.last[figure], look)
    tab.write_blank(number, at.reason, None, _open(book, text_wrap=True, indent=1))


def _open_row(book: Book, tab: Worksheet, at: _Place, number: int) -> None:
    """Leave a row open for a row that the unit adds; what it cannot tell stays shut."""
    for index, column in enumerate((*at.sheet.identifiers, *at.sheet.told)):
        if column in at.sheet.added:
            tab.write_blank(number, index, None, _open(book, num_format="@"))
    for figure, column in enumerate(at.sheet.figures):
        form = {"num_format": "0.0%"} if column.kind is ColumnKind.SHARE else {}
        tab.write_blank(number, at.verified(figure), None, _open(book, **form))
    tab.write_blank(number, at.reason, None, _open(book, text_wrap=True, indent=1))


def _open(book: Book, **properties: Any) -> Any:
    """Return the look of a cell that the unit may change."""
    return book.look(
        locked=False, bg_color=OPEN, border=1, border_color=RULE, valign="top", **properties
    )


def _write_figure(tab: Worksheet, row: int, column: int, figure: float | None, look: Any) -> None:
    if figure is None:
        tab.write_blank(row, column, None, look)
    else:
        write(tab, row, column, figure, look)


def _offer(
    tab: Worksheet, at: _Place, county: County, unit_code: str, *, rows: tuple[int, int]
) -> None:
    """Give the open cells their rules: numbers within bounds, codes and reasons to choose from."""
    first_new, last = rows
    if last < _BODY:
        return
    for figure, column in enumerate(at.sheet.figures):
        high = 1 if column.kind is ColumnKind.SHARE else column.high
        sheet_column = at.verified(figure)
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": high,
            "error_title": word(column),
            "error_message": _("Write a number from 0 to {high:,.0f}.").format(high=high),
        }
        tab.data_validation(_BODY, sheet_column, last, sheet_column, rule)
    reasons = {"validate": "list", "source": list(_reasons()), "error_type": "information"}
    tab.data_validation(_BODY, at.reason, last, at.reason, reasons)
    if first_new <= last and at.sheet.table is Table.ASSIGNMENTS:
        for index, source in enumerate(_choices(county, unit_code)):
            letters, count = column_letters(index), max(1, len(source))
            place_of = f"={CHOICES_TITLE}!${letters}$1:${letters}${count}"
            rule = {"validate": "list", "source": place_of, "error_type": "warning"}
            tab.data_validation(first_new, index, last, index, rule)


def _reasons() -> tuple[str, ...]:
    """Return the reasons offered; others may be typed. Together they fit into 255 characters."""
    return (
        _("volume has changed"),
        _("counted otherwise last time"),
        _("task is new"),
        _("task has gone"),
        _("people have changed"),
        _("mistake put right"),
    )


def _choices(county: County, unit_code: str) -> tuple[list[str], list[str]]:
    """Return the codes of the unit's tasks and of its posts."""
    tasks = [row.task_code for row in county.volumes.values() if row.unit_code == unit_code]
    posts = [post.post_code for post in county.posts.values() if post.unit_code == unit_code]
    return tasks, posts


def _write_choices(book: Book, county: County, unit_code: str) -> None:
    tab = book.file.add_worksheet(CHOICES_TITLE)
    tab.hide()
    tab.protect()
    for column, codes in enumerate(_choices(county, unit_code)):
        for row, code in enumerate(codes):
            tab.write_string(row, column, code)
