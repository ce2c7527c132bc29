"""Judging: the burden ledger and a thousand draws of the sample county, beside bare arithmetic."""

from __future__ import annotations

import numpy as np

from app.method.assessing import assess
from app.method.burden.ledger import burden_ledger
from app.method.uncertainty.evidence import DRAWS, ranges, robustness
from app.model.county import County
from app.model.figures import Figures
from resources.sample.generate import sample_county
from tests.benchmarks.timing import compare

LEDGERS = 10
"""One ledger takes hundredths of a second, so several are timed together."""


def main() -> None:
    """Print both times beside the sums and the product that cannot be done without."""
    county = sample_county()
    figures = assess(county)
    compare(
        f"{LEDGERS} burden ledgers",
        ours=lambda: [burden_ledger(county, figures) for _run in range(LEDGERS)],
        raw=lambda: [_hours_by_burden(county, figures) for _run in range(LEDGERS)],
    )
    compare(
        f"{DRAWS} draws of every unit time",
        ours=lambda: robustness(county, figures),
        raw=lambda: _draws_and_product(county, figures),
    )


def _hours_by_burden(county: County, figures: Figures) -> dict[str, float]:
    hours: dict[str, float] = {}
    for (_unit_code, task_code, _post_code), number in figures.hours.items():
        burden = county.tasks[(task_code,)].burden
        hours[burden] = hours.get(burden, 0.0) + number
    return hours


def _draws_and_product(county: County, figures: Figures) -> object:
    known = ranges(county)
    stream = np.random.default_rng(1)
    low, likely, high = (
        np.array([getattr(item, name) for item in known.values()])
        for name in ("low", "likely", "high")
    )
    drawn = stream.triangular(low, likely, high, (DRAWS, len(known)))
    loads = stream.random((len(known), len(figures.posts)))
    return np.percentile((drawn / likely) @ loads, (5, 50, 95), axis=0)
