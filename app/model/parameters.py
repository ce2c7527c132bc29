"""Parameters: every policy key described once as data, for sheets, dialogs and help."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.model.vocabulary import Evidence, Form, Goal, Lever, Scope, Word


class SettingKind(Enum):
    """How the text of a setting is read."""

    NUMBER = "number"
    SHARE = "share"
    YES_NO = "yes/no"
    NUMBERS = "numbers"
    LEVERS = "levers"
    GOALS = "goals"
    SCOPE = "scope"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Setting:
    """One policy key: what it is called, how it is read, what holds when it is blank."""

    key: str
    kind: SettingKind
    default: str
    chinese: str
    english: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    count: int | None = None
    """How many numbers there must be; together they must be more than 0."""
    is_rising: bool = False
    """Whether each number must be above the one before it."""


@dataclass(frozen=True, slots=True)
class Family:
    """Keys `prefix.member`, one for each word of a closed list, or for any name where it is None.

    `chinese` and `english` name the member at {member}; `field` is where `Policy` holds them.
    """

    prefix: str
    field: str
    words: type[Word] | None
    kind: SettingKind
    default: str
    chinese: str
    english: str
    low: float | None = 0
    high: float | None = None
    count: int | None = None

    def member(self, key: str) -> str | None:
        """Return the member that a key of this family names; None for a key that names none."""
        prefix, _dot, name = key.partition(".")
        if prefix != self.prefix or not name:
            return None
        return name if self.words is None else self.words.read(name)

    def setting(self, key: str, member: str) -> Setting:
        """Return the description of one member's key."""
        words = (member.chinese, member.english) if isinstance(member, Word) else (member, member)
        chinese = self.chinese.format(member=words[0])
        english = self.english.format(member=words[1])
        return Setting(
            key, self.kind, self.default, chinese, english, self.low, self.high, count=self.count
        )


BAND_SCHEMES = ("default", "wisn", "50-70-90", "pej")
ROUNDINGS = ("wisn", "half-even", "up")
CALENDARS = ("2026", "2025", "2024")

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "target_saturation", SettingKind.NUMBER, "1", "目标饱和度", "target saturation", 0.1, 3
    ),
    Setting("low_saturation", SettingKind.NUMBER, "0.8", "不饱和界限", "idle below", 0, 3),
    Setting(
        "levers",
        SettingKind.LEVERS,
        ",".join(lever.value for lever in Lever),
        "可用措施",
        "levers",
    ),
    Setting("scope", SettingKind.SCOPE, Scope.OFFICE.value, "调整范围", "reach of reassignment"),
    Setting(
        "max_cut.formalistic", SettingKind.SHARE, "0.5", "形式主义可削减", "cut: formalistic", 0, 1
    ),
    Setting(
        "max_cut.necessary", SettingKind.SHARE, "0.2", "形式必要可削减", "cut: necessary", 0, 1
    ),
    Setting("max_moves", SettingKind.NUMBER, "", "调动人数上限", "most people moved", 0),
    Setting("max_temporaries", SettingKind.NUMBER, "0", "临聘人数上限", "most temporaries", 0),
    Setting(
        "budget",
        SettingKind.NUMBER,
        "",
        "新增成本上限（万元/年）",
        "budget (10,000 yuan a year)",
        0,
    ),
    Setting("integer", SettingKind.YES_NO, "yes", "人数取整", "whole people"),
    Setting(
        "goals",
        SettingKind.GOALS,
        ",".join(goal.value for goal in Goal),
        "目标次序",
        "goals in order",
    ),
    Setting(
        "tier_widths",
        SettingKind.NUMBERS,
        "0.1,0.1,0.1,0.2",
        "超负荷档宽",
        "overload tier widths",
        0,
    ),
    Setting(
        "tier_weights",
        SettingKind.NUMBERS,
        "1,2,4,8,16",
        "超负荷档权重",
        "overload tier weights",
        0,
    ),
    Setting(
        "effort", SettingKind.NUMBER, "1", "求解力度（1 为常规）", "effort (1: normal)", 0.01, 100
    ),
    Setting(
        "time_limit",
        SettingKind.NUMBER,
        "1800",
        "紧急停止（秒）",
        "emergency stop (seconds)",
        0.01,
    ),
    Setting(
        "minimum_measure",
        SettingKind.NUMBER,
        "40",
        "最小措施（工时/年）",
        "smallest measure (hours a year)",
        0,
    ),
    Setting(
        "band_scheme",
        SettingKind.CHOICE,
        "default",
        "分档方案",
        "band scheme",
        choices=BAND_SCHEMES,
    ),
    Setting(
        "rounding",
        SettingKind.CHOICE,
        "wisn",
        "编制取整",
        "rounding of headcount",
        choices=ROUNDINGS,
    ),
    Setting(
        "bands",
        SettingKind.NUMBERS,
        "",
        "自定分档上限（填写后代替分档方案）",
        "own band limits (take the place of the band scheme)",
        0,
        count=3,
        is_rising=True,
    ),
    Setting(
        "calendar",
        SettingKind.CHOICE,
        "2026",
        "工作日历（年）",
        "calendar of working days (year)",
        choices=CALENDARS,
    ),
    Setting(
        "calendar.days",
        SettingKind.NUMBERS,
        "",
        "自定各月工作日（填写后代替工作日历）",
        "own working days of the months (take the place of the calendar)",
        1,
        31,
        count=12,
    ),
    Setting(
        "max_duties_per_person",
        SettingKind.NUMBER,
        "8",
        "每人职责数上限",
        "most duties a person carries",
        1,
    ),
    Setting(
        "duplicate_threshold",
        SettingKind.SHARE,
        "0.9",
        "任务重复相似度界限",
        "likeness from which orders count as duplicates",
        0.5,
        1,
    ),
    Setting("probe", SettingKind.SHARE, "0.1", "敏感性试探幅度", "step of the tornado", 0.01, 0.9),
    Setting(
        "opinion_threshold",
        SettingKind.SHARE,
        "0.3",
        "同类单位差异界限",
        "difference between units of a kind that is worth a word",
        0.01,
    ),
    Setting(
        "rebound_threshold",
        SettingKind.SHARE,
        "0.1",
        "负担回潮界限",
        "rise against an earlier year that counts as rebound",
        0.001,
    ),
    Setting(
        "intake_max_people",
        SettingKind.NUMBER,
        "",
        "准入增人上限（每单位）",
        "most people a new duty may ask of one unit",
        0,
    ),
    Setting(
        "years.growth",
        SettingKind.SHARE,
        "0",
        "今后各年工作量增幅",
        "growth of the workload, a year",
        -0.5,
        0.5,
    ),
    Setting(
        "years.transfers",
        SettingKind.NUMBER,
        "",
        "每年跨单位调剂人数上限",
        "most people transferred in a year",
        0,
    ),
    Setting(
        "years.training_places",
        SettingKind.NUMBER,
        "0",
        "每年提能培训名额",
        "places for training in a year",
        0,
    ),
    Setting(
        "years.training_hours",
        SettingKind.NUMBER,
        "80",
        "提能培训工时（每人）",
        "hours that training takes, each",
        0,
        1000,
    ),
    Setting(
        "years.training_gain",
        SettingKind.SHARE,
        "0.05",
        "培训后能力提高",
        "ability gained by training, from the year after",
        0,
        1,
    ),
)
"""Every key but those of the open families."""

FAMILIES: tuple[Family, ...] = (
    Family(
        "tolerance",
        "tolerance",
        Goal,
        SettingKind.SHARE,
        "0",
        "容差：{member}",
        "tolerance: {member}",
        high=1,
    ),
    Family(
        "pool",
        "pool",
        None,
        SettingKind.NUMBER,
        "0",
        "县级周转：{member}",
        "county pool: {member}",
    ),
    Family(
        "seniority",
        "seniority",
        None,
        SettingKind.NUMBERS,
        "",
        "工龄结构（不满10年，10—20年，满20年）：{member}",
        "people by years of work (under 10, 10-20, 20 or more): {member}",
        count=3,
    ),
    Family(
        "retire",
        "retirements",
        None,
        SettingKind.NUMBERS,
        "",
        "退休人数（逐年；写“单位编码/类别”为该单位）：{member}",
        "retirements, year by year (of one unit: unit code/category): {member}",
    ),
    Family(
        "recruit",
        "recruits",
        None,
        SettingKind.NUMBERS,
        "",
        "招录计划（逐年；写“单位编码/类别”为该单位）：{member}",
        "recruitment quota, year by year (of one unit: unit code/category): {member}",
    ),
    Family(
        "limit",
        "piece_limits",
        Form,
        SettingKind.NUMBER,
        "",
        "熔断上限（件/年·单位）：{member}",
        "most pieces a unit gets in a year: {member}",
    ),
    Family(
        "limit_hours",
        "hour_limits",
        Form,
        SettingKind.NUMBER,
        "",
        "熔断上限（工时/年·单位）：{member}",
        "most hours a unit gets in a year: {member}",
    ),
    Family(
        "spread",
        "spreads",
        Evidence,
        SettingKind.SHARE,
        "",
        "缺工时上下限时的默认浮动：{member}",
        "range of a unit time that states none: {member}",
        high=1,
    ),
)
"""Families of keys that are as many as there are goals, categories, forms and grades."""
