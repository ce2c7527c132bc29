"""Recognising: which sheet of a file is which, what is missing, and what holds in its stead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.language import _
from app.model.county import County, WorkingTime
from app.model.vocabulary import DEFAULT_CATEGORIES, Table
from app.numbers import quoted
from app.workbooks.cells.cell import suggestion
from app.workbooks.cells.grid import Grid, cell_name
from app.workbooks.cells.quantities import unit_above, unit_in
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.cells.sums import is_sum
from app.workbooks.cells.terms import Terms
from app.workbooks.foreign.mappings import Choices, ImportMapping, TableMapping
from app.workbooks.foreign.sheet_kinds import RecognisedTable, Sorted, recognised_tables, sort_file
from app.workbooks.hidden_parts import tell_hidden
from app.workbooks.standard.entries import Entry, SheetReading
from app.workbooks.standard.headings import Heading, data_rows, find_heading, has_help_row
from app.workbooks.standard.merged_cells import with_merged_labels
from app.workbooks.standard.sheets import BY_TABLE, SHEETS, Sheet
from app.workbooks.standard.year_terms import terms_of

Readings = Mapping[Table, Sequence[SheetReading]]

_NAMING_CATEGORIES = (Table.ESTABLISHMENT, Table.WORKING_TIME)
"""Tables whose column 人员类别 may name a category that the user added."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The sheets of all files, sorted: readings by table, matrices, staff categories in order."""

    readings: Readings
    matrices: Sequence[Grid]
    categories: Sequence[str]
    foreign: Sequence[tuple[Grid, TableMapping]] = ()
    """The tables that others made, with the sheets they stand on."""
    tables: Sequence[RecognisedTable] = ()
    """All tables in the order of files and sheets, for the user to look at."""

    def entries(self, table: Table) -> list[Entry]:
        """Read all rows of a table, remarking on their cells."""
        return [entry for reading in self.readings[table] for entry in reading.entries()]


def recognise(
    files: Sequence[Sequence[Grid]],
    county: County,
    remarks: Remarks,
    choices: Choices | None = None,
    kept: Sequence[ImportMapping] = (),
) -> Recognised:
    """Sort the sheets of some files, remarking on missing, doubled and ignored ones.

    Args:
        files: the worksheets of each file.
        county: the plan that they come to; what it has already may be missing in them.
        remarks: where errors and stated defaults go.
        choices: what the user decided about sheets and rows.
        kept: the mappings that are offered where they fit.
    """
    choices = choices or Choices()
    known = [name for (name,) in county.categories]
    sorted_files = [sort_file(file, choices, categories=known) for file in files]
    is_any_read = any(item.is_read for items in sorted_files for item in items)
    for file, items in zip(files, sorted_files, strict=True):
        _tell_unread(file, items, choices, remarks, is_any_read=is_any_read)
    sheets = [item for items in sorted_files for item in items]
    grids = {sheet.table: [item for item in sheets if item.sheet is sheet] for sheet in SHEETS}
    matrices = [item.grid for item in sheets if item.is_matrix]
    foreign = [(item.grid, table) for item in sheets for table in item.foreign]
    if files and not remarks.is_blocking and not foreign:
        _state_missing(files[0], grids, matrices, county=county, remarks=remarks)
    readings: dict[Table, list[SheetReading]] = {}
    headings: dict[int, Heading] = {}
    for table in sorted(grids, key=lambda table: table not in _NAMING_CATEGORIES):
        named = [*known, *_named_categories(readings)]
        readings[table] = []
        terms = terms_of(county, readings.get(Table.WORKING_TIME, ()))
        for item in grids[table]:
            reading = _reading(
                item, BY_TABLE[table], county, remarks, categories=named, terms=terms
            )
            if reading is not None:
                readings[table].append(reading)
                headings[id(item)] = reading.heading
    tables = [
        table for item in sheets for table in recognised_tables(item, headings.get(id(item)), kept)
    ]
    return Recognised(readings, matrices, _categories(readings, county, remarks), foreign, tables)


def _tell_unread(
    file: Sequence[Grid],
    items: Sequence[Sorted],
    choices: Choices,
    remarks: Remarks,
    *,
    is_any_read: bool,
) -> None:
    """Name what of a file does not show, and its sheets that are not read.

    A file that has nothing to do with the subject does not hold up the others beside it.
    """
    for item in items:
        tell_hidden(item, choices, remarks)
    unread = [item.grid.sheet for item in items if not item.is_read]
    name = file[0].file if file else ""
    is_chosen = any(place.file == name for place in choices.tables)
    if len(unread) == len(items) and not is_chosen:
        place, message = CellPlace(name), _("This file holds no table that is known.")
        remedy = _(
            "Name its sheets as in the blank workbook ({names}), or say in the window or in a "
            "mapping what its columns are."
        ).format(names=_(", ").join(sheet.title for sheet in SHEETS))
        if is_any_read:
            remarks.note(place, _("This file holds no table that is known; it was left alone."))
        else:
            remarks.error(place, message, remedy)
    elif unread:
        remarks.note(
            CellPlace(name), _("Sheets not read: {names}.").format(names=_(", ").join(unread))
        )


def _state_missing(
    file: Sequence[Grid],
    grids: Mapping[Table, Sequence[Sorted]],
    matrices: Sequence[Grid],
    *,
    county: County,
    remarks: Remarks,
) -> None:
    """Demand the sheets a plan cannot do without, and say what holds for the others."""
    _note_kept(file, grids, matrices, county=county, remarks=remarks)
    for sheet in SHEETS:
        if grids[sheet.table] or county.rows(sheet.table):
            continue
        place = CellPlace(file[0].file if file else "", sheet.title)
        if not sheet.is_indispensable:
            remarks.note(place, _default(sheet.table))
        elif sheet.table is not Table.ASSIGNMENTS or not matrices:
            remarks.error(
                place,
                _("Sheet {sheet} is missing, and a plan cannot do without it.").format(
                    sheet=sheet.title
                ),
                _("Add it with these columns: {names}.").format(names=_(", ").join(sheet.headings)),
            )


def _note_kept(
    file: Sequence[Grid],
    grids: Mapping[Table, Sequence[Sorted]],
    matrices: Sequence[Grid],
    *,
    county: County,
    remarks: Remarks,
) -> None:
    """Say which sheets a plan lives by are not in the files, where others of them are."""
    needed = [sheet for sheet in SHEETS if sheet.is_indispensable]
    kept = [sheet for sheet in needed if not grids[sheet.table] and county.rows(sheet.table)]
    if matrices:
        kept = [sheet for sheet in kept if sheet.table is not Table.ASSIGNMENTS]
    if kept and any(grids[sheet.table] for sheet in needed):
        remarks.note(
            CellPlace(file[0].file if file else ""),
            _("Not in these files: {names}. What the plan has there stays as it is.").format(
                names=_(", ").join(sheet.title for sheet in kept)
            ),
        )


def _default(table: Table) -> str:
    """Return what holds where an optional sheet is missing."""
    year = WorkingTime("")
    days = year.working_days - year.leave - year.sick - year.training - year.other
    sentences = {
        Table.ESTABLISHMENT: _("Sheet 编制 is missing: no unit has a vacancy to fill."),
        Table.DUTIES: _("Sheet 职责 is missing: every duty of a task counts as 清单外."),
        Table.WORKING_TIME: _(
            "Sheet 工时 is missing: {days:g} days of {hours:g} hours a year are assumed for all."
        ).format(days=days, hours=year.hours_per_day),
        Table.ALLOWANCES: _("Sheet 占用 is missing: all working time is there for tasks."),
        Table.PROFILES: _("Sheet 季节 is missing: work is spread evenly over the working days."),
        Table.POLICY: _("Sheet 政策 is missing: every setting has its default."),
    }
    return sentences[table]


def _reading(
    item: Sorted,
    sheet: Sheet,
    county: County,
    remarks: Remarks,
    *,
    categories: Iterable[str],
    terms: Terms,
) -> SheetReading | None:
    """Return a sheet with its heading found, None where it has none; remark on its columns."""
    grid = item.grid
    heading = item.heading or find_heading(grid, sheet, categories=categories)
    if heading is not None and item.heading is None:
        heading = _with_units(heading, grid, remarks)
    if heading is not None:
        columns = tuple((at, replace(column, terms=terms)) for at, column in heading.columns)
        heading = replace(heading, columns=columns)
    if heading is None:
        remarks.error(
            CellPlace(grid.file, grid.sheet),
            _("This sheet has no heading row."),
            _("Write the column titles into one row: {names}.").format(
                names=_(", ").join(sheet.headings)
            ),
        )
        return None
    grid = with_merged_labels(grid, heading, sheet, remarks)
    reading = SheetReading(grid, sheet, heading, county, remarks)
    _check_columns(reading)
    return reading


def _with_units(heading: Heading, grid: Grid, remarks: Remarks) -> Heading:
    """Return a heading whose columns know the units that their titles state: 单件工时（分钟）."""
    columns = []
    above = [cell for row in grid.rows[: heading.row] for cell in row if isinstance(cell, str)]
    for at, column in heading.columns:
        title = str(grid.rows[heading.row][at])
        unit = unit_in(title, column.quantity) if column.quantity is not None else ""
        if not unit and column.quantity is not None:
            unit = unit_above(above, column.quantity)
        columns.append((at, replace(column, unit=unit) if unit else column))
        if unit and column.quantity is not None and column.quantity.factor(unit) != 1:
            remarks.note(
                CellPlace(grid.file, grid.sheet, cell_name(heading.row, at)),
                _("Column “{column}” was read in {unit} and converted.").format(
                    column=column.chinese, unit=unit
                ),
            )
    return replace(heading, columns=tuple(columns))


def _check_columns(reading: SheetReading) -> None:
    """Remark on columns that are missing, doubled, guessed or not read."""
    grid, heading, remarks = reading.grid, reading.heading, reading.remarks
    place = CellPlace(grid.file, grid.sheet, cell_name(heading.row, 0))
    for column in reading.sheet.columns:
        if column.name in heading.places:
            continue
        default = reading.sheet.defaults.get(column.field)
        if column.is_required:
            remarks.error(
                place,
                _("Column “{column}” is missing.").format(column=column.chinese),
                _("Add it to the heading row, and fill it."),
            )
        elif reading.sheet.table is Table.WORKING_TIME and default is not None:
            remarks.note(
                place,
                _("Column “{column}” is missing: {default:g} is assumed.").format(
                    column=column.chinese, default=default
                ),
            )
    for index, column in heading.twice:
        remarks.error(
            CellPlace(grid.file, grid.sheet, cell_name(heading.row, index)),
            _("Column “{column}” stands here a second time.").format(column=column.chinese),
            _("Delete one of the two, or give it another title."),
        )
    if heading.ignored:
        names = _(", ").join(quoted(title) for title in heading.ignored)
        remarks.note(place, _("Columns not read: {names}.").format(names=names))
    if heading.guessed:
        names = _(", ").join(quoted(title) for title in heading.guessed)
        remarks.warning(
            place,
            _("Columns of numbers, no known staff category, were not read: {names}.").format(
                names=names
            ),
            _(
                "If one is a staff category, name it on sheet 编制 or 工时, "
                "or choose it in the window."
            ),
        )


def _named_categories(readings: Readings) -> list[str]:
    """Return the staff categories that sheets 编制 and 工时 name, in the order of their rows."""
    found: dict[str, None] = {}
    for table in _NAMING_CATEGORIES:
        for reading in readings.get(table, ()):
            index = reading.heading.places.get("category")
            if index is not None:
                rows = data_rows(reading.grid, reading.heading)
                cells = (cells[index] for _row, cells in rows)
                named = (cell for cell in cells if isinstance(cell, str) and not is_sum(cell))
                found |= dict.fromkeys(named)
    return list(found)


def _categories(readings: Readings, county: County, remarks: Remarks) -> tuple[str, ...]:
    """Return every staff category of the files in order: columns of 岗位, then other names.

    The people columns of a blank template are an offer; they become categories with the first post.
    """
    columns: dict[str, None] = {}
    for reading in readings[Table.POSTS]:
        has_rows = next(iter(data_rows(reading.grid, reading.heading)), None) is not None
        if has_rows or not has_help_row(reading.grid):
            columns |= dict.fromkeys(reading.categories())
    usual = [*columns, *(name for (name,) in county.categories), *DEFAULT_CATEGORIES]
    named = _named_categories(readings)
    for category in named if readings[Table.POSTS] else ():
        if category not in usual:
            reading = next(r for table in _NAMING_CATEGORIES for r in readings[table])
            remarks.note(
                CellPlace(reading.grid.file, BY_TABLE[Table.POSTS].title),
                _("Staff category “{category}” has no column on sheet 岗位.").format(
                    category=quoted(category)
                ),
                suggestion(
                    category, usual, otherwise=_("Add the column if posts have such people.")
                ),
            )
    return tuple(dict.fromkeys([*columns, *named]))
