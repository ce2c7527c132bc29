"""Today: the present state as a decision, to compare with and to start from."""

from __future__ import annotations

import numpy as np

from solver.problem import Problem
from solver.search.rounding import settle
from solver.solution import Point


def today(problem: Problem) -> Point:
    """Return what is so today: `x = x_now`, nobody moves, `q = max(0, W − Σ x_now)`.

    It keeps every rule unless today's shares of a task exceed it or people break a post's limits.
    """
    posts, categories = problem.people_now.shape
    nobody = np.zeros((len(problem.unit_codes), categories))
    return settle(
        problem,
        hours=problem.pair_hours_now.copy(),
        relieved=np.zeros(len(problem.demand_codes)),
        people_in=np.zeros((posts, categories)),
        people_out=np.zeros((posts, categories)),
        temporary=np.zeros(posts),
        move_in=nobody.copy(),
        move_out=nobody.copy(),
        fill=nobody.copy(),
    )
