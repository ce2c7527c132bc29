"""Collecting: what a returned survey says otherwise than the plan, and nothing beyond its unit."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.county import Assignment, Change, County, Key, Record, Volume
from app.errors import UserError
from app.language import _
from app.numbers import quoted
from app.vocabulary import Table
from app.workbooks.cells import reader_of, suggestion, text_of
from app.workbooks.grid import Grid, Value, cell_name
from app.workbooks.headings import names_in, plain
from app.workbooks.remarks import Place, Remarks
from app.workbooks.sheets import CHOICES_TITLE, Column
from app.workbooks.surveys import (
    REASON,
    SURVEY_SHEETS,
    SurveyMark,
    SurveyRow,
    SurveySheet,
    last_titles,
    new_record,
    survey_rows,
)

_ROWS_ABOVE = 10
_SLACK = 1e-6


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
    place: Place
    decided: float | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """One returned survey: whose it is, when it was due, and what is otherwise in it."""

    unit_code: str
    file: str
    due: date | None
    differences: tuple[Difference, ...]
    records: int
    """The rows of the plan that it speaks of."""


def read_return(
    file: Sequence[Grid], mark: SurveyMark, county: County, remarks: Remarks
) -> Returned | None:
    """Return what a survey says; None, with an error remarked, where the plan has no such unit."""
    name, unit_code = file[0].file, mark.unit_code
    if (unit_code,) not in county.units:
        remarks.error(
            Place(name),
            _("This survey is of unit “{unit}”, which the plan does not have.").format(
                unit=quoted(unit_code)
            ),
            _("Collect it into the plan that it was written from."),
        )
        return None
    differences: list[Difference] = []
    records = 0
    by_title = {plain(title): sheet for sheet in SURVEY_SHEETS for title in _titles(sheet.table)}
    for grid in file[1:]:
        sheet = by_title.get(plain(grid.sheet))
        if sheet is not None:
            reading = _SheetReturn(grid, sheet, unit_code, county, remarks)
            differences += reading.differences()
            records += len(reading.seen)
        elif grid.sheet != CHOICES_TITLE and any(cell is not None for r in grid.rows for cell in r):
            remarks.error(
                Place(name, grid.sheet),
                _("Sheet {sheet} is no part of the survey of unit {unit}.").format(
                    sheet=quoted(grid.sheet), unit=unit_code
                ),
                _("Delete it: a unit's file changes nothing but the unit's own figures."),
            )
    _warn_of_shares(differences, county, remarks)
    return Returned(unit_code, name, mark.due, tuple(differences), records)


def changes_of(differences: Iterable[Difference], county: County) -> list[Change]:
    """Return the changes that the decided figures make; those not decided change nothing.

    An assignment whose share is decided as 0 goes; a unit time that is the task's own is no
    override any more.
    """
    records: dict[tuple[Table, Key], Record] = {}
    for row in differences:
        if row.decided is not None:
            known = records.get((row.table, row.key)) or county.rows(row.table).get(row.key)
            record = known or new_record(row.table, row.key)
            records[row.table, row.key] = _with_figure(record, row.field, row.decided, county)
    changes = []
    for (table, key), record in records.items():
        before = county.rows(table).get(key)
        has_gone = isinstance(record, Assignment) and record.share == 0
        after = None if has_gone else record
        if before != after:
            changes.append(Change(before=before, after=after))
    return changes


def _with_figure(record: Record, field: str, figure: float, county: County) -> Record:
    if isinstance(record, Volume) and field == "hours_each":
        task = county.tasks[(record.task_code,)]
        return replace(record, hours_each=None if figure == task.hours_each else figure)
    return replace(record, **{field: figure})


def _titles(table: Table) -> tuple[str, str]:
    return table.chinese, table.english


def _warn_of_shares(differences: Iterable[Difference], county: County, remarks: Remarks) -> None:
    """Ask about tasks of which the unit shares out more than there is."""
    verified = {row.key: row for row in differences if row.table is Table.ASSIGNMENTS}
    sums: dict[Key, float] = defaultdict(float)
    for key, row in county.assignments.items():
        if key not in verified:
            sums[key[:2]] += row.share
    for key, found in verified.items():
        sums[key[:2]] += found.verified or 0.0
    last = {key[:2]: found for key, found in verified.items()}
    for task, found in last.items():
        if sums[task] > 1 + _SLACK:
            remarks.warning(
                found.place,
                _("The shares of task {task} in unit {unit} add up to {total:.1%}.").format(
                    task=task[1], unit=task[0], total=sums[task]
                ),
                _("Lower them until they add up to 100 % at most."),
            )


class _SheetReturn:
    """One sheet of a returned survey, read row by row against the plan."""

    def __init__(
        self, grid: Grid, sheet: SurveySheet, unit_code: str, county: County, remarks: Remarks
    ) -> None:
        self.grid, self.sheet, self.unit_code = grid, sheet, unit_code
        self.county, self.remarks = county, remarks
        self.known = {row.key: row for row in survey_rows(sheet, county, unit_code)}
        rows = (*county.volumes, *county.assignments)
        self.tasks = {key[1] for key in rows if key[0] == unit_code}
        self.seen: dict[Key, int] = {}
        self.head, self.places = self._heading()

    def _heading(self) -> tuple[int, Mapping[str, int]]:
        """Return the row of the titles and where each column stands; -1 where there is none."""
        names: dict[str, str] = {}
        for column in (*self.sheet.identifiers, *self.sheet.figures, REASON):
            names |= {plain(title): column.name for title in (column.chinese, column.english)}
        for column in self.sheet.figures:
            for title in last_titles(column):
                names[plain(title)] = _last(column)
        needed = {column.name for column in (*self.sheet.identifiers, *self.sheet.figures)}
        for number, row in enumerate(self.grid.rows[:_ROWS_ABOVE]):
            places: dict[str, int] = {}
            for at, cell in enumerate(row):
                meant = names_in(cell) if isinstance(cell, str) else ()
                name = next((names[title] for title in meant if title in names), None)
                if name is not None:
                    places.setdefault(name, at)
            if needed <= set(places):
                return number, places
        self.remarks.error(
            Place(self.grid.file, self.grid.sheet),
            _("This sheet has lost its heading row."),
            _("Send the unit a new survey, or put back the titles of its columns."),
        )
        return -1, {}

    def differences(self) -> list[Difference]:
        """Return every figure that differs, remarking on what is wrong or left out."""
        if self.head < 0:
            return []
        found = [
            difference
            for number in range(self.head + 1, len(self.grid.rows))
            for difference in self._row(number, self.grid.rows[number])
        ]
        lost = [row for key, row in self.known.items() if key not in self.seen]
        if lost and not self.remarks.is_blocking:
            self.remarks.warning(
                self._place(self.head, 0),
                _("Rows missing here: {count}, the first is {row}. Their figures stay.").format(
                    count=len(lost), row=" · ".join(lost[0].identifiers)
                ),
                _("Ask the unit whether they were deleted on purpose."),
            )
        return found

    def _row(self, number: int, cells: Sequence[Value]) -> Iterator[Difference]:
        columns = (*self.sheet.identifiers, *self.sheet.figures, REASON)
        filled = [cells[self.places[c.name]] for c in columns if c.name in self.places]
        if all(cell is None for cell in filled):
            return
        codes = self._codes(number, cells)
        if codes is None or not self._is_own(number, codes):
            return
        key = self._key(codes)
        if key in self.seen:
            self._refuse(
                number,
                self.sheet.identifiers[0],
                _("“{key}” already stands in row {row}.").format(
                    key=" · ".join(codes), row=self.seen[key] + 1
                ),
                _("Delete one of the two rows, or give one another code."),
            )
            return
        self.seen[key] = number
        empty = (None,) * len(self.sheet.figures)
        row = self.known.get(key) or SurveyRow(key, codes, (), empty, (True,) * len(empty))
        for figure, column in enumerate(self.sheet.figures):
            if row.asked[figure]:
                yield from self._figure(number, cells, row, column, last=row.last[figure])

    def _codes(self, number: int, cells: Sequence[Value]) -> tuple[str, ...] | None:
        codes = []
        for column in self.sheet.identifiers:
            value = cells[self.places[column.name]]
            try:
                codes.append("" if value is None else text_of(value))
            except UserError as error:
                self._refuse(number, column, error.message, error.remedy)
                return None
            if not codes[-1]:
                self._refuse(
                    number,
                    column,
                    _("This row has figures, but column “{column}” is blank.").format(
                        column=column.chinese
                    ),
                    _("Put the code back, or clear the row."),
                )
                return None
        return tuple(codes)

    def _key(self, codes: tuple[str, ...]) -> Key:
        return codes if self.sheet.table is Table.STAFFING else (self.unit_code, *codes)

    def _is_own(self, number: int, codes: tuple[str, ...]) -> bool:
        """Tell whether a row is the unit's to speak of; refuse it with a sentence where not."""
        for column, code in zip(self.sheet.identifiers, codes, strict=True):
            complaint = self._complaint(column.name, code)
            if complaint is not None:
                self._refuse(number, column, *complaint)
                return False
        if self._key(codes) in self.known or self.sheet.may_grow:
            return True
        self._refuse(
            number,
            self.sheet.identifiers[0],
            _("The survey has no row “{key}”; a unit cannot add rows here.").format(
                key=quoted(" · ".join(codes))
            ),
            _("Clear the row and write what is missing as a reason; the county adds it."),
        )
        return False

    def _complaint(self, name: str, code: str) -> tuple[str, str] | None:
        county, unit = self.county, self.unit_code
        if name == "task_code" and code not in self.tasks:
            return (
                _("Task “{task}” is not among the tasks of unit {unit}.").format(
                    task=quoted(code), unit=unit
                ),
                suggestion(code, self.tasks, otherwise=_("Put the code back as it was sent.")),
            )
        post = county.posts.get((code,)) if name == "post_code" else None
        if post is not None and post.unit_code != unit:
            return (
                _(
                    "Post {post} belongs to unit {other}; this file may only speak of {unit}."
                ).format(post=code, other=post.unit_code, unit=unit),
                _("Clear the row; unit {other} reports it in its own file.").format(
                    other=post.unit_code
                ),
            )
        if name == "post_code" and post is None:
            own = [p.post_code for p in county.posts.values() if p.unit_code == unit]
            return (
                _("Post “{post}” is not among the posts of unit {unit}.").format(
                    post=quoted(code), unit=unit
                ),
                suggestion(code, own, otherwise=_("Put the code back as it was sent.")),
            )
        return None

    def _figure(
        self,
        number: int,
        cells: Sequence[Value],
        row: SurveyRow,
        column: Column,
        *,
        last: float | None,
    ) -> Iterator[Difference]:
        place = self._place(number, self.places[column.name])
        sent = self._sent(cells, column, last)
        verified = self._verified(cells, column, place)
        if verified is None or _is_same(verified, sent):
            is_left_blank = cells[self.places[column.name]] is None and sent is not None
            if is_left_blank:
                self.remarks.warning(
                    place,
                    _("“{column}” was left blank; the last figure stays.").format(
                        column=column.chinese
                    ),
                    _("Ask the unit; 0 is written as 0."),
                )
            return
        reason = self._reason(cells)
        if not reason:
            self.remarks.note(place, _("The unit gives no reason for this figure."))
        yield Difference(
            unit_code=self.unit_code,
            table=self.sheet.table,
            key=row.key,
            field=column.name,
            title=column.chinese,
            subject=" · ".join((*row.identifiers, *row.told[:1])),
            last=last,
            verified=verified,
            reason=reason,
            place=place,
        )

    def _sent(self, cells: Sequence[Value], column: Column, last: float | None) -> float | None:
        """Return the figure the unit was shown; the plan's where that column is gone."""
        at = self.places.get(_last(column))
        value = cells[at] if at is not None else None
        if isinstance(value, float | int) and not isinstance(value, bool):
            return float(value)
        return last

    def _verified(self, cells: Sequence[Value], column: Column, place: Place) -> float | None:
        value = cells[self.places[column.name]]
        if value is None:
            return None
        try:
            figure = reader_of(column)(value, column)
        except UserError as error:
            self.remarks.error(place, error.message, error.remedy)
            return None
        assert isinstance(figure, float)
        return figure

    def _reason(self, cells: Sequence[Value]) -> str:
        at = self.places.get(REASON.name)
        value = cells[at] if at is not None else None
        try:
            return "" if value is None else text_of(value)
        except UserError:
            return ""

    def _refuse(self, number: int, column: Column, message: str, remedy: str) -> None:
        self.remarks.error(self._place(number, self.places[column.name]), message, remedy)

    def _place(self, row: int, column: int) -> Place:
        return Place(self.grid.file, self.grid.sheet, cell_name(row, column))


def _last(column: Column) -> str:
    return f"last:{column.name}"


def _is_same(verified: float, sent: float | None) -> bool:
    return math.isclose(verified, sent or 0.0, rel_tol=1e-9, abs_tol=1e-12)
