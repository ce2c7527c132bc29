"""Typed: what a person types into one field of a record, read as its column wants it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from app.errors import BlockedByData, UserError
from app.language import _, current_language
from app.model.county import PolicyValue, Record, StaffCategory, Staffing, Task
from app.model.settings import BadSetting, read_setting
from app.model.vocabulary import Word
from app.workbooks.cells.cell import reader_of
from app.workbooks.cells.column import LIST_SEPARATOR, Column, ColumnKind
from app.workbooks.standard.entries import setting_complaint
from app.workbooks.standard.sheets import BY_TABLE

R = TypeVar("R", bound=Record)


_STAFFING = (
    Column("post_code", "岗位编码", "post", ColumnKind.CODE, is_required=True),
    Column("category", "人员类别", "category", ColumnKind.TEXT, is_required=True),
    Column(
        "on_duty", "在岗人数", "people on duty", ColumnKind.NUMBER, is_required=True, high=100_000
    ),
)
"""People have no sheet of their own: each category is a column of the posts."""
_CATEGORY = (Column("category", "人员类别", "category", ColumnKind.TEXT, is_required=True),)
"""Nor have the categories: they are the headings of those columns."""


def columns_of(kind: type[Record]) -> tuple[Column, ...]:
    """Return the columns of the sheet that holds records of a kind, () where none does."""
    if kind is Staffing:
        return _STAFFING
    if kind is StaffCategory:
        return _CATEGORY
    sheet = BY_TABLE.get(kind.TABLE)
    return sheet.columns if sheet is not None else ()


def column_of(kind: type[Record], field: str) -> Column:
    """Return the column that fills a field of a record."""
    return next(column for column in columns_of(kind) if column.field == field)


def heading_of(column: Column) -> str:
    """Return what a column is called in the language of now."""
    if current_language() == "zh_CN":
        return column.chinese
    words = column.english.replace("_", " ")
    return words[:1].upper() + words[1:]


def as_typed(value: object, kind: ColumnKind) -> str:
    """Return a value as a person would type it; '' for what is missing."""
    if value is None:
        return ""
    if isinstance(value, Word):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(str(part) for part in value)
    if isinstance(value, float):
        return f"{value * 100:.10g}%" if kind is ColumnKind.SHARE else f"{value:.10g}"
    return str(value)


def typed(record: R, field: str, text: str) -> R:
    """Return a record with a field as it was typed; blank is what a blank cell means.

    Raises:
        UserError: the text is not what the field takes, with what to write instead.
    """
    column, plain = column_of(type(record), field), text.strip()
    if field in record.KEY_FIELDS:
        raise BlockedByData(
            _("“{field}” tells this row from the others and cannot be changed.").format(
                field=heading_of(column)
            )
        )
    if not plain:
        return _checked(_blank(record, column), column)
    try:
        value = reader_of(column)(plain, column)
    except UserError as error:
        raise UserError(
            _("{field}: {message}").format(field=heading_of(column), message=error.message),
            remedy=error.remedy,
        ) from None
    return _checked(replace(record, **{field: value}), column)


def _blank(record: R, column: Column) -> R:
    is_needed = column.is_required and (
        column.only_for is None or getattr(record, column.only_for[0]) == column.only_for[1]
    )
    sheet = BY_TABLE.get(record.TABLE)
    defaults = sheet.defaults if sheet is not None else {}
    if is_needed or column.field not in defaults:
        raise BlockedByData(
            _("“{field}” must be filled.").format(field=heading_of(column)),
            remedy=_("Type what it is; undo brings back what stood here."),
        )
    return replace(record, **{column.field: defaults[column.field]})


def _checked(record: R, column: Column) -> R:
    if isinstance(record, PolicyValue):
        try:
            read_setting(record.name, record.value)
        except BadSetting as error:
            message, remedy = setting_complaint(error)
            raise BlockedByData(message, remedy=remedy) from None
    if not isinstance(record, Task) or column.field not in {"hours_low", "hours_high"}:
        return record
    low, high = record.hours_low, record.hours_high
    if low is not None and high is not None and low > high:
        raise BlockedByData(
            _(
                "The lower limit of the unit time, {low:g} h, is above the upper one, {high:g} h."
            ).format(low=low, high=high),
            remedy=_("Change the other limit first, or write a figure between them."),
        )
    return record
