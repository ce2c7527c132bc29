"""Failures that are not bugs: each is a sentence for the user and a remedy."""

from __future__ import annotations

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
