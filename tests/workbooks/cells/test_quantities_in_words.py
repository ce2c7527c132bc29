"""Quantities in words: values reckoned by hand, refusals with proposals, and no readable prefix."""

from __future__ import annotations

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workbooks.cells.cell import amount_of, read_hours
from app.workbooks.cells.quantities import Quantity, unit_above, unit_in
from app.workbooks.cells.terms import Asked, Assumed, Terms
from app.workbooks.cells.unclear import Unclear, UnclearText
from app.workbooks.cells.words import understood
from app.workbooks.opening.number_formats import unit_shown
from tests.workbooks.cells.words_of_officials import HOURS, REFUSED, SHARES, TIMES

DUTY = Terms(subject="值班值守")
FREQUENCY = Terms(is_frequency=True)


@pytest.mark.parametrize(("text", "times"), TIMES)
def test_times_a_year(text: str, times: float) -> None:
    assert understood(text, Asked.TIMES).value == pytest.approx(times)


@pytest.mark.parametrize(("text", "hours"), HOURS)
def test_hours(text: str, hours: float) -> None:
    assert understood(text, Asked.HOURS).value == pytest.approx(hours)


@pytest.mark.parametrize(("text", "share"), SHARES)
def test_shares(text: str, share: float) -> None:
    assert understood(text, Asked.SHARE).value == pytest.approx(share)


@pytest.mark.parametrize(("text", "asked", "kind", "proposals"), REFUSED)
def test_what_is_refused_by_name(
    text: str, asked: Asked, kind: Unclear, proposals: tuple[str, ...]
) -> None:
    with pytest.raises(UnclearText) as raised:
        understood(text, asked)
    assert raised.value.kind is kind
    assert raised.value.proposals == proposals
    assert raised.value.remedy
    for proposal in proposals:
        assert understood(proposal, asked).value is not None


@pytest.mark.parametrize(
    ("text", "asked", "terms", "kind", "proposals"),
    [
        ("全天", Asked.HOURS, DUTY, Unclear.DUTY_DAY, ("8小时", "24小时")),
        ("每天", Asked.TIMES, DUTY, Unclear.DUTY_TIMES, ("全年248天", "全年365天")),
        ("每村每月1次", Asked.TIMES, Terms(villages=14), Unclear.PER_OBJECT, ("14个村每月1次",)),
        ("3次", Asked.TIMES, FREQUENCY, Unclear.NO_PERIOD, ("每年3次", "每月3次", "每周3次")),
        ("60天", Asked.TIMES, FREQUENCY, Unclear.NO_PERIOD, ("每年60天", "每60天1次")),
        ("2天", Asked.HOURS, Terms(day_hours=(7, 8)), Unclear.DAYS_DIFFER, ("14小时", "16小时")),
    ],
)
def test_what_its_surroundings_make_unclear(
    text: str, asked: Asked, terms: Terms, kind: Unclear, proposals: tuple[str, ...]
) -> None:
    with pytest.raises(UnclearText) as raised:
        understood(text, asked, terms)
    assert (raised.value.kind, raised.value.proposals) == (kind, proposals)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("4–10月每月2次", (4, 5, 6, 7, 8, 9, 10)),
        ("每年3月、9月", (3, 9)),
        ("11-2月每月1次", (11, 12, 1, 2)),
        ("5-6月、9-10月每天", (5, 6, 9, 10)),
        ("每季末", (3, 6, 9, 12)),
        ("上半年每月1次", (1, 2, 3, 4, 5, 6)),
        ("每月2次", ()),
    ],
)
def test_months_that_are_named_come_along(text: str, months: tuple[int, ...]) -> None:
    assert understood(text, Asked.TIMES).months == months


@pytest.mark.parametrize(
    ("text", "people", "hours"),
    [("2人3天", 2, 24), ("2人×3天", 2, 24), ("3天×2人", 2, 24), ("3人各半天", 3, 4)],
)
def test_people_and_time(text: str, people: float, hours: float) -> None:
    found = understood(text, Asked.HOURS)
    assert (found.people, found.value) == (people, hours)


def test_a_day_and_a_week_are_those_of_the_plan() -> None:
    terms = Terms(day_hours=(7.0,), days_per_week=6.0, working_days=300.0)
    assert understood("2天", Asked.HOURS, terms).value == 14.0
    assert understood("1周", Asked.HOURS, terms).value == 42.0
    assert understood("每天2件", Asked.TIMES, terms).value == 600.0


def test_hours_of_a_period_are_not_of_one_time() -> None:
    found = understood("约200小时/年", Asked.HOURS)
    assert (found.value, found.per_year) == (200.0, 1.0)
    assert found.assumed[0] is Assumed.ESTIMATE


def test_cells_of_time_are_hours_and_dates_are_refused() -> None:
    assert read_hours(datetime.time(1, 30)) == 1.5
    assert read_hours(datetime.timedelta(hours=26)) == 26.0
    with pytest.raises(UnclearText) as raised:
        amount_of(datetime.date(2026, 2, 3), Asked.TIMES)
    assert (raised.value.kind, raised.value.proposals) == (Unclear.DATE, ("2-3",))


@pytest.mark.parametrize(
    ("heading", "quantity", "unit"),
    [
        ("单件工时（分钟/件）", Quantity.HOURS, "分钟/件"),
        ("单件工时（工作日）", Quantity.HOURS, "工作日"),
        ("单次耗时/分钟", Quantity.HOURS, "分钟"),
        ("年业务量（万件）", Quantity.TIMES, "万件"),
        ("频次（次/月）", Quantity.TIMES, "次/月"),
        ("每日工时", Quantity.HOURS, ""),
        ("年业务量（2025年）", Quantity.TIMES, ""),
    ],
)
def test_units_of_headings(heading: str, quantity: Quantity, unit: str) -> None:
    assert unit_in(heading, quantity) == unit


def test_units_of_a_line_above_the_table() -> None:
    assert unit_above(["任务表", "单位：分钟、万元"], Quantity.HOURS) == "分钟"
    assert unit_above(["单位：分钟、万元"], Quantity.MONEY) == "万元"
    assert unit_above(["单位：青山镇"], Quantity.HOURS) == ""


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('0"分钟"', "分钟"),
        ('0.00"万件"', "万件"),
        ("0.0小时", "小时"),
        ('0!.0,"万"', ""),
        ('0.0,"千"', ""),
        ('yyyy"年"', ""),
        ('0"号"', ""),
    ],
)
def test_units_of_number_formats(code: str, unit: str) -> None:
    assert unit_shown(code) == unit


UNREADABLE = [
    "3萬", "3O", "30以上", "10²", "3号文件", "2025年", "1,20件", "30件不含复查", "每月2次以上",
    "每周2次左右不等", "2小时/3人/天", "3-2小时", "1小时30", "30分1小时", "五六百上下件左右多",
]  # fmt: skip


@pytest.mark.parametrize("text", UNREADABLE)
@pytest.mark.parametrize("asked", list(Asked))
def test_no_readable_beginning_of_an_unreadable_text_is_taken(text: str, asked: Asked) -> None:
    with pytest.raises(UnclearText):
        understood(text, asked)


@given(st.sampled_from([text for text, _value in TIMES]), st.sampled_from("OoIl²③萬~以余+?%。年x"))
def test_a_sign_behind_a_text_never_leaves_its_value_unless_understood(
    text: str, sign: str
) -> None:
    with contextlib.suppress(UnclearText):
        found = understood(text + sign, Asked.TIMES)
        assert sign == "。"
        assert found == understood(text, Asked.TIMES)


@given(st.integers(1, 400), st.sampled_from([("天", 248), ("周", 52), ("月", 12), ("季度", 4)]))
def test_what_is_written_of_a_frequency_is_read_back(count: int, period: tuple[str, float]) -> None:
    for text in (f"每{period[0]}{count}次", f"{count}件/{period[0]}", f"{count}次每{period[0]}"):
        assert understood(text, Asked.TIMES).value == count * period[1]


@given(st.integers(1, 40), st.integers(1, 59))
def test_what_is_written_of_a_time_is_read_back(hours: int, minutes: int) -> None:
    for text in (f"{hours}小时{minutes}分钟", f"{hours}h{minutes}min", f"{hours}:{minutes:02}"):
        assert understood(text, Asked.HOURS).value == pytest.approx(hours + minutes / 60)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_numbers_are_read_back_exactly(number: float) -> None:
    assert understood(repr(number), Asked.NUMBER).value == number


@given(st.text(max_size=20), st.sampled_from(list(Asked)))
def test_any_text_is_understood_or_refused(text: str, asked: Asked) -> None:
    with contextlib.suppress(UnclearText):
        understood(text, asked)
