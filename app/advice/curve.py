"""Curve: what one person more or fewer would change, and where the next people should go."""

from __future__ import annotations

from dataclasses import dataclass

from app.vocabulary import Word

MOST_PEOPLE = 10
"""As many people more the curve shows."""


class CurveBase(Word):
    """From where people are added and taken away."""

    PLAN = "plan", "方案之后", "after the plan"
    TODAY = "today", "现状", "today"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One unit and category: the unit's weighted overload with one person more and one fewer.

    None in `overload_more` or `overload_less`: nobody of the category can come or leave, because
    of the most and fewest people of the posts. A post is where the newcomer sits and where
    somebody leaves once the unit has placed its people best; '' where there is none.
    """

    unit_code: str
    category: str
    people: float
    overload: float
    overload_more: float | None
    overload_less: float | None
    post_code: str
    less_post_code: str

    @property
    def relief(self) -> float:
        """Return the overload that one person more takes away, at least 0."""
        return self.overload - self.overload_more if self.overload_more is not None else 0.0

    @property
    def loss(self) -> float | None:
        """Return the overload that one person fewer adds, None where nobody can leave."""
        return self.overload_less - self.overload if self.overload_less is not None else None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What is left with `people` more, and where the last of them went and why ('' at 0)."""

    people: int
    overload: float
    unit_code: str
    category: str
    post_code: str
    because: str


@dataclass(frozen=True)
class HeadcountCurve:
    """One person more: by unit and category, and the curve of the units looked at together."""

    base: CurveBase
    unassigned_hours: float
    """Hours that nobody may carry, whoever comes."""
    rows: tuple[PersonRow, ...]
    points: tuple[CurvePoint, ...]
    """From nobody more on; it ends early where one person more takes nothing away."""
    sentence: str
    """Where the next person should go and why, with the figures."""
    gap: float
    """The largest relative distance of an overload from its proven bound."""
