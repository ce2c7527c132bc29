"""Writing: a report as PDF or Word, the county's or one unit's, into a file or as bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from app.errors import UserError
from app.language import _
from app.model.county import County
from app.model.figures import Figures
from app.model.findings import Finding
from app.model.plan import Plan
from app.placing import place
from app.report.pages.brief import brief_blocks
from app.report.pages.county_report import county_blocks
from app.report.pages.document import ReportDocument
from app.report.pages.docx_pages import worded
from app.report.pages.pdf_pages import printed

WRITERS: Mapping[str, Callable[[ReportDocument], bytes]] = {".pdf": printed, ".docx": worded}
"""What makes a file of a document, by the ending of its name."""


def write_report(
    path: Path,
    *,
    county: County,
    figures: Figures,
    findings: Sequence[Finding],
    plan: Plan | None,
    unit_code: str | None = None,
) -> None:
    """Write the report of a county, or the one page of a unit, in the format its name ends with.

    Raises:
        UserError: the ending is unknown, there is no such unit, or the file cannot be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise UserError(
            _("A report cannot be written as “{name}”.").format(name=path.name),
            remedy=_("End its name in {endings}.").format(endings=_(" or ").join(WRITERS)),
        )
    document = report_of(
        county=county, figures=figures, findings=findings, plan=plan, unit_code=unit_code
    )
    place(write(document), path)


def report_of(
    *,
    county: County,
    figures: Figures,
    findings: Sequence[Finding],
    plan: Plan | None,
    unit_code: str | None = None,
) -> ReportDocument:
    """Return what the report of a county, or the one page of a unit, says.

    Raises:
        UserError: there is no such unit.
    """
    if unit_code is None:
        title = _("Workload and headcount report")
        blocks = county_blocks(title, county, figures, findings, plan)
    elif unit_code in figures.units:
        title = _("{unit}: load and proposals").format(unit=figures.units[unit_code].name)
        blocks = brief_blocks(title, unit_code, county=county, figures=figures, plan=plan)
    else:
        raise UserError(
            _("There is no unit {unit}.").format(unit=unit_code),
            remedy=_("Use a code from the sheet of units."),
        )
    footer = _("{title}, {day}").format(title=title, day=date.today().isoformat())
    return ReportDocument(title, footer, tuple(blocks), is_one_page=unit_code is not None)
