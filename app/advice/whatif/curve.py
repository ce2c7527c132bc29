"""Curve: what one person more or fewer would change, and where the next people should go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.language import _
from app.model.county import County
from app.model.vocabulary import Word
from app.numbers import counted

ALIKE = 0.9
"""From this share of the best relief of a unit on another category relieves nearly alike."""

DUST = 1e-3
"""Weighted hours below this are arithmetic, not relief."""


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


def because(county: County, row: PersonRow, *, moves: float) -> str:
    """Return why a person comes to a unit, in figures; `moves` others change posts with it."""
    post = county.posts.get((row.post_code,))
    sentence = _(
        "Takes {relief:,.0f} weighted h off the overload of {unit} ({before:,.0f} → {after:,.0f})."
    ).format(
        relief=row.relief,
        unit=county.units[(row.unit_code,)].name,
        before=row.overload,
        after=row.overload - row.relief,
    )
    if post is None:
        return sentence
    seat = _("The seat: {post} of {office}.").format(
        post=post.title, office=post.office or _("the unit")
    )
    told = [sentence, seat]
    if moves > 0:
        told.append(
            _("People of the unit who change posts besides: {moves:g}.").format(
                moves=counted(moves)
            )
        )
    return joined(told)


def best_of_units(rows: Iterable[PersonRow]) -> list[PersonRow]:
    """Return the best category of every unit, the unit first where one person relieves most.

    Of categories that relieve nearly alike (`ALIKE`) it is the one the unit has most people of:
    a few hours of working time more are no reason to ask for another kind of staff.
    """
    by_unit: dict[str, list[PersonRow]] = {}
    for row in rows:
        by_unit.setdefault(row.unit_code, []).append(row)
    found = []
    for ours in by_unit.values():
        most = max(row.relief for row in ours)
        alike = [row for row in ours if row.relief >= ALIKE * most]
        found.append(max(alike, key=lambda row: (row.people, row.relief)))
    return sorted(found, key=lambda row: -row.relief)


def next_sentence(county: County, rows: Sequence[PersonRow], points: Sequence[CurvePoint]) -> str:
    """Return where the next person should go and why, and how far the curve gets."""
    if len(points) < 2:
        return _(
            "One person more takes nothing away: {hours:,.0f} weighted h of overload stay."
        ).format(hours=points[0].overload)
    best, second, *_others = [*best_of_units(rows), None]
    assert best is not None
    words = _(
        "Next: one more {category} at {unit}, on {post}; of {overload:,.0f} weighted h of overload "
        "{relief:,.0f} fall away."
    )
    if second is not None:
        words = _(
            "Next: one more {category} at {unit}, on {post}; of {overload:,.0f} weighted h of "
            "overload {relief:,.0f} fall away, more than in other units."
        )
    first = words.format(
        category=best.category,
        unit=county.units[(best.unit_code,)].name,
        post=_title(county, best.post_code),
        overload=points[0].overload,
        relief=best.relief,
    )
    told = [first]
    if second is not None and second.relief > DUST:
        told.append(
            _("The next best is {category} at {unit} with {relief:,.0f} weighted h.").format(
                category=second.category,
                unit=county.units[(second.unit_code,)].name,
                relief=second.relief,
            )
        )
    if len(points) > 2:
        told.append(
            _("{people} people more leave {hours:,.0f} weighted h.").format(
                people=points[-1].people, hours=points[-1].overload
            )
        )
    return joined(told)


def joined(sentences: Sequence[str]) -> str:
    """Return sentences one after the other, with a space between only where one belongs."""
    told = sentences[0]
    for sentence in sentences[1:]:
        told = _("{first} {second}").format(first=told, second=sentence)
    return told


def _title(county: County, post_code: str) -> str:
    post = county.posts.get((post_code,))
    return post.title if post is not None else ""
