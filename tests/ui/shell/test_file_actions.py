"""Writing files from the window: the second name where the first is in use, and the endings."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.ui.driving import Driver
from ui.shell import file_actions


def test_a_file_in_use_is_offered_under_a_second_name(
    driver: Driver, plan_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "输入.xlsx"
    target.write_bytes(b"open elsewhere")
    replace = Path.replace

    def refuse(path: Path, onto: Path) -> Path:
        if onto == target:
            raise PermissionError(errno.EACCES, "locked")
        return replace(path, onto)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(file_actions, "ask_path", lambda *asked: target)
    driver.open(plan_path)
    file_actions.ask_export_standard(driver.window)
    driver.settle()
    bar = driver.window.bar
    assert "输入.xlsx” is open in another program" in bar.text
    assert bar.action_button.text() == "Write “输入 (2).xlsx”"
    assert target.read_bytes() == b"open elsewhere"

    bar.action_button.click()
    driver.settle()
    assert (tmp_path / "输入 (2).xlsx").read_bytes().startswith(b"PK")
    assert "Written" in bar.text
    assert driver.crashes == []


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_the_report_is_written_for_print_and_for_word(
    driver: Driver,
    plan_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    target = tmp_path / f"报告{suffix}"
    monkeypatch.setattr(file_actions, "ask_path", lambda *asked: target)
    driver.open(plan_path)
    file_actions.ask_report(driver.window)
    driver.settle()
    assert target.read_bytes()[:4] == {".pdf": b"%PDF", ".docx": b"PK\x03\x04"}[suffix]


def test_the_ending_follows_the_kind_that_is_chosen(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(dialog: QFileDialog) -> bool:
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.selectNameFilter("Word (*.docx)")
        dialog.filterSelected.emit("Word (*.docx)")
        return True

    monkeypatch.setattr(QFileDialog, "exec", choose)
    driver.window.memory.folder = str(tmp_path)
    path = file_actions.ask_path(driver.window, "t", "报告", ".pdf", "PDF (*.pdf);;Word (*.docx)")
    assert path is not None and path.name == "报告.docx"
