"""The number parser reads what people type and refuses what only looks like a number."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.numbers import NotANumber, parse_number, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200.0),
        ("1,200", 1200.0),
        ("1，200.5", 1200.5),
        ("１２００", 1200.0),
        ("1 200", 1200.0),
        ("-3", -3.0),
        ("−3", -3.0),
        (" .5 ", 0.5),
        ("57%", 0.57),
        ("50％", 0.5),
        ("1.5e3", 1500.0),
        ("3万", 30000.0),
        ("2百万", 2_000_000.0),
        ("3千件", 3000.0),
        ("1.5万亿", 1.5e12),
        ("30件", 30.0),
        ("三十", 30.0),
        ("1百二十", 120.0),
        ("一千零五", 1005.0),
        ("两万三千", 23000.0),
        ("一点五", 1.5),
    ],
)
def test_reads_what_people_type(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("", "not a number"),
        ("约30件", "approximate"),
        ("30左右", "approximate"),
        ("3-5", "range"),
        ("3~5件", "range"),
        ("1,20", "not a number"),
        ("1,200,30", "not a number"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("1e999", "larger than any number"),
        ("3O", "not a number"),
        ("3萬", "not a number"),
        ("30以上", "not a number"),
        ("10²", "not a number"),
        ("一百二", "not a number"),
        ("2024-05-01", "not a number"),
        ("٣", "not a number"),
    ],
)
def test_refuses_what_is_not_one_number(text: str, gist: str) -> None:
    with pytest.raises(NotANumber, match=gist) as raised:
        read_number(text)
    assert raised.value.remedy


def test_names_the_word_behind_a_number() -> None:
    assert parse_number("30 件").unit_word == "件"
    assert parse_number("30").unit_word == ""


def test_quotes_only_the_beginning_of_a_page() -> None:
    with pytest.raises(NotANumber) as raised:
        read_number("长" * 5000)
    assert len(raised.value.message) < 100


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_reads_every_float_exactly(number: float) -> None:
    assert read_number(repr(number)) == number


@given(st.text(max_size=30))
def test_gives_a_finite_number_or_refuses(text: str) -> None:
    with contextlib.suppress(NotANumber):
        assert math.isfinite(read_number(text))
