"""Decisions on measures are steps like any other: kept, taken back, and part of larger steps."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import BlockedByData
from app.model.plan import Decision
from app.model.vocabulary import Table, Verdict
from app.store.file import PlanFile
from tests.store.steps import altered, kept_plan

PLAN = kept_plan()
MEASURE = PLAN.measures[0].identity
ACCEPTED = Decision(MEASURE, Verdict.ACCEPTED, PLAN.plan_id)


@pytest.fixture
def decided(plan_file: PlanFile) -> PlanFile:
    plan_file.plans.keep("方案", PLAN)
    plan_file.decisions.change("采纳", {MEASURE: ACCEPTED})
    return plan_file


def test_a_decision_is_one_step_that_can_be_taken_back(decided: PlanFile) -> None:
    assert decided.decisions.all() == (ACCEPTED,)
    assert decided.decisions.decided() == ((PLAN.measures[0], Verdict.ACCEPTED),)
    assert decided.steps()[-1].tables == {Table.PLANS}
    decided.undo()
    assert decided.decisions.all() == ()
    decided.redo()
    assert decided.decisions.all() == (ACCEPTED,)
    assert decided.verify() == ()


def test_a_decision_survives_saving(decided: PlanFile, document: Path) -> None:
    decided.save()
    decided.close()
    with closing(PlanFile.open(document)) as again:
        assert again.decisions.all() == (ACCEPTED,)


def test_a_later_decision_takes_the_place_of_the_earlier(decided: PlanFile) -> None:
    rejected = replace(ACCEPTED, verdict=Verdict.REJECTED)
    decided.decisions.change("否决", {MEASURE: rejected})
    assert decided.decisions.all() == (rejected,)
    decided.decisions.change("撤回", {MEASURE: None})
    assert decided.decisions.all() == ()


def test_deciding_the_same_again_changes_nothing(decided: PlanFile) -> None:
    for decisions in ({MEASURE: ACCEPTED}, {"reassign|T9|P1|P2": None}):
        with pytest.raises(BlockedByData):
            decided.decisions.change("again", decisions)


def test_a_decision_about_a_plan_that_is_not_kept_is_refused(decided: PlanFile) -> None:
    stray = Decision("cut|T1", Verdict.ACCEPTED, "2020")
    with pytest.raises(BlockedByData):
        decided.decisions.change("stray", {stray.measure: stray})
    assert decided.decisions.all() == (ACCEPTED,)


def test_carrying_out_ends_the_decision_in_the_same_step(decided: PlanFile) -> None:
    before = decided.county.assignments[("U1", "T1", "P1")]
    step = decided.apply("实施", [altered(before, share=0.5)], carried_out=[MEASURE])
    assert decided.decisions.all() == ()
    assert step.tables == {Table.ASSIGNMENTS, Table.PLANS}
    decided.undo()
    assert decided.decisions.all() == (ACCEPTED,)
    assert decided.county.assignments[("U1", "T1", "P1")] == before
    assert decided.verify() == ()
