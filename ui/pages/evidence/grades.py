"""Grades and ranges: how many hours rest on what evidence, and what every unit time may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import UserError
from app.language import _, word
from app.method.policy import policy_of
from app.method.uncertainty.evidence import GradeRow, Range, grades, ranges
from app.model.county import Change, PolicyValue, Task
from app.numbers import read_number
from ui.look import number_format
from ui.look.theme import APART, NEAR, set_role
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.cards import Card
from ui.work.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TaskEvidence:
    """One task: what is known of its unit time, and the hours that rest on it."""

    task: Task
    known: Range | None
    hours: float


class GradesView(QWidget):
    """Left the grades and the range each is given, right the tasks."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.rows: TableModel[GradeRow] = TableModel(
            self._grade_columns(), key=lambda row: row.grade
        )
        self.rows.refused.connect(workspace.tell_error)
        self.tasks: TableModel[TaskEvidence] = TableModel(
            _task_columns(), key=lambda row: row.task.task_code
        )
        self._lay_out()

    def refresh(self, text: str) -> None:
        """Show grades and tasks as they are now, those that fit what is looked for."""
        county, figures = self._workspace.county, self._workspace.figures
        self.rows.may_edit = self._workspace.may_edit
        self.rows.set_rows(grades(county, figures))
        known = ranges(county)
        hours: dict[str, float] = {}
        for row in figures.tasks.values():
            hours[row.task_code] = hours.get(row.task_code, 0.0) + row.hours
        self.tasks.set_rows(
            TaskEvidence(task, known.get(task.task_code), hours.get(task.task_code, 0.0))
            for task in county.tasks.values()
        )
        wanted = text.strip().casefold()
        self.tasks.set_filter(
            lambda row: wanted in f"{row.task.name} {row.task.task_code}".casefold()
        )

    def _set_spread(self, row: GradeRow, text: str) -> None:
        if row.grade is None:
            raise UserError(
                _("Unit times without a grade have no range."),
                remedy=_("Give the tasks a grade of evidence first."),
            )
        key = f"spread.{row.grade.value}"
        before = self._workspace.county.policy.get((key,))
        after = None
        if text.strip():
            share = read_number(text)
            share = share / 100 if share > 1 and "%" not in text else share
            if not 0 <= share <= 1:
                raise UserError(
                    _("A unit time cannot be off by more than itself."),
                    remedy=_("Write 20% for a fifth down and up."),
                )
            after = PolicyValue(key, f"{share:.10g}")
        if before is None and after is None:
            return
        label = _("Set the range of unit times by {grade} to {share}").format(
            grade=word(row.grade), share=text.strip() or _("blank")
        )
        project = self._workspace.project
        assert project is not None
        changes = [Change(before=before, after=after)]
        self._workspace.change_widely(label, partial(project.change, label, changes))

    def _grade_columns(self) -> tuple[ShownColumn[GradeRow], ...]:
        def spread(row: GradeRow) -> float | None:
            spreads = policy_of(self._workspace.county).spreads
            return number_format.hundred(spreads.get(row.grade)) if row.grade is not None else None

        return (
            ShownColumn(
                _("Grade"), lambda row: word(row.grade) if row.grade is not None else _("no grade")
            ),
            ShownColumn(
                _("± %"),
                spread,
                number_format.whole,
                tip=_("How far unit times of this grade may be off that state no limits; type it"),
                edit=self._set_spread,
            ),
            ShownColumn(_("Number of tasks"), lambda row: row.tasks, number_format.whole),
            ShownColumn(_("h a year"), lambda row: row.hours, number_format.whole),
            ShownColumn(
                _("Ranged %"),
                lambda row: row.ranged_hours / row.hours * 100 if row.hours else None,
                number_format.whole,
                tip=_("Share of these hours whose unit time has a range"),
            ),
        )

    def _open(self, at: int) -> None:
        self.asked.emit(Where("duties", task_code=self.tasks.row_at(at).task.task_code))

    def _lay_out(self) -> None:
        left = TableView(self.rows, name=_("Grades of evidence"), key="grades.set")
        right = TableView(self.tasks, name=_("Unit times and their ranges"), key="grades")
        right.opened.connect(self._open)
        for table in (left, right):
            set_role(table, "plain")
        card = Card(
            _("Grades of evidence"),
            left,
            hint=_("Where a task states no limits, ± % makes its range; blank makes none up."),
        )
        card.setMaximumWidth(464)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, NEAR, 0, 0)
        row.setSpacing(APART)
        row.addWidget(card, 3)
        row.addWidget(
            Card(
                _("Unit times and their ranges"),
                right,
                hint=_("Double-click a task to change it."),
            ),
            4,
        )


def _task_columns() -> tuple[ShownColumn[TaskEvidence], ...]:
    def source(row: TaskEvidence) -> str:
        if row.known is None:
            return _("no range")
        return _("own limits") if row.known.is_stated else _("by grade")

    return (
        ShownColumn(_("Task"), lambda row: row.task.name, most_digits=30),
        ShownColumn(
            _("Grade"),
            lambda row: word(row.task.evidence) if row.task.evidence is not None else "",
        ),
        ShownColumn(
            _("Low h"), lambda row: row.known.low if row.known else None, number_format.hundredths
        ),
        ShownColumn(_("Likely h"), lambda row: row.task.hours_each, number_format.hundredths),
        ShownColumn(
            _("High h"), lambda row: row.known.high if row.known else None, number_format.hundredths
        ),
        ShownColumn(_("Range"), source),
        ShownColumn(_("h a year"), lambda row: row.hours, number_format.whole),
    )
