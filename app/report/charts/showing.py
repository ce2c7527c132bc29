"""Showing: charts of a year, of burden and of a plan, with their words and what they count."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from app.language import _, ngettext, word
from app.method.burden.ledger import burden_ledger
from app.method.calendars import calendar_of
from app.method.evenness import county_evenness
from app.model.county import County
from app.model.figures import Figures
from app.model.vocabulary import Burden
from app.report.charts.curves import lorenz_chart, month_chart
from app.report.charts.lying_bars import burden_chart, survival_chart
from app.report.plotted import Month, Stack, Survivor
from app.report.theme import PRINT, SLIDE_WIDTH, Ground


def months_chart(
    county: County,
    figures: Figures,
    *,
    unit_code: str | None = None,
    width: float = SLIDE_WIDTH,
    ground: Ground = PRINT,
) -> Figure | None:
    """Return work and capacity of every month, of one unit or of all; None without any."""
    rows = month_rows(county, figures, unit_code=unit_code)
    if not any(row.workload_hours for row in rows):
        return None
    peaks = sum(row.workload_hours > row.capacity_hours for row in rows)
    return month_chart(
        rows,
        title=_months_title(peaks),
        note=_(
            "Per cent: workload ÷ capacity of the month, by its working days ({calendar})."
        ).format(calendar=calendar_of(county).word),
        width=width,
        ground=ground,
    )


def _months_title(peaks: int) -> str:
    if not peaks:
        return _("The year month by month: no month has more work than capacity")
    return ngettext(
        "The year month by month: {count} month with more work than capacity",
        "The year month by month: {count} months with more work than capacity",
        peaks,
    ).format(count=peaks)


def month_rows(county: County, figures: Figures, *, unit_code: str | None = None) -> list[Month]:
    """Return the twelve months of one unit or of all; hours."""
    load = figures.county.load if unit_code is None else figures.units[unit_code].load
    shares = calendar_of(county).shares
    return [
        Month(number, hours, load.capacity_hours * share)
        for number, (hours, share) in enumerate(
            zip(load.monthly_hours, shares, strict=False), start=1
        )
    ]


def evenness_chart(
    figures: Figures, *, width: float = SLIDE_WIDTH, ground: Ground = PRINT
) -> Figure | None:
    """Return the Lorenz curve of the posts, None where nobody has work or time."""
    points = lorenz_points(figures)
    if len(points) < 2:
        return None
    return lorenz_chart(
        points,
        title=_("How evenly the load lies: Gini {gini:.2f}").format(
            gini=county_evenness(figures).posts.gini
        ),
        note=_("0 is the same saturation everywhere; posts with nobody on duty are left out."),
        width=width,
        ground=ground,
    )


def lorenz_points(figures: Figures) -> list[tuple[float, float]]:
    """Return shares of capacity and workload, added up from the least loaded post on."""
    loads = [post.load for post in figures.posts.values() if post.load.saturation is not None]
    loads.sort(key=lambda load: load.saturation or 0.0)
    capacity = sum(load.capacity_hours for load in loads)
    workload = sum(load.workload_hours for load in loads)
    if capacity <= 0 or workload <= 0:
        return []
    points, across, up = [(0.0, 0.0)], 0.0, 0.0
    for load in loads:
        across += load.capacity_hours / capacity
        up += load.workload_hours / workload
        points.append((across, up))
    return points


def forms_chart(
    county: County,
    figures: Figures,
    *,
    unit_code: str | None = None,
    width: float = SLIDE_WIDTH,
    ground: Ground = PRINT,
) -> Figure | None:
    """Return the burden of every form by its kinds, of one unit or of all; None without any."""
    rows = form_stacks(county, figures, unit_code=unit_code)
    if not rows:
        return None
    everything = burden_ledger(county, figures, unit_code=unit_code).total.hours
    formal = sum(_formal(row) for row in rows)
    return burden_chart(
        rows,
        title=_("Burden by form and kind: {hours:,.0f} h are formal, {share:.1%} of all").format(
            hours=formal, share=formal / everything if everything > 0 else 0.0
        ),
        note=_("Hours of tasks a year. Forms with nothing but real work are left out."),
        width=width,
        ground=ground,
    )


def form_stacks(county: County, figures: Figures, *, unit_code: str | None = None) -> list[Stack]:
    """Return a row for every form that is not only real work, most formal hours first; h a year."""
    hours: dict[str, dict[Burden, float]] = {}
    for entry in burden_ledger(county, figures, unit_code=unit_code).entries:
        form = entry.task.form
        of_form = hours.setdefault(word(form) if form is not None else _("no form"), {})
        burden = entry.task.burden
        of_form[burden] = of_form.get(burden, 0.0) + entry.effort.hours
    rows = [Stack(label, of_form) for label, of_form in hours.items()]
    return sorted((row for row in rows if _formal(row) > 0), key=lambda row: -_formal(row))


def _formal(row: Stack) -> float:
    """Return the hours that are formalistic, or formal but necessary."""
    return sum(hours for burden, hours in row.hours.items() if burden is not Burden.SUBSTANTIVE)


def survivors_chart(
    rows: Sequence[Survivor], *, draws: int, width: float = SLIDE_WIDTH, ground: Ground = PRINT
) -> Figure:
    """Return how often each measure stays when unit times are drawn anew."""
    return survival_chart(
        rows,
        title=_("How often each measure stays when unit times vary"),
        note=_("{draws} draws of unit times within their ranges; volumes and people stay.").format(
            draws=draws
        ),
        width=width,
        ground=ground,
    )
