"""A workbook of two townships and eight posts that shows a little of everything a plan weighs."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

SHEETS = {
    "单位": """
        单位编码 单位名称 类型 交通系数
        QS 青石镇 镇 1.1
        HY 河源乡 乡 1.3
    """,
    "编制": """
        单位编码 人员类别 核定编制 实有人数
        QS 行政 6 5
        QS 事业 4 4
        HY 行政 4 3
        HY 事业 3 3
    """,
    "岗位": """
        岗位编码 单位编码 内设机构 岗位名称 行政 事业 编外 资质
        QS1 QS 党政综合办公室 文秘岗 1 0 0 -
        QS2 QS 党政综合办公室 党务岗 2 0 0 -
        QS3 QS 综合行政执法队 执法岗 2 0 0 执法证
        QS4 QS 便民服务中心 窗口岗 0 3 0 -
        QS5 QS 便民服务中心 社保岗 0 1 0 -
        HY1 HY 党政综合办公室 综合岗 1 0 0 -
        HY2 HY 综合行政执法队 执法岗 2 0 0 执法证
        HY3 HY 便民服务中心 窗口岗 0 3 0 -
    """,
    "职责": """
        职责编码 职责名称 清单类别 领域 上级部门 上级部门职责 乡镇职责
        ZZ 公文、会务、档案 基本 综合政务 - - -
        DJ 党员教育管理 基本 党的建设 - - -
        ZF 行政执法检查 配合 应急管理及消防 县应急局 牵头检查 发现报告
        MS 低保受理初审 基本 民生服务 - - -
    """,
    "任务": """
        任务编码 职责编码 任务名称 单件工时 外勤 负担类型 形式 交办部门 资质 须在编 季节 数据等级
        T1 ZZ 公文收发 0.5 否 实质性 文件 县委办 - 否 - 台账
        T2 ZZ 周报月报 2 否 形式主义 报表 县委办 - 否 - 抽样
        T3 DJ 党员教育 6 否 形式必要 会议 县委组织部 - 否 - 估计
        T4 ZF 安全检查 3 是 实质性 检查 县应急局 执法证 是 汛期 台账
        T5 MS 低保初审 2.5 否 实质性 其他 县民政局 - 否 - 台账
        T6 MS 医保登记 0.4 否 实质性 其他 县医保局 - 否 参保季 台账
    """,
    "任务量": """
        单位编码 任务编码 年业务量
        QS T1 4200
        QS T2 620
        QS T3 310
        QS T4 1150
        QS T5 900
        QS T6 5200
        HY T1 1900
        HY T2 420
        HY T3 90
        HY T4 420
        HY T5 560
        HY T6 2100
    """,
    "分工": """
        单位编码 任务编码 岗位编码 份额 角色
        QS T1 QS1 1 主办
        QS T2 QS1 0.7 主办
        QS T2 QS2 0.3 协办
        QS T3 QS2 1 主办
        QS T4 QS3 1 主办
        QS T5 QS5 0.9 主办
        QS T6 QS4 1 主办
        HY T1 HY1 1 主办
        HY T2 HY1 1 主办
        HY T3 HY1 1 主办
        HY T4 HY2 1 主办
        HY T5 HY3 1 主办
        HY T6 HY3 1 主办
    """,
    "占用": """
        名称 类型 范围 数值 单位
        例会学习 全员 - 2 小时/周
        防汛值班 个别 青石镇 60 小时/年
    """,
    "季节": """
        名称 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月
        汛期 0 0 0 0 1 2 2 2 1 0 0 0
        参保季 0 0 0 0 0 0 0 0 2 2 2 2
    """,
    "政策": """
        参数 取值
        levers reassign,move,cut,transfer
        tolerance.overload 0.02
    """,
}
"""By sheet its rows, the titles first; - is a blank cell."""


def write_workbook(path: Path) -> None:
    """Write the two townships as a standard workbook."""
    book = Workbook()
    book.remove(book["Sheet"])
    for title, text in SHEETS.items():
        sheet = book.create_sheet(title)
        for line in text.strip().splitlines():
            sheet.append([content(word) for word in line.split()])
    book.save(path)


def content(word: str) -> str | float | None:
    """Return what stands in a cell."""
    if word == "-":
        return None
    try:
        return float(word)
    except ValueError:
        return word
