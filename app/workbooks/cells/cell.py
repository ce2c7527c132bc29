"""One cell: what is in it, read as its column wants it, or a sentence about what is wrong."""

from __future__ import annotations

import datetime
import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from app.errors import UserError
from app.language import _
from app.numbers import quoted
from app.workbooks.cells.column import LIST_SEPARATOR, NO, YES, Column, ColumnKind, Content
from app.workbooks.cells.grid import CellFault, Value
from app.workbooks.cells.quantities import Quantity, is_bare
from app.workbooks.cells.terms import USUAL_TERMS, Amount, Asked, Assumed, Terms
from app.workbooks.cells.tokens import normalised
from app.workbooks.cells.unclear import Unclear, UnclearText
from app.workbooks.cells.words import STROKES, moment, told, understood

_YES = frozenset({YES, "yes", "y", "true", "1", "√", "✓", "✔"})
_NO = frozenset({NO, "no", "n", "false", "0", "×", "✗", "✘"})
_SMALLEST_FACTOR = 0.001
"""What is divided by may not be so small that people would be counted in millions."""
_EXACT_DIGITS = 10**15
"""Excel keeps fifteen digits of a number; a longer code has lost its end."""


_HOURS = Column("hours", "工时", "hours", ColumnKind.NUMBER, quantity=Quantity.HOURS)

Reader = Callable[[Value, Column], Content]


class BadCell(UserError):
    """A cell that cannot be read as its column wants it."""


def reader_of(column: Column) -> Reader:
    """Return what reads a filled cell of a column: content, or a `UserError` without its place."""
    return _READERS[column.kind]


def read_hours(value: Value, terms: Terms = USUAL_TERMS) -> float:
    """Return the hours in a filled cell of a matrix.

    Raises:
        UserError: what is wrong with the cell and how to mend it, without its place.
    """
    hours = _of_one_time(amount_of(value, Asked.HOURS, terms), value, _HOURS)
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


def _number(value: Value, column: Column) -> float:
    amount = amount_in(value, column)
    number = _of_one_time(amount, value, column)
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
    """Return what a filled cell says of the quantity of its column, in our unit.

    Raises:
        UserError: it cannot be read, with what to write instead; an `UnclearText` has proposals.
    """
    is_counted = column.asked in {Asked.HOURS, Asked.TIMES}
    is_bool = isinstance(value, bool)
    if is_counted and column.unit and isinstance(value, str | float | int) and not is_bool:
        text = _as_text(value)
        if is_bare(text):
            return understood(f"{text}{column.unit}", column.asked, column.terms)
    amount = amount_of(value, column.asked, column.terms)
    if column.quantity is None or is_counted or amount.value is None:
        return amount
    own = column.quantity.factor(amount.unit) if amount.unit else None
    factor = own or (column.quantity.factor(column.unit) if column.unit else None) or 1.0
    unread = amount.unit if own is None else ""
    return replace(amount, value=amount.value * factor, unit=unread)


def amount_of(value: Value, asked: Asked, terms: Terms = USUAL_TERMS) -> Amount:
    """Return what a filled cell says: a number, words, or a time (1:30).

    Raises:
        UserError: it cannot be read, with what to write instead.
    """
    if isinstance(value, CellFault):
        raise _fault(value)
    if isinstance(value, bool):
        raise BadCell(
            _("This cell holds a truth value, not a number."), remedy=_("Write the number itself.")
        )
    if isinstance(value, float | int):
        return Amount(float(value))
    if isinstance(value, str):
        return understood(value, asked, terms)
    assert value is not None
    return moment(value, asked)


def remarks_on(value: Value, column: Column) -> tuple[tuple[Assumed, str], ...]:
    """Return what was assumed when a cell of a column was read, as sentences."""
    if not column.is_numeric or not isinstance(value, str | float | int):
        return ()
    text, amount = _as_text(value), amount_in(value, column)
    assumed = amount.assumed
    if column.asked is Asked.NUMBER and amount.unit and is_unread(amount.unit, column.quantity):
        assumed = (*assumed, Assumed.WORD)
    return tuple((one, told(one, text, amount, column.terms)) for one in assumed)


def is_stroke(value: Value) -> bool:
    """Tell whether a cell holds only a stroke, which is how people cross out a blank one."""
    return isinstance(value, str) and normalised(value) in STROKES


def is_unread(word: str, quantity: Quantity | None) -> bool:
    """Tell whether a word behind a number is no unit of what is asked: 件 behind people."""
    return quantity is None or quantity.factor(word) is None


def _as_text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"


def _of_one_time(amount: Amount, value: Value, column: Column) -> float:
    if amount.value is None:
        raise BadCell(
            _("“{text}” was read as a blank cell.").format(text=quoted(text_of(value))),
            remedy=_("Write the number, or 0."),
        )
    kind = Unclear.OF_PERIOD if amount.per_year is not None else Unclear.WITH_PEOPLE
    if amount.per_year is not None or amount.people is not None:
        proposals = (f"{amount.value:.10g}小时",)
        raise UnclearText(kind, text_of(value), proposals, column.asked)
    return amount.value


def _share(value: Value, column: Column) -> float:
    number = _of_one_time(amount_in(value, column), value, column)
    if 0 <= number <= 1:
        return number
    message = _("{number:g} is no share: shares lie between 0 and 1.").format(number=number)
    raise BadCell(message, remedy=_("Write 0.5 or 50% for one half."))


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
