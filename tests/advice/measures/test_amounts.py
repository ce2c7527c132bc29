"""Sizes are such that the list is good wherever it is stopped."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.advice.carrying_out.situation import DraftMeasure, HoursFlow, Situation
from app.advice.county_problem import formulate
from app.advice.measures.amounts import sized
from app.advice.measures.selecting import choose
from app.model.vocabulary import Burden, MeasureKind, Role
from solver.move_hours import Limit, Stage, size_moves
from solver.problem import Rules
from tests.advice.counties import random_case, random_county
from tests.builders import assignment, small_county, task, volume


def stage(weight: float, load: float, moves: list[int], slopes: list[float]) -> Stage:
    return Stage(
        weight=weight,
        load=load,
        officer_load=0.0,
        capacity=1000.0,
        officer_capacity=1000.0,
        moves=moves,
        slopes=slopes,
        is_officer=[False] * len(moves),
    )


def test_a_move_is_as_large_as_it_helps_and_no_larger() -> None:
    found = size_moves(
        Rules(),
        most=np.array([500.0]),
        least=np.array([0.0]),
        worth=np.array([0.0]),
        stages=[stage(1, 1200.0, [0], [-1.0]), stage(1, 700.0, [0], [1.0])],
        limits=[],
    )
    assert found == pytest.approx([200.0])


def test_limits_that_moves_share_are_kept() -> None:
    found = size_moves(
        Rules(),
        most=np.array([500.0, 500.0]),
        least=np.array([0.0, 40.0]),
        worth=np.array([0.0, 0.0]),
        stages=[stage(1, 1200.0, [0], [-1.0]), stage(1, 1100.0, [1], [-1.0])],
        limits=[Limit([0, 1], -np.inf, 140.0)],
    )
    # Above 110 % an hour weighs 2: the first takes 100 h, the second its 40 h.
    assert found == pytest.approx([100.0, 40.0])


def test_limits_that_cannot_hold_give_nothing() -> None:
    found = size_moves(
        Rules(),
        most=np.array([10.0]),
        least=np.array([0.0]),
        worth=np.array([0.0]),
        stages=[],
        limits=[Limit([0], 40.0, np.inf)],
    )
    assert found is None


def test_an_early_row_takes_all_that_a_later_one_could_which_falls_away() -> None:
    # P2 is free for all 216 h; stopping after the first row must relieve all of it.
    formulation = formulate(small_county(volume(task_code="T3", volume=0.0)))
    flows = [HoursFlow(0, 0, 1, 100.0), HoursFlow(0, 0, 1, 116.0)]
    drafts = [DraftMeasure(MeasureKind.REASSIGN, 0, 1, flows=(flow,)) for flow in flows]
    assert [draft.hours for draft in sized(formulation, drafts)] == pytest.approx([216.0])


def test_decided_drafts_keep_their_hours() -> None:
    formulation = formulate(small_county())
    drafts = choose(formulation, people=[])
    flow = HoursFlow(0, 0, 1, 100.0)
    begun = DraftMeasure(MeasureKind.REASSIGN, 0, 1, flows=(flow,))
    found = sized(formulation, [begun, drafts[0]], decided=1)
    assert [draft.hours for draft in found] == [100.0, 100.0]


def test_parts_of_a_cut_that_are_too_small_are_left_out() -> None:
    formulation = formulate(
        small_county(
            task("T1", burden=Burden.FORMALISTIC),
            assignment(post_code="P1", share=0.95),
            assignment(post_code="P2", share=0.05, role=Role.ASSIST),
        )
    )
    flows = (HoursFlow(0, 0, -1, 40.0), HoursFlow(0, 1, -1, 60.0))
    (found,) = sized(formulation, [DraftMeasure(MeasureKind.CUT, 0, -1, flows=flows)])
    assert [(flow.from_post, flow.hours) for flow in found.flows] == [(0, pytest.approx(116.0))]


@pytest.mark.parametrize("seed", range(8))
def test_sizes_are_never_worse_than_those_chosen_one_by_one(seed: int) -> None:
    formulation = formulate(random_county(seed, units=2, posts=5, tasks=10))
    drafts = choose(formulation, people=[])
    better = sized(formulation, drafts)
    before, after = (sum(strains(formulation, rows)) for rows in (drafts, better))
    # Parts of a cut below an hour are left out.
    assert after <= before * 1.002


def strains(formulation: object, drafts: list[DraftMeasure]) -> list[float]:
    situation = Situation(formulation)  # type: ignore[arg-type]
    found = [situation.strain()]
    for draft in drafts:
        situation.do(draft)
        found.append(situation.strain())
    assert all(later <= earlier + 1e-3 for earlier, later in pairwise(found))
    return found


def test_a_row_takes_in_another_task_of_its_ends_where_one_is_not_enough() -> None:
    # P1 has 416 h too many and 100 h of T1, of which the row is; the rest can only be T4.
    formulation = formulate(
        small_county(
            volume(volume=200.0),
            assignment(share=0.5),
            assignment(post_code="P2", share=0.5, role=Role.ASSIST),
            task("T4"),
            volume(task_code="T4", volume=2100.0),
            assignment(task_code="T4", post_code="P1"),
            volume(task_code="T2", volume=0.0),
            volume(task_code="T3", volume=0.0),
        )
    )
    demand = formulation.problem.demand_codes.index("U1/T1")
    draft = DraftMeasure(MeasureKind.REASSIGN, 0, 1, flows=(HoursFlow(demand, 0, 1, 100.0),))
    (found,) = sized(formulation, [draft])
    assert found.hours == pytest.approx(416.0)
    assert len(found.flows) == 2


def test_a_row_that_comes_to_nothing_falls_away() -> None:
    formulation = formulate(small_county(volume(volume=1784.0)))
    demand = formulation.problem.demand_codes.index("U1/T1")
    draft = DraftMeasure(MeasureKind.REASSIGN, 0, 1, flows=(HoursFlow(demand, 0, 1, 50.0),))
    assert sized(formulation, [draft]) == []


def test_hours_that_nobody_carries_stay_with_a_receiver_that_others_fill() -> None:
    # In this county a later row fills the post that takes on what nobody carries.
    formulation, people = random_case(17, units=2)
    situation = Situation(formulation)
    for draft in sized(formulation, choose(formulation, people=people)):
        situation.do(draft)
    assert situation.unassigned() == pytest.approx(0.0, abs=1e-6)
