"""Scenarios and years: variants beside the baseline, cell by cell, and what came back since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.advice.whatif.scenarios import Comparison
from app.errors import UserError
from app.judging import Judging
from app.language import _
from app.model.changing import Changed
from app.model.scenario import Scenario
from app.model.vocabulary import Table
from app.project import Project
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import APART, NEAR, set_role
from ui.pages.comparing.variant import VariantView
from ui.pages.comparing.years import YearsView
from ui.pages.page import Page, Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.work.jobs import Job
from ui.work.workspace import Workspace

SCENARIOS, YEARS = range(2)
LIST_WIDTH = 360


@dataclass(frozen=True)
class Variant:
    """A scenario with what it leads to; without figures `fault` says what is wrong with it."""

    scenario: Scenario
    judging: Judging | None
    comparison: Comparison | None
    fault: str = ""

    @property
    def saturation(self) -> float | None:
        """Return the saturation of the county in it."""
        return self.judging.figures.county.load.saturation if self.judging is not None else None

    @property
    def required(self) -> float | None:
        """Return the required headcount of the county in it."""
        return self.judging.figures.county.load.required if self.judging is not None else None


class ScenariosPage(Page):
    """Left the scenarios, right the chosen one beside the baseline; in a tab of its own years."""

    NAME = "scenarios"
    WATCHES = frozenset(Table) - {Table.PLANS}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Scenarios and years"))
        self.rows: TableModel[Variant] = TableModel(_columns(), key=lambda row: row.scenario.name)
        self.table = TableView(self.rows, name=_("Scenarios"), key="scenarios")
        self.variant, self.years = VariantView(workspace), YearsView(workspace)
        self.tabs = QTabWidget()
        self.empty = QLabel(
            _(
                "No scenario yet. Press “New” and state what would differ,\n"
                "or keep policies, or a new duty, as a scenario."
            )
        )
        self.buttons: dict[str, QPushButton] = {}
        self._wanted: object = None
        self._show_next = ""
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.tabs.currentChanged.connect(self._say)

    def refresh(self) -> None:
        """Compute every scenario anew, in a worker."""
        if self.offer_import(self.tabs):
            return
        project = self._project
        self._wanted = object()
        wanted, baseline = self._wanted, project.judging

        def work(job: Job) -> list[Variant]:
            return [_variant(project, baseline, item) for item in project.scenarios]

        self.workspace.run(Job("", work), lambda found: self._show(found, wanted))
        self.years.refresh()
        self._say()

    @property
    def chosen(self) -> Variant | None:
        """Return the scenario selected, None where none is."""
        row, shown = self.table.currentIndex().row(), self.rows.shown
        return shown[row] if 0 <= row < len(shown) else None

    @property
    def _project(self) -> Project:
        project = self.workspace.project
        assert project is not None
        return project

    def _say(self) -> None:
        self.hint.setText(
            _("What would be, beside what is; nothing in the plan changes until you adopt it.")
            if self.tabs.currentIndex() == SCENARIOS
            else _("Burden that went down and came back, found by comparing plan files.")
        )

    def _show(self, found: list[Variant], wanted: object) -> None:
        if wanted is not self._wanted:
            return
        self.rows.set_rows(found)
        if self._show_next:
            self.table.show_key(self._show_next)
            self._show_next = ""
        self.table.select_something()
        self._results.setVisible(bool(found))
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._show_chosen()

    def _show_chosen(self) -> None:
        variant = self.chosen
        may_edit = self.workspace.may_edit
        self.buttons["new"].setEnabled(may_edit)
        for name in ("duplicate", "rename", "delete"):
            self.buttons[name].setEnabled(may_edit and variant is not None)
        is_sound = variant is not None and variant.judging is not None
        self.buttons["adopt"].setEnabled(may_edit and is_sound)
        if variant is not None:
            self.variant.show_variant(
                variant.scenario,
                variant.judging,
                variant.comparison,
                fault=variant.fault,
            )

    def _take(self, text: str, take: Callable[[], Changed], show: str) -> None:
        self._show_next = show
        self.workspace.change_widely(text, take)

    def _ask(self, title: str, text: str) -> str:
        name, is_meant = QInputDialog.getText(self, title, _("Name of the scenario"), text=text)
        name = name.strip()
        if not is_meant or not name:
            return ""
        if name != text and any(row.scenario.name == name for row in self.rows.shown):
            self.workspace.tell_error(
                UserError(
                    _("There is a scenario “{name}” already.").format(name=name),
                    remedy=_("Choose a name that no other scenario has."),
                )
            )
            return ""
        return name

    def new(self) -> None:
        """Ask for a name and keep a scenario in which nothing differs yet."""
        name = self._ask(_("New scenario"), "")
        if name:
            take = partial(self._project.keep_scenario, Scenario(name))
            self._take(_("Keeping the scenario…"), take, name)

    def duplicate(self) -> None:
        """Ask for a name and keep the chosen scenario under it too."""
        if self.chosen is None:
            return
        name = self._ask(_("Duplicate the scenario"), self.chosen.scenario.name + _(" (2)"))
        if name:
            other = replace(self.chosen.scenario, name=name)
            take = partial(self._project.keep_scenario, other)
            self._take(_("Keeping the scenario…"), take, name)

    def rename(self) -> None:
        """Ask for another name of the chosen scenario."""
        if self.chosen is None:
            return
        before = self.chosen.scenario.name
        name = self._ask(_("Rename the scenario"), before)
        if name and name != before:
            take = partial(self._project.rename_scenario, before, name)
            self._take(_("Keeping the scenario…"), take, name)

    def delete(self) -> None:
        """Remove the chosen scenario; undo brings it back."""
        if self.chosen is not None:
            take = partial(self._project.drop_scenario, self.chosen.scenario.name)
            self._take(_("Removing the scenario…"), take, "")

    def adopt(self) -> None:
        """Make the inputs those of the chosen scenario; undo takes it back."""
        if self.chosen is not None:
            name = self.chosen.scenario.name
            take = partial(self._project.adopt_scenario, name)
            self._take(_("Adopting the scenario…"), take, name)

    def _lay_out(self) -> None:
        doings: tuple[tuple[str, str, Icon | None, Callable[[], None]], ...] = (
            ("new", _("New…"), Icon.NEW, self.new),
            ("duplicate", _("Duplicate…"), Icon.COPY, self.duplicate),
            ("rename", _("Rename…"), None, self.rename),
            ("delete", _("Delete"), Icon.REMOVE, self.delete),
            ("adopt", _("Adopt into the plan"), Icon.OK, self.adopt),
        )
        for name, text, icon, do in doings:
            button = QPushButton(text) if icon is None else QPushButton(icons.icon(icon), text)
            button.clicked.connect(do)
            self.buttons[name] = button
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        set_role(self.empty, "muted")
        acts = QHBoxLayout()
        acts.setSpacing(NEAR)
        for name in ("new", "duplicate", "rename", "delete"):
            acts.addWidget(self.buttons[name])
        acts.addStretch(1)
        acts.addWidget(self.buttons["adopt"])
        self._results = QWidget()
        split = QHBoxLayout(self._results)
        split.setContentsMargins(0, 0, 0, 0)
        split.setSpacing(APART)
        self.table.setFixedWidth(LIST_WIDTH)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        split.addWidget(self.table)
        split.addWidget(self.variant, 1)
        first = QWidget()
        inside = QVBoxLayout(first)
        inside.setContentsMargins(0, NEAR, 0, 0)
        inside.setSpacing(NEAR)
        inside.addLayout(acts)
        inside.addWidget(self._results, 1)
        inside.addWidget(self.empty, 1)
        self.tabs.addTab(first, _("Scenarios"))
        self.tabs.addTab(self.years, _("Years"))
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.nothing, 1)
        self.variant.asked.connect(self.asked)
        self.years.asked.connect(self.asked)

    def go_to(self, where: Where) -> None:
        """Show the scenarios."""
        self.tabs.setCurrentIndex(SCENARIOS)


def _variant(project: Project, baseline: Judging, scenario: Scenario) -> Variant:
    try:
        judging = project.scenario_judging(scenario.name)
    except UserError as error:
        return Variant(scenario, None, None, str(error))
    return Variant(scenario, judging, judging.compared_with(baseline))


def _columns() -> tuple[ShownColumn[Variant], ...]:
    return (
        ShownColumn(_("Scenario"), lambda row: row.scenario.name, most_digits=18),
        ShownColumn(
            _("Rows"),
            lambda row: len(row.scenario.rows) + len(row.scenario.removed),
            number_format.whole,
            tip=_("Rows that differ from the plan"),
        ),
        ShownColumn(
            _("Saturation %"),
            lambda row: number_format.hundred(row.saturation),
            number_format.tenths,
        ),
        ShownColumn(_("Required"), lambda row: row.required, number_format.tenths),
    )
