"""The whole list: posts and tasks today, and in the county with all measures carried out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.advice.carrying_out.effects import Assessment
from app.model.figures import Figures
from app.model.plan import Measure, PlanPost, PlanTask
from app.model.vocabulary import MeasureKind


def posts_after(figures: Figures, after: Assessment) -> tuple[PlanPost, ...]:
    """Return every post today (`figures`) and after the measures."""
    return tuple(
        PlanPost(
            post_code=code,
            saturation_before=now.load.saturation,
            saturation_after=then.load.saturation,
            people_before=now.people,
            people_after={**dict.fromkeys(now.people, 0.0), **then.people},
            workload_before=now.load.workload_hours,
            workload_after=then.load.workload_hours,
            capacity_before=now.load.capacity_hours,
            capacity_after=then.load.capacity_hours,
            caf_after=then.caf,
            ias_after=then.load.individual_hours,
        )
        for code, now in figures.posts.items()
        for then in (after.figures.posts[code],)
    )


def tasks_after(
    figures: Figures, measures: Iterable[Measure], after: Assessment
) -> tuple[PlanTask, ...]:
    """Return every task with hours today and after the measures, and what they take off it."""
    relieved: dict[tuple[str, str], float] = defaultdict(float)
    for measure in measures:
        if measure.kind is MeasureKind.CUT:
            for part in measure.parts:
                relieved[part.unit_code, measure.task_of(part)] += part.hours
    return tuple(
        PlanTask(
            unit_code=key[0],
            task_code=key[1],
            hours=now.hours,
            unassigned_before=now.unassigned_hours,
            unassigned_after=after.figures.tasks[key].unassigned_hours,
            relieved=relieved[key],
        )
        for key, now in figures.tasks.items()
        if now.hours > 0
    )
