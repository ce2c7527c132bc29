"""What is looked at before a foreign file is opened: its first bytes and its declared sizes."""

from __future__ import annotations

import zipfile
from pathlib import Path

from app.errors import UnreadableFile, reason_of
from app.language import _
from app.workbooks.opening.sniffing import FIRST_BYTES, OLE, FileFormat, sniff

LARGEST_BYTES = 300 * 1024**2
"""All parts unpacked; a full sheet of 100,000 × 12 cells has about 45 MB."""
LARGEST_PLAIN_BYTES = 100 * 1024**2
"""A file that is not packed."""
LARGEST_RATIO = 100
"""Unpacked to packed; real workbooks stay below 30."""
SMALL_BYTES = 1024**2
"""A workbook this small unpacked is harmless at any ratio."""
MOST_PARTS = 5_000
LOCK_MARK = "~$"
"""What the name of the file begins with that marks a workbook as open elsewhere."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OUTSIDE_LOCK = b"E-SafeNet"
"""What files begin with that document security software has locked."""


def guard(path: Path) -> FileFormat:
    """Return the format of a file that may be opened.

    Raises:
        UnreadableFile: it is nothing that is read, or unpacks beyond all measure; how to mend it.
    """
    name = path.name
    try:
        if path.exists() and not path.is_file():
            raise _no_workbook(name)
        with path.open("rb") as stream:
            start = stream.read(FIRST_BYTES)
            rest = stream.read(LARGEST_PLAIN_BYTES) if start.startswith(OLE) else b""
        if _OUTSIDE_LOCK in start[:512] or (start.startswith(OLE) and _ENCRYPTED in start + rest):
            raise encrypted(name)
        found = _format_of(start, path)
        if found is FileFormat.XLSX:
            _guard_archive(path)
        elif path.stat().st_size > LARGEST_PLAIN_BYTES:
            raise too_large(name)
    except FileNotFoundError:
        raise UnreadableFile(
            _("There is no file “{file}”.").format(file=path),
            remedy=_("Check the name and the folder."),
        ) from None
    except PermissionError:
        raise UnreadableFile(
            _("“{file}” cannot be opened.").format(file=name),
            remedy=_("Close it in other programs, and check that you may read it."),
        ) from None
    except OSError as error:
        raise UnreadableFile(
            _("“{file}” cannot be read: {reason}.").format(file=name, reason=reason_of(error)),
            remedy=_("Copy the file to this computer's own disk and try again."),
        ) from None
    return found


def _format_of(start: bytes, path: Path) -> FileFormat:
    """Return the format that the first bytes mean, or say what they are instead."""
    name = path.name
    if not start.strip():
        message = _("“{file}” is empty: it holds no table.")
        if not path.stat().st_size:
            message = _("“{file}” is empty (0 bytes).")
        raise UnreadableFile(
            message.format(file=name),
            remedy=_("Copy or download it again; the transfer was probably cut off."),
        )
    if name.startswith(LOCK_MARK):
        raise UnreadableFile(
            _("“{file}” only marks that the workbook is open elsewhere.").format(file=name),
            remedy=_("Choose the workbook itself, the name without “~$”."),
        )
    if start.startswith(b"MIME-Version"):
        raise UnreadableFile(
            _("“{file}” is a web archive (.mht), not a workbook.").format(file=name),
            remedy=save_as_xlsx(),
        )
    found = sniff(start)
    if found is None or start.startswith((b"%PDF", b"{\\rtf")):
        raise _no_workbook(name)
    return found


def _guard_archive(path: Path) -> None:
    """Check the table of contents of a zip file without unpacking anything."""
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableFile(
            _("“{file}” is damaged: its end is missing or broken.").format(file=name),
            remedy=_("Copy or download it again, or save it anew in Excel or WPS."),
        ) from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise _other_archive(names, name=name)
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted(name)
    size = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    is_bomb = size > SMALL_BYTES and size > LARGEST_RATIO * packed
    if len(parts) > MOST_PARTS or size > LARGEST_BYTES or is_bomb:
        raise too_large(name)


def _other_archive(names: set[str], *, name: str) -> UnreadableFile:
    """Return what to tell about an archive that is no .xlsx workbook."""
    if "xl/workbook.bin" in names or "content.xml" in names:
        return UnreadableFile(
            _("“{file}” is a binary (.xlsb) or OpenDocument (.ods) workbook.").format(file=name),
            remedy=save_as_xlsx(),
        )
    if any(part.casefold().endswith((".xlsx", ".xls", ".et", ".csv")) for part in names):
        return UnreadableFile(
            _("“{file}” is a packed archive with workbooks in it.").format(file=name),
            remedy=_("Unpack it, and choose the folder."),
        )
    return _no_workbook(name)


def _no_workbook(name: str) -> UnreadableFile:
    return UnreadableFile(
        _("“{file}” is not a workbook, whatever its name says.").format(file=name),
        remedy=save_as_xlsx(),
    )


def save_as_xlsx() -> str:
    """Return the remedy for a format that is not read."""
    return _("Open it in Excel or WPS and save it as “Excel workbook (.xlsx)”.")


def encrypted(name: str) -> UnreadableFile:
    """Return what to tell about a workbook with a password."""
    return UnreadableFile(
        _("“{file}” is protected by a password.").format(file=name),
        remedy=_("Open it in Excel or WPS, remove the password and save it."),
    )


def too_large(name: str) -> UnreadableFile:
    """Return what to tell about a workbook that would take too much memory or time."""
    return UnreadableFile(
        _("“{file}” unpacks to more than this program reads.").format(file=name),
        remedy=_("Copy the filled rows into a new workbook, without empty rows below or beside."),
    )
