"""Ranking: which rows of a chart or table come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from app.model.vocabulary import Band

MOST_VACANT = 3
"""Rows with work and without people that are named; they have no saturation to rank by."""


class Rated(Protocol):
    """What can be ranked: a chart's bar, a load."""

    @property
    def saturation(self) -> float | None:
        """Return workload ÷ capacity, None where `band` says why."""

    @property
    def band(self) -> Band:
        """Return the band."""


_Item = TypeVar("_Item")


def leading(
    items: Iterable[_Item], *, most: int, rate: Callable[[_Item], Rated]
) -> tuple[list[_Item], list[_Item]]:
    """Return the first `most` items and the rest: some without people, then the most loaded."""
    vacant: list[_Item] = []
    others: list[_Item] = []
    for item in items:
        (vacant if rate(item).band is Band.NO_CAPACITY else others).append(item)
    others.sort(key=lambda item: -_known(rate(item).saturation))
    room = max(0, most - len(vacant[:MOST_VACANT]))
    return (
        [*vacant[:MOST_VACANT], *others[:room]][:most],
        [*vacant[MOST_VACANT:], *others[room:]],
    )


def _known(saturation: float | None) -> float:
    return -1.0 if saturation is None else saturation
