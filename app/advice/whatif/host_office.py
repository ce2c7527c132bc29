"""Hosting: which office of a unit is best suited for new work, and what its people are like."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from app.method.grouping import rows_by
from app.model.county import County, Task
from app.model.figures import Figures, Load, PostFigures
from app.model.vocabulary import OUTSIDE_ESTABLISHMENT


@dataclass(frozen=True, slots=True)
class HostOffice:
    """An office and those of its posts that may carry new work, in proportion to capacity."""

    office: str
    load: Load
    """Of the whole office."""
    posts: tuple[PostFigures, ...]
    area_hours: float
    """Hours a year that the office carries of the same area (领域) already."""

    @property
    def capacity_hours(self) -> float:
        """Return the capacity of the posts that may carry it."""
        return sum(post.load.capacity_hours for post in self.posts)

    @property
    def caf(self) -> float:
        """Return their CAF, weighted by capacity: what one hour of new work becomes."""
        weighted = sum(post.caf * post.load.capacity_hours for post in self.posts)
        return weighted / self.capacity_hours

    @property
    def awt_hours(self) -> float:
        """Return the hours a year of one more person like theirs: capacity ÷ people."""
        return self.capacity_hours / sum(post.load.existing for post in self.posts)

    def saturation_with(self, workload_hours: float) -> float:
        """Return the office's saturation once it has this workload more."""
        return (self.load.workload_hours + workload_hours) / self.load.capacity_hours


def best_host(
    county: County,
    figures: Figures,
    unit_code: str,
    *,
    tasks: Sequence[Task],
    area: str,
    hours: float,
) -> HostOffice | None:
    """Return the office of a unit that suits new work best, None where no post may carry it.

    A post may carry it that has people, is not pinned, holds every qualification asked for and,
    for tasks that only officers may do, has people of the establishment. Best is the office with
    most hours of the same area (领域); where none has any, the one least loaded with the new work.
    """
    hosts = list(_hosts(county, figures, unit_code, tasks=tasks, area=area))

    def rank(host: HostOffice) -> tuple[float, float, str]:
        return -host.area_hours, host.saturation_with(hours * host.caf), host.office

    return min(hosts, key=rank, default=None)


def _hosts(
    county: County, figures: Figures, unit_code: str, *, tasks: Sequence[Task], area: str
) -> Iterator[HostOffice]:
    asked = {name for task in tasks for name in task.qualifications}
    for_officers = any(task.is_officer_only for task in tasks)
    same_area = _area_hours(county, figures, unit_code, area)
    by_office: dict[str, list[PostFigures]] = {}
    for post in rows_by("unit_code", county.posts).get(unit_code, ()):
        figure = figures.posts[post.post_code]
        is_fit = asked <= set(post.qualifications) and not post.is_pinned
        if is_fit and _has_people(figure, for_officers=for_officers):
            by_office.setdefault(post.office, []).append(figure)
    for office, posts in by_office.items():
        yield HostOffice(
            office=office,
            load=figures.offices[unit_code, office].load,
            posts=tuple(posts),
            area_hours=same_area.get(office, 0.0),
        )


def _has_people(post: PostFigures, *, for_officers: bool) -> bool:
    inside: Collection[str] = set(post.people) - {OUTSIDE_ESTABLISHMENT}
    return post.load.capacity_hours > 0 and (bool(inside) or not for_officers)


def _area_hours(county: County, figures: Figures, unit_code: str, area: str) -> dict[str, float]:
    hours: dict[str, float] = {}
    if not area:
        return hours
    for row in rows_by("unit_code", county.assignments).get(unit_code, ()):
        duty_code = county.tasks[(row.task_code,)].duty_code
        carried = figures.hours.get((row.unit_code, row.task_code, row.post_code), 0.0)
        if county.duties[(duty_code,)].area == area and carried > 0:
            office = figures.posts[row.post_code].office
            hours[office] = hours.get(office, 0.0) + carried
    return hours
