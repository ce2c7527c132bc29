"""Differences: figures that a unit has verified as other, and what they change once decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.model.county import Assignment, Change, County, Key, Record, Volume
from app.model.vocabulary import Table
from app.workbooks.cells.remarks import CellPlace
from app.workbooks.survey.new_tasks import NewTask
from app.workbooks.survey.survey_sheets import new_record

_OF_TASKS = {Table.VOLUMES, Table.ASSIGNMENTS}
"""Tables whose rows name a unit and its task."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that a unit has verified as other than last time; None is a blank.

    `decided` is what the county takes, None while it has not decided.
    """

    unit_code: str
    table: Table
    key: Key
    field: str
    title: str
    subject: str
    last: float | None
    verified: float | None
    reason: str
    place: CellPlace
    decided: float | None = None
    new: NewTask | None = None
    """The task that comes with it where the county has not listed it."""

    @property
    def is_taken(self) -> bool:
        """Return whether the county takes the figure; nothing of a new task is no task."""
        return self.decided is not None and (self.new is None or self.decided > 0)


def changes_of(differences: Iterable[Difference], county: County) -> list[Change]:
    """Return the changes that the decided figures make; those not decided change nothing.

    An assignment whose share is decided as 0 goes; a unit time that is the task's own is no
    override any more; who shares in a new task that is not taken comes to nothing.
    """
    taken = [row for row in differences if row.is_taken]
    records = _new_tasks(taken, county)
    tasks = {key for table, key in records if table is Table.TASKS} | set(county.tasks)
    for row in taken:
        if row.table in _OF_TASKS and row.key[1:2] not in tasks:
            continue
        known = records.get((row.table, row.key)) or county.rows(row.table).get(row.key)
        record = known or new_record(row.table, row.key)
        records[row.table, row.key] = _with_figure(record, row, county)
    changes = []
    for (table, key), record in records.items():
        before = county.rows(table).get(key)
        has_gone = isinstance(record, Assignment) and record.share == 0
        after = None if has_gone else record
        if before != after:
            changes.append(Change(before=before, after=after))
    return changes


def _new_tasks(taken: Sequence[Difference], county: County) -> dict[tuple[Table, Key], Record]:
    """Return the tasks, and duties outside the list, that come with what is taken."""
    records: dict[tuple[Table, Key], Record] = {}
    for row in taken:
        if row.new is not None:
            for record in row.new.records(row.unit_code, row.key[1], county):
                records.setdefault((record.TABLE, record.key), record)
    return records


def _with_figure(record: Record, row: Difference, county: County) -> Record:
    if isinstance(record, Volume) and row.field == "hours_each":
        task = county.tasks[(record.task_code,)]
        is_tasks_own = row.decided == task.hours_each
        return replace(record, hours_each=None if is_tasks_own else row.decided)
    return replace(record, **{row.field: row.decided})
