"""Models with published answers, put as plans: a knapsack, a matching, workforces."""

from __future__ import annotations

import pytest

from solver.problem import Rules
from solver.solving import solve
from tests.solver.problems import changed, make, only, values

ONE_TIER = {"tier_widths": (), "tier_weights": (1.0,)}
"""Overload is the hours above the target, no more and no less."""


def test_the_knapsack_p01_of_ten_items_holds_a_profit_of_309() -> None:
    # Kreher & Stinson, Combinatorial Algorithms: capacity 165; an item is a vacancy of its own
    # category whose person costs its weight and gives its profit in hours.
    weights = [23, 31, 29, 44, 53, 38, 63, 85, 89, 82]
    profits = [92, 57, 49, 68, 60, 43, 67, 84, 87, 72]
    found = solve(
        make(
            [[0] * 10],
            [1000],
            [(0, 0, 1000)],
            category_awt=profits,
            category_cost=weights,
            unit_vacancies=[[1] * 10],
            rules=Rules(levers=frozenset({"transfer"}), budget=165, **ONE_TIER),
        )
    )
    assert found.outcome == "optimal"
    assert values(found)["overload"] == pytest.approx(1000 - 309)
    assert found.decision is not None
    assert found.decision.fill[0].tolist() == [1, 1, 1, 1, 0, 1, 0, 0, 0, 0]


def test_four_people_and_four_jobs_match_in_three_pairs_where_hall_allows_no_more() -> None:
    # Hall's condition fails by one: jobs 1 and 2 can be done by the first person alone.
    able = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (3, 2), (3, 3), (2, 3)]
    jobs = make(
        [[1]] * 4,
        [1000] * 4,
        [(job, person, 0) for job, person in able],
        rules=only("reassign", **ONE_TIER),
    )
    assert values(solve(jobs))["overload"] == pytest.approx(1000 * (4 - 3))


def test_the_clinic_of_the_wisn_manual_for_kenya_needs_19_people_for_its_18_and_a_half() -> None:
    # 25,000 patients at 8 an hour, 179 days a year, 10 days of them for what everybody does:
    # 17.46 × 1.0592 = 18.49.
    clinic = make(
        [[0]],
        [25000.0],
        [(0, 0, 25000.0)],
        category_awt=[179 * 8],
        unit_vacancies=[[30]],
        rules=only("transfer"),
    )
    found = solve(changed(clinic, post_caf=[1 / (1 - 10 / 179)]))
    assert values(found)["new_people"] == pytest.approx(19)


def test_output_of_five_million_pieces_takes_445_workers() -> None:
    # 劳动效率定编: 5,000,000 ÷ (50 pieces a day × 250 days × 0.90 attendance) = 444.4.
    factory = make(
        [[0]],
        [5_000_000 / 50],
        [(0, 0, 5_000_000 / 50)],
        category_awt=[250.0],
        unit_vacancies=[[500]],
        rules=only("transfer"),
    )
    found = solve(changed(factory, post_ability=[0.9]))
    assert values(found)["new_people"] == pytest.approx(445)
