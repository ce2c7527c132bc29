"""Pages: the printed report of a county, and of one unit on a single page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.county import County
from app.errors import UserError
from app.figures import Figures, Load, PostFigures, UnitFigures
from app.findings import Finding
from app.language import _, ngettext, word
from app.method.saturation import scheme_named
from app.plan import Plan
from app.report import pictures
from app.report.brief import brief_of
from app.report.paper import (
    BandCell,
    Cell,
    Column,
    facts,
    picture,
    print_pages,
    table,
    text,
)
from app.report.placing import placed
from app.report.rows import most_loaded, post_name
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
from app.vocabulary import Lever, Severity

MOST_UNITS, MOST_POSTS, MOST_MEASURES = 20, 20, 60
"""Rows of charts and tables that are printed; the allocation workbook holds all of them."""


def write_report(
    path: Path,
    *,
    county: County,
    figures: Figures,
    findings: Sequence[Finding],
    plan: Plan | None,
    unit_code: str | None = None,
) -> None:
    """Write the report of a county as PDF, or the one page of a unit.

    Raises:
        UserError: there is no such unit, or the file cannot be written.
    """
    if unit_code is not None and unit_code not in figures.units:
        raise UserError(
            _("There is no unit {unit}.").format(unit=unit_code),
            remedy=_("Use a code from the sheet of units."),
        )
    if unit_code is None:
        title = _("Workload and headcount report")
        story = list(_county_story(title, county, figures, findings, plan))
    else:
        title = _("{unit}: load and proposals").format(unit=figures.units[unit_code].name)
        story = brief_of(unit_code, title=title, county=county, figures=figures, plan=plan)
    footer = _("{title}, {day}").format(title=title, day=date.today().isoformat())
    with placed(path) as beside:
        print_pages(beside, story, title=title, footer=footer)


def _county_story(
    title: str, county: County, figures: Figures, findings: Sequence[Finding], plan: Plan | None
) -> Iterator[Flowable]:
    posts = list(figures.posts.values())
    yield text(title, "title")
    yield text(load_headline(figures.county.load, posts), "headline")
    if plan is not None:
        yield text(plan_headline(figures, plan))
    yield facts(_assumptions(county, figures, plan))
    if figures.posts:
        yield from _units_part(figures)
        yield from _posts_part(figures)
    yield from _plan_part(county, figures, plan)
    yield from _findings_part(findings)


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
            _(
                "{demand:,.0f} h of tasks = {assigned:,.0f} assigned + {open:,.0f} unassigned"
            ).format(
                demand=whole.demand_hours,
                assigned=whole.assigned_hours,
                open=whole.unassigned_hours,
            ),
        ),
        (_("Denominator"), figures.denominator),
        (_("Bands"), scheme_named(figures.band_scheme).word),
    ]
    if plan is not None:
        levers = _(", ").join(word(lever) for lever in Lever if lever in plan.levers)
        rows += [(_("Means allowed"), levers or "—"), (_("Proof"), outcome_sentence(plan))]
    return rows


def _units_part(figures: Figures) -> Iterator[Flowable]:
    yield text(_("Units"), "heading")
    yield picture(pictures.units_chart(figures, most=MOST_UNITS))
    ranked = sorted(figures.units.values(), key=lambda unit: -(unit.load.saturation or 0.0))
    columns = (
        Column(_("Unit"), 3.2),
        Column(_("Workload, h"), 1.6, is_number=True),
        Column(_("Capacity, h"), 1.6, is_number=True),
        Column(_("Saturation"), 1.75, is_number=True),
        Column(_("Band"), 2.0),
        Column(_("People"), 1.3, is_number=True),
        Column(_("Required"), 1.5, is_number=True),
        Column(_("Difference"), 1.7, is_number=True),
        Column(_("Unassigned, h"), 1.9, is_number=True),
    )
    rows = [_unit_row(unit.name, unit) for unit in ranked]
    yield Spacer(0, 6)
    yield table(columns, [*rows, _unit_row(_("Whole county"), figures.county)])
    heat = pictures.offices_chart(figures)
    if heat is not None:
        yield Spacer(0, 8)
        yield picture(heat)


def _unit_row(name: str, unit: UnitFigures) -> list[Cell]:
    return [name, *_load_cells(unit.load), f"{unit.unassigned_hours:,.0f}"]


def _load_cells(load: Load) -> list[Cell]:
    return [
        f"{load.workload_hours:,.0f}",
        f"{load.capacity_hours:,.0f}",
        percent(load.saturation),
        BandCell(load.band),
        amount(load.existing),
        f"{load.required:,.1f}",
        signed(load.difference),
    ]


def _posts_part(figures: Figures) -> Iterator[Flowable]:
    yield text(_("Most loaded posts"), "heading")
    yield picture(pictures.posts_chart(figures, most=MOST_POSTS))
    columns = (
        Column(_("Post"), 4.8),
        Column(_("Workload, h"), 1.6, is_number=True),
        Column(_("Capacity, h"), 1.6, is_number=True),
        Column(_("Saturation"), 1.8, is_number=True),
        Column(_("Band"), 2.0),
        Column(_("People"), 1.3, is_number=True),
        Column(_("Required"), 1.6, is_number=True),
        Column(_("Difference"), 1.75, is_number=True),
        Column(_("Peak month"), 1.9, is_number=True),
    )
    posts = most_loaded(figures, most=MOST_POSTS)
    yield Spacer(0, 6)
    yield table(columns, [_post_row(figures, post) for post in posts])


def _post_row(figures: Figures, post: PostFigures) -> list[Cell]:
    load = post.load
    peak = "—"
    if load.peak_month is not None:
        peak = _("{month}: {saturation:.0%}").format(
            month=month_name(load.peak_month), saturation=load.peak_saturation or 0.0
        )
    return [post_name(figures, post.post_code), *_load_cells(load), peak]


def _plan_part(county: County, figures: Figures, plan: Plan | None) -> Iterator[Flowable]:
    heading = text(_("Plan"), "heading")
    if plan is None:
        yield from (heading, text(_("No plan has been computed yet.")))
        return
    yield KeepTogether([heading, text(outcome_sentence(plan)), _goals_table(plan)])
    for conflict in plan.conflicts:
        yield text(_("Conflict: {conflict}").format(conflict=conflict))
    for figure in (pictures.rungs_chart(plan), pictures.plan_chart(figures, plan)):
        if figure is not None:
            yield Spacer(0, 8)
            yield picture(figure)
    yield from _measures_part(county, figures, plan)


def _goals_table(plan: Plan) -> Flowable:
    columns = (
        Column(_("Goal, in order"), 4),
        Column(_("Today"), 2, is_number=True),
        Column(_("In the plan"), 2, is_number=True),
        Column(_("Proven bound"), 2, is_number=True),
    )
    rows = [
        [word(goal.goal), *map(amount, (goal.before, goal.value, goal.bound))]
        for goal in plan.goals
    ]
    return table(columns, rows)


def _measures_part(county: County, figures: Figures, plan: Plan) -> Iterator[Flowable]:
    yield text(_("Measures, those that relieve most first"), "heading")
    columns = (
        Column(_("No."), 0.9, is_number=True),
        Column(_("What"), 5.2),
        Column(_("Because"), 4.6),
        Column(_("Needs"), 3.2),
        Column(_("Overload left"), 1.7, is_number=True),
    )
    rows: list[list[Cell]] = [
        [
            f"{measure.rank}",
            measure_sentence(measure, county, figures),
            measure.because,
            measure.needs,
            f"{measure.overload_after:,.0f}",
        ]
        for measure in plan.measures[:MOST_MEASURES]
    ]
    yield table(columns, rows)
    left_out = len(plan.measures) - len(rows)
    if left_out > 0:
        yield text(
            ngettext(
                "{count} more measure stands in the allocation workbook.",
                "{count} more measures stand in the allocation workbook.",
                left_out,
            ).format(count=left_out),
            "caption",
        )
    if plan.omissions:
        yield text(plan.omissions, "caption")


def _findings_part(findings: Sequence[Finding]) -> Iterator[Flowable]:
    yield text(_("Check-up"), "heading")
    if not findings:
        yield text(_("The check-up finds nothing."))
        return
    ranked = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    count = Counter(finding.rule for finding in ranked)
    first = {finding.rule: finding for finding in reversed(ranked)}
    yield table(
        (
            Column(_("Severity"), 1.2),
            Column(_("Number"), 1.2, is_number=True),
            Column(_("For instance"), 8),
            Column(_("Remedy"), 5),
        ),
        [
            [word(finding.severity), f"{count[rule]:,}", finding.message, finding.remedy]
            for rule, finding in sorted(first.items(), key=lambda item: ranked.index(item[1]))
        ],
    )
