"""Adding: the least strain of one unit with some people more or fewer of each category."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solver.formulation.condensing import condense
from solver.formulation.highs import KeptModel, Sight
from solver.formulation.programme import formulate
from solver.problem import Floats, Problem, worth_of_open
from solver.search.rounding import decide
from solver.verifying import goal_values, violations

MOVE_PRICE = 1e-3
"""Weighted hours that a move inside the unit costs, so that nobody moves for nothing."""

_ROUNDING = 1e-6

GAP, FREE_GAP = 1e-4, 1e-2
"""The relative distance from the best at which a placing is near enough; the second where
everybody may change posts, which takes far longer to prove."""


@dataclass(frozen=True)
class Placed:
    """The unit once its people and hours are placed best; P posts, C categories, hours a year."""

    overload: float
    """Weighted, as the goal."""
    unassigned_hours: float
    gap: float
    """How far the strain is from its proven bound, as a share."""
    people: Floats
    """[P, C]."""
    load: Floats
    """[P]."""
    capacity: Floats
    """[P]."""
    point: Floats
    """Where a run with more people can start from."""


class PeopledUnit:
    """One unit that nobody enters or leaves but as told; the levers of `problem` stay inside it.

    Least strain is `Σ_p Σ_k weight_k o[p,k] + w Σ_d q[d]`, an unassigned hour counting a little
    more than it could ever add to overload (`w = largest weight × largest CAF`): so unassigned
    hours are least first, then overload, as in the strict order of the goals.
    """

    def __init__(self, problem: Problem) -> None:
        rules = dataclasses.replace(
            problem.rules,
            levers=problem.rules.levers & {"reassign", "move", "cut"},
            max_moves=None,
        )
        # Whoever comes may sit on a post that holds everybody of the category already.
        pool = np.full_like(problem.category_pool, np.inf)
        open_problem = dataclasses.replace(problem, rules=rules, category_pool=pool)
        self._problem = condense(open_problem).problem
        self._program = formulate(self._problem)
        worth = worth_of_open(rules.tier_weights, problem.post_caf.tolist())
        costs = self._program.costs
        self._strain = costs["overload"] + worth * (1 + 1e-6) * costs["unassigned_hours"]
        self._cost = self._strain + MOVE_PRICE * costs["moved_people"]

    def placed(
        self,
        change: Floats,
        *,
        start: Floats | None = None,
        seconds: float = 30.0,
        should_stop: Callable[[], bool] | None = None,
    ) -> Placed | None:
        """Return the best placing with `change` [C] people more, of each category at most that.

        Below 0 exactly so many leave. None where they cannot, or where time ran out first. More
        people never end worse where `start` is the point found with fewer.

        Raises:
            RuntimeError: the placing found breaks a rule; it is never returned.
        """
        lower, upper = self._program.matrix.row_lower.copy(), self._program.matrix.row_upper.copy()
        for rule, place in self._program.rules:
            if rule.rule == "unit":
                lower[place], upper[place] = self._come(change)
            elif rule.rule == "unit_out" and place.stop > place.start:
                lower[place] = upper[place] = np.maximum(-change, 0.0)
        matrix = dataclasses.replace(self._program.matrix, row_lower=lower, row_upper=upper)

        def watch(_sight: Sight) -> bool:
            return should_stop is not None and should_stop()

        gap = FREE_GAP if "move" in self._problem.rules.levers else GAP
        answer = KeptModel(matrix, {"mip_rel_gap": gap}).minimise(
            self._cost, seconds=seconds, start=start, watch=watch
        )
        if answer.values is None:
            return None
        best, bound = float(self._cost @ answer.values), max(answer.bound, 0.0)
        return self._checked(answer.values, change, gap=(best - bound) / max(best, 1.0))

    def _come(self, change: Floats) -> tuple[Floats, Floats]:
        """Return the least and the most people of each category that come net of those who go."""
        if "move" in self._problem.rules.levers:
            return np.minimum(change, 0.0), change
        return np.zeros(len(change)), np.maximum(change, 0.0)

    def _checked(self, values: Floats, change: Floats, *, gap: float) -> Placed:
        """Return the placing at a point once every rule is recomputed with its people."""
        decision = decide(self._program, values)
        nobody = np.zeros_like(decision.people)
        still = dataclasses.replace(decision, people_in=nobody, people_out=nobody)
        kept = tuple(one for one in self._problem.forced if one.what in {"hours", "relieved"})
        problem = dataclasses.replace(self._problem, people_now=decision.people, forced=kept)
        broken = violations(problem, still) + self._miscounts(decision.people, change)
        if broken:
            raise RuntimeError(f"a placing breaks {len(broken)} rules, first: {broken[0]}")
        goals = goal_values(problem, still)
        hours = decision.hours * problem.post_caf[problem.pair_post]
        load = np.bincount(problem.pair_post, hours, len(problem.post_codes)) + problem.post_ias
        return Placed(
            overload=goals["overload"],
            unassigned_hours=goals["unassigned_hours"],
            gap=gap,
            people=decision.people,
            load=load,
            capacity=decision.people @ problem.category_awt * problem.post_ability,
            point=values,
        )

    def _miscounts(self, people: Floats, change: Floats) -> tuple[str, ...]:
        """Return what is wrong with how many people came and went, () where nothing is."""
        more = people - self._problem.people_now
        total, may_move = more.sum(axis=0), "move" in self._problem.rules.levers
        is_wrong = {
            "too many came": np.any(total > change + _ROUNDING),
            "too many went": np.any(total < np.minimum(change, 0.0) - _ROUNDING),
            "a pinned post changed": np.any(more[self._problem.post_is_pinned]),
            "somebody moved": not may_move and np.any((more < -_ROUNDING) & (change >= 0)),
        }
        return tuple(sentence for sentence, is_so in is_wrong.items() if is_so)
