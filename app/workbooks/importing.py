"""Importing: workbooks in, one list of changes out, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypedDict, Unpack

from app.language import _
from app.model.county import (
    RECORD_TYPES,
    Change,
    County,
    Duty,
    Establishment,
    Key,
    Record,
    StaffCategory,
    Task,
)
from app.model.findings import ImportFinding
from app.model.vocabulary import DutyList, Severity, Table
from app.pausing import without_collecting
from app.workbooks.balance import SheetBalance, balance, fates, tell_lost
from app.workbooks.cells.grid import Grid
from app.workbooks.cells.places import RowPlace, SheetPlace
from app.workbooks.cells.remarks import Remarks
from app.workbooks.foreign.mappings import NO_CHOICES, Choices, ImportMapping, TableMapping
from app.workbooks.foreign.matching import Matching, Question
from app.workbooks.foreign.saved_mappings import digest
from app.workbooks.foreign.sheet_kinds import RecognisedTable, row_text
from app.workbooks.foreign.translating import translate
from app.workbooks.material import Input, Material, gather
from app.workbooks.standard.checking import Batch, check, without_duplicates
from app.workbooks.standard.entries import Entry
from app.workbooks.standard.matrix_sheet import MatrixSheet, read_matrix
from app.workbooks.standard.sheets import PEOPLE
from app.workbooks.standard_sheets import recognise
from app.workbooks.survey.returned_files import collect

Entries = Mapping[Table, Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is refused or was skipped, and the words to know it by."""

    place: RowPlace
    text: str


@dataclass(frozen=True)
class Import:
    """What reading some workbooks would do to a plan, counted in rows of its tables."""

    changes: tuple[Change, ...]
    added: int
    changed: int
    unchanged: int
    removed: int
    findings: tuple[ImportFinding, ...]
    offered: tuple[Change, ...] = ()
    """What the rows without an error would change; the same as `changes` where none has one."""
    entries: tuple[Sequence[Entry], ...] = field(default=(), repr=False)
    """The rows that were read, those of each table together."""
    tables: tuple[RecognisedTable, ...] = ()
    questions: tuple[Question, ...] = ()
    refused: tuple[LeftOut, ...] = ()
    """Rows with an error; without them the rest can be imported."""
    skipped: tuple[LeftOut, ...] = ()
    material: Material = field(default_factory=lambda: Material(()), repr=False, compare=False)
    """What was opened, to be read again with other choices."""
    choices: Choices = NO_CHOICES
    balance: tuple[SheetBalance, ...] = ()
    """What became of every row of every sheet."""
    decides: bool = False
    """Whether this is the one sheet of differences that the county has decided on."""

    @property
    def is_blocked(self) -> bool:
        """Return whether an error keeps the workbooks from being imported."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @cached_property
    def sources(self) -> Mapping[tuple[Table, Key], Entry]:
        """Return the row that every record was read from."""
        return {(row.record.TABLE, row.record.key): row for rows in self.entries for row in rows}


class Reading(TypedDict, total=False):
    """How workbooks are read: see `read_workbooks`."""

    accepts: bool
    decides: bool
    choices: Choices
    kept: Sequence[ImportMapping]


def read_workbooks(source: Input, county: County, **reading: Unpack[Reading]) -> Import:
    """Return what workbooks, files and whole folders, would change in a county.

    Rows are added or changed by their key, and rows that no file mentions stay, with two
    exceptions: of a unit's task that sheet 分工 or a matrix mentions, all assignments are
    replaced; of a post on sheet 岗位, the people of every category the sheet has a column for.
    A column that a sheet lacks leaves its field as it is. With any error nothing changes.
    Figures in returned surveys count where the county `accepts` them, else they are remarked.
    `decides` reads the one file as the sheet of differences that the county has decided on.
    `choices` are what the user decided about sheets, names and rows; `kept` mappings are offered.

    Raises:
        UnreadableFile: a file cannot be opened or is no workbook.
    """
    with without_collecting():
        material = source if isinstance(source, Material) else gather(source)
        choices, kept = reading.get("choices", NO_CHOICES), reading.get("kept", ())
        return _Reading(material, county, choices, kept).read(
            accepts=reading.get("accepts", False), decides=reading.get("decides", False)
        )


def import_label(names: str, imported: Import) -> str:
    """Return what the step of an import is called, so that the history tells how it was read.

    A mapping is named with eight characters of its content: the plan keeps what it made of the
    files, the program's folder keeps the mapping.
    """
    choices = imported.choices
    used = {table.used for table in imported.tables if table.used}
    mappings = [mapping for mapping in choices.mappings if mapping.name in used]
    if not mappings and not choices.tables:
        return _("Import {names}").format(names=names)
    if not mappings:
        return _("Import {names} by a corrected mapping").format(names=names)
    words = [f"{mapping.name} {digest(mapping)}" for mapping in mappings]
    return _("Import {names} by the mapping {mappings}").format(
        names=names, mappings=_(", ").join(words)
    )


def without_refused(
    source: Material, county: County, choices: Choices, *, accepts: bool = False
) -> Choices:
    """Return the choices that leave out every refused row, and what depends on them alone.

    What still blocks afterwards belongs to no row.
    """
    while True:
        found = read_workbooks(source, county, accepts=accepts, choices=choices)
        refused = {row.place for row in found.refused} - choices.skipped
        if not refused:
            return choices
        choices = replace(choices, skipped=choices.skipped | refused)


class _Reading:
    """One reading of some workbooks, from their cells to what they would change."""

    def __init__(
        self, material: Material, county: County, choices: Choices, kept: Sequence[ImportMapping]
    ) -> None:
        self._material, self._county, self._choices = material, county, choices
        self._kept = kept
        self._remarks = Remarks()
        self._remarks.take(material.findings)

    def read(self, *, accepts: bool, decides: bool = False) -> Import:
        """Return what the workbooks would change."""
        county, remarks = self._county, self._remarks
        collected, files = collect(
            self._material.files, county, remarks, accepts=accepts, decides=decides
        )
        read = {grid.file for file in files for grid in file}
        surveys = {grid.file for file in self._material.files for grid in file} - read
        recognised = recognise(files, county, remarks, self._choices, self._kept)
        is_well_formed = not remarks.is_blocking
        entries = {
            table: without_duplicates(recognised.entries(table), remarks)
            for table in recognised.readings
        }
        matrices = [read_matrix(grid, county, remarks) for grid in recognised.matrices]
        entries[Table.ASSIGNMENTS] = _assignments(entries[Table.ASSIGNMENTS], matrices, remarks)
        verified = county.with_changes(collected.changes(county))
        questions = self._translate(entries, recognised.foreign, verified)
        categories = _with_named(recognised.categories, entries[Table.ESTABLISHMENT], county)
        records = list(_records(entries, categories, county))
        target = _merged(records, list(_replaced(entries, matrices, county)), verified)
        if is_well_formed:
            check(Batch(entries, target, remarks))
        offered = county.changes_to(target)
        if remarks.is_blocking:
            good = self._without_refused(entries)
            rest = list(_records(good, categories, county))
            target = _merged(rest, list(_replaced(good, matrices, county)), verified)
            offered = county.changes_to(target)
        sheets = self._balance(entries, matrices, offered, recognised.tables, surveys)
        tell_lost(sheets, remarks)
        if remarks.is_blocking:
            counted = Import((), 0, 0, 0, 0, remarks.findings())
        else:
            counted = _counted(offered, len(records) + collected.records, remarks)
        return replace(
            counted,
            offered=tuple(offered),
            balance=sheets,
            entries=tuple(entries.values()),
            tables=tuple(recognised.tables),
            questions=questions,
            refused=self._left_out(_data_rows(remarks.refused, recognised.tables)),
            skipped=self._left_out(sorted(self._choices.skipped)),
            material=self._material,
            choices=self._choices,
            decides=decides,
        )

    def _translate(
        self,
        entries: dict[Table, list[Entry]],
        foreign: Sequence[tuple[Grid, TableMapping]],
        county: County,
    ) -> tuple[Question, ...]:
        """Add the rows of foreign tables to those of the standard sheets."""
        if not foreign:
            return ()
        records = [entry.record for found in entries.values() for entry in found]
        known = county.with_records(records)
        matching = Matching(known, self._choices, self._remarks)
        for table, found in translate(foreign, matching, self._choices.skipped).items():
            entries[table] = without_duplicates([*entries[table], *found], self._remarks)
        return matching.questions

    def _without_refused(self, entries: Entries) -> dict[Table, list[Entry]]:
        refused = set(self._remarks.refused)
        return {
            table: [
                entry
                for entry in found
                if RowPlace(entry.grid.file, entry.grid.sheet, entry.row) not in refused
            ]
            for table, found in entries.items()
        }

    def _balance(
        self,
        entries: Entries,
        matrices: Sequence[MatrixSheet],
        offered: Sequence[Change],
        tables: Sequence[RecognisedTable],
        surveys: set[str],
    ) -> tuple[SheetBalance, ...]:
        """Strike the balance from the cells of the files and from what is stored of them."""
        remarks, hidden = self._remarks, set()
        if self._choices.leaves_hidden:
            hidden = {
                RowPlace(grid.file, grid.sheet, row)
                for file in self._material.files
                for grid in file
                for row in grid.hidden.rows
            }
        found = fates(
            [
                *(entry for of_table in entries.values() for entry in of_table),
                *(entry for matrix in matrices for entry in matrix.entries),
            ],
            offered,
            refused=_data_rows(remarks.refused, tables),
            left_out=self._choices.skipped | remarks.set_aside | hidden,
            repeated=remarks.repeated,
        )
        return balance(
            self._material.files, tables, found, remarks.totals, surveys=frozenset(surveys)
        )

    def _left_out(self, places: Iterable[RowPlace]) -> tuple[LeftOut, ...]:
        found = []
        for place in places:
            with suppress(KeyError, IndexError):
                grid = self._material.grid(SheetPlace(place.file, place.sheet))
                found.append(LeftOut(place, row_text(grid, place.row)))
        return tuple(found)


def _data_rows(places: Iterable[RowPlace], tables: Sequence[RecognisedTable]) -> Iterator[RowPlace]:
    """Yield the rows that may be left out: a fault of a heading is none of theirs."""
    heads = {
        RowPlace(*table.place, row)
        for table in tables
        if table.mapping is not None
        for row in range(table.mapping.first, table.mapping.last + 1)
    }
    yield from (place for place in places if place not in heads)


def _with_named(
    categories: Sequence[str], establishment: Sequence[Entry], county: County
) -> tuple[str, ...]:
    """Return the staff categories of the files with those that only headcounts name."""
    named = [
        entry.record.category
        for entry in establishment
        if isinstance(entry.record, Establishment)
        and (entry.record.category,) not in county.categories
    ]
    return tuple(dict.fromkeys([*categories, *named]))


def _assignments(
    entries: Sequence[Entry], matrices: Sequence[MatrixSheet], remarks: Remarks
) -> list[Entry]:
    """Return the rows of sheet 分工 and of the matrices; where both speak, the matrix does."""
    if not matrices:
        return list(entries)
    sheets: dict[Key, str] = {
        (matrix.unit_code, task_code): matrix.grid.sheet
        for matrix in matrices
        for task_code in matrix.task_codes
    }
    kept: list[Entry] = []
    dropped: dict[str, Entry] = {}
    for entry in entries:
        sheet = sheets.get(entry.record.key[:2])
        if sheet is None:
            kept.append(entry)
        else:
            dropped.setdefault(sheet, entry)
    for sheet, entry in dropped.items():
        remarks.note(
            entry.place(),
            _("Sheet {matrix} is read instead of the rows of its unit on sheet 分工.").format(
                matrix=sheet
            ),
        )
    return kept + without_duplicates(
        (entry for matrix in matrices for entry in matrix.entries), remarks
    )


def _records(entries: Entries, categories: Sequence[str], county: County) -> Iterator[Record]:
    """Yield every row of the files, and the rows that follow from them, parents first."""
    for record_type in RECORD_TYPES:
        table = record_type.TABLE
        if table is Table.CATEGORIES:
            yield from map(StaffCategory, categories)
        elif table is Table.STAFFING:
            for entry in entries[Table.POSTS]:
                yield from entry.staffing
        else:
            yield from (entry.record for entry in entries[table])
        if table is Table.DUTIES and not entries[table] and not county.duties:
            yield from _unlisted_duties(entries[Table.TASKS])


def _unlisted_duties(tasks: Sequence[Entry]) -> Iterator[Duty]:
    """Yield a duty outside the list for every code that the tasks of a plan without duties name."""
    codes = (entry.record.duty_code for entry in tasks if isinstance(entry.record, Task))
    for code in dict.fromkeys(codes):
        yield Duty(code, code, DutyList.UNLISTED)


def _replaced(
    entries: Entries, matrices: Sequence[MatrixSheet], county: County
) -> Iterator[Record]:
    """Yield the plan's rows that stand aside for those of the files."""
    if county.assignments:
        groups = {entry.record.key[:2] for entry in entries[Table.ASSIGNMENTS]}
        groups |= {(matrix.unit_code, task) for matrix in matrices for task in matrix.task_codes}
        yield from (row for key, row in county.assignments.items() if key[:2] in groups)
    for entry in entries[Table.POSTS]:
        for name in entry.places:
            key = (*entry.record.key, name.removeprefix(PEOPLE))
            if name.startswith(PEOPLE) and key in county.staffing:
                yield county.staffing[key]


def _merged(records: Sequence[Record], replaced: Sequence[Record], county: County) -> County:
    """Return the county with the rows of the files; a row that stays keeps its place."""
    wanted = {(record.TABLE.value, record.key) for record in records} if replaced else set()
    gone = [record for record in replaced if (record.TABLE.value, record.key) not in wanted]
    return county.with_records(records, without=gone)


def _counted(changes: Sequence[Change], records: int, remarks: Remarks) -> Import:
    added = sum(change.before is None for change in changes)
    removed = sum(change.after is None for change in changes)
    changed = len(changes) - added - removed
    unchanged = records - added - changed
    return Import(tuple(changes), added, changed, unchanged, removed, remarks.findings())
