"""Translating: the tables that others made become rows of the plan, shape by shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.model.vocabulary import Table
from app.workbooks.cells.grid import Grid
from app.workbooks.cells.places import RowPlace
from app.workbooks.foreign.duty_lists import read_duties
from app.workbooks.foreign.ledgers import read_ledger
from app.workbooks.foreign.mapped_rows import Foreign
from app.workbooks.foreign.mappings import Shape, TableMapping
from app.workbooks.foreign.matching import Matching
from app.workbooks.foreign.power_lists import read_powers
from app.workbooks.foreign.shapes import LISTS
from app.workbooks.foreign.splitting_workloads import shared
from app.workbooks.foreign.workload_tables import read_lines
from app.workbooks.standard.entries import Entry


def translate(
    tables: Sequence[tuple[Grid, TableMapping]],
    matching: Matching,
    skipped: frozenset[RowPlace] = frozenset(),
) -> Mapping[Table, list[Entry]]:
    """Return what foreign tables say, as rows by table: lists and ledgers first, then workloads.

    Args:
        tables: the sheets and how they are mapped.
        matching: the plan that names are looked up in; it learns what is read.
        skipped: rows to leave out.
    """
    found: dict[Table, list[Entry]] = {}
    foreign = [Foreign(grid, mapping, matching, skipped) for grid, mapping in tables]
    for one in foreign:
        one.note_unread()
    for one in foreign:
        if one.mapping.kind in LISTS:
            _add(found, read_duties(one), matching)
        elif one.mapping.kind is Shape.POWERS:
            _add(found, read_powers(one), matching)
    for one in foreign:
        if one.mapping.kind is Shape.LEDGER:
            _add(found, read_ledger(one), matching)
    lines = [
        line for one in foreign if one.mapping.kind is Shape.WORKLOAD for line in read_lines(one)
    ]
    _add(found, shared(lines, matching), matching)
    return found


def _add(found: dict[Table, list[Entry]], entries: Sequence[Entry], matching: Matching) -> None:
    for entry in entries:
        found.setdefault(entry.record.TABLE, []).append(entry)
    matching.learn(entry.record for entry in entries)
