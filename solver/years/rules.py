"""The rules of the years: one function per rule, its inequality in the docstring.

Indices: t year, u unit, c category; `p` people, `p[−1]` those of today; figures are people.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from solver.formulation.rows import Bounds, Rows, Term
from solver.problem import Floats, Integers
from solver.years.problem import YearsProblem

INF = float("inf")

BLOCKS = ("people", "recruits", "move_in", "move_out", "trained", "shortage", "worst")
"""The variables in column order, [T, U, C] each, but `worst` [T]."""

WHOLE_BLOCKS = ("recruits", "move_in", "move_out", "trained")
"""The blocks that count people one by one where the policy asks for whole people."""


def size_of(problem: YearsProblem, block: str) -> int:
    """Return how many variables a block has."""
    return len(problem.required) if block == "worst" else problem.required.size


def unit_quota(problem: YearsProblem) -> tuple[Bounds, ...]:
    """`recruits[t,u,c] ≤ unit quota[t,u,c]`, people."""
    return (Bounds("recruits", upper=problem.unit_quota.ravel()),)


def people(problem: YearsProblem) -> Rows:
    """`p[t,u,c] = p[t−1,u,c] − retiring + recruits + move_in − move_out`, people."""
    each = _each(problem)
    due = -problem.retiring.copy()
    due[0] += problem.people_now
    terms = (
        Term("people", each, 1.0),
        Term("people", _later(problem), -1.0),
        Term("recruits", each, -1.0),
        Term("move_in", each, -1.0),
        Term("move_out", each, 1.0),
    )
    return Rows("people", _names(problem), due.ravel(), due.ravel(), terms)


def vacancies(problem: YearsProblem) -> Rows:
    """`Σ_{s ≤ t} recruits[s,u,c] ≤ vacancies[u,c] + Σ_{s ≤ t} retiring[s,u,c]`, people.

    A transfer takes its headcount along and so changes no vacancy.
    """
    room = problem.vacancies + np.cumsum(problem.retiring, axis=0)
    return Rows("vacancies", _names(problem), -INF, room.ravel(), _so_far(problem, "recruits"))


def quota(problem: YearsProblem) -> Rows:
    """`Σ_u recruits[t,u,c] ≤ quota[t,c]`, people."""
    terms = (Term("recruits", _county(problem), 1.0),)
    return Rows("quota", _county_names(problem), -INF, problem.quota.ravel(), terms)


def county(problem: YearsProblem) -> Rows:
    """`Σ_u move_in[t,u,c] = Σ_u move_out[t,u,c]`, people: nobody changes category."""
    rows = _county(problem)
    terms = (Term("move_in", rows, 1.0), Term("move_out", rows, -1.0))
    return Rows("county", _county_names(problem), 0.0, 0.0, terms)


def leavers(problem: YearsProblem) -> Rows:
    """`move_out[t,u,c] ≤ p[t−1,u,c] − retiring[t,u,c]`, people: nobody comes and goes at once."""
    room = -problem.retiring.copy()
    room[0] += problem.people_now
    terms = (Term("move_out", _each(problem), 1.0), Term("people", _later(problem), -1.0))
    return Rows("leavers", _names(problem), -INF, room.ravel(), terms)


def transfers(problem: YearsProblem) -> Rows:
    """`Σ_{u,c} move_in[t,u,c] ≤ max transfers[t]`, people."""
    terms = (Term("move_in", _year(problem), 1.0),)
    return Rows("transfers", _year_names(problem), -INF, problem.max_transfers, terms)


def once(problem: YearsProblem) -> Rows:
    """`Σ_{s ≤ t} trained[s,u,c] ≤ p[t,u,c]`, people: nobody twice, and the trained stay."""
    terms = (*_so_far(problem, "trained"), Term("people", _each(problem), -1.0))
    return Rows("once", _names(problem), -INF, 0.0, terms)


def places(problem: YearsProblem) -> Rows:
    """`Σ_{u,c} trained[t,u,c] ≤ places[t]`, people."""
    terms = (Term("trained", _year(problem), 1.0),)
    return Rows("places", _year_names(problem), -INF, problem.places, terms)


def shortage(problem: YearsProblem) -> Rows:
    """`p[t] − cost_c × trained[t] + gain × Σ_{s < t} trained[s] + shortage[t] ≥ required[t]`."""
    years, units, _categories = problem.required.shape
    each, cost = _each(problem), np.tile(problem.training_cost, years * units)
    terms = (
        Term("people", each, 1.0),
        Term("trained", each, -cost),
        *_so_far(problem, "trained", factor=problem.training_gain, lag=1),
        Term("shortage", each, 1.0),
    )
    return Rows("shortage", _names(problem), problem.required.ravel(), INF, terms)


def worst(problem: YearsProblem) -> Rows:
    """`Σ_c shortage[t,u,c] ≤ worst[t] × Σ_c required[t,u,c]`, for units that need anybody."""
    years, units, categories = problem.required.shape
    needed = problem.required.sum(axis=2)
    number = np.where(needed > 0, np.cumsum(needed.ravel() > 0).reshape(needed.shape) - 1, -1)
    terms = [Term("shortage", np.repeat(number.ravel(), categories), 1.0)]
    for unit in range(units):
        terms.append(Term("worst", number[:, unit], -needed[:, unit]))
    names = tuple(
        f"{year + 1}/{problem.unit_codes[unit]}"
        for year in range(years)
        for unit in range(units)
        if needed[year, unit] > 0
    )
    return Rows("worst", names, -INF, 0.0, tuple(terms))


BOUND_RULES = (unit_quota,)
ROW_RULES = (
    people,
    vacancies,
    quota,
    county,
    leavers,
    transfers,
    once,
    places,
    shortage,
    worst,
)

GOAL_BLOCKS: Mapping[str, str] = {
    "shortage": "shortage",
    "unevenness": "worst",
    "recruits": "recruits",
    "moves": "move_in",
    "training": "trained",
}
"""Every goal is the plain sum of one block: `Σ shortage`, `Σ_t worst[t]`, and so on."""


def _each(problem: YearsProblem) -> Integers:
    return np.arange(problem.required.size)


def _later(problem: YearsProblem, lag: int = 1) -> Integers:
    """Return for each variable the row of the same unit and category `lag` years later."""
    years, units, categories = problem.required.shape
    rows = _each(problem) + lag * units * categories
    return np.where(rows < years * units * categories, rows, -1)


def _so_far(
    problem: YearsProblem, block: str, *, factor: float = 1.0, lag: int = 0
) -> tuple[Term, ...]:
    """Return `factor × Σ_{s ≤ t − lag} block[s]` for every row t."""
    years = len(problem.required)
    return tuple(Term(block, _later(problem, by), factor) for by in range(lag, years))


def _county(problem: YearsProblem) -> Integers:
    years, units, categories = problem.required.shape
    rows = np.arange(years * categories).reshape(years, 1, categories)
    return np.broadcast_to(rows, (years, units, categories)).ravel()


def _year(problem: YearsProblem) -> Integers:
    years, units, categories = problem.required.shape
    return np.repeat(np.arange(years), units * categories)


def _names(problem: YearsProblem) -> tuple[str, ...]:
    return tuple(
        f"{year + 1}/{unit}/{category}"
        for year in range(len(problem.required))
        for unit in problem.unit_codes
        for category in problem.category_names
    )


def _county_names(problem: YearsProblem) -> tuple[str, ...]:
    years = range(len(problem.required))
    return tuple(f"{year + 1}/{name}" for year in years for name in problem.category_names)


def _year_names(problem: YearsProblem) -> tuple[str, ...]:
    return tuple(str(year + 1) for year in range(len(problem.required)))


def totals(problem: YearsProblem, block: str) -> Floats:
    """Return the cost vector of the goal that is the sum of `block`, over all columns."""
    sizes = [size_of(problem, name) for name in BLOCKS]
    return np.concatenate(
        [np.full(size, float(name == block)) for name, size in zip(BLOCKS, sizes, strict=True)]
    )
