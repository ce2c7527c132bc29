"""A plan around what is decided begins near the people of the plan before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver.formulation.highs import Reply, Sight
from solver.formulation.programme import formulate
from solver.problem import Forced, Problem
from solver.search.clock import Clock
from solver.search.heuristic_start import start_of
from solver.search.passes import minimise_in_order
from solver.search.rounding import decide
from solver.search.searching import Search
from solver.search.start_from_plan import Known, nearest
from solver.search.today import today
from solver.solution import Point
from solver.solving import solve
from solver.verifying import goal_values, violations
from tests.solver.problems import best, make, only, values


def three_posts(*forced: Forced, **changes: object) -> Problem:
    """Return two units: p0 (3 people) and p1 (1), p2 (2); p1 has work for two."""
    problem = make(
        people=[[3.0], [1.0], [2.0]],
        demands=[2000.0, 2000.0, 2000.0],
        pairs=[(0, 0, 2000.0), (1, 1, 2000.0), (2, 2, 2000.0)],
        post_unit=[0, 0, 1],
        unit_vacancies=[[1.0], [0.0]],
        **changes,
    )
    return replace(problem, forced=forced)


def near(problem: Problem, people: list[float]) -> Point | None:
    """Return the decision from which a search begins, near a plan with these people."""
    known = Known(np.array(people)[:, None])
    program = formulate(problem)
    start = nearest(program, known, seconds=10.0, watch=_never)
    return None if start is None else decide(program, start)


def _never(_sight: Sight) -> bool:
    return False


LEAVES = Forced("people_out", (2, 0), "p2", lower=1.0)
NOBODY_COMES = Forced("people_in", (2, 0), "p2", upper=0.0)


def test_the_plan_before_is_kept_where_nothing_else_is_decided() -> None:
    found = near(three_posts(), [2.0, 2.0, 2.0])
    assert found is not None
    assert found.people[:, 0].tolist() == [2.0, 2.0, 2.0]
    assert violations(three_posts(), found) == ()


def test_what_is_decided_holds_and_the_others_stay_in_the_plan_before() -> None:
    problem = three_posts(LEAVES, NOBODY_COMES)
    assert violations(problem, today(problem))
    found = near(problem, [2.0, 2.0, 2.0])
    assert found is not None
    assert violations(problem, found) == ()
    # One has to leave p2; p0 and p1 keep the exchange of the plan, but one of them takes him in.
    assert found.people[2, 0] == 1.0
    assert found.people[:2, 0].sum() == 5.0
    assert found.people[1, 0] >= 2.0


def test_nobody_new_comes_in_place_of_who_has_to_leave() -> None:
    leaves = Forced("people_out", (0, 0), "p0", lower=1.0)
    found = near(three_posts(leaves), [3.0, 1.0, 2.0])
    assert found is not None
    assert found.fill.sum() == 0.0


def test_decided_hours_are_part_of_the_start() -> None:
    problem = make([[2.0], [2.0]], [1000.0], [(0, 0, 1000.0), (0, 1, 0.0)])
    problem = replace(problem, forced=(Forced("hours", (1,), "d0", lower=400.0),))
    found = near(problem, [2.0, 2.0])
    assert found is not None
    assert found.hours[1] == pytest.approx(400.0)


@pytest.mark.parametrize(
    "problem",
    [
        three_posts(Forced("people_out", (2, 0), "p2", lower=3.0), NOBODY_COMES),
        three_posts(LEAVES, NOBODY_COMES, rules=only("move")),
        three_posts(rules=only("move", whole_people=False)),
    ],
)
def test_there_is_no_start_where_no_people_fit_or_people_are_not_whole(problem: Problem) -> None:
    assert near(problem, [2.0, 2.0, 2.0]) is None


def test_the_start_changes_no_answer() -> None:
    problem = three_posts(LEAVES, NOBODY_COMES)
    known = Known(np.array([[2.0], [2.0], [2.0]]))
    with_start, without = solve(problem, near=known), solve(problem)
    assert with_start.outcome == without.outcome == "optimal"
    assert values(with_start) == pytest.approx(values(without))


def test_the_ladder_is_left_out_where_nobody_asks_for_it() -> None:
    plain, problem = three_posts(), three_posts(LEAVES, NOBODY_COMES)
    reached = goal_values(plain, best(plain))
    known = Known(best(plain).people, reached)
    with_rungs, without = (solve(problem, near=known, with_rungs=is_so) for is_so in (True, False))
    assert len(with_rungs.rungs) == 5
    assert without.rungs == ()
    assert values(without) == pytest.approx(values(with_rungs))


@pytest.mark.parametrize(
    ("status", "aims", "moved"),
    [
        ("feasible", {}, 0.0),
        ("feasible", {"overload": 0.0}, 1.0),
        ("optimal", {"overload": 0.0}, 0.0),
    ],
)
def test_a_pass_that_was_stopped_is_held_at_the_plan_before(
    monkeypatch: pytest.MonkeyPatch, status: str, aims: dict[str, float], moved: float
) -> None:
    # All of the relief may be given up so that nobody moves, but not by a pass that was stopped.
    problem = make([[2.0], [1.0]], [1000.0, 2000.0], [(0, 0, 1000.0), (1, 1, 2000.0)])
    problem = replace(problem, rules=only("move", tolerance={"overload": 1.0}))
    minimise = Search.minimise

    def ended(search: Search, number: int) -> Reply:
        answer = minimise(search, number)
        return replace(answer, status=status) if number == 2 else answer

    monkeypatch.setattr(Search, "minimise", ended)
    program = formulate(problem)
    found = minimise_in_order(
        program,
        ("unassigned_hours", "overload", "moved_people"),
        before=goal_values(problem, today(problem)),
        start=start_of(program),
        until=60.0,
        clock=Clock(60.0),
        aims=aims,
    )
    assert found.passes[2].value == pytest.approx(moved)
