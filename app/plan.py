"""The Plan: a verified solution in the county's own words, kept in the plan file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.findings import Place
from app.vocabulary import Evidence, Goal, Lever, MeasureKind, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """One goal today, in the plan, and its proven lower bound."""

    goal: Goal
    before: float
    value: float
    bound: float


@dataclass(frozen=True, slots=True)
class PlanRung:
    """How far the levers up to and including this one get."""

    lever: Lever
    overload: float
    unassigned_hours: float
    people: float


@dataclass(frozen=True, slots=True)
class PlanPost:
    """One post before and after; people by category; saturation None where nobody is on it."""

    post_code: str
    saturation_before: float | None
    saturation_after: float | None
    people_before: Mapping[str, float]
    people_after: Mapping[str, float]
    workload_before: float
    workload_after: float
    capacity_before: float
    capacity_after: float


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One unit's task before and after: hours left unassigned and hours relieved by the plan."""

    unit_code: str
    task_code: str
    hours: float
    unassigned_before: float
    unassigned_after: float
    relieved: float


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """The hours of a measure's task that it takes from one post, of one unit, and gives another.

    Without a post they are nobody's today; without a receiving post they are relieved.
    """

    unit_code: str
    post_code: str
    to_post_code: str
    hours: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One row an official can act on (method §8); codes are '' where they do not apply.

    `unit`/`post` give, `to_unit`/`to_post` receive; a cut that relieves several units, or several
    posts, names none of them, its `parts` do. `overload_after` is the county's weighted overload
    and `unassigned_after` its unassigned hours once this and every earlier row are done. The
    saturations are those of the giving side (the posts of a cut together) and of the receiving
    side at this row's turn; None is a side that is not there or has no people.
    """

    rank: int
    kind: MeasureKind
    unit_code: str
    to_unit_code: str
    post_code: str
    to_post_code: str
    task_code: str
    category: str
    people: float
    hours: float
    because: str
    needs: str
    overload_after: float
    unassigned_after: float | None = None
    saturation_before: float | None = None
    saturation_after: float | None = None
    to_saturation_before: float | None = None
    to_saturation_after: float | None = None
    evidence: Evidence | None = None
    """How well the hours are known that it rests on."""
    parts: tuple[MeasurePart, ...] = ()

    @property
    def identity(self) -> str:
        """Return what stays the same when it is found again, whatever its size and rank."""
        subject = self.task_code or self.category
        return identity_of(self.kind, subject, self.post_code, self.to_post_code)

    @property
    def unit_codes(self) -> tuple[str, ...]:
        """Return every unit it concerns, those that give first."""
        ends = (self.unit_code, self.to_unit_code)
        units = (*ends, *(part.unit_code for part in self.parts))
        return tuple(dict.fromkeys(unit for unit in units if unit))


def identity_of(kind: MeasureKind, subject: str, post_code: str, to_post_code: str) -> str:
    """Return the identity of a measure about a task or staff category; a cut is in all units."""
    posts = () if kind is MeasureKind.CUT else (post_code, to_post_code)
    return "|".join((kind.value, subject, *posts))


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user decided about a measure; the kept plan it stood in says what it is."""

    measure: str
    """Its identity."""
    verdict: Verdict
    plan_id: str


SOLID, SHAKY = 0.9, 0.5
"""Shares of draws of unit times from which a measure is called solid, and below which shaky."""


@dataclass(frozen=True)
class Plan:
    """One planning run and what it found; `hours` holds the plan's hours per assignment."""

    plan_id: str
    """Sortable text: the UTC time the run ended, to the microsecond."""
    outcome: Outcome
    is_verified: bool
    gap: float
    levers: frozenset[Lever]
    goals: tuple[PlanGoal, ...]
    rungs: tuple[PlanRung, ...]
    posts: tuple[PlanPost, ...]
    tasks: tuple[PlanTask, ...]
    hours: Mapping[tuple[str, str, str], float]
    measures: tuple[Measure, ...]
    conflicts: tuple[str, ...]
    """Sentences that name the user's own limits that cannot hold together."""
    omissions: str
    """What the measures leave out, and decisions that no longer fit: sentences, or ''."""
    seconds: Mapping[str, float]
    conflict_places: tuple[Place | None, ...] = ()
    """The cell that each of `conflicts` is about; a kept plan has none."""
