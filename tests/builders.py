"""Counties of two or three objects, for everybody's tests."""

from __future__ import annotations

from typing import Any

from app.model.county import (
    Allowance,
    Assignment,
    County,
    Duty,
    Establishment,
    PolicyValue,
    Post,
    Profile,
    Record,
    StaffCategory,
    Staffing,
    Task,
    Unit,
    Volume,
    WorkingTime,
)
from app.model.vocabulary import (
    DEFAULT_CATEGORIES,
    AllowanceKind,
    Burden,
    DutyList,
    Per,
    Role,
    UnitKind,
)


def unit(unit_code: str = "U1", **fields: Any) -> Unit:
    return Unit(
        **{"unit_code": unit_code, "name": f"{unit_code}镇", "kind": UnitKind.TOWN} | fields
    )


def categories(*names: str) -> tuple[StaffCategory, ...]:
    return tuple(StaffCategory(name) for name in names or DEFAULT_CATEGORIES)


def establishment(unit_code: str = "U1", category: str = "行政", **fields: Any) -> Establishment:
    return Establishment(unit_code=unit_code, category=category, **fields)


def post(post_code: str = "P1", unit_code: str = "U1", **fields: Any) -> Post:
    return Post(
        **{
            "post_code": post_code,
            "unit_code": unit_code,
            "title": f"{post_code}岗",
            "office": "党政办",
        }
        | fields
    )


def staffing(post_code: str = "P1", category: str = "行政", on_duty: float = 1.0) -> Staffing:
    return Staffing(post_code=post_code, category=category, on_duty=on_duty)


def duty(duty_code: str = "D1", **fields: Any) -> Duty:
    return Duty(
        **{"duty_code": duty_code, "name": f"{duty_code}职责", "list": DutyList.CORE} | fields
    )


def task(
    task_code: str = "T1", duty_code: str = "D1", *, hours_each: float | None = 1.0, **fields: Any
) -> Task:
    return Task(
        **{
            "task_code": task_code,
            "duty_code": duty_code,
            "name": f"{task_code}任务",
            "burden": Burden.SUBSTANTIVE,
            "hours_each": hours_each,
        }
        | fields
    )


def volume(
    unit_code: str = "U1", task_code: str = "T1", volume: float = 1000.0, **fields: Any
) -> Volume:
    return Volume(unit_code=unit_code, task_code=task_code, volume=volume, **fields)


def assignment(
    unit_code: str = "U1",
    task_code: str = "T1",
    post_code: str = "P1",
    share: float = 1.0,
    **fields: Any,
) -> Assignment:
    return Assignment(
        **{
            "unit_code": unit_code,
            "task_code": task_code,
            "post_code": post_code,
            "share": share,
            "role": Role.LEAD,
        }
        | fields
    )


def working_time(category: str = "行政", **fields: Any) -> WorkingTime:
    return WorkingTime(category=category, **fields)


def category_allowance(
    name: str = "例会", value: float = 0.1, per: Per = Per.SHARE, scope: str = ""
) -> Allowance:
    return Allowance(
        name=name, kind=AllowanceKind.CATEGORY, value=value, per=per, scope=scope, people=None
    )


def individual_allowance(
    name: str = "值班",
    value: float = 100.0,
    per: Per = Per.HOURS_PER_YEAR,
    scope: str = "",
    people: float | None = None,
) -> Allowance:
    return Allowance(
        name=name, kind=AllowanceKind.INDIVIDUAL, value=value, per=per, scope=scope, people=people
    )


def profile(name: str = "汛期", *, shares: tuple[float, ...] | None = None) -> Profile:
    return Profile(name=name, shares=shares or (0.0,) * 5 + (0.25,) * 4 + (0.0,) * 3)


def policy(name: str, value: str) -> PolicyValue:
    return PolicyValue(name=name, value=value)


def county(*records: Record) -> County:
    """Return a county of these records and the default staff categories."""
    return County.of((*categories(), *records))


def small_county(*more: Record) -> County:
    """Return one unit with three posts that is fit to plan.

    P1 (行政, 1 person) carries 2,000 h of T1 and is overloaded at 1,784 h; P2 (事业, 1 person)
    carries 500 h of T2 in the same office and has room; P3 (编外, nobody) stands in another
    office. 100 h of T3 are carried by nobody. Later records replace these by key.
    """
    return county(
        unit(),
        establishment(category="行政", authorised=2.0, in_post=1.0),
        establishment(category="事业", authorised=1.0, in_post=1.0),
        post("P1"),
        post("P2"),
        post("P3", office="财政所"),
        staffing("P1", "行政"),
        staffing("P2", "事业"),
        staffing("P3", "编外", 0.0),
        duty(),
        task("T1"),
        task("T2"),
        task("T3"),
        volume(task_code="T1", volume=2000.0),
        volume(task_code="T2", volume=500.0),
        volume(task_code="T3", volume=100.0),
        assignment(task_code="T1", post_code="P1"),
        assignment(task_code="T2", post_code="P2"),
        *more,
    )
