"""Working copies: one folder of the program for each open plan file, found again after a crash."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from platformdirs import user_data_dir
from sqlalchemy.exc import DBAPIError

from app.errors import UserError, reason_of
from app.language import _
from app.store.document.locking import Held, Lock
from app.store.document.saving import sync_file, sync_folder

_DAY_SECONDS = 86_400


def home() -> Path:
    """Return the folder of the program's own data; HENGBIAN_HOME overrides the usual place."""
    stated = os.environ.get("HENGBIAN_HOME")
    return Path(stated) if stated else Path(user_data_dir("hengbian", appauthor=False))


def home_is_full(error: OSError | DBAPIError) -> UserError:
    """Return the error that the program's own data cannot be written."""
    reason = error.orig if isinstance(error, DBAPIError) else reason_of(error)
    return UserError(
        _("{folder} cannot be written to: {reason}.").format(folder=home(), reason=reason),
        remedy=_("Make room there, or name another folder in HENGBIAN_HOME."),
    )


def database_in(folder: Path) -> Path:
    """Return where the database of a working copy is."""
    return folder / "plan.db"


class WorkingCopy:
    """A folder with the live database of one plan file, a lock, and whose copy it is.

    Until `belongs_to` has been called nothing in it is worth keeping.
    """

    def __init__(self, folder: Path) -> None:
        """Take an existing folder.

        Raises:
            Held: a process works on it.
        """
        self.folder = folder
        self.database = database_in(folder)
        self._lock = Lock.take(self.database)

    @classmethod
    def make(cls, fill: Callable[[Path], object]) -> WorkingCopy:
        """Make a new folder, whose database `fill` writes.

        Raises:
            UserError: the program's own data cannot be written.
        """
        folder = _all_folder() / uuid4().hex
        try:
            folder.mkdir(parents=True)
            working = cls(folder)
            try:
                fill(working.database)
                # Now or never: closing a file that SQLite has open would give up its locks.
                sync_file(working.database)
            except BaseException:
                working.drop()
                raise
        except (OSError, DBAPIError) as error:
            raise home_is_full(error) from error
        return working

    def belongs_to(self, document: Path | None) -> None:
        """Note durably whose copy this is; None for a plan file that was never saved.

        Raises:
            UserError: the program's own data cannot be written.
        """
        written = self.folder / "document.new"
        try:
            written.write_text(str(document) if document is not None else "", "utf-8")
            sync_file(written)
            written.replace(_note(self.folder))
            sync_folder(self.folder)
            sync_folder(self.folder.parent)
        except OSError as error:
            raise home_is_full(error) from error

    def leave(self) -> None:
        """Let go of the folder and keep what is in it."""
        self._lock.release()

    def abandon(self) -> None:
        """Let go of the folder; keep it only if somebody's steps are in it."""
        if _note(self.folder).exists():
            self.leave()
        else:
            self.drop()

    def drop(self) -> None:
        """Remove the folder; the note goes first, so that no half of it is ever found."""
        _note(self.folder).unlink(missing_ok=True)
        self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def left_by_crashes(document: Path) -> Iterator[WorkingCopy]:
    """Yield the working copies of a document; the caller holds its lock.

    Raises:
        Held: a process still works on one, which happens where a document cannot be locked.
    """
    for folder, owner in _noted():
        if owner == str(document):
            yield WorkingCopy(folder)


def without_document() -> tuple[tuple[Path, str], ...]:
    """Return folders that nobody works on and whose plan file was never saved ('') or is gone."""
    return tuple(
        (folder, owner)
        for folder, owner in _noted()
        if not (owner and Path(owner).exists()) and _is_abandoned(folder)
    )


def sweep() -> None:
    """Remove what processes that were killed while opening a plan file left behind."""
    for folder in _folders():
        with suppress(OSError, Held):
            is_old = time.time() - folder.stat().st_mtime > _DAY_SECONDS
            if is_old and not _note(folder).exists():
                WorkingCopy(folder).drop()


def _is_abandoned(folder: Path) -> bool:
    try:
        WorkingCopy(folder).leave()
    except (Held, OSError):
        return False
    return True


def _all_folder() -> Path:
    return home() / "working"


def _folders() -> list[Path]:
    return sorted(_all_folder().iterdir()) if _all_folder().is_dir() else []


def _noted() -> Iterator[tuple[Path, str]]:
    for folder in _folders():
        with suppress(OSError, UnicodeError):
            yield folder, _note(folder).read_text("utf-8")


def _note(folder: Path) -> Path:
    return folder / "document.txt"
