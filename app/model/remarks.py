"""Remarks: what there is to say about a list of measures as a whole, in sentences."""

from __future__ import annotations

from enum import StrEnum

from app.errors import told
from app.language import _, ngettext, word
from app.model.plan import Plan, Remark
from app.model.vocabulary import Goal, Outcome

_ONE_HOUR = 1.0
"""Weighted hours; less is arithmetic."""


class Remarked(StrEnum):
    """What there is to say about a list of measures."""

    LEFT_OUT = "left_out"
    LITTLE = "little"
    LOST = "lost"
    NO_PEOPLE = "no_people"
    NO_HEADCOUNT = "no_headcount"
    NOBODY_CARRIES = "nobody_carries"
    ESTIMATES = "estimates"


GAPS = frozenset(
    {Remarked.NO_PEOPLE, Remarked.NO_HEADCOUNT, Remarked.NOBODY_CARRIES, Remarked.ESTIMATES}
)
"""What a plan may lack to stand on (method §8)."""


def gaps_of(plan: Plan) -> tuple[Remark, ...]:
    """Return the gaps that a plan was made over."""
    return tuple(remark for remark in plan.remarks if remark.code in GAPS)


def outcome_name(plan: Plan) -> str:
    """Return how a run ended; over gaps in the inputs nothing is proven."""
    if gaps_of(plan) and plan.outcome is not Outcome.BLOCKED:
        return _("planned over gaps, nothing proven")
    return word(plan.outcome)


def gap_sentence(gap: Remark) -> str:
    """Return what is missing, with its share."""
    return {
        Remarked.NO_PEOPLE: ngettext(
            "Nobody is on {count} post with work: {share:.0%} of all assigned hours ({hours:,.0f} "
            "h).",
            "Nobody is on {count} posts with work: {share:.0%} of all assigned hours ({hours:,.0f} "
            "h).",
            gap.count or 0,
        ),
        Remarked.NO_HEADCOUNT: _(
            "No headcount is known: sheet 编制 is empty, so no vacancy can be filled or handed on."
        ),
        Remarked.NOBODY_CARRIES: ngettext(
            "{count} task is carried by nobody in full: {share:.0%} of all hours ({hours:,.0f} h).",
            "{count} tasks are carried by nobody in full: {share:.0%} of all hours ({hours:,.0f} "
            "h).",
            gap.count or 0,
        ),
        Remarked.ESTIMATES: _(
            "{share:.0%} of all hours ({hours:,.0f} h) rest on estimated unit times only."
        ),
    }[Remarked(gap.code)].format(count=gap.count, share=gap.share, hours=gap.hours)


def gap_remedy(gap: Remark) -> str:
    """Return how a gap is closed."""
    return {
        Remarked.NO_PEOPLE: _("Enter the people on duty on sheet 岗位, or import a staff list."),
        Remarked.NO_HEADCOUNT: _("Import the headcount ledger, or fill in sheet 编制."),
        Remarked.NOBODY_CARRIES: _("Say on sheet 分工 which post carries which share."),
        Remarked.ESTIMATES: _("Measure the tasks of most hours: records or a sample week."),
    }[Remarked(gap.code)]


def omissions(plan: Plan) -> str:
    """Return what a list of measures leaves out, and decisions that no longer fit, '' if nothing.

    One sentence a line.
    """
    return "\n".join(filter(None, (plan.omissions, *map(_remark, plan.remarks))))


def _remark(remark: Remark) -> str:
    if remark.code in GAPS:
        return _("Planned over a gap: {gap}").format(gap=gap_sentence(remark))
    # The list may better what an unfinished run found; more than all of it would only puzzle.
    share = min(remark.share, 1.0) if remark.share is not None else None
    facts = {"share": share, "hours": remark.hours, "count": remark.count}
    return {
        Remarked.LEFT_OUT: _(
            "All measures together bring {share:.0%} of the relief that the plan shows; the rest "
            "would take changes of less than {hours:g} h a year each, or people whom no post can "
            "spare."
        ),
        Remarked.LITTLE: ngettext(
            "The run stopped before its end: the list holds, but a better one may exist. It "
            "brings {share:.0%} of the relief found; {count} further measure that would add little "
            "is left out.",
            "The run stopped before its end: the list holds, but a better one may exist. It "
            "brings {share:.0%} of the relief found; {count} further measures that would add "
            "little are left out.",
            remark.count or 0,
        ),
        Remarked.LOST: ngettext(
            "{count} decision is about a measure that no longer fits: what it names is gone.",
            "{count} decisions are about measures that no longer fit: what they name is gone.",
            remark.count or 0,
        ),
    }[Remarked(remark.code)].format(**facts)


def ladder_note(plan: Plan) -> str:
    """Return how to read the ladder, and why the plan may leave more than its last rung does."""
    left = plan.goal(Goal.OVERLOAD).value
    least = plan.rungs[-1].overload if plan.rungs else left
    note = _("Each means adds to those before it.")
    if left - least >= _ONE_HOUR:
        further = _(
            "All of them could bring the overload down to {least:,.0f} weighted h; the plan leaves "
            "{left:,.0f}, as far as the tolerance of the goals allows, so that fewer people come "
            "or move."
        )
        note = told(note, further.format(least=least, left=left))
    if plan.outcome is Outcome.LIMIT:
        note = told(note, _("The run stopped before its end: each may reach further than shown."))
    return note
