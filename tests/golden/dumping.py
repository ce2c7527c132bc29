"""Dumps: answers and workbooks as lines of text, without times, users, digests or paths."""

from __future__ import annotations

import difflib
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

from app.model.county import County
from app.model.figures import Figures

_VARYING = re.compile(r"\b20\d\d-\d\d-\d\d(?:T[\d:.+Z]+)?|\b[0-9a-f]{12,64}\b|\S+ @ \S+")
"""Days and times, digests, and who works on which machine."""
LEFT_OUT = {"plan", "seconds", "user", "when", "digest", "path", "file", "version"}
"""Keys whose values differ from run to run, or tell of the machine."""

MOST_SHOWN = 60
"""How many lines of a difference are shown; the text itself has them all after --approve."""


def difference(name: str, approved: Sequence[str], now: Sequence[str]) -> str:
    """Return how a text differs from the one approved last, line by line; "" where it does not."""
    changed = [*difflib.unified_diff(approved, now, "approved", "now", n=1, lineterm="")]
    if not changed:
        return ""
    more = len(changed) - MOST_SHOWN
    rest = [f"… and {more} more lines"] if more > 0 else []
    return "\n".join([f"{name} differs; --approve takes it", *changed[:MOST_SHOWN], *rest])


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


def matrix_lines(county: County, figures: Figures) -> Iterator[str]:
    """Yield each unit's matrix of today: by task its hours a year, and those of each post."""
    for unit in county.units.values():
        posts = [
            post.post_code for post in county.posts.values() if post.unit_code == unit.unit_code
        ]
        yield f"── {unit.name}: {' '.join(posts)}"
        for task in figures.tasks.values():
            if task.unit_code == unit.unit_code:
                name = county.tasks[task.task_code,].name
                cells = (
                    figures.hours.get((unit.unit_code, task.task_code, post)) for post in posts
                )
                shown = " ".join("·" if hours is None else said(hours) for hours in cells)
                yield f"{task.task_code} {name} {said(task.hours)}: {shown}"


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
