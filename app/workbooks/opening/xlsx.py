"""Today's Excel and WPS workbooks (.xlsx, .xlsm): calamine's cells, with the faults it hides."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum

from app.workbooks.cells.grid import CellFault, Hidden, Span, Trouble, position
from app.workbooks.opening.cleaning import cleaned_rows
from app.workbooks.opening.extracted import MOST_CELLS, Extracted, Refused
from app.workbooks.opening.number_formats import shown_units

MOST_SPANS = 50_000
"""Merged ranges of one sheet; more are no layout any more."""

_CONTENTS = frozenset({"v", "is", "f"})
_CHUNK_BYTES = 4 * 1024**2
_UNUSUAL = (b"<!", b"='")
"""What a workbook program never writes into the head of a sheet."""
_ROW = re.compile(rb'<row r="(\d+)"')
_WIDE = re.compile(rb'<c r="([A-Z]{2,})\d')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+\d+):([A-Z]+\d+)"')
_HIDDEN, _TRUE = b" hidden=", frozenset({"1", "true", "on"})
_MOST_COLUMNS = 16_384
_ONE_LETTER = 26
"""Columns A to Z."""


class Scan:
    """One pass over a sheet's XML: how far it reaches, and which cells calamine would show blank.

    calamine returns '' for error values and for formulas that were never computed, and it lays out
    everything between two far cells; this pass finds the former and measures the latter first.
    """

    def __init__(self, shown: Mapping[str, str] | None = None, *, is_hidden: bool = False) -> None:
        self.shown = shown or {}
        self.is_hidden = is_hidden
        self.units: list[tuple[int, int, str]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.height = 0
        self.width = 0
        self.errors: list[tuple[int, int]] = []
        self.formulas: list[tuple[int, int, str]] = []
        self.merged: list[Span] = []
        self.has_truths = True
        self._row = self._column = -1
        self._cell: dict[str, str] = {}
        self._is_in_cell = False
        self._filled: tuple[dict[str, str], int] | None = None

    def read(self, part: IO[bytes]) -> None:
        """Read one worksheet part to its end.

        Raises:
            expat.ExpatError: the XML is damaged or would grow without end.
        """
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.ParseFile(part)
        self._end_row()

    def skim(self, part: IO[bytes]) -> bool:
        """Measure a part that holds nothing but plain cells, without parsing it.

        Return False, with nothing measured, where it holds anything else and wants `read`.
        """
        rows, width, rest = 0, _ONE_LETTER, b""
        marks = [_HIDDEN, *(f' s="{style}"'.encode() for style in self.shown)]
        self.merged = []
        self.has_truths = False
        while chunk := part.read(_CHUNK_BYTES):
            whole, sign, cut = (rest + chunk).rpartition(b"<")
            rest = sign + cut
            if rows == 0 and any(unusual in whole for unusual in _UNUSUAL):
                return False
            if not _is_plain(whole) or any(mark in whole for mark in marks):
                return False
            rows = max(rows, max(map(int, _ROW.findall(whole)), default=0))
            self.has_truths = self.has_truths or b't="b"' in whole
            width = max([width, *(_columns(name) for name in {*_WIDE.findall(whole)})])
            if b"<mergeCell" in whole:
                room = MOST_SPANS - len(self.merged)
                spans = _MERGED.findall(whole)[: max(0, room)]
                self.merged += [_span(first.decode(), last.decode()) for first, last in spans]
        return 0 < rows * width <= MOST_CELLS

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._column += 1
            self._cell = attributes
            self._is_in_cell = True
        elif name in _CONTENTS and self._is_in_cell:
            self._is_in_cell = name == "f"
            self._filled = self._cell, self._column
            cell_type = self._cell.get("t", "")
            unit = self.shown.get(self._cell.get("s", ""))
            if unit is not None and name == "v" and cell_type in {"", "n"}:
                self.units.append((*self._reach(), unit))
            if cell_type == "e":
                self.errors.append(self._reach())
            elif name == "f":
                self.formulas.append((*self._reach(), cell_type))
        elif name == "row":
            self._end_row()
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if attributes.get("hidden") in _TRUE:
                self.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            end = min(int(attributes.get("max", "1")), _MOST_COLUMNS)
            self.hidden_columns.update(range(int(attributes.get("min", "1")) - 1, end))
        else:
            self._is_in_cell = False
            if name == "mergeCell" and len(self.merged) < MOST_SPANS:
                first, _colon, last = attributes.get("ref", "A1").partition(":")
                self.merged.append(_span(first, last or first))

    def _end_row(self) -> None:
        """Measure at the last filled cell of a row only: at every cell it would double the time."""
        self._reach()
        self._filled = None

    def _reach(self) -> tuple[int, int]:
        """Return where the last filled cell is, and stretch the used range to it."""
        if self._filled is None:
            return -1, -1
        attributes, column = self._filled
        row, column = position(attributes["r"]) if "r" in attributes else (self._row, column)
        self.height = max(self.height, row + 1)
        self.width = max(self.width, column + 1)
        return row, column


def _is_plain(chunk: bytes) -> bool:
    """Tell whether no cell of a chunk holds an error or a formula.

    What begins with “<formula” belongs to rules, not to cells. Cells without a name need no
    measuring: they cannot be far from each other.
    """
    return b't="e"' not in chunk and (
        b"<f" not in chunk or chunk.count(b"<f") == chunk.count(b"<formula")
    )


def _columns(letters: bytes) -> int:
    return position(letters.decode() + "1")[1] + 1


def _span(first: str, last: str) -> Span:
    return (*position(first), *position(last))


def extract_new(data: bytes, *, is_bounded: bool = False) -> list[Extracted]:
    """Return every worksheet in the order of the tabs; macros are never looked at.

    Args:
        data: the file.
        is_bounded: whether this process may not take memory beyond measure; calamine then begins
            at once, beside the scan, instead of after it.

    Raises:
        Refused: a sheet reaches beyond all measure.
        Exception: whatever a damaged file makes the libraries raise.
    """
    if not is_bounded:
        scans = _scans(data)
        return [_extracted(sheet, scans[sheet.name]) for sheet in _sheets(data, scans)]
    with ThreadPoolExecutor(1) as beside:
        scanning = beside.submit(_scans, data)
        sheets = {sheet.name: sheet for sheet in _sheets(data)}
        scans = scanning.result()
    return [_extracted(sheets[name], scan) for name, scan in scans.items()]


class _Part(NamedTuple):
    """A worksheet: its name, its part of the archive, and whether its tab is hidden."""

    name: str
    path: str
    is_hidden: bool


def _scans(data: bytes) -> dict[str, Scan]:
    """Return what the XML of every worksheet tells, in the order of the tabs."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        shown = shown_units(archive)
        return {part.name: _scanned(archive, part, shown) for part in _worksheet_parts(archive)}


def _sheets(data: bytes, names: Iterable[str] | None = None) -> list[CalamineSheet]:
    """Return the worksheets of these names, laid out; without names, all there are."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        if names is None:
            known = workbook.sheets_metadata
            names = [sheet.name for sheet in known if sheet.typ is SheetTypeEnum.WorkSheet]
        return [workbook.get_sheet_by_name(name) for name in names]


def _scanned(archive: zipfile.ZipFile, part: _Part, shown: Mapping[str, str]) -> Scan:
    scan = Scan(shown, is_hidden=part.is_hidden)
    with archive.open(part.path) as stream:
        if scan.skim(stream):
            return scan
    scan = Scan(shown, is_hidden=part.is_hidden)
    with archive.open(part.path) as stream:
        scan.read(stream)
    if scan.height * scan.width > MOST_CELLS:
        raise Refused(Trouble.TOO_LARGE)
    return scan


def _worksheet_parts(archive: zipfile.ZipFile) -> Iterator[_Part]:
    """Yield every worksheet, in the order of the tabs."""
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in _tree(archive, "xl/_rels/workbook.xml.rels").iter()
        if "/worksheet" in element.get("Type", "")
    }
    for element in _tree(archive, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        ids = [value for key, value in element.items() if key.endswith("}id")]
        target = targets.get(ids[0] if ids else None)
        if target is not None:
            part = target[1:] if target.startswith("/") else f"xl/{target}"
            is_hidden = element.get("state", "visible") != "visible"
            yield _Part(element.get("name", ""), part, is_hidden)


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.parse(io.BytesIO(archive.read(part))).getroot()


def _extracted(sheet: CalamineSheet, scan: Scan) -> Extracted:
    raw = sheet.to_python(skip_empty_area=False)
    rows = cleaned_rows(raw, scan.height, scan.width, has_truths=scan.has_truths)
    if len(rows) * len(rows[0] if rows else ()) > MOST_CELLS:
        raise Refused(Trouble.TOO_LARGE)
    for row_index, column in scan.errors:
        rows[row_index][column] = CellFault.ERROR_VALUE
    for row_index, column, cell_type in scan.formulas:
        value = rows[row_index][column]
        if value is None and cell_type != "str":
            rows[row_index][column] = CellFault.NO_RESULT
        elif isinstance(value, str) and value.startswith("=DISPIMG("):
            rows[row_index][column] = CellFault.PICTURE
    for row_index, column, unit in scan.units:
        value = rows[row_index][column]
        if isinstance(value, int | float) and not isinstance(value, bool):
            rows[row_index][column] = f"{value:.15g}{unit}"
    hidden = Hidden(frozenset(scan.hidden_rows), frozenset(scan.hidden_columns), scan.is_hidden)
    return Extracted(sheet.name, rows, scan.merged, hidden)
