"""Duties and tasks: a tree of the three lists with the fields beside it, and the burden ledger."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QWidget

from app.language import _, word
from app.model.vocabulary import Burden, Form, Table
from ui.look import number_format
from ui.look.theme import APART, NEAR
from ui.pages.burdens.burden import LedgerView
from ui.pages.burdens.limits import LimitsView
from ui.pages.burdens.policies import PolicyView
from ui.pages.duties.duty_inspector import DutyInspector
from ui.pages.duties.duty_rows import (
    Choice,
    DutyRow,
    TreeLevel,
    Wanted,
    WorkKind,
    counted,
    duty_tree,
)
from ui.pages.page import Page, Where
from ui.tables.table import ShownColumn
from ui.tables.tree import TreeModel, TreeView
from ui.widgets.head_fields import SearchField, UnitChoice
from ui.widgets.nothing import Nothing
from ui.work.workspace import Workspace

TREE, LEDGER, POLICIES, LIMITS = range(4)


class DutiesPage(Page):
    """Left the tree, right what is selected; in tabs of its own what the work is made of."""

    NAME = "duties"
    WATCHES = frozenset(Table) - {Table.PLANS}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Duties and tasks"))
        self.unit, self.kind = UnitChoice(_("Whole county")), QComboBox()
        self.search = SearchField(_("Find a duty, a task or a department"))
        self.rows: TreeModel[DutyRow] = TreeModel(_columns(), key=lambda row: row.key)
        self.tree = TreeView(self.rows, name=_("Duties and tasks"), depth=1)
        self.inspector = DutyInspector(workspace)
        self.ledger = LedgerView(workspace)
        self.policies, self.limits = PolicyView(workspace), LimitsView(workspace)
        self.tabs = QTabWidget()
        self.no_match = Nothing(self)
        self._tree_side = QWidget()
        self._has_unfolded = False
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the duties as they are now, and the tab that is open."""
        if self.offer_import(self.tabs, self.unit, self.kind, self.search):
            return
        self.unit.show_units(self.workspace.figures)
        self._show_tab()

    def go_to(self, where: Where) -> None:
        """Show a unit's tasks, those of a kind, or one task or duty."""
        self.tabs.setCurrentIndex(TREE)
        self.search.clear()
        self.unit.choose(where.unit_code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(where.kind)))
        self._show_tree()
        if where.task_code:
            self.tree.show_key(("task", where.task_code))
        elif where.duty_code:
            self.tree.show_key(("duty", where.duty_code))

    def here(self) -> Where:
        """Return the unit shown, to come back to it."""
        return Where(self.NAME, unit_code=self.unit.unit_code)

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.tabs.setCurrentIndex(TREE)
        self.search.setFocus()

    def _wanted(self) -> Wanted:
        kind: WorkKind = self.kind.currentData()
        return Wanted(self.unit.unit_code, self.search.text(), kind)

    def _show_tab(self) -> None:
        if not self.workspace.is_open:
            return
        unit_code = self.unit.unit_code
        at = self.tabs.currentIndex()
        for widget in (self.kind, self.search):
            widget.setVisible(at == TREE)
        self.unit.setVisible(at in (TREE, LEDGER))
        if at == TREE:
            self._show_tree()
        elif at == LEDGER:
            self.hint.setText(_("Double-click a row to see the tasks behind it."))
            self.ledger.show_unit(unit_code)
        elif at == POLICIES:
            self.hint.setText(_("What policies that cut burden would free, before any planning."))
            self.policies.follow()
        else:
            self.hint.setText(_("The circuit breaker: how much of a form a unit may get a year."))
            self.limits.refresh()

    def _show_tree(self) -> None:
        wanted = self._wanted()
        workspace = self.workspace
        roots = duty_tree(workspace.county, workspace.figures, workspace.findings, wanted)
        self.rows.set_roots(roots)
        if wanted.is_all is self._has_unfolded:
            self._has_unfolded = not wanted.is_all
            self.tree.unfold_to(9 if self._has_unfolded else 1)
        self._tree_side.setVisible(bool(roots))
        self.no_match.setVisible(not roots)
        if workspace.county.duties:
            self.no_match.say(
                _("No duty or task fits. Change the filter, or clear the search."),
                _("Show everything"),
                lambda: self.go_to(Where(self.NAME)),
            )
        else:
            self.no_match.say(_("There are no duties in this plan yet. Import a list of duties."))
        count = counted(self.rows.shown)
        self.hint.setText(
            _("{duties} duties · {tasks} tasks").format(
                duties=number_format.whole(count[TreeLevel.DUTY]),
                tasks=number_format.whole(count[TreeLevel.TASK]),
            )
        )
        self._inspect()

    def _inspect(self) -> None:
        if self.workspace.is_open:
            self.inspector.show_rows(self.tree.items_chosen(), self.unit.unit_code)

    def _open(self, row: DutyRow) -> None:
        if row.task is None:
            return
        task_code = row.task.task_code
        units = (unit for unit, code in self.workspace.figures.tasks if code == task_code)
        unit_code = self.unit.unit_code or next(units, "")
        if unit_code:
            self.asked.emit(Where("matrix", unit_code=unit_code, task_code=task_code))

    def _follow_findings(self) -> None:
        if self.isVisible() and self.workspace.is_open and self.tabs.currentIndex() == TREE:
            self._show_tree()

    def _connect(self) -> None:
        self.tree.chosen.connect(self._inspect)
        self.tree.opened.connect(self._open)
        self.inspector.asked.connect(self.asked)
        self.ledger.asked.connect(self._follow_ledger)
        self.policies.asked.connect(self.asked)
        self.limits.asked.connect(self.go_to)
        self.search.textChanged.connect(self._show_tree)
        self.kind.currentIndexChanged.connect(self._show_tree)
        self.unit.currentIndexChanged.connect(self._show_tab)
        self.tabs.currentChanged.connect(self._show_tab)
        self.workspace.found.connect(self._follow_findings)

    def _follow_ledger(self, where: Where, text: str = "") -> None:
        if where.name != self.NAME:
            self.asked.emit(where)
            return
        self.go_to(where)
        if text:
            self.search.setText(text)

    def _lay_out(self) -> None:
        self.kind.setAccessibleName(_("Tasks shown"))
        self.kind.addItem(_("All tasks"), None)
        self.kind.addItem(_("With findings"), Choice.WITH_FINDINGS)
        self.kind.addItem(_("Carried by nobody"), Choice.CARRIED_BY_NOBODY)
        for burden in Burden:
            self.kind.addItem(word(burden), burden)
        for form in Form:
            self.kind.addItem(_("Form: {form}").format(form=word(form)), form)
        self.search.setFixedWidth(230)
        for widget in (self.unit, self.kind, self.search):
            self.head.addWidget(widget)
        self.tree.fit_columns((10, 6, 4, 4, 8, 6))
        inside = QHBoxLayout(self._tree_side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(APART)
        inside.addWidget(self.tree, 1)
        inside.addWidget(self.inspector)
        first = QWidget()
        both = QHBoxLayout(first)
        both.setContentsMargins(0, NEAR, 0, 0)
        both.addWidget(self._tree_side, 1)
        both.addWidget(self.no_match, 1)
        self.tabs.addTab(first, _("Lists"))
        self.tabs.addTab(self.ledger, _("Burden ledger"))
        self.tabs.addTab(self.policies, _("Policies"))
        self.tabs.addTab(self.limits, _("Limits"))
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.nothing, 1)


def _columns() -> tuple[ShownColumn[DutyRow], ...]:
    return (
        ShownColumn(_("Duty and task"), lambda row: row.name),
        ShownColumn(_("h a year"), lambda row: row.hours, number_format.whole),
        ShownColumn(
            _("Open h"),
            lambda row: row.unassigned_hours,
            lambda value: number_format.whole(value) if abs(value) >= 0.5 else "",
            tip=_("Hours that no post carries"),
        ),
        ShownColumn(_("Posts"), lambda row: len(row.posts), _counted, tip=_("Posts that carry it")),
        ShownColumn(
            _("Findings"),
            lambda row: len(row.findings),
            _counted,
            tip=_("What the check-up found here"),
        ),
        ShownColumn(
            _("Kind"),
            lambda row: word(row.task.burden) if row.task is not None else "",
            tip=_("Kind of burden"),
        ),
        ShownColumn(
            _("Each h"),
            lambda row: row.task.hours_each if row.task is not None else None,
            lambda value: "" if value is None else number_format.hundredths(value),
            tip=_("Time per piece"),
        ),
    )


def _counted(number: float) -> str:
    return number_format.whole(number) if number else ""
