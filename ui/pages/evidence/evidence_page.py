"""Evidence: how well unit times are known, what that means for loads, and what to measure next."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QTabWidget

from app.judging import Judging
from app.language import _
from app.method.uncertainty.evidence import DRAWS, SEED, Robustness
from app.model.vocabulary import Table
from ui.look.theme import set_role
from ui.pages.evidence.grades import GradesView
from ui.pages.evidence.risks import MeasuringView, OpinionsView, RiskView
from ui.pages.evidence.tornado import TornadoView
from ui.pages.page import Page, Where
from ui.widgets.head_fields import SearchField, UnitChoice
from ui.widgets.number_box import WholeBox
from ui.work.jobs import Job
from ui.work.workspace import Workspace

GRADES, RISKS, TORNADO, MEASURING, OPINIONS = range(5)
MOST_DRAWS = 10_000
MOST_SEED = 99_999_999


class EvidencePage(Page):
    """Grades and ranges, chances of overload, the tornado, what to measure, a second opinion."""

    NAME = "evidence"
    WATCHES = frozenset(Table) - {Table.PLANS, Table.SCENARIOS}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Evidence and risk"))
        self.unit = UnitChoice(_("Whole county"))
        self.search = SearchField(_("Find a task or a post"))
        self.draws, self.seed = WholeBox(), WholeBox()
        self.grades, self.risks = GradesView(workspace), RiskView(workspace)
        self.tornado, self.measuring = TornadoView(workspace), MeasuringView(workspace)
        self.opinions = OpinionsView(workspace)
        self.tabs = QTabWidget()
        self.found: Robustness | None = None
        self._asked_for: object = None
        self._job: Job | None = None
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show what is known now and draw the unit times anew."""
        if self.offer_import(self.tabs, self.unit, self.search, *self._drawing):
            return
        self.unit.show_units(self.workspace.figures)
        self.tornado.refresh()
        self._show_tab()

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search.setFocus()

    def here(self) -> Where:
        """Return the unit shown, to come back to it."""
        return Where(self.NAME, unit_code=self.unit.unit_code)

    def go_to(self, where: Where) -> None:
        """Show the risk of a unit's posts, or of one."""
        self.unit.choose(where.unit_code)
        if where.post_code:
            self._show_tornado(where.unit_code, where.post_code)

    def _show_tab(self) -> None:
        if not self.workspace.is_open or not self.workspace.county.tasks:
            self.hint.setText("")
            return
        at, unit_code = self.tabs.currentIndex(), self.unit.unit_code
        text = self.search.text()
        self.unit.setVisible(at in (RISKS, TORNADO, OPINIONS))
        self.search.setVisible(at not in (TORNADO, OPINIONS))
        for widget in self._drawing:
            widget.setVisible(at in (RISKS, MEASURING))
        self.hint.setText(self._hint(at))
        if at == GRADES:
            self.grades.refresh(text)
        elif at in (RISKS, MEASURING):
            self._draw()
            self.risks.filter(unit_code, text)
            self.measuring.filter(text)
        elif at == TORNADO:
            self.tornado.show_unit(unit_code)
        else:
            self.opinions.refresh(unit_code)

    def _hint(self, at: int) -> str:
        return {
            GRADES: _("How well unit times are known."),
            RISKS: _("Double-click a row to see why."),
            TORNADO: _("Which input would change a saturation most."),
            MEASURING: _("The heaviest and least known first."),
            OPINIONS: _("Residents, villages and area beside the workload."),
        }[at]

    def _draw(self) -> None:
        """Draw the unit times unless these draws are there or under way."""
        project = self.workspace.project
        assert project is not None
        county, draws, seed = self.workspace.county, self.draws.value(), self.seed.value()
        wanted = (id(county), draws, seed)
        if wanted == self._asked_for:
            return
        if self._job is not None:
            self._job.cancel()
        self._asked_for, judging = wanted, project.judging

        job = Job(
            _("Drawing the unit times…"),
            lambda job: judging.robustness(draws=draws, seed=seed, should_stop=job.should_stop),
            may_cancel=True,
        )
        job.cancelled.connect(partial(self._forget, wanted))
        for view in (self.risks, self.measuring):
            view.tell_drawing()
        self._job = job
        self.workspace.run(job, lambda found: self._show_found(found, wanted, judging))

    def _forget(self, wanted: object) -> None:
        if wanted == self._asked_for:
            self._asked_for = None
            for view in (self.risks, self.measuring):
                view.tell_stopped()

    def _show_found(self, found: Robustness, wanted: object, judging: Judging) -> None:
        if wanted != self._asked_for:
            return
        self.found, self._job = found, None
        self.risks.show_found(found)
        self.measuring.show_rows(judging.measurements(found))

    def _show_tornado(self, unit_code: str, post_code: str) -> None:
        self.unit.choose(unit_code)
        self.tabs.setCurrentIndex(TORNADO)
        self.tornado.show_unit(unit_code, post_code)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.unit.currentIndexChanged.connect(self._show_tab)
        self.search.textChanged.connect(self._show_tab)
        self.draws.editingFinished.connect(self._show_tab)
        self.seed.editingFinished.connect(self._show_tab)
        self.risks.chosen.connect(self._show_tornado)
        for view in (self.grades, self.tornado, self.measuring, self.opinions):
            view.asked.connect(self.asked)

    def _lay_out(self) -> None:
        self.search.setFixedWidth(160)
        self.unit.setMinimumWidth(120)
        self.draws.setRange(100, MOST_DRAWS)
        self.draws.setSingleStep(100)
        self.draws.setValue(DRAWS)
        self.draws.setGroupSeparatorShown(True)
        self.seed.setRange(0, MOST_SEED)
        self.seed.setValue(SEED)
        draws, seed = QLabel(_("Draws")), QLabel(_("Seed"))
        self.draws.setToolTip(_("How often every unit time is drawn from its range"))
        self.seed.setToolTip(_("The same seed gives the same draws, today and next year"))
        for label, spin in ((draws, self.draws), (seed, self.seed)):
            set_role(label, "muted")
            spin.setAccessibleName(label.text())
        self._drawing = (draws, self.draws, seed, self.seed)
        for widget in (*self._drawing, self.unit, self.search):
            self.head.addWidget(widget)
        self.tabs.addTab(self.grades, _("Grades and ranges"))
        self.tabs.addTab(self.risks, _("Chance of overload"))
        self.tabs.addTab(self.tornado, _("What matters most"))
        self.tabs.addTab(self.measuring, _("What to measure next"))
        self.tabs.addTab(self.opinions, _("Second opinion"))
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.nothing, 1)
