"""Workbooks as others make them, by code: duty lists, establishment ledgers, workload tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = list[list[Any]]


def write_sheets(
    path: Path, sheets: Mapping[str, tuple[Sequence[Sequence[Any]], Sequence[str]]]
) -> Path:
    """Write sheets of rows with their merged ranges."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, (rows, merged) in sheets.items():
        tab: Worksheet = workbook.create_sheet(title)
        for row in rows:
            tab.append(row)
        for cells in merged:
            tab.merge_cells(cells)
    workbook.save(path)
    return path


def duty_lists_on_one_sheet() -> tuple[Rows, list[str]]:
    """Return the three lists one below the other: titles, categories, merged and split items."""
    rows: Rows = [
        ["青山镇履职事项清单", None, None, None, None],
        ["一、基本履职事项清单（4项）", None, None, None, None],
        ["序号", "事项名称", None, None, None],
        ["一、党的建设（3项）", None, None, None, None],
        [1, "发展党员和党员\n教育管理", None, None, None],
        [2, "意识形态工作", None, None, None],
        ["二、经济发展（2项）", None, None, None, None],
        [3, "统计调查与普查", None, None, None],
        [4, "招商引资和项目服务", None, None, None],
        [None, None, None, None, None],
        ["二、配合履职事项清单", None, None, None, None],
        ["序号", "事项名称", "对应上级部门", "上级部门职责", "乡镇（街道）配合职责"],
        ["一、应急管理（2项）", None, None, None, None],
        [1, "森林防灭火", "县林业局", "组织扑救培训", "日常巡查"],
        [None, None, "县应急局", "统一指挥", "先期处置"],
        [2, "地质灾害防治", "县自然资源局", "1.监测预警\n2.技术指导", "转移群众"],
        ["三、上级部门收回事项清单", None, None, None, None],
        ["序号", "事项名称", "承接部门", "工作方式", None],
        [1, "特种设备安全监管", "县市场监管局", "依法开展检查执法", None],
        ["注：本清单自印发之日起施行。", None, None, None, None],
    ]
    merged = ["A1:E1", "A2:E2", "A4:E4", "A7:E7", "A11:E11", "A13:E13", "A14:A15", "B14:B15"]
    return rows, [*merged, "A17:E17", "A20:E20"]


def ledger() -> tuple[Rows, list[str]]:
    """Return a ledger under four heading rows, with sums, groups and a unit of two rows."""
    rows: Rows = [
        ["云岭县乡镇编制台账", *[None] * 15],
        ["序号", "单位名称", "核定编制", *[None] * 7, "实有人员", *[None] * 3, "预留", "空缺"],
        _split("- - 合计 行政 - - 事业 - - 工勤 行政 - 事业 工勤 事业 -"),
        _split("- - - 小计 一般行政 政法专项 小计 一般 周转 - 一般行政 政法专项 - - - -"),
        ["一、乡镇", *[None] * 15],
        [1, "青山镇", 75, 40, 37, 3, 33, 30, 3, 2, 35, 3, "３１", 2, 1, 4],
        [2, "绿水乡", 52, 31, 28, 2, 21, 20, 1, 1, 27, 2, 19, 1, None, 3],
        [None, None, None, None, None, None, None, 2, None, None, None, None, 1, None, None, None],
        ["合计", None, 127, 71, 65, 5, 54, 52, 4, 3, 62, 5, 51, 3, 1, 7],
    ]
    return rows, [
        *("A1:P1", "A2:A4", "B2:B4", "C2:J2", "K2:N2", "P2:P4", "O3:O4", "C3:C4"),
        *("D3:F3", "G3:I3", "J3:J4", "K3:L3", "M3:M4", "N3:N4", "A5:P5", "B7:B8", "A7:A8"),
    ]


def workload() -> tuple[Rows, list[str]]:
    """Return a workload table with mixed units, odd frequencies and a post merged over rows."""
    rows: Rows = [
        ["2026年岗位工作量统计表", *[None] * 11],
        ["填报单位：青山镇", *[None] * 11],
        _split("序号 部门 岗位 职责 任务 性质 频率 年频次 单次耗时（分钟） 参与人数 年工时 备注"),
        [1, "党政办", "文秘岗", "公文处理", "收文登记", "常规", "每日", None, 30, 1, 124, None],
        [2, None, None, None, "发文校核", "常规", "每周2次", None, "1小时", 1, 104, None],
        [3, None, None, "会议服务", "党委会记录", "常规", "月", 12, 120, "2人", 48, None],
        [4, "党政办", "内勤岗", "公文处理", "收文登记", "常规", "每日", None, 10, 1, None, None],
        [5, "党政办", "内勤岗", "后勤", "值班安排", "常规", "不定期", None, None, 1, "1,200", None],
        [6, "财政所", "会计岗", "预算", "预算编制", "重点", "半年", None, 2400, 2, 160, "季节"],
    ]
    return rows, ["A1:L1", "A2:L2", "B4:B6", "C4:C6", "D4:D5"]


def _split(words: str) -> list[Any]:
    """Return the cells of a heading row, “-” for a blank one."""
    return [None if word == "-" else word for word in words.split()]
