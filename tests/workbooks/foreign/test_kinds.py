"""Tables that others made: each kind with the layout that once lost a row, and variants of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.model.county import County, Duty, Establishment, Staffing
from app.model.vocabulary import DutyList, Severity, Table
from app.workbooks.cells.places import SheetPlace
from app.workbooks.foreign.mappings import Choices, ColumnMapping, Shape, TableMapping
from app.workbooks.importing import Import, read_workbooks
from tests.builders import county, duty, unit
from tests.workbooks.books import good_book, write_book
from tests.workbooks.foreign.foreign_books import write_sheets

pytestmark = pytest.mark.usefixtures("in_process")

POWERS = [
    "序号",
    "事项名称",
    "子项名称",
    "权力类型",
    "实施依据",
    "行使主体",
    "实施层级及权限",
    None,
]


def read(folder: Path, sheets: dict[str, Any], to: County | None = None, **more: Any) -> Import:
    path = write_sheets(folder / "表.xlsx", sheets)
    return read_workbooks([path], to if to is not None else County(), **more)


def rows_of(imported: Import, table: Table) -> list[Any]:
    return [change.after for change in imported.offered if change.table is table]


def said(imported: Import) -> str:
    return "\n".join(finding.message for finding in imported.findings)


@pytest.mark.parametrize("blank_titles", [0, 1, 3])
def test_a_list_of_powers_keeps_its_first_item(tmp_path: Path, blank_titles: int) -> None:
    top = 1 + blank_titles
    rows = [
        ["某县甲局权责清单"],
        *([None] for _blank in range(blank_titles)),
        POWERS,
        ["1", "甲类许可", "新办", "行政许可", "某法第1条", "县甲局", "县级", "负责甲"],
        [None, None, "变更", "行政许可", "某法第2条", "县甲局", "县级", "负责甲"],
        ["2", "乙类处罚", None, "行政处罚", "某法第3条", "县甲局", "县级", "负责乙"],
    ]
    merged = [f"B{top + 2}:B{top + 3}", f"A{top + 2}:A{top + 3}", f"G{top + 1}:H{top + 1}"]
    imported = read(tmp_path, {"Sheet1": (rows, ["A1:H1", *merged])})

    duties = rows_of(imported, Table.DUTIES)
    assert [row.name for row in duties] == ["甲类许可", "乙类处罚"]
    assert [row.list for row in duties] == [DutyList.DEPARTMENT] * 2
    assert duties[0].basis == "某法第1条\n某法第2条"
    assert duties[0].power == "行政许可"
    tasks = rows_of(imported, Table.TASKS)
    assert [(row.name, row.duty_code) for row in tasks] == [
        ("新办", duties[0].duty_code),
        ("变更", duties[0].duty_code),
    ]
    assert "department's list of powers" in said(imported)
    assert "Columns not read: 实施层级及权限" in said(imported)


def test_a_column_says_row_by_row_which_list_it_is(tmp_path: Path) -> None:
    rows = [
        ["履职事项汇总表"],
        ["序号", "清单类别", "事项名称", "对应上级部门"],
        [1, "上级收回事项", "燃气经营执法", "县住建局"],
        [2, "基本履职事项", "党员教育管理", None],
        [3, "配合履职事项", "秸秆禁烧巡查", "生态环境分局"],
    ]
    imported = read(tmp_path, {"Sheet1": (rows, ["A1:D1"])})

    assert {row.name: row.list for row in rows_of(imported, Table.DUTIES)} == {
        "燃气经营执法": DutyList.RECLAIMED,
        "党员教育管理": DutyList.CORE,
        "秸秆禁烧巡查": DutyList.SUPPORTING,
    }


def test_a_list_no_one_knows_is_an_error_with_its_cell(tmp_path: Path) -> None:
    rows = [["序号", "清单类别", "事项名称"], [1, "基本", "公文"], [2, "甲类", "会务"]]
    imported = read(tmp_path, {"Sheet1": (rows, [])})

    errors = [one for one in imported.findings if one.severity is Severity.ERROR]
    assert [(one.cell, bool(one.remedy)) for one in errors] == [("B3", True)]


def test_the_lists_of_two_townships_on_two_sheets_are_one_list(tmp_path: Path) -> None:
    def sheet(name: str, *items: str) -> tuple[list[list[Any]], list[str]]:
        items_of = [[number, item] for number, item in enumerate(items, start=1)]
        return [[f"{name}基本履职事项清单"], ["序号", "事项名称"], *items_of], []

    imported = read(
        tmp_path,
        {
            "甲镇": sheet("甲镇", "党员教育", "低保初审"),
            "乙镇": sheet("乙镇", "低保初审", "邻里纠纷"),
        },
    )

    assert [row.name for row in rows_of(imported, Table.DUTIES)] == [
        "党员教育",
        "低保初审",
        "邻里纠纷",
    ]
    assert not imported.is_blocked


@pytest.mark.parametrize("is_shifted", [False, True])
def test_a_unit_merged_over_two_columns_loses_nobody(tmp_path: Path, is_shifted: bool) -> None:
    rows: list[list[Any]] = [
        ["机构编制台账"],
        ["序号", "单位名称", None, "行政编制", None, "事业编制", None],
        [None, None, None, "核定数", "实有数", "核定数", "实有数"],
        [1, "青山镇", "正科级", 30, 28, 45, 40],
        [2, "白水乡", "正科级", 25, 25, 30, 33],
    ]
    merged = ["A1:G1", "A2:A3", "B2:C3", "D2:E2", "F2:G2"]
    if is_shifted:
        rows = [[None, *row] for row in rows]
        merged = ["B1:H1", "B2:B3", "C2:D3", "E2:F2", "G2:H2"]
    imported = read(tmp_path, {"Sheet1": (rows, merged)})

    assert [row.name for row in rows_of(imported, Table.UNITS)] == ["青山镇", "白水乡"]
    assert rows_of(imported, Table.ESTABLISHMENT)[0] == Establishment(
        "U01", "行政", authorised=30.0, in_post=28.0
    )


LEDGER = [
    ["编制台账"],
    ["序号", "单位名称", "内设机构", "核定编制", None, "实有人员", None],
    [None, None, None, "行政", "事业", "行政", "事业"],
]
LEDGER_MERGED = ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"]


def test_an_amount_merged_over_two_offices_counts_once(tmp_path: Path) -> None:
    rows = [
        *LEDGER,
        [1, "青石镇", "党政办", 20, 10, 18, 9],
        [None, None, "执法队", None, None, None, None],
        [2, "白沙乡", "党政办", 15, 8, 14, 8],
        ["合计", None, None, 35, 18, 32, 17],
    ]
    tall = [f"{column}4:{column}5" for column in "ABDEFG"]
    imported = read(tmp_path, {"台账": (rows, [*LEDGER_MERGED, *tall])})

    counted = [(row.authorised, row.in_post) for row in rows_of(imported, Table.ESTABLISHMENT)]
    assert counted == [(20.0, 18.0), (10.0, 9.0), (15.0, 14.0), (8.0, 8.0)]
    assert [(total.printed, total.read) for total in imported.balance[0].totals] == [
        (35.0, 35.0),
        (18.0, 18.0),
        (32.0, 32.0),
        (17.0, 17.0),
    ]


def test_a_sum_of_a_unit_is_no_unit_and_is_compared(tmp_path: Path) -> None:
    rows = [
        *LEDGER,
        [1, "青石镇", "党政办", 12, 6, 11, 5],
        [None, None, "执法队", 8, 4, 7, 4],
        [None, "青石镇小计", None, 20, 10, 18, 8],
        [2, "白沙乡", "党政办", 15, 8, 14, 8],
        ["合计", None, None, 35, 18, 32, 17],
    ]
    imported = read(tmp_path, {"台账": (rows, [*LEDGER_MERGED, "A4:A5", "B4:B5"])})

    assert [row.name for row in rows_of(imported, Table.UNITS)] == ["青石镇", "白沙乡"]
    warned = [one for one in imported.findings if one.severity is Severity.WARNING]
    assert [one.cell for one in warned] == ["G6"], "9 people where 8 are printed"


def test_people_on_posts_get_the_category_of_their_office(tmp_path: Path) -> None:
    ledger = [
        *LEDGER,
        [1, "青石镇", "便民服务中心", 3, 0, 3, 0],
        [None, None, "执法队", 0, 4, 0, 4],
    ]
    work = [
        ["单位：青石镇"],
        ["部门", "岗位", "在岗人数", "编外人数", "工作任务", "频次", "单次耗时"],
        ["便民服务中心", "窗口岗", 3, 1, "低保受理", "每天", "2小时"],
        ["执法队", "执法岗", 4, None, "安全检查", "每周2次", "半天"],
        ["党政办", "文秘岗", 1, None, "公文收发", "每天", "1小时"],
    ]
    imported = read(tmp_path, {"台账": (ledger, LEDGER_MERGED), "工作量": (work, ["A1:G1"])})

    posts = {row.title: row.post_code for row in rows_of(imported, Table.POSTS)}
    assert rows_of(imported, Table.STAFFING) == [
        Staffing(posts["窗口岗"], "行政", 2.0),
        Staffing(posts["窗口岗"], "编外", 1.0),
        Staffing(posts["执法岗"], "事业", 4.0),
        Staffing(posts["文秘岗"], "行政", 1.0),
    ]
    assert "The people of 党政办 were taken for 行政, by its name." in said(imported)


@pytest.mark.parametrize(
    "form",
    [
        [["岗位工作量调查表"], ["单位", "青山镇", "部门", "党政办", "岗位", "文书"]],
        [["岗位工作量调查表"], ["填报单位（盖章）：青山镇"], ["部门：党政办", "岗位：文书"]],
    ],
)
def test_the_fields_of_a_form_tell_unit_and_post(tmp_path: Path, form: list[list[Any]]) -> None:
    rows = [*form, ["序号", "工作事项", "发生频率", "每次用时"], [1, "起草公文", "2次/周", "2小时"]]
    imported = read(tmp_path, {"Sheet1": (rows, [])})

    assert [row.name for row in rows_of(imported, Table.UNITS)] == ["青山镇"]
    (post,) = rows_of(imported, Table.POSTS)
    assert (post.title, post.office) == ("文书", "党政办")


def test_a_sheet_named_after_a_unit_is_about_it(tmp_path: Path) -> None:
    rows = [["岗位", "工作任务", "频次", "单次耗时"], ["文秘岗", "收文", "每天", "1小时"]]
    imported = read(tmp_path, {"大塘镇": (rows, []), "石桥镇": (rows, [])})

    assert [row.name for row in rows_of(imported, Table.UNITS)] == ["大塘镇", "石桥镇"]


def test_tasks_stand_under_the_listed_duty_their_name_tells(tmp_path: Path) -> None:
    plan = county(
        unit("U1", name="青山镇"),
        duty("D1", name="负责公文处理、会务、机要保密"),
        duty("D2", name="做好信访接待和矛盾纠纷排查化解"),
        Duty("D3", "燃气安全专业检查", DutyList.RECLAIMED),
    )
    head = ["岗位", "工作任务", "频次", "单次耗时"]
    names = ["公文收发、办理", "来访接待", "燃气安全检查", "资产盘点"]
    rows = [head, *(["文秘岗", name, "每天", "1小时"] for name in names)]
    imported = read(tmp_path, {"青山镇": (rows, [])}, plan)

    duties = {row.name: row.duty_code for row in rows_of(imported, Table.TASKS)}
    assert [duties[name] for name in names[:3]] == ["D1", "D2", "D3"]
    assert duties["资产盘点"] not in {"D1", "D2", "D3"}
    assert said(imported).count("was put under the duty") == 3


@pytest.mark.parametrize(
    "rows",
    [
        [["名称", "数量", "型号"], ["打印机", 3, "M1"], ["电脑", 20, "M2"]],
        [["name", "value"], ["打印机", 3], ["电脑", 20]],
        [["人员类别", "备注"], ["行政", "甲"], ["事业", "乙"]],
        [["参数", "取值"], ["颜色", "红"], ["尺寸", "大"]],
    ],
)
def test_one_word_that_any_table_may_have_makes_none_of_ours(
    tmp_path: Path, rows: list[list[Any]]
) -> None:
    imported = read(tmp_path, {"Sheet1": (rows, [])})

    assert imported.offered == ()
    assert imported.balance[0].recognised is None
    assert "holds no table that is known" in said(imported)


def test_a_stranger_does_not_hold_up_the_folder(tmp_path: Path) -> None:
    write_book(tmp_path / "data.xlsx", good_book())
    write_book(tmp_path / "通讯录.xlsx", {"Sheet1": [["姓名", "电话"], ["甲", "123"]]})
    imported = read_workbooks([tmp_path], County())

    assert not imported.is_blocked
    assert "it was left alone" in said(imported)


def test_a_mapping_that_lacks_a_column_asks_for_it(tmp_path: Path) -> None:
    rows = [["附件2"], ["序", "项目", "依据"], [1, "甲场所检查", "某法"]]
    table = TableMapping(Shape.CORE_DUTIES, 1, 1, (ColumnMapping(0, "序", "serial"),))
    choices = Choices(tables={SheetPlace("表.xlsx", "Sheet1"): (table,)})
    imported = read(tmp_path, {"Sheet1": (rows, [])}, choices=choices)

    (error,) = [one for one in imported.findings if one.severity is Severity.ERROR]
    assert "事项名称" in error.message
    assert "B 项目" in error.remedy


def test_columns_of_numbers_that_are_no_category_are_asked_about(tmp_path: Path) -> None:
    book = good_book()
    book["岗位"][0] += ["其中：女性", "党员数", "工龄"]
    for row in book["岗位"][1:]:
        row += [1, 2, 12]
    imported = read_workbooks([write_book(tmp_path / "a.xlsx", book)], County())

    people = sum(row.on_duty for row in rows_of(imported, Table.STAFFING))
    assert people == 4.0
    (warning,) = [one for one in imported.findings if one.severity is Severity.WARNING]
    assert "其中：女性, 党员数, 工龄" in warning.message
    unread = [one.message for one in imported.findings if one.severity is Severity.NOTE]
    assert not any("党员数" in message for message in unread)  # told once


def test_a_merged_label_holds_for_all_its_rows_and_an_amount_once(tmp_path: Path) -> None:
    book = good_book()
    book["岗位"][2][2] = None
    book["编制"] += [["U2", "行政", None, None]]
    book["编制"][1][2:] = [10, 9]
    sheets = {title: (rows, []) for title, rows in book.items()}
    sheets["岗位"] = (book["岗位"], ["C2:C3"])
    sheets["编制"] = (book["编制"], ["C2:C3"])
    imported = read(tmp_path, sheets)

    assert [row.office for row in rows_of(imported, Table.POSTS)][:2] == ["党政办", "党政办"]
    assert [row.authorised for row in rows_of(imported, Table.ESTABLISHMENT)] == [10.0, None]
    assert "This amount is merged over 2 rows; it counts in the first of them." in said(imported)
