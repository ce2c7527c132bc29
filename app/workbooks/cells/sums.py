"""Sums and signatures: rows and columns of a sheet that repeat or sign what the others say."""

from __future__ import annotations

import re

from app.workbooks.cells.cell import folded

_SUM = re.compile(r".{0,12}(合计|总计|小计|共计|合共)(数|人数)?|总数|计|(grand|sub)?total|sum")
_FOOT = re.compile(r"(注|备注|说明|填报|填表|制表|审核|复核|联系|单位负责)[^:]{0,8}:.*", re.DOTALL)
_COUNT = re.compile(r".*(人数|核定|实有|定员|编制(?!外)|空编|空缺).*")


def is_sum(text: str) -> bool:
    """Tell whether a cell says that its row or column adds up others: “合计”, “小 计”, “total”."""
    return _SUM.fullmatch(folded(text)) is not None


def is_foot(text: str) -> bool:
    """Tell whether a cell belongs to the lines below a table: “填表人：…”, “注：…”."""
    return _FOOT.fullmatch(folded(text)) is not None


def is_headcount(title: str) -> bool:
    """Tell whether a title counts people of all categories together: “实有人数”, “小计”."""
    return is_sum(title) or _COUNT.fullmatch(folded(title)) is not None
