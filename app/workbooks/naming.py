"""Naming sheets that have no name: by the file's name, else by the titles of their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.workbooks.cells.grid import Grid
from app.workbooks.opening.extracted import Extracted
from app.workbooks.standard.headings import sheet_by_titles, sheet_called

_BREAKS = re.compile(r"[\s_\-—–·.,，、（）()【】\[\]]+")


def sheet_names(sheets: Sequence[Extracted], stem: str) -> list[str]:
    """Return the name of every sheet of a file; text and web pages bring none.

    Args:
        sheets: what the file holds.
        stem: the file's name without its ending.
    """
    by_file = _named_by(stem) if len(sheets) == 1 else ""
    return [
        sheet.name or by_file or _named_by_titles(sheet) or _numbered(stem, number, len(sheets))
        for number, sheet in enumerate(sheets, start=1)
    ]


def _named_by(stem: str) -> str:
    """Return the title of the standard sheet that a file is named after, '' where there is none.

    “任务量” counts as much as “云岭县_任务量_2026”, but two sheets in one name tell nothing.
    """
    whole = sheet_called(stem)
    parts = [whole] if whole else [sheet_called(part) for part in _BREAKS.split(stem) if part]
    titles = {sheet.title for sheet in parts if sheet is not None}
    return titles.pop() if len(titles) == 1 else ""


def _named_by_titles(sheet: Extracted) -> str:
    found = sheet_by_titles(Grid("", "", sheet.rows))
    return found.title if found is not None else ""


def _numbered(stem: str, number: int, count: int) -> str:
    return stem if count == 1 else f"{stem}·{number}"
