"""Judging: the commands that check a county and show its figures."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from app.answers import judging as answers
from app.answers import planning as answering
from app.commands.running import BLOCKED, DONE, Result, coded, known_unit, opened, percent
from app.errors import UserError, told
from app.judging import Judging
from app.language import _, word
from app.method.evenness import CountyEvenness
from app.method.uncertainty.evidence import DRAWS, SEED, Robustness
from app.method.uncertainty.measuring import is_in_doubt
from app.method.uncertainty.tornado import InputKind, Swing, Tornado
from app.model.bands import scheme_named
from app.model.figures import Load
from app.model.vocabulary import Severity
from app.report.chart_rows import post_name

MOST_DRAWS = 10_000
"""Ten times the usual: memory grows with them (330 MB for the sample), insight hardly does."""


def run_check(options: Namespace) -> Result:
    """List the findings of the check-up, and how far the four elements agree in every unit."""
    with opened(options.plan) as project:
        findings = project.check()
        scores = project.scores(findings)
        names = {unit.unit_code: unit.name for unit in project.county.units.values()}
    lines = [
        _("{severity}  {subject}: {message}").format(
            severity=word(finding.severity),
            subject=finding.subject,
            message=told(finding.message, finding.remedy),
        )
        for finding in findings
    ]
    lines.append(_("{count} findings.").format(count=len(findings)))
    lines += [
        _("{unit}, {link}: {score} of {checked} free of findings").format(
            unit=names[score.unit_code],
            link=word(score.link),
            score=percent(score.score),
            checked=score.checked,
        )
        for score in scores
    ]
    blocks = any(finding.severity is Severity.ERROR for finding in findings)
    return Result(
        answering.check(findings, scores), tuple(lines), status=BLOCKED if blocks else DONE
    )


def run_status(options: Namespace) -> Result:
    """Show workload, capacity, saturation and required headcount."""
    with opened(options.plan) as project:
        known_unit(project, options.unit)
        figures, even = project.figures, project.judging.evenness()
    if options.unit is None:
        lines = [
            _load_line(coded(one.name, one.unit_code), one.load) for one in figures.units.values()
        ]
        lines.append(_load_line(_("whole county"), figures.county.load))
    else:
        unit = figures.units[options.unit]
        lines = [_load_line(coded(unit.name, unit.unit_code), unit.load)]
        lines += [
            _load_line(
                coded(post_name(figures, post.post_code, within=unit.unit_code), post.post_code),
                post.load,
            )
            for post in figures.posts.values()
            if post.unit_code == unit.unit_code
        ]
    bands = _("Bands: {scheme}.").format(scheme=scheme_named(figures.band_scheme).word)
    answer = answering.status(figures, options.unit)
    answer["evenness"] = answers.evenness(even, options.unit)
    return Result(answer, (*lines, _evenness_line(even, options.unit), figures.denominator, bands))


def _load_line(name: str, load: Load) -> str:
    return _(
        "{name}: workload {workload:,.0f} h, capacity {capacity:,.0f} h, "
        "saturation {saturation} ({band}), {existing:,g} people, required {required:,.1f}"
    ).format(
        name=name,
        workload=load.workload_hours,
        capacity=load.capacity_hours,
        saturation=percent(load.saturation),
        band=word(load.band),
        existing=load.existing,
        required=load.required,
    )


def _evenness_line(even: CountyEvenness, unit_code: str | None) -> str:
    posts = even.posts if unit_code is None else even.posts_of[unit_code]
    return _("Between posts: range {range:.1%}, Gini coefficient {gini:.3f}.").format(
        range=posts.range, gini=posts.gini
    )


def run_evidence(options: Namespace) -> Result:
    """Show how well the figures are founded, what would change them, and a second opinion."""
    draws = DRAWS if options.draws is None else options.draws
    if not 1 <= draws <= MOST_DRAWS:
        raise UserError(_("Draws are a number from 1 to {most:,}.").format(most=MOST_DRAWS))
    with opened(options.plan) as project:
        known_unit(project, options.unit)
        judging = project.judging
    posts = judging.figures.posts
    if options.post is not None and options.post not in posts:
        raise UserError(_("There is no post {code}.").format(code=options.post))
    found = judging.robustness(draws=draws, seed=SEED if options.seed is None else options.seed)
    swings = judging.tornado(unit_code=options.unit, post_code=options.post, number=options.top)
    answer = answers.evidence(
        found,
        unit_code=options.unit,
        swings=swings,
        opinions=judging.opinions(),
        contrasts=judging.contrasts(),
        unit_of={code: post.unit_code for code, post in posts.items()},
    )
    return Result(answer, tuple(_evidence_lines(found, swings, judging, options.unit)))


def _evidence_lines(
    found: Robustness, swings: Tornado, judging: Judging, unit_code: str | None
) -> Iterator[str]:
    for row in found.grades:
        yield _("{grade}: {hours:,.0f} h in {tasks} tasks, {ranged:,.0f} h with a range").format(
            grade=word(row.grade) if row.grade is not None else _("no grade"),
            hours=row.hours,
            tasks=row.tasks,
            ranged=row.ranged_hours,
        )
    for code, risk in found.units.items():
        if unit_code in {None, code} and risk.saturation is not None:
            yield _(
                "{unit}: {saturation} today, {low}–{high} in 90 % of {draws:,} draws,"
                " overloaded in {overload}"
            ).format(
                unit=judging.county.units[(code,)].name,
                saturation=percent(risk.saturation),
                low=percent(risk.low),
                high=percent(risk.high),
                draws=found.draws,
                overload=percent(risk.overload_probability),
            )
    doubtful = sum(
        is_in_doubt(risk)
        for code, risk in found.posts.items()
        if unit_code in {None, judging.figures.posts[code].unit_code}
    )
    yield _(
        "{count} posts are overloaded in 5–95 % of the draws: there the unit times decide."
    ).format(count=doubtful)
    for swing in swings.swings:
        yield _(
            "{kind} of {name}: {low:,.5g}–{high:,.5g} (today {today:,.5g}) gives {below}–{above}"
        ).format(
            kind=word(swing.kind),
            name=_varied(swing, judging),
            low=swing.low,
            high=swing.high,
            today=swing.today,
            below=percent(swing.saturation_low),
            above=percent(swing.saturation_high),
        )


def _varied(swing: Swing, judging: Judging) -> str:
    """Return what an input belongs to: a task or post by name and code, a category by name."""
    if swing.kind is InputKind.WORKING_TIME:
        return swing.code
    if swing.kind is InputKind.ABILITY:
        name = judging.figures.posts[swing.code].title
    else:
        name = judging.county.tasks[(swing.code,)].name
    return _("“{name}” ({code})").format(name=name, code=swing.code)
