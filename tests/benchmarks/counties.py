"""Counties as large as anybody will have: one unit of 1,500 tasks and 60 posts, and more."""

from __future__ import annotations

import random
from collections.abc import Iterator

from app.model.county import (
    Assignment,
    County,
    Duty,
    Post,
    Record,
    StaffCategory,
    Staffing,
    Task,
    Unit,
)
from app.model.county import Volume as UnitVolume
from app.model.vocabulary import DEFAULT_CATEGORIES, Burden, DutyList, Role, UnitKind

POSTS_OF_AN_OFFICE = 6
TASKS_OF_A_DUTY = 5


def large_county(
    *, units: int = 1, tasks: int = 1500, posts: int = 60, carriers: int = 3
) -> County:
    """Return a county in which every task of every unit is carried by some of its posts."""
    return County.of(_records(units, tasks, posts, carriers))


def _records(units: int, tasks: int, posts: int, carriers: int) -> Iterator[Record]:
    dice = random.Random(1)
    yield from map(StaffCategory, DEFAULT_CATEGORIES)
    for number in range(tasks // TASKS_OF_A_DUTY + 1):
        yield Duty(f"D{number}", f"职责{number}", DutyList.CORE)
    for number in range(tasks):
        duty = f"D{number // TASKS_OF_A_DUTY}"
        yield Task(f"T{number}", duty, f"任务{number}", Burden.SUBSTANTIVE, hours_each=0.5)
    for unit in range(units):
        yield Unit(f"U{unit}", f"单位{unit}", UnitKind.TOWN)
        codes = [f"U{unit}-P{number}" for number in range(posts)]
        for number, code in enumerate(codes):
            office = f"机构{number // POSTS_OF_AN_OFFICE}"
            yield Post(code, f"U{unit}", f"岗位{number}", office)
            yield Staffing(code, DEFAULT_CATEGORIES[number % 3], 1.0)
        for number in range(tasks):
            yield UnitVolume(f"U{unit}", f"T{number}", float(dice.randint(10, 400)))
            for place, code in enumerate(dice.sample(codes, carriers)):
                role = Role.ASSIST if place else Role.LEAD
                yield Assignment(f"U{unit}", f"T{number}", code, 1 / carriers, role)
