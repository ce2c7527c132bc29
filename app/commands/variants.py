"""Variants: the commands that keep scenarios and set counties side by side."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from app.advice.whatif.scenarios import Comparison, FigureDifference, FigureLevel, figure_word
from app.advice.whatif.years import Rebound
from app.answers import variants as answering
from app.commands.burdens import chosen_reliefs
from app.commands.running import BLOCKED, DONE, Result, finding_lines, opened, percent
from app.errors import BlockedByData, UserError
from app.judging import Judging
from app.language import _, word
from app.model.county import Change, County, PolicyValue
from app.model.figures import Figures
from app.model.scenario import Scenario
from app.model.settings import BadSetting, read_setting
from app.model.vocabulary import Word
from app.project import Project
from app.workbooks.standard.entries import setting_complaint


def run_scenario(options: Namespace) -> Result:
    """Keep, remove or adopt a scenario, and list them all beside the baseline."""
    acts = [options.add, options.remove, options.adopt]
    if sum(name is not None for name in acts) > 1:
        raise UserError(_("One of --add, --remove and --adopt at a time."))
    messages: tuple[str, ...] = ()
    with opened(options.plan, to_change=any(acts)) as project:
        if options.add is not None:
            scenario, messages = _scenario(project, options)
            project.keep_scenario(scenario)
        if options.remove is not None:
            project.drop_scenario(options.remove)
        if options.adopt is not None:
            project.adopt_scenario(options.adopt)
        if any(acts):
            project.save()
        baseline = project.figures
        found = [(item, *_figures_of(project, item.name)) for item in project.scenarios]
    lines = [_headline(_("baseline"), baseline)]
    for item, figures, fault in found:
        lines.append(fault if figures is None else _headline(item.name, figures))
    status = BLOCKED if any(fault for _item, _figures, fault in found) else DONE
    return Result(answering.scenarios(baseline, found), tuple(lines), messages, status)


def _scenario(project: Project, options: Namespace) -> tuple[Scenario, tuple[str, ...]]:
    """Return the scenario that workbooks, reliefs and settings make, one after the other."""
    baseline = project.county
    imported = project.read_import(options.workbooks) if options.workbooks else None
    messages = finding_lines(imported.findings) if imported is not None else ()
    if imported is not None and imported.is_blocked:
        raise BlockedByData(
            "\n".join(messages), remedy=_("Mend the workbooks; nothing has been stored.")
        )
    county = baseline.with_changes(imported.changes if imported is not None else ())
    for relief in chosen_reliefs(options):
        judging = project.judging_of(county)
        county = county.with_changes(judging.relief_changes(relief))
    county = county.with_changes(settings_changes(county, options.set))
    changes = baseline.changes_to(county)
    if not changes:
        raise UserError(
            _("A scenario needs something that differs from the plan."),
            remedy=_("Name it with --from, --relief, --cut or --set."),
        )
    return Scenario.of(options.add, changes, note=options.note), messages


def settings_changes(county: County, texts: Sequence[str]) -> Iterator[Change]:
    """Yield the changes of the policy that texts such as KEY=VALUE make.

    Raises:
        UserError: a text is not of this kind, or its value does not fit.
    """
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign or not key.strip():
            raise UserError(_("“{text}” is no KEY=VALUE.").format(text=text))
        try:
            read_setting(key.strip(), value)
        except BadSetting as error:
            message, remedy = setting_complaint(error)
            raise UserError(message, remedy=remedy) from None
        after = PolicyValue(key.strip(), value.strip())
        yield Change(before=county.policy.get(after.key), after=after)


def _figures_of(project: Project, name: str) -> tuple[Figures | None, str]:
    try:
        return project.scenario_judging(name).figures, ""
    except BlockedByData as error:
        return None, str(error)


def _headline(name: str, figures: Figures) -> str:
    load = figures.county.load
    return _(
        "{name}: task hours {demand:,.0f}, saturation {saturation}, required {required:,.1f},"
        " existing {existing:,.1f}"
    ).format(
        name=name,
        demand=figures.county.demand_hours,
        saturation=percent(load.saturation),
        required=load.required,
        existing=load.existing,
    )


def run_compare(options: Namespace) -> Result:
    """Set a scenario or earlier years beside a plan, cell by cell and figure by figure."""
    if (options.scenario is None) is (not options.others):
        raise UserError(_("Name either --scenario or other plan files, the earliest first."))
    with opened(options.plan) as project:
        if options.scenario is not None:
            scenario = project.scenario_judging(options.scenario)
            found = scenario.compared_with(project.judging)
            names = project.title, options.scenario
            return _compared(found, (), names, judging=scenario)
        judging, title = project.judging, project.title
    earlier = []
    for path in options.others:
        with opened(path) as other:
            earlier.append((other.title, other.judging))
    found = judging.compared_with(earlier[-1][1])
    return _compared(found, judging.rebounds(earlier), (earlier[-1][0], title), judging=judging)


def _compared(
    found: Comparison, rebounds: Sequence[Rebound], names: tuple[str, str], *, judging: Judging
) -> Result:
    before, after = names
    lines = [
        _("{before} → {after}: {rows:,} rows and {figures:,} figures differ.").format(
            before=before, after=after, rows=len(found.rows), figures=len(found.figures)
        )
    ]
    lines += [_figure_line(row) for row in found.figures if row.level is FigureLevel.COUNTY]
    lines += [_rebound_line(row, judging.county) for row in rebounds]
    return Result(answering.comparison(found, rebounds, before=before, after=after), tuple(lines))


def _figure_line(row: FigureDifference) -> str:
    before, after = (_shown(row.figure, value) for value in (row.before, row.after))
    return _("{figure}: {before} → {after}").format(
        figure=figure_word(row.figure), before=before, after=after
    )


def _shown(figure: str, value: object) -> str:
    if isinstance(value, Word):
        return word(value)
    if isinstance(value, float):
        return percent(value) if "saturation" in figure else f"{value:,.1f}"
    return "–" if value is None else str(value)


def _rebound_line(row: Rebound, county: County) -> str:
    return _("{movement}: {subject} {code}, {hours} h").format(
        movement=word(row.movement),
        subject=word(row.subject),
        code=row.code,
        hours=" → ".join(f"{hours:,.0f}" for hours in row.hours),
    )
