"""The fixed words of the field: one Chinese term, one English word, one stable code each."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A member of a closed list: its value is stored, its two words are shown and read."""

    chinese: str
    english: str

    def __new__(cls, code: str, chinese: str = "", english: str = "") -> Self:
        """Make a member from its stored code and its two words."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.chinese = chinese
        member.english = english
        return member

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the member that `text` names in either language or by code, else None."""
        wanted = text.strip().casefold()
        for member in cls:
            if wanted in {
                str(member.value).casefold(),
                member.chinese.casefold(),
                member.english.casefold(),
            }:
                return member
        return None


class UnitKind(Word):
    """What a unit is (单位类型)."""

    RURAL_TOWNSHIP = "RURAL_TOWNSHIP", "乡", "rural township"
    TOWN = "TOWN", "镇", "town"
    STREET = "STREET", "街道", "street"
    COUNTY_DEPARTMENT = "COUNTY_DEPARTMENT", "县直部门", "county department"

    @property
    def is_township(self) -> bool:
        """Return whether it is a rural township, a town or a street (乡镇街道)."""
        return self is not UnitKind.COUNTY_DEPARTMENT


class DutyList(Word):
    """The list a duty stands on (清单类别)."""

    CORE = "CORE", "基本", "core"
    SUPPORTING = "SUPPORTING", "配合", "supporting"
    RECLAIMED = "RECLAIMED", "收回", "reclaimed"
    UNLISTED = "UNLISTED", "清单外", "unlisted"
    DEPARTMENT = "DEPARTMENT", "部门权责", "department powers"

    @property
    def is_townships(self) -> bool:
        """Return whether the rules for townships' lists concern it: not a department's powers."""
        return self is not DutyList.DEPARTMENT


class Origin(Word):
    """How a duty came to the unit (来源)."""

    STATUTORY = "STATUTORY", "法定", "statutory"
    DELEGATED = "DELEGATED", "下放", "delegated"
    ENTRUSTED = "ENTRUSTED", "委托", "entrusted"


class Measuring(Word):
    """How a task is measured (核定方式)."""

    VOLUME = "VOLUME", "件数", "volume"
    FIXED_HOURS = "FIXED_HOURS", "专项", "fixed hours"


class Burden(Word):
    """The kind of burden a task is (负担类型)."""

    FORMALISTIC = "FORMALISTIC", "形式主义", "formalistic"
    NECESSARY_FORMAL = "NECESSARY_FORMAL", "形式必要", "formal but necessary"
    SUBSTANTIVE = "SUBSTANTIVE", "实质性", "substantive"


class Form(Word):
    """The form a task takes (形式)."""

    MEETING = "MEETING", "会议", "meeting"
    DOCUMENT = "DOCUMENT", "文件", "document"
    REPORT = "REPORT", "报表", "report"
    INSPECTION = "INSPECTION", "检查", "inspection"
    LEDGER = "LEDGER", "台账", "ledger"
    APP = "APP", "App", "app"
    OTHER = "OTHER", "其他", "other"


class Evidence(Word):
    """How well a unit time is known (数据等级)."""

    RECORDS = "RECORDS", "台账", "records"
    SAMPLE = "SAMPLE", "抽样", "sample"
    ESTIMATE = "ESTIMATE", "估计", "estimate"


class Role(Word):
    """The part a post takes in a task (角色)."""

    LEAD = "LEAD", "主办", "lead"
    ASSIST = "ASSIST", "协办", "assist"


class AllowanceKind(Word):
    """Whom a working-time allowance concerns (占用类型)."""

    CATEGORY = "CATEGORY", "全员", "category"
    INDIVIDUAL = "INDIVIDUAL", "个别", "individual"


class Per(Word):
    """The unit in which an allowance is stated (占用单位)."""

    MINUTES_PER_DAY = "MINUTES_PER_DAY", "分钟/日", "minutes/day"
    HOURS_PER_DAY = "HOURS_PER_DAY", "小时/日", "hours/day"
    HOURS_PER_WEEK = "HOURS_PER_WEEK", "小时/周", "hours/week"
    HOURS_PER_MONTH = "HOURS_PER_MONTH", "小时/月", "hours/month"
    DAYS_PER_MONTH = "DAYS_PER_MONTH", "天/月", "days/month"
    DAYS_PER_YEAR = "DAYS_PER_YEAR", "天/年", "days/year"
    HOURS_PER_YEAR = "HOURS_PER_YEAR", "小时/年", "hours/year"
    SHARE = "SHARE", "占比", "share"


class Band(Word):
    """How loaded a post is (饱和度分档); the last two say why there is no ratio."""

    UNDER = "UNDER", "不饱和", "under-loaded"
    FULL = "FULL", "饱和", "fully loaded"
    OVER = "OVER", "超饱和", "overloaded"
    SEVERE = "SEVERE", "严重超饱和", "severely overloaded"
    NO_CAPACITY = "NO_CAPACITY", "有事无人", "work without people"
    NO_DATA = "NO_DATA", "无数据", "no data"


OVERLOADED = (Band.OVER, Band.SEVERE, Band.NO_CAPACITY)
"""The bands of more work than there are people for, or than nobody at all can do: what is counted
and marked as overloaded, everywhere."""


class Lever(Word):
    """A means of the planner, in the order of the ladder (措施阶梯)."""

    REASSIGN = "reassign", "调整分工", "reassign tasks"
    MOVE = "move", "单位内调人", "move people inside units"
    CUT = "cut", "清理退回", "cut or return tasks"
    TRANSFER = "transfer", "补编与跨单位调剂", "fill vacancies and transfer headcount"
    TEMPORARY = "temporary", "临聘", "hire temporaries"


class Goal(Word):
    """What a plan minimises, in the default strict order (目标)."""

    UNASSIGNED_HOURS = "unassigned_hours", "未落实工时", "unassigned hours"
    OVERLOAD = "overload", "超负荷（加权工时）", "overload (weighted hours)"
    NEW_PEOPLE = "new_people", "新增人数", "new people"
    MOVED_PEOPLE = "moved_people", "调动人数", "moved people"
    IDLE_HOURS = "idle_hours", "闲置工时", "idle hours"
    CHANGED_HOURS = "changed_hours", "变动工时", "changed hours"


class Outcome(Word):
    """How a planning run ended (求解结果)."""

    OPTIMAL = "optimal", "已证最优", "optimal"
    LIMIT = "limit", "提前停止", "stopped early"
    BLOCKED = "blocked", "约束冲突", "blocked"


class Scope(Word):
    """How far a task may travel when it is reassigned (调整范围)."""

    OFFICE = "office", "同机构", "same office"
    UNIT = "unit", "同单位", "same unit"


class MeasureKind(Word):
    """What a measure does (措施类型)."""

    REASSIGN = "reassign", "调整分工", "reassign"
    MOVE = "move", "单位内调人", "move people"
    CUT = "cut", "清理退回", "cut or return"
    FILL = "fill", "补充空编", "fill a vacancy"
    TRANSFER = "transfer", "编制调剂", "transfer headcount"
    DRAW = "draw", "县级周转编制", "draw from the county pool"
    TEMPORARY = "temporary", "临聘", "hire a temporary"


class Verdict(Word):
    """What the user decided about a measure (取舍)."""

    ACCEPTED = "accepted", "采纳", "accepted"
    REJECTED = "rejected", "否决", "rejected"


class Wish(Word):
    """A move that the user names and asks why the plan does otherwise (为什么不)."""

    MOVE_PEOPLE = "move_people", "把人调到另一岗位", "people to another post"
    MOVE_TASK = "move_task", "把任务交给另一岗位", "a task to another post"
    KEEP_TASK = "keep_task", "任务不予削减", "a task not cut"
    EXEMPT_UNIT = "exempt_unit", "单位维持现状", "a unit left as it is"


class Severity(Word):
    """How much a finding matters: an error blocks, a warning asks, a note informs."""

    ERROR = "error", "错误", "error"
    WARNING = "warning", "提醒", "warning"
    NOTE = "note", "说明", "note"


class Link(Word):
    """Two of the four elements that have to agree (四要素); each link has a consistency score."""

    DUTY_TASK = "duty_task", "职责→任务", "duties to tasks"
    TASK_WORKLOAD = "task_workload", "任务→工作量", "tasks to workload"
    WORKLOAD_HEADCOUNT = "workload_headcount", "工作量→编制", "workload to headcount"


class Aspect(Word):
    """What a rule of the check-up looks for (体检项目)."""

    CONFLICT = "conflict", "职责冲突", "duty conflict"
    UNCLEAR = "unclear", "职责不清", "unclear duty"
    BLIND_SPOT = "blind_spot", "职责盲区", "blind spot"
    OUTSIDE_LIST = "outside_list", "清单外", "outside the list"
    DUPLICATE = "duplicate", "任务重复", "duplicate order"
    WORKLOAD = "workload", "任务—工作量", "tasks and workload"
    LOAD = "load", "工作量—编制", "workload and headcount"
    HEADCOUNT = "headcount", "编制", "headcount"
    MEANS = "means", "权责不匹配", "duty without means"
    BURDEN = "burden", "负担熔断", "burden above a limit"
    OPINION = "opinion", "横向比较", "units compared"
    INPUTS = "inputs", "数据口径", "inputs"


class Table(Word):
    """The tables of a plan file, by the name of their sheet in the standard workbook."""

    UNITS = "units", "单位", "units"
    CATEGORIES = "categories", "人员类别", "categories"
    ESTABLISHMENT = "establishment", "编制", "establishment"
    POSTS = "posts", "岗位", "posts"
    STAFFING = "staffing", "在岗人数", "staffing"
    DUTIES = "duties", "职责", "duties"
    TASKS = "tasks", "任务", "tasks"
    VOLUMES = "volumes", "任务量", "volumes"
    ASSIGNMENTS = "assignments", "分工", "assignments"
    WORKING_TIME = "working_time", "工时", "working_time"
    ALLOWANCES = "allowances", "占用", "allowances"
    PROFILES = "profiles", "季节", "profiles"
    POLICY = "policy", "政策", "policy"
    PLANS = "plans", "方案", "plans"
    SCENARIOS = "scenarios", "情景", "scenarios"


OUTSIDE_ESTABLISHMENT = "编外"
"""The one category outside the establishment: temporaries join it, officer-only work is not its."""

DEFAULT_CATEGORIES = ("行政", "事业", "工勤", OUTSIDE_ESTABLISHMENT)
