"""Measures: the rows of a plan that an official can act on, from largest relief to smallest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from app.advice.choosing import choose
from app.advice.deciding import Settled
from app.advice.differences import people_drafts
from app.advice.explaining import because, needs
from app.advice.formulating import Formulation
from app.advice.ordering import Row, in_turn
from app.advice.situation import NOWHERE, Draft, Situation
from app.advice.sizing import sized
from app.language import _
from app.plan import Measure, MeasurePart
from app.vocabulary import Evidence
from solver.solution import Decision
from solver.verifying import goal_values

_NEARLY_ALL = 0.995
"""From this share of the plan's relief on nothing worth a sentence is left out."""


def measures_of(settled: Settled, decision: Decision) -> tuple[tuple[Measure, ...], str]:
    """Return the measures that lead from today towards `decision`, and what they leave out.

    The decision says which people change posts and how much relief there is to be had; which
    hours change hands is chosen anew, in rows worth an official's time (`choosing`), because the
    best plan of all hands on far more than anybody would sign (method §8). Accepted measures stand
    first and as they are.
    """
    formulation = settled.formulation
    people = people_drafts(formulation.problem, decision, begun=settled.begun)
    drafts = listed(settled, people)
    rows = list(in_turn(Situation(formulation), drafts))
    measures = tuple(measure_of(formulation, rank, row) for rank, row in enumerate(rows, start=1))
    return measures, _omissions(formulation, rows, decision)


def listed(settled: Settled, people: Sequence[Draft]) -> list[Draft]:
    """Return the list of drafts that relieves most, as `people` allows, with good sizes."""
    formulation, decided = settled.formulation, len(settled.begun)
    chosen = choose(
        formulation,
        people=people,
        begun=settled.begun,
        may_use=settled.may_use,
        preferred=settled.preferred,
    )
    better = sized(formulation, chosen, decided=decided)
    return better if _is_sound(formulation, better, decided=decided) else chosen


def _is_sound(formulation: Formulation, drafts: Iterable[Draft], *, decided: int) -> bool:
    """Return whether no draft after those `decided` adds strain at its turn."""
    situation = Situation(formulation)
    strain = situation.strain()
    for row, draft in enumerate(drafts):
        situation.do(draft)
        before, strain = strain, situation.strain()
        if row >= decided and strain > before + 1e-6 * max(1.0, before):
            return False
    return True


def _omissions(formulation: Formulation, rows: Sequence[Row], decision: Decision) -> str:
    """Return how much of the plan's relief the rows bring where that is not nearly all."""
    problem, today = formulation.problem, Situation(formulation)
    best = goal_values(problem, decision)
    worth = today.worth_of_open
    achievable = today.strain() - best["overload"] - worth * best["unassigned_hours"]
    left = rows[-1].overload_after + worth * rows[-1].unassigned_after if rows else today.strain()
    share = (today.strain() - left) / achievable if achievable > 0 else 1.0
    if share >= _NEARLY_ALL:
        return ""
    return _(
        "These measures bring {share:.0%} of the relief that the plan shows; the rest would take "
        "changes of less than {least:g} h a year each, or people whom no post can spare."
    ).format(share=share, least=formulation.policy.minimum_measure)


def measure_of(formulation: Formulation, rank: int, row: Row) -> Measure:
    """Return a row in the county's own words and codes."""
    draft, problem = row.draft, formulation.problem
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
        task_code=formulation.tasks[draft.flows[0].demand].task_code if draft.flows else "",
        category=problem.category_names[draft.category] if has_category else "",
        people=draft.people,
        hours=draft.hours,
        because=because(formulation, row),
        needs=needs(formulation, row),
        overload_after=row.overload_after,
        unassigned_after=row.unassigned_after,
        saturation_before=row.giver[0],
        saturation_after=row.giver[1],
        to_saturation_before=row.taker[0],
        to_saturation_after=row.taker[1],
        evidence=_evidence(formulation, draft),
        parts=_parts(formulation, draft),
    )


def _units(formulation: Formulation, draft: Draft) -> tuple[str, str]:
    """Return the units that give and take; '' where hours are relieved in several."""
    problem = formulation.problem
    units = {int(problem.demand_unit[flow.demand]) for flow in draft.flows}
    if not units:
        ends = [post for post in (draft.from_post, draft.to_post) if post != NOWHERE]
        giving, taking = int(problem.post_unit[ends[0]]), int(problem.post_unit[ends[-1]])
        return problem.unit_codes[giving], problem.unit_codes[taking]
    code = problem.unit_codes[units.pop()] if len(units) == 1 else ""
    return code, code


def _parts(formulation: Formulation, draft: Draft) -> tuple[MeasurePart, ...]:
    problem = formulation.problem
    return tuple(
        MeasurePart(
            unit_code=problem.unit_codes[int(problem.demand_unit[flow.demand])],
            post_code=_code(problem.post_codes, flow.from_post),
            to_post_code=_code(problem.post_codes, flow.to_post),
            hours=flow.hours,
        )
        for flow in draft.flows
    )


def _evidence(formulation: Formulation, draft: Draft) -> Evidence | None:
    """Return how well the hours are known that this rests on: of most hours, if of several tasks.

    Those of the task; for people, those that the posts on both sides carry today.
    """
    problem = formulation.problem
    if draft.flows:
        return formulation.tasks[draft.flows[0].demand].evidence
    hours: dict[Evidence | None, float] = {}
    for pair in np.flatnonzero(np.isin(problem.pair_post, list(draft.posts))).tolist():
        grade = formulation.tasks[int(problem.pair_demand[pair])].evidence
        hours[grade] = hours.get(grade, 0.0) + float(problem.pair_hours_now[pair])
    return max(hours, key=lambda grade: hours[grade], default=None)


def _code(codes: tuple[str, ...], index: int) -> str:
    return codes[index] if index != NOWHERE else ""
