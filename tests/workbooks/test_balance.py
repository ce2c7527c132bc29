"""The balance of an import against what the maker of a messy table knows is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.model.county import County
from app.model.vocabulary import Table
from app.workbooks.balance import SheetBalance
from app.workbooks.foreign.mappings import Choices
from app.workbooks.importing import Import, read_workbooks
from tests.workbooks.books import good_book, spoiled, write_book

pytestmark = pytest.mark.usefixtures("in_process")


@dataclass
class Made:
    """A ledger on a sheet, and what its maker knows of it."""

    rows: list[list[Any]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    data: int = 0
    """Rows that hold units."""
    counted: dict[str, tuple[float, float]] = field(default_factory=dict)
    """By unit the people authorised and in post."""


@st.composite
def ledgers(draw: st.DrawFn) -> Made:
    """Draw a ledger with titles, notes, blanks, sums, offices, merges, hidden rows, shifted."""
    made, shift = Made(), draw(st.integers(0, 2))

    def add(*cells: Any) -> int:
        made.rows.append([*[None] * shift, *cells])
        return len(made.rows)

    def column(at: int) -> str:
        return "ABCDEFGH"[shift + at]

    for _title in range(draw(st.integers(0, 2))):
        add("某县机构编制台账")
    heading = add("序号", "单位名称", "内设机构", "核定编制", "实有人员", "备注")
    if draw(st.booleans()):
        below = add(None, None, None, "行政", "行政", None)
        made.merged += [f"{column(at)}{heading}:{column(at)}{below}" for at in (0, 1, 2, 5)]
    else:
        made.rows[-1][shift + 3 : shift + 5] = ["行政核定编制", "行政实有人员"]
    total = [0.0, 0.0]
    for number in range(draw(st.integers(1, 5))):
        name = f"{'甲乙丙丁戊'[number]}山镇"
        offices = draw(st.integers(1, 3))
        is_one_amount = offices > 1 and draw(st.booleans())
        people = [draw(st.tuples(st.integers(0, 40), st.integers(0, 40))) for _ in range(offices)]
        first = len(made.rows) + 1
        for at, (authorised, in_post) in enumerate(people):
            shown = (authorised, in_post) if at == 0 or not is_one_amount else (None, None)
            head = (number + 1, name) if at == 0 else (None, None)
            add(*head, f"第{at + 1}办公室", *shown, None)
            made.data += 1
        last = len(made.rows)
        tall = (0, 1, 3, 4) if is_one_amount else (0, 1)
        if offices > 1:
            made.merged += [f"{column(at)}{first}:{column(at)}{last}" for at in tall]
        counts = people[:1] if is_one_amount else people
        sums = tuple(float(sum(pair[part] for pair in counts)) for part in (0, 1))
        made.counted[name] = (sums[0], sums[1])
        total = [total[part] + sums[part] for part in (0, 1)]
        if draw(st.booleans()):
            made.hidden.append(first)
        if draw(st.booleans()):
            add(None, f"{name}小计", None, *sums, None)
        if draw(st.booleans()):
            add()
    if draw(st.booleans()):
        add("合计", None, None, *total, None)
    if draw(st.booleans()):
        add("注：截至六月底。")
    return made


def write(path: Path, made: Made) -> Path:
    book = Workbook()
    tab = book.worksheets[0]
    for number, row in enumerate(made.rows, start=1):
        for column, value in enumerate(row, start=1):
            tab.cell(number, column, value)
    for cells in made.merged:
        tab.merge_cells(cells)
    for row in made.hidden:
        tab.row_dimensions[row].hidden = True
    book.save(path)
    return path


def adds_up(sheet: SheetBalance) -> bool:
    parts = (sheet.stored, sheet.unchanged, sheet.refused, sheet.left_out, sheet.other)
    return sheet.rows == sum(parts) and sheet.lost == ()


def read(path: Path, to: County | None = None, **more: Any) -> Import:
    return read_workbooks([path], to if to is not None else County(), **more)


@given(made=ledgers())
def test_every_row_of_a_messy_ledger_is_accounted_for(
    made: Made, tmp_path_factory: pytest.TempPathFactory
) -> None:
    imported = read(write(tmp_path_factory.mktemp("ledger") / "台账.xlsx", made))

    names = {row.unit_code: row.name for row in rows_of(imported, Table.UNITS)}
    counted = {
        names[row.unit_code]: (row.authorised, row.in_post)
        for row in rows_of(imported, Table.ESTABLISHMENT)
    }
    assert counted == made.counted
    (sheet,) = imported.balance
    filled = sum(any(cell is not None for cell in row) for row in made.rows)
    assert adds_up(sheet)
    assert (sheet.rows, sheet.stored) == (filled, made.data)
    assert [total for total in sheet.totals if total.printed != total.read] == []
    assert set(sheet.hidden) == {str(row) for row in made.hidden}


@given(made=ledgers())
def test_read_a_second_time_every_row_stays_as_it_is(
    made: Made, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.mktemp("ledger") / "台账.xlsx", made)
    first = read(path)
    again = read(path, County().with_changes(first.changes))

    (sheet,) = again.balance
    assert again.changes == ()
    assert adds_up(sheet)
    assert (sheet.stored, sheet.unchanged) == (0, made.data)


def rows_of(imported: Import, table: Table) -> list[Any]:
    return [change.after for change in imported.offered if change.table is table]


def sheet_of(imported: Import, title: str) -> SheetBalance:
    return next(one for one in imported.balance if one.place.sheet == title)


def test_a_refused_row_counts_as_refused_whatever_else_it_says(tmp_path: Path) -> None:
    imported = read(write_book(tmp_path / "a.xlsx", spoiled("任务量", "C2", "若干")))

    sheet = sheet_of(imported, "任务量")
    assert adds_up(sheet)
    assert (sheet.rows, sheet.stored, sheet.refused, sheet.other) == (4, 2, 1, 1)


def test_sums_and_notes_of_a_standard_sheet_are_other_rows(tmp_path: Path) -> None:
    book = good_book()
    book["任务量"] += [["合计", None, 230], ["注：去年数", None, None]]
    sheet = sheet_of(read(write_book(tmp_path / "a.xlsx", book)), "任务量")

    assert adds_up(sheet)
    assert (sheet.rows, sheet.stored, sheet.other) == (6, 3, 3)


def test_hidden_rows_are_left_out_where_the_user_wants_it(tmp_path: Path) -> None:
    made = Made(
        [["单位编码", "单位名称", "类型"], ["U1", "甲镇", "镇"], ["U2", "乙镇", "镇"]], [], [3]
    )
    path = write(tmp_path / "单位.xlsx", made)
    imported = read(path, choices=Choices(leaves_hidden=True))

    assert [row.name for row in rows_of(imported, Table.UNITS)] == ["甲镇"]
    (sheet,) = imported.balance
    assert adds_up(sheet)
    assert (sheet.stored, sheet.left_out, sheet.hidden) == (1, 1, ("3",))


def test_a_sheet_left_alone_is_told_whole(tmp_path: Path) -> None:
    book = {**good_book(), "食堂": [["菜名", "价格"], ["面", 8]]}
    sheet = sheet_of(read(write_book(tmp_path / "a.xlsx", book)), "食堂")

    assert (sheet.recognised, sheet.rows, sheet.left_out) == (None, 2, 2)
