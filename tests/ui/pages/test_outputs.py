"""Exports and the page of one unit: written whole, previewed as printed, refused in a sentence."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton

from app.language import use_language
from tests.ui.driving import Driver
from ui.pages.outputs import OutputsPage
from ui.pages.overview import OverviewPage
from ui.pages.page import Where
from ui.pages.township import TownshipPage
from ui.pages.units import UnitsPage
from ui.work import batch, unit_page
from ui.work.batch import Output

PDF, ZIP = b"%PDF", b"PK\x03\x04"
SLOW = {Output.PICTURES, Output.REPORT_WORD}
"""What is written for certain elsewhere: tests/report."""


def outputs_page(driver: Driver, plan_path: Path, folder: Path, *chosen: Output) -> OutputsPage:
    """Open the plan and the page, with these outputs ticked and this folder."""
    driver.open(plan_path)
    page = driver.show("outputs")
    assert isinstance(page, OutputsPage)
    for output, box in page.boxes.items():
        box.setChecked(output in chosen)
    page.folder.setText(str(folder))
    driver.settle()
    return page


def links(page: OutputsPage) -> list[str]:
    return [button.text() for button in page.results.findChildren(QPushButton)]


def test_everything_that_is_ticked_is_written(
    driver: Driver, plan_path: Path, tmp_path: Path
) -> None:
    chosen = [output for output in Output if output not in SLOW]
    page = outputs_page(driver, plan_path, tmp_path / "neu", *chosen)
    page.write.click()
    driver.settle()
    begins = {
        path.relative_to(tmp_path / "neu").as_posix(): path.read_bytes()[:4]
        for path in (tmp_path / "neu").rglob("*")
        if path.is_file()
    }
    name = driver.workspace.figures.units["U1"].name
    assert begins == {
        "小县 allocation.xlsx": ZIP,
        "小县 inputs.xlsx": ZIP,
        "小县 report.pdf": PDF,
        f"{name} on a page.pdf": PDF,
        f"{name} allocation.xlsx": ZIP,
        next(key for key in begins if key.startswith("Surveys/")): ZIP,
    }
    assert links(page).count("Open") == len(chosen)
    assert page.write.isEnabled() and not page.cancel.isVisible()


def test_units_are_chosen_one_by_one(driver: Driver, plan_path: Path, tmp_path: Path) -> None:
    page = outputs_page(driver, plan_path, tmp_path, Output.BRIEFS)
    assert page.units.isEnabled() and page.write.isEnabled()
    assert page.units.text() == "all 1"
    page.units.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert page.units.text() == "0 of 1"
    assert page.chosen() == ([Output.BRIEFS], [])
    assert not page.write.isEnabled() and page.hint.text() == "Choose at least one unit."
    page.boxes[Output.BRIEFS].setChecked(False)
    page.boxes[Output.STANDARD].setChecked(True)
    assert page.write.isEnabled() and not page.units.isEnabled()


def test_a_failure_is_one_sentence_and_the_rest_goes_out(
    driver: Driver, plan_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "小县 inputs.xlsx"
    taken.write_bytes(b"open elsewhere")
    (tmp_path / "小县 allocation.xlsx").mkdir()
    replace = Path.replace

    def refuse(path: Path, onto: Path) -> Path:
        if onto == taken:
            raise PermissionError(errno.EACCES, "locked")
        return replace(path, onto)

    monkeypatch.setattr(Path, "replace", refuse)
    chosen = Output.ALLOCATION, Output.STANDARD, Output.REPORT
    page = outputs_page(driver, plan_path, tmp_path, *chosen)
    page.write.click()
    driver.settle()
    assert (tmp_path / "小县 report.pdf").read_bytes()[:4] == PDF
    assert taken.read_bytes() == b"open elsewhere"
    assert links(page) == ["Write “小县 inputs (2).xlsx”", "Open", "Show in folder"]
    page.results.findChildren(QPushButton)[0].click()
    driver.settle()
    assert (tmp_path / "小县 inputs (2).xlsx").read_bytes()[:4] == ZIP


def test_a_stop_ends_after_the_file_in_hand(
    driver: Driver, plan_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = outputs_page(driver, plan_path, tmp_path, Output.STANDARD, Output.REPORT)
    planned, is_asked = batch.writings, threading.Event()

    def stopped(*asked: object) -> list[batch.Writing]:
        first, *rest = planned(*asked)  # type: ignore[arg-type]

        def write(path: Path) -> None:
            first.write(path)
            is_asked.wait(20)

        return [batch.Writing(first.path, write), *rest]

    monkeypatch.setattr("ui.pages.outputs.writings_of", stopped)
    page.write.click()
    driver.qtbot.waitUntil(lambda: page.doing.text() == "1 of 2: 小县 inputs.xlsx")
    page.cancel.click()
    is_asked.set()
    driver.settle()
    assert (tmp_path / "小县 inputs.xlsx").exists()
    assert not (tmp_path / "小县 report.pdf").exists()


def test_the_preview_shows_the_pages_that_are_printed(
    driver: Driver, plan_path: Path, tmp_path: Path
) -> None:
    preview = outputs_page(driver, plan_path, tmp_path).preview
    assert preview.document is not None and preview.document.pdf.startswith(PDF)
    assert preview.words.text() == f"Page 1 of {preview.document.pages}"
    assert not preview.page.pixmap().isNull()
    first = preview.page.pixmap().toImage()
    preview.after.click()
    driver.settle()
    assert preview.words.text().startswith("Page 2")
    assert preview.page.pixmap().toImage() != first
    preview.show_report("U1")
    driver.settle()
    assert preview.words.text() == "Page 1 of 1"
    assert not preview.after.isEnabled()


def test_names_of_files_suit_every_system() -> None:
    assert batch.file_name('县/乡: "一"') == "县_乡_ _一_"
    assert batch.file_name(" . ") == "Untitled"


def test_the_page_of_a_unit_says_what_its_leader_asks(driver: Driver, plan_path: Path) -> None:
    driver.open(plan_path)
    units = driver.show("units")
    assert isinstance(units, UnitsPage)
    units.table.selectRow(0)
    units.leader.click()
    page = driver.window.pages["township"]
    assert isinstance(page, TownshipPage) and page.isVisible()
    unit = driver.workspace.figures.units["U1"]
    assert page.heading.text() == unit.name
    assert f"{unit.load.saturation:.1%}" in page.saturation.accessibleName()
    assert len(page.worst.texts) == 3 and "P1岗" in page.worst.texts[0]
    (text,) = page.measures.texts
    assert "There is no plan yet" in text
    page.measures.follow(0)
    assert driver.window.pages["plan"].isVisible()
    driver.show("township")
    driver.qtbot.waitUntil(lambda: page.chart.is_drawn, timeout=20_000)
    page.order.setValue(1000)
    load = unit.load
    people = 1000 * load.b / (load.capacity_hours / load.existing)
    assert f"{people:.2f} people" in page.cost.text()


def test_the_page_of_a_unit_goes_to_file_and_printer(
    driver: Driver, plan_path: Path, tmp_path: Path
) -> None:
    driver.open(plan_path)
    unit_page.write_brief(driver.workspace, tmp_path / "一页.docx", "U1")
    driver.settle()
    assert (tmp_path / "一页.docx").read_bytes()[:4] == ZIP
    assert "Written" in driver.window.bar.text
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "gedruckt.pdf"))
    image = QImage(827, 1169, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    assert unit_page.paint([image, image], printer) == 2
    assert (tmp_path / "gedruckt.pdf").read_bytes()[:4] == PDF


def test_a_chart_is_copied_and_saved(driver: Driver, plan_path: Path, tmp_path: Path) -> None:
    driver.open(plan_path)
    page = driver.show("overview")
    assert isinstance(page, OverviewPage)
    driver.qtbot.waitUntil(lambda: page.chart.is_drawn, timeout=20_000)
    page.chart.copy()
    assert QGuiApplication.clipboard().image().width() >= page.chart.width()
    for kind, begin in ((".png", b"\x89PNG"), (".svg", b"<?xm")):
        page.chart.save(tmp_path / f"图{kind}")
        driver.settle()
        assert (tmp_path / f"图{kind}").read_bytes()[:4] == begin
    page.chart.save(tmp_path / "nowhere" / "图.png")
    driver.settle()
    assert "There is no folder" in driver.window.bar.text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_empty_plan_has_an_empty_page(driver: Driver, language: str) -> None:
    use_language(language)
    driver.do("new")
    page = driver.show("township")
    assert page.nothing.isVisible() and not page.pdf.isVisible()  # type: ignore[attr-defined]
    driver.window.go_to(Where("outputs"))
    driver.settle()
    assert driver.crashes == []
