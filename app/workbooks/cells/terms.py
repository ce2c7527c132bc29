"""Terms: what a year and a day of work are, and what a text in words was understood as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

WEEKS, MONTHS = 52.0, 12.0
"""How many of them a year has; of days only those worked count."""
WORKING_DAYS, HOURS_PER_DAY, DAYS_PER_WEEK = 248.0, 8.0, 5.0
"""What holds where a plan says nothing else."""


class Asked(Enum):
    """What a text is to say."""

    TIMES = "times a year"
    HOURS = "hours of work"
    SHARE = "share"
    NUMBER = "number"


class Assumed(Enum):
    """What a reading adds to the words; the first of a kind is told for a whole column."""

    ESTIMATE = "estimate"
    MIDDLE = "middle of a range"
    DAY = "hours of a day"
    YEAR = "working days and weeks of a year"
    MONTHS = "months that are named"
    WORD = "word that was left out"
    BLANK = "stroke read as blank"
    OF_YEAR = "hours of a year, not of one time"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the plan says about a year and a day, and what stands around the cell.

    `day_hours` are the hours of a day of all staff categories, one figure where they agree;
    `villages` are those of the unit that the row is about, None where nobody knows; `subject` is
    the task; `is_frequency` tells that a bare count is of no period yet.
    """

    working_days: float = WORKING_DAYS
    day_hours: tuple[float, ...] = (HOURS_PER_DAY,)
    days_per_week: float = DAYS_PER_WEEK
    villages: float | None = None
    subject: str = ""
    is_frequency: bool = False


USUAL_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Amount:
    """A text wholly understood: its value in our unit, and what came along with it.

    Attributes:
        value: times a year, hours of work, a share or a number; None for what is blank.
        people: who does it together, None where the text names nobody.
        months: 1 to 12, those that the text names; empty for all of them.
        per_year: how often a year the hours are meant (每天3小时), None for hours of one time.
        unit: the unit that the text states, '' where it is bare.
        assumed: what was added, in the order it was met.
    """

    value: float | None
    people: float | None = None
    months: tuple[int, ...] = ()
    per_year: float | None = None
    unit: str = ""
    assumed: tuple[Assumed, ...] = ()
