"""Repairing: the program's own rows of a strange plan file, written as a new plan file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.errors import UnreadableFile, UserError
from app.language import _
from app.placing import is_taken
from app.store.document.saving import save_document
from app.store.document.working import WorkingCopy
from app.store.records.database import (
    check_header,
    check_pages,
    create_database,
    database_uri,
    open_engine,
)
from app.store.records.tables import ABOUT, CONTENT, STEPS


def repair(source: Path, target: Path) -> None:
    """Write what a plan file holds in the program's tables as a new plan file; history included.

    Triggers, views, indexes and tables that are not the program's stay behind. Nothing is mended
    by guessing: a row that breaks a rule of the program's tables ends the repair.

    Raises:
        UserError: the source is no plan file, its rows break the rules, or the target is taken.
    """
    check_header(source)
    if is_taken(target):
        raise UserError(
            _("{path} exists already.").format(path=target), remedy=_("Choose another name.")
        )
    working = WorkingCopy.make(create_database)
    try:
        try:
            _copy_rows(source, working.database)
        except (sqlite3.Error, UnicodeError, ValueError, SQLAlchemyError) as error:
            raise UnreadableFile(
                _("{name} cannot be repaired: {reason}.").format(name=source.name, reason=error),
                remedy=_("Open the copy beside it whose name ends in .bak."),
            ) from error
        engine = open_engine(working.database)
        try:
            save_document(engine, target)
        finally:
            engine.dispose()
    finally:
        working.drop()


def _copy_rows(source: Path, database: Path) -> None:
    """Copy the rows of every table; the source is read alone, so nothing of its own runs."""
    tables = (ABOUT, STEPS, *CONTENT.values())
    reading = sqlite3.connect(database_uri(source, mode="ro"), uri=True)
    writing = sqlite3.connect(database_uri(database, mode="rw"), uri=True)
    with closing(reading), closing(writing):
        reading.execute("PRAGMA trusted_schema = OFF")
        writing.execute("DELETE FROM about")
        for table in tables:
            names = [f'"{column.name}"' for column in table.columns]
            columns, places = ", ".join(names), ", ".join("?" * len(names))
            is_table = "SELECT type FROM sqlite_schema WHERE name = ?"
            if reading.execute(is_table, (table.name,)).fetchall() != [("table",)]:
                raise ValueError(table.name)
            rows = reading.execute(f'SELECT {columns} FROM "{table.name}" ORDER BY 1')
            writing.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', rows)
        writing.commit()
    engine = open_engine(database)
    try:
        with engine.connect() as connection:
            check_pages(connection)
    finally:
        engine.dispose()
