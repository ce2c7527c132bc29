"""Brief: what the one page for the head of a unit says, block by block."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from app.language import _
from app.model.county import County
from app.model.figures import Figures, PostFigures
from app.model.plan import Measure, Plan
from app.model.reasons import because, needs
from app.report.chart_rows import most_loaded, post_name
from app.report.charts import pictures
from app.report.pages.document import (
    BandCell,
    Block,
    Picture,
    ReportCell,
    ReportColumn,
    ReportTable,
    Style,
    Text,
)
from app.report.wording import (
    amount,
    county_requests,
    load_headline,
    measure_sentence,
    percent,
)

MOST_POSTS, MOST_MEASURES, MOST_SHIFTS = 3, 3, 8


def brief_blocks(
    title: str, unit_code: str, *, county: County, figures: Figures, plan: Plan | None
) -> Iterator[Block]:
    """Yield the one page of a unit: headline, worst posts, measures, requests, one chart."""
    unit = figures.units[unit_code]
    posts = [post for post in figures.posts.values() if post.unit_code == unit_code]
    yield Text(title, Style.TITLE)
    yield Text(load_headline(unit.load, posts), Style.HEADLINE)
    yield Text(_("The three most loaded posts"), Style.HEADING)
    yield _worst_posts(unit_code, county=county, figures=figures)
    yield Text(_("Three measures"), Style.HEADING)
    yield from _measures(unit_code, county=county, figures=figures, plan=plan)
    yield Picture(
        lambda width: _chart(unit_code, figures=figures, plan=plan, width=width),
        _("Saturation of posts today and in the plan"),
    )
    if unit.load.workload_hours <= 0:
        yield Text(figures.denominator, Style.CAPTION)


def _worst_posts(unit_code: str, *, county: County, figures: Figures) -> ReportTable:
    columns = (
        ReportColumn(_("Post"), 4),
        ReportColumn(_("People"), 1.2, is_number=True),
        ReportColumn(_("Required"), 1.5, is_number=True),
        ReportColumn(_("Saturation"), 1.7, is_number=True),
        ReportColumn(_("Band"), 1.9),
        ReportColumn(_("Heaviest task"), 4.4),
    )
    worst = most_loaded(figures, most=MOST_POSTS, unit_code=unit_code)
    return ReportTable(columns, [_post_row(post, county=county, figures=figures) for post in worst])


def _post_row(post: PostFigures, *, county: County, figures: Figures) -> list[ReportCell]:
    load = post.load
    hours = {key: value for key, value in figures.hours.items() if key[2] == post.post_code}
    heaviest = "—"
    if hours:
        key = max(hours, key=lambda place: hours[place])
        heaviest = _("{task} ({hours:,.0f} h)").format(
            task=county.tasks[(key[1],)].name, hours=hours[key]
        )
    return [
        post_name(figures, post.post_code, within=post.unit_code),
        amount(load.existing),
        f"{load.required:,.1f}",
        percent(load.saturation),
        BandCell(load.band),
        heaviest,
    ]


def _measures(
    unit_code: str, *, county: County, figures: Figures, plan: Plan | None
) -> Iterator[Block]:
    if plan is None:
        yield Text(_("No plan has been computed yet."))
        return
    own = [row for row in plan.measures if unit_code in row.unit_codes]
    if not own:
        yield Text(_("The plan changes nothing in this unit."))
        return
    columns = (
        ReportColumn(_("What"), 4.6),
        ReportColumn(_("Because"), 4),
        ReportColumn(_("Needs"), 3),
    )
    rows = [_measure_row(row, county=county, figures=figures) for row in own[:MOST_MEASURES]]
    yield ReportTable(columns, rows)
    yield Text(_("Needed from the county"), Style.HEADING)
    yield from _requests(own, unit_code)


def _measure_row(measure: Measure, *, county: County, figures: Figures) -> list[ReportCell]:
    sentence = measure_sentence(measure, county, figures)
    return [sentence, because(measure, county), needs(measure, county)]


def _requests(measures: list[Measure], unit_code: str) -> Iterator[Block]:
    requests = county_requests(measures, unit_code=unit_code)
    if not requests:
        yield Text(_("Nothing: the unit can decide all of its measures by itself."))
    yield from map(Text, requests)


def _chart(unit_code: str, *, figures: Figures, plan: Plan | None, width: float) -> Figure | None:
    """Return the posts before and after the plan, as they are today where it changes nothing."""
    figure = None
    if plan is not None:
        figure = pictures.plan_chart(
            figures, plan, unit_code=unit_code, most=MOST_SHIFTS, width=width
        )
    if figure is None and figures.units[unit_code].load.workload_hours > 0:
        figure = pictures.posts_chart(figures, unit_code=unit_code, most=MOST_SHIFTS, width=width)
    return figure
