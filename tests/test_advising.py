"""Measures are accepted, rejected and carried out as steps that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import BlockedByData, UserError
from app.model.county import Change
from app.model.vocabulary import Table, Verdict
from app.project import Project
from tests.builders import policy, small_county


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Return the small county with its plan: T3 goes to P2, then 216 h of T1 from P1 to P2."""
    monkeypatch.setenv("HENGBIAN_HOME", str(tmp_path / "home"))
    with closing(Project.new()) as opened:
        rows = [*small_county().records(), policy("levers", "reassign")]
        opened.change("导入", [Change(before=None, after=row) for row in rows])
        opened.keep_plan(opened.compute_plan())
        yield opened


def tasks(project: Project) -> list[str]:
    assert project.plan is not None
    return [measure.task_code for measure in project.plan.measures]


def test_a_verdict_is_a_step_about_the_plan(project: Project) -> None:
    assert tasks(project) == ["T3", "T1"]
    changed = project.decide("采纳", [2], Verdict.ACCEPTED)
    assert changed.tables == {Table.PLANS}
    assert project.advising.verdicts == {"reassign|T1|P1|P2": Verdict.ACCEPTED}
    assert project.undo_label == "采纳"
    project.undo()
    assert project.advising.verdicts == {}


def test_the_next_plan_keeps_to_the_verdicts(project: Project) -> None:
    project.decide("采纳", [2], Verdict.ACCEPTED)
    project.decide("否决", [1], Verdict.REJECTED)
    project.keep_plan(project.compute_plan())
    assert project.plan is not None
    assert tasks(project)[0] == "T1"
    assert "reassign|T3||P2" not in {measure.identity for measure in project.plan.measures}


def test_verdicts_outlive_the_plan_they_were_about(project: Project) -> None:
    project.decide("否决", [2], Verdict.REJECTED)
    project.keep_plan(project.compute_plan())
    assert tasks(project) == ["T3"]
    project.keep_plan(project.compute_plan())
    assert tasks(project) == ["T3"]


def test_accepted_measures_are_carried_out_as_one_step(project: Project) -> None:
    assert project.plan is not None
    promised = project.plan.measures[-1]
    project.decide("采纳", [1, 2], Verdict.ACCEPTED)
    before = project.county
    changed = project.carry_out()
    assert changed.tables == {Table.ASSIGNMENTS, Table.PLANS}
    assert project.advising.verdicts == {}
    posts = project.figures.posts
    assert posts["P1"].load.saturation == pytest.approx(promised.saturation_after)
    assert posts["P2"].load.saturation == pytest.approx(promised.to_saturation_after)
    assert project.figures.county.unassigned_hours == 0.0
    project.undo()
    assert project.county == before
    assert len(project.advising.accepted) == 2


def test_measures_that_no_longer_fit_are_not_carried_out(project: Project) -> None:
    project.decide("采纳", [2], Verdict.ACCEPTED)
    project.set_hours("U1", "T1", "P1", 100.0)
    before = project.county
    with pytest.raises(BlockedByData):
        project.carry_out()
    assert project.county is before
    assert len(project.advising.accepted) == 1


def test_without_verdicts_there_is_nothing_to_carry_out(project: Project) -> None:
    with pytest.raises(BlockedByData):
        project.carry_out()
    with pytest.raises(UserError):
        project.decide("采纳", [3], Verdict.ACCEPTED)
    assert len(project.advising.relief_curve().points) == 3


def test_accepting_the_first_leaves_a_rejection_and_undo_restores_what_was(
    project: Project,
) -> None:
    project.decide("否决", [1], Verdict.REJECTED)
    before = project.advising.verdicts
    ranks = project.advising.open_among_first(2)
    assert 1 not in ranks
    project.decide("采纳", ranks, Verdict.ACCEPTED)
    rejected = project.advising.known_plan().measures[0].identity
    assert project.advising.verdicts[rejected] is Verdict.REJECTED
    project.undo()
    assert project.advising.verdicts == before
