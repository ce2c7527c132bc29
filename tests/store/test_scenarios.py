"""Scenarios are kept with their rows, replaced, dropped, undone, verified, and obey the rules."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import BlockedByData, ReadOnlyPlan, UserError
from app.model.county import RECORD_TYPES, Change
from app.model.scenario import Scenario
from app.model.vocabulary import Table
from app.store.file import PlanFile
from tests.builders import post, small_county, volume
from tests.store.steps import set_share, variant


def test_a_scenario_comes_back_with_every_kind_of_row(plan_file: PlanFile, document: Path) -> None:
    kept = variant()
    assert {type(row) for row in kept.rows} == set(RECORD_TYPES)
    step = plan_file.scenarios.keep("情景“督查减半”", kept)
    assert step.tables == {Table.SCENARIOS}
    assert plan_file.county == small_county()
    plan_file.save()
    with closing(PlanFile.open(document, read_only=True)) as again:
        assert again.scenarios.all() == (kept,)
        assert again.verify() == ()


def test_keeping_again_replaces_and_the_others_stay(plan_file: PlanFile) -> None:
    plan_file.scenarios.keep("一", variant("一"))
    plan_file.scenarios.keep("二", variant("二"))
    smaller = Scenario("一", "改", (volume(task_code="T1", volume=900.0),))
    plan_file.scenarios.keep("改一", smaller)
    assert plan_file.scenarios.all() == (smaller, variant("二"))
    with pytest.raises(BlockedByData, match="changes nothing"):
        plan_file.scenarios.keep("再来", smaller)


def test_undo_and_redo_bring_back_every_row(plan_file: PlanFile) -> None:
    plan_file.scenarios.keep("一", variant("一"))
    plan_file.scenarios.drop("删", "一")
    assert plan_file.scenarios.all() == ()
    plan_file.undo()
    assert plan_file.scenarios.all() == (variant("一"),)
    plan_file.undo()
    assert plan_file.scenarios.all() == ()
    plan_file.redo()
    assert plan_file.scenarios.named("一") == variant("一")
    assert plan_file.verify() == ()


def test_changes_of_the_baseline_leave_a_scenario_alone(plan_file: PlanFile) -> None:
    plan_file.scenarios.keep("一", variant("一"))
    set_share(plan_file, 0.5)
    assert plan_file.scenarios.named("一") == variant("一")


def test_a_row_that_breaks_a_rule_is_refused_with_the_scenarios_name(plan_file: PlanFile) -> None:
    broken = replace(variant(), rows=(post("P9", ability=0.0),))
    with pytest.raises(BlockedByData, match=r"scenarios, 督查减半 · P9: ability is 0\.0"):
        plan_file.scenarios.keep("情景", broken)
    assert plan_file.scenarios.all() == ()
    assert plan_file.undo_label == "导入"


def test_an_unknown_name_is_one_sentence(plan_file: PlanFile) -> None:
    for act in (plan_file.scenarios.named, lambda name: plan_file.scenarios.drop("删", name)):
        with pytest.raises(UserError, match="There is no scenario “无”"):
            act("无")


def test_reading_only_refuses(plan_file: PlanFile, document: Path) -> None:
    plan_file.close()
    with (
        closing(PlanFile.open(document, read_only=True)) as reader,
        pytest.raises(ReadOnlyPlan),
    ):
        reader.scenarios.keep("情景", variant())


def test_changes_turn_the_baseline_into_the_scenario() -> None:
    baseline = small_county()
    wanted = baseline.with_changes(
        [
            Change(
                baseline.volumes[("U1", "T1")],
                replace(baseline.volumes[("U1", "T1")], volume=5.0),
            ),
            Change(baseline.assignments[("U1", "T2", "P2")], None),
            Change(None, post("P9")),
        ]
    )
    scenario = Scenario.of("变", baseline.changes_to(wanted))
    assert baseline.with_changes(scenario.changes(baseline)) == wanted
    # On a baseline that has come to agree with it, a scenario changes nothing.
    assert scenario.changes(wanted) == ()


def test_another_name_is_one_step_and_has_to_be_free(plan_file: PlanFile) -> None:
    plan_file.scenarios.keep("一", variant("一"))
    plan_file.scenarios.keep("二", variant("二"))
    plan_file.scenarios.rename("改名", "一", "三")
    assert {item.name for item in plan_file.scenarios.all()} == {"二", "三"}
    assert plan_file.scenarios.named("三") == replace(variant("一"), name="三")
    for taken in ("二", " "):
        with pytest.raises(BlockedByData, match="a name of its own"):
            plan_file.scenarios.rename("改名", "三", taken)
    plan_file.undo()
    assert plan_file.scenarios.all() == (variant("一"), variant("二"))
