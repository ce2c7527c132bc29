"""What is typed into one field of a record is read as its column of the workbook is."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.model.vocabulary import Burden, Form
from app.workbooks.cells.column import ColumnKind
from app.workbooks.standard.typed import as_typed, columns_of, typed
from tests.builders import duty, policy, staffing, task, volume


def test_numbers_shares_words_and_lists_are_read() -> None:
    row = task(qualifications=("法律",))
    assert typed(row, "hours_each", "１.５小时").hours_each == 1.5
    assert typed(row, "saving", "25%").saving == 0.25
    assert typed(row, "burden", "形式主义").burden is Burden.FORMALISTIC
    assert typed(row, "form", str(Form.REPORT.value)).form is Form.REPORT
    assert typed(row, "qualifications", "执法证；法律").qualifications == ("执法证", "法律")
    assert typed(row, "is_field", "yes").is_field


def test_blank_is_the_default_and_a_needed_field_is_not_left_blank() -> None:
    row = task(difficulty=1.4, form=Form.REPORT, max_cut=0.3)
    assert typed(row, "difficulty", " ").difficulty == 1.0
    assert typed(row, "form", "").form is None
    assert typed(row, "max_cut", "").max_cut is None
    for record, field in (
        (row, "name"),
        (row, "hours_each"),
        (duty(), "list"),
        (volume(), "volume"),
    ):
        with pytest.raises(UserError, match="must be filled"):
            typed(record, field, "")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("hours_each", "30以上", "Hours each: “30以上” is a limit"),
        ("saving", "1.2", "Saving: 1.2 is no share"),
        ("people_each", "-1", "People each: -1 is too small"),
        ("task_code", "T9", "cannot be changed"),
        ("hours_low", "9", "above the upper one"),
    ],
)
def test_a_refusal_names_the_field(field: str, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        typed(task(hours_low=1.0, hours_high=2.0), field, text)


def test_people_and_policies_are_typed_too() -> None:
    assert typed(staffing("P1", "行政", 1.0), "on_duty", "2").on_duty == 2.0
    assert typed(policy("rounding", "wisn"), "value", "up").value == "up"
    for record, field, text in (
        (staffing(), "on_duty", ""),
        (policy("rounding", "wisn"), "value", "sideways"),
    ):
        with pytest.raises(UserError):
            typed(record, field, text)


def test_what_is_shown_for_typing_is_read_back_as_the_same() -> None:
    row = task(saving=0.07, max_cut=0.5, qualifications=("a", "b"), form=Form.APP, is_field=True)
    for column in columns_of(type(row)):
        if column.field in row.KEY_FIELDS or column.kind is ColumnKind.CODE:
            continue
        text = as_typed(getattr(row, column.field), column.kind)
        assert typed(row, column.field, text) == row
    assert columns_of(type(policy("a", "b")))[1].field == "value"
