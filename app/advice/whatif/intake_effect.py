"""Reckoning: what new work does to a unit and its office, and the arithmetic as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.advice.whatif.host_office import HostOffice
from app.language import _
from app.method.workload import hours_of, unit_hours
from app.model.county import Task, Unit, Volume
from app.model.figures import Load
from app.model.vocabulary import Measuring


@dataclass(frozen=True)
class Reckoning:
    """New work of so many hours a year in a unit, carried by the posts of an office.

    Without an office that may carry it only `hours` and the unit's load are known.
    """

    hours: float
    load: Load
    """Of the unit today."""
    host: HostOffice | None
    target: float
    rounding: Callable[[float], float]

    @property
    def workload_hours(self) -> float:
        """Return hours × CAF of the posts that would carry them."""
        return self.hours * (self.host.caf if self.host is not None else 1.0)

    @property
    def room_hours(self) -> float:
        """Return target × capacity − workload of the unit today; below 0 it is beyond that."""
        return self.target * self.load.capacity_hours - self.load.workload_hours

    @property
    def missing_hours(self) -> float:
        """Return the new workload for which the unit has no room."""
        return max(0.0, self.workload_hours - max(0.0, self.room_hours))

    @property
    def people(self) -> float:
        """Return missing hours ÷ (target × AWT of one more person like those of the office)."""
        if self.host is None:
            return 0.0
        return self.missing_hours / (self.target * self.host.awt_hours)

    @property
    def people_rounded(self) -> float:
        """Return the people by the policy's rounding."""
        return self.rounding(self.people)

    @property
    def unit_after(self) -> float | None:
        """Return the unit's saturation with the new work, None without capacity."""
        return self._unit_with(0.0)

    @property
    def unit_with_people(self) -> float | None:
        """Return the unit's saturation once the rounded people have come too."""
        return self._unit_with(self.people_rounded)

    @property
    def office_before(self) -> float | None:
        """Return the office's saturation today."""
        return self.host.load.saturation if self.host is not None else None

    @property
    def office_after(self) -> float | None:
        """Return the office's saturation with the new work."""
        return self.host.saturation_with(self.workload_hours) if self.host is not None else None

    @property
    def office_excess_hours(self) -> float:
        """Return the workload by which the office would be beyond the target."""
        if self.host is None:
            return 0.0
        load = self.host.load
        after = load.workload_hours + self.workload_hours
        return max(0.0, after - self.target * load.capacity_hours)

    def _unit_with(self, people: float) -> float | None:
        more = people * self.host.awt_hours if self.host is not None else 0.0
        capacity = self.load.capacity_hours + more
        workload = self.load.workload_hours + self.workload_hours
        return workload / capacity if capacity > 0 else None


def arithmetic(
    reckoning: Reckoning, *, unit: Unit, tasks: Mapping[str, Task], volumes: Sequence[Volume]
) -> Iterator[str]:
    """Yield the reckoning line by line, in figures one can check."""
    for volume in volumes:
        yield _task_line(tasks[volume.task_code], volume=volume, unit=unit)
    host, load = reckoning.host, reckoning.load
    if host is None or load.saturation is None:
        return
    yield _("{hours:,.1f} h × {caf:.4f} (CAF of {office}) = {workload:,.1f} h of workload").format(
        hours=reckoning.hours,
        caf=host.caf,
        office=host.office or _("the unit"),
        workload=reckoning.workload_hours,
    )
    for name, part in ((unit.name, load), (host.office or unit.name, host.load)):
        yield _(
            "{name}: {before:,.1f} h ÷ {capacity:,.1f} h = {saturation:.1%} today;"
            " ({before:,.1f} + {new:,.1f}) h ÷ {capacity:,.1f} h = {after:.1%} with it"
        ).format(
            name=name,
            before=part.workload_hours,
            capacity=part.capacity_hours,
            saturation=part.workload_hours / part.capacity_hours,
            new=reckoning.workload_hours,
            after=(part.workload_hours + reckoning.workload_hours) / part.capacity_hours,
        )
    yield _(
        "Room of the unit: {target:.0%} × {capacity:,.1f} h − {workload:,.1f} h = {room} h"
    ).format(
        target=reckoning.target,
        capacity=load.capacity_hours,
        workload=load.workload_hours,
        room=f"{reckoning.room_hours:,.1f}".replace("-", "−"),
    )
    if reckoning.missing_hours > 0:
        yield _(
            "({workload:,.1f} − {room:,.1f}) h ÷ ({target:.0%} × {awt:,.1f} h) = {people:.3f}"
            " people, rounded {rounded:g}"
        ).format(
            workload=reckoning.workload_hours,
            room=max(0.0, reckoning.room_hours),
            target=reckoning.target,
            awt=host.awt_hours,
            people=reckoning.people,
            rounded=reckoning.people_rounded,
        )


def _task_line(task: Task, *, volume: Volume, unit: Unit) -> str:
    hours = hours_of(task, volume=volume, unit=unit)
    if task.method is Measuring.FIXED_HOURS:
        return _("{task}: {hours:,.1f} h a year").format(task=task.name, hours=hours)
    return _(
        "{task}: {volume:,g} × {each:g} h × {people:g} (people) × {difficulty:g} (difficulty)"
        " × {travel:g} (travel) × (1 − {saving:g}) = {hours:,.1f} h"
    ).format(
        task=task.name,
        volume=volume.volume,
        each=unit_hours(task, volume=volume),
        people=task.people_each,
        difficulty=task.difficulty,
        travel=unit.travel if task.is_field else 1.0,
        saving=task.saving,
        hours=hours,
    )
