"""Amounts in the words of officials: every example of the contract by hand, and what is refused."""

from __future__ import annotations

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.numbers import NotANumber, Precision, parse_number
from app.numerals import numeral
from app.workbooks.cells.durations import duration
from app.workbooks.cells.frequencies import times_a_year

DAYS = 248.0


def often(text: str) -> float:
    return times_a_year(text, working_days=DAYS, takes_counts=True).value


def table(text: str) -> list[tuple[str, float]]:
    """Return what is said and what it comes to, `said=number` apart by blanks."""
    pairs = [pair.rsplit("=", 1) for pair in text.split()]
    return [(said, float(number)) for said, number in pairs]


FREQUENCIES = table(
    """
    每周2次=104 2次/周=104 1/天=248 每月1-2次=18 月均8篇=96 双周=26 隔周=26 旬=36 半月=24
    每季度120户=480 每半年=2 每2个月1次=6 2天1次=124 全年1200件=1200 450件/年=450
    每年3月、9月=2 汛期60天=60 日=248 周=52 月=12 双月=6 季=4 半年=2 两年一次=0.5
    日报=248 周报=52 旬报=36 月报=12 季报=4 年报=1 每周二=52 每周二次=104
    每周一、三、五=156 每月5日前=12 每季末=4 每年3月=1 4–10月每月2次=14
    每月2次，全年24次=24 每周2篇=104 每月12张=144 约25件/月=300 每月12宗=144
    每半年一次=2 每日=248 每两周一次=26 每天3次=744 每工作日1次=248 每月二十件=240
    每月末=12 每年底=1 每周2-3次=130 每年3月和9月=2 每月15号=12 周均3件=156
    800件=800 1,200件=1200 12=12 每三个月一次=4 12个支部每月1次=144 季度=4
    防火期每天（约120天）=120 9-12月，每天=82.6666666666667 ６次／月=72 每半年1次=2
    5-6月、9-10月每天=82.6666666666667 1百二十次=120 每年３次=3 俩月一次=6 2次/月=24
    """
)
OPEN = """
    不定期 按需 适时 若干 常年 常态化 随时 全年 三月 5月 20余 十几 上百 20+ ≥5 不少于30件
    30件以内 每村每月1次 每项目3次 节假日 每逢节日 同上 见附件 3萬 3O 30以上 10²
    每月2次，全年30次 每月两三次 每周8次x 日常 ½
"""
DURATIONS = table(
    """
    半小时=0.5 1个半小时=1.5 1小时30分=1.5 1h30min=1.5 一刻钟=0.25 1-2小时=1.5 半天=4
    全天=8 1.5天=12 15个工作日=120 2人3天=24 2人×3天=24 30分钟=0.5 两小时=2 1周=40
    1:30=1.5 约2小时=2 2-3天=20 三小时=3 45min=0.75 30分钟/件=0.5 一天=8 1天半=12
    两天半=20 10-20分钟=0.25 3h=3
    """
)
NO_DURATIONS = "1个月 半年 3萬 2小时以上 若干 30O 半天多 2人 一小时吧 3次"


@pytest.mark.parametrize(("text", "times"), FREQUENCIES)
def test_how_often_a_year(text: str, times: float) -> None:
    assert often(text) == pytest.approx(times, rel=1e-12)


@pytest.mark.parametrize("text", OPEN.split())
def test_what_leaves_the_number_open_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(NotANumber) as raised:
        often(text)
    assert raised.value.remedy
    assert text in raised.value.message


def test_a_refusal_proposes_what_may_stand_there() -> None:
    with pytest.raises(NotANumber) as bound:
        often("不少于30件")
    with pytest.raises(NotANumber) as festivals:
        often("节假日")
    assert bound.value.proposals == ("30",)
    assert festivals.value.proposals == ("7", "13", "117")


def test_months_come_along() -> None:
    assert times_a_year("每年3月、9月", working_days=DAYS).months == (3, 9)
    assert times_a_year("11-2月每月1次", working_days=DAYS).months == (1, 2, 11, 12)
    assert times_a_year("每周2次", working_days=DAYS).months == ()


def test_a_bare_count_is_a_year_only_where_one_is_asked_for() -> None:
    with pytest.raises(NotANumber):
        times_a_year("800件", working_days=DAYS)
    assert times_a_year("全年十二次", working_days=DAYS).value == 12


@pytest.mark.parametrize(("text", "hours"), DURATIONS)
def test_how_long(text: str, hours: float) -> None:
    assert duration(text, hours_per_day=8.0).value == pytest.approx(hours, rel=1e-12)


def test_a_day_is_the_plans_own() -> None:
    assert duration("1.5天", hours_per_day=7.0).value == 10.5
    assert duration("1周", hours_per_day=7.5, days_per_week=5.5).value == 41.25
    with pytest.raises(NotANumber, match="differs by staff category"):
        duration("1天", hours_per_day=None)
    assert duration("2小时", hours_per_day=None).value == 2.0


def test_a_time_cell_is_hours_and_people_come_along() -> None:
    assert duration(datetime.time(1, 30), hours_per_day=8.0).value == 1.5
    assert duration(datetime.timedelta(minutes=90), hours_per_day=8.0).value == 1.5
    assert duration("2人×3天", hours_per_day=8.0).people == 2.0


@pytest.mark.parametrize("text", NO_DURATIONS.split())
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        duration(text, hours_per_day=8.0)


def test_how_exactly_it_is_told() -> None:
    assert times_a_year("约25件/月", working_days=DAYS).precision is Precision.ESTIMATE
    assert times_a_year("每月1-2次", working_days=DAYS).precision is Precision.MIDDLE
    assert parse_number("约30件").precision is Precision.ESTIMATE
    assert parse_number("2-3").value == 2.5


@given(st.integers(0, 99_999_999))
def test_numerals_in_words_are_the_number(number: int) -> None:
    assert numeral(in_words(number)) == number


@given(
    st.sampled_from([*"日周旬月季年", "半年", "季度"]),
    st.integers(1, 200),
    st.sampled_from(["次", "件", "篇", "户", "人次"]),
    st.booleans(),
)
def test_a_rendered_frequency_reads_back(period: str, times: int, word: str, after: bool) -> None:
    once = often(f"每{period}1{word}")
    text = f"{times}{word}/{period}" if after else f"每{period}{times}{word}"
    assert often(text) == pytest.approx(times * once, rel=1e-12)


@given(
    st.sampled_from(["每周2次", "30", "1小时30分", "3万", "每月1-2次"]),
    st.text("萬O余许xyz²①", min_size=1),
)
def test_no_beginning_of_an_unreadable_text_is_taken(text: str, rest: str) -> None:
    with contextlib.suppress(NotANumber):
        assert not times_a_year(text + rest, working_days=DAYS, takes_counts=True)
    with contextlib.suppress(NotANumber):
        assert not duration(text + rest, hours_per_day=8.0)
    with contextlib.suppress(NotANumber):
        assert not parse_number(text + rest)


def in_words(number: int) -> str:
    """Return a number below a hundred million as it is said: 10203 is 一万零二百零三."""
    if number >= 10_000:
        rest = number % 10_000
        tail = "" if not rest else ("零" if rest < 1000 else "") + in_words(rest)
        return f"{in_words(number // 10_000)}万{tail}"
    digits, words, zero = "零一二三四五六七八九", "", False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        figure = number // value % 10
        if figure:
            words += ("零" if zero and words else "") + digits[figure] + unit
        zero = not figure
    return words or "零"
