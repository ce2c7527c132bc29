"""Explaining: why a measure is the right one and what it needs, in the user's words."""

from __future__ import annotations

from app.advice.formulating import Formulation
from app.advice.kinship import Kinship
from app.advice.ordering import Ratio, Row
from app.advice.situation import NOWHERE
from app.language import _, ngettext, word
from app.vocabulary import Burden, MeasureKind


def because(formulation: Formulation, row: Row) -> str:
    """Return the facts that make this row the right one at its turn."""
    draft = row.draft
    facts = {
        "giver": _post(formulation, min(draft.givers, default=NOWHERE)),
        "taker": _post(formulation, draft.to_post),
        "giver_before": _percent(row.giver[0]),
        "giver_after": _percent(row.giver[1]),
        "taker_before": _percent(row.taker[0]),
        "taker_after": _percent(row.taker[1]),
    }
    if draft.kind is MeasureKind.CUT:
        return _cut_reason(formulation, row).format(**facts)
    if draft.kind is MeasureKind.REASSIGN:
        return _reassign_reason(formulation, row).format(**facts)
    return _people_reason(draft.kind).format(**facts)


def _reassign_reason(formulation: Formulation, row: Row) -> str:
    target = formulation.policy.target_saturation
    draft, before = row.draft, row.giver[0]
    if draft.to_post == NOWHERE:
        return _("The shares of this task add up to more than 100 %.")
    if draft.from_post == NOWHERE:
        area = _shared_area(formulation, row)
        if area:
            return _(
                "Nobody carries these hours today; {{taker}} can take them "
                "({{taker_before}} → {{taker_after}}) and works in this area ({area}) already."
            ).format(area=area)
        return _(
            "Nobody carries these hours today; {taker} can take them "
            "({taker_before} → {taker_after})."
        )
    if before is None:
        return _("Nobody is on {giver}; {taker} takes this on ({taker_before} → {taker_after}).")
    if before <= target:
        return _(
            "{giver} ({giver_before} → {giver_after}) gets room for a later measure, "
            "{taker} takes this on ({taker_before} → {taker_after})."
        )
    if row.taker[1] is not None and row.taker[1] <= target:
        return _(
            "{giver} is at {giver_before} (→ {giver_after}), "
            "{taker} has room at {taker_before} (→ {taker_after})."
        )
    return _(
        "{giver} is at {giver_before} (→ {giver_after}), "
        "{taker} is loaded less at {taker_before} (→ {taker_after})."
    )


def _shared_area(formulation: Formulation, row: Row) -> str:
    """Return the area of the task where the receiving post works in it today, else ''."""
    kinship = Kinship.of(formulation)
    area = int(kinship.area[row.draft.flows[0].demand])
    return kinship.areas[area] if kinship.share[row.draft.to_post, area] > 0 else ""


def _cut_reason(formulation: Formulation, row: Row) -> str:
    """Return a sentence that still has the places of the saturations in it."""
    draft = row.draft
    demand = draft.flows[0].demand
    task = formulation.tasks[demand]
    if not draft.givers:
        sentence = _("Nobody carries these hours today; {burden} work, may be cut by up to {cap}.")
    elif len(draft.givers) == 1:
        sentence = _(
            "{{giver}} is at {{giver_before}} (→ {{giver_after}}); "
            "{burden} work, may be cut by up to {cap}."
        )
    else:
        sentence = ngettext(
            "{posts} posts of {units} unit do this, together at "
            "{{giver_before}} (→ {{giver_after}}); {burden} work, may be cut by up to {cap}.",
            "{posts} posts of {units} units do this, together at "
            "{{giver_before}} (→ {{giver_after}}); {burden} work, may be cut by up to {cap}.",
            len(_units(formulation, row)),
        )
    return sentence.format(
        posts=len(draft.givers),
        units=len(_units(formulation, row)),
        burden=word(task.burden),
        cap=f"{formulation.problem.demand_cap[demand]:.0%}",
    )


def _units(formulation: Formulation, row: Row) -> set[int]:
    return {int(formulation.problem.demand_unit[flow.demand]) for flow in row.draft.flows}


def _people_reason(kind: MeasureKind) -> str:
    return {
        MeasureKind.MOVE: _(
            "{giver} can spare somebody at {giver_before} (→ {giver_after}), "
            "{taker} is at {taker_before} (→ {taker_after})."
        ),
        MeasureKind.TRANSFER: _(
            "{giver} can spare somebody at {giver_before} (→ {giver_after}), "
            "{taker} is at {taker_before} (→ {taker_after}) and its unit has nobody to spare."
        ),
        MeasureKind.FILL: _(
            "The unit has a vacancy, and {taker} is at {taker_before} (→ {taker_after})."
        ),
        MeasureKind.DRAW: _(
            "The county pool has headcount, and {taker} is at {taker_before} (→ {taker_after})."
        ),
        MeasureKind.TEMPORARY: _(
            "{taker} is at {taker_before} (→ {taker_after}), and no other lever reaches it."
        ),
    }[kind]


def needs(formulation: Formulation, row: Row) -> str:
    """Return what has to be there before this row can be carried out."""
    draft = row.draft
    if draft.kind is MeasureKind.REASSIGN:
        task = formulation.tasks[draft.flows[0].demand]
        if task.qualifications and draft.to_post != NOWHERE:
            return _("Qualification held by the receiving post: {names}.").format(
                names=_("; ").join(task.qualifications)
            )
        if task.is_officer_only:
            return _("A decision of the unit; people inside the establishment only.")
        return _("A decision of the unit.")
    if draft.kind is MeasureKind.CUT:
        return _cut_needs(formulation, row)
    category = formulation.problem.category_names[draft.category]
    if draft.kind is MeasureKind.TRANSFER and _leaves_a_township(formulation, row):
        return _(
            "Approval of the establishment office; the {category} headcount goes along. It leaves "
            "a township for a county department, against the rule that headcount goes to the "
            "townships: to be justified by itself."
        ).format(category=category)
    return {
        MeasureKind.MOVE: _("A decision of the unit; {category} stays {category}."),
        MeasureKind.FILL: _("Approval of the establishment office; one of category {category}."),
        MeasureKind.TRANSFER: _(
            "Approval of the establishment office; the {category} headcount goes along."
        ),
        MeasureKind.DRAW: _("Approval of the establishment office; county pool of {category}."),
        MeasureKind.TEMPORARY: _("Money for a temporary; not for officer-only tasks."),
    }[draft.kind].format(category=category)


def _leaves_a_township(formulation: Formulation, row: Row) -> bool:
    kinds = [
        formulation.county.units[(formulation.posts[post].unit_code,)].kind
        for post in (row.draft.from_post, row.draft.to_post)
    ]
    return kinds[0].is_township and not kinds[1].is_township


def _cut_needs(formulation: Formulation, row: Row) -> str:
    task = formulation.tasks[row.draft.flows[0].demand]
    is_form = task.burden is Burden.NECESSARY_FORMAL
    if task.ordered_by:
        sentence = (
            _("The consent of {superior} to merge it or to report once for all.")
            if is_form
            else _("The consent of {superior}.")
        )
        return sentence.format(superior=task.ordered_by)
    if is_form:
        return _("A decision of the county to merge it or to report once for all.")
    return _("A decision of the county on this task.")


def _post(formulation: Formulation, index: int) -> str:
    return formulation.posts[index].title if index != NOWHERE else ""


def _percent(ratio: Ratio) -> str:
    return _("nobody on it") if ratio is None else f"{ratio:.0%}"
