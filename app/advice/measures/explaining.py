"""Explaining: why a measure is the right one and what it needs, in codes of no language."""

from __future__ import annotations

from app.advice.carrying_out.situation import NOWHERE
from app.advice.county_problem import Formulation
from app.advice.duty_area_fit import Kinship
from app.advice.measures.sequence import TurnRow
from app.model.plan import Reason
from app.model.reasons import Because, Needs
from app.model.vocabulary import Burden, MeasureKind, UnitKind

_VISIBLE = 0.005
"""A saturation above its target by less is shown as on it."""


def reason_for(formulation: Formulation, kinship: Kinship, row: TurnRow) -> Reason:
    """Return the facts that make this row the right one at its turn, and what it takes."""
    area, is_known = _area(kinship, row)
    shared = area if is_known else ""
    needs, names = _needs(formulation, row, new_area="" if is_known else area)
    return Reason(
        because=_because(formulation, row, shared),
        needs=needs,
        area=shared,
        cap=_cap(formulation, row),
        names=names,
        is_above_target=_is_above_target(formulation, row),
    )


def _because(formulation: Formulation, row: TurnRow, shared_area: str) -> Because:
    draft, before, target = row.draft, row.giver[0], formulation.policy.target_saturation
    if draft.kind is MeasureKind.CUT:
        is_later = len(draft.givers) == 1 and before is not None and before <= target
        return Because.CUT_LATER if is_later else Because.CUT
    if draft.from_unit != NOWHERE:
        return Because.VACANCY
    if draft.kind is not MeasureKind.REASSIGN:
        return Because(draft.kind.value)
    if not draft.takers:
        return Because.SURPLUS
    if len(draft.takers) > 1 and draft.from_post == NOWHERE:
        return Because.OPEN_TO_EQUALS
    if len(draft.takers) > 1 and before is not None:
        return Because.EQUALS
    if draft.from_post == NOWHERE:
        return Because.OPEN_IN_AREA if shared_area else Because.OPEN
    if before is None:
        return Because.VACANT
    if before <= target:
        return Because.LATER
    return Because.EVEN if _is_above_target(formulation, row) else Because.ROOM


def _is_above_target(formulation: Formulation, row: TurnRow) -> bool:
    """Return whether hours fill a receiver above its target."""
    after, target = row.taker[1], formulation.policy.target_saturation
    return bool(row.draft.flows) and after is not None and after > target + _VISIBLE


def _area(kinship: Kinship, row: TurnRow) -> tuple[str, bool]:
    """Return the area of the task that one post gets, '' otherwise, and if it works in it today."""
    if row.draft.kind is not MeasureKind.REASSIGN or row.draft.to_post == NOWHERE:
        return "", False
    area = int(kinship.area[row.draft.flows[0].demand])
    return kinship.areas[area], bool(kinship.share[row.draft.to_post, area] > 0)


def _cap(formulation: Formulation, row: TurnRow) -> float | None:
    if row.draft.kind is not MeasureKind.CUT:
        return None
    return float(formulation.problem.demand_cap[row.draft.flows[0].demand])


def _needs(
    formulation: Formulation, row: TurnRow, *, new_area: str
) -> tuple[Needs, tuple[str, ...]]:
    """Return what has to be there before this row can be carried out, and whose names it says."""
    draft = row.draft
    if draft.kind is MeasureKind.CUT:
        return _cut_needs(formulation, row)
    if draft.kind is MeasureKind.TRANSFER and _leaves_a_township(formulation, row):
        return Needs.TRANSFER_AWAY, ()
    if draft.from_unit != NOWHERE:
        return Needs.VACANCY, ()
    if draft.kind is not MeasureKind.REASSIGN:
        return Needs(draft.kind.value), ()
    tasks = [formulation.tasks[flow.demand] for flow in draft.flows]
    names = tuple(dict.fromkeys(name for task in tasks for name in task.qualifications))
    if names and draft.takers:
        return Needs.QUALIFIED, names
    if any(task.is_officer_only for task in tasks):
        return Needs.OFFICERS, ()
    return (Needs.NEW_AREA, (new_area,)) if new_area else (Needs.UNIT, ())


def _leaves_a_township(formulation: Formulation, row: TurnRow) -> bool:
    draft, units = row.draft, formulation.county.units
    codes, posts = formulation.problem.unit_codes, formulation.posts
    is_vacancy = draft.from_unit != NOWHERE
    giver = codes[draft.from_unit] if is_vacancy else posts[draft.from_post].unit_code
    kinds = [units[(code,)].kind for code in (giver, posts[draft.to_post].unit_code)]
    return kinds[0] is not UnitKind.COUNTY_DEPARTMENT and kinds[1] is UnitKind.COUNTY_DEPARTMENT


def _cut_needs(formulation: Formulation, row: TurnRow) -> tuple[Needs, tuple[str, ...]]:
    task = formulation.tasks[row.draft.flows[0].demand]
    is_form = task.burden is Burden.NECESSARY_FORMAL
    if task.ordered_by:
        return (Needs.CONSENT_TO_MERGE if is_form else Needs.CONSENT), (task.ordered_by,)
    return (Needs.COUNTY_TO_MERGE if is_form else Needs.COUNTY), ()
