"""Arguments: what commands take, as data for the parser and the help."""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from pathlib import Path

from app.advice.whatif.question_limits import MOST_PEOPLE, MOST_YEARS, SURVIVAL_DRAWS
from app.language import _, word
from app.method.burden.shipped_reliefs import RELIEFS
from app.model.vocabulary import Burden, Form, Lever, Word

Options = dict[str, object]
"""What argparse is told about one argument."""

FLAG: Options = {"action": "store_true"}


def whole_number(text: str) -> int:
    """Return the whole number from 0 that `text` writes."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number").format(text=text))
    return int(text)


def number(text: str) -> float:
    """Return the finite number that `text` writes."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise argparse.ArgumentTypeError(_("“{text}” is not a number").format(text=text))
    return found


COUNT: Options = {"type": whole_number, "metavar": "N"}
AMOUNT: Options = {"type": number, "metavar": "X"}
TEXT: Options = {"default": "", "metavar": "TEXT"}
NAME: Options = {"metavar": "NAME"}
MANY: Options = {"action": "append", "default": []}

MOST_RANKS = 100_000
"""No list has as many measures; a range beyond is a slip, and would only fill the memory."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command: its flag or place, and argparse's own options for it."""

    name: str
    words: str
    options: Options


def plan_file() -> Argument:
    """Return the plan file a command works on."""
    return Argument("plan", _("plan file"), {"type": Path, "metavar": "PLAN"})


def one_unit() -> Argument:
    """Return the choice of one unit."""
    return Argument("--unit", _("only this unit"), {"metavar": "CODE"})


def out(metavar: str) -> Argument:
    """Return where to write."""
    return Argument("out", _("where to write"), {"type": Path, "metavar": metavar})


def first_items(words: str) -> Argument:
    """Return how many of many are shown."""
    return Argument("--top", words, COUNT | {"default": 10})


def solving() -> tuple[Argument, ...]:
    """Return what steers the search for a plan."""
    names = ", ".join(lever.value for lever in Lever)
    return (
        Argument(
            "--levers",
            _("means allowed, separated by commas: {names}").format(names=names),
            {"metavar": "L,L"},
        ),
        time_limit(),
        Argument(
            "--over-gaps",
            _("plan although the inputs have gaps; they are told on every paper"),
            {"action": "store_true"},
        ),
    )


def time_limit() -> Argument:
    """Return how long a search may take."""
    return Argument("--time-limit", _("seconds at most"), {"type": number, "metavar": "S"})


def ranks(text: str) -> tuple[int, ...]:
    """Return the ranks that `text` names, such as 1,3-5."""
    found: list[int] = []
    for part in text.replace("，", ",").split(","):
        first, dash, last = part.partition("-")
        numbers = [whole_number(end.strip()) for end in (first, last if dash else first)]
        if numbers[0] > numbers[1] or numbers[1] > MOST_RANKS:
            raise argparse.ArgumentTypeError(
                _("“{text}” is no range of numbers: write the smaller one first, as in 3-5").format(
                    text=part.strip()
                )
            )
        found.extend(range(numbers[0], numbers[1] + 1))
    return tuple(dict.fromkeys(found))


def deciding() -> tuple[Argument, ...]:
    """Return what is to be done with the measures of a plan."""
    named: Options = {"type": ranks, "metavar": "N,N-N", "default": ()}
    return (
        Argument("--accept", _("accept these measures, by their numbers"), named),
        Argument("--reject", _("reject these measures"), named),
        Argument("--withdraw", _("take back the decision on these measures"), named),
        Argument(
            "--lock",
            _("leave what these measures would change as it is, now and in later plans"),
            named,
        ),
        Argument("--reset", _("take back every decision, on measures of earlier plans too"), FLAG),
        Argument("--apply", _("carry out the accepted measures: change the inputs"), FLAG),
        Argument(
            "--robust",
            _("how often each measure survives N draws of the unit times (100 without N)"),
            COUNT | {"nargs": "?", "const": SURVIVAL_DRAWS},
        ),
    )


def locking() -> tuple[Argument, ...]:
    """Return what is to be locked or released."""
    what: Options = {"nargs": "*", "metavar": "CODE"}
    return (
        Argument("what", _("posts, or assignments as UNIT/TASK/POST; none lists the locks"), what),
        Argument("--release", _("release them instead"), FLAG),
    )


def wishes() -> tuple[Argument, ...]:
    """Return the moves one can ask about."""
    code: Options = {"metavar": "CODE"}
    return (
        Argument("--person", _("somebody of this post moves"), code),
        Argument("--task", _("this task goes to another post"), code),
        Argument("--keep", _("this task is not cut"), code),
        Argument("--exempt", _("this unit stays as it is"), code),
        Argument("--to", _("the receiving post"), code),
        Argument("--from", _("the post that hands the task on"), code | {"dest": "giver"}),
        Argument("--unit", _("the unit of the task"), code),
        Argument("--category", _("staff category of who moves"), NAME),
        Argument("--people", _("how many people move"), AMOUNT | {"default": 1.0}),
        Argument("--hours", _("how many hours are handed on; all without it"), AMOUNT),
    )


def adding() -> tuple[Argument, ...]:
    """Return for whom the curve of one person more is asked."""
    return (
        Argument("--category", _("only this staff category"), NAME),
        Argument("--most", _("up to as many people more"), COUNT | {"default": MOST_PEOPLE}),
        Argument("--may-move", _("the others too may change posts inside their unit"), FLAG),
    )


def looking_ahead() -> tuple[Argument, ...]:
    """Return how far ahead to look, and with what in place of the plan's own settings."""
    return (
        Argument("--years", _("how many years, 1 to 5"), COUNT | {"default": MOST_YEARS}),
        Argument(
            "--set",
            _("with this policy setting (again for more); nothing is stored"),
            MANY | {"metavar": "KEY=VALUE"},
        ),
    )


def reliefs() -> tuple[Argument, ...]:
    """Return the reliefs to look at: shipped ones by name, or an own one."""
    return (
        Argument(
            "--relief",
            _("this shipped relief (again for more): {names}").format(names=", ".join(RELIEFS)),
            MANY | NAME,
        ),
        Argument("--cut", _("an own relief: the share of the volume that falls away"), AMOUNT),
        *_kind_and_form(),
        Argument(
            "--substitute-hours",
            _("hours a year that come back in every unit"),
            AMOUNT | {"default": 0.0},
        ),
    )


def new_duty() -> tuple[Argument, ...]:
    """Return a new duty: a workbook, or one task said by options."""
    one = {"default": 1.0}
    return (
        Argument(
            "workbook",
            _("workbook with the duty, its tasks and volumes; without it, the options say them"),
            {"type": Path, "metavar": "FILE", "nargs": "?"},
        ),
        Argument("--name", _("name of the duty"), TEXT),
        Argument("--volume", _("pieces a year in every unit"), AMOUNT),
        Argument("--hours-each", _("hours a piece"), AMOUNT),
        Argument("--people-each", _("people a piece takes"), AMOUNT | one),
        Argument("--difficulty", _("difficulty factor"), AMOUNT | one),
        Argument("--field", _("field work"), FLAG),
        Argument("--area", _("area of the duty"), TEXT),
        *_kind_and_form(),
        Argument("--qualification", _("asked for (again for more)"), MANY | {"metavar": "TEXT"}),
        Argument("--officer-only", _("only people of the establishment may do it"), FLAG),
        Argument("--unit", _("in this unit (again for more)"), MANY | {"metavar": "CODE"}),
        Argument("--keep", _("keep it under this name, as a scenario"), NAME),
    )


def scenario() -> tuple[Argument, ...]:
    """Return what is to be done with scenarios, and what makes one."""
    return (
        Argument("--add", _("keep a scenario of this name"), NAME),
        Argument(
            "--from",
            _("with what this workbook changes (again for more)"),
            MANY | {"type": Path, "metavar": "FILE", "dest": "workbooks"},
        ),
        Argument(
            "--set",
            _("with this policy setting (again for more)"),
            MANY | {"metavar": "KEY=VALUE"},
        ),
        Argument("--note", _("what it is for"), TEXT),
        Argument("--remove", _("remove the scenario of this name"), NAME),
        Argument("--adopt", _("make the inputs those of this scenario"), NAME),
    )


def _kind_and_form() -> tuple[Argument, ...]:
    return (
        Argument("--kind", _("kind of burden"), _word_of(Burden)),
        Argument("--form", _("form of the work"), _word_of(Form)),
        Argument("--ordered-by", _("ordering department"), TEXT),
    )


def _word_of(kinds: type[Word]) -> Options:
    """Return the options of an argument that names a word, in either language or by its code."""

    def read(text: str) -> Word:
        found = kinds.read(text)
        if found is None:
            names = ", ".join(word(kind) for kind in kinds)
            raise argparse.ArgumentTypeError(_("known are {names}").format(names=names))
        return found

    return {"type": read, "metavar": "WORD"}
