"""Verifying: whether history and data are as the program left them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection, select

from app.language import _, word
from app.store.records.history import Step, digest, directed, genesis, read_packed, unpack
from app.store.records.rows import StoredRow
from app.store.records.tables import ABOUT, CONTENT, table_word
from app.store.records.writing import row_name

_MOST_PER_TABLE = 20
"""More rows than this are not named one by one."""

_Rows = dict[int, StoredRow]


def find_faults(connection: Connection, steps: list[Step]) -> tuple[str, ...]:
    """Return a sentence for each break of the chain and each row that history does not explain.

    A chain without a secret cannot stop somebody who computes it anew from the altered step on;
    it shows every other alteration, and that one to whoever has noted a digest before.
    """
    return (*_chain_faults(connection, steps), *_content_faults(connection, steps))


def _chain_faults(connection: Connection, steps: list[Step]) -> Iterator[str]:
    about = connection.execute(select(ABOUT)).one()
    previous = genesis(about.plan_file_id)
    for expected, step in enumerate(steps, start=1):
        if step.number != expected:
            yield _("Step {number} stands where step {expected} should be.").format(
                number=step.number, expected=expected
            )
            return
        if step.previous != previous:
            yield _("Step {number} does not follow on the step before it.").format(
                number=step.number
            )
        if step.digest != _recomputed(connection, step):
            yield _("Step {number} was altered after it was taken.").format(number=step.number)
        previous = step.digest
    if previous != about.last_digest:
        yield _("The history ends at step {number}, but later steps had been taken.").format(
            number=len(steps)
        )


def _recomputed(connection: Connection, step: Step) -> str:
    try:
        return digest(step, read_packed(connection, step.number))
    except ValueError:
        return ""


def _content_faults(connection: Connection, steps: list[Step]) -> Iterator[str]:
    replayed: dict[str, _Rows] = {name: {} for name in CONTENT}
    for step in steps:
        fault = _replay(connection, step, replayed)
        if fault:
            # What comes after builds on this, so it would only repeat the fault.
            yield fault
            return
    for name, table in CONTENT.items():
        found = connection.execute(select(table).order_by(table.c.position))
        present = {row[0]: tuple(row[1:]) for row in found}
        faults = _differences(name, replayed[name], present)
        yield from islice(faults, _MOST_PER_TABLE)
        more = sum(1 for _fault in faults)
        if more:
            yield _("{table}: {number} more rows differ from the history.").format(
                table=word(table_word(name)), number=more
            )


def _replay(connection: Connection, step: Step, replayed: dict[str, _Rows]) -> str:
    """Take a step again on the replayed tables; return what is wrong with it, '' if nothing."""
    source = step.number if step.target is None else step.target
    try:
        changes = directed(step.kind, unpack(read_packed(connection, source)))
    except ValueError:
        return _("The rows of step {number} cannot be read.").format(number=step.number)
    for change in changes:
        rows = replayed[change.table]
        if rows.get(change.position) != change.before:
            row = change.before if change.before is not None else change.after
            assert row is not None
            return _(
                "{table}, {row} was not as step {number} says when that step was taken."
            ).format(
                table=word(table_word(change.table)),
                row=row_name(change.table, row),
                number=step.number,
            )
        if change.after is None:
            del rows[change.position]
        else:
            rows[change.position] = change.after
    return ""


def _differences(name: str, replayed: _Rows, present: _Rows) -> Iterator[str]:
    for position in sorted(replayed.keys() | present.keys()):
        expected, found = replayed.get(position), present.get(position)
        if expected == found:
            continue
        row = expected if expected is not None else found
        assert row is not None
        if found is None:
            sentence = _("{table}, {row}: the row was removed without a step.")
        elif expected is None:
            sentence = _("{table}, {row}: the row was added without a step.")
        else:
            sentence = _("{table}, {row}: the row was changed without a step.")
        yield sentence.format(table=word(table_word(name)), row=row_name(name, row))
