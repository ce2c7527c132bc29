"""Scenarios: the variants kept in a plan file as rows of their tables, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlalchemy import Connection, Engine, select

from app.errors import BlockedByData, UserError
from app.language import _
from app.model.county import RECORD_TYPES, Key, Record
from app.model.scenario import Scenario
from app.model.vocabulary import Table
from app.store.records.history import RowChange, Step, TakeStep
from app.store.records.rows import StoredRow
from app.store.records.tables import CONTENT, KEYS, SHAPES, scenario_table, table_word

_WORD = Table.SCENARIOS
_SCENARIOS = CONTENT[_WORD.value]


class Scenarios:
    """The scenarios of a plan file; each change of them is one step of its history."""

    def __init__(self, engine: Engine, take_step: TakeStep) -> None:
        """Use a plan file's database, and its way to take a step."""
        self._engine = engine
        self._take_step = take_step

    def all(self) -> tuple[Scenario, ...]:
        """Return every scenario, the oldest first."""
        with self._engine.connect() as connection:
            return tuple(_read(connection))

    def named(self, name: str) -> Scenario:
        """Return a scenario.

        Raises:
            UserError: there is none of this name.
        """
        found = next((item for item in self.all() if item.name == name), None)
        if found is None:
            raise UserError(
                _("There is no scenario “{name}”.").format(name=name),
                remedy=_("`hengbian scenario PLAN` lists the scenarios of a plan."),
            )
        return found

    def keep(self, label: str, scenario: Scenario) -> Step:
        """Store a scenario as one step, in the place of one of the same name.

        Raises:
            BlockedByData: a row breaks a rule of its table, or nothing would change.
            ReadOnlyPlan: the plan file is open for reading only.
        """
        with self._engine.connect() as connection:
            rows = list(_differences(connection, scenario.name, scenario))
        if not rows:
            raise BlockedByData(_("This changes nothing."))
        return self._take_step(label, rows)

    def rename(self, label: str, name: str, new_name: str) -> Step:
        """Give a scenario another name as one step.

        Raises:
            UserError: there is none of this name.
            BlockedByData: the new name is blank or taken.
            ReadOnlyPlan: the plan file is open for reading only.
        """
        scenario = replace(self.named(name), name=new_name)
        if not new_name.strip() or any(item.name == new_name for item in self.all()):
            raise BlockedByData(
                _("A scenario needs a name of its own, and “{name}” is none.").format(
                    name=new_name
                ),
                remedy=_("Choose a name that no other scenario has."),
            )
        with self._engine.connect() as connection:
            rows = list(_differences(connection, name, None))
            rows += _differences(connection, new_name, scenario)
        return self._take_step(label, rows)

    def drop(self, label: str, name: str) -> Step:
        """Remove a scenario as one step.

        Raises:
            UserError: there is none of this name.
            ReadOnlyPlan: the plan file is open for reading only.
        """
        self.named(name)
        with self._engine.connect() as connection:
            rows = list(_differences(connection, name, None))
        return self._take_step(label, rows)


def _read(connection: Connection) -> Iterator[Scenario]:
    own: dict[str, tuple[list[Record], list[Record]]] = {}
    for kind in RECORD_TYPES:
        table, shape = CONTENT[scenario_table(kind.TABLE)], SHAPES[kind.TABLE.value]
        for row in connection.execute(select(table).order_by(table.c.position)):
            _position, name, is_removed, *cells = row
            kept = own.setdefault(name, ([], []))
            kept[is_removed].append(shape.to_item(tuple(cells)))
    for _position, name, note in connection.execute(
        select(_SCENARIOS).order_by(_SCENARIOS.c.position)
    ):
        rows, removed = own.get(name, ([], []))
        yield Scenario(name, note, tuple(rows), tuple(removed))


def _differences(
    connection: Connection, name: str, scenario: Scenario | None
) -> Iterator[RowChange]:
    """Yield what brings the rows of one scenario to what they shall be; None is none of them."""
    rows: dict[str, dict[Key, StoredRow]] = {
        table_name: {} for table_name in CONTENT if table_word(table_name) is _WORD
    }
    if scenario is not None:
        rows[_WORD.value][(name,)] = (name, scenario.note)
        for is_removed, records in enumerate((scenario.rows, scenario.removed)):
            for record in records:
                cells = SHAPES[record.TABLE.value].to_row(record)
                own_key = (name, *record.key)
                rows[scenario_table(record.TABLE)][own_key] = (name, is_removed, *cells)
    for table_name, wanted in rows.items():
        yield from _row_changes(connection, table_name, name, wanted)


def _row_changes(
    connection: Connection, table_name: str, name: str, rows: Mapping[Key, StoredRow]
) -> Iterator[RowChange]:
    table = CONTENT[table_name]
    found = connection.execute(select(table).order_by(table.c.position)).all()
    last = max((row[0] for row in found), default=0)
    stored = {
        tuple(str(row._mapping[column]) for column in KEYS[table_name]): (row[0], tuple(row)[1:])
        for row in found
        if row.scenario == name
    }
    for key, (position, before) in stored.items():
        after = rows.get(key)
        if after != before:
            yield RowChange(table_name, position, before, after)
    new = [row for key, row in rows.items() if key not in stored]
    for number, row in enumerate(new, start=1):
        yield RowChange(table_name, last + number, None, row)
