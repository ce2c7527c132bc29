"""The matrix: rules stated over blocks of variables become one sparse programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from solver.problem import Booleans, Floats, Integers
from solver.rows import Rows


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


def _limits(rules: Sequence[Rows], limits: list[Floats | float]) -> Floats:
    return np.concatenate(
        [
            np.broadcast_to(np.asarray(limit, dtype=np.float64), len(rule.subjects))
            for rule, limit in zip(rules, limits, strict=True)
        ]
    )
