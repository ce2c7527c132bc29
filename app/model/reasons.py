"""Reasons: of what a measure consists, why it is the right one, what it needs, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.errors import told
from app.language import _, ngettext, word
from app.model.county import County
from app.model.plan import Measure
from app.model.vocabulary import Burden, MeasureKind, Verdict

NAMED_PARTS = 8
"""As many parts of a measure are named; of more, how many there are is said too."""


class Because(StrEnum):
    """What makes a measure the right one at its turn."""

    SURPLUS = "surplus"
    OPEN = "open"
    OPEN_IN_AREA = "open_in_area"
    VACANT = "vacant"
    LATER = "later"
    ROOM = "room"
    EVEN = "even"
    EQUALS = "equals"
    OPEN_TO_EQUALS = "open_to_equals"
    CUT = "cut"
    CUT_LATER = "cut_later"
    MOVE = "move"
    TRANSFER = "transfer"
    VACANCY = "vacancy"
    FILL = "fill"
    DRAW = "draw"
    TEMPORARY = "temporary"


class Needs(StrEnum):
    """What has to be there before a measure can be carried out."""

    UNIT = "unit"
    OFFICERS = "officers"
    QUALIFIED = "qualified"
    NEW_AREA = "new_area"
    CONSENT = "consent"
    CONSENT_TO_MERGE = "consent_to_merge"
    COUNTY = "county"
    COUNTY_TO_MERGE = "county_to_merge"
    MOVE = "move"
    TRANSFER = "transfer"
    TRANSFER_AWAY = "transfer_away"
    VACANCY = "vacancy"
    FILL = "fill"
    DRAW = "draw"
    TEMPORARY = "temporary"


def because(measure: Measure, county: County) -> str:
    """Return the facts that make a measure the right one, '' where nothing says them."""
    reason = measure.reason
    if reason is None:
        return measure.because
    facts = {
        "giver": _title(measure.post_code, county),
        "giving_unit": _unit(measure.unit_code, county),
        "taker": _taker(measure, county),
        "giver_before": _percent(measure.saturation_before),
        "giver_after": _percent(measure.saturation_after),
        "taker_before": _percent(measure.to_saturation_before),
        "taker_after": _percent(measure.to_saturation_after),
        "area": reason.area,
        "cap": _percent(reason.cap),
        "burden": _burden(measure, county),
        "posts": len({part.post_code for part in measure.parts} - {""}),
        "units": len(measure.unit_codes),
    }
    code = Because(reason.because)
    sentence = _cut_text(measure) if code is Because.CUT else _because_texts()[code]
    if measure.to_saturation_before is None:
        sentence = _empty_post_texts().get(code, sentence)
    if code is Because.VACANT and len(measure.to_post_codes) > 1:
        sentence = _(
            "Nobody is on {giver}; {taker} take its work on, together at {taker_before} "
            "(→ {taker_after})."
        )
    return told(sentence.format(**facts), _evenness(measure))


def _because_texts() -> Mapping[Because, str]:
    return {
        Because.SURPLUS: _("The shares of this task add up to more than 100 %."),
        Because.OPEN: _(
            "Nobody carries these hours today; {taker} can take them "
            "({taker_before} → {taker_after})."
        ),
        Because.OPEN_IN_AREA: _(
            "Nobody carries these hours today; {taker} works in this area ({area}) already and can "
            "take them ({taker_before} → {taker_after})."
        ),
        Because.VACANT: _(
            "Nobody is on {giver}; {taker} takes this on ({taker_before} → {taker_after})."
        ),
        Because.LATER: _(
            "{giver} ({giver_before} → {giver_after}) gets room for a later measure, "
            "{taker} takes this on ({taker_before} → {taker_after})."
        ),
        Because.EQUALS: _(
            "{giver} is at {giver_before} (→ {giver_after}); {taker} of one kind share this "
            "evenly, together at {taker_before} (→ {taker_after})."
        ),
        Because.OPEN_TO_EQUALS: _(
            "Nobody carries these hours today; {taker} of one kind share them evenly, together at "
            "{taker_before} (→ {taker_after})."
        ),
        Because.CUT_LATER: _(
            "{giver} ({giver_before} → {giver_after}) gets room for a later measure; "
            "{burden} work, may be cut by up to {cap}."
        ),
        Because.ROOM: _(
            "{giver} is at {giver_before} (→ {giver_after}), "
            "{taker} has room at {taker_before} (→ {taker_after})."
        ),
        Because.EVEN: _(
            "{giver} is at {giver_before} (→ {giver_after}), "
            "{taker} is loaded less at {taker_before} (→ {taker_after})."
        ),
        Because.MOVE: _(
            "{giver} can spare somebody at {giver_before} (→ {giver_after}), "
            "{taker} is at {taker_before} (→ {taker_after})."
        ),
        Because.TRANSFER: _(
            "{giver} can spare somebody at {giver_before} (→ {giver_after}), "
            "{taker} is at {taker_before} (→ {taker_after}) and its unit has nobody to spare."
        ),
        Because.VACANCY: _(
            "{giving_unit} has a vacancy that it fills with nobody, and {taker} is at "
            "{taker_before} (→ {taker_after})."
        ),
        Because.FILL: _(
            "The unit has a vacancy, and {taker} is at {taker_before} (→ {taker_after})."
        ),
        Because.DRAW: _(
            "The county pool has headcount, and {taker} is at {taker_before} (→ {taker_after})."
        ),
        Because.TEMPORARY: _(
            "{taker} is at {taker_before} (→ {taker_after}), and no other lever reaches it."
        ),
    }


def _empty_post_texts() -> Mapping[Because, str]:
    """Return the reasons for people who come to a post that nobody is on: it has no saturation."""
    return {
        Because.MOVE: _(
            "{giver} can spare somebody at {giver_before} (→ {giver_after}), "
            "nobody is on {taker} (→ {taker_after})."
        ),
        Because.TRANSFER: _(
            "{giver} can spare somebody at {giver_before} (→ {giver_after}), nobody is on {taker} "
            "(→ {taker_after}) and its unit has nobody to spare."
        ),
        Because.VACANCY: _(
            "{giving_unit} has a vacancy that it fills with nobody, and nobody is on {taker} "
            "(→ {taker_after})."
        ),
        Because.FILL: _("The unit has a vacancy, and nobody is on {taker} (→ {taker_after})."),
        Because.DRAW: _(
            "The county pool has headcount, and nobody is on {taker} (→ {taker_after})."
        ),
        Because.TEMPORARY: _(
            "Nobody is on {taker} (→ {taker_after}), and no other lever reaches it."
        ),
    }


def _cut_text(measure: Measure) -> str:
    givers = {part.post_code for part in measure.parts} - {""}
    if not givers:
        return _("Nobody carries these hours today; {burden} work, may be cut by up to {cap}.")
    if len(givers) == 1:
        return _(
            "{giver} is at {giver_before} (→ {giver_after}); "
            "{burden} work, may be cut by up to {cap}."
        )
    return ngettext(
        "{posts} posts of {units} unit do this, together at "
        "{giver_before} (→ {giver_after}); {burden} work, may be cut by up to {cap}.",
        "{posts} posts of {units} units do this, together at "
        "{giver_before} (→ {giver_after}); {burden} work, may be cut by up to {cap}.",
        len(measure.unit_codes),
    )


def _evenness(measure: Measure) -> str:
    """Return why a receiver of hours goes above its target, '' where it does not."""
    if measure.reason is None or not measure.reason.is_above_target:
        return ""
    return _(
        "These measures fill every post that may take it up to the target; what is left above it "
        "is shared evenly."
    )


def needs(measure: Measure, county: County) -> str:
    """Return what has to be there before a measure can be carried out, '' where nothing says it."""
    reason = measure.reason
    if reason is None:
        return measure.needs
    return _needs_texts()[Needs(reason.needs)].format(
        names=_("; ").join(reason.names), category=measure.category
    )


def _needs_texts() -> Mapping[Needs, str]:
    return {
        Needs.UNIT: _("A decision of the unit."),
        Needs.OFFICERS: _("A decision of the unit; people inside the establishment only."),
        Needs.QUALIFIED: _(
            "A decision of the unit; qualification that the receiving post holds: {names}."
        ),
        Needs.NEW_AREA: _(
            "A decision of the unit; the area ({names}) is new to the receiving post, which has "
            "to be shown the work."
        ),
        Needs.CONSENT: _("The consent of {names}."),
        Needs.CONSENT_TO_MERGE: _("The consent of {names} to merge it or to report once for all."),
        Needs.COUNTY: _("A decision of the county on this task."),
        Needs.COUNTY_TO_MERGE: _("A decision of the county to merge it or to report once for all."),
        Needs.MOVE: _("A decision of the unit; {category} stays {category}."),
        Needs.FILL: _("Approval of the establishment office; one of category {category}."),
        Needs.TRANSFER: _(
            "Approval of the establishment office; the {category} headcount goes along."
        ),
        Needs.TRANSFER_AWAY: _(
            "Approval of the establishment office; the {category} headcount goes along. It leaves "
            "a township for a county department, against the rule that headcount goes to the "
            "townships: to be justified by itself."
        ),
        Needs.VACANCY: _(
            "Approval of the establishment office; authorised headcount of {category} one less "
            "here for each one more there; who comes is taken on anew."
        ),
        Needs.DRAW: _(
            "Approval of the establishment office; county pool of {category}; who comes is taken "
            "on anew."
        ),
        Needs.TEMPORARY: _("Money for a temporary; not for officer-only tasks."),
    }


def parts_of(measure: Measure, county: County) -> tuple[str, ...]:
    """Return what a measure consists of, most hours first; () where it is one thing.

    Of hours that go to one post, each task; of those that go to several, each post with its
    tasks; of a cut, each unit.
    """
    hours: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for part in measure.parts:
        if measure.kind is MeasureKind.CUT:
            hours[""][part.unit_code] += part.hours
        else:
            hours[part.to_post_code][measure.task_of(part)] += part.hours
    if sum(map(len, hours.values())) < 2:
        return ()
    if measure.kind is MeasureKind.CUT:
        return tuple(
            _("{unit} {hours:,.0f} h").format(unit=_unit(unit_code, county), hours=amount)
            for unit_code, amount in _most_first(hours[""])
        )
    tasks = {
        taker: [
            _("“{task}” {hours:,.0f} h").format(task=task_name(task, county), hours=amount)
            for task, amount in _most_first(of_taker)
        ]
        for taker, of_taker in hours.items()
    }
    if len(tasks) == 1:
        return tuple(*tasks.values())
    return tuple(
        _("{tasks} to {taker}").format(
            tasks=joined_parts(tasks[taker], _(", ")), taker=_receiver(measure, taker, county)
        )
        for taker in measure.to_post_codes
    )


def _most_first(hours: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(hours.items(), key=lambda item: -item[1])


def joined_parts(parts: Sequence[str], separator: str) -> str:
    """Return parts one after the other, at most `NAMED_PARTS`, and how many more there are."""
    named = separator.join(parts[:NAMED_PARTS])
    left_out = len(parts) - NAMED_PARTS
    if left_out <= 0:
        return named
    return _("{parts}; and {count} more").format(parts=named, count=left_out)


def task_name(task_code: str, county: County) -> str:
    """Return the name of a task with its own quotation marks as they stand inside others."""
    task = county.tasks.get((task_code,))
    return (task.name if task is not None else task_code).replace("“", "‘").replace("”", "’")


def _unit(unit_code: str, county: County) -> str:
    unit = county.units.get((unit_code,))
    return unit.name if unit is not None else unit_code


def decision_label(verdict: Verdict | None, ranks: Sequence[int]) -> str:
    """Return the name of the step that decides about measures; None takes decisions back."""
    return {
        Verdict.ACCEPTED: _("Accept measures {ranks}"),
        Verdict.REJECTED: _("Reject measures {ranks}"),
        None: _("Take back the decision on measures {ranks}"),
    }[verdict].format(ranks=ranks_named(ranks))


def lock_label(ranks: Sequence[int]) -> str:
    """Return the name of the step that locks what measures would change."""
    return _("Lock what measures {ranks} would change").format(ranks=ranks_named(ranks))


def ranks_named(ranks: Sequence[int]) -> str:
    """Return 1–3, 7: ranks in their order, neighbours joined."""
    ranges: list[list[int]] = []
    for rank in sorted(ranks):
        if ranges and rank == ranges[-1][1] + 1:
            ranges[-1][1] = rank
        else:
            ranges.append([rank, rank])
    return _(", ").join(f"{a}" if a == b else f"{a}–{b}" for a, b in ranges)


def _title(post_code: str, county: County) -> str:
    post = county.posts.get((post_code,))
    return post.title if post is not None else post_code


def _taker(measure: Measure, county: County) -> str:
    """Return the receiving post, or how many there are."""
    takers = measure.to_post_codes
    if len(takers) == 1:
        return _title(takers[0], county)
    return ngettext("{count} post", "{count} posts", len(takers)).format(count=len(takers))


def _receiver(measure: Measure, taker: str, county: County) -> str:
    """Return a receiving post, with its office where that is not the giver's."""
    giver, post = county.posts.get((measure.post_code,)), county.posts.get((taker,))
    if giver is None or post is None or post.office in {"", giver.office}:
        return _title(taker, county)
    return "·".join((post.office, post.title))


def _burden(measure: Measure, county: County) -> str:
    task = county.tasks.get((measure.task_code,))
    return word(task.burden if task is not None else Burden.FORMALISTIC)


def _percent(ratio: float | None) -> str:
    return _("nobody on it") if ratio is None else f"{ratio:.0%}"
