"""Contents: the county in memory and the place of each of its rows, kept equal to the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from app.errors import BlockedByData
from app.language import _, word
from app.model.county import RECORD_TYPES, Change, County, Key, Record
from app.model.vocabulary import Table
from app.store.records.history import RowChange
from app.store.records.tables import CONTENT, SHAPES


class Contents:
    """All input rows: the frozen county, and per table the position of each key."""

    def __init__(self, connection: Connection) -> None:
        """Read every input table.

        Raises:
            ValueError, LookupError: a row holds what no record can hold.
        """
        self._positions: dict[Table, dict[Key, int]] = {}
        tables: dict[str, Any] = {}
        for kind in RECORD_TYPES:
            name, shape = kind.TABLE.value, SHAPES[kind.TABLE.value]
            table = CONTENT[name]
            rows = connection.execute(select(table).order_by(table.c.position)).all()
            records = {record.key: record for record in (shape.to_item(row[1:]) for row in rows)}
            tables[name] = MappingProxyType(records)
            self._positions[kind.TABLE] = dict(zip(records, (row[0] for row in rows), strict=True))
        self.county = County(**tables)

    def net(self, changes: Iterable[Change]) -> list[Change]:
        """Return what `changes` in their order come to, at most one change for each row.

        Raises:
            BlockedByData: a change starts from a row that is not as it says.
        """
        later: dict[tuple[Table, Key], Record | None] = {}
        for change in changes:
            where = change.table, change.record.key
            now = later[where] if where in later else self._find(*where)
            if now != change.before:
                raise _surprise(change, now)
            later[where] = change.after
        return [
            Change(before=self._find(*where), after=after)
            for where, after in later.items()
            if self._find(*where) != after
        ]

    def row_changes(self, changes: Sequence[Change]) -> list[RowChange]:
        """Return the changes as rows; a new row comes after all others of its table."""
        last = self._last(change.table for change in changes)
        rows: list[RowChange] = []
        for change in changes:
            table, shape = change.table, SHAPES[change.table.value]
            if change.before is None:
                last[table] += 1
                position = last[table]
            else:
                position = self._positions[table][change.before.key]
            before = shape.to_row(change.before) if change.before is not None else None
            after = shape.to_row(change.after) if change.after is not None else None
            rows.append(RowChange(table.value, position, before, after))
        return rows

    def follow(self, rows: Iterable[RowChange]) -> None:
        """Bring county and positions to where the tables are after `rows`."""
        own = [(row, _as_change(row)) for row in rows if row.table in SHAPES]
        last = self._last(change.table for _row, change in own)
        disordered: set[Table] = set()
        for row, change in own:
            table, key = change.table, change.record.key
            if row.after is None:
                del self._positions[table][key]
            elif row.before is None:
                self._positions[table][key] = row.position
                if row.position < last[table]:
                    disordered.add(table)
                last[table] = max(last[table], row.position)
        county = self.county.with_changes(change for _row, change in own)
        self.county = replace(county, **{t.value: self._ordered(county, t) for t in disordered})

    def _find(self, table: Table, key: Key) -> Record | None:
        return self.county.rows(table).get(key)

    def _last(self, tables: Iterable[Table]) -> dict[Table, int]:
        return {table: max(self._positions[table].values(), default=0) for table in set(tables)}

    def _ordered(self, county: County, table: Table) -> Any:
        rows, positions = county.rows(table), self._positions[table]
        return MappingProxyType({key: rows[key] for key in sorted(rows, key=positions.__getitem__)})


def _as_change(row: RowChange) -> Change:
    shape = SHAPES[row.table]
    return Change(
        before=shape.to_item(row.before) if row.before is not None else None,
        after=shape.to_item(row.after) if row.after is not None else None,
    )


def _surprise(change: Change, now: Record | None) -> BlockedByData:
    if change.before is None:
        sentence = _("{table}, {row}: this row is already there.")
    elif now is None:
        sentence = _("{table}, {row}: this row is no longer there.")
    else:
        sentence = _("{table}, {row}: this row has been changed in the meantime.")
    return BlockedByData(
        sentence.format(table=word(change.table), row=" · ".join(change.record.key)),
        remedy=_("Nothing has been stored; look at the present rows and try again."),
    )
