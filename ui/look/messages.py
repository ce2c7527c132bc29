"""Messages: the three kinds of failure, and the quiet notes of what went well."""

from __future__ import annotations

import errno
import logging
import logging.handlers
import platform
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.errors import UserError, told
from app.language import _
from ui.look import icons, memory
from ui.look.icons import Icon
from ui.look.theme import NEAR, TIGHT, set_role

QUIET_SECONDS = 10.0
"""A bug in painting fires sixty times in a third of a second; one dialog is enough."""

_log = logging.getLogger("hengbian")


@dataclass(frozen=True)
class Message:
    """One sentence for the user, what to do about it, and one thing to click."""

    sentence: str
    remedy: str = ""
    is_problem: bool = False
    action_text: str = ""
    action: Callable[[], object] | None = None


def explained(error: BaseException) -> Message | None:
    """Return the words for the user's data or the environment; None for a bug of ours."""
    if isinstance(error, UserError):
        return Message(error.message, error.remedy, is_problem=True)
    if not isinstance(error, OSError):
        return None
    name = str(error.filename or "")
    if error.errno == errno.ENOSPC:
        return Message(
            _("The disk is full."), _("Free some space, then try again."), is_problem=True
        )
    if isinstance(error, PermissionError):
        return Message(
            _("“{name}” may not be written here, or another program has it open.").format(
                name=name
            ),
            _("Close it there, or choose another folder."),
            is_problem=True,
        )
    if isinstance(error, FileNotFoundError):
        return Message(
            _("“{name}” is not there any more.").format(name=name),
            _("Look whether it was moved, or whether the drive is connected."),
            is_problem=True,
        )
    return Message(
        _("The system refused: {reason}.").format(reason=error.strerror or str(error)),
        _("Try again, or choose another folder."),
        is_problem=True,
    )


class MessageBar(QFrame):
    """The strip above a page that says one message until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.action_button = QPushButton()
        set_role(self.action_button, "link")
        close = QToolButton()
        close.setIcon(icons.icon(Icon.CLOSE))
        close.setAccessibleName(_("Close the message"))
        close.setToolTip(_("Close the message"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(NEAR, TIGHT, TIGHT, TIGHT)
        row.setSpacing(NEAR)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self.action_button)
        row.addWidget(close)
        self._message: Message | None = None
        self.action_button.clicked.connect(self._do)
        self.hide()

    def say(self, message: Message) -> None:
        """Show `message` in place of what was there."""
        self._icon.setPixmap(icons.pixmap(Icon.WARNING if message.is_problem else Icon.INFO))
        self._text.setText(told(message.sentence, message.remedy))
        self._text.setAccessibleName(self._text.text())
        self.action_button.setText(message.action_text)
        self.action_button.setVisible(message.action is not None)
        self._message = message
        set_role(self, "problem" if message.is_problem else "message")
        self.show()

    @property
    def message(self) -> Message | None:
        """Return what is said now, None when nothing is."""
        return self._message if not self.isHidden() else None

    @property
    def text(self) -> str:
        """Return what is said now, '' when nothing is."""
        return self._text.text() if not self.isHidden() else ""

    def _do(self) -> None:
        self.hide()
        if self._message is not None and self._message.action is not None:
            self._message.action()


class CrashWatch(QObject):
    """Catches what nobody caught: writes it to the log and says so, not sixty times a second."""

    crashed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._last = -QUIET_SECONDS
        self._before = sys.excepthook

    def install(self) -> None:
        """Take over uncaught exceptions and Qt's own messages."""
        start_log()
        self._before = sys.excepthook
        sys.excepthook = self._caught
        qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Give back what `install` took."""
        sys.excepthook = self._before
        qInstallMessageHandler(None)

    def report(self, error: BaseException) -> None:
        """Log a bug and tell about it, unless one was told about just now."""
        details = "".join(traceback.format_exception(error))
        _log.error("%s", details)
        now = time.monotonic()
        if now - self._last >= QUIET_SECONDS:
            self._last = now
            self.crashed.emit(f"{versions()}\n\n{details}")

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        self.report(error)


def versions() -> str:
    """Return what somebody who looks for a bug has to know about this machine."""
    return (
        f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
        f" · {platform.machine()}"
    )


def log_path() -> Path:
    """Return the file that warnings and errors are written to."""
    return memory.home() / "hengbian.log"


def start_log() -> None:
    """Write warnings and errors to a log file that never grows beyond a megabyte."""
    if _log.handlers:
        return
    log_path().parent.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        log_path(), maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.propagate = False


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    _log.warning("Qt %s: %s", kind.name, text)
