"""Reading column by column finds the same rows and says the same as reading row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.county import County
from app.model.vocabulary import Table
from app.workbooks.cells.grid import CellFault, Grid
from app.workbooks.cells.remarks import Remarks
from app.workbooks.importing import read_workbooks
from app.workbooks.standard import entries
from app.workbooks.standard.entries import SheetReading
from app.workbooks.standard.headings import find_heading
from app.workbooks.standard.sheets import BY_TABLE
from tests.workbooks.books import good_book, write_book

CELLS = st.sampled_from(
    [
        *[
            None,
            "",
            "T1",
            "U1",
            "P1",
            "主办",
            "【说明】必填",
            "【示例】U1",
            "是",
            "否",
            "30件",
            "约30件",
        ],
        *["50%", "x", "=1", 0.0, 1.0, 0.5, -1.0, 1e12, True, False, *CellFault],
    ]
)
TITLES = {
    Table.VOLUMES: ["单位编码", "任务编码", "年业务量", "单件工时"],
    Table.ASSIGNMENTS: ["单位编码", "任务编码", "岗位编码", "份额", "角色", "锁定"],
    Table.TASKS: [column.chinese for column in BY_TABLE[Table.TASKS].columns],
}


def found(grid: Grid, table: Table, county: County) -> tuple[list[Any], Any]:
    sheet, remarks = BY_TABLE[table], Remarks()
    heading = find_heading(grid, sheet)
    assert heading is not None
    reading = SheetReading(grid, sheet, heading, county, remarks)
    return [(entry.row, entry.record) for entry in reading.entries()], remarks.findings()


@settings(max_examples=60)
@given(data=st.data(), table=st.sampled_from(list(TITLES)))
def test_columns_and_rows_read_the_same(data: st.DataObject, table: Table) -> None:
    titles = TITLES[table]
    row = st.lists(CELLS, min_size=len(titles), max_size=len(titles))
    rows = [[cell or None if isinstance(cell, str) else cell for cell in line] for line in
            data.draw(st.lists(row, max_size=6))]  # fmt: skip
    grid = Grid("a.xlsx", table.chinese, [titles, *rows])

    by_column = found(grid, table, County())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "may_read_columns", lambda *_arguments: False)
        by_row = found(grid, table, County())

    assert by_column == by_row


@pytest.mark.usefixtures("in_process")
def test_a_missing_column_still_keeps_the_plans_fields(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", good_book())
    county = County().with_changes(read_workbooks([path], County()).changes)
    volumes = [["单位编码", "任务编码", "年业务量"], ["U1", "T1", 7]]
    assignments = [["单位编码", "任务编码", "岗位编码", "份额"], ["U2", "T1", "P3", 0.9]]
    book = {"任务量": volumes, "分工": assignments}

    changes = read_workbooks([write_book(path, book)], county).changes

    after = county.with_changes(changes)
    assert after.volumes["U1", "T1"].volume == 7
    assert after.assignments["U2", "T1", "P3"].share == 0.9
    assert len(changes) == 2
