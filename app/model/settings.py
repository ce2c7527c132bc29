"""The policy of a plan: every setting that decides a result, read from its text."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeVar

from app.model.parameters import FAMILIES, SETTINGS, Family, Setting, SettingKind
from app.model.vocabulary import Evidence, Form, Goal, Lever, Scope, Word

_W = TypeVar("_W", bound=Word)
_BY_KEY = MappingProxyType({setting.key: setting for setting in SETTINGS})
_YES = frozenset({"yes", "true", "1", "是", "y"})
_NO = frozenset({"no", "false", "0", "否", "n"})


class BadSetting(ValueError):
    """A policy value that cannot be read; `key` and `value` say which, `setting` what is wanted."""

    def __init__(self, key: str, value: str, setting: Setting | None) -> None:
        super().__init__(f"{key} = {value}")
        self.key = key
        self.value = value
        self.setting = setting


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of a plan, read (method §7); ratios are ratios, money is 10,000 yuan a year."""

    target_saturation: float = 1.0
    low_saturation: float = 0.8
    levers: frozenset[Lever] = frozenset(Lever)
    scope: Scope = Scope.OFFICE
    max_cut_formalistic: float = 0.5
    max_cut_necessary: float = 0.2
    max_moves: float | None = None
    max_temporaries: float = 0.0
    budget: float | None = None
    integer: bool = True
    goals: tuple[Goal, ...] = tuple(Goal)
    tier_widths: tuple[float, ...] = (0.1, 0.1, 0.1, 0.2)
    tier_weights: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0)
    effort: float = 1.0
    time_limit: float = 1800.0
    minimum_measure: float = 40.0
    band_scheme: str = "default"
    rounding: str = "wisn"
    bands: tuple[float, ...] | None = None
    calendar: str = "2026"
    calendar_days: tuple[float, ...] | None = None
    max_duties_per_person: float = 8.0
    duplicate_threshold: float = 0.9
    probe: float = 0.1
    opinion_threshold: float = 0.3
    rebound_threshold: float = 0.1
    intake_max_people: float | None = None
    years_growth: float = 0.0
    years_transfers: float | None = None
    years_training_places: float = 0.0
    years_training_hours: float = 80.0
    years_training_gain: float = 0.05
    tolerance: Mapping[Goal, float] = field(default_factory=_nothing)
    pool: Mapping[str, float] = field(default_factory=_nothing)
    seniority: Mapping[str, tuple[float, ...]] = field(default_factory=_nothing)
    """People of a category with under 10, 10 to 20, and 20 or more years of work."""
    retirements: Mapping[str, tuple[float, ...]] = field(default_factory=_nothing)
    """People who retire year by year, by category or `unit code/category`."""
    recruits: Mapping[str, tuple[float, ...]] = field(default_factory=_nothing)
    """Most people recruited year by year, by category or `unit code/category`."""
    piece_limits: Mapping[Form, float] = field(default_factory=_nothing)
    hour_limits: Mapping[Form, float] = field(default_factory=_nothing)
    spreads: Mapping[Evidence, float] = field(default_factory=_nothing)
    """Share by which a unit time of this grade without limits of its own may lie off."""


def setting_for(key: str) -> Setting | None:
    """Return the description of a key, of an open family too; None for an unknown key."""
    if key in _BY_KEY:
        return _BY_KEY[key]
    found = _family_member(key)
    return found[0].setting(key, found[1]) if found is not None else None


def _family_member(key: str) -> tuple[Family, str] | None:
    for family in FAMILIES:
        member = family.member(key)
        if member is not None:
            return family, member
    return None


def read_setting(key: str, text: str) -> object:
    """Return the value that `text` means for `key`; blank means the default.

    Raises:
        BadSetting: the key is unknown or the text is not of its kind or out of bounds.
    """
    setting = setting_for(key)
    if setting is None:
        raise BadSetting(key, text, None)
    wanted = unicodedata.normalize("NFKC", text).strip() or setting.default
    if not wanted:
        return None
    try:
        return _READERS[setting.kind](wanted, setting)
    except ValueError:
        raise BadSetting(key, text, setting) from None


def read_policy(values: Iterable[tuple[str, str]]) -> Policy:
    """Return the policy that rows of (key, text) make; keys that are missing have their default.

    Raises:
        BadSetting: the first row that cannot be read.
    """
    known: dict[str, object] = {}
    families: dict[str, dict[str, object]] = {family.field: {} for family in FAMILIES}
    for key, text in values:
        value = read_setting(key, text)
        found = _family_member(key)
        if found is None:
            known[key.replace(".", "_")] = value
        elif value is not None:
            families[found[0].field][found[1]] = value
    widths = known.get("tier_widths", Policy().tier_widths)
    weights = known.get("tier_weights", Policy().tier_weights)
    assert isinstance(widths, tuple) and isinstance(weights, tuple)
    if len(weights) != len(widths) + 1 or list(weights) != sorted(weights):
        raise BadSetting("tier_weights", ",".join(map(str, weights)), setting_for("tier_weights"))
    return Policy(**known, **families)  # type: ignore[arg-type]


def _number(text: str, setting: Setting) -> float:
    number = float(text.removesuffix("%").replace(",", ""))
    if text.endswith("%"):
        number /= 100
    too_low = setting.low is not None and number < setting.low
    too_high = setting.high is not None and number > setting.high
    if not math.isfinite(number) or too_low or too_high:
        raise ValueError(text)
    return number


def _numbers(text: str, setting: Setting) -> tuple[float, ...]:
    numbers = tuple(_number(part, setting) for part in _parts(text))
    if setting.count is not None and (len(numbers) != setting.count or sum(numbers) <= 0):
        raise ValueError(text)
    if setting.is_rising and any(low >= high for low, high in pairwise(numbers)):
        raise ValueError(text)
    return numbers


def _yes_no(text: str, setting: Setting) -> bool:
    if text.casefold() not in _YES | _NO:
        raise ValueError(text)
    return text.casefold() in _YES


def _choice(text: str, setting: Setting) -> str:
    if text not in setting.choices:
        raise ValueError(text)
    return text


def _levers(text: str, setting: Setting) -> frozenset[Lever]:
    if text.casefold() in {"none", "无"}:
        return frozenset()
    return frozenset(_words(text, Lever))


def _goals(text: str, setting: Setting) -> tuple[Goal, ...]:
    goals = _words(text, Goal)
    if len(set(goals)) != len(goals) or goals[0] is not Goal.UNASSIGNED_HOURS:
        raise ValueError(text)
    return goals


def _scope(text: str, setting: Setting) -> Scope:
    return _words(text, Scope)[0]


def _words(text: str, words: type[_W]) -> tuple[_W, ...]:
    members = [words.read(part) for part in _parts(text)]
    if not members or None in members:
        raise ValueError(text)
    return tuple(member for member in members if member is not None)


def _parts(text: str) -> list[str]:
    for separator in "，、；;":
        text = text.replace(separator, ",")
    return [part.strip() for part in text.split(",") if part.strip()]


_READERS = {
    SettingKind.NUMBER: _number,
    SettingKind.SHARE: _number,
    SettingKind.NUMBERS: _numbers,
    SettingKind.YES_NO: _yes_no,
    SettingKind.LEVERS: _levers,
    SettingKind.GOALS: _goals,
    SettingKind.SCOPE: _scope,
    SettingKind.CHOICE: _choice,
}
