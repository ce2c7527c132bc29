"""Soundness: what the numbers rest on, what was assumed, and what they do not say."""

from __future__ import annotations

from collections.abc import Iterator

from app.language import _, ngettext
from app.model.county import County, WorkingTime
from app.model.vocabulary import Measuring


def sources() -> Iterator[tuple[str, str]]:
    """Yield what is computed and the published method it follows."""
    yield (
        _("Duties, tasks, workload, headcount"),
        _("The four-element mechanism: Hu Xiaodong, People's Tribune (人民论坛) 2025, no. 7."),
    )
    yield (
        _("Required headcount, rounding"),
        _("WHO, Workload Indicators of Staffing Need (WISN), user's manual 2010; 2nd ed. 2023."),
    )
    yield (
        _("From hours to headcount"),
        _("The local practice of reckoning headcount from workload (事业编制工作量量化核编法)."),
    )
    yield (
        _("Working year"),
        _("248 working days, 1,984 hours since 2025 (人社部发〔2025〕2号)."),
    )


def assumptions(county: County) -> Iterator[str]:
    """Yield a sentence for everything that nobody stated and that therefore has its default."""
    year = WorkingTime("")
    days = year.working_days - year.leave - year.sick - year.training - year.other
    stated = {category for (category,) in county.working_time}
    missing = [category for (category,) in county.categories if category not in stated]
    if missing:
        yield _("Working time of {categories}: {days:g} days of {hours:g} hours a year.").format(
            categories=_(", ").join(missing), days=days, hours=year.hours_per_day
        )
    if not county.establishment:
        yield _("No establishment is stated: no unit has a vacancy to fill.")
    if not county.allowances:
        yield _("No allowances are stated: all working time is there for tasks.")
    if not county.profiles:
        yield _("No seasons are stated: work is spread evenly over the working days.")
    yield from _about_tasks(county)
    if not any(row.value for row in county.policy.values()):
        yield _("No policy is stated: every parameter has its default.")


def _about_tasks(county: County) -> Iterator[str]:
    ungraded = sum(task.evidence is None for task in county.tasks.values())
    if ungraded:
        yield ngettext(
            "{count} task has no grade of evidence; its unit time is taken as it stands.",
            "{count} tasks have no grade of evidence; their unit times are taken as they stand.",
            ungraded,
        ).format(count=ungraded)
    untimed = sum(
        task.hours_each is None and task.method is Measuring.VOLUME
        for task in county.tasks.values()
    )
    if untimed:
        yield ngettext(
            "{count} task has no unit time of its own; without a unit's it counts no hours.",
            "{count} tasks have no unit time of their own; without a unit's they count no hours.",
            untimed,
        ).format(count=untimed)


def limitations() -> Iterator[str]:
    """Yield what the numbers do not say."""
    yield _("Hours measure quantity; how well a task is done is in no figure.")
    yield _("A saturation is as good as the unit times and volumes below it; see their grades.")
    yield _("A plan is best for its goals, in their order, and within the means allowed.")
    yield _("People count by category and qualification; who they are is for you to judge.")
    yield _("Measures that need an approval are proposals until it is given.")
