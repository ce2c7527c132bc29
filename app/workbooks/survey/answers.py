"""Answers: one sheet of a returned survey, read row by row against the plan."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from app.errors import UserError
from app.language import _, word
from app.model.county import Key
from app.model.vocabulary import Measuring, Table
from app.numbers import quoted
from app.workbooks.cells.cell import reader_of, suggestion, text_of
from app.workbooks.cells.column import Column
from app.workbooks.cells.grid import Grid, Value, cell_name
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.standard.headings import names_in, plain
from app.workbooks.survey.differences import Difference
from app.workbooks.survey.new_tasks import NewTask, UnitTasks, own_code, task_called
from app.workbooks.survey.survey_sheets import (
    DUTY_NAME,
    MEASURE,
    REASON,
    TASK_NAME,
    SurveyRow,
    SurveySheet,
    last_titles,
    survey_rows,
)

_ROWS_ABOVE = 10


class SheetReturn:
    """One sheet of a returned survey, read row by row against the plan."""

    def __init__(self, grid: Grid, sheet: SurveySheet, tasks: UnitTasks, remarks: Remarks) -> None:
        self.grid, self.sheet, self.tasks, self.remarks = grid, sheet, tasks, remarks
        self.county, self.unit_code = tasks.county, tasks.unit_code
        self.known = {row.key: row for row in survey_rows(sheet, self.county, self.unit_code)}
        self.seen: dict[Key, int] = {}
        self.head, self.places = self._heading()

    @property
    def _columns(self) -> tuple[Column, ...]:
        """Return the columns that the unit may fill in."""
        told = (column for column in self.sheet.told if column in self.sheet.added)
        return (*self.sheet.identifiers, *told, *self.sheet.figures, REASON)

    def _heading(self) -> tuple[int, Mapping[str, int]]:
        """Return the row of the titles and where each column stands; -1 where there is none."""
        names: dict[str, str] = {}
        for column in self._columns:
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
            CellPlace(self.grid.file, self.grid.sheet),
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
        if all(self._cell(cells, column) is None for column in self._columns):
            return
        codes = self._codes(number, cells)
        if codes is None:
            return
        is_added = TASK_NAME in self.sheet.added and codes[0] not in self.tasks
        row = self._added(number, cells, codes[0]) if is_added else self._asked(number, codes)
        if row is None or self._stands_twice(number, row):
            return
        if isinstance(row, Difference):
            yield row
            return
        for figure, column in enumerate(self.sheet.figures):
            if row.asked[figure]:
                yield from self._figure(number, cells, row, column, last=row.last[figure])

    def _cell(self, cells: Sequence[Value], column: Column) -> Value:
        """Return what stands in a column, None too where the sheet has lost it."""
        at = self.places.get(column.name)
        return cells[at] if at is not None else None

    def _codes(self, number: int, cells: Sequence[Value]) -> tuple[str, ...] | None:
        """Return what identifies a row; the code of a task may be blank where a new name stands."""
        codes = []
        for column in self.sheet.identifiers:
            value = self._cell(cells, column)
            try:
                code = "" if value is None else text_of(value)
            except UserError as error:
                self._refuse(number, column, error.message, error.remedy)
                return None
            code = code or self._new_name(cells)
            if not code:
                self._refuse(
                    number,
                    column,
                    _("This row is filled in, but column “{column}” is blank.").format(
                        column=column.chinese
                    ),
                    _("Put the code back, or clear the row."),
                )
                return None
            codes.append(self.tasks.code_of(code) if column.name == "task_code" else code)
        return tuple(codes)

    def _new_name(self, cells: Sequence[Value]) -> str:
        """Return the name by which a row adds a task, '' where it names none or one there is."""
        if TASK_NAME not in self.sheet.added:
            return ""
        name = self._text(cells, TASK_NAME)
        is_here = self.tasks.has_name(name) and self.tasks.code_of(name) not in self.tasks
        return "" if is_here else name

    def _asked(self, number: int, codes: tuple[str, ...]) -> SurveyRow | None:
        """Return the row that codes are about, None, with an error, where it is not the unit's."""
        if not self._is_own(number, codes):
            return None
        key, empty = self._key(codes), (None,) * len(self.sheet.figures)
        return self.known.get(key) or SurveyRow(key, codes, (), empty, (True,) * len(empty))

    def _added(
        self, number: int, cells: Sequence[Value], text: str
    ) -> SurveyRow | Difference | None:
        """Return what a row adds: a task of the county that is new to the unit, or one not listed.

        `text` is its code, or its name where the code is blank. None, with an error, where it is
        neither, or lacks a figure.
        """
        name = self._text(cells, TASK_NAME)
        task = self.county.tasks.get((text,)) or task_called(name, self.county)
        code = self.sheet.identifiers[0]
        if self.tasks.has_name(name) or (task is None and not name):
            self._refuse(number, code, *self._not_among(text))
            return None
        if task is not None and name and plain(task.name) != plain(name):
            self._refuse(
                number,
                code,
                _("Code {code} means “{task}” in the plan, not “{name}”.").format(
                    code=quoted(text), task=task.name, name=quoted(name)
                ),
                _("Leave the code blank, or write one of your own, such as N1."),
            )
            return None
        if task is None:
            return self._new_task(number, cells, text)
        self.tasks.add(task.task_code, text, task.name)
        is_counted = task.method is Measuring.VOLUME
        if self._needed(number, cells, self.sheet.figures[0]) is None:
            return None
        key = self._key((task.task_code,))
        return SurveyRow(key, key[1:], (task.name,), (None, None), (True, is_counted))

    def _new_task(self, number: int, cells: Sequence[Value], text: str) -> Difference | None:
        volume, hours = (self._needed(number, cells, column) for column in self.sheet.figures)
        if volume is None or hours is None:
            return None
        name, measure, duty_name = (
            self._text(cells, column) for column in (TASK_NAME, MEASURE, DUTY_NAME)
        )
        task_code, column = own_code(self.unit_code, text), self.sheet.figures[0]
        self.tasks.add(task_code, text, name)
        return Difference(
            unit_code=self.unit_code,
            table=self.sheet.table,
            key=self._key((task_code,)),
            field=column.name,
            title=column.chinese,
            subject=_("{task}, not listed, {hours:g} h each").format(task=name, hours=hours),
            last=None,
            verified=volume,
            reason=self._text(cells, REASON),
            place=self._place(number, self.places[column.name]),
            new=NewTask(name, measure, duty_name, hours),
        )

    def _needed(self, number: int, cells: Sequence[Value], column: Column) -> float | None:
        """Return a figure that a task the unit adds has to have, None, with an error, without."""
        place = self._place(number, self.places[column.name])
        figure = self._verified(cells, column, place)
        if figure == 0 or self._cell(cells, column) is None:
            self.remarks.error(
                place,
                _("A task that is added needs “{column}”.").format(column=column.chinese),
                _("Fill it in, or clear the row."),
            )
            return None
        return figure

    def _text(self, cells: Sequence[Value], column: Column) -> str:
        """Return a text on one line, '' where the cell holds none."""
        value = self._cell(cells, column)
        try:
            return "" if value is None else " ".join(text_of(value).split())
        except UserError:
            return ""

    def _stands_twice(self, number: int, row: SurveyRow | Difference) -> bool:
        first = self.seen.setdefault(row.key, number)
        if first == number:
            return False
        self._refuse(
            number,
            self.sheet.identifiers[0],
            _("“{key}” already stands in row {row}.").format(
                key=" · ".join(row.key[-len(self.sheet.identifiers) :]), row=first + 1
            ),
            _("Delete one of the two rows, or give one another code."),
        )
        return True

    def _key(self, codes: tuple[str, ...]) -> Key:
        return codes if self.sheet.table is Table.STAFFING else (self.unit_code, *codes)

    def _is_own(self, number: int, codes: tuple[str, ...]) -> bool:
        """Tell whether a row is the unit's to speak of; refuse it with a sentence where not."""
        for column, code in zip(self.sheet.identifiers, codes, strict=True):
            complaint = self._complaint(column.name, code)
            if complaint is not None:
                self._refuse(number, column, *complaint)
                return False
        if self._key(codes) in self.known or self.sheet.added:
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
            return self._not_among(code)
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
                suggestion(
                    code,
                    own,
                    otherwise=_(
                        "Put the code back as it was sent; a post that is missing is written as a "
                        "reason, and the county adds it."
                    ),
                ),
            )
        return None

    def _not_among(self, task_code: str) -> tuple[str, str]:
        return (
            _("Task “{task}” is not among the tasks of unit {unit}.").format(
                task=quoted(task_code), unit=self.unit_code
            ),
            suggestion(
                task_code,
                self.tasks.known,
                otherwise=_(
                    "Put the code back as it was sent; a task that is missing goes into an empty "
                    "row of sheet {sheet}, with its name."
                ).format(sheet=word(Table.VOLUMES)),
            ),
        )

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
        reason = self._text(cells, REASON)
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

    def _verified(self, cells: Sequence[Value], column: Column, place: CellPlace) -> float | None:
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

    def _refuse(self, number: int, column: Column, message: str, remedy: str) -> None:
        self.remarks.error(self._place(number, self.places[column.name]), message, remedy)

    def _place(self, row: int, column: int) -> CellPlace:
        return CellPlace(self.grid.file, self.grid.sheet, cell_name(row, column))


def _last(column: Column) -> str:
    return f"last:{column.name}"


def _is_same(verified: float, sent: float | None) -> bool:
    return math.isclose(verified, sent or 0.0, rel_tol=1e-9, abs_tol=1e-12)
