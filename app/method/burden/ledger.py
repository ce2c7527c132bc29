"""The burden ledger: hours and people by kind, form, ordering department, unit and task."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from types import MappingProxyType
from typing import TypeVar

from app.language import _
from app.model.county import County, Task
from app.model.figures import Figures
from app.model.vocabulary import Burden, Form, Measuring

_K = TypeVar("_K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Effort:
    """What some tasks take in a year; efforts add up, so every level is the sum of its parts.

    `workload_hours` = Σ assigned × CAF and `people` = Σ assigned × CAF ÷ AWT_eff over the posts
    that carry the tasks: exactly the required headcount that falls away with them (method §4).
    Hours that nobody carries keep nobody busy; they are in `hours` alone.
    """

    hours: float = 0.0
    assigned_hours: float = 0.0
    workload_hours: float = 0.0
    people: float = 0.0
    pieces: float = 0.0
    """Volume of the counted tasks (件数); fixed hours (专项) have no pieces."""
    tasks: int = 0
    """How many tasks of single units these are."""
    surplus_hours: float = 0.0
    """Hours that are assigned beyond what there is (分配超额)."""

    @property
    def unassigned_hours(self) -> float:
        """Return the hours that no post carries; those shared out too often hide none of them."""
        return self.hours - self.assigned_hours + self.surplus_hours

    @property
    def caf(self) -> float:
        """Return the posts' CAF, weighted by assigned hours; 1 where nothing is assigned."""
        return self.workload_hours / self.assigned_hours if self.assigned_hours > 0 else 1.0

    @property
    def awt_hours(self) -> float | None:
        """Return the AWT that makes assigned × CAF ÷ AWT = people; None where nobody is busy."""
        return self.workload_hours / self.people if self.people > 0 else None

    def scaled(self, factor: float) -> Effort:
        """Return the effort of this share of the same tasks."""
        return Effort(
            self.hours * factor,
            self.assigned_hours * factor,
            self.workload_hours * factor,
            self.people * factor,
            self.pieces * factor,
            self.tasks,
            self.surplus_hours * factor,
        )


_NUMBERS = attrgetter(*(item.name for item in fields(Effort)))


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the ledger: one task of one unit."""

    unit_code: str
    task: Task
    effort: Effort


@dataclass(frozen=True)
class BurdenLedger:
    """What every task of every unit takes, and the sums that show what kind of work it is."""

    entries: tuple[LedgerEntry, ...]
    total: Effort
    by_burden: Mapping[Burden, Effort]
    by_form: Mapping[Form | None, Effort]
    """By form; None for tasks that state none."""
    by_department: Mapping[str, Effort]
    """By ordering department, most hours first; '' for tasks that state none."""
    by_unit: Mapping[str, Effort]
    by_unit_and_burden: Mapping[tuple[str, Burden], Effort]
    by_task: Mapping[str, Effort]
    """By task over all units, most hours first."""


def burden_ledger(
    county: County, figures: Figures, *, unit_code: str | None = None
) -> BurdenLedger:
    """Return the burden ledger of a county or of one unit (method §6), hours a year.

    It covers the hours of tasks; working time that belongs to no single task (sheet 占用) has no
    kind of burden and is not in it.
    """
    entries = tuple(
        entry for entry in _entries(county, figures) if unit_code in {None, entry.unit_code}
    )
    by_burden = grouped(entries, lambda entry: entry.task.burden)
    by_form = grouped(entries, lambda entry: entry.task.form)
    return BurdenLedger(
        entries=entries,
        total=together(entry.effort for entry in entries),
        by_burden={burden: by_burden[burden] for burden in Burden if burden in by_burden},
        by_form={form: by_form[form] for form in (*Form, None) if form in by_form},
        by_department=_most_first(grouped(entries, lambda entry: entry.task.ordered_by)),
        by_unit=grouped(entries, lambda entry: entry.unit_code),
        by_unit_and_burden=grouped(entries, lambda entry: (entry.unit_code, entry.task.burden)),
        by_task=_most_first(grouped(entries, lambda entry: entry.task.task_code)),
    )


def grouped(
    entries: Iterable[LedgerEntry], code_of: Callable[[LedgerEntry], _K]
) -> Mapping[_K, Effort]:
    """Return the effort of the entries that share a code, in the order the codes first occur."""
    groups: dict[_K, list[Effort]] = {}
    for entry in entries:
        groups.setdefault(code_of(entry), []).append(entry.effort)
    return MappingProxyType({code: together(efforts) for code, efforts in groups.items()})


def together(efforts: Iterable[Effort]) -> Effort:
    """Return the sum of efforts."""
    rows = tuple(map(_NUMBERS, efforts))
    return Effort(*map(sum, zip(*rows, strict=True))) if rows else Effort()


@dataclass(frozen=True, slots=True)
class TopItems:
    """The tasks that take most hours, and what they take together."""

    items: tuple[tuple[Task, Effort], ...]
    together: Effort


def top_items(
    ledger: BurdenLedger,
    *,
    number: int = 10,
    burdens: Collection[Burden] = (Burden.FORMALISTIC,),
) -> TopItems:
    """Return the tasks of these kinds that take most hours over all units of the ledger.

    Cutting them frees `together.people` people: hours × CAF ÷ AWT. Substantive work is never cut,
    so ask for it only to show it.
    """
    tasks = {entry.task.task_code: entry.task for entry in ledger.entries}
    items = tuple(
        (tasks[code], effort)
        for code, effort in ledger.by_task.items()
        if tasks[code].burden in burdens
    )[:number]
    return TopItems(items=items, together=together(effort for _task, effort in items))


def arithmetic(effort: Effort) -> str:
    """Return how the people of an effort come about, in figures one can check."""
    if effort.awt_hours is None:
        return _("No post carries these hours, so no people are busy with them.")
    return _("{hours:,.0f} h × {caf:.4f} (CAF) ÷ {awt:,.1f} h (AWT) = {people:,.2f} people").format(
        hours=effort.assigned_hours,
        caf=effort.caf,
        awt=effort.awt_hours,
        people=effort.people,
    )


def _entries(county: County, figures: Figures) -> Iterable[LedgerEntry]:
    carried = _carried(figures)
    nothing = (0.0, 0.0, 0.0)
    for key, row in figures.tasks.items():
        task = county.tasks[(row.task_code,)]
        assigned, workload, people = carried.get(key, nothing)
        is_counted = task.method is Measuring.VOLUME
        pieces = county.volumes[key].volume if is_counted else 0.0
        effort = Effort(row.hours, assigned, workload, people, pieces, 1, row.surplus_hours)
        yield LedgerEntry(row.unit_code, task, effort)


def _carried(figures: Figures) -> Mapping[tuple[str, str], tuple[float, float, float]]:
    """Return assigned hours, workload and people of every unit's task, over the posts on it."""
    factors = {code: (post.caf, post.caf / post.awt_hours) for code, post in figures.posts.items()}
    sums: dict[tuple[str, str], tuple[float, float, float]] = {}
    for (unit_code, task_code, post_code), hours in figures.hours.items():
        caf, people_per_hour = factors[post_code]
        before = sums.get((unit_code, task_code), (0.0, 0.0, 0.0))
        sums[unit_code, task_code] = (
            before[0] + hours,
            before[1] + hours * caf,
            before[2] + hours * people_per_hour,
        )
    return sums


def _most_first(efforts: Mapping[str, Effort]) -> Mapping[str, Effort]:
    order = sorted(efforts, key=lambda code: (-efforts[code].hours, code))
    return MappingProxyType({code: efforts[code] for code in order})
