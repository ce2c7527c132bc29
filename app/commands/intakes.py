"""Intakes: the command that says which units can take a new duty on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.advice.whatif.intake import Admission, NewDuty, UnitIntake, free_code
from app.answers import judging as answering
from app.commands.running import (
    BLOCKED,
    DONE,
    Result,
    finding_lines,
    known_unit,
    opened,
    percent,
)
from app.errors import BlockedByData, UserError
from app.language import _, word
from app.model.county import County, Duty, Task, Volume
from app.model.scenario import Scenario
from app.model.vocabulary import Burden, DutyList
from app.project import Project
from app.workbooks.importing import Import


def run_intake(options: Namespace) -> Result:
    """Say for every unit whether it can take a new duty on, with how many people, or not."""
    with opened(options.plan, to_change=options.keep is not None) as project:
        messages: tuple[str, ...] = ()
        if options.workbook is not None:
            imported = project.read_import([options.workbook])
            messages = finding_lines(imported.findings)
            new = _from_workbook(imported, options.workbook)
        else:
            new = _from_options(project, options)
        if not new.volumes:
            raise BlockedByData(
                _("No unit of the plan could take the duty on."),
                remedy=_("Import a workbook with units and posts, or name units with --unit."),
            )
        judging = project.judging
        verdicts = judging.intake(new)
        if options.keep is not None:
            project.keep_scenario(Scenario.of(options.keep, judging.intake_changes(new)))
            project.save()
    can_go = any(verdict.decision is not Admission.REFUSE for verdict in verdicts)
    return Result(
        answering.intake(new, verdicts, county=judging.county),
        tuple(_lines(new, verdicts, judging.county)),
        messages,
        DONE if can_go else BLOCKED,
    )


def _from_workbook(imported: Import, path: Path) -> NewDuty:
    rows = [change.after for change in imported.changes if change.before is None]
    duties = [row for row in rows if isinstance(row, Duty)]
    if imported.is_blocked or len(duties) != 1:
        raise UserError(
            _("{name} does not hold one new duty with its tasks and volumes.").format(
                name=path.name
            ),
            remedy=_("Fill sheets 职责, 任务 and 任务量 with one duty that is not in the plan."),
        )
    tasks = tuple(row for row in rows if isinstance(row, Task))
    codes = {task.task_code for task in tasks}
    volumes = tuple(row for row in rows if isinstance(row, Volume) and row.task_code in codes)
    others = len(imported.changes) - 1 - len(tasks) - len(volumes)
    if others:
        raise UserError(
            _("{name} changes {count} other rows of the plan.").format(
                name=path.name, count=others
            ),
            remedy=_("Import these first, or take them out: this check is about the duty alone."),
        )
    return NewDuty(duties[0], tasks, volumes)


def _from_options(project: Project, options: Namespace) -> NewDuty:
    if not options.name or options.hours_each is None or options.volume is None:
        raise UserError(
            _("A new duty needs a workbook, or --name, --hours-each and --volume."),
        )
    numbers = (options.hours_each, options.volume, options.people_each, options.difficulty)
    if not all(0 <= number < float("inf") for number in numbers):
        raise UserError(_("Hours, volumes, people and factors are numbers from 0."))
    for unit_code in options.unit:
        known_unit(project, unit_code)
    code = free_code(project.county)
    duty = Duty(
        code,
        options.name,
        DutyList.UNLISTED,
        area=options.area,
        superior=options.ordered_by,
    )
    task = Task(
        code,
        code,
        options.name,
        options.kind or Burden.SUBSTANTIVE,
        hours_each=options.hours_each,
        people_each=options.people_each,
        difficulty=options.difficulty,
        is_field=options.field,
        form=options.form,
        ordered_by=options.ordered_by,
        qualifications=tuple(options.qualification),
        is_officer_only=options.officer_only,
    )
    units = options.unit or [
        unit.unit_code for unit in project.county.units.values() if unit.kind.is_township
    ]
    return NewDuty(duty, (task,), tuple(Volume(unit, code, options.volume) for unit in units))


def _lines(new: NewDuty, verdicts: Sequence[UnitIntake], county: County) -> Iterator[str]:
    yield _("Intake check of “{name}”").format(name=new.duty.name)
    for verdict in verdicts:
        reckoning = verdict.reckoning
        yield _(
            "{unit}: {decision}, {people:g} more in post, saturation {before} → {after}"
        ).format(
            unit=county.units[(verdict.unit_code,)].name,
            decision=word(verdict.decision),
            people=reckoning.people_rounded,
            before=percent(reckoning.load.saturation),
            after=percent(reckoning.unit_after),
        )
        for line in (*verdict.reasons, *verdict.arithmetic, *verdict.needs):
            yield f"    {line}"
