"""The same problem gives the same plan: however many cores there are, however busy they are."""

from __future__ import annotations

import dataclasses
import threading
import time

import numpy as np
import pytest

from solver.formulation import programme, rules
from solver.formulation.highs import Watch
from solver.formulation.rows import Rows
from solver.problem import Problem
from solver.search import parallel, searching
from solver.solution import Solution
from solver.solving import solve
from solver.work import begin_at, spend, spent
from tests.solver.generating import make_problem


@pytest.fixture
def county(monkeypatch: pytest.MonkeyPatch) -> Problem:
    """Return a county that is searched unit by unit, as large ones are."""
    monkeypatch.setattr(searching, "FINE_SIZE", 10)
    return make_problem(5, units=4, posts=8, demands=30)


def assert_same(one: Solution, other: Solution) -> None:
    assert one.outcome == other.outcome
    assert one.goals == other.goals
    assert one.rungs == other.rungs
    assert one.decision is not None and other.decision is not None
    for part in dataclasses.fields(one.decision):
        left, right = getattr(one.decision, part.name), getattr(other.decision, part.name)
        assert np.array_equal(left, right), part.name


def test_one_core_and_two_give_the_same_plan(
    county: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = []
    for cores in (1, 2):
        monkeypatch.setattr(parallel, "CORES", cores)
        plans.append(solve(county))
    assert_same(*plans)


def test_a_slow_machine_gives_the_same_plan_also_where_the_work_runs_out(county: Problem) -> None:
    quiet = solve(county, effort=0.002)
    stop = threading.Event()

    def busy() -> None:
        while not stop.is_set():
            time.sleep(0)

    others = [threading.Thread(target=busy) for _number in range(3)]
    for other in others:
        other.start()
    try:
        slow = solve(county, effort=0.002)
    finally:
        stop.set()
        for other in others:
            other.join()
    assert_same(quiet, slow)
    assert not slow.is_overdue


def test_the_time_limit_is_told(county: Problem) -> None:
    assert solve(county, time_limit=0.001).is_overdue
    assert not solve(county).is_overdue


def test_work_is_counted_for_each_thread_and_added_at_the_end() -> None:
    def work(_watch: Watch) -> float:
        spend(4.0)
        return spent()

    begin_at(5.0)
    seen = parallel.abreast([work] * 2, lambda _sight: False)
    assert seen == [9.0, 9.0]
    assert spent() == 5.0 + (4.0 + 4.0) / parallel.SIDE_BY_SIDE


@pytest.mark.parametrize("rule", ["load", "officer"])
def test_a_rule_formulated_otherwise_than_it_is_verified_is_refused(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sign turned round in a rule: every pass still ends, and nobody would see it."""
    found = getattr(rules, rule)

    def turned(problem: Problem) -> Rows:
        rows = found(problem)
        terms = tuple(
            dataclasses.replace(term, coefficients=-np.asarray(term.coefficients))
            if term.block == "people"
            else term
            for term in rows.terms
        )
        return dataclasses.replace(rows, terms=terms)

    changed = tuple(turned if one is found else one for one in rules.ROW_RULES)
    monkeypatch.setattr(programme, "ROW_RULES", changed)
    problem = make_problem(3, units=2, posts=6, demands=20)
    if rule == "officer":
        problem = dataclasses.replace(
            problem, demand_is_officer_only=np.ones_like(problem.demand_is_officer_only)
        )
    with pytest.raises(RuntimeError):
        solve(problem)
