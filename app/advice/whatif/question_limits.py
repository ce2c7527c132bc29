"""Asking: how much is usually asked for, and how much may be."""

from __future__ import annotations

MOST_PEOPLE = 10
"""As many people more the curve shows."""

SURVIVAL_DRAWS = 100
"""As many lists of measures are chosen anew to see which measures survive."""

MOST_SURVIVAL_DRAWS = 1000
"""More would take a quarter of an hour on a county and say nothing new."""

YEARS_SECONDS = 60.0
"""As long a programme of the years is looked at unless something else is asked for."""

MOST_YEARS = 5
"""As many years ahead retirements can be foreseen."""
