"""The wording of the sample county: its duties and tasks, read from the tables beside this file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.model.county import Duty, Task
from app.model.vocabulary import Burden, DutyList, Evidence, Form, Measuring, Word

W = TypeVar("W", bound=Word)

TABLES = Path(__file__).with_name("tables")

LISTS = {
    "core": (DutyList.CORE, "A"),
    "supporting": (DutyList.SUPPORTING, "B"),
    "reclaimed": (DutyList.RECLAIMED, "C"),
    "unlisted": (DutyList.UNLISTED, "D"),
}
"""Each list's table, its kind, and the letter its codes begin with."""

SPREAD = {
    Evidence.RECORDS: (0.9, 1.1),
    Evidence.SAMPLE: (0.8, 1.3),
    Evidence.ESTIMATE: (0.6, 1.6),
}
"""How far a unit time may be from the truth, below and above, by its evidence grade."""


@dataclass(frozen=True)
class Work:
    """A task, how much of it a unit has, and which posts carry it.

    A township's volume is `rate` × the unit's figure named `driver`; a blank driver is none.
    `carriers` are short names of posts with their shares, the lead first. In a county department
    the first of `department_posts` that it has carries `department_volume`.
    """

    task: Task
    duty_list: DutyList
    driver: str
    rate: float
    is_exact: bool
    carriers: tuple[tuple[str, float], ...]
    department_posts: tuple[str, ...]
    department_volume: float


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of one table by their Chinese headings."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_duties() -> tuple[list[Duty], list[Work]]:
    """Return every duty and its tasks in the order of the lists, with codes like A001 and A001-1.

    A row without a duty continues the duty above it; a row without a task has none.
    """
    duties: list[Duty] = []
    works: list[Work] = []
    for name, (duty_list, letter) in LISTS.items():
        number = place = 0
        for row in read_table(name):
            if row["职责"]:
                number, place = number + 1, 0
                duties.append(_duty(row, duty_list, f"{letter}{number:03d}"))
            if row["任务"]:
                place += 1
                works.append(_work(row, duties[-1], f"{duties[-1].duty_code}-{place}"))
    return duties, works


def hours_range(hours: float, evidence: Evidence | None) -> tuple[float | None, float | None]:
    """Return the lower and upper bound of a unit time; without evidence both are unknown."""
    if evidence is None:
        return None, None
    low, high = SPREAD[evidence]
    return plain_hours(hours * low), plain_hours(hours * high)


def plain_hours(hours: float) -> float:
    """Return hours as an official writes them: halves above ten, tenths above one, else cents."""
    if hours >= 10:
        return round(hours * 2) / 2
    return round(hours, 1 if hours >= 1 else 2)


def _duty(row: dict[str, str], duty_list: DutyList, duty_code: str) -> Duty:
    return Duty(
        duty_code=duty_code,
        name=row["职责"],
        list=duty_list,
        area=row["领域"],
        superior=row["上级部门"],
        superior_duty=row["上级部门职责"],
        own_duty=row["乡镇职责"],
        basis=row["依据"],
    )


def _work(row: dict[str, str], duty: Duty, task_code: str) -> Work:
    evidence = Evidence.read(row["数据等级"])
    hours = float(row["单件工时"])
    low, high = hours_range(hours, evidence)
    task = Task(
        task_code=task_code,
        duty_code=duty.duty_code,
        name=row["任务"],
        burden=_known(Burden, row["负担类型"]),
        method=_known(Measuring, row["核定方式"]),
        measure=row["计量单位"],
        hours_each=hours,
        people_each=float(row["参与人数"]),
        difficulty=float(row["难度系数"] or 1),
        is_field=row["外勤"] == "是",
        saving=float(row["节省比例"] or 0),
        form=_known(Form, row["形式"]),
        ordered_by=row["交办部门"],
        qualifications=tuple(filter(None, row["资质"].split("；"))),
        is_officer_only=row["须在编"] == "是",
        max_cut=float(row["可削减上限"]) if row["可削减上限"] else None,
        profile=row["季节"],
        evidence=evidence,
        hours_low=low,
        hours_high=high,
    )
    return Work(
        task=task,
        duty_list=duty.list,
        driver=row["测算依据"],
        rate=float(row["系数"] or 0),
        is_exact=row["固定"] == "是",
        carriers=_carriers(row["分工"]),
        department_posts=tuple(filter(None, row["县直岗位"].split("；"))),
        department_volume=float(row["县直业务量"] or 0),
    )


def _known(words: type[W], text: str) -> W:
    member = words.read(text)
    if member is None:
        raise ValueError(f"{text} is no {words.__name__}")
    return member


def _carriers(text: str) -> tuple[tuple[str, float], ...]:
    """Read “文秘;组织:0.2”: the first leads and takes what the others leave."""
    names, *rest = [part.partition(":") for part in text.split(";")] if text else [("", "", "")]
    shares = [(name, float(share)) for name, _colon, share in rest]
    lead = (names[0], round(1 - sum(share for _name, share in shares), 2))
    return (lead, *shares) if text else ()
