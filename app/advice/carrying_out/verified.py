"""Verified: the county after the measures against every rule and goal of the plan (method §7)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from app.advice.carrying_out.effects import Assessment
from app.advice.county_problem import Formulation, with_pair
from app.model.county import County
from app.model.plan import Measure
from app.model.vocabulary import MeasureKind
from solver.problem import Floats, Problem
from solver.search.rounding import settle
from solver.search.today import today
from solver.solution import Point
from solver.verifying import goal_values, violations

_ROUNDING = 1e-6
"""The part, of itself or of 1, by which a rule may seem to be broken further."""

_BROKEN = re.compile(r"(?P<rule>.*): (?P<found>\S+) (?:in place of|above) (?P<due>\S+)")
"""How `solver.verifying` says which rule is broken, and by how much."""


def goals_after(
    formulation: Formulation, measures: Sequence[Measure], after: Assessment
) -> dict[str, float]:
    """Return the six goals of method §7 in the county after the measures.

    Overload, open and idle hours are those of its figures; people and changed hours are what the
    measures themselves name.
    """
    problem = _with_pairs(formulation, after)
    return {
        **goal_values(problem, _decision(problem, measures, after)),
        "unassigned_hours": after.unassigned_hours,
        "overload": after.overload_hours,
        "idle_hours": after.idle_hours,
    }


def breaches(
    formulation: Formulation, measures: Sequence[Measure], after: Assessment
) -> tuple[str, ...]:
    """Return a sentence for each rule that the county after the measures breaks.

    What is broken today already counts only where it is broken further. Headcount is conserved by
    category: authorised after = authorised before + what is drawn from the pool.
    """
    problem = _with_pairs(formulation, after)
    known = dict(map(_excess, violations(problem, today(problem))))
    return tuple(
        sentence
        for sentence in (
            *violations(problem, _decision(problem, measures, after)),
            *_headcounts(formulation.county, measures, after.county),
        )
        for rule, excess in (_excess(sentence),)
        if excess > known.get(rule, -inf) * (1 + _ROUNDING) + _ROUNDING
    )


def _excess(sentence: str) -> tuple[str, float]:
    """Return which rule a sentence says is broken, and by how much (∞ where it names no figure)."""
    found = _BROKEN.fullmatch(sentence)
    if found is None:
        return sentence, inf
    return found["rule"], abs(float(found["found"]) - float(found["due"]))


def _with_pairs(formulation: Formulation, after: Assessment) -> Problem:
    """Return the problem with every post that carries a task after the measures."""
    problem = formulation.problem
    demand = {key: index for index, key in enumerate(formulation.demands)}
    post = {code: index for index, code in enumerate(problem.post_codes)}
    for (unit_code, task_code, post_code), hours in after.figures.hours.items():
        if hours > 0:
            problem = with_pair(problem, demand[unit_code, task_code], post[post_code])
    return problem


def _decision(problem: Problem, measures: Sequence[Measure], after: Assessment) -> Point:
    """Return the county after the measures as a point of the problem."""
    demand = {code: index for index, code in enumerate(problem.demand_codes)}
    hours = {
        ("/".join((unit, task)), post): amount
        for (unit, task, post), amount in after.figures.hours.items()
    }
    pairs = zip(problem.pair_demand.tolist(), problem.pair_post.tolist(), strict=True)
    carried = [
        hours.get((problem.demand_codes[number], problem.post_codes[post]), 0.0)
        for number, post in pairs
    ]
    relieved = np.zeros(len(demand))
    people = _People.of(problem)
    for measure in measures:
        people.add(measure)
        for part in measure.parts if measure.kind is MeasureKind.CUT else ():
            relieved[demand["/".join((part.unit_code, measure.task_of(part)))]] += part.hours
    return settle(
        problem,
        hours=np.array(carried, dtype=np.float64),
        relieved=relieved,
        people_in=people.come,
        people_out=people.go,
        temporary=people.temporary,
        move_in=people.move_in,
        move_out=people.move_out,
        fill=people.fill,
    )


@dataclass(frozen=True)
class _People:
    """What measures do to people and headcount, in the amounts of the programme."""

    posts: dict[str, int]
    units: dict[str, int]
    categories: dict[str, int]
    come: Floats
    go: Floats
    temporary: Floats
    move_in: Floats
    move_out: Floats
    fill: Floats

    @classmethod
    def of(cls, problem: Problem) -> _People:
        posts, units, categories = (
            {code: index for index, code in enumerate(codes)}
            for codes in (problem.post_codes, problem.unit_codes, problem.category_names)
        )
        of_posts, of_units = (len(posts), len(categories)), (len(units), len(categories))
        return cls(
            posts,
            units,
            categories,
            come=np.zeros(of_posts),
            go=np.zeros(of_posts),
            temporary=np.zeros(len(posts)),
            move_in=np.zeros(of_units),
            move_out=np.zeros(of_units),
            fill=np.zeros(of_units),
        )

    def add(self, measure: Measure) -> None:
        """Add what one measure does; measures of hours do nothing."""
        if not measure.category:
            return
        kind, people = measure.kind, measure.people
        taker, column = self.posts[measure.to_post_code], self.categories[measure.category]
        if kind is MeasureKind.TEMPORARY:
            self.temporary[taker] += people
            return
        self.come[taker, column] += people
        if measure.post_code:
            self.go[self.posts[measure.post_code], column] += people
        if kind is MeasureKind.FILL or measure.is_vacancy:
            self.fill[self.units[measure.unit_code], column] += people
        if kind in {MeasureKind.TRANSFER, MeasureKind.DRAW}:
            self.move_in[self.units[measure.to_unit_code], column] += people
        if kind is MeasureKind.TRANSFER:
            self.move_out[self.units[measure.unit_code], column] += people


def _headcounts(before: County, measures: Sequence[Measure], after: County) -> Iterator[str]:
    """Yield each category whose authorised headcount is not what it was and the pool gave.

    Where the headcount of one side of a measure is unknown, it stays unknown.
    """
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for place, county in enumerate((before, after)):
        for row in county.establishment.values():
            totals[row.category][place] += row.authorised or 0.0
    for measure in measures:
        for unit_code, people in _authorised(measure):
            known = after.establishment.get((unit_code, measure.category))
            if known is not None and known.authorised is not None:
                totals[measure.category][0] += people
    for category, (due, found) in totals.items():
        if abs(due - found) > _ROUNDING:
            yield f"headcount {category}: {found:g} in place of {due:g}"


def _authorised(measure: Measure) -> Iterator[tuple[str, float]]:
    """Yield by how much a measure changes the authorised headcount of each unit."""
    if measure.kind in {MeasureKind.TRANSFER, MeasureKind.DRAW}:
        yield measure.to_unit_code, measure.people
    if measure.kind is MeasureKind.TRANSFER:
        yield measure.unit_code, -measure.people
