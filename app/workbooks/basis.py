"""The first sheet of an allocation workbook: what its numbers rest on and how they were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from app.language import _, current_language, word
from app.plan import Plan
from app.settings import SETTINGS, setting_for
from app.vocabulary import Lever, Severity
from app.workbooks.banding import Banding
from app.workbooks.showing import Showing
from app.workbooks.style import COUNT, HOURS, RATIO, Book, Cell, set_page, write_cell
from app.workbooks.tables import add_tab

FIRST_BAND_ROW = 5
"""The row of the first class of the band scheme, below its headings; all band words refer to it."""

_Line = tuple[Sequence[Cell], str]
"""The cells of a row and the number format they share; '' makes it a heading."""


def write_basis(
    book: Book, showing: Showing, banding: Banding, *, title: str, notes: Sequence[str]
) -> None:
    """Write bands, reconciliation, outcome, goals, ladder, policy and what was left out."""
    tab, top = add_tab(book, title, notes)
    assert top == FIRST_BAND_ROW - 1
    bands = [((name, limit), RATIO) for name, limit in banding.rows()]
    lines: list[_Line] = [((_("Band"), _("Saturation up to")), ""), *bands]
    lines += _reconciliation(showing)
    if showing.plan is not None:
        lines += _outcome(showing.plan)
    lines += _policy(showing)
    lines += _findings(showing)
    for row, (cells, number_format) in enumerate(lines, start=top):
        look = {"num_format": number_format} if number_format else {"bold": True, "bottom": 1}
        for column, cell in enumerate(cells):
            write_cell(tab, row, column, cell, book.look(**look))
    tab.set_column(0, 0, 34)
    tab.set_column(1, 3, 22)
    tab.freeze_panes(1, 0)
    tab.repeat_rows(0)
    set_page(tab)


def _reconciliation(showing: Showing) -> Iterator[_Line]:
    """Yield the county's hours or the unit's: demand = assigned + not assigned (method §2)."""
    units = [showing.figures.units[code] for code in showing.unit_codes]
    yield (), HOURS
    yield (_("Hours a year today"), _("Hours")), ""
    yield (_("Tasks"), sum(unit.demand_hours for unit in units)), HOURS
    yield (_("Assigned to posts"), sum(unit.assigned_hours for unit in units)), HOURS
    yield (_("Not assigned"), sum(unit.unassigned_hours for unit in units)), HOURS


def _outcome(plan: Plan) -> Iterator[_Line]:
    yield (), HOURS
    yield (_("Plan"), ""), ""
    yield (_("Computed at (UTC)"), plan.plan_id), HOURS
    yield (_("Outcome"), word(plan.outcome)), HOURS
    yield (_("Verified by a second computation"), _("yes") if plan.is_verified else _("no")), HOURS
    yield (_("Distance from the best, at most"), plan.gap), RATIO
    levers = _(", ").join(word(lever) for lever in Lever if lever in plan.levers)
    yield (_("Levers allowed"), levers), HOURS
    if plan.omissions:
        yield (_("Left out"), plan.omissions), HOURS
    for conflict in plan.conflicts:
        yield (_("Limits that conflict"), conflict), HOURS
    yield (), HOURS
    yield (_("Goal, in strict order"), _("Today"), _("Plan"), _("Proven bound")), ""
    for goal in plan.goals:
        yield (word(goal.goal), goal.before, goal.value, goal.bound), HOURS
    yield (), HOURS
    yield (_("Levers up to"), _("Overload"), _("Unassigned hours"), _("New people")), ""
    for rung in plan.rungs:
        yield (word(rung.lever), rung.overload, rung.unassigned_hours, rung.people), HOURS


def _policy(showing: Showing) -> Iterator[_Line]:
    """Yield every setting that decides a result, with what was written or else its default."""
    written = {row.name: row.value for row in showing.county.policy.values()}
    keys = dict.fromkeys([*(setting.key for setting in SETTINGS), *written])
    yield (), HOURS
    yield (_("Policy"), _("Parameter"), _("Value")), ""
    for key in keys:
        setting = setting_for(key)
        if setting is not None:
            title = setting.chinese if current_language() == "zh_CN" else setting.english
            yield (title, key, written.get(key) or setting.default or "—"), HOURS


def _findings(showing: Showing) -> Iterator[_Line]:
    counts = Counter(finding.severity for finding in showing.findings)
    yield (), HOURS
    yield (_("Findings of the check-up"), _("Number")), ""
    for severity in Severity:
        yield (word(severity), float(counts[severity])), COUNT
