"""Intake check (职责准入): whether a unit can take a new duty on, and what must come with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count

from app.advice.whatif.host_office import best_host
from app.advice.whatif.intake_effect import Reckoning, arithmetic
from app.advice.whatif.intake_resources import needs
from app.errors import BlockedByData
from app.language import _
from app.method.assessing import reassess
from app.method.burden.limits import excesses
from app.method.policy import policy_of
from app.method.requirement import ROUNDING
from app.method.workload import hours_of, unit_hours
from app.model.county import Assignment, Change, County, Duty, Record, Task, Unit, Volume
from app.model.figures import Figures
from app.model.vocabulary import Band, Burden, DutyList, Form, Measuring, Word

_NOISE = 1e-9


class Admission(Word):
    """What the intake check answers for one unit."""

    ACCEPT = "accept", "可以承接", "accept"
    ACCEPT_WITH_PEOPLE = "accept_with_people", "增人后承接", "accept with people"
    REFUSE = "refuse", "不予承接", "refuse"


@dataclass(frozen=True, slots=True)
class NewDuty:
    """A duty that is to be handed down: its tasks, and every unit's volume of them."""

    duty: Duty
    tasks: tuple[Task, ...]
    volumes: tuple[Volume, ...]


@dataclass(frozen=True)
class UnitIntake:
    """What taking the duty on means for one unit."""

    unit_code: str
    decision: Admission
    reckoning: Reckoning
    reasons: tuple[str, ...]
    """Why it is refused; () where it is not."""
    arithmetic: tuple[str, ...]
    needs: tuple[str, ...]
    """What must come with it: people, money, authority; () where it is refused."""


def check_intake(county: County, figures: Figures, new: NewDuty) -> tuple[UnitIntake, ...]:
    """Return a verdict for every unit that has a volume of the new duty, in the units' order.

    workload = Σ task hours × CAF; room = target × capacity − workload of the unit today. Within
    the room it is accepted; beyond it with (workload − room) ÷ (target × AWT) people. It is refused
    where it is formalistic or was reclaimed, where no post may carry it, where the unit is in the
    severe band already, where a limit (熔断) is or would be exceeded, and where it asks for more
    people than the policy's `intake_max_people`. Source: method §9.

    Raises:
        BlockedByData: a task has no unit time, a volume belongs to no unit or no task, or the duty
            is in the plan already.
    """
    _check(county, new)
    above = _above_limits(county, figures, new)
    return tuple(
        _verdict(county, figures, new, unit, above=above)
        for unit in county.units.values()
        if _volumes(new, unit)
    )


def free_code(county: County, wanted: str = "NEW1") -> str:
    """Return `wanted`, or the first of NEW1, NEW2 … that no duty and no task begins with."""
    taken = {code.partition("-")[0] for (code,) in (*county.duties, *county.tasks)}
    others = (f"NEW{number}" for number in count(1))
    return next(code for code in chain((wanted,), others) if code not in taken)


def intake_changes(
    figures: Figures, new: NewDuty, verdicts: Iterable[UnitIntake]
) -> tuple[Change, ...]:
    """Return the changes that hand the duty to the units that do not refuse it.

    Its hours go to the posts of the office in proportion to their capacity.
    """
    hosts = {
        verdict.unit_code: verdict.reckoning.host
        for verdict in verdicts
        if verdict.decision is not Admission.REFUSE
    }
    rows: list[Record] = [new.duty, *new.tasks]
    for volume in new.volumes:
        host = hosts.get(volume.unit_code)
        if host is None:
            continue
        rows.append(volume)
        for post in host.posts:
            share = post.load.capacity_hours / host.capacity_hours
            rows.append(Assignment(volume.unit_code, volume.task_code, post.post_code, share))
    return tuple(Change(None, row) for row in rows)


def _volumes(new: NewDuty, unit: Unit) -> tuple[Volume, ...]:
    return tuple(row for row in new.volumes if row.unit_code == unit.unit_code)


def _check(county: County, new: NewDuty) -> None:
    tasks = {task.task_code: task for task in new.tasks}
    for row in (new.duty, *new.tasks):
        if row.key in county.rows(row.TABLE):
            raise BlockedByData(
                _("{code} is in the plan already.").format(code=row.key[0]),
                remedy=_("Give the new duty and its tasks codes of their own."),
            )
    for volume in new.volumes:
        if (volume.unit_code,) not in county.units or volume.task_code not in tasks:
            raise BlockedByData(
                _("The volume of {task} in {unit} belongs to no unit or no new task.").format(
                    task=volume.task_code, unit=volume.unit_code
                ),
                remedy=_("Use the codes of sheet 单位 and of the new tasks."),
            )
        task = tasks[volume.task_code]
        if task.method is Measuring.VOLUME and unit_hours(task, volume=volume) is None:
            raise BlockedByData(
                _("“{task}” has no time per piece.").format(task=task.name),
                remedy=_("Without it nobody can say what the duty costs; ask for it."),
            )


def _above_limits(county: County, figures: Figures, new: NewDuty) -> frozenset[tuple[str, Form]]:
    """Return the units and forms that would be above a limit with the new duty."""
    records = (new.duty, *new.tasks, *new.volumes)
    changed = county.with_changes(Change(None, row) for row in records)
    after = reassess(figures, changed, {row.unit_code for row in new.volumes})
    return frozenset((excess.unit_code, excess.form) for excess in excesses(changed, after))


def _verdict(
    county: County,
    figures: Figures,
    new: NewDuty,
    unit: Unit,
    *,
    above: frozenset[tuple[str, Form]],
) -> UnitIntake:
    policy = policy_of(county)
    codes = {task.task_code: task for task in new.tasks}
    volumes = _volumes(new, unit)
    tasks = [codes[row.task_code] for row in volumes]
    hours = sum(hours_of(codes[row.task_code], volume=row, unit=unit) for row in volumes)
    reckoning = Reckoning(
        hours=hours,
        load=figures.units[unit.unit_code].load,
        host=best_host(
            county,
            figures,
            unit.unit_code,
            tasks=tasks,
            area=new.duty.area,
            hours=hours,
        ),
        target=policy.target_saturation,
        rounding=ROUNDING[policy.rounding],
    )
    forms = [task.form for task in tasks if task.burden is not Burden.SUBSTANTIVE]
    is_above = any((unit.unit_code, form) in above for form in forms)
    reasons = (
        *_reasons(new.duty, tasks, reckoning, is_above_limit=is_above),
        *_too_many(reckoning, policy.intake_max_people),
    )
    return UnitIntake(
        unit_code=unit.unit_code,
        decision=_decision(reckoning, reasons),
        reckoning=reckoning,
        reasons=reasons,
        arithmetic=tuple(arithmetic(reckoning, unit=unit, tasks=codes, volumes=volumes)),
        needs=() if reasons else tuple(needs(county, figures, new.duty, unit, reckoning)),
    )


def _decision(reckoning: Reckoning, reasons: tuple[str, ...]) -> Admission:
    if reasons:
        return Admission.REFUSE
    if reckoning.missing_hours > _NOISE:
        return Admission.ACCEPT_WITH_PEOPLE
    return Admission.ACCEPT


def _reasons(
    duty: Duty, tasks: list[Task], reckoning: Reckoning, *, is_above_limit: bool
) -> Iterator[str]:
    formalistic = [task.name for task in tasks if task.burden is Burden.FORMALISTIC]
    if formalistic:
        yield _("“{task}” is formalistic: such work is cut, not taken on.").format(
            task=formalistic[0]
        )
    if duty.list is DutyList.RECLAIMED:
        yield _("The duty was reclaimed (收回): it belongs to its department.")
    if reckoning.host is None:
        yield _("No post with people holds what the tasks ask for: {names}.").format(
            names=_(", ").join(dict.fromkeys(_asked(tasks))) or _("people on duty")
        )
    if reckoning.load.band is Band.SEVERE:
        yield _("The unit is severely overloaded already; it has to be relieved first.")
    if is_above_limit:
        yield _("A limit of the policy on this form of work is or would be exceeded (熔断).")


def _asked(tasks: list[Task]) -> Iterator[str]:
    for task in tasks:
        yield from task.qualifications
        if task.is_officer_only:
            yield _("people of the establishment (须在编)")


def _too_many(reckoning: Reckoning, most: float | None) -> Iterator[str]:
    if most is not None and reckoning.people_rounded > most + _NOISE:
        yield _("It asks for {people:g} more people, the policy allows {most:g}.").format(
            people=reckoning.people_rounded, most=most
        )
