"""Properties of a task's hours: what each factor does and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.method.workload import hours_of
from app.model.county import Task, Volume
from app.model.vocabulary import Measuring
from tests.builders import task, unit, volume

factors = st.floats(0.1, 5)
shares = st.floats(0, 1)
tasks = st.builds(
    task,
    hours_each=st.floats(0.05, 40),
    people_each=st.floats(1, 6),
    difficulty=factors,
    is_field=st.booleans(),
    saving=st.floats(0, 0.95),
)
volumes = st.builds(volume, volume=st.floats(0, 5000))


@given(tasks, volumes, factors)
def test_travel_lengthens_field_work_and_nothing_else(
    work: Task, pieces: Volume, travel: float
) -> None:
    near = hours_of(work, volume=pieces, unit=unit(travel=1.0))
    far = hours_of(work, volume=pieces, unit=unit(travel=travel))
    assert far == pytest.approx(near * travel if work.is_field else near)


@given(tasks, volumes, factors)
def test_hours_grow_with_difficulty_people_time_and_volume_alike(
    work: Task, pieces: Volume, factor: float
) -> None:
    town = unit(travel=1.3)
    hours = hours_of(work, volume=pieces, unit=town) * factor
    assert work.hours_each is not None
    for other in (
        replace(work, difficulty=work.difficulty * factor),
        replace(work, people_each=work.people_each * factor),
        replace(work, hours_each=work.hours_each * factor),
    ):
        assert hours_of(other, volume=pieces, unit=town) == pytest.approx(hours)
    more = replace(pieces, volume=pieces.volume * factor)
    assert hours_of(work, volume=more, unit=town) == pytest.approx(hours)


@given(tasks, volumes, shares)
def test_saving_takes_its_share_of_the_hours(work: Task, pieces: Volume, saving: float) -> None:
    whole = hours_of(replace(work, saving=0.0), volume=pieces, unit=unit())
    left = hours_of(replace(work, saving=saving), volume=pieces, unit=unit())
    assert left == pytest.approx(whole * (1 - saving))
    assert 0 <= left <= whole
    assert hours_of(replace(work, saving=1.0), volume=pieces, unit=unit()) == 0


@given(tasks, volumes, st.floats(0.05, 40))
def test_the_units_own_time_takes_the_place_of_the_tasks(
    work: Task, pieces: Volume, own: float
) -> None:
    stated = hours_of(work, volume=replace(pieces, hours_each=own), unit=unit())
    assert stated == hours_of(replace(work, hours_each=own), volume=pieces, unit=unit())


@given(tasks, volumes, factors)
def test_no_factor_touches_fixed_hours(work: Task, pieces: Volume, travel: float) -> None:
    fixed = replace(work, method=Measuring.FIXED_HOURS)
    assert hours_of(fixed, volume=pieces, unit=unit(travel=travel)) == pieces.volume
