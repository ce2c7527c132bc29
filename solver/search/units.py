"""Units: better points and proven bounds from the units of a county, one small programme each.

Left to itself a unit is solved in a fraction of a second, which helps twice. With all others kept
as they are it finds better plans than the search over the whole county does in minutes. And with
prices in place of the rows that tie the units together the sum of what they can do is a bound for
the county: on a random county of 16 units it was within 0.1 per cent where the search over all of
them was off by five.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import numpy as np

from solver.formulation.highs import NOTHING, KeptModel, Reply, Sight, Watch
from solver.formulation.programme import Program
from solver.formulation.rows import BLOCKS, unit_of
from solver.formulation.sparse import Matrix, SparseRow, keeps, loosened, narrowed
from solver.problem import Floats, Integers
from solver.search.parallel import abreast
from solver.search.pricing import Deed, Priced, Pricing, tying
from solver.work import spent

UNIT_GAP = 1e-4
"""The relative gap at which the search of one unit ends."""

UNIT_SECONDS = 5.0
"""The longest the search of a unit, or of some that exchange people, may take."""

TOGETHER, DEALS = 4, 2
"""How many units may exchange people while a point is bettered, and how often they are dealt."""

IN_VAIN = 4
"""How many prices in a row may bring neither a better bound nor a better point."""

ROOM = 1e-4
"""How far a row from a bound stays off it, hours and relative: HiGHS is no more exact than that
where an hour's price is."""


def neighbourhoods(count: int) -> Iterator[list[Integers]]:
    """Return what may change together: each unit by itself, then four at a time, dealt anew."""
    yield [np.array([unit]) for unit in range(count)]
    for deal in range(DEALS):
        order = np.random.default_rng(deal).permutation(count)
        yield np.array_split(order, max(count // TOGETHER, 1))


class Units:
    """The units of a programme as the columns that are theirs; −1 is the county itself."""

    def __init__(self, program: Program) -> None:
        self.count = len(program.problem.unit_codes)
        self._unit_of = np.full(len(program.matrix.lower), -1)
        for block in BLOCKS:
            self._unit_of[program.blocks[block]] = unit_of(block, program.problem)
        self._deeds: list[Deed] = []

    def improve(
        self,
        matrix: Matrix,
        cost: Floats,
        point: Floats,
        *,
        groups: Iterable[Integers],
        until: float,
        watch: Watch,
    ) -> Floats:
        """Return a point with `cost · x` at most that of `point`, all rows kept.

        Every group of units does its best while the rest stays as it is; what one leaves of the
        rows that tie them is all that those behind it may use. `until` is counted
        as `spent` counts.
        """
        everyone = np.arange(len(point))
        ties = tying(matrix, self._unit_of, self.count)
        tied = loosened(narrowed(matrix, everyone, ties, np.zeros(len(point))))
        places = [np.flatnonzero(np.isin(self._unit_of, group)) for group in groups]
        searches = [
            partial(_bettered, matrix, cost, point, columns, until=until) for columns in places
        ]
        for columns, answer in zip(places, abreast(searches, watch), strict=True):
            if answer.values is None:
                continue
            better = point.copy()
            better[columns] = answer.values
            if float(cost @ better) < float(cost @ point) and keeps(tied, better):
                point = better
        return point

    def price(
        self,
        matrix: Matrix,
        cost: Floats,
        point: Floats,
        *,
        near: Callable[[float], float],
        rounds: int,
        until: float,
        watch: Watch,
        known: Priced | None = None,
    ) -> tuple[Priced | None, Floats]:
        """Return the best bound of `cost · x` found by `until` and the best point met on the way.

        At most `rounds` prices are tried, fewer where the bound comes within `near` of the value
        at `point`, a feasible point, or where prices cannot prove more than they have. The
        first are those of the continuous plan, or of `known`, a bound of the same goal.
        """
        value = float(cost @ point)
        pricing = Pricing(matrix, cost, self._unit_of, self.count, near=near(value))
        begin = (known.bound, known.prices) if known is not None else None
        if begin is None:
            begin = pricing.continuous(until=until, watch=watch)
        if begin is None:
            return None, point
        least, prices = begin
        pricing.note(point)
        pricing.recall(self._deeds)
        scale, best, vain, open_ = pricing.scale(point, prices), None, 0, value - least
        for _round in range(rounds):
            priced = pricing.priced(prices, open_=open_, until=until, watch=watch)
            if spent() > until or watch(Sight()):
                break
            vain += 1
            if priced is not None and (best is None or priced.bound > best.bound):
                best, vain = priced, 0
            if best is None:
                pricing.patience *= 2
                continue
            mixture = pricing.mixed(best, value - best.bound)
            if mixture is not None and float(cost @ mixture) < value:
                point, value, vain = mixture, float(cost @ mixture), 0
            if value - best.bound <= near(value):
                break
            if vain and (priced is None or priced.most > best.bound):
                pricing.patience *= 2
            prices, hoped = pricing.next_prices(best.prices, scale, best.bound, vain=vain)
            open_ = min(hoped, value) - best.bound
            if vain == IN_VAIN or open_ <= near(value) / 4:
                break
        self._deeds = pricing.deeds
        return best, point

    def rows(self, priced: Priced, most: float) -> list[SparseRow]:
        """Return the row of each unit: `most` less what the others need is the most it may be.

        That it is at least `least` is left unsaid: HiGHS at times calls a plan the best that is
        none where rows have two limits so close together.
        """
        spare = max(most - priced.bound, 0.0)
        rows = []
        for unit, least in enumerate(priced.least.tolist()):
            columns = np.flatnonzero((self._unit_of == unit) & (priced.shares != 0))
            if len(columns):
                room = ROOM * max(abs(least), 1.0)
                rows.append(
                    SparseRow(columns, priced.shares[columns], -np.inf, least + spare + room)
                )
        return rows


def _bettered(
    matrix: Matrix, cost: Floats, point: Floats, columns: Integers, watch: Watch, *, until: float
) -> Reply:
    """Minimise the cost of these columns from `point`, all others left as they are there."""
    seconds = min(until - spent(), UNIT_SECONDS)
    if seconds <= 0 or watch(Sight()):
        return NOTHING
    everywhere = np.ones(len(matrix.row_lower), dtype=np.bool_)
    small = loosened(narrowed(matrix, columns, everywhere, point))
    return KeptModel(small, {"mip_rel_gap": UNIT_GAP}).minimise(
        cost[columns], seconds=seconds, start=point[columns], watch=watch, is_near=True
    )
