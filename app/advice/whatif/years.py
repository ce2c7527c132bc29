"""Years: the same county in several years, and the burden that came back (回潮)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.method.burden.ledger import burden_ledger
from app.model.county import County
from app.model.figures import Figures
from app.model.vocabulary import Burden, Word

_NOISE = 1e-9


class Subject(Word):
    """What the hours of several years belong to."""

    DUTY = "duty", "职责", "duty"
    TASK = "task", "任务", "task"
    FORM = "form", "形式", "form"


class Movement(Word):
    """How burden has gone up."""

    REBOUND = "rebound", "先降后升", "went down, then up"
    GROWTH = "growth", "比上年增加", "up on the year before"


@dataclass(frozen=True, slots=True)
class Year:
    """One plan file among several: what it is called, its inputs and its figures."""

    name: str
    county: County
    figures: Figures


@dataclass(frozen=True, slots=True)
class Rebound:
    """Burden that is higher than it was: hours of every year, the earliest first."""

    subject: Subject
    code: str
    movement: Movement
    hours: tuple[float, ...]
    least: float
    """Hours of the year from which it went up."""

    @property
    def rise(self) -> float | None:
        """Return the last year's hours ÷ the least − 1; None where there were none before."""
        return self.hours[-1] / self.least - 1 if self.least > 0 else None

    @property
    def more_hours(self) -> float:
        """Return by how many hours it went up."""
        return self.hours[-1] - self.least


def rebounds(years: Sequence[Year], *, threshold: float, least_hours: float) -> tuple[Rebound, ...]:
    """Return the duties, tasks and forms whose burden went up, most additional hours first.

    Only formalistic and formal but necessary hours count: more real work is no rebound. Rows are
    matched by their codes; what a year does not have had no hours in it. It is a rebound where the
    hours had gone down by more than `threshold` of what they were and came up again by more than
    that, and growth where they are up on the year before. Rises of fewer than `least_hours` a year
    are left out.

    Args:
        years: at least two, the earliest first.
        threshold: a share of the hours before (policy `rebound_threshold`).
        least_hours: hours a year (policy `minimum_measure`).
    """
    by_year = [_hours(year) for year in years]
    found = [
        rebound
        for subject, code in dict.fromkeys(key for hours in by_year for key in hours)
        for rebound in _judged(
            subject,
            code,
            tuple(hours.get((subject, code), 0.0) for hours in by_year),
            threshold,
        )
        if rebound.more_hours >= least_hours - _NOISE
    ]
    return tuple(sorted(found, key=lambda item: (item.subject, -item.more_hours, item.code)))


def _hours(year: Year) -> Mapping[tuple[Subject, str], float]:
    hours: dict[tuple[Subject, str], float] = {}
    for entry in burden_ledger(year.county, year.figures).entries:
        task = entry.task
        if task.burden is Burden.SUBSTANTIVE:
            continue
        form = task.form.value if task.form is not None else ""
        codes = {Subject.DUTY: task.duty_code, Subject.TASK: task.task_code, Subject.FORM: form}
        for key in codes.items():
            hours[key] = hours.get(key, 0.0) + entry.effort.hours
    return hours


def _judged(
    subject: Subject, code: str, hours: tuple[float, ...], threshold: float
) -> Iterator[Rebound]:
    """Yield the movement of one row of hours, if it went up at the end."""
    last, before = hours[-1], hours[-2]
    low = min(range(len(hours) - 1), key=hours.__getitem__)
    peak = max(hours[: low + 1])
    has_dropped = hours[low] < peak * (1 - threshold) - _NOISE
    if has_dropped and last > hours[low] * (1 + threshold) + _NOISE:
        yield Rebound(subject, code, Movement.REBOUND, hours, hours[low])
    elif last > before * (1 + threshold) + _NOISE:
        yield Rebound(subject, code, Movement.GROWTH, hours, before)
