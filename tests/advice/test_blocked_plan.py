"""A run that is blocked by the user's own limits says which, by how much, and what would do."""

from __future__ import annotations

from app.advice.planning import make_plan
from app.method.assessing import assess
from app.model.county import County, Record
from app.model.findings import Place
from app.model.plan import Plan
from app.model.vocabulary import Outcome, Table
from tests.builders import assignment, policy, post, small_county, staffing


def blocked(*more: Record) -> Plan:
    county: County = small_county(*more)
    found = make_plan(county, assess(county))
    assert found.outcome is Outcome.BLOCKED
    assert len(found.conflicts) == len(found.conflict_places)
    return found


def test_too_few_people_are_named_with_the_post_and_the_limit_on_moves() -> None:
    found = blocked(
        post("P1", min_people=2.0),
        staffing("P2", "行政", 3.0),
        policy("levers", "move"),
        policy("max_moves", "0"),
    )
    ways = found.conflicts[-1]
    assert "ask for 1 fewer people at P1岗 of U1镇" in ways
    assert "let 1 people move in place of 0" in ways
    shortage, place = found.conflicts[0], found.conflict_places[0]
    assert (shortage, place) in {
        (
            "P1岗 of U1镇 asks for at least 2 people; 1 cannot be found.",
            Place(Table.POSTS, ("P1",)),
        ),
        (
            "At most 0 people may move; 1 more would have to.",
            Place(Table.POLICY, ("max_moves",)),
        ),
    }
    assert found.conflict_places[-1] is None


def test_too_many_people_are_named() -> None:
    found = blocked(post("P1", max_people=0.0, min_people=0.0), policy("levers", "reassign"))
    assert found.conflicts[0] == "P1岗 of U1镇 allows at most 0 people; it has 1 too many."
    assert found.conflicts[-1] == (
        "Each of these alone would resolve it: allow 1 more people at P1岗 of U1镇."
    )


def test_pinned_shares_above_the_whole_are_named_with_their_task() -> None:
    found = blocked(
        assignment(is_pinned=True),
        assignment(post_code="P2", share=0.5, is_pinned=True),
    )
    assert found.conflicts[0] == (
        "“T1任务 of U1镇” has 1,000.0 h less than the shares that are pinned."
    )
    assert found.conflict_places[0] == Place(Table.VOLUMES, ("U1", "T1"))
    assert "unpin shares of T1任务 of U1镇" in found.conflicts[-1]


def test_a_pinned_post_that_asks_for_more_than_it_has_may_be_unlocked() -> None:
    found = blocked(
        post("P1", min_people=2.0, is_pinned=True),
        staffing("P2", "行政", 3.0),
        policy("levers", "move"),
    )
    assert found.conflicts == (
        "P1岗 of U1镇 asks for at least 2 people; 1 cannot be found.",
        "Each of these alone would resolve it: ask for 1 fewer people at P1岗 of U1镇; "
        "unlock P1岗 of U1镇, so that people may come and go.",
    )
    assert found.conflict_places == (Place(Table.POSTS, ("P1",)), None)


def test_unlocking_is_no_way_out_where_nobody_could_come_all_the_same() -> None:
    found = blocked(post("P1", min_people=2.0, is_pinned=True), policy("levers", "cut"))
    assert "unlock" not in found.conflicts[-1]


def test_nothing_is_said_about_limits_where_there_is_a_plan() -> None:
    county = small_county()
    found = make_plan(county, assess(county))
    assert found.outcome is Outcome.OPTIMAL
    assert (found.conflicts, found.conflict_places) == ((), ())
