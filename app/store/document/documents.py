"""Documents: the file that a plan is saved to, and the right to write it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from app.errors import ReadOnlyPlan, UnreadableFile, UserError
from app.language import _
from app.placing import is_taken
from app.store.document.locking import Held, Lock
from app.store.document.saving import fingerprint, save_document


def whole(path: Path) -> Path:
    """Return a path from the root of the disk, its links followed as far as they lead."""
    return Path(os.path.realpath(path))


@dataclass(frozen=True, slots=True)
class Document:
    """A file, our lock on it (None where none can be made), and its bytes as last seen."""

    path: Path
    lock: Lock | None
    fingerprint: str

    @classmethod
    def claimed(cls, path: Path) -> Document:
        """Return a document with its lock; where none can be made nobody could save either.

        Raises:
            Held: somebody works on it.
            UnreadableFile: it is there, but cannot be read.
        """
        try:
            lock = Lock.take(path)
        except OSError:
            lock = None
        try:
            return cls(path, lock, fingerprint(path))
        except UnreadableFile:
            if lock is not None:
                lock.release()
            raise

    @classmethod
    def new(cls, path: Path) -> Document:
        """Return the document that a new plan file will be.

        Raises:
            UserError: the name is taken.
        """
        if is_taken(path):
            raise UserError(
                _("There is already a file {path}.").format(path=path),
                remedy=_("Choose another name."),
            )
        try:
            return cls.claimed(path)
        except Held as held:
            raise in_use(path, held) from None

    def written(self, engine: Engine) -> Document:
        """Save a database as this document.

        Raises:
            UserError: others wrote it meanwhile, or it cannot be written.
        """
        if fingerprint(self.path) not in {self.fingerprint, ""}:
            raise UserError(
                _("{name} was changed by others since you opened it.").format(name=self.path.name),
                remedy=_("Save under another name, then compare the two."),
            )
        save_document(engine, self.path)
        return replace(self, fingerprint=fingerprint(self.path))

    def release(self) -> None:
        """Give the lock back."""
        if self.lock is not None:
            self.lock.release()


def in_use(path: Path, held: Held) -> UserError:
    """Return the error that somebody works on a file that is to be written."""
    return UserError(
        _("{owner} works on {name}.").format(owner=held.owner, name=path.name),
        remedy=_("Choose another name, or wait until it is closed there."),
    )


def only_to_read(owner: str) -> ReadOnlyPlan:
    """Return the error that a plan file cannot be changed; `owner` works on it, '' is nobody."""
    if owner:
        message = _("{owner} works on this plan; here it can only be read.")
    else:
        message = _("This plan was opened for reading only.")
    return ReadOnlyPlan(
        message.format(owner=owner), remedy=_("Save it under another name to work on it.")
    )
