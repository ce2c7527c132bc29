"""Batch: which files go out together, each written whole, skipped or said why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError, told
from app.language import _
from app.placing import TargetInUse, name_part
from ui.look.messages import explained
from ui.work.jobs import Job
from ui.work.unit_page import Later

if TYPE_CHECKING:
    from app.reporting import Reporting
    from app.surveying import Surveying


class Output(Enum):
    """What can go out."""

    ALLOCATION = "allocation"
    STANDARD = "standard"
    REPORT = "report"
    REPORT_WORD = "report_word"
    BRIEFS = "briefs"
    UNIT_WORKBOOKS = "unit_workbooks"
    PICTURES = "pictures"
    SURVEYS = "surveys"


PER_UNIT = frozenset({Output.BRIEFS, Output.UNIT_WORKBOOKS, Output.SURVEYS})
"""What is written once for every unit that is chosen."""
USUAL = frozenset({Output.ALLOCATION, Output.REPORT, Output.BRIEFS})


def output_words(output: Output) -> tuple[str, str]:
    """Return what an output is called, and what it is for."""
    return {
        Output.ALLOCATION: (
            _("Allocation workbook"),
            _("Summary, posts, measures and the matrix of every unit (.xlsx)"),
        ),
        Output.STANDARD: (
            _("Standard workbook"),
            _("All inputs, to check, hand on or import again (.xlsx)"),
        ),
        Output.REPORT: (_("County report for print"), _("Text, tables and charts (.pdf)")),
        Output.REPORT_WORD: (_("County report for Word"), _("The same, to go on writing (.docx)")),
        Output.BRIEFS: (_("A page for each unit’s leader"), _("One page a unit (.pdf)")),
        Output.UNIT_WORKBOOKS: (
            _("An allocation workbook for each unit"),
            _("Only its own posts and tasks (.xlsx)"),
        ),
        Output.PICTURES: (_("Charts as pictures"), _("For slides and documents (.png, .svg)")),
        Output.SURVEYS: (
            _("Survey forms"),
            _("One workbook a unit, filled with what is known, to be returned (.xlsx)"),
        ),
    }[output]


@dataclass(frozen=True)
class Writing:
    """One thing to write, and where."""

    path: Path
    write: Callable[[Path], object]


@dataclass(frozen=True)
class Written:
    """What came of one writing: the file, or one sentence why not, and a second name if taken."""

    writing: Writing
    problem: str = ""
    suggested: Path | None = None


@dataclass(frozen=True)
class BatchProgress:
    """`done` of `of` files are behind, `name` is in hand."""

    done: int
    of: int
    name: str


def writings(
    later: Later, title: str, folder: Path, outputs: Sequence[Output], unit_codes: Sequence[str]
) -> list[Writing]:
    """Return what is to be written into `folder`; computing what it says takes time."""
    from app.surveying import Surveying  # noqa: PLC0415 - slow, so in a worker

    reporting = later()
    surveying, title = Surveying(reporting.county), file_name(title)
    planned: list[Writing] = []
    for output in outputs:
        if output in PER_UNIT:
            planned += _unit_writings(output, reporting, surveying, folder, unit_codes)
        else:
            planned.append(_county_writing(output, reporting, folder, title))
    return planned


def _county_writing(output: Output, reporting: Reporting, folder: Path, title: str) -> Writing:
    from app.workbooks.standard.exporting import write_standard  # noqa: PLC0415 - slow, so in a worker

    makers: dict[Output, tuple[str, Callable[[Path], object]]] = {
        Output.ALLOCATION: (_("{title} allocation.xlsx"), reporting.write_allocation),
        Output.STANDARD: (
            _("{title} inputs.xlsx"),
            lambda path: write_standard(reporting.county, path),
        ),
        Output.REPORT: (_("{title} report.pdf"), reporting.write_report),
        Output.REPORT_WORD: (_("{title} report.docx"), reporting.write_report),
        Output.PICTURES: (_("{title} charts"), reporting.write_pictures),
    }
    name, write = makers[output]
    return Writing(folder / name.format(title=title), write)


def _unit_writings(
    output: Output,
    reporting: Reporting,
    surveying: Surveying,
    folder: Path,
    unit_codes: Sequence[str],
) -> Iterator[Writing]:
    for code in unit_codes:
        unit = file_name(reporting.figures.units[code].name)
        if output is Output.BRIEFS:
            path = folder / _("{unit} on a page.pdf").format(unit=unit)
            yield Writing(path, lambda path, code=code: reporting.write_report(path, code))  # type: ignore[misc]
        elif output is Output.UNIT_WORKBOOKS:
            path = folder / _("{unit} allocation.xlsx").format(unit=unit)
            yield Writing(path, lambda path, code=code: reporting.write_allocation(path, code))  # type: ignore[misc]
        else:
            path = folder / _("Surveys") / surveying.file_name(code)
            yield Writing(
                path,
                lambda path, code=code: surveying.write(path.parent, unit_codes=[code]),  # type: ignore[misc]
            )


def write_all(planned: Sequence[Writing], job: Job) -> list[Written]:
    """Write one after the other; a failure is noted and the rest goes on; a stop keeps the rest."""
    done: list[Written] = []
    for number, writing in enumerate(planned):
        if job.should_stop():
            break
        job.report(BatchProgress(number, len(planned), writing.path.name))
        done.append(_written(writing))
    return done


def _written(writing: Writing) -> Written:
    try:
        writing.path.parent.mkdir(parents=True, exist_ok=True)
        writing.write(writing.path)
    except TargetInUse as error:
        return Written(writing, error.message, error.suggested)
    except (UserError, OSError) as error:
        message = explained(error)
        assert message is not None
        return Written(writing, told(message.sentence, message.remedy))
    return Written(writing)


def file_name(text: str) -> str:
    """Return a text as part of a file's name on every system."""
    return name_part(text) or _("Untitled")
