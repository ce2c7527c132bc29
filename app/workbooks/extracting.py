"""The child process that opens a foreign workbook: a crash, a hang or memory hunger ends here.

Run as `python -m app.workbooks.extracting FILE`. It writes one pickle to standard output: either a
list of (sheet name, rows) or the `Trouble` that stopped it.
"""

from __future__ import annotations

import contextlib
import io
import math
import pickle
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast
from xml.etree import ElementTree
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from app.workbooks.grid import CellFault, Trouble, Value, position

MEMORY_BYTES = 640 * 1024**2
"""What the child may take: with the reading parent beside it the two stay below 1 GiB."""
PROCESSOR_SECONDS = 60
LARGEST_ANSWER_BYTES = 100 * 1024**2
MOST_CELLS = 5_000_000
"""Rows × columns of one sheet's used range; calamine lays it out in full."""

Rows = list[list[Value]]


_CONTENTS = frozenset({"v", "is", "f"})
_SIGNS_OF_DAMAGE = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    expat.ExpatError,
    OSError,
    ValueError,
    KeyError,
    NotImplementedError,
    EOFError,
)


class _TooLarge(Exception):
    """A used range beyond `MOST_CELLS`."""


class _Scan:
    """One pass over a sheet's XML: how far it reaches, and which cells calamine would show blank.

    calamine returns '' for error values and for formulas that were never computed, and it lays out
    everything between two far cells; this pass finds the former and measures the latter first.
    """

    def __init__(self) -> None:
        self.height = 0
        self.width = 0
        self.errors: list[tuple[int, int]] = []
        self.formulas: list[tuple[int, int, str]] = []
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
            if cell_type == "e":
                self.errors.append(self._reach())
            elif name == "f":
                self.formulas.append((*self._reach(), cell_type))
        elif name == "row":
            self._end_row()
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        else:
            self._is_in_cell = False

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


def main(path: str) -> None:
    """Write what the workbook at `path` holds, or the trouble with it, to standard output."""
    _limit_resources()
    sys.stdout.buffer.write(_answer(path))


def _answer(path: str) -> bytes:
    try:
        data = pickle.dumps(extract(path), pickle.HIGHEST_PROTOCOL)
        if len(data) <= LARGEST_ANSWER_BYTES:
            return data
        trouble = Trouble.TOO_LARGE
    except (MemoryError, _TooLarge):
        trouble = Trouble.TOO_LARGE
    except PasswordError:
        trouble = Trouble.ENCRYPTED
    except _SIGNS_OF_DAMAGE:
        trouble = Trouble.DAMAGED
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a panic of calamine arrives as
            raise
        is_out_of_memory = "pointer is null" in str(error)
        trouble = Trouble.TOO_LARGE if is_out_of_memory else Trouble.DAMAGED
    return pickle.dumps(trouble)


def _limit_resources() -> None:
    """Cap memory and processor time, where the system knows such limits (not on Windows)."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_CORE: 0,
    }
    for name, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):  # a system may refuse one of them
            resource.setrlimit(name, (limit, limit))


def extract(path: str) -> list[tuple[str, Rows]]:
    """Return the name and the rows of every worksheet, in the order of the tabs.

    Raises:
        Exception: whatever the file makes the libraries raise; `main` sorts it out.
    """
    with zipfile.ZipFile(path) as archive:
        scans = {}
        for name, part in _worksheet_parts(archive):
            scans[name] = _Scan()
            with archive.open(part) as stream:
                scans[name].read(stream)
            if scans[name].height * scans[name].width > MOST_CELLS:
                raise _TooLarge(name)
    with CalamineWorkbook.from_path(path) as workbook:
        return [
            (name, _rows(workbook.get_sheet_by_name(name), scan)) for name, scan in scans.items()
        ]


def _worksheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name and the part of every worksheet, in the order of the tabs."""
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
            yield element.get("name", ""), part


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.parse(io.BytesIO(archive.read(part))).getroot()


def _rows(sheet: CalamineSheet, scan: _Scan) -> Rows:
    rows: Rows = [
        [_cleaned(value) for value in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    rows += [[] for _missing in range(scan.height - len(rows))]
    for row in rows:
        row.extend([None] * (scan.width - len(row)))
    for row_index, column in scan.errors:
        rows[row_index][column] = CellFault.ERROR_VALUE
    for row_index, column, cell_type in scan.formulas:
        value = rows[row_index][column]
        if value is None and cell_type != "str":
            rows[row_index][column] = CellFault.NO_RESULT
        elif isinstance(value, str) and value.startswith("=DISPIMG("):
            rows[row_index][column] = CellFault.PICTURE
    return rows


def _cleaned(value: Any) -> Value:
    """Return a cell without stray spaces; blank text is None, an unreal number an error value."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, float) and not math.isfinite(value):
        return CellFault.ERROR_VALUE
    return cast(Value, value)


if __name__ == "__main__":
    main(sys.argv[1])
