"""Drafting: the fields of a new duty, its tasks, and how much of them every unit would have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.language import _
from app.model.county import Duty, Task, Unit, Volume
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import NEAR, set_role
from ui.pages.duties.duty_inspector import DUTY_FIELDS
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.elided import ElidedChoice
from ui.widgets.form import RecordForm, Shown
from ui.work.new_duty import DutyDraft
from ui.work.workspace import Workspace

WIDTH = 348
TASK_FIELDS = (
    Shown("name"),
    Shown("hours_each", "h"),
    Shown("measure"),
    Shown("burden"),
    Shown("form"),
    Shown("ordered_by"),
    Shown("people_each"),
    Shown("difficulty"),
    Shown("is_field"),
    Shown("is_officer_only"),
    Shown("qualifications"),
    Shown("method"),
)


@dataclass(frozen=True, slots=True)
class UnitVolume:
    """One unit and how much of a task it would have."""

    unit: Unit
    volume: Volume | None


class DraftView(QWidget):
    """Three steps in tabs: the duty, its tasks, the volumes; nothing is stored while typing."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.draft = workspace.draft or DutyDraft.begun(workspace.county)
        workspace.draft = self.draft
        self.duty_form = RecordForm(Duty, DUTY_FIELDS)
        self.task_form = RecordForm(Task, TASK_FIELDS)
        self.task, self.same = ElidedChoice(), QLineEdit()
        self.add_task = QPushButton(icons.icon(Icon.NEW), _("Add a task"))
        self.remove_task = QPushButton(icons.icon(Icon.REMOVE), _("Remove"))
        self.fill = QPushButton(_("Same for every township"))
        self.volumes: TableModel[UnitVolume] = TableModel(
            self._columns(), key=lambda row: row.unit.unit_code
        )
        self.volumes.refused.connect(workspace.tell_error)
        self.tabs = QTabWidget()
        self._lay_out()
        self._connect()

    @property
    def at(self) -> int:
        """Return the place of the task chosen."""
        return max(0, min(self.task.currentIndex(), len(self.draft.tasks) - 1))

    def begin(self) -> None:
        """Begin another draft."""
        self._workspace.draft = self.draft = DutyDraft.begun(self._workspace.county)
        self.same.clear()
        self.tabs.setCurrentIndex(0)
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Show the draft as it is."""
        chosen = self.at
        self.task.blockSignals(True)
        self.task.clear()
        for number, task in enumerate(self.draft.tasks, start=1):
            self.task.addItem(task.name or _("Task {number}").format(number=number))
        self.task.setCurrentIndex(min(chosen, len(self.draft.tasks) - 1))
        self.task.blockSignals(False)
        self.remove_task.setEnabled(len(self.draft.tasks) > 1)
        self.duty_form.show_records([self.draft.duty], may_edit=True)
        self._show_task()

    def _show_task(self) -> None:
        task = self.draft.tasks[self.at]
        self.task_form.show_records([task], may_edit=True)
        self.volumes.set_rows(
            UnitVolume(unit, self.draft.volumes.get((unit.unit_code, task.task_code)))
            for unit in self._workspace.county.units.values()
        )
        self._table.fit_columns()
        self.said.setText(
            _("How much of “{task}” each unit would have in a year; type it.").format(
                task=task.name or _("the task")
            )
        )

    def _try(self, do: Callable[[], object]) -> None:
        """Do what was typed, tell what is wrong with it, and show the draft again."""
        try:
            do()
        except UserError as error:
            self._workspace.tell_error(error)
            self.refresh()
            return
        self.refresh()
        self.changed.emit()

    def _set_volume(self, name: str, row: UnitVolume, text: str) -> None:
        task = self.draft.tasks[self.at]
        self.draft.set_volume(row.unit.unit_code, task.task_code, name, text)
        self.refresh()
        self.changed.emit()

    def _fill(self) -> None:
        code = self.draft.tasks[self.at].task_code
        self._try(lambda: self.draft.fill(self._workspace.county, code, self.same.text()))

    def _add_task(self) -> None:
        at = self.draft.add_task()
        self.refresh()
        self.task.setCurrentIndex(at)
        self.changed.emit()

    def _columns(self) -> tuple[ShownColumn[UnitVolume], ...]:
        return (
            ShownColumn(_("Unit"), lambda row: row.unit.name),
            ShownColumn(
                _("Volume"),
                lambda row: row.volume.volume if row.volume is not None else None,
                number_format.tenths,
                tip=_("Pieces a year, or hours for fixed hours; type to change"),
                edit=partial(self._set_volume, "volume"),
            ),
            ShownColumn(
                _("Own time h"),
                lambda row: row.volume.hours_each if row.volume is not None else None,
                number_format.hundredths,
                tip=_("The unit’s own time per piece; blank takes the task’s; type to change"),
                edit=partial(self._set_volume, "hours_each"),
            ),
        )

    def _connect(self) -> None:
        self.duty_form.edited.connect(
            lambda name, text: self._try(lambda: self.draft.set_duty(name, text))
        )
        self.task_form.edited.connect(
            lambda name, text: self._try(lambda: self.draft.set_task(self.at, name, text))
        )
        self.task.currentIndexChanged.connect(self._show_task)
        self.add_task.clicked.connect(self._add_task)
        self.remove_task.clicked.connect(lambda: self._try(lambda: self.draft.remove_task(self.at)))
        self.fill.clicked.connect(self._fill)
        self.same.returnPressed.connect(self._fill)

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        self.task.setAccessibleName(_("Task"))
        self.same.setPlaceholderText(_("Volume a year"))
        self.same.setAccessibleName(_("Volume a year"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        set_role(self.said, "caption")
        acts = QHBoxLayout()
        acts.addWidget(self.task, 1)
        acts.addWidget(self.add_task)
        acts.addWidget(self.remove_task)
        filling = QHBoxLayout()
        filling.addWidget(self.same, 1)
        filling.addWidget(self.fill)
        self._table = TableView(self.volumes, name=_("Volumes"), key="volumes")
        tabs: tuple[tuple[str, tuple[QWidget | QHBoxLayout, ...]], ...] = (
            (_("① The duty"), (_scrolled(self.duty_form),)),
            (_("② Its tasks"), (acts, _scrolled(self.task_form))),
            (_("③ Volumes"), (self.said, filling, self._table)),
        )
        for title, parts in tabs:
            tab = QWidget()
            inside = QVBoxLayout(tab)
            inside.setContentsMargins(0, NEAR, 0, 0)
            inside.setSpacing(NEAR)
            for part in parts:
                if isinstance(part, QHBoxLayout):
                    inside.addLayout(part)
                else:
                    inside.addWidget(part, 0 if part is self.said else 1)
            self.tabs.addTab(tab, title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.tabs)


def _scrolled(form: QWidget) -> QScrollArea:
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, NEAR, 0)
    inside.addWidget(form)
    inside.addStretch(1)
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(holder)
    return area
