"""Tables that others made are recognised, read with their units, and the same the next time."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.county import County, Duty, Establishment, Volume, field_names
from app.model.vocabulary import DutyList, Severity, Table
from app.workbooks.foreign.mappings import Shape
from app.workbooks.importing import Import, read_workbooks
from tests.builders import categories, county, unit
from tests.workbooks.foreign import foreign_books as books

pytestmark = pytest.mark.usefixtures("in_process")

GOLDEN = Path(__file__).parent / "golden"
BOOKS = {
    "duty_lists": books.duty_lists_on_one_sheet,
    "ledger": books.ledger,
    "workload": books.workload,
}


def read(folder: Path, sheets: Any, to: County | None = None, name: str = "表.xlsx") -> Import:
    path = books.write_sheets(folder / name, sheets)
    return read_workbooks([path], to if to is not None else County())


def rows_of(imported: Import, table: Table) -> list[Any]:
    return [change.after for change in imported.offered if change.table is table]


def errors(imported: Import) -> list[tuple[str, str]]:
    return [(f.cell, f.message) for f in imported.findings if f.severity is Severity.ERROR]


def dumped(imported: Import) -> Iterator[str]:
    for table in imported.tables:
        assert table.mapping is not None
        mapping = table.mapping
        yield f"{mapping.kind.value} rows {mapping.first + 1}-{mapping.last + 1}"
        for item in mapping.columns:
            yield f"  {item.column} {item.heading} = {item.name} {item.category}".rstrip()
    for finding in imported.findings:
        yield f"{finding.severity.value} {finding.cell} {finding.message}"
    for change in imported.changes:
        record = change.record
        said = {name: getattr(record, name) for name in field_names(type(record))}
        known = {name: value for name, value in said.items() if value not in (None, "", (), False)}
        yield f"{record.TABLE.value} " + " ".join(f"{k}={v!r}" for k, v in known.items())


@pytest.mark.parametrize("name", BOOKS)
def test_what_is_read_is_as_it_was(tmp_path: Path, name: str) -> None:
    text = "\n".join(dumped(read(tmp_path, {"Sheet1": BOOKS[name]()}))) + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("HENGBIAN_APPROVE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("order", [("duty_lists", "ledger", "workload"), ("workload", "ledger")])
def test_the_second_import_changes_nothing(tmp_path: Path, order: Sequence[str]) -> None:
    paths = [
        books.write_sheets(tmp_path / f"{name}.xlsx", {"Sheet1": BOOKS[name]()}) for name in order
    ]
    first = read_workbooks(paths, County())
    known = County().with_changes(first.changes)

    assert first.changes and not first.is_blocked
    assert read_workbooks(paths, known).changes == ()
    assert read_workbooks(paths[::-1], known).changes == ()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(12)), blank=st.integers(0, 3))
def test_columns_may_stand_in_any_order_and_anywhere(
    order: list[int], blank: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows, _merged = books.workload()
    rows[4][1:3] = rows[5][1:3] = ["党政办", "文秘岗"]
    rows[5][3], rows[4][3] = "会议服务", "公文处理"
    moved = [
        *rows[:2],
        *[[None]] * blank,
        *([None] * blank + [row[at] for at in order] for row in rows[2:]),
    ]
    folder = tmp_path_factory.mktemp("order")
    as_drawn = read(folder, {"Sheet1": (moved, ())})
    as_usual = read(folder, {"Sheet1": (rows, ())})

    assert set(as_drawn.offered) == set(as_usual.offered)
    assert as_drawn.changes


def test_lists_may_stand_on_sheets_of_their_own(tmp_path: Path) -> None:
    sheets = {
        "基本履职事项": ([["序号", "事项名称"], [1, "发展党员"]], ()),
        "收回": ([["序号", "事项名称", "承接部门及工作方式"], [1, "食品处罚", "县市监局"]], ()),
        "配合": (
            [["序号", "事项名称", "牵头部门", "镇街配合职责"], [1, "防溺水", "县教育局", "巡查"]],
            (),
        ),
    }
    duties = rows_of(read(tmp_path, sheets), Table.DUTIES)

    assert [duty.list for duty in duties] == [
        DutyList.CORE,
        DutyList.RECLAIMED,
        DutyList.SUPPORTING,
    ]
    assert [duty.duty_code for duty in duties] == ["JB001", "SH001", "PH001"]
    assert duties[2].own_duty == "巡查"


def test_a_list_with_new_items_keeps_the_codes_of_the_old(tmp_path: Path) -> None:
    old = read(tmp_path, {"清单": ([["序号", "事项名称"], [1, "发展党员"], [2, "防汛抗旱"]], ())})
    known = County().with_changes(old.changes)
    rows = [["序号", "事项名称"], [1, "征兵"], [2, "防汛（抗旱）"], [3, "发展 党员"]]

    new = read(tmp_path, {"清单": (rows, ())}, known)

    assert [change.after for change in new.changes] == [Duty("JB003", "征兵", DutyList.CORE)]


def test_headings_repeated_on_every_page_are_no_items(tmp_path: Path) -> None:
    head = ["序号", "事项名称", "法律依据"]
    rows = [head, [1, "发展党员", "甲"], head, [2, "征兵", "乙"], [2, "征兵", "乙"]]

    imported = read(tmp_path, {"清单": (rows, ())})

    assert [duty.name for duty in rows_of(imported, Table.DUTIES)] == ["发展党员", "征兵"]
    assert [f.cell for f in imported.findings if "already stands in row 4" in f.message] == ["B5"]


def test_a_cell_beside_a_heading_that_is_not_merged_stays_nameless(tmp_path: Path) -> None:
    rows, merged = books.ledger()
    imported = read(tmp_path, {"台账": (rows, [m for m in merged if m != "D3:F3"])})

    assert imported.tables[0].mapping is not None
    headings = {item.column: item.heading for item in imported.tables[0].mapping.columns}
    assert headings[4] == "核定编制/一般行政"


def test_a_category_of_the_plan_is_not_added_up(tmp_path: Path) -> None:
    imported = read(tmp_path, {"台账": books.ledger()}, county(*categories("行政", "政法专项")))
    found = {row.key: row for row in rows_of(imported, Table.ESTABLISHMENT)}

    assert found["U01", "行政"].authorised == 37
    assert found["U01", "政法专项"] == Establishment("U01", "政法专项", authorised=3.0, in_post=3.0)


def test_one_sheet_for_every_post(tmp_path: Path) -> None:
    head = ["序号", "任务", "频率", "单次耗时", "时间单位"]
    sheets = {
        "文秘岗": ([["单位：青山镇"], head, [1, "收文", "每周2次", 30, "分钟"]], ()),
        "内勤岗": ([["单位：青山镇"], head, [1, "值班", "每月", 2, "小时"]], ()),
    }
    imported = read(tmp_path, sheets, county(unit(name="青山镇")))

    assert [post.title for post in rows_of(imported, Table.POSTS)] == ["文秘岗", "内勤岗"]
    assert [(v.unit_code, v.volume) for v in rows_of(imported, Table.VOLUMES)] == [
        ("U1", 104.0),
        ("U1", 12.0),
    ]
    assert [task.hours_each for task in rows_of(imported, Table.TASKS)] == [0.5, 2.0]


HEAD = ["单位", "岗位", "任务", "年频次", "单次耗时", "参与人数", "年工时"]


def workload_row(folder: Path, *cells: Any, each: str = "单次耗时（小时）") -> Import:
    head = [*HEAD[:4], each, *HEAD[5:]]
    row = ["青山镇", "文秘岗", "收文", *cells]
    return read(folder, {"表": ([head, row], ())}, county(unit(name="青山镇")))


@pytest.mark.parametrize(
    ("count", "volume"),
    [("1,200", 1200), ("30件", 30), ("１２", 12), ("3万", 30000), (7, 7), ("每月2次", 24)],
)
def test_numbers_are_read_where_they_are_clear(tmp_path: Path, count: Any, volume: float) -> None:
    imported = workload_row(tmp_path, count, 1, 1, None)

    assert [row.volume for row in rows_of(imported, Table.VOLUMES)] == [volume]
    assert not imported.is_blocked


@pytest.mark.parametrize("count", ["50%", "30以上", datetime.date(2026, 3, 1), "很多", -3])
def test_unclear_numbers_are_a_finding_with_their_cell(tmp_path: Path, count: Any) -> None:
    imported = workload_row(tmp_path, count, 1, 1, None)

    assert "D2" in [cell for cell, _message in errors(imported)]
    assert [row.place.row for row in imported.refused] == [1]
    assert imported.changes == ()


@pytest.mark.parametrize(
    ("each", "heading", "annual", "hours"),
    [
        (30, "单次耗时（分钟）", None, 0.5),
        ("30分钟", "单次耗时（小时）", None, 0.5),
        ("1天", "单次耗时", None, 8.0),
        (90, "单次耗时", 150, 1.5),
        (2, "单次工时", None, 2.0),
    ],
)
def test_times_keep_their_units(
    tmp_path: Path, each: Any, heading: str, annual: Any, hours: float
) -> None:
    imported = workload_row(tmp_path, 100, each, 1, annual, each=heading)

    assert [task.hours_each for task in rows_of(imported, Table.TASKS)] == [hours]


def test_a_time_without_any_unit_is_asked_about(tmp_path: Path) -> None:
    imported = workload_row(tmp_path, 100, 30, 1, None, each="单次耗时")

    assert ("E2", "It is not said whether this is minutes or hours.") in errors(imported)


def test_hours_that_do_not_fit_are_pointed_at(tmp_path: Path) -> None:
    imported = workload_row(tmp_path, 10, 2, 1, 30)

    assert [f.cell for f in imported.findings if f.severity is Severity.WARNING] == ["G2"]
    assert rows_of(imported, Table.VOLUMES) == [Volume("U1", "QW001-1", 10.0)]


def test_a_table_of_nobody_says_so(tmp_path: Path) -> None:
    rows = [HEAD[1:], ["文秘岗", "收文", 10, "1小时", 1, None]]
    plan = county(unit("U1", name="青山镇"), unit("U2", name="绿水乡"))

    assert errors(read(tmp_path, {"表": (rows, ())}, plan)) == [
        ("A1", "It is not said which unit this table is about.")
    ]
    named = read(tmp_path, {"表": (rows, ())}, plan, name="绿水乡工作量.xlsx")
    assert [row.unit_code for row in rows_of(named, Table.VOLUMES)] == ["U2"]


def test_a_standard_column_in_minutes_is_converted(tmp_path: Path) -> None:
    head = ["任务编码", "职责编码", "任务名称", "单件工时（分钟）", "负担类型"]
    rows = [head, ["T1", "D1", "收文", 30, "实质性"], ["T2", "D1", "发文", "2小时", "实质性"]]
    imported = read(tmp_path, {"任务": (rows, ())}, county(Duty("D1", "公文", DutyList.CORE)))

    assert [task.hours_each for task in rows_of(imported, Table.TASKS)] == [0.5, 2.0]


def test_the_shape_counts_before_the_name_of_the_sheet(tmp_path: Path) -> None:
    imported = read(tmp_path, {"编制": books.ledger()})

    assert imported.tables[0].mapping is not None
    assert imported.tables[0].mapping.kind is Shape.LEDGER
