"""Locking: the command about posts and assignments that every plan leaves as they are."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from app.advice.pins import Pin, lock_changes, locks
from app.answers import advising as answering
from app.commands.running import Result, opened
from app.errors import UserError
from app.language import _
from app.model.reasons import lock_label
from app.project import Project


def run_lock(options: Namespace) -> Result:
    """List what is locked; lock posts and assignments by their codes, or release them."""
    if options.release and not options.what:
        raise UserError(
            _("Name what is to be released."),
            remedy=_("`hengbian lock PLAN` lists what is locked."),
        )
    wanted = [_named(text) for text in options.what]
    with opened(options.plan, to_change=bool(wanted)) as project:
        if wanted:
            codes = _(", ").join(options.what)
            label = (_("Release {codes}") if options.release else _("Lock {codes}")).format(
                codes=codes
            )
            changes = lock_changes(project.county, wanted, is_locked=not options.release)
            project.change(label, changes)
            project.save()
        county = project.county
    found = locks(county)
    lines = tuple(lock.sentence(county) for lock in found) or (_("Nothing is locked."),)
    return Result({"locks": [answering.lock(lock) for lock in found]}, lines)


def lock_measures(project: Project, ranks: Sequence[int]) -> tuple[Pin, ...]:
    """Lock what measures of the plan kept last would change, as one step; return the locks."""
    if not ranks:
        return ()
    wanted = project.advising.locks_against(ranks)
    project.change(lock_label(ranks), lock_changes(project.county, wanted, is_locked=True))
    return wanted


def _named(text: str) -> Pin:
    """Return what `POST` or `UNIT/TASK/POST` names."""
    *place, post_code = text.split("/")
    if len(place) == 2:
        return Pin(post_code, *place)
    return Pin(text)
