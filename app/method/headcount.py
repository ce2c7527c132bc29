"""Headcount: authorised, in post and on duty (核定 / 实有 / 在岗), missing figures kept missing."""

from __future__ import annotations

from collections.abc import Iterator

from app.method.grouping import rows_by
from app.model.county import County, Establishment
from app.model.figures import Headcount


def on_duty(row: Establishment) -> float | None:
    """Return people on duty: in post − lent out − long absence + borrowed; None if unknown.

    Blank lent_out, absent and borrowed mean that there is none; people outside the establishment
    (编外) are a category of their own. Source: method §3.
    """
    if row.in_post is None:
        return None
    return row.in_post - (row.lent_out or 0) - (row.absent or 0) + (row.borrowed or 0)


def vacancies(row: Establishment) -> float | None:
    """Return authorised − in post − reserved − pending; below 0 is over strength (超编).

    None where authorised or in post is missing. Source: method §7; domain §3.
    """
    if row.authorised is None or row.in_post is None:
        return None
    return row.authorised - row.in_post - (row.reserved or 0) - (row.pending or 0)


def headcounts(county: County, unit_code: str) -> Iterator[Headcount]:
    """Yield a unit's headcount of every category with an establishment row or a staffing entry."""
    on_posts = _people_on_posts(county, unit_code)
    rows = {
        row.category: row for row in rows_by("unit_code", county.establishment).get(unit_code, ())
    }
    for category in dict.fromkeys((*rows, *on_posts)):
        row = rows.get(category) or Establishment(unit_code, category)
        yield Headcount(
            unit_code=unit_code,
            category=category,
            authorised=row.authorised,
            in_post=row.in_post,
            on_duty=on_duty(row),
            on_posts=on_posts.get(category, 0.0),
            vacancies=vacancies(row),
        )


def _people_on_posts(county: County, unit_code: str) -> dict[str, float]:
    entries = rows_by("post_code", county.staffing)
    people: dict[str, float] = {}
    for post in rows_by("unit_code", county.posts).get(unit_code, ()):
        for entry in entries.get(post.post_code, ()):
            people[entry.category] = people.get(entry.category, 0.0) + entry.on_duty
    return people
