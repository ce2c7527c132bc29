"""Planning: the commands that look for a plan and tell what they found."""

from __future__ import annotations

import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.advice.planning import RunProgress, check_model_path
from app.advice.progress import OnPortion, Portion
from app.advice.whatif.curve import joined
from app.answers import planning as answering
from app.commands.running import (
    BLOCKED,
    DONE,
    STOPPED,
    Result,
    as_workbook,
    beside,
    closing,
    finding_lines,
    import_line,
    opened,
)
from app.errors import BlockedByData, Cancelled, UserError, told
from app.language import _, word
from app.method.policy import policy_of
from app.model.plan import Measure, Plan
from app.model.reasons import because, needs
from app.model.remarks import gap_remedy, gap_sentence, omissions, outcome_name
from app.model.vocabulary import Goal, Lever, Outcome
from app.placing import expect
from app.project import Project
from app.report.wording import measure_sentence

STATUS = {Outcome.OPTIMAL: DONE, Outcome.LIMIT: STOPPED, Outcome.BLOCKED: BLOCKED}
"""What a command that looks for a plan ends with."""
TELLING = 0.01
"""By more than this share of itself a goal stands above its bound for the tolerance's sake."""
MOST_MEASURES = 20
"""How many measures the terminal lists; the workbook has them all."""


def run_solve(options: Namespace) -> Result:
    """Find a plan and keep it in the plan file."""
    if options.write_model is not None:
        check_model_path(options.write_model)
    with opened(options.plan, to_change=True) as project:
        asked = project.advising
        if (gated := at_gate(project, options)) is not None:
            return gated
        plan = compute(project, options)
        if plan.outcome is not Outcome.BLOCKED:
            project.keep_plan(plan)
            project.save()
            if options.write_model is not None:
                asked.write_model(plan, options.write_model)
        rest = _("… and {count} more: `hengbian measures PLAN` lists them all.")
        return _plan_result(project, plan, rest=rest)


def run_plan(options: Namespace) -> Result:
    """Import, check, solve and export in one go; no plan file is left behind."""
    started = time.perf_counter()
    expect(beside(as_workbook(options.out), [options.source]))
    with closing(Project.new()) as project:
        imported = project.read_import([options.source])
        messages = finding_lines(imported.findings)
        if imported.is_blocked:
            return Result(answering.imported(imported), (import_line(imported),), messages, BLOCKED)
        project.apply_import(imported, _("Import {names}").format(names=options.source.name))
        read = time.perf_counter() - started
        if (gated := at_gate(project, options)) is not None:
            return replace(gated, messages=(*messages, *gated.messages))
        plan = compute(project, options)
        written = time.perf_counter()
        if plan.outcome is not Outcome.BLOCKED:
            project.keep_plan(plan)
            project.export_allocation(options.out)
        write = time.perf_counter() - written
        timed = replace(plan, seconds={**plan.seconds, "read": read, "write": write})
        rest = _("… and {count} more in the workbook.")
        result = _plan_result(project, timed, rest=rest)
    findings = [answering.import_finding(finding) for finding in imported.findings]
    answer = {**result.answer, "findings": findings}
    return replace(result, answer=answer, messages=(*messages, *result.messages))


def at_gate(project: Project, options: Namespace) -> Result | None:
    """Return what is missing for a plan to mean anything; None where nothing is, or on purpose."""
    gaps = project.advising.gaps
    if not gaps or options.over_gaps:
        return None
    lines = [_("No plan was made: the inputs have gaps, and what it said would mean little.")]
    lines += [told(gap_sentence(gap), gap_remedy(gap)) for gap in gaps]
    lines.append(_("To plan all the same, add --over-gaps; the gaps are then told on every paper."))
    return Result({"gate": answering.gate(gaps)}, tuple(lines), status=BLOCKED)


def compute(project: Project, options: Namespace) -> Plan:
    """Look for a plan as the options say, until it is found, time is up or Ctrl+C is pressed."""
    levers = _levers(options.levers) if options.levers is not None else None
    if options.time_limit is not None and not options.time_limit > 0:
        raise UserError(_("The time limit must be more than 0 seconds."))
    with interruptible() as should_stop:
        try:
            return project.compute_plan(
                levers=levers,
                time_limit=options.time_limit,
                on_progress=show_progress(),
                should_stop=should_stop,
            )
        except Cancelled:
            raise BlockedByData(_("Stopped before a plan was found.")) from None


def _levers(text: str) -> list[Lever]:
    levers = [Lever.read(part) for part in text.replace("，", ",").split(",") if part.strip()]
    if not levers:
        raise UserError(
            _("--levers names no means."),
            remedy=_(
                "Leave it out to allow what the policy allows, or name some of {names}."
            ).format(names=", ".join(lever.value for lever in Lever)),
        )
    if None in levers:
        raise UserError(
            _("“{text}” names an unknown lever.").format(text=text),
            remedy=_("Known are {names}.").format(names=", ".join(lever.value for lever in Lever)),
        )
    return [lever for lever in levers if lever is not None]


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl+C end the search with what it has, the second end the program."""
    stopped: list[bool] = []

    def stop(_signal: int, _frame: object) -> None:
        stopped.append(True)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: bool(stopped)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Let Ctrl+C end work that has nothing to show before its end."""
    with interruptible() as should_stop:
        try:
            yield should_stop
        except Cancelled:
            raise BlockedByData(_("Stopped before the end; nothing was stored.")) from None


def show_progress() -> Callable[[RunProgress], None] | None:
    """Return what shows where a run is, None where nobody looks."""
    return _show_progress if sys.stderr.isatty() else None


def _show_progress(progress: RunProgress) -> None:
    goal = Goal.read(progress.goal)
    if goal is None:
        words = _("how far each means gets, {number} of {of} ({seconds:.0f} s)")
    else:
        words = _("goal {number} of {of}, {goal}: {value}, at best {bound} ({seconds:.0f} s)")
    line = words.format(
        number=progress.number,
        of=progress.of,
        goal=word(goal) if goal is not None else "",
        value="–" if progress.value is None else f"{progress.value:,.1f}",
        bound="–" if progress.bound is None else f"{progress.bound:,.1f}",
        seconds=progress.seconds,
    )
    print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def show_portions() -> OnPortion | None:
    """Return what shows how far long work is, None where nobody looks."""
    return _show_portion if sys.stderr.isatty() else None


def _show_portion(portion: Portion) -> None:
    line = _("{done} of {of} {subject}").format(
        done=portion.done, of=portion.of, subject=portion.subject
    )
    print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def _plan_result(project: Project, plan: Plan, *, rest: str) -> Result:
    """Return what was found; `rest` says where the measures are that the terminal does not list."""
    answer = answering.plan(plan, project.county)
    if plan.outcome is Outcome.BLOCKED:
        line = _("No plan: the limits set by hand contradict each other.")
        return Result(answer, (line,), plan.conflicts, STATUS[plan.outcome])
    lines = [
        _("{outcome}; {count} measures; largest gap {gap:.2%}").format(
            outcome=outcome_name(plan), count=len(plan.measures), gap=plan.gap
        )
    ]
    lines += [
        _(
            "{goal}: {before:,.1f} → {after:,.1f} (at best {value:,.1f}, proven bound {bound:,.1f})"
        ).format(
            goal=word(goal.goal),
            before=goal.before,
            after=goal.reached,
            value=goal.value,
            bound=goal.bound,
        )
        for goal in plan.goals
    ]
    lines += _tolerance_lines(project, plan)
    lines += [_measure_line(project, measure) for measure in plan.measures[:MOST_MEASURES]]
    if len(plan.measures) > MOST_MEASURES:
        more = len(plan.measures) - MOST_MEASURES
        lines.append(rest.format(count=more))
    if not plan.measures:
        lines.append(
            _("No measure: what the means and the locks leave open brings nothing worth doing.")
        )
    if omissions(plan):
        lines.append(omissions(plan))
    return Result(answer, tuple(lines), plan.conflicts, STATUS[plan.outcome])


def _tolerance_lines(project: Project, plan: Plan) -> list[str]:
    """Return why a goal that is proven best stands above its bound: the policy gives some away."""
    if plan.outcome is not Outcome.OPTIMAL:
        return []
    tolerance = policy_of(project.county).tolerance
    return [
        _(
            "{goal}: at best {bound:,.1f}; the policy's tolerance of {share:.0%} of the "
            "improvement leaves up to {most:,.1f} for the goals behind it."
        ).format(
            goal=word(goal.goal),
            bound=goal.bound,
            share=tolerance[goal.goal],
            most=goal.bound + tolerance[goal.goal] * (goal.before - goal.bound),
        )
        for goal in plan.goals
        if tolerance.get(goal.goal) and goal.value - goal.bound > TELLING * max(1.0, goal.value)
    ]


def _measure_line(project: Project, measure: Measure) -> str:
    sentence = measure_sentence(measure, project.county, project.figures)
    reasons = because(measure, project.county), needs(measure, project.county)
    return f"{measure.rank:>4}  {joined([sentence, *reasons])}"
