"""Files: the commands that make, fill, write and look back at a plan file."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime

from app.answers import planning as answering
from app.commands.running import (
    BLOCKED,
    DONE,
    Result,
    as_workbook,
    closing,
    known_unit,
    opened,
    storing,
    written,
)
from app.errors import BlockedByData, UserError
from app.language import _
from app.placing import is_taken
from app.project import Project
from app.store.document.repairing import repair
from app.workbooks.standard.exporting import write_template


def run_new(options: Namespace) -> Result:
    """Make a plan file; never over an existing file."""
    if is_taken(options.plan):
        raise UserError(
            _("{path} exists already.").format(path=options.plan),
            remedy=_("Choose another name, or import into it."),
        )
    with storing(), closing(Project.new(options.plan, with_sample=options.sample)) as project:
        county = project.county
    line = _("{path}: {units} units, {posts} posts, {tasks} tasks.").format(
        path=options.plan,
        units=len(county.units),
        posts=len(county.posts),
        tasks=len(county.tasks),
    )
    return Result({"plan": str(options.plan)}, (line,))


def run_repair(options: Namespace) -> Result:
    """Write what a strange plan file holds in the program's own tables as a new one."""
    repair(options.plan, options.out)
    with opened(options.out) as project:
        faults = project.verify_history()
    return Result(
        {"written": [str(options.out)], "faults": list(faults)},
        (_("Written: {path}").format(path=options.out),),
        faults,
        BLOCKED if faults else DONE,
    )


def run_template(options: Namespace) -> Result:
    """Write the blank standard workbook."""
    write_template(as_workbook(options.out))
    return written(options.out)


def run_export(options: Namespace) -> Result:
    """Write the allocation workbook, or the inputs as a standard workbook."""
    as_workbook(options.out)
    with opened(options.plan) as project:
        known_unit(project, options.unit)
        if options.standard:
            project.export_standard(options.out)
        else:
            project.export_allocation(options.out, options.unit)
    return written(options.out)


def run_report(options: Namespace) -> Result:
    """Write the report for print or for Word."""
    with opened(options.plan) as project:
        known_unit(project, options.unit)
        project.write_report(options.out, options.unit)
    return written(options.out)


def run_pictures(options: Namespace) -> Result:
    """Write the charts as pictures."""
    with opened(options.plan) as project:
        pictures = project.reporting.write_pictures(options.out, is_for_word=options.for_word)
    return written(*pictures)


def run_history(options: Namespace) -> Result:
    """List every change and, if asked, look for signs of tampering."""
    with opened(options.plan) as project:
        steps = project.history()
        faults = project.verify_history() if options.verify else None
    lines = [f"{step.number:>5}  {_local(step.time)}  {step.who}  {step.label}" for step in steps]
    if faults is not None:
        lines.append(_("The history is sound.") if not faults else _("The history was altered."))
    return Result(
        answering.history(steps, faults),
        tuple(lines),
        faults or (),
        BLOCKED if faults else DONE,
    )


def run_undo(options: Namespace) -> Result:
    """Take the last change back, as undo does in the window."""
    with opened(options.plan, to_change=True) as project:
        label = _moved(project, project.undo_label, project.undo)
    if label is None:
        raise BlockedByData(_("There is no change to take back."))
    return Result({"undone": label}, (_("Taken back: {label}").format(label=label),))


def run_redo(options: Namespace) -> Result:
    """Do the change taken back last again."""
    with opened(options.plan, to_change=True) as project:
        label = _moved(project, project.redo_label, project.redo)
    if label is None:
        raise BlockedByData(_("There is no change to do again."))
    return Result({"redone": label}, (_("Done again: {label}").format(label=label),))


def _moved(project: Project, label: str | None, move: Callable[[], object]) -> str | None:
    """Go one step through the history and save; a step without a label is none."""
    if label is not None:
        move()
        project.save()
    return label


def _local(time: str) -> str:
    """Return the time of a step, UTC in the plan file, as the clock of this machine shows it."""
    return f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d %H:%M:%S}"
