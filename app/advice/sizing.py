"""Sizing: the hours of a list of drafts, such that stopping after any of them is good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from app.advice.arranging import with_flows
from app.advice.choosing import cut_of
from app.advice.formulating import Formulation
from app.advice.options import Stock
from app.advice.situation import NOWHERE, Draft, Flow, Situation
from app.vocabulary import MeasureKind
from solver.sizing import Limit, Stage, size_moves

LEAST_PART_HOURS = 1.0
"""A part of a measure below this is none."""


@dataclass(frozen=True, slots=True)
class _Move:
    """One flow of one row of the list, whose hours are to be found between `least` and `most`."""

    row: int
    flow: Flow
    is_cut: bool
    least: float
    most: float


def sized(formulation: Formulation, drafts: Sequence[Draft], *, decided: int = 0) -> list[Draft]:
    """Return `drafts` with the hours that leave the least strain, summed over every beginning.

    The first `decided` drafts keep theirs.
    """
    problem = formulation.problem
    stock, worth_of_open = Stock(problem), Situation(formulation).worth_of_open
    moves = list(_moves(formulation, stock, drafts, decided))
    if not moves:
        return list(drafts)
    rows_left = [len(drafts) - move.row for move in moves]
    found = size_moves(
        problem.rules,
        most=np.array([move.most for move in moves]),
        least=np.array([move.least for move in moves]),
        worth=np.array(
            [
                worth_of_open * left if move.flow.from_post == NOWHERE else 0.0
                for move, left in zip(moves, rows_left, strict=True)
            ]
        ),
        stages=_stages(formulation, drafts, moves),
        limits=[
            *_shared_limits(formulation, stock, moves),
            *_cut_limits(formulation, moves),
            *_ceilings(formulation, drafts, moves),
        ],
    )
    if found is None:
        return list(drafts)
    sizes: dict[int, list[Flow]] = defaultdict(list)
    for move, hours in zip(moves, found.tolist(), strict=True):
        sizes[move.row].append(replace(move.flow, hours=hours))
    return [
        _resized(draft, sizes[row]) if row >= decided and draft.flows else draft
        for row, draft in enumerate(drafts)
    ]


def _resized(draft: Draft, flows: list[Flow]) -> Draft:
    left = [flow for flow in flows if flow.hours >= LEAST_PART_HOURS] or flows
    return cut_of(left) if draft.kind is MeasureKind.CUT else with_flows(draft, left)


def _moves(
    formulation: Formulation, stock: Stock, drafts: Sequence[Draft], decided: int
) -> Iterator[_Move]:
    smallest = formulation.policy.minimum_measure
    for row, draft in enumerate(drafts):
        is_cut = draft.kind is MeasureKind.CUT
        for flow in draft.flows:
            if row < decided:
                yield _Move(row, flow, is_cut, flow.hours, flow.hours)
                continue
            most = min(top for _key, top in _tops(formulation, stock, flow, is_cut=is_cut))
            yield _Move(row, flow, is_cut, 0.0 if is_cut else min(smallest, flow.hours, most), most)


def _tops(
    formulation: Formulation, stock: Stock, flow: Flow, *, is_cut: bool
) -> Iterator[tuple[tuple[str, int, int], float]]:
    """Yield what limits a flow, with the key under which other flows share the limit."""
    if flow.from_post == NOWHERE:
        yield ("open", flow.demand, NOWHERE), float(stock.open[flow.demand])
    else:
        problem = formulation.problem
        is_it = (problem.pair_demand == flow.demand) & (problem.pair_post == flow.from_post)
        yield ("left", flow.demand, flow.from_post), float(problem.pair_hours_now[is_it].sum())
    if is_cut:
        yield ("cut", flow.demand, NOWHERE), float(stock.cuttable[flow.demand])
    elif flow.to_post == NOWHERE:
        yield ("surplus", flow.demand, NOWHERE), float(stock.surplus[flow.demand])


def _shared_limits(
    formulation: Formulation, stock: Stock, moves: Sequence[_Move]
) -> Iterator[Limit]:
    """Yield what moves share: a post's hours of a task, nobody's, the cap of a cut, a surplus."""
    shared: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    tops: dict[tuple[str, int, int], float] = {}
    for number, move in enumerate(moves):
        for key, top in _tops(formulation, stock, move.flow, is_cut=move.is_cut):
            shared[key].append(number)
            tops[key] = top
    for key, numbers in shared.items():
        # What was decided stays, even where there are fewer hours by now.
        decided = sum(moves[number].least for number in numbers)
        yield Limit(numbers, -np.inf, max(tops[key], decided))


def _cut_limits(formulation: Formulation, moves: Sequence[_Move]) -> Iterator[Limit]:
    """Yield that a cut, which has many parts, is as large as a measure has to be."""
    rows: dict[int, list[int]] = defaultdict(list)
    for number, move in enumerate(moves):
        if move.is_cut:
            rows[move.row].append(number)
    for numbers in rows.values():
        most = sum(moves[number].most for number in numbers)
        yield Limit(numbers, min(formulation.policy.minimum_measure, most), np.inf)


def _ceilings(
    formulation: Formulation, drafts: Sequence[Draft], moves: Sequence[_Move]
) -> Iterator[Limit]:
    """Yield that a receiver is not filled further above its target than it was chosen to be.

    Where the giver would end below it by then, not further than makes both equal.
    """
    problem, situation, done = formulation.problem, Situation(formulation), Situation(formulation)
    chosen: dict[tuple[int, bool], float] = defaultdict(float)
    coming: dict[tuple[int, bool], list[int]] = defaultdict(list)
    numbers = iter(enumerate(moves))
    for draft in drafts:
        done.do(draft)
        if draft.category != NOWHERE:
            situation.do(draft)
            continue
        for _flow in draft.flows:
            number, move = next(numbers)
            post, is_officer = move.flow.to_post, problem.demand_is_officer_only[move.flow.demand]
            for kind in {False, bool(is_officer)} if post != NOWHERE else ():
                coming[post, kind].append(number)
                chosen[post, kind] += move.flow.hours
        for post in draft.takers:
            room = _room(situation, problem.rules.target_saturation, post)
            too_many = _too_many(done, problem.rules.target_saturation, draft, post)
            for kind in (False, True):
                if coming[post, kind]:
                    least = sum(moves[number].least for number in coming[post, kind])
                    most = max(room[kind], chosen[post, kind] - too_many, least)
                    yield Limit(tuple(coming[post, kind]), -np.inf, most)


def _too_many(done: Situation, target: float, draft: Draft, taker: int) -> float:
    """Return the hours by which a receiver above its target ends up fuller than the one giver."""
    if draft.from_post == NOWHERE or draft.kind is MeasureKind.CUT:
        return 0.0
    ends = np.array([draft.from_post, taker])
    load, capacity, caf = done.loads(ends)[0], done.capacities(ends)[0], done.caf[ends]
    if capacity.min() <= 0:
        return 0.0
    apart = load[1] / capacity[1] - load[0] / capacity[0]
    above = (load[1] - target * capacity[1]) / caf[1]
    return float(np.clip(apart / (caf / capacity).sum(), 0.0, max(0.0, above)))


def _room(situation: Situation, target: float, post: int) -> tuple[float, float]:
    """Return the hours that a post can take up to its target, of any task and of officers'."""
    here = np.array([post])
    (load,), (officer_load,) = situation.loads(here)
    (capacity,), (inside,) = situation.capacities(here)
    caf = float(situation.caf[post])
    return float(target * capacity - load) / caf, float(target * inside - officer_load) / caf


def _stages(
    formulation: Formulation, drafts: Sequence[Draft], moves: Sequence[_Move]
) -> Iterator[Stage]:
    """Yield every post from one draft that touches it to the next."""
    problem, situation = formulation.problem, Situation(formulation)
    weights = _rows_until_next_touch(drafts)
    numbers: dict[int, list[int]] = defaultdict(list)
    for number, move in enumerate(moves):
        numbers[move.row].append(number)
    so_far: dict[int, list[tuple[int, float, bool]]] = defaultdict(list)
    for row, draft in enumerate(drafts):
        if draft.category != NOWHERE:
            situation.do(draft)
        for number in numbers[row]:
            flow = moves[number].flow
            is_officer = bool(problem.demand_is_officer_only[flow.demand])
            for post, sign in ((flow.from_post, -1.0), (flow.to_post, 1.0)):
                so_far[post].append((number, sign, is_officer))
        for post in sorted(draft.posts):
            yield _stage(situation, post, weights[row, post], so_far[post])


def _stage(
    situation: Situation, post: int, weight: float, moves: Sequence[tuple[int, float, bool]]
) -> Stage:
    here = np.array([post])
    (load,), (officer_load,) = situation.loads(here)
    (capacity,), (officer_capacity,) = situation.capacities(here)
    return Stage(
        weight=weight,
        load=float(load),
        officer_load=float(officer_load),
        capacity=float(capacity),
        officer_capacity=float(officer_capacity),
        moves=[number for number, _sign, _is_officer in moves],
        slopes=[sign * float(situation.caf[post]) for _number, sign, _is_officer in moves],
        is_officer=[is_officer for _number, _sign, is_officer in moves],
    )


def _rows_until_next_touch(drafts: Sequence[Draft]) -> dict[tuple[int, int], float]:
    """Return, for each row and post it touches, how many rows the post then stays as it is."""
    touching: dict[int, list[int]] = defaultdict(list)
    for row, draft in enumerate(drafts):
        for post in draft.posts:
            touching[post].append(row)
    return {
        (row, post): float(later - row)
        for post, rows in touching.items()
        for row, later in pairwise([*rows, len(drafts)])
    }
