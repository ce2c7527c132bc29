"""Duty rows: the lists of duties, their areas, duties and tasks, with what each adds up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from app.language import _, word
from app.model.county import County, Duty, Task
from app.model.figures import Figures
from app.model.findings import Finding
from app.model.vocabulary import Burden, DutyList, Form, Table
from ui.tables.tree import Node

_LEAST_HOURS = 1e-9


class TreeLevel(Enum):
    """What a row of the tree is."""

    LIST = "list"
    AREA = "area"
    DUTY = "duty"
    TASK = "task"


class Choice(Enum):
    """Which tasks are asked for, besides those of a kind of burden or a form."""

    WITH_FINDINGS = "with findings"
    CARRIED_BY_NOBODY = "carried by nobody"


WorkKind = Burden | Form | Choice | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; '' and None mean all."""

    unit_code: str = ""
    text: str = ""
    kind: WorkKind = None
    codes: frozenset[str] | None = None
    """Only these tasks."""

    @property
    def is_all(self) -> bool:
        """Return whether every row of the unit is asked for."""
        return not self.text and self.kind is None and self.codes is None


@dataclass(frozen=True)
class DutyRow:
    """One row: what it is and what it takes, in one unit or in all; hours a year."""

    level: TreeLevel
    key: tuple[str, ...]
    name: str
    duty: Duty | None = None
    task: Task | None = None
    tasks: int = 0
    hours: float = 0.0
    assigned_hours: float = 0.0
    open_hours: float = 0.0
    units: int = 0
    posts: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = field(default=(), repr=False)

    @property
    def unassigned_hours(self) -> float:
        """Return the hours that no post carries; those shared out too often hide none of them."""
        return self.open_hours if self.open_hours > _LEAST_HOURS else 0.0


@dataclass(frozen=True)
class _Known:
    """What figures and findings say of every task, in one unit or in all."""

    hours: Mapping[str, tuple[float, float, float, int]]
    """Hours, those assigned, those nobody carries, and in how many units."""
    posts: Mapping[str, frozenset[str]]
    of_tasks: Mapping[str, tuple[Finding, ...]]
    of_duties: Mapping[str, tuple[Finding, ...]]


def duty_tree(
    county: County, figures: Figures, findings: Iterable[Finding], wanted: Wanted
) -> list[Node[DutyRow]]:
    """Return list → area → duty → task; a row that fits keeps all under it."""
    known = _known(county, figures, findings, wanted.unit_code)
    of_duty: dict[str, list[Task]] = {}
    for task in county.tasks.values():
        of_duty.setdefault(task.duty_code, []).append(task)
    lists: dict[DutyList, dict[str, list[Node[DutyRow]]]] = {kind: {} for kind in DutyList}
    for duty in county.duties.values():
        node = _duty_node(duty, of_duty.get(duty.duty_code, []), known, wanted)
        if node is not None:
            lists[duty.list].setdefault(duty.area, []).append(node)
    return [_list_node(kind, areas) for kind, areas in lists.items() if areas]


def _list_node(kind: DutyList, areas: Mapping[str, list[Node[DutyRow]]]) -> Node[DutyRow]:
    nodes = [
        _group(TreeLevel.AREA, (kind.value, area), area or _("Without an area"), duties)
        for area, duties in areas.items()
    ]
    return _group(TreeLevel.LIST, (kind.value,), list_name(kind), nodes)


def list_name(kind: DutyList) -> str:
    """Return what a list of duties is called."""
    return {
        DutyList.CORE: _("Core duties"),
        DutyList.SUPPORTING: _("Supporting duties"),
        DutyList.RECLAIMED: _("Reclaimed duties"),
        DutyList.UNLISTED: _("Outside the lists"),
        DutyList.DEPARTMENT: _("Powers of a department"),
    }[kind]


def _group(
    level: TreeLevel, key: tuple[str, ...], name: str, children: list[Node[DutyRow]]
) -> Node[DutyRow]:
    row = _summed(DutyRow(level, key, name), [child.item for child in children])
    return Node(row, children, is_heading=True)


def above(row: DutyRow) -> frozenset[tuple[str, ...]]:
    """Return the keys of the rows that hold a row, so that none is counted twice."""
    if row.level is TreeLevel.AREA:
        return frozenset({row.key[:1]})
    if row.duty is None:
        return frozenset()
    area = (row.duty.list.value, row.duty.area)
    held = {area, area[:1]}
    return frozenset(held if row.task is None else {*held, ("duty", row.duty.duty_code)})


def _summed(row: DutyRow, parts: list[DutyRow]) -> DutyRow:
    return replace(
        row,
        tasks=sum(part.tasks for part in parts),
        hours=sum(part.hours for part in parts),
        assigned_hours=sum(part.assigned_hours for part in parts),
        open_hours=sum(part.open_hours for part in parts),
        posts=frozenset().union(*(part.posts for part in parts)),
        findings=(*row.findings, *(one for part in parts for one in part.findings)),
    )


def _duty_node(
    duty: Duty, tasks: list[Task], known: _Known, wanted: Wanted
) -> Node[DutyRow] | None:
    text = wanted.text.strip().casefold()
    is_named = text in _words_of_duty(duty)
    rows = [
        _task_row(duty, task, known)
        for task in tasks
        if (not wanted.unit_code or task.task_code in known.hours)
        and (is_named or text in _words_of_task(task))
    ]
    rows = [row for row in rows if _is_wanted(row, wanted)]
    own = DutyRow(
        TreeLevel.DUTY,
        ("duty", duty.duty_code),
        duty.name,
        duty=duty,
        findings=known.of_duties.get(duty.duty_code, ()),
    )
    is_alone = not tasks and is_named and not wanted.unit_code and wanted.codes is None
    fits = wanted.kind is None or (wanted.kind is Choice.WITH_FINDINGS and bool(own.findings))
    if not rows and not (is_alone and fits):
        return None
    return Node(_summed(own, rows), [Node(row) for row in rows])


def _task_row(duty: Duty, task: Task, known: _Known) -> DutyRow:
    hours, assigned, left, units = known.hours.get(task.task_code, (0.0, 0.0, 0.0, 0))
    return DutyRow(
        TreeLevel.TASK,
        ("task", task.task_code),
        task.name,
        duty=duty,
        task=task,
        tasks=1,
        hours=hours,
        assigned_hours=assigned,
        open_hours=left,
        units=units,
        posts=known.posts.get(task.task_code, frozenset()),
        findings=known.of_tasks.get(task.task_code, ()),
    )


def _is_wanted(row: DutyRow, wanted: Wanted) -> bool:
    assert row.task is not None
    if wanted.codes is not None and row.task.task_code not in wanted.codes:
        return False
    if wanted.kind is Choice.WITH_FINDINGS:
        return bool(row.findings)
    if wanted.kind is Choice.CARRIED_BY_NOBODY:
        return row.hours > _LEAST_HOURS and not row.posts
    return wanted.kind is None or wanted.kind in (row.task.burden, row.task.form)


def _words_of_duty(duty: Duty) -> str:
    parts = (duty.name, duty.duty_code, duty.area, duty.superior)
    return "\n".join(parts).casefold()


def _words_of_task(task: Task) -> str:
    form = word(task.form) if task.form is not None else ""
    parts = (task.name, task.task_code, task.ordered_by, word(task.burden), form)
    return "\n".join(parts).casefold()


def _known(county: County, figures: Figures, findings: Iterable[Finding], unit_code: str) -> _Known:
    hours: dict[str, tuple[float, float, float, int]] = {}
    for (unit, code), row in figures.tasks.items():
        if unit_code in ("", unit):
            whole, assigned, left, units = hours.get(code, (0.0, 0.0, 0.0, 0))
            hours[code] = (
                whole + row.hours,
                assigned + row.assigned_hours,
                left + row.unassigned_hours,
                units + 1,
            )
    posts: dict[str, set[str]] = {}
    for (unit, code, post_code), number in figures.hours.items():
        if unit_code in ("", unit) and number > 0:
            posts.setdefault(code, set()).add(post_code)
    of_tasks: dict[str, tuple[Finding, ...]] = {}
    of_duties: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        if finding.place is None or finding.unit_code not in ("", unit_code or finding.unit_code):
            continue
        place = finding.place
        if place.table is Table.DUTIES:
            found, code = of_duties, place.key[0]
        elif place.table is Table.TASKS:
            found, code = of_tasks, place.key[0]
        elif place.table in (Table.VOLUMES, Table.ASSIGNMENTS):
            found, code = of_tasks, place.key[1]
        else:
            continue
        found[code] = (*found.get(code, ()), finding)
    carriers = {code: frozenset(codes) for code, codes in posts.items()}
    return _Known(hours, carriers, of_tasks, of_duties)


def counted(rows: Iterable[DutyRow]) -> Counter[TreeLevel]:
    """Return how many rows of every level there are."""
    return Counter(row.level for row in rows)
