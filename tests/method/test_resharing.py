"""Resharing gives what assessing gives, to the last bit, whatever cells are edited."""

from __future__ import annotations

import random

import pytest

from app.method.assessing import assess
from app.method.resharing import changed_cells, reassess_shares
from app.model.county import Assignment, Change, County
from app.model.figures import Figures
from app.model.vocabulary import Role
from tests.builders import (
    assignment,
    category_allowance,
    individual_allowance,
    post,
    profile,
    small_county,
    staffing,
    task,
    unit,
    volume,
)


def two_units() -> County:
    return small_county(
        unit("U2", travel=1.5),
        post("Q1", "U2"),
        staffing("Q1", "行政", 2.0),
        task("T4", is_field=True, profile="汛期"),
        profile("汛期"),
        volume("U1", "T4", 33.3),
        volume("U2", "T4", 900.0),
        volume("U2", "T1", 500.0),
        assignment("U2", "T4", "Q1", 0.8),
        assignment("U2", "T1", "Q1"),
        category_allowance(value=0.1),
        individual_allowance(value=50.0, scope="党政办"),
    )


def reshared(before: County, after: County) -> Figures:
    cells = changed_cells(before, after)
    assert cells is not None
    return reassess_shares(assess(before), after, cells)


def random_edit(county: County, dice: random.Random) -> Change:
    cell = (dice.choice(("U1", "U2")), f"T{dice.randint(1, 4)}", dice.choice(("P1", "P2", "Q1")))
    before = county.assignments.get(cell)
    if before is not None and dice.random() < 0.3:
        return Change(before, None)
    return Change(before, Assignment(*cell, share=dice.random(), role=Role.ASSIST))


@pytest.mark.parametrize("seed", range(40))
def test_any_edits_of_cells_give_what_assessing_gives(seed: int) -> None:
    dice, before = random.Random(seed), two_units()
    after = before
    for _edit in range(dice.randint(1, 12)):
        after = after.with_changes([random_edit(after, dice)])
    assert reshared(before, after) == assess(after)


def test_what_no_cell_touches_is_shared() -> None:
    before = two_units()
    row = before.assignments[("U2", "T4", "Q1")]
    after = before.with_changes([Change(row, None)])
    figures = assess(before)
    again = reassess_shares(figures, after, [row.key])
    assert again.posts["P1"] is figures.posts["P1"]
    assert again.units["U1"] is figures.units["U1"]
    assert again.posts["Q1"].load.assigned_hours == 500 < figures.posts["Q1"].load.assigned_hours


def test_cells_are_known_only_where_nothing_else_differs() -> None:
    before = two_units()
    assert changed_cells(before, before) == []
    assert changed_cells(before, before.with_changes([Change(None, post("P9"))])) is None
    gone = before.with_changes([Change(before.assignments[("U2", "T1", "Q1")], None)])
    assert changed_cells(before, gone) == [("U2", "T1", "Q1")]
    assert changed_cells(gone, before) == [("U2", "T1", "Q1")]
