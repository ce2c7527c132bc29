"""A new duty while it is drafted: its tasks and the volumes of every unit, to be judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count

from app.advice.whatif.intake import NewDuty, free_code
from app.errors import UserError
from app.language import _
from app.model.county import County, Duty, Task, Volume
from app.model.vocabulary import Burden, DutyList, Measuring
from app.workbooks.standard.typed import typed


@dataclass
class DutyDraft:
    """What has been typed so far; nothing of it is in the plan."""

    duty: Duty
    tasks: list[Task]
    volumes: dict[tuple[str, str], Volume] = field(default_factory=dict)

    @classmethod
    def begun(cls, county: County) -> DutyDraft:
        """Return a draft of a supporting duty with one task, under codes that are free."""
        code = free_code(county)
        duty = Duty(code, "", DutyList.SUPPORTING)
        return cls(duty, [_task(code, f"{code}-1")])

    def keep_codes_free(self, county: County) -> None:
        """Give the draft other codes where the plan has taken its own meanwhile."""
        before = self.duty.duty_code
        if free_code(county, wanted=before) == before:
            return
        code = free_code(county)
        codes = {task.task_code: code + task.task_code.removeprefix(before) for task in self.tasks}
        self.duty = replace(self.duty, duty_code=code)
        self.tasks = [
            replace(task, task_code=codes[task.task_code], duty_code=code) for task in self.tasks
        ]
        self.volumes = {
            (unit_code, codes[task_code]): replace(row, task_code=codes[task_code])
            for (unit_code, task_code), row in self.volumes.items()
        }

    @property
    def missing(self) -> str:
        """Return what has to be stated next before units can be judged, '' where nothing has."""
        if not self.duty.name:
            return _("Name the duty.")
        for task in self.tasks:
            if not task.name:
                return _("Name its tasks.")
            if task.method is Measuring.VOLUME and task.hours_each is None:
                return _("State the time per piece of “{task}”.").format(task=task.name)
        if not any(row.volume > 0 for row in self.volumes.values()):
            return _("State how much of it the units would have in a year.")
        return ""

    @property
    def new_duty(self) -> NewDuty:
        """Return what is to be judged; units without a volume are left out."""
        codes = {task.task_code for task in self.tasks}
        volumes = (row for row in self.volumes.values() if row.volume > 0)
        return NewDuty(
            self.duty, tuple(self.tasks), tuple(row for row in volumes if row.task_code in codes)
        )

    def set_duty(self, name: str, text: str) -> None:
        """Type a field of the duty; a task without a name of its own takes the duty's."""
        before = self.duty.name
        self.duty = typed(self.duty, name, text)
        if name == "name" and len(self.tasks) == 1 and self.tasks[0].name in ("", before):
            self.tasks[0] = replace(self.tasks[0], name=self.duty.name)
        if name == "superior":
            self.tasks = [
                replace(task, ordered_by=task.ordered_by or self.duty.superior)
                for task in self.tasks
            ]

    def set_task(self, at: int, name: str, text: str) -> None:
        """Type a field of a task."""
        self.tasks[at] = typed(self.tasks[at], name, text)

    def add_task(self) -> int:
        """Add a task and return its place."""
        codes = {task.task_code for task in self.tasks}
        number = next(n for n in count(1) if f"{self.duty.duty_code}-{n}" not in codes)
        code = f"{self.duty.duty_code}-{number}"
        self.tasks.append(replace(_task(self.duty.duty_code, code), ordered_by=self.duty.superior))
        return len(self.tasks) - 1

    def remove_task(self, at: int) -> None:
        """Remove a task and its volumes.

        Raises:
            UserError: it is the only one.
        """
        if len(self.tasks) == 1:
            raise UserError(_("A duty needs at least one task."))
        code = self.tasks.pop(at).task_code
        self.volumes = {key: row for key, row in self.volumes.items() if key[1] != code}

    def set_volume(self, unit_code: str, task_code: str, name: str, text: str) -> None:
        """Type a unit's volume of a task, or its own time per piece; blank takes it off."""
        key = (unit_code, task_code)
        before = self.volumes.get(key, Volume(unit_code, task_code, 0.0))
        self.volumes[key] = typed(before, name, text if text.strip() or name != "volume" else "0")

    def fill(self, county: County, task_code: str, text: str) -> None:
        """Give every township the same volume of a task."""
        for unit in county.units.values():
            if unit.kind.is_township:
                self.set_volume(unit.unit_code, task_code, "volume", text)


def _task(duty_code: str, code: str) -> Task:
    return Task(code, duty_code, "", Burden.SUBSTANTIVE)
