"""Advising: the commands about a plan's measures, its ladder, its relief, and other moves."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence

from app.advice.measures.relief import ReliefPoint
from app.advice.whatif.asked_move import Asked
from app.advice.whatif.curve import joined
from app.advice.whatif.robustness import Survivals
from app.answers import advising as answering
from app.commands.locking import lock_measures
from app.commands.planning import (
    STATUS,
    at_gate,
    compute,
    interruptible,
    show_portions,
    show_progress,
    stoppable,
)
from app.commands.running import Result, coded, opened
from app.errors import BlockedByData, Cancelled, UserError, told
from app.language import _, word
from app.model.plan import Measure, Plan
from app.model.reasons import because, decision_label, needs, ranks_named
from app.model.remarks import ladder_note, omissions
from app.model.vocabulary import Goal, Verdict, Wish
from app.project import Project
from app.report.chart_rows import post_name
from app.report.wording import measure_sentence

_TELLING_OVERTIME = 0.05
"""Hours a person and week; less does not show where tenths are shown."""


def run_measures(options: Namespace) -> Result:
    """List the measures of the plan kept last; accept, reject and carry out."""
    asked = {
        Verdict.ACCEPTED: options.accept,
        Verdict.REJECTED: options.reject,
        None: options.withdraw,
    }
    _refuse_twice(asked)
    changes = any(asked.values()) or options.lock or options.reset or options.apply
    with opened(options.plan, to_change=changes) as project:
        project.advising.known_plan()
        if options.reset:
            project.withdraw_decisions(_("Take back every decision on measures"))
        for verdict, ranks in asked.items():
            if ranks:
                project.decide(decision_label(verdict, ranks), ranks, verdict)
        locked = lock_measures(project, options.lock)
        done = project.advising.accepted if options.apply else ()
        if options.apply:
            project.carry_out()
        if changes:
            project.save()
        plan, verdicts = project.advising.known_plan(), project.advising.verdicts
        county, messages = project.county, _messages_on_age(project)
        survivals = _survivals(project, options)
        marks = {identity: f"[{word(verdict)}] " for identity, verdict in verdicts.items()}
        marks |= dict.fromkeys(project.advising.carried_out, _("[carried out] "))
        lines = [
            _measure_line(project, row, marks.get(row.identity, ""), survivals)
            for row in plan.measures
        ]
        lines += _lines_of_earlier(project, plan)
    if options.apply:
        lines = [
            _("{count} measures carried out.").format(count=len(done)),
            _("`hengbian undo PLAN` takes this back."),
        ]
    elif omissions(plan):
        lines.append(omissions(plan))
    lines += [lock.sentence(county) for lock in locked]
    if survivals is not None:
        lines.append(survivals.sentence)
    return Result(
        answering.measures(plan, county, verdicts, done, survivals=survivals, locked=locked),
        tuple(lines),
        messages,
    )


def _refuse_twice(asked: Mapping[Verdict | None, Sequence[int]]) -> None:
    """Refuse two decisions on one measure at once: which of them is meant, nobody can tell."""
    ranks = [rank for of_verdict in asked.values() for rank in set(of_verdict)]
    twice = sorted({rank for rank in ranks if ranks.count(rank) > 1})
    if twice:
        raise UserError(
            _("Two decisions on measure {ranks} at once.").format(ranks=ranks_named(twice)),
            remedy=_("Name each measure in one of --accept, --reject and --withdraw."),
        )


def _messages_on_age(project: Project) -> tuple[str, ...]:
    """Return a warning where the inputs are no longer those that the plan was found for."""
    if project.advising.is_of_today:
        return ()
    return (
        told(
            _("Tasks or people have changed since this plan was found; its figures are of then."),
            _("`hengbian solve PLAN` finds a plan of today."),
        ),
    )


def _survivals(project: Project, options: Namespace) -> Survivals | None:
    """Return how robust the measures are where that is asked for."""
    if options.robust is None:
        return None
    with stoppable() as should_stop:
        return project.advising.survivals(
            draws=options.robust, on_progress=show_portions(), should_stop=should_stop
        )


def _lines_of_earlier(project: Project, plan: Plan) -> list[str]:
    """Return the decisions on measures that the plan does not have (any more)."""
    listed = {row.identity for row in plan.measures}
    return [
        _("[{verdict}] {measure} (not in this plan)").format(
            verdict=word(verdict), measure=measure_sentence(row, project.county, project.figures)
        )
        for row, verdict in project.advising.decided
        if row.identity not in listed
    ]


def _left(row: Measure) -> str:
    """Return what a row saves its people, and what nobody carries once it is done."""
    told_of = []
    if row.overtime_saved is not None and abs(row.overtime_saved) >= _TELLING_OVERTIME:
        told_of.append(
            _("overtime {hours:+,.1f} h a person and week").format(hours=-row.overtime_saved)
        )
    if row.unassigned_after:
        told_of.append(_("unassigned left {open:,.0f} h").format(open=row.unassigned_after))
    return _("; ").join(told_of)


def _measure_line(project: Project, row: Measure, mark: str, survivals: Survivals | None) -> str:
    sentence = measure_sentence(row, project.county, project.figures)
    share = survivals.share_of(row.identity) if survivals is not None else None
    if share is not None:
        mark += _("[survives {share:.0%}] ").format(share=share)
    left = _left(row)
    reasons = because(row, project.county), needs(row, project.county)
    sentences = joined([sentence, *filter(None, reasons)])
    words = _("{sentences} ({left})").format(sentences=sentences, left=left) if left else sentences
    return f"{row.rank:>4}  {mark}{words}"


def run_ladder(options: Namespace) -> Result:
    """Report how far each rung of the ladder gets; nothing is kept."""
    with opened(options.plan) as project:
        if (gated := at_gate(project, options)) is not None:
            return gated
        plan = compute(project, options)
    lines = [
        _("Today: overload {overload:,.0f} weighted h, unassigned {hours:,.0f} h").format(
            overload=plan.goal(Goal.OVERLOAD).before,
            hours=plan.goal(Goal.UNASSIGNED_HOURS).before,
        )
    ]
    lines += [
        _(
            "{lever}: overload {overload:,.0f} weighted h, unassigned {hours:,.0f} h, "
            "new people {people:g}"
        ).format(
            lever=word(rung.lever),
            overload=rung.overload,
            hours=rung.unassigned_hours,
            people=round(rung.people, 1),
        )
        for rung in plan.rungs
    ]
    lines += [ladder_note(plan)] if plan.rungs else []
    return Result(answering.ladder(plan), tuple(lines), plan.conflicts, STATUS[plan.outcome])


def run_relief(options: Namespace) -> Result:
    """Report what the first k measures of the plan kept last bring."""
    with opened(options.plan) as project:
        curve, messages = project.advising.relief_curve(), _messages_on_age(project)
    lines = [_point_line(point) for point in curve.points]
    lines.append(
        _("Proposed: the first {count} measures; beyond, each brings little.").format(
            count=curve.knee
        )
    )
    return Result(answering.relief_curve(curve), tuple(lines), messages)


def _point_line(point: ReliefPoint) -> str:
    return _(
        "{measures:>3} measures: overload {overload:,.0f} weighted h, unassigned {hours:,.0f} h, "
        "{share:.0%} of the relief"
    ).format(
        measures=point.measures,
        overload=point.overload,
        hours=point.unassigned_hours,
        share=point.share,
    )


def run_why_not(options: Namespace) -> Result:
    """Answer why the plan does otherwise than the user would."""
    asked = _asked(options)
    with opened(options.plan) as project, interruptible() as should_stop:
        try:
            answer = project.advising.why_not(
                asked,
                time_limit=options.time_limit,
                on_progress=show_progress(),
                should_stop=should_stop,
            )
        except Cancelled:
            raise BlockedByData(_("Stopped before a plan was found.")) from None
        codes = [post.post_code for post in answer.posts]
        names = {code: coded(post_name(project.figures, code), code) for code in codes}
    lines = [answer.sentence, *answer.objections]
    lines += [
        _("{post}: {today} today, {plan} in the plan, {wished} then").format(
            post=names[post.post_code],
            today=_percent(post.today),
            plan=_percent(post.plan),
            wished=_percent(post.wished),
        )
        for post in answer.posts
    ]
    return Result(answering.why_not(answer), tuple(lines), status=STATUS[answer.outcome])


def _asked(options: Namespace) -> Asked:
    """Return the one wish that the options name."""
    wishes = {
        Wish.MOVE_PEOPLE: options.person,
        Wish.MOVE_TASK: options.task,
        Wish.KEEP_TASK: options.keep,
        Wish.EXEMPT_UNIT: options.exempt,
    }
    named = [wish for wish, code in wishes.items() if code]
    if len(named) != 1:
        raise UserError(
            _("Name one move: --person, --task, --keep or --exempt."),
            remedy=_("For instance: hengbian why-not PLAN --person POST --to POST"),
        )
    wish = named[0]
    if wish in {Wish.MOVE_PEOPLE, Wish.MOVE_TASK} and not options.to:
        raise UserError(_("Name the receiving post with --to."))
    if wish is Wish.MOVE_TASK and not options.unit:
        raise UserError(_("Name the unit of the task with --unit."))
    is_task = wish in {Wish.MOVE_TASK, Wish.KEEP_TASK}
    return Asked(
        wish,
        unit_code=options.exempt or options.unit or "",
        post_code=options.person or options.giver or "",
        to_post_code=options.to or "",
        task_code=wishes[wish] if is_task else "",
        category=options.category or "",
        people=options.people,
        hours=options.hours,
    )


def _percent(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.0%}"
