"""Workbooks in markup: XML Spreadsheet 2003, and the web pages with tables that pass for .xls."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser
from xml.parsers import expat

from app.workbooks.cells.grid import CellFault, Span, Trouble, Value
from app.workbooks.opening.extracted import MOST_CELLS, Extracted, RawRows, Refused
from app.workbooks.opening.separated import decoded, value_of

_DECLARATION = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk"})
_SPACE = re.compile(r"[ \t\r\n\u00a0]+")
_MOST_ROW, _MOST_COLUMN = 1_048_576, 16_384


class _Table:
    """A sheet in the making: cells are put down one after the other, ranges span over."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.cells: dict[tuple[int, int], Value] = {}
        self.merged: list[Span] = []
        self.covered: set[tuple[int, int]] = set()
        self.row = -1
        self.column = 0

    def start_row(self, row: int | None = None) -> None:
        """Go to the next row, or to a stated one."""
        self.row, self.column = self.row + 1 if row is None else row, 0

    def place(self, value: Value, *, down: int = 0, across: int = 0) -> None:
        """Put a value into the next free cell, over as many more rows and columns."""
        while (self.row, self.column) in self.covered:
            self.column += 1
        row, column = max(self.row, 0), self.column
        if row + down >= _MOST_ROW or column + across >= _MOST_COLUMN:
            raise Refused(Trouble.TOO_LARGE)
        if value is not None:
            self.cells[row, column] = value
        if down or across:
            if len(self.covered) + (down + 1) * (across + 1) > MOST_CELLS:
                raise Refused(Trouble.TOO_LARGE)
            self.merged.append((row, column, row + down, column + across))
            self.covered |= {
                (row + below, column + beside)
                for below in range(1, down + 1)
                for beside in range(across + 1)
            }
        self.column = column + across + 1

    def extracted(self) -> Extracted:
        """Return the sheet as rows of equal width."""
        height = 1 + max((row for row, _column in self.cells), default=-1)
        width = 1 + max((column for _row, column in self.cells), default=-1)
        if height * width > MOST_CELLS:
            raise Refused(Trouble.TOO_LARGE)
        rows: RawRows = [[None] * width for _row in range(height)]
        for (row, column), value in self.cells.items():
            rows[row][column] = value
        return Extracted(self.name, rows, self.merged)


class _Spreadsheet:
    """XML Spreadsheet 2003, tag by tag."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._text: list[str] = []
        self._type = ""
        self._cell: dict[str, str] = {}
        self._is_in_data = False
        self._value: Value = None

    def read(self, text: str) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(text, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "Worksheet":
            self.tables.append(_Table(plain.get("Name", "")))
        elif name == "Row" and self.tables:
            index = plain.get("Index")
            self.tables[-1].start_row(int(index) - 1 if index else None)
        elif name == "Cell" and self.tables:
            self._cell, self._value = plain, None
            if "Formula" in plain:
                self._value = CellFault.NO_RESULT
            if "Index" in plain:
                self.tables[-1].column = int(plain["Index"]) - 1
        elif name == "Data":
            self._type, self._text, self._is_in_data = plain.get("Type", "String"), [], True

    def _characters(self, text: str) -> None:
        if self._is_in_data:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "Data":
            self._is_in_data = False
            self._value = _typed("".join(self._text).strip(), self._type)
        elif name == "Cell" and self.tables:
            down, across = (int(self._cell.get(key, 0)) for key in ("MergeDown", "MergeAcross"))
            self.tables[-1].place(self._value, down=max(0, down), across=max(0, across))


def _typed(text: str, kind: str) -> Value:
    if kind == "Error":
        return CellFault.ERROR_VALUE
    if not text:
        return None
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text == "1"
    if kind == "DateTime":
        return datetime.datetime.fromisoformat(text)
    return text


class _Page(HTMLParser):
    """A web page: every table that holds cells is a sheet; what is nested stays with its cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._depth = 0
        self._text: list[str] | None = None
        self._spans = (0, 0)
        self._is_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table())
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._finish_cell()
            self.tables[-1].start_row()
        elif tag in {"td", "th"}:
            self._finish_cell()
            found = {key: value or "" for key, value in attrs}
            self._spans = _extra(found.get("rowspan")), _extra(found.get("colspan"))
            self._is_text = "@" in found.get("style", "") or found.get("x:str") is not None
            self._text = []
        elif tag in {"br", "p", "div"} and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            if self._depth == 1:
                self._finish_cell()
            self._depth = max(0, self._depth - 1)
        elif tag in {"td", "th", "tr"} and self._depth == 1:
            self._finish_cell()

    def close(self) -> None:
        """Finish a page that breaks off inside a table."""
        super().close()
        if self.tables:
            self._finish_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data if data == "\n" else _SPACE.sub(" ", data))

    def _finish_cell(self) -> None:
        if self._text is None:
            return
        lines = (line.strip() for line in "".join(self._text).split("\n"))
        text = "\n".join(line for line in lines if line)
        value: Value = (text or None) if self._is_text else value_of(text)
        self.tables[-1].place(value, down=self._spans[0], across=self._spans[1])
        self._text = None


def _extra(span: str | None) -> int:
    return max(0, int(span) - 1) if span and span.isdigit() else 0


def extract_spreadsheet(data: bytes) -> list[Extracted]:
    """Return every worksheet of an XML Spreadsheet 2003.

    Raises:
        Refused: a sheet reaches beyond all measure.
        ValueError, expat.ExpatError: it is damaged.
    """
    spreadsheet = _Spreadsheet()
    spreadsheet.read(_as_text(data, _DECLARATION))
    return [table.extracted() for table in spreadsheet.tables]


def extract_page(data: bytes) -> list[Extracted]:
    """Return every table of a web page that holds anything, without names.

    Raises:
        Refused: there is no such table, or one reaches beyond all measure.
    """
    page = _Page()
    page.feed(_as_text(data, _CHARSET))
    page.close()
    tables = [table.extracted() for table in page.tables if table.cells]
    if not tables:
        raise Refused(Trouble.NO_TABLE)
    return tables


def _as_text(data: bytes, declaration: re.Pattern[bytes]) -> str:
    """Return markup as text, in the encoding it declares where that is a Chinese one."""
    match = declaration.search(data[:4096])
    stated = match[1].decode("ascii", errors="replace").casefold() if match else ""
    text = data.decode("gb18030", errors="replace") if stated in _CHINESE else decoded(data)
    return re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL)
