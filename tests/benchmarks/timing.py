"""Times two ways of doing the same work and prints them as one line."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call of `work` takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def compare(
    name: str, *, ours: Callable[[], object], raw: Callable[[], object], runs: int = 3
) -> None:
    """Run both ways in turn `runs` times and print the better time of each."""
    times = [(seconds(ours), seconds(raw)) for _ in range(runs)]
    print_line(name, ours=min(our for our, _ in times), raw=min(other for _, other in times))


def print_line(name: str, *, ours: float, raw: float) -> None:
    """Print one benchmark's line; times in seconds."""
    print(f"{name}: ours {ours:.2f} s, raw {raw:.2f} s, ratio {ours / raw:.2f}", flush=True)
