"""The rules of the plan (method §7): one function per rule, its inequality in the docstring.

Indices: d demand, p post, c category, u unit, k overload tier, e = (d, p) pair. Hours are hours
per year, `A[p,c] = AWT_c × ability_p` is what one person gives.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from solver.formulation.rows import Bounds, Rows, Term, shape_of
from solver.problem import Booleans, Floats, Forced, Integers, Problem

INF = float("inf")


def kept(problem: Problem) -> tuple[Bounds, ...]:
    """`0 ≤ kept[e] ≤ x_now[e]`: what stays where it is, hours; `x = kept + new`."""
    return (Bounds("kept", upper=problem.pair_hours_now),)


def largest(problem: Problem) -> tuple[Bounds, ...]:
    """`new[e] ≤ W_d`, `q[d] ≤ W_d`, `o[p,k] ≤ CAF_p × Σ_{d: p may} W_d + IAS_p`, hours.

    Of a demand that no post may carry no less is unassigned than `W_d − cap_d × W_d`.
    `cover` and `load` imply it; said outright it spares HiGHS long chains of ever closer bounds
    (twice as fast on a county with whole people).
    """
    posts = len(problem.post_codes)
    of_pair = problem.demand_hours[problem.pair_demand]
    reach = np.bincount(problem.pair_post, of_pair, posts) * problem.post_caf + problem.post_ias
    is_orphan = np.bincount(problem.pair_demand, minlength=len(problem.demand_codes)) == 0
    cap = problem.demand_cap if "cut" in problem.rules.levers else 0.0
    least = np.where(is_orphan, (1.0 - cap) * problem.demand_hours, 0.0)
    return (
        Bounds("new", upper=of_pair),
        Bounds("unassigned", lower=least, upper=problem.demand_hours),
        Bounds("overload", upper=np.repeat(reach, len(problem.rules.tier_weights))),
    )


def nobody_else(problem: Problem) -> tuple[Bounds, ...]:
    """`n, in, out, move_in, move_out ≤ most_c`, said only for whole people: it slows an LP down."""
    if not problem.rules.whole_people:
        return ()
    most, blocks = problem.most_people, ("people", "people_in", "people_out", "move_in", "move_out")
    return tuple(Bounds(name, upper=np.tile(most, shape_of(name, problem)[0])) for name in blocks)


def relieve(problem: Problem) -> tuple[Bounds, ...]:
    """`r[d] ≤ cap_d × W_d`, hours."""
    return (Bounds("relieved", upper=problem.demand_cap * problem.demand_hours),)


def vacancies(problem: Problem) -> tuple[Bounds, ...]:
    """`fill[u,c] ≤ vacancies[u,c]`, people."""
    return (Bounds("fill", upper=problem.unit_vacancies.ravel()),)


def pool(problem: Problem) -> tuple[Bounds, ...]:
    """`0 ≤ draw[c] ≤ pool_c`, people."""
    return (Bounds("draw", upper=problem.category_pool),)


def pins(problem: Problem) -> tuple[Bounds, ...]:
    """`n = now, in = out = temp = 0` on a pinned post; `x = x_now` on it and on a pinned pair."""
    is_fixed = problem.pair_is_pinned | problem.post_is_pinned[problem.pair_post]
    categories = len(problem.category_names)
    free_people = np.repeat(_unless(problem.post_is_pinned), categories)
    people = np.where(problem.post_is_pinned[:, None], problem.people_now, INF).ravel()
    return (
        Bounds("kept", lower=np.where(is_fixed, problem.pair_hours_now, 0.0)),
        Bounds("new", upper=_unless(is_fixed)),
        Bounds("people", lower=np.where(np.isfinite(people), people, 0.0), upper=people),
        Bounds("people_in", upper=free_people),
        Bounds("people_out", upper=free_people),
        Bounds("temporary", upper=_unless(problem.post_is_pinned)),
    )


def levers(problem: Problem) -> tuple[Bounds, ...]:
    """A lever that is off: `x ≤ x_now`, `r = 0`, `fill = move_in = move_out = 0`, `temp = 0`.

    The lever `move` is part of the rule `unit`. Without a category outside the establishment
    there is nothing a temporary could join.
    """
    allowed = problem.rules.levers
    closed = [("reassign", "new"), ("cut", "relieved"), ("temporary", "temporary")]
    closed += [("transfer", block) for block in ("fill", "move_in", "move_out")]
    bounds = [Bounds(block, upper=0.0) for lever, block in closed if lever not in allowed]
    if not problem.category_is_outside.any():
        bounds.append(Bounds("temporary", upper=0.0))
    return tuple(bounds)


def cover(problem: Problem) -> Rows:
    """`Σ_p x[d,p] + r[d] + q[d] = W_d`, hours."""
    demands = np.arange(len(problem.demand_codes))
    return Rows(
        "cover",
        problem.demand_codes,
        lower=problem.demand_hours,
        upper=problem.demand_hours,
        terms=(
            Term("kept", problem.pair_demand, 1.0),
            Term("new", problem.pair_demand, 1.0),
            Term("relieved", demands, 1.0),
            Term("unassigned", demands, 1.0),
        ),
    )


def load(problem: Problem) -> Rows:
    """`CAF_p × Σ_d x[d,p] + IAS_p ≤ target × H_p + Σ_k o[p,k]`, `H_p = Σ_c A[p,c] n[p,c]`."""
    return Rows(
        "load",
        problem.post_codes,
        lower=-INF,
        upper=-problem.post_ias,
        terms=(
            *_hours(problem, 1.0),
            _capacity(problem, -problem.rules.target_saturation),
            Term("overload", _tier_posts(problem), -1.0),
        ),
    )


def officer(problem: Problem) -> Rows:
    """`CAF_p × Σ_{d officer-only} x[d,p] ≤ target × Σ_{c ≠ 编外} A[p,c] n[p,c] + Σ_k o[p,k]`.

    The tiers are those of the rule `load`: an hour above either limit is the same overload.
    """
    is_officer = problem.demand_is_officer_only[problem.pair_demand]
    posts = np.unique(problem.pair_post[is_officer])
    row_of = np.full(len(problem.post_codes), -1, dtype=np.int64)
    row_of[posts] = np.arange(len(posts))
    pair_rows = np.where(is_officer, row_of[problem.pair_post], -1)
    factor = problem.post_caf[problem.pair_post]
    inside = np.tile(~problem.category_is_outside, len(problem.post_codes))
    people = _capacity(problem, -problem.rules.target_saturation)
    return Rows(
        "officer",
        tuple(problem.post_codes[post] for post in posts),
        lower=-INF,
        upper=0.0,
        terms=(
            Term("kept", pair_rows, factor),
            Term("new", pair_rows, factor),
            Term("people", np.where(inside, row_of[people.rows], -1), people.coefficients),
            Term("overload", row_of[_tier_posts(problem)], -1.0),
        ),
    )


def tiers(problem: Problem) -> Rows:
    """`o[p,k] ≤ width_k × H_p` for every tier but the last, which is unbounded."""
    widths = np.asarray(problem.rules.tier_widths, dtype=np.float64)
    posts, bounded = len(problem.post_codes), len(widths)
    everyone = np.arange(posts) * bounded
    people = _capacity(problem, 1.0)
    last = np.full((posts, 1), -1)
    numbers = np.arange(posts * bounded).reshape(posts, bounded)
    return Rows(
        "tiers",
        tuple(f"{code}/{tier + 1}" for code in problem.post_codes for tier in range(bounded)),
        lower=-INF,
        upper=0.0,
        terms=(
            Term("overload", np.hstack([numbers, last]).ravel(), 1.0),
            *(
                Term("people", everyone[people.rows] + tier, -width * people.coefficients)
                for tier, width in enumerate(widths)
            ),
        ),
    )


def idle(problem: Problem) -> Rows:
    """`idle[p] ≥ low × H_p − load_p`, hours."""
    return Rows(
        "idle",
        problem.post_codes,
        lower=-problem.post_ias,
        upper=INF,
        terms=(
            Term("idle", np.arange(len(problem.post_codes)), 1.0),
            _capacity(problem, -problem.rules.low_saturation),
            *_hours(problem, 1.0),
        ),
    )


def people(problem: Problem) -> Rows:
    """`n[p,c] = now[p,c] + in[p,c] − out[p,c]`, `+ temp[p]` in the category temporaries join.

    Where people are whole, `in`, `out` and `temp` are, so a post that has half a person today
    changes in whole steps from there and today stays feasible. Temporaries join the first
    category outside the establishment.
    """
    posts, categories = problem.people_now.shape
    each = np.arange(posts * categories)
    terms = [
        Term("people", each, 1.0),
        Term("people_in", each, -1.0),
        Term("people_out", each, 1.0),
    ]
    if problem.category_is_outside.any():
        joined = int(np.flatnonzero(problem.category_is_outside)[0])
        terms.append(Term("temporary", np.arange(posts) * categories + joined, -1.0))
    now = problem.people_now.ravel()
    names = _pairs(problem.post_codes, problem.category_names)
    return Rows("people", names, lower=now, upper=now, terms=tuple(terms))


def fewest(problem: Problem) -> Rows:
    """`Σ_c n[p,c] ≥ min_p`, people."""
    return _posts_people(problem, "min", lower=problem.post_min, upper=INF)


def most(problem: Problem) -> Rows:
    """`Σ_c n[p,c] ≤ max_p`, people; posts without a limit have no row."""
    return _posts_people(problem, "max", lower=-INF, upper=problem.post_max)


def unit(problem: Problem) -> Rows:
    """`Σ_p (in − out)[p,c] = move_in[u,c] − move_out[u,c] + fill[u,c]`, people.

    With the lever `move` off people do not change posts inside a unit: this row then holds for
    `in` with `fill` and `move_in` alone, and `unit_out` for `out` with `move_out` alone.

    To the letter a unit may then still hand a person over and receive one of the same category,
    as two units may exchange people. Forbidding it would take a yes or no for every unit and
    category and rule out such exchanges; the goal of moved people counts it twice, so no plan
    does it unless it takes overload away.
    """
    each, of_post, names = _unit_rows(problem)
    terms = [
        Term("people_in", of_post, 1.0),
        Term("move_in", each, -1.0),
        Term("fill", each, -1.0),
    ]
    if "move" in problem.rules.levers:
        terms += [Term("people_out", of_post, -1.0), Term("move_out", each, 1.0)]
    return Rows("unit", names, lower=0.0, upper=0.0, terms=tuple(terms))


def unit_out(problem: Problem) -> Rows:
    """`Σ_p out[p,c] = move_out[u,c]`, people, where the lever `move` is off."""
    each, of_post, names = _unit_rows(problem)
    terms = (Term("people_out", of_post, 1.0), Term("move_out", each, -1.0))
    is_off = "move" not in problem.rules.levers
    limit = 0.0 if is_off else INF
    return Rows("unit_out", names if is_off else (), -limit, limit, terms if is_off else ())


def county(problem: Problem) -> Rows:
    """`draw[c] = Σ_u (move_in − move_out)[u,c]`, people."""
    units, categories = problem.unit_vacancies.shape
    columns = np.tile(np.arange(categories), units)
    return Rows(
        "county",
        problem.category_names,
        lower=0.0,
        upper=0.0,
        terms=(
            Term("move_in", columns, 1.0),
            Term("move_out", columns, -1.0),
            Term("draw", np.arange(categories), -1.0),
        ),
    )


def max_moves(problem: Problem) -> Rows:
    """`Σ_p,c in[p,c] ≤ max_moves`, people, however they come to the post."""
    terms = (Term("people_in", np.zeros(problem.people_now.size, dtype=np.int64), 1.0),)
    return _ceiling("max_moves", problem.rules.max_moves, terms)


def max_temporaries(problem: Problem) -> Rows:
    """`Σ_p temp[p] ≤ max_temporaries`, people."""
    terms = (Term("temporary", np.zeros(len(problem.post_codes), dtype=np.int64), 1.0),)
    return _ceiling("max_temporaries", problem.rules.max_temporaries, terms)


def budget(problem: Problem) -> Rows:
    """`Σ_c cost_c × (Σ_u fill[u,c] + draw[c] + Σ_p temp[p] if temporaries join c) ≤ budget`.

    Only people who are new to the county cost: whoever moves is paid already.
    """
    units, categories = problem.unit_vacancies.shape
    costs = problem.category_cost
    outside = np.flatnonzero(problem.category_is_outside)
    temporary = float(costs[outside[0]]) if len(outside) else 0.0
    terms = (
        Term("fill", np.zeros(units * categories, dtype=np.int64), np.tile(costs, units)),
        Term("draw", np.zeros(categories, dtype=np.int64), costs),
        Term("temporary", np.zeros(len(problem.post_codes), dtype=np.int64), temporary),
    )
    return _ceiling("budget", problem.rules.budget, terms)


def forced_least(problem: Problem) -> Rows:
    """`amount ≥ lower` for each amount that is decided beforehand, hours or people."""
    return _forced(problem, "forced_least", {f: f.lower for f in problem.forced if f.lower > 0})


def forced_most(problem: Problem) -> Rows:
    """`amount ≤ upper` for each amount that is decided beforehand, hours or people."""
    return _forced(problem, "forced_most", {f: f.upper for f in problem.forced if f.upper < INF})


BOUND_RULES = (kept, largest, nobody_else, relieve, vacancies, pool, pins, levers)
PEOPLE_RULES = (
    people,
    fewest,
    most,
    unit,
    unit_out,
    county,
    max_moves,
    max_temporaries,
    budget,
    forced_least,
    forced_most,
)
"""The rules in which people alone stand, but for hours that are decided beforehand."""

ROW_RULES = (cover, load, officer, tiers, idle, *PEOPLE_RULES)


def _forced(problem: Problem, rule: str, limits: Mapping[Forced, float]) -> Rows:
    """Return a row for each limit; `x = kept + new`, all other amounts are variables."""
    terms = []
    for row, forced in enumerate(limits):
        for block in ("kept", "new") if forced.what == "hours" else (forced.what,):
            shape = shape_of(block, problem)
            rows = np.full(shape, -1, dtype=np.int64)
            rows[forced.place] = row
            terms.append(Term(block, rows.ravel(), 1.0))
    values = np.array(list(limits.values()), dtype=np.float64)
    least, most = (values, INF) if rule == "forced_least" else (-INF, values)
    return Rows(rule, tuple(forced.subject for forced in limits), least, most, tuple(terms))


def _unless(is_closed: Booleans) -> Floats:
    return np.where(is_closed, 0.0, INF)


def _pairs(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{one}/{other}" for one in first for other in second)


def _hours(problem: Problem, sign: float) -> tuple[Term, Term]:
    factor = sign * problem.post_caf[problem.pair_post]
    return Term("kept", problem.pair_post, factor), Term("new", problem.pair_post, factor)


def _capacity(problem: Problem, share: float) -> Term:
    posts, categories = problem.people_now.shape
    gives = problem.post_ability[:, None] * problem.category_awt
    return Term("people", np.repeat(np.arange(posts), categories), share * gives.ravel())


def _tier_posts(problem: Problem) -> Integers:
    return np.repeat(np.arange(len(problem.post_codes)), len(problem.rules.tier_weights))


def _posts_people(
    problem: Problem, rule: str, *, lower: Floats | float, upper: Floats | float
) -> Rows:
    posts, categories = problem.people_now.shape
    low, high = np.broadcast_to(lower, posts), np.broadcast_to(upper, posts)
    limited = np.flatnonzero(np.isfinite(high) | (low > 0))
    row_of = np.full(posts, -1, dtype=np.int64)
    row_of[limited] = np.arange(len(limited))
    return Rows(
        rule,
        tuple(problem.post_codes[post] for post in limited),
        lower=low[limited],
        upper=high[limited],
        terms=(Term("people", np.repeat(row_of, categories), 1.0),),
    )


def _unit_rows(problem: Problem) -> tuple[Integers, Integers, tuple[str, ...]]:
    units, categories = problem.unit_vacancies.shape
    columns = np.tile(np.arange(categories), len(problem.post_codes))
    of_post = np.repeat(problem.post_unit, categories) * categories + columns
    names = _pairs(problem.unit_codes, problem.category_names)
    return np.arange(units * categories), of_post, names


def _ceiling(rule: str, ceiling: float | None, terms: tuple[Term, ...]) -> Rows:
    if ceiling is None:
        return Rows(rule, (), 0.0, 0.0, ())
    return Rows(rule, ("county",), lower=-INF, upper=ceiling, terms=terms)
