"""The matrix: rules stated over blocks of variables become one sparse programme."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from solver.formulation.rows import Rows
from solver.problem import Booleans, Floats, Integers

LOOSE = 1e-9
"""What rows give way by when others' shares are taken off, relative, for the rounding of sums."""

KEPT = 1e-7
"""How far a point may be off a row that it keeps, relative."""


@dataclass(frozen=True)
class Matrix:
    """`row_lower ≤ A x ≤ row_upper`, `lower ≤ x ≤ upper`, some x whole; A by rows (CSR)."""

    starts: Integers
    columns: Integers
    values: Floats
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    is_whole: Booleans


@dataclass(frozen=True)
class SparseRow:
    """`lower ≤ Σ values × x[columns] ≤ upper`: one more row of a programme."""

    columns: Integers
    values: Floats
    lower: float
    upper: float


def consecutive(sizes: Sequence[int]) -> list[slice]:
    """Return slices of these sizes, one after the other."""
    ends = np.concatenate([[0], np.cumsum(sizes)]).astype(int).tolist()
    return [slice(start, end) for start, end in pairwise(ends)]


def assemble(
    rules: Sequence[Rows],
    blocks: Mapping[str, slice],
    *,
    lower: Floats,
    upper: Floats,
    is_whole: Booleans,
) -> Matrix:
    """Return the matrix of `rules`, one after the other; columns ascend inside each row."""
    row_parts, column_parts, value_parts = [], [], []
    places = consecutive([len(rule.subjects) for rule in rules])
    for rule, place in zip(rules, places, strict=True):
        for term in rule.terms:
            used = np.flatnonzero(term.rows >= 0)
            each = np.asarray(term.coefficients, dtype=np.float64)
            row_parts.append(place.start + term.rows[used])
            column_parts.append(blocks[term.block].start + used)
            value_parts.append(np.broadcast_to(each, len(term.rows))[used])
    rows, columns = np.concatenate(row_parts), np.concatenate(column_parts)
    order = np.lexsort((columns, rows))
    counts = np.bincount(rows, minlength=places[-1].stop)
    return Matrix(
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        columns=columns[order],
        values=np.concatenate(value_parts)[order],
        row_lower=_limits(rules, [rule.lower for rule in rules]),
        row_upper=_limits(rules, [rule.upper for rule in rules]),
        lower=lower,
        upper=upper,
        is_whole=is_whole,
    )


def with_rows(matrix: Matrix, rows: Sequence[SparseRow]) -> Matrix:
    """Return the matrix with `rows` behind its own."""
    if not rows:
        return matrix
    ends = matrix.starts[-1] + np.cumsum([len(row.columns) for row in rows])
    return dataclasses.replace(
        matrix,
        starts=np.concatenate([matrix.starts, ends]),
        columns=np.concatenate([matrix.columns, *(row.columns for row in rows)]),
        values=np.concatenate([matrix.values, *(row.values for row in rows)]),
        row_lower=np.concatenate([matrix.row_lower, [row.lower for row in rows]]),
        row_upper=np.concatenate([matrix.row_upper, [row.upper for row in rows]]),
    )


def of_rows(
    rows: Sequence[SparseRow], *, lower: Floats, upper: Floats, is_whole: Booleans | None = None
) -> Matrix:
    """Return the programme of `rows` alone; nothing needs to be whole unless `is_whole` says so."""
    nothing, no_columns = np.zeros(0), np.zeros(0, dtype=np.int64)
    whole = np.zeros(len(lower), dtype=np.bool_) if is_whole is None else is_whole
    starts = np.zeros(1, dtype=np.int64)
    empty = Matrix(starts, no_columns, nothing, nothing, nothing, lower, upper, whole)
    return with_rows(empty, rows)


def row_of_entries(matrix: Matrix) -> Integers:
    """Return the row of each entry of `columns` and `values`."""
    return np.repeat(np.arange(len(matrix.row_lower)), np.diff(matrix.starts))


def narrowed(matrix: Matrix, columns: Integers, rows: Booleans, point: Floats) -> Matrix:
    """Return the programme of these columns and rows alone, all other columns left at `point`.

    Rows in which none of the columns stands fall away.
    """
    place = np.full(len(matrix.lower), -1)
    place[columns] = np.arange(len(columns))
    row_of, is_free = row_of_entries(matrix), place[matrix.columns] >= 0
    products = np.where(is_free, 0.0, matrix.values * point[matrix.columns])
    fixed = np.bincount(row_of, products, len(matrix.row_lower))
    used = is_free & rows[row_of]
    counts = np.bincount(row_of[used], minlength=len(matrix.row_lower))
    left = np.flatnonzero(counts)
    return Matrix(
        starts=np.concatenate([[0], np.cumsum(counts[left])]).astype(np.int64),
        columns=place[matrix.columns[used]],
        values=matrix.values[used],
        row_lower=(matrix.row_lower - fixed)[left],
        row_upper=(matrix.row_upper - fixed)[left],
        lower=matrix.lower[columns],
        upper=matrix.upper[columns],
        is_whole=matrix.is_whole[columns],
    )


def loosened(matrix: Matrix) -> Matrix:
    """Return the programme with rows that give way by the rounding of sums."""
    return dataclasses.replace(
        matrix,
        row_lower=matrix.row_lower - _room(matrix.row_lower),
        row_upper=matrix.row_upper + _room(matrix.row_upper),
    )


def keeps(matrix: Matrix, point: Floats) -> bool:
    """Return whether a point keeps rows and bounds as nearly as a solver does."""
    products = matrix.values * point[matrix.columns]
    sums = np.bincount(row_of_entries(matrix), products, len(matrix.row_lower))
    room = KEPT * np.maximum(np.abs(sums), 1.0)
    return bool(
        np.all(sums >= matrix.row_lower - room)
        and np.all(sums <= matrix.row_upper + room)
        and np.all(point >= matrix.lower - KEPT)
        and np.all(point <= matrix.upper + KEPT)
    )


def _room(limits: Floats) -> Floats:
    sizes = np.where(np.isfinite(limits), np.abs(limits), 0.0)
    return np.asarray(LOOSE * np.maximum(sizes, 1.0))


def _limits(rules: Sequence[Rows], limits: list[Floats | float]) -> Floats:
    return np.concatenate(
        [
            np.broadcast_to(np.asarray(limit, dtype=np.float64), len(rule.subjects))
            for rule, limit in zip(rules, limits, strict=True)
        ]
    )
