"""What the commands import and survey take: which files, whom, by when, and what is left out."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from app.commands import arguments as takes
from app.commands.arguments import Argument
from app.language import _


def importing() -> tuple[Argument, ...]:
    """Return what is imported, how it is mapped, and what is left out."""
    source: takes.Options = {"type": Path, "metavar": "FILE", "nargs": "+"}
    file: takes.Options = {"type": Path, "metavar": "FILE"}
    return (
        takes.plan_file(),
        Argument("files", _("workbooks, or folders of them"), source),
        Argument("--dry-run", _("say row by row what would change, store nothing"), takes.FLAG),
        accept(),
        Argument(
            "--mapping",
            _("read sheets it fits by this mapping, a kept one or a file (again for more)"),
            takes.MANY | {"metavar": "NAME|FILE"},
        ),
        Argument("--write-mapping", _("write how the sheets are read, to edit it"), file),
        Argument("--keep-mapping", _("keep how the sheets are read under this name"), takes.NAME),
        Argument("--skip-hidden", _("leave out hidden rows and sheets"), takes.FLAG),
        Argument("--skip-refused", _("leave out rows with an error"), takes.FLAG),
    )


def day(text: str) -> date:
    """Return the day that `text` writes, year first."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a day such as 2026-12-31").format(text=text)
        ) from None


def survey() -> tuple[Argument, ...]:
    """Return where surveys go, whom they ask, and what is done with those that came back."""
    folder: takes.Options = {"type": Path, "metavar": "DIR"}
    return (
        takes.plan_file(),
        Argument(
            "folder",
            _("folder of the workbooks, sent out or returned; with --decided the one workbook"),
            folder,
        ),
        Argument("--unit", _("only this unit (again for more)"), takes.MANY | {"metavar": "CODE"}),
        Argument("--due", _("day by which they are to come back"), {"type": day, "metavar": "DAY"}),
        Argument("--collect", _("read the returned workbooks instead of writing"), takes.FLAG),
        accept(),
        Argument(
            "--differences",
            _("write the differences here, with a column for the county to decide in"),
            {"type": Path, "metavar": "OUT.xlsx"},
        ),
        Argument(
            "--decided",
            _("store what the county has decided in the workbook that is named instead of DIR"),
            takes.FLAG,
        ),
    )


def accept() -> Argument:
    """Return the choice to take what units have verified as decided by the county."""
    return Argument("--accept", _("take the figures that units have verified"), takes.FLAG)
