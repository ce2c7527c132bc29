"""Sorting and filtering: how values of a column are compared, and which ones a condition keeps."""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key, lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from PySide6.QtCore import QCollator, QLocale

from app.language import current_language
from app.numbers import NotANumber, read_number

COMPARISONS: tuple[tuple[str, Callable[[Any, Any], bool]], ...] = (
    (">=", ge),
    ("<=", le),
    ("≥", ge),
    ("≤", le),
    ("<>", ne),
    ("≠", ne),
    (">", gt),
    ("<", lt),
    ("=", eq),
    ("＞", gt),
    ("＜", lt),
    ("＝", eq),
)
"""The signs a condition may begin with, the longer ones first."""


def sort_key(value: object) -> Any:
    """Return what a value is sorted by: texts as the language of now orders them."""
    if isinstance(value, str):
        return cmp_to_key(_collator(current_language()).compare)(value)
    return value


@lru_cache
def _collator(language: str) -> QCollator:
    """Return the order of texts in a language, numbers inside them as numbers."""
    collator = QCollator(QLocale(language))
    collator.setNumericMode(True)
    return collator


def condition(text: str) -> Callable[[object, str], bool]:
    """Return which values a condition keeps, given each value and what is shown of it.

    “> 100”, “<= 1,2万”, “= 0”, “≠ 3” compare numbers; a bare “=” keeps what is missing and a bare
    “<>” what is not; anything else keeps what contains it.
    """
    wanted = text.strip()
    for sign, compare in COMPARISONS:
        if not wanted.startswith(sign):
            continue
        rest = wanted[len(sign) :].strip()
        if not rest:
            return lambda value, shown: compare(value in (None, ""), True)
        try:
            return _comparing(compare, read_number(rest))
        except NotANumber:
            folded = rest.casefold()
            return lambda value, shown: compare(shown.casefold(), folded)
    folded = wanted.casefold()
    return lambda value, shown: folded in shown.casefold()


def _comparing(compare: Callable[[Any, Any], bool], number: float) -> Callable[[object, str], bool]:
    def keeps(value: object, shown: str) -> bool:
        return isinstance(value, int | float) and compare(value, number)

    return keeps
