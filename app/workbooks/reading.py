"""Reading a foreign workbook: guarded first, opened in a child process, returned as grids."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from app.errors import UnreadableFile
from app.language import _
from app.workbooks.grid import Grid, Trouble
from app.workbooks.guarding import encrypted, guard, too_large

MOST_SECONDS = 60.0
"""How long the child may take; 100,000 rows of 12 cells take 2 s."""

_PROGRAM = Path(__file__).resolve().parent.parent.parent
_FAILED = 1
"""A Python child that ended with a traceback: our bug; a child that was killed ends otherwise."""
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def read_grids(path: Path) -> list[Grid]:
    """Return every worksheet of an .xlsx or .xlsm workbook, in the order of its tabs.

    Macros are never run. The work is done by `app.workbooks.extracting` in a process of its own.

    Raises:
        UnreadableFile: the file cannot be opened, is no workbook, or is out of bounds.
    """
    guard(path)
    try:
        finished = subprocess.run(
            [sys.executable, "-m", "app.workbooks.extracting", str(path.resolve())],
            cwd=_PROGRAM,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            creationflags=_NO_WINDOW,
        )
    except subprocess.TimeoutExpired:
        raise too_large(path.name) from None
    if finished.returncode == _FAILED:
        raise RuntimeError(finished.stderr.decode("utf-8", errors="replace"))
    if finished.returncode != 0:
        raise too_large(path.name)
    answer = pickle.loads(finished.stdout)
    if isinstance(answer, Trouble):
        raise _told(answer, name=path.name)
    return [Grid(path.name, name, rows) for name, rows in answer]


def _told(trouble: Trouble, *, name: str) -> UnreadableFile:
    if trouble is Trouble.ENCRYPTED:
        return encrypted(name)
    if trouble is Trouble.TOO_LARGE:
        return too_large(name)
    return UnreadableFile(
        _("“{file}” is damaged and cannot be read.").format(file=name),
        remedy=_("Open it in Excel or WPS, let it be repaired, and save it anew."),
    )
