"""Deciding: what the user accepted and rejected becomes limits of the problem and of the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from app.advice.carrying_out.applying import carry_out
from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, HoursFlow
from app.advice.county_problem import Formulation, with_pair
from app.advice.measures.possible_moves import PossibleMoves
from app.errors import BlockedByData
from app.model.plan import Measure
from app.model.vocabulary import MeasureKind, Verdict
from solver.problem import Booleans, Floats, Forced, Problem

Decided: TypeAlias = tuple[Measure, Verdict]
"""A measure and what the user decided about it."""

_Named: TypeAlias = tuple[str, DraftMeasure]
"""The identity of a measure and the measure in indices."""

_ROUNDING = 1e-6
"""Hours by which a limit may be missed, so that figures stored and read again still fit."""


@dataclass(frozen=True)
class SettledProblem:
    """A formulation that keeps to what is decided, and what that means for the list."""

    formulation: Formulation
    begun: tuple[DraftMeasure, ...]
    """The accepted measures, in the order in which they were accepted."""
    options: PossibleMoves
    """What could move at all."""
    may_use: Booleans
    """[options] what is not rejected."""
    preferred: Booleans
    """[options] what stood in the list before, to be changed only where that relieves more."""
    lost: tuple[Measure, ...]
    """Decided measures that no longer fit the county: what they name or take is gone."""


def settle(
    formulation: Formulation, decided: Iterable[Decided], *, previous: Sequence[Measure] = ()
) -> SettledProblem:
    """Return the formulation in which accepted measures hold as they are and rejected ones cannot.

    A rejected reassignment keeps the task from the post that would take it, a rejected cut the
    task as a whole; of a rejected move nobody of the category leaves the post, of a rejected
    filling, draw or temporary nobody comes to it.
    """
    places = _Places.of(formulation)
    accepted: list[_Named] = []
    rejected: list[_Named] = []
    lost: list[Measure] = []
    county = formulation.county
    for measure, verdict in decided:
        draft = places.draft(measure)
        if draft is not None and verdict is Verdict.ACCEPTED:
            try:
                county = carry_out(county, (measure,))
            except BlockedByData:
                draft = None
        if draft is None:
            lost.append(measure)
        else:
            side = accepted if verdict is Verdict.ACCEPTED else rejected
            side.append((measure.identity, draft))
    problem = formulation.problem
    for _identity, draft in accepted:
        for flow in draft.flows:
            if flow.to_post != NOWHERE:
                problem = with_pair(problem, flow.demand, flow.to_post)
    problem = replace(
        problem,
        demand_cap=_caps(formulation, rejected),
        forced=(
            *_forced_people(problem, accepted, rejected),
            *_forced_hours(problem, accepted, rejected),
        ),
    )
    options = PossibleMoves.of(problem)
    known = drafts_of(formulation, previous)
    return SettledProblem(
        formulation=replace(formulation, problem=problem),
        begun=tuple(draft for _identity, draft in accepted),
        options=options,
        may_use=~(_is_rejected(options, rejected) | _is_back(options, accepted)),
        preferred=_is_among(options, known),
        lost=tuple(lost),
    )


def drafts_of(formulation: Formulation, measures: Iterable[Measure]) -> list[DraftMeasure]:
    """Return measures in indices; those that name something that is gone are left out."""
    places = _Places.of(formulation)
    return [draft for draft in map(places.draft, measures) if draft is not None]


@dataclass(frozen=True)
class _Places:
    """The indices of codes."""

    demand: dict[tuple[str, str], int]
    post: dict[str, int]
    category: dict[str, int]
    unit: dict[str, int]

    @classmethod
    def of(cls, formulation: Formulation) -> _Places:
        problem = formulation.problem
        return cls(
            demand={key: index for index, key in enumerate(formulation.demands)},
            post={code: index for index, code in enumerate(problem.post_codes)} | {"": NOWHERE},
            category={name: index for index, name in enumerate(problem.category_names)},
            unit={code: index for index, code in enumerate(problem.unit_codes)},
        )

    def draft(self, measure: Measure) -> DraftMeasure | None:
        """Return the measure in indices, None where something it names is gone."""
        try:
            flows = tuple(
                HoursFlow(
                    self.demand[part.unit_code, measure.task_of(part)],
                    self.post[part.post_code],
                    self.post[part.to_post_code],
                    part.hours,
                )
                for part in measure.parts
            )
            category = self.category[measure.category] if measure.category else NOWHERE
            from_post, to_post = self.post[measure.post_code], self.post[measure.to_post_code]
            from_unit = self.unit[measure.unit_code] if measure.is_vacancy else NOWHERE
        except KeyError:
            return None
        if not flows and category == NOWHERE:
            return None
        return DraftMeasure(
            measure.kind,
            from_post,
            to_post,
            category,
            measure.people,
            flows,
            from_unit=from_unit,
            ordinal=measure.ordinal,
        )


def _caps(formulation: Formulation, rejected: Sequence[_Named]) -> Floats:
    """Return the relievable shares, 0 for every unit's demand of a task whose cut is rejected."""
    kept = {
        formulation.tasks[draft.flows[0].demand].task_code
        for _identity, draft in rejected
        if draft.kind is MeasureKind.CUT
    }
    is_kept = np.array([task.task_code in kept for task in formulation.tasks], dtype=np.bool_)
    return np.where(is_kept, 0.0, formulation.problem.demand_cap)


def _is_rejected(options: PossibleMoves, rejected: Sequence[_Named]) -> Booleans:
    is_rejected = np.zeros(len(options.demand), dtype=np.bool_)
    for _identity, draft in rejected:
        if draft.kind is MeasureKind.REASSIGN:
            for flow in draft.flows:
                is_it = (options.demand == flow.demand) & (options.taker == flow.to_post)
                is_rejected |= is_it & ~options.is_cut
    return is_rejected


def _is_back(options: PossibleMoves, accepted: Sequence[_Named]) -> Booleans:
    """Return which moves would bring back to a post what an accepted measure takes off it."""
    is_back = np.zeros(len(options.demand), dtype=np.bool_)
    for _identity, draft in accepted:
        for flow in draft.flows:
            if flow.from_post != NOWHERE:
                is_back |= (options.demand == flow.demand) & (options.taker == flow.from_post)
    return is_back


def _is_among(options: PossibleMoves, drafts: Sequence[DraftMeasure]) -> Booleans:
    is_among = np.zeros(len(options.demand), dtype=np.bool_)
    for draft in drafts:
        for flow in draft.flows:
            is_it = (options.demand == flow.demand) & (options.giver == flow.from_post)
            is_among |= is_it & (options.taker == flow.to_post)
    return is_among


@dataclass(slots=True)
class _Limit:
    """What decisions ask of one amount together: at least `least`, and no more where `is_top`."""

    identity: str
    least: float = 0.0
    is_top: bool = False


def _forced_people(
    problem: Problem, accepted: Sequence[_Named], rejected: Sequence[_Named]
) -> Iterator[Forced]:
    limits: dict[tuple[str, tuple[int, ...]], _Limit] = {}
    for identity, draft in accepted:
        for amount in _accepted_amounts(problem, draft):
            limits.setdefault(amount, _Limit(identity)).least += draft.people
        for amount in _amounts_back(draft):
            limits.setdefault(amount, _Limit(identity)).is_top = True
    for identity, draft in rejected:
        for amount in _rejected_amounts(draft):
            limits.setdefault(amount, _Limit(identity)).is_top = True
    for (what, place), limit in limits.items():
        upper = limit.least if limit.is_top else float("inf")
        yield Forced(what, place, limit.identity, lower=limit.least, upper=upper)


def _accepted_amounts(
    problem: Problem, draft: DraftMeasure
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the amounts that an accepted change of people is part of."""
    if draft.category == NOWHERE:
        return
    category, unit = draft.category, int(problem.post_unit[draft.to_post])
    if draft.kind is MeasureKind.TEMPORARY:
        yield "temporary", (draft.to_post,)
        return
    yield "people_in", (draft.to_post, category)
    if draft.from_post != NOWHERE:
        yield "people_out", (draft.from_post, category)
    if draft.from_unit != NOWHERE:
        yield "fill", (draft.from_unit, category)
    if draft.kind is MeasureKind.FILL:
        yield "fill", (unit, category)
    elif draft.kind is not MeasureKind.MOVE:
        yield "move_in", (unit, category)


def _amounts_back(draft: DraftMeasure) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what would undo an accepted change of people, or bring others in its place."""
    if draft.category != NOWHERE and draft.kind is not MeasureKind.TEMPORARY:
        yield "people_out", (draft.to_post, draft.category)
        if draft.from_post != NOWHERE:
            yield "people_in", (draft.from_post, draft.category)


def _rejected_amounts(draft: DraftMeasure) -> Iterator[tuple[str, tuple[int, ...]]]:
    if draft.category == NOWHERE:
        return
    if draft.kind is MeasureKind.TEMPORARY:
        yield "temporary", (draft.to_post,)
    elif draft.from_post != NOWHERE:
        yield "people_out", (draft.from_post, draft.category)
    else:
        yield "people_in", (draft.to_post, draft.category)


def _forced_hours(
    problem: Problem, accepted: Sequence[_Named], rejected: Sequence[_Named]
) -> Iterator[Forced]:
    """Yield the limits of hours: what comes to a pair and goes from it adds up against today."""
    pairs = zip(problem.pair_demand.tolist(), problem.pair_post.tolist(), strict=True)
    pair_at = {key: pair for pair, key in enumerate(pairs)}
    coming: dict[int, float] = defaultdict(float)
    going: dict[int, float] = defaultdict(float)
    relieved: dict[int, float] = defaultdict(float)
    names: dict[int, str] = {}
    cuts: dict[int, str] = {}
    tops: set[int] = set()
    for identity, draft in accepted:
        for flow in draft.flows:
            for post, side in ((flow.from_post, going), (flow.to_post, coming)):
                if (flow.demand, post) in pair_at:
                    side[pair_at[flow.demand, post]] += flow.hours
                    names[pair_at[flow.demand, post]] = identity
            if draft.kind is MeasureKind.CUT:
                relieved[flow.demand] += flow.hours
                cuts[flow.demand] = identity
    for identity, draft in rejected:
        for flow in draft.flows:
            if (flow.demand, flow.to_post) in pair_at:
                tops.add(pair_at[flow.demand, flow.to_post])
                names.setdefault(pair_at[flow.demand, flow.to_post], identity)
    for pair, identity in names.items():
        hours = float(problem.pair_hours_now[pair]) + coming[pair] - going[pair]
        lower = max(0.0, hours - _ROUNDING) if coming[pair] > 0 else 0.0
        has_top = pair in tops or going[pair] > 0
        upper = max(0.0, hours) + _ROUNDING if has_top else float("inf")
        yield Forced("hours", (pair,), identity, lower=lower, upper=upper)
    for demand, amount in relieved.items():
        lower = max(0.0, amount - _ROUNDING)
        yield Forced("relieved", (demand,), cuts[demand], lower=lower)
