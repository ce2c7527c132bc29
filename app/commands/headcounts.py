"""Headcounts: the commands about one person more, and about people in the coming years."""

from __future__ import annotations

from argparse import Namespace

from app.advice.curve import CurvePoint, HeadcountCurve, PersonRow
from app.answering import headcounts as answering
from app.commands.planning import show_portions, stoppable
from app.commands.running import Result, opened
from app.county import County
from app.language import _, word


def run_curve(options: Namespace) -> Result:
    """Say what one person more or fewer changes, and where the next people should go."""
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


def _base_line(curve: HeadcountCurve) -> str:
    return _("Starting {base}: overload {overload:,.0f} h, unassigned {hours:,.0f} h").format(
        base=word(curve.base),
        overload=curve.points[0].overload,
        hours=curve.unassigned_hours,
    )


def _row_line(county: County, row: PersonRow) -> str:
    sentence = _("{unit}, {category} ({people:g}): one more takes {relief:,.0f} h away")
    if row.loss is not None:
        sentence = _(
            "{unit}, {category} ({people:g}): one more takes {relief:,.0f} h away, "
            "one fewer adds {loss:,.0f} h"
        )
    return sentence.format(
        unit=county.units[(row.unit_code,)].name,
        category=row.category,
        people=row.people,
        relief=row.relief,
        loss=row.loss or 0.0,
    )


def _point_line(county: County, point: CurvePoint) -> str:
    return _("+{people}  {category} at {unit}: overload left {overload:,.0f} h. {because}").format(
        people=point.people,
        category=point.category,
        unit=county.units[(point.unit_code,)].name,
        overload=point.overload,
        because=point.because,
    )
