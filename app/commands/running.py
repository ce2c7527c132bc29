"""Running: what all commands share, their result, an open plan file, and sentences about it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.answers import Answer
from app.errors import NotSaved, ReadOnlyPlan, UserError, told
from app.language import _, word
from app.model.findings import ImportFinding
from app.placing import expect, is_taken
from app.project import Project
from app.workbooks.importing import Import

DONE, BLOCKED, WRONG, STOPPED = range(4)


@dataclass(frozen=True)
class Result:
    """What a command answers: JSON, lines for a reader, messages for standard error."""

    answer: Answer
    lines: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    status: int = DONE


@contextmanager
def closing(project: Project) -> Iterator[Project]:
    """Let go of a project at the end, whatever happens."""
    try:
        yield project
    finally:
        project.close()


@contextmanager
def storing() -> Iterator[None]:
    """Say of a plan file that could not be written that a command, unlike the window, ends here."""
    try:
        yield
    except NotSaved as error:
        raise UserError(
            error.message,
            remedy=_("Nothing was stored. Mend this or choose another place, and run it again."),
        ) from error


@contextmanager
def opened(path: Path, *, to_change: bool = False) -> Iterator[Project]:
    """Open a plan file for one command; refuse early what could not be stored later."""
    with storing(), closing(Project.open(path, read_only=not to_change)) as project:
        if to_change and project.is_read_only:
            raise ReadOnlyPlan(
                _("{path} is in use by {owner}.").format(path=path, owner=project.lock_owner),
                remedy=_("Close it there and try again."),
            )
        if to_change:
            _expect_to_save(path)
            _tell_recovered(project)
        yield project


def _tell_recovered(project: Project) -> None:
    """Say on standard error, at once, which steps of a stopped run are in here and saved too."""
    lines = []
    if project.recovered:
        lines.append(
            _("Steps that an earlier run had not saved were found and are saved with this one:")
        )
        lines += [f"  {step.number}  {step.label}" for step in project.recovered]
    for place in project.set_aside:
        sentence = _("Unsaved steps that do not fit this plan any more are kept in {path}.")
        lines.append(sentence.format(path=place))
    sys.stderr.writelines(f"{line}\n" for line in lines)


def _expect_to_save(path: Path) -> None:
    """Refuse a plan file that could not be saved, before minutes of work for it begin."""
    document = Path(os.path.realpath(path))
    if not os.access(document, os.W_OK):
        raise ReadOnlyPlan(
            _("“{name}” is write-protected.").format(name=path.name),
            remedy=_("Take the protection off, or work on a copy of it."),
        )
    expect(document)


def as_workbook(path: Path) -> Path:
    """Return where a workbook is to be written; refuse a name that claims another format."""
    if path.suffix.casefold() == ".xlsx":
        return path
    raise UserError(
        _("“{name}” does not end in .xlsx.").format(name=path.name),
        remedy=_("Workbooks are written as .xlsx only: name it “{name}”.").format(
            name=path.with_suffix(".xlsx").name
        ),
    )


def beside(path: Path, sources: Iterable[Path]) -> Path:
    """Return where a file is to be written; refuse to write over what it is made from."""
    target = Path(os.path.realpath(path))
    for source in sources:
        read = Path(os.path.realpath(source))
        if target == read or (read in target.parents and is_taken(target)):
            raise UserError(
                _("“{name}” is a file that is read here, and would be lost.").format(
                    name=path.name
                ),
                remedy=_("Name another file to write to."),
            )
    return path


def known_unit(project: Project, unit_code: str | None) -> None:
    """Refuse a unit that the plan does not have."""
    if unit_code is not None and (unit_code,) not in project.county.units:
        raise UserError(
            _("There is no unit {code}.").format(code=unit_code),
            remedy=_("`hengbian status` without --unit lists all units."),
        )


def written(*paths: Path) -> Result:
    """Return the result of having written files."""
    lines = tuple(_("Written: {path}").format(path=path) for path in paths)
    return Result({"written": [str(path) for path in paths]}, lines)


def import_line(imported: Import) -> str:
    """Return what an import did, or would do, in one line."""
    return _("{added} added, {changed} changed, {removed} removed, {unchanged} unchanged.").format(
        added=imported.added,
        changed=imported.changed,
        removed=imported.removed,
        unchanged=imported.unchanged,
    )


def finding_lines(findings: tuple[ImportFinding, ...]) -> tuple[str, ...]:
    """Return the findings of an import, one line each with its place."""
    return tuple(
        " › ".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
        + f"  [{word(finding.severity)}] {told(finding.message, finding.remedy)}"
        for finding in findings
    )


def coded(name: str, code: str) -> str:
    """Return what something is called, with the code that commands ask for."""
    return _("{name} ({code})").format(name=name, code=code)


def percent(ratio: float | None) -> str:
    """Return a ratio in per cent, a dash where there is none."""
    return "–" if ratio is None else f"{ratio:.1%}"
