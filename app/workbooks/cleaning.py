"""Cleaning: raw cells become values, every text that repeats the same object."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from app.workbooks.extracted import Rows
from app.workbooks.grid import CellFault, Value


class _Texts(dict[str, Value]):
    """Trimmed texts by raw text; one object for each, which also makes the answer small."""

    def __missing__(self, text: str) -> Value:
        trimmed = text.strip()
        found = self[text] = self[trimmed] if trimmed != text else trimmed or None
        return found


class _Numbers(dict[float, Value]):
    """Numbers by themselves; an unreal one is an error value."""

    def __missing__(self, number: float) -> Value:
        found = self[number] = number if math.isfinite(number) else CellFault.ERROR_VALUE
        return found


def cleaned_rows(raw: Sequence[Sequence[Any]], height: int = 0, width: int = 0) -> Rows:
    """Return cells without stray spaces, blank text as None, at least so high and so wide."""
    texts, numbers = _Texts(), _Numbers()
    rows: Rows = [
        [
            texts[value]
            if (kind := type(value)) is str
            else numbers[value]
            if kind is float
            else value
            for value in row
        ]
        for row in raw
    ]
    rows += [[] for _missing in range(height - len(rows))]
    widest = max(width, max(map(len, rows), default=0))
    for row in rows:
        if len(row) < widest:
            row.extend([None] * (widest - len(row)))
    return rows
