"""The sheet of measures: what is to be done, in order, and what each row adds to the relief."""

from __future__ import annotations

from itertools import pairwise

from app.language import _, word
from app.model.plan import Measure
from app.model.reasons import because, needs, parts_of
from app.model.vocabulary import Goal, MeasureKind
from app.workbooks.allocation.allocation_rows import Showing
from app.workbooks.allocation.headed_tables import Field, HeadedTable, Sheets
from app.workbooks.standard.style import COUNT, HOURS, RATIO, Formula, WrittenCell


def write_measures(sheets: Sheets, showing: Showing, title: str) -> HeadedTable:
    """Write the measures in an order that makes sense wherever one stops.

    What a row removes is the plan's own figure; its sums down the rows are live, so that deleting
    a row shows what is left.
    """
    tab, table = sheets.add(title, _fields())
    removed, before = _removed(showing), _before(showing)
    so_far = 0.0
    for row, measure in enumerate(showing.measures):
        here = removed.get(measure.rank, 0.0)
        so_far += here
        cells = _cells(measure, showing)
        cells["removed"] = here
        span = f"{table.fixed('removed', 0)}:{table.cell('removed', row)}"
        cells["so_far"] = Formula(f"=SUM({span})", so_far)
        if before > 0:
            share = f"={table.cell('so_far', row)}/{before!r}"
            cells["share"] = Formula(share, so_far / before)
        table.rows.append(cells)
    sheets.finish(tab, table)
    return table


def _fields() -> dict[str, Field]:
    return {
        "rank": Field(_("No."), COUNT, 6),
        "kind": Field(_("Measure"), width=14),
        "giver": Field(_("From"), width=24),
        "taker": Field(_("To"), width=24),
        "task": Field(_("Task"), width=26),
        "category": Field(_("Staff category"), width=9),
        "people": Field(_("People"), COUNT, 8),
        "hours": Field(_("Hours a year"), HOURS),
        "giver_before": Field(_("Saturation from: before"), RATIO, 10),
        "giver_after": Field(_("Saturation from: after"), RATIO, 10),
        "taker_before": Field(_("Saturation to: before"), RATIO, 10),
        "taker_after": Field(_("Saturation to: after"), RATIO, 10),
        "because": Field(_("Because"), width=44),
        "needs": Field(_("Needs"), width=26),
        "evidence": Field(_("Evidence"), width=9),
        "removed": Field(_("Overload removed (weighted h)"), HOURS, 12),
        "so_far": Field(_("Removed so far"), HOURS, 12),
        "share": Field(_("Share of today's overload"), RATIO, 11),
        "overload": Field(_("Overload left (weighted h)"), HOURS, 12),
        "unassigned": Field(_("Unassigned hours left"), HOURS, 12),
    }


def _cells(measure: Measure, showing: Showing) -> dict[str, WrittenCell]:
    return {
        "rank": float(measure.rank),
        "kind": word(measure.kind),
        "giver": showing.place(measure.unit_code, measure.post_code),
        "taker": _takers(measure, showing),
        "task": _tasks(measure, showing),
        "category": measure.category,
        "people": measure.people or None,
        "hours": measure.hours or None,
        "giver_before": measure.saturation_before,
        "giver_after": measure.saturation_after,
        "taker_before": measure.to_saturation_before,
        "taker_after": measure.to_saturation_after,
        "because": because(measure, showing.county),
        "needs": needs(measure, showing.county),
        "evidence": word(measure.evidence) if measure.evidence is not None else None,
        "overload": measure.overload_after,
        "unassigned": measure.unassigned_after,
    }


def _takers(measure: Measure, showing: Showing) -> str:
    """Return the receiving unit and posts."""
    first, *more = measure.to_post_codes or ("",)
    names = [showing.place(measure.to_unit_code, first), *map(showing.post_name, more)]
    return _("; ").join(names)


def _tasks(measure: Measure, showing: Showing) -> str:
    """Return the task, or each of several with its hours and where they go."""
    is_one = measure.kind is MeasureKind.CUT or len(measure.parts) < 2
    parts = () if is_one else parts_of(measure, showing.county)
    return _("; ").join(parts) or showing.task_name(measure.task_code)


def _before(showing: Showing) -> float:
    """Return the county's weighted overload today, 0 where the plan does not know it."""
    return showing.plan.goal(Goal.OVERLOAD).before if showing.plan is not None else 0.0


def _removed(showing: Showing) -> dict[int, float]:
    """Return the overload that each measure removes, by rank; units not shown count as well."""
    if showing.plan is None or not _before(showing):
        return {}
    measures = showing.plan.measures
    left = [_before(showing), *(measure.overload_after for measure in measures)]
    steps = [earlier - later for earlier, later in pairwise(left)]
    return {measure.rank: step for measure, step in zip(measures, steps, strict=True)}
