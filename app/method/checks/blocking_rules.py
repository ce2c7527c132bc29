"""Rules on inputs without which there are no figures: policy, working years, allowances."""

from __future__ import annotations

from collections.abc import Iterator

from app.errors import BlockedByData
from app.method.allowances import (
    AllowanceBook,
    AllowancesTakeEverything,
    crew_of,
    yearly_hours,
)
from app.method.grouping import rows_by
from app.method.policy import UnreadablePolicy, policy_of
from app.method.working_time import available_days, working_time
from app.method.workload import ability_of
from app.model.county import County, Record, WorkingTime
from app.model.findings import Finding, Place
from app.model.vocabulary import AllowanceKind, Severity, Table


def policy_unreadable(county: County) -> Iterator[Finding]:
    """Find the first policy value that does not fit its key."""
    try:
        policy_of(county)
    except UnreadablePolicy as error:
        place = Place(Table.POLICY, (error.key,))
        yield _blocking("policy_unreadable", error, subject=error.key, place=place)


def working_year_empty(county: County) -> Iterator[Finding]:
    """Find staff categories whose working year leaves no working time (AWT ≤ 0)."""
    for category in dict.fromkeys(key[0] for key in (*county.categories, *county.working_time)):
        try:
            available_days(working_time(county, category))
        except BlockedByData as error:
            place = Place(Table.WORKING_TIME, (category,))
            yield _blocking("working_year_empty", error, subject=category, place=place)


def ability_not_positive(county: County) -> Iterator[Finding]:
    """Find posts whose ability factor is 0 or below."""
    for post in county.posts.values():
        try:
            ability_of(post)
        except BlockedByData as error:
            yield _blocking(
                "ability_not_positive",
                error,
                subject=post.post_code,
                place=_place(post),
                unit_code=post.unit_code,
            )


def individual_allowance_as_share(county: County) -> Iterator[Finding]:
    """Find individual allowances stated as a share of working time (method §1)."""
    for row in county.allowances.values():
        if row.kind is not AllowanceKind.INDIVIDUAL:
            continue
        try:
            yearly_hours(row, year=WorkingTime(""))
        except BlockedByData as error:
            yield _blocking(
                "individual_allowance_as_share", error, subject=row.name, place=_place(row)
            )


def allowances_take_everything(county: County) -> Iterator[Finding]:
    """Find category allowances that together take all working time, ΣCAS ≥ 1 (method §2)."""
    book, entries = AllowanceBook(county), rows_by("post_code", county.staffing)
    said = set()
    for post in county.posts.values():
        unit = county.units[(post.unit_code,)]
        try:
            crew = crew_of(county, entries.get(post.post_code, ()))
            book.category_share(post=post, unit=unit, crew=crew)
        except AllowancesTakeEverything as error:
            if error.message not in said:
                said.add(error.message)
                first = error.allowances[0]
                yield _blocking(
                    "allowances_take_everything", error, subject=first.name, place=_place(first)
                )
        except BlockedByData:
            continue


def _place(record: Record) -> Place:
    return Place(record.TABLE, record.key)


def _blocking(
    rule: str, error: BlockedByData, *, subject: str, place: Place, unit_code: str = ""
) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        unit_code=unit_code,
        subject=subject,
        message=error.message,
        remedy=error.remedy,
        place=place,
    )
