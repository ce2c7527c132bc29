"""What a case of the corpus of files is, and the four things that may come of a file."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.vocabulary import Severity
from tests.workbooks.opening.hostile import Maker

DAMAGED, LARGE, NO_BOOK = "is damaged", "unpacks to more", "is not a workbook"
RESULT, NO_DATE = "no stored result", "is a date"


@dataclass(frozen=True)
class FileCase:
    """A file and what comes of it: a sentence that holds `gist`, or an import with new rows."""

    label: str
    file: str
    make: Maker
    gist: str = ""
    finds: tuple[Severity, str, str] | None = None
    """Severity, sheet and cell of a finding; None where the file itself is refused."""


def refused(label: str, file: str, make: Maker, gist: str) -> FileCase:
    return FileCase(label, file, make, gist)


def noted(label: str, file: str, make: Maker, gist: str) -> FileCase:
    return FileCase(label, file, make, gist, (Severity.NOTE, "", ""))


def wrong(label: str, file: str, make: Maker, gist: str, at: str) -> FileCase:
    """Return a file with an error at a place such as 单位!B3."""
    sheet, _mark, cell = at.rpartition("!")
    return FileCase(label, file, make, gist, (Severity.ERROR, sheet, cell))


def reads(label: str, file: str, make: Maker) -> FileCase:
    return FileCase(label, file, make)
