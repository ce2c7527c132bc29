"""Sizing: the hours of a list of drafts, such that stopping after any of them is good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, HoursFlow, Situation
from app.advice.county_problem import Formulation
from app.advice.measures.arranging import with_flows
from app.advice.measures.possible_moves import DUST, PossibleMoves, Stock
from app.advice.measures.task_cuts import cut_of
from app.model.vocabulary import MeasureKind
from solver.move_hours import HOUR_PRICE, Limit, Stage, size_moves
from solver.problem import Integers, Rules

LEAST_PART_HOURS = 1.0
"""A part of a cut below this is none."""

_NEWNESS = 10 * HOUR_PRICE
"""What an hour of a task more in a row costs, so that none comes in for nothing."""


@dataclass(frozen=True, slots=True)
class _Move:
    """One flow of one row of the list, whose hours are to be found between `least` and `most`."""

    row: int
    flow: HoursFlow
    is_cut: bool
    least: float
    most: float
    part: float
    """The hours below which it is not worth telling."""


def sized(
    formulation: Formulation,
    drafts: Sequence[DraftMeasure],
    *,
    decided: int = 0,
    options: PossibleMoves | None = None,
) -> list[DraftMeasure]:
    """Return `drafts` with the hours that leave the least strain, summed over every beginning.

    What one post hands another may be any of its tasks, and a cut may be made in any unit, where
    `options` (None: those of the problem) leave that open. What comes out too small to be a
    measure, or to be told as a part of one, is left out and the rest found once more. The first
    `decided` drafts keep their hours.
    """
    stock = Stock(formulation.problem)
    others = _Others(
        formulation, PossibleMoves.of(formulation.problem) if options is None else options
    )
    moves = list(_moves(formulation, stock, drafts, decided, others))
    hours = _best_hours(formulation, stock, drafts, moves, limits=[])
    if hours is not None and any(DUST < hours[move] < move.part - DUST for move in moves):
        moves = list(_large_enough(formulation, drafts, moves, hours))
        limits = list(_row_limits(formulation, drafts, moves))
        hours = _best_hours(formulation, stock, drafts, moves, limits)
    if hours is None:
        return list(drafts)
    sizes: dict[int, list[HoursFlow]] = defaultdict(list)
    for move in moves:
        if move.row < decided or hours[move] > DUST:
            sizes[move.row].append(replace(move.flow, hours=hours[move]))
    return [
        _resized(draft, sizes[row]) if row >= decided and draft.flows else draft
        for row, draft in enumerate(drafts)
        if row < decided or not draft.flows or sizes[row]
    ]


def _large_enough(
    formulation: Formulation,
    drafts: Sequence[DraftMeasure],
    moves: Sequence[_Move],
    hours: Mapping[_Move, float],
) -> Iterator[_Move]:
    """Yield the moves of rows that are measures, as far as they are worth telling."""
    rows: dict[int, list[_Move]] = defaultdict(list)
    for move in moves:
        rows[move.row].append(move)
    for row, parts in rows.items():
        if sum(hours[move] for move in parts) < _least_of(formulation, drafts[row]) - DUST:
            continue
        largest = max(parts, key=hours.__getitem__)
        for move in parts:
            if hours[move] >= move.part - DUST or move is largest:
                least = 0.0 if move.is_cut else min(move.part, move.most)
                yield replace(move, least=max(move.least, least))


def _least_of(formulation: Formulation, draft: DraftMeasure) -> float:
    """Return the hours that a row has to have."""
    return min(formulation.policy.minimum_measure, draft.hours)


def _best_hours(
    formulation: Formulation,
    stock: Stock,
    drafts: Sequence[DraftMeasure],
    moves: Sequence[_Move],
    limits: Sequence[Limit],
) -> dict[_Move, float] | None:
    if not moves:
        return None
    worth_of_open, rows = Situation(formulation).worth_of_open, len(drafts)
    worth = [
        (worth_of_open * (rows - move.row) if move.flow.from_post == NOWHERE else 0.0)
        - (_NEWNESS if move.flow.hours == 0.0 else 0.0)
        for move in moves
    ]
    found = size_moves(
        formulation.problem.rules,
        most=np.array([move.most for move in moves]),
        least=np.array([move.least for move in moves]),
        worth=np.array(worth),
        stages=_stages(formulation, drafts, moves),
        limits=[*_shared_limits(formulation, stock, moves), *limits],
    )
    return None if found is None else dict(zip(moves, found.tolist(), strict=True))


def _resized(draft: DraftMeasure, flows: Sequence[HoursFlow]) -> DraftMeasure:
    left = [flow for flow in flows if flow.hours >= LEAST_PART_HOURS] or flows
    return cut_of(left) if draft.kind is MeasureKind.CUT else with_flows(draft, left)


def _moves(
    formulation: Formulation,
    stock: Stock,
    drafts: Sequence[DraftMeasure],
    decided: int,
    others: _Others,
) -> Iterator[_Move]:
    smallest = formulation.policy.minimum_measure
    for row, draft in enumerate(drafts):
        is_cut = draft.kind is MeasureKind.CUT
        if row < decided:
            others.close(draft)
            for flow in draft.flows:
                yield _Move(row, flow, is_cut, flow.hours, flow.hours, part=0.0)
            continue
        for flow in (*draft.flows, *others.of(draft)):
            most = min(top for _key, top in _tops(formulation, stock, flow, is_cut=is_cut))
            part = min(smallest, flow.hours or smallest, most)
            yield _Move(row, flow, is_cut, 0.0, most, LEAST_PART_HOURS if is_cut else part)


class _Others:
    """What rows could move besides what they do: other tasks of their ends, a cut elsewhere."""

    def __init__(self, formulation: Formulation, options: PossibleMoves) -> None:
        self._options = options
        codes = [task.task_code for task in formulation.tasks]
        numbers = {code: number for number, code in enumerate(codes)}
        self._task = np.array([numbers[code] for code in codes], dtype=np.int64)
        self._is_open = np.ones(len(options.demand), dtype=np.bool_)

    def close(self, draft: DraftMeasure) -> None:
        """Leave what a decided draft moves as it is."""
        options = self._options
        for flow in draft.flows:
            is_it = (options.demand == flow.demand) & (options.giver == flow.from_post)
            self._is_open[is_it & (options.taker == flow.to_post)] = False

    def of(self, draft: DraftMeasure) -> Iterator[HoursFlow]:
        """Yield flows of no hours that could be part of a draft."""
        known = {(flow.demand, flow.from_post) for flow in draft.flows}
        for index in self._like(draft).tolist():
            flow = self._options.flow(index, 0.0)
            if (flow.demand, flow.from_post) not in known:
                yield flow

    def _like(self, draft: DraftMeasure) -> Integers:
        options = self._options
        if draft.kind is MeasureKind.CUT:
            is_same = self._task[options.demand] == self._task[draft.flows[0].demand]
            return np.flatnonzero(options.is_cut & is_same & self._is_open)
        if not draft.flows or draft.to_post == NOWHERE:
            return np.zeros(0, dtype=np.int64)
        is_same = (options.giver == draft.from_post) & (options.taker == draft.to_post)
        return np.flatnonzero(is_same & self._is_open)


def _tops(
    formulation: Formulation, stock: Stock, flow: HoursFlow, *, is_cut: bool
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


def _row_limits(
    formulation: Formulation, drafts: Sequence[DraftMeasure], moves: Sequence[_Move]
) -> Iterator[Limit]:
    """Yield that every row is as large as a measure has to be."""
    rows: dict[int, list[int]] = defaultdict(list)
    for number, move in enumerate(moves):
        rows[move.row].append(number)
    for row, numbers in rows.items():
        yield Limit(numbers, _least_of(formulation, drafts[row]) - DUST, np.inf)


def _too_many(done: Situation, target: float, draft: DraftMeasure, taker: int) -> float:
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


def _stages(
    formulation: Formulation, drafts: Sequence[DraftMeasure], moves: Sequence[_Move]
) -> Iterator[Stage]:
    """Yield every post from one draft that touches it to the next."""
    problem, situation, done = formulation.problem, Situation(formulation), Situation(formulation)
    numbers: dict[int, list[int]] = defaultdict(list)
    touched = [set(draft.posts) for draft in drafts]
    for number, move in enumerate(moves):
        numbers[move.row].append(number)
        touched[move.row] |= {move.flow.from_post, move.flow.to_post} - {NOWHERE}
    weights = _rows_until_next_touch(touched)
    so_far: dict[int, list[tuple[int, float, bool]]] = defaultdict(list)
    for row, draft in enumerate(drafts):
        done.do(draft)
        if draft.category != NOWHERE:
            situation.do(draft)
        for number in numbers[row]:
            flow = moves[number].flow
            is_officer = bool(problem.demand_is_officer_only[flow.demand])
            for post, sign in ((flow.from_post, -1.0), (flow.to_post, 1.0)):
                so_far[post].append((number, sign, is_officer))
        for post in sorted(touched[row]):
            stage = _stage(situation, post, weights[row, post], so_far[post])
            is_filled = bool(draft.flows) and post in draft.takers
            yield _with_tops(stage, problem.rules, done, draft, post) if is_filled else stage


def _with_tops(
    stage: Stage, rules: Rules, done: Situation, draft: DraftMeasure, post: int
) -> Stage:
    """Return the stage of a receiver, filled up to the target or as full as it was chosen to be.

    Where the giver would end below a receiver above the target, not fuller than makes both equal.
    """
    here, target = np.array([post]), rules.target_saturation
    (load,), (officer_load,) = done.loads(here)
    less = min(draft.hours, _too_many(done, target, draft, post)) * float(done.caf[post])
    return replace(
        stage,
        top=max(target * stage.capacity, float(load) - less),
        officer_top=max(target * stage.officer_capacity, float(officer_load)),
    )


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


def _rows_until_next_touch(touched: Sequence[Collection[int]]) -> dict[tuple[int, int], float]:
    """Return, for each row and post it touches, how many rows the post then stays as it is."""
    touching: dict[int, list[int]] = defaultdict(list)
    for row, posts in enumerate(touched):
        for post in posts:
            touching[post].append(row)
    return {
        (row, post): float(later - row)
        for post, rows in touching.items()
        for row, later in pairwise([*rows, len(touched)])
    }
