"""Starts the program: a window, or one command of the command line without any window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app import VERSION
from app.errors import told
from app.language import LANGUAGES, _, use_language

WRONG_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command if the first argument is one, else open the window; return the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    first = _first_word(arguments)
    if first and not Path(first).suffix:
        from app import commandline  # noqa: PLC0415 - the window starts faster without it

        if first in (*commandline.command_names(), "-h", "--help"):
            return commandline.main(arguments)
    return _open_window(arguments)


def _first_word(arguments: Sequence[str]) -> str:
    """Return the first argument that is no option of the window, '' if there is none."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    _add_options(parser)
    try:
        return next(iter(parser.parse_known_args(arguments)[1]), "")
    except argparse.ArgumentError:
        return ""


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--language", choices=LANGUAGES, default="")
    parser.add_argument("--theme", choices=("light", "dark"), default="")


def _open_window(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="hengbian")
    parser.add_argument("plan", nargs="?", type=Path)
    parser.add_argument("--version", action="version", version=f"hengbian {VERSION}")
    _add_options(parser)
    options = parser.parse_args(arguments)
    if not has_display():
        use_language(options.language or None)
        sys.stderr.write(_no_display() + "\n")
        return WRONG_USAGE
    from ui.shell.starting import Wishes, run_window  # noqa: PLC0415 - commands do without Qt

    return run_window(
        Wishes(
            plan=options.plan,
            has_sample=options.sample,
            language=options.language,
            theme=options.theme,
        )
    )


def has_display() -> bool:
    """Return whether Qt will find something to draw on; without, it would end the process."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _no_display() -> str:
    return told(
        _("There is no display here that a window could open on."),
        _(
            "Use the commands instead (hengbian --help), or plan the sample county with "
            "python3 dev.py run."
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
