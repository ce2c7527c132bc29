"""Planning: the county goes to the solver and comes back as a verified Plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.advice.blocked_plan import ending_of
from app.advice.carrying_out.applying import carry_out
from app.advice.carrying_out.effects import assess
from app.advice.carrying_out.verified import breaches, goals_after
from app.advice.carrying_out.whole_list import posts_after, tasks_after
from app.advice.county_after_plan import known_of
from app.advice.county_problem import formulate, refuse_nothing
from app.advice.gate import gaps
from app.advice.measures.measure_list import measures_of
from app.advice.measures.standing_verdicts import Decided, SettledProblem, settle
from app.errors import UserError, reason_of
from app.language import _
from app.model.county import County
from app.model.figures import Figures
from app.model.plan import Measure, Plan, PlanGoal, PlanRung, Remark
from app.model.remarks import Remarked
from app.model.vocabulary import Goal, Lever, Outcome
from app.placing import expect
from solver.formulation import readable
from solver.search.clock import RunProgress
from solver.search.searching import HOLDING_ROOM
from solver.solution import Solution
from solver.solving import solve

__all__ = ["RunProgress", "check_model_path", "make_plan", "write_model"]

MODEL_SUFFIXES = (".lp", ".mps")
"""How the name of a model's file ends."""


def make_plan(
    county: County,
    figures: Figures,
    *,
    levers: frozenset[Lever] | None = None,
    time_limit: float | None = None,
    decided: Sequence[Decided] = (),
    previous: Sequence[Measure] = (),
    begin_from: Plan | None = None,
    on_progress: Callable[[RunProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """Return the best plan for `county` within `time_limit` seconds (None: the policy's).

    `levers` None leaves them to the policy. A plan is marked verified only after every rule has
    been recomputed for the county in which its measures are carried out. Accepted measures are
    part of it as they are, rejected ones are not, and those of the list before (`previous`) stay
    where nothing relieves clearly more.
    The search begins near the people of `begin_from`, a plan of much the same inputs.

    Raises:
        BlockedByData: the county has no posts or no task with hours.
        Cancelled: stopped before anything was found.
    """
    started = time.perf_counter()
    settled = settle(formulate(county, levers), decided, previous=previous)
    problem = settled.formulation.problem
    refuse_nothing(problem)
    formulated = time.perf_counter()
    solution = solve(
        problem,
        time_limit=settled.formulation.policy.time_limit if time_limit is None else time_limit,
        near=known_of(begin_from, problem),
        on_progress=on_progress,
        should_stop=should_stop,
    )
    seconds = dict(solution.seconds)
    seconds["build"] = seconds.get("build", 0.0) + formulated - started
    return _plan(settled, figures, solution, seconds, [measure for measure, _verdict in decided])


def check_model_path(path: Path) -> None:
    """Refuse a place that a model cannot be written to, before a plan is looked for.

    Raises:
        UserError: the file's name ends in neither, or it cannot be written.
    """
    if path.suffix.lower() not in MODEL_SUFFIXES:
        raise UserError(
            _("“{file}” is no name for a model.").format(file=path),
            remedy=_("End it in .lp or .mps."),
        )
    expect(path)


def write_model(
    county: County,
    plan: Plan,
    path: Path,
    *,
    decided: Sequence[Decided] = (),
    previous: Sequence[Measure] = (),
) -> None:
    """Write the last pass of `plan`, found for `county`, for other solvers: LP or MPS.

    The goals before the last are held at what the plan reaches.

    Raises:
        UserError: the file's name ends in neither, or it cannot be written.
    """
    check_model_path(path)
    problem = settle(formulate(county, plan.levers), decided, previous=previous).formulation.problem
    *earlier, last = problem.rules.goals
    reached = {goal.goal.value: goal.value for goal in plan.goals}
    held = {goal: reached[goal] + HOLDING_ROOM for goal in earlier}
    try:
        readable.write_model(problem, path, goal=last, held=held)
    except OSError as error:
        raise UserError(
            _("“{file}” cannot be written: {reason}.").format(file=path, reason=reason_of(error)),
            remedy=_("Choose another folder."),
        ) from None


def _plan(
    settled: SettledProblem,
    figures: Figures,
    solution: Solution,
    seconds: dict[str, float],
    decided: Sequence[Measure],
) -> Plan:
    formulation, decision = settled.formulation, solution.decision
    ending = ending_of(formulation, solution, decided)
    measures, remarks = (
        measures_of(settled, decision, is_proven=solution.outcome == Outcome.OPTIMAL.value)
        if decision is not None
        else ((), ())
    )
    after = assess(carry_out(formulation.county, measures))
    is_kept = decision is not None and not breaches(formulation, measures, after)
    reached = goals_after(formulation, measures, after)
    return Plan(
        plan_id=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        outcome=Outcome(solution.outcome),
        is_verified=is_kept,
        gap=solution.gap,
        levers=frozenset(Lever(name) for name in formulation.problem.rules.levers),
        goals=tuple(
            PlanGoal(Goal(goal.name), goal.before, goal.value, goal.bound, reached[goal.name])
            for goal in solution.goals
        ),
        rungs=tuple(
            PlanRung(Lever(rung.lever), rung.overload, rung.unassigned_hours, rung.people)
            for rung in solution.rungs
        ),
        posts=posts_after(figures, after) if decision is not None else (),
        tasks=tasks_after(figures, measures, after) if decision is not None else (),
        hours=after.figures.hours if decision is not None else {},
        measures=measures,
        conflicts=ending.sentences,
        omissions="",
        seconds=seconds,
        conflict_places=ending.places,
        remarks=(*gaps(formulation.county, figures), *remarks, *_lost(settled)),
    )


def _lost(settled: SettledProblem) -> tuple[Remark, ...]:
    """Return how many decisions no longer fit the county, () if all do."""
    return (Remark(Remarked.LOST, count=len(settled.lost)),) if settled.lost else ()
