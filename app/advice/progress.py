"""Portion: how far long work is, told while it goes on, and the way to end it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Portion:
    """`done` of `of` equal parts are behind; `subject` names the part in hand, '' where none."""

    done: int
    of: int
    subject: str = ""


OnPortion = Callable[[Portion], None]
ShouldStop = Callable[[], bool]


def tell(portion: Portion, on_progress: OnPortion | None, should_stop: ShouldStop | None) -> None:
    """Tell how far the work is.

    Raises:
        Cancelled: the caller wants it to end.
    """
    if on_progress is not None:
        on_progress(portion)
    if should_stop is not None and should_stop():
        raise Cancelled
