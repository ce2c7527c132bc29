"""Writing: rows into their tables, and a sentence about the row that a rule refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Engine, Executable, Table, bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.errors import BlockedByData, UserError
from app.language import _, word
from app.store.records.database import driver_of
from app.store.records.history import RowChange
from app.store.records.rows import StoredCell, StoredRow
from app.store.records.tables import COLUMNS, CONTENT, KEYS, table_word

_ORDER: Mapping[str, int] = MappingProxyType({name: place for place, name in enumerate(CONTENT)})


@contextmanager
def step_transaction(engine: Engine) -> Iterator[Connection]:
    """Run a step in one transaction and commit it; on any failure nothing of it is stored.

    Raises:
        BlockedByData: a row refers to one that is not there, or a text is none.
        UserError: the file could not be written, for instance because the disk is full.
    """
    try:
        with engine.begin() as connection:
            yield connection
            _commit(connection)
    except UnicodeEncodeError as error:
        raise BlockedByData(
            _("A text holds {character}, which is no character and cannot be stored.").format(
                character=ascii(error.object[error.start])
            ),
            remedy=_("Type the text anew where it came from."),
        ) from error
    except DBAPIError as error:
        raise UserError(
            _("The step could not be stored: {reason}.").format(reason=error.orig),
            remedy=_("Nothing has changed; make room on the disk and try again."),
        ) from error


def _commit(connection: Connection) -> None:
    # By hand, because SQLite leaves the transaction open when references are broken: so it can
    # still be asked which. The commit that SQLAlchemy sends afterwards finds nothing to do.
    try:
        connection.exec_driver_sql("COMMIT")
    except IntegrityError:
        raise _broken_reference(connection) from None


def write(connection: Connection, changes: Sequence[RowChange]) -> None:
    """Carry out changes: children go before parents, parents come before children.

    Raises:
        BlockedByData: a row breaks a rule of its table, or is not there as the step expects.
    """
    removed: dict[str, list[RowChange]] = {}
    altered: dict[str, list[RowChange]] = {}
    added: dict[str, list[RowChange]] = {}
    for change in changes:
        group = removed if change.after is None else added if change.before is None else altered
        group.setdefault(change.table, []).append(change)
    for name in sorted(removed, key=_ORDER.__getitem__, reverse=True):
        table = CONTENT[name]
        delete = table.delete().where(table.c.position == bindparam("place"))
        _write_rows(connection, delete, removed[name], _place)
    for name in sorted(altered, key=_ORDER.__getitem__):
        table = CONTENT[name]
        update = table.update().where(table.c.position == bindparam("place"))
        _write_rows(connection, update, altered[name], _place_and_values)
    for name in sorted(added, key=_ORDER.__getitem__):
        _add_rows(connection, CONTENT[name], added[name])


def _place(change: RowChange) -> dict[str, Any]:
    return {"place": change.position}


def _place_and_values(change: RowChange) -> dict[str, Any]:
    # Without the key, which stays: naming it would make SQLite look for rows that refer to it.
    cells = _cells(change)
    values = {column: cells[column] for column in cells if column not in KEYS[change.table]}
    return {"place": change.position, **values}


def _cells(change: RowChange) -> dict[str, StoredCell]:
    assert change.after is not None
    return dict(zip(COLUMNS[change.table], change.after, strict=True))


def _write_rows(
    connection: Connection,
    statement: Executable,
    changes: Sequence[RowChange],
    parameters: Callable[[RowChange], dict[str, Any]],
) -> None:
    _count_rows(
        connection,
        changes,
        lambda: connection.execute(statement, [parameters(change) for change in changes]),
    )


def _add_rows(connection: Connection, table: Table, changes: Sequence[RowChange]) -> None:
    # Straight to the driver: an import brings a hundred thousand rows, and naming each cell takes
    # longer than storing it.
    statement = str(table.insert().compile(dialect=connection.dialect))
    rows = [(change.position, *(change.after or ())) for change in changes]
    _count_rows(connection, changes, lambda: connection.exec_driver_sql(statement, rows))


def _count_rows(
    connection: Connection, changes: Sequence[RowChange], execute: Callable[[], object]
) -> None:
    driver = driver_of(connection)
    rows_before = driver.total_changes
    try:
        execute()
    except IntegrityError as error:
        # The rows before the refused one have been counted.
        refused = changes[driver.total_changes - rows_before]
        raise BlockedByData(_refusal(refused, str(error.orig))) from None
    if driver.total_changes - rows_before != len(changes):
        raise BlockedByData(
            _("The rows of {table} are not as the history left them.").format(
                table=word(table_word(changes[0].table))
            ),
            remedy=_("Verify the history: the file was altered by another program."),
        )


def row_name(table: str, row: StoredRow) -> str:
    """Return the key of a row as it is shown."""
    named = dict(zip(COLUMNS[table], row, strict=True))
    return " · ".join(str(named[column]) for column in KEYS[table] if named[column] != "")


def _refusal(change: RowChange, reason: str) -> str:
    """Return why SQLite refused a row; `reason` ends with the name of the rule or the column."""
    assert change.after is not None
    column, separator, rule = reason.rpartition(": ")[2].partition(":")
    if separator:
        sentence = _rule_sentence(rule)
    elif reason.startswith("UNIQUE"):
        sentence = _("{table}, {row}: this row is already there.")
    else:
        sentence = _("{table}, {row}: {reason}.")
    return sentence.format(
        table=word(table_word(change.table)),
        row=row_name(change.table, change.after),
        column=column,
        value=_cells(change).get(column),
        reason=reason,
    )


def _rule_sentence(rule: str) -> str:
    """Return the sentence for a broken rule of `app.store.records.tables`."""
    sentences = {
        "amount": _("{table}, {row}: {column} is {value}, but must be a number from 0."),
        "positive": _("{table}, {row}: {column} is {value}, but must be greater than 0."),
        "number": _("{table}, {row}: {column} is {value}, but must be a number."),
        "share": _("{table}, {row}: {column} is {value}, but must lie between 0 and 1."),
        "flag": _("{table}, {row}: {column} is {value}, but must be yes or no."),
        "filled": _("{table}: {column} must not be empty."),
        "code": _("{table}, {row}: {column} has the unknown value {value}."),
        "below_min": _("{table}, {row}: the most people are fewer than the fewest."),
        "below_low": _("{table}, {row}: the upper limit of the hours is below the lower one."),
        "year": _("{table}, {row}: the days off must fit into the working days, and these in 366."),
        "week": _("{table}, {row}: a week has at most 7 working days, not {value}."),
        "day": _("{table}, {row}: a day has at most 24 hours, not {value}."),
        "whole": _("{table}, {row}: the twelve shares must add up to 1."),
    }
    return sentences[rule]


def _broken_reference(connection: Connection) -> BlockedByData:
    """Return an error about the first row that refers to one that is not there."""
    name, position, parent = connection.exec_driver_sql("PRAGMA foreign_key_check").all()[0][:3]
    table = CONTENT[name]
    row = connection.execute(select(table).where(table.c.position == position)).one()
    column = next(key.parent.name for key in table.foreign_keys if key.column.table.name == parent)
    return BlockedByData(
        _("{table}, {row}: {parent} {code} is not in the plan.").format(
            table=word(table_word(name)),
            row=row_name(name, tuple(row)[1:]),
            parent=word(table_word(parent)),
            code=row._mapping[column],
        ),
        remedy=_("Add it first, or remove what refers to it."),
    )
