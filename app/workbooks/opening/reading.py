"""Reading foreign files: guarded first, opened in a child process, returned as grids."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.errors import UnreadableFile
from app.language import _
from app.resources import PROGRAM
from app.workbooks.cells.grid import Trouble
from app.workbooks.opening.extracted import Extracted, Refused
from app.workbooks.opening.extracting import LENGTH
from app.workbooks.opening.guarding import encrypted, save_as_xlsx, too_large
from app.workbooks.opening.sniffing import USUAL_ENDINGS, FileFormat

MOST_SECONDS = 60.0
"""How long the child may take; 100,000 rows of 12 cells take 2 s."""
BATCH_BYTES = 4 * 1024**2
"""Files that are no larger than this together are read by one child."""
BATCH_FILES = 50
ASK_SECONDS = 0.1
"""How often a reading asks whether it is to go on."""

_FAILED = 1
"""A Python child that ended with a traceback: our bug; a child that was killed ends otherwise."""
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)

Opened = list[Extracted] | Refused


def go_on() -> None:
    """Never end a reading."""


Ask = Callable[[], object]


def answers(paths: Sequence[Path], ask: Ask = go_on) -> Iterator[Opened]:
    """Yield what each guarded file holds or why it is not read; small ones share a child.

    What `ask`, which is called all along, raises ends the reading and its child.
    """
    for batch in _batches(paths):
        found = _opened(batch, ask)
        yield from found
        for path in batch[len(found) :]:
            alone = _opened([path], ask)
            yield alone[0] if alone else Refused(Trouble.TOO_LARGE)


def _batches(paths: Sequence[Path]) -> Iterator[list[Path]]:
    batch: list[Path] = []
    size = 0
    for path in paths:
        size += path.stat().st_size
        if batch and (size > BATCH_BYTES or len(batch) == BATCH_FILES):
            yield batch
            batch, size = [], path.stat().st_size
        batch.append(path)
    if batch:
        yield batch


def _opened(paths: Sequence[Path], ask: Ask) -> list[Opened]:
    """Open files in one child; what it had no time or memory for is missing at the end.

    Raises:
        RuntimeError: the child failed by a mistake of ours.
    """
    command = [sys.executable, "-m", "app.workbooks.opening.extracting"]
    with subprocess.Popen(
        [*command, *(str(path.resolve()) for path in paths)],
        cwd=PROGRAM,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=_NO_WINDOW,
    ) as child:
        try:
            written = _written(child, ask)
        finally:
            child.kill()
        if written is None:
            return list(_unpacked(child.communicate()[0]))
    if child.returncode == _FAILED:
        raise RuntimeError(written[1].decode("utf-8", errors="replace"))
    return list(_unpacked(written[0]))


def _written(child: subprocess.Popen[bytes], ask: Ask) -> tuple[bytes, bytes] | None:
    """Return what a child wrote that ended by itself, None where its time is over before."""
    last = time.monotonic() + MOST_SECONDS
    while (left := last - time.monotonic()) > 0:
        ask()
        try:
            return child.communicate(timeout=min(ASK_SECONDS, left))
        except subprocess.TimeoutExpired:
            continue
    return None


def _unpacked(output: bytes) -> Iterator[Opened]:
    at, view = 0, memoryview(output)
    while at + LENGTH.size <= len(output):
        end = at + LENGTH.size + LENGTH.unpack_from(output, at)[0]
        if end > len(output):
            return
        answer = pickle.loads(view[at + LENGTH.size : end])
        yield answer if isinstance(answer, list) else Refused(*answer)
        at = end


def lie_told(path: Path, name: str, found: FileFormat) -> str:
    """Return what to tell of a file whose name claims another format, '' where it is honest."""
    if path.suffix.casefold() in USUAL_ENDINGS[found]:
        return ""
    message = _("“{file}” is by its content: {format}. It was read as that.")
    return message.format(file=name, format=_format_word(found))


def _format_word(found: FileFormat) -> str:
    words = {
        FileFormat.XLSX: _("an Excel workbook (.xlsx)"),
        FileFormat.XLS: _("an old Excel or WPS workbook (.xls, .et)"),
        FileFormat.SPREADSHEETML: _("an XML Spreadsheet 2003"),
        FileFormat.HTML: _("a web page with tables"),
        FileFormat.CSV: _("text with separators (CSV)"),
    }
    return words[found]


def refusal(refused: Refused, *, name: str) -> UnreadableFile:
    """Return why a file is not read, under the name that findings call it."""
    if refused.trouble is Trouble.ENCRYPTED:
        return encrypted(name)
    if refused.trouble is Trouble.TOO_LARGE:
        return too_large(name)
    message = {
        Trouble.NO_WORKBOOK: _("“{file}” is an old Office file, but no workbook."),
        Trouble.NO_TEXT: _("“{file}” is text in an unknown encoding."),
        Trouble.NO_TABLE: _("“{file}” is a web page without a table."),
        Trouble.OPEN_QUOTE: _("In “{file}” a quotation mark in line {line} is never closed."),
    }.get(refused.trouble, _("“{file}” is damaged and cannot be read."))
    remedy = {
        Trouble.NO_WORKBOOK: save_as_xlsx(),
        Trouble.NO_TEXT: _("Save it as “CSV UTF-8”, or as an Excel workbook (.xlsx)."),
        Trouble.NO_TABLE: save_as_xlsx(),
        Trouble.OPEN_QUOTE: _("Close it or delete it in a text editor, or save it as .xlsx."),
    }.get(refused.trouble, _("Open it in Excel or WPS, let it be repaired, and save it anew."))
    return UnreadableFile(message.format(file=name, line=refused.detail), remedy=remedy)
