"""Translating: the tables that others made become rows of the plan, shape by shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.language import _, word
from app.model.vocabulary import Table
from app.numbers import quoted
from app.workbooks.cells.grid import Grid, column_letters
from app.workbooks.cells.places import RowPlace
from app.workbooks.foreign.duty_lists import read_duties
from app.workbooks.foreign.ledgers import read_ledger
from app.workbooks.foreign.mapped_rows import Foreign
from app.workbooks.foreign.mappings import Shape, TableMapping
from app.workbooks.foreign.matching import Matching
from app.workbooks.foreign.power_lists import read_powers
from app.workbooks.foreign.shapes import LISTS, targets
from app.workbooks.foreign.sheet_kinds import seen_columns, unread_columns
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
    foreign = [one for one in foreign if _is_whole(one)]
    for one in foreign:
        _note_unread(one)
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


def _note_unread(foreign: Foreign) -> None:
    """Say which columns are not read."""
    names = unread_columns(foreign.grid, foreign.mapping)
    if names:
        foreign.remarks.note(
            foreign.cell(foreign.mapping.last, 0),
            _("Columns not read: {names}.").format(names=_(", ").join(map(quoted, names))),
        )


def _is_whole(foreign: Foreign) -> bool:
    """Tell whether every column that must be is pointed to; remark on each that is not."""
    named = {item.name for item in foreign.mapping.columns}
    missing = [
        target
        for target in targets(foreign.mapping.kind)
        if target.is_required and target.name not in named
    ]
    for target in missing:
        seen = [
            f"{column_letters(column.index)} {column.heading}".strip()
            for column in seen_columns(foreign.grid, foreign.mapping.first, foreign.mapping.last)
        ]
        foreign.remarks.error(
            foreign.cell(foreign.mapping.last, 0),
            _("It is not said which column is “{column}”, without which this is no {kind}.").format(
                column=target.chinese, kind=word(foreign.mapping.kind)
            ),
            _("Choose one of these, or another heading row: {columns}.").format(
                columns=_(", ").join(seen)
            ),
        )
    return not missing


def _add(found: dict[Table, list[Entry]], entries: Sequence[Entry], matching: Matching) -> None:
    for entry in entries:
        found.setdefault(entry.record.TABLE, []).append(entry)
    matching.learn(entry.record for entry in entries)
