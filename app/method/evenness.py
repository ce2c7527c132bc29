"""Evenness: how fairly work is spread over posts and units (防止闲忙不均)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.model.figures import Figures, Load


@dataclass(frozen=True, slots=True)
class Evenness:
    """Saturations in leximax order, and two figures for the reader.

    `descending` compares as iterated min–max does (method §3): the highest saturations first, where
    they are equal the next ones, and so on; the smaller tuple is the more even one.
    """

    descending: tuple[float, ...]
    range: float
    gini: float


@dataclass(frozen=True)
class CountyEvenness:
    """How even the posts of the county, the posts of each unit, and the units themselves are."""

    posts: Evenness
    units: Evenness
    posts_of: Mapping[str, Evenness]
    """The posts of one unit, by unit code."""


def county_evenness(figures: Figures) -> CountyEvenness:
    """Return how evenly work lies between posts and between units.

    Posts and units without a saturation (nobody on duty) are left out; the bands say so of them.
    """
    by_unit: dict[str, list[Load]] = {unit_code: [] for unit_code in figures.units}
    for post in figures.posts.values():
        by_unit[post.unit_code].append(post.load)
    return CountyEvenness(
        posts=_evenness_of(post.load for post in figures.posts.values()),
        units=_evenness_of(unit.load for unit in figures.units.values()),
        posts_of=MappingProxyType(
            {unit_code: _evenness_of(loads) for unit_code, loads in by_unit.items()}
        ),
    )


def _evenness_of(loads: Iterable[Load]) -> Evenness:
    return evenness(load.saturation for load in loads if load.saturation is not None)


def evenness(saturations: Iterable[float]) -> Evenness:
    """Return how evenly saturations lie; ratios in, ratios out, all 0 for none.

    range = highest − lowest; Gini = Σ (2i − n − 1) x_i ÷ (n Σ x), x ascending, i from 1. Mean
    absolute deviation is not used: it misorders. Source: method §3.
    """
    ascending = sorted(saturations)
    if not ascending:
        return Evenness(descending=(), range=0.0, gini=0.0)
    number, total = len(ascending), sum(ascending)
    spread = sum((2 * i - number - 1) * value for i, value in enumerate(ascending, 1))
    return Evenness(
        descending=tuple(reversed(ascending)),
        range=ascending[-1] - ascending[0],
        gini=spread / (number * total) if total > 0 else 0.0,
    )
