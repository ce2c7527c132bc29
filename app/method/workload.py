"""Workload: the hours of tasks, and what a post's hours are reckoned with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.errors import BlockedByData
from app.language import _
from app.method.allowances import AllowanceBook, category_allowance_factor, crew_of
from app.method.grouping import rows_by
from app.method.working_time import available_hours, working_time
from app.model.county import County, Post, Task, Unit, Volume
from app.model.vocabulary import Measuring


@dataclass(frozen=True, slots=True)
class PostBasis:
    """What a post's saturation and required headcount are reckoned with (method §3, §4)."""

    people: Mapping[str, float]
    """People on duty by category, those with none left out."""
    existing: float
    capacity_hours: float
    """Σ people × AWT × ability."""
    awt_hours: float
    """AWT_eff = capacity ÷ existing; of an empty post, what one person would have."""
    caf: float
    ias_hours: float


def awt_hours(county: County, category: str) -> float:
    """Return the available working time of one person of a category, hours a year (method §1).

    Raises:
        BlockedByData: its working year leaves no working time.
    """
    return available_hours(working_time(county, category))


def unit_hours(task: Task, *, volume: Volume) -> float | None:
    """Return the hours of one piece: the unit's own, else the task's; None where both are missing.

    Source: workbook §1 (sheet 任务量 overrides sheet 任务).
    """
    return volume.hours_each if volume.hours_each is not None else task.hours_each


def hours_of(task: Task, *, volume: Volume, unit: Unit) -> float:
    """Return the hours a year of a unit's task.

    件数: volume × hours_each × people_each × difficulty × travel × (1 − saving), `travel` being the
    unit's factor for field work and 1 for the rest. 专项: the volume is the hours. A missing unit
    time gives 0 here; the check-up reports it. Source: method §2.
    """
    if task.method is Measuring.FIXED_HOURS:
        return volume.volume
    each = unit_hours(task, volume=volume)
    if each is None:
        return 0.0
    travel = unit.travel if task.is_field else 1.0
    hours = volume.volume * each * task.people_each * task.difficulty
    return hours * travel * (1 - task.saving)


def task_hours(
    county: County, unit_codes: Iterable[str] | None = None
) -> Mapping[tuple[str, str], float]:
    """Return the hours a year of every unit's task, by unit and task code (method §2).

    Args:
        county: the inputs.
        unit_codes: only these units; None means all.
    """
    volumes = rows_by("unit_code", county.volumes)
    return MappingProxyType(
        {
            (unit.unit_code, row.task_code): hours_of(
                county.tasks[(row.task_code,)], volume=row, unit=unit
            )
            for unit in _units(county, unit_codes)
            for row in volumes.get(unit.unit_code, ())
        }
    )


def post_basis(county: County, unit_codes: Iterable[str] | None = None) -> Mapping[str, PostBasis]:
    """Return what every post's figures are reckoned with, by post code (method §2–§4).

    Args:
        county: the inputs.
        unit_codes: only the posts of these units; None means all.

    Raises:
        BlockedByData: an allowance, a working year or an ability makes no sense.
    """
    book = AllowanceBook(county)
    posts = rows_by("unit_code", county.posts)
    return MappingProxyType(
        {
            post.post_code: basis_of(county, book=book, post=post, unit=unit)
            for unit in _units(county, unit_codes)
            for post in posts.get(unit.unit_code, ())
        }
    )


def basis_of(county: County, *, book: AllowanceBook, post: Post, unit: Unit) -> PostBasis:
    """Return what one post's figures are reckoned with.

    capacity = Σ people × AWT × ability. An empty post takes AWT × ability and ΣCAS of its first
    category with an entry, 0 included; without any entry, AWT of a new plan and CAF 1.
    Source: method §3, §4.

    Raises:
        BlockedByData: an allowance, a working year or the ability makes no sense.
    """
    entries = rows_by("post_code", county.staffing).get(post.post_code, ())
    crew = crew_of(county, entries)
    existing = sum(crew.people.values())
    ability = ability_of(post)
    capacity = ability * sum(
        people * awt_hours(county, category) for category, people in crew.people.items()
    )
    one_person = ability * awt_hours(county, next(iter(crew.weights), ""))
    return PostBasis(
        people=MappingProxyType(dict(crew.people)),
        existing=existing,
        capacity_hours=capacity,
        awt_hours=capacity / existing if existing > 0 else one_person,
        caf=category_allowance_factor(book.category_share(post=post, unit=unit, crew=crew)),
        ias_hours=book.individual_hours(post=post, unit=unit, crew=crew),
    )


def ability_of(post: Post) -> float:
    """Return the ability factor of a post, 1 for ordinary.

    Raises:
        BlockedByData: it is not above 0, so that its people would have no capacity.
    """
    if post.ability <= 0:
        raise BlockedByData(
            _("Post “{post}” has an ability factor of {ability:g}.").format(
                post=post.title, ability=post.ability
            ),
            remedy=_("Enter an ability factor above 0 on sheet 岗位; 1 is ordinary."),
        )
    return post.ability


def _units(county: County, unit_codes: Iterable[str] | None) -> Iterator[Unit]:
    if unit_codes is None:
        yield from county.units.values()
        return
    for unit_code in unit_codes:
        if (unit_code,) in county.units:
            yield county.units[(unit_code,)]
