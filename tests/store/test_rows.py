"""Rows: every kind of field survives the way to a row and back."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from app.model.county import RECORD_TYPES, Record
from app.model.vocabulary import Evidence, Form, Measuring
from app.store.records.rows import MONTHS, RecordShape
from app.store.records.tables import SHAPES
from tests import builders

FULL_RECORDS: tuple[Record, ...] = (
    builders.unit(travel=1.2, population=30_000.0, note="山区"),
    builders.categories("参公")[0],
    builders.establishment(authorised=12.0, in_post=0.0, absent=1.5),
    builders.post(ability=1.1, min_people=0.0, qualifications=("执法证", "会计"), is_pinned=True),
    builders.staffing(on_duty=0.0),
    builders.duty(superior="县人社局", own_duty="协助\n配合"),
    builders.task(
        method=Measuring.FIXED_HOURS,
        hours_each=None,
        form=Form.APP,
        evidence=Evidence.SAMPLE,
        is_field=True,
        profile="汛期",
        max_cut=0.0,
        qualifications=("执法证",),
    ),
    builders.volume(hours_each=0.25),
    builders.assignment(share=1 / 3, role=None, is_pinned=True),
    builders.working_time(sick=8.8, cost_per_year=9.5),
    builders.individual_allowance(people=2.0),
    builders.profile(),
    builders.policy("goals", "unassigned_hours,overload"),
)


def test_one_record_of_each_type_is_tried() -> None:
    assert {type(record) for record in FULL_RECORDS} == set(RECORD_TYPES)


@pytest.mark.parametrize("record", FULL_RECORDS, ids=lambda record: type(record).__name__)
def test_record_comes_back_from_its_row(record: Record) -> None:
    shape = SHAPES[record.TABLE.value]
    row = shape.to_row(record)
    assert shape.to_item(row) == record
    assert {type(cell) for cell in row} <= {str, float, int, type(None)}
    assert len(row) == len(shape.columns)


def test_twelve_shares_are_twelve_columns() -> None:
    names = [column.name for column in SHAPES["profiles"].columns]
    assert names == ["name", *MONTHS]


def test_blank_profile_is_an_empty_cell() -> None:
    task, shape = builders.task(), SHAPES["tasks"]
    row = dict(zip((column.name for column in shape.columns), shape.to_row(task), strict=True))
    assert row["profile"] is None
    assert row["measure"] == ""


def test_minus_zero_is_stored_as_zero_and_whole_numbers_as_fractional_ones() -> None:
    row = SHAPES["volumes"].to_row(builders.volume(volume=-0.0, hours_each=3))
    assert [str(row[2]), str(row[3])] == ["0.0", "3.0"]


def test_nan_becomes_infinity_which_every_number_column_refuses() -> None:
    shape: RecordShape[Record] = SHAPES["volumes"]
    record = replace(builders.volume(), hours_each=math.nan)
    assert shape.to_row(record)[3] == math.inf
