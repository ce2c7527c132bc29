"""Measuring: the unit times that matter most and are known least, to be measured next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.method.policy import policy_of
from app.method.uncertainty.evidence import Range, Risk, Robustness, ranges
from app.model.county import County
from app.model.figures import Figures
from app.model.vocabulary import Evidence

SURE = 0.05
"""A share of draws so small, or as near to all of them, leaves no doubt."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One task whose unit time is worth measuring; hours of workload a year."""

    task_code: str
    grade: Evidence | None
    workload_hours: float
    """Σ assigned × CAF of the posts that carry it, all units together."""
    uncertain_hours: float | None
    """What lies between its low and its high end; None where there is no unit time at all."""
    is_range: bool
    """Whether the range of the evidence says so; else the policy's probe stands in for it."""
    posts: int
    posts_in_doubt: int
    """Posts on the task whose band rests on times that are not known well enough."""
    units_without_time: int
    """Units that have a volume of it and no unit time: their hours are in no figure."""


def measurements(
    county: County, figures: Figures, found: Robustness, *, number: int = 50
) -> tuple[Measurement, ...]:
    """Return the tasks to measure next: without any time first, then most uncertain hours.

    uncertain hours = workload × (high − low) ÷ likely. A time without a range is moved by the
    policy's `probe` down and up unless it comes from records: a question what would be if.
    """
    known, probe = ranges(county), policy_of(county).probe
    doubtful = {code for code, risk in found.posts.items() if is_in_doubt(risk)}
    carried = _carried(figures)
    missing = _units_without_time(found)
    rows = []
    for task in county.tasks.values():
        hours, posts = carried.get(task.task_code, (0.0, frozenset()))
        uncertain = _uncertain(hours, known.get(task.task_code), probe=probe, grade=task.evidence)
        lacking = missing.get(task.task_code, 0)
        if uncertain <= 0 and not lacking:
            continue
        rows.append(
            Measurement(
                task_code=task.task_code,
                grade=task.evidence,
                workload_hours=hours,
                uncertain_hours=uncertain if hours > 0 or not lacking else None,
                is_range=task.task_code in known,
                posts=len(posts),
                posts_in_doubt=len(posts & doubtful),
                units_without_time=lacking,
            )
        )
    rows.sort(
        key=lambda row: (-row.units_without_time, -(row.uncertain_hours or 0.0), row.task_code)
    )
    return tuple(rows[:number])


def is_in_doubt(risk: Risk) -> bool:
    """Return whether a band rests on times that nobody knows well enough.

    It does where the posts are overloaded in more than 5 and less than 95 % of the draws.
    """
    return SURE < (risk.overload_probability or 0.0) < 1 - SURE


def _uncertain(hours: float, known: Range | None, *, probe: float, grade: Evidence | None) -> float:
    if known is not None:
        return hours * (known.high - known.low) / known.likely
    return 0.0 if grade is Evidence.RECORDS else hours * 2 * probe


def _carried(figures: Figures) -> Mapping[str, tuple[float, frozenset[str]]]:
    """Return the workload of every task and the posts that carry it."""
    hours: dict[str, float] = {}
    posts: dict[str, set[str]] = {}
    for (_unit_code, task_code, post_code), number in figures.hours.items():
        if number > 0:
            caf = figures.posts[post_code].caf
            hours[task_code] = hours.get(task_code, 0.0) + number * caf
            posts.setdefault(task_code, set()).add(post_code)
    return {code: (number, frozenset(posts[code])) for code, number in hours.items()}


def _units_without_time(found: Robustness) -> Mapping[str, int]:
    counted: dict[str, int] = {}
    for risk in found.units.values():
        for code in risk.missing_tasks:
            counted[code] = counted.get(code, 0) + 1
    return counted
