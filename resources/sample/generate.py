"""Generates the sample county: `python -m resources.sample.generate` writes it to yunling.xlsx.

云岭县 is invented: its places, posts, volumes and times; no person is named. The wording of its
duties and tasks is in the tables beside this file, the rules of its numbers in the modules, and
the seed is fixed, so that every run writes the same cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from app.method.workload import post_basis
from app.model.county import County, Record
from app.workbooks.standard.exporting import write_standard
from resources.sample.catalogue import Work, read_duties
from resources.sample.conditions import conditions
from resources.sample.flaws import with_flaws
from resources.sample.staffing import (
    Place,
    heads,
    make_establishment,
    make_posts,
    make_staffing,
    merged_posts,
    read_places,
    read_post_kinds,
)
from resources.sample.volumes import assignments, first_jobs, fitted, hours_by_post, joined

SEED = 2026
WORKBOOK = Path(__file__).with_name("yunling.xlsx")


def sample_county() -> County:
    """Return the sample county with the flaws a real one would have."""
    duties, works = read_duties()
    rows: list[Record] = [*conditions(), *duties, *(work.task for work in works)]
    for place in read_places():
        rows.extend(_unit_rows(place, works))
    return with_flaws(County.of(rows))


def _unit_rows(place: Place, works: Sequence[Work]) -> list[Record]:
    """Return one unit's rows: itself, its establishment, posts, people, volumes, assignments."""
    random = Random(f"{SEED}-{place.unit.unit_code}")
    kinds = read_post_kinds(place)
    jobs = first_jobs(works, place, kinds, random)
    keeper = merged_posts(kinds, hours_by_post(jobs), post_count=place.post_count)
    posts = make_posts(place, kinds, keeper)
    jobs = joined(jobs, keeper, random)
    placed = heads(hours_by_post(jobs), posts, people=sum(place.people.values()))
    rows: list[Record] = [
        place.unit,
        *make_establishment(place, random),
        *posts.values(),
        *make_staffing(place, kinds, posts, placed),
    ]
    by_code = post_basis(County.of([*conditions(), *rows]))
    jobs = fitted(jobs, place, {name: by_code[post.post_code] for name, post in posts.items()})
    codes = {name: post.post_code for name, post in posts.items()}
    return [*rows, *(job.volume for job in jobs), *assignments(jobs, codes)]


def main() -> None:
    """Write the sample workbook."""
    write_standard(sample_county(), WORKBOOK)


if __name__ == "__main__":
    main()
