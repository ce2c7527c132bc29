"""Loads: workload against capacity of one post, and of the posts of an office, unit or county."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.method.calendars import Calendar, calendar_of
from app.method.policy import policy_of
from app.method.requirement import ROUNDING, Requirement, combined, ratio, requirement
from app.method.saturation import band, saturation
from app.method.season import monthly_shares, peak
from app.method.workload import PostBasis
from app.model.bands import BandScheme, scheme_of
from app.model.county import County
from app.model.figures import Load

_NO_HOURS = (0.0,) * 12


@dataclass(frozen=True, slots=True)
class Yardstick:
    """How loads are classed, headcounts rounded and months compared: the policy's choice."""

    scheme: BandScheme
    rounding: Callable[[float], float]
    calendar: Calendar

    @classmethod
    def of(cls, county: County) -> Yardstick:
        """Return the yardstick that a county's policy chooses.

        Raises:
            UnreadablePolicy: a policy value does not fit its key.
        """
        policy = policy_of(county)
        return cls(
            scheme=scheme_of(policy),
            rounding=ROUNDING[policy.rounding],
            calendar=calendar_of(county),
        )


def monthly_workload(
    county: County,
    *,
    hours_by_profile: Mapping[str, float],
    caf: float,
    ias_hours: float,
    calendar: Calendar,
) -> tuple[float, ...]:
    """Return the workload of the twelve months: assigned(month) × CAF + IAS(month).

    Assigned hours follow the seasonal profiles of their tasks, individual allowances are spread
    over working days. Source: method §3.
    """
    months = [ias_hours * share for share in calendar.shares]
    for profile_name, hours in hours_by_profile.items():
        shares = monthly_shares(county, profile_name, calendar=calendar)
        months = [month + hours * caf * share for month, share in zip(months, shares, strict=True)]
    return tuple(months)


def post_load(
    basis: PostBasis, *, hours_by_profile: Mapping[str, float], county: County, by: Yardstick
) -> Load:
    """Return the load of one post: workload = assigned × CAF + IAS (method §3, §4)."""
    assigned = sum(hours_by_profile.values())
    category_hours = assigned * (basis.caf - 1)
    people = requirement(
        assigned_hours=assigned,
        caf=basis.caf,
        ias_hours=basis.ias_hours,
        awt_hours=basis.awt_hours,
    )
    return _load(
        (assigned, category_hours, basis.ias_hours),
        capacity_hours=basis.capacity_hours,
        monthly_hours=monthly_workload(
            county,
            hours_by_profile=hours_by_profile,
            caf=basis.caf,
            ias_hours=basis.ias_hours,
            calendar=by.calendar,
        ),
        existing=basis.existing,
        people=people,
        required_rounded=by.rounding(people.required),
        by=by,
    )


def combined_load(loads: Sequence[Load], *, by: Yardstick) -> Load:
    """Return the load of several posts together: Σ workload ÷ Σ capacity and Σ required.

    `required_rounded` is the sum of the posts' rounded headcounts. Source: method §3, §4.
    """
    return _load(
        (
            sum(load.assigned_hours for load in loads),
            sum(load.category_hours for load in loads),
            sum(load.individual_hours for load in loads),
        ),
        capacity_hours=sum(load.capacity_hours for load in loads),
        monthly_hours=tuple(
            map(sum, zip(_NO_HOURS, *(load.monthly_hours for load in loads), strict=True))
        ),
        existing=sum(load.existing for load in loads),
        people=combined(Requirement(load.a, load.b, load.c) for load in loads),
        required_rounded=sum(load.required_rounded for load in loads),
        by=by,
    )


def _load(
    parts: tuple[float, float, float],
    *,
    capacity_hours: float,
    monthly_hours: tuple[float, ...],
    existing: float,
    people: Requirement,
    required_rounded: float,
    by: Yardstick,
) -> Load:
    assigned_hours, category_hours, individual_hours = parts
    workload_hours = assigned_hours + category_hours + individual_hours
    month, peak_saturation = peak(
        monthly_hours, capacity_hours=capacity_hours, calendar=by.calendar
    )
    required = people.required
    return Load(
        assigned_hours=assigned_hours,
        category_hours=category_hours,
        individual_hours=individual_hours,
        workload_hours=workload_hours,
        capacity_hours=capacity_hours,
        saturation=saturation(workload_hours=workload_hours, capacity_hours=capacity_hours),
        band=band(workload_hours=workload_hours, capacity_hours=capacity_hours, scheme=by.scheme),
        peak_month=month,
        peak_saturation=peak_saturation,
        existing=existing,
        a=people.a,
        b=people.b,
        c=people.c,
        required=required,
        required_rounded=required_rounded,
        difference=existing - required,
        ratio=ratio(existing=existing, required=required),
        monthly_hours=monthly_hours,
    )
