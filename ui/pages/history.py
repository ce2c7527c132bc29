"""The history: every step of the plan file, who took it and when, and whether it is intact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from app.language import _, ngettext, word
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.messages import Message
from ui.pages.page import Page
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.work.jobs import Job
from ui.work.workspace import Workspace

if TYPE_CHECKING:
    from app.store.records.history import Step


class HistoryPage(Page):
    """One row a step, newest first."""

    NAME = "history"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("History"))
        self.rows = TableModel(_columns(), key=lambda step: step.number)
        self.table = TableView(self.rows, name=_("History"), key="history")
        self.verify = QPushButton(icons.icon(Icon.OK), _("Look for tampering"))
        self.verify.clicked.connect(self._verify)
        self.head.addWidget(self.verify)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.nothing, 1)
        self.nothing.say(_("No step yet. Whatever you change is listed here."))

    def refresh(self) -> None:
        """Show the steps taken so far."""
        project = self.workspace.project
        assert project is not None
        steps = project.history()
        self.rows.set_rows(reversed(steps))
        self.table.setVisible(bool(steps))
        self.nothing.setVisible(not steps)
        self.verify.setEnabled(bool(steps))
        self.hint.setText(
            ngettext(
                "{count} step, newest first; undo takes back the newest",
                "{count} steps, newest first; undo takes back the newest",
                len(steps),
            ).format(count=number_format.whole(len(steps)))
            if steps
            else ""
        )

    def _verify(self) -> None:
        project = self.workspace.project
        assert project is not None

        def tell(breaks: tuple[str, ...]) -> None:
            if breaks:
                sentence = _("The history does not hold together: {first}").format(first=breaks[0])
                remedy = _("Compare with a backup. There are {count} such places.").format(
                    count=number_format.whole(len(breaks))
                )
                self.workspace.told.emit(Message(sentence, remedy, is_problem=True))
            else:
                self.workspace.told.emit(
                    Message(_("The history is intact: every step follows from the one before."))
                )

        job = Job(
            _("Verifying the history…"), lambda job: project.verify_history(), is_exclusive=True
        )
        self.workspace.run(job, tell)


def _columns() -> tuple[ShownColumn[Step], ...]:
    kinds = {"do": _("done"), "undo": _("undone"), "redo": _("redone")}

    def tables(step: Step) -> str:
        return _(", ").join(sorted(word(table) for table in step.tables))

    return (
        ShownColumn(_("No."), lambda step: step.number, number_format.whole),
        ShownColumn(_("Time"), lambda step: number_format.local_time(step.time), is_kept=True),
        ShownColumn(_("Who"), lambda step: step.who),
        ShownColumn(_("Kind"), lambda step: kinds[step.kind]),
        ShownColumn(_("Step"), lambda step: step.label, most_digits=56),
        ShownColumn(_("Rows"), lambda step: step.row_count, number_format.whole),
        ShownColumn(_("Tables"), tables),
    )
