"""A second formulation of method §7 on dense matrices, which shares nothing with the solver."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from solver.problem import Problem

INF = float("inf")
HOLDING_ROOM = {False: 1e-6, True: 1e-5}
"""As in the method, more with whole people: scipy then takes 1e-6 for the tolerance of a row."""


class Undecided(Exception):
    """The second formulation did not get through a pass: scipy gives up on some held goals."""


class Dense:
    """Variables by name and index, rows as dense vectors, written down as in method §7."""

    def __init__(self, problem: Problem) -> None:
        self.p = problem
        self.place: dict[tuple[object, ...], int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.whole: list[bool] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def add(self, *key: object, low: float = 0.0, high: float = INF, whole: bool = False) -> None:
        self.place[key] = len(self.low)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)

    def row(self, terms: dict[tuple[object, ...], float], low: float, high: float) -> None:
        self.rows.append(({self.place[key]: value for key, value in terms.items()}, low, high))

    def dense(self, terms: dict[int, float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        vector = np.zeros(len(self.low))
        for place, value in terms.items():
            vector[place] += value
        return vector


def best_goals(problem: Problem, before: dict[str, float]) -> dict[str, float] | None:
    """Return each goal's best with the earlier ones held, None where no plan exists."""
    dense = Dense(problem)
    _variables(dense)
    _rules(dense)
    matrix = [dense.dense(terms) for terms, _low, _high in dense.rows]
    lower = [low for _terms, low, _high in dense.rows]
    upper = [high for _terms, _low, high in dense.rows]
    whole = np.array(dense.whole, dtype=int)
    found: dict[str, float] = {}
    for goal in problem.rules.goals:
        cost = dense.dense({dense.place[key]: value for key, value in _goal(dense, goal).items()})
        limits = LinearConstraint(np.array(matrix), lower, upper)
        low, high = np.array(dense.low), np.array(dense.high)
        bounds = Bounds(low, high)
        result = _milp(cost, whole, bounds, limits)
        if result.status == 2 and not found:
            return None
        if result.status == 0:
            snapped = np.round(result.x)
            fixed = Bounds(np.where(whole, snapped, low), np.where(whole, snapped, high))
            result = milp(cost, bounds=fixed, constraints=limits)
        if result.status != 0:
            raise Undecided(result.message)
        found[goal] = result.fun
        spare = problem.rules.tolerance.get(goal, 0.0) * max(before[goal] - result.fun, 0.0)
        matrix.append(cost)
        lower.append(-INF)
        upper.append(result.fun + spare + HOLDING_ROOM[problem.rules.whole_people])
    return found


def _milp(
    cost: np.ndarray[tuple[int], np.dtype[np.float64]],
    whole: np.ndarray[tuple[int], np.dtype[np.int64]],
    bounds: Bounds,
    limits: LinearConstraint,
) -> OptimizeResult:
    """Solve, without presolve where that finds no plan: it errs on goals held within 1e-6."""
    for presolve in (True, False):
        result = milp(
            cost,
            integrality=whole,
            bounds=bounds,
            constraints=limits,
            options={"mip_rel_gap": 0.0, "presolve": presolve},
        )
        if result.status == 0:
            break
    return result


def _variables(v: Dense) -> None:
    p, rules = v.p, v.p.rules
    levers, whole = rules.levers, rules.whole_people
    for d, p_ in zip(p.pair_demand, p.pair_post, strict=True):
        pair = np.flatnonzero((p.pair_demand == d) & (p.pair_post == p_))[0]
        now = p.pair_hours_now[pair]
        if p.pair_is_pinned[pair] or p.post_is_pinned[p_]:
            v.add("x", d, p_, low=now, high=now)
        else:
            v.add("x", d, p_, high=INF if "reassign" in levers else now)
        v.add("more", d, p_)
    for d in range(len(p.demand_codes)):
        v.add("q", d)
        v.add("r", d, high=p.demand_cap[d] * p.demand_hours[d] if "cut" in levers else 0.0)
    for p_ in range(len(p.post_codes)):
        closed = 0.0 if p.post_is_pinned[p_] else INF
        v.add("idle", p_)
        v.add("temp", p_, high=closed if "temporary" in levers else 0.0, whole=whole)
        for k in range(len(rules.tier_weights)):
            v.add("o", p_, k)
        for c in range(len(p.category_names)):
            v.add("n", p_, c)
            v.add("step", p_, c, low=-INF, whole=whole)
            v.add("in", p_, c, high=closed)
            v.add("out", p_, c, high=closed)
    across = INF if "transfer" in levers else 0.0
    for c in range(len(p.category_names)):
        v.add("draw", c, high=p.category_pool[c])
        for u in range(len(p.unit_codes)):
            v.add("move_in", u, c, high=across, whole=whole)
            v.add("move_out", u, c, high=across, whole=whole)
            v.add("fill", u, c, high=min(across, p.unit_vacancies[u, c]), whole=whole)


def _rules(v: Dense) -> None:
    p = v.p
    for d in range(len(p.demand_codes)):
        posts = p.pair_post[p.pair_demand == d]
        terms = {("x", d, p_): 1.0 for p_ in posts} | {("r", d): 1.0, ("q", d): 1.0}
        v.row(terms, p.demand_hours[d], p.demand_hours[d])
    for pair, (d, p_) in enumerate(zip(p.pair_demand, p.pair_post, strict=True)):
        v.row({("more", d, p_): 1.0, ("x", d, p_): -1.0}, -p.pair_hours_now[pair], INF)
    for p_ in range(len(p.post_codes)):
        _post_rules(v, p_)
    for u in range(len(p.unit_codes)):
        _unit_rules(v, u)
    for c in range(len(p.category_names)):
        terms = {("draw", c): -1.0}
        for u in range(len(p.unit_codes)):
            terms |= {("move_in", u, c): 1.0, ("move_out", u, c): -1.0}
        v.row(terms, 0.0, 0.0)
    _ceilings(v)


def _post_rules(v: Dense, p_: int) -> None:
    p, rules = v.p, v.p.rules
    tiers, categories = range(len(rules.tier_weights)), range(len(p.category_names))
    demands = p.pair_demand[p.pair_post == p_]
    caf, ias = p.post_caf[p_], p.post_ias[p_]
    gives = {c: p.category_awt[c] * p.post_ability[p_] for c in categories}
    x = {("x", d, p_): caf for d in demands}
    over = {("o", p_, k): -1.0 for k in tiers}
    n = {("n", p_, c): gives[c] for c in categories}
    target, low = rules.target_saturation, rules.low_saturation
    v.row(x | over | {key: -target * value for key, value in n.items()}, -INF, -ias)
    officers = {("n", p_, c): -target * gives[c] for c in categories if not _is_outside(p, c)}
    only = {("x", d, p_): caf for d in demands if p.demand_is_officer_only[d]}
    v.row(only | over | officers, -INF, 0.0)
    for k, width in enumerate(rules.tier_widths):
        v.row({("o", p_, k): 1.0} | {key: -width * value for key, value in n.items()}, -INF, 0.0)
    v.row({("idle", p_): 1.0} | x | {key: -low * value for key, value in n.items()}, -ias, INF)
    outside = [c for c in categories if _is_outside(p, c)]
    for c in categories:
        now = p.people_now[p_, c]
        v.row({("n", p_, c): 1.0, ("step", p_, c): -1.0}, now, now)
        joined = {("temp", p_): -1.0} if outside and c == outside[0] else {}
        v.row({("step", p_, c): 1.0, ("in", p_, c): -1.0, ("out", p_, c): 1.0} | joined, 0.0, 0.0)
    if not outside:
        v.row({("temp", p_): 1.0}, 0.0, 0.0)
    v.row({("n", p_, c): 1.0 for c in categories}, p.post_min[p_], p.post_max[p_])
    if p.post_is_pinned[p_]:
        for c in categories:
            v.row({("n", p_, c): 1.0}, p.people_now[p_, c], p.people_now[p_, c])


def _unit_rules(v: Dense, u: int) -> None:
    p = v.p
    posts = np.flatnonzero(p.post_unit == u)
    for c in range(len(p.category_names)):
        come = {("in", p_, c): 1.0 for p_ in posts}
        go = {("out", p_, c): 1.0 for p_ in posts}
        fed = {("move_in", u, c): -1.0, ("fill", u, c): -1.0}
        left = {("move_out", u, c): -1.0}
        if "move" in p.rules.levers:
            minus = {key: -value for key, value in (go | left).items()}
            v.row(come | fed | minus, 0.0, 0.0)
        else:
            v.row(come | fed, 0.0, 0.0)
            v.row(go | left, 0.0, 0.0)


def _ceilings(v: Dense) -> None:
    p, rules = v.p, v.p.rules
    temporaries = {key: 1.0 for key in v.place if key[0] == "temp"}
    if rules.max_moves is not None:
        v.row({key: 1.0 for key in v.place if key[0] == "in"}, -INF, rules.max_moves)
    if rules.max_temporaries is not None:
        v.row(temporaries, -INF, rules.max_temporaries)
    if rules.budget is not None:
        cost = {("draw", c): p.category_cost[c] for c in range(len(p.category_names))}
        cost |= {key: p.category_cost[int(str(key[2]))] for key in v.place if key[0] == "fill"}
        outside = np.flatnonzero(p.category_is_outside)
        if len(outside):
            cost |= dict.fromkeys(temporaries, p.category_cost[outside[0]])
        v.row(cost, -INF, rules.budget)


def _goal(v: Dense, goal: str) -> dict[tuple[object, ...], float]:
    counted = {
        "unassigned_hours": {"q": 1.0},
        "new_people": {"fill": 1.0, "draw": 1.0, "temp": 1.0},
        "moved_people": {"in": 1.0, "move_in": 1.0},
        "idle_hours": {"idle": 1.0},
        "changed_hours": {"r": 1.0, "more": 1.0},
    }
    if goal == "overload":
        weights = v.p.rules.tier_weights
        return {key: weights[int(str(key[2]))] for key in v.place if key[0] == "o"}
    return {key: counted[goal][str(key[0])] for key in v.place if key[0] in counted[goal]}


def _is_outside(problem: Problem, category: int) -> bool:
    return bool(problem.category_is_outside[category])
