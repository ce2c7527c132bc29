"""Why not: a move that the user names is forced, planned again, and told for better and worse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.advice.blocked_plan import ending_of
from app.advice.county_after_plan import known_of, stands
from app.advice.county_problem import Formulation, formulate, loads_after
from app.advice.measures.standing_verdicts import Decided, settle
from app.advice.whatif.asked_move import Asked, Wished, force
from app.language import _, word
from app.model.county import County
from app.model.plan import Measure, Plan
from app.model.settings import Policy
from app.model.vocabulary import Goal, MeasureKind, Outcome, Verdict, Wish
from solver.problem import Problem
from solver.search.clock import RunProgress
from solver.search.start_from_plan import Known
from solver.search.today import today
from solver.solution import Point, Solution
from solver.solving import solve

_ROUNDING = 1e-4
"""By less than this part of itself, or of 1, a goal has not changed."""

TOO_EARLY = 0.1
"""A run that stopped with its first goal farther than this from its bound tells nothing."""
MOST_POSTS = 12
"""Of a wish that names many posts, those are told that change most."""


@dataclass(frozen=True, slots=True)
class GoalChange:
    """One goal in the plan and with the wish; smaller is better."""

    goal: Goal
    plan: float
    wished: float

    @property
    def change(self) -> float:
        """Return how much the wish adds to the goal, 0 where that is rounding."""
        change = self.wished - self.plan
        return change if abs(change) > _ROUNDING * max(1.0, abs(self.plan)) else 0.0


@dataclass(frozen=True, slots=True)
class PostChange:
    """A post that the wish names: its saturation today, in the plan and with the wish."""

    post_code: str
    today: float | None
    plan: float | None
    wished: float | None


@dataclass(frozen=True)
class WhyNot:
    """The answer: a sentence, the figures behind it, and the rules that stand against the wish."""

    sentence: str
    objections: tuple[str, ...]
    outcome: Outcome
    gap: float
    goals: tuple[GoalChange, ...]
    posts: tuple[PostChange, ...]


@dataclass(frozen=True)
class _Reached:
    """What a run reaches: its goals and the saturation of each post."""

    goals: dict[Goal, float]
    saturation: dict[str, float | None]
    is_proven: bool


def why_not(
    county: County,
    asked: Asked,
    *,
    plan: Plan | None,
    decided: Sequence[Decided] = (),
    time_limit: float | None = None,
    on_progress: Callable[[RunProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> WhyNot:
    """Return what becomes better and worse if the wish is fulfilled and all else planned anew.

    A rejection of that very move does not stand against it. It is compared with `plan` where that
    is of this county and these decisions, else with a plan found first. Each run has the policy's
    time, or `time_limit` seconds.

    Raises:
        UserError: the wish names what is not there or can never be.
        Cancelled: stopped before anything was found.
    """
    levers = plan.levers if plan is not None else None
    formulation = settle(formulate(county, levers), decided).formulation
    limit = formulation.policy.time_limit if time_limit is None else time_limit

    def run(problem: Problem, near: Known | None) -> Solution:
        return solve(
            problem,
            time_limit=limit,
            near=near,
            with_rungs=False,
            on_progress=on_progress,
            should_stop=should_stop,
        )

    granted = _granted(asked, decided)
    free = settle(formulate(county, levers), granted).formulation
    wished = force(free, asked)
    near = known_of(plan, formulation.problem)
    known = _of_plan(plan, formulation, decided) if plan is not None else None
    if known is None:
        unforced = run(formulation.problem, near if decided else None)
        known = _of_solution(formulation, unforced)
        if unforced.decision is not None:
            reached = {goal.name: goal.value for goal in unforced.goals}
            near = Known(unforced.decision.people, reached)
    solution = run(wished.formulation.problem, near)
    found = _of_solution(wished.formulation, solution)
    if known is None or found is None:
        return _without_plan(wished, solution, decided)
    goals = tuple(
        GoalChange(goal, known.goals[goal], found.goals[goal]) for goal in formulation.policy.goals
    )
    if _is_too_early(solution, goals, formulation.policy):
        return _without_figures(wished, solution, goals)
    return WhyNot(
        sentence=_sentence(
            wished,
            goals,
            unproven=[] if found.is_proven else _unproven(solution, goals),
            is_proven=known.is_proven and found.is_proven,
        ),
        objections=wished.objections,
        outcome=Outcome(solution.outcome),
        gap=solution.gap,
        goals=goals,
        posts=_posts(wished, known, found),
    )


def _granted(asked: Asked, decided: Sequence[Decided]) -> list[Decided]:
    """Return the decisions without the rejections of the very move that is asked about."""

    def is_meant(measure: Measure) -> bool:
        is_move = measure.kind in {MeasureKind.MOVE, MeasureKind.TRANSFER}
        is_of_category = asked.category in {"", measure.category}
        is_from_there = measure.post_code == asked.post_code
        return asked.wish is Wish.MOVE_PEOPLE and is_move and is_of_category and is_from_there

    kept: list[Decided] = []
    for measure, verdict in decided:
        if verdict is Verdict.ACCEPTED:
            kept.append((measure, verdict))
        elif asked.wish is Wish.MOVE_TASK and measure.kind is MeasureKind.REASSIGN:
            kept += _without_asked(measure, asked)
        elif not is_meant(measure):
            kept.append((measure, verdict))
    return kept


def _without_asked(measure: Measure, asked: Asked) -> list[Decided]:
    """Return the rejection of a reassignment without the task that is asked about."""
    wish = asked.task_code, asked.to_post_code
    left = tuple(
        part for part in measure.parts if (measure.task_of(part), part.to_post_code) != wish
    )
    return [(replace(measure, parts=left), Verdict.REJECTED)] if left else []


def _is_too_early(solution: Solution, goals: Sequence[GoalChange], policy: Policy) -> bool:
    """Tell whether a stopped run is so far from its bound that nothing can be said by it.

    It is where the first goal that changes gets worse, and stands above what its proven bound and
    its tolerance allow by more than `TOO_EARLY` of itself: the search, not the wish, would be told.
    """
    first = next((goal for goal in goals if goal.change), None)
    if first is None or first.change < 0 or solution.outcome == Outcome.OPTIMAL.value:
        return False
    end = next(goal for goal in solution.goals if goal.name == first.goal.value)
    spare = policy.tolerance.get(first.goal, 0.0) * max(0.0, end.before - end.bound)
    return first.wished - end.bound - spare > TOO_EARLY * max(1.0, first.wished)


def _without_figures(wished: Wished, solution: Solution, goals: tuple[GoalChange, ...]) -> WhyNot:
    """Return that the run was stopped before its figures could be compared with the plan's."""
    sentence = _(
        "{wish}: the run stopped too early to say what gets worse. Ask again with more time."
    )
    return WhyNot(
        sentence=sentence.format(wish=wished.phrase),
        objections=wished.objections,
        outcome=Outcome(solution.outcome),
        gap=solution.gap,
        goals=goals,
        posts=(),
    )


def _of_plan(plan: Plan, formulation: Formulation, decided: Sequence[Decided]) -> _Reached | None:
    """Return what the plan reaches, None where it is not of this problem.

    It is when its goals stood where they stand today and it keeps to what is decided.
    """
    is_same = stands(plan, formulation.problem)
    listed = {measure.identity for measure in plan.measures}
    for measure, verdict in decided:
        is_same &= (measure.identity in listed) == (verdict is Verdict.ACCEPTED)
    if not is_same:
        return None
    return _Reached(
        goals={goal.goal: goal.value for goal in plan.goals},
        saturation={post.post_code: post.saturation_after for post in plan.posts},
        is_proven=plan.outcome is Outcome.OPTIMAL,
    )


def _of_solution(formulation: Formulation, solution: Solution) -> _Reached | None:
    if solution.decision is None:
        return None
    return _Reached(
        goals={Goal(goal.name): goal.value for goal in solution.goals},
        saturation=_saturation(formulation.problem, solution.decision),
        is_proven=solution.outcome == Outcome.OPTIMAL.value,
    )


def _saturation(problem: Problem, decision: Point) -> dict[str, float | None]:
    load, capacity = loads_after(problem, decision)
    return {
        code: float(load[index] / capacity[index]) if capacity[index] > 0 else None
        for index, code in enumerate(problem.post_codes)
    }


def _posts(wished: Wished, known: _Reached, found: _Reached) -> tuple[PostChange, ...]:
    problem = wished.formulation.problem
    now = _saturation(problem, today(problem))
    changes = [
        PostChange(code, now[code], known.saturation.get(code), found.saturation[code])
        for code in (problem.post_codes[post] for post in wished.posts)
    ]
    changes.sort(key=lambda post: -abs((post.wished or 0.0) - (post.plan or 0.0)))
    return tuple(changes[:MOST_POSTS])


def _unproven(solution: Solution, goals: Sequence[GoalChange]) -> list[GoalChange]:
    """Return the goals that get worse, but for which as good as in the plan is not ruled out."""
    bounds = {Goal(goal.name): goal.bound for goal in solution.goals}
    return [
        goal
        for goal in goals
        if goal.change > 0 and not replace(goal, wished=bounds[goal.goal]).change > 0
    ]


def _sentence(
    wished: Wished,
    goals: Sequence[GoalChange],
    *,
    unproven: Sequence[GoalChange],
    is_proven: bool,
) -> str:
    """Return the answer in the words of the goals that change, the first of them first."""
    certain = [goal for goal in goals if goal not in unproven]
    worse = _(", ").join(_goal_words(goal) for goal in certain if goal.change > 0)
    better = _(", ").join(_goal_words(goal) for goal in certain if goal.change < 0)
    if worse and better:
        first = next(goal for goal in certain if goal.change)
        if first.change > 0:
            sentence = _("{wish}: worse become {worse}; better become {better}, which counts less.")
        else:
            sentence = _("{wish}: better become {better}; worse become {worse}.")
    elif worse:
        sentence = _("{wish}: worse become {worse}; nothing gets better.")
    elif better and unproven:
        sentence = _("{wish}: better become {better}; nothing is known to get worse.")
    elif better:
        sentence = _("{wish}: better become {better}; nothing gets worse.")
    elif unproven:
        sentence = _("{wish}: nothing is known to get worse.")
    else:
        sentence = _("{wish}: no goal changes; it would be as good as the plan.")
    if not is_proven:
        sentence = _with_doubt(sentence, unproven)
    return sentence.format(wish=wished.phrase, worse=worse, better=better)


def _with_doubt(answer: str, unproven: Sequence[GoalChange]) -> str:
    """Return an answer with what a run that was stopped leaves open."""
    if not unproven:
        return _(
            "{answer} (Not proven: a run stopped before its end, so that what gets worse may only "
            "be unfinished. Compare again with more time.)"
        ).format(answer=answer)
    return _(
        "{answer} (Not proven: a run stopped before its end; {goals} may only be unfinished. "
        "Compare again with more time.)"
    ).format(answer=answer, goals=_(", ").join(_goal_words(goal) for goal in unproven))


def _goal_words(goal: GoalChange) -> str:
    return _("{goal} {plan:,.1f} → {wished:,.1f}").format(
        goal=word(goal.goal), plan=goal.plan, wished=goal.wished
    )


def _without_plan(wished: Wished, solution: Solution, decided: Sequence[Decided]) -> WhyNot:
    """Return why there is nothing to compare: limits in the way, or out of time."""
    measures = [measure for measure, _verdict in decided]
    ending = ending_of(wished.formulation, solution, measures)
    if solution.outcome == Outcome.BLOCKED.value:
        sentence = _("{wish} cannot be: limits set by yourselves stand against it.")
    else:
        sentence = _("{wish}: no plan was found within the time limit.")
    return WhyNot(
        sentence=sentence.format(wish=wished.phrase),
        objections=(*wished.objections, *ending.sentences),
        outcome=Outcome(solution.outcome),
        gap=solution.gap,
        goals=(),
        posts=(),
    )
