"""Scenarios: a variant as a county of its own, compared with the baseline cell by cell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.errors import BlockedByData
from app.language import _, word
from app.model.county import RECORD_TYPES, County, Key, Record, field_names
from app.model.figures import Figures, Load, UnitFigures
from app.model.scenario import Scenario
from app.model.vocabulary import Table, Word

FigureValue = object
"""What stands in a cell or is a figure: a number, a text, a word, a tuple of them, or None."""

_NOISE = 1e-9

_LOAD_FIGURES = (
    "workload_hours",
    "capacity_hours",
    "saturation",
    "band",
    "peak_month",
    "peak_saturation",
    "existing",
    "required",
    "required_rounded",
    "difference",
)
_HOUR_FIGURES = ("demand_hours", "assigned_hours", "unassigned_hours")

_PARENTS: Mapping[str, Table] = MappingProxyType(
    {
        "unit_code": Table.UNITS,
        "category": Table.CATEGORIES,
        "post_code": Table.POSTS,
        "duty_code": Table.DUTIES,
        "task_code": Table.TASKS,
        "profile": Table.PROFILES,
    }
)
"""The table a field of this name refers to."""


class FigureLevel(Word):
    """Where a figure belongs."""

    COUNTY = "county", "全县", "county"
    UNIT = "unit", "单位", "unit"
    POST = "post", "岗位", "post"


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One field of one row on both sides; None where the row or the value is missing."""

    field: str
    before: FigureValue
    after: FigureValue


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row that differs, with the fields that do; `before` or `after` None is no row."""

    table: Table
    key: Key
    before: Record | None
    after: Record | None
    cells: tuple[CellDifference, ...]


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """One figure that differs, of the county ('' as code), a unit or a post."""

    level: FigureLevel
    code: str
    figure: str
    before: FigureValue
    after: FigureValue


@dataclass(frozen=True)
class Comparison:
    """Two counties side by side: every cell and every figure that is not the same."""

    rows: tuple[RowDifference, ...]
    figures: tuple[FigureDifference, ...]


def scenario_county(baseline: County, scenario: Scenario) -> County:
    """Return the county as it would be in a scenario.

    Raises:
        BlockedByData: a row refers to one that is not there; the baseline may have lost it since.
    """
    county = baseline.with_changes(scenario.changes(baseline))
    for row, field in _broken_references(county):
        code = getattr(row, field)
        raise BlockedByData(
            _("Scenario “{name}”: {table}, {row}: {parent} {code} is not in the plan.").format(
                name=scenario.name,
                table=word(row.TABLE),
                row=" · ".join(row.key),
                parent=word(_PARENTS[field]),
                code=code,
            ),
            remedy=_("Add it to the plan or to the scenario, or make the scenario anew."),
        )
    return county


def _broken_references(county: County) -> Iterator[tuple[Record, str]]:
    for kind in RECORD_TYPES:
        parents = [
            (name, county.rows(_PARENTS[name]))
            for name in field_names(kind)
            if name in _PARENTS and _PARENTS[name] is not kind.TABLE
        ]
        for row in county.rows(kind.TABLE).values():
            for name, there in parents:
                code = getattr(row, name)
                if code and (code,) not in there:
                    yield row, name


def compare(
    before: County, before_figures: Figures, after: County, after_figures: Figures
) -> Comparison:
    """Return every cell and figure in which two counties differ; rows are matched by their key.

    Figures that differ by noise alone (1e-9 of their size) are the same.
    """
    return Comparison(
        rows=tuple(_row_differences(before, after)),
        figures=tuple(_figure_differences(before_figures, after_figures)),
    )


def _row_differences(before: County, after: County) -> Iterator[RowDifference]:
    for change in before.changes_to(after):
        cells = tuple(
            CellDifference(name, *values)
            for name in field_names(type(change.record))
            for values in ((getattr(change.before, name, None), getattr(change.after, name, None)),)
            if values[0] != values[1]
        )
        yield RowDifference(change.table, change.record.key, change.before, change.after, cells)


def _figure_differences(before: Figures, after: Figures) -> Iterator[FigureDifference]:
    yield from _of_unit(FigureLevel.COUNTY, "", before.county, after.county)
    for code in dict.fromkeys((*before.units, *after.units)):
        yield from _of_unit(FigureLevel.UNIT, code, before.units.get(code), after.units.get(code))
    for code in dict.fromkeys((*before.posts, *after.posts)):
        one, other = before.posts.get(code), after.posts.get(code)
        loads = one.load if one is not None else None, other.load if other is not None else None
        yield from _of_load(FigureLevel.POST, code, *loads)


def _of_unit(
    level: FigureLevel, code: str, one: UnitFigures | None, other: UnitFigures | None
) -> Iterator[FigureDifference]:
    yield from _named(level, code, _HOUR_FIGURES, one, other)
    loads = one.load if one is not None else None, other.load if other is not None else None
    yield from _of_load(level, code, *loads)


def _of_load(
    level: FigureLevel, code: str, one: Load | None, other: Load | None
) -> Iterator[FigureDifference]:
    yield from _named(level, code, _LOAD_FIGURES, one, other)


def _named(
    level: FigureLevel, code: str, names: tuple[str, ...], one: object, other: object
) -> Iterator[FigureDifference]:
    for name in names:
        before, after = getattr(one, name, None), getattr(other, name, None)
        if not _is_same(before, after):
            yield FigureDifference(level, code, name, before, after)


def _is_same(before: FigureValue, after: FigureValue) -> bool:
    if isinstance(before, float) and isinstance(after, float):
        return math.isclose(before, after, rel_tol=_NOISE, abs_tol=_NOISE)
    return before == after


def figure_word(figure: str) -> str:
    """Return what a figure of a county, unit or post is called."""
    return {
        "demand_hours": _("task hours"),
        "assigned_hours": _("assigned hours"),
        "unassigned_hours": _("unassigned hours"),
        "workload_hours": _("workload (hours)"),
        "capacity_hours": _("capacity (hours)"),
        "saturation": _("saturation"),
        "band": _("band"),
        "peak_month": _("peak month"),
        "peak_saturation": _("saturation in the peak month"),
        "existing": _("people on duty"),
        "required": _("required people"),
        "required_rounded": _("required people, rounded"),
        "difference": _("people on duty − required"),
    }[figure]
