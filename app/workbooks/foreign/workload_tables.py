"""Post workload tables (岗位工作量表): rows of posts and tasks with times and frequencies."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.language import _
from app.model.county import County, Unit, WorkingTime
from app.numbers import NotANumber
from app.workbooks.cells.amounts import Amount, told_precision
from app.workbooks.cells.cell import is_blank_mark
from app.workbooks.cells.durations import duration
from app.workbooks.cells.frequencies import times_in
from app.workbooks.cells.quantities import Quantity
from app.workbooks.foreign.heading_paths import own_cells
from app.workbooks.foreign.ledgers import unit_named
from app.workbooks.foreign.mapped_rows import Foreign, said, whole
from app.workbooks.foreign.matching import name_key, unit_key

_SLACK = 0.02
"""Yearly hours that somebody rounded may differ by this ratio from times × time × people."""
_FREQUENCY_SLACK = 0.25
"""Some count 250 days or 48 weeks a year; a frequency differs only beyond this ratio."""
_LEAST_HOURS = 0.6
_OF_YEAR = re.compile(r"(?P<time>.+?)(?:/|每|一)年")
_UNIT_SHEET = re.compile(r"\S{1,10}(?:街道|镇|乡)(?:办事处|人民政府)?")
"""A sheet named after a unit is about it."""
_PLAIN_SHEET = re.compile(r"(sheet|工作表|表)\s*[0-9]*|.*工作量.*|.*汇总.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WorkloadLine:
    """One row that was read: whose task it is, how often, how long each time, with how many."""

    foreign: Foreign
    row: int
    unit: Unit
    office: str
    post: str
    duty: str
    task: str
    nature: str
    note: str
    count: float | None
    """Times a year; None where only the hours of a year are known."""
    hours_each: float
    people: float
    hours: float
    """A year."""
    on_duty: float | None = None
    """People on the post, all categories together; None where the table does not say."""
    outside: float | None = None
    """Of these outside the establishment (编外)."""


def read_lines(foreign: Foreign) -> Iterator[WorkloadLine]:
    """Yield the rows of one table; complain about those that cannot be reckoned with."""
    reading = _Reading(foreign)
    for row in foreign.numbers():
        group = _group(foreign, row)
        if group:
            reading.group = group
            continue
        line = reading.line(row)
        if line is not None:
            yield line


def _group(foreign: Foreign, row: int) -> str:
    """Return the words of a row that only heads those below it, '' for a row of work."""
    cells = own_cells(foreign.grid, row)
    is_alone = len(cells) == 1 and isinstance(cells[0][1], str)
    return str(cells[0][1]) if is_alone else ""


def working_days(county: County) -> float:
    """Return the days that daily work is done on: those of the plan's first staff category."""
    years = [year.working_days for year in county.working_time.values()]
    return years[0] if years else WorkingTime("").working_days


class _Reading:
    """One table while it is read: what its titles say, and the group its rows are in."""

    def __init__(self, foreign: Foreign) -> None:
        self._foreign = foreign
        self._days = working_days(foreign.matching.county)
        self._titles = " \n".join(text for _row, text in foreign.titles())
        self._labels = foreign.labels()
        self._each_unit = _hours_unit(foreign, "each")
        self._annual_unit = _hours_unit(foreign, "annual") or "小时"
        self._is_told = False
        self._units: dict[str, Unit | None] = {}
        self.group = ""

    def line(self, row: int) -> WorkloadLine | None:
        """Return what a row says, None where something indispensable is missing."""
        foreign = self._foreign
        task = whole(foreign.text(row, "task"))
        unit = self._unit(row)
        post = self._post(row)
        if not task:
            self._demand(row, "task", _("This row names no task."))
            return None
        if not post:
            self._demand(row, "post", _("This row names no post."))
            return None
        time = self._time(row)
        if unit is None or time is None:
            return None
        count, each, people, hours = time
        return WorkloadLine(
            foreign,
            row,
            unit,
            whole(foreign.text(row, "office")) or self._titled("部门|科室|内设机构|股室"),
            post,
            whole(foreign.text(row, "duty")) or task,
            task,
            foreign.text(row, "nature"),
            foreign.text(row, "note"),
            count,
            each,
            people,
            hours,
            self._people_on(row, "on_duty"),
            self._people_on(row, "on_duty_outside"),
        )

    def _people_on(self, row: int, name: str) -> float | None:
        """Return the people on a post; merged over its rows they are told in each."""
        foreign = self._foreign
        return foreign.number(row, foreign.places.get(name))

    def _post(self, row: int) -> str:
        foreign = self._foreign
        if "post" in foreign.places:
            return whole(foreign.text(row, "post"))
        sheet = foreign.grid.sheet
        of_sheet = "" if _PLAIN_SHEET.fullmatch(sheet) else sheet
        return self._titled("岗位名称|岗位") or self.group or of_sheet

    def _titled(self, words: str) -> str:
        """Return what a title row states after a word and a colon: 单位：青山镇."""
        label = rf"(?:{words})(?:名称)?(?:[（(][^）)]*[）)])?"
        found = re.search(rf"{label}\s*[:：]\s*([^\s:：]+)", self._titles)
        if found:
            return found[1]
        return next((value for name, value in self._labels if re.fullmatch(label, name)), "")

    def _unit(self, row: int) -> Unit | None:
        foreign = self._foreign
        name = foreign.text(row, "unit") or foreign.mapping.unit
        if name not in self._units:
            self._units[name] = self._unit_of(row, name or self._unit_named_around())
        return self._units[name]

    def _unit_of(self, row: int, name: str) -> Unit | None:
        foreign = self._foreign
        if name:
            return unit_named(foreign, name, place=foreign.place(row, "unit"))[0]
        units = list(foreign.matching.county.units.values())
        if len(units) == 1:
            return units[0]
        foreign.remarks.error(
            foreign.place(foreign.mapping.last),
            _("It is not said which unit this table is about."),
            _("Write it above the table as 单位：青山镇, or choose it in the mapping."),
        )
        return None

    def _unit_named_around(self) -> str:
        """Return the unit that titles, the sheet's or the file's name tell of."""
        stated = self._titled("填报单位|单位|乡镇")
        if stated:
            return stated
        foreign = self._foreign
        for text in (self._titles, foreign.grid.sheet, foreign.grid.file):
            inside = [
                unit.name
                for unit in foreign.matching.county.units.values()
                if name_key(unit.name) in name_key(text)
                or (len(unit_key(unit.name)) > 1 and unit_key(unit.name) in name_key(text))
            ]
            if len(inside) == 1:
                return inside[0]
        sheet = foreign.grid.sheet.strip()
        return sheet if _UNIT_SHEET.fullmatch(sheet) else ""

    def _time(self, row: int) -> tuple[float | None, float, float, float] | None:
        """Return times a year, hours each, people and hours a year; None where they are not told.

        Hours a year are times × hours each × people; a stated sum only fills what is missing.
        """
        foreign, places = self._foreign, self._foreign.places
        said_people = foreign.number(row, places.get("people"))
        annual = foreign.number(
            row, places.get("annual"), quantity=Quantity.HOURS, unit=self._annual_unit
        )
        stated = self._hours_a_year(row) if annual is None else None
        if stated is not None:
            return None, 0.0, 1.0 if said_people is None else said_people, stated
        count = self._count(row, may_lack=annual is not None)
        time = self._each(row, count=count, people=said_people or 1.0, annual=annual)
        people = self._people(row, said_people, time)
        if people is None:
            return None
        each = time.value if time is not None else None
        if count is not None and each is None and annual is not None and count * people > 0:
            each = annual / (count * people)
        if count is None and annual is not None:
            return None, each or 0.0, people, annual
        if count is None or each is None:
            if each is None and count is not None:
                self._demand(row, "each", _("It is not said how long this takes."))
            return None
        hours = count * each * people
        self._compare(row, hours, annual)
        return count, each, people, hours

    def _hours_a_year(self, row: int) -> float | None:
        """Return the hours of a year that stand where the time of one piece should: 200小时/年."""
        column = self._foreign.places.get("each")
        value = self._foreign.rows[row][column] if column is not None else None
        found = _OF_YEAR.fullmatch("".join(value.split())) if isinstance(value, str) else None
        if found is None:
            return None
        try:
            return duration(found["time"], hours_per_day=self._foreign.hours_per_day).value
        except NotANumber:
            return None

    def _people(self, row: int, stated: float | None, time: Amount | None) -> float | None:
        """Return with how many people it is done; “2人3天” says it beside the time."""
        with_time = time.people if time is not None else None
        if with_time is None or stated in (None, with_time):
            return with_time or (1.0 if stated is None else stated)
        self._foreign.remarks.error(
            self._foreign.place(row, "each"),
            _("The time tells of {people:g} people, the column of people of {stated:g}.").format(
                people=with_time, stated=stated
            ),
            _("Write the people into one of the two cells."),
        )
        return None

    def _count(self, row: int, *, may_lack: bool) -> float | None:
        """Return how often a year, by the number of a year or by the frequency."""
        stated = self._often(row, "count", takes_counts=True)
        is_needed = stated is None and not may_lack
        often = self._often(
            row,
            "frequency",
            takes_counts="count" not in self._foreign.places,
            is_needed=is_needed,
        )
        if stated is not None:
            differs = often is not None and abs(often - stated) > _FREQUENCY_SLACK * max(often, 1)
            if differs:
                frequency = self._foreign.text(row, "frequency")
                self._foreign.remarks.warning(
                    self._foreign.place(row, "count"),
                    _("“{frequency}” is {often:g} times a year, but {count:g} are stated.").format(
                        frequency=said(frequency), often=often, count=stated
                    ),
                    _("The stated number was read; correct whichever is wrong."),
                )
            return stated
        has_words = bool(self._foreign.text(row, "frequency") or self._foreign.text(row, "count"))
        if often is None and not may_lack and not has_words:
            self._demand(row, "count", _("It is not said how often a year this is done."))
        if often is not None:
            self._tell_assumption()
        return often

    def _often(
        self, row: int, name: str, *, takes_counts: bool, is_needed: bool = True
    ) -> float | None:
        """Return how often a year a cell says, None where it does not.

        What cannot be read is complained about where nothing else tells it (`is_needed`).
        """
        foreign = self._foreign
        column = foreign.places.get(name)
        value = foreign.rows[row][column] if column is not None else None
        if column is None or value is None or is_blank_mark(value):
            return None
        if not isinstance(value, str):
            return foreign.number(row, column)
        try:
            amount = times_in(value, working_days=self._days, takes_counts=takes_counts)
        except NotANumber as error:
            if is_needed:
                foreign.complain(row, column, error)
            return None
        note = told_precision(value, amount)
        if note:
            foreign.remarks.note_once(foreign.cell(row, column), note)
        return amount.value

    def _each(
        self, row: int, *, count: float | None, people: float, annual: float | None
    ) -> Amount | None:
        """Return the hours each time; a number without any unit is told by the hours of a year."""
        foreign = self._foreign
        column = foreign.places.get("each")
        unit = foreign.text(row, "time_unit") or self._each_unit
        amount = foreign.amount(row, column, quantity=Quantity.HOURS, unit=unit)
        if amount is None or column is None or unit or amount.unit:
            return amount
        for factor in (1.0, 1 / 60):
            product = (count or 0.0) * amount.value * factor * people
            if annual and math.isclose(product, annual, rel_tol=_SLACK):
                return replace(amount, value=amount.value * factor)
        foreign.remarks.error(
            foreign.cell(row, column),
            _("It is not said whether this is minutes or hours."),
            _("Write （分钟） or （小时） into the heading, or choose the unit in the mapping."),
        )
        return None

    def _compare(self, row: int, hours: float, annual: float | None) -> None:
        if annual is None:
            return
        if abs(annual - hours) > max(_SLACK * hours, _LEAST_HOURS):
            self._foreign.remarks.warning(
                self._foreign.place(row, "annual"),
                _(
                    "{annual:g} h a year are stated, but times, time and people make {hours:g}."
                ).format(annual=annual, hours=hours),
                _("The product was read; correct whichever is wrong."),
            )

    def _tell_assumption(self) -> None:
        if self._is_told:
            return
        self._is_told = True
        foreign = self._foreign
        foreign.remarks.note(
            foreign.place(foreign.mapping.last, "frequency"),
            _("A year was counted as {days:g} days, 52 weeks, 12 months and 4 quarters.").format(
                days=self._days
            ),
        )

    def _demand(self, row: int, name: str, message: str) -> None:
        self._foreign.remarks.error(
            self._foreign.place(row, name),
            message,
            _("Fill it in, or leave the row out."),
        )


def _hours_unit(foreign: Foreign, name: str) -> str:
    """Return the unit of a column of times; 工时 in its heading says hours."""
    stated = foreign.unit_of(name)
    if stated:
        return stated
    item = next((item for item in foreign.mapping.columns if item.name == name), None)
    return "小时" if item is not None and "工时" in item.heading else ""
