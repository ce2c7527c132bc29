"""Ways: who has handed hours to whom, so that nothing comes back to where it came from."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeAlias

_Neighbours: TypeAlias = dict[int, set[int]]


class Ways:
    """The posts as a graph in which hours never run in a circle."""

    def __init__(self) -> None:
        self._givers: _Neighbours = defaultdict(set)
        self._takers: _Neighbours = defaultdict(set)

    def add(self, giver: int, taker: int) -> tuple[list[int], list[int]]:
        """Note that hours went from one post to another and return who must not hand to whom now.

        None of the first, the taker and all that its hours went to, may hand to any of the second,
        the giver and all that its hours came from. Both are empty where that was known before.
        """
        if taker in self._takers[giver]:
            return [], []
        self._takers[giver].add(taker)
        self._givers[taker].add(giver)
        return sorted(_reached(taker, self._takers)), sorted(_reached(giver, self._givers))


def _reached(start: int, neighbours: _Neighbours) -> set[int]:
    """Return the posts that one can get to from `start`, itself included."""
    reached, ahead = {start}, [start]
    while ahead:
        further = neighbours[ahead.pop()] - reached
        reached |= further
        ahead.extend(further)
    return reached
