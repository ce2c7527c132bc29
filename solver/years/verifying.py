"""Verifying the years: every rule and goal once more, year by year, from the numbers alone.

Nothing of the formulation is used here. A rule counts as kept when it is missed by at most 1e-6.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.problem import Floats
from solver.years.problem import YearsDecision, YearsProblem

TOLERANCE = 1e-6


def violations(problem: YearsProblem, decision: YearsDecision) -> tuple[str, ...]:
    """Return a sentence for each rule that the decision breaks; () where it keeps all."""
    return tuple(_broken(problem, decision))


def effective(problem: YearsProblem, decision: YearsDecision) -> Floats:
    """Return what the people of each year are worth, [T, U, C]: less those away for training."""
    worth = np.zeros_like(decision.people)
    for year in range(len(worth)):
        able = decision.trained[:year].sum(axis=0)
        away = decision.trained[year] * problem.training_cost
        worth[year] = decision.people[year] - away + problem.training_gain * able
    return worth


def shortages(problem: YearsProblem, decision: YearsDecision) -> Floats:
    """Return the people missing in each year, [T, U, C], at least 0."""
    return np.asarray(np.maximum(problem.required - effective(problem, decision), 0.0) + 0.0)


def goal_values(problem: YearsProblem, decision: YearsDecision) -> dict[str, float]:
    """Return the five goals; shortage and unevenness are the least that the decision allows."""
    missing = shortages(problem, decision)
    needed = problem.required.sum(axis=2)
    ratio = np.divide(missing.sum(axis=2), needed, out=np.zeros_like(needed), where=needed > 0)
    return {
        "shortage": float(missing.sum()),
        "unevenness": float(ratio.max(axis=1, initial=0.0).sum()),
        "recruits": float(decision.recruits.sum()),
        "moves": float(decision.move_in.sum()),
        "training": float(decision.trained.sum()),
    }


def _broken(problem: YearsProblem, decision: YearsDecision) -> Iterator[str]:
    parts = ("recruits", "move_in", "move_out", "trained")
    for name in (*parts, "people"):
        values = getattr(decision, name)
        if values.shape != problem.required.shape or not np.isfinite(values).all():
            yield f"{name}: not finite numbers of shape {problem.required.shape}"
            return
        if (values < -TOLERANCE).any():
            yield f"{name}: below 0"
        if problem.whole_people and name in parts and (values != np.round(values)).any():
            yield f"{name}: people are not whole"
    recruited = np.zeros_like(problem.people_now)
    room, before = problem.vacancies.copy(), problem.people_now
    for year in range(len(problem.required)):
        here = {name: getattr(decision, name)[year] for name in (*parts, "people")}
        stay = before - problem.retiring[year]
        after = stay + here["recruits"] + here["move_in"] - here["move_out"]
        recruited += here["recruits"]
        room += problem.retiring[year]
        trained = decision.trained[: year + 1].sum(axis=0)
        checks: dict[str, Floats] = {
            "people": np.abs(here["people"] - after),
            "leavers": here["move_out"] - stay,
            "vacancies": recruited - room,
            "unit quota": here["recruits"] - problem.unit_quota[year],
            "quota": here["recruits"].sum(axis=0) - problem.quota[year],
            "county": np.abs(here["move_in"].sum(axis=0) - here["move_out"].sum(axis=0)),
            "transfers": here["move_in"].sum() - problem.max_transfers[year],
            "once": trained - here["people"],
            "places": here["trained"].sum() - problem.places[year],
        }
        for rule, excess in checks.items():
            if np.any(excess > TOLERANCE):
                yield f"{rule}, year {year + 1}: missed by {float(np.max(excess)):g}"
        before = here["people"]
