"""Rules between rows: one function per rule, each remark with its cell, its words and a remedy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.language import _
from app.model.county import Allowance, Assignment, County, Post, Record, Task, WorkingTime
from app.model.settings import BadSetting, read_policy
from app.model.vocabulary import AllowanceKind, Per, Table
from app.numbers import quoted
from app.workbooks.cells.cell import folded, suggestion
from app.workbooks.cells.column import Column
from app.workbooks.cells.places import RowPlace
from app.workbooks.cells.remarks import Remarks
from app.workbooks.standard.entries import Entry, setting_complaint
from app.workbooks.standard.sheets import BY_TABLE

Entries = Mapping[Table, Sequence[Entry]]

_SLACK = 1e-6
"""Shares that were rounded when typed may exceed 1 by this much together."""
_CODED = (Table.UNITS, Table.POSTS, Table.DUTIES, Table.TASKS)
_MOST_SUGGESTIONS = 20
"""Near matches looked for in one column; each takes a moment in a plan with thousands of codes."""


@dataclass(frozen=True, slots=True)
class Batch:
    """All rows of one import, the county as it would be with them, and where to remark."""

    entries: Entries
    county: County
    remarks: Remarks

    def of(self, table: Table) -> Sequence[Entry]:
        """Return the rows of one table."""
        return self.entries.get(table, ())


def without_duplicates(entries: Iterable[Entry], remarks: Remarks) -> list[Entry]:
    """Return the rows without a second one of any key, and remark on those.

    The very same row on another sheet is no mistake: surveys and lists of several townships repeat
    what everybody has in common.
    """
    first: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        known = first.setdefault(entry.record.key, entry)
        is_elsewhere = (known.grid.file, known.grid.sheet) != (entry.grid.file, entry.grid.sheet)
        if known is entry:
            continue
        if is_elsewhere and _is_same(known, entry):
            remarks.repeated.add(RowPlace(entry.grid.file, entry.grid.sheet, entry.row))
            continue
        remarks.error(
            entry.place(),
            _("“{key}” already stands in {file}, sheet {sheet}, cell {cell}.").format(
                key=quoted(" · ".join(part for part in entry.record.key if part)),
                file=known.grid.file,
                sheet=known.grid.sheet,
                cell=known.place().cell,
            ),
            _("Delete one of the two rows, or give one another code."),
        )
    return list(first.values())


def check(batch: Batch) -> None:
    """Remark on everything that is wrong between rows, rule by rule."""
    for rule in RULES:
        rule(batch)


def unknown_codes(batch: Batch) -> None:
    """A code must stand on the sheet it refers to, or be in the plan already."""
    for table, entries in batch.entries.items():
        for column in BY_TABLE[table].columns:
            if column.refers_to is not None:
                _check_references(batch, entries, column, target=column.refers_to)


def codes_that_look_alike(batch: Batch) -> None:
    """Two codes that differ only in width, spaces or letter case are probably meant as one."""
    for table in _CODED:
        first: dict[str, str] = {}
        for (code,) in batch.county.rows(table):
            first.setdefault(folded(code), code)
        for entry in batch.of(table):
            code, known = entry.record.key[0], first[folded(entry.record.key[0])]
            if code != known:
                batch.remarks.warning(
                    entry.place(),
                    _("“{code}” and “{known}” differ only in width, spaces or letter case.").format(
                        code=quoted(code), known=quoted(known)
                    ),
                    _("If they are the same, write both alike."),
                )


def posts_of_other_units(batch: Batch) -> None:
    """A unit's task is carried by posts of that unit."""
    posts = batch.county.posts
    for entry in batch.of(Table.ASSIGNMENTS):
        record = entry.record
        assert isinstance(record, Assignment)
        post = posts.get((record.post_code,))
        if post is not None and post.unit_code != record.unit_code:
            batch.remarks.error(
                entry.place("post_code"),
                _("Post {post} belongs to unit {unit}, not to {other}.").format(
                    post=record.post_code, unit=post.unit_code, other=record.unit_code
                ),
                _("Name a post of unit {other}, or change the unit.").format(
                    other=record.unit_code
                ),
            )


def shares_beyond_everything(batch: Batch) -> None:
    """The shares of a unit's task add up to 1 at most; more is asked about, not refused."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    last: dict[tuple[str, str], Entry] = {}
    for entry in batch.of(Table.ASSIGNMENTS):
        record = entry.record
        assert isinstance(record, Assignment)
        sums[record.unit_code, record.task_code] += record.share
        last[record.unit_code, record.task_code] = entry
    for (unit_code, task_code), total in sums.items():
        if total > 1 + _SLACK:
            batch.remarks.warning(
                last[unit_code, task_code].place("share"),
                _("The shares of task {task} in unit {unit} add up to {total:.1%}.").format(
                    task=task_code, unit=unit_code, total=total
                ),
                _("Lower them until they add up to 100 % at most."),
            )


def assignments_without_volume(batch: Batch) -> None:
    """An assigned task needs a volume in that unit, or it carries no hours."""
    county = batch.county
    volumes = county.volumes
    for entry in batch.of(Table.ASSIGNMENTS):
        record = entry.record
        assert isinstance(record, Assignment)
        key = (record.unit_code, record.task_code)
        if key not in volumes and key[:1] in county.units and key[1:] in county.tasks:
            batch.remarks.warning(
                entry.place("task_code"),
                _("Task {task} has no volume in unit {unit}, so it carries no hours.").format(
                    task=record.task_code, unit=record.unit_code
                ),
                _("Add the volume on sheet 任务量, or delete this row."),
            )


def limits_the_wrong_way_round(batch: Batch) -> None:
    """A lower limit is not above its upper limit."""
    for entry in (*batch.of(Table.POSTS), *batch.of(Table.TASKS)):
        record = entry.record
        assert isinstance(record, Post | Task)
        if isinstance(record, Post):
            low, high, name = record.min_people, record.max_people, "max_people"
        else:
            low, high, name = record.hours_low, record.hours_high, "hours_high"
        if low is not None and high is not None and low > high:
            batch.remarks.error(
                entry.place(name),
                _("The upper limit {high:g} is below the lower limit {low:g}.").format(
                    high=high, low=low
                ),
                _("Exchange the two, or correct one of them."),
            )


def years_without_work(batch: Batch) -> None:
    """A working year has days left when leave, sickness and training are taken off."""
    for entry in batch.of(Table.WORKING_TIME):
        record = entry.record
        assert isinstance(record, WorkingTime)
        taken = record.leave + record.sick + record.training + record.other
        if taken >= record.working_days:
            batch.remarks.error(
                entry.place("working_days"),
                _("Of {days:g} working days {taken:g} are taken off, so none are left.").format(
                    days=record.working_days, taken=taken
                ),
                _("Raise 年工作日, or lower 年休假, 病假, 培训 and 其他."),
            )


def allowances_that_fit_nobody(batch: Batch) -> None:
    """An individual allowance is an amount, a category's stays below all of its time."""
    scopes = _known_scopes(batch.county)
    for entry in batch.of(Table.ALLOWANCES):
        record = entry.record
        assert isinstance(record, Allowance)
        if record.per is Per.SHARE and record.kind is AllowanceKind.INDIVIDUAL:
            batch.remarks.error(
                entry.place("per"),
                _("An allowance for single posts (个别) cannot be a share (占比)."),
                _("State it in hours, such as 小时/周, or make it 全员."),
            )
        elif record.per is Per.SHARE and record.value >= 1:
            batch.remarks.error(
                entry.place("value"),
                _("This allowance takes {value:.0%} of the working time.").format(
                    value=record.value
                ),
                _("Write 0.1 or 10% for one tenth."),
            )
        if record.scope and record.scope not in scopes:
            batch.remarks.warning(
                entry.place("scope"),
                _("“{scope}” is no staff category, unit, office or post of the plan.").format(
                    scope=quoted(record.scope)
                ),
                suggestion(
                    record.scope, scopes, otherwise=_("Leave it blank where it is for everybody.")
                ),
            )


def settings_that_disagree(batch: Batch) -> None:
    """Settings that are right by themselves must also fit together."""
    entries = {str(entry.record.key[0]): entry for entry in batch.of(Table.POLICY)}
    if not entries or batch.remarks.is_blocking:
        return
    policy = batch.county.policy.values()
    try:
        pool = read_policy((row.name, row.value) for row in policy).pool
    except BadSetting as error:
        entry = entries.get(error.key, next(iter(entries.values())))
        batch.remarks.error(entry.place("value"), *setting_complaint(error))
        return
    for category in pool:
        if (category,) not in batch.county.categories and f"pool.{category}" in entries:
            batch.remarks.warning(
                entries[f"pool.{category}"].place("name"),
                _("“{category}” is no staff category of the plan.").format(category=category),
                suggestion(
                    category,
                    [known for (known,) in batch.county.categories],
                    otherwise=_("Use a category that sheet 岗位 has a column for."),
                ),
            )


RULES: tuple[Callable[[Batch], None], ...] = (
    unknown_codes,
    codes_that_look_alike,
    posts_of_other_units,
    shares_beyond_everything,
    assignments_without_volume,
    limits_the_wrong_way_round,
    years_without_work,
    allowances_that_fit_nobody,
    settings_that_disagree,
)


def _is_same(one: Entry, other: Entry) -> bool:
    return one.record == other.record and one.staffing == other.staffing


def _check_references(
    batch: Batch, entries: Iterable[Entry], column: Column, *, target: Table
) -> None:
    """Remark once on every unknown code of a column, at the first cell that has it."""
    known = {key[0] for key in batch.county.rows(target)}
    places: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        code: str = getattr(entry.record, column.field)
        if code and code not in known:
            places[code].append(entry)
    for number, (code, found) in enumerate(places.items()):
        otherwise = _("Correct it, or add it to sheet {sheet}.").format(
            sheet=BY_TABLE[target].title
        )
        near = sorted(known) if number < _MOST_SUGGESTIONS else ()
        batch.remarks.error(
            found[0].place(column.field),
            _("“{code}” does not stand on sheet {sheet} (rows here: {count}).").format(
                code=quoted(code), sheet=BY_TABLE[target].title, count=len(found)
            ),
            suggestion(code, near, otherwise=otherwise),
        )


def _known_scopes(county: County) -> list[str]:
    """Return everything an allowance's scope may name (workbook §1, sheet 占用)."""
    rows: list[Record] = [*county.categories.values(), *county.units.values()]
    names = {row.key[0]: None for row in rows} | {unit.name: None for unit in county.units.values()}
    for post in county.posts.values():
        names |= {post.office: None, post.post_code: None, post.title: None}
    return list(names)
