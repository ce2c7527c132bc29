"""Saving: the document is replaced in one move, so that it is always the old or the new one.

The order in which things reach the disk, for a power cut at any moment:

1. the new content, under a temporary name beside the document (checked, then fsync);
2. the backup of the old content, likewise under a temporary name first (fsync, rename);
3. the rename of the new content to the document's name, which is atomic;
4. the folder (fsync), so that both renames last; only then is the plan file called saved.

Before 3 the document is the old one; from 3 on it is the new one, whose content is on the disk
already. The working copy keeps every step until the document is closed after 4.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine

from app.errors import NotSaved, reason_of
from app.language import _
from app.placing import FULL
from app.store.records.database import database_uri, driver_of, unreadable

_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_REPLACE_ATTEMPTS = 10
_REPLACE_PAUSE_SECONDS = 0.1


def save_document(engine: Engine, document: Path) -> None:
    """Write a database as the document, keeping the document before as its one backup.

    Raises:
        NotSaved: it could not be written; the document is untouched.
    """
    # A rename would go through all the same, against what the protection is there for.
    if document.exists() and not os.access(document, os.W_OK):
        raise NotSaved(
            _("{name} was not saved: the file is write-protected.").format(name=document.name),
            remedy=_("Take the protection off, or save under another name."),
        )
    new = document.with_name(f".{document.name}.saving")
    try:
        _write_compact(engine, new)
        if document.exists():
            shutil.copymode(document, new)
            _back_up(document, document.with_name(document.name + ".bak"))
        _replace(new, document)
        sync_folder(document.parent)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise _refusal(document, error) from error


def _write_compact(engine: Engine, path: Path) -> None:
    """Write the whole database into one file without side files, checked and on the disk."""
    # The empty file tells at once whether the folder may be written to.
    path.write_bytes(b"")
    with engine.connect() as connection:
        # On the driver, because it cannot run inside a transaction.
        driver_of(connection).execute("VACUUM INTO ?", (str(path),))
    with closing(sqlite3.connect(database_uri(path, mode="ro"), uri=True)) as written:
        found = written.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise OSError(errno.EIO, found)
    sync_file(path)


def _back_up(document: Path, backup: Path) -> None:
    unfinished = backup.with_name(f".{backup.name}.saving")
    try:
        shutil.copyfile(document, unfinished)
        shutil.copymode(document, unfinished)
        sync_file(unfinished)
        _replace(unfinished, backup)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _replace(source: Path, target: Path) -> None:
    """Rename, with patience where a file that somebody reads just now cannot be replaced."""
    for attempt in range(_REPLACE_ATTEMPTS):
        try:
            source.replace(target)
        except PermissionError:
            if sys.platform != "win32" or attempt == _REPLACE_ATTEMPTS - 1:
                raise
            time.sleep(_REPLACE_PAUSE_SECONDS)
        else:
            return


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk (Windows has no such call)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, '' if it is not there; it tells whether others wrote it.

    Raises:
        UnreadableFile: the file is there, but cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise unreadable(path, error) from error


def _refusal(document: Path, error: OSError | sqlite3.Error) -> NotSaved:
    reason = reason_of(error) if isinstance(error, OSError) else error
    places = {"name": document.name, "folder": document.parent, "reason": reason}
    remedy = _("Nothing is lost; your steps are safe. Save under another name or make room.")
    if _means_full(error):
        sentence = _("{name} was not saved: there is no room left on the disk.")
    elif isinstance(error, OSError) and error.errno in _FORBIDDEN:
        sentence = _("{name} was not saved: {folder} may not be written to.")
    elif isinstance(error, FileNotFoundError):
        sentence = _("{name} was not saved: there is no folder {folder}.")
    else:
        sentence = _("{name} was not saved: {reason}.")
    return NotSaved(sentence.format(**places), remedy=remedy)


def _means_full(error: OSError | sqlite3.Error) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL
    return error.sqlite_errorcode == sqlite3.SQLITE_FULL
