"""The figures of posts, offices, units and the county, as they travel to screens and sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.model.vocabulary import Band


@dataclass(frozen=True, slots=True)
class Load:
    """Workload against capacity at any level (method §3, §4); hours a year, ratios as ratios.

    `workload_hours` = `assigned_hours` + `category_hours` + `individual_hours`;
    `required` = `a` × `b` + `c`; `saturation` is None where `band` says why.
    """

    assigned_hours: float
    category_hours: float
    individual_hours: float
    workload_hours: float
    capacity_hours: float
    saturation: float | None
    band: Band
    peak_month: int | None
    peak_saturation: float | None
    existing: float
    a: float
    b: float
    c: float
    required: float
    required_rounded: float
    difference: float
    ratio: float | None
    monthly_hours: tuple[float, ...] = ()
    """Workload of each month, January first; together `workload_hours`."""


@dataclass(frozen=True, slots=True)
class PostFigures:
    """One post's load, and what it was computed from."""

    post_code: str
    unit_code: str
    office: str
    title: str
    people: Mapping[str, float]
    awt_hours: float
    """AWT_eff: hours of one person on this post, ability included."""
    caf: float
    load: Load


def count_in(posts: Iterable[PostFigures], bands: Collection[Band]) -> int:
    """Return how many posts fall into any of these bands."""
    return sum(post.load.band in bands for post in posts)


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """One office of one unit; posts without an office share the name ''."""

    unit_code: str
    office: str
    load: Load


@dataclass(frozen=True, slots=True)
class Headcount:
    """核定 / 实有 / 在岗 of a unit and category; a missing figure is None, never 0."""

    unit_code: str
    category: str
    authorised: float | None
    in_post: float | None
    on_duty: float | None
    """By the establishment: in post − lent out − absent + borrowed."""
    on_posts: float
    """By the posts: Σ of people on them."""
    vacancies: float | None


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One unit: its load and its reconciled hours: demand = assigned + unassigned − surplus.

    Hours that are shared out beyond what tasks have hide nothing that lies open elsewhere.
    """

    unit_code: str
    name: str
    demand_hours: float
    assigned_hours: float
    unassigned_hours: float
    load: Load

    @property
    def surplus_hours(self) -> float:
        """Return the hours that are assigned beyond what there is (分配超额)."""
        return max(0.0, self.assigned_hours + self.unassigned_hours - self.demand_hours)


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """One unit's task: its hours, what posts carry of them, and the rest (never negative)."""

    unit_code: str
    task_code: str
    hours: float
    assigned_hours: float
    unassigned_hours: float

    @property
    def surplus_hours(self) -> float:
        """Return the hours that are assigned beyond what there is (分配超额)."""
        return max(0.0, self.assigned_hours + self.unassigned_hours - self.hours)


@dataclass(frozen=True)
class Figures:
    """Everything the method says about a county, each level keyed as its records are."""

    posts: Mapping[str, PostFigures]
    offices: Mapping[tuple[str, str], OfficeFigures]
    units: Mapping[str, UnitFigures]
    tasks: Mapping[tuple[str, str], TaskFigures]
    headcounts: Mapping[tuple[str, str], Headcount]
    hours: Mapping[tuple[str, str, str], float]
    """Hours of every assignment (unit, task, post)."""
    county: UnitFigures
    """The whole county; its code and name are empty."""
    band_scheme: str
    denominator: str
    """One sentence that names what saturation is divided by."""
