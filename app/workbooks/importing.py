"""Importing: workbooks in, one list of changes out, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.county import RECORD_TYPES, Change, County, Duty, Key, Record, StaffCategory, Task
from app.findings import ImportFinding
from app.language import _
from app.vocabulary import DutyList, Severity, Table
from app.workbooks.checking import Batch, check, without_duplicates
from app.workbooks.entries import Entry
from app.workbooks.gathering import read_files
from app.workbooks.matrix import Matrix, read_matrix
from app.workbooks.pausing import without_collecting
from app.workbooks.recognising import recognise
from app.workbooks.remarks import Remarks
from app.workbooks.returns import collect
from app.workbooks.sheets import PEOPLE

Entries = Mapping[Table, Sequence[Entry]]


@dataclass(frozen=True)
class Import:
    """What reading some workbooks would do to a plan, counted in rows of its tables."""

    changes: tuple[Change, ...]
    added: int
    changed: int
    unchanged: int
    removed: int
    findings: tuple[ImportFinding, ...]

    @property
    def is_blocked(self) -> bool:
        """Return whether an error keeps the workbooks from being imported."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def read_workbooks(paths: Sequence[Path], county: County, *, accepts: bool = False) -> Import:
    """Return what the workbooks at `paths`, files and whole folders, would change in a county.

    Rows are added or changed by their key, and rows that no file mentions stay, with two
    exceptions: of a unit's task that sheet 分工 or a matrix mentions, all assignments are
    replaced; of a post on sheet 岗位, the people of every category the sheet has a column for.
    A column that a sheet lacks leaves its field as it is. With any error nothing changes.
    Figures in returned surveys count where the county `accepts` them, else they are remarked.

    Raises:
        UnreadableFile: a file cannot be opened or is no workbook.
    """
    with without_collecting():
        return _read(paths, county, accepts=accepts)


def _read(paths: Sequence[Path], county: County, *, accepts: bool) -> Import:
    remarks = Remarks()
    collected, files = collect(read_files(paths, remarks), county, remarks, accepts=accepts)
    recognised = recognise(files, county, remarks)
    is_well_formed = not remarks.is_blocking
    entries = {
        table: without_duplicates(recognised.entries(table), remarks)
        for table in recognised.readings
    }
    matrices = [read_matrix(grid, county, remarks) for grid in recognised.matrices]
    entries[Table.ASSIGNMENTS] = _assignments(entries[Table.ASSIGNMENTS], matrices, remarks)
    records = list(_records(entries, recognised.categories, county))
    verified = county.with_changes(collected.changes(county))
    target = _merged(records, list(_replaced(entries, matrices, county)), verified)
    if is_well_formed:
        check(Batch(entries, target, remarks))
    if remarks.is_blocking:
        return Import((), 0, 0, 0, 0, remarks.findings())
    return _counted(county.changes_to(target), len(records) + collected.records, remarks)


def _assignments(
    entries: Sequence[Entry], matrices: Sequence[Matrix], remarks: Remarks
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


def _replaced(entries: Entries, matrices: Sequence[Matrix], county: County) -> Iterator[Record]:
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
