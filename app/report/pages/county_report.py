"""Pages: what the report of a county says, block by block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from app.language import _, ngettext, word
from app.method.burden.ledger import burden_ledger
from app.method.checks.consistency import scores
from app.model.bands import scheme_named
from app.model.county import County
from app.model.figures import Figures, Load, PostFigures, UnitFigures
from app.model.findings import Finding
from app.model.plan import Plan
from app.model.reasons import because, needs
from app.model.remarks import omissions
from app.model.vocabulary import Lever, Severity
from app.report.chart_rows import most_loaded, post_name
from app.report.charts import pictures
from app.report.charts.showing import forms_chart, months_chart
from app.report.pages.document import (
    BandCell,
    Block,
    Facts,
    Picture,
    ReportCell,
    ReportColumn,
    ReportTable,
    Style,
    Text,
)
from app.report.pages.staffing import (
    burden_part,
    burden_rows,
    headcount_part,
    scores_part,
    soundness_part,
)
from app.report.wording import (
    amount,
    load_headline,
    measure_sentence,
    month_name,
    outcome_sentence,
    percent,
    plan_headline,
    signed,
)

MOST_UNITS, MOST_POSTS, MOST_MEASURES = 20, 20, 60
"""Rows of charts and tables that are printed; the allocation workbook holds all of them."""


def county_blocks(
    title: str, county: County, figures: Figures, findings: Sequence[Finding], plan: Plan | None
) -> Iterator[Block]:
    """Yield the report of a county from its headline to the findings of the check-up."""
    posts = list(figures.posts.values())
    yield Text(title, Style.TITLE)
    yield Text(load_headline(figures.county.load, posts), Style.HEADLINE)
    if plan is not None:
        yield Text(plan_headline(figures, plan))
    yield Facts(_assumptions(county, figures, plan))
    if figures.units:
        yield from headcount_part(figures, plan)
    if figures.tasks:
        yield from burden_part(burden_rows(burden_ledger(county, figures)))
        yield Picture(
            lambda width: forms_chart(county, figures, width=width),
            _("Hours of every form by kind of burden"),
        )
    if figures.posts:
        yield from _units_part(figures)
        yield from _posts_part(figures)
        yield Picture(
            lambda width: months_chart(county, figures, width=width),
            _("Work and capacity of every month"),
        )
    yield from _plan_part(county, figures, plan)
    yield from _findings_part(findings)
    if not any(finding.severity is Severity.ERROR for finding in findings):
        yield from scores_part(scores(county, figures, findings), figures)
    yield from soundness_part(county, figures)


def _assumptions(county: County, figures: Figures, plan: Plan | None) -> list[tuple[str, str]]:
    whole = figures.county
    rows = [
        (
            _("Covered"),
            _("{units} units, {posts} posts, {people} people, {tasks} tasks").format(
                units=len(county.units),
                posts=len(county.posts),
                people=amount(whole.load.existing),
                tasks=len(county.tasks),
            ),
        ),
        (
            _("Hours"),
            _reconciled(whole),
        ),
        (_("Denominator"), figures.denominator),
        (_("Bands"), scheme_named(figures.band_scheme).word),
    ]
    if plan is not None:
        levers = _(", ").join(word(lever) for lever in Lever if lever in plan.levers)
        rows += [(_("Means allowed"), levers or "—"), (_("Proof"), outcome_sentence(plan))]
    return rows


def _units_part(figures: Figures) -> Iterator[Block]:
    yield Text(_("Units"), Style.HEADING)
    yield Picture(
        lambda width: pictures.units_chart(figures, most=MOST_UNITS, width=width),
        _("Saturation of the units as bars, the highest first"),
    )
    ranked = sorted(figures.units.values(), key=lambda unit: -(unit.load.saturation or 0.0))
    columns = (
        ReportColumn(_("Unit"), 3.2),
        ReportColumn(_("Workload, h"), 1.6, is_number=True),
        ReportColumn(_("Capacity, h"), 1.6, is_number=True),
        ReportColumn(_("Saturation"), 1.75, is_number=True),
        ReportColumn(_("Band"), 2.0),
        ReportColumn(_("People"), 1.3, is_number=True),
        ReportColumn(_("Required"), 1.5, is_number=True),
        ReportColumn(_("Difference"), 1.7, is_number=True),
        ReportColumn(_("Unassigned, h"), 1.9, is_number=True),
    )
    rows = [_unit_row(unit.name, unit) for unit in ranked]
    yield ReportTable(columns, [*rows, _unit_row(_("Whole county"), figures.county)])
    yield Picture(
        lambda width: pictures.offices_chart(figures, width=width),
        _("Saturation by unit and office as a table of tints"),
    )


def _unit_row(name: str, unit: UnitFigures) -> list[ReportCell]:
    return [name, *_load_cells(unit.load), f"{unit.unassigned_hours:,.0f}"]


def _load_cells(load: Load) -> list[ReportCell]:
    return [
        f"{load.workload_hours:,.0f}",
        f"{load.capacity_hours:,.0f}",
        percent(load.saturation),
        BandCell(load.band),
        amount(load.existing),
        f"{load.required:,.1f}",
        signed(load.difference),
    ]


def _posts_part(figures: Figures) -> Iterator[Block]:
    yield Text(_("Most loaded posts"), Style.HEADING)
    yield Picture(
        lambda width: pictures.posts_chart(figures, most=MOST_POSTS, width=width),
        _("Saturation of the most loaded posts as bars, the highest first"),
    )
    columns = (
        ReportColumn(_("Post"), 4.8),
        ReportColumn(_("Workload, h"), 1.6, is_number=True),
        ReportColumn(_("Capacity, h"), 1.6, is_number=True),
        ReportColumn(_("Saturation"), 1.8, is_number=True),
        ReportColumn(_("Band"), 2.0),
        ReportColumn(_("People"), 1.3, is_number=True),
        ReportColumn(_("Required"), 1.6, is_number=True),
        ReportColumn(_("Difference"), 1.75, is_number=True),
        ReportColumn(_("Peak month"), 1.9, is_number=True),
    )
    posts = most_loaded(figures, most=MOST_POSTS)
    yield ReportTable(columns, [_post_row(figures, post) for post in posts])


def _post_row(figures: Figures, post: PostFigures) -> list[ReportCell]:
    load = post.load
    peak = "—"
    if load.peak_month is not None:
        peak = _("{month}: {saturation:.0%}").format(
            month=month_name(load.peak_month), saturation=load.peak_saturation or 0.0
        )
    return [post_name(figures, post.post_code), *_load_cells(load), peak]


def _plan_part(county: County, figures: Figures, plan: Plan | None) -> Iterator[Block]:
    yield Text(_("Plan"), Style.HEADING)
    if plan is None:
        yield Text(_("No plan has been computed yet."))
        return
    yield Text(outcome_sentence(plan))
    yield _goals_table(plan)
    for conflict in plan.conflicts:
        yield Text(_("Conflict: {conflict}").format(conflict=conflict))
    yield Picture(
        lambda width: pictures.rungs_chart(plan, width=width),
        _("Overload and unassigned hours left after each means"),
    )
    yield Picture(
        lambda width: pictures.plan_chart(figures, plan, width=width),
        _("Saturation of posts today and in the plan"),
    )
    yield from _measures_part(county, figures, plan)


def _goals_table(plan: Plan) -> ReportTable:
    columns = (
        ReportColumn(_("Goal, in order"), 4),
        ReportColumn(_("Today"), 2, is_number=True),
        ReportColumn(_("After the measures"), 2, is_number=True),
        ReportColumn(_("At best"), 2, is_number=True),
        ReportColumn(_("Proven bound"), 2, is_number=True),
    )
    rows = [
        [word(goal.goal), *map(amount, (goal.before, goal.reached, goal.value, goal.bound))]
        for goal in plan.goals
    ]
    return ReportTable(columns, rows)


def _measures_part(county: County, figures: Figures, plan: Plan) -> Iterator[Block]:
    yield Text(_("Measures, those that relieve most first"), Style.HEADING)
    columns = (
        ReportColumn(_("No."), 0.9, is_number=True),
        ReportColumn(_("What"), 5.0),
        ReportColumn(_("Because"), 4.4),
        ReportColumn(_("Needs"), 2.6),
        ReportColumn(_("Overload left"), 1.6, is_number=True),
        ReportColumn(_("Unassigned left"), 1.6, is_number=True),
    )
    rows: list[list[ReportCell]] = [
        [
            f"{measure.rank}",
            measure_sentence(measure, county, figures),
            because(measure, county),
            needs(measure, county),
            f"{measure.overload_after:,.0f}",
            _whole(measure.unassigned_after),
        ]
        for measure in plan.measures[:MOST_MEASURES]
    ]
    yield ReportTable(columns, rows)
    left_out = len(plan.measures) - len(rows)
    if left_out > 0:
        yield Text(
            ngettext(
                "{count} more measure stands in the allocation workbook.",
                "{count} more measures stand in the allocation workbook.",
                left_out,
            ).format(count=left_out),
            Style.CAPTION,
        )
    if omissions(plan):
        yield Text(omissions(plan), Style.CAPTION)


def _whole(hours: float | None) -> str:
    return "—" if hours is None else f"{hours:,.0f}"


def _findings_part(findings: Sequence[Finding]) -> Iterator[Block]:
    yield Text(_("Check-up"), Style.HEADING)
    if not findings:
        yield Text(_("The check-up finds nothing."))
        return
    ranked = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    count = Counter(finding.rule for finding in ranked)
    first = {finding.rule: finding for finding in reversed(ranked)}
    yield ReportTable(
        (
            ReportColumn(_("Severity"), 1.2),
            ReportColumn(_("Number"), 1.2, is_number=True),
            ReportColumn(_("For instance"), 8),
            ReportColumn(_("Remedy"), 5),
        ),
        [
            [word(finding.severity), f"{count[rule]:,}", finding.message, finding.remedy]
            for rule, finding in sorted(first.items(), key=lambda item: ranked.index(item[1]))
        ],
    )


def _reconciled(whole: UnitFigures) -> str:
    """Return that the hours of tasks are those assigned and those that nobody carries."""
    sentence = (
        _(
            "{demand:,.0f} h of tasks = {assigned:,.0f} assigned + {open:,.0f} unassigned "
            "− {surplus:,.0f} shared out too often"
        )
        if round(whole.surplus_hours)
        else _("{demand:,.0f} h of tasks = {assigned:,.0f} assigned + {open:,.0f} unassigned")
    )
    return sentence.format(
        demand=whole.demand_hours,
        assigned=whole.assigned_hours,
        open=whole.unassigned_hours,
        surplus=whole.surplus_hours,
    )
