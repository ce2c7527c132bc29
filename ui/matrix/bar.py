"""The bar above the matrix: what its cells say, which rows and posts it shows, folding, jumping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from app.language import _
from app.model.figures import PostFigures
from app.model.vocabulary import OVERLOADED
from ui.look import icons
from ui.look.icons import Icon
from ui.look.theme import NEAR
from ui.matrix.hours_grid import LEAST_DIFFERENCE, GridRow, Show


class RowsShown(Enum):
    """Which tasks are shown."""

    ALL = "all"
    OPEN = "open"
    CARRIED_BY_NOBODY = "nobody"

    def accepts(self, row: GridRow) -> bool:
        """Return whether a task is one of these."""
        if self is RowsShown.ALL:
            return True
        if self is RowsShown.CARRIED_BY_NOBODY:
            return row.hours >= LEAST_DIFFERENCE and row.assigned_hours < LEAST_DIFFERENCE
        return abs(row.hours - row.assigned_hours) >= LEAST_DIFFERENCE


class MatrixBar(QWidget):
    """Choices that stay as they are when another unit is shown, the offices apart."""

    changed = Signal()
    fold_asked = Signal(bool)
    """All duties are to be folded, or unfolded."""
    next_asked = Signal()
    """The next overloaded post is to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._show = _combo(
            _("What the cells say"),
            ((_("Hours"), Show.HOURS), (_("Shares %"), Show.SHARE), (_("Pieces"), Show.PIECES)),
        )
        self._rows = _combo(
            _("Tasks shown"),
            (
                (_("All tasks"), RowsShown.ALL),
                (_("Not fully assigned"), RowsShown.OPEN),
                (_("Carried by nobody"), RowsShown.CARRIED_BY_NOBODY),
            ),
        )
        self._posts = _combo(_("Posts shown"), ())
        self.show_offices(())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(NEAR)
        for combo in (self._show, self._rows, self._posts):
            combo.currentIndexChanged.connect(lambda at: self.changed.emit())
            row.addWidget(combo)
        row.addStretch(1)
        for text, tip, do in self._buttons():
            button = QPushButton(text)
            button.setToolTip(tip)
            button.clicked.connect(do)
            row.addWidget(button)
            self.next = button
        self.next.setIcon(icons.icon(Icon.NEXT))

    def _buttons(self) -> tuple[tuple[str, str, Callable[[], None]], ...]:
        return (
            (
                _("Fold all"),
                _("Show duties only; Enter on a duty folds or unfolds it"),
                lambda: self.fold_asked.emit(True),
            ),
            (_("Unfold all"), _("Show every task"), lambda: self.fold_asked.emit(False)),
            (
                _("Next overloaded"),
                _("Go to the next overloaded post and its heaviest task (F8)"),
                self.next_asked.emit,
            ),
        )

    @property
    def show_as(self) -> Show:
        """Return what the cells are to say."""
        return Show(self._show.currentData())

    @property
    def rows(self) -> RowsShown:
        """Return which tasks are to be shown."""
        return RowsShown(self._rows.currentData())

    @property
    def depends_on_hours(self) -> bool:
        """Return whether an edit may change which rows and posts are shown."""
        return self.rows is not RowsShown.ALL or self._posts.currentIndex() == 1

    def accepts_post(self, post: PostFigures) -> bool:
        """Return whether a post is to be shown."""
        at = self._posts.currentIndex()
        if at <= 0:
            return True
        if at == 1:
            return post.load.band in OVERLOADED
        return bool(post.office == self._posts.currentData())

    @property
    def key(self) -> tuple[object, ...]:
        """Return what identifies the choices made."""
        return self.show_as, self.rows, self._posts.currentIndex(), self._posts.currentText()

    def choose(
        self, *, show: Show | None = None, rows: RowsShown | None = None, all_posts: bool = False
    ) -> None:
        """Make choices for the user; what is None stays."""
        if show is not None:
            self._show.setCurrentIndex(list(Show).index(show))
        if rows is not None:
            self._rows.setCurrentIndex(list(RowsShown).index(rows))
        if all_posts:
            self._posts.setCurrentIndex(0)

    def show_offices(self, offices: Sequence[str]) -> None:
        """Offer the offices of the unit that is shown now."""
        names = [
            _("All posts"),
            _("Overloaded posts"),
            *(o or _("Without office") for o in offices),
        ]
        if names == [self._posts.itemText(at) for at in range(self._posts.count())]:
            return
        chosen = max(0, self._posts.currentIndex())
        self._posts.blockSignals(True)
        self._posts.clear()
        for name, office in zip(names, ("", "", *offices), strict=True):
            self._posts.addItem(name, office)
        self._posts.setCurrentIndex(chosen if chosen < 2 else 0)
        self._posts.blockSignals(False)


def _combo(name: str, entries: Sequence[tuple[str, Enum]]) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    for text, value in entries:
        combo.addItem(text, value)
    return combo
