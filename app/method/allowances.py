"""Allowances: the working time that belongs to no single task, and which posts it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.errors import BlockedByData
from app.language import _
from app.method.working_time import available_hours, category_share, individual_hours, working_time
from app.model.county import Allowance, County, Post, Staffing, Unit, WorkingTime
from app.model.vocabulary import AllowanceKind, Per


class AllowancesTakeEverything(BlockedByData):
    """The category allowances of a category leave no working time: ΣCAS is 1 or more."""

    def __init__(self, category: str, shares: Sequence[tuple[Allowance, float]]) -> None:
        self.allowances = tuple(row for row, _share in shares)
        super().__init__(
            _("Allowances take {share:.0%} of the working time of {category}: {names}.").format(
                share=sum(share for _row, share in shares),
                category=category,
                names=_(", ").join(row.name for row in self.allowances),
            ),
            remedy=_("Lower these allowances on sheet 占用 until they stay below 100 %."),
        )


@dataclass(frozen=True, slots=True)
class Crew:
    """Who a post's allowances are reckoned for.

    `people` are those on duty, `weights` each category's part of the capacity (Σ = 1). Where
    nobody is on the post, the first category with an entry (0 included) has all the weight; a
    post without any entry has no weights. Source: method §3, §4.
    """

    people: Mapping[str, float]
    weights: Mapping[str, float]


def crew_of(county: County, entries: Iterable[Staffing]) -> Crew:
    """Return the crew that a post's staffing entries make, in the order of the categories.

    weight(c) = people_c × AWT_c ÷ Σ people × AWT; the post's ability cancels.
    """
    by_category = {entry.category: entry.on_duty for entry in entries}
    known = [category for (category,) in county.categories if category in by_category]
    order = known + [category for category in by_category if category not in known]
    people = {category: by_category[category] for category in order if by_category[category] > 0}
    if not people:
        return Crew(people={}, weights=dict.fromkeys(order[:1], 1.0))
    hours = {
        category: number * available_hours(working_time(county, category))
        for category, number in people.items()
    }
    total = sum(hours.values())
    return Crew(people=people, weights={category: part / total for category, part in hours.items()})


def names_place(scope: str, *, post: Post, unit: Unit) -> bool:
    """Return whether a scope names a post by itself or by where it stands.

    The code or name of its unit, the name of its office, its own code or its title.
    """
    return scope in {unit.unit_code, unit.name, post.office, post.post_code, post.title}


class AllowanceBook:
    """The allowances of a county, sorted by whom they concern: what one post carries is quick.

    A blank scope is everybody. A scope that names a category takes in the posts that have people
    of it (an empty post by its first category), and of a mixed post only the people of that
    category. Any other scope names a unit, an office or a post. Source: workbook §1, method §2.
    """

    def __init__(self, county: County) -> None:
        self._county = county
        rows = county.allowances.values()
        self._shared = tuple(row for row in rows if row.kind is AllowanceKind.CATEGORY)
        self._single = tuple(row for row in rows if row.kind is AllowanceKind.INDIVIDUAL)
        self._shared_by_place = tuple(filter(self._is_placed, self._shared))
        self._single_by_place = tuple(filter(self._is_placed, self._single))
        self._shares: dict[str, tuple[tuple[Allowance, float], ...]] = {}
        self._hours: dict[str, tuple[float, float]] = {}

    def category_share(self, *, post: Post, unit: Unit, crew: Crew) -> float:
        """Return ΣCAS of a post: the mean over its categories, weighted by capacity today.

        0 for a post without any staffing entry. Source: method §2, §3.

        Raises:
            AllowancesTakeEverything: ΣCAS of a category is 1 or more; it names the allowances.
        """
        placed = _at(self._shared_by_place, post=post, unit=unit, crew=crew)
        total = 0.0
        for category, weight in crew.weights.items():
            shares = self._shares_of(category) + self._converted(placed, category)
            share = sum(share for _row, share in shares)
            if share >= 1:
                raise AllowancesTakeEverything(category, shares)
            total += weight * share
        return total

    def individual_hours(self, *, post: Post, unit: Unit, crew: Crew) -> float:
        """Return IAS of a post in hours a year: Σ people × value, each allowance once.

        Converted with the working days and hours of the category the scope names; else with those
        of the post's categories, weighted by capacity; else with the plan's default.
        Source: method §2.

        Raises:
            BlockedByData: an allowance is stated as a share; the message names it.
        """
        weights = crew.weights or {"": 1.0}
        placed = _at(self._single_by_place, post=post, unit=unit, crew=crew)
        total = 0.0
        for category, weight in weights.items():
            everybody, own = self._hours_of(category)
            total += own + weight * everybody
            if placed:
                total += weight * self._sum_hours(placed, category)
        return total

    def _is_placed(self, allowance: Allowance) -> bool:
        return allowance.scope != "" and (allowance.scope,) not in self._county.categories

    def _shares_of(self, category: str) -> tuple[tuple[Allowance, float], ...]:
        if category not in self._shares:
            rows = [row for row in self._shared if row.scope in {"", category}]
            self._shares[category] = self._converted(rows, category)
        return self._shares[category]

    def _converted(
        self, rows: Iterable[Allowance], category: str
    ) -> tuple[tuple[Allowance, float], ...]:
        year = working_time(self._county, category)
        return tuple((row, category_share(row.value, per=row.per, year=year)) for row in rows)

    def _hours_of(self, category: str) -> tuple[float, float]:
        """Return one year's hours of what everybody carries, and of what this category carries."""
        if category not in self._hours:
            everybody = [row for row in self._single if row.scope == ""]
            own = [row for row in self._single if row.scope == category != ""]
            self._hours[category] = (
                self._sum_hours(everybody, category),
                self._sum_hours(own, category),
            )
        return self._hours[category]

    def _sum_hours(self, rows: Iterable[Allowance], category: str) -> float:
        year = working_time(self._county, category)
        return sum(yearly_hours(row, year=year) for row in rows)


def category_allowance_factor(share: float) -> float:
    """Return CAF = 1 / (1 − ΣCAS). Source: method §2; WISN user's manual.

    Raises:
        ValueError: ΣCAS is 1 or more (`AllowanceBook.category_share` refuses in the user's words).
    """
    if share >= 1:
        raise ValueError("allowances take all working time")
    return 1 / (1 - share)


def yearly_hours(allowance: Allowance, *, year: WorkingTime) -> float:
    """Return the hours a year of an individual allowance: people (blank is 1) × value converted.

    Raises:
        BlockedByData: it is stated as a share, which only a category allowance can be.
    """
    people = 1.0 if allowance.people is None else allowance.people
    if allowance.per is Per.SHARE:
        raise BlockedByData(
            _("“{name}” is an individual allowance (个别) and cannot be a share (占比).").format(
                name=allowance.name
            ),
            remedy=_("State it in hours or days, or make it a category allowance (全员)."),
        )
    return people * individual_hours(allowance.value, per=allowance.per, year=year)


def _at(rows: Iterable[Allowance], *, post: Post, unit: Unit, crew: Crew) -> tuple[Allowance, ...]:
    return tuple(
        row
        for row in rows
        if row.scope not in crew.weights and names_place(row.scope, post=post, unit=unit)
    )
