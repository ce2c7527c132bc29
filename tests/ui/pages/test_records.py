"""Basic data: rows are added, copied, renamed, pasted, changed alike, and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from app.model.county import Allowance, Post, Profile, Record, StaffCategory, Task, Unit
from app.model.vocabulary import Table
from tests.ui.driving import Driver
from ui.dialogs import questions
from ui.pages.records.records_page import KINDS, RecordsPage


@pytest.fixture
def page(driver: Driver, plan_path: Path) -> RecordsPage:
    driver.open(plan_path)
    found = driver.show("records")
    assert isinstance(found, RecordsPage)
    return found


def choose(page: RecordsPage, kind: type[Record]) -> None:
    page.kinds.setCurrentRow(KINDS.index(kind))


def select(page: RecordsPage, *keys: tuple[str, ...]) -> None:
    page.table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for key in keys:
        at = page.rows.row_of(key)
        assert at is not None
        page.table.selectionModel().select(page.rows.index(at, 0), flags.Select | flags.Rows)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Return what was said before rows were deleted; every question is answered with yes."""
    asked: list[Sequence[str]] = []

    def ask(parent: QWidget, title: str, lines: Sequence[str]) -> bool:
        asked.append([title, *lines])
        return True

    monkeypatch.setattr(questions, "ask_to_remove", ask)
    return asked


def test_every_kind_can_be_added_to_and_each_is_one_step(driver: Driver, page: RecordsPage) -> None:
    for kind in KINDS[:-1]:
        choose(page, kind)
        before, steps = len(driver.workspace.county.rows(kind.TABLE)), len(driver.project.history())
        county = driver.workspace.county
        page.add_row()
        driver.settle()
        after = driver.workspace.county
        if len(after.rows(kind.TABLE)) == before:
            assert "already" in driver.window.bar.text
            continue
        assert len(driver.project.history()) == steps + 1
        driver.do("undo")
        assert driver.workspace.county == county
        driver.do("redo")


def test_deleting_a_unit_says_what_goes_with_it_and_one_undo_brings_all_back(
    driver: Driver, page: RecordsPage, said: list[Sequence[str]]
) -> None:
    before = driver.workspace.county
    choose(page, Unit)
    select(page, ("U1",))
    page.delete()
    driver.settle()
    after = driver.workspace.county
    assert not after.units
    assert not after.posts
    assert not after.volumes
    assert after.tasks == before.tasks
    text = " ".join(said[0])
    assert f"posts: {len(before.posts)}" in text
    assert f"volumes: {len(before.volumes)}" in text
    driver.do("undo")
    assert driver.workspace.county == before
    assert driver.crashes == []


def test_a_copied_unit_carries_the_same_hours(driver: Driver, page: RecordsPage) -> None:
    choose(page, Unit)
    select(page, ("U1",))
    page.duplicate()
    driver.settle()
    figures = driver.workspace.figures
    first, second = figures.units.values()
    assert first.load.workload_hours == second.load.workload_hours
    assert first.load.capacity_hours == second.load.capacity_hours
    assert second.name.startswith(first.name)
    assert second.unit_code not in ("", first.unit_code)


def test_renaming_a_category_and_a_season_loses_no_row(driver: Driver, page: RecordsPage) -> None:
    before = driver.workspace.county
    choose(page, StaffCategory)
    at = page.rows.row_of(("行政",))
    assert at is not None
    assert page.rows.setData(page.rows.index(at, 0), "公务员")
    driver.settle()
    county = driver.workspace.county
    assert ("行政",) not in county.categories
    assert len(county.staffing) == len(before.staffing)
    assert sum(r.on_duty for r in county.staffing.values() if r.category == "公务员") == sum(
        r.on_duty for r in before.staffing.values() if r.category == "行政"
    )
    driver.do("undo")
    assert driver.workspace.county == before


def test_rows_of_a_spreadsheet_become_posts_with_people(driver: Driver, page: RecordsPage) -> None:
    choose(page, Post)
    unit = driver.workspace.county.units[("U1",)].name
    lines = [
        "岗位名称\t单位编码\t行政\t内设机构",
        f"综治岗\t{unit}\t2\t平安办",
        f"信访岗\t{unit}\t1\t平安办",
    ]
    QGuiApplication.clipboard().setText("\n".join(lines))
    steps = len(driver.project.history())
    page.paste_rows()
    driver.settle()
    county = driver.workspace.county
    made = [post for post in county.posts.values() if post.office == "平安办"]
    assert [post.title for post in made] == ["综治岗", "信访岗"]
    assert [county.staffing[(post.post_code, "行政")].on_duty for post in made] == [2, 1]
    assert len(driver.project.history()) == steps + 1


def test_a_bad_pasted_cell_adds_nothing_and_names_its_line(
    driver: Driver, page: RecordsPage
) -> None:
    choose(page, Task)
    before = driver.workspace.county
    QGuiApplication.clipboard().setText("任务名称\t单件工时\n巡河\t2\n走访\t很多")
    page.paste_rows()
    driver.settle()
    assert driver.workspace.county == before
    assert "Line 3" in driver.window.bar.text
    QGuiApplication.clipboard().setText("任务名称\t颜色\n巡河\t2")
    page.paste_rows()
    assert "颜色" in driver.window.bar.text


def test_the_form_changes_all_selected_rows_alike(driver: Driver, page: RecordsPage) -> None:
    choose(page, Task)
    select(page, ("T1",), ("T2",))
    line = page.forms[Task].editors["difficulty"]
    assert isinstance(line, QLineEdit)
    line.setText("1.5")
    line.setModified(True)
    line.editingFinished.emit()
    driver.settle()
    tasks = driver.workspace.county.tasks
    assert [tasks[(code,)].difficulty for code in ("T1", "T2")] == [1.5, 1.5]
    assert tasks[("T3",)].difficulty == 1.0


def test_a_post_is_moved_to_another_office_and_unit_by_name(
    driver: Driver, page: RecordsPage
) -> None:
    choose(page, Unit)
    page.add_row()
    driver.settle()
    new = next(unit for unit in driver.workspace.county.units.values() if unit.unit_code != "U1")
    choose(page, Post)
    titles = [column.title for column in page.rows.columns]
    at = page.rows.row_of(("P2",))
    assert at is not None
    select(page, ("P2",), ("P3",))
    assert page.rows.setData(page.rows.index(at, titles.index("Unit")), new.name)
    driver.settle()
    county = driver.workspace.county
    assert [county.posts[(code,)].unit_code for code in ("P2", "P3")] == [new.unit_code] * 2
    assert {key[2] for key in county.assignments} == {"P1"}
    assert county.staffing


def test_an_office_is_renamed_with_all_its_posts(
    driver: Driver, page: RecordsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, Post)
    select(page, ("P1",))
    office = driver.workspace.county.posts[("P1",)].office
    before = [p.post_code for p in driver.workspace.county.posts.values() if p.office == office]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("综合办", True))
    page.rename_office()
    driver.settle()
    posts = driver.workspace.county.posts.values()
    assert [post.post_code for post in posts if post.office == "综合办"] == before


def test_every_setting_is_described_and_a_bad_value_is_refused(
    driver: Driver, page: RecordsPage
) -> None:
    page.kinds.setCurrentRow(len(KINDS) - 1)
    rows = page.rows.shown
    assert len(rows) > 40
    assert all(column.value(row) for row in rows for column in page.rows.columns[:1])
    at = page.rows.row_of("max_moves")
    assert at is not None
    assert page.rows.setData(page.rows.index(at, 1), "12")
    driver.settle()
    assert driver.workspace.county.policy[("max_moves",)].value == "12"
    assert not page.rows.setData(page.rows.index(at, 1), "many")
    assert "many" in driver.window.bar.text


@pytest.mark.parametrize("kind", [Profile, Allowance])
def test_a_named_row_is_copied_under_a_free_name(
    driver: Driver, page: RecordsPage, kind: type[Record]
) -> None:
    choose(page, kind)
    page.add_row()
    driver.settle()
    page.duplicate()
    driver.settle()
    rows = driver.workspace.county.rows(kind.TABLE)
    assert len({key[0] for key in rows}) == len(rows) >= 2
    assert Table(kind.TABLE) is kind.TABLE
