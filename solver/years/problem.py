"""The problem of the years: people, retirements, quotas and what the work asks for, in arrays."""

from __future__ import annotations

from dataclasses import dataclass

from solver.problem import Floats

GOALS = ("shortage", "recruits", "moves", "unevenness", "training")
"""What is minimised, in strict order."""


@dataclass(frozen=True)
class YearsProblem:
    """People of U units and C categories over T years, year 1 at index 0. All figures are people.

    Whatever happens in a year happens on its first day.
    """

    unit_codes: tuple[str, ...]
    category_names: tuple[str, ...]

    people_now: Floats
    """[U, C] people before the first year."""
    retiring: Floats
    """[T, U, C] people who retire; over the years no more than there are today."""
    required: Floats
    """[T, U, C] people that the work of the year asks for."""
    vacancies: Floats
    """[U, C] vacancies today; a retirement makes another one."""
    quota: Floats
    """[T, C] most recruits of the county, inf for no limit."""
    unit_quota: Floats
    """[T, U, C] most recruits of a unit, inf for no limit."""
    max_transfers: Floats
    """[T] most people who change units, inf for no limit."""
    places: Floats
    """[T] most people who are trained."""
    training_cost: Floats
    """[C] share of a working year that training takes."""
    training_gain: float
    """Share by which somebody trained is worth more, from the year after on."""
    whole_people: bool = True


@dataclass(frozen=True)
class YearsDecision:
    """What is done, [T, U, C] people each; `people` is how many there are then."""

    recruits: Floats
    move_in: Floats
    move_out: Floats
    trained: Floats
    people: Floats
