"""Proposals: what could be written in the place of a quantity that is refused."""

from __future__ import annotations

import re
import unicodedata

from app.workbooks.cells.durations import hours_of
from app.workbooks.cells.terms import Amount, Asked, Terms
from app.workbooks.cells.tokens import normalised
from app.workbooks.cells.unclear import Unclear

_LOOK_ALIKES = str.maketrans("oOIl萬億壹贰叁肆伍陆柒捌玖拾佰仟", "0011万亿一二三四五六七八九十百千")
_BOUNDS = (
    r"不少于|不低于|不多于|不超过|不高于|至少|最少|最多|至多|大于|小于|超过|及?以上|及?以下|以内|之内"
    r"|[≥≤><+=]|上限|下限"
)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}


def proposals_for(  # noqa: PLR0912 — one kind, one proposal
    text: str, kind: Unclear, asked: Asked, terms: Terms
) -> tuple[str, ...]:
    """Return texts that may be meant, the likeliest first; some may not be readable themselves."""
    plain = normalised(text)
    if kind is Unclear.BOUND:
        return (re.sub(_BOUNDS, "", plain),)
    if kind is Unclear.VAGUE:
        return _rough(plain)
    if kind is Unclear.HOLIDAY and asked is Asked.TIMES:
        return ("全年7次", "全年13天", "全年117天")
    if kind is Unclear.PER_OBJECT:
        return _per_object(plain, terms)
    if kind is Unclear.LONE_PERIOD:
        return _lone(plain)
    if kind is Unclear.LONG_SPAN:
        return _span(plain, terms)
    if kind is Unclear.DUTY_DAY:
        return tuple(re.sub("全天|1?整天|一整天", f"{hours:g}小时", plain) for hours in (8, 24))
    if kind is Unclear.DUTY_TIMES:
        return (f"全年{terms.working_days:g}天", "全年365天")
    if kind is Unclear.DAYS_DIFFER:
        return _of_days(plain, terms)
    if kind is Unclear.DISAGREE:
        return tuple(
            part if "全年" in part or re.search("[每/]", part) else f"全年{part}"
            for part in re.split(r"[,;()]", plain.replace("共", ""))
            if part
        )
    if kind is Unclear.NO_PERIOD:
        return _periods(plain)
    if kind is Unclear.LOOK_ALIKE:
        return (plain.translate(_LOOK_ALIKES), text.translate(_LOOK_ALIKES))
    if kind is Unclear.RAISED:
        return (_raised(text),)
    if kind is Unclear.NOT_A_COUNT:
        time = hours_of(plain, terms)
        is_time = isinstance(time, Amount) and time.value is not None
        return (f"{time.value:.10g}",) if isinstance(time, Amount) and is_time else ()
    if kind is Unclear.SEASON:
        return (f"{plain}60天", "4-10月每月2次", "6-9月每天") if "天" not in plain else ()
    return _short(plain)


def _rough(plain: str) -> tuple[str, ...]:
    scale = re.fullmatch("上([十百千万])(.*)", plain)
    if scale is not None:
        number = {"十": "10", "百": "100", "千": "1000", "万": "10000"}[scale[1]]
        return (f"{number}{scale[2]}",)
    tens = re.fullmatch("(.*?)十几(.*)", plain)
    if tens is not None:
        return (f"{tens[1]}十五{tens[2]}",)
    return (re.sub("[余来多几]", "", plain),)


def _per_object(plain: str, terms: Terms) -> tuple[str, ...]:
    village = re.fullmatch("(?:每|各)个?(?:行政)?(?:村|社区|村社区|村\\(社区\\))(.+)", plain)
    if village is not None:
        if not terms.villages:
            return ()
        many = f"{terms.villages:g}"
        rest = village[1] if re.search("[每/]", village[1]) else f"每年{village[1]}"
        return (f"{many}个村{rest}",)
    return ()


def _lone(plain: str) -> tuple[str, ...]:
    bare = re.sub("份$", "", re.sub("^(?:每年|全年|一年)", "", plain))
    if re.fullmatch("[0-9一二三四五六七八九十]+月", bare):
        return (f"每年{bare}1次", f"每{bare.removesuffix('月')}个月1次")
    if "月" in bare or "季" in bare or "半年" in bare:
        return (f"{bare}每月1次", f"{bare}每周1次", f"{bare}每天")
    return ("每天", "每周1次", "每月1次")


def _span(plain: str, terms: Terms) -> tuple[str, ...]:
    days = terms.working_days
    number = re.match("[0-9]+", plain)
    many = float(number[0]) if number else 1.0
    if "半年" in plain:
        return (f"{days / 2:.0f}天",)
    if "半" in plain and "月" in plain:
        return (f"{days / 24:.0f}天", "15天")
    if "季" in plain:
        return (f"{many * days / 4:.0f}天",)
    if "年" in plain:
        return (f"{many * days:.0f}天",)
    return (f"{many * days / 12:.0f}天", f"{many * 22:.0f}天", f"{many * 30:.0f}天")


def _of_days(plain: str, terms: Terms) -> tuple[str, ...]:
    number = re.search("[0-9.]+", plain)
    many = float(number[0]) if number else 0.5 if "半" in plain else 1.0
    weeks = terms.days_per_week if "周" in plain or "星期" in plain else 1.0
    return tuple(f"{many * weeks * hours:g}小时" for hours in sorted(set(terms.day_hours)))


def _periods(plain: str) -> tuple[str, ...]:
    months = re.fullmatch("(.*月)(?!各|共)(.+)", plain)
    if months is not None:
        return (f"{months[1]}各{months[2]}", f"{months[1]}共{months[2]}")
    if plain.endswith("天"):
        return (f"每年{plain}", f"每{plain.removesuffix('天')}天1次")
    word = "" if re.search(r"\D$", plain) else "次"
    return tuple(f"{period}{plain}{word}" for period in ("每年", "每月", "每周"))


def _raised(text: str) -> str:
    found = "".join(_FRACTIONS.get(sign, sign) for sign in text)
    found = re.sub(r"(?<![0-9])\.", "0.", found)
    if re.search("[⁰¹²³⁴-⁹]", found):
        power = re.fullmatch("([0-9]+)([⁰¹²³⁴-⁹]+)(.*)", found)
        if power is None:
            return ""
        exponent = int(unicodedata.normalize("NFKC", power[2]))
        return f"{int(power[1]) ** exponent}{power[3]}" if exponent < 10 else ""
    return unicodedata.normalize("NFKC", found)


def _short(plain: str) -> tuple[str, ...]:
    """Return what numbers said for short may mean: 一百二 is 120, 两万五 is 25000."""
    found = re.search("([百千万])([一二三四五六七八九])(?![十百千万分之点])", plain)
    if found is None:
        return ()
    below = {"百": "十", "千": "百", "万": "千"}[found[1]]
    return (plain[: found.end()] + below + plain[found.end() :],)
