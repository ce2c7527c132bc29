"""Accompanying: the people, money and authority that must come with a new duty (人随事转)."""

from __future__ import annotations

from collections.abc import Iterator

from app.advice.whatif.intake_effect import Reckoning
from app.language import _
from app.method.working_time import working_time
from app.model.county import County, Duty, Unit
from app.model.figures import Figures
from app.model.vocabulary import OUTSIDE_ESTABLISHMENT, DutyList


def needs(
    county: County, figures: Figures, duty: Duty, unit: Unit, reckoning: Reckoning
) -> Iterator[str]:
    """Yield what a unit needs with a new duty; what is not known is said to be missing."""
    yield from _people(county, figures, unit, reckoning)
    if reckoning.office_excess_hours > 0 and reckoning.host is not None:
        yield _(
            "{office} would be {hours:,.0f} h beyond its target: hand as many on inside the unit,"
            " or let the new people work there."
        ).format(office=reckoning.host.office or unit.name, hours=reckoning.office_excess_hours)
    yield from _authority(duty)


def _people(county: County, figures: Figures, unit: Unit, reckoning: Reckoning) -> Iterator[str]:
    people, host = reckoning.people_rounded, reckoning.host
    if people <= 0 or host is None:
        return
    categories = {name for post in host.posts for name in post.people} - {OUTSIDE_ESTABLISHMENT}
    places = [
        row.vacancies
        for name in sorted(categories)
        if (row := figures.headcounts.get((unit.unit_code, name))) is not None
    ]
    known = [max(0.0, number) for number in places if number is not None]
    if known:
        yield _(
            "People (人随事转): {people:g} with the duty, headcount included; the unit itself has"
            " {vacancies:g} vacancies for them."
        ).format(people=people, vacancies=sum(known))
    else:
        yield _(
            "People (人随事转): {people:g} with the duty, headcount included; how many vacancies"
            " the unit has is not known."
        ).format(people=people)
    costs = [working_time(county, name).cost_per_year for name in sorted(categories)]
    stated = [cost for cost in costs if cost is not None]
    if stated:
        each = sum(stated) / len(stated)
        yield _(
            "Money: {people:g} × {each:,.1f} = {cost:,.1f} (10,000 yuan a year) for them."
        ).format(people=people, each=each, cost=people * each)
    else:
        yield _("Money for them; what a person costs a year is not stated on sheet 工时.")


def _authority(duty: Duty) -> Iterator[str]:
    if duty.superior:
        yield _(
            "Authority (权随事转): a written delegation of {superior}, with the means to act."
        ).format(superior=duty.superior)
    else:
        yield _("Authority (权随事转): the department that hands it down is to be named first.")
    if duty.list is DutyList.SUPPORTING and not (duty.superior_duty and duty.own_duty):
        yield _("A supporting item: what either side answers for is to be written down.")
    if not duty.basis:
        yield _("The legal basis is to be named.")
