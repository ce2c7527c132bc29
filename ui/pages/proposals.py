"""What a plan proposes, as tables: measures with their reasons, goals, posts before and after."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.figures import Figures
from app.language import _, word
from app.plan import Measure, Plan, PlanGoal, PlanPost
from app.report.rows import band_after
from app.report.wording import measure_sentence
from app.vocabulary import Goal
from ui import figuring
from ui.pages.page import Where
from ui.tables import Column, TableModel, TableView
from ui.theme import NEAR, set_role
from ui.widgets.details import Details
from ui.workspace import Workspace

LEAST_SHIFT = 0.0005
IN_HOURS = frozenset({Goal.UNASSIGNED_HOURS, Goal.OVERLOAD, Goal.IDLE_HOURS, Goal.CHANGED_HOURS})


class MeasureView(QWidget):
    """The measures in their order, and below them why the selected one and what it needs."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.rows = TableModel(_measure_columns(workspace), key=lambda measure: measure.rank)
        self.table = TableView(self.rows, name=_("Measures"))
        self._details = Details((_("Because"), _("Needs")))
        self._omissions = QLabel()
        self._omissions.setWordWrap(True)
        set_role(self._omissions, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, NEAR, 0, 0)
        column.setSpacing(NEAR)
        column.addWidget(self.table, 1)
        column.addWidget(self._omissions)
        column.addWidget(self._details)
        self.table.selectionModel().selectionChanged.connect(self._show_details)
        self.table.opened.connect(self._open)

    def show_plan(self, plan: Plan) -> None:
        """Show the measures of a plan, the first selected."""
        self.rows.set_rows(plan.measures)
        self._omissions.setText(plan.omissions)
        self._omissions.setVisible(bool(plan.omissions))
        self.table.select_something()
        self._show_details()

    def _show_details(self) -> None:
        row, shown = self.table.currentIndex().row(), self.rows.shown
        measure = shown[row] if 0 <= row < len(shown) else None
        if measure is None:
            self._details.show_texts(None)
            return
        sentence = measure_sentence(measure, self._workspace.county, self._workspace.figures)
        needs = measure.needs or _("Nothing beyond the unit’s own decision.")
        self._details.show_texts((sentence, measure.because, needs))

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


def _measure_columns(workspace: Workspace) -> tuple[Column[Measure], ...]:
    def subject(measure: Measure) -> str:
        task = workspace.county.tasks.get((measure.task_code,))
        return task.name if task is not None else measure.category

    def giver(measure: Measure) -> str:
        return _place(measure.unit_code, measure.post_code, workspace.figures)

    def taker(measure: Measure) -> str:
        is_same = measure.post_code and measure.unit_code == measure.to_unit_code
        unit_code = "" if is_same else measure.to_unit_code
        return _place(unit_code, measure.to_post_code, workspace.figures)

    return (
        Column(_("No."), lambda measure: measure.rank, figuring.whole),
        Column(_("Kind"), lambda measure: word(measure.kind)),
        Column(_("Task or staff"), subject, most_digits=24),
        Column(_("Hours"), lambda measure: measure.hours or None, figuring.whole),
        Column(_("People"), lambda measure: measure.people or None, figuring.people),
        Column(_("From"), giver, most_digits=22),
        Column(_("To"), taker, most_digits=22),
        Column(
            _("Overload left h"),
            lambda measure: measure.overload_after,
            figuring.whole,
            tip=_("The county’s weighted overload once this and every earlier measure are done"),
        ),
    )


def _place(unit_code: str, post_code: str, figures: Figures) -> str:
    """Return 单位 · 岗位 of one side of a measure, without what is not named."""
    names = [figures.units[unit_code].name] if unit_code in figures.units else []
    names += [figures.posts[post_code].title] if post_code in figures.posts else []
    return " · ".join(names)


def goal_columns() -> tuple[Column[PlanGoal], ...]:
    """Return the columns of a plan's goals, in their strict order."""
    return (
        Column(_("Goal"), lambda goal: word(goal.goal)),
        Column(
            _("Unit"),
            lambda goal: _("h a year") if goal.goal in IN_HOURS else _("people"),
        ),
        Column(_("Today"), lambda goal: goal.before, figuring.tenths),
        Column(_("In the plan"), lambda goal: goal.value, figuring.tenths),
        Column(
            _("Proven bound"),
            lambda goal: goal.bound,
            figuring.tenths,
            tip=_("No plan at all can be below this."),
        ),
        Column(
            _("Proof"),
            lambda goal: _("proven best") if is_proven(goal) else _("may get better"),
        ),
    )


def is_proven(goal: PlanGoal) -> bool:
    """Return whether no plan can reach a better value of this goal."""
    return goal.value <= goal.bound + 1e-4 * max(1.0, abs(goal.value))


def shifted_posts(plan: Plan, figures: Figures) -> list[PlanPost]:
    """Return the posts that a plan changes and that are still there, largest relief first."""
    rows = [
        post
        for post in plan.posts
        if post.post_code in figures.posts
        and (abs(_shift(post)) >= LEAST_SHIFT or post.people_before != post.people_after)
    ]
    return sorted(rows, key=_shift)


def _shift(post: PlanPost) -> float:
    return (post.saturation_after or 0.0) - (post.saturation_before or 0.0)


def shift_columns(workspace: Workspace) -> tuple[Column[PlanPost], ...]:
    """Return the columns of posts before and after a plan."""

    def unit_name(post: PlanPost) -> str:
        return workspace.figures.units[workspace.figures.posts[post.post_code].unit_code].name

    return (
        Column(_("Unit"), unit_name),
        Column(_("Post"), lambda post: workspace.figures.posts[post.post_code].title),
        Column(
            _("Before %"),
            lambda post: figuring.hundred(post.saturation_before),
            figuring.tenths,
            band=lambda post: workspace.figures.posts[post.post_code].load.band,
            bar=lambda post: post.saturation_before,
        ),
        Column(
            _("After %"),
            lambda post: figuring.hundred(post.saturation_after),
            figuring.tenths,
            band=lambda post: band_after(post, workspace.figures),
            bar=lambda post: post.saturation_after,
        ),
        Column(
            _("Band after"),
            lambda post: word(band_after(post, workspace.figures)),
            band=lambda post: band_after(post, workspace.figures),
        ),
        Column(_("People before"), lambda post: _people(post.people_before), figuring.people),
        Column(_("People after"), lambda post: _people(post.people_after), figuring.people),
        Column(_("Workload before h"), lambda post: post.workload_before, figuring.whole),
        Column(_("Workload after h"), lambda post: post.workload_after, figuring.whole),
    )


def _people(people: Mapping[str, float]) -> float:
    return sum(people.values())
