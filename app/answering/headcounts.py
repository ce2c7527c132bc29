"""Answering about headcount: the JSON of one person more, and of the coming years."""

from __future__ import annotations

from app.advice.curve import HeadcountCurve
from app.answering import Answer


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
