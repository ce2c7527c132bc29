"""The exact best plan of at most k measures, one binary a measure: small cases only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from app.advice.deciding import settle
from app.advice.formulating import Formulation
from app.advice.measures import listed
from app.advice.options import Options, Stock
from app.advice.situation import NOWHERE, Draft, Situation


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
        """Return the best value found and the proven bound."""
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
        return float(result.fun), float(result.mip_dual_bound)


def least_strain(
    formulation: Formulation, people: list[Draft], most: int, *, seconds: float = 20.0
) -> tuple[float, float]:
    """Return the least strain that `most` measures leave, and the bound proven for it."""
    problem, situation = formulation.problem, Situation(formulation)
    options, stock = Options.of(problem), Stock(problem)
    everything = np.arange(len(options.demand))
    caps = stock.most(options, everything)
    model = _Model()
    hours = [model.add(upper=cap) for cap in caps.tolist()]
    measure: dict[object, int] = {}
    flows_of: dict[int, list[int]] = defaultdict(list)
    for index in everything.tolist():
        task = formulation.tasks[options.demand[index]].task_code
        key = ("cut", task) if options.is_cut[index] else index
        if key not in measure:
            measure[key] = model.add(upper=1, is_whole=True)
        flows_of[measure[key]].append(hours[index])
        model.row({hours[index]: 1, measure[key]: -caps[index]}, upper=0)
    for binary, flows in flows_of.items():
        least = formulation.policy.minimum_measure
        model.row(dict.fromkeys(flows, 1.0) | {binary: -least}, lower=0)
    moves = [model.add(upper=1, is_whole=True) for _draft in people]
    model.row(dict.fromkeys([*measure.values(), *moves], 1.0), upper=most)
    _stock_rows(model, options, stock, hours)
    _open_rows(model, situation, options, hours)
    moving = list(zip(people, moves, strict=True))
    for post in range(len(problem.post_codes)):
        _post_rows(model, formulation, (options, hours), moving, post=post)
    return model.least(seconds)


def ratios_to_exact(
    formulation: Formulation,
    people: list[Draft],
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


def _stock_rows(model: _Model, options: Options, stock: Stock, hours: list[int]) -> None:
    shared: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, column in enumerate(hours):
        demand, pair = int(options.demand[index]), int(options.pair[index])
        if pair != NOWHERE:
            shared["left", pair].append(column)
        if options.is_cut[index]:
            shared["cuttable", demand].append(column)
        elif options.taker[index] == NOWHERE:
            shared["surplus", demand].append(column)
    for (what, place), columns in shared.items():
        model.row(dict.fromkeys(columns, 1.0), upper=float(getattr(stock, what)[place]))


def _open_rows(model: _Model, situation: Situation, options: Options, hours: list[int]) -> None:
    for demand in np.flatnonzero(situation.open > 0).tolist():
        left = model.add(cost=situation.worth_of_open)
        taken = np.flatnonzero((options.demand == demand) & (options.giver == NOWHERE)).tolist()
        amount = float(situation.open[demand])
        model.row({left: 1.0} | {hours[i]: 1.0 for i in taken}, lower=amount, upper=amount)


def _post_rows(
    model: _Model,
    formulation: Formulation,
    flows: tuple[Options, list[int]],
    moving: list[tuple[Draft, int]],
    *,
    post: int,
) -> None:
    options, hours = flows
    situation = Situation(formulation)
    problem, rules = formulation.problem, formulation.problem.rules
    here = np.array([post])
    (load,), (officer_load,) = situation.loads(here)
    (capacity,), (inside,) = situation.capacities(here)
    over = [model.add(cost=weight) for weight in rules.tier_weights]
    slack = dict.fromkeys(over, -1.0)
    whole, officer = dict(slack), dict(slack)
    for index in np.flatnonzero((options.giver == post) | (options.taker == post)).tolist():
        sign = 1.0 if options.taker[index] == post else -1.0
        whole[hours[index]] = sign * float(problem.post_caf[post])
        if problem.demand_is_officer_only[options.demand[index]]:
            officer[hours[index]] = sign * float(problem.post_caf[post])
    gives: dict[int, float] = {}
    for draft, move in moving:
        sign = (draft.to_post == post) - (draft.from_post == post)
        each = problem.category_awt[draft.category] * problem.post_ability[post]
        if not sign:
            continue
        gives[move] = float(sign * draft.people * each)
        whole[move] = -rules.target_saturation * gives[move]
        if not problem.category_is_outside[draft.category]:
            officer[move] = -rules.target_saturation * gives[move]
    model.row(whole, upper=rules.target_saturation * capacity - load)
    model.row(officer, upper=rules.target_saturation * inside - officer_load)
    for width, column in zip(rules.tier_widths, over[:-1], strict=True):
        terms = {column: 1.0} | {move: -width * hours_ for move, hours_ in gives.items()}
        model.row(terms, upper=width * capacity)
