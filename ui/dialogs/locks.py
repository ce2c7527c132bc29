"""Locks: the posts and assignments that every plan leaves as they are, and their release."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from app.advice.pins import Pin, lock_changes, locks
from app.language import _
from ui.look.theme import APART, FAR, set_role
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.work.workspace import Workspace

WIDTH, HEIGHT = 680, 460


class LocksDialog(QDialog):
    """One row a lock; the selected ones can be released as one undoable step."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Locks"))
        self._workspace = workspace
        self.rows = TableModel(self._columns(), key=lambda lock: lock.code)
        self.table = TableView(self.rows, name=_("Locks"), key="locks")
        self.hint, self.release = QLabel(), QPushButton(_("Release"))
        self.release.clicked.connect(self.release_chosen)
        self.hint.setWordWrap(True)
        set_role(self.hint, "caption")
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.addButton(self.release, QDialogButtonBox.ButtonRole.ActionRole)
        self.release.setAutoDefault(False)
        box.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(FAR, FAR, FAR, FAR)
        column.setSpacing(APART)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addWidget(box)
        self.resize(WIDTH, HEIGHT)
        self.refresh()

    def refresh(self) -> None:
        """Show what is locked now."""
        found = locks(self._workspace.county)
        self.rows.set_rows(found)
        self.hint.setText(
            _("Every plan leaves these posts and tasks as they are until they are released.")
            if found
            else _("Nothing is locked. Select measures and lock what they would change.")
        )
        self.release.setEnabled(bool(found) and self._workspace.may_edit)
        self.table.select_something()

    def release_chosen(self) -> None:
        """Release the selected locks as one undoable step."""
        project = self._workspace.project
        chosen = [self.rows.row_at(at) for at in self.table.rows_chosen()]
        if project is None or not chosen:
            return
        label = _("Release {codes}").format(codes=_(", ").join(lock.code for lock in chosen))
        changes = lock_changes(project.county, chosen, is_locked=False)
        self._workspace.change_now(lambda: project.change(label, changes))
        self.refresh()

    def _columns(self) -> tuple[ShownColumn[Pin], ...]:
        county = self._workspace.county

        def unit(lock: Pin) -> str:
            post = county.posts.get((lock.post_code,))
            found = county.units.get((post.unit_code,)) if post is not None else None
            return found.name if found is not None else lock.unit_code

        def post(lock: Pin) -> str:
            found = county.posts.get((lock.post_code,))
            return found.title if found is not None else lock.post_code

        def task(lock: Pin) -> str:
            found = county.tasks.get((lock.task_code,))
            return found.name if found is not None else _("the whole post")

        return (
            ShownColumn(_("Unit"), unit, most_digits=20),
            ShownColumn(_("Post"), post, most_digits=24),
            ShownColumn(_("What stays"), task, most_digits=36),
        )
