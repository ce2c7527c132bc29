"""Surviving: how often each measure would be proposed again if the unit times were others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from app.advice.carrying_out.situation import NOWHERE, DraftMeasure
from app.advice.county_problem import Formulation, formulate
from app.advice.measures.measure_list import listed
from app.advice.measures.possible_moves import DUST
from app.advice.measures.standing_verdicts import Decided, SettledProblem, drafts_of, settle
from app.advice.progress import OnPortion, Portion, ShouldStop, tell
from app.advice.whatif.question_limits import MOST_SURVIVAL_DRAWS, SURVIVAL_DRAWS
from app.errors import UserError
from app.language import _
from app.method.uncertainty.evidence import PERCENTILES, SEED, draw_factors, ranges
from app.model.county import County
from app.model.plan import SHAKY, SOLID, Measure, Plan
from app.model.vocabulary import MeasureKind, Verdict
from solver.problem import Booleans, Floats

_Part: TypeAlias = tuple[MeasureKind, str, str, str]
"""Kind, task or staff category, giving post, receiving post."""

LEAST_SIZE = 0.5
"""A measure of less than this part of its hours or people is another one."""


@dataclass(frozen=True, slots=True)
class MeasureSurvival:
    """One measure: the share of draws it survives, its hours there (5th, 50th, 95th percentile).

    The percentiles are over the draws in which it survives, None where there is none or where it
    is about people.
    """

    identity: str
    rank: int
    share: float
    hours_low: float | None
    hours_middle: float | None
    hours_high: float | None


@dataclass(frozen=True)
class Survivals:
    """How robust the measures of a plan are, in the order of their ranks."""

    draws: int
    seed: int
    varied_tasks: int
    """Tasks with a range of unit times; without any nothing varies and all survive."""
    tasks: int
    measures: tuple[MeasureSurvival, ...]
    sentence: str

    def share_of(self, identity: str) -> float | None:
        """Return the share of draws that a measure survives, None for one that is not listed."""
        return next((row.share for row in self.measures if row.identity == identity), None)


def survivals(
    county: County,
    plan: Plan,
    decided: Sequence[Decided] = (),
    *,
    draws: int = SURVIVAL_DRAWS,
    seed: int = SEED,
    on_progress: OnPortion | None = None,
    should_stop: ShouldStop | None = None,
) -> Survivals:
    """Return how often each measure of `plan` is proposed again with other unit times.

    What varies: the unit time of every task that has a range, drawn from the triangular
    distribution over low, likely and high; a draw holds for the task in all units (as in
    `app.method.uncertainty.evidence`). Volumes, people, allowances and shares stay as they are.

    What is done with a draw: the list of measures is chosen anew for its hours, with those of the
    plan in their place unless something else relieves a tenth more, and their hours settled anew.
    The programme itself is not solved again: who might change posts is as in the plan, and a draw
    decides only whether that is still worth it.

    A measure survives a draw if the new list has at least half its hours or people: of the same
    tasks between the same posts (of a cut: of the same task), or of the same staff category.
    Rejected measures stay out; accepted ones are judged like all others.

    Raises:
        UserError: fewer than 1 or more than 1,000 draws are asked for.
        Cancelled: `should_stop` said so.
    """
    if not 1 <= draws <= MOST_SURVIVAL_DRAWS:
        raise UserError(
            _("The number of draws must be from 1 to {most:,}.").format(most=MOST_SURVIVAL_DRAWS)
        )
    rejected = [one for one in decided if one[1] is Verdict.REJECTED]
    formulation = formulate(county, plan.levers)
    settled = settle(formulation, rejected, previous=plan.measures)
    people = [draft for draft in drafts_of(formulation, plan.measures) if draft.category != NOWHERE]
    varying = [(code, one) for code, one in ranges(county).items() if one.low < one.high]
    factors = draw_factors(varying, draws=draws, seed=seed)
    columns = {code: column for column, (code, _range) in enumerate(varying)}
    sizes: dict[str, list[float]] = {measure.identity: [] for measure in plan.measures}
    for draw in range(draws):
        tell(Portion(draw, draws), on_progress, should_stop)
        of_task = {code: float(factors[draw, column]) for code, column in columns.items()}
        drawn = _with_factors(settled, of_task, rejected, plan.measures)
        found = _found(drawn, people)
        for measure in plan.measures:
            sizes[measure.identity].append(sum(found.get(part, 0.0) for part in _parts(measure)))
    tell(Portion(draws, draws), on_progress, None)
    measures = tuple(_survival(row, sizes[row.identity], draws) for row in plan.measures)
    tasks = {task.task_code for task in formulation.tasks}
    varied = len(tasks & set(columns))
    return Survivals(
        draws=draws,
        seed=seed,
        varied_tasks=varied,
        tasks=len(tasks),
        measures=measures,
        sentence=_sentence(measures, draws=draws, varied=varied, tasks=len(tasks)),
    )


def _with_factors(
    settled: SettledProblem,
    of_task: dict[str, float],
    rejected: Sequence[Decided],
    previous: Sequence[Measure],
) -> SettledProblem:
    """Return what is settled with the hours of every task times its factor."""
    formulation, problem = settled.formulation, settled.formulation.problem
    factor = np.array([of_task.get(task.task_code, 1.0) for task in formulation.tasks])
    drawn = replace(
        problem,
        demand_hours=problem.demand_hours * factor,
        pair_hours_now=problem.pair_hours_now * factor[problem.pair_demand],
    )
    varied = replace(formulation, problem=drawn)
    if _shape(varied) == _shape(formulation):
        return replace(settled, formulation=varied)
    return settle(varied, rejected, previous=previous)


def _shape(formulation: Formulation) -> bytes:
    """Return which hours count as work: the options of two problems differ only where this does."""
    problem = formulation.problem
    carried = np.bincount(problem.pair_demand, problem.pair_hours_now, len(problem.demand_codes))
    missing: Floats = problem.demand_hours - carried
    counts: list[Booleans] = [problem.pair_hours_now > DUST, missing > DUST, missing < -DUST]
    return np.concatenate(counts).tobytes()


def _found(settled: SettledProblem, people: Sequence[DraftMeasure]) -> dict[_Part, float]:
    """Return the hours and people of the list chosen anew."""
    formulation = settled.formulation
    posts, categories = formulation.problem.post_codes, formulation.problem.category_names
    found: dict[_Part, float] = defaultdict(float)

    def code(post: int) -> str:
        return posts[post] if post != NOWHERE else ""

    for draft in listed(settled, people):
        if not draft.flows:
            category = categories[draft.category]
            found[draft.kind, category, code(draft.from_post), code(draft.to_post)] += draft.people
        for flow in draft.flows:
            task_code = formulation.tasks[flow.demand].task_code
            ends = code(flow.from_post), code(flow.to_post)
            found[_part(draft.kind, task_code, *ends)] += flow.hours
    return found


def _parts(measure: Measure) -> set[_Part]:
    """Return what a measure is made of."""
    if not measure.parts:
        return {(measure.kind, measure.category, measure.post_code, measure.to_post_code)}
    return {
        _part(measure.kind, measure.task_of(part), part.post_code, part.to_post_code)
        for part in measure.parts
    }


def _part(kind: MeasureKind, task_code: str, post_code: str, to_post_code: str) -> _Part:
    """Return hours of a task between two posts; a cut is one wherever it is made."""
    is_cut = kind is MeasureKind.CUT
    return kind, task_code, "" if is_cut else post_code, "" if is_cut else to_post_code


def _survival(measure: Measure, sizes: Sequence[float], draws: int) -> MeasureSurvival:
    usual = measure.hours if measure.parts else measure.people
    kept = [size for size in sizes if size >= LEAST_SIZE * usual]
    low = middle = high = None
    if kept and measure.parts:
        low, middle, high = np.percentile(kept, PERCENTILES).tolist()
    return MeasureSurvival(
        identity=measure.identity,
        rank=measure.rank,
        share=len(kept) / draws,
        hours_low=low,
        hours_middle=middle,
        hours_high=high,
    )


def _sentence(measures: Sequence[MeasureSurvival], *, draws: int, varied: int, tasks: int) -> str:
    if varied == 0:
        return _(
            "No unit time has a range, so nothing can vary: state lower and upper limits on sheet "
            "任务, or spread.records, spread.sample, spread.estimate on sheet 政策."
        )
    return _(
        "Unit times of {varied} of {tasks} tasks drawn {draws} times: of {measures} measures "
        "{solid} survive at least nine draws in ten, {shaky} fewer than half."
    ).format(
        varied=varied,
        tasks=tasks,
        draws=draws,
        measures=len(measures),
        solid=sum(row.share >= SOLID for row in measures),
        shaky=sum(row.share < SHAKY for row in measures),
    )
