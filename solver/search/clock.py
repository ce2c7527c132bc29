"""The clock: how much time a run has, and how it reports and is told to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from solver.formulation.highs import Sight, Watch

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
    """The time a run may take and the two ways in which it talks with its caller."""

    time_limit: float
    on_progress: Callable[[RunProgress], None] | None = None
    should_stop: Callable[[], bool] | None = None
    is_stopped: bool = False
    started: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Return the seconds since the run began."""
        return time.perf_counter() - self.started

    @property
    def left(self) -> float:
        """Return the seconds left, 0 once stopped."""
        return 0.0 if self.is_stopped else max(self.time_limit - self.seconds, 0.0)

    def on_rung(self, number: int, of: int) -> Clock:
        """Return a clock of the same run that tells of a rung, whatever is searched for on it."""

        def tell(progress: RunProgress) -> None:
            if self.on_progress is not None:
                self.on_progress(RunProgress(LADDER, number, of, None, None, progress.seconds))

        return Clock(self.time_limit, tell, self.should_stop, started=self.started)

    def watch(self, goal: str, number: int, of: int) -> Watch:
        """Return what looks after one pass: it reports, and says when the caller wants out."""

        def look(sight: Sight) -> bool:
            if self.on_progress is not None:
                self.on_progress(
                    RunProgress(goal, number, of, sight.value, sight.bound, self.seconds)
                )
            if self.should_stop is not None and self.should_stop():
                self.is_stopped = True
            return self.is_stopped

        return look
