"""Abreast: several searches at once, one on each core, looked after and stopped together."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from solver.formulation.highs import TICK_SECONDS, Sight, Watch

T = TypeVar("T")

CORES = min(os.cpu_count() or 1, 4)
"""How many searches run at once: HiGHS uses one core for each and lets Python go on meanwhile."""


def abreast(searches: Sequence[Callable[[Watch], T]], watch: Watch) -> list[T]:
    """Return what each search returns, in their order; `watch` is asked by this thread alone.

    Every search is given a watch of its own that says when to stop.
    """
    stop = threading.Event()

    def look(_sight: Sight) -> bool:
        return stop.is_set()

    with ThreadPoolExecutor(max_workers=CORES) as pool:
        try:
            pending = [pool.submit(search, look) for search in searches]
            while wait(pending, timeout=TICK_SECONDS).not_done:
                if watch(Sight()):
                    stop.set()
        except BaseException:
            stop.set()
            raise
    return [one.result() for one in pending]
