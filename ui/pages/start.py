"""The start page: what to do when no plan is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.language import _, ngettext
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import APART, FAR, NEAR, TIGHT, set_role
from ui.widgets.buttons import EnterButton
from ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from app.store.document.recovering import Lost

WIDTH = 880
MARK = 48
Beginning = tuple[Icon, str, str, Callable[[], object]]
"""An icon, what it does, one line about it, and the doing."""


class StartPage(QWidget):
    """Recent plans on one side, ways to begin on the other."""

    def __init__(
        self,
        *,
        choices: Sequence[Beginning],
        recent: Iterable[Path],
        open_plan: Callable[[Path], object],
        lost: Sequence[Lost] = (),
        recover: Callable[[Lost], object] = lambda lost: None,
    ) -> None:
        super().__init__()
        sheet = QWidget()
        sheet.setFixedWidth(WIDTH)
        column = QVBoxLayout(sheet)
        column.setSpacing(NEAR)
        column.addLayout(_greeting())
        column.addSpacing(FAR)
        columns = QHBoxLayout()
        columns.setSpacing(FAR)
        buttons = [_choice(*choice) for choice in choices]
        columns.addLayout(_column(_("Begin"), buttons), 1)
        self.setFocusProxy(buttons[0])
        right = QVBoxLayout()
        right.setSpacing(FAR)
        if lost:
            found = [_choice(*_offer(item), partial(recover, item)) for item in lost]
            right.addLayout(_column(_("Never saved"), found))
        right.addLayout(_column(_("Recent plans"), _recents(list(recent), open_plan)), 1)
        columns.addLayout(right, 1)
        column.addLayout(columns)
        column.addSpacing(FAR)
        hint = QLabel(_("A plan file or a workbook can also be dropped onto this window."))
        set_role(hint, "caption")
        column.addWidget(hint)
        inside = QWidget()
        place = QVBoxLayout(inside)
        place.setContentsMargins(0, 0, 0, 0)
        place.addStretch(2)
        place.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        place.addStretch(3)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(area)


def _greeting() -> QHBoxLayout:
    mark = QLabel()
    mark.setPixmap(icons.application_icon().pixmap(MARK, MARK))
    name = QLabel(_("Hengbian"))
    set_role(name, "title")
    promise = QLabel(_("Keeps duties, tasks, workload and headcount in agreement."))
    set_role(promise, "muted")
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(name)
    words.addWidget(promise)
    row = QHBoxLayout()
    row.setSpacing(APART)
    row.addWidget(mark)
    row.addLayout(words, 1)
    return row


def _column(heading: str, widgets: Sequence[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(NEAR)
    title = QLabel(heading)
    set_role(title, "heading")
    column.addWidget(title)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column


def _choice(icon: Icon, title: str, detail: str, do: Callable[[], object]) -> QPushButton:
    def chosen() -> None:
        do()

    button = EnterButton()
    set_role(button, "choice")
    button.setAccessibleName(title)
    button.setAccessibleDescription(detail)
    picture, words, line = QLabel(), ElidedLabel(title), ElidedLabel(detail)
    button.setToolTip(detail)
    picture.setPixmap(icons.pixmap(icon))
    set_role(line, "caption")
    row = QHBoxLayout(button)
    row.setContentsMargins(NEAR, TIGHT, NEAR, TIGHT)
    row.setSpacing(NEAR + TIGHT)
    text = QVBoxLayout()
    text.setSpacing(0)
    text.addWidget(words)
    text.addWidget(line)
    row.addWidget(picture)
    row.addLayout(text, 1)
    button.setMinimumHeight(row.sizeHint().height())
    button.clicked.connect(chosen)
    for label in (picture, words, line):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return button


def _offer(lost: Lost) -> tuple[Icon, str, str]:
    """Return how a plan that was never saved is offered: its name, and how far it came."""
    words = ngettext(
        "{time} · {count} step, the last: {label}",
        "{time} · {count} steps, the last: {label}",
        lost.steps,
    )
    detail = words.format(
        time=number_format.local_time(lost.time),
        count=number_format.whole(lost.steps),
        label=lost.label,
    )
    return Icon.HISTORY, Path(lost.document).stem or _("Untitled"), detail


def _recents(recent: list[Path], open_plan: Callable[[Path], object]) -> list[QWidget]:
    if recent:
        return [
            _choice(Icon.OPEN, path.stem, str(path.parent), partial(open_plan, path))
            for path in recent
        ]
    none = QLabel(_("Plans you open or save are listed here."))
    none.setWordWrap(True)
    set_role(none, "muted")
    return [none]
