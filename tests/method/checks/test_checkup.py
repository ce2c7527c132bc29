"""Tests of the check-up as a whole, and of what keeps a county from being assessed."""

from __future__ import annotations

import pytest

from app.errors import BlockedByData
from app.method.assessing import assess
from app.method.checks.checkup import (
    BLOCKING_RULES,
    CHECKS,
    LINKS,
    RULES,
    aspect_of,
    find,
    find_blocking,
    link_of,
)
from app.model.county import County
from app.model.findings import Finding, Place
from app.model.vocabulary import Aspect, Link, Per, Severity, Table
from tests.builders import (
    category_allowance,
    individual_allowance,
    policy,
    post,
    staffing,
    working_time,
)
from tests.method.burden import test_limits
from tests.method.checks import test_duty_rules, test_staffing_rules, test_workload_rules
from tests.method.checks.checking import sound
from tests.method.uncertainty import test_second_opinion


def blocking(here: County) -> Finding:
    """Return what blocks a county, having seen that assessing it is refused likewise."""
    (finding,) = find_blocking(here)
    assert finding.severity is Severity.ERROR
    with pytest.raises(BlockedByData) as refusal:
        assess(here)
    assert (refusal.value.message, refusal.value.remedy) == (finding.message, finding.remedy)
    return finding


def test_sound_county_has_no_finding() -> None:
    assert find(sound(), assess(sound())) == ()


def test_every_rule_has_its_test() -> None:
    files = (
        test_duty_rules,
        test_limits,
        test_second_opinion,
        test_staffing_rules,
        test_workload_rules,
    )
    names = [*globals(), *(name for file in files for name in vars(file))]
    tested = {name.removeprefix("test_") for name in names}
    assert {rule.__name__ for rule in (*BLOCKING_RULES, *RULES)} <= tested


def test_every_rule_looks_for_one_thing_and_all_but_inputs_weaken_a_link() -> None:
    assert len(RULES) == len(set(RULES))
    assert set(CHECKS) == set(Aspect)
    assert set(LINKS) == set(Aspect) - {Aspect.INPUTS, Aspect.BURDEN, Aspect.OPINION}
    assert aspect_of("two_leads") is Aspect.CONFLICT
    assert link_of("two_leads") is Link.DUTY_TASK
    assert link_of("scope_unknown") is None
    assert {aspect_of(rule.__name__) for rule in BLOCKING_RULES} == {Aspect.INPUTS}


def test_unreadable_policy_is_all_there_is_to_say() -> None:
    here = sound(policy("bands", "1,1"), working_time(working_days=20.0))
    assert [finding.rule for finding in find_blocking(here)] == ["policy_unreadable"]


def test_policy_unreadable() -> None:
    assert blocking(sound(policy("levers", "magic"))).place == Place(Table.POLICY, ("levers",))


def test_working_year_empty() -> None:
    finding = blocking(sound(working_time(working_days=20.0)))
    assert finding.place == Place(Table.WORKING_TIME, ("行政",))


def test_ability_not_positive() -> None:
    assert blocking(sound(post(ability=0.0))).place == Place(Table.POSTS, ("P1",))


def test_individual_allowance_as_share() -> None:
    finding = blocking(sound(individual_allowance(value=0.1, per=Per.SHARE)))
    assert finding.place == Place(Table.ALLOWANCES, ("值班", "INDIVIDUAL", ""))


def test_allowances_take_everything() -> None:
    here = sound(category_allowance(value=1.0), post("P2"), staffing("P2", "行政"))
    finding = blocking(here)
    assert finding.message == "Allowances take 100% of the working time of 行政: 例会."
    assert finding.place == Place(Table.ALLOWANCES, ("例会", "CATEGORY", ""))
