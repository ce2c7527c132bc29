"""A small standard workbook as lists of rows, to be spoiled cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Rows = list[list[Any]]


def good_book() -> dict[str, Rows]:
    """Return every sheet of a workbook that reads without a finding."""
    return {
        "单位": _rows("单位编码 单位名称 类型", ["U1", "青山镇", "镇"], ["U2", "绿水乡", "乡"]),
        "编制": _rows("单位编码 人员类别 核定编制 实有人数", ["U1", "行政", 10, 9]),
        "岗位": _rows(
            "岗位编码 单位编码 内设机构 岗位名称 行政 事业 最少人数 最多人数",
            ["P1", "U1", "党政办", "文秘岗", 1, None, 0, 3],
            ["P2", "U1", "党政办", "内勤岗", None, 2, 0, 3],
            ["P3", "U2", "财政所", "会计岗", 1, 0, 3, 5],
        ),
        "职责": _rows("职责编码 职责名称 清单类别", ["D1", "党建", "基本"]),
        "任务": _rows(
            "任务编码 职责编码 任务名称 核定方式 单件工时 负担类型 季节",
            ["T1", "D1", "发展党员", "件数", 2, "实质性", "年底"],
            ["T2", "D1", "值班", "专项", None, "实质性", None],
        ),
        "任务量": _rows(
            "单位编码 任务编码 年业务量", ["U1", "T1", 100], ["U1", "T2", 50], ["U2", "T1", 80]
        ),
        "分工": _rows(
            "单位编码 任务编码 岗位编码 份额 角色",
            ["U1", "T1", "P1", 0.5, "主办"],
            ["U1", "T1", "P2", 0.5, "协办"],
            ["U2", "T1", "P3", 1, None],
        ),
        "工时": _rows(
            "人员类别 年工作日 年休假 病假 培训 其他 每周工作日 每日工时",
            ["行政", 248, 10, 3, 12, 0, 5, 8],
        ),
        "占用": _rows("名称 类型 范围 数值 单位 人数", ["例会", "全员", None, 2, "小时/周", None]),
        "季节": [
            ["名称", *(f"{month}月" for month in range(1, 13))],
            ["年底", *[0] * 10, 0.5, 0.5],
        ],
        "政策": _rows("参数 取值", ["target_saturation", 1]),
    }


def _rows(titles: str, *rows: list[Any]) -> Rows:
    return [list(titles.split()), *rows]


def write_book(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write rows as a workbook; a text that begins with “=” becomes a formula without a result."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        tab = workbook.create_sheet(title)
        for row in rows:
            tab.append(row)
    workbook.save(path)
    return path


def spoiled(sheet: str, cell: str, value: Any) -> dict[str, Rows]:
    """Return the good workbook with one cell changed."""
    book = good_book()
    row, column = int(cell[1:]) - 1, ord(cell[0]) - ord("A")
    while len(book[sheet]) <= row:
        book[sheet].append([])
    line = book[sheet][row]
    line += [None] * (column + 1 - len(line))
    line[column] = value
    return book
