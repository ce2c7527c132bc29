"""Stages: what every measure of a list changes at its turn, once all before it are carried out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.advice.carrying_out.applying import carry_out
from app.advice.carrying_out.effects import Assessment, assess
from app.method.grouping import rows_by
from app.model.county import County, Key, Record
from app.model.figures import PostFigures
from app.model.plan import Measure
from app.model.vocabulary import Table

_OF_A_UNIT = (Table.ESTABLISHMENT, Table.POSTS, Table.VOLUMES, Table.ASSIGNMENTS)
"""Tables whose rows name their unit."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The posts of the units a measure concerns, before and after it, and how the county stands."""

    before: Mapping[str, PostFigures]
    after: Mapping[str, PostFigures]
    overload_hours: float
    unassigned_hours: float

    @property
    def both(self) -> tuple[Mapping[str, PostFigures], Mapping[str, PostFigures]]:
        """Return the posts before and after."""
        return self.before, self.after


def stages(county: County, measures: Iterable[Measure]) -> Iterator[Stage]:
    """Carry out `measures` one by one and yield what each comes to.

    Units do not depend on each other, so each is a small county of its own and only those that a
    measure names are assessed anew; the figures are those of the whole county all the same.

    Raises:
        BlockedByData: a measure is more than there is (any more).
    """
    units = {code: assess(_only(county, code)) for (code,) in county.units}
    overload = {code: one.overload_hours for code, one in units.items()}
    unassigned = {code: one.unassigned_hours for code, one in units.items()}
    for measure in measures:
        before: dict[str, PostFigures] = {}
        after: dict[str, PostFigures] = {}
        for part in _by_unit(measure):
            concerned = [code for code in part.unit_codes if code in units]
            for code in concerned:
                before |= units[code].figures.posts
            for code, one in _carried_out(part, {code: units[code] for code in concerned}):
                units[code] = one
                overload[code], unassigned[code] = one.overload_hours, one.unassigned_hours
                after |= one.figures.posts
        yield Stage(before, after, sum(overload.values()), sum(unassigned.values()))


def _by_unit(measure: Measure) -> Iterator[Measure]:
    """Yield what a measure does in each unit; people who change units are one thing in both."""
    parts = dict.fromkeys(part.unit_code for part in measure.parts)
    if not parts:
        yield measure
        return
    for code in parts:
        own = tuple(part for part in measure.parts if part.unit_code == code)
        yield replace(measure, unit_code=code, to_unit_code=code, parts=own)


def _carried_out(
    measure: Measure, units: Mapping[str, Assessment]
) -> Iterator[tuple[str, Assessment]]:
    counties = [one.county for one in units.values()]
    together = counties[0] if len(counties) == 1 else _joined(counties)
    after = carry_out(together, (measure,))
    for code in units:
        yield code, assess(after if len(units) == 1 else _only(after, code))


def _only(county: County, unit_code: str) -> County:
    """Return the county of one unit alone, with everything that units share."""
    tables: dict[str, Mapping[Key, Record]] = {"units": {(unit_code,): county.units[(unit_code,)]}}
    for table in _OF_A_UNIT:
        rows = rows_by("unit_code", county.rows(table)).get(unit_code, ())
        tables[table.value] = {row.key: row for row in rows}
    staffing = rows_by("post_code", county.staffing)
    tables["staffing"] = {
        row.key: row for (post_code,) in tables["posts"] for row in staffing.get(post_code, ())
    }
    return replace(county, **tables)  # type: ignore[arg-type]


def _joined(counties: Iterable[County]) -> County:
    """Return the counties of several units as one."""
    first, *others = counties
    for other in others:
        names = ("units", "staffing", *(table.value for table in _OF_A_UNIT))
        tables = {name: {**getattr(first, name), **getattr(other, name)} for name in names}
        first = replace(first, **tables)
    return first
