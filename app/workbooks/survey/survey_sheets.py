"""What a survey asks a unit: sheets, the figures on them, and how a returned file is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.language import current_language
from app.model.county import Assignment, County, Establishment, Key, Record, Staffing, Volume
from app.model.vocabulary import Measuring, Table
from app.workbooks.cells.column import Column, ColumnKind
from app.workbooks.cells.grid import Grid
from app.workbooks.standard.sheets import BY_TABLE

SURVEY_MARK = "hengbian:survey:"
"""What A1 of the first sheet begins with, in a hidden row; the unit's code follows, B1 is the day
by which the file is to come back."""

REASON = Column("reason", "原因", "reason", ColumnKind.TEXT)
TASK_NAME = Column("task_name", "任务名称", "task name", ColumnKind.TEXT)
DUTY_NAME = Column("duty_name", "职责名称", "duty name", ColumnKind.TEXT)
MEASURE = Column("measure", "计量单位", "measure", ColumnKind.TEXT)
_POST_NAME = Column("post_name", "岗位名称", "post title", ColumnKind.TEXT)
_OFFICE = Column("office", "内设机构", "office", ColumnKind.TEXT)
_ON_DUTY = Column("on_duty", "在岗人数", "on duty", ColumnKind.NUMBER, high=10_000)
_CATEGORY = Column("category", "人员类别", "category", ColumnKind.TEXT)


def _column(table: Table, name: str) -> Column:
    return next(column for column in BY_TABLE[table].columns if column.name == name)


_TASK = _column(Table.VOLUMES, "task_code")
_POST = _column(Table.POSTS, "post_code")


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """One sheet of a survey: what identifies a row, what is told about it, what is asked.

    `added` are the columns that, beside the figures, the unit fills in for a row of its own; ()
    where it may add none.
    """

    table: Table
    identifiers: tuple[Column, ...]
    told: tuple[Column, ...]
    figures: tuple[Column, ...]
    added: tuple[Column, ...] = ()


SURVEY_SHEETS: tuple[SurveySheet, ...] = (
    SurveySheet(
        Table.VOLUMES,
        (_TASK,),
        (TASK_NAME, DUTY_NAME, MEASURE),
        (_column(Table.VOLUMES, "volume"), _column(Table.VOLUMES, "hours_each")),
        added=(_TASK, TASK_NAME, DUTY_NAME, MEASURE),
    ),
    SurveySheet(
        Table.ASSIGNMENTS,
        (_TASK, _POST),
        (TASK_NAME, _POST_NAME),
        (_column(Table.ASSIGNMENTS, "share"),),
        added=(_TASK, _POST),
    ),
    SurveySheet(Table.STAFFING, (_POST, _CATEGORY), (_OFFICE, _POST_NAME), (_ON_DUTY,)),
    SurveySheet(
        Table.ESTABLISHMENT,
        (_CATEGORY,),
        (),
        tuple(
            _column(Table.ESTABLISHMENT, name)
            for name in ("in_post", "lent_out", "borrowed", "absent")
        ),
    ),
)
"""What a unit knows better than the county. Authorised headcount, the list of duties and posts are
not its; a task that it adds is one outside the list."""


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One row that a unit is asked about: its record's key, texts, and the figures of last time."""

    key: Key
    identifiers: tuple[str, ...]
    told: tuple[str, ...]
    last: tuple[float | None, ...]
    asked: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SurveyMark:
    """Whose survey a returned file is, and by when it was to come back."""

    unit_code: str
    due: date | None


def last_titles(column: Column) -> tuple[str, str]:
    """Return, Chinese and English, the titles of the column with what a figure was last time."""
    return f"上期{column.chinese}", f"last {column.english}"


def last_title_of(column: Column) -> str:
    """Return that title in the language of now."""
    chinese, english = last_titles(column)
    return chinese if current_language() == "zh_CN" else english


def survey_mark(file: Sequence[Grid]) -> SurveyMark | None:
    """Return the mark of a survey, None where a file is none."""
    for grid in file:
        first = grid.rows[0][0] if grid.rows and grid.rows[0] else None
        if isinstance(first, str) and first.startswith(SURVEY_MARK):
            stated = grid.rows[0][1] if len(grid.rows[0]) > 1 else None
            return SurveyMark(first.removeprefix(SURVEY_MARK), _day(stated))
    return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def survey_rows(sheet: SurveySheet, county: County, unit_code: str) -> Iterator[SurveyRow]:
    """Yield every row of a unit that a survey asks about, in the order of the plan."""
    rows = {
        Table.VOLUMES: _volume_rows,
        Table.ASSIGNMENTS: _assignment_rows,
        Table.STAFFING: _staffing_rows,
        Table.ESTABLISHMENT: _establishment_rows,
    }
    yield from rows[sheet.table](county, unit_code)


def _volume_rows(county: County, unit_code: str) -> Iterator[SurveyRow]:
    for row in county.volumes.values():
        if row.unit_code == unit_code:
            task = county.tasks[(row.task_code,)]
            duty = county.duties.get((task.duty_code,))
            is_counted = task.method is Measuring.VOLUME
            hours = task.hours_each if row.hours_each is None else row.hours_each
            told = (task.name, duty.name if duty is not None else "", task.measure)
            last = (row.volume, hours if is_counted else None)
            yield SurveyRow(row.key, (row.task_code,), told, last, (True, is_counted))


def _assignment_rows(county: County, unit_code: str) -> Iterator[SurveyRow]:
    for row in county.assignments.values():
        if row.unit_code == unit_code:
            codes = (row.task_code, row.post_code)
            told = (county.tasks[codes[:1]].name, county.posts[codes[1:]].title)
            yield SurveyRow(row.key, codes, told, (row.share,), (True,))


def _staffing_rows(county: County, unit_code: str) -> Iterator[SurveyRow]:
    for post in county.posts.values():
        if post.unit_code == unit_code:
            for (category,) in county.categories:
                key = (post.post_code, category)
                entry = county.staffing.get(key)
                last = None if entry is None else entry.on_duty
                yield SurveyRow(key, key, (post.office, post.title), (last,), (True,))


def _establishment_rows(county: County, unit_code: str) -> Iterator[SurveyRow]:
    for row in county.establishment.values():
        if row.unit_code == unit_code:
            last = (row.in_post, row.lent_out, row.borrowed, row.absent)
            yield SurveyRow(row.key, (row.category,), (), last, (True,) * len(last))


def new_record(table: Table, key: Key) -> Record:
    """Return the record that a first figure makes where the plan has none of this key."""
    makers: dict[Table, type[Record]] = {
        Table.VOLUMES: Volume,
        Table.ASSIGNMENTS: Assignment,
        Table.STAFFING: Staffing,
        Table.ESTABLISHMENT: Establishment,
    }
    figures = (0.0,) if table is not Table.ESTABLISHMENT else ()
    return makers[table](*key, *figures)
