"""The answers of burden, evidence and intake, and the evenness in status; numbers are unrounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.advice.whatif.intake import NewDuty, UnitIntake
from app.answers import Answer
from app.method.burden.ledger import BurdenLedger, Effort, TopItems, arithmetic
from app.method.burden.limits import Excess
from app.method.burden.reliefs import Effect, ReliefEffect
from app.method.evenness import CountyEvenness, Evenness
from app.method.uncertainty.evidence import GradeRow, Risk, Robustness
from app.method.uncertainty.second_opinion import Contrast, Opinion
from app.method.uncertainty.tornado import Swing, Tornado
from app.model.county import County, Task
from app.model.vocabulary import Form


def burden(
    ledger: BurdenLedger,
    *,
    county: County,
    top: TopItems,
    reliefs: Iterable[ReliefEffect],
    excesses: Iterable[Excess],
) -> Answer:
    """Return the burden ledger, its first items, what reliefs would do, what exceeds limits."""
    return {
        "totals": _effort(ledger.total),
        "kinds": [
            {"kind": kind.value, **_effort(effort)} for kind, effort in ledger.by_burden.items()
        ],
        "forms": [
            {"form": _form(form), **_effort(effort)} for form, effort in ledger.by_form.items()
        ],
        "departments": [
            {"department": name, **_effort(effort)} for name, effort in ledger.by_department.items()
        ],
        "units": [
            {
                "unit": code,
                "name": county.units[(code,)].name,
                **_effort(effort),
                "kinds": [
                    {"kind": kind.value, **_effort(part)}
                    for (unit_code, kind), part in ledger.by_unit_and_burden.items()
                    if unit_code == code
                ],
            }
            for code, effort in ledger.by_unit.items()
        ],
        "top": {
            "items": [{**_task(task), **_effort(effort)} for task, effort in top.items],
            "together": _effort(top.together),
            "arithmetic": arithmetic(top.together),
        },
        "reliefs": [_relief(effect) for effect in reliefs],
        "limits": [_excess(excess) for excess in excesses],
    }


def _effort(effort: Effort) -> Answer:
    return {
        "hours": effort.hours,
        "assigned_hours": effort.assigned_hours,
        "unassigned_hours": effort.unassigned_hours,
        "workload_hours": effort.workload_hours,
        "people": effort.people,
        "pieces": effort.pieces,
        "tasks": effort.tasks,
    }


def _task(task: Task) -> Answer:
    return {
        "task": task.task_code,
        "name": task.name,
        "kind": task.burden.value,
        "form": _form(task.form),
        "ordered_by": task.ordered_by,
    }


def _form(form: Form | None) -> str:
    return form.value if form is not None else ""


def _relief(effect: ReliefEffect) -> Answer:
    relief = effect.relief
    return {
        "relief": relief.key,
        "name": relief.word,
        "form": _form(relief.form),
        "kinds": [kind.value for kind in relief.burdens],
        "ordered_by": relief.ordered_by,
        "reduction": relief.reduction,
        "substitute": relief.substitute,
        "substitute_hours_each_unit": relief.substitute_hours,
        "cut": _effort(effect.cut),
        "substituted": _effort(effect.substitute),
        "county": _effect(effect.county),
        "units": [{"unit": unit.unit_code, **_effect(unit)} for unit in effect.units],
    }


def _effect(effect: Effect) -> Answer:
    return {
        "people": effect.people,
        "demand_before": effect.demand_before,
        "demand_after": effect.demand_after,
        "saturation_before": effect.saturation_before,
        "saturation_after": effect.saturation_after,
        "required_before": effect.required_before,
        "required_after": effect.required_after,
        "overloaded_before": effect.overloaded_before,
        "overloaded_after": effect.overloaded_after,
    }


def _excess(excess: Excess) -> Answer:
    return {
        "unit": excess.unit_code,
        "form": excess.form.value,
        "counted": "hours" if excess.is_hours else "pieces",
        "limit": excess.limit,
        "found": excess.found,
        "excess": excess.excess,
        "orders": [
            {**_task(order.task), "pieces": order.effort.pieces, "hours": order.effort.hours}
            for order in excess.orders
        ],
    }


def evidence(
    found: Robustness,
    *,
    unit_code: str | None,
    swings: Tornado,
    opinions: Iterable[Opinion],
    contrasts: Iterable[Contrast],
    unit_of: dict[str, str],
) -> Answer:
    """Return how well the figures are founded, the tornado, and the second opinion."""
    return {
        "draws": found.draws,
        "seed": found.seed,
        "grades": [_grade(row) for row in found.grades],
        "county": _risk(found.county),
        "units": [
            {"unit": code, **_risk(risk)}
            for code, risk in found.units.items()
            if unit_code in {None, code}
        ],
        "posts": [
            {"post": code, "unit": unit_of[code], **_risk(risk)}
            for code, risk in found.posts.items()
            if unit_code in {None, unit_of[code]}
        ],
        "tornado": {
            "subject": swings.code,
            "saturation": swings.saturation,
            "inputs": [_swing(swing) for swing in swings.swings],
        },
        "opinions": [_opinion(row) for row in opinions if unit_code in {None, row.unit_code}],
        "contrasts": [_contrast(row) for row in contrasts],
    }


def _grade(row: GradeRow) -> Answer:
    return {
        "grade": row.grade.value if row.grade is not None else "",
        "tasks": row.tasks,
        "hours": row.hours,
        "ranged_hours": row.ranged_hours,
    }


def _risk(risk: Risk) -> Answer:
    return {
        "saturation": risk.saturation,
        "band": risk.band.value,
        "p5": risk.low,
        "p50": risk.middle,
        "p95": risk.high,
        "overload_probability": risk.overload_probability,
        "severe_probability": risk.severe_probability,
        "required": risk.required,
        "required_p5": risk.required_low,
        "required_p95": risk.required_high,
        "missing_tasks": list(risk.missing_tasks),
    }


def _swing(swing: Swing) -> Answer:
    return {
        "input": swing.kind.value,
        "code": swing.code,
        "today": swing.today,
        "low": swing.low,
        "high": swing.high,
        "is_range": swing.is_range,
        "saturation_low": swing.saturation_low,
        "saturation_high": swing.saturation_high,
        "swing": swing.swing,
        "changes_band": swing.changes_band,
    }


def _opinion(row: Opinion) -> Answer:
    return {
        "unit": row.unit_code,
        "indicator": row.indicator.value,
        "amount": row.amount,
        "per_person": row.per_person,
        "per_post": row.per_post,
        "per_required": row.per_required,
        "saturation": row.saturation,
    }


def _contrast(row: Contrast) -> Answer:
    return {
        "indicator": row.indicator.value,
        "most": row.most.unit_code,
        "least": row.least.unit_code,
        "difference": row.difference,
        "confirmed": row.is_confirmed,
    }


def intake(new: NewDuty, verdicts: Sequence[UnitIntake], *, county: County) -> Answer:
    """Return what the intake check says of every unit."""
    return {
        "duty": new.duty.duty_code,
        "name": new.duty.name,
        "tasks": [_task(task) for task in new.tasks],
        "verdicts": [_verdict(verdict, county) for verdict in verdicts],
    }


def _verdict(verdict: UnitIntake, county: County) -> Answer:
    reckoning = verdict.reckoning
    host = reckoning.host
    return {
        "unit": verdict.unit_code,
        "name": county.units[(verdict.unit_code,)].name,
        "decision": verdict.decision.value,
        "hours": reckoning.hours,
        "workload_hours": reckoning.workload_hours,
        "room_hours": reckoning.room_hours,
        "people": reckoning.people,
        "people_rounded": reckoning.people_rounded,
        "saturation_before": reckoning.load.saturation,
        "saturation_after": reckoning.unit_after,
        "saturation_with_people": reckoning.unit_with_people,
        "office": host.office if host is not None else None,
        "office_saturation_before": reckoning.office_before,
        "office_saturation_after": reckoning.office_after,
        "posts": [post.post_code for post in host.posts] if host is not None else [],
        "reasons": list(verdict.reasons),
        "arithmetic": list(verdict.arithmetic),
        "needs": list(verdict.needs),
    }


def evenness(found: CountyEvenness, unit_code: str | None) -> Answer:
    """Return how even the posts and units of a county are, or the posts of one unit."""
    if unit_code is not None:
        return {"posts": _evenness(found.posts_of[unit_code])}
    return {
        "posts": _evenness(found.posts),
        "units": _evenness(found.units),
        "of_units": [{"unit": code, **_evenness(row)} for code, row in found.posts_of.items()],
    }


def _evenness(found: Evenness) -> Answer:
    return {
        "highest": found.descending[0] if found.descending else None,
        "lowest": found.descending[-1] if found.descending else None,
        "range": found.range,
        "gini": found.gini,
        "counted": len(found.descending),
    }
