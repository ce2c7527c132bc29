"""Brief: one page for the head of a unit, readable in black and white."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepInFrame

from app.county import County
from app.figures import Figures, PostFigures
from app.language import _
from app.plan import Measure, Plan
from app.report import pictures
from app.report.paper import HEIGHT, WIDTH, BandCell, Cell, Column, picture, table, text
from app.report.rows import most_loaded, post_name
from app.report.wording import (
    amount,
    county_requests,
    load_headline,
    measure_sentence,
    percent,
)

MOST_POSTS, MOST_MEASURES, MOST_SHIFTS = 3, 3, 8


def brief_of(
    unit_code: str, *, title: str, county: County, figures: Figures, plan: Plan | None
) -> list[Flowable]:
    """Return the one page of a unit; what is too long for it is set smaller, never cut off."""
    unit = figures.units[unit_code]
    posts = [post for post in figures.posts.values() if post.unit_code == unit_code]
    story: list[Flowable] = [
        text(title, "title"),
        text(load_headline(unit.load, posts), "headline"),
        text(_("The three most loaded posts"), "heading"),
        _worst_posts(unit_code, county=county, figures=figures),
        text(_("Three measures"), "heading"),
        *_measures(unit_code, county=county, figures=figures, plan=plan),
        *_chart(unit_code, figures=figures, plan=plan),
    ]
    return [KeepInFrame(WIDTH, HEIGHT, story, mode="shrink")]


def _worst_posts(unit_code: str, *, county: County, figures: Figures) -> Flowable:
    columns = (
        Column(_("Post"), 4),
        Column(_("People"), 1.2, is_number=True),
        Column(_("Required"), 1.5, is_number=True),
        Column(_("Saturation"), 1.7, is_number=True),
        Column(_("Band"), 1.9),
        Column(_("Heaviest task"), 4.4),
    )
    worst = most_loaded(figures, most=MOST_POSTS, unit_code=unit_code)
    return table(columns, [_post_row(post, county=county, figures=figures) for post in worst])


def _post_row(post: PostFigures, *, county: County, figures: Figures) -> list[Cell]:
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
) -> list[Flowable]:
    if plan is None:
        return [text(_("No plan has been computed yet."))]
    own = [row for row in plan.measures if unit_code in row.unit_codes]
    if not own:
        return [text(_("The plan changes nothing in this unit."))]
    columns = (
        Column(_("What"), 4.6),
        Column(_("Because"), 4),
        Column(_("Needs"), 3),
    )
    rows = [_measure_row(row, county=county, figures=figures) for row in own[:MOST_MEASURES]]
    return [
        table(columns, rows),
        text(_("Needed from the county"), "heading"),
        *_requests(own),
    ]


def _measure_row(measure: Measure, *, county: County, figures: Figures) -> list[Cell]:
    sentence = measure_sentence(measure, county, figures)
    return [sentence, measure.because, measure.needs]


def _requests(measures: list[Measure]) -> list[Flowable]:
    requests = county_requests(measures)
    if not requests:
        return [text(_("Nothing: the unit can decide all of its measures by itself."))]
    return [text(request) for request in requests]


def _chart(unit_code: str, *, figures: Figures, plan: Plan | None) -> list[Flowable]:
    figure = None
    if plan is not None:
        figure = pictures.plan_chart(figures, plan, unit_code=unit_code, most=MOST_SHIFTS)
    if figure is None and figures.units[unit_code].load.workload_hours > 0:
        figure = pictures.posts_chart(figures, unit_code=unit_code, most=MOST_SHIFTS)
    return [text(figures.denominator, "caption") if figure is None else picture(figure)]
