"""Differences: cells and figures of two counties side by side, in words, and changed in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.advice.whatif.scenarios import Comparison, FigureDifference, FigureLevel
from app.language import _, word
from app.model.county import County, Record
from app.model.figures import Figures
from app.model.scenario import Scenario
from app.model.vocabulary import Table, Word
from app.workbooks.cells.column import ColumnKind
from app.workbooks.standard.typed import as_typed, columns_of, heading_of, typed
from ui.look import number_format
from ui.tables.table import ShownColumn
from ui.work.record_names import record_name


@dataclass(frozen=True, slots=True)
class CellRow:
    """One field of one row that differs; `record` is the row as the scenario has it, or had it."""

    table: Table
    record: Record
    name: str
    field: str
    heading: str
    before: str
    after: str
    change: str
    is_removed: bool

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells this cell from the others."""
        return (self.table.value, *self.record.key, self.field)


def cell_rows(found: Comparison, county: County) -> Iterator[CellRow]:
    """Yield every cell that differs, with the words of its row; keys are left out."""
    for row in found.rows:
        record = row.after if row.after is not None else row.before
        assert record is not None
        columns = {column.field: column for column in columns_of(type(record))}
        change = _("changed") if row.before is not None else _("added")
        if row.after is None:
            change = _("removed")
        for cell in row.cells:
            column = columns.get(cell.field)
            is_one_sided = row.before is None or row.after is None
            is_blank = cell.before in (None, "", ()) and cell.after in (None, "", ())
            if cell.field in record.KEY_FIELDS or column is None or (is_one_sided and is_blank):
                continue
            yield CellRow(
                row.table,
                record,
                record_name(county, record),
                cell.field,
                heading_of(column),
                _shown(cell.before, column.kind),
                _shown(cell.after, column.kind),
                change,
                row.after is None,
            )


def _shown(value: object, kind: ColumnKind) -> str:
    if isinstance(value, Word):
        return word(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return as_typed(value, kind)


def with_cell(scenario: Scenario, record: Record, field: str, text: str) -> Scenario:
    """Return a scenario with one field of one row as it was typed.

    Raises:
        UserError: the text is not what the field takes.
    """
    after = typed(record, field, text)
    rows = [row for row in scenario.rows if not _is_same_row(row, after)]
    removed = tuple(row for row in scenario.removed if not _is_same_row(row, after))
    return replace(scenario, rows=(*rows, after), removed=removed)


def without_cell(scenario: Scenario, baseline: County, cell: CellRow) -> Scenario:
    """Return a scenario in which one cell is the baseline's again, or an added row is gone."""
    before = baseline.rows(cell.table).get(cell.record.key)
    rows = tuple(row for row in scenario.rows if not _is_same_row(row, cell.record))
    removed = tuple(row for row in scenario.removed if not _is_same_row(row, cell.record))
    if before is not None and not cell.is_removed:
        value = getattr(before, cell.field)
        after = replace(cell.record, **{cell.field: value})
        if after != before:
            rows = (*rows, after)
    return replace(scenario, rows=rows, removed=removed)


def _is_same_row(one: Record, other: Record) -> bool:
    return type(one) is type(other) and one.key == other.key


def figure_text(figure: str, value: object) -> str:
    """Return a figure as it is shown: saturations as per cent, people and hours as numbers."""
    if isinstance(value, Word):
        return word(value)
    if value is None:
        return number_format.MISSING
    if not isinstance(value, float):
        return str(value)
    if "saturation" in figure:
        return number_format.per_cent(value)
    if figure.endswith("hours"):
        return number_format.whole(value)
    if figure == "required_rounded":
        return number_format.people(value)
    return number_format.signed(value) if figure == "difference" else number_format.tenths(value)


def figure_change(row: FigureDifference) -> float | None:
    """Return by how much a figure is higher, percentage points for saturations."""
    if isinstance(row.before, float) and isinstance(row.after, float):
        factor = 100.0 if "saturation" in row.figure else 1.0
        return (row.after - row.before) * factor
    return None


def change_column() -> ShownColumn[FigureDifference]:
    """Return the column that says by how much figures differ."""
    tip = _("Percentage points for saturations")
    return ShownColumn(_("Difference"), figure_change, number_format.signed, tip=tip)


def figure_place(row: FigureDifference, before: Figures, after: Figures) -> str:
    """Return the name of the county, the unit or the post that a figure belongs to."""
    if row.level is FigureLevel.COUNTY:
        return _("Whole county")
    if row.level is FigureLevel.UNIT:
        unit = after.units.get(row.code) or before.units[row.code]
        return unit.name
    post = after.posts.get(row.code) or before.posts[row.code]
    figures = after if post.unit_code in after.units else before
    return f"{figures.units[post.unit_code].name} · {post.title}"
