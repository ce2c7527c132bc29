"""The measures of a plan: what to do in which order, why, and what the user decides about each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.advice.pins import lock_changes
from app.errors import told
from app.language import _, ngettext, word
from app.model.changing import Changed
from app.model.figures import Figures
from app.model.plan import Measure, Plan
from app.model.reasons import because, decision_label, lock_label, needs
from app.model.remarks import omissions
from app.model.vocabulary import Verdict
from app.report.wording import measure_sentence
from ui.dialogs.locks import LocksDialog
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import NEAR, set_role
from ui.pages.page import Where
from ui.pages.planning.verdicts import MARKS, carried_out, explained, marked, verb
from ui.tables.details import Details
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.flow import FlowRow
from ui.widgets.number_box import WholeBox
from ui.work.jobs import Job
from ui.work.workspace import Workspace

if TYPE_CHECKING:
    from app.advice.measures.relief import ReliefCurve
    from app.advice.whatif.robustness import Survivals

LOCK_KEY = "L"
"""What locks what the selected measures would change."""
KEYS = {Verdict.ACCEPTED: "A", Verdict.REJECTED: "R", None: "U"}
"""What decides about the selected measures while the table has the focus."""


class MeasureView(QWidget):
    """The measures in their order, what is decided about them, and why the selected one."""

    asked = Signal(object)
    why_not_asked = Signal(object)
    """The user asks why not something else, from this measure (or None) on."""
    tested = Signal(object)
    """How robust the measures are is known: `Survivals`."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._verdicts: dict[str, Verdict] = {}
        self._survivals: Survivals | None = None
        self._survivals_of = ""
        self._curve: ReliefCurve | None = None
        self.rows = TableModel(self._columns(), key=lambda measure: measure.rank)
        self.table = TableView(self.rows, name=_("Measures"), key="measures")
        self.details = Details((_("Because"), _("Needs"), _("Effect")))
        self.summary, self._omissions = QLabel(), QLabel()
        self.first = WholeBox()
        self.accept_first = QPushButton(_("Accept the first"))
        self.apply = QPushButton(icons.icon(Icon.OK, is_on_accent=True), _("Carry out…"))
        self.robust = QPushButton(_("How robust?"))
        self.why_not = QPushButton(_("Why not…"))
        self.lock, self.show_locks = QPushButton(_("Lock")), QPushButton(_("Locks…"))
        self.verdict_buttons = {verdict: QPushButton(verb(verdict)) for verdict in KEYS}
        self._lay_out()
        self._add_actions()
        self.table.selectionModel().selectionChanged.connect(self._show_details)
        self.table.opened.connect(self._open)
        workspace.state_changed.connect(self._follow_state)

    def show_plan(self, plan: Plan) -> None:
        """Show the measures of a plan with what is decided about them."""
        project = self._workspace.project
        assert project is not None
        advising = project.advising
        self._verdicts = advising.verdicts
        self._curve = advising.relief_curve() if plan.measures else None
        if self._survivals_of != plan.plan_id:
            self._survivals = None
        self.rows.set_rows(plan.measures)
        if self._verdicts or self._survivals is not None:
            self.table.fit_columns()
        self._show_survivals()
        self._omissions.setText(omissions(plan))
        self._omissions.setVisible(bool(omissions(plan)))
        self._show_summary(plan)
        self.table.select_something()
        self._show_details()
        self._follow_state()

    def _show_survivals(self) -> None:
        """Show the column of survivals once there are some, unless the user arranged columns."""
        titles = [column.title for column in self.rows.columns]
        at, is_hidden = titles.index(_("Survives %")), self._survivals is None
        menu = self.table.menu
        if menu.is_arranged or self.table.isColumnHidden(at) == is_hidden:
            return
        with menu.unremembered():
            self.table.setColumnHidden(at, is_hidden)
        self.table.widths.fit()

    def decide(self, verdict: Verdict | None, ranks: Sequence[int] = ()) -> None:
        """Accept or reject measures, by default the selected ones, as one undoable step."""
        chosen = list(ranks) or [self.rows.row_at(at).rank for at in self.table.rows_chosen()]
        project = self._workspace.project
        if not chosen or project is None or not self.may_decide:
            return
        label = decision_label(verdict, chosen)
        self._workspace.change_now(lambda: project.decide(label, chosen, verdict))

    def lock_chosen(self) -> None:
        """Leave what the selected measures would change as it is, as one undoable step."""
        chosen = [self.rows.row_at(at).rank for at in self.table.rows_chosen()]
        project = self._workspace.project
        if not chosen or project is None or not self.may_decide:
            return

        def lock() -> Changed:
            wanted = project.advising.locks_against(chosen)
            changes = lock_changes(project.county, wanted, is_locked=True)
            return project.change(lock_label(chosen), changes)

        self._workspace.change_now(lock)

    def carry_out(self) -> None:
        """Make the inputs those after the accepted measures, as one undoable step."""
        project = self._workspace.project
        if project is not None and self.may_decide:
            count = sum(found is Verdict.ACCEPTED for found in self._verdicts.values())
            job = self._workspace.change_widely(_("Carrying out the measures…"), project.carry_out)
            job.succeeded.connect(lambda changed: self._workspace.told.emit(carried_out(count)))

    def look_how_robust(self) -> Job:
        """Look how often each measure would be proposed again with other unit times."""
        project, plan = self._workspace.project, self._workspace.plan
        assert project is not None and plan is not None
        advising = project.advising

        def show(survivals: Survivals) -> None:
            if self._workspace.plan is plan:
                self._survivals, self._survivals_of = survivals, plan.plan_id
                self.show_plan(plan)
                self.tested.emit(survivals)

        job = Job(
            _("Trying other unit times…"),
            lambda job: advising.survivals(on_progress=job.report, should_stop=job.should_stop),
            may_cancel=True,
        )
        return self._workspace.run(job, show)

    @property
    def may_decide(self) -> bool:
        """Return whether decisions can be stored now."""
        return self._workspace.may_edit and not self._workspace.is_busy

    def _show_summary(self, plan: Plan) -> None:
        listed = {measure.identity for measure in plan.measures}
        count = {
            verdict: sum(found is verdict for key, found in self._verdicts.items() if key in listed)
            for verdict in Verdict
        }
        earlier = sum(key not in listed for key in self._verdicts)
        sentences = []
        if self._curve is not None:
            point = self._curve.points[self._curve.knee]
            sentences.append(
                _(
                    "The first {count} bring {share:.0%} of the relief; beyond, each brings little."
                ).format(count=self._curve.knee, share=point.share)
            )
            self.first.setRange(1, len(plan.measures))
            self.first.setValue(max(1, self._curve.knee))
        sentences.append(
            _("{accepted} accepted, {rejected} rejected.").format(
                accepted=count[Verdict.ACCEPTED], rejected=count[Verdict.REJECTED]
            )
        )
        if earlier:
            sentences.append(_("{count} decisions are about earlier plans.").format(count=earlier))
        if self._survivals is not None:
            sentences.append(self._survivals.sentence)
        self.summary.setText(reduce(told, sentences))

    def _show_details(self) -> None:
        measure = self._current()
        if measure is None:
            self.details.show_texts(None)
            return
        sentence = measure_sentence(measure, self._workspace.county, self._workspace.figures)
        county = self._workspace.county
        needed = needs(measure, county) or _("Nothing beyond the unit’s own decision.")
        self.details.show_texts((sentence, because(measure, county), needed, _effect(measure)))

    def _current(self) -> Measure | None:
        row, shown = self.table.currentIndex().row(), self.rows.shown
        return shown[row] if 0 <= row < len(shown) else None

    def _share_after(self, measure: Measure) -> float | None:
        if self._curve is None or measure.rank >= len(self._curve.points):
            return None
        return number_format.hundred(self._curve.points[measure.rank].share)

    def _survival(self, measure: Measure) -> float | None:
        found = self._survivals
        return (
            number_format.hundred(found.share_of(measure.identity)) if found is not None else None
        )

    def _verdict_word(self, measure: Measure) -> str:
        verdict = self._verdicts.get(measure.identity)
        return f"{MARKS[verdict]} {word(verdict)}" if verdict is not None else ""

    def _columns(self) -> tuple[ShownColumn[Measure], ...]:
        workspace = self._workspace

        def subject(measure: Measure) -> str:
            if (tasks := len(measure.task_codes)) > 1:
                return ngettext("{count} task", "{count} tasks", tasks).format(count=tasks)
            task = workspace.county.tasks.get((measure.task_code,))
            return task.name if task is not None else measure.category

        def giver(measure: Measure) -> str:
            if len(measure.unit_codes) > 1 and not measure.post_code and not measure.unit_code:
                return _("{count} units").format(count=len(measure.unit_codes))
            return _place(measure.unit_code, measure.post_code, workspace.figures)

        def taker(measure: Measure) -> str:
            if (posts := len(measure.to_post_codes)) > 1:
                return ngettext("{count} post", "{count} posts", posts).format(count=posts)
            is_same = measure.post_code and measure.unit_code == measure.to_unit_code
            unit_code = "" if is_same else measure.to_unit_code
            return _place(unit_code, measure.to_post_code, workspace.figures)

        return (
            ShownColumn(_("No."), lambda measure: measure.rank, number_format.whole),
            ShownColumn(_("Decision"), self._verdict_word, most_digits=10),
            ShownColumn(_("Kind"), lambda measure: word(measure.kind)),
            ShownColumn(_("Task or staff"), subject, most_digits=22),
            ShownColumn(_("Hours"), lambda measure: measure.hours or None, number_format.whole),
            ShownColumn(_("People"), lambda measure: measure.people or None, number_format.people),
            ShownColumn(_("From"), giver, most_digits=20),
            ShownColumn(_("To"), taker, most_digits=20),
            ShownColumn(
                _("Overload left h"),
                lambda measure: measure.overload_after,
                number_format.whole,
                tip=_(
                    "The county’s weighted overload once this and every earlier measure are done"
                ),
            ),
            ShownColumn(
                _("Unassigned left h"), lambda row: row.unassigned_after, number_format.whole
            ),
            ShownColumn(
                _("Relief so far %"),
                self._share_after,
                number_format.whole,
                tip=_("Share of the achievable relief that this and all earlier measures bring"),
            ),
            ShownColumn(
                _("Survives %"),
                self._survival,
                marked,
                tip=_("Share of draws of the unit times in which it would be proposed again"),
            ),
            ShownColumn(
                _("Evidence"),
                lambda measure: word(measure.evidence) if measure.evidence is not None else None,
                is_extra=True,
            ),
        )

    def _open(self, row: int) -> None:
        measure = self.rows.row_at(row)
        self.asked.emit(
            Where(
                "matrix",
                unit_code=measure.unit_code or measure.to_unit_code,
                post_code=measure.post_code or measure.to_post_code,
                task_code=measure.task_code,
            )
        )

    def _follow_state(self) -> None:
        may, is_there = self.may_decide, bool(self.rows.shown)
        for button in (*self.verdict_buttons.values(), self.lock, self.accept_first, self.first):
            button.setEnabled(may and is_there)
        accepted = Verdict.ACCEPTED in self._verdicts.values()
        self.apply.setEnabled(may and accepted)
        self.robust.setEnabled(is_there and not self._workspace.is_busy)

    def _add_actions(self) -> None:
        for verdict, key in KEYS.items():
            action = QAction(verb(verdict), self.table)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(self._decide_chosen, verdict))
            self.table.addAction(action)
            button = self.verdict_buttons[verdict]
            button.clicked.connect(partial(self._decide_chosen, verdict))
            button.setToolTip(_("{what} (key {key})").format(what=explained(verdict), key=key))
        lock = QAction(_("Lock"), self.table)
        lock.setShortcut(QKeySequence(LOCK_KEY))
        lock.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        lock.triggered.connect(self.lock_chosen)
        self.table.addAction(lock)
        self.lock.clicked.connect(self.lock_chosen)
        self.show_locks.clicked.connect(lambda: LocksDialog(self._workspace, self).open())
        self.accept_first.clicked.connect(self._accept_first)
        self.apply.clicked.connect(self.carry_out)
        self.robust.clicked.connect(self.look_how_robust)
        self.why_not.clicked.connect(lambda: self.why_not_asked.emit(self._current()))

    def _decide_chosen(self, verdict: Verdict | None, is_checked: bool = False) -> None:
        self.decide(verdict)

    def _accept_first(self) -> None:
        project = self._workspace.project
        if project is None or project.plan is None:
            return
        ranks = project.advising.open_among_first(self.first.value())
        if ranks:
            self.decide(Verdict.ACCEPTED, ranks)

    def _lay_out(self) -> None:
        self.first.setSuffix(_(" measures"))
        self.first.setAccessibleName(_("How many measures to accept, from the first on"))
        self.apply.setToolTip(
            _("Change the inputs to what they are after the accepted measures; undo takes it back")
        )
        self.robust.setToolTip(
            _("See how often each measure would be proposed again if the unit times were others")
        )
        self.lock.setToolTip(
            _(
                "Leave what it would change as it is, in this and all later plans (key {key})"
            ).format(key=LOCK_KEY)
        )
        self.show_locks.setToolTip(_("See what is locked, and release it"))
        set_role(self.apply, "primary")
        row = FlowRow()
        for button in (*self.verdict_buttons.values(), self.lock, self.show_locks):
            row.addWidget(button)
        for widget in (self.accept_first, self.first, self.robust, self.why_not, self.apply):
            row.addWidget(widget)
        for label in (self.summary, self._omissions):
            label.setWordWrap(True)
            set_role(label, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(NEAR)
        column.addLayout(row)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self._omissions)
        column.addWidget(self.details)


def _effect(measure: Measure) -> str:
    """Return the saturation before and after on the giving and on the receiving side."""
    sides = (
        (_("giving"), measure.saturation_before, measure.saturation_after),
        (_("receiving"), measure.to_saturation_before, measure.to_saturation_after),
    )
    found = [
        _("{side} {before} → {after}").format(
            side=side, before=number_format.per_cent(before), after=number_format.per_cent(after)
        )
        for side, before, after in sides
        if before is not None or after is not None
    ]
    if measure.evidence is not None:
        found.append(_("hours known by: {grade}").format(grade=word(measure.evidence)))
    return _("; ").join(found) or number_format.MISSING


def _place(unit_code: str, post_code: str, figures: Figures) -> str:
    """Return 单位 · 岗位 of one side of a measure, without what is not named."""
    names = [figures.units[unit_code].name] if unit_code in figures.units else []
    names += [figures.posts[post_code].title] if post_code in figures.posts else []
    return " · ".join(names)
