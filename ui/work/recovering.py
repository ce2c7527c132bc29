"""Recovering: what a sudden end of the program left, offered to the user and opened again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.language import _
from ui.look.messages import Message
from ui.work.host import Host
from ui.work.jobs import Job
from ui.work.writing import open_path

if TYPE_CHECKING:
    from app.project import Project
    from app.store.document.recovering import Lost


def look_for_lost(workspace: Host) -> Job:
    """Look for plans that were never saved when the program ended at once."""

    def work(job: Job) -> tuple[Lost, ...]:
        from app.project import Project  # noqa: PLC0415 - slow to import, so not at start

        return Project.lost()

    return workspace.run(Job("", work), workspace.show_lost)


def recover(workspace: Host, lost: Lost) -> Job:
    """Open a plan that was never saved."""

    def work(job: Job) -> Project:
        from app.project import Project  # noqa: PLC0415 - slow to import, so not at start

        project = Project.recover(lost.folder)
        _ = project.figures
        return project

    text = _("Opening the plan that was found…")
    return workspace.run(Job(text, work, is_exclusive=True), workspace.hold)


def special(project: Project) -> Message | None:
    """Return what is to be said of a plan file opened just now: for reading only, or recovered."""
    if project.is_read_only:
        return _read_only(project.lock_owner)
    if project.set_aside:
        return _set_aside(project.set_aside[0].parent)
    if project.was_recovered:
        return Message(
            _("Steps that were not saved last time have been found and are in here."),
            _("Save to keep them, or undo what you do not want."),
        )
    return None


def _read_only(owner: str) -> Message:
    sentence = (
        _("{owner} has this plan open, so it is shown for reading only.").format(owner=owner)
        if owner
        else _("This plan is shown for reading only.")
    )
    return Message(sentence, _("Save it under another name to change it."))


def _set_aside(folder: Path) -> Message:
    return Message(
        _("Unsaved steps were found that do not fit this plan any more."),
        _("They are kept in {path}.").format(path=folder),
        action_text=_("Show the folder"),
        action=lambda: open_path(folder),
    )
