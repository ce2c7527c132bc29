"""Differences: the changes of people between today and a plan, as drafts of measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure
from app.model.vocabulary import MeasureKind
from solver.problem import Floats, Problem
from solver.solution import Point

_LEAST = 1e-6
"""People below this are arithmetic dust, not a difference."""


@dataclass(slots=True)
class _Pool:
    """People waiting at posts, most first."""

    amounts: list[tuple[int, float]] = field(default_factory=list)

    @classmethod
    def of(cls, amounts: list[tuple[int, float]]) -> _Pool:
        real = [(post, amount) for post, amount in amounts if amount > _LEAST]
        return cls(sorted(real, key=lambda item: (-item[1], item[0])))

    @property
    def people(self) -> float:
        """Return how many there are."""
        return sum(amount for _post, amount in self.amounts)

    def pour_into(
        self, other: _Pool, most: float = float("inf")
    ) -> Iterator[tuple[int, int, float]]:
        """Move people from here to `other` until one of them is empty or `most` is reached."""
        while self.amounts and other.amounts and most > _LEAST:
            (giver, available), (taker, wanted) = self.amounts[0], other.amounts[0]
            moved = min(available, wanted, most)
            most -= moved
            _take(self.amounts, moved)
            _take(other.amounts, moved)
            yield giver, taker, moved


def _take(amounts: list[tuple[int, float]], moved: float) -> None:
    post, amount = amounts[0]
    if amount - moved > _LEAST:
        amounts[0] = (post, amount - moved)
    else:
        del amounts[0]


def people_drafts(
    problem: Problem, decision: Point, *, begun: Sequence[DraftMeasure] = ()
) -> list[DraftMeasure]:
    """Return every change of people between today and `decision` beyond those `begun`."""
    left = _without(problem, decision, begun)
    return [*_established(problem, left), *_temporaries(problem, left)]


def _without(problem: Problem, decision: Point, begun: Sequence[DraftMeasure]) -> Point:
    """Return the decision less the changes of people in `begun`."""
    names = ("people", "temporary", "move_out", "fill")
    parts = {name: getattr(decision, name).copy() for name in names}
    for draft in begun:
        if draft.category == NOWHERE:
            continue
        unit = int(problem.post_unit[draft.to_post])
        parts["people"][draft.to_post, draft.category] -= draft.people
        if draft.from_post != NOWHERE:
            parts["people"][draft.from_post, draft.category] += draft.people
        if draft.kind is MeasureKind.TEMPORARY:
            parts["temporary"][draft.to_post] -= draft.people
        elif draft.kind is MeasureKind.FILL:
            parts["fill"][unit, draft.category] -= draft.people
        elif draft.kind is MeasureKind.TRANSFER:
            is_vacancy = draft.from_unit != NOWHERE
            giver = draft.from_unit if is_vacancy else problem.post_unit[draft.from_post]
            parts["move_out"][giver, draft.category] -= draft.people
            if is_vacancy:
                parts["fill"][giver, draft.category] -= draft.people
    return replace(decision, **parts)


def _established(problem: Problem, decision: Point) -> Iterator[DraftMeasure]:
    change = decision.people - problem.people_now
    outside = np.flatnonzero(problem.category_is_outside)
    if len(outside):
        change[:, outside[0]] -= decision.temporary
    for category in range(len(problem.category_names)):
        column = change[:, category]
        if np.any(np.abs(column) > _LEAST):
            yield from _of_category(problem, decision, category, column)


def _temporaries(problem: Problem, decision: Point) -> Iterator[DraftMeasure]:
    outside = np.flatnonzero(problem.category_is_outside)
    for post in np.flatnonzero(decision.temporary > _LEAST).tolist():
        people, category = float(decision.temporary[post]), int(outside[0])
        yield DraftMeasure(MeasureKind.TEMPORARY, NOWHERE, post, category, people)


def _of_category(
    problem: Problem, decision: Point, category: int, column: Floats
) -> Iterator[DraftMeasure]:
    """Yield the moves of one category: inside each unit first, then fills, then across units.

    A unit that fills more vacancies than people come to its posts hands their headcount to others.
    """
    leaving, arriving = _Pool(), _Pool()
    for unit in range(len(problem.unit_codes)):
        posts = np.flatnonzero(problem.post_unit == unit).tolist()
        leavers = _Pool.of([(post, -float(column[post])) for post in posts])
        arrivals = _Pool.of([(post, float(column[post])) for post in posts])
        handed = max(0.0, float(decision.fill[unit, category]) - arrivals.people)
        inside = leavers.people + handed - float(decision.move_out[unit, category])
        for giver, taker, people in leavers.pour_into(arrivals, most=inside):
            yield DraftMeasure(MeasureKind.MOVE, giver, taker, category, people)
        vacancies = _Pool.of([(NOWHERE, float(decision.fill[unit, category]))])
        for _nobody, taker, people in vacancies.pour_into(arrivals):
            yield DraftMeasure(MeasureKind.FILL, NOWHERE, taker, category, people)
        leaving.amounts += leavers.amounts
        leaving.amounts += [(_vacancy_of(unit), left) for _nobody, left in vacancies.amounts]
        arriving.amounts += arrivals.amounts
    for giver, taker, people in leaving.pour_into(arriving):
        unit = _vacancy_of(giver) if giver < NOWHERE else NOWHERE
        yield DraftMeasure(
            MeasureKind.TRANSFER, max(giver, NOWHERE), taker, category, people, from_unit=unit
        )
    for taker, people in arriving.amounts:
        yield DraftMeasure(MeasureKind.DRAW, NOWHERE, taker, category, people)


def _vacancy_of(unit: int) -> int:
    """Return the place, below NOWHERE, at which a unit's vacancies wait; and the unit of such."""
    return NOWHERE - 1 - unit
