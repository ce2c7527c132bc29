"""Surveys: the command that asks every unit for its figures, and collects what comes back."""

from __future__ import annotations

from argparse import Namespace

from app.answers import surveys as answering
from app.commands.running import (
    BLOCKED,
    DONE,
    Result,
    as_workbook,
    beside,
    finding_lines,
    known_unit,
    opened,
    written,
)
from app.language import _
from app.surveying import Collection
from app.workbooks.survey.returned_files import SurveyState, UnitReturn, shown


def run_survey(options: Namespace) -> Result:
    """Write one workbook per unit or, with --collect, say what came back and store it if asked."""
    if options.decided:
        return _decided(options)
    if options.collect:
        return _collect(options)
    with opened(options.plan) as project:
        for code in options.unit:
            known_unit(project, code)
        paths = project.surveying.write(
            options.folder, unit_codes=options.unit or None, due=options.due
        )
    return written(*paths)


def _collect(options: Namespace) -> Result:
    out = options.differences
    if out is not None:
        beside(as_workbook(out), [options.folder])
    with opened(options.plan, to_change=options.accept) as project:
        surveying = project.surveying
        paths = [options.folder]
        collection = surveying.collect(paths, accepts=options.accept, due=options.due)
        if out is not None:
            surveying.write_differences(collection.differences, out)
        if collection.changes and options.accept:
            project.change(collection.label, collection.changes)
            project.save()
    return _told(collection)


def _decided(options: Namespace) -> Result:
    """Store what the county has decided in the one workbook that is named."""
    with opened(options.plan, to_change=True) as project:
        collection = project.surveying.decided(options.folder)
        if collection.changes:
            project.change(collection.label, collection.changes)
            project.save()
    return _told(collection)


def _told(collection: Collection) -> Result:
    return Result(
        answering.collection(collection),
        tuple(_lines(collection)),
        finding_lines(collection.findings),
        BLOCKED if collection.is_blocked else DONE,
    )


def _lines(collection: Collection) -> list[str]:
    lines = [_unit_line(unit) for unit in collection.progress]
    lines.append(
        _("Differences: {count}; calculated → verified by the unit → decided by the county").format(
            count=len(collection.differences)
        )
    )
    lines += [
        _("{unit}  {subject}, {figure}: {last} → {verified} → {decided}  {reason}").format(
            unit=row.unit_code,
            subject=row.subject,
            figure=row.title,
            last=shown(row.last),
            verified=shown(row.verified),
            decided=shown(row.decided),
            reason=row.reason,
        )
        for row in collection.differences
    ]
    return lines


def _unit_line(unit: UnitReturn) -> str:
    states = {
        SurveyState.RETURNED: _("returned"),
        SurveyState.WITH_FINDINGS: _("returned, with findings"),
        SurveyState.OUTSTANDING: _("not yet returned"),
        SurveyState.OVERDUE: _("overdue"),
    }
    line = _("{code} {name}: {state}; differences {differences}, findings {findings}")
    return line.format(
        code=unit.unit_code,
        name=unit.name,
        state=states[unit.state],
        differences=unit.differences,
        findings=unit.findings,
    )
