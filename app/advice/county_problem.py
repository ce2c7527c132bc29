"""Formulating: the county's matrix becomes the solver's Problem, in a fixed order."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.errors import BlockedByData
from app.language import _
from app.method.headcount import vacancies
from app.method.policy import policy_of
from app.method.workload import PostBasis, awt_hours, post_basis, task_hours
from app.model.county import Assignment, County, Post, Task
from app.model.settings import Policy
from app.model.vocabulary import (
    DEFAULT_CATEGORIES,
    OUTSIDE_ESTABLISHMENT,
    Burden,
    Lever,
    Role,
    Scope,
)
from solver.problem import Booleans, Floats, Integers, Problem, Rules
from solver.solution import Point

DemandKey = tuple[str, str]
"""Unit and task code."""


@dataclass(frozen=True)
class Formulation:
    """A Problem and the county's own names for its indices."""

    county: County
    problem: Problem
    policy: Policy
    posts: tuple[Post, ...]
    demands: tuple[DemandKey, ...]
    tasks: tuple[Task, ...]
    """The task of each demand."""


def formulate(county: County, levers: frozenset[Lever] | None = None) -> Formulation:
    """Return the planning problem of `county` (method §7); `levers` None leaves it to the policy.

    Rows and columns stand in the order of their codes, so that the same county in another order of
    rows is the same problem. A demand is a unit's task with hours above 0. Shapes and units are
    those of `Problem`.
    """
    policy = policy_of(county)
    units = tuple(sorted(county.units.values(), key=lambda unit: unit.unit_code))
    posts = tuple(sorted(county.posts.values(), key=lambda post: post.post_code))
    unit_index = {unit.unit_code: index for index, unit in enumerate(units)}
    hours = {key: value for key, value in sorted(task_hours(county).items()) if value > 0}
    demands = tuple(hours)
    tasks = tuple(county.tasks[(task_code,)] for _unit_code, task_code in demands)
    categories = _categories(county, policy)
    basis = post_basis(county)
    pairs = _pairs(county, policy, hours)
    demand_index = {key: index for index, key in enumerate(demands)}
    post_index = {post.post_code: index for index, post in enumerate(posts)}
    people = _people(county, posts, categories)
    problem = Problem(
        unit_codes=tuple(unit.unit_code for unit in units),
        category_names=categories,
        post_codes=tuple(post.post_code for post in posts),
        demand_codes=tuple("/".join(key) for key in demands),
        post_unit=_integers(unit_index[post.unit_code] for post in posts),
        post_caf=_basis_column(posts, basis, "caf"),
        post_ias=_basis_column(posts, basis, "ias_hours"),
        post_ability=_floats(post.ability for post in posts),
        post_min=_floats(_fewest(post, now) for post, now in zip(posts, people, strict=True)),
        post_max=_floats(_or(post.max_people, math.inf) for post in posts),
        post_is_pinned=_booleans(post.is_pinned for post in posts),
        people_now=people,
        category_awt=_floats(awt_hours(county, category) for category in categories),
        category_cost=_floats(_cost(county, category) for category in categories),
        category_is_outside=_booleans(name == OUTSIDE_ESTABLISHMENT for name in categories),
        category_pool=_floats(policy.pool.get(category, 0.0) for category in categories),
        unit_vacancies=_vacancies(county, unit_index, categories),
        demand_unit=_integers(unit_index[unit_code] for unit_code, _task_code in demands),
        demand_hours=_floats(hours.values()),
        demand_cap=_floats(_cap(task, policy) for task in tasks),
        demand_is_officer_only=_booleans(task.is_officer_only for task in tasks),
        pair_demand=_integers(demand_index[pair.demand] for pair in pairs),
        pair_post=_integers(post_index[pair.post_code] for pair in pairs),
        pair_hours_now=_floats(pair.share * hours[pair.demand] for pair in pairs),
        pair_is_pinned=_booleans(pair.is_pinned for pair in pairs),
        rules=_rules(policy, levers),
    )
    return Formulation(county, problem, policy, posts, demands, tasks)


def refuse_nothing(problem: Problem) -> None:
    """Refuse a problem in which there is nothing to decide.

    Raises:
        BlockedByData: the county has no posts or no task with hours.
    """
    if not problem.post_codes or not problem.demand_codes:
        raise BlockedByData(
            _("There is nothing to plan: no posts, or no task with hours."),
            remedy=_("Import or enter posts, tasks and yearly volumes first."),
        )


@dataclass(frozen=True, slots=True)
class _Pair:
    demand: DemandKey
    post_code: str
    share: float
    is_pinned: bool


def _pairs(county: County, policy: Policy, hours: Mapping[DemandKey, float]) -> list[_Pair]:
    """Return, for each demand, the posts now on it and then the posts in scope that may take it."""
    assigned: dict[DemandKey, list[Assignment]] = defaultdict(list)
    for row in county.assignments.values():
        assigned[(row.unit_code, row.task_code)].append(row)
    reach = _Reach.of(county, policy.scope)
    pairs: list[_Pair] = []
    for demand in hours:
        now = assigned[demand]
        now.sort(key=lambda row: row.post_code)
        pairs.extend(_Pair(demand, row.post_code, row.share, row.is_pinned) for row in now)
        on_it = {row.post_code for row in now}
        task = county.tasks[(demand[1],)]
        pairs.extend(
            _Pair(demand, post.post_code, 0.0, is_pinned=False)
            for post in sorted(reach.posts(demand[0], now), key=lambda post: post.post_code)
            if post.post_code not in on_it
            and not post.is_pinned
            and set(task.qualifications) <= set(post.qualifications)
        )
    return pairs


@dataclass(frozen=True)
class _Reach:
    """The posts within the scope of the policy.

    By office, a task stays in the office of its lead post; where no post is marked as lead the
    one with the largest share counts, and a task that no post carries may go anywhere in the
    unit. Posts without an office form one office together.
    """

    scope: Scope
    by_unit: Mapping[str, list[Post]]
    by_code: Mapping[str, Post]

    @classmethod
    def of(cls, county: County, scope: Scope) -> _Reach:
        by_unit: dict[str, list[Post]] = defaultdict(list)
        for post in county.posts.values():
            by_unit[post.unit_code].append(post)
        by_code = {post.post_code: post for post in county.posts.values()}
        return cls(scope=scope, by_unit=by_unit, by_code=by_code)

    def posts(self, unit_code: str, now: list[Assignment]) -> list[Post]:
        """Return the posts that a task carried by `now` may be given to, qualification aside."""
        in_unit = self.by_unit.get(unit_code, [])
        if self.scope is Scope.UNIT or not now:
            return in_unit
        leads = [row for row in now if row.role is Role.LEAD] or [
            max(now, key=lambda row: row.share)
        ]
        offices = {self.by_code[row.post_code].office for row in leads}
        return [post for post in in_unit if post.office in offices]


def loads_after(problem: Problem, decision: Point) -> tuple[Floats, Floats]:
    """Return workload and capacity of each post once a decision is carried out, hours a year [P].

    workload = Σ hours × CAF + IAS, capacity = Σ people × AWT × ability (method §3).
    """
    hours = decision.hours * problem.post_caf[problem.pair_post]
    workload = np.bincount(problem.pair_post, hours, len(problem.post_codes)) + problem.post_ias
    return workload, decision.people @ problem.category_awt * problem.post_ability


def with_pair(problem: Problem, demand: int, post: int) -> Problem:
    """Return the problem with the post eligible for the task."""
    if np.any((problem.pair_demand == demand) & (problem.pair_post == post)):
        return problem
    return replace(
        problem,
        pair_demand=np.append(problem.pair_demand, demand),
        pair_post=np.append(problem.pair_post, post),
        pair_hours_now=np.append(problem.pair_hours_now, 0.0),
        pair_is_pinned=np.append(problem.pair_is_pinned, False),
    )


def _rules(policy: Policy, levers: frozenset[Lever] | None) -> Rules:
    allowed = policy.levers if levers is None else levers
    return Rules(
        target_saturation=policy.target_saturation,
        low_saturation=policy.low_saturation,
        levers=frozenset(lever.value for lever in allowed),
        max_moves=policy.max_moves,
        max_temporaries=policy.max_temporaries,
        budget=policy.budget,
        whole_people=policy.integer,
        goals=tuple(goal.value for goal in policy.goals),
        tolerance={goal.value: share for goal, share in policy.tolerance.items()},
        tier_widths=policy.tier_widths,
        tier_weights=policy.tier_weights,
    )


def category_names(county: County) -> tuple[str, ...]:
    """Return every staff category in column order, and after them those that only people have."""
    stated = (row.category for row in county.categories.values())
    staffed = (row.category for row in county.staffing.values())
    return tuple(dict.fromkeys((*stated, *staffed)))


def _categories(county: County, policy: Policy) -> tuple[str, ...]:
    """Return every category, the usual ones first; the outside one too if temporaries may come."""
    more = (OUTSIDE_ESTABLISHMENT,) if policy.max_temporaries else ()
    names = {*category_names(county), *more}
    usual = [name for name in DEFAULT_CATEGORIES if name in names]
    return (*usual, *sorted(names.difference(usual)))


def _people(county: County, posts: tuple[Post, ...], categories: tuple[str, ...]) -> Floats:
    row_of = {post.post_code: index for index, post in enumerate(posts)}
    column_of = {category: index for index, category in enumerate(categories)}
    people = np.zeros((len(posts), len(categories)))
    for row in county.staffing.values():
        people[row_of[row.post_code], column_of[row.category]] = row.on_duty
    return people


def _vacancies(
    county: County, unit_index: Mapping[str, int], categories: tuple[str, ...]
) -> Floats:
    """Return the vacancies a plan may fill, [U, C]: at least 0, and 0 where they are unknown."""
    column_of = {category: index for index, category in enumerate(categories)}
    offered = np.zeros((len(unit_index), len(categories)))
    for row in county.establishment.values():
        if row.category in column_of:
            free = vacancies(row) or 0.0
            offered[unit_index[row.unit_code], column_of[row.category]] = max(0.0, free)
    return offered


def _fewest(post: Post, now: Floats) -> float:
    """Return the fewest people a post keeps: as stated, else 1 where somebody is on it today."""
    return _or(post.min_people, 1.0 if now.sum() > 0 else 0.0)


def _cap(task: Task, policy: Policy) -> float:
    """Return the share of a task that a plan may relieve; substantive work is never cut."""
    default = {
        Burden.FORMALISTIC: policy.max_cut_formalistic,
        Burden.NECESSARY_FORMAL: policy.max_cut_necessary,
    }
    if task.burden not in default:
        return 0.0
    return _or(task.max_cut, default[task.burden])


def _cost(county: County, category: str) -> float:
    row = county.working_time.get((category,))
    return _or(row.cost_per_year, 0.0) if row is not None else 0.0


def _basis_column(posts: tuple[Post, ...], basis: Mapping[str, PostBasis], name: str) -> Floats:
    return _floats(getattr(basis[post.post_code], name) for post in posts)


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _floats(values: Iterable[float]) -> Floats:
    return np.array(list(values), dtype=np.float64)


def _integers(values: Iterable[int]) -> Integers:
    return np.array(list(values), dtype=np.int64)


def _booleans(values: Iterable[bool]) -> Booleans:
    return np.array(list(values), dtype=np.bool_)
