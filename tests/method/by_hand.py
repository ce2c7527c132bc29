"""The method computed a second time, from the cells of a workbook, with no code of the program."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

MONTH_DAYS = [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]
NEW_PLAN = {"days": 223.0, "week": 5.0, "day": 8.0}

Row = dict[str, Any]


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """Return every sheet as rows by their Chinese column titles, blank rows left out."""
    sheets = {}
    for sheet in load_workbook(path, data_only=True).worksheets:
        table = [list(cells) for cells in sheet.iter_rows(values_only=True)]
        titles = [str(title or "").strip(" *") for title in table[0]]
        rows = [dict(zip(titles, cells, strict=True)) for cells in table[1:]]
        sheets[sheet.title] = [
            row for row in rows if any(cell not in {None, ""} for cell in row.values())
        ]
    return sheets


@dataclass
class Answer:
    """One post as the method page has it."""

    assigned: float
    workload: float
    capacity: float
    saturation: float | None
    band: str
    peak_month: int | None
    peak: float | None
    existing: float
    a: float
    b: float
    c: float
    required: float
    rounded: float
    difference: float
    ratio: float | None


def answers(sheets: dict[str, list[Row]]) -> dict[str, Answer]:
    """Return the figures of every post."""
    years = {row["人员类别"]: year_of(row) for row in sheets.get("工时", [])}
    categories = category_columns(sheets)
    hours = task_hours(sheets)
    tasks = {row["任务编码"]: row for row in sheets["任务"]}
    profiles = {
        row["名称"]: [float(row[f"{month}月"]) for month in range(1, 13)]
        for row in sheets.get("季节", [])
    }
    unit_names = {row["单位编码"]: row["单位名称"] for row in sheets["单位"]}
    carried: dict[str, list[tuple[float, list[float]]]] = defaultdict(list)
    for row in sheets["分工"]:
        part = hours.get((row["单位编码"], row["任务编码"]), 0.0) * row["份额"]
        shares = profiles.get(tasks[row["任务编码"]].get("季节"), MONTH_DAYS)
        carried[row["岗位编码"]].append((part, [share / sum(shares) for share in shares]))
    return {
        post["岗位编码"]: answer(
            post,
            unit_name=unit_names[post["单位编码"]],
            categories=categories,
            years=years,
            allowances=sheets.get("占用", []),
            carried=carried[post["岗位编码"]],
        )
        for post in sheets["岗位"]
    }


def year_of(row: Row) -> dict[str, float]:
    off = sum(row.get(title) or 0 for title in ("年休假", "病假", "培训", "其他"))
    return {
        "days": row["年工作日"] - off,
        "week": row.get("每周工作日") or 5.0,
        "day": row.get("每日工时") or 8.0,
    }


def category_columns(sheets: dict[str, list[Row]]) -> list[str]:
    fixed = {
        "岗位编码", "单位编码", "内设机构", "岗位名称", "最少人数", "最多人数", "能力系数", "资质",
        "锁定", "备注",
    }  # fmt: skip
    return [title for title in sheets["岗位"][0] if title and title not in fixed]


def task_hours(sheets: dict[str, list[Row]]) -> dict[tuple[str, str], float]:
    tasks = {row["任务编码"]: row for row in sheets["任务"]}
    travel = {row["单位编码"]: row.get("交通系数") or 1.0 for row in sheets["单位"]}
    hours = {}
    for row in sheets["任务量"]:
        task, volume = tasks[row["任务编码"]], row["年业务量"]
        if task.get("核定方式") == "专项":
            result = volume
        else:
            own = row.get("单件工时")
            each = (own if own is not None else task.get("单件工时")) or 0.0
            result = volume * each
            result *= 1.0 if task.get("参与人数") is None else task["参与人数"]
            result *= 1.0 if task.get("难度系数") is None else task["难度系数"]
            result *= travel[row["单位编码"]] if task.get("外勤") == "是" else 1.0
            result *= 1.0 - (task.get("节省比例") or 0.0)
        hours[(row["单位编码"], row["任务编码"])] = result
    return hours


def as_share(value: float, per: str, year: dict[str, float]) -> float:
    total = year["days"] * year["day"]
    return {
        "分钟/日": value / 60 / year["day"],
        "小时/日": value / year["day"],
        "小时/周": value / (year["week"] * year["day"]),
        "小时/月": value * 12 / total,
        "天/月": value * 12 / year["days"],
        "天/年": value / year["days"],
        "小时/年": value / total,
        "占比": value,
    }[per]


def as_hours(value: float, per: str, year: dict[str, float]) -> float:
    return {
        "分钟/日": value / 60 * 52 * year["week"],
        "小时/日": value * 52 * year["week"],
        "小时/周": value * 52,
        "小时/月": value * 12,
        "天/月": value * year["day"] * 12,
        "天/年": value * year["day"],
        "小时/年": value,
    }[per]


def answer(
    post: Row,
    *,
    unit_name: str,
    categories: list[str],
    years: dict[str, dict[str, float]],
    allowances: list[Row],
    carried: list[tuple[float, list[float]]],
) -> Answer:
    entries = {name: post[name] for name in categories if post.get(name) is not None}
    existing, capacity, one, weights = capacity_of(post, entries, years)
    place = {post["单位编码"], unit_name, post.get("内设机构"), post["岗位编码"], post["岗位名称"]}
    cas, ias = allowance_sums(
        allowances, categories=categories, place=place, weights=weights, years=years
    )
    factor = 1 / (1 - cas) if entries else 1.0
    assigned = math.fsum(part for part, _shares in carried)
    workload = assigned * factor + ias
    saturation = workload / capacity if capacity else None
    required = assigned / one * factor + ias / one
    month, peak = peak_of(carried, factor, ias, capacity)
    return Answer(
        assigned=assigned,
        workload=workload,
        capacity=capacity,
        saturation=saturation,
        band=band_of(workload, saturation),
        peak_month=month,
        peak=peak,
        existing=existing,
        a=assigned / one,
        b=factor,
        c=ias / one,
        required=required,
        rounded=rounded(required),
        difference=existing - required,
        ratio=existing / required if required else None,
    )


def capacity_of(
    post: Row, entries: dict[str, float], years: dict[str, dict[str, float]]
) -> tuple[float, float, float, dict[str, float]]:
    """Return people, capacity, hours of one person, and the capacity of each category."""
    ability = 1.0 if post.get("能力系数") is None else post["能力系数"]
    people = {name: number for name, number in entries.items() if number > 0}
    weighing = people or dict.fromkeys(list(entries)[:1], 1.0) or {"": 1.0}
    weights = {
        name: number * hours_of(years.get(name, NEW_PLAN)) for name, number in weighing.items()
    }
    hours = ability * sum(weights.values())
    if not people:
        return 0.0, 0.0, hours, weights
    return sum(people.values()), hours, hours / sum(people.values()), weights


def allowance_sums(
    allowances: list[Row],
    *,
    categories: list[str],
    place: set[Any],
    weights: dict[str, float],
    years: dict[str, dict[str, float]],
) -> tuple[float, float]:
    """Return ΣCAS and IAS of a post whose categories have these capacities."""
    cas = ias = 0.0
    for row in allowances:
        scope, value, per = row.get("范围"), row["数值"], row["单位"]
        if scope in categories:
            concerned = {scope: weights[scope]} if scope in weights else {}
        else:
            concerned = weights if not scope or scope in place else {}
        if not concerned:
            continue
        convert = as_share if row["类型"] == "全员" else as_hours
        amount = sum(
            convert(value, per, years.get(name, NEW_PLAN)) * weight
            for name, weight in concerned.items()
        )
        if row["类型"] == "全员":
            cas += amount / sum(weights.values())
        else:
            people = 1.0 if row.get("人数") is None else row["人数"]
            ias += people * amount / sum(concerned.values())
    return cas, ias


def hours_of(year: dict[str, float]) -> float:
    return year["days"] * year["day"]


def peak_of(
    carried: list[tuple[float, list[float]]], factor: float, ias: float, capacity: float
) -> tuple[int | None, float | None]:
    if not capacity:
        return None, None
    loads = []
    for month, days in enumerate(MONTH_DAYS):
        work = math.fsum(part * shares[month] for part, shares in carried)
        loads.append((work * factor + ias * days / 248) / (capacity * days / 248))
    highest = max(loads)
    return next(i + 1 for i, load in enumerate(loads) if load > highest - 1e-9), highest


def band_of(workload: float, saturation: float | None) -> str:
    if saturation is None:
        return "有事无人" if workload else "无数据"
    if saturation < 0.8 - 1e-10:
        return "不饱和"
    if saturation <= 1 + 1e-10:
        return "饱和"
    return "超饱和" if saturation <= 1.2 + 1e-10 else "严重超饱和"


def rounded(people: float) -> float:
    if people < 1e-9:
        return 0
    if people <= 1:
        return 1
    whole = int(people + 1e-9)
    if people > 5:
        half = people - whole
        return whole + (half > 0.5 or (half == 0.5 and whole % 2 == 1))
    return whole if people - whole <= whole / 10 + 1e-9 else whole + 1
