"""Issuing: the page of one unit goes to the printer or into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.language import _
from ui.look.memory import Memory
from ui.work.jobs import Job
from ui.work.writing import run_writing

if TYPE_CHECKING:
    from app.project import Project
    from app.reporting import Reporting
    from ui.work.workspace import Workspace

Later = Callable[[], "Reporting"]
DOTS_PER_INCH = 200
A4_INCHES = 8.27


def reporting_of(project: Project) -> Later:
    """Return what makes the reporting of now in a worker; the plan file is read here, at once.

    Two workers may not read a plan file side by side.
    """
    county, figures, plan, steps = project.county, project.figures, project.plan, project.history()

    def make() -> Reporting:
        from app.reporting import Reporting  # noqa: PLC0415 - slow, so in a worker

        return Reporting(county, figures, project.check(), plan, steps)

    return make


def ask_brief(page: QWidget, workspace: Workspace, unit_code: str) -> None:
    """Ask where to save the page of a unit, as PDF or for Word, and save it there."""
    memory = Memory()
    name = _("{unit} on a page").format(unit=workspace.figures.units[unit_code].name)
    kinds = [_("For print (*.pdf)"), _("For Word or WPS (*.docx)")]
    chosen, kind = QFileDialog.getSaveFileName(
        page, _("Save the page"), str(Path(memory.folder) / f"{name}.pdf"), ";;".join(kinds)
    )
    if not chosen:
        return
    path = Path(chosen)
    memory.folder = str(path.parent)
    if path.suffix.casefold() not in {".pdf", ".docx"}:
        path = path.with_name(path.name + (".docx" if kind == kinds[1] else ".pdf"))
    write_brief(workspace, path, unit_code)


def write_brief(workspace: Workspace, path: Path, unit_code: str) -> Job:
    """Write the page of a unit in a worker; a file in use is offered under a second name."""
    project = workspace.project
    assert project is not None
    reporting = reporting_of(project)

    return run_writing(workspace, path, lambda target: reporting().write_report(target, unit_code))


def print_brief(page: QWidget, workspace: Workspace, unit_code: str) -> Job:
    """Set the page of a unit in a worker, then ask for a printer."""
    project = workspace.project
    assert project is not None
    reporting = reporting_of(project)

    def work(job: Job) -> list[QImage]:
        with reporting().preview(unit_code) as preview:
            width = round(A4_INCHES * DOTS_PER_INCH)
            pages = [preview.page(at + 1, width=width) for at in range(len(preview))]
        return [QImage.fromData(one.png) for one in pages]

    def show(images: list[QImage]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        printer.setFullPage(True)
        if QPrintDialog(printer, page).exec() == QDialog.DialogCode.Accepted:
            paint(images, printer)

    return workspace.run(Job(_("Setting the page…"), work), show)


def paint(images: list[QImage], printer: QPrinter) -> int:
    """Paint a picture on each sheet and return how many there are, 0 where it is refused."""
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    for number, image in enumerate(images):
        if number:
            printer.newPage()
        size = QSizeF(image.size()).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
    painter.end()
    return len(images)
