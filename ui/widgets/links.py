"""Links: a few lines that lead on, each with the band or the place it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.model.vocabulary import Band
from ui.look.theme import TIGHT, band_fill, set_role


@dataclass(frozen=True)
class PageLink:
    """One line: its text, what a click does (None for nothing), and the band it speaks of."""

    text: str
    follow: Callable[[], object] | None = None
    band: Band | None = None


class Links(QWidget):
    """Lines that are reached by mouse and keyboard, or one that says why there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._links: Sequence[PageLink] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TIGHT)

    @property
    def texts(self) -> list[str]:
        """Return the lines as they stand there, marked up."""
        return [label.text() for label in self.findChildren(QLabel)]

    def follow(self, at: int) -> None:
        """Do what a click on a line does."""
        follow = self._links[at].follow
        if follow is not None:
            follow()

    def show_links(self, links: Sequence[PageLink], otherwise: str = "") -> None:
        """Show lines, or `otherwise` where there are none."""
        self._links = tuple(links)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for at, link in enumerate(links):
            self._column.addWidget(self._line(at, link))
        if not links and otherwise:
            label = QLabel(otherwise)
            label.setWordWrap(True)
            set_role(label, "muted")
            self._column.addWidget(label)
        self._column.addStretch(1)

    def _line(self, at: int, link: PageLink) -> QLabel:
        text, mark = escape(link.text), ""
        if link.band is not None:
            mark = f'<span style="color:{band_fill(link.band).name()}">■</span> '
        label = QLabel(f'{mark}<a href="#">{text}</a>' if link.follow is not None else text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        label.linkActivated.connect(lambda _link, at=at: self.follow(at))
        return label
