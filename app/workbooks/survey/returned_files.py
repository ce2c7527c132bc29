"""Returns: surveys and decided differences among the files of an import, and what they change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from app.language import _
from app.model.county import Change, County, Duty, Record, Task
from app.model.vocabulary import Severity
from app.numbers import quoted
from app.workbooks.cells.grid import Grid
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.survey.collecting import Returned, read_return
from app.workbooks.survey.difference_sheet import is_settling, read_differences
from app.workbooks.survey.differences import Difference, changes_of
from app.workbooks.survey.survey_sheets import survey_mark


class SurveyState(Enum):
    """How far the survey of one unit is."""

    RETURNED = "returned"
    WITH_FINDINGS = "with findings"
    OUTSTANDING = "outstanding"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """One unit's line in the progress of a survey."""

    unit_code: str
    name: str
    state: SurveyState
    file: str
    due: date | None
    differences: int
    findings: int


@dataclass(frozen=True, slots=True)
class Collected:
    """All surveys that came back, and the differences that the county has decided on."""

    returned: tuple[Returned, ...]
    differences: tuple[Difference, ...]
    records: int

    def changes(self, county: County) -> list[Change]:
        """Return what the decided figures change."""
        return changes_of(self.differences, county)


def collect(
    files: Sequence[Sequence[Grid]],
    county: County,
    remarks: Remarks,
    *,
    accepts: bool,
    decides: bool = False,
) -> tuple[Collected, list[Sequence[Grid]]]:
    """Return the surveys among some files, and the other files.

    A sheet of differences says what the county has decided, and whoever can drop a file into a
    folder can make one; it counts only where the user has named that one file for it.

    Args:
        files: the worksheets of each file.
        county: the plan that the surveys were written from.
        remarks: where everything that is wrong, refused or undecided goes.
        accepts: whether the county takes what the units have verified; otherwise every difference
            is a warning and changes nothing until it is decided.
        decides: whether the one file is the sheet of differences that the county has decided on.
    """
    if decides:
        return _decided(files, county, remarks), []
    others: list[Sequence[Grid]] = []
    returned: list[Returned] = []
    for file in files:
        mark = survey_mark(file)
        if mark is not None:
            found = read_return(file, mark, county, remarks)
            returned += [found] if found is not None else []
        elif is_settling(file):
            _leave_decisions(file, remarks)
        else:
            others.append(file)
    _refuse_second_files(returned, remarks)
    differences = [row for found in returned for row in found.differences]
    if accepts:
        differences = [replace(row, decided=row.verified) for row in differences]
    for row in differences:
        if row.decided is None:
            _warn_of_difference(row, remarks)
    collected = Collected(tuple(returned), tuple(differences), 0)
    listed = list(_tell_new_tasks(collected, county, remarks))
    records = sum(found.records for found in returned) + len(listed)
    return replace(collected, records=records), others


def _decided(files: Sequence[Sequence[Grid]], county: County, remarks: Remarks) -> Collected:
    """Return what the county has decided on the sheet of differences that was named."""
    if len(files) != 1 or not is_settling(files[0]):
        name = files[0][0].file if files and files[0] else ""
        remarks.error(
            CellPlace(name),
            _("This file is no sheet of differences of this program."),
            _("Name the one workbook that was written for the county to decide in."),
        )
        return Collected((), (), 0)
    rows = read_differences(files[0], county, remarks)
    collected = Collected((), rows, len({(row.table, row.key) for row in rows}))
    listed = list(_tell_new_tasks(collected, county, remarks))
    return replace(collected, records=collected.records + len(listed))


def _leave_decisions(file: Sequence[Grid], remarks: Remarks) -> None:
    remarks.warning(
        CellPlace(file[0].file),
        _("This file says what the county decides; among other files it is not read."),
        _("Name it alone: “Take over decided differences”, or `hengbian survey --decided`."),
    )


def progress(
    collected: Collected,
    county: County,
    remarks: Remarks,
    *,
    due: date | None,
    today: date,
) -> tuple[UnitReturn, ...]:
    """Return where the survey of every unit stands; `due` None is the day the surveys name."""
    files = {found.unit_code: found for found in reversed(collected.returned)}
    counts = _counts(collected, remarks)
    days = [found.due for found in collected.returned if found.due is not None]
    day = due if due is not None else max(days, default=None)
    lines = []
    for (code,), unit in county.units.items():
        found = files.get(code)
        count = counts[found.file] if found is not None else 0
        if found is not None:
            state = SurveyState.WITH_FINDINGS if count else SurveyState.RETURNED
        else:
            is_late = day is not None and today > day
            state = SurveyState.OVERDUE if is_late else SurveyState.OUTSTANDING
        name = found.file if found is not None else ""
        number = len(found.differences) if found is not None else 0
        lines.append(UnitReturn(code, unit.name, state, name, day, number, count))
    return tuple(lines)


def _counts(collected: Collected, remarks: Remarks) -> Counter[str]:
    """Return the errors and warnings of every file; an open difference is neither."""
    told = (row for row in remarks.findings() if row.severity is not Severity.NOTE)
    counts = Counter(row.file for row in told)
    counts.subtract(row.place.file for row in collected.differences if row.decided is None)
    return counts


def _refuse_second_files(returned: Sequence[Returned], remarks: Remarks) -> None:
    files: dict[str, list[str]] = defaultdict(list)
    for found in returned:
        files[found.unit_code].append(found.file)
    for unit_code, names in files.items():
        for name in names[1:]:
            remarks.error(
                CellPlace(name),
                _("Unit {unit} has already returned its survey in {file}.").format(
                    unit=unit_code, file=names[0]
                ),
                _("Keep the newer of the two files in the folder."),
            )


def _tell_new_tasks(collected: Collected, county: County, remarks: Remarks) -> Iterator[Record]:
    """Yield the duties and tasks that the county has not listed and takes, telling of each task."""
    places = {row.key[1:]: row.place for row in collected.differences if row.new is not None}
    for change in collected.changes(county):
        record = change.record
        if isinstance(record, Duty | Task):
            yield record
        if isinstance(record, Task) and not remarks.is_blocking:
            remarks.note(
                places[record.key],
                _("“{name}” comes in as task {code}, which the county has not listed.").format(
                    name=record.name, code=record.task_code
                ),
                _(
                    "It counts as substantive work outside the list (清单外) with an estimated "
                    "unit time: say what kind of burden it is and who carries it."
                ),
            )


def _warn_of_difference(row: Difference, remarks: Remarks) -> None:
    message = _("{subject}: {figure} was {last}, the unit says {verified}.")
    if row.new is not None:
        message = _(
            "{subject}: the unit does this, {figure} {verified}; the county has no such task."
        )
    elif row.reason:
        message = _("{subject}: {figure} was {last}, the unit says {verified} (“{reason}”).")
    remarks.warning(
        row.place,
        message.format(
            subject=row.subject,
            figure=row.title,
            last=shown(row.last),
            verified=shown(row.verified),
            reason=quoted(row.reason),
        ),
        _("Nothing changes until the county decides: accept it, or leave it as it is."),
    )


def shown(figure: float | None) -> str:
    """Return a figure as a sentence shows it, a dash where there is none."""
    return "–" if figure is None else f"{figure:,.10g}"
