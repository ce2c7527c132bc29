"""Year terms: how long a day and a year of work are, by the plan and by the files that come in."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.county import County, WorkingTime
from app.workbooks.cells.terms import Terms
from app.workbooks.standard.entries import SheetReading
from app.workbooks.standard.headings import data_rows

_LONGEST = {"working_days": 366.0, "hours_per_day": 24.0, "days_per_week": 7.0}


def terms_of(county: County, readings: Iterable[SheetReading] = ()) -> Terms:
    """Return what a day and a year mean: by sheets 工时 of the files, else by the plan.

    Days of work and hours of a week are those of the first category; the hours of a day are those
    of all, since a time in days cannot be converted where they differ.
    """
    years = list(_stated(readings)) or [
        {
            "working_days": year.working_days,
            "hours_per_day": year.hours_per_day,
            "days_per_week": year.days_per_week,
        }
        for year in county.working_time.values()
    ]
    usual = WorkingTime("")
    first = years[0] if years else {}
    hours = [year.get("hours_per_day", usual.hours_per_day) for year in years]
    return Terms(
        working_days=first.get("working_days", usual.working_days),
        day_hours=tuple(dict.fromkeys(hours)) or (usual.hours_per_day,),
        days_per_week=first.get("days_per_week", usual.days_per_week),
    )


def _stated(readings: Iterable[SheetReading]) -> Iterable[dict[str, float]]:
    """Yield the figures of each category; what is no number there is remarked when it is read."""
    for reading in readings:
        places = [(at, column.name) for at, column in reading.heading.columns]
        for _row, cells in data_rows(reading.grid, reading.heading):
            found = {
                name: float(value)
                for at, name in places
                if name in _LONGEST
                and isinstance(value := cells[at], int | float)
                and 0 < value <= _LONGEST[name]
            }
            if any(cells[at] is not None for at, _name in places):
                yield found
