"""Evidence: how well unit times are known, and how often a post is overloaded if they vary."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.errors import Cancelled
from app.method.policy import policy_of
from app.method.workload import unit_hours
from app.model.bands import DECIMALS, BandScheme, scheme_named
from app.model.county import County, Task
from app.model.figures import Figures, Load
from app.model.vocabulary import OVERLOADED, Band, Evidence, Measuring

Floats: TypeAlias = NDArray[np.float64]
Item = TypeVar("Item")

DRAWS = 1000
SEED = 20260101
PERCENTILES = (5.0, 50.0, 95.0)
AT_ONCE = 1000
"""Draws multiplied at once; between two such lots the user may stop."""


@dataclass(frozen=True, slots=True)
class Range:
    """What the unit time of a task may be, hours a piece: low ≤ likely ≤ high."""

    low: float
    likely: float
    high: float
    is_stated: bool
    """Whether a limit of its own makes the range; else the policy's spread for its grade does."""


@dataclass(frozen=True, slots=True)
class GradeRow:
    """How many hours of tasks rest on one grade of evidence, None being no grade."""

    grade: Evidence | None
    tasks: int
    hours: float
    ranged_hours: float
    """The part of them whose unit time has a range."""


@dataclass(frozen=True, slots=True)
class Risk:
    """How a saturation varies with the unit times, at any level; None without capacity.

    `low`, `middle` and `high` are its 5th, 50th and 95th percentile over the draws, the two
    `required` those of the required people. A probability is the share of draws in the band.
    """

    code: str
    saturation: float | None
    band: Band
    low: float | None
    middle: float | None
    high: float | None
    overload_probability: float | None
    severe_probability: float | None
    """None too where the band scheme has no such band. Work without people is overloaded in every
    draw, and never said to be so severely."""
    required: float
    required_low: float
    required_high: float
    missing_tasks: tuple[str, ...]
    """Tasks with a volume and no unit time: their hours are in none of these figures."""


@dataclass(frozen=True)
class Robustness:
    """What is known about the unit times, and what follows for posts, units and the county."""

    draws: int
    seed: int
    grades: tuple[GradeRow, ...]
    posts: Mapping[str, Risk]
    units: Mapping[str, Risk]
    county: Risk


def range_of(task: Task, spreads: Mapping[Evidence, float]) -> Range | None:
    """Return the range of a task's unit time, None where nothing says how far it may be off.

    A missing limit is likely × (1 ∓ spread) where the policy states a spread for the task's grade
    (`spread.<grade>`, blank by default); else it is the likely time itself. With neither limit nor
    spread there is no range: nothing is made up. Of fixed hours (专项) the range says in
    proportion how far off the stated hours may be.
    """
    likely = task.hours_each
    if likely is None or likely <= 0:
        return None
    spread = spreads.get(task.evidence) if task.evidence is not None else None
    is_stated = task.hours_low is not None or task.hours_high is not None
    if not is_stated and spread is None:
        return None
    low = likely * (1 - (spread or 0.0)) if task.hours_low is None else task.hours_low
    high = likely * (1 + (spread or 0.0)) if task.hours_high is None else task.hours_high
    return Range(min(low, likely), likely, max(high, likely), is_stated)


def ranges(county: County) -> Mapping[str, Range]:
    """Return the range of every task that has one, by task code."""
    spreads = policy_of(county).spreads
    found = {task.task_code: range_of(task, spreads) for task in county.tasks.values()}
    return {code: item for code, item in found.items() if item is not None}


def grades(county: County, figures: Figures) -> tuple[GradeRow, ...]:
    """Return the hours of tasks by grade of evidence, the best grade first, no grade last."""
    known = ranges(county)
    rows = []
    for grade in (*Evidence, None):
        tasks = {task.task_code for task in county.tasks.values() if task.evidence is grade}
        hours = [(row.task_code, row.hours) for row in figures.tasks.values()]
        ours = [(code, number) for code, number in hours if code in tasks]
        ranged = sum(number for code, number in ours if code in known)
        rows.append(GradeRow(grade, len(tasks), sum(number for _code, number in ours), ranged))
    return tuple(rows)


def robustness(
    county: County,
    figures: Figures,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    should_stop: Callable[[], bool] = lambda: False,
) -> Robustness:
    """Return how often posts, units and the county are overloaded if the unit times vary.

    Every unit time with a range is drawn from the triangular distribution over low, likely and
    high, `draws` times; a draw holds for the task in all units and scales a unit's own time alike.
    Volumes, people and allowances stay as they are. Source: method §8, robustness.

    Raises:
        Cancelled: `should_stop`, which is asked all along, said so.
    """
    drawn = _Drawn.of(county, figures, draws=draws, seed=seed, should_stop=should_stop)
    missing = _missing(county)
    missing_on = _missing_by_post(county, missing)
    posts = {
        code: drawn.risk(code, post.load, columns=[i], missing=missing_on.get(code, ()))
        for i, (code, post) in enumerate(until(should_stop, figures.posts.items()))
    }
    units = {
        code: drawn.risk(
            code, unit.load, columns=_columns_of(figures, code), missing=missing.get(code, ())
        )
        for code, unit in until(should_stop, figures.units.items())
    }
    everywhere = tuple(dict.fromkeys(task for tasks in missing.values() for task in tasks))
    whole = drawn.risk("", figures.county.load, columns=list(range(len(posts))), missing=everywhere)
    return Robustness(
        draws=draws,
        seed=seed,
        grades=grades(county, figures),
        posts=MappingProxyType(posts),
        units=MappingProxyType(units),
        county=whole,
    )


def _columns_of(figures: Figures, unit_code: str) -> list[int]:
    """Return the places of a unit's posts among all posts."""
    return [i for i, post in enumerate(figures.posts.values()) if post.unit_code == unit_code]


def until(should_stop: Callable[[], bool], items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items one by one.

    Raises:
        Cancelled: `should_stop`, which is asked before each, said so.
    """
    for item in items:
        if should_stop():
            raise Cancelled
        yield item


def draw_factors(
    tasks: Sequence[tuple[str, Range]],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    should_stop: Callable[[], bool] = lambda: False,
) -> Floats:
    """Return drawn ÷ likely unit time, draws × tasks, each column triangular over its range.

    Every task has a stream of its own, made from the seed and its code, so that its draws are the
    same whatever other tasks there are: scenarios are compared under the same luck.
    """
    factors = np.ones((draws, len(tasks)))
    for column, (code, known) in enumerate(until(should_stop, tasks)):
        digest = hashlib.sha256(code.encode()).digest()
        stream = np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])
        drawn = stream.triangular(known.low, known.likely, known.high, draws)
        factors[:, column] = drawn / known.likely
    return factors


@dataclass(frozen=True)
class _Drawn:
    """The draws: workload in hours and required people, draws × posts in the order of figures."""

    workload: Floats
    required: Floats
    scheme: BandScheme

    @classmethod
    def of(
        cls,
        county: County,
        figures: Figures,
        *,
        draws: int,
        seed: int,
        should_stop: Callable[[], bool],
    ) -> _Drawn:
        """Draw the unit times: workload = today's + Σ (drawn ÷ likely − 1) × hours × CAF."""
        varying = [(code, item) for code, item in ranges(county).items() if item.low < item.high]
        row = {code: i for i, (code, _range) in enumerate(varying)}
        column = {code: i for i, code in enumerate(figures.posts)}
        loads = np.zeros((len(row), len(column)))
        for (_unit_code, task_code, post_code), hours in figures.hours.items():
            if task_code in row:
                caf = figures.posts[post_code].caf
                loads[row[task_code], column[post_code]] += hours * caf
        today = np.array([post.load.workload_hours for post in figures.posts.values()])
        awt = np.array([post.awt_hours for post in figures.posts.values()])
        factors = draw_factors(varying, draws=draws, seed=seed, should_stop=should_stop) - 1
        lots = until(should_stop, range(0, draws, AT_ONCE))
        workload = np.concatenate([today + factors[at : at + AT_ONCE] @ loads for at in lots])
        return cls(workload, workload / awt, scheme_named(figures.band_scheme))

    def risk(self, code: str, load: Load, *, columns: list[int], missing: tuple[str, ...]) -> Risk:
        """Return the risk of some posts together."""
        low = middle = high = severe = None
        overload = 1.0 if load.band in OVERLOADED else None
        if load.capacity_hours > 0:
            saturations = self.workload[:, columns].sum(axis=1) / load.capacity_hours
            low, middle, high = np.percentile(saturations, PERCENTILES).tolist()
            overload = probability(saturations, self.scheme, OVERLOADED)
            severe = probability(saturations, self.scheme, (Band.SEVERE,))
        required = np.percentile(self.required[:, columns].sum(axis=1), PERCENTILES).tolist()
        return Risk(
            code=code,
            saturation=load.saturation,
            band=load.band,
            low=low,
            middle=middle,
            high=high,
            overload_probability=overload,
            severe_probability=severe,
            required=load.required,
            required_low=required[0],
            required_high=required[-1],
            missing_tasks=missing,
        )


def _missing(county: County) -> Mapping[str, tuple[str, ...]]:
    """Return the counted tasks with a volume and no unit time, by unit."""
    found: dict[str, tuple[str, ...]] = {}
    for row in county.volumes.values():
        task = county.tasks[(row.task_code,)]
        is_counted = task.method is Measuring.VOLUME and row.volume > 0
        if is_counted and unit_hours(task, volume=row) is None:
            found[row.unit_code] = (*found.get(row.unit_code, ()), row.task_code)
    return found


def _missing_by_post(
    county: County, missing: Mapping[str, Iterable[str]]
) -> Mapping[str, tuple[str, ...]]:
    cells = {(unit_code, code) for unit_code, codes in missing.items() for code in codes}
    found: dict[str, tuple[str, ...]] = {}
    if not cells:
        return found
    for row in county.assignments.values():
        if (row.unit_code, row.task_code) in cells:
            found[row.post_code] = (*found.get(row.post_code, ()), row.task_code)
    return found


def probability(saturations: Floats, scheme: BandScheme, bands: Collection[Band]) -> float | None:
    """Return the share of saturations in the scheme's classes from the first of `bands` on.

    None where the scheme has none of these bands.
    """
    first = next((i for i, item in enumerate(scheme.classes) if item.band in bands), None)
    if first is None:
        return None
    if first == 0:
        return 1.0
    below = scheme.classes[first - 1]
    snapped = np.round(saturations, DECIMALS)
    above = snapped >= below.upper if below.is_below else snapped > below.upper
    return float(above.mean())
