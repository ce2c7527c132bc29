"""Old Excel and WPS workbooks (.xls, .et): the cells, and the faults that calamine shows blank.

Source: [MS-XLS], sections 2.4.28 (BoundSheet8), 2.4.117 (FilePass), 2.4.24 (BoolErr),
2.4.127 (Formula), 2.5.133 (FormulaValue).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook

from app.workbooks.cells.grid import CellFault, Trouble
from app.workbooks.opening.cleaning import cleaned_rows
from app.workbooks.opening.compound import Container
from app.workbooks.opening.extracted import MOST_CELLS, Extracted, Refused

_BOF, _EOF, _FILE_PASS, _BOUND_SHEET = 0x0809, 0x000A, 0x002F, 0x0085
_FORMULA, _BOOL_ERR, _STRING = (0x0006, 0x0206, 0x0406), 0x0205, 0x0207
_CELLS = frozenset({0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E, *_FORMULA})
_WORKSHEET = 0
_BOF_8 = b"\x09\x08\x10\x00\x00\x06\x05\x00"
"""The first record of a BIFF8 workbook stream."""
_CODE_PAGE, _UTF_16 = b"\x42\x00\x02\x00", b"\xb0\x04"
_GLOBALS_BYTES = 4096
"""How far from the start the code page is told."""


@dataclass
class _Faults:
    """What stands in the records of one worksheet beside its plain values."""

    height: int = 0
    width: int = 0
    errors: list[tuple[int, int]] = field(default_factory=list)
    blank_formulas: list[tuple[int, int]] = field(default_factory=list)
    has_results: bool = False


def extract_old(data: bytes) -> list[Extracted]:
    """Return every worksheet of an old workbook.

    Raises:
        Refused: it has a password, is no workbook, or reaches beyond all measure.
        ValueError: it is damaged.
    """
    container = Container(data)
    if "EncryptedPackage" in container or "EncryptionInfo" in container:
        raise Refused(Trouble.ENCRYPTED)
    name = next((name for name in ("Workbook", "Book") if name in container), None)
    if name is None:
        raise Refused(Trouble.NO_WORKBOOK)
    faults = _scan(container.stream(name))
    if any(found.height * found.width > MOST_CELLS for found in faults):
        raise Refused(Trouble.TOO_LARGE)
    with CalamineWorkbook.from_filelike(BytesIO(_as_unicode(data))) as workbook:
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
        known = faults if len(faults) == len(sheets) else [_Faults() for _sheet in sheets]
        was_computed = any(found.has_results for found in faults)
        return [
            _extracted(sheet, found, was_computed=was_computed)
            for sheet, found in zip(sheets, known, strict=True)
        ]


def _as_unicode(data: bytes) -> bytes:
    """Return a BIFF8 file whose code page record says UTF-16, which its text is whatever it says.

    Some writers put 1252 there; calamine then takes the text for what it is not.
    """
    start = data.find(_BOF_8)
    at = data.find(_CODE_PAGE, start, start + _GLOBALS_BYTES) if start >= 0 else -1
    if at < 0:
        return data
    place = at + len(_CODE_PAGE)
    return data[:place] + _UTF_16 + data[place + len(_UTF_16) :]


def _extracted(sheet: CalamineSheet, faults: _Faults, *, was_computed: bool) -> Extracted:
    rows = cleaned_rows(sheet.to_python(skip_empty_area=False), faults.height, faults.width)
    for row, column in faults.errors:
        rows[row][column] = CellFault.ERROR_VALUE
    for row, column in () if was_computed else faults.blank_formulas:
        rows[row][column] = CellFault.NO_RESULT
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Extracted(sheet.name, rows, merged)


def _scan(stream: bytes) -> list[_Faults]:
    """Return the faults of every worksheet, in the order of the tabs.

    A formula whose result is empty text looks like one that was never computed; where no formula
    of the whole file has a result, they were not.
    """
    starts: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Refused(Trouble.ENCRYPTED)
        if kind == _BOUND_SHEET and len(body) >= 6 and body[5] == _WORKSHEET:
            starts.append(struct.unpack_from("<I", body)[0])
    return [_faults(stream, start) for start in starts]


def _faults(stream: bytes, start: int) -> _Faults:
    found = _Faults()
    for kind, body in _records(stream, start):
        if kind not in _CELLS or len(body) < 6:
            continue
        row, column = struct.unpack_from("<HH", body)
        if kind == _BOOL_ERR and len(body) >= 8 and body[7]:
            found.errors.append((row, column))
        elif kind in _FORMULA and len(body) >= 14:
            _note_result(found, (row, column), body[6:14])
        found.height = max(found.height, row + 1)
        found.width = max(found.width, column + 1)
    return found


def _note_result(found: _Faults, cell: tuple[int, int], result: bytes) -> None:
    if result[6:] != b"\xff\xff" or result[0] in (0, 1):
        found.has_results = True
    elif result[0] == 2:
        found.has_results = True
        found.errors.append(cell)
    else:
        found.blank_formulas.append(cell)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of the stream, until its end mark."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return
        at += 4 + size
