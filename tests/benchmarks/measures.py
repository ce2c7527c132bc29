"""The relief of the first k measures of small random counties, as a share of the exact best."""

from __future__ import annotations

import numpy as np

from tests.advice.counties import random_case
from tests.advice.measures.exact import ratios_to_exact

LENGTHS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
SEEDS = range(12)


def main() -> None:
    """Print, for every number of measures, the least and the mean ratio over two dozen counties."""
    ratios = np.array(
        [
            ratios_to_exact(*random_case(seed, units=units), lengths=LENGTHS)
            for seed in SEEDS
            for units in (1, 2)
        ]
    )
    for place, length in enumerate(LENGTHS):
        column = ratios[:, place]
        print(
            f"measures, first {length}: least {column.min():.3f}, mean {column.mean():.3f} "
            "of the best plan of as many",
            flush=True,
        )
    print(f"measures: {np.mean(ratios >= 0.95):.1%} of the ratios are at least 0.95", flush=True)
