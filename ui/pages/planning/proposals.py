"""What a plan comes to, as tables: its goals, and the posts before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.language import _, word
from app.model.figures import Figures
from app.model.plan import Plan, PlanGoal, PlanPost
from app.model.vocabulary import Goal, Outcome
from app.report.chart_rows import band_after, band_before
from ui.look import number_format
from ui.tables.table import ShownColumn
from ui.work.workspace import Workspace

if TYPE_CHECKING:
    from app.store.records.history import Step

LEAST_SHIFT = 0.0005
IN_HOURS = frozenset({Goal.UNASSIGNED_HOURS, Goal.OVERLOAD, Goal.IDLE_HOURS, Goal.CHANGED_HOURS})


def goal_columns(workspace: Workspace) -> tuple[ShownColumn[PlanGoal], ...]:
    """Return the columns of a plan's goals, in their strict order."""

    def proof(goal: PlanGoal) -> str:
        if is_proven(goal):
            return _("proven best")
        plan = workspace.plan
        is_settled = plan is not None and plan.outcome is Outcome.OPTIMAL
        return _("best within its tolerance") if is_settled else _("may get better")

    return (
        ShownColumn(_("Goal"), lambda goal: word(goal.goal)),
        ShownColumn(
            _("Unit"),
            lambda goal: _("h a year") if goal.goal in IN_HOURS else _("people"),
        ),
        ShownColumn(_("Today"), lambda goal: goal.before, number_format.tenths),
        ShownColumn(
            _("After the measures"),
            lambda goal: goal.reached,
            number_format.tenths,
            tip=_("Where the goal stands once all measures are carried out."),
        ),
        ShownColumn(
            _("At best"),
            lambda goal: goal.value,
            number_format.tenths,
            tip=_("How far one could get if every hour were handed on that may be."),
        ),
        ShownColumn(
            _("Proven bound"),
            lambda goal: goal.bound,
            number_format.tenths,
            tip=_("No plan at all can be below this."),
        ),
        ShownColumn(_("Proof"), proof),
    )


def is_proven(goal: PlanGoal) -> bool:
    """Return whether no plan can reach a better value of this goal."""
    return goal.value <= goal.bound + 1e-3 * max(1.0, abs(goal.value))


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


def shift_columns(workspace: Workspace) -> tuple[ShownColumn[PlanPost], ...]:
    """Return the columns of posts before and after a plan."""

    def unit_name(post: PlanPost) -> str:
        return workspace.figures.units[workspace.figures.posts[post.post_code].unit_code].name

    return (
        ShownColumn(_("Unit"), unit_name),
        ShownColumn(_("Post"), lambda post: workspace.figures.posts[post.post_code].title),
        ShownColumn(
            _("Before %"),
            lambda post: number_format.hundred(post.saturation_before),
            number_format.tenths,
            band=lambda post: band_before(post, workspace.figures),
            bar=lambda post: post.saturation_before,
        ),
        ShownColumn(
            _("After %"),
            lambda post: number_format.hundred(post.saturation_after),
            number_format.tenths,
            band=lambda post: band_after(post, workspace.figures),
            bar=lambda post: post.saturation_after,
        ),
        ShownColumn(
            _("Band after"),
            lambda post: word(band_after(post, workspace.figures)),
            band=lambda post: band_after(post, workspace.figures),
        ),
        ShownColumn(
            _("People before"), lambda post: _people(post.people_before), number_format.people
        ),
        ShownColumn(
            _("People after"), lambda post: _people(post.people_after), number_format.people
        ),
        ShownColumn(_("Workload before h"), lambda post: post.workload_before, number_format.whole),
        ShownColumn(_("Workload after h"), lambda post: post.workload_after, number_format.whole),
    )


def _people(people: Mapping[str, float]) -> float:
    return sum(people.values())


def standing(steps: Iterable[Step]) -> list[Step]:
    """Return the steps that still hold: a step that was undone, and its undo, are left out."""
    held: dict[int, Step] = {}
    gone: dict[int, Step] = {}
    for step in steps:
        about = step.target if step.target is not None else step.number
        if step.kind == "undo" and about in held:
            gone[about] = held.pop(about)
        elif step.kind == "redo" and about in gone:
            held[about] = gone.pop(about)
        elif step.kind == "redo" and held.get(about) is not None:
            del held[about]
        else:
            held[about] = step
    return list(held.values())
