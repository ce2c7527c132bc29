"""What every page of the window has: a place in the project, and when it looks again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from app.model.changing import Changed
from app.model.vocabulary import Band, Table, Word
from ui.look.icons import Icon
from ui.look.theme import APART, FAR, NEAR, set_role
from ui.widgets.elided import ElidedLabel
from ui.widgets.nothing import Nothing
from ui.work.workspace import Workspace


@dataclass(frozen=True)
class Where:
    """A place to go to: a page or an action by its name, and what to show there; '' means any."""

    name: str
    unit_code: str = ""
    post_code: str = ""
    task_code: str = ""
    is_open_only: bool = False
    """Only tasks with hours that nobody carries."""
    bands: frozenset[Band] = frozenset()
    """Only posts in these bands; empty means all."""
    duty_code: str = ""
    kind: Word | None = None
    """Only tasks of this kind of burden or form."""


class Page(QWidget):
    """A page looks at the workspace when it is shown and when what it shows changed."""

    asked = Signal(object)
    """The user wants to go somewhere: a `Where`."""

    NAME = ""
    """What `Where` calls this page."""

    WATCHES: frozenset[Table] = frozenset(Table)
    """The tables whose change this page has to follow."""

    def __init__(self, workspace: Workspace, title: str) -> None:
        super().__init__()
        self.workspace = workspace
        self._is_stale = True
        self.heading = QLabel(title)
        set_role(self.heading, "title")
        self.hint = ElidedLabel()
        set_role(self.hint, "muted")
        self.nothing = Nothing(self)
        """Takes the place of what a page shows when there is nothing to show."""
        self.head = QHBoxLayout()
        self.head.setSpacing(NEAR)
        self.head.addWidget(self.heading)
        self.head.addSpacing(NEAR)
        self.head.addWidget(self.hint, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(FAR, APART, FAR, APART)
        self.body.setSpacing(APART)
        self.body.addLayout(self.head)
        workspace.opened.connect(self._follow_opened)
        workspace.changed.connect(self._follow_change)

    def refresh(self) -> None:
        """Show what the workspace holds now; called only while a project is open."""
        raise NotImplementedError

    def go_to(self, where: Where) -> None:
        """Show the place `where` names; called after `refresh`."""

    def here(self) -> Where:
        """Return the place shown now, to come back to it."""
        return Where(self.NAME)

    def take_focus(self) -> None:
        """Put the focus on the first table or tree that is seen, for the arrow keys to move in."""
        for view in self.findChildren(QAbstractItemView):
            if view.isVisibleTo(self) and isinstance(view, QTableView | QTreeView):
                view.setFocus()
                return

    def focus_search(self) -> None:
        """Put the focus where the user types what to look for; pages without it do nothing."""

    def offer_import(self, *contents: QWidget) -> bool:
        """Put the offer to import in the place of `contents` while the plan holds no unit.

        Return whether the plan is empty so.
        """
        is_empty = not self.workspace.county.units
        for widget in contents:
            widget.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        if is_empty:
            self.hint.setText("")
            self.nothing.say(
                _("This plan holds no data yet: import workbooks, or drop them here."),
                _("Import workbooks…"),
                lambda: self.asked.emit(Where("import")),
                Icon.IMPORT,
            )
            self.nothing.offer_also(
                _("Enter units by hand"),
                lambda: self.asked.emit(Where("records")),
                Icon.INTAKE,
            )
        return is_empty

    def look(self) -> None:
        """Refresh now if anything changed since the page was seen last."""
        if self._is_stale and self.workspace.is_open:
            self._is_stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self.look()

    def _follow_opened(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.look()

    def _follow_change(self, changed: Changed) -> None:
        if changed.tables & self.WATCHES:
            self._is_stale = True
            if self.isVisible():
                self.look()
