"""Choosing: the measures that relieve most, one after the other, each the best at its turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.advice.arranging import Block, arranged, never_adds_strain
from app.advice.ceiling import Ceiling
from app.advice.formulating import Formulation
from app.advice.kinship import Kinship
from app.advice.options import DUST, Options, Stock, best_sizes
from app.advice.situation import NOWHERE, Draft, Flow, Situation
from app.vocabulary import MeasureKind
from solver.problem import Booleans, Floats, Integers

LOYALTY = 0.1
"""By this share another measure has to relieve more to take the place of one known before."""

KINDRED = 0.1
"""By this share a measure may relieve less if the receiving post works in the area already."""

MOST_PREPARATIONS = 8
"""How many tasks a post may hand on before somebody leaves it; more is no longer one idea."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One draft and the options it uses, flow by flow."""

    draft: Draft
    used: tuple[int, ...] = ()


@dataclass(slots=True)
class _Pending:
    """A change of people not taken yet, and what it would come to while its units stay as they are.

    None in `found` is a change that is not worth it or cannot be.
    """

    draft: Draft
    found: _Found | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What may be done next: one step, or several that belong together; `gain` is per step."""

    gain: float
    steps: tuple[_Step, ...]


def choose(
    formulation: Formulation,
    *,
    people: Sequence[Draft],
    begun: Sequence[Draft] = (),
    may_use: Booleans | None = None,
    preferred: Booleans | None = None,
) -> list[Draft]:
    """Return the drafts that relieve the county, the one that removes most strain always next.

    Hours may go wherever the rules allow; people change posts as in `people` and not otherwise.
    `begun` stands first as it is. A draft of fewer hours than the policy's smallest measure, or
    that removes less strain than that, is none; hours that nobody carries always find a post.

    Args:
        formulation: the problem and its policy.
        people: the plan's own changes of people, each taken at most once.
        begun: drafts that are decided already.
        may_use: which options (`Options.of`) are open; None means all.
        preferred: which options give way only to what relieves more by `LOYALTY`.
    """
    choosing = _Choosing(formulation, people, may_use, preferred)
    for draft in begun:
        choosing.begin(draft)
    blocks: list[Block] = []
    while (found := choosing.best()) is not None or choosing.raise_ceiling():
        if found is not None:
            for step in found.steps:
                choosing.take(step)
            blocks.append(tuple(step.draft for step in found.steps))
    return [*begun, *arranged(formulation, begun, blocks)]


class _Choosing:
    """The state between two steps: what is left to move, and what every option would gain now."""

    def __init__(
        self,
        formulation: Formulation,
        people: Sequence[Draft],
        may_use: Booleans | None,
        preferred: Booleans | None,
    ) -> None:
        problem = formulation.problem
        self._problem = problem
        self._least = max(formulation.policy.minimum_measure, DUST)
        self._situation = Situation(formulation)
        self._stock = Stock(problem)
        self._options = Options.of(problem)
        count = len(self._options.demand)
        self._may_use = np.ones(count, dtype=np.bool_) if may_use is None else may_use.copy()
        self._is_taken = np.zeros(count, dtype=np.bool_)
        self._ceiling = Ceiling(problem.rules)
        self._weight = np.ones(count) if preferred is None else 1.0 + LOYALTY * preferred
        codes = [task.task_code for task in formulation.tasks]
        numbers = {code: number for number, code in enumerate(dict.fromkeys(codes))}
        self._task_of_demand = np.array([numbers[code] for code in codes], dtype=np.int64)
        self._task = self._task_of_demand[self._options.demand]
        self._kinship = Kinship.of(formulation)
        self._gain: Floats = np.zeros(count)
        self._hours: Floats = np.zeros(count)
        self._people = [_Pending(draft) for draft in people]
        self._is_vacant = self._vacant_posts({draft.to_post for draft in people})
        self._is_stale = np.ones(count, dtype=np.bool_)
        self._stale_units = set(range(len(problem.unit_codes)))

    def _vacant_posts(self, filled: set[int]) -> Booleans:
        """Return which posts have nobody, get nobody, and work that makes a measure as a whole.

        However small a task of theirs, it goes with the others: who is to do it else?
        """
        capacity, _inside = self._situation.capacities(np.arange(len(self._problem.post_codes)))
        is_vacant = (capacity <= 0) & (self._situation.hours >= self._least)
        is_vacant[sorted(filled)] = False
        return np.asarray(is_vacant)

    def begin(self, draft: Draft) -> None:
        """Carry out a draft that is decided already, be it among the options or not."""
        options, problem, is_cut = self._options, self._problem, draft.kind is MeasureKind.CUT
        for flow in draft.flows:
            is_pair = (problem.pair_demand == flow.demand) & (problem.pair_post == flow.from_post)
            pair = int(np.flatnonzero(is_pair)[0]) if is_pair.any() else NOWHERE
            self._stock.take_flow(flow, pair, is_cut=is_cut)
            is_it = (options.demand == flow.demand) & (options.giver == flow.from_post)
            self._may_use[is_it & (options.taker == flow.to_post)] = False
            if is_cut:
                self._close_cut(flow.demand)
        self._situation.do(draft)

    def take(self, step: _Step) -> None:
        """Carry out a draft and note what it leaves."""
        draft = step.draft
        self._situation.do(draft)
        for index, flow in zip(step.used, draft.flows, strict=True):
            self._stock.take(self._options, index, flow.hours)
            self._is_taken[index] = True
            if draft.kind is MeasureKind.CUT:
                self._close_cut(flow.demand)
        self._people = [one for one in self._people if one.draft is not draft]
        self._note_stale(draft)

    def _note_stale(self, draft: Draft) -> None:
        """Note the options whose posts or tasks a draft has changed."""
        options, problem = self._options, self._problem
        posts = np.zeros(len(problem.post_codes) + 1, dtype=np.bool_)
        demands = np.zeros(len(problem.demand_codes), dtype=np.bool_)
        posts[sorted(draft.posts)] = True
        demands[[flow.demand for flow in draft.flows]] = True
        # NOWHERE is the last place, which no post has.
        self._is_stale |= posts[options.giver] | posts[options.taker] | demands[options.demand]
        self._stale_units |= {int(problem.post_unit[post]) for post in draft.posts}

    def raise_ceiling(self) -> bool:
        """Let receivers be filled one tier further; False where they were at the last."""
        self._is_taken[:] = False
        self._is_stale[:] = True
        self._stale_units = set(range(len(self._problem.unit_codes)))
        return self._ceiling.rise()

    def _close_cut(self, demand: int) -> None:
        """Leave a task that is cut alone from now on: one measure cuts it in all units."""
        is_same = self._task == self._task_of_demand[demand]
        self._may_use[self._options.is_cut & is_same] = False
        self._gain[self._options.is_cut & is_same] = 0.0

    def best(self) -> _Found | None:
        """Return what removes most strain a step now, None where nothing is worth a measure."""
        self._renew_hours()
        found = [*self._best_move(), *self._best_cut()]
        best = max(found, key=lambda one: one.gain, default=None)
        best = self._better_of_people(best)
        self._is_stale[:] = False
        self._stale_units.clear()
        return best

    def _renew_hours(self) -> None:
        """Reckon anew what the options that the last step touched would gain."""
        is_stale = self._is_stale
        self._gain[is_stale] = 0.0
        overload = self._situation.overload(np.arange(len(self._problem.post_codes)))
        giver = self._options.giver
        is_worth = (giver == NOWHERE) | (overload[giver] > DUST)
        chosen = np.flatnonzero(is_stale & self._may_use & ~self._is_taken & is_worth)
        self._gain[chosen], self._hours[chosen] = self._sizes(self._situation, self._stock, chosen)

    def _sizes(self, situation: Situation, stock: Stock, chosen: Integers) -> tuple[Floats, Floats]:
        """Return gain and hours of options; those too small to be a measure gain nothing."""
        options, problem = self._options, self._problem
        most = np.minimum(
            stock.most(options, chosen), self._ceiling.room(problem, situation, options, chosen)
        )
        giver = options.giver[chosen]
        is_part = options.is_cut[chosen] | ((giver != NOWHERE) & self._is_vacant[giver])
        least = np.where(is_part, 0.0, np.minimum(self._least, most))
        gain, hours = best_sizes(problem, situation, options, chosen, least=least, most=most)
        is_enough = most >= np.where(is_part, DUST, self._least)
        is_enough &= is_part | (giver == NOWHERE) | (gain >= self._least)
        return np.where(is_enough & (gain > DUST), gain, 0.0), hours

    def _best_move(self) -> Iterator[_Found]:
        """Yield the best move of hours.

        A post that works in the same area goes before one that relieves a little more. Of several
        equally good, the one that does most of its work in the area is chosen, then the freest.
        """
        gain = np.where(self._options.is_cut, 0.0, self._gain * self._weight)
        best = float(gain.max(initial=0.0))
        if best <= 0:
            return
        part = np.round(gain / best, 9)
        # Hours that nobody carries find a post that takes as many as any: no crumb stays behind.
        equal = np.flatnonzero(part >= np.where(self._options.giver == NOWHERE, 1.0, 1 - KINDRED))
        posts = np.maximum(self._options.taker[equal], 0)
        share = self._kinship.share[posts, self._kinship.area[self._options.demand[equal]]]
        load, capacity = self._situation.loads(posts)[0], self._situation.capacities(posts)[0]
        load = load + self._situation.caf[posts] * self._hours[equal]
        saturation = np.divide(load, capacity, out=np.full_like(load, np.inf), where=capacity > 0)
        order = np.lexsort((saturation, -share, -part[equal], share == 0))
        index = int(equal[order[0]])
        yield _Found(best, (self._move(index, float(self._hours[index])),))

    def _move(self, index: int, hours: float) -> _Step:
        flow = self._options.flow(index, hours)
        draft = Draft(MeasureKind.REASSIGN, flow.from_post, flow.to_post, flows=(flow,))
        return _Step(draft, (index,))

    def _best_cut(self) -> Iterator[_Found]:
        """Yield the task whose cut relieves most, in all units where it relieves at all."""
        options = self._options
        chosen = np.flatnonzero(options.is_cut & (self._gain > 0))
        if not len(chosen):
            return
        hours = self._within_caps(chosen)
        gain = self._gain[chosen] * self._weight[chosen] * hours / self._hours[chosen]
        task = self._task[chosen]
        gains = np.where(np.bincount(task, hours) >= self._least, np.bincount(task, gain), 0.0)
        best = int(np.argmax(gains))
        if gains[best] >= self._least:
            used = chosen[task == best].tolist()
            sizes = hours[task == best].tolist()
            flows = [options.flow(i, size) for i, size in zip(used, sizes, strict=True)]
            yield _Found(float(gains[best]), (_Step(cut_of(flows), tuple(used)),))

    def _within_caps(self, chosen: Integers) -> Floats:
        """Return the hours of cuts up to the caps, those first that relieve most an hour."""
        demand, wanted = self._options.demand[chosen], self._hours[chosen]
        order = np.lexsort((-self._gain[chosen] / wanted, demand))
        before = np.cumsum(wanted[order]) - wanted[order]
        is_first = np.concatenate([[True], np.diff(demand[order]) != 0])
        start = np.maximum.accumulate(np.where(is_first, before, 0.0))
        left = self._stock.cuttable[demand[order]] - (before - start)
        hours = np.zeros(len(chosen))
        hours[order] = np.clip(wanted[order], 0.0, np.maximum(left, 0.0))
        return hours

    def _better_of_people(self, best: _Found | None) -> _Found | None:
        """Return the best change of people where it beats `best`.

        Each is looked at closely only if what it takes off its receiver could be enough, and only
        once while its units stay as they are: a run that was stopped may offer a thousand.
        """
        unit = self._problem.post_unit
        for pending in self._people:
            if any(int(unit[post]) in self._stale_units for post in pending.draft.posts):
                pending.is_known = False
        hopes = self._hopes()
        for place in np.argsort(-hopes, kind="stable").tolist():
            if hopes[place] < max(self._least, best.gain if best is not None else 0.0):
                break
            pending = self._people[place]
            if not pending.is_known:
                pending.found, pending.is_known = self._with_preparations(pending.draft), True
            if pending.found is not None and (best is None or pending.found.gain > best.gain):
                best = pending.found
        return best

    def _hopes(self) -> Floats:
        """Return the most that each change of people could remove: what it takes off its taker."""
        drafts = [pending.draft for pending in self._people]
        takers = np.array([draft.to_post for draft in drafts], dtype=np.int64)
        categories = np.array([draft.category for draft in drafts], dtype=np.int64)
        people = np.array([draft.people for draft in drafts], dtype=np.float64)
        return self._situation.relief_by(takers, categories, people)

    def _with_preparations(self, draft: Draft) -> _Found | None:
        """Return a change of people, after the tasks that its giver must hand on first.

        None where it relieves too little, or leaves a post with more than it can do.
        """
        situation, stock = self._situation.copy(), self._stock.copy()
        if not situation.allows(draft):
            return None
        before, posts = situation.strain(), np.array(sorted(draft.givers), dtype=np.int64)
        bearable = float(situation.overload(posts).sum()) + self._least
        situation.do(draft)
        steps: list[_Step] = []
        options = self._options
        chosen = np.flatnonzero(
            self._may_use & np.isin(options.giver, posts) & (options.taker != NOWHERE)
        )
        while situation.overload(posts).sum() > bearable and len(steps) < MOST_PREPARATIONS:
            gain, hours = self._sizes(situation, stock, chosen)
            best = int(np.argmax(gain)) if len(gain) else 0
            if not len(gain) or gain[best] <= 0:
                return None
            step = self._move(int(chosen[best]), float(hours[best]))
            situation.do(step.draft)
            stock.take(options, step.used[0], step.draft.hours)
            chosen = np.delete(chosen, best)
            steps.append(step)
        gain_each = (before - situation.strain()) / (len(steps) + 1)
        if situation.overload(posts).sum() > bearable or gain_each < self._least:
            return None
        found = (*steps, _Step(draft))
        if not never_adds_strain(self._situation.copy(), [step.draft for step in found]):
            return None
        return _Found(gain_each, found)


def cut_of(flows: Sequence[Flow]) -> Draft:
    """Return the cut that these flows make together."""
    main = max(flows, key=lambda flow: flow.hours)
    return Draft(MeasureKind.CUT, main.from_post, NOWHERE, flows=tuple(flows))
