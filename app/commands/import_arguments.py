"""What the import command takes: which files, by which mapping, and what is left out."""

from __future__ import annotations

from pathlib import Path

from app.commands import arguments as takes
from app.commands.arguments import Argument
from app.commands.survey_arguments import accept
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
        Argument("--skip-refused", _("leave out rows with an error"), takes.FLAG),
    )
