"""Reliefs: what a policy that cuts a form of burden leads to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from app.language import _
from app.method.assessing import reassess
from app.method.burden.ledger import (
    BurdenLedger,
    Effort,
    LedgerEntry,
    burden_ledger,
    grouped,
    together,
)
from app.method.burden.shipped_reliefs import Relief
from app.model.county import Assignment, Change, County, Duty, Record, Task, Volume
from app.model.figures import Figures, count_in
from app.model.vocabulary import OVERLOADED, Burden, DutyList, Measuring

_LEAST_HOURS = 1e-9


@dataclass(frozen=True, slots=True)
class Effect:
    """One unit, or the county ('' as code), before and after a policy; hours a year, people."""

    unit_code: str
    demand_before: float
    demand_after: float
    saturation_before: float | None
    saturation_after: float | None
    required_before: float
    required_after: float
    overloaded_before: int
    """Posts in the bands of `OVERLOADED`."""
    overloaded_after: int

    @property
    def people(self) -> float:
        """Return the required headcount that falls away."""
        return self.required_before - self.required_after


@dataclass(frozen=True)
class ReliefEffect:
    """What a policy takes away, what its substitute takes back, and where that leads.

    `county.people` = `cut.people` − `substitute.people`, in every unit too.
    """

    relief: Relief
    cut: Effort
    substitute: Effort
    county: Effect
    units: tuple[Effect, ...]


def relief_changes(
    county: County, figures: Figures, relief: Relief, *, ledger: BurdenLedger | None = None
) -> tuple[Change, ...]:
    """Return the changes of a county's inputs that a policy amounts to (method §6).

    The volumes of the tasks it meets fall by its share. The substitute is a task with fixed hours
    under an unlisted duty of its own; the posts carry it in the proportion in which they carried
    what is cut. A policy never cuts its own substitute.
    """
    entries = _met(ledger or burden_ledger(county, figures), relief)
    changes: list[Change] = []
    for entry in entries:
        before = county.volumes[(entry.unit_code, entry.task.task_code)]
        after = replace(before, volume=before.volume * (1 - relief.reduction))
        changes.append(Change(before=before, after=after))
    if relief.substitute_hours > 0:
        records = _substitute(figures, relief, entries)
        changes += [
            Change(before=county.rows(record.TABLE).get(record.key), after=record)
            for record in records
        ]
    return tuple(changes)


def relief_effect(
    county: County, figures: Figures, relief: Relief, *, ledger: BurdenLedger | None = None
) -> ReliefEffect:
    """Return what a policy does to demand, saturation and required people, unit by unit."""
    ledger = ledger or burden_ledger(county, figures)
    changes = relief_changes(county, figures, relief, ledger=ledger)
    changed = county.with_changes(changes)
    touched = {change.record.unit_code for change in changes if isinstance(change.record, Volume)}
    after = reassess(figures, changed, touched)
    entries = _met(ledger, relief)
    substituted = (
        entry.effort
        for entry in burden_ledger(changed, after).entries
        if entry.task.task_code == _code(relief)
    )
    return ReliefEffect(
        relief=relief,
        cut=together(entry.effort for entry in entries).scaled(relief.reduction),
        substitute=together(substituted),
        county=effect_between(figures, after, ""),
        units=tuple(effect_between(figures, after, unit_code) for unit_code in figures.units),
    )


def _met(ledger: BurdenLedger, relief: Relief) -> list[LedgerEntry]:
    return [
        entry
        for entry in ledger.entries
        if relief.meets(entry.task)
        and entry.task.task_code != _code(relief)
        and entry.effort.hours > _LEAST_HOURS
    ]


def _code(relief: Relief) -> str:
    return f"relief.{relief.key}"


def _substitute(figures: Figures, relief: Relief, entries: list[LedgerEntry]) -> Iterator[Record]:
    code = _code(relief)
    yield Duty(code, _("Substitute: {policy}").format(policy=relief.word), DutyList.UNLISTED)
    yield Task(
        code,
        code,
        relief.substitute or relief.word,
        Burden.NECESSARY_FORMAL,
        method=Measuring.FIXED_HOURS,
        form=relief.form,
        ordered_by=relief.ordered_by,
    )
    carried = _carried(figures, {entry.task.task_code for entry in entries})
    for unit_code, effort in grouped(entries, lambda entry: entry.unit_code).items():
        yield Volume(unit_code, code, relief.substitute_hours)
        posts = carried.get(unit_code, {})
        whole = max(effort.hours, sum(posts.values()))
        for post_code, hours in posts.items():
            yield Assignment(unit_code, code, post_code, hours / whole)


def _carried(figures: Figures, task_codes: Collection[str]) -> Mapping[str, Mapping[str, float]]:
    """Return the hours of these tasks together that every post carries, by unit and post."""
    carried: dict[str, dict[str, float]] = {}
    for (unit_code, task_code, post_code), hours in figures.hours.items():
        if task_code in task_codes and hours > 0:
            posts = carried.setdefault(unit_code, {})
            posts[post_code] = posts.get(post_code, 0.0) + hours
    return carried


def effect_between(before: Figures, after: Figures, unit_code: str) -> Effect:
    """Return one unit, or the county ('' as code), at two moments."""
    one = before.units[unit_code] if unit_code else before.county
    other = after.units[unit_code] if unit_code else after.county
    return Effect(
        unit_code=one.unit_code,
        demand_before=one.demand_hours,
        demand_after=other.demand_hours,
        saturation_before=one.load.saturation,
        saturation_after=other.load.saturation,
        required_before=one.load.required,
        required_after=other.load.required,
        overloaded_before=_overloaded(before, one.unit_code),
        overloaded_after=_overloaded(after, one.unit_code),
    )


def _overloaded(figures: Figures, unit_code: str) -> int:
    posts = (post for post in figures.posts.values() if unit_code in {"", post.unit_code})
    return count_in(posts, OVERLOADED)
