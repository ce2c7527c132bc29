"""Planning: the county goes to the solver and comes back as a verified Plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from app.advice.blocked_plan import ending_of
from app.advice.county_after_plan import known_of
from app.advice.county_problem import Formulation, formulate, loads_after, refuse_nothing
from app.advice.measures.measure_list import measures_of
from app.advice.measures.standing_verdicts import Decided, SettledProblem, settle
from app.errors import UserError, reason_of
from app.language import _
from app.method.saturation import saturation
from app.model.county import County
from app.model.figures import Figures
from app.model.plan import Measure, Plan, PlanGoal, PlanPost, PlanRung, PlanTask, Remark
from app.model.reasons import Remarked
from app.model.vocabulary import Goal, Lever, Outcome
from app.placing import expect
from solver.formulation import readable
from solver.problem import Floats
from solver.search.clock import RunProgress
from solver.search.searching import HOLDING_ROOM
from solver.solution import Point, Solution
from solver.solving import solve
from solver.verifying import violations

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
    been recomputed from its numbers. Accepted measures are part of it as they are, rejected ones
    are not, and those of the list before (`previous`) stay where nothing relieves clearly more.
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
    is_verified = decision is not None and not violations(formulation.problem, decision)
    measures, remarks = (
        measures_of(settled, decision, is_proven=solution.outcome == Outcome.OPTIMAL.value)
        if decision is not None
        else ((), ())
    )
    return Plan(
        plan_id=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        outcome=Outcome(solution.outcome),
        is_verified=is_verified,
        gap=solution.gap,
        levers=frozenset(Lever(name) for name in formulation.problem.rules.levers),
        goals=tuple(
            PlanGoal(Goal(goal.name), goal.before, goal.value, goal.bound)
            for goal in solution.goals
        ),
        rungs=tuple(
            PlanRung(Lever(rung.lever), rung.overload, rung.unassigned_hours, rung.people)
            for rung in solution.rungs
        ),
        posts=_posts(formulation, figures, decision) if decision is not None else (),
        tasks=_tasks(formulation, figures, decision) if decision is not None else (),
        hours=_hours(formulation, decision) if decision is not None else {},
        measures=measures,
        conflicts=ending.sentences,
        omissions="",
        seconds=seconds,
        conflict_places=ending.places,
        remarks=(*remarks, *_lost(settled)),
    )


def _lost(settled: SettledProblem) -> tuple[Remark, ...]:
    """Return how many decisions no longer fit the county, () if all do."""
    return (Remark(Remarked.LOST, count=len(settled.lost)),) if settled.lost else ()


def _posts(formulation: Formulation, figures: Figures, decision: Point) -> tuple[PlanPost, ...]:
    problem = formulation.problem
    load, capacity = loads_after(problem, decision)
    rows = []
    for index, post in enumerate(formulation.posts):
        now = figures.posts[post.post_code]
        after = _people(problem.category_names, decision.people[index])
        rows.append(
            PlanPost(
                post_code=post.post_code,
                saturation_before=now.load.saturation,
                saturation_after=saturation(
                    workload_hours=float(load[index]), capacity_hours=float(capacity[index])
                ),
                people_before=now.people,
                people_after={
                    name: count for name, count in after.items() if count > 0 or name in now.people
                },
                workload_before=now.load.workload_hours,
                workload_after=float(load[index]),
                capacity_before=now.load.capacity_hours,
                capacity_after=float(capacity[index]),
            )
        )
    return tuple(rows)


def _people(names: tuple[str, ...], row: Floats) -> dict[str, float]:
    return dict(zip(names, row.tolist(), strict=True))


def _tasks(formulation: Formulation, figures: Figures, decision: Point) -> tuple[PlanTask, ...]:
    return tuple(
        PlanTask(
            unit_code=unit_code,
            task_code=task_code,
            hours=figures.tasks[unit_code, task_code].hours,
            unassigned_before=figures.tasks[unit_code, task_code].unassigned_hours,
            unassigned_after=float(decision.unassigned[index]),
            relieved=float(decision.relieved[index]),
        )
        for index, (unit_code, task_code) in enumerate(formulation.demands)
    )


def _hours(formulation: Formulation, decision: Point) -> dict[tuple[str, str, str], float]:
    problem = formulation.problem
    return {
        (
            *formulation.demands[int(problem.pair_demand[pair])],
            problem.post_codes[int(problem.pair_post[pair])],
        ): float(decision.hours[pair])
        for pair in np.flatnonzero(decision.hours > 0)
    }
