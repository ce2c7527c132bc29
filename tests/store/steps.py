"""Steps that tests take on a plan file, and what they compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.model.county import Change, County, Record, StaffCategory
from app.model.plan import (
    Measure,
    MeasurePart,
    Plan,
    PlanGoal,
    PlanPost,
    PlanRung,
    PlanTask,
    Reason,
    Remark,
)
from app.model.scenario import Scenario
from app.model.vocabulary import Evidence, Form, Goal, Lever, MeasureKind, Outcome
from app.store.file import PlanFile
from app.store.records.history import Step
from tests.builders import (
    assignment,
    category_allowance,
    duty,
    establishment,
    policy,
    post,
    profile,
    small_county,
    staffing,
    task,
    unit,
    volume,
    working_time,
)


def added(records: Iterable[Record]) -> list[Change]:
    return [Change(before=None, after=record) for record in records]


def removed(records: Iterable[Record]) -> list[Change]:
    return [Change(before=record, after=None) for record in records]


def altered(record: Any, **fields: Any) -> Change:
    return Change(before=record, after=replace(record, **fields))


def set_share(plan_file: PlanFile, share: float) -> Step:
    """Change one cell."""
    before = plan_file.county.assignments[("U1", "T1", "P1")]
    return plan_file.apply(f"份额 {share}", [altered(before, share=share)])


def rows_in_order(county: County) -> dict[str, list[Record]]:
    """Return every table as a list: unlike mappings, lists differ when their order does."""
    tables = vars(county)
    return {name: list(tables[name].values()) for name in tables}


def reopened(document: Path) -> County:
    """Return the county as the document holds it."""
    plan_file = PlanFile.open(document, read_only=True)
    try:
        return plan_file.county
    finally:
        plan_file.close()


def variant(name: str = "督查减半") -> Scenario:
    """Return a scenario with a row of every table, one added post and one row that is gone."""
    county = small_county()
    rows: list[Record] = [
        unit(travel=1.5),
        StaffCategory("参公"),
        establishment(authorised=3.0),
        post("P9", title="新岗", qualifications=("执法证", "会计")),
        staffing("P9", "行政", 2.0),
        duty(name="改名"),
        task("T1", hours_each=None, form=Form.INSPECTION, evidence=Evidence.ESTIMATE),
        volume(task_code="T1", volume=1000.0),
        assignment(task_code="T1", post_code="P9", share=0.25, role=None),
        working_time(leave=12.5),
        category_allowance(),
        profile(),
        policy("target_saturation", "0.9"),
    ]
    gone = [county.assignments[("U1", "T2", "P2")]]
    return Scenario(name, "试算", tuple(rows), tuple(gone))


def kept_plan(plan_id: str = "2026-03-01T08:00:00.000001", **fields: Any) -> Plan:
    """Return a plan with something in each of its parts."""
    plan = Plan(
        plan_id=plan_id,
        outcome=Outcome.LIMIT,
        is_verified=True,
        gap=0.015,
        levers=frozenset({Lever.CUT, Lever.REASSIGN}),
        goals=(PlanGoal(Goal.UNASSIGNED_HOURS, 100.0, 0.0, 0.0, after=2.5),),
        rungs=(
            PlanRung(Lever.CUT, overload=3.5, unassigned_hours=0.0, people=0.0),
            PlanRung(Lever.REASSIGN, overload=9.0, unassigned_hours=0.0, people=0.0),
        ),
        posts=(
            PlanPost(
                post_code="P2",
                saturation_before=None,
                saturation_after=0.9,
                people_before={},
                people_after={"事业": 1.0, "编外": 2.0},
                workload_before=0.0,
                workload_after=1600.0,
                capacity_before=0.0,
                capacity_after=1784.0,
                caf_after=1.25,
                ias_after=10.0,
            ),
        ),
        tasks=(PlanTask("U1", "T1", 2000.0, 100.0, 0.0, 12.5),),
        hours={("U1", "T1", "P2"): 1.0 / 3.0, ("U1", "T1", "P1"): 7.0},
        measures=(
            Measure(
                rank=1,
                kind=MeasureKind.REASSIGN,
                unit_code="U1",
                to_unit_code="U1",
                post_code="P1",
                to_post_code="P2",
                task_code="T1",
                category="",
                people=0.0,
                hours=216.0,
                because="超负荷",
                needs="",
                overload_after=0.0,
                unassigned_after=12.5,
                saturation_before=1.12,
                saturation_after=1.0,
                to_saturation_before=None,
                to_saturation_after=0.1,
                evidence=Evidence.SAMPLE,
                parts=(MeasurePart("U1", "P1", "P2", 200.0), MeasurePart("U1", "", "P2", 16.0)),
            ),
            Measure(
                rank=2,
                kind=MeasureKind.REASSIGN,
                unit_code="U1",
                to_unit_code="U1",
                post_code="P1",
                to_post_code="",
                task_code="",
                category="",
                people=0.0,
                hours=30.0,
                because="",
                needs="",
                overload_after=0.0,
                parts=(
                    MeasurePart("U1", "P1", "P2", 20.0, "T1"),
                    MeasurePart("U1", "P1", "P3", 10.0, "T2"),
                ),
                reason=Reason(
                    "vacant", "qualified", "应急", 0.5, ("执法证", "会计"), is_above_target=True
                ),
                ordinal=1,
                peak_before=1.5,
                to_peak_after=0.9,
                overtime_saved=3.25,
            ),
        ),
        conflicts=("第一句。", "第二句。"),
        omissions="",
        seconds={"build": 0.01, "solve": 2.0},
        remarks=(Remark("left_out", share=0.9, hours=40.0), Remark("lost", count=2)),
    )
    return replace(plan, **fields)
