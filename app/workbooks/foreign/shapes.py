"""The columns of tables that others made, as data: what they are, and how people title them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.model.vocabulary import DutyList, Table
from app.workbooks.cells.quantities import Quantity
from app.workbooks.foreign.mappings import Shape, TableKind
from app.workbooks.standard.headings import plain
from app.workbooks.standard.sheets import BY_TABLE, PEOPLE


@dataclass(frozen=True, slots=True)
class Target:
    """What a column may be: `titles` is a pattern that its plain title matches as a whole."""

    name: str
    chinese: str
    english: str
    titles: str = ""
    is_required: bool = False
    quantity: Quantity | None = None
    has_category: bool = False


DUTY_TARGETS = (
    Target("serial", "序号", "serial number", r"序号|编号|no\.?"),
    Target("duty_code", "职责编码", "duty code", r"(职责|事项|清单)?(编码|代码)"),
    Target(
        "area",
        "领域",
        "area",
        r"(所属|职能|工作|履职)?(领域|类别|分类|类型)|(事项|职责)(类别|分类)",
    ),
    Target(
        "name",
        "事项名称",
        "name of the duty",
        r"(基本|配合|收回|乡镇|镇街|街道|上级)*(履职|收回)?事项(名称|内容)?|(履职)?职责(名称|事项)?",
        is_required=True,
    ),
    Target(
        "superior",
        "上级部门",
        "superior department",
        r"(对应)?(的)?(上级|承接|牵头|主管|责任|县级|县直|区级)(主管|承接|责任)?(部门|单位)(名称)?",
    ),
    Target(
        "superior_duty",
        "上级部门职责 / 工作方式",
        "duty of the superior",
        r"(对应)?(上级|承接|牵头|主管|县级)?部门(的)?(主要|具体|工作)?职责(分工)?|(承接部门)?(及)?"
        r"(工作|承接|履职|履行)方式|上级(配合)?职责",
    ),
    Target(
        "own_duty",
        "乡镇（街道）配合职责",
        "own part in it",
        r"(乡镇|镇街|街道|镇|乡|本级|乡镇街道|乡镇、街道|乡镇/街道)?(需)?配合(的)?(职责|事项内容|内容|工作)"
        r"|(乡镇|镇街|街道)(主要|工作)?职责",
    ),
    Target("basis", "依据", "basis", r"(法律|法定|政策|设定|主要|履职)?(法规|文件)?依据(文件)?"),
    Target(
        "list",
        "清单类别",
        "list",
        r"(履职|事项)*清单(类别|类型|名称|性质)|履职(类别|类型|性质)|事项(性质|属性)",
    ),
)

POWER_TARGETS = (
    Target("serial", "序号", "serial number", r"序号|序|编号|no\.?"),
    Target("duty_code", "职权编码", "code", r"(职权|权力|事项|基本)?(编码|代码|编号)"),
    Target(
        "name",
        "主项名称",
        "name of the power",
        r"(职权|权力|权责|行政|政务服务|主项|项目|责任)*(事项|主项|职权|权力|项目)(名称|内容)?|主项|项目",
        is_required=True,
    ),
    Target("task", "子项名称", "part of it", r"(子项|分项|小项|业务办理项)(名称|内容)?"),
    Target(
        "power", "职权类型", "kind of power", r"(职权|权力|权责|行政权力|事项)(类型|类别|分类|性质)"
    ),
    Target(
        "basis",
        "实施依据",
        "basis",
        r"(实施|设定|设立|法律|法定|行使|政策|主要)*(法规)?依据(名称|文件|条款)?",
    ),
    Target(
        "superior",
        "行使主体",
        "who exercises it",
        r"(行使|实施|责任|执法|权力行使)(主体|机关|部门)(名称)?",
    ),
    Target(
        "office",
        "承办机构",
        "office in charge",
        r"(承办|责任|内设|具体承办)(机构|科室|股室|处室|部门)",
    ),
)

LEDGER_TARGETS = (
    Target("serial", "序号", "serial number", r"序号|编号|no\.?"),
    Target("unit_code", "单位编码", "unit code", r"(单位|机构|组织机构)(编码|代码)"),
    Target(
        "unit",
        "单位名称",
        "name of the unit",
        r"(机构|单位|乡镇|镇街|部门|乡镇街道|机关)(名称)?",
        is_required=True,
    ),
    Target("kind", "类型", "kind", r"(单位|机构)?(类型|类别|性质)"),
    Target(
        "office",
        "内设机构",
        "office",
        r"(内设|下设|所属)?(机构|科室|股室)(名称)?([/或、及和].*)?|下属(事业)?单位|站所(名称)?",
    ),
    Target("authorised", "核定编制", "authorised", has_category=True),
    Target("in_post", "实有人数", "in post", has_category=True),
    Target("reserved", "预留", "reserved", has_category=True),
    Target("pending", "待上编", "pending", has_category=True),
    Target("lent_out", "借出", "lent out", has_category=True),
    Target("borrowed", "借入", "borrowed", has_category=True),
    Target("absent", "长期不在岗", "absent", has_category=True),
)

MEASURES: Mapping[str, str] = {
    "": r"空缺|空编|缺编|超编|超空缺|职数|领导|正科|副科|股级|备注|占比|比例|使用率",
    "lent_out": r"借出|借调出|抽调|外借|调出",
    "borrowed": r"借入|借调入|借用|跟班",
    "absent": r"长期不在岗|不在岗|长休|长病|离岗",
    "reserved": r"预留",
    "pending": r"待上编|待入编|拟上编|待招|拟招|待到岗",
    "in_post": r"实有|在编|现有|实际|在册",
    "authorised": r"核定|编制|核编|编数",
}
"""Patterns that tell what a ledger's column counts, the first that is found; '' is not read."""

CATEGORY_WORDS: Mapping[str, str] = {
    "编外": r"编外|聘用|临聘|临时|公益|劳务|合同制|购买服务",
    "工勤": r"工勤|后勤",
    "事业": r"事业|参公|参照|全额|差额|周转|储备",
    "行政": r"行政|政法|公务员",
}
"""Patterns that tell the staff category of a ledger's column from the words of its heading."""

SUMS = r"合计|小计|总计|总数|总编制|总人数|^计$|共计"
"""Patterns of columns that only sum others up."""

_TIME = r"(用时|耗时|工时|时间|时长|所需时间|需时)"

WORKLOAD_TARGETS = (
    Target("serial", "序号", "serial number", r"序号|编号|no\.?"),
    Target("unit", "单位", "unit", r"(所在|所属)?(单位|乡镇|镇街)(名称)?"),
    Target(
        "office",
        "部门",
        "office",
        r"(所在|所属|内设)?(部门|科室|股室|机构|站所|办公室|处室)(名称)?",
    ),
    Target("post", "岗位", "post", r"(所在|工作)?岗位(名称)?"),
    Target(
        "on_duty",
        "在岗人数",
        "people on duty",
        r"(在岗|现有|实有|配备|岗位|实际在岗|在编在岗)(人数|人员|人员数|人员数量)|定员",
    ),
    Target(
        "on_duty_outside",
        "其中编外",
        "of these outside",
        r"(其中)?编外(人数|人员|聘用)?(人数|人员)?",
    ),
    Target("duty", "职责", "duty", r"(岗位|工作|主要|部门)*(职责|职能)(名称|内容|事项)?"),
    Target(
        "task",
        "任务",
        "task",
        r"(具体|主要|日常)*(工作|任务)*(任务|内容|事项|项目|工作)(名称|描述|清单)?|任务",
        is_required=True,
    ),
    Target("nature", "性质", "nature", r"(工作|任务|事项)?(性质|负担类型)"),
    Target(
        "frequency",
        "频率",
        "frequency",
        r"(工作|发生|办理)?(频率|频次|周期|频度)",
        quantity=Quantity.TIMES,
    ),
    Target(
        "count",
        "年频次",
        "times a year",
        r"(全年|年|每年|年度|年均)(工作|发生|办理)?(频次|次数|业务量|工作量次数|件数|办件量|数量)|次数",
        quantity=Quantity.TIMES,
    ),
    Target(
        "each",
        "单次耗时",
        "time each",
        rf"(单次|每次|单件|每件|次均|件均|一次|标准)(工作|平均|办理|所需)?{_TIME}|耗时|用时|工时定额",
        quantity=Quantity.HOURS,
    ),
    Target("time_unit", "时间单位", "unit of time", r"(时间|耗时|用时|工时)单位"),
    Target("people", "参与人数", "people", r"(参与|投入|所需|办理|参加)?(人数|人员数|人员数量)"),
    Target(
        "annual",
        "年工时",
        "hours a year",
        rf"(全年|年|年度|年总|全年总|合计|总)(工作|累计)?{_TIME}|年工作量",
        quantity=Quantity.HOURS,
    ),
    Target("note", "备注", "note", r"备注|说明"),
)

LISTS: Mapping[Shape, DutyList] = {
    Shape.CORE_DUTIES: DutyList.CORE,
    Shape.SUPPORTING_DUTIES: DutyList.SUPPORTING,
    Shape.RECLAIMED_DUTIES: DutyList.RECLAIMED,
}


@cache
def targets(kind: TableKind) -> tuple[Target, ...]:
    """Return what the columns of a table may be, in the order they are offered."""
    if isinstance(kind, Table):
        people = [Target(PEOPLE, "在岗人数", "people on duty", has_category=True)]
        return (
            *(
                Target(
                    column.name,
                    column.chinese,
                    column.english,
                    is_required=column.is_required,
                    quantity=column.quantity,
                )
                for column in BY_TABLE[kind].columns
            ),
            *(people if kind is Table.POSTS else ()),
        )
    if kind is Shape.LEDGER:
        return LEDGER_TARGETS
    if kind is Shape.POWERS:
        return POWER_TARGETS
    return WORKLOAD_TARGETS if kind is Shape.WORKLOAD else DUTY_TARGETS


def target_named(kind: TableKind, name: str) -> Target | None:
    """Return what a column is called inside the program, None where its kind has no such one."""
    return next((target for target in targets(kind) if target.name == name), None)


@cache
def title_means(kind: Shape, title: str) -> str:
    """Return the name of the target that a title means, '' where it means none.

    Brackets are left out: “乡镇（街道）配合职责” and “单次耗时（分钟）” are titles like any other.
    """
    whole = plain(title)
    bare = re.sub(r"[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]|[*:、]", "", whole)
    for target in targets(kind):
        if target.titles and re.fullmatch(target.titles, bare):
            return target.name
    return ""


def ledger_measure(heading: str) -> str | None:
    """Return which measure a ledger's column counts, '' for one not read, None for no words."""
    for name, pattern in MEASURES.items():
        if re.search(pattern, heading):
            return name
    return "in_post" if re.search(CATEGORY_WORDS["编外"], heading) else None


def ledger_category(parts: tuple[str, ...], known: tuple[str, ...]) -> str:
    """Return the staff category that a heading path names: a known one, else by its upper words.

    Subcategories (一般行政, 政法专项, 参公, 周转) belong to the category they are part of, because
    posts, pools and levers count by it; one that the plan has as a category stays itself.
    """
    for part in reversed(parts):
        exact = next((name for name in known if plain(name) == plain(part)), None)
        if exact is not None:
            return exact
    for part in parts:
        for category, pattern in CATEGORY_WORDS.items():
            if re.search(pattern, part):
                return category
    return ""
