"""A move the user names is forced, and what it makes better and worse is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.advice.planning import make_plan
from app.advice.whatif.asked_move import Asked
from app.advice.whatif.whynot import WhyNot, why_not
from app.errors import UserError
from app.method.assessing import assess
from app.model.county import County
from app.model.plan import MeasurePart, Plan
from app.model.vocabulary import Burden, Goal, Outcome, Verdict, Wish
from solver.problem import Problem
from solver.solution import Solution
from solver.solving import solve
from tests.advice.carrying_out.test_applying import handing_on
from tests.advice.counties import two_units
from tests.builders import assignment, policy, post, small_county, staffing, task, volume


def plan_of(county: County) -> Plan:
    return make_plan(county, assess(county))


def ask(county: County, wish: Wish, **fields: object) -> WhyNot:
    return why_not(county, Asked(wish, **fields), plan=plan_of(county))  # type: ignore[arg-type]


def change(answer: WhyNot, goal: Goal) -> float:
    return next(found.change for found in answer.goals if found.goal is goal)


LEVERS = policy("levers", "reassign,move,cut")


def test_a_task_to_a_full_post_adds_overload_there() -> None:
    county = small_county(LEVERS, policy("scope", "unit"))
    answer = ask(
        county, Wish.MOVE_TASK, unit_code="U1", task_code="T2", to_post_code="P1", hours=300.0
    )
    assert answer.outcome is Outcome.OPTIMAL
    assert answer.objections == ()
    assert change(answer, Goal.CHANGED_HOURS) > 0
    assert "worse become" in answer.sentence
    assert [post.post_code for post in answer.posts] in (["P1", "P2"], ["P2", "P1"])
    by_code = {post.post_code: post for post in answer.posts}
    assert by_code["P1"].today == pytest.approx(2000 / 1784)


def test_a_task_whose_post_lacks_the_qualification_is_planned_all_the_same() -> None:
    county = small_county(LEVERS, task("T1", qualifications=("执法证",)))
    answer = ask(
        county, Wish.MOVE_TASK, unit_code="U1", task_code="T1", to_post_code="P2", hours=216.0
    )
    assert answer.objections == ("P2岗 of U1镇 lacks the qualification 执法证.",)
    assert change(answer, Goal.OVERLOAD) == pytest.approx(-253.6, rel=1e-4)
    assert "nothing gets worse" in answer.sentence or "better become" in answer.sentence


def test_a_task_out_of_reach_names_the_office_rule() -> None:
    answer = ask(
        small_county(LEVERS, staffing("P3", "编外", 1.0)),
        Wish.MOVE_TASK,
        unit_code="U1",
        task_code="T1",
        to_post_code="P3",
        hours=100.0,
    )
    assert answer.objections == (
        "P3岗 of U1镇 is not in the office of the task, where the policy keeps it.",
    )


def test_hours_nobody_carries_can_be_asked_for() -> None:
    answer = ask(
        small_county(LEVERS), Wish.MOVE_TASK, unit_code="U1", task_code="T3", to_post_code="P1"
    )
    assert answer.sentence.startswith("Handing 100 h of “T3任务” to P1岗 of U1镇: ")


def test_a_person_who_moves_away_leaves_overload_behind() -> None:
    county = two_units(volume(volume=3500.0), policy("levers", "move"))
    answer = ask(county, Wish.MOVE_PEOPLE, post_code="P1", to_post_code="P2")
    # P1 has 3,500 h for one person then: 1,716 h above 1,784 h.
    assert change(answer, Goal.MOVED_PEOPLE) == 1.0
    assert change(answer, Goal.OVERLOAD) > 1716.0
    assert answer.sentence.startswith(
        "Moving 1 (行政) from P1岗 of U1镇 to P2岗 of U1镇: worse become overload"
    )
    by_code = {post.post_code: post for post in answer.posts}
    assert by_code["P1"].plan == pytest.approx(3500 / 3568)
    assert by_code["P1"].wished == pytest.approx(3500 / 1784)


@pytest.mark.parametrize(("bound", "told"), [(0.0, "too early"), (1e9, "Not proven")])
def test_a_run_that_was_stopped_far_from_its_bound_compares_nothing(
    monkeypatch: pytest.MonkeyPatch, bound: float, told: str
) -> None:
    def stopped(problem: Problem, **options: Any) -> Solution:
        found = solve(problem, **options)
        goals = tuple(replace(goal, bound=min(goal.value, bound)) for goal in found.goals)
        return replace(found, outcome="limit", goals=goals)

    county = small_county(policy("levers", "move"))
    plan = plan_of(county)
    monkeypatch.setattr("app.advice.whatif.whynot.solve", stopped)
    asked = Asked(Wish.MOVE_PEOPLE, post_code="P1", to_post_code="P2")
    answer = why_not(county, asked, plan=plan)
    assert change(answer, Goal.MOVED_PEOPLE) == 2.0
    assert told in answer.sentence
    assert bool(answer.posts) == (told == "Not proven")


@pytest.mark.parametrize(("bound", "is_known"), [(1e9, True), (0.0, False)])
def test_what_a_stopped_run_may_only_have_left_unfinished_is_not_called_worse(
    monkeypatch: pytest.MonkeyPatch, bound: float, is_known: bool
) -> None:
    def stopped(problem: Problem, **options: Any) -> Solution:
        found = solve(problem, **options)
        goals = tuple(
            replace(goal, bound=min(goal.value, bound)) if goal.name == "idle_hours" else goal
            for goal in found.goals
        )
        return replace(found, outcome="limit", goals=goals)

    # One of P1 can do its 1,500 h; whoever moves has nothing to do on P2 and is idle there.
    county = two_units(volume(volume=1500.0), staffing("P2", on_duty=0.0), policy("levers", "move"))
    plan = plan_of(county)
    monkeypatch.setattr("app.advice.whatif.whynot.solve", stopped)
    answer = why_not(county, Asked(Wish.MOVE_PEOPLE, post_code="P1", to_post_code="P2"), plan=plan)
    told, _note, doubted = answer.sentence.partition("(Not proven")
    assert ("idle hours" in told) == is_known
    assert ("idle hours" in doubted) == (not is_known)


def test_a_lever_that_is_off_is_an_objection_and_is_used_all_the_same() -> None:
    county = two_units(policy("levers", "move"))
    answer = ask(county, Wish.MOVE_PEOPLE, post_code="P9", to_post_code="P1")
    assert answer.objections == ("The policy does not let headcount cross units.",)
    assert change(answer, Goal.MOVED_PEOPLE) == 2.0


def test_a_pinned_post_is_an_objection() -> None:
    county = two_units(post("P1", is_pinned=True), policy("levers", "move"))
    answer = ask(county, Wish.MOVE_PEOPLE, post_code="P1", to_post_code="P2")
    assert answer.objections == ("P1岗 of U1镇 is pinned.",)
    assert answer.outcome is Outcome.OPTIMAL


def test_parts_of_people_move_only_where_the_policy_counts_them() -> None:
    move = {"post_code": "P1", "to_post_code": "P2", "people": 0.5}
    with pytest.raises(UserError, match="counts whole people"):
        ask(small_county(policy("levers", "move")), Wish.MOVE_PEOPLE, **move)
    parts = small_county(policy("levers", "move"), policy("integer", "no"))
    assert ask(parts, Wish.MOVE_PEOPLE, **move).outcome is Outcome.OPTIMAL


def test_a_cut_undone_leaves_the_burden() -> None:
    county = small_county(
        policy("levers", "cut"),
        task("T1", burden=Burden.FORMALISTIC),
        volume(task_code="T3", volume=0.0),
    )
    answer = ask(county, Wish.KEEP_TASK, task_code="T1")
    assert change(answer, Goal.OVERLOAD) == pytest.approx(253.6, rel=1e-4)
    assert [post.post_code for post in answer.posts] == ["P1"]


def test_a_unit_exempted_stays_as_it_is() -> None:
    answer = ask(small_county(LEVERS), Wish.EXEMPT_UNIT, unit_code="U1")
    assert change(answer, Goal.UNASSIGNED_HOURS) == pytest.approx(100.0)
    assert all(post.wished == post.today for post in answer.posts)


def test_a_wish_that_limits_forbid_says_which() -> None:
    county = two_units(policy("levers", "move"), policy("max_moves", "0"))
    answer = ask(county, Wish.MOVE_PEOPLE, post_code="P1", to_post_code="P2")
    assert answer.outcome is Outcome.BLOCKED
    assert "cannot be" in answer.sentence
    assert any("let 1 people move in place of 0" in one for one in answer.objections)


def test_posts_that_a_wish_alone_pins_cannot_be_unlocked() -> None:
    county = two_units(policy("levers", "move"), post("P2", min_people=2.0))
    answer = ask(county, Wish.EXEMPT_UNIT, unit_code="U1")
    assert answer.outcome is Outcome.BLOCKED
    assert "ask for 1 fewer people at P2岗 of U1镇" in answer.objections[-1]
    assert "unlock" not in answer.objections[-1]


def test_without_a_plan_of_this_county_one_is_found_first() -> None:
    county = two_units(volume(volume=3500.0), policy("levers", "move"))
    stale = plan_of(two_units(policy("levers", "move")))
    asked = Asked(Wish.MOVE_PEOPLE, post_code="P1", to_post_code="P2")
    answers = [why_not(county, asked, plan=plan) for plan in (plan_of(county), stale)]
    assert answers[0] == answers[1]


def test_decisions_hold_beside_the_wish() -> None:
    measure = handing_on(MeasurePart("U1", "P1", "P2", 150.0))
    county = small_county(LEVERS)
    answer = why_not(
        county,
        Asked(Wish.EXEMPT_UNIT, unit_code="U1"),
        plan=plan_of(county),
        decided=[(measure, Verdict.ACCEPTED)],
    )
    assert answer.outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    "asked",
    [
        Asked(Wish.MOVE_PEOPLE, post_code="P8", to_post_code="P1"),
        Asked(Wish.MOVE_PEOPLE, post_code="P1", to_post_code="P1"),
        Asked(Wish.MOVE_PEOPLE, post_code="P1", to_post_code="P2", people=5.0),
        Asked(Wish.MOVE_PEOPLE, post_code="P1", to_post_code="P2", category="参公"),
        Asked(Wish.MOVE_TASK, unit_code="U1", task_code="T1", to_post_code="P9"),
        Asked(Wish.MOVE_TASK, unit_code="U1", task_code="T7", to_post_code="P2"),
        Asked(Wish.MOVE_TASK, unit_code="U1", task_code="T1", to_post_code="P2", hours=5000.0),
        Asked(Wish.KEEP_TASK, task_code="T7"),
        Asked(Wish.EXEMPT_UNIT, unit_code="U7"),
    ],
)
def test_what_is_not_there_or_can_never_be_is_refused(asked: Asked) -> None:
    with pytest.raises(UserError):
        why_not(two_units(assignment()), asked, plan=None)
