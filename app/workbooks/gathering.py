"""Gathering: files and whole folders become grids; what is skipped or refused is remarked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import UnreadableFile, reason_of
from app.language import _
from app.workbooks.cells.grid import Grid
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.naming import sheet_names
from app.workbooks.opening.extracted import Refused
from app.workbooks.opening.guarding import LOCK_MARK, guard
from app.workbooks.opening.reading import Ask, Opened, answers, go_on, lie_told, refusal
from app.workbooks.opening.sniffing import WORKBOOK_ENDINGS

MOST_FILES = 2_000
"""Files of one import; a folder with more was probably chosen by mistake."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read, and what findings call it: its name, or its path inside the folder."""

    path: Path
    name: str


def read_files(paths: Sequence[Path], remarks: Remarks, ask: Ask = go_on) -> list[list[Grid]]:
    """Return the worksheets of every file, those of a folder in the order of their names.

    A single file that cannot be read raises. Among several it is remarked as an error, so that
    everything that is wrong is told at once. What `ask`, which is called all along, raises ends it.

    Raises:
        UnreadableFile: the only file is not read, or a folder holds no workbook.
    """
    sources = gathered(paths, remarks)
    is_alone = len(sources) == 1
    readable: list[Source] = []
    for source in sources:
        try:
            lie = lie_told(source.path, source.name, guard(source.path))
        except UnreadableFile as error:
            _refuse(error, source, remarks, is_alone=is_alone)
            continue
        if lie:
            remarks.note(CellPlace(source.name), lie)
        readable.append(source)
    found = []
    answered = answers([source.path for source in readable], ask)
    for source, answer in zip(readable, answered, strict=True):
        try:
            found.append(grids_of(answer, source.name, source.path))
        except UnreadableFile as error:
            _refuse(error, source, remarks, is_alone=is_alone)
    return found


def read_grids(path: Path) -> list[Grid]:
    """Return every worksheet of a file, in the order of its tabs; its content tells its format.

    Macros are never run. The work is done by `opening.extracting` in a process of its own.

    Raises:
        UnreadableFile: the file cannot be opened, is nothing that is read, or is out of bounds.
    """
    guard(path)
    return grids_of(next(iter(answers([path]))), path.name, path)


def grids_of(answer: Opened, name: str, path: Path) -> list[Grid]:
    """Return the sheets of a file that was opened, under the name that findings call it.

    Raises:
        UnreadableFile: it could not be opened.
    """
    if isinstance(answer, Refused):
        raise refusal(answer, name=name)
    titles = sheet_names(answer, path.stem)
    return [
        Grid(name, title, sheet.rows, sheet.merged, sheet.hidden)
        for title, sheet in zip(titles, answer, strict=True)
    ]


def gathered(paths: Sequence[Path], remarks: Remarks) -> list[Source]:
    """Return every file that the paths mean, each once; folders are searched to the bottom.

    Raises:
        UnreadableFile: a folder holds no workbook, or far too many.
    """
    sources: dict[Path, Source] = {}
    for path in paths:
        found = _inside(path, remarks) if _is_folder(path) else [Source(path, path.name)]
        for source in found:
            sources.setdefault(Path(os.path.realpath(source.path)), source)
        if len(sources) > MOST_FILES:
            raise UnreadableFile(
                _("“{folder}” holds more than {most} files.").format(folder=path, most=MOST_FILES),
                remedy=_("Choose the folder with the workbooks themselves."),
            )
    return list(sources.values())


def _is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; what cannot be looked at is told on opening it as a file."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _inside(folder: Path, remarks: Remarks) -> list[Source]:
    """Return the workbooks in a folder and below, and remark on every file that is left out."""
    found = []
    try:
        paths = list(_files_in(folder))
    except OSError as error:
        raise UnreadableFile(
            _("“{file}” cannot be read: {reason}.").format(file=folder, reason=reason_of(error)),
            remedy=_("Copy the file to this computer's own disk and try again."),
        ) from None
    for path in paths:
        name = path.relative_to(folder).as_posix()
        reason = _why_skipped(path)
        if reason:
            remarks.note(CellPlace(name), reason.format(file=path.name))
        else:
            found.append(Source(path, name))
    if not found:
        raise UnreadableFile(
            _("There is no workbook in the folder “{folder}”.").format(folder=folder),
            remedy=_("Put .xlsx, .xls, .et or .csv files into it, or choose another folder."),
        )
    return found


def _files_in(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and its subfolders by name; links to folders are not followed."""
    entries = sorted(folder.iterdir(), key=lambda path: path.name)
    yield from (path for path in entries if path.is_file())
    for path in entries:
        if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            yield from _files_in(path)


def _why_skipped(path: Path) -> str:
    if path.name.startswith(LOCK_MARK):
        return _("“{file}” was skipped: it only marks that a workbook is open elsewhere.")
    if path.name.startswith("."):
        return _("“{file}” was skipped: it is hidden.")
    if path.suffix.casefold() not in WORKBOOK_ENDINGS:
        return _("“{file}” was skipped: its name is not that of a workbook.")
    return ""


def _refuse(error: UnreadableFile, source: Source, remarks: Remarks, *, is_alone: bool) -> None:
    if is_alone:
        raise error
    remarks.error(CellPlace(source.name), error.message, error.remedy)
