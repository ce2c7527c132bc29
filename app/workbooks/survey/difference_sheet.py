"""Settling: differences three columns wide, calculated · verified · decided, out and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.errors import UserError
from app.language import _
from app.model.county import County, Key
from app.model.vocabulary import Table
from app.numbers import quoted
from app.placing import place
from app.workbooks.cells.cell import reader_of, text_of
from app.workbooks.cells.column import Column
from app.workbooks.cells.grid import Grid, Value, cell_name
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.standard.style import RULE, SHADE, Book, set_page, write
from app.workbooks.survey.differences import Difference
from app.workbooks.survey.new_tasks import NewTask
from app.workbooks.survey.survey_sheets import SURVEY_SHEETS
from app.workbooks.survey.survey_workbook import OPEN

SETTLING_MARK = "hengbian:differences"
"""What A1 of the sheet of differences holds, in a hidden row above the titles."""
_TABLE, _KEY, _FIELD = 0, 1, 2
"""Hidden columns that say what a row is about; a key's parts stand on lines of their own."""
_LAST, _VERIFIED, _DECIDED, _REASON = 7, 8, 9, 10
_NEW = 11
"""A hidden column with the task that the county has not listed, if the row is about one."""
_BODY = 2
_COLUMNS: Mapping[tuple[Table, str], Column] = {
    (sheet.table, column.name): column for sheet in SURVEY_SHEETS for column in sheet.figures
}
_WIDTHS = (0, 0, 0, 12, 14, 36, 12, 14, 14, 14, 36, 0)


def write_differences(differences: Sequence[Difference], county: County, path: Path) -> None:
    """Write differences for the county to decide; a row it leaves blank changes nothing.

    Raises:
        UserError: the file cannot be written there.
    """
    book = Book()
    tab = book.file.add_worksheet(_("Differences"))
    tab.write_string(0, 0, SETTLING_MARK)
    tab.set_row(0, None, None, {"hidden": True})
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    for column, (title, width) in enumerate(zip(_titles(), _WIDTHS, strict=True)):
        color = OPEN if column == _DECIDED else SHADE
        side = "right" if _LAST <= column <= _DECIDED else "left"
        tab.write_string(1, column, title, book.look(bg_color=color, align=side, **head))
        tab.set_column(column, column, width, None, {} if width else {"hidden": True})
    shut = book.look(bottom=4, bottom_color=RULE, valign="top", text_wrap=True)
    for number, row in enumerate(differences, start=_BODY):
        form = {"num_format": "0.0%"} if row.field == "share" else {}
        shown = book.look(bottom=4, bottom_color=RULE, valign="top", **form)
        open_look = book.look(locked=False, bg_color=OPEN, border=1, border_color=RULE, **form)
        unit = county.units[(row.unit_code,)]
        texts = (row.table.value, "\n".join(row.key), row.field, unit.unit_code, unit.name)
        for column, text in enumerate((*texts, row.subject, row.title)):
            write(tab, number, column, text, shut)
        write(tab, number, _LAST, row.last, shown)
        write(tab, number, _VERIFIED, row.verified, shown)
        tab.write_blank(number, _DECIDED, None, open_look)
        if row.decided is not None:
            write(tab, number, _DECIDED, row.decided, open_look)
        write(tab, number, _REASON, row.reason, shut)
        write(tab, number, _NEW, row.new.lines() if row.new is not None else "", shut)
    tab.freeze_panes(_BODY, 0)
    tab.autofilter(1, 3, max(1, _BODY + len(differences) - 1), _REASON)
    tab.repeat_rows(1)
    tab.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    set_page(tab)
    place(book.finished(), path)


def _titles() -> tuple[str, ...]:
    codes = ("table", "key", "field")
    shown = (_("Unit code"), _("Unit"), _("Matter"), _("Figure"))
    wide = (_("Calculated"), _("Verified by the unit"), _("Decided by the county"), _("Reason"))
    return (*codes, *shown, *wide, "new")


def is_settling(file: Sequence[Grid]) -> bool:
    """Tell whether a file is a sheet of differences that the county decides on."""
    return any(grid.rows and grid.rows[0] and grid.rows[0][0] == SETTLING_MARK for grid in file)


def read_differences(
    file: Sequence[Grid], county: County, remarks: Remarks
) -> tuple[Difference, ...]:
    """Return the rows of a sheet of differences that the county has decided."""
    found: list[Difference] = []
    for grid in file:
        if not is_settling([grid]):
            continue
        taken = _new_tasks(grid)
        for number in range(_BODY, len(grid.rows)):
            cells = grid.rows[number]
            if len(cells) > _DECIDED and cells[_DECIDED] is not None:
                difference = _difference(grid, number, county, taken, remarks)
                found += [difference] if difference is not None else []
    return tuple(found)


def _difference(
    grid: Grid,
    number: int,
    county: County,
    taken: Collection[Key],
    remarks: Remarks,
) -> Difference | None:
    cells = grid.rows[number]
    place_of = CellPlace(grid.file, grid.sheet, cell_name(number, _DECIDED))
    table = next((t for t in Table if t.value == cells[_TABLE]), None)
    column = _COLUMNS.get((table, str(cells[_FIELD]))) if table is not None else None
    key = _key(cells)
    unit_code = "" if table is None or column is None else _unit_of(table, key, county, taken)
    if table is None or column is None or not unit_code:
        remarks.error(
            place_of,
            _("This row belongs to nothing in the plan any more: {subject}.").format(
                subject=quoted(str(cells[5] or ""))
            ),
            _("Clear the decided figure, or collect the surveys again."),
        )
        return None
    try:
        figure = reader_of(column)(cells[_DECIDED], column)
    except UserError as error:
        remarks.error(place_of, error.message, error.remedy)
        return None
    assert isinstance(figure, float)
    texts = [_text(cells[at]) for at in (5, _REASON)]
    last, verified = (_number(cells[at]) for at in (_LAST, _VERIFIED))
    row = Difference(
        unit_code, table, key, column.name, column.chinese, texts[0], last, verified, texts[1],
        place_of,
    )  # fmt: skip
    new = _new_task(cells) if table is Table.VOLUMES and key[1:] not in county.tasks else None
    return replace(row, decided=figure, new=new)


def _new_tasks(grid: Grid) -> frozenset[Key]:
    """Return the keys of the new tasks for which the county has decided on a figure."""
    rows = (row for row in grid.rows[_BODY:] if len(row) > _DECIDED and row[_DECIDED] is not None)
    return frozenset(_key(row)[1:] for row in rows if _new_task(row) is not None)


def _new_task(cells: Sequence[Value]) -> NewTask | None:
    text = cells[_NEW] if len(cells) > _NEW else None
    return NewTask.from_lines(text) if isinstance(text, str) else None


def _key(cells: Sequence[Value]) -> Key:
    return tuple(str(cells[_KEY] or "").split("\n"))


def _unit_of(table: Table, key: Key, county: County, taken: Collection[Key]) -> str:
    """Return the unit that a key belongs to, '' where the plan has no place for it.

    `taken` are the keys of new tasks that come with the same file.
    """
    if table is Table.STAFFING:
        post = county.posts.get(key[:1])
        return post.unit_code if post is not None and key[1:] in county.categories else ""
    if table is Table.ASSIGNMENTS and len(key) == 3:
        post = county.posts.get(key[2:])
        is_known = key[1:2] in county.tasks or key[1:2] in taken
        return key[0] if is_known and post is not None and post.unit_code == key[0] else ""
    if table is Table.VOLUMES and len(key) == 2 and key[:1] in county.units:
        return key[0] if key[1:] in county.tasks or key[1:] in taken else ""
    return key[0] if key in county.rows(table) else ""


def _text(value: Value) -> str:
    return "" if value is None else text_of(value)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, float | int) else None
