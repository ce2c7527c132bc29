"""The allocation workbook: what a plan proposes, with live formulas from hours to saturation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.county import County
from app.figures import Figures
from app.findings import Finding
from app.language import _
from app.placing import place
from app.plan import Plan
from app.workbooks.banding import Banding
from app.workbooks.basis import FIRST_BAND_ROW, write_basis
from app.workbooks.layouts import layouts
from app.workbooks.matrices import write_matrix
from app.workbooks.showing import Showing
from app.workbooks.style import Book
from app.workbooks.summaries import Summaries


def write_allocation(
    path: Path,
    *,
    county: County,
    figures: Figures,
    findings: Sequence[Finding],
    plan: Plan | None,
    unit_code: str | None = None,
) -> None:
    """Write the allocation workbook of a plan, without one that of today, for one unit or all.

    Sheets: the facts it rests on, units, posts before and after, measures, headcounts, findings,
    and one matrix per unit that can be imported back. Sums are formulas with their values stored,
    so every program shows the same numbers with and without recalculating.

    Raises:
        UserError: there is no such unit, or the file cannot be written there.
    """
    showing = Showing.of(county, figures, findings, plan=plan, unit_code=unit_code)
    book = Book()
    basis = _("Basis")
    banding = Banding(showing.scheme, title=basis, top=FIRST_BAND_ROW)
    sheets = layouts(showing)
    notes = _notes(showing)
    write_basis(book, showing, banding, title=basis, notes=notes)
    summaries = Summaries(book, showing, sheets, banding, notes)
    summaries.write_units(_("Summary"))
    summaries.write_posts(_("Posts before and after"))
    summaries.write_measures(_("Measures"))
    summaries.write_headcounts(_("Headcounts"))
    summaries.write_findings(_("Check-up"))
    for layout in sheets.values():
        write_matrix(book, layout, showing, banding, " ".join(notes))
    place(book.finished(), path)


def _notes(showing: Showing) -> tuple[str, str]:
    """Return what every sheet is headed by: which state it shows, denominator, band scheme."""
    state = (
        _("Matrix and links show the plan; hours it changes are tinted.")
        if showing.plan is not None
        else _("Matrix and links show today: no plan was given.")
    )
    scheme = _("{denominator} Bands: {scheme}.").format(
        denominator=showing.figures.denominator, scheme=showing.scheme.word
    )
    return state, scheme
