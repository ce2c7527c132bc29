"""Pricing: bounds and points for a county from its units, with prices for what ties them.

Few rows tie the units of a county together: people who cross, the county's ceilings, and the goals
held by the passes before. With prices in place of these rows (Lagrange) every unit does by itself
what is best for it, and the sum is a bound for the county. The best prices are looked for by a
level method (Lemaréchal, Nemirovskii, Nesterov 1995): what every unit has done so far says how
good prices could be at most, and the next ones are the nearest to the best so far that promise
half of that. What the units have done can also be put together anew, one thing of each, into a
point of the county: the better the prices, the better that point.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from solver.formulation.highs import NOTHING, KeptModel, Reply, Sight, Watch, relaxed
from solver.formulation.sparse import (
    Matrix,
    SparseRow,
    keeps,
    loosened,
    narrowed,
    of_rows,
    row_of_entries,
    with_rows,
)
from solver.problem import Booleans, Floats, Integers
from solver.search.parallel import SIDE_BY_SIDE, abreast
from solver.work import spent

PRICELESS = 1e-6
"""A price below this is the rounding of a solver."""

LEAST = 1e-3
"""No price is taken to be off by less than this."""

LEVEL = 0.5
"""The share of what better prices may bring at most that the next ones have to promise."""

UNIT_SHARE = 0.25
"""The share of what is near enough that all units together may be off by."""

HOPED_SHARE = 0.05
"""The share of what the prices may still bring that counts as near enough on the way."""

PATIENCE = 15.0
"""Seconds one unit may take at first; who runs out of time has a lesser bound."""

ROUND_PATIENCE = 2.0
"""How many times as long all units together may take: far from the best prices all are hard."""

LEAST_SECONDS = 0.01
"""What a unit is expected to take at least, so that every one gets its turn."""

LEAST_GAP = 1e-6
"""No unit is asked to be nearer to its best than this."""

MIXING_SECONDS = 2.0
"""The longest the search for the next prices or the best mixture of what units did may take."""

PRICES_END = 1e7
"""No price is larger than this, in the goal's unit for one of the row's."""


@dataclass(frozen=True)
class Priced:
    """A bound by prices: `Σ shares · x + constant` is the goal less what its tying rows cost.

    `least[u]` is the least that the part of unit u can be; their sum and `constant` are the bound.
    More time for the units would have raised it to `most` at most.
    """

    prices: Floats
    shares: Floats
    least: Floats
    constant: float
    most: float

    @property
    def bound(self) -> float:
        """Return what the goal cannot fall below."""
        return float(self.least.sum()) + self.constant


@dataclass(frozen=True)
class Deed:
    """What one unit may do: its part of a point, and what that adds to goal and tying rows."""

    unit: int
    values: Floats
    cost: float
    ties: Floats


def tying(matrix: Matrix, unit_of: Integers, count: int) -> Booleans:
    """Return which rows reach over the `count` units or into the county's own columns (−1)."""
    row_of, units = row_of_entries(matrix), unit_of[matrix.columns]
    first = np.full(len(matrix.row_lower), count)
    last = np.full(len(matrix.row_lower), -1)
    np.minimum.at(first, row_of, units)
    np.maximum.at(last, row_of, units)
    return np.asarray((first != last) | (first < 0))


class Pricing:
    """One goal of a county whose tying rows have prices, and what its units have done so far."""

    def __init__(
        self, matrix: Matrix, cost: Floats, unit_of: Integers, count: int, *, near: float
    ) -> None:
        """Begin with a programme; a bound within `near` of the goal is near enough.

        A row that ties has one limit, or two that are the same.
        """
        self._matrix, self._cost, self._count = matrix, cost, count
        self._near = near
        self._columns = [np.flatnonzero(unit_of == unit) for unit in range(count)]
        self._of_county = np.flatnonzero(unit_of < 0)
        ties = tying(matrix, unit_of, count)
        self._rows = np.flatnonzero(ties)
        nothing = np.zeros(len(matrix.lower))
        self._small = [
            loosened(narrowed(matrix, columns, ~ties, nothing)) for columns in self._columns
        ]
        self._tying = np.zeros((len(self._rows), len(matrix.lower)))
        for place, row in enumerate(self._rows):
            entries = slice(matrix.starts[row], matrix.starts[row + 1])
            self._tying[place, matrix.columns[entries]] = matrix.values[entries]
        self._lower, self._upper = matrix.row_lower[self._rows], matrix.row_upper[self._rows]
        self._took = np.ones(count)
        self.patience = PATIENCE
        self.deeds: list[Deed] = []

    def note(self, point: Floats) -> None:
        """Keep what every unit does at a point of the county, unless it breaks a unit's rows."""
        for unit, columns in enumerate(self._columns):
            if keeps(self._small[unit], point[columns]):
                self._did(unit, point[columns])

    def recall(self, deeds: list[Deed]) -> None:
        """Keep what units did for another goal and may do for this one."""
        for deed in deeds:
            if keeps(self._small[deed.unit], deed.values):
                self._did(deed.unit, deed.values)

    def continuous(self, *, until: float, watch: Watch) -> tuple[float, Floats] | None:
        """Return the goal and the prices of the plan in which nothing needs to be whole.

        None where there is no time for it.
        """
        seconds = until - spent()
        found = relaxed(self._matrix, self._cost, seconds=seconds, watch=watch)
        if found is None:
            return None
        value, duals = found
        prices = duals[self._rows]
        prices = np.where(np.isfinite(self._lower), prices, np.minimum(prices, 0.0))
        prices = np.where(np.isfinite(self._upper), prices, np.maximum(prices, 0.0))
        return value, np.asarray(prices)

    def priced(self, prices: Floats, *, open_: float, until: float, watch: Watch) -> Priced | None:
        """Return the bound at these prices, None where a unit was not searched in time.

        Where prices may still bring as much as `open_`, no unit is searched to the last hour.
        """
        until = min(until, spent() + ROUND_PATIENCE * self.patience)
        near = max(self._near, HOPED_SHARE * open_)
        prices = np.where(np.abs(prices) < PRICELESS, 0.0, prices)
        shares = self._cost - prices @ self._tying
        # The slowest first, so that no core waits for it at the end.
        order = np.argsort(-self._took, kind="stable")
        waiting = np.cumsum(self._took[order][::-1])[::-1]
        parts = np.minimum(2 * SIDE_BY_SIDE * self._took[order] / waiting, 1.0)
        searches = [
            partial(self._best_of, unit, shares, prices, near=near, part=part, until=until)
            for unit, part in zip(order.tolist(), parts.tolist(), strict=True)
        ]
        answers = dict(zip(order.tolist(), abreast(searches, watch), strict=True))
        for unit in range(self._count):
            if answers[unit].values is not None:
                self._did(unit, answers[unit].values)
        least = np.array([answers[unit].bound for unit in range(self._count)])
        constant = float(self._limits(prices) @ prices) + self._of_county_least(shares)
        if not np.isfinite([*least, constant]).all():
            return None
        most = sum(answer.value for answer in answers.values()) + constant
        return Priced(prices, shares, least, constant, most)

    def next_prices(
        self, centre: Floats, scale: Floats, best: float, *, vain: int
    ) -> tuple[Floats, float]:
        """Return prices near `centre` that may be half as good as any, and the bound hoped for.

        Variables: how far each price is above `centre` and below, in `scale`, and the least of
        each part of the county. `best` is the bound at `centre`. After prices in vain the next
        are nearer: they have to promise half as much each time.
        """
        ties, parts = len(self._rows), self._count + len(self._of_county)
        limits = np.where(np.isfinite(self._lower), self._lower, self._upper)
        slope = limits * scale
        hoped = np.concatenate([slope, -slope, np.ones(parts)])
        steps = np.append(np.ones(2 * ties), np.zeros(parts))
        above = np.where(np.isfinite(self._lower), PRICES_END, np.maximum(-centre, 0.0))
        below = np.where(np.isfinite(self._upper), PRICES_END, np.maximum(centre, 0.0))
        endless = np.full(parts, np.inf)
        cuts = [
            self._cut(deed.unit, deed.ties, deed.cost, centre, scale) for deed in self.deeds
        ] + self._county_cuts(centre, scale)
        matrix = of_rows(
            cuts,
            lower=np.append(np.zeros(2 * ties), -endless),
            upper=np.concatenate([above / scale, below / scale, endless]),
        )
        most = KeptModel(matrix).minimise(-hoped, seconds=MIXING_SECONDS)
        if most.values is None:
            return centre, -np.inf
        promised = float(limits @ centre) - most.value
        level = best + LEVEL / 2**vain * (promised - best) - float(limits @ centre)
        as_good = with_rows(matrix, [SparseRow(np.arange(len(hoped)), hoped, level, np.inf)])
        nearest = KeptModel(as_good).minimise(steps, seconds=MIXING_SECONDS)
        moved = most.values if nearest.values is None else nearest.values
        return centre + scale * (moved[:ties] - moved[ties : 2 * ties]), promised

    def scale(self, point: Floats, prices: Floats) -> Floats:
        """Return by how much each price may well be off."""
        each = abs(float(self._cost @ point)) / self._count
        seen = np.abs(np.array([deed.ties for deed in self.deeds])).max(axis=0)
        likely = (each + self._near) / np.maximum(seen, 1.0)
        return np.asarray(np.maximum.reduce([np.abs(prices), likely, np.full_like(likely, LEAST)]))

    def mixed(self, priced: Priced, gap: float) -> Floats | None:
        """Return the best point of the county put together from deeds, one of each unit.

        A deed that costs more than `gap` above the least of its unit, its prices taken off, is in
        no point that is less than `gap` above the bound. Variables: whether a deed is taken, and
        the county's own columns.
        """
        chosen = [deed for deed in self.deeds if _dearer(deed, priced) <= gap]
        deeds, own = len(chosen), self._of_county
        rows = []
        ties = np.array([deed.ties for deed in chosen]).reshape(deeds, len(self._rows)).T
        entries = np.hstack([ties, self._tying[:, own]])
        for entry, lower, upper in zip(entries, self._lower, self._upper, strict=True):
            used = np.flatnonzero(entry)
            rows.append(SparseRow(used, entry[used], float(lower), float(upper)))
        unit_of = np.array([deed.unit for deed in chosen])
        for unit in range(self._count):
            used = np.flatnonzero(unit_of == unit)
            rows.append(SparseRow(used, np.ones(len(used)), 1.0, 1.0))
        matrix = of_rows(
            rows,
            lower=np.concatenate([np.zeros(deeds), self._matrix.lower[own]]),
            upper=np.concatenate([np.ones(deeds), self._matrix.upper[own]]),
            is_whole=np.concatenate([np.ones(deeds, dtype=np.bool_), self._matrix.is_whole[own]]),
        )
        cost = np.concatenate([[deed.cost for deed in chosen], self._cost[own]])
        answer = KeptModel(matrix).minimise(cost, seconds=MIXING_SECONDS)
        if answer.values is None:
            return None
        point = np.zeros(len(self._matrix.lower))
        point[own] = answer.values[deeds:]
        for number in np.flatnonzero(answer.values[:deeds] > 0.5):
            deed = chosen[number]
            point[self._columns[deed.unit]] = deed.values
        return point

    def _best_of(
        self,
        unit: int,
        shares: Floats,
        prices: Floats,
        watch: Watch,
        *,
        near: float,
        part: float,
        until: float,
    ) -> Reply:
        """Minimise the part of a unit from the best that it has done so far.

        It may take this `part` of the time that is left once its turn comes.
        """
        began = spent()
        if began >= until or watch(Sight()):
            return NOTHING
        known = [deed for deed in self.deeds if deed.unit == unit]
        start = min(known, key=lambda deed: deed.cost - float(prices @ deed.ties), default=None)
        gap = max(UNIT_SHARE * near / self._count, LEAST_GAP)
        model = KeptModel(self._small[unit], {"mip_rel_gap": 0.0, "mip_abs_gap": gap})
        answer = model.minimise(
            shares[self._columns[unit]],
            seconds=min(part * (until - began), self.patience),
            start=None if start is None else start.values,
            watch=watch,
            is_near=True,
        )
        self._took[unit] = max(spent() - began, LEAST_SECONDS)
        return answer

    def _did(self, unit: int, values: Floats) -> None:
        columns = self._columns[unit]
        cost = float(self._cost[columns] @ values)
        self.deeds.append(Deed(unit, values, cost, self._tying[:, columns] @ values))

    def _limits(self, prices: Floats) -> Floats:
        """Return the limit of each tying row that its price takes; 0 where it has none."""
        limits = np.where(prices > 0, self._lower, self._upper)
        return np.where(prices == 0, 0.0, limits)

    def _of_county_least(self, shares: Floats) -> float:
        """Return the least of the county's own columns, −inf where nothing stops them."""
        own = shares[self._of_county]
        ends = np.where(
            own >= 0, self._matrix.lower[self._of_county], self._matrix.upper[self._of_county]
        )
        return float(np.where(own == 0, 0.0, own * ends).sum())

    def _county_cuts(self, centre: Floats, scale: Floats) -> list[SparseRow]:
        """Return that the part of each of the county's columns is at most that at its limits."""
        cuts = []
        for place, column in enumerate(self._of_county, start=self._count):
            for end in {float(self._matrix.lower[column]), float(self._matrix.upper[column])}:
                if np.isfinite(end):
                    tie, cost = self._tying[:, column] * end, float(self._cost[column]) * end
                    cuts.append(self._cut(place, tie, cost, centre, scale))
        return cuts

    def _cut(self, part: int, tie: Floats, cost: float, centre: Floats, scale: Floats) -> SparseRow:
        """Return that the least of a part is at most what something it may do costs and ties."""
        ties, slope = len(self._rows), tie * scale
        columns = np.append(np.arange(2 * ties), 2 * ties + part)
        most = cost - float(centre @ tie)
        return SparseRow(columns, np.concatenate([slope, -slope, [1.0]]), -np.inf, most)


def _dearer(deed: Deed, priced: Priced) -> float:
    """Return what a deed costs above the least of its unit, prices taken off."""
    return deed.cost - float(priced.prices @ deed.ties) - float(priced.least[deed.unit])
