"""The veil: lies over the window while nothing may be changed, says what is under way, stops it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.language import _
from ui.look import icons
from ui.look.icons import Icon
from ui.look.theme import APART, NEAR, tokens
from ui.work.jobs import Job

DELAY = 300
"""Milliseconds until the veil can be seen; most work is done by then."""

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.Shortcut,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.ContextMenu,
        QEvent.Type.InputMethod,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
    }
)


class Veil(QWidget):
    """Swallows input to the window at once, and shows itself when it takes long."""

    def __init__(self, window: QWidget, application: QCoreApplication) -> None:
        super().__init__(window)
        self._over = window
        self._application = application
        self._job: Job | None = None
        self._text = QLabel()
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self.stop = QPushButton()
        self.stop.clicked.connect(self._stop)
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(320)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(APART, APART, APART, APART)
        inside.setSpacing(NEAR)
        inside.addWidget(self._text)
        inside.addWidget(bar)
        inside.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        QVBoxLayout(self).addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._lower)
        self._is_down = False
        self.dress()
        self.hide()

    def dress(self) -> None:
        """Give the button the language and the colours of now."""
        self.stop.setText(_("Stop"))
        self.stop.setIcon(icons.icon(Icon.STOP))
        self.stop.setToolTip(_("Stop this work; nothing has been stored (Esc)"))

    def follow(self, jobs: list[Job]) -> None:
        """Lie over the window as long as one of `jobs` is exclusive."""
        exclusive = next((job for job in jobs if job.is_exclusive), None)
        if exclusive is None:
            self._lift()
            return
        self._job = exclusive
        self._text.setText(exclusive.text)
        self.stop.setVisible(exclusive.may_cancel)
        if not self._is_down:
            self._is_down = True
            self._application.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802
        if event.type() not in _INPUT or not isinstance(watched, QWidget):
            return False
        if watched.window() is not self.window():
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._stop()
            return True
        return watched is not self.stop

    def _stop(self) -> None:
        if self._job is not None and self._job.may_cancel:
            self._job.cancel()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        ground = QColor(tokens().paper)
        ground.setAlpha(170)
        QPainter(self).fillRect(self.rect(), ground)

    def _lower(self) -> None:
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def _lift(self) -> None:
        if self._is_down:
            self._is_down = False
            self._application.removeEventFilter(self)
        self._timer.stop()
        self._job = None
        self._text.clear()
        self.hide()
