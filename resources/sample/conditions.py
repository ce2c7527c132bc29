"""The conditions the sample county works under: working year, allowances, seasons and policy."""

from __future__ import annotations

from app.model.county import Allowance, PolicyValue, Profile, Record, StaffCategory, WorkingTime
from app.model.vocabulary import DEFAULT_CATEGORIES, AllowanceKind, Per

SHARED, SINGLE = AllowanceKind.CATEGORY, AllowanceKind.INDIVIDUAL

WORKING_TIMES = (
    WorkingTime("行政", cost_per_year=12.8),
    WorkingTime("事业", cost_per_year=10.6),
    WorkingTime("工勤", training=6.0, cost_per_year=8.2),
    WorkingTime("编外", working_days=250.0, leave=5.0, training=5.0, cost_per_year=4.8),
)
"""Contracts of people outside the establishment still count the 250 days of before 2025."""

ALLOWANCES = (
    Allowance("政治理论学习", SHARED, 1.5, Per.HOURS_PER_WEEK),
    Allowance("干部例会和业务会商", SHARED, 4.0, Per.HOURS_PER_MONTH),
    Allowance("工作联系群信息查阅", SHARED, 10.0, Per.MINUTES_PER_DAY),
    Allowance("主题党日活动", SHARED, 3.0, Per.DAYS_PER_YEAR, scope="行政"),
    Allowance("主题党日活动", SHARED, 3.0, Per.DAYS_PER_YEAR, scope="事业"),
    Allowance("值班值守轮值", SHARED, 0.5, Per.DAYS_PER_MONTH, scope="行政"),
    Allowance("值班值守轮值", SHARED, 0.5, Per.DAYS_PER_MONTH, scope="事业"),
    Allowance("窗口交接班", SHARED, 15.0, Per.MINUTES_PER_DAY, scope="便民服务中心"),
    Allowance("带班值班", SINGLE, 8.0, Per.HOURS_PER_MONTH, "党政综合办公室", people=1.0),
    Allowance("汛期应急备勤", SINGLE, 5.0, Per.DAYS_PER_YEAR, "应急管理办公室", people=2.0),
    Allowance("文明创建包联", SINGLE, 1.0, Per.DAYS_PER_MONTH, "城关街道", people=1.0),
    Allowance("夜间视频点名", SINGLE, 0.5, Per.HOURS_PER_DAY, "应急指挥值守岗", people=1.0),
)

SEASONS = {
    "防汛": (0.01, 0.01, 0.02, 0.06, 0.14, 0.20, 0.22, 0.17, 0.10, 0.04, 0.02, 0.01),
    "森林防火": (0.16, 0.16, 0.17, 0.14, 0.02, 0.00, 0.00, 0.01, 0.02, 0.05, 0.12, 0.15),
    "秸秆禁烧": (0.01, 0.01, 0.02, 0.02, 0.08, 0.38, 0.03, 0.02, 0.07, 0.30, 0.04, 0.02),
    "年终考核": (0.22, 0.04, 0.02, 0.02, 0.02, 0.04, 0.03, 0.02, 0.03, 0.04, 0.20, 0.32),
    "征兵": (0.08, 0.18, 0.16, 0.04, 0.03, 0.04, 0.06, 0.20, 0.15, 0.03, 0.02, 0.01),
    "医保参保": (0.04, 0.03, 0.03, 0.02, 0.02, 0.02, 0.02, 0.04, 0.16, 0.22, 0.24, 0.16),
    "普查": (0.00, 0.00, 0.01, 0.02, 0.03, 0.05, 0.06, 0.08, 0.12, 0.18, 0.20, 0.25),
    "换届": (0.08, 0.12, 0.18, 0.14, 0.08, 0.04, 0.03, 0.03, 0.05, 0.08, 0.09, 0.08),
    "春耕秋收": (0.03, 0.06, 0.15, 0.17, 0.12, 0.07, 0.05, 0.05, 0.11, 0.10, 0.06, 0.03),
    "春秋防疫": (0.03, 0.04, 0.17, 0.18, 0.09, 0.04, 0.03, 0.04, 0.16, 0.14, 0.05, 0.03),
    "惠农补贴": (0.02, 0.03, 0.08, 0.14, 0.18, 0.20, 0.12, 0.07, 0.05, 0.04, 0.04, 0.03),
    "防溺水": (0.00, 0.00, 0.02, 0.08, 0.15, 0.20, 0.24, 0.20, 0.08, 0.03, 0.00, 0.00),
}
"""The course of a year, January first (domain: seasons)."""

POLICY = {
    "target_saturation": "1",
    "low_saturation": "0.8",
    "levers": "reassign,move,cut,transfer,temporary",
    "scope": "office",
    "max_cut.formalistic": "0.5",
    "max_cut.necessary": "0.2",
    "max_temporaries": "0",
    "pool.事业": "6",
    "integer": "yes",
    "tolerance.overload": "0.1",
    "minimum_measure": "40",
    "limit.INSPECTION": "600",
    "limit_hours.REPORT": "5000",
    "time_limit": "240",
}


def conditions() -> list[Record]:
    """Return the rows of the sheets that hold for the whole county."""
    return [
        *(StaffCategory(category) for category in DEFAULT_CATEGORIES),
        *WORKING_TIMES,
        *ALLOWANCES,
        *(Profile(name, shares) for name, shares in SEASONS.items()),
        *(PolicyValue(name, value) for name, value in POLICY.items()),
    ]
