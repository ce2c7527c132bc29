"""Wishing: a move that the user names becomes part of the problem, whatever rules it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from app.advice.blocked_plan import post_named
from app.advice.carrying_out.situation import NOWHERE
from app.advice.county_problem import Formulation, with_pair
from app.errors import UserError
from app.language import _
from app.model.vocabulary import Lever, Wish
from solver.problem import Forced, Problem

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asks for; codes are '' where they do not apply.

    People: `people` of `category` ('' is the most frequent) from `post_code` to `to_post_code`.
    A task: `hours` (None is all) of `task_code` in `unit_code` from `post_code` ('' is the post
    that carries most) to `to_post_code`. A task kept: in `unit_code`, or everywhere. A unit left
    as it is: `unit_code`.
    """

    wish: Wish
    unit_code: str = ""
    post_code: str = ""
    to_post_code: str = ""
    task_code: str = ""
    category: str = ""
    people: float = 1.0
    hours: float | None = None


@dataclass(frozen=True)
class Wished:
    """A problem that fulfils a wish: in the user's words, with the rules it goes against."""

    formulation: Formulation
    phrase: str
    objections: tuple[str, ...]
    posts: tuple[int, ...]
    """The posts that the wish names."""


def force(formulation: Formulation, asked: Asked) -> Wished:
    """Return the problem in which `asked` is so.

    Raises:
        UserError: it names what is not there, or what can never be.
    """
    make = {
        Wish.MOVE_PEOPLE: _move_people,
        Wish.MOVE_TASK: _move_task,
        Wish.KEEP_TASK: _keep_task,
        Wish.EXEMPT_UNIT: _exempt_unit,
    }[asked.wish]
    return make(formulation, asked)


def _move_people(formulation: Formulation, asked: Asked) -> Wished:
    problem = formulation.problem
    giver, taker = _post(problem, asked.post_code), _post(problem, asked.to_post_code)
    if giver == taker:
        raise UserError(_("People cannot move to the post they are on."))
    category = _category(problem, asked.category, giver)
    name, people = problem.category_names[category], asked.people
    now = float(problem.people_now[giver, category])
    if people > now or people <= 0:
        raise UserError(
            _(
                "{post} has {now:g} people of category {category}; {people:g} cannot leave it."
            ).format(post=_title(formulation, giver), now=now, category=name, people=people)
        )
    if problem.rules.whole_people and not people.is_integer():
        raise UserError(
            _("{people:g} people cannot move: this plan counts whole people.").format(
                people=people
            ),
            remedy=_("Name a whole number, or set integer to no in the policy."),
        )
    units = int(problem.post_unit[giver]), int(problem.post_unit[taker])
    lever = Lever.MOVE if units[0] == units[1] else Lever.TRANSFER
    subject = _title(formulation, giver)
    forced = [
        Forced("people_out", (giver, category), subject, lower=people),
        Forced("people_in", (taker, category), subject, lower=people),
        # Else somebody could go back the same way.
        Forced("people_out", (taker, category), subject, upper=0.0),
    ]
    if lever is Lever.TRANSFER:
        forced.append(Forced("move_in", (units[1], category), subject, lower=people))
    objections = [*_lever_objection(problem, lever), *_pin_objections(formulation, giver, taker)]
    free = _unpinned(problem, giver, taker)
    rules = replace(problem.rules, levers=problem.rules.levers | {lever.value})
    phrase = _("Moving {people:g} ({category}) from {giver} to {taker}").format(
        people=people,
        category=name,
        giver=_title(formulation, giver),
        taker=_title(formulation, taker),
    )
    wished = replace(free, rules=rules, forced=(*problem.forced, *forced))
    return Wished(replace(formulation, problem=wished), phrase, tuple(objections), (giver, taker))


def _move_task(formulation: Formulation, asked: Asked) -> Wished:
    problem = formulation.problem
    demand = _demand(formulation, asked.unit_code, asked.task_code)
    taker = _post(problem, asked.to_post_code)
    if problem.post_unit[taker] != problem.demand_unit[demand]:
        raise UserError(_("A task stays in its unit; people or headcount may cross units."))
    giver, available = _giver(formulation, demand, asked)
    hours = available if asked.hours is None else asked.hours
    if giver == taker or not 0 < hours <= available + _ROUNDING:
        raise UserError(
            _("{hours:,.1f} h of this task cannot go there: {available:,.1f} h could.").format(
                hours=hours, available=0.0 if giver == taker else available
            )
        )
    objections = list(_task_objections(formulation, demand, taker))
    posts = tuple(post for post in (giver, taker) if post != NOWHERE)
    objections += _pin_objections(formulation, *posts)
    free = with_pair(_unpinned(problem, *posts, demand=demand), demand, taker)
    rules = replace(problem.rules, levers=problem.rules.levers | {Lever.REASSIGN.value})
    forced = [_hours_limit(free, demand, taker, more=hours)]
    if giver != NOWHERE:
        forced.append(_hours_limit(free, demand, giver, more=-hours))
    wished = replace(free, rules=rules, forced=(*free.forced, *forced))
    phrase = _("Handing {hours:,.0f} h of “{task}” to {taker}").format(
        hours=hours, task=formulation.tasks[demand].name, taker=_title(formulation, taker)
    )
    return Wished(replace(formulation, problem=wished), phrase, tuple(objections), posts)


def _keep_task(formulation: Formulation, asked: Asked) -> Wished:
    problem = formulation.problem
    chosen = np.array(
        [
            task_code == asked.task_code and asked.unit_code in {"", unit_code}
            for unit_code, task_code in formulation.demands
        ],
        dtype=np.bool_,
    )
    if not chosen.any():
        raise _no_such_task(asked)
    name = formulation.tasks[int(np.flatnonzero(chosen)[0])].name
    wished = replace(problem, demand_cap=np.where(chosen, 0.0, problem.demand_cap))
    posts = np.unique(problem.pair_post[chosen[problem.pair_demand] & (problem.pair_hours_now > 0)])
    phrase = _("Keeping “{task}” as it is").format(task=name)
    return Wished(replace(formulation, problem=wished), phrase, (), tuple(posts.tolist()))


def _exempt_unit(formulation: Formulation, asked: Asked) -> Wished:
    problem = formulation.problem
    if asked.unit_code not in problem.unit_codes:
        raise UserError(
            _("There is no unit {code}.").format(code=asked.unit_code),
            remedy=_("`hengbian status` without --unit lists all units."),
        )
    unit = problem.unit_codes.index(asked.unit_code)
    is_here = problem.post_unit == unit
    cap = np.where(problem.demand_unit == unit, 0.0, problem.demand_cap)
    wished = replace(problem, post_is_pinned=problem.post_is_pinned | is_here, demand_cap=cap)
    name = formulation.county.units[(asked.unit_code,)].name
    phrase = _("Leaving {unit} as it is").format(unit=name)
    posts = tuple(np.flatnonzero(is_here).tolist())
    return Wished(replace(formulation, problem=wished), phrase, (), posts)


def _post(problem: Problem, post_code: str) -> int:
    if post_code not in problem.post_codes:
        raise UserError(
            _("There is no post {code}.").format(code=post_code),
            remedy=_("`hengbian status PLAN --unit CODE` lists the posts of a unit."),
        )
    return problem.post_codes.index(post_code)


def _category(problem: Problem, name: str, post: int) -> int:
    if not name:
        return int(np.argmax(problem.people_now[post]))
    if name not in problem.category_names:
        raise UserError(
            _("There is no staff category {name}.").format(name=name),
            remedy=_("Known are {names}.").format(names=_(", ").join(problem.category_names)),
        )
    return problem.category_names.index(name)


def _demand(formulation: Formulation, unit_code: str, task_code: str) -> int:
    if (unit_code, task_code) not in formulation.demands:
        raise _no_such_task(Asked(Wish.MOVE_TASK, unit_code=unit_code, task_code=task_code))
    return formulation.demands.index((unit_code, task_code))


def _no_such_task(asked: Asked) -> UserError:
    remedy = _(
        "Sheets 任务 and 任务量 of `hengbian export PLAN OUT.xlsx --standard` have them all."
    )
    if not asked.unit_code:
        return UserError(
            _("There is no task {task} with hours in any unit.").format(task=asked.task_code),
            remedy=remedy,
        )
    return UserError(
        _("There is no task {task} with hours in unit {unit}.").format(
            task=asked.task_code, unit=asked.unit_code
        ),
        remedy=remedy,
    )


def _giver(formulation: Formulation, demand: int, asked: Asked) -> tuple[int, float]:
    """Return the post that hands on and the hours it has; NOWHERE where nobody carries the task."""
    problem = formulation.problem
    pairs = np.flatnonzero((problem.pair_demand == demand) & (problem.pair_hours_now > 0))
    if asked.post_code:
        giver = _post(problem, asked.post_code)
        pairs = pairs[problem.pair_post[pairs] == giver]
        return giver, float(problem.pair_hours_now[pairs].sum())
    others = pairs[problem.pair_post[pairs] != _post(problem, asked.to_post_code)]
    if not len(others):
        carried = problem.pair_hours_now[problem.pair_demand == demand].sum()
        return NOWHERE, float(problem.demand_hours[demand] - carried)
    most = int(others[np.argmax(problem.pair_hours_now[others])])
    return int(problem.pair_post[most]), float(problem.pair_hours_now[most])


def _hours_limit(problem: Problem, demand: int, post: int, *, more: float) -> Forced:
    """Return that a post carries `more` hours of a task than today, or as much less."""
    is_it = (problem.pair_demand == demand) & (problem.pair_post == post)
    pair = int(np.flatnonzero(is_it)[0])
    hours = float(problem.pair_hours_now[pair]) + more
    subject = problem.demand_codes[demand]
    if more > 0:
        return Forced("hours", (pair,), subject, lower=max(0.0, hours - _ROUNDING))
    return Forced("hours", (pair,), subject, upper=max(0.0, hours) + _ROUNDING)


def _unpinned(problem: Problem, *posts: int, demand: int = NOWHERE) -> Problem:
    """Return the problem with these posts, and their hours of one task, free to change.

    What else a pinned post does stays pinned, hour by hour.
    """
    is_free = np.isin(np.arange(len(problem.post_codes)), posts)
    was_pinned = problem.post_is_pinned[problem.pair_post] & is_free[problem.pair_post]
    is_here = is_free[problem.pair_post] & (problem.pair_demand == demand)
    return replace(
        problem,
        post_is_pinned=problem.post_is_pinned & ~is_free,
        pair_is_pinned=(problem.pair_is_pinned | was_pinned) & ~is_here,
    )


def _lever_objection(problem: Problem, lever: Lever) -> Iterator[str]:
    if lever.value not in problem.rules.levers:
        if lever is Lever.MOVE:
            yield _("The policy does not let people move inside units.")
        else:
            yield _("The policy does not let headcount cross units.")


def _pin_objections(formulation: Formulation, *posts: int) -> Iterator[str]:
    for post in posts:
        if formulation.problem.post_is_pinned[post]:
            yield _("{post} is pinned.").format(post=_title(formulation, post))


def _task_objections(formulation: Formulation, demand: int, post: int) -> Iterator[str]:
    """Yield why the rules would not give this task to this post."""
    problem, task = formulation.problem, formulation.tasks[demand]
    if Lever.REASSIGN.value not in problem.rules.levers:
        yield _("The policy does not let tasks change hands.")
    title = _title(formulation, post)
    missing = [
        name for name in task.qualifications if name not in formulation.posts[post].qualifications
    ]
    if missing:
        yield _("{post} lacks the qualification {names}.").format(
            post=title, names=_(", ").join(missing)
        )
    is_eligible = np.any((problem.pair_demand == demand) & (problem.pair_post == post))
    if not is_eligible and not missing and not problem.post_is_pinned[post]:
        yield _("{post} is not in the office of the task, where the policy keeps it.").format(
            post=title
        )
    inside = problem.people_now[post, ~problem.category_is_outside].sum()
    if task.is_officer_only and inside == 0:
        yield _("{post} has nobody inside the establishment, as the task asks for.").format(
            post=title
        )


def _title(formulation: Formulation, post: int) -> str:
    return post_named(formulation, formulation.posts[post])
