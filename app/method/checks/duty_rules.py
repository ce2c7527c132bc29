"""Rules on duties and their tasks: conflicts, unclear duties, blind spots (职责—任务)."""

from __future__ import annotations

from collections.abc import Iterator

from app.language import _
from app.method.burden.duplicates import duplicate_orders
from app.method.grouping import assignments_by_task
from app.model.county import County, Duty
from app.model.figures import Figures
from app.model.findings import Finding, Place
from app.model.vocabulary import DutyList, Role, Severity, Table

_LISTED = frozenset({DutyList.CORE, DutyList.SUPPORTING})


def two_leads(county: County, figures: Figures) -> Iterator[Finding]:
    """Find tasks that two or more posts of a unit lead (职责冲突)."""
    for (unit_code, task_code), rows in assignments_by_task(county).items():
        leads = [row.post_code for row in rows if row.role is Role.LEAD]
        if len(leads) > 1:
            yield Finding(
                rule="two_leads",
                severity=Severity.WARNING,
                unit_code=unit_code,
                subject=task_code,
                message=_("{unit}: “{task}” has {number} leads (主办): {posts}.").format(
                    unit=county.units[(unit_code,)].name,
                    task=county.tasks[(task_code,)].name,
                    number=len(leads),
                    posts=_(", ").join(county.posts[(code,)].title for code in leads),
                ),
                remedy=_("Keep one lead and make the others assistants (协办)."),
                place=Place(Table.ASSIGNMENTS, (unit_code, task_code, leads[1])),
            )


def task_without_lead(county: County, figures: Figures) -> Iterator[Finding]:
    """Find tasks with assistants and no lead (职责不清); blank roles alone are no assistants.

    Supporting items (配合) are led by the superior department, so a township only assists.
    """
    for (unit_code, task_code), rows in assignments_by_task(county).items():
        roles = {row.role for row in rows}
        if Role.LEAD in roles or _is_led_from_above(county, unit_code, task_code):
            continue
        if Role.ASSIST in roles:
            yield Finding(
                rule="task_without_lead",
                severity=Severity.WARNING,
                unit_code=unit_code,
                subject=task_code,
                message=_("{unit}: “{task}” has assistants (协办) and no lead (主办).").format(
                    unit=county.units[(unit_code,)].name,
                    task=county.tasks[(task_code,)].name,
                ),
                remedy=_("Name the post that answers for it as lead."),
                place=Place(Table.ASSIGNMENTS, rows[0].key),
            )


def duty_without_task(county: County, figures: Figures) -> Iterator[Finding]:
    """Find duties that no task breaks down (职责不清); reclaimed ones are to have none."""
    with_task = {task.duty_code for task in county.tasks.values()}
    for duty in county.duties.values():
        if duty.duty_code not in with_task and duty.list is not DutyList.RECLAIMED:
            yield Finding(
                rule="duty_without_task",
                severity=Severity.WARNING,
                unit_code="",
                subject=duty.duty_code,
                message=_("The duty “{duty}” has no task.").format(duty=duty.name),
                remedy=_("Break it down into tasks that can be counted, or take it off the list."),
                place=Place(Table.DUTIES, duty.key),
            )


def reclaimed_duty_with_hours(county: County, figures: Figures) -> Iterator[Finding]:
    """Find tasks of reclaimed duties (收回) that still take a township's hours (职责冲突).

    The county department that took the duty over does them rightly.
    """
    for row in figures.tasks.values():
        task = county.tasks[(row.task_code,)]
        is_reclaimed = county.duties[(task.duty_code,)].list is DutyList.RECLAIMED
        is_township = county.units[(row.unit_code,)].kind.is_township
        if row.hours > 0 and is_reclaimed and is_township:
            yield Finding(
                rule="reclaimed_duty_with_hours",
                severity=Severity.WARNING,
                unit_code=row.unit_code,
                subject=row.task_code,
                message=_(
                    "{unit}: “{task}” still takes {hours:,.0f} h a year, though its duty was"
                    " reclaimed (收回)."
                ).format(unit=county.units[(row.unit_code,)].name, task=task.name, hours=row.hours),
                remedy=_("Hand the task back to the department that took over the duty."),
                place=Place(Table.VOLUMES, (row.unit_code, row.task_code)),
            )


def supporting_led_as_own(county: County, figures: Figures) -> Iterator[Finding]:
    """Find supporting items (配合) that a township's post leads like its own (职责冲突)."""
    for row in county.assignments.values():
        if row.role is not Role.LEAD or not _is_led_from_above(
            county, row.unit_code, row.task_code
        ):
            continue
        duty = _duty_of(county, row.task_code)
        yield Finding(
            rule="supporting_led_as_own",
            severity=Severity.WARNING,
            unit_code=row.unit_code,
            subject=row.task_code,
            message=_(
                "{unit}: {post} leads “{task}” (主办), though {superior} answers for the"
                " supporting item “{duty}” (配合)."
            ).format(
                unit=county.units[(row.unit_code,)].name,
                post=county.posts[(row.post_code,)].title,
                task=county.tasks[(row.task_code,)].name,
                superior=duty.superior.replace("；", _(", ")) or _("the superior department"),
                duty=duty.name,
            ),
            remedy=_("Make the post an assistant (协办), or have the item moved to the core list."),
            place=Place(Table.ASSIGNMENTS, row.key),
        )


def supporting_without_superior(county: County, figures: Figures) -> Iterator[Finding]:
    """Find supporting items (配合) that name no superior department (职责不清)."""
    for duty in county.duties.values():
        if duty.list is DutyList.SUPPORTING and not duty.superior:
            yield Finding(
                rule="supporting_without_superior",
                severity=Severity.WARNING,
                unit_code="",
                subject=duty.duty_code,
                message=_("The supporting item “{duty}” names no superior department.").format(
                    duty=duty.name
                ),
                remedy=_("Enter the department it supports in column 上级部门 of sheet 职责."),
                place=Place(Table.DUTIES, duty.key),
            )


def supporting_without_division(county: County, figures: Figures) -> Iterator[Finding]:
    """Find supporting items (配合) without the responsibility text of either side (职责不清)."""
    for duty in county.duties.values():
        texts = {"上级部门职责": duty.superior_duty, "乡镇职责": duty.own_duty}
        blank = [column for column, text in texts.items() if not text]
        if duty.list is DutyList.SUPPORTING and blank:
            yield Finding(
                rule="supporting_without_division",
                severity=Severity.WARNING,
                unit_code="",
                subject=duty.duty_code,
                message=_("The supporting item “{duty}” leaves blank: {columns}.").format(
                    duty=duty.name, columns=_(", ").join(blank)
                ),
                remedy=_("Agree with the superior department who does what, and enter both sides."),
                place=Place(Table.DUTIES, duty.key),
            )


def duty_carried_by_nobody(county: County, figures: Figures) -> Iterator[Finding]:
    """Find listed duties (基本, 配合) with tasks of which no post of any unit carries a share."""
    carried = {
        county.tasks[(row.task_code,)].duty_code
        for row in county.assignments.values()
        if row.share > 0 and county.posts[(row.post_code,)].unit_code == row.unit_code
    }
    with_task = dict.fromkeys(task.duty_code for task in county.tasks.values())
    for duty_code in with_task:
        duty = county.duties[(duty_code,)]
        if duty.list in _LISTED and duty_code not in carried:
            yield Finding(
                rule="duty_carried_by_nobody",
                severity=Severity.WARNING,
                unit_code="",
                subject=duty_code,
                message=_("No post of any unit carries the listed duty “{duty}”.").format(
                    duty=duty.name
                ),
                remedy=_("Enter its volumes and assign its tasks, or take it off the list."),
                place=Place(Table.DUTIES, duty.key),
            )


def task_carried_by_nobody(county: County, figures: Figures) -> Iterator[Finding]:
    """Find tasks with hours of which no post carries any (职责盲区)."""
    for row in figures.tasks.values():
        if row.hours > 0 and row.assigned_hours <= 0:
            yield Finding(
                rule="task_carried_by_nobody",
                severity=Severity.WARNING,
                unit_code=row.unit_code,
                subject=row.task_code,
                message=_("{unit}: nobody carries “{task}” ({hours:,.0f} h a year).").format(
                    unit=county.units[(row.unit_code,)].name,
                    task=county.tasks[(row.task_code,)].name,
                    hours=row.hours,
                ),
                remedy=_("Assign it to a post in the matrix, or ask for a plan."),
                place=Place(Table.VOLUMES, (row.unit_code, row.task_code)),
            )


def task_outside_list(county: County, figures: Figures) -> Iterator[Finding]:
    """Find tasks of no list item (清单外) that take hours: they need the intake check (准入)."""
    hours: dict[str, list[float]] = {}
    for row in figures.tasks.values():
        if row.hours > 0 and _duty_of(county, row.task_code).list is DutyList.UNLISTED:
            hours.setdefault(row.task_code, []).append(row.hours)
    for task_code, by_unit in hours.items():
        yield Finding(
            rule="task_outside_list",
            severity=Severity.WARNING,
            unit_code="",
            subject=task_code,
            message=_(
                "“{task}” belongs to no item of the list and takes {units} units {hours:,.0f} h"
                " a year."
            ).format(task=county.tasks[(task_code,)].name, units=len(by_unit), hours=sum(by_unit)),
            remedy=_(
                "Put it through the intake check: onto the list together with people, or back to"
                " the department that ordered it."
            ),
            place=Place(Table.TASKS, (task_code,)),
        )


def duplicate_order(county: County, figures: Figures) -> Iterator[Finding]:
    """Find tasks that repeat what another department ordered (任务重复); see `duplicates`."""
    for order in duplicate_orders(county, figures):
        task, kept = county.tasks[(order.task_code,)], county.tasks[(order.kept_code,)]
        yield Finding(
            rule="duplicate_order",
            severity=Severity.WARNING,
            unit_code="",
            subject=task.task_code,
            message=_(
                "“{task}” ({department}) asks for what “{kept}” ({kept_department}) asks for"
                " already, alike by {likeness:.0%}; handing in once would save {units} units"
                " {hours:,.0f} h a year."
            ).format(
                task=task.name,
                department=task.ordered_by,
                kept=kept.name,
                kept_department=kept.ordered_by,
                likeness=order.likeness,
                units=len(order.unit_codes),
                hours=order.saved_hours,
            ),
            remedy=_(
                "Agree with both departments on one report that serves both (一次填报、多方调用)."
            ),
            place=Place(Table.TASKS, task.key),
        )


def _duty_of(county: County, task_code: str) -> Duty:
    return county.duties[(county.tasks[(task_code,)].duty_code,)]


def _is_led_from_above(county: County, unit_code: str, task_code: str) -> bool:
    is_supporting = _duty_of(county, task_code).list is DutyList.SUPPORTING
    return is_supporting and county.units[(unit_code,)].kind.is_township
