"""The Plan: a verified solution in the county's own words, kept in the plan file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.model.findings import Place
from app.model.vocabulary import Evidence, Goal, Lever, MeasureKind, Outcome, Verdict

_LISTED = "+"
"""Stands between codes where an identity names several."""


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """One goal today, at the solver's own point, its proven lower bound, and after the measures.

    `value` and `bound` say how far one could get (理论最低值); `after` is what the listed measures
    bring once they are carried out. A plan of an older version does not say it: None.
    """

    goal: Goal
    before: float
    value: float
    bound: float
    after: float | None = None

    @property
    def reached(self) -> float:
        """Return where the goal stands after the measures; of an older plan, its value."""
        return self.value if self.after is None else self.after


@dataclass(frozen=True, slots=True)
class PlanRung:
    """How far the levers up to and including this one get."""

    lever: Lever
    overload: float
    unassigned_hours: float
    people: float


@dataclass(frozen=True, slots=True)
class PlanPost:
    """One post today and once all measures are carried out; people by category.

    Saturation is None where nobody is on it.
    """

    post_code: str
    saturation_before: float | None
    saturation_after: float | None
    people_before: Mapping[str, float]
    people_after: Mapping[str, float]
    workload_before: float
    workload_after: float
    capacity_before: float
    capacity_after: float
    caf_after: float
    ias_after: float
    """Hours of individual allowances; with the CAF they follow the crew."""


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One unit's task today and after the measures: hours unassigned, and hours they relieve."""

    unit_code: str
    task_code: str
    hours: float
    unassigned_before: float
    unassigned_after: float
    relieved: float


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """The hours of a task that a measure takes from one post, of one unit, and gives another.

    Without a post they are nobody's today; without a receiving post they are relieved. The task is
    named where the measure is about several, '' is its only one.
    """

    unit_code: str
    post_code: str
    to_post_code: str
    hours: float
    task_code: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a measure is the right one and what it needs: codes, names and figures in no language.

    `app.model.reasons` makes sentences of them, with the saturations that the measure itself has.
    """

    because: str
    needs: str
    area: str = ""
    """The area of duties in which the receiving post works already."""
    cap: float | None = None
    """The share of the task that may be relieved."""
    names: tuple[str, ...] = ()
    """The qualifications it takes, or who has to consent."""
    is_above_target: bool = False
    """Whether hours fill a receiving post above its target."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One row an official can act on (method §8); codes are '' where they do not apply.

    `unit`/`post` give, `to_unit`/`to_post` receive; a measure that concerns several units, posts
    on one side or tasks names none of them, its `parts` do. `overload_after` is the county's
    weighted overload and `unassigned_after` its unassigned hours once this and every earlier row
    are done. The saturations are those of the giving side and of the receiving side at this row's
    turn (several posts together); None is a side that is not there or has no people.
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
    """Sentences of a plan that an older version kept; else '', and `reason` says it."""
    overload_after: float
    unassigned_after: float | None = None
    saturation_before: float | None = None
    saturation_after: float | None = None
    to_saturation_before: float | None = None
    to_saturation_after: float | None = None
    evidence: Evidence | None = None
    """How well the hours are known that it rests on."""
    parts: tuple[MeasurePart, ...] = ()
    reason: Reason | None = None
    ordinal: int = 0
    """Counts on where another measure of the list has all else in common with it."""
    peak_before: float | None = None
    peak_after: float | None = None
    to_peak_before: float | None = None
    to_peak_after: float | None = None
    """The saturations of both sides in their peak month."""
    overtime_saved: float | None = None
    """Hours per person and week less above capacity, on the side that is relieved (method §3)."""

    @property
    def identity(self) -> str:
        """Return what stays the same when it is found again, whatever its size and rank.

        No two measures of a list share it.
        """
        subject = _LISTED.join(sorted(self.task_codes)) or self.category
        giver = self.post_code or (self.unit_code if self.is_vacancy else "")
        posts = giver, _LISTED.join(sorted(self.to_post_codes))
        known = (self.kind, subject, *(() if self.kind is MeasureKind.CUT else posts))
        return "|".join((*known, *([f"#{self.ordinal}"] if self.ordinal else [])))

    @property
    def is_vacancy(self) -> bool:
        """Tell whether a unit hands another the headcount of a vacancy, and nobody with it."""
        return self.kind is MeasureKind.TRANSFER and not self.post_code

    @property
    def task_codes(self) -> tuple[str, ...]:
        """Return the tasks it is about, that of most hours first."""
        hours: dict[str, float] = {self.task_code: 0.0} if self.task_code else {}
        for part in self.parts:
            hours[self.task_of(part)] = hours.get(self.task_of(part), 0.0) + part.hours
        return tuple(sorted(filter(None, hours), key=lambda code: -hours[code]))

    @property
    def to_post_codes(self) -> tuple[str, ...]:
        """Return the posts that receive, the one of most hours first."""
        hours: dict[str, float] = {self.to_post_code: 0.0}
        for part in self.parts:
            hours[part.to_post_code] = hours.get(part.to_post_code, 0.0) + part.hours
        return tuple(sorted(filter(None, hours), key=lambda code: -hours[code]))

    def task_of(self, part: MeasurePart) -> str:
        """Return the task that one of its parts is about."""
        return part.task_code or self.task_code

    @property
    def unit_codes(self) -> tuple[str, ...]:
        """Return every unit it concerns, those that give first."""
        ends = (self.unit_code, self.to_unit_code)
        units = (*ends, *(part.unit_code for part in self.parts))
        return tuple(dict.fromkeys(unit for unit in units if unit))


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a list of measures, as a code and figures in no language."""

    code: str
    share: float | None = None
    hours: float | None = None
    count: int | None = None


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
    """One planning run and the list of measures it led to, which is the plan (method §8).

    `posts`, `tasks` and `hours` (per assignment) are the county once all measures are carried out.
    """

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
    """Sentences of a plan that an older version kept; else '', and `remarks` say it."""
    seconds: Mapping[str, float]
    conflict_places: tuple[Place | None, ...] = ()
    """The cell that each of `conflicts` is about; a kept plan has none."""
    remarks: tuple[Remark, ...] = ()
    """What the measures leave out, and decisions that no longer fit."""

    def goal(self, goal: Goal) -> PlanGoal:
        """Return how one goal stands; all 0 where a plan does not say."""
        return next((row for row in self.goals if row.goal is goal), PlanGoal(goal, 0.0, 0.0, 0.0))
