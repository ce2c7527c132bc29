"""Choosing: the measures that relieve most, one after the other, each the best at its turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, Situation
from app.advice.county_problem import Formulation
from app.advice.duty_area_fit import Kinship
from app.advice.measures.arranging import DraftRun, arranged, never_adds_strain
from app.advice.measures.cycle_guard import Ways
from app.advice.measures.possible_moves import DUST, PossibleMoves, Stock
from app.advice.measures.reassignments import Bundles, ListStep, Sizes, Standing
from app.advice.measures.task_cuts import Cuts
from app.model.vocabulary import MeasureKind
from solver.problem import Booleans, Floats, Integers

LOYALTY = 0.1
"""By this share another measure has to relieve more to take the place of one known before."""

KINDRED = 0.1
"""By this share a measure may relieve less if the receiving post works in the area already."""

MOST_PREPARATIONS = 8
"""How much a post may hand on or give up before somebody leaves it; more is no longer one idea."""

MOST_TRIALS = 5
"""How many moves that need a preparation are looked at closely at one turn."""


@dataclass(slots=True)
class _Pending:
    """A change of people not taken yet, and what it would come to while its units stay as they are.

    None in `found` is a change that is not worth it or cannot be.
    """

    draft: DraftMeasure
    found: _Found | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What may be done next: one step, or several that belong together; `gain` is per step."""

    gain: float
    steps: tuple[ListStep, ...]


def choose(
    formulation: Formulation,
    *,
    people: Sequence[DraftMeasure],
    begun: Sequence[DraftMeasure] = (),
    options: PossibleMoves | None = None,
    may_use: Booleans | None = None,
    preferred: Booleans | None = None,
) -> list[DraftMeasure]:
    """Return the drafts that relieve the county, the one that removes most strain always next.

    Hours may go wherever the rules allow; people change posts as in `people` and not otherwise.
    `begun` stands first as it is. A draft of fewer hours than the policy's smallest measure, or
    that removes less strain than that, is none; hours that nobody carries always find a post.
    Nothing is handed back to where it came from, be it by way of others.

    Args:
        formulation: the problem and its policy.
        people: the plan's own changes of people, each taken at most once.
        begun: drafts that are decided already.
        options: what could move at all; None means what the problem leaves open.
        may_use: which of the options are open; None means all.
        preferred: which of them give way only to what relieves more by `LOYALTY`.
    """
    if options is None:
        options = PossibleMoves.of(formulation.problem)
    choosing = _Choosing(formulation, people, options, may_use, preferred)
    for draft in begun:
        choosing.begin(draft)
    blocks: list[DraftRun] = []
    while (found := choosing.best()) is not None:
        for step in found.steps:
            choosing.take(step)
        blocks.append(tuple(step.draft for step in found.steps))
    return [*begun, *arranged(formulation, begun, blocks)]


class _Choosing:
    """The state between two steps: what is left to move, and what every bundle would gain now."""

    def __init__(
        self,
        formulation: Formulation,
        people: Sequence[DraftMeasure],
        options: PossibleMoves,
        may_use: Booleans | None,
        preferred: Booleans | None,
    ) -> None:
        problem = formulation.problem
        self._problem, self._options = problem, options
        self._least = max(formulation.policy.minimum_measure, DUST)
        situation, posts = Situation(formulation), np.arange(len(problem.post_codes))
        is_vacant = self._vacant_posts(situation, {draft.to_post for draft in people})
        self._bundles = Bundles(problem, options, is_vacant, least=self._least)
        self._is_roomy = self._bundles.is_roomy(situation, posts)
        self._now = Standing(
            situation,
            Stock(problem),
            np.ones(len(options.demand), dtype=np.bool_) if may_use is None else may_use.copy(),
            self._bundles.has_no_other(self._is_roomy),
        )
        codes = [task.task_code for task in formulation.tasks]
        numbers = {code: number for number, code in enumerate(dict.fromkeys(codes))}
        self._task_of_demand = np.array([numbers[code] for code in codes], dtype=np.int64)
        self._cuts = Cuts(options, self._bundles, self._task_of_demand, least=self._least)
        self._kinship = Kinship.of(formulation)
        self._people = [_Pending(draft) for draft in people]
        self._ways = Ways()
        count = len(self._bundles.smallest)
        none = np.zeros(len(options.demand), dtype=np.bool_)
        self._is_preferred = none if preferred is None else preferred
        known = np.bincount(self._bundles.of_option, self._is_preferred, count)
        self._weight: Floats = np.where(known > 0, 1.0 + LOYALTY, 1.0)
        self._sizes = Sizes(np.zeros(count), np.zeros(count), np.zeros(count, dtype=np.bool_))
        self._hope, self._hope_hours = np.zeros(count), np.zeros(count)
        self._is_stale = np.ones(count, dtype=np.bool_)
        self._stale_units = np.ones(len(problem.unit_codes), dtype=np.bool_)

    def _vacant_posts(self, situation: Situation, filled: set[int]) -> Booleans:
        """Return which posts have nobody, get nobody, and work that makes a measure as a whole.

        However small a task of theirs, it goes with the others: who is to do it else?
        """
        capacity, _inside = situation.capacities(np.arange(len(self._problem.post_codes)))
        is_vacant = (capacity <= 0) & (situation.hours >= self._least)
        is_vacant[sorted(filled)] = False
        return np.asarray(is_vacant)

    def begin(self, draft: DraftMeasure) -> None:
        """Carry out a draft that is decided already, be it among the options or not."""
        options, problem, is_cut = self._options, self._problem, draft.kind is MeasureKind.CUT
        for flow in draft.flows:
            is_pair = (problem.pair_demand == flow.demand) & (problem.pair_post == flow.from_post)
            pair = int(np.flatnonzero(is_pair)[0]) if is_pair.any() else NOWHERE
            self._now.stock.take_flow(flow, pair, is_cut=is_cut)
            is_it = (options.demand == flow.demand) & (options.giver == flow.from_post)
            self._now.may_use[is_it & (options.taker == flow.to_post)] = False
        self._now.situation.do(draft)
        self._note(draft)

    def take(self, step: ListStep) -> None:
        """Carry out a step and note what it leaves."""
        self._now.take(self._options, step)
        self._people = [one for one in self._people if one.draft is not step.draft]
        self._note(step.draft)

    def _note(self, draft: DraftMeasure) -> None:
        """Note what a draft closes, and the bundles whose posts, tasks or room it has changed."""
        for flow in draft.flows:
            if draft.kind is MeasureKind.CUT:
                # One measure cuts a task in all units.
                self._close(self._cuts.of_task(flow.demand))
            elif NOWHERE not in {flow.from_post, flow.to_post}:
                self._close_ways_back(flow.from_post, flow.to_post)
        options, problem, bundles = self._options, self._problem, self._bundles
        posts = np.zeros(len(problem.post_codes) + 1, dtype=np.bool_)
        demands = np.zeros(len(problem.demand_codes), dtype=np.bool_)
        changed = np.array(sorted(draft.posts), dtype=np.int64)
        posts[changed] = True
        demands[[flow.demand for flow in draft.flows]] = True
        # NOWHERE is the last place, which no post has.
        is_stale = posts[options.giver] | posts[options.taker] | demands[options.demand]
        is_roomy = bundles.is_roomy(self._now.situation, changed)
        if (is_roomy != self._is_roomy[:, changed]).any():
            self._is_roomy[:, changed] = is_roomy
            before = self._now.has_no_other
            self._now.has_no_other = bundles.has_no_other(self._is_roomy)
            is_stale |= before != self._now.has_no_other
        self._is_stale[bundles.of_option[is_stale]] = True
        self._stale_units[problem.post_unit[changed]] = True
        # A cut of hours that nobody carries touches no post, but leaves fewer to hand out.
        self._stale_units[problem.demand_unit[demands]] = True

    def _close(self, options: Integers) -> None:
        self._now.may_use[options] = False
        self._is_stale[self._bundles.of_option[options]] = True

    def _close_ways_back(self, giver: int, taker: int) -> None:
        """Close what would hand hours back to where they came from, be it by way of others."""
        count = len(self._problem.post_codes)
        later, earlier = (_is_among(posts, count) for posts in self._ways.add(giver, taker))
        options = self._options
        self._close(np.flatnonzero(later[options.giver] & earlier[options.taker]))

    def best(self) -> _Found | None:
        """Return what removes most strain a step now, None where nothing is worth a measure."""
        self._renew()
        found = [*self._best_move(), *self._best_cut()]
        best = max(found, key=lambda one: one.gain, default=None)
        best = self._better_prepared(self._better_of_people(best))
        self._is_stale[:] = False
        self._stale_units[:] = False
        return best

    def _renew(self) -> None:
        """Reckon anew what the bundles that the last step touched would gain."""
        giver, sizes = self._bundles.ends.giver, self._sizes
        overload = self._now.situation.overload(np.arange(len(self._problem.post_codes)))
        is_worth = (giver == NOWHERE) | (overload[giver] > DUST)
        sizes.gain[self._is_stale] = 0.0
        chosen = np.flatnonzero(self._is_stale & is_worth)
        now = self._worth(self._now, chosen)
        sizes.gain[chosen], sizes.hours[chosen] = now.gain, now.hours
        sizes.is_beyond[chosen] = now.is_beyond

    def _worth(self, now: Standing, chosen: Integers) -> Sizes:
        """Return gain and hours of bundles; those that relieve too little gain nothing."""
        sizes = self._bundles.sizes(now, chosen)
        is_nobodys = self._bundles.ends.giver[chosen] == NOWHERE
        is_enough = is_nobodys | (sizes.gain >= self._bundles.smallest[chosen])
        return replace(sizes, gain=np.where(is_enough, sizes.gain, 0.0))

    def _best_move(self) -> Iterator[_Found]:
        """Yield the best move of hours.

        A post that works in the same area goes before one that relieves a little more. Of several
        equally good, the one that does most of its work in the area is chosen, then the freest.
        """
        ends, sizes = self._bundles.ends, self._sizes
        gain = np.where(ends.is_cut, 0.0, sizes.gain * self._weight)
        best = float(gain.max(initial=0.0))
        if best <= 0:
            return
        part = np.round(gain / best, 9)
        # Hours that nobody carries find a post that takes as many as any: no crumb stays behind.
        equal = np.flatnonzero(part >= np.where(ends.giver == NOWHERE, 1.0, 1 - KINDRED))
        steps = [self._move(self._now, bundle, sizes, bundle) for bundle in equal.tolist()]
        share = np.array([self._share(step.draft) for step in steps])
        posts, situation = np.maximum(ends.taker[equal], 0), self._now.situation
        load, capacity = situation.loads(posts)[0], situation.capacities(posts)[0]
        load = load + situation.caf[posts] * sizes.hours[equal]
        saturation = np.divide(load, capacity, out=np.full_like(load, np.inf), where=capacity > 0)
        order = np.lexsort((saturation, -share, -part[equal], share == 0))
        yield _Found(best, (steps[int(order[0])],))

    def _share(self, draft: DraftMeasure) -> float:
        """Return the part of its work that a post does today in the areas of what it is handed."""
        if draft.to_post == NOWHERE:
            return 0.0
        share, area = self._kinship.share[draft.to_post], self._kinship.area
        known = sum(flow.hours * float(share[area[flow.demand]]) for flow in draft.flows)
        return known / draft.hours

    def _move(self, now: Standing, bundle: int, sizes: Sizes, place: int) -> ListStep:
        """Return the move of a bundle, sized as at `place`, with as few tasks as can be.

        Tasks known before go first, then one that is enough alone, those in areas in which the
        taker works, and large ones.
        """
        options, members = self._options, self._bundles.members(bundle)
        is_open = now.may_use[members]
        if sizes.is_beyond[place]:
            is_open &= now.has_no_other[members]
        members, left = members[is_open], float(sizes.hours[place])
        most = now.stock.most(options, members)
        posts = np.maximum(options.taker[members], 0)
        share = self._kinship.share[posts, self._kinship.area[options.demand[members]]]
        order = np.lexsort((-most, -share, most < left - DUST, ~self._is_preferred[members]))
        used: dict[int, float] = {}
        for number in order.tolist():
            hours = min(left, float(most[number]))
            if hours > DUST and (not used or hours >= self._bundles.smallest[bundle]):
                used[int(members[number])] = hours
                left -= hours
        flows = tuple(options.flow(index, hours) for index, hours in used.items())
        draft = DraftMeasure(
            MeasureKind.REASSIGN, flows[0].from_post, flows[0].to_post, flows=flows
        )
        return ListStep(draft, tuple(used))

    def _best_cut(self) -> Iterator[_Found]:
        """Yield the cut that relieves most."""
        gain = self._sizes.gain * self._weight
        best = self._cuts.best(self._now, gain, self._sizes.hours)
        if best is not None:
            yield _Found(best[0], (best[1],))

    def _better_of_people(self, best: _Found | None) -> _Found | None:
        """Return the best change of people where it beats `best`.

        Each is looked at closely only if what it takes off its receiver could be enough, and only
        once while its units stay as they are: a run that was stopped may offer a thousand.
        """
        unit = self._problem.post_unit
        for pending in self._people:
            if any(self._stale_units[unit[post]] for post in pending.draft.posts):
                pending.is_known = False
        hopes = self._hopes()
        for place in np.argsort(-hopes, kind="stable").tolist():
            if hopes[place] < max(self._least, best.gain if best is not None else 0.0):
                break
            pending = self._people[place]
            if not pending.is_known:
                givers = np.array(sorted(pending.draft.givers), dtype=np.int64)
                found = self._prepared(ListStep(pending.draft), givers, bearable=self._least)
                pending.found, pending.is_known = found, True
            if pending.found is not None and (best is None or pending.found.gain > best.gain):
                best = pending.found
        return best

    def _hopes(self) -> Floats:
        """Return the most that each change of people could remove: what it takes off its taker."""
        drafts = [pending.draft for pending in self._people]
        takers = np.array([draft.to_post for draft in drafts], dtype=np.int64)
        categories = np.array([draft.category for draft in drafts], dtype=np.int64)
        people = np.array([draft.people for draft in drafts], dtype=np.float64)
        return self._now.situation.relief_by(takers, categories, people)

    def _better_prepared(self, best: _Found | None) -> _Found | None:
        """Return the best move to a post that first makes room for it, where that beats `best`.

        It is two measures, so it has to relieve twice as much.
        """
        ends, count = self._bundles.ends, len(self._bundles.smallest)
        chosen = np.flatnonzero(self._stale_units[self._problem.demand_unit[ends.demand]])
        gain, self._hope_hours[chosen] = self._bundles.sizes_if_prepared(self._now, chosen)
        self._hope[chosen] = gain / 2
        sizes = Sizes(self._hope, self._hope_hours, np.zeros(count, dtype=np.bool_))
        for _trial in range(MOST_TRIALS):
            bundle = int(np.argmax(self._hope)) if count else 0
            enough = max(self._least, best.gain if best is not None else 0.0)
            if not count or self._hope[bundle] <= enough:
                break
            step = self._move(self._now, bundle, sizes, bundle)
            taker = np.array([step.draft.to_post])
            found = self._prepared(step, taker, bearable=DUST)
            self._hope[bundle] = found.gain if found is not None else 0.0
            if found is not None and found.gain > enough:
                best = found
        return best

    def _prepared(self, last: ListStep, posts: Integers, *, bearable: float) -> _Found | None:
        """Return a step after those that take off `posts` what it leaves them too much.

        None where it relieves too little, or adds more than `bearable` to their strain.
        """
        now = self._now.copy()
        if not now.situation.allows(last.draft):
            return None
        before = now.situation.strain()
        most = float(now.situation.overload(posts).sum()) + bearable
        now.take(self._options, last)
        steps: list[ListStep] = []
        while now.situation.overload(posts).sum() > most:
            step = self._relief_of(now, posts) if len(steps) < MOST_PREPARATIONS else None
            if step is None:
                return None
            now.take(self._options, step)
            steps.append(step)
        found = (*steps, last)
        gain = (before - now.situation.strain()) / len(found)
        drafts = [step.draft for step in found]
        if gain < self._least or not never_adds_strain(self._now.situation.copy(), drafts):
            return None
        return _Found(gain, found)

    def _relief_of(self, now: Standing, posts: Integers) -> ListStep | None:
        """Return what takes most off some posts: a move, or the cut of a task in all units."""
        ends = self._bundles.ends
        chosen = np.flatnonzero(np.isin(ends.giver, posts))
        sizes = self._worth(now, chosen)
        gain, hours = self._sizes.gain.copy(), self._sizes.hours.copy()
        gain[chosen], hours[chosen] = sizes.gain, sizes.hours
        is_cut, tasks = ends.is_cut[chosen], np.zeros(len(self._task_of_demand), dtype=np.bool_)
        tasks[self._task_of_demand[ends.demand[chosen[is_cut & (sizes.gain > 0)]]]] = True
        cut = self._cuts.best(now, gain, hours, tasks=tasks)
        handed = np.where(is_cut, 0.0, sizes.gain)
        place = int(np.argmax(handed)) if len(chosen) else 0
        if len(chosen) and handed[place] > (cut[0] if cut is not None else 0.0):
            return self._move(now, int(chosen[place]), sizes, place)
        return cut[1] if cut is not None else None


def _is_among(posts: Sequence[int], count: int) -> Booleans:
    """Return for each of `count` posts whether it is among these; the last place is NOWHERE's."""
    is_among = np.zeros(count + 1, dtype=np.bool_)
    is_among[list(posts)] = True
    return is_among
