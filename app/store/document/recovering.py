"""Recovering: what to do with the unsaved steps that a crash left, judged by the two histories."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.errors import UnreadableFile, UserError
from app.store.document.saving import save_document
from app.store.document.working import (
    WorkingCopy,
    database_in,
    home,
    home_is_full,
    left_by_crashes,
    without_document,
)
from app.store.records.database import (
    check_pages,
    check_version,
    damaged,
    open_engine,
    strange,
)
from app.store.records.history import digests, read_steps
from app.store.records.schema import StrangeExtras, StrangeSchema


@dataclass(frozen=True, slots=True)
class SettledCopy:
    """The working copy to go on with, and where those are that do not fit the document."""

    working: WorkingCopy
    saved_digest: str | None
    """Where the document stands if the working copy is ahead of it, else None."""
    set_aside: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """A working copy with steps that no plan file has: what it was, and how far it came."""

    folder: Path
    document: str
    """The plan file that is gone, '' where it was never saved."""
    steps: int
    label: str
    """What was done last, in the words of the history, and when, UTC in ISO form."""
    time: str


def settle(document: Path, fresh: WorkingCopy) -> SettledCopy:
    """Choose between a fresh copy of the document and what crashes left of it.

    Steps that follow on the document's last one are recovered. Steps that follow on something
    else (the document was changed or replaced since) are neither lost nor chosen: they become
    a plan file of their own. A copy with nothing that the document has not got is removed.

    Raises:
        Held: a process still works on a copy of the document.
    """
    chosen = fresh
    set_aside: list[Path] = []
    present = read_digests(fresh.database)
    with ExitStack() as on_failure:
        for left in left_by_crashes(document):
            on_failure.callback(left.leave)
            try:
                theirs = read_digests(left.database)
            except UnreadableFile:
                set_aside += _set_folder_aside(left)
                continue
            if theirs[-1] in present:
                left.drop()
            elif present[-1] in theirs and chosen is fresh:
                chosen = left
            else:
                set_aside.append(_set_aside(document, left))
        on_failure.pop_all()
    if chosen is fresh:
        return SettledCopy(fresh, None, tuple(set_aside))
    fresh.drop()
    return SettledCopy(chosen, present[-1], tuple(set_aside))


def read_digests(database: Path) -> tuple[str, ...]:
    """Return the digests of a history in order, the genesis first.

    Raises:
        UnreadableFile: the database is not there or damaged.
        UserError: there is no room to open it.
    """
    engine = open_engine(database)
    try:
        check_version(engine)
        with engine.connect() as connection:
            check_pages(connection)
            return digests(connection)
    except (SQLAlchemyError, ValueError) as error:
        raise failure(database, error) from error
    finally:
        engine.dispose()


def failure(path: Path, error: SQLAlchemyError | ValueError | LookupError) -> UserError:
    """Return what a failed reading means: that the disk is full, or that the file is damaged."""
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        # The low byte is the kind of failure, the rest its detail.
        kind = error.orig.sqlite_errorcode & 0xFF
        if kind in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
            return home_is_full(error)
    if isinstance(error, StrangeSchema | StrangeExtras):
        return strange(path, error)
    return damaged(path)


def lost() -> tuple[Lost, ...]:
    """Return working copies with steps whose plan file was never saved or is gone, last first."""
    found = (_lost(folder, document) for folder, document in without_document())
    return tuple(sorted(filter(None, found), key=lambda item: item.time, reverse=True))


def _lost(folder: Path, document: str) -> Lost | None:
    """Return what a working copy holds, None where it has no step or cannot be read."""
    try:
        if len(read_digests(database_in(folder))) == 1:
            return None
    except UserError:
        return None
    engine = open_engine(database_in(folder))
    try:
        with engine.connect() as connection:
            steps = list(read_steps(connection))
    finally:
        engine.dispose()
    return Lost(folder, document, len(steps), steps[-1].label, steps[-1].time)


def _set_aside(document: Path, left: WorkingCopy) -> Path:
    """Turn a working copy into a plan file of its own in the program's folder."""
    target = _aside_folder() / f"{document.stem} {left.folder.name[:8]}{document.suffix}"
    engine = open_engine(left.database)
    try:
        save_document(engine, target)
    finally:
        engine.dispose()
    left.drop()
    return target


def _set_folder_aside(left: WorkingCopy) -> list[Path]:
    """Keep a copy that cannot be read for people who can; one without a database is nothing."""
    if not left.database.exists():
        left.drop()
        return []
    target = _aside_folder() / left.folder.name
    left.leave()
    shutil.move(left.folder, target)
    return [target]


def _aside_folder() -> Path:
    folder = home() / "recovered"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
