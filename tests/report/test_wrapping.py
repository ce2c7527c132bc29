"""Lines break where Chinese and English allow it, and nothing gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.report.wrapping import broken, ems, label_lines, wrapped

TEXTS = st.text(alphabet="编制测算（）《》“”，。；：、！a bc1,.%·", max_size=60)


@given(TEXTS, st.integers(1, 12))
def test_lines_keep_every_character_but_spaces(text: str, most: int) -> None:
    lines = broken(text, lambda line: len(line) <= most)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("most", range(6, 21))
def test_no_line_begins_with_a_closing_mark(most: int) -> None:
    lines = broken("饱和度，“测算（编制）”。" * 5, lambda line: len(line) <= most)
    assert all(line[0] not in "，。）”" and line[-1] not in "“（" for line in lines)


def test_latin_words_stay_whole_where_they_fit() -> None:
    lines = broken("people on duty and capacity", lambda line: len(line) <= 10)
    assert lines == ["people on", "duty and", "capacity"]


def test_words_part_at_dots_and_short_brackets_hold_together() -> None:
    lines = broken("CS_LUMUKA·Accoucheuse", lambda line: len(line) <= 12)
    assert lines == ["CS_LUMUKA·", "Accoucheuse"]
    assert broken("工作量（小时）", lambda line: len(line) <= 5) == ["工作量", "（小时）"]
    assert broken("Vacancies (空编)", lambda line: len(line) <= 12) == ["Vacancies", "(空编)"]


def test_a_word_too_long_for_a_line_breaks_anyway() -> None:
    assert broken("U0123456789", lambda line: len(line) <= 4) == ["U012", "3456", "789"]


def test_a_name_breaks_at_a_dot() -> None:
    name = "云岭镇·乡村振兴（农业农村）办公室·综合协调岗"
    assert label_lines(name, width=10.0, size=9) == name
    assert label_lines(name, width=2.2, size=9).split("\n") == [
        "云岭镇·乡村振兴（农业农村）办公室",
        "综合协调岗",
    ]


def test_wrapped_lines_are_no_wider_than_asked() -> None:
    text = "饱和度 = 实际工作量 ÷ 应有工作量；应有工作量 = 在岗人数 × 1,784 小时 × 能力系数。"
    lines = wrapped(text, width=2.0, size=8).split("\n")
    assert len(lines) > 1
    assert all(ems(line) * 8 / 72 <= 2.0 for line in lines)
    assert wrapped("一\n二", width=9.0, size=8) == "一\n二"
