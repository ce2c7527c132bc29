"""The gate: what is missing in a county for a plan of it to mean anything (method §8)."""

from __future__ import annotations

from collections.abc import Iterator

from app.model.county import County
from app.model.figures import Figures
from app.model.plan import Remark
from app.model.remarks import Remarked
from app.model.vocabulary import Evidence

MUCH = 0.25
"""From this share of the hours on, what nobody is there for decides what a plan says."""
NEARLY_ALL = 0.95
"""From this share on, hours rest on estimates only."""


def gaps(county: County, figures: Figures) -> tuple[Remark, ...]:
    """Return each gap with the share of the hours that it concerns; () where a plan has a ground.

    Shares are of all assigned hours, of all hours of tasks, or of all categories of staff.
    """
    return tuple(_gaps(county, figures))


def _gaps(county: County, figures: Figures) -> Iterator[Remark]:
    whole = figures.county
    empty = [
        post.load.assigned_hours
        for post in figures.posts.values()
        if post.load.existing <= 0 and post.load.assigned_hours > 0
    ]
    if whole.assigned_hours > 0 and sum(empty) >= MUCH * whole.assigned_hours:
        share = sum(empty) / whole.assigned_hours
        yield Remark(Remarked.NO_PEOPLE, share=share, hours=sum(empty), count=len(empty))
    rows = county.establishment.values()
    if county.posts and all(row.authorised is None and row.in_post is None for row in rows):
        yield Remark(Remarked.NO_HEADCOUNT, share=1.0, count=len(county.units))
    hours = whole.demand_hours
    open_tasks = [task for task in figures.tasks.values() if task.unassigned_hours > 0]
    if hours > 0 and whole.unassigned_hours >= MUCH * hours:
        left = whole.unassigned_hours
        yield Remark(Remarked.NOBODY_CARRIES, share=left / hours, hours=left, count=len(open_tasks))
    estimated = [
        task.hours
        for task in figures.tasks.values()
        if county.tasks[(task.task_code,)].evidence is Evidence.ESTIMATE
    ]
    if hours > 0 and sum(estimated) >= NEARLY_ALL * hours:
        share = sum(estimated) / hours
        yield Remark(Remarked.ESTIMATES, share=share, hours=sum(estimated), count=len(estimated))
