"""Second opinion: residents, villages and area per person beside what the workload says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.language import _, word
from app.method.grouping import rows_by
from app.method.policy import policy_of
from app.model.county import County, Unit
from app.model.figures import Figures
from app.model.findings import Finding, Place
from app.model.vocabulary import Severity, Table, UnitKind, Word

_NOISE = 1e-9


class Indicator(Word):
    """What of a township is set against its people."""

    POPULATION = "population", "常住人口", "residents"
    VILLAGES = "villages", "村社区数", "villages"
    AREA = "area_km2", "面积（平方公里）", "area in square km"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One indicator of one unit; a ratio is None where the amount or the people are missing."""

    unit_code: str
    kind: UnitKind
    indicator: Indicator
    amount: float | None
    per_person: float | None
    """Per person on duty."""
    per_post: float | None
    per_required: float | None
    """Per person that the workload asks for."""
    saturation: float | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two units of a kind that differ by more than the policy allows without a word."""

    indicator: Indicator
    most: Opinion
    least: Opinion
    difference: float
    """Per person on duty: most ÷ least − 1."""

    @property
    def is_confirmed(self) -> bool:
        """Return whether the workload agrees: the unit with more per person is more loaded."""
        return (self.most.saturation or 0.0) > (self.least.saturation or 0.0)


def opinions(county: County, figures: Figures) -> tuple[Opinion, ...]:
    """Return every indicator of every unit, units in their order.

    per person = amount ÷ people on duty; per post = amount ÷ posts; per required = amount ÷
    required headcount. A missing amount gives no ratio, never 0.
    """
    posts = rows_by("unit_code", county.posts)
    return tuple(
        _opinion(unit, figures, indicator, posts=len(posts.get(unit.unit_code, ())))
        for unit in county.units.values()
        for indicator in Indicator
    )


def contrasts(county: County, figures: Figures) -> tuple[Contrast, ...]:
    """Return, for every kind of unit and indicator, the two units that lie farthest apart.

    Only where most ÷ least − 1 per person on duty is above the policy's `opinion_threshold`
    (0.3 by default). Units of different kinds are never compared.
    """
    threshold = policy_of(county).opinion_threshold
    groups: dict[tuple[UnitKind, Indicator], list[Opinion]] = {}
    for row in opinions(county, figures):
        if row.per_person:
            groups.setdefault((row.kind, row.indicator), []).append(row)
    found = []
    for (_kind, indicator), rows in groups.items():
        ordered = sorted(rows, key=lambda row: row.per_person or 0.0)
        least, most = ordered[0], ordered[-1]
        assert least.per_person is not None and most.per_person is not None
        difference = most.per_person / least.per_person - 1
        if difference > threshold + _NOISE:
            found.append(Contrast(indicator, most, least, difference))
    return tuple(found)


def units_differ(county: County, figures: Figures) -> Iterator[Finding]:
    """Find units of the same kind whose residents, villages or area per person differ widely."""
    for contrast in contrasts(county, figures):
        most, least = contrast.most, contrast.least
        sentence = (
            _(
                "{most} has {most_each:,.2f} ({indicator}) per person on duty, {least} only"
                " {least_each:,.2f}, {difference:.0%} apart; the workload agrees"
                " ({most_saturation:.0%} and {least_saturation:.0%})."
            )
            if contrast.is_confirmed
            else _(
                "{most} has {most_each:,.2f} ({indicator}) per person on duty, {least} only"
                " {least_each:,.2f}, {difference:.0%} apart; the workload says otherwise"
                " ({most_saturation:.0%} and {least_saturation:.0%})."
            )
        )
        yield Finding(
            rule="units_differ",
            severity=Severity.NOTE,
            unit_code=most.unit_code,
            subject=contrast.indicator.value,
            message=sentence.format(
                most=county.units[(most.unit_code,)].name,
                least=county.units[(least.unit_code,)].name,
                indicator=word(contrast.indicator),
                most_each=most.per_person,
                least_each=least.per_person,
                difference=contrast.difference,
                most_saturation=most.saturation or 0.0,
                least_saturation=least.saturation or 0.0,
            ),
            remedy=_("Compare the volumes and unit times of the two units, or their headcounts."),
            place=Place(Table.UNITS, (most.unit_code,)),
        )


def _opinion(unit: Unit, figures: Figures, indicator: Indicator, *, posts: int) -> Opinion:
    amount: float | None = getattr(unit, indicator.value)
    load = figures.units[unit.unit_code].load
    return Opinion(
        unit_code=unit.unit_code,
        kind=unit.kind,
        indicator=indicator,
        amount=amount,
        per_person=_ratio(amount, load.existing),
        per_post=_ratio(amount, posts),
        per_required=_ratio(amount, load.required),
        saturation=load.saturation,
    )


def _ratio(amount: float | None, people: float) -> float | None:
    return amount / people if amount is not None and people > 0 else None
