"""The clock: how much work a run may do, and how it reports and is told to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from solver.formulation.highs import Sight, Watch
from solver.work import EFFORT, spent

LADDER = "ladder"
"""What a run is at once its plan is found: how far each rung of the ladder gets."""


@dataclass(frozen=True)
class RunProgress:
    """Where a run is: the goal in hand, its best value and proven bound, seconds since start.

    The goal is LADDER, and `number` counts rungs, while the plan is found and the ladder climbed.
    """

    goal: str
    number: int
    of: int
    value: float | None
    bound: float | None
    seconds: float


@dataclass
class Clock:
    """The work a run may do and the two ways in which it talks with its caller.

    `budget` is in nominal seconds of work. `time_limit`, in seconds of the clock on the wall, is
    an emergency stop: where it strikes, another run may end elsewhere.
    """

    time_limit: float
    on_progress: Callable[[RunProgress], None] | None = None
    should_stop: Callable[[], bool] | None = None
    is_stopped: bool = False
    is_overdue: bool = False
    """Whether it was the time limit that stopped the run."""
    budget: float = EFFORT
    started: float = field(default_factory=time.perf_counter)
    began: float = field(default_factory=spent)

    @property
    def seconds(self) -> float:
        """Return the seconds since the run began."""
        return time.perf_counter() - self.started

    @property
    def left(self) -> float:
        """Return the nominal seconds of work left, 0 once stopped."""
        return 0.0 if self._is_over() else max(self.budget - self.spent, 0.0)

    @property
    def spent(self) -> float:
        """Return the nominal seconds of work done since the run began."""
        return spent() - self.began

    def on_rung(self, number: int, of: int) -> Clock:
        """Return a clock of the same run that tells of a rung, whatever is searched for on it."""

        def tell(progress: RunProgress) -> None:
            if self.on_progress is not None:
                self.on_progress(RunProgress(LADDER, number, of, None, None, progress.seconds))

        return Clock(
            self.time_limit,
            tell,
            self.should_stop,
            budget=self.budget,
            started=self.started,
            began=self.began,
        )

    def watch(self, goal: str, number: int, of: int) -> Watch:
        """Return what looks after one pass: it reports, and says when the caller wants out."""

        def look(sight: Sight) -> bool:
            if self.on_progress is not None:
                self.on_progress(
                    RunProgress(goal, number, of, sight.value, sight.bound, self.seconds)
                )
            return self._is_over()

        return look

    def _is_over(self) -> bool:
        if self.should_stop is not None and self.should_stop():
            self.is_stopped = True
        if self.seconds > self.time_limit:
            self.is_stopped = self.is_overdue = True
        return self.is_stopped
