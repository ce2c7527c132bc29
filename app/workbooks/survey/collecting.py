"""Collecting: what a returned survey says otherwise than the plan, and nothing beyond its unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.language import _
from app.model.county import County, Key
from app.model.vocabulary import Table
from app.numbers import quoted
from app.workbooks.cells.grid import Grid
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.standard.headings import plain
from app.workbooks.standard.sheets import CHOICES_TITLE
from app.workbooks.survey.answers import SheetReturn
from app.workbooks.survey.differences import Difference
from app.workbooks.survey.new_tasks import UnitTasks
from app.workbooks.survey.survey_sheets import SURVEY_SHEETS, SurveyMark

_SLACK = 1e-6


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
            CellPlace(name),
            _("This survey is of unit “{unit}”, which the plan does not have.").format(
                unit=quoted(unit_code)
            ),
            _("Collect it into the plan that it was written from."),
        )
        return None
    differences: list[Difference] = []
    records = 0
    by_title = {plain(title): sheet for sheet in SURVEY_SHEETS for title in _titles(sheet.table)}
    asked = [grid for grid in file[1:] if plain(grid.sheet) in by_title]
    asked.sort(key=lambda grid: SURVEY_SHEETS.index(by_title[plain(grid.sheet)]))
    tasks = UnitTasks(county, unit_code)
    for grid in asked:
        reading = SheetReturn(grid, by_title[plain(grid.sheet)], tasks, remarks)
        differences += reading.differences()
        records += len(reading.seen)
    _refuse_others(file[1:], asked, unit_code, remarks)
    _warn_of_shares(differences, county, remarks)
    return Returned(unit_code, name, mark.due, tuple(differences), records)


def _refuse_others(
    grids: Sequence[Grid], asked: Sequence[Grid], unit_code: str, remarks: Remarks
) -> None:
    """Refuse the sheets of a file that hold something and that the survey never had."""
    for grid in grids:
        is_blank = all(cell is None for row in grid.rows for cell in row)
        if grid in asked or grid.sheet == CHOICES_TITLE or is_blank:
            continue
        remarks.error(
            CellPlace(grid.file, grid.sheet),
            _("Sheet {sheet} is no part of the survey of unit {unit}.").format(
                sheet=quoted(grid.sheet), unit=unit_code
            ),
            _("Delete it: a unit's file changes nothing but the unit's own figures."),
        )


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
