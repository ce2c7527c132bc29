"""People who change posts between today and a decision move, are transferred, or are new."""

from __future__ import annotations

from dataclasses import replace

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure
from app.advice.county_problem import formulate
from app.advice.measures.people_changes import people_drafts
from app.model.vocabulary import MeasureKind
from solver.problem import Problem
from solver.search.today import today
from solver.solution import Point
from tests.advice.counties import two_units
from tests.advice.deciding_by_hand import moved


def kinds(problem: Problem, decision: Point) -> list[tuple[MeasureKind, str, str, float]]:
    names = (*problem.post_codes, "")
    return [
        (draft.kind, names[draft.from_post], names[draft.to_post], draft.people)
        for draft in people_drafts(problem, decision)
    ]


def test_people_inside_a_unit_move() -> None:
    problem = formulate(two_units()).problem
    decision = moved(problem, today(problem), ("P1", 0, -1), ("P2", 0, 1))
    assert kinds(problem, decision) == [(MeasureKind.MOVE, "P1", "P2", 1.0)]


def test_people_between_units_are_transferred() -> None:
    problem = formulate(two_units()).problem
    decision = moved(problem, today(problem), ("P9", 0, -1), ("P2", 0, 1))
    move_in, move_out = decision.move_in.copy(), decision.move_out.copy()
    move_in[0, 0], move_out[1, 0] = 1.0, 1.0
    decision = replace(decision, move_in=move_in, move_out=move_out)
    assert kinds(problem, decision) == [(MeasureKind.TRANSFER, "P9", "P2", 1.0)]


def test_new_people_fill_vacancies_first_and_then_come_from_the_pool() -> None:
    problem = formulate(two_units()).problem
    decision = moved(problem, today(problem), ("P2", 0, 2))
    fill, move_in = decision.fill.copy(), decision.move_in.copy()
    fill[0, 0], move_in[0, 0] = 1.0, 1.0
    draw = decision.draw.copy()
    draw[0] = 1.0
    decision = replace(decision, fill=fill, move_in=move_in, draw=draw)
    assert kinds(problem, decision) == [
        (MeasureKind.FILL, "", "P2", 1.0),
        (MeasureKind.DRAW, "", "P2", 1.0),
    ]


def test_a_vacancy_that_one_unit_hands_another_is_one_measure_that_names_both() -> None:
    problem = formulate(two_units()).problem
    decision = moved(problem, today(problem), ("P2", 0, 1))
    fill, move_in, move_out = (
        part.copy() for part in (decision.fill, decision.move_in, decision.move_out)
    )
    fill[1, 0], move_out[1, 0], move_in[0, 0] = 1.0, 1.0, 1.0
    decision = replace(decision, fill=fill, move_in=move_in, move_out=move_out)
    (draft,) = people_drafts(problem, decision)
    assert draft == DraftMeasure(MeasureKind.TRANSFER, NOWHERE, 1, 0, 1.0, from_unit=1)
    assert people_drafts(problem, decision, begun=[draft]) == []


def test_temporaries_are_apart_from_other_people() -> None:
    problem = formulate(two_units()).problem
    decision = moved(problem, today(problem), ("P2", 3, 1))
    temporary = decision.temporary.copy()
    temporary[1] = 1.0
    decision = replace(decision, temporary=temporary)
    assert kinds(problem, decision) == [(MeasureKind.TEMPORARY, "", "P2", 1.0)]


def test_hours_that_change_hands_are_no_difference_of_people() -> None:
    problem = formulate(two_units()).problem
    assert people_drafts(problem, today(problem)) == []
