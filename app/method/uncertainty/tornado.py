"""Tornado: which inputs would change a saturation most, one varied at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from app.method.assessing import reassess
from app.method.policy import policy_of
from app.method.uncertainty.evidence import ranges, until
from app.method.working_time import available_days, working_time
from app.model.bands import BandScheme, scheme_named
from app.model.county import Change, County
from app.model.figures import Figures, Load
from app.model.vocabulary import Word


class InputKind(Word):
    """What kind of input is varied."""

    UNIT_TIME = "unit_time", "单件工时", "unit time"
    VOLUME = "volume", "年业务量", "volume"
    WORKING_TIME = "working_time", "人均可用工时", "available working time"
    ABILITY = "ability", "能力系数", "ability"


@dataclass(frozen=True, slots=True)
class Swing:
    """One input at its two ends, and the saturation each leads to while the others stay."""

    kind: InputKind
    code: str
    """The task, the staff category or the post."""
    today: float
    low: float
    high: float
    is_range: bool
    """Whether low and high are the range of the evidence; else they are today ∓ the probe."""
    saturation_low: float
    """The saturation with the input at `low`."""
    saturation_high: float
    changes_band: bool
    """Whether one of the ends leads to another band than today's."""

    @property
    def swing(self) -> float:
        """Return how far apart the two saturations are."""
        return abs(self.saturation_high - self.saturation_low)


@dataclass(frozen=True)
class Tornado:
    """The inputs of one post, unit or the county ('' as code), the widest swing first."""

    code: str
    saturation: float | None
    swings: tuple[Swing, ...]


_Factors: TypeAlias = tuple[float, float]
"""What an input is multiplied by at its low and at its high end."""


@dataclass(frozen=True)
class _Subject:
    """The posts a tornado is about, and what their load is today."""

    county: County
    figures: Figures
    load: Load
    posts: frozenset[str]
    units: frozenset[str]
    scheme: BandScheme

    def with_hours(self, hours: float, factors: _Factors) -> tuple[float, float]:
        """Return the saturations once these hours of workload are multiplied by each factor."""
        low, high = (
            (self.load.workload_hours + (factor - 1) * hours) / self.load.capacity_hours
            for factor in factors
        )
        return low, high

    def swing(
        self,
        kind: InputKind,
        code: str,
        *,
        values: tuple[float, float, float],
        saturations: tuple[float, float],
        is_range: bool = False,
    ) -> Swing:
        """Return an input's swing; `values` are today's, the low and the high one."""
        bands = {self.scheme.class_of(saturation) for saturation in saturations}
        today, low, high = values
        return Swing(
            kind=kind,
            code=code,
            today=today,
            low=low,
            high=high,
            is_range=is_range,
            saturation_low=saturations[0],
            saturation_high=saturations[1],
            changes_band=bands != {self.scheme.class_of(self.load.saturation or 0.0)},
        )


def tornado(
    county: County,
    figures: Figures,
    *,
    unit_code: str | None = None,
    post_code: str | None = None,
    number: int = 20,
    should_stop: Callable[[], bool] = lambda: False,
) -> Tornado:
    """Return what would change the saturation of a post, else of a unit, else of the county.

    A unit time goes to the ends of its range; where it has none, and for volumes, available
    working time and ability, the input is moved by the policy's `probe` down and up: a question
    what would be if, not a statement of what may be. Empty without capacity.

    Raises:
        Cancelled: `should_stop`, which is asked between inputs, said so.
    """
    subject = _subject(county, figures, unit_code=unit_code, post_code=post_code)
    code = post_code or unit_code or ""
    if subject.load.saturation is None:
        return Tornado(code=code, saturation=None, swings=())
    probe = policy_of(county).probe
    factors = (1 - probe, 1 + probe)
    hours = _hours_by_task(subject)
    found = chain(
        _of_unit_times(subject, hours, factors),
        _of_volumes(subject, hours, factors),
        _of_abilities(subject, factors),
        _of_working_times(subject, factors),
    )
    swings = list(until(should_stop, found))
    swings.sort(key=lambda item: (-item.swing, item.kind, item.code))
    return Tornado(code=code, saturation=subject.load.saturation, swings=tuple(swings[:number]))


def _subject(
    county: County, figures: Figures, *, unit_code: str | None, post_code: str | None
) -> _Subject:
    if post_code is not None:
        post = figures.posts[post_code]
        load, posts, units = post.load, {post_code}, {post.unit_code}
    else:
        load = figures.county.load if unit_code is None else figures.units[unit_code].load
        units = set(figures.units) if unit_code is None else {unit_code}
        posts = {code for code, post in figures.posts.items() if post.unit_code in units}
    scheme = scheme_named(figures.band_scheme)
    return _Subject(county, figures, load, frozenset(posts), frozenset(units), scheme)


def _of_unit_times(
    subject: _Subject, hours: Mapping[str, float], factors: _Factors
) -> Iterator[Swing]:
    """Yield unit times at the ends of their range; a unit's own time of the task moves alike."""
    known = ranges(subject.county)
    for code in hours:
        each, limits = subject.county.tasks[(code,)].hours_each, known.get(code)
        if not each:
            continue
        ends = factors if limits is None else (limits.low / each, limits.high / each)
        yield subject.swing(
            InputKind.UNIT_TIME,
            code,
            values=(each, each * ends[0], each * ends[1]),
            saturations=subject.with_hours(hours[code], ends),
            is_range=limits is not None,
        )


def _of_volumes(
    subject: _Subject, hours: Mapping[str, float], factors: _Factors
) -> Iterator[Swing]:
    """Yield the volumes of the tasks, all units of the subject together."""
    volumes = dict.fromkeys(hours, 0.0)
    for row in subject.county.volumes.values():
        if row.unit_code in subject.units and row.task_code in volumes:
            volumes[row.task_code] += row.volume
    for code, volume in volumes.items():
        yield subject.swing(
            InputKind.VOLUME,
            code,
            values=(volume, volume * factors[0], volume * factors[1]),
            saturations=subject.with_hours(hours[code], factors),
        )


def _hours_by_task(subject: _Subject) -> Mapping[str, float]:
    """Return the workload (hours × CAF) that every task brings to the posts."""
    found: dict[str, float] = {}
    for (_unit_code, task_code, post_code), hours in subject.figures.hours.items():
        if post_code in subject.posts and hours > 0:
            caf = subject.figures.posts[post_code].caf
            found[task_code] = found.get(task_code, 0.0) + hours * caf
    return found


def _of_abilities(subject: _Subject, factors: _Factors) -> Iterator[Swing]:
    """Yield the posts' abilities: a factor on the capacity of each."""
    workload, capacity = subject.load.workload_hours, subject.load.capacity_hours
    for code in sorted(subject.posts):
        own = subject.figures.posts[code].load.capacity_hours
        if own <= 0:
            continue
        ability = subject.county.posts[(code,)].ability
        low, high = (workload / (capacity + own * (factor - 1)) for factor in factors)
        yield subject.swing(
            InputKind.ABILITY,
            code,
            values=(ability, ability * factors[0], ability * factors[1]),
            saturations=(low, high),
        )


def _of_working_times(subject: _Subject, factors: _Factors) -> Iterator[Swing]:
    """Yield the categories' available working time, in hours a year.

    Allowances are shares of it, so that capacity and CAF both move: the figures are computed anew.
    """
    people = (subject.figures.posts[code].people for code in subject.posts)
    for category in sorted({category for entries in people for category in entries}):
        year = working_time(subject.county, category)
        hours = available_days(year) * year.hours_per_day
        low, high = (
            _saturation(subject, category, available_days(year) * (factor - 1))
            for factor in factors
        )
        yield subject.swing(
            InputKind.WORKING_TIME,
            category,
            values=(hours, hours * factors[0], hours * factors[1]),
            saturations=(low, high),
        )


def _saturation(subject: _Subject, category: str, more_days: float) -> float:
    """Return the subject's saturation if a category worked so many days more a year."""
    year = working_time(subject.county, category)
    change = Change(
        before=subject.county.working_time.get((category,)),
        after=replace(year, working_days=year.working_days + more_days),
    )
    figures = reassess(subject.figures, subject.county.with_changes([change]), subject.units)
    loads = [figures.posts[code].load for code in subject.posts]
    return sum(load.workload_hours for load in loads) / sum(load.capacity_hours for load in loads)
