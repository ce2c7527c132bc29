"""Unclear: why a quantity in words is refused, and what could be written in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from app.errors import UserError
from app.language import _
from app.numbers import quoted
from app.workbooks.cells.terms import Asked


class Unclear(Enum):
    """Why a text is not taken."""

    INDEFINITE = "indefinite"
    BOUND = "bound"
    VAGUE = "vague number"
    PER_OBJECT = "per village, project or household"
    HOLIDAY = "holidays"
    ELSEWHERE = "points elsewhere"
    LONE_PERIOD = "a period without a count"
    LONG_SPAN = "a month or a year as a time"
    DUTY_DAY = "a day on duty"
    DUTY_TIMES = "every day on duty"
    DAYS_DIFFER = "days of different length"
    DISAGREE = "two statements that disagree"
    NO_PERIOD = "a count of no period"
    DATE = "a date"
    RAISED = "raised digits"
    LOOK_ALIKE = "signs that look like digits"
    NOT_A_TIME = "no time"
    OF_PERIOD = "hours of a period"
    WITH_PEOPLE = "people and time in one cell"
    NOT_A_COUNT = "a time instead of a count"
    SEASON = "a season of unknown length"
    TOO_LARGE = "larger than any number"
    UNREADABLE = "not understood"


class UnclearText(UserError):
    """A text that is not taken, with its kind and what could stand there instead."""

    def __init__(self, kind: Unclear, text: str, proposals: Sequence[str], asked: Asked) -> None:
        super().__init__(_message(kind, quoted(text)), remedy=_remedy(kind, asked, proposals))
        self.kind = kind
        self.text = text
        self.proposals = tuple(proposals)


def _message(kind: Unclear, text: str) -> str:
    words = {
        Unclear.INDEFINITE: _("“{text}” does not say how much it was."),
        Unclear.BOUND: _("“{text}” is a limit, not what was done."),
        Unclear.VAGUE: _("“{text}” is only a rough number."),
        Unclear.PER_OBJECT: _("“{text}” depends on how many there are."),
        Unclear.HOLIDAY: _("“{text}” does not say how many days of a year are meant."),
        Unclear.ELSEWHERE: _("“{text}” points to another place."),
        Unclear.LONE_PERIOD: _("“{text}” names a time of the year, but not how often."),
        Unclear.LONG_SPAN: _("“{text}” is no time of work: nobody works day and night."),
        Unclear.DUTY_DAY: _("“{text}” on duty may mean a working day or day and night."),
        Unclear.DUTY_TIMES: _("“{text}” on duty may mean working days or all days of the year."),
        Unclear.DAYS_DIFFER: _("“{text}” counts days, but not all staff work equally long a day."),
        Unclear.DISAGREE: _("“{text}” says two things that do not agree."),
        Unclear.NO_PERIOD: _("“{text}” does not say in which time: a week, a month, a year."),
        Unclear.DATE: _("“{text}” is a date: a program made it of what was typed."),
        Unclear.RAISED: _("“{text}” has raised or circled digits."),
        Unclear.LOOK_ALIKE: _("“{text}” has signs that only look like digits."),
        Unclear.NOT_A_TIME: _("“{text}” is no time."),
        Unclear.OF_PERIOD: _("“{text}” is the time of a whole period, not of one time."),
        Unclear.WITH_PEOPLE: _("“{text}” also names people; here only the time is asked."),
        Unclear.NOT_A_COUNT: _("“{text}” is a time or a share, but a count is asked here."),
        Unclear.SEASON: _("“{text}” does not say how many days or months that is."),
        Unclear.TOO_LARGE: _("“{text}” is larger than any number can be."),
        Unclear.UNREADABLE: _("“{text}” is not understood."),
    }
    return words[kind].format(text=text)


def _remedy(kind: Unclear, asked: Asked, proposals: Sequence[str]) -> str:
    if proposals:
        offered = _(" or ").join(f"“{one}”" for one in proposals)
        return _("Write {proposals}, whichever is meant.").format(proposals=offered)
    if kind is Unclear.INDEFINITE or asked is Asked.TIMES:
        return _("Write last year's count, such as “每月2次” or “全年24次”.")
    if asked is Asked.HOURS:
        return _("Write the time of one time, such as “2小时”, “30分钟” or “半天”.")
    if asked is Asked.SHARE:
        return _("Write a share, such as “50%”, “0.5” or “五成”.")
    return _("Write digits only, such as 1200, 0.5 or 50%.")


_KINDS = (
    (Unclear.ELSEWHERE, r"同上|同前|同左|〃|见附|详见|附件|附表|见备注"),
    (Unclear.HOLIDAY, r"节假日|节日|逢|双休|法定假"),
    (
        Unclear.BOUND,
        r"不少于|不低于|不多于|不超过|不高于|至少|最少|最多|至多|大于|小于|超过|以上|以下|以内|之内"
        r"|[≥≤><+]|上限|下限",
    ),
    (
        Unclear.INDEFINITE,
        r"不定|按需|适时|若干|常年|常态|随时|不固定|视情|根据|按要求|临时|日常|经常|长期|随机|不确定"
        r"|需要时|必要时|及时|实时|偶尔|定期|待定|无规律|多次|数次|很多|较多|大量",
    ),
    (
        Unclear.VAGUE,
        r"[0-9十百千万][余来多]|[几数上近][十百千万]|[十百千万]几|几|余|好多|^[百千万]",
    ),
    (Unclear.PER_OBJECT, r"(?:每|各)个?(?![0-9一二两三四五六七八九十天日周星礼月旬季年半工])\S"),
    (Unclear.LONE_PERIOD, r"^(?:全年|全月|整年|年内|[0-9一二三四五六七八九十]+月份?)$"),
    (Unclear.SEASON, r"期|季|[春夏秋冬]|年底前|期间"),
)
"""What tells the kind of a text that was not understood, the first that is found."""


def kind_of(text: str) -> Unclear:
    """Return why a text that was not understood is refused."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, text)), Unclear.UNREADABLE)
