"""Icons: the only file where the names of icon files are mentioned."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resources import resource
from ui.look.theme import tokens

SIZE = 20
"""Logical pixels of an icon in menus, toolbar and navigation."""


class Icon(Enum):
    """Every icon the window uses, by its file."""

    BACK = "back"
    CHECKUP = "checkup"
    CLOSE = "close"
    COPY = "copy"
    DUTIES = "duties"
    EVIDENCE = "scale"
    EXPORT = "export"
    FILTER = "filter"
    HELP = "help"
    HISTORY = "history"
    IMPORT = "import"
    INFO = "info"
    INTAKE = "add"
    LANGUAGE = "language"
    LEADER = "people"
    MATRIX = "matrix"
    MOON = "moon"
    NEW = "new"
    NEXT = "next"
    OK = "ok"
    OPEN = "open"
    OVERVIEW = "overview"
    PLAN = "plan"
    POSTS = "posts"
    REDO = "redo"
    REMOVE = "remove"
    REPORT = "report"
    RUN = "run"
    SAMPLE = "chart"
    SAVE = "save"
    SAVE_AS = "save-as"
    SCENARIOS = "transfer"
    SEARCH = "search"
    STOP = "stop"
    SUN = "sun"
    UNDO = "undo"
    UNITS = "units"
    WARNING = "warning"


def icon(name: Icon, *, is_on_accent: bool = False) -> QIcon:
    """Return an icon in the ink of the theme in use, or for a ground in the accent colour."""
    shown = tokens()
    ink = shown.on_accent if is_on_accent else shown.ink
    return _icon(name, ink, shown.muted, shown.accent)


def pixmap(name: Icon, colour: str = "", size: int = SIZE) -> QPixmap:
    """Return an icon as a picture, in ink unless another colour is asked for."""
    return _pixmap(name, colour or tokens().ink, size, 2)


def application_icon() -> QIcon:
    """Return the mark of the program for window and task bar."""
    mark = QIcon()
    for path in sorted(resource("icons").glob("hengbian-*.png")):
        mark.addFile(str(path))
    return mark


@lru_cache(maxsize=256)
def _icon(name: Icon, ink: str, muted: str, accent: str) -> QIcon:
    made = QIcon()
    for ratio in (1, 2):
        made.addPixmap(_pixmap(name, ink, SIZE, ratio), QIcon.Mode.Normal)
        made.addPixmap(_pixmap(name, muted, SIZE, ratio), QIcon.Mode.Disabled)
        made.addPixmap(_pixmap(name, accent, SIZE, ratio), QIcon.Mode.Selected)
    return made


@lru_cache(maxsize=256)
def _pixmap(name: Icon, colour: str, size: int, ratio: int) -> QPixmap:
    drawing = resource("icons", f"{name.value}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    picture = QPixmap(size * ratio, size * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
