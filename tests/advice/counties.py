"""Counties for tests of advice: two units by hand, and random small ones that look like life."""

from __future__ import annotations

import random

from app.advice.carrying_out.situation import DraftMeasure
from app.advice.county_problem import Formulation, formulate
from app.advice.measures.people_changes import people_drafts
from app.model.county import County, Record
from app.model.vocabulary import Burden, Role
from solver.solving import solve
from tests.builders import (
    assignment,
    county,
    duty,
    post,
    staffing,
    task,
    unit,
    volume,
)

YEAR = 1784.0
"""Hours of one person."""


def two_units(*more: Record) -> County:
    """Return U1 with P1 (2 people) and P2 (1), U2 with P9 (3); P1 carries the 1,000 h of T1."""
    return county(
        unit("U1"),
        unit("U2"),
        post("P1"),
        post("P2"),
        post("P9", unit_code="U2"),
        staffing("P1", on_duty=2.0),
        staffing("P2", on_duty=1.0),
        staffing("P9", on_duty=3.0),
        task(),
        volume(),
        assignment(),
        *more,
    )


def random_county(seed: int, *, units: int = 1, posts: int = 6, tasks: int = 12) -> County:
    """Return a county with idle and overloaded posts, shared tasks, cuts and uncarried hours."""
    chance = random.Random(seed)
    rows: list[Record] = [duty()]
    for number in range(tasks):
        burdens = [Burden.SUBSTANTIVE, Burden.FORMALISTIC, Burden.NECESSARY_FORMAL]
        burden = chance.choices(burdens, [7, 2, 1])[0]
        is_officer_only = chance.random() < 0.15
        rows.append(task(f"T{number}", burden=burden, is_officer_only=is_officer_only))
    for number in range(units):
        rows += _random_unit(chance, f"U{number}", posts=posts, tasks=tasks)
    return county(*rows)


def random_case(seed: int, *, units: int) -> tuple[Formulation, list[DraftMeasure]]:
    """Return the problem of a random county and the changes of people in its best plan."""
    posts, tasks = (6, 12) if units == 1 else (5, 10)
    formulation = formulate(random_county(seed, units=units, posts=posts, tasks=tasks))
    decision = solve(formulation.problem).decision
    assert decision is not None
    return formulation, people_drafts(formulation.problem, decision)


def _random_unit(chance: random.Random, unit_code: str, *, posts: int, tasks: int) -> list[Record]:
    rows: list[Record] = [unit(unit_code)]
    hours: dict[str, dict[str, float]] = {}
    for number in range(posts):
        code = f"{unit_code}P{number}"
        rows.append(post(code, unit_code=unit_code, office=f"科室{number % 2}"))
        people = float(chance.choice([1, 1, 2, 2, 3]))
        rows.append(staffing(code, chance.choice(["行政", "事业"]), people))
        if chance.random() < 0.3:
            rows.append(staffing(code, "编外", 1.0))
            people += 1.0
        load = chance.choice([0.5, 0.7, 0.85, 0.95, 1.05, 1.2, 1.4]) * people * YEAR
        own = chance.sample(range(tasks), chance.choice([2, 3, 4]))
        for chosen in own:
            share = load / len(own) * chance.uniform(0.6, 1.4)
            hours.setdefault(f"T{chosen}", {})[code] = share
    for task_code, by_post in hours.items():
        total = sum(by_post.values()) * (1.15 if chance.random() < 0.1 else 1.0)
        rows.append(volume(unit_code, task_code, total))
        for place, (code, carried) in enumerate(by_post.items()):
            role = Role.ASSIST if place else Role.LEAD
            share = min(1.0, carried / total)
            rows.append(assignment(unit_code, task_code, code, share, role=role))
    return rows
