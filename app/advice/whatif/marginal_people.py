"""Adding: people come to units and leave them, and each unit is placed anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np

from app.advice.county_after_plan import based_on, is_of, units_apart
from app.advice.county_problem import Formulation
from app.advice.measures.standing_verdicts import Decided
from app.advice.progress import OnPortion, Portion, ShouldStop, tell
from app.advice.whatif.curve import (
    DUST,
    CurveBase,
    CurvePoint,
    HeadcountCurve,
    PersonRow,
    because,
    best_of_units,
    next_sentence,
)
from app.advice.whatif.question_limits import MOST_PEOPLE
from app.errors import BlockedByData, Cancelled, UserError
from app.language import _
from app.model.county import County
from app.model.plan import Plan
from solver.problem import Floats
from solver.unit_with_people import PeopledUnit, Placed


def headcount_curve(
    county: County,
    plan: Plan | None,
    decided: Sequence[Decided] = (),
    *,
    unit_codes: Iterable[str] | None = None,
    categories: Iterable[str] | None = None,
    most: int = MOST_PEOPLE,
    may_move: bool = False,
    on_progress: OnPortion | None = None,
    should_stop: ShouldStop | None = None,
) -> HeadcountCurve:
    """Return what one person more or fewer changes, and where up to `most` people should go.

    Every unit starts with the people that the plan gives it (those of today without a plan, or
    where it was made for other people). With one more or fewer its hours are shared out anew, best
    for unassigned hours first and overload second, by what the policy allows inside a unit; nobody
    crosses units. The newcomer gets the best post, and whoever leaves leaves the best one to leave.
    The others stay on their posts; with `may_move` they too are placed anew where the policy lets
    people move without limit, which takes some ten times longer. These are differences between
    solved programmes, not duals, which vanish where people are whole (method §8).

    The curve takes the person next that relieves most, those before staying in their units.

    Raises:
        UserError: a unit or category that is not there.
        BlockedByData: there is nothing to plan, or what is decided cannot hold.
        Cancelled: `should_stop` said so.
    """
    base = CurveBase.PLAN if is_of(plan, county) else CurveBase.TODAY
    formulation = based_on(county, plan if base is CurveBase.PLAN else None, decided)
    chosen = _columns(formulation, categories)
    adding = _Adding(
        formulation,
        units=_units(formulation, unit_codes),
        may_move=may_move,
        on_progress=on_progress,
        should_stop=should_stop,
    )
    rows = adding.rows(chosen, is_named=categories is not None)
    points = list(adding.points(rows, most=most))
    return HeadcountCurve(
        base=base,
        unassigned_hours=adding.unassigned_hours,
        rows=tuple(rows),
        points=tuple(points),
        sentence=next_sentence(county, rows, points),
        gap=adding.gap,
    )


def _units(formulation: Formulation, unit_codes: Iterable[str] | None) -> list[int]:
    codes = formulation.problem.unit_codes
    if unit_codes is None:
        return list(range(len(codes)))
    named = list(unit_codes)
    for code in named:
        if code not in codes:
            raise UserError(
                _("There is no unit {code}.").format(code=code),
                remedy=_("`hengbian status` without --unit lists all units."),
            )
    return [index for index, code in enumerate(codes) if code in named]


def _columns(formulation: Formulation, categories: Iterable[str] | None) -> list[int]:
    problem = formulation.problem
    if categories is None:
        return np.flatnonzero(~problem.category_is_outside).tolist()
    named = list(categories)
    for name in named:
        if name not in problem.category_names:
            raise UserError(
                _("There is no staff category {name}.").format(name=name),
                remedy=_("Known are {names}.").format(names=_(", ").join(problem.category_names)),
            )
    return [index for index, name in enumerate(problem.category_names) if name in named]


class _Adding:
    """The units, the people added so far, and what each unit comes to with them."""

    def __init__(
        self,
        formulation: Formulation,
        *,
        units: Sequence[int],
        may_move: bool,
        on_progress: OnPortion | None,
        should_stop: ShouldStop | None,
    ) -> None:
        problem = formulation.problem
        if problem.rules.max_moves is not None or not may_move:
            levers = problem.rules.levers - {"move"}
            problem = replace(problem, rules=replace(problem.rules, levers=levers))
        parts = units_apart(problem)
        self._formulation = replace(formulation, problem=problem)
        self._units = {unit: PeopledUnit(parts[unit]) for unit in units}
        self._posts = {unit: np.flatnonzero(problem.post_unit == unit) for unit in units}
        self._nobody = np.zeros(len(problem.category_names))
        self._change = dict.fromkeys(units, self._nobody)
        self._on_progress, self._should_stop = on_progress, should_stop
        self.gap = 0.0
        self._now: dict[int, Placed] = {}

    @property
    def unassigned_hours(self) -> float:
        """Return the hours that nobody may carry in these units."""
        return sum(placed.unassigned_hours for placed in self._now.values())

    @property
    def overload(self) -> float:
        """Return the weighted overload of these units with the people added so far."""
        return sum(placed.overload for placed in self._now.values())

    def rows(self, columns: Collection[int], *, is_named: bool) -> list[PersonRow]:
        """Return each unit and category with one person more and one fewer."""
        rows = []
        for number, unit in enumerate(self._units):
            code = self._formulation.problem.unit_codes[unit]
            name = self._formulation.county.units[(code,)].name
            tell(Portion(number, len(self._units), name), self._on_progress, self._should_stop)
            self._now[unit] = self._based(unit)
            rows += [
                self._row(unit, column) for column in columns if is_named or self._has(unit, column)
            ]
        tell(Portion(len(self._units), len(self._units)), self._on_progress, self._should_stop)
        return rows

    def points(self, rows: Sequence[PersonRow], *, most: int) -> list[CurvePoint]:
        """Return the curve: the person who relieves most comes next, others staying."""
        points = [CurvePoint(0, self.overload, "", "", "", "")]
        left = {(row.unit_code, row.category): row for row in rows}
        for number in range(1, most + 1):
            best = next(iter(best_of_units(left.values())), None)
            if best is None or best.relief <= DUST:
                break
            unit = self._formulation.problem.unit_codes.index(best.unit_code)
            before = self._now[unit]
            column = self._formulation.problem.category_names.index(best.category)
            self._change[unit] = self._with(unit, column, 1.0)
            self._now[unit] = self._placed(unit, self._change[unit], start=before) or before
            tell(Portion(number, most), self._on_progress, self._should_stop)
            told = because(self._formulation.county, best, moves=self._moves(unit))
            points.append(
                CurvePoint(
                    number, self.overload, best.unit_code, best.category, best.post_code, told
                )
            )
            if number == most:
                break
            for key in [key for key in left if key[0] == best.unit_code]:
                place = self._formulation.problem.category_names.index(key[1])
                left[key] = self._row(unit, place, is_less_asked=False)
        return points

    def _based(self, unit: int) -> Placed:
        found = self._placed(unit, self._nobody)
        if found is None:
            raise BlockedByData(
                _("Nothing can be compared: limits set by yourselves contradict each other."),
                remedy=_("`hengbian solve PLAN` says which."),
            )
        return found

    def _placed(self, unit: int, change: Floats, start: Placed | None = None) -> Placed | None:
        found = self._units[unit].placed(
            change,
            start=start.point if start is not None else None,
            should_stop=self._should_stop,
        )
        if self._should_stop is not None and self._should_stop():
            raise Cancelled
        if found is not None:
            self.gap = max(self.gap, found.gap)
        return found

    def _with(self, unit: int, column: int, people: float) -> Floats:
        change = self._change[unit].copy()
        change[column] += people
        return change

    def _has(self, unit: int, column: int) -> bool:
        """Return whether the unit has people of the category, or headcount for them."""
        problem, county = self._formulation.problem, self._formulation.county
        key = (problem.unit_codes[unit], problem.category_names[column])
        people = problem.people_now[self._posts[unit], column]
        return bool(people.any()) or key in county.establishment

    def _row(self, unit: int, column: int, *, is_less_asked: bool = True) -> PersonRow:
        problem, now = self._formulation.problem, self._now[unit]
        more, less = now, None
        if now.overload > DUST:
            more = self._placed(unit, self._with(unit, column, 1.0), start=now) or now
        if is_less_asked and now.people[:, column].sum() >= 1.0:
            less = self._placed(unit, self._with(unit, column, -1.0))
        return PersonRow(
            unit_code=problem.unit_codes[unit],
            category=problem.category_names[column],
            people=float(problem.people_now[self._posts[unit], column].sum()),
            overload=now.overload,
            overload_more=min(more.overload, now.overload),
            overload_less=max(less.overload, now.overload) if less is not None else None,
            post_code=self._most_changed(unit, column, now, more),
            less_post_code=self._most_changed(unit, column, less, now) if less is not None else "",
        )

    def _most_changed(self, unit: int, column: int, fewer: Placed, more: Placed) -> str:
        """Return the post that has most people more in `more`, of the category first."""
        change = more.people - fewer.people
        worth = change.sum(axis=1) + 0.5 * change[:, column]
        best = int(np.argmax(worth))
        return (
            self._formulation.problem.post_codes[self._posts[unit][best]] if worth[best] > 0 else ""
        )

    def _moves(self, unit: int) -> float:
        """Return how many people sit on other posts than they start from, newcomers aside."""
        now = self._formulation.problem.people_now[self._posts[unit]]
        came = np.maximum(self._now[unit].people - now, 0.0).sum()
        return max(0.0, float(came - self._change[unit].sum()))
