"""Post workload tables (岗位工作量表): rows of posts and tasks with times and frequencies."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.errors import UserError
from app.language import _
from app.model.county import Unit
from app.workbooks.cells.cell import text_of
from app.workbooks.cells.quantities import Quantity
from app.workbooks.cells.terms import Amount, Asked, Terms
from app.workbooks.cells.words import understood
from app.workbooks.foreign.heading_paths import own_cells
from app.workbooks.foreign.ledgers import unit_named
from app.workbooks.foreign.mapped_rows import Foreign, said, whole
from app.workbooks.foreign.matching import name_key, unit_key

_SLACK = 0.02
"""Yearly hours that somebody rounded may differ by this ratio from times × time × people."""
_FREQUENCY_SLACK = 0.25
"""Some count 250 days or 48 weeks a year; a frequency differs only beyond this ratio."""
_LEAST_HOURS = 0.6
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


class _Reading:
    """One table while it is read: what its titles say, and the group its rows are in."""

    def __init__(self, foreign: Foreign) -> None:
        self._foreign = foreign
        self._titles = " \n".join(text for _row, text in foreign.titles())
        self._labels = foreign.labels()
        self._each_unit = _hours_unit(foreign, "each")
        self._count_unit = foreign.unit_of("count")
        self._frequency_unit = foreign.unit_of("frequency")
        self._annual_unit = _hours_unit(foreign, "annual") or "小时"
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
        time = self._time(row, task, unit)
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

    def _time(
        self, row: int, task: str, unit: Unit | None
    ) -> tuple[float | None, float, float, float] | None:
        """Return times a year, hours each, people and hours a year; None where they are not told.

        Hours a year are times × hours each × people; a stated sum only fills what is missing. A
        time that is said of a period (约200小时/年) is a sum of the year.
        """
        foreign, places = self._foreign, self._foreign.places
        villages = (unit.villages or None) if unit is not None else None
        terms = replace(foreign.terms, subject=task, villages=villages)
        time = self._stated_time(row, terms)
        people = self._people(row, time)
        annual = foreign.number(
            row, places.get("annual"), quantity=Quantity.HOURS, unit=self._annual_unit
        )
        if time is not None and time.value is not None and time.per_year is not None:
            stated = time.value * time.per_year * people
            self._compare(row, stated, annual)
            annual, time = stated, None
        is_refused = time is None and annual is None and self._has_time(row)
        count = self._count(row, terms, may_lack=annual is not None)
        each = self._each(row, time, count=count, people=people, annual=annual)
        if count is not None and each is None and annual is not None and count * people > 0:
            each = annual / (count * people)
        if count is None and annual is not None:
            return None, each or 0.0, people, annual
        if count is None or each is None:
            if each is None and count is not None and not is_refused and time is None:
                self._demand(row, "each", _("It is not said how long this takes."))
            return None
        hours = count * each * people
        self._compare(row, hours, annual)
        return count, each, people, hours

    def _has_time(self, row: int) -> bool:
        """Tell whether a time was written: where it was refused, it is not missing as well."""
        column = self._foreign.places.get("each")
        return column is not None and self._foreign.rows[row][column] is not None

    def _stated_time(self, row: int, terms: Terms) -> Amount | None:
        foreign = self._foreign
        unit = foreign.text(row, "time_unit") or self._each_unit
        return foreign.amount(
            row, foreign.places.get("each"), quantity=Quantity.HOURS, unit=unit, terms=terms
        )

    def _people(self, row: int, time: Amount | None) -> float:
        """Return how many do it together: as their column says, or the time itself (2人×3天)."""
        foreign = self._foreign
        people = foreign.number(row, foreign.places.get("people"), quantity=Quantity.PEOPLE)
        named = time.people if time is not None else None
        if people is not None and named is not None and people != named:
            foreign.remarks.error(
                foreign.place(row, "each"),
                _("Here {named:g} people are named, in column 参与人数 {people:g}.").format(
                    named=named, people=people
                ),
                _("Correct whichever is wrong, or leave the people out of the time."),
            )
        stated = people if people is not None else named
        return 1.0 if stated is None else stated

    def _count(self, row: int, terms: Terms, *, may_lack: bool) -> float | None:
        foreign = self._foreign
        frequency = foreign.text(row, "frequency")
        count = foreign.number(
            row, foreign.places.get("count"), quantity=Quantity.TIMES, unit=self._count_unit
        )
        if count is None and not frequency and not may_lack:
            self._demand(row, "count", _("It is not said how often a year this is done."))
        often = self._often(row, terms, is_needed=count is None and not may_lack)
        if count is None or often is None:
            return often if count is None else count
        if abs(often - count) > _FREQUENCY_SLACK * max(often, 1):
            foreign.remarks.warning(
                foreign.place(row, "count"),
                _("“{frequency}” is {often:g} times a year, but {count:g} are stated.").format(
                    frequency=said(frequency), often=often, count=count
                ),
                _("The stated number was read; correct whichever is wrong."),
            )
        return count

    def _often(self, row: int, terms: Terms, *, is_needed: bool) -> float | None:
        """Return how often a year the frequency is; what nobody needs is not complained about."""
        foreign = self._foreign
        column = foreign.places.get("frequency")
        value = foreign.rows[row][column] if column is not None else None
        if column is None or value is None:
            return None
        asked = replace(terms, is_frequency=True)
        if is_needed:
            found = foreign.amount(
                row, column, quantity=Quantity.TIMES, unit=self._frequency_unit, terms=asked
            )
            return found.value if found is not None else None
        try:
            return understood(text_of(value), Asked.TIMES, asked).value
        except UserError:
            return None

    def _each(
        self,
        row: int,
        time: Amount | None,
        *,
        count: float | None,
        people: float,
        annual: float | None,
    ) -> float | None:
        """Return the hours each time; a number without any unit is told by the hours of a year."""
        foreign = self._foreign
        column = foreign.places.get("each")
        if time is None or time.value is None or time.unit:
            return time.value if time is not None else None
        for factor in (1.0, 1 / 60):
            product = (count or 0.0) * time.value * factor * people
            if annual and math.isclose(product, annual, rel_tol=_SLACK):
                return time.value * factor
        assert column is not None
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
