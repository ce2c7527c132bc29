"""What units do by themselves betters points, proves bounds and leaves the best plan as it is."""

from __future__ import annotations

import time

import numpy as np
import pytest

from solver.formulation.highs import KeptModel, Sight
from solver.formulation.programme import Program, formulate
from solver.formulation.sparse import Matrix, SparseRow, keeps, narrowed, with_rows
from solver.problem import GOALS, Floats
from solver.search import pricing, searching
from solver.search.heuristic_start import start_of
from solver.search.pricing import Priced
from solver.search.units import Units, neighbourhoods
from solver.search.valid_inequalities import circles, reinforced
from solver.solving import solve
from tests.solver.generating import make_problem, with_rules

SEEDS = range(5)
FOREVER = float("inf")


def _go_on(_sight: Sight) -> bool:
    return False


def _program(seed: int) -> Program:
    """Return four units that may exchange people, nothing decided beforehand, today a plan."""
    problem = make_problem(seed, units=4, posts=6, demands=14, pins=0.0)
    return formulate(with_rules(problem, max_temporaries=2.0))


def _best(program: Program, goal: str) -> tuple[float, Floats]:
    answer = KeptModel(program.matrix).minimise(program.costs[goal])
    assert answer.status == "optimal"
    assert answer.values is not None
    return answer.value, answer.values


def _priced(
    program: Program, matrix: Matrix, values: Floats, *, goal: str = "overload", rounds: int = 8
) -> Priced:
    priced, _point = _searched(program, matrix, values, goal=goal, rounds=rounds)
    assert priced is not None
    return priced


def _searched(
    program: Program, matrix: Matrix, values: Floats, *, goal: str, rounds: int
) -> tuple[Priced | None, Floats]:
    return Units(program).price(
        matrix,
        program.holds[goal],
        values,
        near=lambda _value: 0.0,
        rounds=rounds,
        until=time.perf_counter() + 60.0,
        watch=_go_on,
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("goal", ["overload", "idle_hours", "changed_hours"])
def test_prices_prove_a_bound_that_no_plan_beats(seed: int, goal: str) -> None:
    program = _program(seed)
    best, values = _best(program, goal)
    priced = _priced(program, program.matrix, values, goal=goal)
    assert priced.bound <= best + 1e-6 * max(best, 1.0)


@pytest.mark.parametrize("goal", ["overload", "changed_hours"])
def test_units_that_are_hurried_get_more_time_and_prove_no_more_than_is_true(
    goal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pricing, "PATIENCE", 1e-4)
    program = _program(0)
    best, values = _best(program, goal)
    priced = _priced(program, program.matrix, values, goal=goal, rounds=20)
    assert priced.bound <= best + 1e-6 * max(best, 1.0)
    assert priced.bound <= priced.most


def test_prices_come_nearer_to_the_best_than_the_continuous_plan() -> None:
    """Summed over all seeds, so that one lucky county cannot prove it."""
    proven = continuous = best = 0.0
    for seed in SEEDS:
        program = _program(seed)
        value, values = _best(program, "overload")
        relaxed = KeptModel(formulate(with_rules(program.problem, whole_people=False)).matrix)
        priced = _priced(program, reinforced(program), values)
        best, proven = best + value, proven + priced.bound
        continuous += relaxed.minimise(program.costs["overload"]).value
    assert continuous <= proven * (1 + 1e-6)
    assert proven <= best * (1 + 1e-6)
    assert best - proven <= (best - continuous) / 2 + 1e-4


@pytest.mark.parametrize("goal", ["overload", "idle_hours", "changed_hours"])
def test_more_prices_never_prove_less(goal: str) -> None:
    for seed in SEEDS:
        program = _program(seed)
        values = _best(program, goal)[1]
        first, more = (
            _priced(program, program.matrix, values, goal=goal, rounds=rounds).bound
            for rounds in (1, 8)
        )
        assert more >= first


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("goal", ["overload", "idle_hours", "changed_hours"])
def test_what_units_did_makes_up_points_that_keep_every_row(seed: int, goal: str) -> None:
    """From a plan that is good for another goal; it is never worse and never beats the best."""
    program = _program(seed)
    start = _best(program, "moved_people")[1]
    hold = program.holds[goal]
    _bound, point = _searched(program, program.matrix, start, goal=goal, rounds=8)
    assert keeps(program.matrix, point)
    assert float(hold @ point) <= float(hold @ start)
    assert float(program.costs[goal] @ point) == pytest.approx(float(hold @ point), abs=1e-4)
    assert float(hold @ point) >= _best(program, goal)[0] * (1 - 1e-6) - 1e-4


def test_what_units_did_is_put_together_where_it_adds_up() -> None:
    """Nobody may cross units here, so each by itself finds the best there is for it."""
    levers = frozenset({"reassign", "move", "cut"})
    problem = make_problem(7, units=2, posts=6, demands=14, pins=0.0)
    program = formulate(with_rules(problem, levers=levers))
    start, hold = _best(program, "moved_people")[1], program.holds["overload"]
    point = _searched(program, program.matrix, start, goal="overload", rounds=8)[1]
    best = _best(program, "overload")[0]
    assert float(hold @ start) > best + 1000
    assert float(hold @ point) == pytest.approx(best, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rows_that_a_bound_leaves_cut_off_no_plan_as_good(seed: int) -> None:
    program = _program(seed)
    best, values = _best(program, "overload")
    priced = _priced(program, program.matrix, values, rounds=4)
    for row in Units(program).rows(priced, best + 1e-6):
        assert float(row.values @ values[row.columns]) <= row.upper


@pytest.mark.parametrize("seed", SEEDS)
def test_units_one_by_one_better_today_and_keep_every_row(seed: int) -> None:
    program = _program(seed)
    point = start_of(program)
    if point is None:
        point = _best(program, "moved_people")[1]
    cost, units = program.costs["overload"], Units(program)
    for groups in neighbourhoods(units.count):
        before = float(cost @ point)
        point = units.improve(
            program.matrix, cost, point, groups=groups, until=FOREVER, watch=_go_on
        )
        assert float(cost @ point) <= before
    matrix = program.matrix
    sums = np.add.reduceat(matrix.values * point[matrix.columns], matrix.starts[:-1])
    assert np.all(sums >= matrix.row_lower - 1e-5)
    assert np.all(sums <= matrix.row_upper + 1e-5)
    assert float(cost @ point) >= _best(program, "overload")[0] - 1e-3


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("goal", GOALS)
def test_rows_that_follow_change_no_goal(seed: int, goal: str) -> None:
    program = _program(seed)
    best, values = _best(program, goal)
    matrix = reinforced(program)
    assert len(matrix.row_lower) > len(program.matrix.row_lower)
    answer = KeptModel(matrix).minimise(program.costs[goal])
    assert answer.value == pytest.approx(best, rel=1e-5, abs=1e-4)
    added = np.add.reduceat(matrix.values * values[matrix.columns], matrix.starts[:-1])
    assert np.all(added >= matrix.row_lower - 1e-4)


def test_circles_are_posts_that_may_take_the_same_demands() -> None:
    problem = make_problem(3, units=2, posts=5, demands=12, offices=2)
    post_circle, demand_circle = circles(problem)
    for demand, post in zip(problem.pair_demand, problem.pair_post, strict=True):
        assert demand_circle[demand] == post_circle[post]
    orphans = np.setdiff1d(np.arange(len(problem.demand_codes)), problem.pair_demand)
    assert np.all(demand_circle[orphans] == -1)
    for circle in np.unique(post_circle):
        assert len(set(problem.post_unit[post_circle == circle].tolist())) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_county_searched_by_units_reaches_the_goals_of_the_whole(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way large counties go, on one small enough to be solved exactly as a whole.

    What each goal is held at has a room of a millionth there, which later goals may use.
    """
    problem = _program(seed).problem
    exact = solve(problem)
    monkeypatch.setattr(searching, "FINE_SIZE", 0)
    monkeypatch.setattr(searching, "COARSE_GAP", searching.FINE_GAP)
    by_units = solve(problem)
    assert by_units.outcome == exact.outcome == "optimal"
    for one, other in zip(by_units.goals, exact.goals, strict=True):
        is_last = one.name == "changed_hours"
        room = 1e-4 * other.value + 1e-2
        assert one.value <= other.value + room, one.name
        assert is_last or one.value >= other.value - room, one.name


def test_a_narrowed_programme_takes_off_what_the_others_use() -> None:
    program = _program(0)
    matrix, point = program.matrix, _best(program, "overload")[1]
    columns = np.flatnonzero(np.arange(len(point)) % 3 == 0)
    small = narrowed(matrix, columns, np.ones(len(matrix.row_lower), dtype=np.bool_), point)
    sums = np.bincount(
        np.repeat(np.arange(len(small.row_lower)), np.diff(small.starts)),
        small.values * point[columns][small.columns],
        len(small.row_lower),
    )
    assert np.all(sums >= small.row_lower - 1e-6)
    assert np.all(sums <= small.row_upper + 1e-6)


def test_rows_stand_behind_those_of_the_matrix() -> None:
    matrix = _program(1).matrix
    row = SparseRow(np.array([0, 2]), np.array([1.0, -3.0]), -1.0, 4.0)
    longer = with_rows(matrix, [row])
    assert longer.columns[longer.starts[-2] :].tolist() == [0, 2]
    assert longer.row_upper[-1] == 4.0
    assert with_rows(matrix, []) is matrix
