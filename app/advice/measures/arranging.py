"""Arranging: chosen steps become rows an official recognises, those that relieve most first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush
from typing import TypeAlias

import numpy as np

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, HoursFlow, Situation
from app.advice.county_problem import Formulation
from app.advice.measures.possible_moves import DUST
from app.model.vocabulary import MeasureKind

DraftRun: TypeAlias = tuple[DraftMeasure, ...]
"""Drafts that belong together and keep their order: the last needs those before it."""

_ROUNDING = 1e-6
"""The part by which strain may seem to rise, so that arithmetic is not taken for harm."""

_OFFICIAL = (MeasureKind.REASSIGN, MeasureKind.MOVE, MeasureKind.CUT, MeasureKind.TRANSFER)
"""The kinds in the order in which they are proposed; new people come after all of them."""

_NEW_PEOPLE = (MeasureKind.FILL, MeasureKind.DRAW, MeasureKind.TEMPORARY)

_Ends: TypeAlias = tuple[int, int]
"""Giving and receiving post; of a post without people, NOWHERE for all that take on its work."""


def arranged(
    formulation: Formulation, begun: Sequence[DraftMeasure], blocks: Sequence[DraftRun]
) -> list[DraftMeasure]:
    """Return the drafts of `blocks` in rows, as they are to follow those `begun`.

    What one post hands to another is one row, and so is what becomes of the work of a post that
    nobody is on. Each row comes as soon as nothing else relieves more; what would add strain at
    every turn by then is left out.
    """
    return list(_in_order(formulation, begun, _merged(formulation, begun, blocks)))


def in_official_order(
    formulation: Formulation, drafts: Sequence[DraftMeasure], *, decided: int
) -> list[DraftMeasure]:
    """Return the drafts rung by rung, the first `decided` as they stand before all others.

    First what a unit shares out by itself, then burden given back, then people and headcount
    between units, last new people; inside a rung what relieves most (method §8). A row waits for
    one of a later rung only where it may not come before it, or would fill its receiver above the
    target before that makes room. What none may go before stays last, in the order it had.
    """
    situation = Situation(formulation)
    for draft in drafts[:decided]:
        situation.do(draft)
    waiting, rows = dict(enumerate(drafts[decided:])), list(drafts[:decided])
    gains: dict[int, float] = {}
    while waiting:
        gains |= {
            number: _gain(situation, (draft,))
            for number, draft in waiting.items()
            if number not in gains
        }
        ranked = sorted(waiting, key=lambda number: (_rung(waiting[number]), -gains[number]))
        draft = waiting.pop(_first_able(situation, waiting, ranked))
        situation.do(draft)
        rows.append(draft)
        gains = {
            number: gain
            for number, gain in gains.items()
            if number in waiting and not waiting[number].posts & draft.posts
        }
    return rows


def _first_able(
    situation: Situation, waiting: Mapping[int, DraftMeasure], ranked: Sequence[int]
) -> int:
    """Return the first that may follow now and has room, else the first that may, else any."""
    able: list[int] = []
    for number in ranked:
        if _may_follow(situation, (waiting[number],)):
            if not _overfills(situation, waiting[number]):
                return number
            able.append(number)
    return able[0] if able else min(waiting)


def _overfills(situation: Situation, draft: DraftMeasure) -> bool:
    """Return whether hours leave a receiver fuller than it is and than its target now."""
    if draft.kind is not MeasureKind.REASSIGN:
        return False
    takers = np.array(sorted(draft.takers), dtype=np.int64)
    after = situation.copy()
    after.do(draft)
    most = np.maximum(situation.overload(takers), _ROUNDING)
    return bool((after.overload(takers) > most * (1 + _ROUNDING)).any())


def _rung(draft: DraftMeasure) -> int:
    """Return the place of a draft's kind in the official order."""
    is_new = draft.from_unit == NOWHERE and draft.kind in _NEW_PEOPLE
    return len(_OFFICIAL) if is_new else _OFFICIAL.index(draft.kind)


def is_sound(formulation: Formulation, drafts: Sequence[DraftMeasure], *, decided: int) -> bool:
    """Return whether no draft after those `decided` adds strain at its turn."""
    situation = Situation(formulation)
    for draft in drafts[:decided]:
        situation.do(draft)
    return never_adds_strain(situation, drafts[decided:])


def never_adds_strain(situation: Situation, drafts: Iterable[DraftMeasure]) -> bool:
    """Return whether none of `drafts` adds strain at its turn; `situation` is as they leave it."""
    strain = situation.strain()
    for draft in drafts:
        situation.do(draft)
        before, strain = strain, situation.strain()
        if strain > before + _ROUNDING * max(1.0, before):
            return False
    return True


def _merged(
    formulation: Formulation, begun: Sequence[DraftMeasure], blocks: Sequence[DraftRun]
) -> list[DraftRun]:
    """Return the blocks with those of the same ends made one, where the first of them stood."""
    vacant = _vacant_posts(formulation, [*begun, *(draft for block in blocks for draft in block)])
    rows: dict[_Ends | int, list[DraftMeasure]] = defaultdict(list)
    for number, block in enumerate(blocks):
        rows[_ends(block, vacant) or number] += block
    return [
        (_one(drafts),) if isinstance(key, tuple) and len(drafts) > 1 else tuple(drafts)
        for key, drafts in rows.items()
    ]


def _vacant_posts(formulation: Formulation, drafts: Iterable[DraftMeasure]) -> frozenset[int]:
    """Return the posts that have nobody today and to which nobody comes."""
    capacity, _inside = Situation(formulation).capacities(np.arange(len(formulation.posts)))
    gaining = {draft.to_post for draft in drafts if draft.category != NOWHERE}
    return frozenset(np.flatnonzero(capacity <= 0).tolist()) - gaining


def _ends(block: DraftRun, vacant: frozenset[int]) -> _Ends | None:
    """Return by what a block may be merged with others, None where it stands by itself."""
    draft = block[0]
    if len(block) > 1 or draft.kind is not MeasureKind.REASSIGN or draft.to_post == NOWHERE:
        return None
    return draft.from_post, NOWHERE if draft.from_post in vacant else draft.to_post


def _one(drafts: Sequence[DraftMeasure]) -> DraftMeasure:
    """Return the draft that hands on the hours of all, most hours first."""
    hours: dict[tuple[int, int, int], float] = defaultdict(float)
    for draft in drafts:
        for flow in draft.flows:
            hours[flow.demand, flow.from_post, flow.to_post] += flow.hours
    flows = sorted((HoursFlow(*ends, amount) for ends, amount in hours.items()), key=_most_first)
    return with_flows(drafts[0], flows)


def with_flows(draft: DraftMeasure, flows: Sequence[HoursFlow]) -> DraftMeasure:
    """Return a reassignment with other flows; it names the receiving post where there is one."""
    takers = {flow.to_post for flow in flows}
    return replace(draft, to_post=takers.pop() if len(takers) == 1 else NOWHERE, flows=tuple(flows))


def _most_first(flow: HoursFlow) -> tuple[float, int, int]:
    return -flow.hours, flow.demand, flow.to_post


def _in_order(
    formulation: Formulation, begun: Sequence[DraftMeasure], blocks: Sequence[DraftRun]
) -> Iterator[DraftMeasure]:
    """Yield the drafts so that each block is the one that relieves most a row at its turn.

    A gain is reckoned anew when its block comes up and another has touched its posts since.
    """
    situation = Situation(formulation)
    for draft in begun:
        situation.do(draft)
    touching: dict[int, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        for post in _posts(block):
            touching[post].append(number)
    waiting = [(-_gain(situation, block), number) for number, block in enumerate(blocks)]
    heapify(waiting)
    stale: set[int] = set()
    held: list[tuple[float, int]] = []
    while waiting:
        place, number = heappop(waiting)
        block = blocks[number]
        if number in stale:
            stale.discard(number)
            heappush(waiting, (-_gain(situation, block), number))
        elif not _may_follow(situation, block):
            held.append((place, number))
        else:
            for draft in block:
                situation.do(draft)
            yield from block
            stale.update(other for post in _posts(block) for other in touching[post])
            waiting.extend(held)
            heapify(waiting)
            held.clear()


def _posts(block: DraftRun) -> frozenset[int]:
    return frozenset[int]().union(*(draft.posts for draft in block))


def _gain(situation: Situation, block: DraftRun) -> float:
    """Return the strain that a block removes now, a row."""
    posts = np.array(sorted(_posts(block)), dtype=np.int64)
    after = situation.copy()
    for draft in block:
        after.do(draft)
    gain = float(situation.overload(posts).sum() - after.overload(posts).sum())
    carried = sum(flow.hours for flow in _flows(block) if flow.from_post == NOWHERE)
    return (gain + situation.worth_of_open * carried) / len(block)


def _flows(block: DraftRun) -> Iterator[HoursFlow]:
    for draft in block:
        yield from draft.flows


def _may_follow(situation: Situation, block: DraftRun) -> bool:
    """Return whether nobody is taken from where there are too few now, and nothing is added."""
    if not all(situation.allows(draft) for draft in block):
        return False
    if len(block) == 1:
        return _gain(situation, block) > -DUST
    return never_adds_strain(situation.copy(), block)
