"""Check-up: every finding about a county, one named rule after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from app.method.burden import limits
from app.method.checks import (
    blocking_rules,
    duty_rules,
    headcount_rules,
    outlier_rules,
    staffing_rules,
    workload_rules,
)
from app.method.uncertainty import second_opinion
from app.model.county import County
from app.model.figures import Figures
from app.model.findings import Finding
from app.model.vocabulary import Aspect, Link

BlockingRule = Callable[[County], Iterator[Finding]]
Rule = Callable[[County, Figures], Iterator[Finding]]

BLOCKING_RULES: tuple[BlockingRule, ...] = (
    blocking_rules.policy_unreadable,
    blocking_rules.working_year_empty,
    blocking_rules.ability_not_positive,
    blocking_rules.individual_allowance_as_share,
    blocking_rules.allowances_take_everything,
)
"""What keeps `assess` from giving figures: they read the inputs alone, and are all errors."""

CHECKS: Mapping[Aspect, tuple[Rule, ...]] = MappingProxyType(
    {
        Aspect.CONFLICT: (
            duty_rules.two_leads,
            duty_rules.reclaimed_duty_with_hours,
            duty_rules.supporting_led_as_own,
        ),
        Aspect.UNCLEAR: (
            duty_rules.task_without_lead,
            duty_rules.duty_without_task,
            duty_rules.supporting_without_superior,
            duty_rules.supporting_without_division,
        ),
        Aspect.BLIND_SPOT: (
            duty_rules.duty_carried_by_nobody,
            duty_rules.task_carried_by_nobody,
            workload_rules.shares_below_whole,
        ),
        Aspect.OUTSIDE_LIST: (duty_rules.task_outside_list,),
        Aspect.DUPLICATE: (duty_rules.duplicate_order,),
        Aspect.WORKLOAD: (
            workload_rules.shares_above_whole,
            workload_rules.unit_time_missing,
            outlier_rules.unit_time_far_longer,
            outlier_rules.hours_stand_out,
            workload_rules.assignment_without_volume,
            workload_rules.assignment_to_other_unit,
            workload_rules.season_unknown,
        ),
        Aspect.LOAD: (
            staffing_rules.severely_overloaded,
            staffing_rules.overloaded,
            staffing_rules.under_loaded,
            staffing_rules.work_without_people,
            staffing_rules.too_many_duties,
            staffing_rules.able_above_peers,
        ),
        Aspect.HEADCOUNT: (
            headcount_rules.over_strength,
            headcount_rules.vacant,
            headcount_rules.people_disagree,
            headcount_rules.too_few_officers,
        ),
        Aspect.MEANS: (headcount_rules.delegated_without_people,),
        Aspect.BURDEN: (limits.limit_exceeded,),
        Aspect.OPINION: (second_opinion.units_differ,),
        Aspect.INPUTS: (
            workload_rules.scope_unknown,
            workload_rules.year_off_calendar,
            workload_rules.seniority_of_nobody,
        ),
    }
)
"""The rules of the four-element check-up by what they look for (method §5).

Each is a function of the inputs and the figures, named like the `rule` of its findings.
"""

RULES: tuple[Rule, ...] = tuple(rule for rules in CHECKS.values() for rule in rules)
"""The same rules one after the other, in the order their findings come."""

LINKS: Mapping[Aspect, Link] = MappingProxyType(
    {
        Aspect.CONFLICT: Link.DUTY_TASK,
        Aspect.UNCLEAR: Link.DUTY_TASK,
        Aspect.BLIND_SPOT: Link.DUTY_TASK,
        Aspect.OUTSIDE_LIST: Link.DUTY_TASK,
        Aspect.DUPLICATE: Link.DUTY_TASK,
        Aspect.WORKLOAD: Link.TASK_WORKLOAD,
        Aspect.LOAD: Link.WORKLOAD_HEADCOUNT,
        Aspect.HEADCOUNT: Link.WORKLOAD_HEADCOUNT,
        Aspect.MEANS: Link.WORKLOAD_HEADCOUNT,
    }
)
"""Which two elements fail to agree where a rule speaks; what is not here weakens no link."""

_ASPECTS = {rule.__name__: aspect for aspect, rules in CHECKS.items() for rule in rules}


def aspect_of(rule: str) -> Aspect:
    """Return what a rule looks for; those that block look at the inputs."""
    return _ASPECTS.get(rule, Aspect.INPUTS)


def link_of(rule: str) -> Link | None:
    """Return the link a rule's findings weaken, None for the inputs alone."""
    return LINKS.get(aspect_of(rule))


def find(county: County, figures: Figures) -> tuple[Finding, ...]:
    """Return every finding about a county, rule after rule, rows in their order (method §5)."""
    found = list(find_blocking(county))
    for rule in RULES:
        found.extend(rule(county, figures))
    return tuple(found)


def find_blocking(county: County) -> tuple[Finding, ...]:
    """Return what keeps a county from being assessed; () when `assess` will succeed.

    Without a policy nothing can be reckoned, so an unreadable one is all there is to say.
    """
    unreadable = tuple(blocking_rules.policy_unreadable(county))
    if unreadable:
        return unreadable
    return tuple(finding for rule in BLOCKING_RULES for finding in rule(county))
