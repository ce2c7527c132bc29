"""Separated text (CSV): encoding and separator found out, every record a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from app.workbooks.cells.grid import Trouble, Value
from app.workbooks.opening.extracted import MOST_CELLS, Extracted, RawRows, Refused

SEPARATORS = ("\t", ",", ";")
"""Where two fit alike, the first is it."""
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
"""Byte order marks: UTF-16 twice, UTF-8."""
_LONGEST_SIGN = 3
"""Bytes that the last, cut-off sign of a UTF-8 text may have left."""
_ROWS_LOOKED_AT = 50
_MOST_COLUMNS = 16_384
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
_FORMULA_SIGNS = ("'=", "'+", "'-", "'@")
"""What exports write before a text that a spreadsheet would compute."""


def decoded(data: bytes) -> str:
    """Return the text of a file: by its byte order mark, else strict UTF-8, else GB18030.

    Raises:
        Refused: it is none of these, or cut off in the middle of a sign.
    """
    try:
        if data.startswith(_MARKS[:2]):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        is_cut = error.start >= len(data) - _LONGEST_SIGN and not data[: error.start].isascii()
        if is_cut or data.startswith(_MARKS):
            raise Refused(Trouble.DAMAGED) from None
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise Refused(Trouble.NO_TEXT) from None


def extract_separated(data: bytes) -> list[Extracted]:
    """Return the one sheet of a text file; it has no name.

    Raises:
        Refused: it is no text, a quotation mark stays open, or it is too large.
    """
    text = decoded(data)
    if "\0" in text:
        raise Refused(Trouble.NO_TEXT)
    separator, text = _stated(text)
    separator = separator or _separator(text)
    rows: RawRows = []
    widest = count = 0
    for cells in _records(text, separator):
        count += len(cells)
        if count > MOST_CELLS or len(cells) > _MOST_COLUMNS:
            raise Refused(Trouble.TOO_LARGE)
        rows.append([value_of(cell) for cell in cells])
        widest = max(widest, len(cells))
    if len(rows) * widest > MOST_CELLS:
        raise Refused(Trouble.TOO_LARGE)
    for row in rows:
        row.extend([None] * (widest - len(row)))
    return [Extracted("", rows)]


def _records(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(len(text) + 1)
    _require_closed_quotes(text, separator)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _require_closed_quotes(text: str, separator: str) -> None:
    """Refuse a text whose last quotation mark is never closed: it would swallow every row below."""
    if text.count('"') % 2 == 0:
        return
    line = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for _cells in reader:
            line = reader.line_num + 1
    except csv.Error:
        raise Refused(Trouble.OPEN_QUOTE, str(line)) from None


def _stated(text: str) -> tuple[str, str]:
    """Return the separator that Excel's first line “sep=;” states, and the text without it."""
    match = re.match(r'"?sep=(.)"?\r?\n', text)
    return (match[1], "\n" + text[match.end() :]) if match else ("", text)


def _separator(text: str) -> str:
    """Return the separator that splits most of the first lines into equally many cells."""

    def fit(separator: str) -> tuple[int, int]:
        widths: list[int] = []
        try:
            for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                widths.append(len(cells))
                if len(widths) == _ROWS_LOOKED_AT:
                    break
        except csv.Error:
            return 0, 0
        split = [width for width in widths if width > 1]
        usual = max(split, key=split.count, default=0)
        return split.count(usual) if usual else 0, usual

    return max(SEPARATORS, key=fit)


def value_of(cell: str) -> Value:
    """Return a cell as Excel would take it, but for codes such as 001, which keep their zeros."""
    text = cell.strip()
    if text.startswith(_FORMULA_SIGNS):
        return text[1:]
    if text.isascii() and _NUMBER.fullmatch(text) and _is_same(text):
        return float(text)
    return text or None


def _is_same(text: str) -> bool:
    number = float(text)
    return text == (str(int(number)) if number.is_integer() else repr(number))
