"""Ordering: what every measure of a list changes at its turn, once all before it are done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.advice.carrying_out.situation import DraftMeasure
from app.advice.carrying_out.stages import stages
from app.method.loads import Yardstick, combined_load
from app.method.overtime import overtime_hours, per_week
from app.model.county import County
from app.model.figures import Load, PostFigures
from app.model.plan import Measure
from app.model.vocabulary import MeasureKind

Ratio = float | None

_OF_HOURS = (MeasureKind.REASSIGN, MeasureKind.CUT)
"""What relieves the side that gives; people relieve the side they come to."""


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
    giver_peak: tuple[Ratio, Ratio] = (None, None)
    taker_peak: tuple[Ratio, Ratio] = (None, None)
    overtime_saved: float | None = None
    """Hours per person and week on the side that is relieved; None where nobody is on it."""


def in_turn(
    county: County,
    drafts: Sequence[DraftMeasure],
    measures: Sequence[Measure],
    posts: Sequence[str],
) -> Iterator[TurnRow]:
    """Carry out `measures` one by one and yield what each changes.

    Args:
        county: the inputs of today.
        drafts: the same measures in indices.
        measures: in the county's own codes.
        posts: the codes of the drafts' posts.
    """
    by = Yardstick.of(county)
    for draft, measure, stage in zip(drafts, measures, stages(county, measures), strict=True):
        sides = [
            [_side(figures, {posts[post] for post in ends}, by) for figures in stage.both]
            for ends in (draft.givers, draft.takers)
        ]
        (giver, giver_after), (taker, taker_after) = sides
        relieved = sides[0] if measure.kind in _OF_HOURS else sides[1]
        yield TurnRow(
            draft,
            giver=(giver.saturation, giver_after.saturation),
            taker=(taker.saturation, taker_after.saturation),
            overload_after=stage.overload_hours,
            unassigned_after=stage.unassigned_hours,
            giver_peak=(giver.peak_saturation, giver_after.peak_saturation),
            taker_peak=(taker.peak_saturation, taker_after.peak_saturation),
            overtime_saved=_overtime_saved(*relieved),
        )


def _side(figures: Mapping[str, PostFigures], posts: Collection[str], by: Yardstick) -> Load:
    """Return the load of all posts of a side together."""
    return combined_load([figures[code].load for code in sorted(posts)], by=by)


def _overtime_saved(before: Load, after: Load) -> Ratio:
    """Return how much less each person works above capacity, hours a week (method §3)."""
    if before.existing <= 0:
        return None
    return per_week(overtime_hours(before) - overtime_hours(after), people=before.existing)
