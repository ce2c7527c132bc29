"""The inspector of duties: the fields of what is selected, and all that hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.language import _, ngettext, word
from app.model.county import Change, Duty, Record, Task, Volume
from app.model.findings import Finding
from app.model.vocabulary import Role
from app.workbooks.standard.typed import column_of, heading_of, typed
from ui.look import number_format
from ui.look.theme import APART, NEAR, TIGHT, set_role
from ui.pages.checkup import place_of
from ui.pages.duties.duty_rows import DutyRow, TreeLevel, above, list_name
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.form import RecordForm, Shown
from ui.work.workspace import Workspace

WIDTH = 340

DUTY_FIELDS = (
    Shown("name"),
    Shown("list"),
    Shown("area"),
    Shown("superior"),
    Shown("superior_duty", is_long=True),
    Shown("own_duty", is_long=True),
    Shown("basis"),
)
TASK_FIELDS = (
    Shown("name"),
    Shown("burden"),
    Shown("form"),
    Shown("ordered_by"),
    Shown("method"),
    Shown("measure"),
    Shown("hours_each", "h"),
    Shown("hours_low", "h"),
    Shown("hours_high", "h"),
    Shown("evidence"),
    Shown("people_each"),
    Shown("difficulty"),
    Shown("saving"),
    Shown("max_cut"),
    Shown("is_field"),
    Shown("is_officer_only"),
    Shown("qualifications"),
)


@dataclass(frozen=True, slots=True)
class InUnit:
    """One of the selected tasks in one unit."""

    unit_code: str
    unit: str
    task: Task
    volume: Volume
    hours: float
    assigned_hours: float


@dataclass(frozen=True, slots=True)
class OnPost:
    """One of the selected tasks on one post."""

    unit_code: str
    unit: str
    post_code: str
    post: str
    task: Task
    role: Role | None
    share: float
    hours: float


class DutyInspector(QFrame):
    """Fields, units, posts and findings of the rows selected in the tree."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._rows: list[DutyRow] = []
        self._unit_code = ""
        set_role(self, "card")
        self.setFixedWidth(WIDTH)
        self.title, self._place, self._sums = QLabel(), QLabel(), QLabel()
        self.duty_form = RecordForm(Duty, DUTY_FIELDS)
        self.task_form = RecordForm(Task, TASK_FIELDS)
        for form in (self.duty_form, self.task_form):
            form.edited.connect(self._edit)
        self._no_form = QLabel(
            _("Select tasks, or duties, to change their fields; several at once are changed alike.")
        )
        self.units: TableModel[InUnit] = TableModel(
            self._unit_columns(), key=lambda row: (row.unit_code, row.task.task_code)
        )
        self.units.refused.connect(workspace.tell_error)
        self.posts: TableModel[OnPost] = TableModel(
            _post_columns(), key=lambda row: (row.post_code, row.task.task_code)
        )
        self.findings: TableModel[Finding] = TableModel(
            _finding_columns(), key=lambda row: (row.rule, row.unit_code, row.subject, row.message)
        )
        self.tabs = QTabWidget()
        self._lay_out()

    def show_rows(self, rows: Sequence[DutyRow], unit_code: str) -> None:
        """Show what the selected rows have in common and what hangs on them."""
        self._rows, self._unit_code = list(rows), unit_code
        self._show_words()
        records, may_edit = self._records(), self._workspace.may_edit
        is_task = bool(records) and isinstance(records[0], Task)
        self.task_form.setVisible(is_task)
        self.duty_form.setVisible(bool(records) and not is_task)
        self._no_form.setVisible(not records)
        if records:
            (self.task_form if is_task else self.duty_form).show_records(records, may_edit=may_edit)
        self.units.may_edit = may_edit
        codes = self._task_codes()
        self.units.set_rows(self._in_units(codes))
        self.posts.set_rows(self._on_posts(codes))
        found = {id(one): one for row in self._rows for one in row.findings}
        self.findings.set_rows(found.values())
        for at, (text, model) in enumerate(
            ((_("Units"), self.units), (_("Posts"), self.posts), (_("Findings"), self.findings)), 1
        ):
            count = len(model.shown)  # type: ignore[attr-defined]
            self.tabs.setTabText(at, f"{text} {number_format.whole(count)}" if count else text)

    def _records(self) -> list[Duty | Task]:
        """Return the selected duties or tasks, [] where both or groups are selected."""
        levels = {row.level for row in self._rows}
        if levels == {TreeLevel.TASK}:
            return [row.task for row in self._rows if row.task is not None]
        if levels == {TreeLevel.DUTY}:
            return [row.duty for row in self._rows if row.duty is not None]
        return []

    def _task_codes(self) -> frozenset[str]:
        tasks = {row.task.task_code for row in self._rows if row.task is not None}
        duties = {
            row.duty.duty_code
            for row in self._rows
            if row.duty is not None and row.level is TreeLevel.DUTY
        }
        in_duties = {
            task.task_code
            for task in self._workspace.county.tasks.values()
            if task.duty_code in duties
        }
        return frozenset(tasks | in_duties)

    def _show_words(self) -> None:
        rows = self._rows
        if not rows:
            self.title.setText(_("Nothing selected"))
            self._place.setText(_("Select a duty or a task in the tree."))
            self._sums.setText("")
            return
        if len(rows) == 1:
            self.title.setText(rows[0].name)
            self._place.setText(self._place_of(rows[0]))
        else:
            self.title.setText(
                ngettext("{count} row selected", "{count} rows selected", len(rows)).format(
                    count=number_format.whole(len(rows))
                )
            )
            self._place.setText(_("What you change here is changed in all of them, as one step."))
        chosen = {row.key for row in rows}
        counted = [row for row in rows if not above(row) & chosen]
        self._sums.setText(
            _("{hours} h a year · {assigned} h assigned · {posts} posts").format(
                hours=number_format.whole(sum(row.hours for row in counted)),
                assigned=number_format.whole(sum(row.assigned_hours for row in counted)),
                posts=number_format.whole(len(frozenset().union(*(row.posts for row in rows)))),
            )
        )

    def _place_of(self, row: DutyRow) -> str:
        duty = row.duty
        if row.task is not None and duty is not None:
            return f"{row.task.task_code} · {duty.name}"
        if duty is not None:
            parts = (duty.duty_code, list_name(duty.list), duty.area)
            return " · ".join(part for part in parts if part)
        return ngettext("{count} task", "{count} tasks", row.tasks).format(
            count=number_format.whole(row.tasks)
        )

    def _in_units(self, codes: frozenset[str]) -> list[InUnit]:
        county, figures = self._workspace.county, self._workspace.figures
        rows = []
        for (unit_code, code), figure in figures.tasks.items():
            if code in codes and self._unit_code in ("", unit_code):
                rows.append(
                    InUnit(
                        unit_code,
                        figures.units[unit_code].name,
                        county.tasks[(code,)],
                        county.volumes[(unit_code, code)],
                        figure.hours,
                        figure.assigned_hours,
                    )
                )
        return rows

    def _on_posts(self, codes: frozenset[str]) -> list[OnPost]:
        county, figures = self._workspace.county, self._workspace.figures
        rows = []
        for key, hours in figures.hours.items():
            unit_code, code, post_code = key
            if code in codes and self._unit_code in ("", unit_code):
                row, post = county.assignments[key], figures.posts[post_code]
                rows.append(
                    OnPost(
                        unit_code,
                        figures.units[unit_code].name,
                        post_code,
                        post.title,
                        county.tasks[(code,)],
                        row.role,
                        row.share,
                        hours,
                    )
                )
        return sorted(rows, key=lambda row: -row.hours)

    def _edit(self, field: str, text: str) -> None:
        records = self._records()
        if not records:
            return
        name = heading_of(column_of(type(records[0]), field))
        shown = text.strip() or _("blank")
        if len(records) == 1:
            label = _("Set “{field}” of “{name}” to {value}").format(
                field=name, name=records[0].name, value=shown
            )
        else:
            label = _("Set “{field}” of {count} rows to {value}").format(
                field=name, count=number_format.whole(len(records)), value=shown
            )
        self._change(label, records, field, text)

    def _change(self, label: str, records: Sequence[Record], field: str, text: str) -> None:
        try:
            changes = [Change(before=row, after=typed(row, field, text)) for row in records]
        except UserError as error:
            self._workspace.tell_error(error)
            self.show_rows(self._rows, self._unit_code)
            return
        project = self._workspace.project
        assert project is not None
        if any(change.before != change.after for change in changes):
            self._workspace.change_widely(label, partial(project.change, label, changes))

    def _set_in_unit(self, field: str, row: InUnit, text: str) -> None:
        after = typed(row.volume, field, text)
        label = _("Set “{field}” of “{name}” in {unit} to {value}").format(
            field=heading_of(column_of(Volume, field)),
            name=row.task.name,
            unit=row.unit,
            value=text.strip() or _("blank"),
        )
        self._workspace.change(label, [Change(before=row.volume, after=after)])

    def _unit_columns(self) -> tuple[ShownColumn[InUnit], ...]:
        return (
            ShownColumn(_("Unit"), lambda row: row.unit, most_digits=10),
            ShownColumn(
                _("Volume"),
                lambda row: row.volume.volume,
                number_format.tenths,
                tip=_("Pieces a year, or hours for fixed hours; type to change"),
                edit=partial(self._set_in_unit, "volume"),
            ),
            ShownColumn(
                _("Own time h"),
                lambda row: row.volume.hours_each,
                number_format.hundredths,
                tip=_("The unit’s own time per piece; blank takes the task’s; type to change"),
                edit=partial(self._set_in_unit, "hours_each"),
            ),
            ShownColumn(_("h"), lambda row: row.hours, number_format.whole),
            ShownColumn(
                _("Open h"),
                lambda row: row.hours - row.assigned_hours,
                number_format.whole,
                tip=_("Hours that no post carries"),
            ),
            ShownColumn(_("Task"), lambda row: row.task.name),
        )

    def _open_unit(self, at: int) -> None:
        row = self.units.row_at(at)
        self.asked.emit(Where("matrix", unit_code=row.unit_code, task_code=row.task.task_code))

    def _open_post(self, at: int) -> None:
        row = self.posts.row_at(at)
        self.asked.emit(
            Where(
                "matrix",
                unit_code=row.unit_code,
                task_code=row.task.task_code,
                post_code=row.post_code,
            )
        )

    def _open_finding(self, at: int) -> None:
        where = place_of(self.findings.row_at(at), self._workspace.county)
        if where is not None:
            self.asked.emit(where)

    def _lay_out(self) -> None:
        set_role(self.title, "heading")
        set_role(self._place, "caption")
        set_role(self._sums, "muted")
        set_role(self._no_form, "muted")
        for label in (self.title, self._place, self._sums, self._no_form):
            label.setWordWrap(True)
        fields = QWidget()
        inside = QVBoxLayout(fields)
        inside.setContentsMargins(0, NEAR, NEAR, 0)
        for widget in (self._no_form, self.duty_form, self.task_form):
            inside.addWidget(widget)
        inside.addStretch(1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(fields)
        self.tabs.addTab(area, _("Fields"))
        for model, key, name, do in (
            (self.units, "duties.units", _("Units"), self._open_unit),
            (self.posts, "duties.posts", _("Posts"), self._open_post),
            (self.findings, "duties.findings", _("Findings"), self._open_finding),
        ):
            table = TableView(model, name=name, key=key)
            set_role(table, "plain")
            table.opened.connect(do)
            self.tabs.addTab(table, name)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(APART, NEAR + TIGHT, APART, APART)
        outside.setSpacing(TIGHT)
        for label in (self.title, self._place, self._sums):
            outside.addWidget(label)
        outside.addWidget(self.tabs, 1)


def _post_columns() -> tuple[ShownColumn[OnPost], ...]:
    return (
        ShownColumn(_("Unit"), lambda row: row.unit, most_digits=10),
        ShownColumn(_("Post"), lambda row: row.post, most_digits=16),
        ShownColumn(_("Role"), lambda row: word(row.role) if row.role is not None else ""),
        ShownColumn(
            _("Share %"), lambda row: number_format.hundred(row.share), number_format.whole
        ),
        ShownColumn(_("h"), lambda row: row.hours, number_format.whole),
        ShownColumn(_("Task"), lambda row: row.task.name),
    )


def _finding_columns() -> tuple[ShownColumn[Finding], ...]:
    return (
        ShownColumn(_("Severity"), lambda finding: word(finding.severity)),
        ShownColumn(_("What is wrong"), lambda finding: finding.message, most_digits=60),
        ShownColumn(_("How to mend it"), lambda finding: finding.remedy, most_digits=46),
    )
