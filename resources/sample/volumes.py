"""How much of every task the units of the sample county have, and who carries it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from app.method.workload import PostBasis, hours_of
from app.model.county import Assignment, Volume
from app.model.vocabulary import DutyList, Role, UnitKind
from resources.sample.catalogue import Work, plain_hours
from resources.sample.staffing import Place

NOISE = 0.12
"""Spread of a volume around what the unit's figures suggest."""

LEAST_HOURS = 60.0
"""A task that would take a unit less than this in a year does not occur there."""

OWN_TIMES = 0.015
"""Share of volumes that a unit has timed itself."""

SATURATIONS = (
    (0.00, 0.64),
    (0.05, 0.74),
    (0.09, 0.82),
    (0.20, 0.92),
    (0.77, 0.975),
    (0.80, 1.03),
    (0.90, 1.10),
    (0.96, 1.18),
    (0.97, 1.24),
    (1.00, 1.40),
)
"""Quantiles of the saturation of posts where the unit's is `USUAL`."""

USUAL = 0.96
CLOSEST = 1.4
"""A volume moves at most by this factor so that its post comes to the saturation wanted."""


@dataclass(frozen=True)
class Share:
    """The part of a task that a post carries."""

    post_name: str
    share: float


@dataclass(frozen=True)
class Job:
    """A unit's task: its volume, the hours of one piece, and the posts on it, the lead first."""

    work: Work
    volume: Volume
    hours_per_piece: float
    shares: tuple[Share, ...]

    @property
    def hours(self) -> float:
        """Return the hours a year of this task."""
        return self.volume.volume * self.hours_per_piece

    def times(self, factor: float) -> Job:
        """Return this task with its volume multiplied, unless it is what it is."""
        if self.work.is_exact:
            return self
        return replace(self, volume=replace(self.volume, volume=self.volume.volume * factor))


def first_jobs(
    works: Iterable[Work], place: Place, kinds: Iterable[str], random: Random
) -> list[Job]:
    """Return a unit's tasks as its figures suggest them, with noise; what is tiny it has not."""
    jobs = []
    for work in works:
        amount, carriers = _amount(work, place, kinds)
        noise = 1.0 if work.is_exact else random.lognormvariate(0, NOISE)
        volume = Volume(place.unit.unit_code, work.task.task_code, amount * noise)
        hours = work.task.hours_each or 0.0
        if random.random() < OWN_TIMES and hours >= 2:
            volume = replace(volume, hours_each=plain_hours(hours * random.choice([0.8, 1.2, 1.3])))
        piece = hours_of(work.task, volume=replace(volume, volume=1.0), unit=place.unit)
        job = Job(work, volume, piece, tuple(Share(*part) for part in carriers))
        if job.hours >= LEAST_HOURS:
            jobs.append(job)
    return jobs


def joined(jobs: Iterable[Job], keeper: Mapping[str, str], random: Random) -> list[Job]:
    """Return the tasks on the posts that are left, with the shares a little different each time."""
    result = []
    for job in jobs:
        shares: dict[str, float] = {}
        for part in job.shares[1:]:
            name = keeper[part.post_name]
            varied = round(max(0.1, part.share + random.choice([-0.05, 0.0, 0.05])), 2)
            shares[name] = shares.get(name, 0.0) + varied
        lead = keeper[job.shares[0].post_name]
        shares.pop(lead, None)
        rest = round(1 - sum(shares.values()), 2)
        parts = (Share(lead, rest), *(Share(name, round(part, 2)) for name, part in shares.items()))
        result.append(replace(job, shares=parts))
    return result


def hours_by_post(jobs: Iterable[Job]) -> dict[str, float]:
    """Return the hours a year that each post carries."""
    hours: dict[str, float] = {}
    for job in jobs:
        for part in job.shares:
            hours[part.post_name] = hours.get(part.post_name, 0.0) + job.hours * part.share
    return hours


def fitted(jobs: Sequence[Job], place: Place, basis: Mapping[str, PostBasis]) -> list[Job]:
    """Return the tasks with volumes that bring the posts to believable saturations.

    The unit as a whole first; then every post by its rank, so that each volume moves little.
    `basis` is what a post's hours are reckoned with, by its short name.
    """
    capacity = sum(row.capacity_hours for row in basis.values())
    loads = _loads(jobs, basis)
    scale = place.saturation * capacity / sum(loads.values())
    jobs = [job.times(scale) for job in jobs]
    wanted = _wanted(_saturations(jobs, basis), place.saturation)
    start = {job.work.task.task_code: job.volume.volume for job in jobs}
    for _round in range(12):
        now = _saturations(jobs, basis)
        jobs = [_nearer(job, wanted, now, start[job.work.task.task_code]) for job in jobs]
    return [_rounded(job) for job in jobs]


def assignments(jobs: Iterable[Job], post_codes: Mapping[str, str]) -> list[Assignment]:
    """Return who carries what; a township leads no supporting task, so those have no role."""
    rows = []
    for job in jobs:
        unit_code, task_code = job.volume.unit_code, job.volume.task_code
        supporting = job.work.duty_list is DutyList.SUPPORTING and not job.work.department_posts
        for number, part in enumerate(job.shares):
            role = None if supporting else Role.ASSIST if number else Role.LEAD
            rows.append(
                Assignment(unit_code, task_code, post_codes[part.post_name], part.share, role)
            )
    return rows


def _amount(
    work: Work, place: Place, kinds: Iterable[str]
) -> tuple[float, tuple[tuple[str, float], ...]]:
    """Return a unit's volume before noise, and the posts that carry it."""
    if place.unit.kind is not UnitKind.COUNTY_DEPARTMENT:
        return work.rate * place.drivers.get(work.driver, 0.0), work.carriers
    there = [name for name in work.department_posts if name in kinds]
    return (work.department_volume, ((there[0], 1.0),)) if there else (0.0, ())


def _loads(jobs: Iterable[Job], basis: Mapping[str, PostBasis]) -> dict[str, float]:
    hours = hours_by_post(jobs)
    return {name: row.caf * hours.get(name, 0.0) + row.ias_hours for name, row in basis.items()}


def _saturations(jobs: Iterable[Job], basis: Mapping[str, PostBasis]) -> dict[str, float]:
    loads = _loads(jobs, basis)
    return {name: loads[name] / row.capacity_hours for name, row in basis.items()}


def _wanted(now: Mapping[str, float], saturation: float) -> dict[str, float]:
    """Return the saturation each post is to have: the quantile of its rank."""
    ranked = sorted(now, key=lambda name: now[name])
    return {
        name: _quantile((rank + 0.5) / len(ranked)) * saturation / USUAL
        for rank, name in enumerate(ranked)
    }


def _quantile(part: float) -> float:
    for (left, low), (right, high) in pairwise(SATURATIONS):
        if part <= right:
            return low + (high - low) * (part - left) / (right - left)
    return SATURATIONS[-1][1]


def _nearer(job: Job, wanted: Mapping[str, float], now: Mapping[str, float], start: float) -> Job:
    """Return the task a step nearer to what its posts want, within `CLOSEST` of the start."""
    step = 1.0
    for part in job.shares:
        step *= (wanted[part.post_name] / now[part.post_name]) ** part.share
    volume = min(max(job.volume.volume * step, start / CLOSEST), start * CLOSEST)
    return job.times(volume / job.volume.volume)


def _rounded(job: Job) -> Job:
    """Return the task with a volume as it is reported: whole, and round where it is large."""
    if job.work.is_exact:
        return job
    volume = job.volume.volume
    step = 1 if volume < 200 else 5 if volume < 1000 else 10 if volume < 10_000 else 100
    return replace(
        job, volume=replace(job.volume, volume=float(max(1, round(volume / step) * step)))
    )
