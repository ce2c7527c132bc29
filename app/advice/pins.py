"""Keeping: posts and assignments that are locked, so that every plan leaves them as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.errors import UserError
from app.language import _
from app.model.county import Assignment, Change, County, Post
from app.model.plan import Measure
from app.model.vocabulary import MeasureKind


@dataclass(frozen=True, slots=True)
class Pin:
    """A post that keeps its people and its work, or one task that stays with a post.

    `unit_code` and `task_code` are '' where it is the whole post.
    """

    post_code: str
    unit_code: str = ""
    task_code: str = ""

    def sentence(self, county: County) -> str:
        """Return what is kept, by its names and the code to release it with."""
        post = county.posts.get((self.post_code,))
        unit = county.units.get((post.unit_code,)) if post is not None else None
        task = county.tasks.get((self.task_code,))
        sentence = (
            _("Locked: “{task}” stays with {post} of {unit} ({code}).")
            if self.task_code
            else _("Locked: {post} of {unit} keeps its people and its work ({code}).")
        )
        return sentence.format(
            task=task.name if task is not None else self.task_code,
            post=post.title if post is not None else self.post_code,
            unit=unit.name if unit is not None else self.unit_code,
            code=self.code,
        )

    @property
    def code(self) -> str:
        """Return by what it is named: POST, or UNIT/TASK/POST."""
        return "/".join(filter(None, (self.unit_code, self.task_code, self.post_code)))


def locks(county: County) -> tuple[Pin, ...]:
    """Return what is locked in `county`: posts first, then assignments."""
    posts = [Pin(row.post_code) for row in county.posts.values() if row.is_pinned]
    assignments = [
        Pin(row.post_code, row.unit_code, row.task_code)
        for row in county.assignments.values()
        if row.is_pinned
    ]
    return (*posts, *assignments)


def locks_against(measure: Measure) -> tuple[Pin, ...]:
    """Return what has to be locked so that what a measure would change stays as it is today.

    A task stays with the posts that would hand it on or be relieved of it; a post that somebody
    would leave, or else come to, keeps its people, its tasks and takes no others.

    Raises:
        UserError: the measure takes nothing from anybody, so there is nothing to keep.
    """
    if measure.kind in {MeasureKind.REASSIGN, MeasureKind.CUT}:
        found = [
            Pin(part.post_code, part.unit_code, measure.task_of(part))
            for part in measure.parts
            if part.post_code
        ]
    else:
        found = [Pin(measure.post_code or measure.to_post_code)]
    if not found:
        raise UserError(
            _("Measure {rank} takes nothing from any post, so there is nothing to lock.").format(
                rank=measure.rank
            ),
            remedy=_("Reject it to leave it out of the next plan."),
        )
    return tuple(dict.fromkeys(found))


def lock_changes(county: County, wanted: Iterable[Pin], *, is_locked: bool) -> list[Change]:
    """Return the changes that lock (or release) posts and assignments.

    Raises:
        UserError: one of them is not there.
    """
    changes = []
    for lock in wanted:
        record = _record(county, lock)
        if record.is_pinned is not is_locked:
            changes.append(Change(before=record, after=replace(record, is_pinned=is_locked)))
    return changes


def _record(county: County, lock: Pin) -> Post | Assignment:
    found: Post | Assignment | None
    if lock.task_code:
        found = county.assignments.get((lock.unit_code, lock.task_code, lock.post_code))
    else:
        found = county.posts.get((lock.post_code,))
    if found is None:
        raise UserError(
            _("“{code}” is neither a post nor an assignment.").format(code=lock.code),
            remedy=_("Name a post by its code, an assignment as UNIT/TASK/POST."),
        )
    return found
