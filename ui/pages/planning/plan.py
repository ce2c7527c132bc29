"""The plan: choose the means, let the program look, and read what it proposes and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from app.model.findings import Place
from app.model.plan import Measure, Plan
from app.model.remarks import ladder_note
from app.model.vocabulary import Goal, Table
from app.report.chart_rows import shifts, steps
from app.report.plotted import Knot, Survivor
from app.report.wording import measure_sentence, outcome_sentence, plan_headline
from ui.dialogs.policy import PolicyDialog
from ui.dialogs.whynot import WhyNotDialog
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import APART, NEAR, TIGHT, is_dark, set_role
from ui.pages.page import Page, Where
from ui.pages.planning.foresight import HeadcountView, HorizonView
from ui.pages.planning.measures import MeasureView
from ui.pages.planning.proposals import goal_columns, shift_columns, shifted_posts, standing
from ui.pages.planning.running import RunPanel
from ui.tables.table import TableModel, TableView
from ui.widgets.cards import Card
from ui.widgets.elided import ElidedLabel
from ui.widgets.figure import FigureView
from ui.widgets.links import Links, PageLink
from ui.work.workspace import Workspace

ROOM = 1300
"""Logical pixels of the page from which on the means stand beside the plan."""
LEAST_ROWS = 4
"""Measures that are to be seen in a low window."""


class PlanPage(Page):
    """Left the run, right the plan kept last: measures, goals, ladder, posts before and after."""

    NAME = "plan"
    WATCHES = frozenset(Table)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Plan"))
        self.panel = RunPanel(workspace)
        self.headline, self.outcome, self.stale = QLabel(), QLabel(), ElidedLabel()
        self.conflicts = Links()
        self.measures = MeasureView(workspace)
        self.goals = TableModel(goal_columns(workspace), key=lambda goal: goal.goal)
        self.posts = TableModel(shift_columns(workspace), key=lambda post: post.post_code)
        self.ladder, self.relief = FigureView(workspace.jobs), FigureView(workspace.jobs)
        self.shifts, self.robustness = FigureView(workspace.jobs), FigureView(workspace.jobs)
        self.people, self.years = HeadcountView(workspace), HorizonView(workspace)
        self._empty = QLabel()
        self.means = QPushButton(icons.icon(Icon.RUN), _("Plan again…"))
        self._wants_means: bool | None = None
        self._looked_at: object = None
        self.tabs = QTabWidget()
        self._results, self._content = QStackedWidget(), QWidget()
        self._lay_out()
        workspace.opened.connect(self._follow_opening)
        workspace.state_changed.connect(self._show_means)
        if workspace.is_open:
            self._follow_opening()
        self.measures.asked.connect(self.asked)
        self.measures.tested.connect(self._show_robustness)
        self.measures.why_not_asked.connect(self.ask_why_not)
        self.measures.first.valueChanged.connect(self._follow_choice)
        self.panel.policy_asked.connect(self.edit_policy)

    def refresh(self) -> None:
        """Show the plan kept last, or how to get one."""
        self.offer_import(self._content)
        self.panel.show_policy()
        self.panel.follow()
        plan = self.workspace.blocked or self.workspace.plan
        self._results.setCurrentIndex(0 if plan is None else 1)
        self._show_means()
        if plan is None:
            self.hint.setText("")
            return
        self._show_words(plan)
        if plan.conflicts:
            return
        self.measures.show_plan(plan)
        self.goals.set_rows(plan.goals)
        self.posts.set_rows(shifted_posts(plan, self.workspace.figures))
        self.tabs.setTabText(
            0, _("Measures ({count})").format(count=number_format.whole(len(plan.measures)))
        )
        self._show_ladder(plan)
        self._show_relief(plan)
        self._show_shifts(plan)
        if self._looked_at is not self.workspace.county:
            self._looked_at = self.workspace.county
            self._robust_card.hide()
            self.people.show_curve(None)
            self.years.show_horizon(None)

    def take_focus(self) -> None:
        """Put the focus on the measures, or on the button that looks for some."""
        has_measures = bool(self.measures.rows.shown) and not self._panel_side.isVisibleTo(self)
        (self.measures.table if has_measures else self.panel.run).setFocus()

    def ask_why_not(self, measure: Measure | None = None) -> WhyNotDialog:
        """Open the question about another move, beginning with a measure of the plan."""
        dialog = WhyNotDialog(self.workspace, measure, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def edit_policy(self) -> PolicyDialog:
        """Open goals and limits; what is kept there is one undoable step."""
        dialog = PolicyDialog(self.workspace.county, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(
            lambda: self.workspace.change(_("Set goals and limits"), dialog.changes())
        )
        dialog.open()
        return dialog

    def _follow_choice(self) -> None:
        if self.workspace.plan is not None:
            self._show_relief(self.workspace.plan)

    def _show_relief(self, plan: Plan) -> None:
        project = self.workspace.project
        assert project is not None
        curve, is_now_dark = project.advising.relief_curve(), is_dark()
        chosen = self.measures.first.value()

        def draw(width: float) -> Any:
            from app.report.charts.curves import relief_chart  # noqa: PLC0415 - slow, so in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, so in a worker

            return relief_chart(
                [Knot(point.measures, point.share) for point in curve.points],
                knee=curve.knee,
                chosen=chosen,
                title=_("What the first measures bring"),
                note=_("Share of the relief that the best plan of all would bring."),
                width=width,
                ground=DARK if is_now_dark else LIGHT,
            )

        self.relief.show_figure(draw, description=_("What the first measures bring"))

    def _conflict_links(self, plan: Plan) -> Iterator[PageLink]:
        """Yield what cannot hold, each with the way to its cell where there is one."""
        places = plan.conflict_places
        for at, sentence in enumerate(plan.conflicts):
            place = places[at] if at < len(places) else None
            yield PageLink(sentence, self._way_to(place) if place is not None else None)

    def _way_to(self, place: Place) -> Callable[[], object] | None:
        if place.table is Table.POLICY:
            return self.edit_policy
        if place.table is Table.VOLUMES:
            unit_code, task_code = place.key
            where = Where("matrix", unit_code=unit_code, task_code=task_code)
            return lambda: self.asked.emit(where)
        post = self.workspace.figures.posts.get(place.key[0])
        if post is None:
            return None
        row = Where("posts", unit_code=post.unit_code, post_code=post.post_code)
        return lambda: self.asked.emit(row)

    def _show_shifts(self, plan: Plan) -> None:
        figures, is_now_dark = self.workspace.figures, is_dark()
        has_any = bool(shifts(figures, plan))
        self._shift_card.setVisible(has_any)
        if not has_any:
            return

        def draw(width: float) -> Any:
            from app.report.charts.pictures import plan_chart  # noqa: PLC0415 - slow, so in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, so in a worker

            return plan_chart(figures, plan, width=width, ground=DARK if is_now_dark else LIGHT)

        self.shifts.show_figure(draw, description=_("Saturation of posts today and in the plan"))

    def _show_robustness(self, survivals: Any) -> None:
        """Show a `Survivals` of `app.advice.whatif.robustness` under goals and ladder."""
        plan, is_now_dark = self.workspace.plan, is_dark()
        assert plan is not None
        county, figures = self.workspace.county, self.workspace.figures
        sentences = {row.rank: measure_sentence(row, county, figures) for row in plan.measures}
        rows = [Survivor(sentences[row.rank], row.share) for row in survivals.measures]

        def draw(width: float) -> Any:
            from app.report.charts.showing import survivors_chart  # noqa: PLC0415 - slow, so in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, so in a worker

            ground = DARK if is_now_dark else LIGHT
            return survivors_chart(rows, draws=survivals.draws, width=width, ground=ground)

        self._robust_card.show()
        self.robustness.show_figure(draw, description=_("How often each measure stays"))

    def _show_ladder(self, plan: Plan) -> None:
        is_now_dark = is_dark()

        def draw(width: float) -> Any:
            from app.report.charts.bars import ladder_chart  # noqa: PLC0415 - slow, so in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, so in a worker

            return ladder_chart(
                steps(plan),
                title=_("How far each means gets"),
                note=ladder_note(plan),
                width=width,
                ground=DARK if is_now_dark else LIGHT,
            )

        self.ladder.show_figure(draw, description=_("How far each means gets"))

    def _show_words(self, plan: Plan) -> None:
        self.hint.setText(_("made {time}").format(time=number_format.local_time(plan.plan_id)))
        if plan.conflicts:
            self.headline.setText(_("What cannot hold together, and the ways out:"))
        else:
            self.headline.setText(plan_headline(self.workspace.figures, plan))
        self.tabs.setVisible(not plan.conflicts)
        self.conflicts.setVisible(bool(plan.conflicts))
        self.conflicts.show_links(list(self._conflict_links(plan)))
        self.outcome.setText(outcome_sentence(plan))
        project = self.workspace.project
        assert project is not None
        since = standing(step for step in project.history() if step.time > plan.plan_id)
        has_new_data = any(step.tables - {Table.PLANS, Table.SCENARIOS} for step in since)
        has_decisions = sum(step.tables == {Table.PLANS} for step in since) > 1
        if has_new_data:
            text = _("The data changed after this plan was made; plan again to follow it.")
        else:
            text = _("Plan again to have the rest built around your decisions.")
        self.stale.setText(text)
        self.stale.setVisible(has_new_data or has_decisions)

    def _follow_opening(self) -> None:
        if self.workspace.is_open:
            self.panel.show_policy()
        self.panel.follow()

    def _open_post(self, row: int) -> None:
        code = self.posts.row_at(row).post_code
        post = self.workspace.figures.posts.get(code)
        if post is not None:
            self.asked.emit(Where("matrix", unit_code=post.unit_code, post_code=code))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._show_means()

    def _choose_means(self, is_wanted: bool) -> None:
        self._wants_means = is_wanted
        self._show_means()

    def _show_means(self) -> None:
        """Show the means beside the plan where there is room, else when they are wanted."""
        has_plan = self._results.currentIndex() == 1
        is_planning = self.workspace.planning is not None
        is_wanted = self.width() >= ROOM if self._wants_means is None else self._wants_means
        is_shown = is_wanted or is_planning or not has_plan
        self._empty.setText(_is_looking() if is_planning else _no_plan())
        self._panel_side.setVisible(is_shown)
        self.means.setVisible(has_plan and not is_planning)
        self.means.setChecked(is_shown)

    def _lay_out(self) -> None:
        self._panel_side = _scrolled(self.panel)
        self._panel_side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panel_side.setFixedWidth(self.panel.width() + APART)
        self.means.setCheckable(True)
        self.means.setChecked(True)
        self.means.setToolTip(_("Show or hide the means, the goals and the button to plan again"))
        self.means.clicked.connect(self._choose_means)
        # Beside the button it is about, where it moves nothing when it appears.
        policy = self.stale.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.stale.setSizePolicy(policy)
        self.head.setStretchFactor(self.hint, 0)
        self.head.addSpacing(NEAR)
        self.head.addWidget(self.stale, 1)
        self.head.addWidget(self.means)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(APART)
        row.addWidget(self._panel_side)
        row.addWidget(self._results, 1)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self.nothing, 1)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._empty, "muted")
        self._results.addWidget(self._empty)
        self._results.addWidget(self._result_side())

    def _result_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        set_role(self.headline, "heading")
        set_role(self.outcome, "muted")
        for label in (self.headline, self.outcome):
            label.setWordWrap(True)
            column.addWidget(label)
        column.insertWidget(1, self.conflicts)
        posts = TableView(self.posts, name=_("Posts before and after"), key="plan.posts")
        posts.opened.connect(self._open_post)
        table = self.measures.table
        table.setMinimumHeight((LEAST_ROWS + 2) * table.verticalHeader().defaultSectionSize())
        self.tabs.addTab(_scrolled(self.measures), _("Measures"))
        self.tabs.addTab(self._goal_side(), _("Goals and ladder"))
        self.tabs.addTab(self._shift_side(posts), _("Posts before and after"))
        self.tabs.addTab(_scrolled(self.people), _("One person more"))
        self.tabs.addTab(_scrolled(self.years), _("Coming years"))
        self.tabs.setDocumentMode(True)
        column.addWidget(self.tabs, 1)
        return side

    def _shift_side(self, posts: TableView) -> QWidget:
        self._shift_card = _scrolled(Card("", self.shifts, is_at_top=True))
        side = QSplitter(Qt.Orientation.Vertical)
        side.addWidget(self._shift_card)
        side.addWidget(posts)
        side.setChildrenCollapsible(False)
        side.setSizes([300, 260])
        return side

    def _goal_side(self) -> QWidget:
        goals = TableView(self.goals, name=_("Goals"), key="plan.goals")
        goals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = goals.verticalHeader().defaultSectionSize() * len(Goal)
        goals.setFixedHeight(goals.horizontalHeader().sizeHint().height() + rows + TIGHT)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(APART)
        column.addWidget(goals)
        column.addWidget(Card("", self.ladder))
        column.addWidget(Card("", self.relief))
        self._robust_card = Card("", self.robustness)
        self._robust_card.hide()
        column.addWidget(self._robust_card)
        column.addStretch(1)
        return _scrolled(inside)


def _no_plan() -> str:
    return _(
        "No plan yet. Choose the means on the left and press “Find a plan”:\n"
        "the program looks for the fewest changes that relieve the most."
    )


def _is_looking() -> str:
    return _(
        "Looking for a plan; how far it is stands on the left.\n"
        "Meanwhile every other page can be read."
    )


def _scrolled(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    return area
