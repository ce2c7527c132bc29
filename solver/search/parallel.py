"""Abreast: several searches at once, one on each core, looked after and stopped together."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from solver.formulation.highs import TICK_SECONDS, Sight, Watch
from solver.work import begin_at, spend, spent

T = TypeVar("T")

CORES = min(os.cpu_count() or 1, 4)
"""How many searches run at once: HiGHS uses one core for each and lets Python go on meanwhile."""

SIDE_BY_SIDE = 2
"""How many searches at once work is reckoned with, however many cores there are."""


def abreast(searches: Sequence[Callable[[Watch], T]], watch: Watch) -> list[T]:
    """Return what each search returns, in their order; `watch` is asked by this thread alone.

    Every search is given a watch of its own that says when to stop, and counts its work from what
    is counted here, so that none depends on how far the others are.
    """
    stop = threading.Event()

    def look(_sight: Sight) -> bool:
        return stop.is_set()

    begun = spent()

    def counted(search: Callable[[Watch], T]) -> tuple[T, float]:
        begin_at(begun)
        return search(look), spent() - begun

    with ThreadPoolExecutor(max_workers=CORES) as pool:
        try:
            pending = [pool.submit(counted, search) for search in searches]
            while wait(pending, timeout=TICK_SECONDS).not_done:
                if watch(Sight()):
                    stop.set()
        except BaseException:
            stop.set()
            raise
    answers = [one.result() for one in pending]
    spend(sum(work for _answer, work in answers) / SIDE_BY_SIDE)
    return [answer for answer, _work in answers]
