"""Work: how much has been searched, counted so that every machine counts the same.

Searches stop by work, never by the clock: the plan is a function of the plan file alone. Work is
told in nominal seconds, about what a quiet machine takes: iterations of the simplex method in a
continuous programme, looks of HiGHS at its own progress in one with whole numbers, each weighed
by the entries of the matrix. HiGHS with one thread and a fixed seed repeats both exactly.

Every thread counts for itself; what searches side by side did is added by `parallel`.
"""

from __future__ import annotations

import threading

EFFORT = 240.0
"""The nominal seconds of a plan with the policy's `effort` 1."""

SECONDS_A_RUN = 1e-3
"""What setting up a run takes at least."""

SECONDS_AN_ITERATION = 4e-9
"""What one iteration of a continuous programme takes for each entry of its matrix."""

SECONDS_A_LOOK = 1e-6
"""What lies between two looks of a search for whole numbers, for each entry of its matrix."""

_counted = threading.local()


def spent() -> float:
    """Return the nominal seconds this thread has counted so far."""
    return float(getattr(_counted, "seconds", 0.0))


def spend(seconds: float) -> None:
    """Count work that was done."""
    _counted.seconds = spent() + seconds


def begin_at(seconds: float) -> None:
    """Let this thread go on counting from what another has counted."""
    _counted.seconds = seconds
