"""Units: better points and proven bounds from the units of a county, one small programme each.

Few rows tie the units of a county together: people who cross, the county's ceilings, and the goals
held by the passes before. Left to itself a unit is solved in a fraction of a second, which helps
twice. With all others kept as they are it finds better plans than the search over the whole county
does in minutes. And with prices in place of the rows that tie (Lagrange; their best prices are
looked for by Kelley's cutting planes) the sum of what the units can do by themselves is a bound
for the county: on a random county of 16 units it was within 0.2 per cent where the search over all
of them was off by half.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from solver.formulating import Program
from solver.highs import Answer, KeptModel, Sight, Watch, relaxed
from solver.matrix import Matrix, Row, narrowed, of_rows, row_of_entries
from solver.problem import Booleans, Floats, Integers
from solver.rows import BLOCKS, unit_of

UNIT_GAP = 1e-4
"""The relative gap at which the search of one unit ends."""

UNIT_SECONDS = 4.0
"""The longest the search of one unit may take."""

TOGETHER, DEALS = 4, 2
"""How many units may exchange people while a point is bettered, and how often they are dealt."""

ROUND_SECONDS = 10.0
"""The longest all units together may take for one bound; who runs out of time has a lesser one."""

LOOSE = 1e-9
"""What rows give way by when others' shares are taken off, relative, for the rounding of sums."""

ROOM = 1e-4
"""How far a row from a bound stays off it, hours and relative: HiGHS is no more exact than that
where an hour's price is."""

PRICELESS = 1e-6
"""A price below this is the rounding of a solver."""

SHORTEST_SECONDS = 0.1
"""What every unit has, however long those before it took."""

NARROWER = 0.5
"""What the reach for better prices shrinks to after prices that were none."""


@dataclass(frozen=True)
class Priced:
    """A bound by prices: `Σ shares · x + constant` is the goal less what its tying rows cost.

    `least[u]` is the least that the part of unit u can be; their sum and `constant` are the bound.
    """

    shares: Floats
    least: Floats
    constant: float

    @property
    def bound(self) -> float:
        """Return what the goal cannot fall below."""
        return float(self.least.sum()) + self.constant


@dataclass
class _Known:
    """What is known of the units' points: the goal and the tying rows at each."""

    units: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    ties: list[Floats] = field(default_factory=list)

    def note(self, unit: int, cost: float, ties: Floats) -> None:
        """Keep one point of a unit."""
        self.units.append(unit)
        self.costs.append(cost)
        self.ties.append(ties)


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

        One group of units after the other does its best while the rest stays as it is.
        `until` is a time of `time.perf_counter`.
        """
        everywhere = np.ones(len(matrix.row_lower), dtype=np.bool_)
        for group in groups:
            seconds = min(until - time.perf_counter(), UNIT_SECONDS)
            if seconds <= 0 or watch(Sight()):
                break
            columns = np.flatnonzero(np.isin(self._unit_of, group))
            small = _loosened(narrowed(matrix, columns, everywhere, point))
            answer = _search(small, cost[columns], point[columns], seconds, watch)
            gained = float(cost[columns] @ point[columns]) - answer.value
            if answer.values is not None and gained > 0:
                point = point.copy()
                point[columns] = answer.values
        return point

    def bound(
        self,
        matrix: Matrix,
        cost: Floats,
        point: Floats,
        *,
        near: float,
        rounds: int,
        until: float,
        watch: Watch,
    ) -> Priced | None:
        """Return the best bound of `cost · x` found by `until`, None where there is none.

        At most `rounds` prices are tried, fewer where the bound comes within `near` of the value
        at `point`, a feasible point.
        """
        ties = self._ties(matrix)
        relaxation = relaxed(matrix, cost, seconds=until - time.perf_counter(), watch=watch)
        if relaxation is None:
            return None
        lagrange = _Lagrange(self._unit_of, self.count, matrix, cost, ties)
        lagrange.note(point)
        prices = lagrange.allowed(relaxation)
        best, reach = None, lagrange.reach(point, prices)
        centre = prices
        for _round in range(rounds):
            priced = lagrange.priced(prices, point, until=until, watch=watch)
            if priced is None:
                break
            if best is None or priced.bound > best.bound:
                best, centre = priced, prices
            else:
                reach = reach * NARROWER
            if float(cost @ point) - best.bound <= near:
                break
            prices, hoped = lagrange.next_prices(centre, reach)
            if hoped - best.bound <= near / 4:
                break
        return best

    def rows(self, priced: Priced, most: float) -> list[Row]:
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
                rows.append(Row(columns, priced.shares[columns], -np.inf, least + spare + room))
        return rows

    def _ties(self, matrix: Matrix) -> Booleans:
        """Return which rows reach over units or into the county's own columns."""
        row_of, units = row_of_entries(matrix), self._unit_of[matrix.columns]
        first = np.full(len(matrix.row_lower), self.count)
        last = np.full(len(matrix.row_lower), -1)
        np.minimum.at(first, row_of, units)
        np.maximum.at(last, row_of, units)
        return np.asarray((first != last) | (first < 0))


class _Lagrange:
    """A programme whose tying rows have prices: what each unit then does by itself."""

    def __init__(
        self, unit_of_column: Integers, count: int, matrix: Matrix, cost: Floats, ties: Booleans
    ) -> None:
        self._matrix, self._cost, self._count = matrix, cost, count
        self._columns = [np.flatnonzero(unit_of_column == unit) for unit in range(count)]
        self._of_county = np.flatnonzero(unit_of_column < 0)
        self._rows = np.flatnonzero(ties)
        nothing = np.zeros(len(matrix.lower))
        self._small = [
            _loosened(narrowed(matrix, columns, ~ties, nothing)) for columns in self._columns
        ]
        self._tying = np.zeros((len(self._rows), len(matrix.lower)))
        for place, row in enumerate(self._rows):
            entries = slice(matrix.starts[row], matrix.starts[row + 1])
            self._tying[place, matrix.columns[entries]] = matrix.values[entries]
        self._lower, self._upper = matrix.row_lower[self._rows], matrix.row_upper[self._rows]
        self._known = _Known()

    def note(self, point: Floats) -> None:
        """Keep a feasible point of the county as one of each unit."""
        for unit, columns in enumerate(self._columns):
            ties = self._tying[:, columns] @ point[columns]
            self._known.note(unit, float(self._cost[columns] @ point[columns]), ties)

    def allowed(self, duals: Floats) -> Floats:
        """Return the duals of the tying rows with the sign that their limits ask for."""
        prices = duals[self._rows]
        prices = np.where(np.isfinite(self._lower), prices, np.minimum(prices, 0.0))
        return np.asarray(np.where(np.isfinite(self._upper), prices, np.maximum(prices, 0.0)))

    def reach(self, point: Floats, prices: Floats) -> Floats:
        """Return how far from the first prices better ones are looked for."""
        each = abs(float(self._cost @ point)) / self._count
        seen = np.abs(np.array(self._known.ties)).max(axis=0)
        return np.asarray(np.maximum(np.abs(prices), each / np.maximum(seen, 1.0)))

    def priced(self, prices: Floats, point: Floats, *, until: float, watch: Watch) -> Priced | None:
        """Return the bound at these prices, None where a unit was not searched in time."""
        prices = np.where(np.abs(prices) < PRICELESS, 0.0, prices)
        shares = self._cost - prices @ self._tying
        least = np.zeros(self._count)
        ends = min(until, time.perf_counter() + ROUND_SECONDS)
        for unit, columns in enumerate(self._columns):
            if time.perf_counter() > until or watch(Sight()):
                return None
            left = (ends - time.perf_counter()) / (self._count - unit)
            seconds = max(2 * left, SHORTEST_SECONDS)
            own = shares[columns]
            answer = _search(self._small[unit], own, point[columns], seconds, watch)
            least[unit] = answer.bound
            if answer.values is not None:
                ties = self._tying[:, columns] @ answer.values
                self._known.note(unit, float(self._cost[columns] @ answer.values), ties)
        constant = float(self._limits(prices) @ prices) + self._of_county_least(shares)
        is_bound = bool(np.isfinite([*least, constant]).all())
        return Priced(shares, least, constant) if is_bound else None

    def next_prices(self, centre: Floats, reach: Floats) -> tuple[Floats, float]:
        """Return the prices that would be best if no more were known, and the bound hoped for.

        Variables: the prices, split into what is above 0 and below, and the least of each unit.
        """
        ties, units = len(self._rows), self._count
        known = self._known
        low = np.where(np.isfinite(self._upper), centre - reach, np.maximum(centre - reach, 0.0))
        high = np.where(np.isfinite(self._lower), centre + reach, np.minimum(centre + reach, 0.0))
        cost = np.concatenate(
            [
                -np.where(np.isfinite(self._lower), self._lower, 0.0),
                np.where(np.isfinite(self._upper), self._upper, 0.0),
                -np.ones(units + len(self._of_county)),
            ]
        )
        rows = [
            self._cut(unit, tie, value)
            for unit, value, tie in zip(known.units, known.costs, known.ties, strict=True)
        ]
        endless = np.full(len(cost) - 2 * ties, np.inf)
        matrix = of_rows(
            rows + self._county_rows(),
            lower=np.concatenate([np.maximum(low, 0.0), np.maximum(-high, 0.0), -endless]),
            upper=np.concatenate([np.maximum(high, 0.0), np.maximum(-low, 0.0), endless]),
        )
        answer = KeptModel(matrix).minimise(cost)
        if answer.values is None:
            return centre, -np.inf
        return answer.values[:ties] - answer.values[ties : 2 * ties], -answer.value

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

    def _county_rows(self) -> list[Row]:
        """Return that the part of each of the county's columns is at most that at its limits."""
        rows = []
        for place, column in enumerate(self._of_county, start=self._count):
            for end in {float(self._matrix.lower[column]), float(self._matrix.upper[column])}:
                if np.isfinite(end):
                    tie = self._tying[:, column] * end
                    rows.append(self._cut(place, tie, float(self._cost[column]) * end))
        return rows

    def _cut(self, part: int, tie: Floats, value: float) -> Row:
        """Return that the least of a part is at most what a point it may take costs and ties."""
        ties = len(self._rows)
        columns = np.append(np.arange(2 * ties), 2 * ties + part)
        return Row(columns, np.concatenate([tie, -tie, [1.0]]), -np.inf, value)


def _search(matrix: Matrix, cost: Floats, start: Floats, seconds: float, watch: Watch) -> Answer:
    model = KeptModel(matrix, {"mip_rel_gap": UNIT_GAP})
    return model.minimise(cost, seconds=seconds, start=start, watch=watch)


def _loosened(matrix: Matrix) -> Matrix:
    return dataclasses.replace(
        matrix,
        row_lower=matrix.row_lower - _room(matrix.row_lower),
        row_upper=matrix.row_upper + _room(matrix.row_upper),
    )


def _room(limits: Floats) -> Floats:
    sizes = np.where(np.isfinite(limits), np.abs(limits), 0.0)
    return np.asarray(LOOSE * np.maximum(sizes, 1.0))
