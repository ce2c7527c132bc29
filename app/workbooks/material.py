"""Material: workbooks that were opened once, file by file with progress, to be read many times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.errors import UnreadableFile
from app.model.findings import ImportFinding
from app.workbooks.cells.grid import Grid
from app.workbooks.cells.places import SheetPlace
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.gathering import read_files
from app.workbooks.opening.reading import Ask, go_on

_FILES_AT_ONCE = 10
"""Opened between two reports of progress; they share a child process."""


@dataclass(frozen=True)
class Material:
    """Workbooks that were opened once, to be read again with every choice that is made."""

    files: Sequence[Sequence[Grid]]
    findings: tuple[ImportFinding, ...] = ()

    def grid(self, place: SheetPlace) -> Grid:
        """Return one sheet.

        Raises:
            KeyError: there is none of this name.
        """
        for file in self.files:
            for grid in file:
                if (grid.file, grid.sheet) == place:
                    return grid
        raise KeyError(place)


Input = Sequence[Path] | Material
"""What is imported: files and folders, or what was opened of them."""


def gather(paths: Sequence[Path], tell: Callable[[int], None] | None = None) -> Material:
    """Open workbooks, files and whole folders; a file that is not read among others is remarked.

    Args:
        paths: files and folders.
        tell: is called all along with the number of files opened so far; what it raises ends the
            reading.

    Raises:
        UnreadableFile: the only file cannot be opened or is no workbook.
    """
    remarks = Remarks()
    if tell is None or len(paths) == 1:
        ask = go_on if tell is None else partial(tell, 0)
        return Material(read_files(paths, remarks, ask), remarks.findings())
    files = []
    for start in range(0, len(paths), _FILES_AT_ONCE):
        tell(start)
        files += _read_some(paths[start : start + _FILES_AT_ONCE], remarks, partial(tell, start))
    return Material(files, remarks.findings())


def _read_some(paths: Sequence[Path], remarks: Remarks, ask: Ask) -> list[list[Grid]]:
    try:
        return read_files(paths, remarks, ask)
    except UnreadableFile as error:
        remarks.error(CellPlace(paths[0].name), error.message, error.remedy)
        return []
