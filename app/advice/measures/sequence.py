"""Ordering: what every draft of a list changes at its turn, once all before it are done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.advice.carrying_out.situation import DraftMeasure, Situation

Ratio = float | None


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One draft at its turn: saturation of both sides before and after, and how things stand then.

    Where several posts are on a side (relieved by a cut, taking on the work of one that nobody is
    on), it is all of them together. None is a side that is not there or has no people.
    """

    draft: DraftMeasure
    giver: tuple[Ratio, Ratio]
    taker: tuple[Ratio, Ratio]
    overload_after: float
    unassigned_after: float


def in_turn(situation: Situation, drafts: Sequence[DraftMeasure]) -> Iterator[TurnRow]:
    """Carry out `drafts` one by one in `situation` and yield what each changes."""
    overload = situation.total_overload()
    for draft in drafts:
        gain = situation.overload_gain(draft)
        before = _sides(situation, draft)
        situation.do(draft)
        after = _sides(situation, draft)
        overload -= gain
        yield TurnRow(
            draft,
            giver=(before[0], after[0]),
            taker=(before[1], after[1]),
            overload_after=max(0.0, overload),
            unassigned_after=max(0.0, situation.unassigned()),
        )


def _sides(situation: Situation, draft: DraftMeasure) -> tuple[Ratio, Ratio]:
    return situation.saturation(draft.givers), situation.saturation(draft.takers)
