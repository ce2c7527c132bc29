"""The command line: reads what is asked, runs it, and ends with its status."""

from __future__ import annotations

import argparse
import gettext
import json
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from app.commands.catalogue import commands
from app.errors import UserError, reason_of
from app.language import CATALOGUES, LANGUAGES, _, use_language

WRONG_USAGE = 2
INTERRUPTED = 130
"""What shells expect of a program that Ctrl+C has ended."""


def command_names() -> tuple[str, ...]:
    """Return the names of all commands, so that the window can tell them from a plan file."""
    return tuple(command.name for command in commands())


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status, Ctrl+C at any moment included.

    0 done · 1 findings that block · 2 wrong usage or unreadable input · 3 stopped at a limit;
    a second Ctrl+C ends the process with 130.
    """
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _tell([_("Stopped; no file was left half-written.")])
        _leave(INTERRUPTED)


def _run(arguments: Sequence[str]) -> int:
    _speak_utf8()
    _choose_language(arguments)
    options = _parser().parse_args(arguments)
    try:
        result = options.run(options)
    except UserError as error:
        _tell([str(error)])
        return error.exit_status
    _tell(result.messages)
    if options.json:
        _say(json.dumps(result.answer, ensure_ascii=False, allow_nan=False))
    else:
        _say("\n".join(result.lines))
    return int(result.status)


def _say(text: str) -> None:
    """Print the answer; where its reader has gone, as `head` does, nothing is wrong."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _tell([_("The answer cannot be written: {reason}.").format(reason=reason_of(error))])
        _leave(WRONG_USAGE)


def _leave(status: int) -> NoReturn:
    """End at once: threads of the solver and unwritten output would only add noise."""
    sys.stderr.flush()
    os._exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hengbian",
        description=_("Keeps duties, tasks, workload and headcount in agreement."),
        epilog=_("Without a command the window opens; a plan file may be named."),
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help=_("answer in JSON"))
    common.add_argument("--language", choices=LANGUAGES, help=_("language of messages"))
    parser.add_argument("--language", choices=LANGUAGES, help=_("language of messages"))
    subparsers = parser.add_subparsers(dest="command", metavar=_("COMMAND"), required=True)
    for command in commands():
        subparser = subparsers.add_parser(
            command.name, help=command.words, description=command.words, parents=[common]
        )
        for argument in command.arguments:
            subparser.add_argument(argument.name, help=argument.words, **argument.options)  # type: ignore[arg-type]
        subparser.set_defaults(run=command.run)
    return parser


def _choose_language(arguments: Sequence[str]) -> None:
    """Switch messages, argparse's own among them, before the first word is said."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    early.add_argument("--language", choices=LANGUAGES)
    try:
        wanted = early.parse_known_args(arguments)[0].language
    except argparse.ArgumentError:
        wanted = None
    os.environ["LANGUAGE"] = use_language(wanted)
    gettext.bindtextdomain("hengbian", str(CATALOGUES))
    gettext.textdomain("hengbian")


def _speak_utf8() -> None:
    """Say Chinese on consoles that are set to something else, Windows' above all."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _tell(messages: Sequence[str]) -> None:
    for message in messages:
        print(message, file=sys.stderr)
