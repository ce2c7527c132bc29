"""What an allocation workbook shows: the units, posts, tasks and hours of a plan, or of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from app.errors import UserError
from app.language import _
from app.model.bands import BandScheme, scheme_named
from app.model.county import County, Duty, Post, Task
from app.model.figures import Figures
from app.model.findings import Finding
from app.model.plan import Measure, Plan

_UNSHOWN = str.maketrans(dict.fromkeys((*map(chr, range(32)), "\ufffe", "\uffff"), " "))
"""What the XML of tabs and charts has no place for; cells can hold it."""
_NOTHING = 1e-9
"""Hours below this are noise of the solver, no assignment."""


@dataclass(frozen=True, slots=True)
class PostState:
    """A post as the matrix shows it: people by category, and what its hours are reckoned with."""

    people: Mapping[str, float]
    capacity_hours: float
    caf: float
    ias_hours: float
    hours: Mapping[str, float]
    """Hours by task code."""

    @property
    def assigned_hours(self) -> float:
        """Return the hours of its tasks."""
        return sum(self.hours.values())

    @property
    def workload_hours(self) -> float:
        """Return assigned × CAF + IAS (method §3)."""
        return self.assigned_hours * self.caf + self.ias_hours


@dataclass(frozen=True)
class Showing:
    """Everything one allocation workbook is made from, picked for one unit or for all."""

    county: County
    figures: Figures
    findings: Sequence[Finding]
    plan: Plan | None
    unit_codes: tuple[str, ...]

    @classmethod
    def of(
        cls,
        county: County,
        figures: Figures,
        findings: Sequence[Finding],
        *,
        plan: Plan | None,
        unit_code: str | None,
    ) -> Showing:
        """Pick what is shown.

        Raises:
            UserError: there is no such unit.
        """
        known = tuple(code for (code,) in county.units)
        if unit_code is not None and unit_code not in known:
            raise UserError(
                _("There is no unit “{unit}” in this plan.").format(unit=unit_code),
                remedy=_("Use a code from sheet 单位."),
            )
        chosen = known if unit_code is None else (unit_code,)
        about = [finding for finding in findings if finding.unit_code in {"", *chosen}]
        return cls(county, figures, about, plan, chosen)

    @cached_property
    def scheme(self) -> BandScheme:
        """Return the band scheme of the figures."""
        return scheme_named(self.figures.band_scheme)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Return the staff categories in the order of their columns."""
        return tuple(category for (category,) in self.county.categories)

    @cached_property
    def posts(self) -> Mapping[str, Sequence[Post]]:
        """Return the posts of every unit, those of an office side by side."""
        offices: dict[str, dict[str, list[Post]]] = {code: {} for code in self.unit_codes}
        for post in self.county.posts.values():
            if post.unit_code in offices:
                offices[post.unit_code].setdefault(post.office, []).append(post)
        return {code: list(chain(*found.values())) for code, found in offices.items()}

    def tasks(self, unit_code: str) -> Iterator[tuple[Duty, Sequence[Task]]]:
        """Yield the duties of a unit with their tasks, both in their order; volume decides."""
        for duty_code, tasks in self._tasks_by_duty.items():
            found = [task for task in tasks if (unit_code, task.task_code) in self.figures.tasks]
            if found:
                yield self.county.duties[(duty_code,)], found

    @cached_property
    def today(self) -> Mapping[str, PostState]:
        """Return every post as it is."""
        hours = self._by_post(self.figures.hours)
        return {
            code: PostState(
                post.people,
                post.load.capacity_hours,
                post.caf,
                post.load.individual_hours,
                hours.get(code, {}),
            )
            for code, post in self.figures.posts.items()
        }

    @cached_property
    def shown(self) -> Mapping[str, PostState]:
        """Return every post once the measures are carried out; without a plan as it is."""
        if self.plan is None:
            return self.today
        hours = self._by_post(self.plan.hours)
        after = {post.post_code: post for post in self.plan.posts}
        return {
            code: replace(
                state,
                people=after[code].people_after,
                capacity_hours=after[code].capacity_after,
                caf=after[code].caf_after,
                ias_hours=after[code].ias_after,
                hours=hours.get(code, {}),
            )
            if code in after
            else state
            for code, state in self.today.items()
        }

    @cached_property
    def relieved(self) -> Mapping[tuple[str, str], float]:
        """Return the hours the plan still takes off each unit's task, none once carried out."""
        if self.plan is None:
            return {}
        carried: dict[tuple[str, str], float] = {}
        for (unit_code, task_code, _post), hours in self.plan.hours.items():
            carried[unit_code, task_code] = carried.get((unit_code, task_code), 0.0) + hours
        return {
            key: min(task.relieved, max(0.0, now.hours - left))
            for task in self.plan.tasks
            for key in ((task.unit_code, task.task_code),)
            for left in (carried.get(key, 0.0) + task.unassigned_after,)
            if (now := self.figures.tasks.get(key)) is not None
        }

    @property
    def measures(self) -> Sequence[Measure]:
        """Return the plan's measures that concern the units shown."""
        measures = self.plan.measures if self.plan is not None else ()
        return [row for row in measures if {*row.unit_codes} & {*self.unit_codes}]

    def unit_name(self, unit_code: str) -> str:
        """Return the name of a unit, its code where it is gone, as charts and tabs can show it."""
        unit = self.county.units.get((unit_code,))
        return (unit.name if unit is not None else unit_code).translate(_UNSHOWN)

    def post_name(self, post_code: str) -> str:
        """Return the title of a post, its code where it is gone."""
        post = self.county.posts.get((post_code,))
        return post.title if post is not None else post_code

    def task_name(self, task_code: str) -> str:
        """Return the name of a task, its code where it is gone."""
        task = self.county.tasks.get((task_code,))
        return task.name if task is not None else task_code

    def place(self, unit_code: str, post_code: str) -> str:
        """Return unit and post of one side of a measure, '' where there is none."""
        names = [self.unit_name(unit_code)] if unit_code else []
        names += [self.post_name(post_code)] if post_code else []
        return " · ".join(names)

    @cached_property
    def _tasks_by_duty(self) -> Mapping[str, Sequence[Task]]:
        tasks: dict[str, list[Task]] = {duty_code: [] for (duty_code,) in self.county.duties}
        for task in self.county.tasks.values():
            tasks[task.duty_code].append(task)
        return tasks

    def _by_post(self, hours: Mapping[tuple[str, str, str], float]) -> dict[str, dict[str, float]]:
        """Return hours by post and task; what the county has no longer is left out."""
        found: dict[str, dict[str, float]] = {}
        for (unit_code, task_code, post_code), value in hours.items():
            post = self.figures.posts.get(post_code)
            is_known = (unit_code, task_code) in self.figures.tasks
            if is_known and post is not None and post.unit_code == unit_code:
                found.setdefault(post_code, {})[task_code] = value if value > _NOTHING else 0.0
        return found
