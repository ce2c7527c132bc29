"""The history: numbered, hash-chained steps, each with the rows it changed before and after.

A step is never altered or removed. Undo and redo are steps themselves, with the step they take
back or do again as their target; the rows are the target's, so they are not stored twice.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, select, update

from app.errors import BlockedByData
from app.language import _
from app.model.vocabulary import Table
from app.store.records.rows import StoredCell, StoredRow
from app.store.records.tables import ABOUT, COLUMNS, STEPS, table_word

StepKind = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a table before and after; None is no row. Its position never changes."""

    table: str
    position: int
    before: StoredRow | None
    after: StoredRow | None

    def reversed(self) -> RowChange:
        """Return the change that takes this one back."""
        return RowChange(self.table, self.position, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history; `time` is UTC in ISO form, `target` what undo or redo is about."""

    number: int
    time: str
    who: str
    kind: StepKind
    label: str
    target: int | None
    tables: frozenset[Table]
    row_count: int
    previous: str
    digest: str


_MOST_UNPACKED = 512 * 1024**2
"""Bytes of one step's rows; a whole county with 300,000 assignments has some 40 MB."""

TakeStep: TypeAlias = Callable[[str, Sequence[RowChange]], Step]
"""Stores rows as one step with a label."""


def pack(changes: Iterable[RowChange]) -> bytes:
    """Return changes as canonical JSON: per table its columns and [position, before, after].

    The columns stand with the rows so that a later version of the program can still read them.
    """
    by_table: dict[str, list[tuple[int, StoredRow | None, StoredRow | None]]] = {}
    for change in changes:
        rows = by_table.setdefault(change.table, [])
        rows.append((change.position, change.before, change.after))
    blocks = [[name, COLUMNS[name], rows] for name, rows in by_table.items()]
    text = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def unpack(packed: bytes) -> tuple[RowChange, ...]:
    """Return the changes that `pack` made the bytes from.

    Raises:
        ValueError: the bytes are not what `pack` makes.
    """
    try:
        return tuple(
            _row_change(name, columns, *row)
            for name, columns, rows in json.loads(packed)
            for row in rows
        )
    except (LookupError, TypeError) as error:
        raise ValueError(str(error)) from error


def _row_change(
    name: str, columns: list[str], position: int, *cells: list[StoredCell] | None
) -> RowChange:
    before, after = (_in_order(name, columns, row) for row in cells)
    if not isinstance(position, int) or before is after:
        raise ValueError(f"{name}, {position}")
    return RowChange(name, position, before, after)


def _in_order(name: str, columns: list[str], cells: list[StoredCell] | None) -> StoredRow | None:
    if cells is None:
        return None
    by_name = dict(zip(columns, cells, strict=True))
    return tuple(by_name[column] for column in COLUMNS[name])


def directed(kind: StepKind, rows: Sequence[RowChange]) -> Sequence[RowChange]:
    """Return the rows of a "do" step as a step of `kind` about it changes them."""
    return [row.reversed() for row in rows] if kind == "undo" else rows


def next_step(
    *,
    kind: StepKind,
    label: str,
    who: str,
    rows: Sequence[RowChange],
    packed: bytes,
    target: int | None,
    number: int,
    previous: str,
) -> Step:
    """Return a step taken now; `packed` is empty unless it is a "do"."""
    step = Step(
        number=number,
        time=datetime.now(UTC).isoformat(timespec="microseconds"),
        who=who,
        kind=kind,
        label=label,
        target=target,
        tables=frozenset(table_word(row.table) for row in rows),
        row_count=len(rows),
        previous=previous,
        digest="",
    )
    return replace(step, digest=digest(step, packed))


def digest(step: Step, packed: bytes) -> str:
    """Return the SHA-256 of everything a step says, its changes and the digest before it."""
    said = [
        step.number,
        step.time,
        step.who,
        step.kind,
        step.label,
        step.target,
        _table_names(step),
        step.row_count,
        step.previous,
    ]
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode() + b"\n" + packed).hexdigest()


def genesis(plan_file_id: str) -> str:
    """Return what stands before the first step: the digest of the plan file's identity."""
    return hashlib.sha256(plan_file_id.encode()).hexdigest()


def append(connection: Connection, step: Step, packed: bytes) -> None:
    """Add a step to the history, inside the transaction that writes its rows."""
    row = {
        "number": step.number,
        "time": step.time,
        "who": step.who,
        "kind": step.kind,
        "label": step.label,
        "target": step.target,
        "tables": _table_names(step),
        "row_count": step.row_count,
        "changes": zlib.compress(packed, level=1) if step.kind == "do" else None,
        "previous": step.previous,
        "digest": step.digest,
    }
    connection.execute(STEPS.insert(), row)
    connection.execute(update(ABOUT).values(last_digest=step.digest))


def read_steps(connection: Connection) -> Iterator[Step]:
    """Yield every step in order, without its changes.

    Raises:
        ValueError: a step says a time or a table that is none.
    """
    wanted = [column for column in STEPS.columns if column.name != "changes"]
    for row in connection.execute(select(*wanted).order_by(STEPS.c.number)).mappings():
        if datetime.fromisoformat(row["time"]).tzinfo is None:
            raise ValueError(row["time"])
        tables = frozenset(Table(name) for name in row["tables"].split(",") if name)
        yield Step(**{**row, "tables": tables})


def read_packed(connection: Connection, number: int) -> bytes:
    """Return the packed changes of a step, empty for undo and redo.

    Raises:
        ValueError: the stored bytes are damaged.
    """
    stored = connection.execute(select(STEPS.c.changes).where(STEPS.c.number == number)).scalar()
    if stored is None:
        return b""
    unpacking = zlib.decompressobj()
    try:
        packed = unpacking.decompress(stored, _MOST_UNPACKED)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacking.eof:
        raise ValueError("cut off, or out of bounds")
    return packed


def read_changes(connection: Connection, number: int) -> tuple[RowChange, ...]:
    """Return the rows that a "do" step changed.

    Raises:
        BlockedByData: they are damaged.
    """
    try:
        return unpack(read_packed(connection, number))
    except ValueError as error:
        raise BlockedByData(
            _("The rows of step {number} cannot be read.").format(number=number),
            remedy=_("Verify the history: the file was altered by another program."),
        ) from error


def _table_names(step: Step) -> str:
    return ",".join(sorted(table.value for table in step.tables))


class Ledger:
    """The steps taken so far and which of them undo and redo are about next."""

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self.steps: list[Step] = []
        self._done: list[Step] = []
        self._undone: list[Step] = []
        for step in steps:
            self.follow(step)

    @property
    def last(self) -> Step | None:
        """Return the latest step."""
        return self.steps[-1] if self.steps else None

    @property
    def next_number(self) -> int:
        """Return the number of the step after the latest."""
        return self.last.number + 1 if self.last is not None else 1

    @property
    def in_force(self) -> tuple[Step, ...]:
        """Return the steps that are done and not taken back, oldest first."""
        return tuple(self._done)

    @property
    def to_undo(self) -> Step | None:
        """Return the step that undo takes back next."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Step | None:
        """Return the step that redo does again next."""
        return self._undone[-1] if self._undone else None

    def after(self, digest: str) -> tuple[Step, ...]:
        """Return the steps that follow on the one of a digest; all, where it is none of them."""
        at = next((n for n, step in enumerate(self.steps, 1) if step.digest == digest), 0)
        return tuple(self.steps[at:])

    def follow(self, step: Step) -> None:
        """Note a step; a new one ends the possibility of redo, though the log keeps all."""
        self.steps.append(step)
        if step.kind == "do":
            self._done.append(step)
            self._undone.clear()
        elif step.kind == "undo" and self._done:
            self._undone.append(self._done.pop())
        elif self._undone:
            self._done.append(self._undone.pop())


def digests(connection: Connection) -> tuple[str, ...]:
    """Return the digests of the history in order, the genesis first."""
    identity = connection.execute(select(ABOUT.c.plan_file_id)).scalar_one()
    rows = connection.execute(select(STEPS.c.digest).order_by(STEPS.c.number))
    return genesis(identity), *rows.scalars()
