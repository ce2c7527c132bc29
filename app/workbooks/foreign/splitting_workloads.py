"""Sharing: rows of workload tables become posts, duties, tasks, volumes and who does which part."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.language import _
from app.model.county import Assignment, Duty, Post, Record, Staffing, Task, Volume
from app.model.vocabulary import Burden, DutyList, Evidence, Measuring, Role, Table
from app.workbooks.foreign.mapped_rows import said
from app.workbooks.foreign.matching import Matching, post_scope
from app.workbooks.foreign.workload_tables import WorkloadLine
from app.workbooks.standard.entries import Entry

DUTY_PREFIX = "QW"
"""What the codes of duties begin with that stand on no list (清单外)."""
MEASURE = "次"


@dataclass(frozen=True, slots=True)
class _Work:
    """A row of a workload table with the codes of what it names."""

    line: WorkloadLine
    post_code: str
    task: Task


def shared(lines: Iterable[WorkloadLine], matching: Matching) -> list[Entry]:
    """Return the records that the rows of all workload tables of an import make.

    A task that several posts of a unit do has the sum of their hours; each post carries its share,
    and the one with most hours leads.
    """
    entries: dict[tuple[Table, tuple[str, ...]], Entry] = {}
    groups: dict[tuple[str, str], list[_Work]] = defaultdict(list)
    made: dict[str, Task] = {}

    def emit(entry: Entry) -> None:
        table, key = entry.record.TABLE, entry.record.key
        if matching.county.rows(table).get(key) is not entry.record:
            entries.setdefault((table, key), entry)

    def keep(entry: Entry) -> None:
        entries.setdefault((entry.record.TABLE, entry.record.key), entry)

    for line in lines:
        if (line.unit.unit_code,) not in matching.county.units:
            emit(_entry(line, line.unit, unit_code="unit", name="unit"))
        post = _post(line, matching)
        entry = _entry(line, post, post_code="post", title="post", office="office")
        people = _people(line, post, matching)
        if people:
            keep(replace(entry, staffing=people))
        else:
            emit(entry)
        duty = _duty(line, matching)
        emit(_entry(line, duty, duty_code="duty", name="duty"))
        task = _task(line, duty.duty_code, matching, made)
        emit(_entry(line, task, task_code="task", name="task", hours_each="each"))
        groups[line.unit.unit_code, task.task_code].append(_Work(line, post.post_code, task))
    for key, works in groups.items():
        for entry in _volume_and_shares(key, works, matching):
            keep(entry)
    return list(entries.values())


def _entry(line: WorkloadLine, record: Record, **names: str) -> Entry:
    known = line.foreign.places
    return line.foreign.entry(
        record, line.row, **{field: known.get(name) for field, name in names.items()}
    )


def _post(line: WorkloadLine, matching: Matching) -> Post:
    unit_code = line.unit.unit_code
    scope = post_scope(unit_code, line.office)
    place = line.foreign.place(line.row, "post")
    code = matching.find(Table.POSTS, line.post, place, scope=scope)
    known = matching.county.posts.get((code or "",))
    if known is not None:
        return known
    if code is None:
        code = matching.new_code(Table.POSTS, f"{unit_code}-", digits=2)
        matching.add(Table.POSTS, code, line.post, scope=scope)
    return Post(code, unit_code, line.post, office=line.office)


_OUTSIDE, _PUBLIC, _OFFICERS = "编外", "事业", "行政"
_INSTITUTION = re.compile(r"(中心|站|所|队|馆|院|校)$")
"""How offices are called whose people are 事业, where the ledger does not say."""


def _people(line: WorkloadLine, post: Post, matching: Matching) -> tuple[Staffing, ...]:
    """Return the people on a post: those outside the establishment apart, the rest by the office.

    The staff category is the one most of the office's people have in the ledger that was read
    before, else what offices of its name usually have.
    """
    if line.on_duty is None:
        return ()
    category = matching.category_of(post.unit_code, post.office)
    if not category:
        category = _PUBLIC if _INSTITUTION.search(post.office) else _OFFICERS
        matching.remarks.note(
            line.foreign.place(line.row, "on_duty"),
            _("The people of {office} were taken for {category}, by its name.").format(
                office=post.office or post.title, category=category
            ),
            _("Read the establishment ledger with this table, or correct it on page Posts."),
        )
    outside = min(line.outside or 0.0, line.on_duty)
    counted = {category: line.on_duty - outside, _OUTSIDE: outside}
    return tuple(
        Staffing(post.post_code, name, number) for name, number in counted.items() if number
    )


def _duty(line: WorkloadLine, matching: Matching) -> Duty:
    place = line.foreign.place(line.row, "duty" if "duty" in line.foreign.places else "task")
    code = matching.find(Table.DUTIES, line.duty, place)
    told = code or matching.duty_told_by(line.task)
    known = matching.county.duties.get((told,))
    if known is not None:
        if not code:
            matching.remarks.note_once(
                place,
                _("“{task}” was put under the duty “{duty}” ({code}), by its name.").format(
                    task=said(line.task), duty=said(known.name), code=told
                ),
            )
        return known
    if code is None:
        code = matching.new_code(Table.DUTIES, DUTY_PREFIX)
        matching.add(Table.DUTIES, code, line.duty)
    return Duty(code, line.duty, DutyList.UNLISTED)


def _task(line: WorkloadLine, duty_code: str, matching: Matching, made: dict[str, Task]) -> Task:
    place = line.foreign.place(line.row, "task")
    code = matching.find(Table.TASKS, line.task, place, scope=duty_code)
    known = matching.county.tasks.get((code or "",)) or made.get(code or "")
    if known is not None:
        return known
    if not made:
        matching.remarks.note(
            place, _("New tasks are read as substantive where 性质 names no other burden.")
        )
    code = code or matching.new_code(Table.TASKS, f"{duty_code}-", digits=1)
    matching.add(Table.TASKS, code, line.task, scope=duty_code)
    is_counted = line.count is not None
    made[code] = Task(
        code,
        duty_code,
        line.task,
        Burden.read(line.nature) or Burden.SUBSTANTIVE,
        method=Measuring.VOLUME if is_counted else Measuring.FIXED_HOURS,
        measure=MEASURE if is_counted else "",
        hours_each=line.hours_each if is_counted else None,
        people_each=line.people if is_counted else 1.0,
        evidence=Evidence.ESTIMATE,
    )
    return made[code]


def _volume_and_shares(
    key: tuple[str, str], works: Sequence[_Work], matching: Matching
) -> Iterator[Entry]:
    task, first = works[0].task, works[0].line
    total = math.fsum(work.line.hours for work in works)
    volume = _volume(key, task, works, total)
    known = matching.county.volumes.get(key)
    if known is not None and _is_close(known, volume):
        volume = known
    rows = [work.line.row for work in works if work.line.foreign is first.foreign]
    entry = _entry(first, volume, unit_code="unit", task_code="task", volume="count")
    yield replace(entry, more_rows=tuple(row for row in rows if row != first.row))
    by_post: dict[str, list[WorkloadLine]] = defaultdict(list)
    for work in works:
        by_post[work.post_code].append(work.line)
    hours = {code: math.fsum(line.hours for line in lines) for code, lines in by_post.items()}
    leader = max(hours, key=lambda code: hours[code])
    for post_code, lines in by_post.items():
        share = hours[post_code] / total if total else 1 / len(by_post)
        before = matching.county.assignments.get((*key, post_code))
        if before is not None:
            is_same = math.isclose(before.share, share, rel_tol=1e-9)
            record = before if is_same else replace(before, share=share)
        else:
            role = Role.LEAD if post_code == leader else Role.ASSIST
            record = Assignment(*key, post_code, share, role)
        yield _entry(lines[0], record, unit_code="unit", task_code="task", post_code="post")


def _volume(key: tuple[str, str], task: Task, works: Sequence[_Work], total: float) -> Volume:
    """Return the volume whose hours are those of the rows; the time each differs where it must."""
    if task.method is Measuring.FIXED_HOURS:
        return Volume(*key, total)
    count = math.fsum(1.0 if work.line.count is None else work.line.count for work in works)
    each = total / (count * task.people_each) if count * task.people_each > 0 else None
    is_same = each is None or (
        task.hours_each is not None and math.isclose(each, task.hours_each, rel_tol=1e-9)
    )
    return Volume(*key, count, None if is_same else each)


def _is_close(one: Volume, other: Volume) -> bool:
    if not math.isclose(one.volume, other.volume, rel_tol=1e-9):
        return False
    if one.hours_each is None or other.hours_each is None:
        return one.hours_each is other.hours_each
    return math.isclose(one.hours_each, other.hours_each, rel_tol=1e-9)
