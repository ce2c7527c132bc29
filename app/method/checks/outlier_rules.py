"""Rules that compare a unit with the others at the same task: unit times and hours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean, median

from app.language import _
from app.method.workload import unit_hours
from app.model.county import County, Unit
from app.model.figures import Figures
from app.model.findings import Finding, Place
from app.model.vocabulary import Measuring, Severity, Table, UnitKind

FAR_LONGER = 3.0
"""How many times the median of the others a unit time may be."""

LEAST_UNITS = 5
"""How many units there must be for one of them to stand out."""

FAR_OUT, FAR_OFF = 3.5, 2.0
"""A value stands out above this modified z-score (Iglewicz and Hoaglin 1993), and this far off."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """What hours are divided by to compare units of different size, and how that is said."""

    size: Callable[[Unit], float | None]
    said: Callable[[], str]


MEASURES = (
    _Measure(
        lambda unit: unit.population / 1000 if unit.population else None,
        lambda: _(
            "{unit}: “{task}” takes {value:,.1f} h per 1,000 residents; the median of {number}"
            " units is {usual:,.1f}."
        ),
    ),
    _Measure(
        lambda unit: unit.villages,
        lambda: _(
            "{unit}: “{task}” takes {value:,.1f} h per village; the median of {number} units is"
            " {usual:,.1f}."
        ),
    ),
    _Measure(
        lambda unit: 1.0,
        lambda: _(
            "{unit}: “{task}” takes {value:,.0f} h a year; the median of {number} units is"
            " {usual:,.0f}."
        ),
    ),
)


def unit_time_far_longer(county: County, figures: Figures) -> Iterator[Finding]:
    """Find unit times more than three times the median of the other units at the same task."""
    times: dict[str, dict[str, float]] = {}
    for row in county.volumes.values():
        task = county.tasks[(row.task_code,)]
        each = unit_hours(task, volume=row)
        if each is not None and task.method is Measuring.VOLUME and row.volume > 0:
            times.setdefault(row.task_code, {})[row.unit_code] = each
    for task_code, by_unit in times.items():
        if len(set(by_unit.values())) == 1:
            continue
        for unit_code, each in by_unit.items():
            usual = median(time for code, time in by_unit.items() if code != unit_code)
            if each > FAR_LONGER * usual:
                yield _far_longer(county, (unit_code, task_code), each=each, usual=usual)


def _far_longer(county: County, key: tuple[str, str], *, each: float, usual: float) -> Finding:
    unit_code, task_code = key
    return Finding(
        rule="unit_time_far_longer",
        severity=Severity.WARNING,
        unit_code=unit_code,
        subject=task_code,
        message=_(
            "{unit}: one piece of “{task}” is said to take {each:g} h, {times:.1f} times the median"
            " of the other units ({usual:g} h)."
        ).format(
            unit=county.units[(unit_code,)].name,
            task=county.tasks[(task_code,)].name,
            each=each,
            times=each / usual if usual > 0 else float("inf"),
            usual=usual,
        ),
        remedy=_("Time some pieces and correct the unit's own time on sheet 任务量."),
        place=Place(Table.VOLUMES, key),
    )


def hours_stand_out(county: County, figures: Figures) -> Iterator[Finding]:
    """Find townships whose hours for a task lie far from the others', size taken into account.

    Streets are compared with streets, towns and rural townships with each other, at least five; by
    their hours per 1,000 residents, per village or as they are, whichever makes them most alike
    (smallest MAD ÷ median). A rate stands out where |modified z-score| > 3.5 and it is above twice
    or below half the median. Source: method §5.
    """
    hours: dict[tuple[str, bool], dict[str, float]] = {}
    for row in figures.tasks.values():
        kind = county.units[(row.unit_code,)].kind
        if row.hours > 0 and kind.is_township:
            group = hours.setdefault((row.task_code, kind is UnitKind.STREET), {})
            group[row.unit_code] = row.hours
    for (task_code, _is_street), by_unit in hours.items():
        if len(by_unit) >= LEAST_UNITS:
            measure, rates = _most_alike(county, by_unit)
            for unit_code in _far_out(rates):
                yield _stands_out(county, (unit_code, task_code), measure, rates)


def modified_z_scores(values: Mapping[str, float]) -> Mapping[str, float]:
    """Return how far each value lies from the median: 0.6745 × (value − median) ÷ MAD.

    MAD is the median absolute deviation; where more than half of the values are equal it is 0, and
    1.2533 × the mean absolute deviation takes its place. 0 throughout where all are equal.
    Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993.
    """
    middle = median(values.values())
    deviations = [abs(value - middle) for value in values.values()]
    spread = median(deviations) / 0.6745 or fmean(deviations) * 1.2533
    return {key: (value - middle) / spread if spread else 0.0 for key, value in values.items()}


def _stands_out(
    county: County, key: tuple[str, str], measure: _Measure, rates: Mapping[str, float]
) -> Finding:
    unit_code, task_code = key
    return Finding(
        rule="hours_stand_out",
        severity=Severity.NOTE,
        unit_code=unit_code,
        subject=task_code,
        message=measure.said().format(
            unit=county.units[(unit_code,)].name,
            task=county.tasks[(task_code,)].name,
            value=rates[unit_code],
            number=len(rates),
            usual=median(rates.values()),
        ),
        remedy=_("Check its volume and time per piece; where they are right, note the reason."),
        place=Place(Table.VOLUMES, key),
    )


def _most_alike(county: County, hours: Mapping[str, float]) -> tuple[_Measure, Mapping[str, float]]:
    units = {code: county.units[(code,)] for code in hours}
    measured = []
    for measure in MEASURES:
        sizes = {code: measure.size(unit) for code, unit in units.items()}
        rates = {code: hours[code] / size for code, size in sizes.items() if size}
        if len(rates) >= LEAST_UNITS:
            measured.append((measure, rates))
    return min(measured, key=lambda item: _unlikeness(item[1].values()))


def _unlikeness(values: Collection[float]) -> float:
    middle = median(values)
    return median(abs(value - middle) for value in values) / middle


def _far_out(rates: Mapping[str, float]) -> Iterator[str]:
    middle = median(rates.values())
    for key, score in modified_z_scores(rates).items():
        is_far_off = not middle / FAR_OFF <= rates[key] <= middle * FAR_OFF
        if abs(score) > FAR_OUT and is_far_off:
            yield key
