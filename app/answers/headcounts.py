"""Answering about headcount: the JSON of one person more, and of the coming years."""

from __future__ import annotations

from app.advice.whatif.curve import HeadcountCurve
from app.advice.whatif.horizon import Horizon, YearRow
from app.answers import Answer


def curve(found: HeadcountCurve) -> Answer:
    """Return what one person more or fewer changes, and the curve."""
    return {
        "base": found.base.value,
        "next": found.sentence,
        "overload": found.points[0].overload,
        "unassigned_hours": found.unassigned_hours,
        "gap": found.gap,
        "rows": [
            {
                "unit": row.unit_code,
                "category": row.category,
                "people": row.people,
                "overload": row.overload,
                "overload_more": row.overload_more,
                "overload_less": row.overload_less,
                "relief": row.relief,
                "loss": row.loss,
                "post": row.post_code,
                "less_post": row.less_post_code,
            }
            for row in found.rows
        ],
        "points": [
            {
                "people": point.people,
                "overload": point.overload,
                "unit": point.unit_code,
                "category": point.category,
                "post": point.post_code,
                "because": point.because,
            }
            for point in found.points
        ],
    }


def horizon(found: Horizon) -> Answer:
    """Return people and shortages of the coming years."""
    return {
        "years": found.years,
        "outcome": found.outcome.value,
        "verified": found.is_verified,
        "gap": found.gap,
        "sentence": found.sentence,
        "assumptions": list(found.assumptions),
        "goals": [
            {
                "name": goal.goal.value,
                "before": goal.before,
                "value": goal.value,
                "bound": goal.bound,
            }
            for goal in found.goals
        ],
        "totals": [_year(row) for row in found.totals],
        "rows": [_year(row) for row in found.rows],
    }


def _year(row: YearRow) -> Answer:
    return {
        "year": row.year,
        "unit": row.unit_code,
        "category": row.category,
        "start": row.start,
        "retired": row.retired,
        "recruited": row.recruited,
        "moved_in": row.moved_in,
        "moved_out": row.moved_out,
        "trained": row.trained,
        "end": row.end,
        "effective": row.effective,
        "required": row.required,
        "shortage": row.shortage,
        "because": row.because,
    }
