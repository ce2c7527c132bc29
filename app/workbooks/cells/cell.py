"""One cell: what is in it, read as its column wants it, or a sentence about what is wrong."""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from app.errors import UserError
from app.language import _
from app.numbers import NotANumber, parse_number, quoted
from app.workbooks.cells.amounts import Amount, told_precision
from app.workbooks.cells.column import LIST_SEPARATOR, NO, YES, Column, ColumnKind, Content
from app.workbooks.cells.durations import duration
from app.workbooks.cells.frequencies import times_a_year
from app.workbooks.cells.grid import CellFault, Value
from app.workbooks.cells.quantities import Quantity

_YES = frozenset({YES, "yes", "y", "true", "1", "√", "✓", "✔"})
_NO = frozenset({NO, "no", "n", "false", "0", "×", "✗", "✘"})
WORKING_DAYS = 248.0
"""Days on which daily work is done, where a table does not know the plan's own."""
_PERIODS = re.compile("[年月周日天季旬期]|星期|礼拜|节|同上|附件|按需|随时|常态|适时|若干")
"""What tells that a text says how often, well or badly."""
_SMALLEST_FACTOR = 0.001
"""What is divided by may not be so small that people would be counted in millions."""
_EXACT_DIGITS = 10**15
"""Excel keeps fifteen digits of a number; a longer code has lost its end."""


Reader = Callable[[Value, Column], Content]


class BadCell(UserError):
    """A cell that cannot be read as its column wants it."""


def reader_of(column: Column) -> Reader:
    """Return what reads a filled cell of a column: content, or a `UserError` without its place."""
    return _READERS[column.kind]


def read_hours(value: Value) -> float:
    """Return the hours in a filled cell of a matrix.

    Raises:
        UserError: what is wrong with the cell and how to mend it, without its place.
    """
    hours = plain_number(value)
    if hours >= 0:
        return hours
    raise BadCell(
        _("{number:g} is too small here.").format(number=hours),
        remedy=_("Write the hours of a year, 0 or more."),
    )


def folded(text: str) -> str:
    """Return a text without what the eye takes for the same: width, spaces, letter case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def suggestion(text: str, choices: Iterable[str], *, otherwise: str) -> str:
    """Return a remedy that names the likeliest of `choices`, or `otherwise` where none is near."""
    known = list(choices)
    near = [one for one in known if folded(one) == folded(text)][:1]
    near = near or difflib.get_close_matches(text, known, n=1, cutoff=0.5)
    if near:
        return _("Did you mean “{near}”?").format(near=near[0])
    return otherwise


def text_of(value: Value) -> str:
    """Return a cell as text: whole numbers without a decimal point, dates year first.

    Raises:
        BadCell: the cell holds an error value, an uncomputed formula or a picture.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, CellFault):
        raise _fault(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    return str(value)


def _fault(fault: CellFault) -> BadCell:
    if fault is CellFault.NO_RESULT:
        return BadCell(
            _("The formula in this cell has no stored result."),
            remedy=_("Open the workbook in Excel or WPS, let it compute, and save it."),
        )
    if fault is CellFault.PICTURE:
        return BadCell(
            _("This cell holds a picture."), remedy=_("Replace it with text or a number.")
        )
    return BadCell(
        _("This cell holds an error value such as #REF! or #N/A."),
        remedy=_("Mend its formula, or replace it with the value itself."),
    )


def _code(value: Value, column: Column) -> str:
    if isinstance(value, float) and abs(value) >= _EXACT_DIGITS:
        raise BadCell(
            _("This code is stored as a number that has lost its last digits."),
            remedy=_("Format the column as text and type the code again."),
        )
    if isinstance(value, float | str | CellFault) and not isinstance(value, bool):
        return text_of(value)
    raise BadCell(
        _("This code is stored as a date or a truth value."),
        remedy=_("Format the column as text and type the code again."),
    )


def _text(value: Value, column: Column) -> str:
    return text_of(value)


def _list(value: Value, column: Column) -> tuple[str, ...]:
    parts = text_of(value).replace(";", LIST_SEPARATOR).split(LIST_SEPARATOR)
    return tuple(part.strip() for part in parts if part.strip())


_NOTHING = frozenset({"无", "没有", "零"})
_BLANK = frozenset("-—–/\\－／") | {"――", "——"}


def is_blank_mark(value: Value) -> bool:
    """Tell whether a text stands for a blank cell of numbers: a stroke or a dash."""
    return isinstance(value, str) and value.strip() in _BLANK


def _number(value: Value, column: Column) -> float:
    number = amount_in(value, column).value
    low = _SMALLEST_FACTOR if column.is_positive else 0.0
    if number < low:
        message = _("{number:g} is too small here.")
    elif number > column.high:
        message = _("{number:g} is too large here.")
    else:
        return number
    raise BadCell(
        message.format(number=number),
        remedy=_("Write a number from {low:g} to {high:,.0f}.").format(low=low, high=column.high),
    )


def amount_in(value: Value, column: Column) -> Amount:
    """Return what a filled cell of numbers comes to, in our unit, and how exactly it is told.

    A unit in the cell counts before that of its heading.

    Raises:
        UserError: it is not understood to its end, with what to write instead.
    """
    if isinstance(value, str) and value.strip() in _NOTHING:
        return Amount(0.0)
    if column.quantity is Quantity.HOURS and isinstance(value, str | datetime.time | timedelta):
        return _hours(value, column)
    if column.is_yearly and isinstance(value, str):
        return _yearly(value, column)
    if column.quantity is None:
        return _plain_amount(value)
    word = parse_number(value).unit_word if isinstance(value, str) else ""
    factor = column.quantity.factor(word) if word else None
    of_heading = unit_factor(column) if factor is None else factor
    amount = _plain_amount(value)
    return replace(amount, value=amount.value * of_heading)


def _hours(value: str | datetime.time | timedelta, column: Column) -> Amount:
    amount = duration(value, hours_per_day=column.hours_per_day)
    if amount.people is not None and amount.people != 1:
        raise NotANumber(
            _("“{text}” tells people as well as time.").format(text=quoted(str(value))),
            remedy=_("Write the time of one person here, and the people into 参与人数."),
            proposals=(f"{amount.value:g}小时",),
        )
    return amount if amount.unit else replace(amount, value=amount.value * unit_factor(column))


def _yearly(value: str, column: Column) -> Amount:
    """Return a number of a year: a bare one in its heading's unit, or words such as 每周2次."""
    try:
        number = parse_number(value)
    except NotANumber:
        if not _PERIODS.search(value):
            raise
        return times_a_year(value, working_days=WORKING_DAYS, takes_counts=True)
    return Amount(number.value * unit_factor(column), number.precision)


def _plain_amount(value: Value) -> Amount:
    if isinstance(value, str):
        number = parse_number(value)
        return Amount(number.value, number.precision)
    return Amount(plain_number(value))


def unit_factor(column: Column) -> float:
    """Return what a bare number of a column is multiplied by, for the unit its heading states.

    Raises:
        NotANumber: it is days, and these differ by staff category.
    """
    if column.quantity is None or not column.unit:
        return 1.0
    factor = column.quantity.factor(column.unit, hours_per_day=column.hours_per_day or 0.0)
    if factor == 0.0:
        raise NotANumber(
            _("A day of work differs by staff category."), remedy=_("Write the time in hours.")
        )
    return factor or 1.0


def precision_note(text: str, column: Column) -> str:
    """Return what is to be said of a text that was read as a number; '' where nothing is."""
    amount = amount_in(text, column)
    note = told_precision(text, amount)
    if note:
        return note
    try:
        bare = parse_number(text)
    except NotANumber:
        said = quoted(text)
        return _("“{text}” was read as {number:g}.").format(text=said, number=amount.value)
    quantity = column.quantity
    is_unit = quantity is not None and quantity.factor(bare.unit_word) is not None
    if bare.unit_word and not is_unit:
        return _("“{text}” was read without “{word}”.").format(text=text, word=bare.unit_word)
    return ""


def _share(value: Value, column: Column) -> float:
    number = plain_number(value)
    if not 0 <= number <= 1:
        raise BadCell(
            _("{number:g} is no share: shares lie between 0 and 1.").format(number=number),
            remedy=_("Write 0.5 or 50% for one half."),
        )
    return number


def plain_number(value: Value) -> float:
    """Return the number in a filled cell.

    Raises:
        UserError: it holds no number, with what to write instead.
    """
    if isinstance(value, CellFault):
        raise _fault(value)
    if isinstance(value, bool):
        raise BadCell(
            _("This cell holds a truth value, not a number."), remedy=_("Write the number itself.")
        )
    if isinstance(value, float | int):
        return float(value)
    if isinstance(value, str):
        return 0.0 if value.strip() in _NOTHING else parse_number(value).value
    if isinstance(value, datetime.date) and 1 <= value.day <= 31:
        likely = f"{value.month}-{value.day}"
        raise NotANumber(
            _("This cell holds a date or a time, not a number."),
            remedy=_(
                "If {range} was typed, set the cell's format to “Text” and type it again; else "
                "write the number."
            ).format(range=likely),
            proposals=(likely,),
        )
    raise BadCell(
        _("This cell holds a date or a time, not a number."),
        remedy=_("Set the cell's format to “General” and write the number again."),
    )


def _yes_no(value: Value, column: Column) -> bool:
    text = unicodedata.normalize("NFKC", text_of(value)).casefold()
    if text in _YES | _NO:
        return text in _YES
    raise BadCell(
        _("“{text}” is neither 是 nor 否.").format(text=quoted(text_of(value))),
        remedy=_("Write 是 or 否."),
    )


def _word(value: Value, column: Column) -> Content:
    assert column.words is not None
    text = unicodedata.normalize("NFKC", text_of(value))
    member = column.words.read("".join(text.split())) or column.words.read(text)
    if member is not None:
        return member
    words = [known.chinese for known in column.words]
    every_word = _("Write one of: {words}.").format(words=_(", ").join(words))
    raise BadCell(
        _("“{text}” is not a word of column “{column}”.").format(
            text=quoted(text_of(value)), column=column.chinese
        ),
        remedy=suggestion(text, words, otherwise=every_word),
    )


_READERS: Mapping[ColumnKind, Reader] = {
    ColumnKind.CODE: _code,
    ColumnKind.TEXT: _text,
    ColumnKind.NUMBER: _number,
    ColumnKind.SHARE: _share,
    ColumnKind.YES_NO: _yes_no,
    ColumnKind.WORD: _word,
    ColumnKind.LIST: _list,
}
