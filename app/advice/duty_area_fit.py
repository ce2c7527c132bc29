"""Kinship: which areas of duties each post works in, so that tasks go to those who know them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.advice.county_problem import Formulation
from solver.problem import Floats, Integers


@dataclass(frozen=True)
class Kinship:
    """The areas of duties and how much of its work each post does in each."""

    areas: tuple[str, ...]
    area: Integers
    """[D] the area of each demand's task."""
    share: Floats
    """[P, areas] the part of a post's hours today; 0 where it has none."""

    @classmethod
    def of(cls, formulation: Formulation) -> Kinship:
        """Return the kinship of posts and demands as tasks are shared out today."""
        county, problem = formulation.county, formulation.problem
        duties = [county.duties.get((task.duty_code,)) for task in formulation.tasks]
        names = [duty.area if duty is not None else "" for duty in duties]
        areas = tuple(dict.fromkeys(names))
        area = np.array([areas.index(name) for name in names], dtype=np.int64)
        hours = np.zeros((len(problem.post_codes), max(1, len(areas))))
        np.add.at(hours, (problem.pair_post, area[problem.pair_demand]), problem.pair_hours_now)
        total = hours.sum(axis=1, keepdims=True)
        share = np.divide(hours, total, out=np.zeros_like(hours), where=total > 0)
        return cls(areas, area, share)
