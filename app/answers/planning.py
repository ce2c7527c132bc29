"""The answers of the commands on files, figures and plans, in keys that stay as they are."""

from __future__ import annotations

import math
from collections.abc import Iterable

from app.answers import Answer
from app.model.county import County
from app.model.figures import Figures, Load, PostFigures, UnitFigures
from app.model.findings import Finding, ImportFinding, Score
from app.model.plan import Measure, Plan, Remark
from app.model.reasons import because, needs
from app.model.remarks import gap_remedy, gap_sentence, gaps_of, omissions
from app.store.records.history import Step
from app.workbooks.importing import Import


def status(figures: Figures, unit_code: str | None) -> Answer:
    """Return the figures of the county, or of one unit; numbers are unrounded."""
    units = [unit for unit in figures.units.values() if unit_code in (None, unit.unit_code)]
    posts = [post for post in figures.posts.values() if unit_code in (None, post.unit_code)]
    total = figures.county if unit_code is None else figures.units[unit_code]
    return {
        "totals": {
            "demand_hours": total.demand_hours,
            "assigned_hours": total.assigned_hours,
            "unassigned_hours": total.unassigned_hours,
            "surplus_hours": total.surplus_hours,
            **_load(total.load),
        },
        "units": [_unit(unit) for unit in units],
        "posts": [_post(post) for post in posts],
        "band_scheme": figures.band_scheme,
        "denominator": figures.denominator,
    }


def _load(load: Load) -> Answer:
    return {
        "workload_hours": load.workload_hours,
        "category_hours": load.category_hours,
        "individual_hours": load.individual_hours,
        "capacity_hours": load.capacity_hours,
        "saturation": load.saturation,
        "band": load.band.value,
        "peak_month": load.peak_month,
        "peak_saturation": load.peak_saturation,
        "existing": load.existing,
        "required": load.required,
        "required_rounded": load.required_rounded,
        "difference": load.difference,
        "ratio": load.ratio,
        "A": load.a,
        "B": load.b,
        "C": load.c,
    }


def _unit(unit: UnitFigures) -> Answer:
    return {
        "unit": unit.unit_code,
        "name": unit.name,
        "demand_hours": unit.demand_hours,
        "assigned_hours": unit.assigned_hours,
        "unassigned_hours": unit.unassigned_hours,
        "surplus_hours": unit.surplus_hours,
        **_load(unit.load),
    }


def _post(post: PostFigures) -> Answer:
    return {
        "post": post.post_code,
        "unit": post.unit_code,
        "office": post.office,
        "title": post.title,
        "assigned_hours": post.load.assigned_hours,
        **_load(post.load),
    }


def check(findings: Iterable[Finding], scores: Iterable[Score]) -> Answer:
    """Return the findings of the check-up and the consistency scores, None where none is due."""
    return {
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "unit": finding.unit_code,
                "subject": finding.subject,
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in findings
        ],
        "scores": [
            {
                "unit": score.unit_code,
                "link": score.link.value,
                "score": score.score,
                "checked": score.checked,
                "flawed": len(score.flaws),
            }
            for score in scores
        ],
    }


def imported(result: Import) -> Answer:
    """Return what an import did or would do."""
    return {
        "added": result.added,
        "changed": result.changed,
        "removed": result.removed,
        "unchanged": result.unchanged,
        "findings": [import_finding(finding) for finding in result.findings],
    }


def import_finding(finding: ImportFinding) -> Answer:
    """Return one finding of an import."""
    return {
        "severity": finding.severity.value,
        "file": finding.file,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "message": finding.message,
        "remedy": finding.remedy,
        "proposals": list(finding.proposals),
    }


def plan(found: Plan, county: County) -> Answer:
    """Return a plan and its measures."""
    return {
        "plan": found.plan_id,
        "outcome": found.outcome.value,
        "verified": found.is_verified,
        "gap": found.gap if math.isfinite(found.gap) else None,
        "levers": [lever.value for lever in sorted(found.levers)],
        "gate": gate(gaps_of(found)),
        "goals": [
            {
                "name": goal.goal.value,
                "before": goal.before,
                "after": goal.reached,
                "value": goal.value,
                "bound": goal.bound,
            }
            for goal in found.goals
        ],
        "rungs": rungs(found),
        "measures": [measure(row, county) for row in found.measures],
        "omissions": omissions(found),
        "conflicts": list(found.conflicts),
        "posts": [
            {
                "post": post.post_code,
                "saturation_before": post.saturation_before,
                "saturation_after": post.saturation_after,
                "people_before": sum(post.people_before.values()),
                "people_after": sum(post.people_after.values()),
                "categories_before": dict(post.people_before),
                "categories_after": dict(post.people_after),
            }
            for post in found.posts
        ],
        "seconds": {
            stage: found.seconds.get(stage, 0.0)
            for stage in ("read", "build", "solve", "verify", "write")
        },
    }


def gate(gaps: Iterable[Remark]) -> list[Answer]:
    """Return what is missing for a plan to mean anything, with its share and its remedy."""
    return [
        {
            "gap": gap.code,
            "share": gap.share,
            "hours": gap.hours,
            "count": gap.count,
            "message": gap_sentence(gap),
            "remedy": gap_remedy(gap),
        }
        for gap in gaps
    ]


def rungs(found: Plan) -> list[Answer]:
    """Return how far the levers up to each one get."""
    return [
        {
            "lever": rung.lever.value,
            "overload": rung.overload,
            "unassigned_hours": rung.unassigned_hours,
            "people": rung.people,
        }
        for rung in found.rungs
    ]


def measure(row: Measure, county: County) -> Answer:
    """Return one row."""
    return {
        "rank": row.rank,
        "kind": row.kind.value,
        "unit": row.unit_code,
        "to_unit": row.to_unit_code,
        "post": row.post_code,
        "to_post": row.to_post_code,
        "task": row.task_code,
        "tasks": list(row.task_codes),
        "to_posts": list(row.to_post_codes),
        "category": row.category,
        "people": row.people,
        "hours": row.hours,
        "because": because(row, county),
        "needs": needs(row, county),
        "overload_after": row.overload_after,
        "unassigned_after": row.unassigned_after,
        "saturation_before": row.saturation_before,
        "saturation_after": row.saturation_after,
        "to_saturation_before": row.to_saturation_before,
        "to_saturation_after": row.to_saturation_after,
        "peak_before": row.peak_before,
        "peak_after": row.peak_after,
        "to_peak_before": row.to_peak_before,
        "to_peak_after": row.to_peak_after,
        "overtime_saved": row.overtime_saved,
        "evidence": row.evidence.value if row.evidence is not None else None,
        "identity": row.identity,
        "units": list(row.unit_codes),
        "parts": [
            {
                "unit": part.unit_code,
                "post": part.post_code,
                "to_post": part.to_post_code,
                "task": row.task_of(part),
                "hours": part.hours,
            }
            for part in row.parts
        ],
    }


def history(steps: Iterable[Step], faults: Iterable[str] | None) -> Answer:
    """Return the steps of a plan file and, when it was verified, what is wrong with them."""
    answer: Answer = {
        "steps": [
            {
                "number": step.number,
                "time": step.time,
                "who": step.who,
                "kind": step.kind,
                "label": step.label,
                "target": step.target,
                "tables": sorted(table.value for table in step.tables),
                "rows": step.row_count,
                "digest": step.digest,
            }
            for step in steps
        ]
    }
    if faults is not None:
        answer["faults"] = list(faults)
        answer["verified"] = not answer["faults"]
    return answer
