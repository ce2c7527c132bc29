"""Undo of everything there is, on every page: no crash, and no row or message that is no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.driving import Driver
from ui.pages.contents import entries
from ui.tables.table import TableView


@pytest.mark.parametrize("name", [entry.name for entry in entries()])
def test_undoing_all_input_on_a_page_leaves_no_stale_row(
    driver: Driver, plan_path: Path, name: str
) -> None:
    driver.open(plan_path)
    page = driver.show(name)
    page.resize(1000, 600)
    for table in page.findChildren(TableView):
        table.select_something()
    driver.do("undo")
    QApplication.processEvents()
    assert driver.crashes == []
    county = driver.workspace.county
    assert not county.posts
    for table in page.findChildren(TableView):
        if table.isVisible() and name in {"posts", "units", "duties", "matrix"}:
            assert not table.table.shown
    driver.do("redo")
    QApplication.processEvents()
    assert driver.crashes == []
    assert driver.workspace.county.posts
