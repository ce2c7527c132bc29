"""The standard workbook as data: every sheet and column, once for reading, writing and help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from app.model.county import (
    Allowance,
    Assignment,
    Duty,
    Establishment,
    PolicyValue,
    Post,
    Profile,
    Record,
    Task,
    Unit,
    Volume,
    WorkingTime,
)
from app.model.parameters import SETTINGS
from app.model.vocabulary import (
    DEFAULT_CATEGORIES,
    AllowanceKind,
    Burden,
    DutyList,
    Evidence,
    Form,
    Measuring,
    Origin,
    Per,
    Role,
    Table,
    UnitKind,
    Word,
)
from app.workbooks.cells.column import Column, ColumnKind
from app.workbooks.cells.quantities import Quantity


@dataclass(frozen=True)
class Sheet:
    """One sheet: the record its rows are, its columns in order, and whether a plan can do without.

    `people_before` names the column before which every staff category has a column of its own.
    """

    record_type: type[Record]
    columns: tuple[Column, ...]
    is_indispensable: bool = False
    people_before: str = ""
    defaults: Mapping[str, object] = field(init=False)

    def __post_init__(self) -> None:
        """Read from the record what a blank cell means."""
        known = {item.name: item.default for item in fields(self.record_type)}
        object.__setattr__(
            self, "defaults", {key: value for key, value in known.items() if value is not MISSING}
        )

    @property
    def table(self) -> Table:
        """Return the table this sheet holds."""
        return self.record_type.TABLE

    @property
    def title(self) -> str:
        """Return the name of the tab."""
        return self.table.chinese

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the titles as they are written, the usual staff categories at their place."""
        found: list[str] = []
        for column in self.columns:
            found += DEFAULT_CATEGORIES if column.name == self.people_before else ()
            found.append(column.heading)
        return tuple(found)


def people_column(category: str) -> Column:
    """Return the column of sheet 岗位 that holds the people of one staff category."""
    return Column(PEOPLE + category, category, category, ColumnKind.NUMBER, high=100_000)


def _code(name: str, chinese: str, english: str, example: str, of: Table | None = None) -> Column:
    return Column(
        name, chinese, english, ColumnKind.CODE, is_required=True, refers_to=of, example=example
    )


def _text(name: str, chinese: str, english: str, **more: Any) -> Column:
    return Column(name, chinese, english, ColumnKind.TEXT, **more)


def _word(name: str, chinese: str, english: str, words: type[Word], **more: Any) -> Column:
    return Column(name, chinese, english, ColumnKind.WORD, words=words, **more)


def _number(name: str, chinese: str, english: str, **more: Any) -> Column:
    return Column(name, chinese, english, ColumnKind.NUMBER, **more)


def _share(name: str, chinese: str, english: str, **more: Any) -> Column:
    return Column(name, chinese, english, ColumnKind.SHARE, **more)


def _yes_no(name: str, chinese: str, english: str, **more: Any) -> Column:
    return Column(name, chinese, english, ColumnKind.YES_NO, **more)


def _list(name: str, chinese: str, english: str, **more: Any) -> Column:
    return Column(name, chinese, english, ColumnKind.LIST, **more)


_MUST: Mapping[str, Any] = {"is_required": True}
_MUST_COUNT: Mapping[str, Any] = {"is_required": True, "only_for": ("method", Measuring.VOLUME)}
_PEOPLE: Mapping[str, Any] = {"high": 100_000}
_DAYS: Mapping[str, Any] = {"high": 366}
_ALLOWANCE: Mapping[str, Any] = {"high": 1e9}

_TIME: Mapping[str, Any] = {"high": 1_000_000, "quantity": Quantity.HOURS}
_HEADS: Mapping[str, Any] = {"quantity": Quantity.PEOPLE}
_COST: Mapping[str, Any] = {"high": 100_000, "quantity": Quantity.MONEY}
_FACTOR: Mapping[str, Any] = {"high": 10, "is_positive": True}
_CATEGORY: Mapping[str, Any] = {"example": "行政", "offered": DEFAULT_CATEGORIES}
_KEYS = tuple(setting.key for setting in SETTINGS)
_YEAR_END = (0.3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.3, 0.4)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        Unit,
        (
            _code("unit_code", "单位编码", "unit", "U01"),
            _text("name", "单位名称", "name", example="青山镇", **_MUST),
            _word("kind", "类型", "kind", UnitKind, example=UnitKind.TOWN, **_MUST),
            _number("travel", "交通系数", "travel", example=1.1, **_FACTOR),
            _number("population", "常住人口", "population", example=32_000.0, **_HEADS),
            _number("villages", "村社区数", "villages", example=14.0),
            _number("area_km2", "面积", "area_km2", example=86.5, quantity=Quantity.AREA),
            _text("note", "备注", "note"),
        ),
        is_indispensable=True,
    ),
    Sheet(
        Establishment,
        (
            _code("unit_code", "单位编码", "unit", "U01", Table.UNITS),
            _text("category", "人员类别", "category", **_CATEGORY, **_MUST),
            _number("authorised", "核定编制", "authorised", example=38.0, **_PEOPLE),
            _number("in_post", "实有人数", "in_post", example=36.0, **_PEOPLE),
            _number("reserved", "预留", "reserved", example=1.0, **_PEOPLE),
            _number("pending", "待上编", "pending", example=0.0, **_PEOPLE),
            _number("lent_out", "借出", "lent_out", example=2.0, **_PEOPLE),
            _number("borrowed", "借入", "borrowed", example=0.0, **_PEOPLE),
            _number("absent", "长期不在岗", "absent", example=1.0, **_PEOPLE),
        ),
    ),
    Sheet(
        Post,
        (
            _code("post_code", "岗位编码", "post", "P001"),
            _code("unit_code", "单位编码", "unit", "U01", Table.UNITS),
            _text("office", "内设机构", "office", example="党政综合办公室"),
            _text("title", "岗位名称", "title", example="文秘岗", **_MUST),
            _number("min_people", "最少人数", "min", example=1.0, **_PEOPLE),
            _number("max_people", "最多人数", "max", **_PEOPLE),
            _number("ability", "能力系数", "ability", example=1.0, **_FACTOR),
            _list("qualifications", "资质", "qualifications", example=("公文写作",)),
            _yes_no("is_pinned", "锁定", "pinned", example=False),
            _text("note", "备注", "note"),
        ),
        is_indispensable=True,
        people_before="min_people",
    ),
    Sheet(
        Duty,
        (
            _code("duty_code", "职责编码", "duty", "D001"),
            _text("name", "职责名称", "name", example="基层党组织建设", **_MUST),
            _word("list", "清单类别", "list", DutyList, example=DutyList.CORE, **_MUST),
            _text("power", "职权类型", "power"),
            _word("origin", "来源", "origin", Origin),
            _text("area", "领域", "area", example="党的建设"),
            _text("superior", "上级部门", "superior"),
            _text("superior_duty", "上级部门职责", "superior_duty"),
            _text("own_duty", "乡镇职责", "own_duty"),
            _text("basis", "依据", "basis", example="乡镇履职事项清单"),
        ),
    ),
    Sheet(
        Task,
        (
            _code("task_code", "任务编码", "task", "T001"),
            _code("duty_code", "职责编码", "duty", "D001", Table.DUTIES),
            _text("name", "任务名称", "name", example="发展党员", **_MUST),
            _word("method", "核定方式", "method", Measuring, example=Measuring.VOLUME),
            _text("measure", "计量单位", "measure", example="人"),
            _number("hours_each", "单件工时", "hours_each", example=16.0, **_TIME, **_MUST_COUNT),
            _number("people_each", "参与人数", "people_each", example=1.0, **_PEOPLE),
            _number("difficulty", "难度系数", "difficulty", example=1.0, high=100),
            _yes_no("is_field", "外勤", "field", example=False),
            _share("saving", "节省比例", "saving", example=0.0),
            _word("burden", "负担类型", "burden", Burden, example=Burden.SUBSTANTIVE, **_MUST),
            _word("form", "形式", "form", Form, example=Form.OTHER),
            _text("ordered_by", "交办部门", "ordered_by", example="县委组织部"),
            _list("qualifications", "资质", "qualifications"),
            _yes_no("is_officer_only", "须在编", "officer_only", example=True),
            _share("max_cut", "可削减上限", "max_cut"),
            _text("profile", "季节", "profile", refers_to=Table.PROFILES, example="年终考核"),
            _word("evidence", "数据等级", "evidence", Evidence, example=Evidence.RECORDS),
            _number("hours_low", "工时下限", "hours_low", example=12.0, **_TIME),
            _number("hours_high", "工时上限", "hours_high", example=20.0, **_TIME),
        ),
        is_indispensable=True,
    ),
    Sheet(
        Volume,
        (
            _code("unit_code", "单位编码", "unit", "U01", Table.UNITS),
            _code("task_code", "任务编码", "task", "T001", Table.TASKS),
            _number("volume", "年业务量", "volume", example=60.0, quantity=Quantity.TIMES, **_MUST),
            _number("hours_each", "单件工时", "hours_each", **_TIME),
        ),
        is_indispensable=True,
    ),
    Sheet(
        Assignment,
        (
            _code("unit_code", "单位编码", "unit", "U01", Table.UNITS),
            _code("task_code", "任务编码", "task", "T001", Table.TASKS),
            _code("post_code", "岗位编码", "post", "P001", Table.POSTS),
            _share("share", "份额", "share", example=0.7, **_MUST),
            _word("role", "角色", "role", Role, example=Role.LEAD),
            _yes_no("is_pinned", "锁定", "pinned", example=False),
        ),
        is_indispensable=True,
    ),
    Sheet(
        WorkingTime,
        (
            _text("category", "人员类别", "category", **_CATEGORY, **_MUST),
            _number("working_days", "年工作日", "working_days", example=248.0, **_DAYS),
            _number("leave", "年休假", "leave", example=10.0, **_DAYS),
            _number("sick", "病假", "sick", example=3.0, **_DAYS),
            _number("training", "培训", "training", example=12.0, **_DAYS),
            _number("other", "其他", "other", example=0.0, **_DAYS),
            _number(
                "days_per_week",
                "每周工作日",
                "days_per_week",
                example=5.0,
                high=7,
                is_positive=True,
            ),
            _number(
                "hours_per_day", "每日工时", "hours_per_day", example=8.0, high=24, is_positive=True
            ),
            _number("cost_per_year", "年人均成本", "cost_per_year", example=12.0, **_COST),
        ),
    ),
    Sheet(
        Allowance,
        (
            _text("name", "名称", "name", example="集中学习", **_MUST),
            _word("kind", "类型", "kind", AllowanceKind, example=AllowanceKind.CATEGORY, **_MUST),
            _text("scope", "范围", "scope", example="行政"),
            _number("value", "数值", "value", example=2.0, **_ALLOWANCE, **_MUST),
            _word("per", "单位", "per", Per, example=Per.HOURS_PER_WEEK, **_MUST),
            _number("people", "人数", "people", **_PEOPLE),
        ),
    ),
    Sheet(
        Profile,
        (
            _text("name", "名称", "name", example="年终考核", **_MUST),
            *(
                _number("shares", f"{month + 1}月", english, part=month, example=_YEAR_END[month])
                for month, english in enumerate(_MONTHS)
            ),
        ),
    ),
    Sheet(
        PolicyValue,
        (
            _text("name", "参数", "name", example=SETTINGS[0].key, offered=_KEYS, **_MUST),
            _text("value", "取值", "value", example="1.0"),
        ),
    ),
)
"""The sheets in the order of their tabs."""

BY_TABLE: Mapping[Table, Sheet] = {sheet.table: sheet for sheet in SHEETS}
PEOPLE_EXAMPLES: Mapping[str, float] = {"行政": 1.0, "事业": 1.0}
PEOPLE = "people:"
"""What the name of a people column begins with."""
CHOICES_TITLE = "选项"
"""The hidden sheet of lists to choose from that are too long to stand inside a column's rule."""
HELP_MARK, EXAMPLE_MARK = "【说明】", "【示例】"
"""What the first cell of the template's help row and example row begins with."""
