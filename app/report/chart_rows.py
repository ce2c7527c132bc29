"""Rows: what the charts show, taken from figures and plans."""

from __future__ import annotations

from collections import Counter

from app.language import _, word
from app.method.saturation import band
from app.model.bands import BandScheme, scheme_named
from app.model.figures import Figures, Load, PostFigures
from app.model.plan import Plan, PlanPost
from app.model.vocabulary import Band, Goal
from app.report.plotted import Bar, CurveStep, HeatRow, Scale, Shift
from app.report.ranking import leading
from app.report.wrapping import DOT

_LEAST_SHIFT = 0.005
"""A saturation that moves by less than half a per cent is shown nowhere as a change."""


def scale_of(figures: Figures) -> Scale:
    """Return the bands in words, their limits, and the sentence that names scheme and denominator.

    Classes of one band share its colour, so the legend joins their names and ranges.
    """
    scheme = scheme_named(figures.band_scheme)
    limits = sorted({item.upper for item in scheme.classes[:-1]})
    legend = [(shown, _range(scheme, shown)) for shown in Band if _range(scheme, shown)]
    legend += [(shown, word(shown)) for shown in (Band.NO_CAPACITY, Band.NO_DATA)]
    note = _("{denominator}\nBands: {scheme}.").format(
        denominator=figures.denominator, scheme=scheme.word
    )
    return Scale(legend=legend, limits=limits, note=note)


def _range(scheme: BandScheme, shown: Band) -> str:
    """Return the names of a band's classes with the saturations they hold, '' without any."""
    places = [place for place, item in enumerate(scheme.classes) if item.band is shown]
    if not places:
        return ""
    classes = [scheme.classes[place] for place in places]
    names = " / ".join(item.word for item in classes)
    upper, last = classes[-1].upper, len(scheme.classes) - 1
    if places[0] == 0:
        return f"{names} {'<' if classes[-1].is_below else '≤'} {upper:.0%}"
    lower = scheme.classes[places[0] - 1].upper
    if places[-1] == last:
        return f"{names} > {lower:.0%}"
    return f"{names} {lower:.0%}–{upper:.0%}" if lower < upper else f"{names} = {upper:.0%}"


def unit_bars(figures: Figures) -> list[Bar]:
    """Return a row for every unit."""
    return [_bar(unit.name, unit.load) for unit in figures.units.values()]


def post_bars(figures: Figures, *, unit_code: str | None = None) -> list[Bar]:
    """Return a row for every post, of one unit or of the whole county, the heaviest first."""
    return [
        _bar(post_name(figures, post.post_code, within=unit_code), post.load)
        for post in _heaviest_first(figures, unit_code)
    ]


def most_loaded(figures: Figures, *, most: int, unit_code: str | None = None) -> list[PostFigures]:
    """Return the first posts of the ranking, of one unit or of all."""
    shown, _rest = leading(
        _heaviest_first(figures, unit_code), most=most, rate=lambda post: post.load
    )
    return shown


def _heaviest_first(figures: Figures, unit_code: str | None) -> list[PostFigures]:
    posts = (post for post in figures.posts.values() if unit_code in {None, post.unit_code})
    return sorted(posts, key=lambda post: -post.load.workload_hours)


def post_name(figures: Figures, post_code: str, *, within: str | None = None) -> str:
    """Return 单位·机构·岗位 of a post, without the unit inside the unit `within`."""
    post = figures.posts[post_code]
    unit = "" if post.unit_code == within else figures.units[post.unit_code].name
    return DOT.join(part for part in (unit, post.office, post.title) if part)


def heat_rows(figures: Figures) -> tuple[list[HeatRow], list[str]]:
    """Return a line for every unit, highest load first, and the columns: the unit, its offices.

    Offices stand in the order of how many units have them; posts without an office are only in
    the column of the unit.
    """
    whole = _("Whole unit")
    count = Counter(office.office for office in figures.offices.values() if office.office)
    columns = [whole, *(name for name, _count in count.most_common())]
    cells = {code: {whole: _bar(unit.name, unit.load)} for code, unit in figures.units.items()}
    for office in figures.offices.values():
        if office.office:
            cells[office.unit_code][office.office] = _bar(office.office, office.load)
    ranked = sorted(figures.units.values(), key=lambda unit: -(unit.load.saturation or 0.0))
    return [HeatRow(unit.name, cells[unit.unit_code]) for unit in ranked], columns


def heat_places(figures: Figures) -> dict[str, tuple[str, str]]:
    """Return the unit and the office ('' for the whole unit) by the name a cell has: row·column."""
    whole = _("Whole unit")
    places = {DOT.join((unit.name, whole)): (code, "") for code, unit in figures.units.items()}
    for office in figures.offices.values():
        if office.office:
            name = DOT.join((figures.units[office.unit_code].name, office.office))
            places[name] = (office.unit_code, office.office)
    return places


def shifts(figures: Figures, plan: Plan, *, unit_code: str | None = None) -> list[Shift]:
    """Return the posts whose saturation the plan changes, those loaded most today first."""
    rows = []
    for post in plan.posts:
        if post.post_code not in figures.posts:
            continue
        if unit_code not in {None, figures.posts[post.post_code].unit_code}:
            continue
        before, after = post.saturation_before, post.saturation_after
        if abs((before or 0.0) - (after or 0.0)) < _LEAST_SHIFT:
            continue
        rows.append(
            Shift(
                label=post_name(figures, post.post_code, within=unit_code),
                before=before,
                before_band=band_before(post, figures),
                after=after,
                after_band=band_after(post, figures),
            )
        )
    return sorted(rows, key=lambda row: -_sort_value(row.before))


def steps(plan: Plan) -> list[CurveStep]:
    """Return the ladder of a plan, today first where the plan knows it."""
    overload, unassigned = plan.goal(Goal.OVERLOAD), plan.goal(Goal.UNASSIGNED_HOURS)
    ladder = [
        CurveStep(word(rung.lever), rung.overload, rung.unassigned_hours, rung.people)
        for rung in plan.rungs
    ]
    today = CurveStep(_("Today"), overload.before, unassigned.before, 0.0)
    return [today, *ladder] if plan.goals else ladder


def band_before(post: PlanPost, figures: Figures) -> Band:
    """Return the band a post was in when the plan was made, whatever has changed since."""
    return _band(post.workload_before, post.capacity_before, figures)


def band_after(post: PlanPost, figures: Figures) -> Band:
    """Return the band a post is in once the plan is carried out."""
    return _band(post.workload_after, post.capacity_after, figures)


def _bar(label: str, load: Load) -> Bar:
    return Bar(label, load.saturation, load.band)


def _band(workload: float, capacity: float, figures: Figures) -> Band:
    scheme = scheme_named(figures.band_scheme)
    return band(workload_hours=workload, capacity_hours=capacity, scheme=scheme)


def _sort_value(saturation: float | None) -> float:
    return float("inf") if saturation is None else saturation
