"""Dumps: answers and workbooks as lines of text, without times, users, digests or paths."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

_VARYING = re.compile(r"\b20\d\d-\d\d-\d\d(?:T[\d:.+Z]+)?|\b[0-9a-f]{12,64}\b|\S+ @ \S+")
"""Days and times, digests, and who works on which machine."""
LEFT_OUT = {"plan", "seconds", "user", "when", "digest", "path", "file", "version"}
"""Keys whose values differ from run to run, or tell of the machine."""


def lines_of(value: object, name: str = "") -> Iterator[str]:
    """Yield an answer as one line a leaf: `goals[0].value = 12.5`."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in LEFT_OUT:
                yield from lines_of(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if not value:
            yield f"{name} = []"
        for at, inner in enumerate(value):
            yield from lines_of(inner, f"{name}[{at}]")
    else:
        yield f"{name} = {said(value)}"


def said(value: object) -> str:
    """Return a value to six significant digits, in the same words on every machine."""
    if isinstance(value, float):
        return f"{value + 0.0:.6g}" if abs(value) > 1e-6 else "0"
    return _VARYING.sub("…", str(value))


def workbook_lines(path: Path) -> Iterator[str]:
    """Yield every filled cell of a workbook, formulas as they are written."""
    for sheet in _opened(path).worksheets:
        yield f"── {sheet.title} {sheet.dimensions}"
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield f"{cell.coordinate}: {said(cell.value)}"


def workbook_shape(path: Path) -> Iterator[str]:
    """Yield the name of every sheet of a workbook with its size."""
    for sheet in _opened(path).worksheets:
        yield f"{sheet.title} {sheet.dimensions}"


def _opened(path: Path) -> Workbook:
    with warnings.catch_warnings():
        # Bars inside cells are an extension that openpyxl leaves out.
        warnings.simplefilter("ignore")
        return load_workbook(path)
