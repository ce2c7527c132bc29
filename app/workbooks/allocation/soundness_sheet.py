"""The sheet of soundness: what the numbers rest on, how they were found, what they do not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from app.language import _, word
from app.model.accounts import evidence_rows
from app.model.parameters import SETTINGS
from app.model.plan import Plan
from app.model.remarks import ladder_note, omissions, outcome_name
from app.model.settings import setting_for
from app.model.soundness import assumptions, limitations, sources
from app.model.vocabulary import Goal, Lever, Severity
from app.store.records.history import Step
from app.workbooks.allocation.allocation_rows import Showing
from app.workbooks.allocation.band_table import Banding
from app.workbooks.allocation.headed_tables import HEADING_ROW, Sheets, add_tab
from app.workbooks.standard.style import COUNT, HOURS, RATIO, WrittenCell, set_page, write_cell

FIRST_BAND_ROW = 6
"""The row of the first class of the band scheme, below its headings; all band words refer to it."""

_MOST_STEPS = 20
"""Of the history that are named; the plan file has all of them."""

_Line = tuple[Sequence[WrittenCell], str]
"""The cells of a row and the number format they share; '' makes it a heading."""


def write_basis(
    sheets: Sheets, showing: Showing, banding: Banding, *, title: str, steps: Sequence[Step]
) -> tuple[int, int] | None:
    """Write bands, hours, evidence, outcome, goals, ladder, assumptions, limits, sources, policy.

    Returns:
        the first and last row of the ladder, as charts show it; None without a plan.
    """
    book = sheets.book
    tab, top = add_tab(book, title, sheets.notes)
    assert top == FIRST_BAND_ROW - 1
    bands = [((name, limit), RATIO) for name, limit in banding.rows()]
    lines: list[_Line] = [((_("Band"), _("Saturation up to")), ""), *bands]
    lines += _reconciliation(showing)
    lines += _evidence(showing)
    if showing.plan is not None:
        lines += _outcome(showing.plan)
    rungs = showing.plan.rungs if showing.plan is not None else ()
    last_rung = top + len(lines) - 1
    lines += _assumed(showing)
    lines += _dates(steps)
    lines += _policy(showing)
    lines += _findings(showing)
    for row, (cells, number_format) in enumerate(lines, start=top):
        look = {"num_format": number_format} if number_format else {"bold": True, "bottom": 1}
        for column, cell in enumerate(cells):
            write_cell(tab, row, column, cell, book.look(**look))
    tab.set_column(0, 0, 40)
    tab.set_column(1, 3, 22)
    tab.freeze_panes(HEADING_ROW + 1, 0)
    tab.repeat_rows(HEADING_ROW)
    set_page(tab, header=" ".join(sheets.notes))
    return (last_rung - len(rungs), last_rung) if rungs else None


def _reconciliation(showing: Showing) -> Iterator[_Line]:
    """Yield the hours of the county or the unit, reconciled: assigned + not assigned − surplus."""
    units = [showing.figures.units[code] for code in showing.unit_codes]
    yield (), HOURS
    yield (_("Hours a year today"), _("Hours")), ""
    yield (_("Tasks"), sum(unit.demand_hours for unit in units)), HOURS
    yield (_("Assigned to posts"), sum(unit.assigned_hours for unit in units)), HOURS
    yield (_("Not assigned"), sum(unit.unassigned_hours for unit in units)), HOURS
    surplus = sum(unit.surplus_hours for unit in units)
    if surplus:
        yield (_("Shared out beyond what there is"), surplus), HOURS


def _evidence(showing: Showing) -> Iterator[_Line]:
    """Yield the hours that rest on unit times of each grade."""
    yield (), HOURS
    heads = (_("Number of tasks"), _("Hours a year"), _("Share"))
    yield (_("Evidence of unit times"), *heads), ""
    for row in evidence_rows(showing.county, showing.figures, showing.unit_codes):
        name = word(row.grade) if row.grade is not None else _("not stated")
        yield (name, f"{row.tasks}", f"{row.hours:,.1f}", f"{row.share:.1%}"), HOURS


def _assumed(showing: Showing) -> Iterator[_Line]:
    """Yield what nobody stated, what the numbers do not say, and what they follow."""
    for title, sentences in (
        (_("Assumed, because nobody stated it"), assumptions(showing.county)),
        (_("What the numbers do not say"), limitations()),
    ):
        yield (), HOURS
        yield (title,), ""
        for sentence in sentences:
            yield (sentence,), HOURS
    yield (), HOURS
    yield (_("Method"), _("Source")), ""
    for line in sources():
        yield line, HOURS


def _dates(steps: Sequence[Step]) -> Iterator[_Line]:
    """Yield when this was written, and the last steps that made the inputs what they are."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    yield (), HOURS
    yield (_("Dates (UTC)"), _("Who"), _("What was done")), ""
    yield (now, "", _("This workbook was written")), HOURS
    for step in reversed(steps[-_MOST_STEPS:]):
        yield (step.time, step.who, step.label), HOURS


def _outcome(plan: Plan) -> Iterator[_Line]:
    yield (), HOURS
    yield (_("Plan"), ""), ""
    yield (_("Computed at (UTC)"), plan.plan_id), HOURS
    yield (_("Outcome"), outcome_name(plan)), HOURS
    yield (_("Verified by a second computation"), _("yes") if plan.is_verified else _("no")), HOURS
    yield (_("Distance from the best, at most"), plan.gap), RATIO
    levers = _(", ").join(word(lever) for lever in Lever if lever in plan.levers)
    yield (_("Levers allowed"), levers), HOURS
    if omissions(plan):
        yield (_("Left out"), omissions(plan)), HOURS
    if plan.rungs:
        yield (_("Reading the ladder"), ladder_note(plan)), HOURS
    for conflict in plan.conflicts:
        yield (_("Limits that conflict"), conflict), HOURS
    yield (), HOURS
    heads = _("Today"), _("After the measures"), _("At best"), _("Proven bound")
    yield (_("Goal, in strict order"), *heads), ""
    for goal in plan.goals:
        yield (word(goal.goal), goal.before, goal.reached, goal.value, goal.bound), HOURS
    yield (), HOURS
    yield (_("Levers up to"), _("Overload"), _("Unassigned hours"), _("New people")), ""
    overload, unassigned = plan.goal(Goal.OVERLOAD), plan.goal(Goal.UNASSIGNED_HOURS)
    yield (_("Today"), overload.before, unassigned.before, 0.0), HOURS
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
            yield (word(setting), key, written.get(key) or setting.default or "—"), HOURS


def _findings(showing: Showing) -> Iterator[_Line]:
    counts = Counter(finding.severity for finding in showing.findings)
    yield (), HOURS
    yield (_("Findings of the check-up"), _("Number")), ""
    for severity in Severity:
        yield (word(severity), float(counts[severity])), COUNT
