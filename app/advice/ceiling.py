"""Ceiling: how far a receiving post may be filled, so that nobody is overloaded without need."""

from __future__ import annotations

import numpy as np

from app.advice.options import Options
from app.advice.situation import NOWHERE, Situation
from solver.problem import Booleans, Floats, Integers, Problem, Rules


class Ceiling:
    """The saturation up to which posts receive hours: the target first, then tier by tier.

    Above the target only posts that stay fuller than the ceiling give, so that burdens are evened
    out and none is handed in a circle; beyond the last tier with a width nothing would get better.
    """

    def __init__(self, rules: Rules) -> None:
        floors = np.concatenate([[0.0], np.cumsum(rules.tier_widths)])
        self._levels: list[float] = (rules.target_saturation + floors).tolist()

    def rise(self) -> bool:
        """Go one tier up; False where there is none."""
        del self._levels[0]
        return bool(self._levels)

    def room(
        self, problem: Problem, situation: Situation, options: Options, chosen: Integers
    ) -> Floats:
        """Return the hours of chosen options that receivers can take and givers should give."""
        level, target = self._levels[0], problem.rules.target_saturation
        is_officer = problem.demand_is_officer_only[options.demand[chosen]]
        room = _left(situation, options.taker[chosen], level, is_officer=is_officer)
        if level <= target:
            return room
        excess = -_left(situation, options.giver[chosen], level, is_officer=is_officer)
        is_giver = options.giver[chosen] != NOWHERE
        return np.where(is_giver, np.minimum(room, np.maximum(0.0, excess)), room)


def _left(situation: Situation, posts: Integers, level: float, *, is_officer: Booleans) -> Floats:
    """Return the hours that posts can still take up to a saturation, as many as wanted nowhere."""
    places = np.maximum(posts, 0)
    load, officer_load = situation.loads(places)
    capacity, inside = situation.capacities(places)
    whole, officer = level * capacity - load, level * inside - officer_load
    left = np.where(is_officer, np.minimum(whole, officer), whole) / situation.caf[places]
    return np.where(posts == NOWHERE, np.inf, left)
