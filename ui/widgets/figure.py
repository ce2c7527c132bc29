"""The one place where a matplotlib figure is shown: drawn in a worker, painted as a picture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH = 96.0
"""So that a chart's points are as large as the window's."""
REDRAW_DELAY = 120
_matplotlib_lock = threading.Lock()


class FigureView(QWidget):
    """Shows the figure that `build` makes for a width in inches, anew for every other width."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._build: Callable[[float], Figure] | None = None
        self._picture: QImage | None = None
        self._wanted = 0
        self._shown = 0
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_DELAY)
        self._timer.timeout.connect(self._draw)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setMinimumWidth(280)

    def show_figure(self, build: Callable[[float], Figure], *, description: str) -> None:
        """Draw what `build` returns, now and whenever the width changes."""
        self._build = build
        self.setAccessibleName(description)
        self._draw()

    @property
    def is_drawn(self) -> bool:
        """Return whether the picture of the newest figure is there."""
        return 0 < self._shown == self._wanted

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        height = self._picture.deviceIndependentSize().height() if self._picture else 240
        return QSize(480, round(height))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        if event.size().width() != event.oldSize().width():
            self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        if self._picture is not None:
            QPainter(self).drawImage(0, 0, self._picture)

    def _draw(self) -> None:
        build, width, ratio = self._build, self.width(), self.devicePixelRatioF()
        if build is None or not self.isVisible():
            return
        self._timer.stop()
        self._wanted += 1
        number = self._wanted

        def work(job: Job) -> tuple[int, QImage | None]:
            is_wanted = self._wanted == number
            return number, _render(build, width, ratio) if is_wanted else None

        job = Job("", work)
        job.succeeded.connect(self._show_picture)
        self._jobs.start(job)

    def _show_picture(self, drawn: tuple[int, QImage | None]) -> None:
        number, picture = drawn
        if picture is not None and self._wanted == number:
            self._shown = number
            self._picture = picture
            self.updateGeometry()
            self.update()


def _render(build: Callable[[float], Figure], width: int, ratio: float) -> QImage:
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
    picture.setDevicePixelRatio(ratio)
    return picture
