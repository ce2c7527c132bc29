"""Cutting: a task is cut in all units at once, where that relieves most and as far as it may."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure, HoursFlow
from app.advice.measures.possible_moves import PossibleMoves
from app.advice.measures.reassignments import Bundles, ListStep, Standing
from app.model.vocabulary import MeasureKind
from solver.problem import Booleans, Floats, Integers


class Cuts:
    """The cuts among the options, those of one task together."""

    def __init__(
        self, options: PossibleMoves, bundles: Bundles, task_of_demand: Integers, *, least: float
    ) -> None:
        self._options, self._least = options, least
        self._all = np.flatnonzero(options.is_cut)
        self._bundle = bundles.of_option[self._all]
        self._task_of_demand = task_of_demand
        self._task = task_of_demand[options.demand[self._all]]

    def of_task(self, demand: int) -> Integers:
        """Return the options that cut the task of a demand in any unit."""
        is_it = self._task == self._task_of_demand[demand]
        return np.asarray(self._all[is_it])

    def best(
        self, now: Standing, gain: Floats, hours: Floats, *, tasks: Booleans | None = None
    ) -> tuple[float, ListStep] | None:
        """Return the cut that relieves most, in all units where it relieves at all.

        Args:
            now: what is left to be cut.
            gain: [bundles] what each relieves by itself.
            hours: [bundles] with how many hours.
            tasks: [tasks] which may be cut; None means all.
        """
        is_open = now.may_use[self._all] & (gain[self._bundle] > 0)
        if tasks is not None:
            is_open &= tasks[self._task]
        places = np.flatnonzero(is_open)
        if not len(places):
            return None
        chosen, task, bundle = self._all[places], self._task[places], self._bundle[places]
        sizes = self._within_caps(now, chosen, gain[bundle], hours[bundle])
        gains = np.bincount(task, gain[bundle] * sizes / hours[bundle])
        gains = np.where(np.bincount(task, sizes) >= self._least, gains, 0.0)
        best = int(np.argmax(gains))
        if gains[best] < self._least:
            return None
        is_it = task == best
        flows = [
            self._options.flow(index, size)
            for index, size in zip(chosen[is_it].tolist(), sizes[is_it].tolist(), strict=True)
        ]
        return float(gains[best]), ListStep(cut_of(flows), tuple(chosen[is_it].tolist()))

    def _within_caps(self, now: Standing, chosen: Integers, gain: Floats, wanted: Floats) -> Floats:
        """Return the hours of cuts up to the caps, those first that relieve most an hour."""
        demand = self._options.demand[chosen]
        order = np.lexsort((-gain / wanted, demand))
        before = np.cumsum(wanted[order]) - wanted[order]
        is_first = np.concatenate([[True], np.diff(demand[order]) != 0])
        start = np.maximum.accumulate(np.where(is_first, before, 0.0))
        left = now.stock.cuttable[demand[order]] - (before - start)
        hours = np.zeros(len(chosen))
        hours[order] = np.clip(wanted[order], 0.0, np.maximum(left, 0.0))
        return hours


def cut_of(flows: Sequence[HoursFlow]) -> DraftMeasure:
    """Return the cut that these flows make together."""
    main = max(flows, key=lambda flow: flow.hours)
    return DraftMeasure(MeasureKind.CUT, main.from_post, NOWHERE, flows=tuple(flows))
