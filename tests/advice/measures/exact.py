"""The exact best plan of at most k measures, one binary a measure: small cases only.

The plan keeps to what the list keeps to, and is free in all else. A measure is what the list makes
one: all that one post hands another, or the cut of a task in all units. Hours fill a receiver above
its target only where no other post that may take them has room for a measure up to its target, and
never beyond the post that gives them. What the list has to do and this need not: a plan of k
measures may be quite another than that of k − 1, while the list only goes on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, Situation
from app.advice.county_problem import Formulation
from app.advice.measures.measure_list import listed
from app.advice.measures.possible_moves import PossibleMoves, Stock
from app.advice.measures.standing_verdicts import settle

MOST_SATURATION = 4.0
"""No post is fuller, before or after: the big M of what holds only where hours flow."""


@dataclass
class _Model:
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def add(self, cost: float = 0.0, upper: float = np.inf, *, is_whole: bool = False) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(int(is_whole))
        return len(self.cost) - 1

    def row(
        self, terms: dict[int, float], *, lower: float = -np.inf, upper: float = np.inf
    ) -> None:
        self.rows.append((terms, lower, upper))

    def least(self, seconds: float) -> tuple[float, float]:
        """Return the best value found and the proven bound, infinite where there is none."""
        entries = [
            (row, column, value)
            for row, (terms, _lower, _upper) in enumerate(self.rows)
            for column, value in terms.items()
        ]
        places = np.array([entry[:2] for entry in entries]).T
        matrix = csr_matrix(
            ([entry[2] for entry in entries], places), shape=(len(self.rows), len(self.cost))
        )
        result = milp(
            self.cost,
            integrality=self.whole,
            bounds=Bounds(np.zeros(len(self.cost)), self.upper),
            constraints=LinearConstraint(
                matrix, [row[1] for row in self.rows], [row[2] for row in self.rows]
            ),
            options={"time_limit": seconds, "mip_rel_gap": 1e-4},
        )
        if result.x is None:
            return np.inf, np.inf
        return float(result.fun), float(result.mip_dual_bound)


def least_strain(
    formulation: Formulation, people: list[DraftMeasure], most: int, *, seconds: float = 20.0
) -> tuple[float, float]:
    """Return the least strain that `most` measures leave, and the bound proven for it.

    Changes of people are tried in every combination, so that capacities are known.
    """
    found = [
        _Plan(formulation, moved, most - count).least(seconds)
        for count in range(min(most, len(people)) + 1)
        for moved in combinations(people, count)
    ]
    return min(value for value, _bound in found), min(bound for _value, bound in found)


def ratios_to_exact(
    formulation: Formulation,
    people: list[DraftMeasure],
    *,
    lengths: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 8, 10),
) -> list[float]:
    """Return how much the first k measures relieve, as a share of what the best k relieve."""
    situation = Situation(formulation)
    strains = [situation.strain()]
    for draft in listed(settle(formulation, ()), people):
        situation.do(draft)
        strains.append(situation.strain())
    ratios = []
    for most in lengths:
        best, _bound = least_strain(formulation, people, most)
        achieved = strains[0] - strains[min(most, len(strains) - 1)]
        ratios.append(achieved / (strains[0] - best) if strains[0] - best > 1.0 else 1.0)
    return ratios


class _Plan:
    """The programme of one choice of changes of people: which hours move, in so many measures."""

    def __init__(
        self, formulation: Formulation, moved: tuple[DraftMeasure, ...], most: int
    ) -> None:
        self._formulation, self._problem = formulation, formulation.problem
        self._least = formulation.policy.minimum_measure
        self._situation = Situation(formulation)
        for draft in moved:
            self._situation.do(draft)
        self._options, stock = PossibleMoves.of(self._problem), Stock(self._problem)
        self._every = range(len(self._options.demand))
        self._caps = stock.most(self._options, np.array(self._every)).tolist()
        self._model = _Model()
        self._hours = [self._model.add(upper=cap) for cap in self._caps]
        self._is_used = [self._model.add(upper=1, is_whole=True) for _option in self._every]
        for hours, is_used, cap in zip(self._hours, self._is_used, self._caps, strict=True):
            self._model.row({hours: 1, is_used: -cap}, upper=0)
        self._define_measures(most)
        self._define_stock(stock)
        self._define_open_hours()
        for post in range(len(self._problem.post_codes)):
            self._define_overload(post)
        self._define_fullness()

    def least(self, seconds: float) -> tuple[float, float]:
        """Return the best value found and the proven bound."""
        return self._model.least(seconds)

    def _define_measures(self, most: int) -> None:
        """At most so many measures, each of the policy's smallest size at least."""
        measures: dict[object, list[int]] = defaultdict(list)
        for index in self._every:
            measures[self._measure_of(index)].append(index)
        binaries = []
        for indices in measures.values():
            binary = self._model.add(upper=1, is_whole=True)
            binaries.append(binary)
            for index in indices:
                self._model.row({self._is_used[index]: 1, binary: -1}, upper=0)
            flows = dict.fromkeys((self._hours[index] for index in indices), 1.0)
            self._model.row(flows | {binary: -self._least}, lower=0)
        self._model.row(dict.fromkeys(binaries, 1.0), upper=most)

    def _measure_of(self, index: int) -> object:
        options = self._options
        giver, taker = int(options.giver[index]), int(options.taker[index])
        if options.is_cut[index]:
            return "cut", self._formulation.tasks[options.demand[index]].task_code
        if taker == NOWHERE:
            return "surplus", index
        return giver, taker

    def _define_stock(self, stock: Stock) -> None:
        """A post's hours of a task, the cap of a cut and a surplus are given away once."""
        shared: dict[tuple[str, int], list[int]] = defaultdict(list)
        options = self._options
        for index, column in enumerate(self._hours):
            demand, pair = int(options.demand[index]), int(options.pair[index])
            if pair != NOWHERE:
                shared["left", pair].append(column)
            if options.is_cut[index]:
                shared["cuttable", demand].append(column)
            elif options.taker[index] == NOWHERE:
                shared["surplus", demand].append(column)
        for (what, place), columns in shared.items():
            self._model.row(dict.fromkeys(columns, 1.0), upper=float(getattr(stock, what)[place]))

    def _define_open_hours(self) -> None:
        """What nobody takes on of hours that nobody carries has its price."""
        situation, options = self._situation, self._options
        for demand in np.flatnonzero(situation.open > 0).tolist():
            left = self._model.add(cost=situation.worth_of_open)
            taken = np.flatnonzero((options.demand == demand) & (options.giver == NOWHERE))
            terms = {left: 1.0} | {self._hours[i]: 1.0 for i in taken.tolist()}
            amount = float(situation.open[demand])
            self._model.row(terms, lower=amount, upper=amount)

    def _load(self, post: int, *, is_officer: bool) -> tuple[dict[int, float], float, float]:
        """Return what hours add to the load of a post, that load, and what the post can carry."""
        situation, options, here = self._situation, self._options, np.array([post])
        side = int(is_officer)
        counts = self._problem.demand_is_officer_only[options.demand] | (not is_officer)
        terms = {
            self._hours[index]: (1.0 if options.taker[index] == post else -1.0)
            * float(situation.caf[post])
            for index in np.flatnonzero(
                counts & ((options.giver == post) | (options.taker == post))
            ).tolist()
        }
        return (
            terms,
            float(situation.loads(here)[side][0]),
            float(situation.capacities(here)[side][0]),
        )

    def _define_overload(self, post: int) -> None:
        """Load, officer and tiers as in the plan (method §7)."""
        rules, model = self._problem.rules, self._model
        capacity = self._load(post, is_officer=False)[2]
        over = [model.add(cost=weight) for weight in rules.tier_weights]
        for is_officer in (False, True):
            terms, load, can = self._load(post, is_officer=is_officer)
            model.row(terms | dict.fromkeys(over, -1.0), upper=rules.target_saturation * can - load)
        for width, column in zip(rules.tier_widths, over[:-1], strict=True):
            model.row({column: 1.0}, upper=width * capacity)

    def _define_fullness(self) -> None:
        """Hours come to a post above its target only where all others that may take them are full.

        `above_b = 1` where the load of b exceeds its target; `full_p = 1` only where p has less
        room than a measure needs: `used_i + above_b ≤ 1 + full_p` for each other p.
        """
        model, options, problem = self._model, self._options, self._problem
        posts = range(len(problem.post_codes))
        is_above = [model.add(upper=1, is_whole=True) for _post in posts]
        is_full = [[model.add(upper=1, is_whole=True) for _post in posts] for _side in range(2)]
        for post in posts:
            for side in (0, 1):
                self._define_marks(post, side, is_above[post], is_full[side][post])
        for index in self._every:
            giver, taker = int(options.giver[index]), int(options.taker[index])
            if taker == NOWHERE:
                continue
            demand = options.demand[index]
            sides = [0, 1] if problem.demand_is_officer_only[demand] else [0]
            takers = set(options.taker[options.demand == demand].tolist())
            for other in takers - {taker, giver, NOWHERE}:
                full = {is_full[side][other]: -1.0 for side in sides}
                model.row({self._is_used[index]: 1, is_above[taker]: 1} | full, upper=1)
            if giver != NOWHERE:
                self._define_evenness(index, is_above[taker])

    def _define_marks(self, post: int, side: int, is_above: int, is_full: int) -> None:
        """A load above target sets one mark, and only one that is near it allows the other."""
        target, least = self._problem.rules.target_saturation, self._least
        terms, load, can = self._load(post, is_officer=bool(side))
        big = MOST_SATURATION * self._load(post, is_officer=False)[2] + load
        near = target * can - least * float(self._situation.caf[post])
        self._model.row(terms | {is_above: -big}, upper=target * can - load)
        self._model.row(terms | {is_full: -big}, lower=near - load - big)

    def _define_evenness(self, index: int, is_above: int) -> None:
        """A receiver above its target ends no fuller than the post that gives: of one option.

        `load_b ÷ H_b ≤ load_a ÷ H_a + M × (2 − used − above_b)`
        """
        terms: dict[int, float] = defaultdict(float)
        apart, options = 0.0, self._options
        for post, sign in ((int(options.taker[index]), 1.0), (int(options.giver[index]), -1.0)):
            flows, load, capacity = self._load(post, is_officer=False)
            if capacity <= 0:
                return
            apart += sign * load / capacity
            for column, slope in flows.items():
                terms[column] += sign * slope / capacity
        big = MOST_SATURATION
        marks = {self._is_used[index]: big, is_above: big}
        self._model.row(dict(terms) | marks, upper=2 * big - apart)
