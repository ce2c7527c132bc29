"""A plan for the small county, made by hand."""

from __future__ import annotations

from app.model.figures import Figures
from app.model.plan import Measure, Plan, PlanGoal, PlanPost, PlanRung, PlanTask
from app.model.vocabulary import Goal, Lever, MeasureKind, Outcome


def measure(rank: int = 1, kind: MeasureKind = MeasureKind.REASSIGN, **fields: object) -> Measure:
    known: dict[str, object] = {
        "unit_code": "U1",
        "to_unit_code": "U1",
        "post_code": "P1",
        "to_post_code": "P2",
        "task_code": "T1",
        "category": "",
        "people": 0.0,
        "hours": 400.0,
        "because": "P1岗 is at 112% (→ 90%).",
        "needs": "A decision of the unit.",
        "overload_after": 0.0,
    }
    return Measure(rank=rank, kind=kind, **known | fields)  # type: ignore[arg-type]


def small_plan(figures: Figures, *measures: Measure, outcome: Outcome = Outcome.OPTIMAL) -> Plan:
    """Return a plan that hands 400 h from P1 to P2 and T3 (100 h, carried by nobody) to P2."""
    shifted = {"P1": -400.0, "P2": 500.0}
    posts = [
        PlanPost(
            post_code=post.post_code,
            saturation_before=post.load.saturation,
            saturation_after=(
                (post.load.workload_hours + shifted.get(post.post_code, 0.0))
                / post.load.capacity_hours
                if post.load.capacity_hours
                else None
            ),
            people_before=post.people,
            people_after=post.people,
            workload_before=post.load.workload_hours,
            workload_after=post.load.workload_hours + shifted.get(post.post_code, 0.0),
            capacity_before=post.load.capacity_hours,
            capacity_after=post.load.capacity_hours,
            caf_after=post.caf,
            ias_after=post.load.individual_hours,
        )
        for post in figures.posts.values()
    ]
    return Plan(
        plan_id="2026-01-05T03:04:05.000001Z",
        outcome=outcome,
        is_verified=True,
        gap=0.013,
        levers=frozenset({Lever.REASSIGN, Lever.MOVE}),
        goals=(
            PlanGoal(Goal.UNASSIGNED_HOURS, 100.0, 0.0, 0.0),
            PlanGoal(Goal.OVERLOAD, 216.0, 0.0, 0.0),
        ),
        rungs=(
            PlanRung(Lever.REASSIGN, 54.0, 0.0, 0.0),
            PlanRung(Lever.MOVE, 0.0, 0.0, 0.0),
        ),
        posts=tuple(posts),
        tasks=(PlanTask("U1", "T3", 100.0, 100.0, 0.0, 0.0),),
        hours={},
        measures=measures or (measure(),),
        conflicts=(),
        omissions="",
        seconds={},
    )
