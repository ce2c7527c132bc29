"""Rules on what the hours are made of: unit times, volumes, shares, seasons and scopes."""

from __future__ import annotations

from collections.abc import Iterator

from app.language import _
from app.method.calendars import calendar_of
from app.method.grouping import assignments_by_task
from app.method.workload import unit_hours
from app.model.county import Assignment, County
from app.model.figures import Figures
from app.model.findings import Finding, Place
from app.model.vocabulary import Measuring, Severity, Table

_WHOLE = 1e-6
"""How far from 100 % the shares of a task may be: a third three times is not 1."""


def unit_time_missing(county: County, figures: Figures) -> Iterator[Finding]:
    """Find volumes of counted tasks (件数) without any time per piece: their hours are missing."""
    for row in county.volumes.values():
        task = county.tasks[(row.task_code,)]
        counted = task.method is Measuring.VOLUME and row.volume > 0
        if counted and unit_hours(task, volume=row) is None:
            yield Finding(
                rule="unit_time_missing",
                severity=Severity.WARNING,
                unit_code=row.unit_code,
                subject=row.task_code,
                message=_(
                    "{unit}: “{task}” has a volume of {volume:,g} and no time per piece, so its"
                    " hours are missing."
                ).format(
                    unit=county.units[(row.unit_code,)].name, task=task.name, volume=row.volume
                ),
                remedy=_("Enter the time per piece on sheet 任务, or the unit's own on 任务量."),
                place=Place(Table.VOLUMES, row.key),
            )


def shares_below_whole(county: County, figures: Figures) -> Iterator[Finding]:
    """Find tasks whose posts carry some of the hours, but not all: Σ shares < 1 (职责盲区)."""
    for (unit_code, task_code), rows in assignments_by_task(county).items():
        figure, share = figures.tasks.get((unit_code, task_code)), _share_in_unit(county, rows)
        if figure is not None and 0 < share < 1 - _WHOLE:
            yield Finding(
                rule="shares_below_whole",
                severity=Severity.WARNING,
                unit_code=unit_code,
                subject=task_code,
                message=_(
                    "{unit}: the posts carry {share:.1%} of “{task}”; {hours:,.0f} h a year are"
                    " left."
                ).format(
                    unit=county.units[(unit_code,)].name,
                    share=share,
                    task=county.tasks[(task_code,)].name,
                    hours=figure.unassigned_hours,
                ),
                remedy=_("Raise the shares to 100 %, or let another post carry the rest."),
                place=Place(Table.ASSIGNMENTS, rows[0].key),
            )


def shares_above_whole(county: County, figures: Figures) -> Iterator[Finding]:
    """Find tasks of which more than there is has been shared out: Σ shares > 1."""
    for (unit_code, task_code), rows in assignments_by_task(county).items():
        share = _share_in_unit(county, rows)
        if share > 1 + _WHOLE:
            yield Finding(
                rule="shares_above_whole",
                severity=Severity.WARNING,
                unit_code=unit_code,
                subject=task_code,
                message=_(
                    "{unit}: the posts carry {share:.1%} of “{task}”, more than there is."
                ).format(
                    unit=county.units[(unit_code,)].name,
                    share=share,
                    task=county.tasks[(task_code,)].name,
                ),
                remedy=_("Lower the shares until they sum to 100 %."),
                place=Place(Table.ASSIGNMENTS, rows[0].key),
            )


def assignment_without_volume(county: County, figures: Figures) -> Iterator[Finding]:
    """Find posts that carry a task of which their unit has no volume."""
    for row in county.assignments.values():
        if (row.unit_code, row.task_code) not in county.volumes:
            yield Finding(
                rule="assignment_without_volume",
                severity=Severity.WARNING,
                unit_code=row.unit_code,
                subject=row.task_code,
                message=_(
                    "{unit}: {post} carries “{task}”, but the unit has no volume of it."
                ).format(**_names(county, row)),
                remedy=_("Enter the unit's volume on sheet 任务量, or remove the assignment."),
                place=Place(Table.ASSIGNMENTS, row.key),
            )


def assignment_to_other_unit(county: County, figures: Figures) -> Iterator[Finding]:
    """Find assignments to a post of another unit; their hours count for nobody."""
    for row in county.assignments.values():
        if county.posts[(row.post_code,)].unit_code != row.unit_code:
            yield Finding(
                rule="assignment_to_other_unit",
                severity=Severity.ERROR,
                unit_code=row.unit_code,
                subject=row.task_code,
                message=_(
                    "{unit}: “{task}” is assigned to {post}, a post of another unit, and counts"
                    " for nobody."
                ).format(**_names(county, row)),
                remedy=_("Assign it to a post of the unit."),
                place=Place(Table.ASSIGNMENTS, row.key),
            )


def season_unknown(county: County, figures: Figures) -> Iterator[Finding]:
    """Find tasks that follow a season which sheet 季节 does not have."""
    for task in county.tasks.values():
        if task.profile and (task.profile,) not in county.profiles:
            yield Finding(
                rule="season_unknown",
                severity=Severity.WARNING,
                unit_code="",
                subject=task.task_code,
                message=_(
                    "“{task}” follows the season “{season}”, which does not exist; its hours are"
                    " spread over working days."
                ).format(task=task.name, season=task.profile),
                remedy=_("Add the season on sheet 季节, or clear it."),
                place=Place(Table.TASKS, task.key),
            )


def scope_unknown(county: County, figures: Figures) -> Iterator[Finding]:
    """Find allowances whose scope names no category, unit, office or post: nobody carries them."""
    known = {"", *(category for (category,) in county.categories)}
    known.update(name for unit in county.units.values() for name in (unit.unit_code, unit.name))
    for post in county.posts.values():
        known.update((post.office, post.post_code, post.title))
    for row in county.allowances.values():
        if row.scope not in known:
            yield Finding(
                rule="scope_unknown",
                severity=Severity.WARNING,
                unit_code="",
                subject=row.name,
                message=_(
                    "The allowance “{name}” is for “{scope}”, which is no staff category, unit,"
                    " office or post; nobody carries it."
                ).format(name=row.name, scope=row.scope),
                remedy=_("Correct the scope on sheet 占用; blank means everybody."),
                place=Place(Table.ALLOWANCES, row.key),
            )


def year_off_calendar(county: County, figures: Figures) -> Iterator[Finding]:
    """Find working years whose days are not those of the plan's calendar."""
    calendar = calendar_of(county)
    for row in county.working_time.values():
        if row.working_days != calendar.working_days:
            yield Finding(
                rule="year_off_calendar",
                severity=Severity.NOTE,
                unit_code="",
                subject=row.category,
                message=_(
                    "{category} has {days:g} working days a year, the calendar of the plan"
                    " ({calendar}) {other:g}."
                ).format(
                    category=row.category,
                    days=row.working_days,
                    calendar=calendar.word,
                    other=calendar.working_days,
                ),
                remedy=_("Choose the calendar in policy `calendar`, or correct sheet 工时."),
                place=Place(Table.WORKING_TIME, row.key),
            )


def seniority_of_nobody(county: County, figures: Figures) -> Iterator[Finding]:
    """Find policy values `seniority.<category>` of a staff category that does not exist."""
    for row in county.policy.values():
        family, _dot, category = row.name.partition(".")
        if family == "seniority" and (category,) not in county.categories:
            yield Finding(
                rule="seniority_of_nobody",
                severity=Severity.WARNING,
                unit_code="",
                subject=row.name,
                message=_(
                    "{key} states years of work, but there is no category {category}."
                ).format(key=row.name, category=category),
                remedy=_("Write the category as sheet 岗位 has it, or remove the row."),
                place=Place(Table.POLICY, row.key),
            )


def _share_in_unit(county: County, rows: tuple[Assignment, ...]) -> float:
    return sum(
        row.share for row in rows if county.posts[(row.post_code,)].unit_code == row.unit_code
    )


def _names(county: County, row: Assignment) -> dict[str, str]:
    return {
        "unit": county.units[(row.unit_code,)].name,
        "task": county.tasks[(row.task_code,)].name,
        "post": county.posts[(row.post_code,)].title,
    }
