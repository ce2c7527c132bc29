"""The allocation workbook: what a plan proposes, with live formulas from hours to saturation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.language import _
from app.model.accounts import BurdenRow, Cut
from app.model.county import County
from app.model.figures import Figures
from app.model.findings import Finding, Score
from app.model.plan import Plan
from app.placing import place
from app.store.records.history import Step
from app.workbooks.allocation.allocation_rows import Showing
from app.workbooks.allocation.band_table import Banding
from app.workbooks.allocation.burden_sheet import names_and_hours, write_burden
from app.workbooks.allocation.chart_sheet import Chart, Series, write_charts
from app.workbooks.allocation.checkup_sheets import write_findings, write_scores
from app.workbooks.allocation.cover import write_cover
from app.workbooks.allocation.headcount_sheets import Headcounts
from app.workbooks.allocation.headed_tables import HeadedTable, Sheets
from app.workbooks.allocation.layouts import layouts
from app.workbooks.allocation.measures_sheet import write_measures
from app.workbooks.allocation.soundness_sheet import FIRST_BAND_ROW, write_basis
from app.workbooks.allocation.summaries import PLAN, TODAY, Summaries
from app.workbooks.allocation.unit_matrices import write_matrix
from app.workbooks.standard.style import COUNT, Book


def write_allocation(
    path: Path,
    *,
    county: County,
    figures: Figures,
    findings: Sequence[Finding],
    plan: Plan | None,
    unit_code: str | None = None,
    scores: Sequence[Score] = (),
    burden: Sequence[BurdenRow] = (),
    steps: Sequence[Step] = (),
) -> None:
    """Write the allocation workbook of a plan, without one that of today, for one unit or all.

    Sheets: a cover, units, charts, posts before and after, measures, headcounts, the burden
    ledger, the check-up, what it all rests on, and one matrix per unit that can be imported back.
    Sums are formulas with their values stored, so every program shows the same numbers with and
    without recalculating.

    Args:
        path: where to write.
        county: the inputs.
        figures: those of the county.
        findings: of the check-up.
        plan: what is proposed.
        unit_code: only this unit.
        scores: how far the elements agree.
        burden: the ledger of what is shown.
        steps: the history of the inputs.

    Raises:
        UserError: there is no such unit, or the file cannot be written there.
    """
    showing = Showing.of(county, figures, findings, plan=plan, unit_code=unit_code)
    place(_Allocation(showing).written(scores, burden, steps), path)


class _Allocation:
    """An allocation workbook while it is written."""

    def __init__(self, showing: Showing) -> None:
        self._showing = showing
        self._sheets = Sheets(Book(), _notes(showing))
        self._layouts = layouts(showing)
        self._basis = _("Basis")
        self._banding = Banding(showing.scheme, title=self._basis, top=FIRST_BAND_ROW)

    def written(
        self, scores: Sequence[Score], burden: Sequence[BurdenRow], steps: Sequence[Step]
    ) -> bytes:
        """Write all sheets and return the workbook; those that come first are written last."""
        showing, sheets = self._showing, self._sheets
        summaries = Summaries(sheets, showing, self._layouts, self._banding)
        cover, charts = _("Cover"), _("Charts")
        for title in (cover, _("Summary"), charts):
            sheets.book.tab(title)
        units = summaries.write_units(_("Summary"))
        posts = summaries.write_posts(_("Posts before and after"))
        write_measures(sheets, showing, _("Measures"))
        headcounts = Headcounts(sheets, showing, self._layouts, units).write(
            _("Headcounts"), _("Headcounts by category")
        )
        ledger, cuts = write_burden(sheets, burden, _("Burden ledger"))
        write_findings(sheets, showing, _("Check-up"))
        write_scores(sheets, showing, scores, _("Check-up scores"))
        rungs = write_basis(sheets, showing, self._banding, title=self._basis, steps=steps)
        drawn = [*_unit_charts(showing, units, headcounts), *_burden_charts(ledger, cuts)]
        if rungs is not None:
            drawn.append(_ladder(self._basis, rungs))
        write_charts(sheets, charts, drawn)
        write_cover(
            sheets,
            showing,
            title=cover,
            contents=[*_contents(charts), *self._matrices()],
            summary=units,
            posts=posts,
        )
        for layout in self._layouts.values():
            write_matrix(sheets.book, layout, showing, self._banding, " ".join(sheets.notes))
        return sheets.book.finished()

    def _matrices(self) -> Iterator[tuple[str, str]]:
        text = _("Hours by task and post, live; hours typed here can be imported back")
        return ((layout.title, text) for layout in self._layouts.values())


def _contents(charts: str) -> list[tuple[str, str]]:
    return [
        (_("Summary"), _("Every unit: workload, capacity, saturation, required headcount")),
        (charts, _("Saturation, headcount, burden and the ladder as charts")),
        (_("Posts before and after"), _("Every post as it is and as the plan has it")),
        (_("Measures"), _("What is to be done, in order, with its effect so far")),
        (_("Headcounts"), _("Authorised, in post, on duty, required and after the plan")),
        (_("Headcounts by category"), _("The same by staff category")),
        (_("Burden ledger"), _("Hours by kind of burden, form, ordering department and task")),
        (_("Check-up"), _("Findings with their remedies")),
        (_("Check-up scores"), _("How far duties, tasks, workload and headcount agree")),
        (_("Basis"), _("Bands, evidence, outcome with bounds, assumptions, limits, sources")),
    ]


def _unit_charts(showing: Showing, units: HeadedTable, headcounts: HeadedTable) -> Iterator[Chart]:
    last = len(units.rows) - 1
    if last < 0:
        return
    states = {TODAY: _("today")} | ({PLAN: _("plan")} if showing.plan is not None else {})
    yield Chart(
        _("Saturation of units"),
        units.span("name", 0, last),
        [
            Series(name, units.span(f"{state}_saturation", 0, last))
            for state, name in states.items()
        ],
        "0%",
    )
    fields = ("authorised", "in_post", "on_duty", "required", "after")
    yield Chart(
        _("Headcount of units"),
        headcounts.span("unit", 0, last),
        [
            Series(headcounts.fields[name].title, headcounts.span(name, 0, last))
            for name in fields
            if name in headcounts.fields
        ],
        COUNT,
    )


def _burden_charts(ledger: HeadedTable, cuts: Mapping[Cut, tuple[int, int]]) -> Iterator[Chart]:
    titles = {Cut.KIND: _("Hours by kind of burden"), Cut.FORM: _("Hours by form")}
    for cut, title in titles.items():
        if cut in cuts:
            names, hours = names_and_hours(ledger, cuts[cut])
            yield Chart(title, names, [Series(title, hours)], "#,##0", is_labelled=True)


def _ladder(basis: str, rungs: tuple[int, int]) -> Chart:
    title = _("Overload left after each means, one added after the other")
    first, last = rungs
    values = Series(title, [basis, first, 1, last, 1])
    return Chart(title, [basis, first, 0, last, 0], [values], "#,##0", is_labelled=True)


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
