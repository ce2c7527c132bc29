"""Sizing: how many hours each move of a list takes so that every beginning of it is good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from solver.formulation.highs import KeptModel
from solver.formulation.sparse import SparseRow, of_rows
from solver.problem import Floats, Rules

HOUR_PRICE = 1e-4
"""What an hour moved costs, so that of two equally good sizes the smaller is taken."""


@dataclass(frozen=True)
class Stage:
    """One post from a row of the list that touches it to the next: how it stands meanwhile.

    `load` and `officer_load` are hours without the moves, `moves` those up to here with their
    load per hour (below 0 where hours leave); `weight` counts the rows that it stays so.
    """

    weight: float
    load: float
    officer_load: float
    capacity: float
    officer_capacity: float
    moves: Sequence[int]
    slopes: Sequence[float]
    is_officer: Sequence[bool]
    top: float = np.inf
    """The load that must not be exceeded meanwhile."""
    officer_top: float = np.inf


@dataclass(frozen=True)
class Limit:
    """`lower ≤ Σ hours of moves ≤ upper`."""

    moves: Sequence[int]
    lower: float
    upper: float


def size_moves(
    rules: Rules,
    *,
    most: Floats,
    least: Floats,
    worth: Floats,
    stages: Iterable[Stage],
    limits: Iterable[Limit],
    seconds: float = 10.0,
) -> Floats | None:
    """Return the hours of each move that make `Σ weight × overload` of all stages least.

    `worth[m]` is what an hour of move m is worth by itself, all rows counted. None where nothing
    is found in time or the limits cannot hold.
    """
    stages = list(stages)
    tiers = len(rules.tier_weights)
    moves, columns = len(most), len(most) + tiers * len(stages)
    cost, lower, upper = np.zeros(columns), np.zeros(columns), np.full(columns, np.inf)
    cost[:moves], lower[:moves], upper[:moves] = HOUR_PRICE - worth, least, most
    widths = np.array(rules.tier_widths)
    rows: list[SparseRow] = []
    for number, stage in enumerate(stages):
        first = moves + tiers * number
        over = list(range(first, first + tiers))
        cost[over] = stage.weight * np.asarray(rules.tier_weights)
        upper[over[:-1]] = widths * stage.capacity
        rows.extend(_stage_rows(rules, stage, over))
    rows.extend(
        _row(limit.moves, [1.0] * len(limit.moves), limit.lower, limit.upper) for limit in limits
    )
    answer = KeptModel(of_rows(rows, lower=lower, upper=upper)).minimise(cost, seconds=seconds)
    return None if answer.values is None else np.clip(answer.values[:moves], least, most)


def _stage_rows(rules: Rules, stage: Stage, over: list[int]) -> list[SparseRow]:
    """Return the rows load and officer (method §7) of one post at one stage, and its tops."""
    slack = [-1.0] * len(over)
    officer = [place for place, yes in enumerate(stage.is_officer) if yes]
    target = rules.target_saturation
    parts = [
        (stage.moves, stage.slopes, stage.load, stage.capacity, stage.top),
        (
            [stage.moves[place] for place in officer],
            [stage.slopes[place] for place in officer],
            stage.officer_load,
            stage.officer_capacity,
            stage.officer_top,
        ),
    ]
    rows = []
    for moves, slopes, load, capacity, top in parts:
        rows.append(_row([*moves, *over], [*slopes, *slack], -np.inf, target * capacity - load))
        if moves and top < np.inf:
            rows.append(_row(moves, slopes, -np.inf, top - load))
    return rows


def _row(columns: Sequence[int], values: Sequence[float], lower: float, upper: float) -> SparseRow:
    return SparseRow(np.array(columns, dtype=np.int64), np.array(values), lower, upper)
