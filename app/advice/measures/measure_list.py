"""Measures: the rows of a plan that an official can act on, from largest relief to smallest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from app.advice.carrying_out.applying import carry_out
from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, Situation
from app.advice.county_problem import Formulation
from app.advice.duty_area_fit import Kinship
from app.advice.measures.amounts import sized
from app.advice.measures.arranging import in_official_order, is_sound
from app.advice.measures.equal_posts import among_equals, shared_evenly
from app.advice.measures.explaining import reason_for
from app.advice.measures.people_changes import people_drafts
from app.advice.measures.relief import ListRelief
from app.advice.measures.selecting import choose
from app.advice.measures.sequence import TurnRow, in_turn
from app.advice.measures.standing_verdicts import SettledProblem
from app.errors import BlockedByData
from app.model.plan import Measure, MeasurePart, Remark
from app.model.remarks import Remarked
from app.model.vocabulary import Evidence
from solver.solution import Point
from solver.verifying import goal_values

_NEARLY_ALL = 0.995
"""From this share of the plan's relief on nothing worth a sentence is left out."""

WORTH_SIGNING = 0.95
"""The share of its relief at which the list of a stopped run ends."""


def measures_of(
    settled: SettledProblem, decision: Point, *, is_proven: bool = True
) -> tuple[tuple[Measure, ...], tuple[Remark, ...]]:
    """Return the measures that lead from today towards `decision`, and what they leave out.

    The decision says which people change posts and how much relief there is to be had; which
    hours change hands is chosen anew, in rows worth an official's time (`choosing`), because the
    best plan of all hands on far more than anybody would sign (method §8). Accepted measures stand
    first and as they are. Of a decision that is not proven the last rows, which add little, are
    left out: they would follow what the search happened to come to.
    """
    formulation = settled.formulation
    people = people_drafts(formulation.problem, decision, begun=settled.begun)
    decided = len(settled.begun)
    relief, found = _relief_of(formulation, decision), listed(settled, people)
    worth = len(found) if is_proven else max(decided, _worth_signing(formulation, relief, found))
    ordered = in_official_order(formulation, found[:worth], decided=decided)
    drafts = list(_able(formulation, ordered))
    bare = list(measures_named(formulation, drafts))
    rows = list(in_turn(formulation.county, drafts, bare, formulation.problem.post_codes))
    kinship = Kinship.of(formulation)
    measures = tuple(
        _with_effect(formulation, kinship, measure, row)
        for measure, row in zip(bare, rows, strict=True)
    )
    last = rows[-1] if rows else None
    brought = relief.brought(last.overload_after, last.unassigned_after) if last else 0.0
    dropped = len(found) - worth
    return measures, tuple(_omissions(formulation, relief.share(brought), dropped))


def listed(settled: SettledProblem, people: Sequence[DraftMeasure]) -> list[DraftMeasure]:
    """Return the list of drafts that relieves most, as `people` allows, with good sizes."""
    formulation, even = settled.formulation, shared_evenly(settled)
    begun = (*settled.begun, *even)
    decided = len(begun)
    chosen = choose(
        formulation,
        people=people,
        begun=begun,
        options=settled.options,
        may_use=settled.may_use,
        preferred=settled.preferred,
    )
    others = settled.options.at(np.flatnonzero(settled.may_use))
    better = sized(formulation, chosen, decided=decided, options=others)
    sound = better if is_sound(formulation, better, decided=decided) else chosen
    return among_equals(settled, sound, decided=decided)


def _relief_of(formulation: Formulation, decision: Point) -> ListRelief:
    """Return what there is to relieve: from today to what `decision` leaves."""
    situation, best = Situation(formulation), goal_values(formulation.problem, decision)
    return ListRelief.between(
        (situation.total_overload(), situation.unassigned()),
        (best["overload"], best["unassigned_hours"]),
        situation.worth_of_open,
    )


def _worth_signing(
    formulation: Formulation, relief: ListRelief, drafts: Sequence[DraftMeasure]
) -> int:
    """Return how many of the drafts, those that relieve most first, bring nearly all of it."""
    situation, brought = Situation(formulation), []
    for draft in drafts:
        situation.do(draft)
        brought.append(relief.brought(situation.total_overload(), situation.unassigned()))
    wanted = WORTH_SIGNING * brought[-1] if brought else 0.0
    return next((count for count, now in enumerate(brought, start=1) if now >= wanted), 0)


def _omissions(formulation: Formulation, share: float, dropped: int) -> Iterator[Remark]:
    """Yield how much of the plan's relief the rows bring where that is not nearly all."""
    if dropped:
        yield Remark(Remarked.LITTLE, share=share, count=dropped)
    elif share < _NEARLY_ALL:
        yield Remark(Remarked.LEFT_OUT, share=share, hours=formulation.policy.minimum_measure)


def _able(formulation: Formulation, drafts: Sequence[DraftMeasure]) -> Iterator[DraftMeasure]:
    """Yield the drafts that can be carried out at their turn: no row takes what is not there.

    Decisions that stand beside each other may leave less of a task than the search counts on.
    """
    county = formulation.county
    for draft, measure in zip(drafts, measures_named(formulation, drafts), strict=True):
        try:
            county = carry_out(county, (measure,))
        except BlockedByData:
            continue
        yield draft


def measures_named(formulation: Formulation, drafts: Sequence[DraftMeasure]) -> Iterator[Measure]:
    """Yield drafts in the county's own words and codes, no two of one identity."""
    taken = {_named(formulation, 0, draft).identity for draft in drafts if draft.ordinal}
    for rank, draft in enumerate(drafts, start=1):
        measure = _named(formulation, rank, draft)
        if not draft.ordinal:
            while measure.identity in taken:
                measure = replace(measure, ordinal=measure.ordinal + 1)
        taken.add(measure.identity)
        yield measure


def _with_effect(
    formulation: Formulation, kinship: Kinship, measure: Measure, row: TurnRow
) -> Measure:
    """Return a measure with what it changes at its turn, and why it is the right one then."""
    return replace(
        measure,
        overload_after=row.overload_after,
        unassigned_after=row.unassigned_after,
        saturation_before=row.giver[0],
        saturation_after=row.giver[1],
        to_saturation_before=row.taker[0],
        to_saturation_after=row.taker[1],
        peak_before=row.giver_peak[0],
        peak_after=row.giver_peak[1],
        to_peak_before=row.taker_peak[0],
        to_peak_after=row.taker_peak[1],
        overtime_saved=row.overtime_saved,
        reason=reason_for(formulation, kinship, row),
    )


def _named(formulation: Formulation, rank: int, draft: DraftMeasure) -> Measure:
    problem = formulation.problem
    from_unit, to_unit = _units(formulation, draft)
    has_category = draft.category != NOWHERE
    giver = min(draft.givers) if len(draft.givers) == 1 else NOWHERE
    return Measure(
        rank=rank,
        kind=draft.kind,
        unit_code=from_unit,
        to_unit_code=to_unit,
        post_code=_code(problem.post_codes, giver),
        to_post_code=_code(problem.post_codes, draft.to_post),
        task_code=_only_task(formulation, draft),
        category=problem.category_names[draft.category] if has_category else "",
        people=draft.people,
        hours=draft.hours,
        because="",
        needs="",
        overload_after=0.0,
        evidence=_evidence(formulation, draft),
        parts=_parts(formulation, draft),
        ordinal=draft.ordinal,
    )


def _only_task(formulation: Formulation, draft: DraftMeasure) -> str:
    """Return the task that a draft is about, '' where there are several or none."""
    codes = {formulation.tasks[flow.demand].task_code for flow in draft.flows}
    return codes.pop() if len(codes) == 1 else ""


def _units(formulation: Formulation, draft: DraftMeasure) -> tuple[str, str]:
    """Return the units that give and take; '' where hours are relieved in several."""
    problem = formulation.problem
    units = {int(problem.demand_unit[flow.demand]) for flow in draft.flows}
    if draft.from_unit != NOWHERE:
        taking = int(problem.post_unit[draft.to_post])
        return problem.unit_codes[draft.from_unit], problem.unit_codes[taking]
    if not units:
        ends = [post for post in (draft.from_post, draft.to_post) if post != NOWHERE]
        giving, taking = int(problem.post_unit[ends[0]]), int(problem.post_unit[ends[-1]])
        return problem.unit_codes[giving], problem.unit_codes[taking]
    code = problem.unit_codes[units.pop()] if len(units) == 1 else ""
    return code, code


def _parts(formulation: Formulation, draft: DraftMeasure) -> tuple[MeasurePart, ...]:
    problem, is_one = formulation.problem, bool(_only_task(formulation, draft))
    return tuple(
        MeasurePart(
            unit_code=problem.unit_codes[int(problem.demand_unit[flow.demand])],
            post_code=_code(problem.post_codes, flow.from_post),
            to_post_code=_code(problem.post_codes, flow.to_post),
            hours=flow.hours,
            task_code="" if is_one else formulation.tasks[flow.demand].task_code,
        )
        for flow in draft.flows
    )


def _evidence(formulation: Formulation, draft: DraftMeasure) -> Evidence | None:
    """Return how well the hours are known that this rests on: of most hours, if of several tasks.

    Those of its tasks; for people, those that the posts on both sides carry today.
    """
    problem = formulation.problem
    hours: dict[Evidence | None, float] = {}
    for flow in draft.flows:
        grade = formulation.tasks[flow.demand].evidence
        hours[grade] = hours.get(grade, 0.0) + flow.hours
    if hours:
        return max(hours, key=lambda grade: hours[grade])
    for pair in np.flatnonzero(np.isin(problem.pair_post, list(draft.posts))).tolist():
        grade = formulation.tasks[int(problem.pair_demand[pair])].evidence
        hours[grade] = hours.get(grade, 0.0) + float(problem.pair_hours_now[pair])
    return max(hours, key=lambda grade: hours[grade], default=None)


def _code(codes: tuple[str, ...], index: int) -> str:
    return codes[index] if index != NOWHERE else ""
