"""Horizon: people over the coming years, with retirements, recruits, transfers and training."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.advice.whatif.curve import joined
from app.advice.whatif.horizon_problem import Outlook, outlook, stated_retirements
from app.advice.whatif.question_limits import MOST_YEARS, YEARS_SECONDS
from app.errors import Cancelled, UserError
from app.language import _
from app.model.county import County
from app.model.figures import Figures
from app.model.vocabulary import Outcome, Word
from app.numbers import counted
from solver.problem import Floats
from solver.search.clock import RunProgress
from solver.years.problem import YearsDecision, YearsProblem
from solver.years.solving import nothing_done, solve_years
from solver.years.verifying import effective, shortages, violations

HALF = 0.5
"""Fewer people missing than this are no reason to ask for one."""

SHORT = 0.05
"""People below this are rounding, not a shortage worth a sentence."""

_ADDED_UP = (
    "start",
    "retired",
    "recruited",
    "moved_in",
    "moved_out",
    "trained",
    "end",
    "effective",
    "required",
    "shortage",
)


class HorizonGoal(Word):
    """What is made least over the years, in strict order."""

    SHORTAGE = "shortage", "缺员（人·年）", "people missing, years added up"
    RECRUITS = "recruits", "招录人数", "recruits"
    MOVES = "moves", "调剂人数", "transfers"
    UNEVENNESS = "unevenness", "最缺单位的缺员率（逐年相加）", "share missing in the worst unit"
    TRAINING = "training", "培训人次", "people trained"


@dataclass(frozen=True, slots=True)
class GoalOfYears:
    """One goal: its value if nothing is done, in the programme, and its proven bound."""

    goal: HorizonGoal
    before: float
    value: float
    bound: float


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of one category in one unit ('' in a total: all of them); people.

    `end = start − retired + recruited + moved_in − moved_out`; `effective` is what `end` is worth
    once training takes its time and the trained are abler; `shortage = required − effective` where
    that is above 0.
    """

    year: int
    unit_code: str
    category: str
    start: float
    retired: float
    recruited: float
    moved_in: float
    moved_out: float
    trained: float
    end: float
    effective: float
    required: float
    shortage: float
    because: str = ""


@dataclass(frozen=True)
class Horizon:
    """The years side by side, every total the sum of its rows."""

    years: int
    outcome: Outcome
    is_verified: bool
    gap: float
    goals: tuple[GoalOfYears, ...]
    rows: tuple[YearRow, ...]
    """By year, then unit, then category in column order."""
    totals: tuple[YearRow, ...]
    """By year and category, the year as a whole (category '') first."""
    assumptions: tuple[str, ...]
    """What the figures rest on, one sentence each."""
    sentence: str


def horizon(
    county: County,
    figures: Figures,
    *,
    years: int = MOST_YEARS,
    time_limit: float | None = None,
    on_progress: Callable[[RunProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Horizon:
    """Return people and shortages of the next `years`, and what is best done about them.

    In strict order: least shortage, fewest recruits, fewest transfers, the worst unit least short,
    fewest trained; rules and goals are those of `solver.years`. Source: method §9. Whole people
    and training together are hard: within `time_limit` (None: a minute, or the policy's if that is
    less) the result then may stay a little from the best, and says how far.

    Raises:
        UserError: `years` is not from 1 to 5.
        BlockedByData: there are no posts, or the policy names what is not there.
        Cancelled: stopped before anything was found.
    """
    if not 1 <= years <= MOST_YEARS:
        raise UserError(_("The years must be from 1 to {most}.").format(most=MOST_YEARS))
    ahead = outlook(county, figures, years)
    problem = ahead.problem
    limit = min(ahead.policy.time_limit, YEARS_SECONDS) if time_limit is None else time_limit
    solution = solve_years(
        problem, time_limit=limit, on_progress=on_progress, should_stop=should_stop
    )
    if solution.decision is None:
        raise Cancelled
    decision = solution.decision
    rows = tuple(_rows(county, problem, decision))
    totals = tuple(_totals(problem, rows))
    return Horizon(
        years=years,
        outcome=Outcome(solution.outcome),
        is_verified=not violations(problem, decision),
        gap=solution.gap,
        goals=tuple(
            GoalOfYears(HorizonGoal(goal.name), goal.before, goal.value, goal.bound)
            for goal in solution.goals
        ),
        rows=rows,
        totals=totals,
        assumptions=tuple(_assumptions(county, ahead)),
        sentence=_sentence(county, problem, rows, totals),
    )


def _rows(county: County, problem: YearsProblem, decision: YearsDecision) -> Iterator[YearRow]:
    """Yield every year, unit and category in which there is, or should be, anybody."""
    worth, missing = effective(problem, decision), shortages(problem, decision)
    before = np.concatenate([problem.people_now[None], decision.people[:-1]])
    for year, unit, place in np.ndindex(*problem.required.shape):
        at = (year, unit, place)
        has_anybody = problem.people_now[unit, place] > 0 or problem.required[at] > 0
        if not has_anybody and not decision.people[:, unit, place].any():
            continue
        yield YearRow(
            year=year + 1,
            unit_code=problem.unit_codes[unit],
            category=problem.category_names[place],
            start=float(before[at]),
            retired=float(problem.retiring[at]),
            recruited=float(decision.recruits[at]),
            moved_in=float(decision.move_in[at]),
            moved_out=float(decision.move_out[at]),
            trained=float(decision.trained[at]),
            end=float(decision.people[at]),
            effective=float(worth[at]),
            required=float(problem.required[at]),
            shortage=float(missing[at]),
            because=_because(county, problem, decision, at, float(missing[at])),
        )


def _because(
    county: County,
    problem: YearsProblem,
    decision: YearsDecision,
    at: tuple[int, int, int],
    missing: float,
) -> str:
    """Return why somebody is missing: what keeps more from coming."""
    if missing < SHORT:
        return ""
    _year, unit, place = at
    category = problem.category_names[place]
    facts = {
        "people": float(decision.people[at]),
        "required": float(problem.required[at]),
        "missing": missing,
        "category": category,
        "unit": county.units[(problem.unit_codes[unit],)].name,
    }
    sentence = _(
        "{people:g} people for the work of {required:,.1f}: {missing:,.1f} are missing."
    ).format(**facts)
    if missing < HALF:
        return joined([sentence, _("That is less than half a person.")])
    return joined([sentence, _what_limits(problem, decision, at).format(**facts)])


def _what_limits(problem: YearsProblem, decision: YearsDecision, at: tuple[int, int, int]) -> str:
    year, unit, place = at
    used = decision.recruits[: year + 1, unit, place].sum()
    room = problem.vacancies[unit, place] + problem.retiring[: year + 1, unit, place].sum()
    if used >= room - HALF:
        return _("Every vacancy of {unit} for {category} is filled, and no unit can spare anybody.")
    if decision.recruits[at] >= problem.unit_quota[at] - HALF:
        return _("{unit} may recruit no more {category} this year.")
    if decision.recruits[year, :, place].sum() >= problem.quota[year, place] - HALF:
        return _("The county's quota of {category} for this year is used up.")
    return _("Nobody of {category} is left to come.")


def _totals(problem: YearsProblem, rows: Sequence[YearRow]) -> Iterator[YearRow]:
    for year in range(1, len(problem.required) + 1):
        ours = [row for row in rows if row.year == year]
        yield _total(year, "", ours)
        for name in problem.category_names:
            of_category = [row for row in ours if row.category == name]
            if of_category:
                yield _total(year, name, of_category)


def _total(year: int, category: str, rows: Sequence[YearRow]) -> YearRow:
    sums = {name: sum(float(getattr(row, name)) for row in rows) for name in _ADDED_UP}
    return YearRow(year=year, unit_code="", category=category, because="", **sums)


def _sentence(
    county: County, problem: YearsProblem, rows: Sequence[YearRow], totals: Sequence[YearRow]
) -> str:
    """Return what the years come to, and where it is worst."""
    by_year = [row for row in totals if not row.category]
    idle: Floats = shortages(problem, nothing_done(problem))
    words = _(
        "Over the years (1 to {years}) {retired:g} people retire, {recruited:g} are recruited and "
        "{moved:g} change units. In the last year {missing:,.1f} people are missing; if people "
        "only retired, {idle:,.1f}."
    )
    if len(by_year) == 1:
        words = _(
            "In the coming year {retired:g} people retire, {recruited:g} are recruited and "
            "{moved:g} change units. At its end {missing:,.1f} people are missing; if people only "
            "retired, {idle:,.1f}."
        )
    first = words.format(
        years=len(by_year),
        retired=counted(sum(row.retired for row in by_year)),
        recruited=counted(sum(row.recruited for row in by_year)),
        moved=counted(sum(row.moved_in for row in by_year)),
        missing=by_year[-1].shortage,
        idle=float(idle[-1].sum()),
    )
    worst = max((row for row in rows if row.year == len(by_year)), key=lambda row: row.shortage)
    if worst.shortage < SHORT:
        return first
    second = _("Most are missing at {unit}, {category}: {missing:,.1f}.").format(
        unit=county.units[(worst.unit_code,)].name,
        category=worst.category,
        missing=worst.shortage,
    )
    return joined([first, second])


def _assumptions(county: County, ahead: Outlook) -> Iterator[str]:
    """Yield what the figures rest on."""
    policy = ahead.policy
    yield _("Retirements, recruits, transfers and training of a year count from its first day.")
    yield _(
        "The work grows by {growth:.1%} a year, and stays with the categories that do it today."
    ).format(growth=policy.years_growth)
    if not stated_retirements(policy):
        yield _(
            "No retirements are stated, so nobody retires: write them on sheet 政策, for "
            "instance retire.行政 = 5,4,6."
        )
    if not policy.recruits:
        yield _(
            "No recruitment quota is stated, so vacancies alone limit who is recruited: write it "
            "on sheet 政策, for instance recruit.事业 = 8,8,6."
        )
    yield _(
        "Retirements of a category that are not stated for a unit fall on units in proportion to "
        "their people; a list shorter than the years goes on with its last number."
    )
    yield _("Vacancies are 核定 − 实有 − 预留 − 待上编; a retirement makes another one.")
    if ahead.unknown_vacancies:
        names = [county.units[(code,)].name for code in ahead.unknown_vacancies]
        yield _("Vacancies are unknown and count as none at: {units}.").format(
            units=_(", ").join(names)
        )
    yield _(
        "Training: {places:g} places a year, {hours:g} h each, {gain:.0%} more ability from the "
        "year after; nobody twice."
    ).format(
        places=policy.years_training_places,
        hours=policy.years_training_hours,
        gain=policy.years_training_gain,
    )
