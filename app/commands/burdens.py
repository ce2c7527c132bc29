"""Burdens: the command that shows what work is, who orders it, and what cutting it would free."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from app.answers import judging as answering
from app.commands.running import Result, known_unit, opened, percent
from app.errors import UserError
from app.judging import Judging
from app.language import _, word
from app.method.burden.ledger import BurdenLedger, TopItems, arithmetic, top_items
from app.method.burden.limits import Excess
from app.method.burden.reliefs import ReliefEffect
from app.method.burden.shipped_reliefs import CUT_BURDENS, RELIEFS, Relief
from app.model.vocabulary import Burden


def run_burden(options: Namespace) -> Result:
    """Show the burden ledger, its first items, what reliefs would do, and what exceeds limits."""
    reliefs = chosen_reliefs(options) or tuple(RELIEFS.values())
    with opened(options.plan) as project:
        known_unit(project, options.unit)
        judging = project.judging
    ledger = judging.burden(options.unit)
    top = top_items(ledger, number=options.top)
    effects = [judging.relief_effect(relief) for relief in reliefs]
    excesses = [row for row in judging.excesses() if options.unit in {None, row.unit_code}]
    answer = answering.burden(
        ledger, county=judging.county, top=top, reliefs=effects, excesses=excesses
    )
    lines = (
        *_ledger_lines(ledger),
        *_top_lines(top),
        *(_relief_line(effect) for effect in effects),
        *_limit_lines(excesses, judging),
    )
    return Result(answer, lines)


def chosen_reliefs(options: Namespace) -> tuple[Relief, ...]:
    """Return the reliefs that a command line asks for: its own, and those it names.

    Raises:
        UserError: a name or the share of an own relief makes no sense.
    """
    unknown = [key for key in options.relief if key not in RELIEFS]
    if unknown:
        raise UserError(
            _("There is no relief “{key}”.").format(key=unknown[0]),
            remedy=_("Known are {names}.").format(names=", ".join(RELIEFS)),
        )
    own = (_own_relief(options),) if options.cut is not None else ()
    return (*own, *(RELIEFS[key] for key in options.relief))


def _own_relief(options: Namespace) -> Relief:
    if not 0 < options.cut <= 1 or not options.substitute_hours >= 0:
        raise UserError(_("A cut is a share above 0 up to 1, a substitute takes 0 hours or more."))
    if options.kind is Burden.SUBSTANTIVE:
        raise UserError(
            _("Substantive work is never cut."), remedy=_("It takes people, ability or time.")
        )
    name = _("own relief")
    return Relief(
        key="own",
        chinese=name,
        english=name,
        reduction=options.cut,
        form=options.form,
        ordered_by=options.ordered_by,
        burdens=CUT_BURDENS if options.kind is None else (options.kind,),
        substitute_hours=options.substitute_hours,
    )


def _ledger_lines(ledger: BurdenLedger) -> Iterator[str]:
    for kind, effort in ledger.by_burden.items():
        yield _("{kind}: {hours:,.0f} h, {people:,.1f} people").format(
            kind=word(kind), hours=effort.hours, people=effort.people
        )
    for form, effort in ledger.by_form.items():
        yield _("{form}: {hours:,.0f} h, {pieces:,.0f} pieces, {people:,.1f} people").format(
            form=word(form) if form is not None else _("no form"),
            hours=effort.hours,
            pieces=effort.pieces,
            people=effort.people,
        )


def _top_lines(top: TopItems) -> Iterator[str]:
    for rank, (task, effort) in enumerate(top.items, start=1):
        yield _("{rank}. {task} ({department}): {hours:,.0f} h, {people:,.1f} people").format(
            rank=rank,
            task=task.name,
            department=task.ordered_by or _("no department"),
            hours=effort.hours,
            people=effort.people,
        )
    yield _("Cutting these {count} frees people: {arithmetic}").format(
        count=len(top.items), arithmetic=arithmetic(top.together)
    )


def _relief_line(effect: ReliefEffect) -> str:
    county = effect.county
    return _(
        "{relief}: −{cut:,.0f} h, substitute +{substitute:,.0f} h, {people:,.1f} people freed,"
        " saturation {before} → {after}"
    ).format(
        relief=effect.relief.word,
        cut=effect.cut.hours,
        substitute=effect.substitute.hours,
        people=county.people,
        before=percent(county.saturation_before),
        after=percent(county.saturation_after),
    )


def _limit_lines(excesses: Sequence[Excess], judging: Judging) -> Iterator[str]:
    for excess in excesses:
        sentence = (
            _("Above the limit: {unit}, {form}: {found:,.0f} h instead of {limit:,.0f} h")
            if excess.is_hours
            else _("Above the limit: {unit}, {form}: {found:,.0f} pieces instead of {limit:,.0f}")
        )
        yield sentence.format(
            unit=judging.county.units[(excess.unit_code,)].name,
            form=word(excess.form),
            found=excess.found,
            limit=excess.limit,
        )
