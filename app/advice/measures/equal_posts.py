"""Equal posts: colleagues of one office, title, licences and ability share work evenly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, HoursFlow, Situation
from app.advice.county_problem import Formulation
from app.advice.measures.arranging import never_adds_strain, with_flows
from app.advice.measures.possible_moves import DUST
from app.advice.measures.standing_verdicts import SettledProblem
from app.model.vocabulary import MeasureKind

_Way: TypeAlias = tuple[int, int, int]
"""A demand, the post that hands it on (NOWHERE: nobody) and the post that takes it."""

_NUMBER = re.compile(r"[\s\-－—#（(]*(?:[0-9]+|[一二三四五六七八九十]+)[号)）]*$")
"""What counts posts of one title: 办事员2, 网格员（三）."""

_HALVINGS = 60
"""As often is the level at which all are equally full looked for more closely."""

_LEAST_PART = 1.0
"""Hours below which a part of a measure is none."""


def equal_posts(formulation: Formulation) -> dict[int, tuple[int, ...]]:
    """Return, for each post that has equals with people on them, all of them with itself.

    Equal are unpinned posts of one office with the same title, qualifications and ability
    (method §7); a number at the end of a title only counts posts of that title.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    people = formulation.problem.people_now.sum(axis=1)
    for index, post in enumerate(formulation.posts):
        if not post.is_pinned and people[index] > 0:
            held = frozenset(post.qualifications)
            key = post.unit_code, post.office, _unnumbered(post.title), held, post.ability
            groups[key].append(index)
    return {index: tuple(group) for group in groups.values() if len(group) > 1 for index in group}


def _unnumbered(title: str) -> str:
    return _NUMBER.sub("", title) or title


def shared_evenly(settled: SettledProblem) -> list[DraftMeasure]:
    """Return the drafts by which overloaded posts share with their idle equals, one for each.

    All end at one level, as far as the tasks they carry may go to the others.
    """
    formulation = settled.formulation
    situation, ways = Situation(formulation), _ways(settled)
    for draft in settled.begun:
        situation.do(draft)
    left = _left(settled)
    drafts: list[DraftMeasure] = []
    for group in dict.fromkeys(equal_posts(formulation).values()):
        found = _of_group(formulation, situation, group, left=left, ways=ways)
        if found and never_adds_strain(situation.copy(), found):
            for draft in found:
                situation.do(draft)
            drafts += found
    return drafts


def _ways(settled: SettledProblem) -> frozenset[_Way]:
    options, places = settled.options, np.flatnonzero(settled.may_use & ~settled.options.is_cut)
    return frozenset(
        zip(
            options.demand[places].tolist(),
            options.giver[places].tolist(),
            options.taker[places].tolist(),
            strict=True,
        )
    )


def _left(settled: SettledProblem) -> dict[tuple[int, int], float]:
    """Return the hours of each demand that a post may still hand on, by demand and post."""
    problem = settled.formulation.problem
    keys = zip(problem.pair_demand.tolist(), problem.pair_post.tolist(), strict=True)
    left = dict(zip(keys, problem.pair_hours_now.tolist(), strict=True))
    for draft in settled.begun:
        for flow in draft.flows:
            if flow.from_post != NOWHERE:
                left[flow.demand, flow.from_post] -= flow.hours
    return left


def _of_group(
    formulation: Formulation,
    situation: Situation,
    group: Sequence[int],
    *,
    left: Mapping[tuple[int, int], float],
    ways: frozenset[_Way],
) -> list[DraftMeasure]:
    """Return what the overloaded posts of a group hand to those that are less full."""
    target = formulation.problem.rules.target_saturation
    full = _saturations(situation, group)
    givers = [post for post in group if full[post] > target + DUST]
    takers = [post for post in group if full[post] < target]
    if not givers or not takers:
        return []
    tasks = {giver: _tasks(giver, takers, left, ways) for giver in givers}
    movable = {giver: sum(hours for _demand, hours in tasks[giver]) for giver in givers}
    level = _level(situation, givers, takers, movable)
    away = {giver: min(movable[giver], -_until(situation, giver, level)) for giver in givers}
    room = _shares(situation, takers, sum(max(0.0, hours) for hours in away.values()))
    drafts = []
    for giver in givers:
        if away[giver] < formulation.policy.minimum_measure:
            continue
        flows = list(_dealt(_chosen(giver, away[giver], tasks[giver]), room)) if room else []
        if flows:
            drafts.append(with_flows(DraftMeasure(MeasureKind.REASSIGN, giver, NOWHERE), flows))
    return drafts


def _saturations(situation: Situation, posts: Sequence[int]) -> dict[int, float]:
    places = np.array(posts, dtype=np.int64)
    load, capacity = situation.loads(places)[0], situation.capacities(places)[0]
    return dict(zip(posts, (load / np.maximum(capacity, DUST)).tolist(), strict=True))


def _tasks(
    giver: int,
    takers: Sequence[int],
    left: Mapping[tuple[int, int], float],
    ways: frozenset[_Way],
) -> list[tuple[int, float]]:
    """Return the demands of a post that every taker may carry, with their hours, largest first."""
    found = [
        (demand, hours)
        for (demand, post), hours in left.items()
        if post == giver
        and hours > DUST
        and all((demand, giver, taker) in ways for taker in takers)
    ]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def _until(situation: Situation, post: int, level: float) -> float:
    """Return the assigned hours after which a post is as full as `level`; below 0 it hands on."""
    here = np.array([post])
    load, capacity = situation.loads(here)[0], situation.capacities(here)[0]
    return float((level * capacity[0] - load[0]) / situation.caf[post])


def _level(
    situation: Situation,
    givers: Sequence[int],
    takers: Sequence[int],
    movable: Mapping[int, float],
) -> float:
    """Return the saturation at which what the givers hand on fills the takers as much."""
    low, high = 0.0, max(_saturations(situation, givers).values())
    for _halving in range(_HALVINGS):
        level = (low + high) / 2
        away = sum(min(movable[post], max(0.0, -_until(situation, post, level))) for post in givers)
        come = sum(max(0.0, _until(situation, post, level)) for post in takers)
        low, high = (level, high) if away > come else (low, level)
    return high


def _shares(situation: Situation, takers: Sequence[int], hours: float) -> dict[int, float]:
    """Return the part of `hours` for each taker, so that those that take end equally full."""
    low, high = 0.0, 1.0
    while sum(max(0.0, _until(situation, post, high)) for post in takers) < hours:
        high *= 2
    for _halving in range(_HALVINGS):
        level = (low + high) / 2
        come = sum(max(0.0, _until(situation, post, level)) for post in takers)
        low, high = (level, high) if come < hours else (low, level)
    room = {post: max(0.0, _until(situation, post, high)) for post in takers}
    whole = sum(room.values())
    return {post: part / whole for post, part in room.items()} if whole > DUST else {}


def _chosen(giver: int, hours: float, tasks: Sequence[tuple[int, float]]) -> Iterator[HoursFlow]:
    """Yield `hours` of as few tasks as can be, for nobody yet."""
    for demand, most in tasks:
        part = min(hours, most)
        if part < _LEAST_PART:
            return
        hours -= part
        yield HoursFlow(demand, giver, NOWHERE, part)


def _dealt(flows: Iterable[HoursFlow], shares: Mapping[int, float]) -> Iterator[HoursFlow]:
    """Yield flows dealt out by `shares`, each task to as few posts as can be."""
    given = sorted(flows, key=lambda flow: (-flow.hours, flow.demand))
    whole = sum(flow.hours for flow in given)
    room = {post: whole * share for post, share in shares.items()}
    for flow in given:
        left = flow.hours
        while left > 0:
            post = max(room, key=lambda one: (room[one], -one))
            part = min(left, room[post])
            if left - part < _LEAST_PART or part < _LEAST_PART:
                part = left
            room[post] -= part
            left -= part
            yield replace(flow, to_post=post, hours=part)


def among_equals(
    settled: SettledProblem, drafts: Sequence[DraftMeasure], *, decided: int
) -> list[DraftMeasure]:
    """Return the drafts in which equal posts take evenly what comes to one of them.

    The first `decided` stay as they are. A draft is changed only where every equal may take its
    tasks, nothing it takes comes from one of them, and the whole list then relieves no less.
    """
    formulation, ways = settled.formulation, _ways(settled)
    groups = equal_posts(formulation)
    before = Situation(formulation)
    received: dict[tuple[int, ...], float] = defaultdict(float)
    for number, draft in enumerate(drafts):
        group = _taking(draft, groups, ways) if number >= decided else None
        if group is None:
            before.do(draft)
        else:
            before.do(replace(draft, flows=tuple(_nowhere(draft.flows))))
            received[group] += draft.hours
    parts = {group: _shares(before, group, hours) for group, hours in received.items()}
    changed: list[DraftMeasure] = []
    joined: dict[tuple[int, tuple[int, ...]], int] = {}
    for number, draft in enumerate(drafts):
        group = _taking(draft, groups, ways) if number >= decided else None
        if group is None or not parts[group]:
            changed.append(draft)
        elif (draft.from_post, group) in joined:
            first = joined[draft.from_post, group]
            changed[first] = replace(changed[first], flows=(*changed[first].flows, *draft.flows))
        else:
            joined[draft.from_post, group] = len(changed)
            changed.append(draft)
    for (_giver, group), place in joined.items():
        changed[place] = _split(changed[place], parts[group])
    was, now = Situation(formulation), Situation(formulation)
    for draft in drafts:
        was.do(draft)
    for draft in changed:
        now.do(draft)
    return changed if now.strain() <= was.strain() * (1 + DUST) + DUST else list(drafts)


def _nowhere(flows: Sequence[HoursFlow]) -> Iterator[HoursFlow]:
    for flow in flows:
        yield replace(flow, to_post=NOWHERE)


def _taking(
    draft: DraftMeasure, groups: Mapping[int, tuple[int, ...]], ways: frozenset[_Way]
) -> tuple[int, ...] | None:
    """Return the equal posts among which what a draft hands on may be shared, None if it is not."""
    if draft.kind is not MeasureKind.REASSIGN or draft.to_post not in groups:
        return None
    group = groups[draft.to_post]
    if any(flow.from_post in group for flow in draft.flows):
        return None
    may = all((flow.demand, flow.from_post, post) in ways for flow in draft.flows for post in group)
    return group if may else None


def _split(draft: DraftMeasure, shares: Mapping[int, float]) -> DraftMeasure:
    hours: dict[tuple[int, int, int], float] = defaultdict(float)
    for flow in _dealt(draft.flows, shares):
        hours[flow.demand, flow.from_post, flow.to_post] += flow.hours
    return with_flows(draft, [HoursFlow(*way, amount) for way, amount in hours.items()])
