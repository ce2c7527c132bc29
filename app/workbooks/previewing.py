"""The preview of an import: every row it would add, change or refuse, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from app.errors import told
from app.language import _, current_language, word
from app.model.county import Change, Key, Record, Staffing
from app.model.findings import ImportFinding
from app.model.vocabulary import Severity, Table, Word
from app.workbooks.cells.column import NO, YES
from app.workbooks.cells.grid import cell_name, position
from app.workbooks.cells.places import RowPlace
from app.workbooks.importing import Import, LeftOut
from app.workbooks.standard.entries import Entry
from app.workbooks.standard.sheets import BY_TABLE

_MOST_UNITS = 12
"""More units than this are counted, not named."""
_NAMES = ("name", "title", "category", "on_duty", "volume", "share", "authorised", "value")


class RowState(Word):
    """What would become of a row."""

    ADDED = "added", "新增", "added"
    CHANGED = "changed", "更改", "changed"
    REMOVED = "removed", "删除", "removed"
    REFUSED = "refused", "拒绝", "refused"
    SKIPPED = "skipped", "略过", "left out"
    UNCHANGED = "unchanged", "不变", "unchanged"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell before and after, as text; `cell` is where the file has it, '' where nowhere."""

    column: str
    before: str
    after: str
    cell: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the plan that an import touches, or one of a file that it leaves out.

    `place` is the row of the file, None for a row of the plan that goes; a row of a file may make
    several rows of the plan. `table` is None where a row is refused or was left out.
    """

    state: RowState
    table: Table | None
    key: Key
    text: str
    place: RowPlace | None
    cell: str
    cells: tuple[CellChange, ...] = ()
    message: str = ""


def preview(imported: Import) -> tuple[PreviewRow, ...]:
    """Return every row of an import: refused ones, left out ones, then changes and the rest."""
    return (
        *_left_out(imported),
        *(_changed(change, imported) for change in imported.offered),
        *_unchanged(imported),
    )


def touched_units(imported: Import) -> Mapping[str, tuple[str, ...]]:
    """Return the codes of the units that each file would change figures of, by the file's name.

    A plain import trusts its files, so whoever imports has to see whom a file speaks of.
    """
    found: dict[str, dict[str, None]] = {}
    for change in imported.offered:
        source = imported.sources.get((change.table, change.record.key))
        unit_code = getattr(change.record, "unit_code", "")
        if source is not None and unit_code:
            found.setdefault(source.grid.file, {})[unit_code] = None
    return {file: tuple(codes) for file, codes in found.items()}


def touched_lines(imported: Import) -> tuple[str, ...]:
    """Return a sentence for every file that says which units it would change."""
    return tuple(
        _("{file} speaks of {count} units: {codes}").format(
            file=file,
            count=len(codes),
            codes=_(", ").join(codes[:_MOST_UNITS]) + ("…" if len(codes) > _MOST_UNITS else ""),
        )
        for file, codes in touched_units(imported).items()
    )


def _left_out(imported: Import) -> Iterator[PreviewRow]:
    messages = _messages(imported.findings)
    for row in imported.refused:
        yield _row_of_file(RowState.REFUSED, row, messages.get(row.place))
    for row in imported.skipped:
        yield _row_of_file(RowState.SKIPPED, row, None)


def _row_of_file(state: RowState, row: LeftOut, finding: ImportFinding | None) -> PreviewRow:
    message = told(finding.message, finding.remedy) if finding is not None else ""
    cell = finding.cell if finding is not None else cell_name(row.place.row, 0)
    return PreviewRow(state, None, (), row.text, row.place, cell, message=message)


def _messages(findings: tuple[ImportFinding, ...]) -> Mapping[RowPlace, ImportFinding]:
    """Return the first error of every row that has one."""
    first: dict[RowPlace, ImportFinding] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.cell:
            row, _column = position(finding.cell)
            first.setdefault(RowPlace(finding.file, finding.sheet, row), finding)
    return first


def _changed(change: Change, imported: Import) -> PreviewRow:
    record, entry = change.record, _source(change.record, imported)
    if change.before is None:
        state = RowState.ADDED
    else:
        state = RowState.REMOVED if change.after is None else RowState.CHANGED
    return PreviewRow(
        state,
        record.TABLE,
        record.key,
        name_of(record),
        _place(entry),
        entry.place().cell if entry is not None else "",
        tuple(_cells(change, entry)),
    )


def _unchanged(imported: Import) -> Iterator[PreviewRow]:
    changed = {(change.table, change.record.key) for change in imported.offered}
    refused = {row.place for row in imported.refused}
    for (table, key), entry in imported.sources.items():
        place = _place(entry)
        if (table, key) not in changed and place not in refused:
            text = name_of(entry.record)
            yield PreviewRow(RowState.UNCHANGED, table, key, text, place, entry.place().cell)


def _source(record: Record, imported: Import) -> Entry | None:
    if isinstance(record, Staffing):
        return imported.sources.get((Table.POSTS, (record.post_code,)))
    return imported.sources.get((record.TABLE, record.key))


def _place(entry: Entry | None) -> RowPlace | None:
    if entry is None:
        return None
    return RowPlace(entry.grid.file, entry.grid.sheet, entry.row)


def _cells(change: Change, entry: Entry | None) -> Iterator[CellChange]:
    """Yield the fields that differ; of a row that comes or goes, those that say something."""
    for item in fields(change.record):
        is_usual = change.before is None and getattr(change.after, item.name) == item.default
        if item.name in change.record.KEY_FIELDS or is_usual:
            continue
        before = text_of_field(getattr(change.before, item.name, None))
        after = text_of_field(getattr(change.after, item.name, None))
        if before != after:
            cell = entry.place(item.name).cell if entry and item.name in entry.places else ""
            yield CellChange(column_word(change.table, item.name), before, after, cell)


def column_word(table: Table, name: str) -> str:
    """Return what a field of a table is called in the language of now."""
    sheet = BY_TABLE.get(table)
    column = next((item for item in sheet.columns if item.field == name), None) if sheet else None
    if column is None:
        return {"on_duty": _("people on duty")}.get(name, name)
    if current_language() == "zh_CN":
        return column.chinese
    return column.english.replace("_", " ")


def text_of_field(value: object) -> str:
    """Return a field as the preview shows it: numbers short, words in the language of now."""
    if value is None:
        return ""
    if isinstance(value, Word):
        return word(value)
    if isinstance(value, bool):
        return (YES if value else NO) if current_language() == "zh_CN" else str(value).lower()
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, tuple):
        return "；".join(text_of_field(item) for item in value)
    return str(value)


def name_of(record: Record) -> str:
    """Return the words that a row is known by besides its key."""
    for name in _NAMES:
        text = text_of_field(getattr(record, name, None))
        if text:
            return text
    return ""
