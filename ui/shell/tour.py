"""The tour: callouts beside the parts of the window, one after the other, that never block it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.language import _
from ui.look.theme import APART, NEAR, TIGHT, set_role
from ui.widgets.buttons import EnterButton

if TYPE_CHECKING:
    from ui.shell.shell import Shell

WIDTH = 340
SEEN = "tour"
"""What memory calls that the tour was taken or skipped."""


@dataclass(frozen=True)
class Stop:
    """One stop: the page it is on ('' for any), what it points at, and its words."""

    page: str
    target: Callable[[Shell], QWidget]
    title: str
    text: str


def stops() -> tuple[Stop, ...]:
    """Return the stops in their order, in the current language."""
    return (
        Stop(
            "overview",
            lambda window: window.navigation,
            _("All pages, one plan"),
            _(
                "From what there is (units, posts, duties) through what is wrong (check-up) to "
                "what to do (plan). Ctrl+1 and on lead here as well."
            ),
        ),
        Stop(
            "overview",
            lambda window: window.stack,
            _("The county at a glance"),
            _("Four figures that matter. Click one to see the rows behind it."),
        ),
        Stop(
            "posts",
            lambda window: window.stack,
            _("Who carries what"),
            _(
                "Each post with its saturation. Beside the table stands where the load comes from. "
                "Type to change people or ability."
            ),
        ),
        Stop(
            "matrix",
            lambda window: window.stack,
            _("The matrix works like a spreadsheet"),
            _(
                "Type into a cell, drag its corner, paste a block: totals, saturation and bands "
                "follow at once. F8 goes to the next overloaded post."
            ),
        ),
        Stop(
            "checkup",
            lambda window: window.stack,
            _("Do the four agree?"),
            _("Every place where duties, tasks, workload and headcount contradict each other."),
        ),
        Stop(
            "plan",
            lambda window: window.stack,
            _("From findings to measures"),
            _(
                "Choose the means that are allowed and find a plan: a short, ordered list of "
                "measures to accept or reject."
            ),
        ),
        Stop(
            "overview",
            lambda window: window.status,
            _("The hours always add up"),
            _(
                "This line reconciles the county and names what saturation is divided by. "
                "Nothing is lost: Ctrl+Z takes any step back."
            ),
        ),
        Stop(
            "overview",
            lambda window: window.menuBar(),
            _("Whenever you wonder"),
            _("Ctrl+K finds any command, post or task. F1 explains the page you are on."),
        ),
    )


class Tour(QObject):
    """Leads through the stops; skipped or finished, it does not come back by itself."""

    def __init__(self, window: Shell) -> None:
        super().__init__(window)
        self._window = window
        self._stops = stops()
        self.at = 0
        self._is_over = False
        self.ring = QFrame(window)
        self.ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_role(self.ring, "ring")
        self.callout = Callout(window)
        self.callout.skip.clicked.connect(self.end)
        self.callout.back.clicked.connect(lambda: self.show_stop(self.at - 1))
        self.callout.next.clicked.connect(self._go_on)
        window.installEventFilter(self)
        window.stack.currentChanged.connect(self._follow_page)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._place)
        window.memory.note_seen(SEEN)

    def show_stop(self, at: int) -> None:
        """Go to a stop's page and point at its part of the window."""
        self.at = min(max(at, 0), len(self._stops) - 1)
        stop = self._stops[self.at]
        self._window.show_page(stop.page)
        stop.target(self._window).installEventFilter(self)
        self.callout.say(stop.title, stop.text, number=self.at + 1, count=len(self._stops))
        self._place()
        self._later.start()
        self.callout.next.setFocus()

    def end(self) -> None:
        """Take callout and ring away."""
        self._is_over = True
        self._later.stop()
        self._window.removeEventFilter(self)
        for part in (self.callout, self.ring, self):
            part.deleteLater()
        self.callout.hide()
        self.ring.hide()
        self._window.tour = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self._is_over:
            self._later.start()
        return super().eventFilter(watched, event)

    def _follow_page(self) -> None:
        """End when the user goes elsewhere by himself."""
        page = self._window.pages.get(self._stops[self.at].page)
        if (
            not self._is_over
            and page is not None
            and self._window.stack.currentWidget() is not page
        ):
            self.end()

    def _go_on(self) -> None:
        if self.at == len(self._stops) - 1:
            self.end()
        else:
            self.show_stop(self.at + 1)

    def _place(self) -> None:
        target = self._stops[self.at].target(self._window)
        area = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        self.ring.setGeometry(area)
        self.callout.fit()
        self.callout.move(_beside(area, self.callout.size(), self._window.rect()))
        for part in (self.ring, self.callout):
            part.show()
            part.raise_()


def _beside(area: QRect, size: QSize, room: QRect) -> QPoint:
    """Return where a callout stands: right of a narrow part, else inside its lower right corner."""
    box = QRect(QPoint(0, 0), size)
    if area.right() + box.width() + APART < room.right():
        box.moveTopLeft(QPoint(area.right() + APART, area.top() + APART))
    elif area.height() > 2 * box.height():
        box.moveBottomRight(area.bottomRight() - QPoint(APART, APART))
    elif area.top() > box.height() + APART:
        box.moveBottomLeft(QPoint(area.left() + APART, area.top() - APART))
    else:
        box.moveTopLeft(QPoint(area.left() + APART, area.bottom() + APART))
    box.moveRight(min(box.right(), room.right() - APART))
    box.moveBottom(min(box.bottom(), room.bottom() - APART))
    return box.topLeft()


class Callout(QFrame):
    """A note with its place in the row of stops, and the ways on, back and out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "callout")
        self.setFixedWidth(WIDTH)
        self._title, self._text, self._number = QLabel(), QLabel(), QLabel()
        set_role(self._title, "heading")
        set_role(self._number, "caption")
        self._title.setWordWrap(True)
        self._text.setWordWrap(True)
        self.skip = EnterButton(_("Skip the tour"))
        self.back, self.next = EnterButton(_("Back")), EnterButton(_("Next"))
        set_role(self.skip, "link")
        set_role(self.next, "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(NEAR)
        buttons.addWidget(self.skip)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(APART, APART - TIGHT, APART, APART - TIGHT)
        inside.setSpacing(NEAR)
        for label in (self._number, self._title, self._text):
            inside.addWidget(label)
        inside.addLayout(buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if event.key() == Qt.Key.Key_Escape:
            self.skip.click()
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """Become as high as the words need at this width; `adjustSize` asks for a wider one."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(WIDTH, layout.totalHeightForWidth(WIDTH))

    def say(self, title: str, text: str, *, number: int, count: int) -> None:
        """Say what a stop is about."""
        self._title.setText(title)
        self._text.setText(text)
        self._number.setText(_("{number} of {count}").format(number=number, count=count))
        self.setAccessibleName(f"{title}. {text}")
        self.back.setVisible(number > 1)
        self.skip.setVisible(number < count)
        self.next.setText(_("Next") if number < count else _("Done"))
