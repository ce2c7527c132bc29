"""Accounts: what sheets and reports both say about headcount, burden and evidence, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from app.model.county import County
from app.model.figures import Figures, Headcount
from app.model.plan import Plan
from app.model.vocabulary import OUTSIDE_ESTABLISHMENT, Evidence


@dataclass(frozen=True, slots=True)
class HeadcountRow:
    """核定 / 实有 / 在岗 / 测算 / 调整后 of a unit's category, of a unit ('' category), of all.

    A missing figure is None, never 0, and a sum with a missing part is missing too. 编外 is
    outside the establishment: sums of 核定, 实有 and 空编 leave it out, those of people do not.
    People are required of posts, not of categories, so `required` stands on the sums alone.
    """

    unit_code: str
    category: str
    authorised: float | None
    in_post: float | None
    on_duty: float | None
    on_posts: float
    vacancies: float | None
    required: float | None = None
    required_rounded: float | None = None
    after: float | None = None
    """People on the posts once the plan is carried out; None without a plan."""


class Cut(Enum):
    """What the burden is added up by."""

    KIND = "kind"
    FORM = "form"
    DEPARTMENT = "department"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class BurdenRow:
    """What some tasks take in a year: hours, people busy with them, how many tasks they are."""

    cut: Cut
    name: str
    """'' where the tasks state none."""
    hours: float
    assigned_hours: float
    people: float
    tasks: int
    share: float
    """Of all hours of the ledger."""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """How many hours of tasks rest on unit times of one grade; None is no grade."""

    grade: Evidence | None
    tasks: int
    hours: float
    share: float


def headcount_rows(
    figures: Figures, plan: Plan | None, unit_codes: Collection[str]
) -> Mapping[str, list[HeadcountRow]]:
    """Return by unit a row for every category and, last, their sum."""
    after = _people_after(figures, plan)
    found: dict[str, list[HeadcountRow]] = {code: [] for code in unit_codes}
    for row in figures.headcounts.values():
        if row.unit_code in found:
            people = after.get((row.unit_code, row.category), 0.0) if plan is not None else None
            found[row.unit_code].append(_row(row, people))
    for code, rows in found.items():
        load = figures.units[code].load
        total = _together(code, "", rows)
        rows.append(replace(total, required=load.required, required_rounded=load.required_rounded))
    return found


def headcount_total(rows: Iterable[HeadcountRow]) -> HeadcountRow:
    """Return the sum over the sums of units."""
    sums = list(rows)
    return replace(
        _together("", "", sums),
        required=sum(row.required or 0.0 for row in sums),
        required_rounded=sum(row.required_rounded or 0.0 for row in sums),
    )


def headcount_by_category(rows: Iterable[HeadcountRow]) -> list[HeadcountRow]:
    """Return the rows of categories added up over all units."""
    by_category: dict[str, list[HeadcountRow]] = {}
    for row in rows:
        if row.category:
            by_category.setdefault(row.category, []).append(row)
    return [_together("", category, found) for category, found in by_category.items()]


def evidence_rows(
    county: County, figures: Figures, unit_codes: Collection[str]
) -> list[EvidenceRow]:
    """Return the hours of tasks by grade of evidence, the best grade first, no grade last."""
    hours: dict[Evidence | None, float] = dict.fromkeys((*Evidence, None), 0.0)
    tasks: dict[Evidence | None, set[str]] = {grade: set() for grade in hours}
    for row in figures.tasks.values():
        if row.unit_code in unit_codes:
            grade = county.tasks[(row.task_code,)].evidence
            hours[grade] += row.hours
            tasks[grade].add(row.task_code)
    whole = sum(hours.values())
    return [
        EvidenceRow(grade, len(tasks[grade]), part, part / whole if whole else 0.0)
        for grade, part in hours.items()
    ]


def _people_after(figures: Figures, plan: Plan | None) -> Mapping[tuple[str, str], float]:
    """Return people on the posts after the plan by unit and category; other posts stay."""
    changed = {row.post_code: row.people_after for row in plan.posts} if plan is not None else {}
    people: dict[tuple[str, str], float] = {}
    for post in figures.posts.values():
        for category, number in changed.get(post.post_code, post.people).items():
            key = post.unit_code, category
            people[key] = people.get(key, 0.0) + number
    return people


def _row(row: Headcount, after: float | None) -> HeadcountRow:
    return HeadcountRow(
        row.unit_code,
        row.category,
        row.authorised,
        row.in_post,
        row.on_duty,
        row.on_posts,
        row.vacancies,
        after=after,
    )


def _together(unit_code: str, category: str, rows: list[HeadcountRow]) -> HeadcountRow:
    def added(values: Iterable[float | None]) -> float | None:
        known = list(values)
        return None if None in known or not known else sum(filter(None, known))

    inside = [row for row in rows if category or row.category != OUTSIDE_ESTABLISHMENT]
    return HeadcountRow(
        unit_code,
        category,
        added(row.authorised for row in inside),
        added(row.in_post for row in inside),
        added(row.on_duty for row in rows),
        sum(row.on_posts for row in rows),
        added(row.vacancies for row in inside),
        after=added(row.after for row in rows),
    )
