"""Clipping: blocks of cells as spreadsheets put them on the clipboard and take them from it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from PySide6.QtGui import QGuiApplication

from app.errors import UserError
from app.language import _

LONGEST_CELL = 2**31 - 1
"""Characters; whatever a spreadsheet can hold, so that no cell stops a paste."""


def copy_block(lines: Iterable[Sequence[str]]) -> None:
    """Put lines of cells on the clipboard; cells with tabs or line breaks are quoted."""
    text = io.StringIO()
    csv.writer(text, dialect="excel-tab", lineterminator="\n").writerows(lines)
    QGuiApplication.clipboard().setText(text.getvalue())


def clipboard_block() -> list[list[str]]:
    """Return the clipboard's lines of cells, [] where it holds no text.

    Raises:
        UserError: the text is no table, a quote that never ends for example.
    """
    return block_of(QGuiApplication.clipboard().text())


def block_of(text: str) -> list[list[str]]:
    """Return the lines of cells in a text as spreadsheets copy them.

    Raises:
        UserError: the text is no table, a quote that never ends for example.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text), "excel-tab", strict=True)) if text else []
    except csv.Error as error:
        raise UserError(
            _("The clipboard holds no block of cells."),
            remedy=_("Copy the cells in the spreadsheet again, then paste."),
        ) from error
