"""New tasks: what a unit does that the county has not listed, as its survey reports it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.model.county import County, Duty, Record, Task
from app.model.vocabulary import Burden, DutyList, Evidence
from app.workbooks.standard.headings import plain

_LONGEST = 40
"""Characters of a name that become a code."""


class UnitTasks:
    """The tasks that a unit may speak of: those it has, and those that its survey adds."""

    def __init__(self, county: County, unit_code: str) -> None:
        rows = (*county.volumes, *county.assignments)
        self.county, self.unit_code = county, unit_code
        self.known = frozenset(key[1] for key in rows if key[0] == unit_code)
        self._added: dict[str, str] = {}

    def __contains__(self, task_code: str) -> bool:
        """Tell whether the unit may speak of a task."""
        return task_code in self.known or task_code in self._added.values()

    def code_of(self, text: str) -> str:
        """Return the code of the task that a text means: its code, or what the unit calls it."""
        if text in self.known:
            return text
        own = own_code(self.unit_code, text)
        return own if own in self.known else self._added.get(plain(text), text)

    def add(self, task_code: str, *names: str) -> None:
        """Take up a task that the unit adds, and what it calls it."""
        self._added |= dict.fromkeys(map(plain, filter(None, names)), task_code)

    def has_name(self, name: str) -> bool:
        """Tell whether one of the tasks the unit has is called so."""
        tasks = self.county.tasks
        return any(plain(tasks[(code,)].name) == plain(name) for code in self.known)


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task that only the unit knows: its name, what is counted, its duty, and hours a piece."""

    name: str
    measure: str
    duty_name: str
    hours_each: float

    def records(self, unit_code: str, task_code: str, county: County) -> Iterator[Record]:
        """Yield the task, and before it a duty outside the list where no duty has that name.

        Nobody has said yet what kind of burden it is: it counts as substantive, which no plan
        cuts, and its unit time as an estimate.
        """
        name = self.duty_name or self.name
        new = Duty(own_code(unit_code, name), name, DutyList.UNLISTED)
        known = _duty_called(name, county) or county.duties.get(new.key)
        if known is None:
            yield new
        yield Task(
            task_code,
            (known or new).duty_code,
            self.name,
            Burden.SUBSTANTIVE,
            measure=self.measure,
            hours_each=self.hours_each,
            evidence=Evidence.ESTIMATE,
        )

    def lines(self) -> str:
        """Return it as a text of four lines, to be read back by `from_lines`."""
        return "\n".join((self.name, self.measure, self.duty_name, repr(self.hours_each)))

    @classmethod
    def from_lines(cls, text: str) -> NewTask | None:
        """Return what `lines` wrote, None where a text is nothing of the kind."""
        try:
            name, measure, duty_name, hours = text.split("\n")
            return cls(name, measure, duty_name, float(hours))
        except ValueError:
            return None


def own_code(unit_code: str, text: str) -> str:
    """Return the code of what a unit adds by a code or name of its own; no two units' are alike."""
    start = f"{unit_code}-"
    return text if text.startswith(start) else start + text[:_LONGEST]


def task_called(name: str, county: County) -> Task | None:
    """Return the only task of the county that has a name, None where none or several have it."""
    found = [task for task in county.tasks.values() if plain(task.name) == plain(name)]
    return found[0] if len(found) == 1 else None


def _duty_called(name: str, county: County) -> Duty | None:
    duties = county.duties.values()
    return next(
        (duty for duty in duties if plain(name) in map(plain, (duty.duty_code, duty.name))), None
    )
