"""Foreseeing: the county, its retirements and quotas become the programme of the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.advice.county_problem import category_names
from app.errors import BlockedByData
from app.language import _
from app.method.policy import policy_of
from app.method.workload import awt_hours
from app.model.county import County
from app.model.figures import Figures
from app.model.settings import Policy
from app.model.vocabulary import OUTSIDE_ESTABLISHMENT, Lever
from solver.problem import Floats
from solver.years.problem import YearsProblem

_DUST = 1e-9
"""People below this are arithmetic, not a part of somebody."""


@dataclass(frozen=True)
class Outlook:
    """The problem of the years, and what of it nobody has stated."""

    problem: YearsProblem
    policy: Policy
    unknown_vacancies: tuple[str, ...]
    """Units whose vacancies are unknown for a category that they have people of."""


def outlook(county: County, figures: Figures, years: int) -> Outlook:
    """Return what the next `years` bring if the work stays with those who do it today.

    Required people of a unit and category: `required` of each post (method §4) in the mix of the
    post's people, ÷ target saturation, × (1 + growth)^t; a post with nobody counts with the
    category that its unit has most people of inside the establishment.

    Raises:
        BlockedByData: there are no posts, or the policy names what is not there.
    """
    policy = policy_of(county)
    units, names = tuple(figures.units), category_names(county)
    if not figures.posts or not names:
        raise BlockedByData(
            _("There is nobody to look ahead for: no posts, or no staff category."),
            remedy=_("Import or enter posts and the people on them first."),
        )
    _check_names(county, policy)
    now = _people(figures, units, names)
    growth = (1 + policy.years_growth) ** np.arange(1, years + 1)
    needed = _required(figures, units, names, now) / policy.target_saturation
    vacancies, unknown = _vacancies(figures, units, names, now)
    may_transfer = Lever.TRANSFER in policy.levers
    transfers = policy.years_transfers if policy.years_transfers is not None else np.inf
    hours = np.array([awt_hours(county, name) for name in names])
    problem = YearsProblem(
        unit_codes=units,
        category_names=names,
        people_now=now,
        retiring=_retiring(policy, units, names, now, years),
        required=growth[:, None, None] * needed,
        vacancies=vacancies,
        quota=np.array(
            [
                [_of_year(policy.recruits.get(name), t, np.inf) for name in names]
                for t in range(years)
            ]
        ),
        unit_quota=_unit_quota(policy, units, names, years),
        max_transfers=np.full(years, transfers if may_transfer else 0.0),
        places=np.full(years, policy.years_training_places),
        training_cost=policy.years_training_hours / hours,
        training_gain=policy.years_training_gain,
        whole_people=policy.integer,
    )
    return Outlook(problem, policy, unknown)


def _check_names(county: County, policy: Policy) -> None:
    """Refuse keys of the policy that name no category, or no unit and category."""
    names, units = set(category_names(county)), {key[0] for key in county.units}
    for prefix, stated in (("retire", policy.retirements), ("recruit", policy.recruits)):
        for member in stated:
            unit, slash, name = member.partition("/")
            if (slash and (unit not in units or name not in names)) or (
                not slash and member not in names
            ):
                raise BlockedByData(
                    _("The policy key {key} names no unit or staff category of this plan.").format(
                        key=f"{prefix}.{member}"
                    ),
                    remedy=_("Write {example}, or the unit code before it: {longer}.").format(
                        example=f"{prefix}.{next(iter(category_names(county)), '')}",
                        longer=f"{prefix}.T01/{next(iter(category_names(county)), '')}",
                    ),
                )


def _of_year(numbers: Sequence[float] | None, year: int, default: float) -> float:
    """Return the number of a year; the last one goes on, and none is the default."""
    return numbers[min(year, len(numbers) - 1)] if numbers else default


def _people(figures: Figures, units: Sequence[str], names: Sequence[str]) -> Floats:
    row = {code: place for place, code in enumerate(units)}
    column = {name: place for place, name in enumerate(names)}
    people = np.zeros((len(units), len(names)))
    for post in figures.posts.values():
        for name, count in post.people.items():
            people[row[post.unit_code], column[name]] += count
    return people


def _required(figures: Figures, units: Sequence[str], names: Sequence[str], now: Floats) -> Floats:
    row = {code: place for place, code in enumerate(units)}
    column = {name: place for place, name in enumerate(names)}
    inside = np.array([name != OUTSIDE_ESTABLISHMENT for name in names])
    usual = np.argmax(np.where(inside, now + _DUST, 0.0), axis=1)
    required = np.zeros((len(units), len(names)))
    for post in figures.posts.values():
        unit, total = row[post.unit_code], sum(post.people.values())
        if total <= 0:
            required[unit, usual[unit]] += post.load.required
            continue
        for name, count in post.people.items():
            required[unit, column[name]] += post.load.required * count / total
    return required


def _vacancies(
    figures: Figures, units: Sequence[str], names: Sequence[str], now: Floats
) -> tuple[Floats, tuple[str, ...]]:
    """Return vacancies, 0 where they are unknown or below 0, and the units of unknown ones."""
    vacancies = np.zeros((len(units), len(names)))
    unknown: dict[str, None] = {}
    for unit, code in enumerate(units):
        for place, name in enumerate(names):
            row = figures.headcounts.get((code, name))
            known = row.vacancies if row is not None else None
            vacancies[unit, place] = max(0.0, known or 0.0)
            if known is None and now[unit, place] > 0 and name != OUTSIDE_ESTABLISHMENT:
                unknown[code] = None
    return vacancies, tuple(unknown)


def _unit_quota(policy: Policy, units: Sequence[str], names: Sequence[str], years: int) -> Floats:
    quota = np.full((years, len(units), len(names)), np.inf)
    for unit, code in enumerate(units):
        for place, name in enumerate(names):
            numbers = policy.recruits.get(f"{code}/{name}")
            quota[:, unit, place] = [_of_year(numbers, t, np.inf) for t in range(years)]
    return quota


def _retiring(
    policy: Policy, units: Sequence[str], names: Sequence[str], now: Floats, years: int
) -> Floats:
    """Return who retires, [T, U, C]: as stated for units, the rest of the county's dealt out.

    The county's figure is the whole; what is left of it after the units' own figures goes to the
    other units in proportion to their people, in whole people where the figure is whole, so that
    the years so far come as close to the proportion as they can. Nobody retires who is not there.
    """
    retiring = np.zeros((years, len(units), len(names)))
    for place, name in enumerate(names):
        own = {
            unit: numbers
            for unit, code in enumerate(units)
            if (numbers := policy.retirements.get(f"{code}/{name}"))
        }
        weights = now[:, place].copy()
        weights[list(own)] = 0.0
        due, done = 0.0, np.zeros(len(units))
        for year in range(years):
            for unit, numbers in own.items():
                left = now[unit, place] - retiring[:, unit, place].sum()
                retiring[year, unit, place] = min(left, _of_year(numbers, year, 0.0))
            county = _of_year(policy.retirements.get(name), year, 0.0)
            due += max(0.0, county - retiring[year, :, place].sum())
            total = dealt_out(min(due, float(weights.sum())), weights, done)
            retiring[year, :, place] += total - done
            done = total
    return retiring


def dealt_out(due: float, weights: Floats, least: Floats) -> Floats:
    """Return shares of `due` in proportion to `weights`, none below `least` or above its weight.

    Shares are whole but for the part of `due` that is not: one after the other goes where most of
    the proportional share is missing, the first of several.
    """
    shares = least.copy()
    total = float(weights.sum())
    while (left := due - float(shares.sum())) > _DUST:
        missing = np.where(shares + _DUST < weights, due * weights / total - shares, -np.inf)
        place = int(np.argmax(missing))
        shares[place] += min(1.0, left, float(weights[place] - shares[place]))
    return shares


def stated_retirements(policy: Policy) -> Mapping[str, tuple[float, ...]]:
    """Return the retirements that the policy states, by category or unit and category."""
    return {name: numbers for name, numbers in policy.retirements.items() if sum(numbers) > 0}
