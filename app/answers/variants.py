"""The answers of scenario and compare: variants and years side by side; numbers are unrounded."""

from __future__ import annotations

from collections.abc import Iterable

from app.advice.whatif.scenarios import Comparison, FigureDifference, RowDifference
from app.advice.whatif.years import Rebound
from app.answers import Answer
from app.model.county import Record
from app.model.figures import Figures
from app.model.scenario import Scenario
from app.model.vocabulary import Word


def scenarios(baseline: Figures, found: Iterable[tuple[Scenario, Figures | None, str]]) -> Answer:
    """Return the baseline and every scenario; one without figures says what is wrong with it."""
    return {
        "baseline": _headline(baseline),
        "scenarios": [
            {
                "name": scenario.name,
                "note": scenario.note,
                "rows": len(scenario.rows),
                "removed": len(scenario.removed),
                "tables": sorted(_tables(scenario)),
                **({} if figures is None else _headline(figures)),
                "fault": fault,
            }
            for scenario, figures, fault in found
        ],
    }


def _tables(scenario: Scenario) -> set[str]:
    rows: tuple[Record, ...] = (*scenario.rows, *scenario.removed)
    return {row.TABLE.value for row in rows}


def _headline(figures: Figures) -> Answer:
    load = figures.county.load
    return {
        "demand_hours": figures.county.demand_hours,
        "unassigned_hours": figures.county.unassigned_hours,
        "saturation": load.saturation,
        "existing": load.existing,
        "required": load.required,
        "difference": load.difference,
    }


def comparison(
    found: Comparison, rebounds: Iterable[Rebound], *, before: str, after: str
) -> Answer:
    """Return two counties side by side, and the burden that came back over the years."""
    return {
        "before": before,
        "after": after,
        "rows": [_row(row) for row in found.rows],
        "figures": [_figure(row) for row in found.figures],
        "rebounds": [_rebound(row) for row in rebounds],
    }


def _row(row: RowDifference) -> Answer:
    change = "changed"
    if row.before is None:
        change = "added"
    elif row.after is None:
        change = "removed"
    return {
        "table": row.table.value,
        "key": list(row.key),
        "change": change,
        "cells": [
            {"field": cell.field, "before": _plain(cell.before), "after": _plain(cell.after)}
            for cell in row.cells
        ],
    }


def _figure(row: FigureDifference) -> Answer:
    return {
        "level": row.level.value,
        "code": row.code,
        "figure": row.figure,
        "before": _plain(row.before),
        "after": _plain(row.after),
    }


def _rebound(row: Rebound) -> Answer:
    return {
        "subject": row.subject.value,
        "code": row.code,
        "movement": row.movement.value,
        "hours": list(row.hours),
        "more_hours": row.more_hours,
        "rise": row.rise,
    }


def _plain(value: object) -> object:
    if isinstance(value, Word):
        return value.value
    return list(value) if isinstance(value, tuple) else value
