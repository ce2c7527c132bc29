"""Generates the page on commands: `python -m resources.help.generate` writes it in both languages.

Commands and arguments come from the catalogue, the shape of every answer from running the commands
on a small county, the words of the keys from keys.csv.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from app.commandline import main as run_command
from app.commands.arguments import Argument
from app.commands.catalogue import Command, commands
from app.language import LANGUAGES, current_language, use_language
from app.model.county import (
    Assignment,
    Change,
    County,
    Duty,
    PolicyValue,
    Post,
    StaffCategory,
    Staffing,
    Task,
    Unit,
    Volume,
)
from app.model.vocabulary import Burden, DutyList, Form, Role, UnitKind
from app.project import Project
from app.resources import resource
from app.workbooks.standard.exporting import write_standard

HERE = resource("help")
with (HERE / "keys.csv").open(encoding="utf-8", newline="") as _file:
    GLOSSARY = {row["key"]: row for row in csv.DictReader(_file)}
"""What every key means, in both languages."""

_BY_NAME = frozenset({"categories_before", "categories_after"})
"""Objects whose keys are staff categories."""

_TITLES = {"zh_CN": "命令与 JSON", "en": "Commands and their JSON"}
_INTRODUCTIONS = {
    "zh_CN": (
        "窗口与命令行做同样的事。每个命令都可加 `--json`，以 JSON 回答；说明和提醒写到标准错误。"
        "退出状态：0 完成，1 有阻断性问题（准入测算中为各单位均不予承接），"
        "2 用法错误或输入无法读取，3 到达时限、结果未证最优。数字不取整，比例为小数（1 即 100%）。"
    ),
    "en": (
        "The window and the command line do the same work. Every command takes `--json` and then"
        " answers in JSON; messages go to standard error. Exit status: 0 done, 1 findings that"
        " block (of the intake check: every unit refuses), 2 wrong usage or unreadable input, 3"
        " stopped at a limit with an unproven result. Numbers are unrounded, ratios are shares of"
        " 1."
    ),
}
_HEADINGS = {
    "zh_CN": ("参数", "含义", "回答：", "键", "命令"),
    "en": ("Argument", "Meaning", "Answer:", "Key", "Commands"),
}


def page(language: str, answers: Mapping[str, Any]) -> str:
    """Return the page in one language, given an answer of every command."""
    spoken = current_language()
    use_language(language)
    try:
        parts = [f"# {_TITLES[language]}", _INTRODUCTIONS[language]]
        for command in commands():
            parts += _section(command, answers[command.name], language)
        parts += [f"## {_HEADINGS[language][3]}", _glossary(answers, language)]
    finally:
        use_language(spoken)
    return "\n\n".join(parts) + "\n"


def _section(command: Command, answer: Any, language: str) -> Iterator[str]:
    argument_word, meaning, answer_word, *_more = _HEADINGS[language]
    yield f"## `{command.name}`"
    yield f"{command.words[0].upper()}{command.words[1:]}{'。' if language == 'zh_CN' else '.'}"
    usage = " ".join(map(_usage, command.arguments))
    lines = textwrap.wrap(f"hengbian {command.name} {usage}", 96, subsequent_indent="    ")
    yield "\n".join(["```text", *lines, "```"])
    rows = [f"| `{_shown(argument)}` | {argument.words} |" for argument in command.arguments]
    yield "\n".join([f"| {argument_word} | {meaning} |", "|---|---|", *rows])
    yield "\n".join([f"{answer_word}", "", "```text", *_shape_lines(answer), "```"])


def _usage(argument: Argument) -> str:
    name = _shown(argument)
    many = argument.options.get("nargs") in {"+", "*"}
    is_needed = not argument.name.startswith("-") and argument.options.get("nargs") in {None, "+"}
    shown = f"{name}…" if many else name
    return shown if is_needed else f"[{shown}]"


def _shown(argument: Argument) -> str:
    metavar = str(argument.options.get("metavar", ""))
    if not argument.name.startswith("-"):
        return metavar
    return f"{argument.name} {metavar}".strip()


def _shape_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    entries = [f'"{key}"{_nested(key, value)}' for key, value in answer.items()]
    for number, entry in enumerate(entries):
        is_first, is_last = number == 0, number == len(entries) - 1
        text = f"{'{' if is_first else ' '}{entry}{'}' if is_last else ','}"
        yield from textwrap.wrap(text, 96, subsequent_indent="    ", break_on_hyphens=False)


def _nested(key: str, value: Any) -> str:
    if key in _BY_NAME:
        return ": {…}"
    if isinstance(value, dict):
        return f": {_object(value)}"
    if isinstance(value, list):
        merged = _merged(value)
        return f": [{_object(merged)}]" if merged else ": […]"
    return ""


def _object(value: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f'"{key}"{_nested(key, item)}' for key, item in value.items()) + "}"


def _merged(items: list[Any]) -> dict[str, Any]:
    """Return one object with the keys of all items, and the fullest list under each."""
    merged: dict[str, Any] = {}
    for item in items:
        for key, value in item.items() if isinstance(item, dict) else ():
            if key not in merged or (isinstance(value, list) and not merged[key]):
                merged[key] = value
    return merged


def keys_of(answer: Any) -> set[str]:
    """Return every key that occurs anywhere in an answer."""
    if isinstance(answer, list):
        return {key for item in answer for key in keys_of(item)}
    if not isinstance(answer, dict):
        return set()
    inner = {key for name, item in answer.items() if name not in _BY_NAME for key in keys_of(item)}
    return set(answer) | inner


def _glossary(answers: Mapping[str, Any], language: str) -> str:
    _argument, meaning, _answer, key_word, command_word = _HEADINGS[language]
    where: dict[str, list[str]] = {}
    for command, answer in answers.items():
        for key in keys_of(answer):
            where.setdefault(key, []).append(command)
    column = "chinese" if language == "zh_CN" else "english"
    rows = [
        f"| `{key}` | {GLOSSARY[key][column]} | {', '.join(where[key])} |" for key in sorted(where)
    ]
    return "\n".join([f"| {key_word} | {meaning} | {command_word} |", "|---|---|---|", *rows])


def answers() -> Mapping[str, Any]:
    """Return what every command answers about the small county; a new one needs a call here."""
    with tempfile.TemporaryDirectory() as name, _own_home(Path(name) / "home"):
        return _run_all(Path(name))


@contextmanager
def _own_home(folder: Path) -> Iterator[None]:
    """Keep the working copies of this run away from the user's."""
    before = os.environ.get("HENGBIAN_HOME")
    os.environ["HENGBIAN_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["HENGBIAN_HOME"]
        else:
            os.environ["HENGBIAN_HOME"] = before


def _run_all(folder: Path) -> dict[str, Any]:
    plan, earlier, book = folder / "plan.hengbian", folder / "earlier.hengbian", folder / "in.xlsx"
    faulty = folder / "faulty.xlsx"
    write_standard(_county(), book)
    write_standard(_county().with_changes([Change(None, Post("P9", "U9", "?"))]), faulty)
    _keep(earlier, _county().with_changes([Change(None, Volume("U1", "T1", 900.0))]))
    _keep(plan, _county())
    duty = ("--name", "x", "--volume", "900", "--hours-each", "9", "--keep", "x")
    calls: dict[str, tuple[object, ...]] = {
        "new": (folder / "new.hengbian",),
        "repair": (plan, folder / "repaired.hengbian"),
        "template": (folder / "blank.xlsx",),
        "import": (plan, faulty, _ledger(folder / "ledger.xlsx"), "--dry-run"),
        "survey": (plan, _returned(folder / "surveys", plan), "--collect"),
        "check": (plan,),
        "status": (plan,),
        "burden": (plan, "--relief", "reports"),
        "evidence": (plan, "--draws", "20"),
        "intake": (plan, *duty),
        "scenario": (plan,),
        "compare": (plan, earlier),
        "solve": (plan, "--over-gaps"),
        "plan": (book, folder / "out.xlsx", "--over-gaps"),
        "ladder": (plan, "--over-gaps"),
        "measures": (plan, "--accept", "1", "--robust", "5"),
        "lock": (plan, "P3"),
        "relief": (plan,),
        "why-not": (plan, "--exempt", "U2"),
        "curve": (plan,),
        "horizon": (plan, "--years", "2"),
        "export": (plan, folder / "allocation.xlsx"),
        "report": (plan, folder / "report.pdf"),
        "pictures": (plan, folder / "pictures"),
        "history": (plan, "--verify"),
        "undo": (plan,),
        "redo": (plan,),
    }
    return {name: _answer(name, *arguments) for name, arguments in calls.items()}


def _ledger(path: Path) -> Path:
    """Write an establishment ledger that spells the name of a unit otherwise."""
    book = Workbook()
    tab = book.worksheets[0]
    for row in (("单位名称", "行政编制", "行政实有"), ("U1x", 30, 28), ("合计", 30, 28)):
        tab.append(row)
    book.save(path)
    return path


def _returned(folder: Path, plan: Path) -> Path:
    """Write the surveys of a plan and correct one figure, as a unit would."""
    _answer("survey", plan, folder)
    path = next(iter(sorted(folder.iterdir())))
    book = load_workbook(path)
    book.worksheets[1]["F3"] = 1.0
    book.save(path)
    return folder


def _answer(*arguments: object) -> Any:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        run_command([*map(str, arguments), "--json", "--language", "en"])
    return json.loads(said.getvalue())


def _keep(path: Path, county: County) -> None:
    project = Project.new(path)
    project.change("import", [Change(None, row) for row in county.records()])
    project.save()
    project.close()


def _county() -> County:
    """Return two units in which every list of every answer has something in it."""
    return County.of(
        [
            StaffCategory("行政"),
            Unit("U1", "U1", UnitKind.TOWN, population=30_000.0),
            Unit("U2", "U2", UnitKind.TOWN, population=10_000.0),
            Post("P1", "U1", "P1"),
            Post("P2", "U1", "P2"),
            Post("P3", "U2", "P3"),
            Staffing("P1", "行政", 1.0),
            Staffing("P2", "行政", 1.0),
            Staffing("P3", "行政", 1.0),
            Duty("D1", "D1", DutyList.CORE),
            Task("T1", "D1", "T1", Burden.FORMALISTIC, hours_each=1.0, form=Form.REPORT),
            Task("T2", "D1", "T2", Burden.SUBSTANTIVE, hours_each=1.0, hours_high=2.0),
            Volume("U1", "T1", 2000.0),
            Volume("U1", "T2", 500.0),
            Volume("U2", "T2", 900.0),
            Assignment("U1", "T1", "P1", 1.0, Role.LEAD),
            Assignment("U2", "T2", "P3", 1.0, Role.LEAD),
            PolicyValue("limit.REPORT", "1500"),
        ]
    )


def main() -> None:
    """Write the page in every language."""
    said = answers()
    for language in LANGUAGES:
        (HERE / f"commands.{language}.md").write_text(page(language, said), encoding="utf-8")


if __name__ == "__main__":
    main()
