"""Departments' lists of powers (部门权责清单): items become duties, their sub-items tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.language import _
from app.model.county import Duty, Task
from app.model.vocabulary import Burden, DutyList, Measuring, Table
from app.workbooks.foreign.mapped_rows import Foreign, whole
from app.workbooks.standard.entries import Entry

POWER_PREFIX = "QZ"
"""What codes begin with that the program gives to the powers of a department."""
_TEXTS = ("power", "basis", "superior")


@dataclass
class _Power:
    """One item while its rows are gathered: its first row, its texts, its sub-items."""

    row: int
    name: str
    code: str
    texts: dict[str, list[str]] = field(default_factory=dict)
    parts: list[tuple[int, str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    """All of its rows."""


def read_powers(foreign: Foreign) -> list[Entry]:
    """Return the duties of a department's list and the tasks that its sub-items are.

    A list of powers tells no hours: its tasks are of fixed hours, which stay to be said.
    """
    foreign.remarks.note(
        foreign.place(foreign.mapping.first, "name"),
        _("This is a department's list of powers; the rules for townships' lists leave it out."),
    )
    return [entry for power in _powers(foreign) for entry in _entries(foreign, power)]


def _powers(foreign: Foreign) -> list[_Power]:
    powers: list[_Power] = []
    for row in foreign.numbers():
        name = whole(foreign.text(row, "name"))
        part = whole(foreign.text(row, "task"))
        goes_on = bool(powers) and (not name or foreign.is_merged_on(row, "name"))
        if not goes_on and not name:
            foreign.remarks.error(
                foreign.place(row, "name"),
                _("This row has no name of a duty."),
                _("Fill it in, or leave the row out."),
            )
            continue
        if not goes_on:
            powers.append(_Power(row, name, foreign.text(row, "duty_code")))
        power = powers[-1]
        power.rows.append(row)
        if part:
            power.parts.append((row, part))
        for key in _TEXTS:
            text = foreign.text(row, key)
            if text and text not in power.texts.setdefault(key, []):
                power.texts[key].append(text)
    return powers


def _entries(foreign: Foreign, power: _Power) -> Iterator[Entry]:
    matching, scope = foreign.matching, DutyList.DEPARTMENT.value
    place = foreign.place(power.row, "name")
    found = power.code if matching.is_known(Table.DUTIES, power.code) else None
    code = found or matching.find(Table.DUTIES, power.name, place, scope=scope) or power.code
    code = code or matching.new_code(Table.DUTIES, POWER_PREFIX)
    matching.add(Table.DUTIES, code, power.name, scope=scope)
    texts = {name: "\n".join(parts) for name, parts in power.texts.items() if parts}
    duty = Duty(code, power.name, DutyList.DEPARTMENT, **texts)  # type: ignore[arg-type]
    known = foreign.places
    yield foreign.entry(
        duty,
        power.row,
        power.rows,
        **{name: known.get(name) for name in ("name", *_TEXTS)},
    )
    for row, part in power.parts:
        task = matching.find(Table.TASKS, part, foreign.place(row, "task"), scope=code)
        task = task or matching.new_code(Table.TASKS, f"{code}-", digits=1)
        matching.add(Table.TASKS, task, part, scope=code)
        record = Task(task, code, part, Burden.SUBSTANTIVE, method=Measuring.FIXED_HOURS)
        yield foreign.entry(record, row, task_code=known.get("task"), name=known.get("task"))
