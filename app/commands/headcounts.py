"""Headcounts: the commands about one person more, and about people in the coming years."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from app.advice.whatif.curve import CurvePoint, HeadcountCurve, PersonRow
from app.advice.whatif.horizon import YearRow
from app.answers import headcounts as answering
from app.commands.planning import STATUS, show_portions, show_progress, stoppable
from app.commands.running import Result, opened
from app.commands.variants import settings_changes
from app.errors import UserError
from app.language import _, word
from app.model.county import County
from app.numbers import counted


def run_curve(options: Namespace) -> Result:
    """Say what one person more or fewer changes, and where the next people should go."""
    if options.most < 1:
        raise UserError(_("--most is at least 1: how many people more to look at."))
    with opened(options.plan) as project, stoppable() as should_stop:
        county = project.county
        curve = project.advising.headcount_curve(
            unit_codes=[options.unit] if options.unit is not None else None,
            categories=[options.category] if options.category is not None else None,
            most=options.most,
            may_move=options.may_move,
            on_progress=show_portions(),
            should_stop=should_stop,
        )
    lines = [curve.sentence, _base_line(curve)]
    rows = sorted(curve.rows, key=lambda row: (-row.relief, -(row.loss or 0.0)))
    lines += [_row_line(county, row) for row in rows[: options.top]]
    lines += [_point_line(county, point) for point in curve.points[1:]]
    return Result(answering.curve(curve), tuple(lines))


def run_horizon(options: Namespace) -> Result:
    """Show people and shortages of the coming years."""
    with opened(options.plan) as project, stoppable() as should_stop:
        county = project.county
        varied = county.with_changes(settings_changes(county, options.set))
        advising = replace(
            project.advising, county=varied, figures=project.judging_of(varied).figures
        )
        found = advising.horizon(
            years=options.years,
            time_limit=options.time_limit,
            on_progress=show_progress(),
            should_stop=should_stop,
        )
    lines = [found.sentence]
    lines += [_year_line(row) for row in found.totals]
    short = sorted((row for row in found.rows if row.because), key=lambda row: -row.shortage)
    lines += [_short_line(county, row) for row in short[: options.top]]
    lines += [_("Assumed: {sentence}").format(sentence=one) for one in found.assumptions]
    return Result(answering.horizon(found), tuple(lines), status=STATUS[found.outcome])


def _year_line(row: YearRow) -> str:
    return _(
        "Year {year} {category}: {start:,.0f} − {retired:g} retire + {recruited:g} recruited = "
        "{end:,.0f}; required {required:,.1f}, missing {shortage:,.1f}; transferred {moved:g}, "
        "trained {trained:g}"
    ).format(
        year=row.year,
        category=row.category or _("all categories"),
        start=row.start,
        retired=counted(row.retired),
        recruited=counted(row.recruited),
        end=row.end,
        required=row.required,
        shortage=row.shortage,
        moved=counted(row.moved_in),
        trained=counted(row.trained),
    )


def _short_line(county: County, row: YearRow) -> str:
    return _("Year {year}, {unit}, {category}: {because}").format(
        year=row.year,
        unit=county.units[(row.unit_code,)].name,
        category=row.category,
        because=row.because,
    )


def _base_line(curve: HeadcountCurve) -> str:
    return _(
        "Starting {base}, hours shared out anew in each unit: overload {overload:,.0f} weighted h, "
        "unassigned {hours:,.0f} h"
    ).format(
        base=word(curve.base),
        overload=curve.points[0].overload,
        hours=curve.unassigned_hours,
    )


def _row_line(county: County, row: PersonRow) -> str:
    sentence = _("{unit}, {category} ({people:g}): one more takes {relief:,.0f} weighted h away")
    if row.loss is not None:
        sentence = _(
            "{unit}, {category} ({people:g}): one more takes {relief:,.0f} weighted h away, "
            "one fewer adds {loss:,.0f}"
        )
    return sentence.format(
        unit=county.units[(row.unit_code,)].name,
        category=row.category,
        people=counted(row.people),
        relief=row.relief,
        loss=row.loss or 0.0,
    )


def _point_line(county: County, point: CurvePoint) -> str:
    return _(
        "+{people}  {category} at {unit}: overload left {overload:,.0f} weighted h. {because}"
    ).format(
        people=point.people,
        category=point.category,
        unit=county.units[(point.unit_code,)].name,
        overload=point.overload,
        because=point.because,
    )
