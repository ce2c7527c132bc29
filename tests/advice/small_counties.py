"""Small counties of every kind that plans have to bear, drawn so that a failing one shrinks."""

from __future__ import annotations

from hypothesis import strategies as st

from app.model.county import County, Record
from app.model.vocabulary import Burden, Role
from tests.builders import (
    assignment,
    county,
    duty,
    establishment,
    policy,
    post,
    profile,
    staffing,
    task,
    unit,
    volume,
)

_CATEGORIES = ("行政", "事业")
_HOURS = st.sampled_from([0.0, 30.0, 200.0, 900.0, 1784.0, 2600.0, 5000.0])
_PEOPLE = st.sampled_from([0.0, 1.0, 1.0, 2.0, 3.0])
_SHARES = st.sampled_from([0.0, 0.25, 0.5, 0.8, 1.0])


@st.composite
def small_counties(draw: st.DrawFn) -> County:
    """Draw a county: units with and without posts and work, licences, vacancies, pools, seasons."""
    tasks = draw(st.integers(1, 4))
    rows: list[Record] = [duty(), profile("汛期"), *_policies(draw)]
    for number in range(tasks):
        rows.append(
            task(
                f"T{number}",
                burden=draw(st.sampled_from(list(Burden))),
                qualifications=draw(st.sampled_from([(), (), ("执法证",)])),
                is_officer_only=draw(st.sampled_from([False, False, True])),
                profile=draw(st.sampled_from(["", "", "汛期"])),
            )
        )
    for number in range(draw(st.integers(1, 3))):
        rows += _unit(draw, f"U{number}", tasks=tasks)
    return county(*rows)


def _policies(draw: st.DrawFn) -> list[Record]:
    rows: list[Record] = []
    if draw(st.booleans()):
        rows.append(policy("integer", "0"))
    if draw(st.booleans()):
        rows.append(policy("scope", "unit"))
    pool = draw(st.sampled_from([0, 0, 1, 2]))
    if pool:
        rows.append(policy(f"pool.{draw(st.sampled_from(_CATEGORIES))}", f"{pool}"))
    temporaries = draw(st.sampled_from([0, 0, 1]))
    if temporaries:
        rows.append(policy("max_temporaries", f"{temporaries}"))
    return rows


def _unit(draw: st.DrawFn, unit_code: str, *, tasks: int) -> list[Record]:
    rows: list[Record] = [unit(unit_code)]
    posts = [f"{unit_code}P{number}" for number in range(draw(st.integers(0, 4)))]
    for code in posts:
        title = draw(st.sampled_from([f"{code}岗", "综合岗"]))
        held = draw(st.sampled_from([(), ("执法证",)]))
        office = draw(st.sampled_from(["党政办", "财政所"]))
        rows.append(
            post(code, unit_code=unit_code, office=office, title=title, qualifications=held)
        )
        for category in draw(st.sampled_from([("行政",), ("事业",), ("行政", "编外"), ()])):
            rows.append(staffing(code, category, draw(_PEOPLE)))
    for category in _CATEGORIES:
        vacant = draw(st.sampled_from([None, 0.0, 1.0, 2.0]))
        if vacant is not None:
            row = establishment(unit_code, category, authorised=5.0 + vacant, in_post=5.0)
            rows.append(row)
    for number in range(tasks):
        hours = draw(_HOURS)
        rows.append(volume(unit_code, f"T{number}", hours))
        left = 1.0 + draw(st.sampled_from([0.0, 0.0, 0.5]))
        carrying = draw(st.lists(st.sampled_from(posts), max_size=2, unique=True)) if posts else []
        for place, code in enumerate(carrying):
            share = min(left, draw(_SHARES))
            left -= share
            role = Role.ASSIST if place else Role.LEAD
            rows.append(assignment(unit_code, f"T{number}", code, share, role=role))
    return rows
