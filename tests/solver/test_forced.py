"""What is decided beforehand holds in every plan, or is named where it cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.advice.county_problem import formulate
from app.model.vocabulary import Lever
from solver.formulation.condensing import condense
from solver.problem import Forced, Problem
from solver.search.today import today
from solver.solving import solve
from solver.verifying import violations
from tests.advice.counties import two_units
from tests.advice.deciding_by_hand import pair
from tests.builders import small_county


def small(*forced: Forced) -> Problem:
    """Return the small county, where tasks may be handed on and nothing else."""
    problem = formulate(small_county(), frozenset({Lever.REASSIGN})).problem
    return replace(problem, forced=forced)


def hours(task_code: str, post_code: str, **limits: float) -> Forced:
    problem = formulate(small_county()).problem
    return Forced("hours", (pair(problem, task_code, post_code),), "decided", **limits)


def test_hours_are_at_least_what_was_decided() -> None:
    problem = small(hours("T1", "P2", lower=1500.0))
    free, decision = solve(small()).decision, solve(problem).decision
    assert decision is not None and free is not None
    assert free.hours[pair(problem, "T1", "P2")] < 1000.0
    assert decision.hours[pair(problem, "T1", "P2")] >= 1499.99
    assert violations(problem, decision) == ()
    assert any("forced decided" in one for one in violations(problem, today(problem)))


def test_hours_are_at_most_what_was_decided() -> None:
    problem = small(hours("T1", "P2", upper=0.0))
    decision = solve(problem).decision
    assert decision is not None
    assert decision.hours[pair(problem, "T1", "P2")] == pytest.approx(0.0)
    assert decision.overload.sum() == pytest.approx(216.0)


def test_people_move_as_decided_though_nothing_asks_for_it() -> None:
    plain = formulate(two_units()).problem
    wanted = (
        Forced("people_out", (0, 0), "move|行政|P1|P2", lower=1.0),
        Forced("people_in", (1, 0), "move|行政|P1|P2", lower=1.0),
    )
    decision = solve(replace(plain, forced=wanted)).decision
    assert decision is not None
    assert decision.people[:, 0].tolist() == [1.0, 2.0, 3.0]


def test_demands_with_decided_hours_are_not_merged_and_found_again() -> None:
    plain = small()
    assert len(condense(plain).problem.demand_codes) < len(plain.demand_codes)
    decided = hours("T2", "P1", lower=1.0)
    smaller = condense(small(decided)).problem
    (moved,) = smaller.forced
    demand = smaller.pair_demand[moved.place[0]]
    assert smaller.demand_codes[demand] == "U1/T2"
    assert smaller.post_codes[smaller.pair_post[moved.place[0]]] == "P1"


@pytest.mark.parametrize(
    ("forced", "rule", "amount"),
    [
        (Forced("people_out", (0, 0), "decided", lower=3.0), "forced_least", 3.0),
        (Forced("relieved", (0,), "decided", lower=100.0), "forced_least", 100.0),
    ],
)
def test_what_cannot_be_is_named_with_the_amount_missing(
    forced: Forced, rule: str, amount: float
) -> None:
    plain = formulate(two_units(), frozenset()).problem
    solution = solve(replace(plain, forced=(forced,)))
    assert solution.outcome == "blocked"
    found = {(one.rule, one.subject): one.amount for one in solution.conflicts}
    assert found == {(rule, "decided"): pytest.approx(amount)}
