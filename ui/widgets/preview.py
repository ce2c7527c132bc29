"""The preview: the pages of a report exactly as they are printed, set and drawn in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from ui.look import icons
from ui.look.icons import Icon
from ui.look.theme import NEAR, set_role
from ui.work.jobs import Job
from ui.work.unit_page import reporting_of
from ui.work.workspace import Workspace

if TYPE_CHECKING:
    from app.report.pages.preview import PagePicture

REDRAW_DELAY = 200


@dataclass(frozen=True)
class ShownDocument:
    """A report as it is printed, and how many pages it has."""

    pdf: bytes
    pages: int

    def draw(self, number: int, width: int) -> PagePicture:
        """Return a page, the first being 1, `width` pixels wide; takes a moment."""
        from app.report.pages.preview import Preview  # noqa: PLC0415 - slow, so in a worker

        with Preview(self.pdf) as preview:
            return preview.page(number, width=width)


class PreviewView(QWidget):
    """One page at a time of the county's report or of a unit's page."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.document: ShownDocument | None = None
        self.number = 1
        self._wanted = 0
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("What is previewed"))
        self.choice.activated.connect(lambda at: self.show_report(self.choice.itemData(at)))
        self.before, self.after = QToolButton(), QToolButton()
        self.words, self.page = QLabel(), QLabel()
        self._area = QScrollArea()
        set_role(self._area, "reader")
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_DELAY)
        self._timer.timeout.connect(self._draw)
        self._lay_out()

    def refresh(self) -> None:
        """Offer what can be previewed now and show what was chosen."""
        chosen = self.choice.currentData()
        units = self._workspace.figures.units
        self.choice.clear()
        self.choice.addItem(_("County report"), "")
        for unit in units.values():
            self.choice.addItem(_("{unit} on a page").format(unit=unit.name), unit.unit_code)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self.show_report(self.choice.currentData() or "")

    def show_report(self, unit_code: str) -> None:
        """Set the pages of the county's report, or of a unit, and show the first."""
        project = self._workspace.project
        assert project is not None
        self._wanted += 1
        wanted = self._wanted
        self.words.setText(_("Setting the pages…"))
        self.page.setPixmap(QPixmap())

        reporting = reporting_of(project)

        def work(job: Job) -> ShownDocument:
            with reporting().preview(unit_code or None) as preview:
                return ShownDocument(preview.pdf, len(preview))

        def show(document: ShownDocument) -> None:
            if wanted == self._wanted:
                self.document, self.number = document, 1
                self._draw()

        job = Job(_("Setting the pages…"), work)
        job.failed.connect(lambda error: self.words.setText(""))
        self._workspace.run(job, show)

    def turn(self, by: int) -> None:
        """Show another page."""
        document = self.document
        if document is not None and 1 <= self.number + by <= document.pages:
            self.number += by
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._timer.start()

    def _draw(self) -> None:
        document, number = self.document, self.number
        if document is None:
            return
        ratio = self.devicePixelRatioF()
        width = max(200, round((self._area.viewport().width() - 2 * NEAR) * ratio))
        wanted = self._wanted

        def show(picture: PagePicture) -> None:
            if wanted != self._wanted or number != self.number:
                return
            image = QImage.fromData(picture.png)
            image.setDevicePixelRatio(ratio)
            self.page.setPixmap(QPixmap.fromImage(image))
            self._area.verticalScrollBar().setValue(0)
            self.words.setText(
                _("Page {number} of {count}").format(number=number, count=document.pages)
            )
            self.before.setEnabled(number > 1)
            self.after.setEnabled(number < document.pages)

        self._workspace.run(Job("", lambda job: document.draw(number, width)), show)

    def _lay_out(self) -> None:
        for button, by, icon, text, keys in (
            (
                self.before,
                -1,
                Icon.BACK,
                _("Page before"),
                QKeySequence.StandardKey.MoveToPreviousPage,
            ),
            (self.after, 1, Icon.NEXT, _("Next page"), QKeySequence.StandardKey.MoveToNextPage),
        ):
            button.setIcon(icons.icon(icon))
            button.setShortcut(QKeySequence(keys))
            button.setAccessibleName(text)
            button.setToolTip(text)
            button.setEnabled(False)
            button.clicked.connect(lambda is_on=False, by=by: self.turn(by))
        set_role(self.words, "muted")
        self.page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.page.setAccessibleName(_("Page as it is printed"))
        self._area.setWidgetResizable(True)
        self._area.setWidget(self.page)
        row = QHBoxLayout()
        row.setSpacing(NEAR)
        row.addWidget(self.choice, 1)
        row.addWidget(self.words)
        row.addWidget(self.before)
        row.addWidget(self.after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(NEAR)
        column.addLayout(row)
        column.addWidget(self._area, 1)
