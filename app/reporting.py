"""Reporting: what can be written about a county and its plan at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.method.burden.ledger import burden_ledger
from app.method.checks.checkup import find_blocking
from app.method.checks.consistency import scores
from app.model.county import County
from app.model.figures import Figures
from app.model.findings import Finding, Score
from app.model.plan import Plan
from app.report.charts.pictures import WORD_WIDTH, write_pictures
from app.report.pages.document import ReportDocument
from app.report.pages.pdf_pages import printed
from app.report.pages.preview import Preview
from app.report.pages.staffing import burden_rows
from app.report.pages.writing import report_of, write_report
from app.report.theme import SLIDE_WIDTH
from app.store.records.history import Step
from app.workbooks.allocation.workbook import write_allocation


@dataclass(frozen=True)
class Reporting:
    """A county, its figures and findings, and the plan kept last or None.

    Frozen, so that any thread may write from it.
    """

    county: County
    figures: Figures
    findings: Sequence[Finding]
    plan: Plan | None
    steps: Sequence[Step] = ()
    """The history that made the inputs what they are."""

    def write_allocation(self, path: Path, unit_code: str | None = None) -> None:
        """Write the allocation workbook of the plan, or of today if there is none."""
        write_allocation(
            path,
            county=self.county,
            figures=self.figures,
            findings=self.findings,
            plan=self.plan,
            unit_code=unit_code,
            scores=self.scores,
            burden=burden_rows(burden_ledger(self.county, self.figures, unit_code=unit_code)),
            steps=self.steps,
        )

    @property
    def scores(self) -> Sequence[Score]:
        """Return how far the elements agree in every unit, nothing where data block the figures."""
        if find_blocking(self.county):
            return ()
        return scores(self.county, self.figures, self.findings)

    def write_report(self, path: Path, unit_code: str | None = None) -> None:
        """Write the report as PDF or Word: the county's, or one unit's page."""
        write_report(
            path,
            county=self.county,
            figures=self.figures,
            findings=self.findings,
            plan=self.plan,
            unit_code=unit_code,
        )

    def report(self, unit_code: str | None = None) -> ReportDocument:
        """Return what the report says, block by block."""
        return report_of(
            county=self.county,
            figures=self.figures,
            findings=self.findings,
            plan=self.plan,
            unit_code=unit_code,
        )

    def preview(self, unit_code: str | None = None) -> Preview:
        """Return the pages of the report as they are printed; setting them takes seconds."""
        return Preview(printed(self.report(unit_code)))

    def write_pictures(self, folder: Path, *, is_for_word: bool = False) -> tuple[Path, ...]:
        """Write the charts as pictures into `folder`, for slides or as wide as a Word page."""
        return write_pictures(
            folder,
            county=self.county,
            figures=self.figures,
            plan=self.plan,
            width=WORD_WIDTH if is_for_word else SLIDE_WIDTH,
        )
