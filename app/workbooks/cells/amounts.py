"""Amounts: what words of officials come to, and what is said of those that leave it open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from app.language import _
from app.numbers import NotANumber, Precision, quoted
from app.numerals import NUMERAL, numeral


@dataclass(frozen=True, slots=True)
class Amount:
    """What was read: its value, how exactly it is told, and what it says besides.

    `value` is times a year or hours; `months` are 1 to 12 where it names some; `people` where it
    says with how many; `unit` is '' for a bare number of hours, whose unit the heading states.
    """

    value: float
    precision: Precision = Precision.EXACT
    months: tuple[int, ...] = ()
    people: float | None = None
    unit: str = ""


def folded_amount(text: str) -> str:
    """Return a text folded: width, spaces, and signs that mean the same."""
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").replace("×", "*")
    return re.sub(r"\s", "", folded.replace("（", "(").replace("）", ")")).rstrip("。.").casefold()


def about(plain: str) -> tuple[str, Precision]:
    """Return a text without 约 or 左右, and how exactly it tells its number then."""
    found = re.fullmatch(r"(大约|大概|约为|约|近|≈|~)?(.*?)(左右|上下|大概)?", plain)
    assert found is not None
    is_estimate = bool(found[1] or found[3])
    return found[2], Precision.ESTIMATE if is_estimate else Precision.EXACT


def counted_times(low: str, high: str | None, factor: float, precision: Precision) -> Amount | None:
    """Return a number of times, or the middle of two, multiplied by how often a year."""
    least = numeral(low)
    if least is None:
        return None
    if high is None:
        return Amount(least * factor, precision)
    most = numeral(high)
    if most is None or most <= least:
        return None
    return Amount((least + most) / 2 * factor, Precision.MIDDLE)


_AMBIGUOUS_ALONE = re.compile(rf"(?:全年|年内|一年|(?:{NUMERAL})月(?:份)?|(?:{NUMERAL})(?:日|号))")


@dataclass(frozen=True, slots=True)
class _Named:
    """A way of saying that leaves the number open, and what may stand in its place."""

    pattern: re.Pattern[str]
    message: Callable[[], str]
    remedy: Callable[[], str]
    proposals: Callable[[str], tuple[str, ...]] = lambda plain: ()


def _bounds(plain: str) -> tuple[str, ...]:
    found = [value for word in re.findall(NUMERAL, plain) if (value := numeral(word))]
    return tuple(f"{value:g}" for value in found[:1])


_NAMED: tuple[_Named, ...] = (
    _Named(
        re.compile(
            r".*(不定期|按需|适时|若干|常年|常态化|随时|不固定|视情|根据需要|经常|长期|必要时|临时).*"
        ),
        lambda: _("“{text}” does not say how often."),
        lambda: _("Write last year's count, for example 24 or 每月2次."),
    ),
    _Named(
        re.compile(r"同上|同前|见附件|见附表|略|〃|″|如上|详见.*"),
        lambda: _("“{text}” points to another place."),
        lambda: _("Write the figure itself."),
    ),
    _Named(
        re.compile(rf"每(村|社区|网格|户|人|项目|个项目|所|家|企业|单位).*(?:{NUMERAL}).*"),
        lambda: _("“{text}” has to be multiplied by how many there are."),
        lambda: _("Multiply it, for example by the number of villages, and write the product."),
        lambda plain: ("12 × 村社区数",) if "每月" in plain else (),
    ),
    _Named(
        re.compile(r".*(节假日|每逢|节日).*"),
        lambda: _("“{text}” does not say how many days."),
        lambda: _("Write 7 for each festival, 13 for its days off, or 117 for all days of rest."),
        lambda plain: ("7", "13", "117"),
    ),
    _Named(
        re.compile(
            r".*([≥≤<>+]|余|多(?!次)|几|以上|以下|以内|不少于|不低于|不超过|不多于|不足|至少|至多|最多|最少|超过|上百|上千|上万).*"
        ),
        lambda: _("“{text}” is only a bound or an approximate figure."),
        lambda: _("Write the figure that is to count."),
        _bounds,
    ),
)


def refuse_open(plain: str, text: str) -> None:
    """Refuse what is known to leave the number open.

    Raises:
        NotANumber: it is one of these ways of saying.
    """
    for named in _NAMED:
        if named.pattern.fullmatch(plain):
            raise NotANumber(
                named.message().format(text=quoted(text)),
                remedy=named.remedy(),
                proposals=named.proposals(plain),
            )


def not_understood(text: str) -> NotANumber:
    """Return what to tell of a text that is not understood to its end."""
    plain = folded_amount(text)
    if _AMBIGUOUS_ALONE.fullmatch(plain):
        return NotANumber(
            _("“{text}” names a time, not how often.").format(text=quoted(text)),
            remedy=_("Write how often a year, for example 1 or 每年1次."),
            proposals=("1",),
        )
    return NotANumber(
        _("“{text}” is not understood to its end.").format(text=quoted(text)),
        remedy=_("Write a number, or words such as 每周2次, 每季度120户, 半天, 1小时30分."),
    )


def told_precision(text: str, amount: Amount) -> str:
    """Return that a text was read as an estimate or as the middle of a range, '' where exactly."""
    if amount.precision is Precision.ESTIMATE:
        return _("“{text}” was read as {number:g}, an estimate.").format(
            text=quoted(text), number=amount.value
        )
    if amount.precision is Precision.MIDDLE:
        return _("“{text}” was read as {number:g}, the middle of its range.").format(
            text=quoted(text), number=amount.value
        )
    return ""
