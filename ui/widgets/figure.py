"""The one place where a matplotlib figure is shown: drawn in a worker, painted as a picture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from app.language import _
from app.placing import place
from ui.look.memory import Memory
from ui.look.messages import Message, explained
from ui.look.theme import tokens
from ui.widgets.own_actions import add_action
from ui.widgets.spots import STEPS, Spot, beside, spot_at
from ui.work.jobs import Job, Jobs
from ui.work.workspace import Workspace
from ui.work.writing import written

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH = 96.0
"""So that a chart's points are as large as the window's."""
NARROWEST = 340
"""Pixels that the names and figures of a chart need beside its bars."""
REDRAW_DELAY = 120
WRITTEN_WIDTH = 7.2
"""Inches of a chart that is saved: as wide as the text of a page."""
WRITTEN_DOTS = 200
KINDS = (".png", ".svg")
_matplotlib_lock = threading.Lock()
Drawn = tuple[QImage, tuple[Spot, ...]]
"""The picture of a chart, and its parts that lead somewhere."""


class FigureView(QWidget):
    """Shows the figure that `build` makes for a width in inches, anew for every other width.

    Its context menu copies it and saves it as PNG or SVG; what came of that is told.
    """

    told = Signal(object)
    """A `Message` for the user."""
    crashed = Signal(object)
    chosen = Signal(str)
    """A part of the chart was clicked or entered: its name, which `build` gave it as gid."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        workspace = jobs.parent()
        if isinstance(workspace, Workspace):
            self.told.connect(workspace.told)
            self.crashed.connect(workspace.crashed)
        self._build: Callable[[float], Figure] | None = None
        self._picture: QImage | None = None
        self._spots: tuple[Spot, ...] = ()
        self._spot: Spot | None = None
        self._wanted = 0
        self._shown = 0
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_DELAY)
        self._timer.timeout.connect(self._draw)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setMinimumWidth(NARROWEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        add_action(
            self, _("Copy the chart"), self.copy, QKeySequence(QKeySequence.StandardKey.Copy)
        )
        for kind in KINDS:
            text = _("Save the chart as {kind}…").format(kind=kind.removeprefix(".").upper())
            add_action(self, text, lambda _is_on=False, kind=kind: self.ask_save(kind))  # type: ignore[misc]

    def show_figure(self, build: Callable[[float], Figure], *, description: str) -> None:
        """Draw what `build` returns, now and whenever the width changes."""
        self._build = build
        self.setAccessibleName(description)
        self._draw()

    @property
    def is_drawn(self) -> bool:
        """Return whether the picture of the newest figure is there."""
        return 0 < self._shown == self._wanted

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if self._picture is not None:
            QGuiApplication.clipboard().setImage(self._picture)
            self.told.emit(Message(_("The chart is on the clipboard.")))

    def ask_save(self, kind: str) -> None:
        """Ask where to save the chart as a file of this ending, and save it there."""
        memory = Memory()
        suggested = Path(memory.folder) / f"{self.accessibleName() or _('Chart')}{kind}"
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save the chart"), str(suggested), f"*{kind}"
        )
        if name:
            path = Path(name)
            memory.folder = str(path.parent)
            self.save(path if path.suffix.casefold() == kind else path.with_name(path.name + kind))

    def save(self, path: Path) -> Job | None:
        """Save the chart as its ending says, as wide as a page, in a worker."""
        build = self._build
        if build is None:
            return None
        job = Job(_("Writing {name}…").format(name=path.name), lambda job: _write(build, path))
        job.succeeded.connect(lambda done: self._tell_written(path))
        job.failed.connect(self._tell_failure)
        return self._jobs.start(job)

    def _tell_written(self, path: Path) -> None:
        self.told.emit(written(path))

    def _tell_failure(self, error: BaseException) -> None:
        message = explained(error)
        if message is None:
            self.crashed.emit(error)
        else:
            self.told.emit(message)

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        height = self._picture.deviceIndependentSize().height() if self._picture else 240
        return QSize(480, round(height))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(NARROWEST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        if event.size().width() != event.oldSize().width():
            self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        painter = QPainter(self)
        if self._picture is not None:
            painter.drawImage(0, 0, self._picture)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens().accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._spot is not None:
            painter.setPen(QPen(QColor(tokens().accent), 2))
            painter.drawRect(self._spot.area)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        self._point(spot_at(self._spots, event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102, N802
        super().leaveEvent(event)
        self._point(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        spot = spot_at(self._spots, event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(spot.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if self._spots and event.key() in STEPS:
            self._point(beside(self._spots, self._spot, event.key()))
        elif self._spot is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._spot.name)
        else:
            super().keyPressEvent(event)

    def _point(self, spot: Spot | None) -> None:
        """Mark the part of the chart that a click or Enter would choose."""
        if spot != self._spot:
            self._spot = spot
            self.setToolTip(spot.name if spot is not None else "")
            self.setCursor(
                Qt.CursorShape.ArrowCursor if spot is None else Qt.CursorShape.PointingHandCursor
            )
            self.update()

    def _draw(self) -> None:
        build, width, ratio = self._build, self.width(), self.devicePixelRatioF()
        if build is None or not self.isVisible():
            return
        self._timer.stop()
        self._wanted += 1
        number = self._wanted

        def work(job: Job) -> tuple[int, Drawn | None]:
            is_wanted = self._wanted == number
            return number, _render(build, width, ratio) if is_wanted else None

        job = Job("", work)
        job.succeeded.connect(self._show_picture)
        self._jobs.start(job)

    def _show_picture(self, drawn: tuple[int, Drawn | None]) -> None:
        number, found = drawn
        if found is not None and self._wanted == number:
            self._shown = number
            self._picture, self._spots = found
            self._point(None)
            self.setMouseTracking(bool(self._spots))
            self.updateGeometry()
            self.update()


def _write(build: Callable[[float], Figure], path: Path) -> None:
    content, kind = BytesIO(), path.suffix.casefold().removeprefix(".")
    with _matplotlib_lock:
        figure = build(WRITTEN_WIDTH)
        metadata = {"Date": None} if kind == "svg" else None
        figure.savefig(content, format=kind, dpi=WRITTEN_DOTS, metadata=metadata)
    place(content.getvalue(), path)


def _render(build: Callable[[float], Figure], width: int, ratio: float) -> Drawn:
    from matplotlib.backends.backend_agg import (  # noqa: PLC0415 - half a second, in a worker
        FigureCanvasAgg,
    )

    with _matplotlib_lock:
        figure = build(width / DOTS_PER_INCH)
        figure.set_dpi(DOTS_PER_INCH * ratio)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        columns, rows = canvas.get_width_height()
        pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        picture = QImage(pixels, columns, rows, QImage.Format.Format_RGBA8888).copy()
        spots = _spots_of(figure, ratio)
    picture.setDevicePixelRatio(ratio)
    return picture, spots


def _spots_of(figure: Figure, ratio: float) -> tuple[Spot, ...]:
    """Return the named parts of a drawn figure, whose picture has `ratio` dots a logical pixel."""
    height = figure.bbox.height
    found = []
    for artist in figure.findobj(lambda one: bool(one.get_gid())):
        box = artist.get_window_extent()
        area = QRectF(box.x0, height - box.y1, box.width, box.height)
        scaled = QRectF(
            area.x() / ratio, area.y() / ratio, area.width() / ratio, area.height() / ratio
        )
        found.append(Spot(str(artist.get_gid()), scaled))
    return tuple(sorted(found, key=lambda spot: (spot.area.top(), spot.area.left())))
