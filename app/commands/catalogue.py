"""The catalogue: every command as data, its words, its arguments, and what runs."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import arguments as takes
from app.commands.arguments import Argument
from app.commands.import_arguments import importing, survey
from app.language import _

if TYPE_CHECKING:
    from app.commands.running import Result


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what it does in the user's words, its arguments, and what runs.

    `place` names the function of this package that runs, as `module.function`: help and one
    command start faster without the modules of all the others.
    """

    name: str
    words: str
    arguments: tuple[Argument, ...]
    place: str

    def run(self, options: Namespace) -> Result:
        """Run the command."""
        module, function = self.place.split(".")
        result: Result = getattr(import_module(f"app.commands.{module}"), function)(options)
        return result


def commands() -> tuple[Command, ...]:
    """Return every command, in the words of the current language."""
    return (*_filling(), *_judging(), *_varying(), *_planning(), *_advising(), *_writing())


def _filling() -> tuple[Command, ...]:
    return (
        Command(
            "new",
            _("make a new plan file"),
            (
                takes.plan_file(),
                Argument("--sample", _("with the sample county"), takes.FLAG),
            ),
            "files.run_new",
        ),
        Command(
            "repair",
            _("write a plan file that holds foreign things anew, with its own content alone"),
            (takes.plan_file(), takes.out("OUT")),
            "files.run_repair",
        ),
        Command(
            "template",
            _("write the blank standard workbook"),
            (takes.out("OUT.xlsx"),),
            "files.run_template",
        ),
        Command(
            "import",
            _("read workbooks into a plan file, all or nothing"),
            importing(),
            "imports.run_import",
        ),
        Command(
            "survey",
            _("write one pre-filled workbook per unit to send out, or collect them"),
            survey(),
            "surveys.run_survey",
        ),
    )


def _judging() -> tuple[Command, ...]:
    plan, unit = takes.plan_file(), takes.one_unit()
    return (
        Command(
            "check", _("check duties, tasks, workload and headcount"), (plan,), "judging.run_check"
        ),
        Command(
            "status",
            _("show workload, capacity, saturation, headcount; of one unit, post by post"),
            (plan, unit),
            "judging.run_status",
        ),
        Command(
            "burden",
            _("show what work is, who orders it, and what reliefs free"),
            (plan, unit, takes.first_items(_("how many first items to show")), *takes.reliefs()),
            "burdens.run_burden",
        ),
        Command(
            "evidence",
            _("show how well figures are founded and what would change them"),
            (
                plan,
                unit,
                Argument("--post", _("only this post in the tornado"), {"metavar": "CODE"}),
                Argument("--draws", _("how often unit times are drawn"), takes.COUNT),
                Argument("--seed", _("what the draws start from"), takes.COUNT),
                takes.first_items(_("how many inputs the tornado shows")),
            ),
            "judging.run_evidence",
        ),
    )


def _varying() -> tuple[Command, ...]:
    plan = takes.plan_file()
    earlier: takes.Options = {"type": Path, "metavar": "EARLIER", "nargs": "*"}
    return (
        Command(
            "intake",
            _("say which units can take a new duty on"),
            (plan, *takes.new_duty()),
            "intakes.run_intake",
        ),
        Command(
            "scenario",
            _("list, keep, remove or adopt variants of the inputs"),
            (plan, *takes.scenario(), *takes.reliefs()),
            "variants.run_scenario",
        ),
        Command(
            "compare",
            _("set a scenario or earlier years beside a plan"),
            (
                plan,
                Argument("others", _("plan files of earlier years, the earliest first"), earlier),
                Argument("--scenario", _("this scenario of the plan"), takes.NAME),
            ),
            "variants.run_compare",
        ),
    )


def _planning() -> tuple[Command, ...]:
    source: takes.Options = {"type": Path, "metavar": "IN.xlsx"}
    model = Argument(
        "--write-model",
        _("write the last pass for other solvers, .lp or .mps"),
        {"type": Path, "metavar": "FILE"},
    )
    return (
        Command(
            "solve",
            _("find a plan and keep it in the plan file"),
            (takes.plan_file(), *takes.solving(), model),
            "planning.run_solve",
        ),
        Command(
            "plan",
            _("import, check, solve and export in one go"),
            (
                Argument("source", _("standard workbook"), source),
                takes.out("OUT.xlsx"),
                *takes.solving(),
            ),
            "planning.run_plan",
        ),
    )


def _advising() -> tuple[Command, ...]:
    plan = takes.plan_file()
    return (
        Command(
            "ladder",
            _("show how far each means gets, one added after the other"),
            (plan, *takes.solving()),
            "advising.run_ladder",
        ),
        Command(
            "measures",
            _("list the measures of the plan; accept, reject, lock, carry out"),
            (plan, *takes.deciding()),
            "advising.run_measures",
        ),
        Command(
            "lock",
            _("list, set or release locks: posts and assignments that no plan changes"),
            (plan, *takes.locking()),
            "locking.run_lock",
        ),
        Command(
            "relief",
            _("show what the first measures of the plan bring"),
            (plan,),
            "advising.run_relief",
        ),
        Command(
            "why-not",
            _("say what another move would make better and worse"),
            (plan, *takes.wishes(), takes.time_limit()),
            "advising.run_why_not",
        ),
        Command(
            "curve",
            _("say what one person more changes, and where the next should go"),
            (
                plan,
                takes.one_unit(),
                *takes.adding(),
                takes.first_items(_("how many units and categories to show")),
            ),
            "headcounts.run_curve",
        ),
        Command(
            "horizon",
            _("look at people over the coming years: retirements, recruits, transfers, training"),
            (
                plan,
                *takes.looking_ahead(),
                takes.time_limit(),
                takes.first_items(_("how many shortages to show")),
            ),
            "headcounts.run_horizon",
        ),
    )


def _writing() -> tuple[Command, ...]:
    plan, unit = takes.plan_file(), takes.one_unit()
    for_word = Argument("--for-word", _("as wide as the text of a Word page"), takes.FLAG)
    standard = Argument("--standard", _("the inputs as a standard workbook instead"), takes.FLAG)
    return (
        Command(
            "export",
            _("write the allocation workbook"),
            (plan, takes.out("OUT.xlsx"), unit, standard),
            "files.run_export",
        ),
        Command(
            "report",
            _("write the report: .pdf for print, .docx for Word"),
            (plan, takes.out("OUT.pdf"), unit),
            "files.run_report",
        ),
        Command(
            "pictures",
            _("write the charts as pictures"),
            (plan, takes.out("FOLDER"), for_word),
            "files.run_pictures",
        ),
        Command(
            "history",
            _("list every change of a plan file"),
            (plan, Argument("--verify", _("look for signs of tampering"), takes.FLAG)),
            "files.run_history",
        ),
        Command("undo", _("take the last change of a plan file back"), (plan,), "files.run_undo"),
        Command("redo", _("do the change taken back last again"), (plan,), "files.run_redo"),
    )
