"""Before anything is stored: every row with its cells, rows left out, names and mappings chosen."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.model.county import County, Unit
from app.model.vocabulary import Severity, Table, UnitKind
from app.workbooks.cells.places import RowPlace, SheetPlace
from app.workbooks.foreign.mappings import (
    Choices,
    ColumnMapping,
    ImportMapping,
    Shape,
    TableMapping,
)
from app.workbooks.foreign.saved_mappings import (
    keep_mapping,
    kept_mappings,
    mapping_named,
    proposed,
    read_mapping,
    write_mapping,
)
from app.workbooks.importing import Import, import_label, read_workbooks, without_refused
from app.workbooks.material import gather
from app.workbooks.previewing import CellChange, PreviewRow, RowState, preview
from tests.builders import categories, county, unit
from tests.workbooks.books import good_book, spoiled, write_book
from tests.workbooks.foreign import foreign_books as books

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.fixture(autouse=True)
def program_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HENGBIAN_HOME", str(tmp_path / "home"))


def good_county(folder: Path) -> County:
    return County().with_changes(
        read_workbooks([write_book(folder / "good.xlsx", good_book())], County()).changes
    )


def states(imported: Import) -> Counter[RowState]:
    return Counter(row.state for row in preview(imported))


def row_of(imported: Import, table: Table, *key: str) -> PreviewRow:
    return next(row for row in preview(imported) if (row.table, row.key) == (table, key))


def test_a_change_shows_its_cell_old_and_new(tmp_path: Path) -> None:
    known = good_county(tmp_path)
    path = write_book(tmp_path / "new.xlsx", spoiled("单位", "B2", "青峰镇"))
    imported = read_workbooks([path], known)

    row = row_of(imported, Table.UNITS, "U1")
    assert row.state is RowState.CHANGED
    assert row.cells == (CellChange("name", "青山镇", "青峰镇", "B2"),)
    assert row.place == RowPlace("new.xlsx", "单位", 1)
    assert states(imported)[RowState.CHANGED] == imported.changed == 1
    assert states(imported)[RowState.UNCHANGED] >= 15


def test_a_refused_row_stands_with_what_is_wrong_and_the_rest_is_offered(tmp_path: Path) -> None:
    path = write_book(tmp_path / "new.xlsx", spoiled("任务量", "C2", "30余"))
    imported = read_workbooks([path], County())

    refused = [row for row in preview(imported) if row.state is RowState.REFUSED]
    assert [(row.cell, row.place) for row in refused] == [("C2", RowPlace("new.xlsx", "任务量", 1))]
    assert "only a rough number" in refused[0].message
    assert imported.changes == () and imported.is_blocked
    assert row_of(imported, Table.VOLUMES, "U1", "T2").state is RowState.ADDED


def test_a_row_left_out_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    path = write_book(tmp_path / "new.xlsx", spoiled("任务量", "C2", "30余"))
    out = RowPlace("new.xlsx", "任务量", 1)
    imported = read_workbooks([path], County(), choices=Choices(skipped=frozenset({out})))

    assert not imported.is_blocked
    assert [row.place for row in preview(imported) if row.state is RowState.SKIPPED] == [out]
    volumes = [change.record.key for change in imported.changes if change.table is Table.VOLUMES]
    assert volumes == [("U1", "T2"), ("U2", "T1")]


def test_leaving_out_refused_rows_takes_what_hangs_on_them_along(tmp_path: Path) -> None:
    material = gather([write_book(tmp_path / "new.xlsx", spoiled("任务", "D2", "不知道"))])
    choices = without_refused(material, County(), Choices())
    imported = read_workbooks(material, County(), choices=choices)

    assert {place.sheet for place in choices.skipped} >= {"任务"}
    assert not imported.is_blocked
    assert [c.record.key for c in imported.changes if c.table is Table.TASKS] == [("T2",)]


def test_a_heading_is_never_left_out(tmp_path: Path) -> None:
    book = good_book()
    for row in book["单位"]:
        del row[1]
    material = gather([write_book(tmp_path / "new.xlsx", book)])
    choices = without_refused(material, County(), Choices())

    assert RowPlace("new.xlsx", "单位", 0) not in choices.skipped
    assert read_workbooks(material, County(), choices=choices).is_blocked


def ledger_for(folder: Path, name: str) -> Path:
    rows = [["单位名称", "行政编制", "行政实有"], [name, 40, 38]]
    return books.write_sheets(folder / "台账.xlsx", {"台账": (rows, ())})


@pytest.mark.parametrize("name", ["青山镇", "青山镇人民政府", "青山", "青 山　镇", "U1"])
def test_a_unit_is_known_by_code_and_by_every_way_to_say_its_name(
    tmp_path: Path, name: str
) -> None:
    known = county(unit("U1", name="青山镇"), unit("U2", name="青石镇"))
    imported = read_workbooks([ledger_for(tmp_path, name)], known)

    assert [change.record.key for change in imported.changes] == [("U1", "行政")]


def test_a_near_name_is_asked_about_and_the_answer_counts(tmp_path: Path) -> None:
    known = county(unit("U1", name="青山泉镇"))
    path = ledger_for(tmp_path, "清山泉镇")
    imported = read_workbooks([path], known)

    (question,) = imported.questions
    assert (question.text, question.chosen) == ("清山泉镇", "")
    assert [near.code for near in question.near] == ["U1"]
    assert Unit("U02", "清山泉镇", UnitKind.TOWN) in [c.after for c in imported.changes]
    assert [f.cell for f in imported.findings if f.severity is Severity.WARNING] == ["A2"]
    answered = Choices(matches={(Table.UNITS, question.key): "U1"})
    again = read_workbooks([path], known, choices=answered)
    assert [change.record.key for change in again.changes] == [("U1", "行政")]
    assert again.questions[0].chosen == "U1"


def test_two_units_of_one_stem_are_not_confused(tmp_path: Path) -> None:
    known = county(unit("U1", name="青山乡"))
    imported = read_workbooks([ledger_for(tmp_path, "青山镇")], known)

    assert Unit("U02", "青山镇", UnitKind.TOWN) in [c.after for c in imported.changes]


@pytest.mark.parametrize("make", [books.duty_lists_on_one_sheet, books.ledger, books.workload])
def test_a_kept_mapping_reads_the_next_file_the_same(tmp_path: Path, make: Any) -> None:
    first = read_workbooks([books.write_sheets(tmp_path / "一.xlsx", {"甲": make()})], County())
    keep_mapping(proposed(first.tables, "台账"))
    (kept,) = kept_mappings()
    rows, merged = make()
    path = books.write_sheets(tmp_path / "二.xlsx", {"乙": (rows, merged)})

    offered = read_workbooks([path], County(), kept=(kept,))
    used = read_workbooks([path], County(), choices=Choices(mappings=(kept,)))

    assert {table.offers for table in offered.tables} == {("台账",)}
    assert {table.used for table in used.tables} == {"台账"}
    assert used.changes == offered.changes == first.changes
    label = import_label("二.xlsx", used)
    assert label.startswith("Import 二.xlsx by the mapping 台账 ")


def test_a_kept_mapping_finds_columns_that_have_moved(tmp_path: Path) -> None:
    rows = [["单位名称", "行政编制", "行政实有"], ["青山镇", 40, 38]]
    first = read_workbooks([ledger_for(tmp_path, "青山镇")], County())
    kept = proposed(first.tables, "台账")
    moved = [["某县"], [None, *rows[0][::-1]], [None, *rows[1][::-1]]]
    path = books.write_sheets(tmp_path / "二.xlsx", {"乙": (moved, ())})

    assert read_workbooks([path], County(), choices=Choices(mappings=(kept,))).changes == (
        first.changes
    )


def test_a_mapping_says_what_nobody_could_guess(tmp_path: Path) -> None:
    rows = [["谁", "干啥", "几回", "多久"], ["文秘岗", "收文", 100, 30], ["小结", None, 100, 30]]
    path = books.write_sheets(tmp_path / "怪.xlsx", {"怪": (rows, ())})
    known = county(unit("U1", name="青山镇"))
    assert read_workbooks([path], known).is_blocked
    table = TableMapping(
        Shape.WORKLOAD,
        0,
        0,
        (
            ColumnMapping(0, "谁", "post"),
            ColumnMapping(1, "干啥", "task"),
            ColumnMapping(2, "几回", "count"),
            ColumnMapping(3, "多久", "each", unit="分钟"),
        ),
        skip=("小结",),
        unit="U1",
    )
    mapping = ImportMapping("怪表", (table,))

    by_hand = Choices(tables={SheetPlace("怪.xlsx", "怪"): (table,)})
    for choices in (by_hand, Choices(mappings=(mapping,))):
        imported = read_workbooks([path], known, choices=choices)
        assert not imported.is_blocked, imported.findings
        tasks = [c.after for c in imported.changes if c.table is Table.TASKS]
        assert [(task.name, task.hours_each) for task in tasks] == [("收文", 0.5)]


def test_a_subcategory_can_be_kept_apart(tmp_path: Path) -> None:
    path = books.write_sheets(tmp_path / "台账.xlsx", {"台账": books.ledger()})
    found = read_workbooks([path], County()).tables[0].mapping
    assert found is not None
    own = tuple(
        replace(item, category="政法专项") if "政法专项" in item.heading else item
        for item in found.columns
    )
    choices = Choices(tables={SheetPlace("台账.xlsx", "台账"): (replace(found, columns=own),)})
    changes = read_workbooks([path], County(), choices=choices).changes
    rows = {change.record.key: change.after for change in changes}

    assert rows["U01", "政法专项"].authorised == 3
    assert rows["U01", "行政"].authorised == 37
    assert ("政法专项",) in rows


def test_a_sheet_can_be_left_unread(tmp_path: Path) -> None:
    path = write_book(tmp_path / "new.xlsx", good_book())
    choices = Choices(tables={SheetPlace("new.xlsx", "季节"): ()})
    imported = read_workbooks([path], county(*categories()), choices=choices)

    assert not [change for change in imported.offered if change.table is Table.PROFILES]


NAMES = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=8)
COLUMNS = st.builds(
    ColumnMapping,
    column=st.integers(0, 60),
    heading=NAMES,
    name=st.sampled_from(["authorised", "in_post", "reserved"]),
    category=st.one_of(st.just(""), NAMES),
)


@given(columns=st.lists(COLUMNS, max_size=4), first=st.integers(0, 9), name=NAMES, code=NAMES)
def test_a_mapping_file_reads_back_as_it_was(
    columns: list[ColumnMapping],
    first: int,
    name: str,
    code: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    table = TableMapping(Shape.LEDGER, first, first + 2, tuple(columns), unit=code)
    mapping = ImportMapping(name, (table,), {(Table.UNITS, name): code})
    path = tmp_path_factory.getbasetemp() / "mapping.json"
    write_mapping(mapping, path)

    assert read_mapping(path) == mapping


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(mapping=9),
        lambda data: data.pop("tables"),
        lambda data: data["tables"][0].update(kind="poem"),
        lambda data: data["tables"][0].update(heading_rows=[3, 1]),
        lambda data: data["tables"][0]["columns"][0].update({"is": "verse"}),
        lambda data: data["tables"][0]["columns"][0].update({"unit": "rhyme"}),
        lambda data: data["tables"][0]["columns"][0].update({"column": "第一"}),
    ],
)
def test_a_spoiled_mapping_is_one_sentence(tmp_path: Path, spoil: Any) -> None:
    imported = read_workbooks([ledger_for(tmp_path, "青山镇")], County())
    path = tmp_path / "m.json"
    write_mapping(proposed(imported.tables, "m"), path)
    data = json.loads(path.read_text(encoding="utf-8"))
    spoil(data)
    path.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(UserError, match=r"“m\.json” is no mapping") as found:
        mapping_named(str(path))
    assert "\n" not in str(found.value)


def test_an_unknown_mapping_names_those_that_are_kept(tmp_path: Path) -> None:
    keep_mapping(ImportMapping("台账/甲", ()))

    assert [mapping.name for mapping in kept_mappings()] == ["台账/甲"]
    with pytest.raises(UserError, match="Kept are: 台账/甲"):
        mapping_named("乙")
