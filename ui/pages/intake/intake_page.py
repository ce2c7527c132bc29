"""Intake: a new duty is drafted, and every unit says whether it can take it on and with what."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.advice.whatif.intake import Admission, UnitIntake
from app.language import _, word
from app.model.scenario import Scenario
from app.model.vocabulary import Table
from ui.look import icons, number_format
from ui.look.help_texts import tip
from ui.look.icons import Icon
from ui.look.messages import Message
from ui.look.theme import APART, NEAR, set_role
from ui.pages.intake.drafting import DraftView
from ui.pages.page import Page, Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.cards import Card
from ui.work.jobs import Job
from ui.work.new_duty import DutyDraft
from ui.work.workspace import Workspace

WAIT = 250
"""Milliseconds after the last key until the units are asked."""
DETAILS_HEIGHT = 210


class IntakePage(Page):
    """Left the duty, right the verdict of every unit with its arithmetic."""

    NAME = "intake"
    WATCHES = frozenset(Table) - {Table.PLANS, Table.SCENARIOS}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Intake of new duties"))
        self.draft_view = DraftView(workspace)
        self.rows: TableModel[UnitIntake] = TableModel(
            self._columns(), key=lambda row: row.unit_code
        )
        self.table = TableView(self.rows, name=_("Verdicts"), key="intake")
        self.details, self.empty = QLabel(), QLabel()
        self._content = QWidget()
        self.add = QPushButton(_("Add to the plan"))
        self.keep = QPushButton(icons.icon(Icon.SAVE), _("Keep as a scenario…"))
        self.begin = QPushButton(icons.icon(Icon.NEW), _("Start anew"))
        self._wanted: object = None
        self._added_code = ""
        self._timer = QTimer(self, singleShot=True, interval=WAIT)
        self._timer.timeout.connect(self._judge)
        self._lay_out()
        self.draft_view.changed.connect(self._follow_draft)
        self.table.selectionModel().selectionChanged.connect(self._explain)
        self.table.opened.connect(self._open)
        self.add.clicked.connect(self._add)
        self.keep.clicked.connect(self._keep)
        self.begin.clicked.connect(self._begin)
        workspace.opened.connect(self._begin)

    def refresh(self) -> None:
        """Judge the draft against the inputs as they are now."""
        if self.offer_import(self._content):
            return
        if self._added_code == self.draft.duty.duty_code:
            self._begin()
        self.draft.keep_codes_free(self.workspace.county)
        self.draft_view.refresh()
        self._judge()

    @property
    def draft(self) -> DutyDraft:
        """Return the duty being drafted."""
        return self.draft_view.draft

    def _begin(self) -> None:
        self._added_code = ""
        if self.workspace.is_open:
            self.draft_view.begin()

    def _follow_draft(self) -> None:
        self._wanted = None
        self._timer.start()

    def _judge(self) -> None:
        project = self.workspace.project
        if project is None:
            return
        missing = self.draft.missing
        self._results.setVisible(not missing)
        self.empty.setVisible(bool(missing))
        for button in (self.add, self.keep):
            button.setEnabled(False)
        if missing:
            self.rows.set_rows(())
            self.hint.setText(_("Describe a new duty; each unit’s verdict then stands beside it."))
            self.empty.setText(missing)
            return
        self._wanted = wanted = object()
        judging, new = project.judging, self.draft.new_duty
        job = Job("", lambda job: judging.intake(new))
        self.workspace.run(job, lambda found: self._show(found, wanted))

    def _show(self, found: tuple[UnitIntake, ...], wanted: object) -> None:
        if wanted is not self._wanted:
            return
        self.rows.set_rows(found)
        self.table.select_something()
        self._explain()
        count = {kind: sum(row.decision is kind for row in found) for kind in Admission}
        people = sum(
            row.reckoning.people_rounded
            for row in found
            if row.decision is Admission.ACCEPT_WITH_PEOPLE
        )
        self.hint.setText(
            _("{accept} accept · {more} with {people} people more · {refuse} refuse").format(
                accept=number_format.whole(count[Admission.ACCEPT]),
                more=number_format.whole(count[Admission.ACCEPT_WITH_PEOPLE]),
                people=number_format.people(people),
                refuse=number_format.whole(count[Admission.REFUSE]),
            )
        )
        is_possible = any(row.decision is not Admission.REFUSE for row in found)
        for button in (self.add, self.keep):
            button.setEnabled(self.workspace.may_edit and is_possible)

    def _explain(self) -> None:
        row, shown = self.table.currentIndex().row(), self.rows.shown
        if not 0 <= row < len(shown):
            self.details.setText("")
            return
        found = shown[row]
        name = self.workspace.figures.units[found.unit_code].name
        parts = [_("{unit}: {decision}").format(unit=name, decision=word(found.decision))]
        for heading, lines in (
            (_("Why not"), found.reasons),
            (_("Arithmetic"), found.arithmetic),
            (_("What must come with it"), found.needs),
        ):
            if lines:
                parts.append("")
                parts.append(heading)
                parts.extend(f"· {line}" for line in lines)
        self.details.setText("\n".join(parts))

    def _add(self) -> None:
        project = self.workspace.project
        assert project is not None
        new, name = self.draft.new_duty, self.draft.duty.name
        label = _("Take on “{name}”").format(name=name)
        self._added_code = new.duty.duty_code
        job = self.workspace.change_widely(
            label, lambda: project.change(label, project.judging.intake_changes(new))
        )
        job.failed.connect(lambda error: self._forget_added())
        job.succeeded.connect(lambda changed: self._tell_added(name, new.duty.duty_code))

    def _forget_added(self) -> None:
        self._added_code = ""

    def _tell_added(self, name: str, duty_code: str) -> None:
        self.workspace.told.emit(
            Message(
                _("“{name}” is in the plan, at the units that do not refuse it.").format(name=name),
                action_text=_("Show it"),
                action=lambda: self.asked.emit(Where("duties", duty_code=duty_code)),
            )
        )

    def _keep(self) -> None:
        project = self.workspace.project
        assert project is not None
        new = self.draft.new_duty
        name, is_meant = QInputDialog.getText(
            self, _("Keep as a scenario"), _("Name of the scenario"), text=new.duty.name
        )
        if not is_meant or not name.strip():
            return

        job = self.workspace.change_widely(
            _("Keeping the scenario…"),
            lambda: project.keep_scenario(
                Scenario.of(name.strip(), project.judging.intake_changes(new), note=new.duty.name)
            ),
        )
        job.succeeded.connect(self._tell_kept)

    def _tell_kept(self) -> None:
        self.workspace.told.emit(
            Message(
                _("The scenario is kept."),
                action_text=_("Show it"),
                action=lambda: self.asked.emit(Where("scenarios")),
            )
        )

    def _open(self, at: int) -> None:
        self.asked.emit(Where("posts", unit_code=self.rows.row_at(at).unit_code))

    @property
    def _scheme(self) -> str:
        return self.workspace.figures.band_scheme

    def _columns(self) -> tuple[ShownColumn[UnitIntake], ...]:
        def unit(row: UnitIntake) -> str:
            return self.workspace.unit_name(row.unit_code)

        return (
            ShownColumn(_("Unit"), unit),
            ShownColumn(_("Verdict"), lambda row: word(row.decision)),
            ShownColumn(
                _("More people"),
                lambda row: row.reckoning.people_rounded,
                lambda value: number_format.people(value) if value else "",
            ),
            ShownColumn(
                _("Now %"),
                lambda row: number_format.hundred(row.reckoning.load.saturation),
                number_format.tenths,
                tip=_("Saturation of the unit"),
            ),
            ShownColumn(
                _("Band"),
                lambda row: number_format.band_word(row.reckoning.load, self._scheme),
                tip=tip("band"),
                band=lambda row: row.reckoning.load.band,
            ),
            ShownColumn(
                _("With it %"),
                lambda row: number_format.hundred(row.reckoning.unit_after),
                number_format.tenths,
            ),
            ShownColumn(
                _("With people %"),
                lambda row: number_format.hundred(row.reckoning.unit_with_people),
                number_format.tenths,
            ),
            ShownColumn(_("New h"), lambda row: row.reckoning.workload_hours, number_format.whole),
            ShownColumn(
                _("Room h"),
                lambda row: row.reckoning.room_hours,
                lambda hours: number_format.whole(hours).replace("-", "−"),
                tip=_("Target × capacity − workload today"),
            ),
            ShownColumn(
                _("Office"),
                lambda row: row.reckoning.host.office if row.reckoning.host is not None else "",
            ),
        )

    def _lay_out(self) -> None:
        set_role(self.add, "primary")
        set_role(self.empty, "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.details.setWordWrap(True)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setAccessibleName(_("Arithmetic"))
        area = QScrollArea()
        set_role(area, "reader")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.details)
        card = Card("", area)
        card.setFixedHeight(DETAILS_HEIGHT)
        self._results = QWidget()
        inside = QVBoxLayout(self._results)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(NEAR)
        inside.addWidget(self.table, 1)
        inside.addWidget(card)
        foot = QHBoxLayout()
        foot.setSpacing(NEAR)
        foot.addWidget(self.begin)
        foot.addStretch(1)
        foot.addWidget(self.keep)
        foot.addWidget(self.add)
        right = QVBoxLayout()
        right.setSpacing(NEAR)
        right.addWidget(self._results, 1)
        right.addWidget(self.empty, 1)
        right.addLayout(foot)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(APART)
        row.addWidget(self.draft_view)
        row.addLayout(right, 1)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self.nothing, 1)
