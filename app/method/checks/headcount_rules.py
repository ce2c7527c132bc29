"""Rules on headcount: establishment, legal minimum, and people that come with duties (编制)."""

from __future__ import annotations

from collections.abc import Iterator

from app.language import _
from app.method.grouping import rows_by
from app.method.policy import policy_of
from app.method.saturation import saturation
from app.model.county import County, Duty, Unit
from app.model.figures import Figures
from app.model.findings import Finding, Place
from app.model.vocabulary import OUTSIDE_ESTABLISHMENT, Severity, Table

LEAST_OFFICERS = 2
"""People who enforce the law together, at least: 《行政处罚法》, article 42."""

_OFFICER_LICENCE = "执法证"
"""What the name of a law-enforcement qualification holds, such as 行政执法证."""

_DELEGATION = ("下放", "赋权")
"""Words that mark a duty as handed down by the county."""

_SAME_PEOPLE = 1e-6


def over_strength(county: County, figures: Figures) -> Iterator[Finding]:
    """Find categories of a unit with more people in post than authorised (超编)."""
    for row in figures.headcounts.values():
        if row.in_post is None or row.authorised is None or row.in_post <= row.authorised:
            continue
        yield Finding(
            rule="over_strength",
            severity=Severity.WARNING,
            unit_code=row.unit_code,
            subject=row.category,
            message=_(
                "{unit}: {in_post:g} people of {category} in post, {authorised:g} authorised."
            ).format(
                unit=county.units[(row.unit_code,)].name,
                in_post=row.in_post,
                category=row.category,
                authorised=row.authorised,
            ),
            remedy=_("Move people within their category, or apply for authorised headcount."),
            place=Place(Table.ESTABLISHMENT, (row.unit_code, row.category)),
        )


def people_disagree(county: County, figures: Figures) -> Iterator[Finding]:
    """Find categories of a unit whose posts hold other people than the unit has on duty.

    On duty = in post − lent out − long absence + borrowed; a missing count disagrees with nothing.
    """
    for row in figures.headcounts.values():
        if row.on_duty is None or abs(row.on_duty - row.on_posts) <= _SAME_PEOPLE:
            continue
        yield Finding(
            rule="people_disagree",
            severity=Severity.WARNING,
            unit_code=row.unit_code,
            subject=row.category,
            message=_(
                "{unit}: {on_posts:g} people of {category} on the posts, {on_duty:g} on duty by"
                " the establishment."
            ).format(
                unit=county.units[(row.unit_code,)].name,
                on_posts=row.on_posts,
                category=row.category,
                on_duty=row.on_duty,
            ),
            remedy=_("Correct the people on sheet 岗位 or the counts on sheet 编制."),
            place=Place(Table.ESTABLISHMENT, (row.unit_code, row.category)),
        )


def vacant(county: County, figures: Figures) -> Iterator[Finding]:
    """Find categories of a unit with vacancies (空编) after what is reserved and pending."""
    for row in figures.headcounts.values():
        if row.vacancies is None or row.vacancies <= _SAME_PEOPLE:
            continue
        yield Finding(
            rule="vacant",
            severity=Severity.NOTE,
            unit_code=row.unit_code,
            subject=row.category,
            message=_(
                "{unit}: {vacancies:g} of {authorised:g} authorised places of {category} are"
                " vacant."
            ).format(
                unit=county.units[(row.unit_code,)].name,
                vacancies=row.vacancies,
                authorised=row.authorised,
                category=row.category,
            ),
            remedy=_("Fill them where posts are overloaded; a plan shows where."),
            place=Place(Table.ESTABLISHMENT, (row.unit_code, row.category)),
        )


def too_few_officers(county: County, figures: Figures) -> Iterator[Finding]:
    """Find units with law-enforcement tasks and fewer than two officers who may do them.

    Officers are the people of the establishment (all but 编外) on the unit's posts that hold the
    licence the task asks for. Source: method §5; 《行政处罚法》, article 42.
    """
    needed: dict[tuple[str, str], str] = {}
    for row in figures.tasks.values():
        task = county.tasks[(row.task_code,)]
        for licence in task.qualifications:
            if row.hours > 0 and _OFFICER_LICENCE in licence:
                needed.setdefault((row.unit_code, licence), task.name)
    for (unit_code, licence), task_name in needed.items():
        officers = _officers(county, figures, unit_code=unit_code, licence=licence)
        if officers >= LEAST_OFFICERS:
            continue
        yield Finding(
            rule="too_few_officers",
            severity=Severity.WARNING,
            unit_code=unit_code,
            subject=unit_code,
            message=_(
                "{unit}: “{task}” needs two officers with {licence}, and there are {officers:g}."
            ).format(
                unit=county.units[(unit_code,)].name,
                task=task_name,
                licence=licence,
                officers=officers,
            ),
            remedy=_(
                "Have more people of the establishment licensed and enter it on sheet 岗位, or"
                " leave enforcement to the county."
            ),
            place=Place(Table.UNITS, (unit_code,)),
        )


def delegated_without_people(county: County, figures: Figures) -> Iterator[Finding]:
    """Find duties handed down (下放) whose hours came without people (权责不匹配).

    The township's posts that carry the duty are together above the target saturation:
    Σ workload > target × Σ capacity; with nobody on duty any hours are. Source: method §5.
    """
    target = policy_of(county).target_saturation
    for (unit_code, duty_code), hours in _delegated_hours(county, figures).items():
        unit, duty = county.units[(unit_code,)], county.duties[(duty_code,)]
        posts = [figures.posts[code] for _task, code in hours]
        carriers = list({post.post_code: post for post in posts}.values())
        workload = sum(post.load.workload_hours for post in carriers)
        capacity = sum(post.load.capacity_hours for post in carriers)
        if workload > target * capacity:
            people = sum(
                part * post.caf / post.awt_hours
                for part, post in zip(hours.values(), posts, strict=True)
            )
            task_code, post_code = max(hours, key=lambda key: hours[key])
            yield _delegated(
                unit,
                duty,
                total=sum(hours.values()),
                people=people,
                saturation=saturation(workload_hours=workload, capacity_hours=capacity),
                place=Place(Table.ASSIGNMENTS, (unit_code, task_code, post_code)),
            )


def _delegated(
    unit: Unit, duty: Duty, *, total: float, people: float, saturation: float | None, place: Place
) -> Finding:
    sentence = (
        _(
            "{unit}: the duty “{duty}”, handed down by the county, brings {hours:,.0f} h a year,"
            " the work of {people:.1f} people, to posts where nobody is on duty."
        )
        if saturation is None
        else _(
            "{unit}: the duty “{duty}”, handed down by the county, brings {hours:,.0f} h a year,"
            " the work of {people:.1f} people, to posts that are at {saturation:.0%}."
        )
    )
    return Finding(
        rule="delegated_without_people",
        severity=Severity.WARNING,
        unit_code=unit.unit_code,
        subject=duty.duty_code,
        message=sentence.format(
            unit=unit.name, duty=duty.name, hours=total, people=people, saturation=saturation
        ),
        remedy=_("Ask for the people that go with the duty (人随事转), or hand it back."),
        place=place,
    )


def _delegated_hours(
    county: County, figures: Figures
) -> dict[tuple[str, str], dict[tuple[str, str], float]]:
    """Return the hours of handed-down duties by township and duty, of every task and post."""
    handed_down = {duty.duty_code for duty in county.duties.values() if _is_handed_down(duty)}
    found: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for (unit_code, task_code, post_code), hours in figures.hours.items():
        duty_code = county.tasks[(task_code,)].duty_code
        is_township = county.units[(unit_code,)].kind.is_township
        if hours > 0 and is_township and duty_code in handed_down:
            found.setdefault((unit_code, duty_code), {})[(task_code, post_code)] = hours
    return found


def _is_handed_down(duty: Duty) -> bool:
    texts = (duty.name, duty.area, duty.superior_duty, duty.own_duty, duty.basis)
    return any(word in text for word in _DELEGATION for text in texts)


def _officers(county: County, figures: Figures, *, unit_code: str, licence: str) -> float:
    return sum(
        people
        for post in rows_by("unit_code", county.posts).get(unit_code, ())
        if licence in post.qualifications
        for category, people in figures.posts[post.post_code].people.items()
        if category != OUTSIDE_ESTABLISHMENT
    )
