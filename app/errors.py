"""Failures that are not bugs: each is a sentence for the user and a remedy."""

from __future__ import annotations

import errno

from app.language import _


class UserError(Exception):
    """Something the user or the environment has to mend; shown as a sentence, never a traceback.

    `exit_status` is what the command line ends with: 1 for data that blocks, 2 for wrong usage or
    unreadable input.
    """

    exit_status = 2

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return told(self.message, self.remedy)


class UnreadableFile(UserError):
    """A file that cannot be opened, is not what it claims to be, or is out of bounds."""


class NotSaved(UserError):
    """A plan file that could not be written; the steps stay where they are until it is closed."""


class BlockedByData(UserError):
    """The data is readable but contradicts itself, so the step was not taken."""

    exit_status = 1


class ReadOnlyPlan(UserError):
    """A change was asked of a plan that somebody else holds or that was opened for reading."""


class Cancelled(Exception):
    """The user stopped a long run; neither an error nor a bug."""


def told(message: str, remedy: str) -> str:
    """Return what is wrong and how to mend it, with a space between only where one belongs."""
    return _("{message} {remedy}").format(message=message, remedy=remedy).strip()


def reason_of(error: OSError) -> str:
    """Return why the system refused, as the end of a sentence in the user's language."""
    reasons = {
        errno.EACCES: _("access is denied"),
        errno.EPERM: _("access is denied"),
        errno.EROFS: _("it lies on a disk that may only be read"),
        errno.ENOENT: _("it is not there"),
        errno.ENOTDIR: _("its folder is not a folder"),
        errno.EISDIR: _("it is a folder"),
        errno.EEXIST: _("there is a file of that name"),
        errno.ENAMETOOLONG: _("its name is too long"),
        errno.ELOOP: _("it is a link that leads back to itself"),
        errno.ENOSPC: _("the disk is full"),
        errno.EBUSY: _("another program holds it"),
    }
    return reasons.get(error.errno or 0) or error.strerror or str(error)
