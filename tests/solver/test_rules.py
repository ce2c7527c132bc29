"""Each rule decides a plan of one to three posts that is worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from solver.formulation.rules import nobody_else
from solver.problem import LEVERS, Problem, Rules
from solver.solution import Point
from tests.solver.problems import ALL, best, changed, make, only

NEAR = 1e-3


def near(found: object) -> object:
    return pytest.approx(np.array(found, dtype=np.float64), abs=NEAR)


def test_cover_gives_out_what_a_post_may_carry_and_leaves_the_rest_unassigned() -> None:
    plan = best(make([[1]], [600, 300], [(0, 0, 400)], rules=only("reassign")))
    assert plan.hours == near([600])
    assert plan.unassigned == near([0, 300])


def test_relieve_cuts_to_the_cap_and_no_further() -> None:
    plan = best(make([[1]], [1500], [(0, 0, 1500)], demand_cap=[0.2], rules=only("cut")))
    assert plan.relieved == near([300])
    assert plan.hours == near([1200])


def test_there_are_no_more_people_than_today_vacancies_pool_and_temporaries() -> None:
    problem = make(
        [[1, 2], [0, 1]],
        [500],
        [(0, 0, 500)],
        unit_vacancies=[[2, 0]],
        category_pool=[0, 3],
        category_is_outside=[False, True],
        rules=only("move", max_temporaries=4.0),
    )
    assert problem.most_people.tolist() == [3, 10]
    bounds = {bound.block: bound.upper for bound in nobody_else(problem)}
    assert np.asarray(bounds["move_in"]).tolist() == [3, 10]
    assert np.asarray(bounds["people_in"]).tolist() == [3, 10, 3, 10]
    endless = changed(problem, rules=only("move", max_temporaries=None))
    assert endless.most_people.tolist() == [3, np.inf]


def test_load_counts_allowances_ability_and_target() -> None:
    # 1.25 × 800 + 100 = 1100 hours of load; 0.9 × 0.9 × 1000 = 810 are the target.
    rules = only(target_saturation=0.9)
    one = make([[1]], [800], [(0, 0, 800)], rules=rules)
    plan = best(changed(one, post_caf=[1.25], post_ias=[100], post_ability=[0.9]))
    assert plan.overload.sum() == near(290)
    assert plan.overload[0] == near([90, 90, 90, 20, 0])


def test_tiers_relieve_the_worst_post_first() -> None:
    pairs = [(0, 0, 1300), (0, 2, 0), (1, 1, 1100), (1, 2, 0), (2, 2, 800)]
    plan = best(make([[1], [1], [1]], [1300, 1100, 800], pairs, rules=only("reassign")))
    assert plan.hours == near([1100, 200, 1100, 0, 800])


@pytest.mark.parametrize(("is_officer_only", "hours"), [(True, [500, 0]), (False, [0, 500])])
def test_officer_only_work_leaves_people_outside_the_establishment(
    is_officer_only: bool, hours: list[float]
) -> None:
    plan = best(
        make(
            [[1, 0], [0, 1]],
            [500],
            [(0, 0, 0), (0, 1, 500)],
            category_is_outside=[False, True],
            demand_is_officer_only=[is_officer_only],
            rules=only("reassign", low_saturation=0.0),
        )
    )
    assert plan.hours == near(hours)


def test_idle_hours_are_filled_as_far_as_nobody_else_becomes_idle() -> None:
    pairs = [(0, 0, 900), (0, 1, 0), (1, 1, 500)]
    plan = best(make([[1], [1]], [900, 500], pairs, rules=only("reassign")))
    assert plan.hours == near([800, 100, 500])
    assert plan.idle == near([0, 200])


def test_people_move_in_their_own_category() -> None:
    # 500 hours of the second category are enough: an officer would leave 900 hours behind.
    pairs = [(0, 0, 900), (1, 1, 1400)]
    problem = make([[1, 1], [1, 0]], [900, 1400], pairs, rules=only("move"))
    plan = best(changed(problem, category_awt=[1000, 500]))
    assert plan.people == near([[1, 0], [1, 1]])


def test_fewest_people_of_a_post_are_brought_there() -> None:
    problem = make([[1], [2]], [100], [(0, 0, 100)], rules=only("move"))
    assert best(problem).people == near([[1], [2]])
    assert best(changed(problem, post_min=[2, 0])).people == near([[2], [1]])


def test_most_people_of_a_post_are_not_exceeded() -> None:
    problem = make([[2], [1]], [3000], [(0, 1, 3000)], rules=only("move"))
    assert best(problem).people == near([[0], [3]])
    assert best(changed(problem, post_max=[np.inf, 2])).people == near([[1], [2]])


def test_without_move_people_stay_on_their_posts() -> None:
    problem = make([[2], [1]], [3000], [(0, 1, 3000)])
    assert best(changed(problem, rules=only("move"))).people == near([[0], [3]])
    assert best(changed(problem, rules=only("reassign", "cut"))).people == near([[2], [1]])


def test_without_transfer_nobody_crosses_units() -> None:
    problem = make([[2], [1]], [2000], [(0, 1, 2000)], post_unit=[0, 1], rules=only("move"))
    assert best(problem).people == near([[2], [1]])
    plan = best(changed(problem, rules=only("transfer")))
    assert plan.people == near([[1], [2]])
    assert plan.move_out == near([[1], [0]])
    assert plan.move_in == near([[0], [1]])


def test_vacancies_are_filled_and_no_more() -> None:
    problem = make([[1]], [3000], [(0, 0, 3000)], unit_vacancies=[[1]], rules=only("transfer"))
    plan = best(problem)
    assert plan.fill == near([[1]])
    assert plan.overload.sum() == near(1000)


def test_the_pool_gives_what_it_has() -> None:
    problem = make([[1]], [3000], [(0, 0, 3000)], category_pool=[1], rules=only("transfer"))
    plan = best(problem)
    assert plan.draw == near([1])
    assert plan.move_in == near([[1]])
    assert plan.people == near([[2]])


def test_max_moves() -> None:
    problem = make([[3], [1]], [4000], [(0, 1, 4000)], rules=only("move", max_moves=2))
    assert best(problem).people == near([[1], [3]])


@pytest.mark.parametrize(("most", "hired"), [(0.0, 0), (1.0, 1), (None, 2)])
def test_max_temporaries(most: float | None, hired: int) -> None:
    problem = make([[1, 0]], [3000], [(0, 0, 3000)], category_is_outside=[False, True])
    plan = best(changed(problem, rules=only("temporary", max_temporaries=most)))
    assert plan.temporary == near([hired])
    assert plan.people == near([[1, hired]])


def test_budget_pays_for_vacancies_filled() -> None:
    problem = make([[1]], [5000], [(0, 0, 5000)], unit_vacancies=[[5]], category_cost=[10])
    assert best(changed(problem, rules=only("transfer", budget=29.0))).fill == near([[2]])


def test_budget_pays_for_the_pool() -> None:
    problem = make([[1]], [5000], [(0, 0, 5000)], category_pool=[5], category_cost=[10])
    assert best(changed(problem, rules=only("transfer", budget=29.0))).draw == near([2])


def test_budget_pays_for_temporaries_at_the_price_of_their_category() -> None:
    problem = make([[1, 0]], [5000], [(0, 0, 5000)], category_is_outside=[False, True])
    rules = only("temporary", max_temporaries=None, budget=15.0)
    assert best(changed(problem, category_cost=[10, 6], rules=rules)).temporary == near([2])


def test_budget_is_not_for_those_who_move() -> None:
    problem = make([[2], [1]], [2000], [(0, 1, 2000)], category_cost=[10])
    assert best(changed(problem, rules=only("move", budget=0.0))).people == near([[1], [2]])


def test_a_pinned_pair_keeps_its_hours() -> None:
    problem = make([[1], [1]], [1500], [(0, 0, 1500), (0, 1, 0)], rules=only("reassign"))
    assert best(problem).hours == near([800, 700])
    assert best(changed(problem, pair_is_pinned=[True, False])).hours == near([1500, 0])


def test_a_pinned_post_takes_and_gives_neither_people_nor_hours() -> None:
    pairs = [(0, 0, 500), (0, 1, 0), (1, 1, 2500), (1, 0, 0)]
    problem = make([[2], [1]], [500, 2500], pairs, rules=only("reassign", "move"))
    assert best(problem).overload.sum() == near(0)
    for pins in ([True, False], [False, True]):
        plan = best(changed(problem, post_is_pinned=pins))
        assert plan.people == near([[2], [1]])
        assert plan.hours == near([500, 0, 2500, 0])


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_that_is_off_is_not_used(lever: str) -> None:
    problem = make(
        [[1, 0], [1, 0], [1, 0], [2, 0]],
        [20000],
        [(0, 0, 20000), (0, 1, 0)],
        post_unit=[0, 0, 0, 1],
        category_is_outside=[False, True],
        demand_cap=[0.1],
        unit_vacancies=[[1, 0], [0, 0]],
    )
    alone = changed(problem, rules=only(lever, max_temporaries=2))
    without = changed(problem, rules=Rules(levers=ALL - {lever}, max_temporaries=2))
    assert _use(problem, best(alone))[lever] > 0
    assert _use(problem, best(without))[lever] == near(0)


def _use(problem: Problem, plan: Point) -> dict[str, float]:
    across = plan.fill.sum() + plan.move_in.sum()
    return {
        "reassign": float(np.maximum(plan.hours - problem.pair_hours_now, 0).sum()),
        "move": float(plan.people_in.sum() - across),
        "cut": float(plan.relieved.sum()),
        "transfer": float(across),
        "temporary": float(plan.temporary.sum()),
    }
