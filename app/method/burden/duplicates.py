"""Duplicates: orders of different departments that ask for the same, and what once would save."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.method.burden.likeness import deliverable, likeness, may_serve_both
from app.method.grouping import Identity
from app.method.policy import policy_of
from app.model.county import County, Task
from app.model.figures import Figures
from app.model.settings import setting_for
from app.model.vocabulary import Form

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DuplicateOrder:
    """A task that asks for what another one asks for already."""

    task_code: str
    kept_code: str
    """The task that would serve both departments: the one that takes more hours."""
    likeness: float
    saved_hours: float
    """Hours a year saved by handing in once, over the units that do both."""
    unit_codes: tuple[str, ...]


def duplicate_orders(county: County, figures: Figures) -> tuple[DuplicateOrder, ...]:
    """Return the tasks that repeat what another department has ordered (method §5).

    Two tasks are the same order where their departments differ, form and cycle agree, and their
    subjects are alike from policy `duplicate_threshold`. Of several that are alike, the task with
    most hours is kept and each of the others compared with it:
    saved = Σ over the units that do both of min(hours of the one, hours of the other).

    Raises:
        UnreadablePolicy: a policy value does not fit its key.
    """
    threshold = policy_of(county).duplicate_threshold
    likeness_of = {
        pair: value
        for pair, value in _alike(Identity(county.tasks)).items()
        if value >= threshold and _departments_differ(county, pair)
    }
    hours = _hours_by_unit(figures, {code for pair in likeness_of for code in pair})
    return tuple(_repeated(likeness_of, hours))


def _repeated(
    likeness_of: Mapping[_Pair, float], hours: Mapping[str, Mapping[str, float]]
) -> Iterator[DuplicateOrder]:
    """Go through the tasks by falling hours; what is like an earlier one repeats it."""
    order = sorted(hours, key=lambda code: (-sum(hours[code].values()), code))
    repeated: set[str] = set()
    for place, kept in enumerate(order):
        if kept in repeated:
            continue
        for code in order[place + 1 :]:
            alike = likeness_of.get((kept, code), likeness_of.get((code, kept)))
            both = tuple(unit for unit in hours[kept] if unit in hours[code])
            if alike is None or code in repeated or not both:
                continue
            repeated.add(code)
            saved = sum(min(hours[kept][unit], hours[code][unit]) for unit in both)
            yield DuplicateOrder(code, kept, alike, saved, both)


@lru_cache(maxsize=2)
def _alike(tasks: Identity) -> Mapping[_Pair, float]:
    """Return the likeness of every two tasks that could be one order, as far as it may count."""
    setting = setting_for("duplicate_threshold")
    assert setting is not None and setting.low is not None
    wanted = {code: deliverable(task) for (code,), task in tasks.table.items()}
    found: dict[_Pair, float] = {}
    for form in Form:
        codes = [code for code, item in wanted.items() if item.form in {form, None}]
        values = likeness([wanted[code].subject for code in codes])
        for i, j in np.argwhere(np.triu(values >= setting.low, k=1)):
            if may_serve_both(wanted[codes[i]], wanted[codes[j]]):
                found[(codes[i], codes[j])] = float(values[i, j])
    return found


def _departments_differ(county: County, pair: _Pair) -> bool:
    one, other = (_department(county.tasks[(code,)]) for code in pair)
    return bool(one and other and one != other)


def _department(task: Task) -> str:
    return "".join(task.ordered_by.split())


def _hours_by_unit(figures: Figures, codes: set[str]) -> dict[str, dict[str, float]]:
    hours: dict[str, dict[str, float]] = {code: {} for code in codes}
    for row in figures.tasks.values():
        if row.task_code in codes and row.hours > 0:
            hours[row.task_code][row.unit_code] = row.hours
    return hours
