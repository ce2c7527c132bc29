"""Answering about advice: the JSON of measures, the ladder, the relief curve and why-not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.advice.measures.relief import ReliefCurve
from app.advice.pins import Pin
from app.advice.whatif.robustness import Survivals
from app.advice.whatif.whynot import WhyNot
from app.answers import Answer
from app.answers.planning import measure, rungs
from app.model.county import County
from app.model.plan import Measure, Plan
from app.model.remarks import omissions
from app.model.vocabulary import Goal, Verdict


def measures(
    plan: Plan,
    county: County,
    verdicts: Mapping[str, Verdict],
    carried_out: Sequence[Measure],
    *,
    survivals: Survivals | None = None,
    locked: Sequence[Pin] = (),
) -> Answer:
    """Return the measures of a plan with what was decided, and those that were carried out."""
    return {
        "plan": plan.plan_id,
        "measures": [
            {
                **measure(row, county),
                "verdict": _code(verdicts.get(row.identity)),
                "robustness": survivals.share_of(row.identity) if survivals is not None else None,
            }
            for row in plan.measures
        ],
        "decisions": [
            {"identity": identity, "verdict": verdict.value}
            for identity, verdict in verdicts.items()
        ],
        "carried_out": [row.identity for row in carried_out],
        "locked": list(map(lock, locked)),
        "omissions": omissions(plan),
        "survivals": _survivals(survivals) if survivals is not None else None,
    }


def lock(row: Pin) -> Answer:
    """Return a locked post, or a task that stays with its post."""
    return {"unit": row.unit_code, "task": row.task_code, "post": row.post_code}


def _survivals(found: Survivals) -> Answer:
    """Return how the draws were made, and the hours of each measure over those it survives."""
    return {
        "draws": found.draws,
        "seed": found.seed,
        "varied_tasks": found.varied_tasks,
        "tasks": found.tasks,
        "sentence": found.sentence,
        "measures": [
            {
                "rank": row.rank,
                "identity": row.identity,
                "robustness": row.share,
                "hours_low": row.hours_low,
                "hours_middle": row.hours_middle,
                "hours_high": row.hours_high,
            }
            for row in found.measures
        ],
    }


def _code(verdict: Verdict | None) -> str | None:
    return verdict.value if verdict is not None else None


def ladder(plan: Plan) -> Answer:
    """Return how far each rung of the ladder gets, from today."""
    return {
        "outcome": plan.outcome.value,
        "verified": plan.is_verified,
        "before": {
            "overload": plan.goal(Goal.OVERLOAD).before,
            "unassigned_hours": plan.goal(Goal.UNASSIGNED_HOURS).before,
            "people": 0.0,
        },
        "rungs": rungs(plan),
        "conflicts": list(plan.conflicts),
    }


def relief_curve(curve: ReliefCurve) -> Answer:
    """Return what the first k measures bring."""
    return {
        "knee": curve.knee,
        "points": [
            {
                "measures": point.measures,
                "overload": point.overload,
                "unassigned_hours": point.unassigned_hours,
                "share": point.share,
            }
            for point in curve.points
        ],
    }


def why_not(answer: WhyNot) -> Answer:
    """Return what a wish makes better and worse."""
    return {
        "sentence": answer.sentence,
        "objections": list(answer.objections),
        "outcome": answer.outcome.value,
        "goals": [
            {
                "name": goal.goal.value,
                "value": goal.plan,
                "wished": goal.wished,
                "is_worse": goal.change > 0,
            }
            for goal in answer.goals
        ],
        "posts": [
            {
                "post": post.post_code,
                "saturation_before": post.today,
                "saturation_after": post.plan,
                "saturation_wished": post.wished,
            }
            for post in answer.posts
        ],
    }
